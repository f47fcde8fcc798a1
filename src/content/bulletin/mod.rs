//! The facts of a bulletin: when it is public, who published it first, what it says about goals.

mod checks;
mod consultation;
mod event;
pub(crate) mod keys;
mod official;
mod read;

use jiff::Timestamp;

use super::bulletin_group::ContactFacts;
use super::front_matter::localised::Localised;
use super::front_matter::moment::Moment;
use super::front_matter::tree::Located;
use super::paths::GroupKind;
use super::status::Status;
use crate::diagnostic::Span;

pub use consultation::{ConsultationFacts, Extension, RespondFacts};
pub use event::EventFacts;
pub use official::{DocumentFacts, Related, Relation, is_document_number, number_key};
pub(super) use read::read;

/// The facts of a bulletin.
#[derive(Debug, Clone)]
pub struct BulletinFacts {
    /// The instant from which it is public.
    pub published: Located<Moment>,
    pub source: Option<BulletinSource>,
    /// The author at the source.
    pub byline: Option<Localised>,
    /// Slugs of categories beside those of its goals.
    pub categories: Vec<Located<String>>,
    /// Slugs of the goals that it announces.
    pub sets: Vec<Located<String>>,
    pub reports: Vec<Report>,
    pub revises: Vec<Revision>,
    pub overrides: Vec<Override>,
    /// Slugs of further goals that it is related to.
    pub mentions: Vec<Located<String>>,
    /// Changes after publication, the oldest first.
    pub changes: Vec<Change>,
    /// Its identity as an official document.
    pub document: Option<DocumentFacts>,
    /// Whether the public may comment on it.
    pub consultation: Option<ConsultationFacts>,
    /// The events that it announces, in the order of the file. Calendars number them by it.
    pub events: Vec<EventFacts>,
    /// How to ask about it.
    pub contact: Option<ContactFacts>,
    /// Slugs of the bodies that issued it.
    pub issuers: Vec<Located<String>>,
    /// Slugs of its topics.
    pub topics: Vec<Located<String>>,
    /// Its relations to other bulletins.
    pub relations: Vec<Related>,
    /// The instant from which it is no longer public.
    pub expires: Option<Located<Moment>>,
    /// The bulletin is withdrawn: its page stays, with a notice.
    pub withdrawn: Option<Removal>,
    /// The bulletin is removed: its address answers 410.
    pub gone: Option<Removal>,
    /// Earlier paths of its page.
    pub aliases: Vec<Located<String>>,
    pub draft: bool,
}

impl BulletinFacts {
    /// Returns the slugs of the bodies that issued it, then those of its topics.
    pub fn groups(&self) -> impl Iterator<Item = (GroupKind, &Located<String>)> {
        let issuers = self.issuers.iter().map(|name| (GroupKind::Body, name));
        issuers.chain(self.topics.iter().map(|name| (GroupKind::Topic, name)))
    }

    /// Returns the instants at which a bulletin that is no draft appears, goes or is withdrawn.
    pub fn appearances(&self) -> impl Iterator<Item = Timestamp> {
        let expires = self.expires.as_ref().map(|expires| expires.value);
        let removals = [&self.withdrawn, &self.gone].into_iter().flatten();
        let moments = [Some(self.published.value), expires].into_iter().flatten();
        moments.chain(removals.map(|removal| removal.on)).map(|moment| moment.instant)
    }

    /// Replaces facts that could not be read. The file has an error, so that it is never published.
    pub(super) const fn placeholder() -> Self {
        Self {
            published: Located::new(Moment::PLACEHOLDER, 0..0),
            source: None,
            byline: None,
            categories: Vec::new(),
            sets: Vec::new(),
            reports: Vec::new(),
            revises: Vec::new(),
            overrides: Vec::new(),
            mentions: Vec::new(),
            changes: Vec::new(),
            document: None,
            consultation: None,
            events: Vec::new(),
            contact: None,
            issuers: Vec::new(),
            topics: Vec::new(),
            relations: Vec::new(),
            expires: None,
            withdrawn: None,
            gone: None,
            aliases: Vec::new(),
            draft: false,
        }
    }

    /// The kind of an official document (公文种类), by its name.
    #[must_use]
    pub fn kind(&self) -> Option<&Located<String>> {
        self.document.as_ref()?.kind.as_ref()
    }
}

/// The first publication of what a bulletin says.
#[derive(Debug, Clone)]
pub struct BulletinSource {
    /// The name of the paper, office or site.
    pub name: Localised,
    /// The URL of the original.
    pub url: Option<String>,
}

/// One statement of a bulletin about one goal.
#[derive(Debug, Clone)]
pub struct Report {
    /// The goal's slug.
    pub goal: Located<String>,
    pub value: ReportValue,
    /// The day for which it holds.
    pub as_of: Moment,
    /// The unit that was written beside the figure. Only the goal's own is right.
    pub unit: Option<Located<String>>,
    pub span: Span,
}

/// The content of a report.
#[derive(Debug, Clone)]
pub enum ReportValue {
    /// A figure, in the goal's unit.
    Exact(f64),
    /// A lower bound, where the source gives no figure.
    AtLeast(f64),
    /// An upper bound, where the source gives no figure.
    AtMost(f64),
    /// The `id` of a milestone that was reached.
    Milestone(Located<String>),
    /// A statement in words, for goals without a number.
    Note(Localised),
}

impl ReportValue {
    /// The number of a figure or a bound.
    #[must_use]
    pub const fn figure(&self) -> Option<f64> {
        match self {
            Self::Exact(value) | Self::AtLeast(value) | Self::AtMost(value) => Some(*value),
            Self::Milestone(_) | Self::Note(_) => None,
        }
    }
}

/// A new target for a goal, a new end of its period, or both.
#[derive(Debug, Clone)]
pub struct Revision {
    /// The goal's slug.
    pub goal: Located<String>,
    pub target: Option<Located<f64>>,
    /// The new last day of its period.
    pub to: Option<Located<Moment>>,
    /// The reason.
    pub note: Option<Localised>,
}

/// A status that a bulletin gives to a goal beside the computed one; pages show both.
#[derive(Debug, Clone)]
pub struct Override {
    /// The goal's slug.
    pub goal: Located<String>,
    pub status: Status,
    pub reason: Localised,
}

/// A change after publication.
#[derive(Debug, Clone)]
pub struct Change {
    pub on: Moment,
    /// A description of the change.
    pub note: Localised,
    /// The goal that it concerns, where the bulletin is about several.
    pub goal: Option<Located<String>>,
    /// The span of the date.
    pub span: Span,
}

/// When and why a bulletin was withdrawn or removed.
#[derive(Debug, Clone)]
pub struct Removal {
    pub on: Moment,
    pub reason: Localised,
    /// The slug of the bulletin that takes its place.
    pub replaced_by: Option<Located<String>>,
    /// The span of the date.
    pub span: Span,
}
