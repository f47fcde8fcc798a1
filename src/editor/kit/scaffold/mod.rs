//! The text of new content files: front matter with every necessary key, and comments for the
//! editor. Comments are in the language of messages, values in the languages of the site.

mod supporting;

use jiff::civil::Date;

use crate::content::goal::{GoalFacts, GoalKind};
use crate::content::yaml_text;
use crate::diagnostic::{Message, MessageLanguage, Phrase, message};
use crate::editor::{
    BODY_PLACEHOLDER, CHANGE_PLACEHOLDER, GOAL_BODY_PLACEHOLDER, SOURCE_PLACEHOLDER,
    SUMMARY_PLACEHOLDER, translation_comment,
};
use crate::language::is_chinese;

pub use supporting::{alert, group, page};

/// The short title of an example.
const SHORT_TITLE: Phrase = Phrase::new("Short name", "简称");

/// Builds the text of a file.
struct FileBuilder {
    text: String,
    message_language: MessageLanguage,
}

impl FileBuilder {
    fn new(message_language: MessageLanguage) -> Self {
        Self { text: "---\n".to_owned(), message_language }
    }

    fn comment(self, text: &Message) -> Self {
        let comment = format!("# {}", text.get(self.message_language));
        self.line(&comment)
    }

    /// A summary that is commented out.
    fn optional_summary(self, context: &ScaffoldContext<'_>) -> Self {
        let summary = yaml_text(context.in_default_language(SUMMARY_PLACEHOLDER));
        self.comment(&message!(
            "one or two sentences, shown in lists; remove the `#` to use the line",
            "一两句话，显示在列表中；使用时删除行首的 `#`"
        ))
        .line(&format!("# summary: {summary}"))
    }

    /// A key that is commented out, below its meaning.
    fn optional(self, meaning: &Message, line: &str) -> Self {
        self.comment(meaning).line(&format!("# {line}"))
    }

    fn optional_short_title(self, context: &ScaffoldContext<'_>) -> Self {
        let short = yaml_text(context.in_default_language(SHORT_TITLE));
        let meaning = message!("a shorter title for navigation", "用于导航的短标题");
        self.optional(&meaning, &format!("short_title: {short}"))
    }

    fn optional_aliases(self) -> Self {
        let meaning = message!(
            "earlier addresses of the page, which lead to it",
            "本页曾用的网址，访问时转到本页"
        );
        self.optional(&meaning, "aliases: [/old/path/]")
    }

    fn line(mut self, line: &str) -> Self {
        self.text += line;
        self.text.push('\n');
        self
    }

    fn key(self, key: &str, value: &str) -> Self {
        self.line(&format!("{key}: {}", yaml_text(value)))
    }

    fn key_if(self, key: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.key(key, value),
            None => self,
        }
    }

    fn draft(self) -> Self {
        self.comment(&message!(
            "the page is not public while the next line is there; remove the line when the page is \
             ready",
            "有下面这一行时页面不公开；内容完成后删除该行"
        ))
        .line("draft: true")
    }

    /// Closes the front matter and adds the body.
    fn body(self, text: &str) -> String {
        if text.is_empty() {
            format!("{}---\n", self.text)
        } else {
            format!("{}---\n\n{text}\n", self.text)
        }
    }
}

/// The original's words, to be translated.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    pub title: &'a str,
    pub short_title: Option<&'a str>,
    pub summary: Option<&'a str>,
}

#[derive(Debug, Clone, Copy)]
pub struct ScaffoldContext<'a> {
    /// The language of the comments.
    pub message_language: MessageLanguage,
    /// The tags of the site's languages, the default first.
    pub languages: &'a [String],
    /// The current day in the site's time zone.
    pub today: Date,
    /// The tag of the title's language, if it is not the default language. The original then needs
    /// a translated title.
    pub title_language: Option<&'a str>,
}

