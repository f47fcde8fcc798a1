//! The parts of a site that the kit needs: languages, names of pages, and forms of texts.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::content::bulletin::{BulletinFacts, ReportValue};
use crate::content::goal::GoalFacts;
use crate::content::{BasicPage, ContactFacts, Content, Entry, GroupKind, Localised};

#[derive(Debug, Clone, Default)]
pub struct SiteOutline {
    /// The content folder, relative to the folder of the kit: `content`.
    pub folder: String,
    /// The tags of the languages, the default first.
    pub languages: Vec<String>,
    pub sections: Vec<OutlinePage>,
    pub categories: Vec<OutlinePage>,
    pub goals: Vec<OutlinePage>,
    pub pages: Vec<OutlinePage>,
    /// Bodies and topics.
    pub groups: Vec<(GroupKind, OutlinePage)>,
    pub alerts: Vec<OutlinePage>,
    pub has_home: bool,
    pub has_goals_index: bool,
    /// Whether a bulletin or an alert gives a time of day for its beginning or its end.
    pub has_times: bool,
    /// The number of bulletins with a contact of their own, and not that of a body.
    pub own_contacts: usize,
    /// The forms in which files write each localised text, by its key: `source.name`.
    pub text_forms: BTreeMap<&'static str, TextForms>,
}

#[derive(Debug, Clone)]
pub struct OutlinePage {
    /// The name in addresses.
    pub slug: String,
    /// The title in the first two languages: `Water · 水务`.
    pub title: String,
}

/// The files that use each form of a localised text.
#[derive(Debug, Clone, Default)]
pub struct TextForms {
    /// Files with one text for all languages.
    pub plain: Vec<Arc<str>>,
    /// Files with one text for each language.
    pub by_language: Vec<Arc<str>>,
    /// Files with plural forms, which web forms cannot show.
    pub with_plurals: Vec<Arc<str>>,
}

impl OutlinePage {
    fn new<F>(entry: &Entry<F>) -> Self {
        let titles: Vec<&str> =
            entry.texts.all().take(2).map(|text| text.title.value.as_str()).collect();
        Self { slug: entry.slug.clone(), title: titles.join(" · ") }
    }
}

impl OutlinePage {
    /// A static page, whose name includes its folder.
    fn of_static_page(page: &BasicPage) -> Self {
        let path = page.path().strip_suffix(".md").unwrap_or(page.path());
        Self { slug: path.to_owned(), ..Self::new(page) }
    }
}

impl SiteOutline {
    #[must_use]
    pub fn new(content: &Content, folder: &str) -> Self {
        let mut outline = Self {
            folder: folder.to_owned(),
            languages: content.site.languages.tags().map(ToOwned::to_owned).collect(),
            sections: content.sections.iter().map(OutlinePage::new).collect(),
            categories: content.categories.iter().map(OutlinePage::new).collect(),
            goals: content.goals.iter().map(OutlinePage::new).collect(),
            pages: content.pages.iter().map(OutlinePage::of_static_page).collect(),
            groups: content
                .groups
                .iter()
                .map(|(kind, group)| (*kind, OutlinePage::new(group)))
                .collect(),
            alerts: content.alerts.iter().map(OutlinePage::new).collect(),
            has_home: content.home.is_some(),
            has_goals_index: content.goals_index.is_some(),
            ..Self::default()
        };
        for bulletin in &content.bulletins {
            let facts = &bulletin.facts;
            outline.has_times |= facts.published.value.has_time
                || facts.expires.as_ref().is_some_and(|end| end.value.has_time);
            outline.own_contacts +=
                usize::from(matches!(facts.contact, Some(ContactFacts::Own(_))));
            outline.add_bulletin(bulletin.path(), facts);
        }
        for alert in &content.alerts {
            let dates = alert.facts.until.iter().chain([&alert.facts.from]);
            outline.has_times |= dates.into_iter().any(|date| date.has_time);
        }
        for goal in &content.goals {
            outline.add_goal(goal.path(), &goal.facts);
        }
        outline
    }

    /// Whether web forms write a text by language, as most files of the site do.
    #[must_use]
    pub fn is_by_language(&self, key: &str) -> bool {
        self.languages.len() > 1
            && self
                .text_forms
                .get(key)
                .is_none_or(|forms| forms.by_language.len() >= forms.plain.len())
    }

    /// Whether files write a text in different forms, so that no web form can show it in all of
    /// them.
    #[must_use]
    pub fn is_mixed(&self, key: &str) -> bool {
        !self.files_in_other_form(key).is_empty()
    }

    /// The files whose form of a text is not the one that web forms write.
    #[must_use]
    pub fn files_in_other_form(&self, key: &str) -> Vec<&Arc<str>> {
        let Some(forms) = self.text_forms.get(key) else { return Vec::new() };
        let other = if self.is_by_language(key) { &forms.plain } else { &forms.by_language };
        other.iter().chain(&forms.with_plurals).collect()
    }

    fn add_text(&mut self, key: &'static str, path: &Arc<str>, text: Option<&Localised>) {
        let Some(text) = text else { return };
        let forms = self.text_forms.entry(key).or_default();
        let files = if text.is_plain() { &mut forms.plain } else { &mut forms.by_language };
        if files.last() != Some(path) {
            files.push(Arc::clone(path));
        }
    }

    fn add_bulletin(&mut self, path: &Arc<str>, facts: &BulletinFacts) {
        self.add_text("source.name", path, facts.source.as_ref().map(|source| &source.name));
        self.add_text("byline", path, facts.byline.as_ref());
        for report in &facts.reports {
            if let ReportValue::Note(note) = &report.value {
                self.add_text("reports.note", path, Some(note));
            }
        }
        for event in &facts.events {
            self.add_text("events.title", path, Some(&event.title));
            self.add_text("events.place", path, event.place.as_ref());
        }
        for revision in &facts.revises {
            self.add_text("revises.note", path, revision.note.as_ref());
        }
        for judgement in &facts.overrides {
            self.add_text("overrides.reason", path, Some(&judgement.reason));
        }
        for change in &facts.changes {
            self.add_text("changes.note", path, Some(&change.note));
        }
        for (key, removal) in [("withdrawn.reason", &facts.withdrawn), ("gone.reason", &facts.gone)]
        {
            self.add_text(key, path, removal.as_ref().map(|removal| &removal.reason));
        }
    }

    fn add_goal(&mut self, path: &Arc<str>, facts: &GoalFacts) {
        for milestone in &facts.milestones {
            self.add_text("milestones.title", path, Some(&milestone.title));
        }
        if let Some(target) = &facts.target {
            let forms = self.text_forms.entry("target.unit").or_default();
            let files = match target.unit.is_plain() {
                Some(true) => &mut forms.plain,
                Some(false) => &mut forms.by_language,
                None => &mut forms.with_plurals,
            };
            files.push(Arc::clone(path));
        }
    }
}
