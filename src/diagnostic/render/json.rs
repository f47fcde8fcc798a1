//! A list of objects, one a diagnostic: part of the stable contract.

use serde::Serialize;

use super::{Audience, Diagnostic, Place};

/// One diagnostic as programs read it. Fields are added, never renamed or removed.
#[derive(Debug, Serialize)]
pub struct Entry<'d> {
    code: &'static str,
    severity: &'static str,
    #[serde(flatten)]
    place: Place,
    message: &'d str,
    /// `null` where there is nothing more to say.
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
    fn new(diagnostic: &'d Diagnostic, audience: &Audience<'_>) -> Self {
        let tongue = audience.tongue;
        Self {
            code: diagnostic.code.name(),
            severity: diagnostic.severity.name(),
            place: audience.place(&diagnostic.path, &diagnostic.span),
            message: diagnostic.message.get(tongue),
            help: diagnostic.help.as_ref().map(|help| help.get(tongue)),
            related: diagnostic
                .related
                .iter()
                .map(|related| RelatedEntry {
                    place: audience.place(&related.path, &related.span),
                    message: related.message.get(tongue),
                })
                .collect(),
        }
    }
}

/// Every diagnostic in one JSON list.
#[must_use]
pub fn json(diagnostics: &[Diagnostic], audience: &Audience<'_>) -> Vec<u8> {
    let entries: Vec<Entry<'_>> =
        diagnostics.iter().map(|found| Entry::new(found, audience)).collect();
    super::to_json(&entries)
}
