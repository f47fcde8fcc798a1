//! JSON Schema definitions of the values of front matter and `site.toml`.
//!
//! The readers are in `content::front_matter`; a test compares what both accept.

use serde_json::{Value, json};

use crate::content::Status;
use crate::content::alert::ALERT_LEVELS;
use crate::content::front_matter::keys::KeyType;
use crate::content::goal::{KINDS, REPORTING_FREQUENCIES};
use crate::content::section::HUES;
use crate::content::site::FOOTER_KINDS;
use crate::diagnostic::Code;

/// A date, or a date and time, as `Moment::parse` reads it.
const MOMENT: &str = concat!(
    r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])",
    r"([Tt ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,9})?)?",
    r"([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])?)?$",
);

/// A slug, as `is_slug` defines it.
const SLUG: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";

/// A document number, as `is_document_number` defines it, or one without Chinese.
const DOCUMENT_NUMBER: &str = concat!(
    r"^([^\u2E80-\u9FFF]*\S[^\u2E80-\u9FFF]*",
    r"|([^\s〔〕\[\]［］()（）【】]+〔[0-9]{4}〕|[^\s〔〕\[\]［］()（）【】]*第)[1-9][0-9]*号)$",
);

/// A number in quotes.
const NUMBER: &str = r"^\s*[+-]?([0-9][0-9_]*(\.[0-9_]*)?|\.[0-9][0-9_]*)([eE][+-]?[0-9]+)?\s*$";

const WEB_ADDRESS: &str = r#"^https?://[^/\s<>"`{}|\\^][^\s<>"`{}|\\^]*$"#;

