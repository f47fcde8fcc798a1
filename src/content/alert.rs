//! The facts of alerts: what every page says for a time, such as a flood warning.

use pulldown_cmark::Event;

use super::front_matter::keys::KeyType::{AlertLevel as Level, Date, Flag, Line};
use super::front_matter::keys::{Key, KeyGroup, TRANSLATED};
use super::front_matter::mapping::MappingReader;
use super::front_matter::moment::Moment;
use super::front_matter::scalar::ELLIPSIS;
use super::front_matter::tree::Located;
use super::front_matter::value_reader::ValueReader;
use super::markdown::{self, Body};
use crate::diagnostic::{Code, Diagnostic, Phrase, message};

/// The facts of an alert.
#[derive(Debug, Clone)]
pub struct AlertFacts {
    pub level: AlertLevel,
    /// The instant from which every page has it.
    pub from: Moment,
    /// The last day on which every page has it, or the time until which.
    pub until: Option<Moment>,
    pub draft: bool,
}

/// How urgent an alert is. The most urgent comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum AlertLevel {
    /// People are in danger.
    Emergency,
    /// People may be in danger, or lose something.
    Warning,
    /// Something that all should know.
    #[default]
    Notice,
}

/// Every level with its name in front matter.
pub(crate) const ALERT_LEVELS: &[(&str, AlertLevel)] = &[
    ("notice", AlertLevel::Notice),
    ("warning", AlertLevel::Warning),
    ("emergency", AlertLevel::Emergency),
];

impl AlertFacts {
    /// Replaces facts that could not be read. The file has an error, so that it is never shown.
    pub(super) const fn placeholder() -> Self {
        Self { level: AlertLevel::Notice, from: Moment::PLACEHOLDER, until: None, draft: false }
    }
}

pub(crate) const ALERT: KeyGroup = KeyGroup::new(
    "Alert",
    Phrase::new("an alert", "紧急通告"),
    "What every page says for a time.",
    &[
        TITLE.description("What it says, in a few words."),
        Key::required("level", Level, Phrase::typed("warning"))
            .label("Level", "级别")
            .description("How urgent it is."),
        Key::required("from", Date, Phrase::typed("2024-07-01 09:30"))
            .label("From", "开始")
            .description("The day or time from which every page has it."),
        Key::optional("until", Date)
            .label("Until", "结束")
            .description("The last day on which every page has it, or the time until which."),
        Key::optional("draft", Flag)
            .label("Draft", "草稿")
            .description("`true` keeps the alert from all pages."),
    ],
);

pub(crate) const ALERT_TRANSLATION: KeyGroup = KeyGroup::new(
    "AlertTranslation",
    ALERT.noun,
    "An alert in another language: its texts only.",
    &[TITLE.description("What it says, in a few words, in this language."), TRANSLATED],
);

const TITLE: Key = Key::required("title", Line, Phrase::typed(ELLIPSIS)).label("Title", "标题");

pub(super) fn read(keys: &mut MappingReader<'_>, reader: &mut ValueReader<'_>) -> AlertFacts {
    let level = keys.read("level", reader, |reader, field| {
        let help = message!(
            "write `emergency` if people are in danger, `warning` if they may be in danger or \
             lose something, or `notice` for anything else that all should know",
            "人员有危险时写 `emergency`，可能有危险或受损失时写 `warning`，\
             其他需要大家知道的事写 `notice`"
        );
        reader.explained_choice(field, ALERT_LEVELS, Some(help))
    });
    let from: Option<Located<Moment>> = keys.read("from", reader, ValueReader::moment);
    let until = keys.read("until", reader, ValueReader::moment);
    let draft = keys.read("draft", reader, ValueReader::flag).unwrap_or_default();
    if let (Some(from), Some(until)) = (&from, &until) {
        reader.check_order(Phrase::new("the alert", "通告"), from.value, until);
    }
    AlertFacts {
        level: level.unwrap_or_default(),
        from: from.map_or(Moment::PLACEHOLDER, |from| from.value),
        until: until.map(|until| until.value),
        draft,
    }
}

/// Reports a heading and a footnote: an alert comes before the title of the page that has it, and
/// that page has footnotes of its own.
pub(super) fn check_text(body: &Body, reader: &mut ValueReader<'_>) {
    if let Some(heading) = body.headings.first() {
        let message = message!("an alert has no headings", "紧急通告中不能有小标题");
        let help = message!(
            "write it as a paragraph, and the details in a bulletin to which the alert links",
            "请写成普通段落；详细内容请写成公报，并在通告中链接到它"
        );
        let span = heading.span.clone();
        reader.push(Diagnostic::error(Code::HeadingInAlert, reader.path, span, message).help(help));
    }
    let mut events = markdown::events(&body.markdown);
    if let Some((_, mark)) = events.find(|(event, _)| matches!(event, Event::FootnoteReference(_)))
    {
        let message = message!("an alert has no footnotes", "紧急通告中不能有脚注");
        let help = message!(
            "write the note into the sentence, or into a bulletin to which the alert links",
            "请把脚注的内容写进句子，或写进公报，并在通告中链接到它"
        );
        let span = body.offset + mark.start..body.offset + mark.end;
        reader
            .push(Diagnostic::error(Code::FootnoteInAlert, reader.path, span, message).help(help));
    }
}
