//! The endpoints of the site's API: data files, feeds, searches and the JSON alternates of pages.

use crate::content::GroupKind;
use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::data::file_kind::{
    BULLETINS_JSON, CATALOG, CSV, CSV_METADATA, DATA_PACKAGE, DOCUMENTS_CSV, DOCUMENTS_JSON,
    FileKind, GOALS_CSV, GOALS_JSON, JSON, JSON_LD, OPENAPI, PROGRESS_CSV,
};
use crate::record::PageRef;

const ATOM: &str = "application/atom+xml; charset=utf-8";
const CALENDAR: &str = "text/calendar; charset=utf-8";
const JSON_FEED: &str = "application/feed+json";

/// One path of the description.
pub(super) struct Endpoint {
    pub(super) path: String,
    /// `operationId`, the name for generated clients.
    pub(super) id: &'static str,
    pub(super) summary: &'static str,
    pub(super) media_type: &'static str,
    /// Kinds of JSON file in the response; empty for other formats.
    pub(super) kinds: &'static [FileKind],
    /// Whether each language of the site has the path under its own root.
    pub(super) is_translated: bool,
    /// Whether the response can be 410 (Gone).
    pub(super) may_be_gone: bool,
    /// Whether it takes search parameters.
    pub(super) is_search: bool,
}

/// Lists every endpoint.
pub(super) fn endpoints(context: &Context<'_>, has_documents: bool) -> Vec<Endpoint> {
    let mut endpoints = data_files();
    if has_documents {
        endpoints.extend(document_files());
    }
    endpoints.extend(feeds());
    let lists = context.record.group_lists().into_iter();
    endpoints.extend(lists.flat_map(|list| group_files(context, list)));
    if context.has_calendar {
        endpoints.extend(calendars());
    }
    endpoints.extend(page_alternates());
    if !context.record.sections.is_empty() {
        endpoints.extend(section_alternates());
    }
    endpoints.extend(searches());
    endpoints
}

/// Lists the files under `/data/`.
fn data_files() -> Vec<Endpoint> {
    use FileKind::{Bulletins, Catalog, CsvMetadata, DataPackage, Goals, OpenApi};
    let schema = "/data/schemas/{schema}.json";
    [
        Endpoint::new(GOALS_CSV, "goalsTable", "Every goal as a table", CSV, &[]),
        Endpoint::new(GOALS_JSON, "goals", "Every goal with its reports", JSON, &[Goals]),
        Endpoint::new(PROGRESS_CSV, "progressTable", "Every report on a goal as a table", CSV, &[]),
        Endpoint::new(BULLETINS_JSON, "bulletins", "Every bulletin", JSON, &[Bulletins]),
        Endpoint::new(
            DATA_PACKAGE,
            "dataPackage",
            "The tables as a Data Package",
            JSON,
            &[DataPackage],
        ),
        Endpoint::new(
            CSV_METADATA,
            "csvMetadata",
            "The tables for CSV on the Web",
            JSON,
            &[CsvMetadata],
        ),
        Endpoint::new(
            CATALOG,
            "catalog",
            "The catalogue of the data, in DCAT 3",
            JSON_LD,
            &[Catalog],
        ),
        Endpoint::new(OPENAPI, "openapi", "This description", JSON, &[OpenApi]),
        Endpoint::new(schema, "schema", "The JSON Schema of a kind of file", JSON, &[]),
    ]
    .map(|endpoint| Endpoint { is_translated: false, ..endpoint })
    .into()
}

/// Lists the files of official documents.
fn document_files() -> [Endpoint; 2] {
    let kinds: &[FileKind] = &[FileKind::Documents];
    let (table, all) =
        ("Every official document as a table", "Every official document with its validity");
    [
        Endpoint::new(DOCUMENTS_CSV, "documentsTable", table, CSV, &[]),
        Endpoint::new(DOCUMENTS_JSON, "documents", all, JSON, kinds),
    ]
    .map(|endpoint| Endpoint { is_translated: false, ..endpoint })
}

/// The feeds and calendars of all bodies, all topics or all kinds of documents.
fn group_files(context: &Context<'_>, list: PageRef) -> [Endpoint; 2] {
    let (feed, newest, calendar, due) = match list {
        PageRef::Groups(GroupKind::Body) => (
            "bodyFeed",
            "The newest bulletins of a body, in Atom",
            "bodyCalendar",
            "What is due in the bulletins of a body",
        ),
        PageRef::Groups(GroupKind::Topic) => (
            "topicFeed",
            "The newest bulletins about a topic, in Atom",
            "topicCalendar",
            "What is due in the bulletins about a topic",
        ),
        _ => (
            "documentKindFeed",
            "The newest documents of a kind, in Atom",
            "documentKindCalendar",
            "What is due in the documents of a kind",
        ),
    };
    let page = format!("{}{{name}}/", list.path(context.record.content, Language::DEFAULT));
    [
        Endpoint::new(&format!("{page}feed.xml"), feed, newest, ATOM, &[]),
        Endpoint::new(&format!("{page}calendar.ics"), calendar, due, CALENDAR, &[]),
    ]
}

