//! Tools for editors, used only by the command line: advice on the text ([`lint`]), a check of
//! external links ([`links`]), an audit against the rules for public sites ([`audit`]), and files
//! that help to write content ([`kit`]).

pub mod audit;
pub mod kit;
pub mod links;
pub mod lint;

use crate::diagnostic::Word;

pub(crate) const SUMMARY_PLACEHOLDER: Word = Word::new("One or two sentences.", "一两句话。");
pub(crate) const BODY_PLACEHOLDER: Word = Word::new("Write the text here.", "在此撰写正文。");
pub(crate) const GOAL_BODY_PLACEHOLDER: Word =
    Word::new("Say what the goal means and how it is counted.", "说明目标含义和计量方法。");

/// The sentences in new files that the editor is to replace. [`kit`] writes them, [`lint`] reports
/// those that are still there.
pub(crate) const PLACEHOLDERS: [Word; 3] =
    [SUMMARY_PLACEHOLDER, BODY_PLACEHOLDER, GOAL_BODY_PLACEHOLDER];
