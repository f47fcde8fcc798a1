//! `openapi.json`: the description of the site's API (`OpenAPI` 3.1). It has only GET and HEAD; all
//! responses except searches are files.

use serde_json::{Map, Value, json};

use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::data::file_kind::{
    BULLETINS_JSON, CATALOG, CSV, CSV_METADATA, DATA_PACKAGE, FileKind, GOALS_CSV, GOALS_JSON,
    JSON, JSON_LD, OPENAPI, PROGRESS_CSV,
};
use crate::pages::data::{search_url, vocabulary};
use crate::search::{DocumentKind, MAX_PAGE, MAX_QUERY, PER_PAGE, SortOrder};

const ATOM: &str = "application/atom+xml; charset=utf-8";
const JSON_FEED: &str = "application/feed+json";

/// One path of the description.
struct Endpoint {
    path: String,
    /// `operationId`, the name for generated clients.
    id: &'static str,
    summary: &'static str,
    media_type: &'static str,
    /// Kinds of JSON file in the response; empty for other formats.
    kinds: &'static [FileKind],
    /// Whether each language of the site has the path under its own root.
    is_translated: bool,
    /// Whether the response can be 410 (Gone).
    may_be_gone: bool,
    /// Whether it takes search parameters.
    is_search: bool,
}

