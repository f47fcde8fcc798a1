//! Facts of an official document as data.

use schemars::JsonSchema;
use serde::Serialize;

use super::bulletin_facts::Url;
use super::vocabulary;
use crate::content::bulletin::{EventFacts, Relation};
use crate::content::{Located, Moment};
use crate::language::Language;
use crate::pages::context::Context;
use crate::record::{BulletinId, Validity};

/// The identity and the validity of an official document.
#[derive(Serialize, JsonSchema)]
pub(crate) struct DocumentData<'r> {
    /// Number that its issuer gave it (发文字号).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) number: Option<&'r str>,
    /// Index number in the directory of public information (索引号).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) index: Option<&'r str>,
    /// Name of its kind (公文种类).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<&'r str>,
    /// Day on which it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "vocabulary::moment")]
    pub(crate) made: Option<String>,
    /// First day on which it is in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "vocabulary::moment")]
    pub(crate) effective: Option<String>,
    /// Last day on which it is in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "vocabulary::moment")]
    pub(crate) until: Option<String>,
    /// Names of the bodies that issued it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) issuers: Vec<&'r str>,
    /// Names of its topics.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) topics: Vec<&'r str>,
    /// Whether it is in force; absent if the bulletin is withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) validity: Option<ValidityData<'r>>,
    /// Other bulletins that it acts on, explains, implements or answers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    relations: Vec<RelationData<'r>>,
    /// Other bulletins that act on it, explain, implement or answer it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_by: Vec<RelationData<'r>>,
}

/// Whether a document is in force, at the moment of which the site is.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ValidityData<'r> {
    /// State of the document.
    #[schemars(extend("enum" = vocabulary::validity_states()))]
    pub(crate) state: &'static str,
    /// Day on which the state began, or will begin for a document that is not yet in force; for a
    /// lapsed one, its last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "vocabulary::moment")]
    pub(crate) since: Option<String>,
    /// Bulletin that made it so, if it is public.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) by: Option<&'r str>,
}

/// A consultation, at the moment of which the site is.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ConsultationData<'r> {
    /// Whether the public may comment.
    #[schemars(extend("enum" = vocabulary::consultation_states()))]
    state: &'static str,
    /// First day for comments.
    #[schemars(schema_with = "vocabulary::moment")]
    opens: String,
    /// Last day for comments, after every extension.
    #[schemars(schema_with = "vocabulary::moment")]
    closes: String,
    /// Last day that was first announced, if it was extended.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "vocabulary::moment")]
    first_closes: Option<String>,
    /// Bulletin with the outcome, if it is public and not withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<&'r str>,
}

impl<'r> ConsultationData<'r> {
    pub(crate) fn new(context: &Context<'r>, id: BulletinId) -> Option<Self> {
        let consultation = context.record.bulletin(id).consultation?;
        let first = consultation.facts.closes.value;
        let is_extended = first != consultation.closes;
        let outcome = consultation.outcome.map(|id| context.record.bulletin(id));
        let outcome = outcome.filter(|outcome| outcome.withdrawn.is_none());
        Some(Self {
            state: consultation.state.name(),
            opens: context.iso(consultation.opens),
            closes: context.iso(consultation.closes),
            first_closes: is_extended.then(|| context.iso(first)),
            outcome: outcome.map(|outcome| outcome.source.slug.as_str()),
        })
    }
}

/// An event that a bulletin announces.
#[derive(Serialize, JsonSchema)]
pub(crate) struct EventData<'r> {
    /// Title of the event.
    title: &'r str,
    /// Day of the event, or the moment at which it begins.
    #[schemars(schema_with = "vocabulary::moment")]
    from: String,
    /// Last day of the event, or the moment at which it ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "vocabulary::moment")]
    to: Option<String>,
    /// Place of the event, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'r str>,
}

impl<'r> EventData<'r> {
    pub(crate) fn new(context: &Context<'r>, event: &'r EventFacts, language: Language) -> Self {
        Self {
            title: event.title.get(language),
            from: context.iso(event.from.value),
            to: event.to.as_ref().map(|to| context.iso(to.value)),
            place: event.place.as_ref().map(|place| place.get(language)),
        }
    }
}

/// A relation to another bulletin.
#[derive(Serialize, JsonSchema)]
pub(crate) struct RelationData<'r> {
    /// Relation of the one to the other.
    #[schemars(extend("enum" = vocabulary::relations()))]
    relation: &'static str,
    /// Name of the other bulletin.
    slug: &'r str,
    /// Absolute URL of its page.
    url: Url,
}

impl<'r> DocumentData<'r> {
    /// The data of a bulletin; none if it is no document, and has no relations, issuers or topics.
    pub(crate) fn new(context: &Context<'r>, id: BulletinId, language: Language) -> Option<Self> {
        let record = context.record;
        let bulletin = record.bulletin(id);
        let document = bulletin.source.facts.document.as_ref();
        let has_groups =
            !(bulletin.source.facts.issuers.is_empty() && bulletin.source.facts.topics.is_empty());
        if document.is_none()
            && !has_groups
            && bulletin.relations.is_empty()
            && bulletin.related_by.is_empty()
        {
            return None;
        }
        let relation = |(relation, other): &(Relation, BulletinId)| {
            let address = record.bulletin_address(*other, language);
            RelationData {
                relation: relation.name(),
                slug: &record.bulletin(*other).source.slug,
                url: Url(context.absolute(&address.path)),
            }
        };
        let text = |text: &'r Option<Located<String>>| text.as_ref().map(|it| it.value.as_str());
        let day = |day: &Option<Located<Moment>>| day.as_ref().map(|it| context.iso(it.value));
        let names = |names: &'r [Located<String>]| -> Vec<&'r str> {
            names.iter().map(|name| name.value.as_str()).collect()
        };
        Some(Self {
            number: document.and_then(|document| text(&document.number)),
            index: document.and_then(|document| text(&document.index)),
            kind: document.and_then(|document| text(&document.kind)),
            made: document.and_then(|document| day(&document.made)),
            effective: document.and_then(|document| day(&document.effective)),
            until: document.and_then(|document| day(&document.until)),
            issuers: names(&bulletin.source.facts.issuers),
            topics: names(&bulletin.source.facts.topics),
            validity: bulletin.validity.map(|validity| ValidityData::new(context, validity)),
            relations: bulletin.relations.iter().map(relation).collect(),
            related_by: bulletin.related_by.iter().map(relation).collect(),
        })
    }
}

impl<'r> ValidityData<'r> {
    pub(crate) fn new(context: &Context<'r>, validity: Validity) -> Self {
        let by = validity.by.and_then(|place| context.record.bulletin_at(place));
        Self {
            state: validity.state.name(),
            since: validity.since.map(|since| context.iso(since)),
            by: by.map(|id| context.record.bulletin(id).source.slug.as_str()),
        }
    }
}
