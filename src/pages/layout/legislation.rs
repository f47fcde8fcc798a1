//! Official documents as `Legislation` of schema.org.

use serde_json::{Value, json};

use crate::content::GroupKind;
use crate::content::bulletin::{DocumentFacts, Relation};
use crate::language::Language;
use crate::pages::components::document::facts::group_links;
use crate::pages::context::Context;
use crate::pages::data::references::BulletinLink;
use crate::record::BulletinId;

/// An official document as `Legislation`; none for other bulletins.
pub(crate) fn describe(
    context: &Context<'_>,
    id: BulletinId,
    language: Language,
    canonical: &str,
) -> Option<Value> {
    let bulletin = context.record.bulletin(id);
    let validity = bulletin.validity?;
    let mut law = json!({
        "@type": "Legislation",
        "@id": format!("{canonical}#document"),
        "url": canonical,
        "name": bulletin.source.texts.in_language(language).title.value,
        "inLanguage": context.language_tag(language),
    });
    if let Some(is_in_force) = validity.state.is_in_force() {
        let force = if is_in_force { "InForce" } else { "NotInForce" };
        law["legislationLegalForce"] = json!(format!("https://schema.org/{force}"));
    }
    if let Some(document) = &bulletin.source.facts.document {
        add_document_facts(&mut law, context, document, language);
    }
    for (relation, member) in [
        (Relation::Amends, "legislationChanges"),
        (Relation::Repeals, "legislationRepeals"),
        (Relation::Corrects, "legislationCorrects"),
        (Relation::Implements, "legislationApplies"),
    ] {
        let others = bulletin.relations.iter().filter(|(known, _)| *known == relation);
        let others: Vec<Value> = others
            .map(|(_, id)| {
                let url = BulletinLink::new(context, *id, language).url;
                json!({ "@id": format!("{url}#document") })
            })
            .collect();
        if !others.is_empty() {
            law[member] = json!(others);
        }
    }
    let issuers = group_links(context, id, GroupKind::Body, language);
    if !issuers.is_empty() {
        let issuers = issuers.into_iter().map(|(path, name)| {
            let url = context.absolute(&path);
            json!({ "@type": "GovernmentOrganization", "name": name, "url": url })
        });
        law["legislationPassedBy"] = issuers.collect();
    }
    Some(law)
}

/// Adds the number, the kind and the dates of a document.
fn add_document_facts(
    law: &mut Value,
    context: &Context<'_>,
    document: &DocumentFacts,
    language: Language,
) {
    if let Some(number) = document.number.as_ref().or(document.index.as_ref()) {
        law["legislationIdentifier"] = json!(number.value);
    }
    let kinds = &context.record.content.site.documents;
    if let Some(kind) = document.kind.as_ref().and_then(|kind| kinds.find_kind(&kind.value)) {
        law["legislationType"] = json!(kinds.kinds[kind].title.get(language));
    }
    if let Some(made) = &document.made {
        law["legislationDate"] = json!(made.value.date().to_string());
    }
    let period = [&document.effective, &document.until]
        .map(|day| day.as_ref().map(|day| day.value.date().to_string()));
    if let [Some(from), until] = period {
        let until = until.as_deref().unwrap_or("..");
        law["temporalCoverage"] = json!(format!("{from}/{until}"));
    }
}
