//! `openapi.json`: the description of the site's API (`OpenAPI` 3.1). It has only GET and HEAD; all
//! responses except searches are files.

mod endpoints;

use serde_json::{Map, Value, json};

use self::endpoints::{Endpoint, endpoints};
use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::data::{search_url, vocabulary};
use crate::search::{DocumentKind, MAX_PAGE, MAX_QUERY, PER_PAGE, SortOrder};

const DESCRIPTION: &str = "Every file except search results is made in advance, and every response \
                           has an ETag: ask again with If-None-Match. Pages of any origin may read \
                           them. The data of each page of the site is beside it, at index.json.";

/// Describes every endpoint.
/// `has_documents` says whether the site has files of official documents.
pub(crate) fn describe(context: &Context<'_>, has_documents: bool) -> Value {
    let mut paths = Map::new();
    for endpoint in endpoints(context, has_documents) {
        let item = item(context, &endpoint);
        paths.insert(endpoint.path, item);
    }
    json!({
        "openapi": "3.1.0",
        "info": info(context),
        "servers": [{ "url": server(context, Language::DEFAULT) }],
        "paths": paths,
        "components": components(),
    })
}

fn info(context: &Context<'_>) -> Value {
    let site = &context.record.content.site;
    let mut info = json!({
        "title": context.full_site_name(Language::DEFAULT),
        "description": DESCRIPTION,
        "version": "1",
    });
    let publisher = site.publisher.as_ref();
    if let Some(publisher) = publisher {
        info["contact"] = json!({ "name": publisher.name.get(Language::DEFAULT) });
        if let Some(url) = &publisher.url {
            info["contact"]["url"] = json!(url);
        }
        if let Some(license) = &publisher.license {
            info["license"] = json!({ "name": license, "url": license });
        }
    }
    info
}

/// Describes the operation of a path, and where each language has it.
fn item(context: &Context<'_>, endpoint: &Endpoint) -> Value {
    let mut item = json!({ "get": operation(endpoint) });
    if endpoint.is_translated {
        let servers = context.record.languages().map(|language| {
            json!({
                "url": server(context, language),
                "description": context.language_tag(language),
            })
        });
        item["servers"] = servers.collect();
    }
    item
}

fn operation(endpoint: &Endpoint) -> Value {
    let mut parameters = vec![json!({ "$ref": "#/components/parameters/IfNoneMatch" })];
    parameters.extend(parameter_names(&endpoint.path).map(path_parameter));
    if endpoint.is_search {
        parameters.extend(search_parameters());
    }
    let mut responses = json!({
        "200": success(endpoint),
        "304": { "$ref": "#/components/responses/NotModified" },
    });
    if endpoint.path.contains('{') {
        responses["404"] = json!({ "$ref": "#/components/responses/NotFound" });
    }
    if endpoint.is_search {
        responses["400"] = json!({ "description": "A parameter is invalid." });
        responses["503"] =
            json!({ "description": "Search is not available now; Retry-After says when it is." });
    }
    if endpoint.may_be_gone {
        responses["410"] = json!({ "$ref": "#/components/responses/Gone" });
    }
    json!({
        "operationId": endpoint.id,
        "summary": endpoint.summary,
        "parameters": parameters,
        "responses": responses,
    })
}

fn success(endpoint: &Endpoint) -> Value {
    // The references are relative, so that they also work in a copy of the site.
    let mut schemas: Vec<Value> = endpoint
        .kinds
        .iter()
        .map(|kind| json!({ "$ref": kind.schema_path().trim_start_matches("/data/") }))
        .collect();
    let mut media = json!({});
    if schemas.len() > 1 {
        media["schema"] = json!({ "oneOf": schemas });
    } else if let Some(schema) = schemas.pop() {
        media["schema"] = schema;
    }
    json!({
        "description": "The file.",
        "headers": headers(),
        "content": { endpoint.media_type: media },
    })
}

