//! The text of a new file: every key that it needs, and comments for whoever fills it in.
//!
//! A comment is in the language of messages; what stands in the front matter is in the languages of the site.

use jiff::civil::Date;

use super::yaml::scalar;
use crate::content::goal::{GoalFacts, GoalKind};
use crate::diagnostic::{Message, MessageLanguage, Phrase, message};
use crate::editor::{BODY_PLACEHOLDER, GOAL_BODY_PLACEHOLDER, SUMMARY_PLACEHOLDER};
use crate::language::is_chinese;

/// A file that is being put together.
struct Draft {
    text: String,
    message_language: MessageLanguage,
}

impl Draft {
    fn new(message_language: MessageLanguage) -> Self {
        Self { text: "---\n".to_owned(), message_language }
    }

    fn comment(self, said: &Message) -> Self {
        let comment = format!("# {}", said.get(self.message_language));
        self.line(&comment)
    }

    fn line(mut self, line: &str) -> Self {
        self.text += line;
        self.text.push('\n');
        self
    }

    fn key(self, key: &str, value: &str) -> Self {
        self.line(&format!("{key}: {}", scalar(value)))
    }

    fn key_if(self, key: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.key(key, value),
            None => self,
        }
    }

    /// Nobody sees the page before somebody has decided so.
    fn kept_back(self) -> Self {
        self.comment(&message!(
            "nobody sees this page as long as the next line is there; remove the line when all is ready",
            "有下面这一行时页面不公开；内容完成后删除该行"
        ))
        .line("draft: true")
    }

    /// The whole file.
    fn body(self, text: &str) -> String {
        if text.is_empty() {
            format!("{}---\n", self.text)
        } else {
            format!("{}---\n\n{text}\n", self.text)
        }
    }
}

/// The words of a file in one language.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// The title.
    pub title: &'a str,
    /// The title for tight places.
    pub short_title: Option<&'a str>,
    /// The summary.
    pub summary: Option<&'a str>,
}

/// What a site's files are written in.
#[derive(Debug, Clone, Copy)]
pub struct ScaffoldContext<'a> {
    /// The language of the comments.
    pub message_language: MessageLanguage,
    /// The tags of the site's languages, the default first.
    pub languages: &'a [String],
    /// Today, in the site's zone.
    pub today: Date,
    /// Another language in which the given title is, so that the original's is still to be translated.
    pub foreign: Option<&'a str>,
}

impl ScaffoldContext<'_> {
    fn original(&self, title: &str) -> Draft {
        let draft = Draft::new(self.message_language);
        let default = self.languages.first().map_or("en", String::as_str);
        let draft = match self.foreign {
            Some(_) => draft.comment(&message!(
                "the words of this file are in `{default}`: translate the title",
                "本文件使用 `{default}`：请翻译标题"
            )),
            None => draft,
        };
        draft.key("title", title)
    }

    /// A word for each language: the one that is known for it, or the English one.
    fn by_language(&self, en: &str, zh: &str) -> String {
        let word = |tag: &str| if is_chinese(tag) { zh.to_owned() } else { en.to_owned() };
        match self.languages {
            [only] => scalar(&word(only)),
            several => {
                let each: Vec<String> =
                    several.iter().map(|tag| format!("{tag}: {}", scalar(&word(tag)))).collect();
                format!("{{ {} }}", each.join(", "))
            }
        }
    }

    /// A sentence in the default language.
    fn default_word(&self, word: Phrase) -> &'static str {
        word_in(self.languages.first().map_or("en", String::as_str), word)
    }
}

fn word_in(tag: &str, word: Phrase) -> &'static str {
    if is_chinese(tag) { word.zh() } else { word.en() }
}

/// A bulletin that mentions goals, with examples of what it could say about them.
#[must_use]
pub fn bulletin(
    title: &str,
    goals: &[(&str, &GoalFacts)],
    context: &ScaffoldContext<'_>,
) -> String {
    let ScaffoldContext { today, .. } = *context;
    let summary = context.default_word(SUMMARY_PLACEHOLDER);
    let draft = context
        .original(title)
        .comment(&message!(
            "one or two sentences for lists, feeds and search results",
            "一两句话，显示在列表、订阅和搜索结果中"
        ))
        .key("summary", summary)
        .comment(&message!(
            "the day on which it becomes public; a later day or time schedules it: 2030-01-31 09:00",
            "公开日期；填写将来的日期或时间则定时发布：2030-01-31 09:00"
        ))
        .line(&format!("published: {today}"))
        .comment(&message!("who said it, and where; remove the `#` to use the line", "消息来源；使用时删除行首的 `#`"))
        .line(&format!(
            "# source: {{ name: {}, url: \"https://…\" }}",
            context.by_language("Harbin Daily", "哈尔滨日报")
        ));
    let draft = if goals.is_empty() {
        draft
            .comment(&message!(
                "goals that it is related to, by their files' names without `.md`",
                "相关目标，填写目标文件名（不带 `.md`）"
            ))
            .line("# mentions: [urban-jobs-2022]")
    } else {
        let names: Vec<&str> = goals.iter().map(|(name, _)| *name).collect();
        draft
            .comment(&message!("goals that it is related to", "相关目标"))
            .line(&format!("mentions: [{}]", names.join(", ")))
            .comment(&message!(
                "what it says about them: to use the lines, remove the `#` and the goal from `mentions`; `as_of` is the day for which it holds",
                "对目标的报告：使用时删除行首的 `#`，并从 `mentions` 中去掉该目标；`as_of` 为数据截至日期"
            ))
            .line("# reports:")
    };
    let draft = goals.iter().fold(draft, |draft, (name, facts)| {
        draft.line(&format!("#   - {}", report(name, facts, context)))
    });
    draft.kept_back().body(context.default_word(BODY_PLACEHOLDER))
}

