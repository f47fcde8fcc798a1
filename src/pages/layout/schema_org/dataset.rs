//! Goals and their reports as schema.org datasets.

use serde_json::{Value, json};

use super::organisation::organisation_id;
use crate::content::goal::Period;
use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::data::file_kind::{CATALOG, DOWNLOADS};
use crate::pages::data::references::BulletinLink;
use crate::pages::layout::navigation::item_title;
use crate::record::{BulletinId, GoalId, PageRef};

/// The reports on a goal as a `Dataset`, for the page of the goal.
pub(crate) fn dataset_of_goal(context: &Context<'_>, id: GoalId, language: Language) -> Value {
    let record = context.record;
    let (goal, progress) = (record.goal(id), record.progress(id));
    let address = record.goal_address(id, language);
    let text = goal.source.texts.in_language(language);
    let page = context.absolute(&address.path);
    let summary = text.summary.as_ref().map(|summary| summary.value.as_str());
    let description = describe_goal(context, id, language, summary);
    let mut dataset = dataset(context, &page, address.language, &text.title.value, &description);
    dataset["distribution"] = json!([
        download(&format!("{page}progress.csv"), "text/csv"),
        download(&format!("{page}index.json"), "application/json"),
    ]);
    if let Some(period) = progress.period {
        dataset["temporalCoverage"] = json!(coverage(&[period]));
    }
    if let Some(target) = &goal.source.facts.target {
        let unit = target.unit.name(language);
        dataset["variableMeasured"] =
            json!({ "@type": "PropertyValue", "name": text.title.value, "unitText": unit });
    }
    let mut reporting: Vec<BulletinId> = goal.reports().map(|(bulletin, _)| bulletin).collect();
    reporting.dedup();
    if !reporting.is_empty() {
        let articles = reporting.into_iter().map(|bulletin| article(context, bulletin, language));
        dataset["isBasedOn"] = articles.collect();
    }
    if let Some(modified) = record.goal_modified(id) {
        dataset["dateModified"] = json!(context.rfc3339(modified));
    }
    dataset
}

/// All goals with their progress as a `Dataset`, for the list of all goals.
pub(crate) fn dataset_of_goals(context: &Context<'_>, language: Language) -> Value {
    let record = context.record;
    let page = context.absolute(&PageRef::Goals.path(record.content, language));
    let index = record.content.goals_index.as_ref().map(|goals| goals.texts.in_language(language));
    let summary =
        index.and_then(|text| text.summary.as_ref()).map(|summary| summary.value.as_str());
    let name = item_title(context, PageRef::Goals, language);
    let description = describe_data(context, language, &[&name, summary.unwrap_or_default()]);
    let mut dataset = dataset(context, &page, language, &name, &description);
    dataset["distribution"] = DOWNLOADS
        .iter()
        .map(|(path, media_type)| download(&context.absolute(path), media_type))
        .collect();
    let periods: Vec<Period> =
        record.goal_ids().filter_map(|id| record.progress(id).period).collect();
    if !periods.is_empty() {
        dataset["temporalCoverage"] = json!(coverage(&periods));
    }
    if let Some(modified) = record.modified() {
        dataset["dateModified"] = json!(context.rfc3339(modified));
    }
    dataset
}

/// The longest description of a dataset that search engines accept, in characters.
const MAX_DESCRIPTION: usize = 5_000;

/// Describes the data of a goal. Search engines require 50 to 5,000 characters.
fn describe_goal(
    context: &Context<'_>,
    id: GoalId,
    language: Language,
    summary: Option<&str>,
) -> String {
    let goal = context.record.goal(id);
    let title = &goal.source.texts.in_language(language).title.value;
    describe_data(context, language, &[title, summary.unwrap_or_default()])
}

/// The sentences, followed by what the data consists of and who publishes it.
fn describe_data(context: &Context<'_>, language: Language, sentences: &[&str]) -> String {
    let locale = context.locale(language);
    let contents = locale.dataset_contents(context.site_name(language));
    let all = sentences.iter().copied().chain([contents.as_str()]);
    let mut description = String::new();
    for sentence in all.filter(|sentence| !sentence.is_empty()) {
        if !description.is_empty() {
            description.push_str(locale.sentence_space());
        }
        description.push_str(sentence);
        if !sentence.ends_with(['.', '。', '!', '！', '?', '？']) {
            description.push_str(locale.full_stop());
        }
    }
    description.chars().take(MAX_DESCRIPTION).collect()
}

/// The members that all datasets share.
fn dataset(
    context: &Context<'_>,
    page: &str,
    language: Language,
    name: &str,
    description: &str,
) -> Value {
    let mut dataset = json!({
        "@type": "Dataset",
        "@id": format!("{page}#data"),
        "url": page,
        "name": name,
        "description": description,
        "inLanguage": context.language_tag(language),
        "isAccessibleForFree": true,
        "publisher": { "@id": organisation_id(context) },
        "includedInDataCatalog": { "@type": "DataCatalog", "url": context.absolute(CATALOG) },
    });
    let publisher = context.record.content.site.publisher.as_ref();
    if let Some(license) = publisher.and_then(|publisher| publisher.license.as_ref()) {
        dataset["license"] = json!(license);
    }
    dataset
}

fn download(url: &str, media_type: &str) -> Value {
    json!({ "@type": "DataDownload", "contentUrl": url, "encodingFormat": media_type })
}

/// A reference to a bulletin, with the id that its own page uses.
fn article(context: &Context<'_>, id: BulletinId, language: Language) -> Value {
    let link = BulletinLink::new(context, id, language);
    json!({
        "@type": "NewsArticle",
        "@id": format!("{}#article", link.url),
        "url": link.url,
        "headline": link.title,
    })
}

/// The days from the first to the last of some periods, in ISO 8601; `..` if a period has no end.
fn coverage(periods: &[Period]) -> String {
    let from = periods.iter().map(|period| period.from.date()).min().map(|date| date.to_string());
    let ends: Option<Vec<_>> = periods.iter().map(|period| period.to.map(|to| to.date())).collect();
    let to = ends.and_then(|ends| ends.into_iter().max()).map(|date| date.to_string());
    format!("{}/{}", from.unwrap_or_default(), to.as_deref().unwrap_or(".."))
}
