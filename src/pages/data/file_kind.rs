//! The files under `/data/`: their paths and media types, and the kinds of JSON files with their schemas.

use crate::pages::context::Context;

/// The media type of tables (RFC 4180; the head is told by the `header` parameter).
pub(crate) const CSV: &str = "text/csv; charset=utf-8; header=present";

/// The media type of JSON files, also of those for which a more special one is proposed: every browser shows it.
pub(crate) const JSON: &str = "application/json";

/// The media type of JSON-LD.
pub(crate) const JSON_LD: &str = "application/ld+json";

pub(crate) const GOALS_CSV: &str = "/data/goals.csv";
pub(crate) const GOALS_JSON: &str = "/data/goals.json";
pub(crate) const PROGRESS_CSV: &str = "/data/progress.csv";
pub(crate) const BULLETINS_JSON: &str = "/data/bulletins.json";
pub(crate) const DATA_PACKAGE: &str = "/data/datapackage.json";
/// Where CSVW readers look beside a table (Model for Tabular Data, "Default Locations").
pub(crate) const CSV_METADATA: &str = "/data/csv-metadata.json";
/// What data there is.
pub(crate) const CATALOG: &str = "/data/catalog.jsonld";
pub(crate) const OPENAPI: &str = "/data/openapi.json";

/// The files that hold all goals, with their media types.
pub(crate) const DOWNLOADS: [(&str, &str); 3] =
    [(GOALS_CSV, "text/csv"), (GOALS_JSON, "application/json"), (PROGRESS_CSV, "text/csv")];

/// A kind of JSON file. Files of a kind that is missing here fail the tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// The twin of the home page.
    Home,
    /// The twin of a list of bulletins.
    Section,
    /// The twin of a page of goals: all of them, or those of one status or year.
    GoalsPage,
    /// The twin of the page on how progress is computed.
    Method,
    /// The twin of a category's page.
    Category,
    /// The twin of a goal's page.
    Goal,
    /// The twin of a bulletin's page.
    Bulletin,
    /// The twin of a plain page.
    StaticPage,
    /// The twin of the search.
    Search,
    /// Every goal, in one file.
    Goals,
    /// Every bulletin, in one file.
    Bulletins,
    /// JSON Feed 1.1.
    Feed,
    /// The DCAT catalogue.
    Catalog,
    /// The CSVW description of the tables.
    CsvMetadata,
    /// The Data Package.
    DataPackage,
    /// The `OpenAPI` description.
    OpenApi,
}

impl FileKind {
    /// Every kind.
    pub(crate) const ALL: [Self; 16] = [
        Self::Home,
        Self::Section,
        Self::GoalsPage,
        Self::Method,
        Self::Category,
        Self::Goal,
        Self::Bulletin,
        Self::StaticPage,
        Self::Search,
        Self::Goals,
        Self::Bulletins,
        Self::Feed,
        Self::Catalog,
        Self::CsvMetadata,
        Self::DataPackage,
        Self::OpenApi,
    ];

    /// The name of its schema.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Section => "section",
            Self::GoalsPage => "goals-page",
            Self::Method => "method",
            Self::Category => "category",
            Self::Goal => "goal",
            Self::Bulletin => "bulletin",
            Self::StaticPage => "plain",
            Self::Search => "search",
            Self::Goals => "goals",
            Self::Bulletins => "bulletins",
            Self::Feed => "feed",
            Self::Catalog => "catalog",
            Self::CsvMetadata => "csv-metadata",
            Self::DataPackage => "datapackage",
            Self::OpenApi => "openapi",
        }
    }

    /// Where its schema stands, from the root.
    pub(crate) fn schema_path(self) -> String {
        format!("/data/schemas/{}.json", self.name())
    }

    /// Where its schema stands, as the files themselves name it.
    pub(crate) fn schema_url(self, context: &Context<'_>) -> String {
        context.absolute(&self.schema_path())
    }
}
