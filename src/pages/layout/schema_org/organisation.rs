//! The publisher of the site as a schema.org organisation.

use serde_json::{Value, json};

use crate::language::Language;
use crate::pages::context::Context;

/// The id by which pages refer to the publisher.
pub(super) fn organisation_id(context: &Context<'_>) -> String {
    format!("{}#publisher", context.absolute("/"))
}

/// The publisher, or the site itself if it names none.
pub(super) fn organisation(context: &Context<'_>, language: Language) -> Value {
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
