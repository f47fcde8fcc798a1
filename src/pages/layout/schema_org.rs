//! schema.org descriptions of pages for search engines, in JSON-LD.

use serde_json::{Value, json};

use super::navigation::{Crumb, item_title};
use crate::content::goal::Period;
use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::data::file_kind::{CATALOG, DOWNLOADS};
use crate::pages::data::references::BulletinLink;
use crate::pages::markup::html::Html;
use crate::pages::markup::markdown;
use crate::record::{BulletinId, GoalId, PageRef};

/// The graph of a page: its entity, its breadcrumb, and the publisher.
pub(crate) fn graph(
    context: &Context<'_>,
    language: Language,
    canonical: Option<&str>,
    breadcrumb: &[Crumb],
    entity: Option<Value>,
) -> Html {
    let Some(canonical) = canonical else { return Html::default() };
    // A page may describe several things.
    let mut graph = match entity {
        Some(Value::Array(entities)) => entities,
        entity => entity.into_iter().collect(),
    };
    if !breadcrumb.is_empty() {
        graph.push(breadcrumb_list(context, canonical, breadcrumb));
    }
    graph.push(organisation(context, language));
    script(&json!({ "@context": "https://schema.org", "@graph": graph }))
}

/// A bulletin as a `NewsArticle`.
pub(crate) fn news_article(
    context: &Context<'_>,
    id: BulletinId,
    language: Language,
    canonical: &str,
) -> Value {
    let bulletin = context.record.bulletin(id);
    let text = bulletin.source.texts.in_language(language);
    let mut article = json!({
        "@type": "NewsArticle",
        "@id": format!("{canonical}#article"),
        "mainEntityOfPage": canonical,
        "headline": text.title.value,
        "inLanguage": context.language_tag(language),
        "datePublished": context.rfc3339(bulletin.published().instant),
        "dateModified": context.rfc3339(bulletin.modified()),
        "author": author(context, id, language),
        "publisher": { "@id": organisation_id(context) },
    });
    if let Some(summary) = &text.summary {
        article["description"] = json!(summary.value);
    }
    let images: Vec<String> = text
        .body
        .images
        .iter()
        .filter_map(|image| markdown::image_url(context, text, &image.value))
        .collect();
    if !images.is_empty() {
        article["image"] = json!(images);
    }
    if let Some(source) = &bulletin.source.facts.source {
        let mut original = json!({
            "@type": "CreativeWork",
            "publisher": { "@type": "Organization", "name": source.name.get(language) },
        });
        if let Some(url) = &source.url {
            original["url"] = json!(url);
        }
        article["isBasedOn"] = original;
    }
    if bulletin.validity.is_some() {
        article["about"] = json!({ "@id": format!("{canonical}#document") });
    }
    let sections = context.category_titles(id, language);
    if !sections.is_empty() {
        article["articleSection"] = json!(sections);
    }
    article
}

/// The author of a bulletin: its byline, else its source, else the publisher. A byline that begins
/// with the name of the source is the source's own, and every other one a person's.
fn author(context: &Context<'_>, id: BulletinId, language: Language) -> Value {
    let facts = &context.record.bulletin(id).source.facts;
    let source = facts.source.as_ref().map(|source| source.name.get(language));
    match (facts.byline.as_ref().map(|byline| byline.get(language)), source) {
        (Some(byline), source) => {
            let is_source = source.is_some_and(|source| byline.starts_with(source));
            json!({ "@type": if is_source { "Organization" } else { "Person" }, "name": byline })
        }
        (None, Some(source)) => json!({ "@type": "Organization", "name": source }),
        (None, None) => json!({ "@id": organisation_id(context) }),
    }
}

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

fn organisation_id(context: &Context<'_>) -> String {
    format!("{}#publisher", context.absolute("/"))
}

fn organisation(context: &Context<'_>, language: Language) -> Value {
    let site = &context.record.content.site;
    let publisher = site.publisher.as_ref();
    let name =
        publisher.map_or_else(|| site.name(language), |publisher| publisher.name.get(language));
    let url = publisher.and_then(|publisher| publisher.url.as_ref()).unwrap_or(&site.base_url);
    let mut organisation = json!({
        "@type": "GovernmentOrganization",
        "@id": organisation_id(context),
        "name": name,
        "url": url,
    });
    if let Some(logo) = publisher.and_then(|publisher| publisher.logo.as_ref()) {
        organisation["logo"] = json!(logo);
    }
    if let Some(contact) = publisher.and_then(|publisher| publisher.contact.as_ref()) {
        organisation["contactPoint"] = json!({ "@type": "ContactPoint", "url": contact });
    }
    organisation
}

fn breadcrumb_list(context: &Context<'_>, canonical: &str, breadcrumb: &[Crumb]) -> Value {
    let items: Vec<Value> = breadcrumb
        .iter()
        .enumerate()
        .map(|(index, crumb)| {
            let address = match &crumb.href {
                Some(href) => context.absolute(href),
                None => canonical.to_owned(),
            };
            json!({
                "@type": "ListItem",
                "position": index + 1,
                "name": crumb.title,
                "item": address,
            })
        })
        .collect();
    json!({ "@type": "BreadcrumbList", "itemListElement": items })
}