/// What a bulletin can say about a goal of its kind.
fn report(goal: &str, facts: &GoalFacts, context: &ScaffoldContext<'_>) -> String {
    let said = match facts.kind {
        GoalKind::Increase | GoalKind::Maintain => {
            let value = facts.target.as_ref().map_or(0.0, |target| target.value);
            format!("value: {value}")
        }
        GoalKind::Deliver => match facts.milestones.first() {
            Some(milestone) => format!("milestone: {}", milestone.id.value),
            None => "milestone: opened".to_owned(),
        },
        GoalKind::Direction | GoalKind::Continue => {
            format!("note: {}", context.by_language("What was done.", "已开展的工作。"))
        }
    };
    format!("{{ goal: {goal}, {said}, as_of: {} }}", context.today)
}

/// A goal of a kind, at a place in its category.
#[must_use]
pub fn goal(title: &str, kind: GoalKind, order: u32, context: &ScaffoldContext<'_>) -> String {
    let year = context.today.year();
    let draft = context
        .original(title)
        .comment(&message!("its place within the category", "在类别中的排序"))
        .line(&format!("order: {order}"))
        .comment(&message!(
            "increase: a number to be reached; maintain: a bound to be kept; direction: no number; deliver: by milestones; continue: a task that goes on",
            "increase 达到数值；maintain 保持界限；direction 方向性目标；deliver 按节点完成；continue 持续推进"
        ))
        .line(&format!("kind: {}", kind.name()));
    let draft = match kind {
        GoalKind::Increase | GoalKind::Maintain => draft
            .comment(&message!(
                "the number, and what is counted: replace both",
                "目标数值和计量单位：请替换"
            ))
            .line(&format!(
                "target: {{ value: 100, unit: {} }}",
                context.by_language("units", "个")
            )),
        GoalKind::Deliver => draft
            .comment(&message!(
                "the steps by which it is delivered: bulletins report them by their `id`",
                "交付节点：公报按 `id` 报告"
            ))
            .line("milestones:")
            .line(&format!(
                "  - {{ id: opened, title: {}, due: {year}-12-31 }}",
                context.by_language("Opened to the public", "正式开放")
            )),
        GoalKind::Direction | GoalKind::Continue => draft,
    };
    let draft = draft
        .comment(&message!(
            "its first and its last day; leave `to` out where no end was named",
            "起止日期；没有期限时不写 `to`"
        ))
        .line(&format!("period: {{ from: {year}-01-01, to: {year}-12-31 }}"));
    let draft = if kind.has_target() {
        draft
            .comment(&message!(
                "how often a figure is expected: month, quarter, half-year or year",
                "数据报告周期：month、quarter、half-year 或 year"
            ))
            .line("# report_every: quarter")
    } else {
        draft
    };
    let text = context.default_word(GOAL_BODY_PLACEHOLDER);
    draft.kept_back().body(text)
}

/// A category, at a place among its like, in a hue.
#[must_use]
pub fn category(title: &str, order: u32, hue: &str, context: &ScaffoldContext<'_>) -> String {
    context
        .original(title)
        .comment(&message!(
            "one or two sentences, shown in lists; remove the `#` to use the line",
            "一两句话，显示在列表中；使用时删除行首的 `#`"
        ))
        .line(&format!("# summary: {}", scalar(context.default_word(SUMMARY_PLACEHOLDER))))
        .comment(&message!("its place among the categories", "在各类别中的排序"))
        .line(&format!("order: {order}"))
        .comment(&message!(
            "lilac, teal, amber, brick, blue or moss",
            "可选 lilac、teal、amber、brick、blue、moss"
        ))
        .line(&format!("colour: {hue}"))
        .body("")
}

/// A section, at a place among its like.
#[must_use]
pub fn section(title: &str, order: u32, context: &ScaffoldContext<'_>) -> String {
    context
        .original(title)
        .comment(&message!(
            "one or two sentences, shown in lists; remove the `#` to use the line",
            "一两句话，显示在列表中；使用时删除行首的 `#`"
        ))
        .line(&format!("# summary: {}", scalar(context.default_word(SUMMARY_PLACEHOLDER))))
        .comment(&message!("its place among the sections", "在各栏目中的排序"))
        .line(&format!("order: {order}"))
        .body("")
}

/// The same file in another language, with the original's words still to be translated.
#[must_use]
pub fn translation(words: &Words<'_>, tag: &str, message_language: MessageLanguage) -> String {
    Draft::new(message_language)
        .comment(&message!(
            "the words in `{tag}`; dates, figures and goals stand in the original alone",
            "`{tag}` 版文字；日期、数值和目标只写在原文件中"
        ))
        .key("title", words.title)
        .key_if("short_title", words.short_title)
        .key_if("summary", words.summary)
        .body("")
}

/// The words of a new file in the language that its title is in. What is public at once gets no words to be replaced.
#[must_use]
pub fn first_translation(
    title: &str,
    has_summary: bool,
    is_kept_back: bool,
    context: &ScaffoldContext<'_>,
) -> String {
    let tag = context.foreign.unwrap_or_default();
    let summary = word_in(tag, SUMMARY_PLACEHOLDER);
    let draft = Draft::new(context.message_language).comment(&message!(
        "the words in `{tag}`; dates, figures and goals stand in the original alone",
        "`{tag}` 版文字；日期、数值和目标只写在原文件中"
    ));
    let draft = draft.key("title", title).key_if("summary", has_summary.then_some(summary));
    draft.body(if is_kept_back { word_in(tag, BODY_PLACEHOLDER) } else { "" })
}
