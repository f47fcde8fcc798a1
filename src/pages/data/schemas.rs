//! The schema of each kind of JSON file, from the types that write it.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use super::bulletin::BulletinData;
use super::bulletins::BulletinsFile;
use super::goal::GoalData;
use super::goals::GoalsFile;
use super::kind::FileKind;
use super::{foreign, schema};
use crate::pages::category::CategoryData;
use crate::pages::context::Context;
use crate::pages::goals::GoalsData;
use crate::pages::home::HomeData;
use crate::pages::method::MethodData;
use crate::pages::plain::PlainData;
use crate::pages::search::data::SearchData;
use crate::pages::section::SectionData;

/// The schema of a kind, complete.
pub(super) fn of(kind: FileKind, context: &Context<'_>) -> Value {
    let own = match kind {
        FileKind::Home => derived::<HomeData<'_>>(),
        FileKind::Section => derived::<SectionData<'_>>(),
        FileKind::GoalsPage => derived::<GoalsData<'_>>(),
        FileKind::Method => derived::<MethodData<'_>>(),
        FileKind::Category => derived::<CategoryData<'_>>(),
        FileKind::Goal => derived::<GoalData<'_>>(),
        FileKind::Bulletin => derived::<BulletinData<'_>>(),
        FileKind::Plain => derived::<PlainData<'_>>(),
        FileKind::Search => derived::<SearchData<'_>>(),
        FileKind::Goals => derived::<GoalsFile<'_>>(),
        FileKind::Bulletins => derived::<BulletinsFile<'_>>(),
        FileKind::Feed => foreign::feed(),
        FileKind::Catalog => foreign::catalog(),
        FileKind::CsvMetadata => foreign::csv_metadata(),
        FileKind::DataPackage => foreign::data_package(),
        FileKind::OpenApi => foreign::openapi(),
    };
    schema::identified(own, &kind.schema_url(context), kind.name())
}

/// The schema of what a type writes.
fn derived<T: JsonSchema>() -> Value {
    let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut schema = json!(T::json_schema(&mut generator));
    let definitions = generator.take_definitions(true);
    if !definitions.is_empty() {
        schema["$defs"] = Value::Object(definitions);
    }
    schema::closed(&mut schema);
    schema
}
