//! What of a site the kit names: its languages, sections, categories, goals and pages, and how its texts are written.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::content::bulletin::{BulletinFacts, Removal, ReportValue};
use crate::content::goal::GoalFacts;
use crate::content::{Content, Entry, Localised, Text};

/// What of a site the kit names.
#[derive(Debug, Clone, Default)]
pub struct SiteOutline {
    /// The content folder, as seen from the folder of the kit: `content`.
    pub folder: String,
    /// The tags of the languages, the default first.
    pub languages: Vec<String>,
    /// The sections of bulletins.
    pub sections: Vec<OutlinePage>,
    /// The categories of goals.
    pub categories: Vec<OutlinePage>,
    /// The goals.
    pub goals: Vec<OutlinePage>,
    /// The plain pages.
    pub pages: Vec<OutlinePage>,
    /// Whether the home page has a file of its own.
    pub has_home: bool,
    /// Whether the list of goals has a file of its own.
    pub has_goals_index: bool,
    /// Whether a bulletin names a time of day for its publication or its end.
    pub has_times: bool,
    /// How each text within the facts is written, by the key that leads to it: `source.name`.
    pub writing: BTreeMap<&'static str, TextForms>,
}

/// Something with a page of its own.
#[derive(Debug, Clone)]
pub struct OutlinePage {
    /// Its name in addresses.
    pub slug: String,
    /// Its title in the default language, and in the second one where it is translated.
    pub title: String,
}

/// The files in which a text within the facts is written in one way or the other.
#[derive(Debug, Clone, Default)]
pub struct TextForms {
    /// As one text for all languages.
    pub plain: Vec<Arc<str>>,
    /// As one for each language.
    pub by_language: Vec<Arc<str>>,
    /// With plural forms, which a form cannot show.
    pub with_plurals: Vec<Arc<str>>,
}

impl SiteOutline {
    /// What of the content the kit names.
    #[must_use]
    pub fn new(content: &Content, folder: &str) -> Self {
        let mut outline = Self {
            folder: folder.to_owned(),
            languages: content.site.languages.tags().map(ToOwned::to_owned).collect(),
            sections: content.sections.iter().map(named).collect(),
            categories: content.categories.iter().map(named).collect(),
            goals: content.goals.iter().map(named).collect(),
            pages: content.pages.iter().map(named).collect(),
            has_home: content.home.is_some(),
            has_goals_index: content.goals_index.is_some(),
            ..Self::default()
        };
        for bulletin in &content.bulletins {
            let facts = &bulletin.facts;
            outline.has_times |= facts.published.value.has_time
                || facts.expires.as_ref().is_some_and(|end| end.value.has_time);
            outline.bulletin(bulletin.path(), facts);
        }
        for goal in &content.goals {
            outline.goal(goal.path(), &goal.facts);
        }
        outline
    }

    /// Whether forms write a text as one for each language, which is how most of the site's files write it.
    #[must_use]
    pub fn is_by_language(&self, key: &str) -> bool {
        let is_usual = |writing: &TextForms| writing.by_language.len() >= writing.plain.len();
        self.languages.len() > 1 && self.writing.get(key).is_none_or(is_usual)
    }

    /// Whether some files write a text in another way than the others, so that no form can show it in all of them.
    #[must_use]
    pub fn is_mixed(&self, key: &str) -> bool {
        !self.unlike(key).is_empty()
    }

    /// The files that write a text in another way than the others.
    #[must_use]
    pub fn unlike(&self, key: &str) -> Vec<&Arc<str>> {
        let Some(writing) = self.writing.get(key) else { return Vec::new() };
        let other = if self.is_by_language(key) { &writing.plain } else { &writing.by_language };
        other.iter().chain(&writing.with_plurals).collect()
    }

    fn write(&mut self, key: &'static str, path: &Arc<str>, text: Option<&Localised>) {
        let Some(text) = text else { return };
        let writing = self.writing.entry(key).or_default();
        let files = if text.is_plain() { &mut writing.plain } else { &mut writing.by_language };
        if files.last() != Some(path) {
            files.push(Arc::clone(path));
        }
    }

    fn bulletin(&mut self, path: &Arc<str>, facts: &BulletinFacts) {
        self.write("source.name", path, facts.source.as_ref().map(|source| &source.name));
        self.write("byline", path, facts.byline.as_ref());
        for report in &facts.reports {
            if let ReportValue::Note(note) = &report.value {
                self.write("reports.note", path, Some(note));
            }
        }
        for revision in &facts.revises {
            self.write("revises.note", path, revision.note.as_ref());
        }
        for judgement in &facts.overrides {
            self.write("overrides.reason", path, Some(&judgement.reason));
        }
        for change in &facts.changes {
            self.write("changes.note", path, Some(&change.note));
        }
        let reason =
            |removal: &Option<Removal>| removal.as_ref().map(|removal| removal.reason.clone());
        self.write("withdrawn.reason", path, reason(&facts.withdrawn).as_ref());
        self.write("gone.reason", path, reason(&facts.gone).as_ref());
    }

    fn goal(&mut self, path: &Arc<str>, facts: &GoalFacts) {
        for milestone in &facts.milestones {
            self.write("milestones.title", path, Some(&milestone.title));
        }
        if let Some(target) = &facts.target {
            let writing = self.writing.entry("target.unit").or_default();
            let files = match target.unit.is_plain() {
                Some(true) => &mut writing.plain,
                Some(false) => &mut writing.by_language,
                None => &mut writing.with_plurals,
            };
            files.push(Arc::clone(path));
        }
    }
}

/// A page by its name, with its title in the first two languages.
fn named<F>(entry: &Entry<F>) -> OutlinePage {
    let titles: Vec<&str> =
        entry.texts.all().take(2).map(|text: &Text| text.title.value.as_str()).collect();
    OutlinePage { slug: entry.slug.clone(), title: titles.join(" · ") }
}