/// JSON for a script element: `<` is escaped so that no text can end the element.
fn script(value: &Value) -> Html {
    Html::new(value.to_string().replace('<', "\\u003c"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Content;
    use crate::pages::assets::Assets;
    use crate::record::Record;
    use crate::source::Snapshot;

    const SITE: &str = r#"
name = "Lakeside"
base_url = "https://lakeside.example/"
time_zone = "Asia/Shanghai"
languages = ["en"]
[publisher]
name = "Lakeside"
license = "https://lakeside.example/terms"
"#;

    const GOAL: &str = "---
title: Clean wells
summary: Wells that are clean.
kind: increase
target: { value: 12, unit: wells }
period: { from: 2022-01-01, to: 2022-12-31 }
---
";

    const BULLETIN: &str = "---
title: Four wells
summary: There are four.
published: 2022-07-01
source: { name: Lake News }
byline: Lin Hua
reports: [{ goal: wells, value: 4, as_of: 2022-06-30 }]
---
![A well](well.svg)
";

    fn snapshot() -> Snapshot {
        [
            ("site.toml", SITE),
            ("bulletins/_index.md", "---\ntitle: Bulletins\n---\n"),
            ("goals/water/_index.md", "---\ntitle: Water\n---\n"),
            ("goals/water/wells.md", GOAL),
            (
                "goals/water/lake.md",
                "---\ntitle: A clean lake\nkind: direction\nperiod: { from: 2021-01-01 }\n---\n",
            ),
            ("bulletins/four.md", BULLETIN),
            (
                "bulletins/five.md",
                "---\ntitle: Five\nsummary: Five.\npublished: 2022-08-01\nsource: { name: Lake News }\n\
                 byline: Lake News desk\n---\n",
            ),
            ("bulletins/six.md", "---\ntitle: Six\nsummary: Six.\npublished: 2022-09-01\n---\n"),
            ("bulletins/well.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ]
        .into_iter()
        .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
        .collect()
    }

    fn with_context(check: impl FnOnce(&Context<'_>)) {
        let (content, diagnostics) = Content::read(&snapshot());
        assert!(!diagnostics.has_errors(), "{diagnostics:?}");
        let record = Record::at(&content, "2026-11-01T00:00:00Z".parse().unwrap());
        let assets = Assets::new(&record, &[]);
        check(&Context::new(&record, &assets));
    }

    #[test]
    fn a_goal_is_a_dataset_with_its_files_its_time_and_the_bulletins_that_it_rests_on() {
        with_context(|context| {
            let id = context
                .record
                .goal_ids()
                .find(|id| context.record.goal(*id).source.slug == "wells")
                .unwrap();
            let dataset = dataset_of_goal(context, id, Language::DEFAULT);
            let page = "https://lakeside.example/goals/water/wells/";
            assert_eq!(dataset["url"], page);
            let description = dataset["description"].as_str().unwrap();
            assert!(description.starts_with("Clean wells. Wells that are clean. Each record"));
            assert!((50..=5_000).contains(&description.chars().count()));
            assert_eq!(dataset["temporalCoverage"], "2022-01-01/2022-12-31");
            assert_eq!(dataset["variableMeasured"]["unitText"], "wells");
            assert_eq!(dataset["license"], "https://lakeside.example/terms");
            assert_eq!(dataset["distribution"][0]["contentUrl"], format!("{page}progress.csv"));
            assert_eq!(dataset["distribution"][1]["contentUrl"], format!("{page}index.json"));
            assert_eq!(dataset["isBasedOn"][0]["headline"], "Four wells");
            assert_eq!(dataset["dateModified"], "2022-07-01T00:00:00+08:00");
        });
    }

    #[test]
    fn a_bulletin_names_its_author_and_its_images() {
        with_context(|context| {
            let article = |title: &str| {
                let is_it = |id: &BulletinId| {
                    let texts = &context.record.bulletin(*id).source.texts;
                    texts.in_language(Language::DEFAULT).title.value == title
                };
                let id = context.record.bulletin_ids().find(is_it).unwrap();
                news_article(context, id, Language::DEFAULT, "https://lakeside.example/x/")
            };
            let four = article("Four wells");
            assert_eq!(four["author"], json!({ "@type": "Person", "name": "Lin Hua" }));
            let image = four["image"][0].as_str().unwrap();
            assert!(image.starts_with("https://lakeside.example/"), "{image}");
            let desk = json!({ "@type": "Organization", "name": "Lake News desk" });
            assert_eq!(article("Five")["author"], desk);
            let publisher = json!({ "@id": "https://lakeside.example/#publisher" });
            assert_eq!(article("Six")["author"], publisher);
            assert_eq!(article("Six").get("image"), None);
        });
    }

    #[test]
    fn all_goals_are_a_dataset_that_is_open_where_one_of_them_is() {
        with_context(|context| {
            let dataset = dataset_of_goals(context, Language::DEFAULT);
            assert_eq!(dataset["temporalCoverage"], "2021-01-01/..");
            let files = dataset["distribution"].as_array().unwrap();
            let names: Vec<&str> =
                files.iter().filter_map(|file| file["contentUrl"].as_str()).collect();
            assert_eq!(names.len(), 3);
            assert!(
                names.iter().all(|name| name.starts_with("https://lakeside.example/data/")),
                "{names:?}"
            );
        });
    }
}
