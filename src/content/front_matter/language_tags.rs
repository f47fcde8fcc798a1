//! Language tags that are not the site's.

use crate::diagnostic::{Message, message};
use crate::language::Languages;

/// Country codes and names that people write for the tag of a language.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("cn", "zh"),
    ("chs", "zh"),
    ("chinese", "zh"),
    ("中文", "zh"),
    ("简体", "zh"),
    ("eng", "en"),
    ("english", "en"),
    ("英文", "en"),
    ("jp", "ja"),
];

/// The tag of the language that is meant by another name, whatever its case.
pub(crate) fn language_meant(written: &str) -> Option<&'static str> {
    let written = written.to_lowercase();
    OTHER_NAMES.iter().find(|(other, _)| *other == written).map(|(_, tag)| *tag)
}

/// The message and the help for a tag that is none of the site's languages.
pub(crate) fn unknown_language(tag: &str, languages: &Languages) -> (Message, Message) {
    let known = Message::names(languages.tags());
    (
        message!("`{tag}` is not a language of this site", "`{tag}` 不是本站的语言"),
        message!("the languages are {known}", "本站的语言有{known}"; known),
    )
}
