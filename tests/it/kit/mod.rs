//! The editor kit: its schemas accept what the reader accepts, its configurations are valid for
//! their programs, and the reader accepts what forms save.

mod command;
mod configuration;
mod forms;
mod key_tables;
mod pages_cms;
mod schemas;

use gazette::content::Content;
use gazette::editor::kit::{SchemaKind, SiteOutline, json_schema};
use gazette::source::Snapshot;
use jsonschema::Validator;

use crate::harness::real_snapshot;

/// The parts of a folder that the kit names.
fn outline(snapshot: &Snapshot) -> SiteOutline {
    SiteOutline::new(&Content::read(snapshot).0, "content")
}

/// The validator of a kind of file on a site.
fn validator(kind: SchemaKind, outline: &SiteOutline) -> Validator {
    jsonschema::draft202012::new(&json_schema(kind, outline)).expect("a schema")
}

/// The kit of the real content, by path.
fn real_kit() -> Vec<(String, String)> {
    gazette::editor::kit::files(
        &outline(&real_snapshot()),
        &gazette::editor::kit::Repository::default(),
    )
}

/// One file of the kit of the real content.
#[track_caller]
fn kit_file(path: &str) -> String {
    let found = real_kit().into_iter().find(|(known, _)| known == path);
    found.unwrap_or_else(|| panic!("{path} is not in the kit")).1
}