fn feeds() -> [Endpoint; 5] {
    let of_category = "/goals/{category}/feed.xml";
    let of_goal = "/goals/{category}/{goal}/feed.xml";
    let table = "/goals/{category}/{goal}/progress.csv";
    let newest_of_category = "The newest bulletins of a category, in Atom";
    let newest_in_json = "The newest bulletins, in JSON Feed";
    [
        Endpoint::new("/feed.xml", "feed", "The newest bulletins, in Atom", ATOM, &[]),
        Endpoint::new("/feed.json", "jsonFeed", newest_in_json, JSON_FEED, &[FileKind::Feed]),
        Endpoint::new(of_category, "categoryFeed", newest_of_category, ATOM, &[]),
        Endpoint::new(of_goal, "goalFeed", "The bulletins about a goal, in Atom", ATOM, &[]),
        Endpoint::new(table, "goalTable", "The reports on a goal as a table", CSV, &[]),
    ]
}

/// Lists the calendars. A page where nothing is due has none.
fn calendars() -> [Endpoint; 3] {
    let (of_section, of_goal) =
        ("/{section}/calendar.ics", "/goals/{category}/{goal}/calendar.ics");
    let (all, some) = ("Everything that is due on a day", "What is due in a section");
    [
        Endpoint::new("/calendar.ics", "calendar", all, CALENDAR, &[]),
        Endpoint::new(of_section, "sectionCalendar", some, CALENDAR, &[]),
        Endpoint::new(of_goal, "goalCalendar", "The last day of a goal", CALENDAR, &[]),
    ]
}

/// Lists the searches, the only responses that are made at request time.
fn searches() -> [Endpoint; 2] {
    let json = "/search/index.json";
    let newest = "The newest results of a search, in Atom";
    [
        Endpoint::new(json, "search", "Search results, the best first", JSON, &[FileKind::Search]),
        Endpoint::new("/search/feed.xml", "searchFeed", newest, ATOM, &[]),
    ]
    .map(|endpoint| Endpoint { is_search: true, ..endpoint })
}

/// Lists the JSON alternates of pages. Paths of the same shape are one path, as `OpenAPI` requires:
/// the list of a year and a bulletin differ only in the value of a parameter.
fn page_alternates() -> [Endpoint; 9] {
    use FileKind::{Category, Goal, GoalsPage, Home, Method, Section, StaticPage};
    let of_year_and_status = "/goals/year/{year}/status/{status}/";
    let progress_method = "How progress is computed";
    let goal = "A goal with its progress and evidence";
    let static_page = "A static page, or the list of a section";
    [
        Endpoint::of_page("/", "home", "The home page", &[Home]),
        Endpoint::of_page("/goals/", "goalsPage", "The page of all goals", &[GoalsPage]),
        Endpoint::of_page(
            "/goals/status/{status}/",
            "goalsOfStatus",
            "The goals of one status",
            &[GoalsPage],
        ),
        Endpoint::of_page(
            "/goals/year/{year}/",
            "goalsOfYear",
            "The goals of one year",
            &[GoalsPage],
        ),
        Endpoint::of_page(
            of_year_and_status,
            "goalsOfYearByStatus",
            "The goals of one year that have a status",
            &[GoalsPage],
        ),
        Endpoint::of_page("/goals/method/", "method", progress_method, &[Method]),
        Endpoint::of_page("/goals/{category}/", "category", "A category of goals", &[Category]),
        Endpoint::of_page("/goals/{category}/{goal}/", "goal", goal, &[Goal]),
        Endpoint::of_page("/{page}/", "page", static_page, &[StaticPage, Section]),
    ]
}

/// Lists the JSON alternates of the pages in sections.
fn section_alternates() -> [Endpoint; 6] {
    use FileKind::{Bulletin, Comparison, Section, Version, Versions};
    let bulletin = "A bulletin, or the list of a year";
    let year_page = "/{section}/{name}/page/{number}/";
    let later_page = "A further page of a list";
    let later_year_page = "A further page of the list of a year";
    [
        Endpoint {
            may_be_gone: true,
            ..Endpoint::of_page("/{section}/{name}/", "bulletin", bulletin, &[Bulletin, Section])
        },
        of_versions("versions/", "versions", "The earlier texts of a bulletin", &[Versions]),
        of_versions("versions/{day}/", "version", "An earlier text of a bulletin", &[Version]),
        of_versions("versions/{day}/changes/", "changes", "What changed after it", &[Comparison]),
        Endpoint::of_page("/{section}/page/{number}/", "listPage", later_page, &[Section]),
        Endpoint::of_page(year_page, "yearPage", later_year_page, &[Section]),
    ]
}

/// The JSON alternate of a page below that of a bulletin.
fn of_versions(
    page: &str,
    id: &'static str,
    summary: &'static str,
    kinds: &'static [FileKind],
) -> Endpoint {
    let page = format!("/{{section}}/{{name}}/{page}");
    Endpoint { may_be_gone: true, ..Endpoint::of_page(&page, id, summary, kinds) }
}

impl Endpoint {
    /// A file that each language has under its own root.
    fn new(
        path: &str,
        id: &'static str,
        summary: &'static str,
        media_type: &'static str,
        kinds: &'static [FileKind],
    ) -> Self {
        Self {
            path: path.to_owned(),
            id,
            summary,
            media_type,
            kinds,
            is_translated: true,
            may_be_gone: false,
            is_search: false,
        }
    }

    /// The JSON alternate of a page.
    fn of_page(
        page: &str,
        id: &'static str,
        summary: &'static str,
        kinds: &'static [FileKind],
    ) -> Self {
        Self::new(&format!("{page}index.json"), id, summary, JSON, kinds)
    }
}
