//! What pages say about themselves to search engines: schema.org in JSON-LD.

use serde_json::{Value, json};

use super::context::Context;
use super::html::Html;
use super::layout::Crumb;
use crate::language::Language;
use crate::record::BulletinId;

/// The page's graph: its publisher, its breadcrumb, and what it is.
pub(super) fn graph(
    context: &Context<'_>,
    language: Language,
    canonical: Option<&str>,
    breadcrumb: &[Crumb],
    entity: Option<Value>,
) -> Html {
    let Some(canonical) = canonical else { return Html::default() };
    let mut graph: Vec<Value> = entity.into_iter().collect();
    if !breadcrumb.is_empty() {
        graph.push(breadcrumb_list(context, canonical, breadcrumb));
    }
    graph.push(organisation(context, language));
    script(&json!({ "@context": "https://schema.org", "@graph": graph }))
}

/// A bulletin as a news article.
pub(super) fn news_article(context: &Context<'_>, id: BulletinId, language: Language, canonical: &str) -> Value {
    let bulletin = context.record.bulletin(id);
    let text = bulletin.source.texts.in_language(language);
    let mut article = json!({
        "@type": "NewsArticle",
        "@id": format!("{canonical}#article"),
        "mainEntityOfPage": canonical,
        "headline": text.title.value,
        "inLanguage": context.tag(language),
        "datePublished": context.rfc3339(bulletin.published().instant),
        "dateModified": context.rfc3339(bulletin.modified()),
        "publisher": { "@id": organisation_id(context) },
    });
    if let Some(summary) = &text.summary {
        article["description"] = json!(summary.value);
    }
    if let Some(source) = &bulletin.source.facts.source {
        let mut original = json!({ "@type": "CreativeWork", "publisher": { "@type": "Organization", "name": source.name.get(language) } });
        if let Some(url) = &source.url {
            original["url"] = json!(url);
        }
        article["isBasedOn"] = original;
    }
    let sections = context.category_titles(id, language);
    if !sections.is_empty() {
        article["articleSection"] = json!(sections);
    }
    article
}

fn organisation_id(context: &Context<'_>) -> String {
    format!("{}#publisher", context.absolute("/"))
}

fn organisation(context: &Context<'_>, language: Language) -> Value {
    let site = &context.record.content.site;
    let publisher = site.publisher.as_ref();
    let mut organisation = json!({
        "@type": "GovernmentOrganization",
        "@id": organisation_id(context),
        "name": publisher.map_or_else(|| site.name(language), |publisher| publisher.name.get(language)),
        "url": publisher.and_then(|publisher| publisher.url.clone()).unwrap_or_else(|| site.base_url.clone()),
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
        .map(|(place, crumb)| {
            let address = crumb.href.as_ref().map_or_else(|| canonical.to_owned(), |href| context.absolute(href));
            json!({ "@type": "ListItem", "position": place + 1, "name": crumb.title, "item": address })
        })
        .collect();
    json!({ "@type": "BreadcrumbList", "itemListElement": items })
}

/// JSON inside a script element: `<` is written so that no text can end it.
fn script(value: &Value) -> Html {
    Html::new(value.to_string().replace('<', "\\u003c"))
}
