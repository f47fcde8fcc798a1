//! The values that front matter and `site.toml` are made of, as schemas.
//!
//! Each is a type without content, under whose name the schema of a file refers to it; [`super::super::forms`] makes an input of
//! it by the same name. The readers are the methods of `content::front_matter::value_reader::ValueReader`; a test compares the two.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

use crate::content::Status;
use crate::content::goal::{KINDS, REPORTING_FREQUENCIES};
use crate::content::section::HUES;
use crate::diagnostic::Code;

/// A date, or a date and time, as `Moment::parse` reads it.
pub(crate) const MOMENT: &str = concat!(
    r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])",
    r"([Tt ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,9})?)?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])?)?$",
);

/// A name that can be part of an address, as `is_slug` knows it.
pub(crate) const SLUG: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";

/// A number as forms and people write it in quotes.
const NUMBER: &str = r"^\s*[+-]?([0-9][0-9_]*(\.[0-9_]*)?|\.[0-9][0-9_]*)([eE][+-]?[0-9]+)?\s*$";

const WEB_ADDRESS: &str = r#"^https?://[^/\s<>"`{}|\\^][^\s<>"`{}|\\^]*$"#;

/// Defines a type whose schema is the given one.
macro_rules! values {
    ($($(#[doc = $doc:literal])+ $name:ident = $schema:expr;)+) => {
        $(
            $(#[doc = $doc])+
            pub(crate) struct $name;

            impl JsonSchema for $name {
                fn schema_name() -> Cow<'static, str> {
                    stringify!($name).into()
                }

                fn json_schema(_: &mut SchemaGenerator) -> Schema {
                    let mut schema = $schema;
                    schema.insert("description".to_owned(), concat!($($doc),+).trim().into());
                    schema
                }
            }
        )+
    };
}

values! {
    /// A line of text. A number or `true` is taken as it is written.
    Line = json_schema!({ "type": ["string", "number", "boolean"], "pattern": r"\S" });
    /// One or two sentences.
    Sentences = json_schema!({ "type": ["string", "number", "boolean"], "pattern": r"\S" });
    /// One text for all languages, or one for each.
    Localised = json_schema!({ "type": ["string", "number", "boolean"], "pattern": r"\S" });
    /// What is counted: one text for all languages, or one for each, which may have plural forms.
    Counted = json_schema!({ "type": ["string", "number", "boolean"], "pattern": r"\S" });
    /// A date such as 2022-05-05, or a date and time such as 2022-05-05 09:30, in the site's time zone.
    Day = json_schema!({ "type": "string", "pattern": MOMENT });
    /// A number, without separators between its digits.
    Number = json_schema!({
        "anyOf": [{ "type": "number" }, { "type": "string", "pattern": NUMBER }],
    });
    /// A whole number from 0.
    Place = json_schema!({
        "anyOf": [{ "type": "integer", "minimum": 0, "maximum": 1_000_000 }, { "type": "string", "pattern": r"^[0-9]{1,7}$" }],
    });
    /// true or false.
    Flag = json_schema!({ "enum": [true, false, "true", "false"] });
    /// The name of a goal: its file's name without `.md`.
    GoalName = json_schema!({ "type": "string", "pattern": SLUG });
    /// The name of a category: its folder's name.
    CategoryName = json_schema!({ "type": "string", "pattern": SLUG });
    /// The name of a bulletin: its file's name without `.md`.
    BulletinName = json_schema!({ "type": "string", "pattern": SLUG });
    /// The `id` of one of the goal's milestones.
    MilestoneName = json_schema!({ "type": ["string", "number", "boolean"], "pattern": r"\S" });
    /// A web address, with `https://` or `http://`.
    WebAddress = json_schema!({ "type": "string", "pattern": WEB_ADDRESS });
    /// A path of this site, such as `/old/path/`.
    SitePath = json_schema!({ "type": "string", "pattern": r"^/\S*$" });
    /// A way to reach somebody: `https://…`, `mailto:…` or `tel:…`.
    Contact = json_schema!({ "type": "string", "pattern": r"^(https://|mailto:|tel:)\S*$" });
    /// Where the site stands: scheme and host, without a path.
    BaseAddress = json_schema!({ "type": "string", "pattern": r#"^https?://[^/?#@\\"<>\s]+/*$"# });
    /// A language tag, such as `en`, `zh` or `pt-BR`.
    LanguageTag = json_schema!({ "type": "string", "pattern": r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$" });
    /// A time zone's name, such as `Asia/Shanghai`.
    Zone = json_schema!({ "type": "string", "pattern": r"^[A-Za-z0-9_+/-]+$" });
    /// The kind of promise.
    KindName = json_schema!({ "enum": names(KINDS) });
    /// How often a figure is expected.
    IntervalName = json_schema!({ "enum": names(REPORTING_FREQUENCIES) });
    /// A hue of the style sheet.
    HueName = json_schema!({ "enum": names(HUES) });
    /// How far a goal is.
    StatusName = json_schema!({ "enum": Status::ALL.map(Status::name) });
    /// A set of further rules.
    ProfileName = json_schema!({ "enum": ["cn-gov"] });
    /// Days by section: its name, or `home`.
    DaysBySection = json_schema!({
        "type": "object",
        "additionalProperties": { "type": "integer", "minimum": 0, "maximum": 1_000_000 },
    });
    /// Reasons by advice: its code, such as `link/vague-text`.
    ReasonsByAdvice = json_schema!({
        "type": "object",
        "propertyNames": { "enum": advice() },
        "additionalProperties": { "type": "string", "pattern": r"\S" },
    });
}

fn advice() -> Vec<&'static str> {
    Code::ALL.iter().filter(|code| code.is_lint()).map(|code| code.name()).collect()
}

fn names<T>(choices: &[(&'static str, T)]) -> Vec<&'static str> {
    choices.iter().map(|(name, _)| *name).collect()
}

/// That a key is there and not left empty.
pub(super) fn says(key: &str) -> Value {
    json!({ "required": [key], "properties": { key: { "not": { "$ref": "#/$defs/Nothing" } } } })
}
