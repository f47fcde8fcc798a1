//! The files under `/data/`: their paths and media types, and the kinds of JSON files with their
//! schemas.

use crate::pages::context::Context;

/// Media type of tables (RFC 4180; the `header` parameter announces the header row).
pub(crate) const CSV: &str = "text/csv; charset=utf-8; header=present";

/// Media type of JSON files, also of formats with a more specific type: every browser shows this
/// one.
pub(crate) const JSON: &str = "application/json";

pub(crate) const JSON_LD: &str = "application/ld+json";

pub(crate) const GOALS_CSV: &str = "/data/goals.csv";
pub(crate) const GOALS_JSON: &str = "/data/goals.json";
pub(crate) const PROGRESS_CSV: &str = "/data/progress.csv";
pub(crate) const BULLETINS_JSON: &str = "/data/bulletins.json";
pub(crate) const DOCUMENTS_CSV: &str = "/data/documents.csv";
pub(crate) const DOCUMENTS_JSON: &str = "/data/documents.json";
pub(crate) const DATA_PACKAGE: &str = "/data/datapackage.json";
/// Default path at which CSVW readers find metadata beside a table (Model for Tabular Data,
/// "Default Locations").
pub(crate) const CSV_METADATA: &str = "/data/csv-metadata.json";
/// The DCAT catalog.
pub(crate) const CATALOG: &str = "/data/catalog.jsonld";
pub(crate) const OPENAPI: &str = "/data/openapi.json";

/// The downloads with all goals, with their media types.
pub(crate) const DOWNLOADS: [(&str, &str); 3] =
    [(GOALS_CSV, "text/csv"), (GOALS_JSON, "application/json"), (PROGRESS_CSV, "text/csv")];

/// A kind of JSON file, with a schema of its own. A test fails on a file of any other kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// JSON alternate of the home page.
    Home,
    /// JSON alternate of a list of bulletins.
    Section,
    /// JSON alternate of a page of goals: all of them, or those of one status or year.
    GoalsPage,
    /// JSON alternate of the page on how progress is calculated.
    Method,
    /// JSON alternate of a category's page.
    Category,
    /// JSON alternate of a goal's page.
    Goal,
    /// JSON alternate of a bulletin's page.
    Bulletin,
    /// JSON alternate of the list of a bulletin's earlier texts.
    Versions,
    /// JSON alternate of an earlier text.
    Version,
    /// JSON alternate of the comparison of two texts.
    Comparison,
    /// JSON alternate of a static page.
    StaticPage,
    /// JSON alternate of the search page.
    Search,
    /// All goals in one file.
    Goals,
    /// All bulletins in one file.
    Bulletins,
    /// All official documents in one file.
    Documents,
    /// JSON Feed 1.1.
    Feed,
    /// DCAT catalog.
    Catalog,
    /// CSVW description of the tables.
    CsvMetadata,
    /// Data Package.
    DataPackage,
    /// `OpenAPI` description.
    OpenApi,
}

impl FileKind {
    pub(crate) const ALL: [Self; 20] = [
        Self::Home,
        Self::Section,
        Self::GoalsPage,
        Self::Method,
        Self::Category,
        Self::Goal,
        Self::Bulletin,
        Self::Versions,
        Self::Version,
        Self::Comparison,
        Self::StaticPage,
        Self::Search,
        Self::Goals,
        Self::Bulletins,
        Self::Documents,
        Self::Feed,
        Self::Catalog,
        Self::CsvMetadata,
        Self::DataPackage,
        Self::OpenApi,
    ];

    /// Returns the name of the kind's schema.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Section => "section",
            Self::GoalsPage => "goals-page",
            Self::Method => "method",
            Self::Category => "category",
            Self::Goal => "goal",
            Self::Bulletin => "bulletin",
            Self::Versions => "versions",
            Self::Version => "version",
            Self::Comparison => "comparison",
            Self::StaticPage => "plain",
            Self::Search => "search",
            Self::Goals => "goals",
            Self::Bulletins => "bulletins",
            Self::Documents => "documents",
            Self::Feed => "feed",
            Self::Catalog => "catalog",
            Self::CsvMetadata => "csv-metadata",
            Self::DataPackage => "datapackage",
            Self::OpenApi => "openapi",
        }
    }

    /// Returns the path of the kind's schema.
    pub(crate) fn schema_path(self) -> String {
        format!("/data/schemas/{}.json", self.name())
    }

    /// Returns the absolute URL of the kind's schema, as the files name it in `$schema`.
    pub(crate) fn schema_url(self, context: &Context<'_>) -> String {
        context.absolute(&self.schema_path())
    }
}
