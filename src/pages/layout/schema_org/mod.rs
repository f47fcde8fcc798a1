//! schema.org descriptions of pages for search engines, in JSON-LD.

mod byline;
mod dataset;
mod organisation;
#[cfg(test)]
mod tests;

use serde_json::{Value, json};

use self::organisation::{organisation, organisation_id};
use super::navigation::Crumb;
use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::markup::addresses;
use crate::pages::markup::html::Html;
use crate::record::BulletinId;

pub(crate) use self::dataset::{dataset_of_goal, dataset_of_goals};

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
        .filter_map(|image| addresses::image_url(context, text, &image.value))
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

/// The authors of a bulletin: those of its byline, else its source, else the publisher.
fn author(context: &Context<'_>, id: BulletinId, language: Language) -> Value {
    let facts = &context.record.bulletin(id).source.facts;
    let source = facts.source.as_ref().map(|source| source.name.get(language));
    match (facts.byline.as_ref().map(|byline| byline.get(language)), source) {
        (Some(byline), source) => {
            let mut authors = byline::authors(byline, source);
            if authors.len() == 1 { authors.remove(0) } else { json!(authors) }
        }
        (None, Some(source)) => byline::organisation(source),
        (None, None) => json!({ "@id": organisation_id(context) }),
    }
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