impl ScaffoldContext<'_> {
    /// Begins the file in the default language.
    fn original(&self, title: &str) -> FileBuilder {
        let file = FileBuilder::new(self.message_language);
        let default = self.languages.first().map_or("en", String::as_str);
        let file = match self.title_language {
            Some(_) => file.comment(&message!(
                "this file is in `{default}`: translate the title",
                "本文件使用 `{default}`：请翻译标题"
            )),
            None => file,
        };
        file.key("title", title)
    }

    /// A YAML value with a text for each language of the site: Chinese, or else English.
    fn by_language(&self, text: Phrase) -> String {
        by_language(self.languages, text)
    }

    /// A text in the default language of the site.
    fn in_default_language(&self, text: Phrase) -> &'static str {
        text_in(self.languages.first().map_or("en", String::as_str), text)
    }
}

/// A YAML value with a text for each language.
fn by_language(languages: &[impl AsRef<str>], text: Phrase) -> String {
    match languages {
        [only] => yaml_text(text_in(only.as_ref(), text)),
        several => {
            let texts = several.iter().map(AsRef::as_ref);
            let texts: Vec<String> =
                texts.map(|tag| format!("{tag}: {}", yaml_text(text_in(tag, text)))).collect();
            format!("{{ {} }}", texts.join(", "))
        }
    }
}

fn text_in(tag: &str, text: Phrase) -> &'static str {
    if is_chinese(tag) { text.zh() } else { text.en() }
}

/// A bulletin that mentions goals, with an example of a report on each of them.
#[must_use]
pub fn bulletin(
    title: &str,
    goals: &[(&str, &GoalFacts)],
    context: &ScaffoldContext<'_>,
) -> String {
    let ScaffoldContext { today, .. } = *context;
    let summary = context.in_default_language(SUMMARY_PLACEHOLDER);
    let file = context
        .original(title)
        .comment(&message!(
            "one or two sentences for lists, feeds and search results",
            "一两句话，显示在列表、订阅和搜索结果中"
        ))
        .key("summary", summary)
        .comment(&message!(
            "the day of publication; a future day or time schedules it: 2030-01-31 09:00",
            "公开日期；填写将来的日期或时间则定时发布：2030-01-31 09:00"
        ))
        .line(&format!("published: {today}"))
        .comment(&message!(
            "the source; remove the `#` to use the line",
            "消息来源；使用时删除行首的 `#`"
        ))
        .line(&format!(
            "# source: {{ name: {}, url: \"https://…\" }}",
            context.by_language(SOURCE_PLACEHOLDER)
        ));
    let file = if goals.is_empty() {
        file.comment(&message!(
            "related goals, by the names of their files without `.md`",
            "相关目标，填写目标文件名（不带 `.md`）"
        ))
        .line("# mentions: [new-homes]")
    } else {
        let names: Vec<&str> = goals.iter().map(|(name, _)| *name).collect();
        file.comment(&message!("related goals", "相关目标"))
            .line(&format!("mentions: [{}]", names.join(", ")))
            .comment(&message!(
                "reports on these goals: to use the lines, remove the `#`, and remove the goal \
                 from `mentions`; `as_of` is the day of the figure",
                "对目标的报告：使用时删除行首的 `#`，并从 `mentions` 中去掉该目标；`as_of` 为数据\
                 截至日期"
            ))
            .line("# reports:")
    };
    let file = goals.iter().fold(file, |file, (name, facts)| {
        file.line(&format!("#   - {}", report(name, facts, context)))
    });
    file.draft().body(context.in_default_language(BODY_PLACEHOLDER))
}

/// An example of a report on a goal.
fn report(goal: &str, facts: &GoalFacts, context: &ScaffoldContext<'_>) -> String {
    let value = match facts.kind {
        GoalKind::Increase | GoalKind::Maintain => {
            let value = facts.target.as_ref().map_or(0.0, |target| target.value);
            format!("value: {value}")
        }
        GoalKind::Deliver => match facts.milestones.first() {
            Some(milestone) => format!("milestone: {}", milestone.id.value),
            None => "milestone: opened".to_owned(),
        },
        GoalKind::Direction | GoalKind::Continue => {
            format!(
                "note: {}",
                context.by_language(Phrase::new("What was done.", "已开展的工作。"))
            )
        }
    };
    format!("{{ goal: {goal}, {value}, as_of: {} }}", context.today)
}