/// The name of a type's definition, its description and its schema. Mappings and lists have none.
pub(super) fn definition(value: KeyType) -> Option<(&'static str, &'static str, Value)> {
    let (name, description) = name_and_description(value)?;
    let schema = match value {
        KeyType::Line
        | KeyType::Sentences
        | KeyType::Localised
        | KeyType::Unit
        | KeyType::Milestone => {
            json!({ "type": ["string", "number", "boolean"], "pattern": r"\S" })
        }
        KeyType::Date => text(MOMENT),
        KeyType::Number => json!({ "anyOf": [{ "type": "number" }, text(NUMBER)] }),
        KeyType::WholeNumber => json!({
            "anyOf": [
                { "type": "integer", "minimum": 0, "maximum": 1_000_000 },
                text(r"^[0-9]{1,7}$"),
            ],
        }),
        KeyType::Flag => json!({ "enum": [true, false, "true", "false"] }),
        KeyType::Goal
        | KeyType::Category
        | KeyType::Bulletin
        | KeyType::Body
        | KeyType::Topic
        | KeyType::DocumentKind => text(SLUG),
        // Characters of Chinese are those from here on; a city without them has its own forms.
        KeyType::DocumentNumber => text(DOCUMENT_NUMBER),
        KeyType::WebAddress => text(WEB_ADDRESS),
        KeyType::SitePath => text(r"^/\S*$"),
        KeyType::Contact => text(r"^(https://|mailto:|tel:)\S*$"),
        KeyType::BaseUrl => text(r#"^https?://[^/?#@\\"<>\s]+(/[A-Za-z0-9._~-]+)*/*$"#),
        KeyType::LanguageTag => text(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"),
        KeyType::TimeZone => text(r"^[A-Za-z0-9_+/-]+$"),
        KeyType::DaysBySection => json!({
            "type": "object",
            "additionalProperties": { "type": "integer", "minimum": 0, "maximum": 1_000_000 },
        }),
        KeyType::ReasonsByCode => json!({
            "type": "object",
            "propertyNames": { "enum": lint_codes() },
            "additionalProperties": text(r"\S"),
        }),
        KeyType::GoalKind
        | KeyType::ReportingFrequency
        | KeyType::Hue
        | KeyType::AlertLevel
        | KeyType::FooterKind
        | KeyType::Status
        | KeyType::Profile => json!({ "enum": choices(value)? }),
        KeyType::Group(_) | KeyType::BodyOr(_) | KeyType::List(_) => return None,
    };
    Some((name, description, schema))
}

/// The description of a type. Mappings and lists have none.
pub(in crate::editor::kit) fn description(value: KeyType) -> Option<&'static str> {
    name_and_description(value).map(|(_, description)| description)
}

const fn name_and_description(value: KeyType) -> Option<(&'static str, &'static str)> {
    Some(match value {
        KeyType::Line => ("Line", "A line of text. A number or `true` is taken as it is written."),
        KeyType::Sentences => ("Sentences", "One or two sentences."),
        KeyType::Localised => ("Localised", "One text for all languages, or one for each."),
        KeyType::Unit => (
            "Counted",
            "A unit: one text for all languages, or one for each, which may have plural forms.",
        ),
        KeyType::Date => (
            "Day",
            "A date such as 2022-05-05, or a date and time such as 2022-05-05 09:30, in the \
             site's time zone.",
        ),
        KeyType::Number => ("Number", "A number, without separators between its digits."),
        KeyType::WholeNumber => ("Place", "A whole number from 0."),
        KeyType::Flag => ("Flag", "true or false."),
        KeyType::Goal => ("GoalName", "The name of a goal: its file's name without `.md`."),
        KeyType::Category => ("CategoryName", "The name of a category: its folder's name."),
        KeyType::Bulletin => {
            ("BulletinName", "The name of a bulletin: its file's name without `.md`.")
        }
        KeyType::Milestone => ("MilestoneName", "The `id` of one of the goal's milestones."),
        KeyType::DocumentNumber => {
            ("DocumentNumber", "The number of an official document, such as 哈政规〔2022〕22号.")
        }
        KeyType::Body => ("BodyName", "The name of a body: its file's name without `.md`."),
        KeyType::Topic => ("TopicName", "The name of a topic: its file's name without `.md`."),
        KeyType::DocumentKind => ("DocumentKindName", "The name of a kind of document."),
        KeyType::WebAddress => ("WebAddress", "A web address, with `https://` or `http://`."),
        KeyType::SitePath => ("SitePath", "A path of this site, such as `/old/path/`."),
        KeyType::Contact => ("Contact", "A contact: `https://…`, `mailto:…` or `tel:…`."),
        KeyType::BaseUrl => ("BaseAddress", "The site's address: scheme, host and perhaps a path."),
        KeyType::LanguageTag => ("LanguageTag", "A language tag, such as `en`, `zh` or `pt-BR`."),
        KeyType::TimeZone => ("Zone", "A time zone's name, such as `Asia/Shanghai`."),
        KeyType::GoalKind => ("KindName", "The kind of goal."),
        KeyType::ReportingFrequency => ("IntervalName", "How often a figure is expected."),
        KeyType::AlertLevel => ("AlertLevelName", "How urgent an alert is."),
        KeyType::FooterKind => ("FooterKindName", "What an authority asks for."),
        KeyType::Hue => ("HueName", "A hue of the style sheet."),
        KeyType::Status => ("StatusName", "The status of a goal."),
        KeyType::Profile => ("ProfileName", "A set of further rules."),
        KeyType::DaysBySection => ("DaysBySection", "Days by section: its name, or `home`."),
        KeyType::ReasonsByCode => {
            ("ReasonsByAdvice", "Reasons by advice: its code, such as `link/vague-text`.")
        }
        KeyType::Group(_) | KeyType::BodyOr(_) | KeyType::List(_) => return None,
    })
}

/// The words that a type allows, if they are few.
pub(in crate::editor::kit) fn choices(value: KeyType) -> Option<Vec<&'static str>> {
    match value {
        KeyType::GoalKind => Some(KINDS.iter().map(|(name, _)| *name).collect()),
        KeyType::ReportingFrequency => {
            Some(REPORTING_FREQUENCIES.iter().map(|(name, _)| *name).collect())
        }
        KeyType::Hue => Some(HUES.iter().map(|(name, _)| *name).collect()),
        KeyType::AlertLevel => Some(ALERT_LEVELS.iter().map(|(name, _)| *name).collect()),
        KeyType::FooterKind => Some(FOOTER_KINDS.iter().map(|(name, _)| *name).collect()),
        KeyType::Status => Some(Status::ALL.iter().map(|status| status.name()).collect()),
        KeyType::Profile => Some(vec!["cn-gov"]),
        _ => None,
    }
}

fn text(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": pattern })
}

fn lint_codes() -> Vec<&'static str> {
    Code::ALL.iter().filter(|code| code.is_lint()).map(|code| code.name()).collect()
}
