//! Descriptions of the site's data for catalogs and programs, and the JSON Schema of each kind of
//! file.

pub(crate) mod csvw;
pub(crate) mod data_package;
pub(crate) mod dcat;
mod external_schemas;
pub(crate) mod json_schema;
pub(crate) mod openapi;
