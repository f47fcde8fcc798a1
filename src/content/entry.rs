//! The pages of a site as they were written: texts by language, and facts by kind of page.

use std::sync::Arc;

use jiff::civil::Date;

use super::alert::AlertFacts;
use super::bulletin::BulletinFacts;
use super::bulletin_group::GroupFacts;
use super::front_matter::tree::Located;
use super::goal::GoalFacts;
use super::markdown::Body;
use super::section::{BasicPageFacts, CategoryFacts};
use super::source_digest::SourceDigest;
use crate::language::Language;

/// A bulletin's file and its translations.
pub type Bulletin = Entry<BulletinFacts>;
/// A goal's file and its translations.
pub type Goal = Entry<GoalFacts>;
/// A category's `_index.md` and its translations.
pub type Category = Entry<CategoryFacts>;
/// A body's or topic's file and its translations.
pub type Group = Entry<GroupFacts>;
/// An alert's file and its translations. It is no page of its own.
pub type Alert = Entry<AlertFacts>;
/// A page without a date: the home page, a section's `_index.md`, or a page such as `about.md`.
pub type BasicPage = Entry<BasicPageFacts>;

/// A page: its texts in every language, and its facts of type `F`.
#[derive(Debug, Clone)]
pub struct Entry<F> {
    /// A bulletin's section, a goal's category or a static page's folder; empty for other pages.
    pub folder: String,
    /// The page's part of its address.
    pub slug: String,
    pub texts: Texts,
    /// The facts, which are the same in every language.
    pub facts: F,
}

impl<F> Entry<F> {
    /// The path of the original file.
    #[must_use]
    pub fn path(&self) -> &Arc<str> {
        &self.texts.original().path
    }
}

/// A page's texts in the languages that it is written in.
#[derive(Debug, Clone)]
pub struct Texts {
    /// The original first.
    by_language: Vec<Text>,
    /// The texts that a bulletin had before, the oldest first.
    pub versions: Vec<Version>,
}

/// The texts that a bulletin had before a change.
#[derive(Debug, Clone)]
pub struct Version {
    /// The day from which they were public.
    pub day: Date,
    pub texts: Texts,
}

impl Texts {
    /// Takes texts sorted by language. `None` without a text in the default language.
    pub(crate) fn new(by_language: Vec<Text>) -> Option<Self> {
        let has_original = by_language.first().is_some_and(|text| text.language.is_default());
        has_original.then_some(Self { by_language, versions: Vec::new() })
    }

    /// The text in the default language, which every page has.
    #[must_use]
    pub fn original(&self) -> &Text {
        &self.by_language[0]
    }

    /// The text in a language, if it is translated.
    #[must_use]
    pub fn get(&self, language: Language) -> Option<&Text> {
        self.by_language.iter().find(|text| text.language == language)
    }

    /// The text in a language, or the original.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &Text {
        self.get(language).unwrap_or_else(|| self.original())
    }

    /// All texts, to be marked in a preview.
    pub(crate) fn all_mut(&mut self) -> impl Iterator<Item = &mut Text> {
        self.by_language.iter_mut()
    }

    /// All texts, the original first.
    pub fn all(&self) -> impl Iterator<Item = &Text> {
        self.by_language.iter()
    }
}

/// A page's text in one language.
#[derive(Debug, Clone)]
pub struct Text {
    /// The file, relative to the content folder.
    pub path: Arc<str>,
    pub language: Language,
    pub title: Located<String>,
    /// A shorter title for navigation and charts.
    pub short_title: Option<String>,
    /// One or two sentences for lists and feeds.
    pub summary: Option<Located<String>>,
    pub body: Body,
    /// The web addresses in the front matter.
    pub addresses: Vec<Located<String>>,
    /// The record of the original from which a translation was made.
    pub translated: Option<Located<String>>,
    /// The changes of the original since that record; `None` if there are none.
    pub original_changes: Option<OriginalChanges>,
    /// The hash of the file: all that is said here follows from it and the site's settings.
    pub digest: SourceDigest,
}

/// The changes of an original since a translation was made.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct OriginalChanges {
    /// The sentences that are new or changed.
    pub new: Vec<String>,
    /// The number of sentences that are no longer there, changed ones left out.
    pub gone: usize,
}

impl OriginalChanges {
    pub(super) const fn is_empty(&self) -> bool {
        self.new.is_empty() && self.gone == 0
    }
}