fn search_parameters() -> [Value; 11] {
    use search_url::parameter::{
        BODY, CATEGORY, DOCUMENT, KIND, LANGUAGE, ORDER, PAGE, QUERY, TOPIC, VALIDITY, YEAR,
    };
    let kinds = DocumentKind::ALL.map(DocumentKind::name);
    let orders = [SortOrder::Relevance, SortOrder::Date].map(SortOrder::name);
    [
        search_parameter(
            QUERY,
            "Words; a phrase in quotation marks; a minus sign before a word to exclude.",
            json!({ "type": "string", "maxLength": MAX_QUERY }),
        ),
        search_parameter(CATEGORY, "A category, by its id.", json!({ "type": "string" })),
        search_parameter(BODY, "A body, by its id.", json!({ "type": "string" })),
        search_parameter(TOPIC, "A topic, by its id.", json!({ "type": "string" })),
        search_parameter(
            DOCUMENT,
            "A kind of official document, by its id.",
            json!({ "type": "string" }),
        ),
        search_parameter(YEAR, "A year.", json!({ "type": "integer" })),
        search_parameter(KIND, "A kind of page.", json!({ "type": "string", "enum": kinds })),
        search_parameter(
            VALIDITY,
            "The state of an official document.",
            json!({ "type": "string", "enum": vocabulary::validity_states() }),
        ),
        search_parameter(LANGUAGE, "A language, by its BCP 47 tag.", json!({ "type": "string" })),
        search_parameter(ORDER, "The sort order.", json!({ "type": "string", "enum": orders })),
        search_parameter(
            PAGE,
            &format!("A page of {PER_PAGE} results."),
            json!({ "type": "integer", "minimum": 1, "maximum": MAX_PAGE }),
        ),
    ]
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it is made where it is handed in, and lives on in what is returned"
)]
fn search_parameter(name: &str, description: &str, schema: Value) -> Value {
    json!({ "name": name, "in": "query", "description": description, "schema": schema })
}

/// Returns the names between braces in a path.
fn parameter_names(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split('}').next())
}

fn path_parameter(name: &str) -> Value {
    let schema = match name {
        "status" => json!({ "type": "string", "enum": vocabulary::statuses() }),
        "year" => json!({ "type": "string", "pattern": "^[0-9]{4}$" }),
        "number" => json!({ "type": "integer", "minimum": 2 }),
        _ => json!({ "type": "string", "pattern": "^[a-z0-9-]+$" }),
    };
    json!({ "name": name, "in": "path", "required": true, "schema": schema })
}

/// Returns the root URL of a language's pages.
fn server(context: &Context<'_>, language: Language) -> String {
    context.absolute(&context.root(language)).trim_end_matches('/').to_owned()
}

fn headers() -> Value {
    json!({
        "ETag": { "$ref": "#/components/headers/ETag" },
        "Access-Control-Allow-Origin": { "$ref": "#/components/headers/AnyOrigin" },
    })
}

fn components() -> Value {
    json!({
        "parameters": {
            "IfNoneMatch": {
                "name": "If-None-Match",
                "in": "header",
                "description": "The ETag of the client's copy.",
                "schema": { "type": "string" },
            },
        },
        "headers": {
            "ETag": {
                "description": "Identifies the version of the file (RFC 9110 §8.8.3).",
                "schema": { "type": "string" },
            },
            "AnyOrigin": {
                "description": "Pages of any origin may read the response.",
                "schema": { "const": "*" },
            },
        },
        "responses": {
            "NotModified": {
                "description": "The client's copy is up to date.",
                "headers": headers(),
            },
            "NotFound": {
                "description": "There is no page here; the response is an HTML page.",
                "content": { "text/html": {} },
            },
            "Gone": {
                "description": "The page was removed; an HTML page gives the reason.",
                "content": { "text/html": {} },
            },
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_parameters_are_read_from_the_path() {
        let names: Vec<&str> = parameter_names("/goals/{category}/{goal}/feed.xml").collect();
        assert_eq!(names, ["category", "goal"]);
        assert_eq!(parameter_names("/feed.xml").count(), 0);
    }
}
