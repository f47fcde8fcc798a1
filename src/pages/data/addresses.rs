//! Where data stands that the site publishes once.

pub(super) const GOALS_CSV: &str = "/data/goals.csv";
pub(super) const GOALS_JSON: &str = "/data/goals.json";
pub(super) const PROGRESS_CSV: &str = "/data/progress.csv";
pub(super) const BULLETINS_JSON: &str = "/data/bulletins.json";
pub(super) const DATA_PACKAGE: &str = "/data/datapackage.json";
/// Where CSVW readers look beside a table (Model for Tabular Data, "Default Locations").
pub(super) const CSV_METADATA: &str = "/data/csv-metadata.json";
/// What data there is.
pub(in crate::pages) const CATALOG: &str = "/data/catalog.jsonld";
pub(super) const OPENAPI: &str = "/data/openapi.json";

/// The files that hold all goals, with their media types.
pub(in crate::pages) const DOWNLOADS: [(&str, &str); 3] =
    [(GOALS_CSV, "text/csv"), (GOALS_JSON, "application/json"), (PROGRESS_CSV, "text/csv")];