/// Describes every endpoint.
pub(crate) fn describe(context: &Context<'_>) -> Value {
    let endpoints = data_files()
        .into_iter()
        .chain(feed_endpoints())
        .chain(page_alternates(context))
        .chain(search_endpoints());
    let paths: Map<String, Value> =
        endpoints.map(|endpoint| (endpoint.path.clone(), endpoint.item(context))).collect();
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
        "description": "Every file but what a search finds is made ahead, and all have an ETag; ask with If-None-Match. All of them may be read by \
                        pages of any origin. Every page of the site has its data beside it, at index.json.",
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

/// Lists the files under `/data/`.
fn data_files() -> Vec<Endpoint> {
    let file = |path: &str, id, summary, media_type, kinds| Endpoint {
        path: path.to_owned(),
        id,
        summary,
        media_type,
        kinds,
        is_translated: false,
        may_be_gone: false,
        is_search: false,
    };
    vec![
        file(GOALS_CSV, "goalsTable", "Every goal as a table", CSV, &[]),
        file(GOALS_JSON, "goals", "Every goal with its reports", JSON, &[FileKind::Goals]),
        file(PROGRESS_CSV, "progressTable", "Every report on a goal as a table", CSV, &[]),
        file(
            BULLETINS_JSON,
            "bulletins",
            "Every bulletin with its facts",
            JSON,
            &[FileKind::Bulletins],
        ),
        file(
            DATA_PACKAGE,
            "dataPackage",
            "The tables as a Data Package",
            JSON,
            &[FileKind::DataPackage],
        ),
        file(
            CSV_METADATA,
            "csvMetadata",
            "The tables for CSV on the Web",
            JSON,
            &[FileKind::CsvMetadata],
        ),
        file(
            CATALOG,
            "catalog",
            "The catalogue of the data, in DCAT 3",
            JSON_LD,
            &[FileKind::Catalog],
        ),
        file(OPENAPI, "openapi", "This description", JSON, &[FileKind::OpenApi]),
        file(
            "/data/schemas/{schema}.json",
            "schema",
            "The JSON Schema of a kind of file",
            JSON,
            &[],
        ),
    ]
}

fn feed_endpoints() -> Vec<Endpoint> {
    let feed = |path: &str, id, summary, media_type, kinds| Endpoint {
        path: path.to_owned(),
        id,
        summary,
        media_type,
        kinds,
        is_translated: true,
        may_be_gone: false,
        is_search: false,
    };
    vec![
        feed("/feed.xml", "feed", "The newest bulletins, in Atom", ATOM, &[]),
        feed(
            "/feed.json",
            "jsonFeed",
            "The newest bulletins, in JSON Feed",
            JSON_FEED,
            &[FileKind::Feed],
        ),
        feed(
            "/goals/{category}/feed.xml",
            "categoryFeed",
            "The newest bulletins of a category, in Atom",
            ATOM,
            &[],
        ),
        feed(
            "/goals/{category}/{goal}/feed.xml",
            "goalFeed",
            "The bulletins about a goal, in Atom",
            ATOM,
            &[],
        ),
        feed(
            "/goals/{category}/{goal}/progress.csv",
            "goalTable",
            "The reports on a goal as a table",
            CSV,
            &[],
        ),
    ]
}

/// Lists the searches, the only responses that are made at request time.
fn search_endpoints() -> [Endpoint; 2] {
    let search = |path: &str, id, summary, media_type, kinds| Endpoint {
        path: path.to_owned(),
        id,
        summary,
        media_type,
        kinds,
        is_translated: true,
        may_be_gone: false,
        is_search: true,
    };
    [
        search(
            "/search/index.json",
            "search",
            "What a search finds, the best first",
            JSON,
            &[FileKind::Search],
        ),
        search(
            "/search/feed.xml",
            "searchFeed",
            "The newest of what a search finds, in Atom",
            ATOM,
            &[],
        ),
    ]
}

/// Lists the JSON alternates of pages. Paths of the same shape are one path, as `OpenAPI` requires:
/// the list of a year and a bulletin differ only in the value of a parameter.
fn page_alternates(context: &Context<'_>) -> Vec<Endpoint> {
    let alternate = |page: &str, id, summary, kinds, may_be_gone| Endpoint {
        path: format!("{page}index.json"),
        id,
        summary,
        media_type: JSON,
        kinds,
        is_translated: true,
        may_be_gone,
        is_search: false,
    };
    let lists: &[FileKind] = &[FileKind::Section];
    let goals: &[FileKind] = &[FileKind::GoalsPage];
    let mut alternates = vec![
        alternate("/", "home", "The home page", &[FileKind::Home], false),
        alternate("/goals/", "goalsPage", "The page of all goals", goals, false),
        alternate(
            "/goals/status/{status}/",
            "goalsOfStatus",
            "The goals of one status",
            goals,
            false,
        ),
        alternate("/goals/year/{year}/", "goalsOfYear", "The goals of one year", goals, false),
        alternate(
            "/goals/year/{year}/status/{status}/",
            "goalsOfYearByStatus",
            "The goals of one year that have a status",
            goals,
            false,
        ),
        alternate(
            "/goals/method/",
            "method",
            "How progress is computed",
            &[FileKind::Method],
            false,
        ),
        alternate(
            "/goals/{category}/",
            "category",
            "A category of goals",
            &[FileKind::Category],
            false,
        ),
        alternate(
            "/goals/{category}/{goal}/",
            "goal",
            "A goal with its progress and evidence",
            &[FileKind::Goal],
            false,
        ),
    ];
    let entry: &[FileKind] = &[FileKind::StaticPage, FileKind::Section];
    alternates.push(alternate(
        "/{page}/",
        "page",
        "A plain page, or the list of a section",
        entry,
        false,
    ));
    if !context.record.sections.is_empty() {
        let entry: &[FileKind] = &[FileKind::Bulletin, FileKind::Section];
        alternates.push(alternate(
            "/{section}/{name}/",
            "bulletin",
            "A bulletin, or the list of a year",
            entry,
            true,
        ));
        alternates.push(alternate(
            "/{section}/page/{number}/",
            "listPage",
            "A further page of a list",
            lists,
            false,
        ));
        let summary = "A further page of the list of a year";
        alternates.push(alternate(
            "/{section}/{name}/page/{number}/",
            "yearPage",
            summary,
            lists,
            false,
        ));
    }
    alternates
}

impl Endpoint {
    fn item(&self, context: &Context<'_>) -> Value {
        let mut item = json!({ "get": self.operation() });
        if self.is_translated {
            let languages = context.record.languages();
            let servers = languages
                .map(|language| json!({ "url": server(context, language), "description": context.language_tag(language) }));
            item["servers"] = servers.collect();
        }
        item
    }

    fn operation(&self) -> Value {
        let mut parameters = vec![json!({ "$ref": "#/components/parameters/IfNoneMatch" })];
        parameters.extend(parameter_names(&self.path).map(parameter));
        if self.is_search {
            parameters.extend(search_parameters());
        }
        let mut responses = json!({
            "200": self.success(),
            "304": { "$ref": "#/components/responses/NotModified" },
        });
        if self.path.contains('{') {
            responses["404"] = json!({ "$ref": "#/components/responses/NotFound" });
        }
        if self.is_search {
            responses["400"] = json!({ "description": "A parameter cannot be understood." });
            responses["503"] = json!({ "description": "Not now; Retry-After says when." });
        }
        if self.may_be_gone {
            responses["410"] = json!({ "$ref": "#/components/responses/Gone" });
        }
        json!({ "operationId": self.id, "summary": self.summary, "parameters": parameters, "responses": responses })
    }

    fn success(&self) -> Value {
        let mut media = json!({});
        // The reference is relative, so that it also works in a copy of the site.
        let reference =
            |kind: &FileKind| json!({ "$ref": kind.schema_path().trim_start_matches("/data/") });
        match self.kinds {
            [] => {}
            [kind] => media["schema"] = reference(kind),
            kinds => {
                media["schema"] =
                    json!({ "oneOf": kinds.iter().map(reference).collect::<Vec<_>>() });
            }
        }
        json!({
            "description": "The file.",
            "headers": headers(),
            "content": { self.media_type: media },
        })
    }
}

fn search_parameters() -> Vec<Value> {
    let parameter = |name: &str, description: String, schema: Value| json!({ "name": name, "in": "query", "description": description, "schema": schema });
    vec![
        parameter(
            search_url::parameter::QUERY,
            "Words; a phrase in quotation marks; a minus before what is to be left out.".to_owned(),
            json!({ "type": "string", "maxLength": MAX_QUERY }),
        ),
        parameter(
            search_url::parameter::CATEGORY,
            "A category, by name.".to_owned(),
            json!({ "type": "string" }),
        ),
        parameter(search_url::parameter::YEAR, "A year.".to_owned(), json!({ "type": "integer" })),
        parameter(
            search_url::parameter::KIND,
            "A kind of thing.".to_owned(),
            json!({ "type": "string", "enum": DocumentKind::ALL.map(DocumentKind::name) }),
        ),
        parameter(
            search_url::parameter::LANGUAGE,
            "A language, by BCP 47 tag.".to_owned(),
            json!({ "type": "string" }),
        ),
        parameter(
            search_url::parameter::ORDER,
            "What comes first.".to_owned(),
            json!({ "type": "string", "enum": [SortOrder::Relevance.name(), SortOrder::Date.name()] }),
        ),
        parameter(
            search_url::parameter::PAGE,
            format!("A page of {PER_PAGE} results."),
            json!({ "type": "integer", "minimum": 1, "maximum": MAX_PAGE }),
        ),
    ]
}

/// Returns the names between braces in a path.
fn parameter_names(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split('}').next())
}

fn parameter(name: &str) -> Value {
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
                "description": "The ETag of the copy that the client has.",
                "schema": { "type": "string" },
            },
        },
        "headers": {
            "ETag": { "description": "Names these bytes (RFC 9110 §8.8.3).", "schema": { "type": "string" } },
            "AnyOrigin": {
                "description": "Pages of any origin may read the answer.",
                "schema": { "const": "*" },
            },
        },
        "responses": {
            "NotModified": { "description": "The client's copy is still right.", "headers": headers() },
            "NotFound": {
                "description": "Nothing stands here, as a page.",
                "content": { "text/html": {} },
            },
            "Gone": {
                "description": "What stood here was taken away; the page says why.",
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
