//! `gazette new`: writes a new content file that passes `check`. It never overwrites a file.

mod files;
mod language;
mod page;
mod supporting;
mod translation;

use clap::{Args, Subcommand};

use super::output::CommandResult;
use super::shared_arguments::LanguageArguments;
use crate::content::GroupKind;

#[derive(Debug, Clone, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    kind: NewKind,
}

#[derive(Debug, Clone, Subcommand)]
enum NewKind {
    /// A bulletin, as a draft.
    Bulletin(page::BulletinArguments),
    /// A goal, as a draft.
    Goal(page::GoalArguments),
    /// A category of goals.
    Category(page::CategoryArguments),
    /// A section of bulletins.
    Section(page::SectionArguments),
    /// A body, an organisation that issues documents: bulletins name it as `issuer`.
    Body(supporting::GroupArguments),
    /// A topic: bulletins name it under `topics`.
    Topic(supporting::GroupArguments),
    /// An alert above every page, as a draft.
    Alert(supporting::AlertArguments),
    /// A page without a date, such as about the site, as a draft.
    Page(supporting::StaticPageArguments),
    /// A further language: adds it to `site.toml`, and writes its messages to be translated.
    Language(language::Arguments),
    /// A translation of a file, which begins with the words of the original.
    Translation(translation::Arguments),
}

pub(super) fn run(arguments: &Arguments) -> CommandResult {
    // `--lang` is the language of the new file, not of the messages.
    let message_language = LanguageArguments::from_environment();
    match &arguments.kind {
        NewKind::Bulletin(arguments) => page::new_bulletin(arguments, message_language),
        NewKind::Goal(arguments) => page::new_goal(arguments, message_language),
        NewKind::Category(arguments) => page::new_category(arguments, message_language),
        NewKind::Section(arguments) => page::new_section(arguments, message_language),
        NewKind::Body(arguments) => {
            supporting::new_group(GroupKind::Body, arguments, message_language)
        }
        NewKind::Topic(arguments) => {
            supporting::new_group(GroupKind::Topic, arguments, message_language)
        }
        NewKind::Alert(arguments) => supporting::new_alert(arguments, message_language),
        NewKind::Page(arguments) => supporting::new_static_page(arguments, message_language),
        NewKind::Language(arguments) => language::new_language(arguments, message_language),
        NewKind::Translation(arguments) => {
            translation::new_translation(arguments, message_language)
        }
    }
}
