//! Every bulletin with its facts: `bulletins.json`. The words are in the feeds and on the pages.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::kind::FileKind;
use super::progress::SaidEntry;
use super::{by_language, vocabulary};
use crate::content::bulletin::Removal;
use crate::content::{Localised, Moment};
use crate::pages::context::Context;
use crate::record::{BulletinId, GoalId};

/// Every bulletin.
#[derive(Serialize, JsonSchema)]
pub(super) struct BulletinsFile<'r> {
    /// The JSON Schema of this file.
    #[serde(rename = "$schema")]
    schema: String,
    /// The site.
    #[schemars(extend("format" = "uri"))]
    url: String,
    /// The BCP 47 tags of the site's languages, the first one first.
    languages: Vec<&'r str>,
    /// The bulletins, the newest first.
    bulletins: Vec<BulletinEntry<'r>>,
}

/// A bulletin, without its words.
#[derive(Serialize, JsonSchema)]
struct BulletinEntry<'r> {
    /// Its name, unique among bulletins.
    slug: &'r str,
    /// The section that it stands in.
    section: &'r str,
    /// What it is called, by language tag.
    title: BTreeMap<&'r str, &'r str>,
    /// What it says in a sentence or two, by language tag.
    summary: BTreeMap<&'r str, &'r str>,
    /// Its pages, by language tag.
    urls: BTreeMap<&'r str, String>,
    /// When it was published.
    #[schemars(schema_with = "vocabulary::moment")]
    published: String,
    /// When it was last changed after it was published, if it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "vocabulary::moment")]
    updated: Option<String>,
    /// Who said it, and where.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<SourceEntry<'r>>,
    /// Who wrote it there, by language tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    byline: Option<BTreeMap<&'r str, &'r str>>,
    /// Its categories, by name.
    categories: Vec<&'r str>,
    /// The goals that it announces, by id.
    sets: Vec<&'r str>,
    /// What it says about goals.
    reports: Vec<SaidEntry<'r>>,
    /// The goals to which it gives another target or end.
    revises: Vec<RevisionEntry<'r>>,
    /// The goals that it judges itself.
    overrides: Vec<OverrideEntry<'r>>,
    /// The goals that it is related to, by id, without a figure for them.
    mentions: Vec<&'r str>,
    /// What was changed after it was published, the oldest first.
    changes: Vec<ChangeEntry<'r>>,
    /// Since when and why it no longer holds, if it was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn: Option<WithdrawnEntry<'r>>,
}

/// Who said what a bulletin tells.
#[derive(Serialize, JsonSchema)]
struct SourceEntry<'r> {
    /// The paper, office or site, by language tag.
    name: BTreeMap<&'r str, &'r str>,
    /// The original.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "uri"))]
    url: Option<&'r str>,
}

/// A change after publication.
#[derive(Serialize, JsonSchema)]
struct ChangeEntry<'r> {
    /// When.
    #[schemars(schema_with = "vocabulary::moment")]
    on: String,
    /// What, by language tag.
    note: BTreeMap<&'r str, &'r str>,
}

/// A new target for a goal, a new end, or both.
#[derive(Serialize, JsonSchema)]
struct RevisionEntry<'r> {
    /// The goal's id.
    goal: &'r str,
    /// The new number.
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<f64>,
    /// The new last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "vocabulary::moment")]
    to: Option<String>,
    /// Why, by language tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<BTreeMap<&'r str, &'r str>>,
}

/// A status that a bulletin gives to a goal, beside the computed one.
#[derive(Serialize, JsonSchema)]
struct OverrideEntry<'r> {
    /// The goal's id.
    goal: &'r str,
    /// How far it is, in the bulletin's judgement.
    #[schemars(extend("enum" = vocabulary::statuses()))]
    status: &'static str,
    /// Why, by language tag.
    reason: BTreeMap<&'r str, &'r str>,
}

/// Since when and why a bulletin no longer holds.
#[derive(Serialize, JsonSchema)]
struct WithdrawnEntry<'r> {
    /// When it was withdrawn.
    #[schemars(schema_with = "vocabulary::moment")]
    on: String,
    /// Why, by language tag.
    reason: BTreeMap<&'r str, &'r str>,
    /// The public bulletin that takes its place, by its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    replaced_by: Option<&'r str>,
}

/// Every public bulletin, the newest first.
pub(super) fn file<'r>(context: &Context<'r>) -> BulletinsFile<'r> {
    BulletinsFile {
        schema: FileKind::Bulletins.schema_url(context),
        url: context.absolute("/"),
        languages: context.record.content.site.languages.tags().collect(),
        bulletins: context.record.bulletin_ids().map(|id| entry(context, id)).collect(),
    }
}

fn entry<'r>(context: &Context<'r>, id: BulletinId) -> BulletinEntry<'r> {
    let record = context.record;
    let bulletin = record.bulletin(id);
    let (texts, facts) = (&bulletin.source.texts, &bulletin.source.facts);
    let words = |text: &'r Localised| by_language(context, |language| Some(text.get(language)));
    let iso = |moment: Moment| moment.iso(&record.content.site.zone);
    let goal = |id: GoalId| record.goal(id).source.slug.as_str();
    let urls = |language| {
        texts.get(language).map(|_| context.absolute(&record.bulletin_address(id, language).path))
    };
    let summary =
        |language| texts.get(language)?.summary.as_ref().map(|summary| summary.value.as_str());
    BulletinEntry {
        slug: &bulletin.source.slug,
        section: &bulletin.source.folder,
        title: by_language(context, |language| {
            texts.get(language).map(|text| text.title.value.as_str())
        }),
        summary: by_language(context, summary),
        urls: by_language(context, urls),
        published: iso(bulletin.published()),
        updated: bulletin.updated().map(iso),
        source: facts
            .source
            .as_ref()
            .map(|source| SourceEntry { name: words(&source.name), url: source.url.as_deref() }),
        byline: facts.byline.as_ref().map(words),
        categories: bulletin
            .categories
            .iter()
            .map(|id| record.category(*id).source.slug.as_str())
            .collect(),
        sets: bulletin.sets.iter().copied().map(goal).collect(),
        reports: bulletin
            .reports
            .iter()
            .map(|(_, report)| SaidEntry::new(context, report))
            .collect(),
        revises: bulletin
            .revises
            .iter()
            .map(|(id, revision)| RevisionEntry {
                goal: goal(*id),
                target: revision.target.as_ref().map(|target| target.value),
                to: revision.to.as_ref().map(|to| iso(to.value)),
                note: revision.note.as_ref().map(words),
            })
            .collect(),
        overrides: bulletin
            .overrides
            .iter()
            .map(|(id, judgement)| OverrideEntry {
                goal: goal(*id),
                status: judgement.status.name(),
                reason: words(&judgement.reason),
            })
            .collect(),
        mentions: bulletin.mentions.iter().copied().map(goal).collect(),
        changes: bulletin
            .changes
            .iter()
            .map(|change| ChangeEntry { on: iso(change.on), note: words(&change.note) })
            .collect(),
        withdrawn: bulletin.withdrawn.map(|removal| WithdrawnEntry {
            on: iso(removal.on),
            reason: words(&removal.reason),
            replaced_by: replacement(context, removal),
        }),
    }
}

/// The bulletin that takes another's place, if it is public.
fn replacement<'r>(context: &Context<'r>, removal: &'r Removal) -> Option<&'r str> {
    let slug = removal.replaced_by.as_ref()?.value.as_str();
    context.record.find_bulletin(slug).map(|_| slug)
}
