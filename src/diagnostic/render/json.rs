//! Diagnostics as a JSON list of objects. The format is part of the stable contract.

use serde::Serialize;

use super::{Diagnostic, Place, RenderOptions};

/// One diagnostic in JSON. Fields are added, never renamed or removed.
#[derive(Debug, Serialize)]
pub struct Entry<'d> {
    code: &'static str,
    severity: &'static str,
    #[serde(flatten)]
    place: Place,
    message: &'d str,
    /// `null` if the message says enough.
    help: Option<&'d str>,
    related: Vec<RelatedEntry<'d>>,
}

#[derive(Debug, Serialize)]
struct RelatedEntry<'d> {
    #[serde(flatten)]
    place: Place,
    message: &'d str,
}

impl<'d> Entry<'d> {
    fn new(diagnostic: &'d Diagnostic, options: &RenderOptions<'_>) -> Self {
        let language = options.language;
        Self {
            code: diagnostic.code.name(),
            severity: diagnostic.severity.name(),
            place: options.place(&diagnostic.path, &diagnostic.span),
            message: diagnostic.message.get(language),
            help: diagnostic.help.as_ref().map(|help| help.get(language)),
            related: diagnostic
                .related
                .iter()
                .map(|related| RelatedEntry {
                    place: options.place(&related.path, &related.span),
                    message: related.message.get(language),
                })
                .collect(),
        }
    }
}

/// Renders diagnostics as one JSON list.
#[must_use]
pub fn json(diagnostics: &[Diagnostic], options: &RenderOptions<'_>) -> Vec<u8> {
    let entries: Vec<Entry<'_>> =
        diagnostics.iter().map(|found| Entry::new(found, options)).collect();
    super::to_json(&entries)
}