#[must_use]
pub fn goal(title: &str, kind: GoalKind, order: u32, context: &ScaffoldContext<'_>) -> String {
    let year = context.today.year();
    let file = context
        .original(title)
        .comment(&message!("its position in the category", "在类别中的排序"))
        .line(&format!("order: {order}"))
        .comment(&message!(
            "increase: reach a number; maintain: keep a bound; direction: no number; deliver: \
             reach milestones; continue: an ongoing task",
            "increase 达到数值；maintain 保持界限；direction 方向性目标；deliver 按节点完成；\
             continue 持续推进"
        ))
        .line(&format!("kind: {}", kind.name()));
    let file = match kind {
        GoalKind::Increase | GoalKind::Maintain => file
            .comment(&message!(
                "the number and its unit: replace both",
                "目标数值和计量单位：请替换"
            ))
            .line(&format!(
                "target: {{ value: 100, unit: {} }}",
                context.by_language(Phrase::new("units", "个"))
            )),
        GoalKind::Deliver => file
            .comment(&message!(
                "the milestones: bulletins report them by their `id`",
                "交付节点：公报按 `id` 报告"
            ))
            .line("milestones:")
            .line(&format!(
                "  - {{ id: opened, title: {}, due: {year}-12-31 }}",
                context.by_language(Phrase::new("Opened to the public", "正式开放"))
            )),
        GoalKind::Direction | GoalKind::Continue => file,
    };
    let file = file
        .comment(&message!(
            "its first and last day; leave out `to` if it has no end",
            "起止日期；没有期限时不写 `to`"
        ))
        .line(&format!("period: {{ from: {year}-01-01, to: {year}-12-31 }}"));
    let file = if kind.has_target() {
        file.comment(&message!(
            "the interval of figures: month, quarter, half-year or year",
            "数据报告周期：month、quarter、half-year 或 year"
        ))
        .line("# report_every: quarter")
    } else {
        file
    };
    let text = context.in_default_language(GOAL_BODY_PLACEHOLDER);
    file.draft().body(text)
}

#[must_use]
pub fn category(title: &str, order: u32, hue: &str, context: &ScaffoldContext<'_>) -> String {
    context
        .original(title)
        .optional_summary(context)
        .comment(&message!("its position among the categories", "在各类别中的排序"))
        .line(&format!("order: {order}"))
        .comment(&message!(
            "lilac, teal, amber, brick, blue or moss",
            "可选 lilac、teal、amber、brick、blue、moss"
        ))
        .line(&format!("colour: {hue}"))
        .body("")
}

#[must_use]
pub fn section(title: &str, order: u32, context: &ScaffoldContext<'_>) -> String {
    context
        .original(title)
        .optional_summary(context)
        .comment(&message!("its position among the sections", "在各栏目中的排序"))
        .line(&format!("order: {order}"))
        .body("")
}

/// A translation of a file, with the original's words still to be translated and the record of its
/// sentences.
#[must_use]
pub fn translation(
    words: &Words<'_>,
    tag: &str,
    record: &str,
    message_language: MessageLanguage,
) -> String {
    FileBuilder::new(message_language)
        .comment(&translation_comment(tag))
        .key("title", words.title)
        .key_if("short_title", words.short_title)
        .key_if("summary", words.summary)
        .key("translated", record)
        .body("")
}

/// An earlier version of a text: its words, and no facts.
#[must_use]
pub fn version(words: &Words<'_>, body: &str) -> String {
    // No comment is written, so that the language of comments does not matter.
    let head = FileBuilder::new(MessageLanguage::English)
        .key("title", words.title)
        .key_if("summary", words.summary)
        .body("");
    head + body
}

/// The note of a change that is still to be written, as a YAML value.
#[must_use]
pub fn change_note(languages: &[&str]) -> String {
    by_language(languages, CHANGE_PLACEHOLDER)
}

/// The translation of a new file into the language of its title. Only drafts get placeholders,
/// because other pages are public at once.
#[must_use]
pub fn first_translation(
    title: &str,
    has_summary: bool,
    is_draft: bool,
    context: &ScaffoldContext<'_>,
) -> String {
    let tag = context.title_language.unwrap_or_default();
    let summary = text_in(tag, SUMMARY_PLACEHOLDER);
    let file = FileBuilder::new(context.message_language).comment(&translation_comment(tag));
    let file = file.key("title", title).key_if("summary", has_summary.then_some(summary));
    file.body(if is_draft { text_in(tag, BODY_PLACEHOLDER) } else { "" })
}
