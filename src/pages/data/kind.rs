//! The kinds of JSON files that the site publishes, and where the schema of each stands.

use crate::pages::context::Context;

/// A kind of JSON file. Files of a kind that is missing here fail the tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pages) enum FileKind {
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
    Plain,
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
    pub(super) const ALL: [Self; 16] = [
        Self::Home,
        Self::Section,
        Self::GoalsPage,
        Self::Method,
        Self::Category,
        Self::Goal,
        Self::Bulletin,
        Self::Plain,
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
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Section => "section",
            Self::GoalsPage => "goals-page",
            Self::Method => "method",
            Self::Category => "category",
            Self::Goal => "goal",
            Self::Bulletin => "bulletin",
            Self::Plain => "plain",
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
    pub(in crate::pages) fn schema_path(self) -> String {
        format!("/data/schemas/{}.json", self.name())
    }

    /// Where its schema stands, as the files themselves name it.
    pub(in crate::pages) fn schema_url(self, context: &Context<'_>) -> String {
        context.absolute(&self.schema_path())
    }
}
