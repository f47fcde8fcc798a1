//! Tools for editors, used only by the command line: advice on the text ([`lint`]), a check of
//! external links ([`links`]), an audit against the rules for public sites ([`audit`]), notes of
//! changes ([`amendment`]), and files that help to write content ([`kit`]).

pub mod amendment;
pub mod audit;
pub mod kit;
pub mod links;
pub mod lint;
pub mod starter;

use crate::diagnostic::{Message, Phrase, message};

pub(crate) const SUMMARY_PLACEHOLDER: Phrase = Phrase::new("One or two sentences.", "一两句话。");
pub(crate) const BODY_PLACEHOLDER: Phrase = Phrase::new("Write the text here.", "在此撰写正文。");
pub(crate) const GOAL_BODY_PLACEHOLDER: Phrase =
    Phrase::new("Say what the goal means and how it is counted.", "说明目标含义和计量方法。");

pub(crate) const SOURCE_PLACEHOLDER: Phrase = Phrase::new("Name of the source", "来源名称");

/// The note of a change that an editor begins.
pub(crate) const CHANGE_PLACEHOLDER: Phrase =
    Phrase::new("What changed, and why.", "改了什么，为什么改。");

/// The sentences in new files that the editor is to replace. [`kit`] writes them, [`lint`] reports
/// those that are still there.
pub(crate) const PLACEHOLDERS: [Phrase; 5] = [
    SUMMARY_PLACEHOLDER,
    BODY_PLACEHOLDER,
    GOAL_BODY_PLACEHOLDER,
    SOURCE_PLACEHOLDER,
    CHANGE_PLACEHOLDER,
];

/// The comment in a new translation.
pub(crate) fn translation_comment(tag: &str) -> Message {
    message!(
        "the words in `{tag}`; dates, figures and goals are only in the original",
        "`{tag}` 版文字；日期、数值和目标只写在原文件中"
    )
}
