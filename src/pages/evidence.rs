//! The timeline of a goal: what each bulletin did for it, when, and who said so.

use super::context::{Context, Date};
use super::figure::Figure;
use super::progress::{standing_word, status_word};
use super::report::{revised, said};
use crate::content::bulletin::{Change, Removal};
use crate::language::Language;
use crate::record::{Bulletin, Evidence, Goal, GoalId, Role};

/// What one bulletin does for a goal.
pub(super) struct EvidenceView<'r> {
    pub(super) date: Date,
    pub(super) class: &'static str,
    pub(super) href: String,
    pub(super) title: &'r str,
    pub(super) foreign: Option<&'r str>,
    pub(super) role: &'r str,
    pub(super) said: Option<Figure>,
    /// That it was withdrawn or corrected, and why.
    pub(super) remarks: Vec<String>,
    pub(super) notes: Vec<Note<'r>>,
}

/// A remark under a piece of evidence: its date, its source.
#[derive(Default)]
pub(super) struct Note<'r> {
    pub(super) label: String,
    pub(super) text: String,
    pub(super) href: Option<&'r str>,
    pub(super) iso: Option<String>,
}

impl<'r> EvidenceView<'r> {
    pub(super) fn new(context: &Context<'r>, id: GoalId, evidence: &Evidence<'r>, language: Language) -> Self {
        let goal = context.record.goal(id);
        let words = context.words(language);
        let bulletin = context.record.bulletin(evidence.bulletin);
        let reference = context.bulletin_ref(evidence.bulletin, language);
        let maker = Maker { context, id, goal, bulletin, language };
        Self {
            date: reference.date,
            class: evidence.role.name(),
            href: reference.href,
            title: reference.title,
            foreign: reference.foreign,
            role: match evidence.role {
                Role::Sets => words.role_sets(),
                Role::Reports(_) => words.role_reports(),
                Role::Revises(_) => words.role_revises(),
                Role::Overrides(_) => words.role_overrides(),
                Role::Mentions => words.role_mentions(),
            },
            // What a withdrawn bulletin said no longer holds, and is not repeated.
            said: if evidence.is_withdrawn { None } else { maker.said(evidence.role) },
            remarks: maker.remarks(evidence.role),
            notes: maker.notes(evidence.role),
        }
    }
}

struct Maker<'m, 'r> {
    context: &'m Context<'r>,
    id: GoalId,
    goal: &'r Goal<'r>,
    bulletin: &'r Bulletin<'r>,
    language: Language,
}

impl<'r> Maker<'_, 'r> {
    fn said(&self, role: Role<'r>) -> Option<Figure> {
        match role {
            Role::Reports(report) => Some(said(self.context, self.goal.source, report, self.language)),
            Role::Revises(revision) => Some(Figure::words(revised(self.context, self.id, revision, self.language))),
            Role::Overrides(judgement) => {
                let words = self.context.words(self.language);
                let word = status_word(words, judgement.status);
                Some(Figure::words(words.label(word, judgement.reason.get(self.language))))
            }
            Role::Sets | Role::Mentions => None,
        }
    }

    /// What happened to the bulletin since, where it bears on what it says about the goal.
    fn remarks(&self, role: Role<'_>) -> Vec<String> {
        let words = self.context.words(self.language);
        let day = |moment| self.context.day(moment, self.language).text;
        let mut remarks = Vec::new();
        if let Some(Removal { on, reason, .. }) = self.bulletin.withdrawn {
            remarks.push(words.label(&words.withdrawn_on(&day(*on)), reason.get(self.language)));
            match role {
                Role::Mentions => {}
                Role::Sets => remarks.push(words.still_a_goal().to_owned()),
                _ => remarks.push(words.no_longer_counts().to_owned()),
            }
        }
        let progress = self.context.record.progress(self.id);
        if let (Role::Reports(report), None) = (role, self.bulletin.withdrawn) {
            let figure = progress.figures.iter().find(|figure| std::ptr::eq(figure.report, report));
            remarks.extend(figure.and_then(|figure| standing_word(words, figure.standing)).map(ToOwned::to_owned));
        }
        let standing = progress.overridden.map(|(_, judgement)| judgement);
        if let (Role::Overrides(judgement), None) = (role, self.bulletin.withdrawn)
            && !standing.is_some_and(|standing| std::ptr::eq(standing, judgement))
        {
            remarks.push(words.override_ended().to_owned());
        }
        if !matches!(role, Role::Mentions) {
            let slug = &self.goal.source.slug;
            let is_about = |change: &&&Change| match &change.goal {
                Some(goal) => goal.value == *slug,
                None => self.bulletin.touches_only(self.id),
            };
            let changes = self.bulletin.changes.iter().filter(is_about);
            remarks.extend(
                changes.map(|change| words.label(&words.changed_on(&day(change.on)), change.note.get(self.language))),
            );
        }
        remarks
    }

    fn notes(&self, role: Role<'_>) -> Vec<Note<'r>> {
        let words = self.context.words(self.language);
        let mut notes = Vec::new();
        if let (Role::Reports(report), None) = (role, self.bulletin.withdrawn) {
            let as_of = self.context.day(report.as_of, self.language);
            notes.push(Note { text: words.as_of(&as_of.text), iso: Some(as_of.iso), ..Note::default() });
        }
        if let Some(source) = &self.bulletin.source.facts.source {
            let label = format!("{}{}", words.source(), words.role_colon());
            let text = source.name.get(self.language).to_owned();
            notes.push(Note { label, text, href: source.url.as_deref(), iso: None });
        }
        notes
    }
}
