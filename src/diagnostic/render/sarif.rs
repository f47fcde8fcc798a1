//! Diagnostics in SARIF 2.1.0, the exchange format of analysis tools
//! (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>).

use serde::Serialize;

use super::{Code, Diagnostic, MessageLanguage, Place, RenderOptions, Severity};
use crate::diagnostic::explain::{Explanation, render_explanation};

#[derive(Serialize)]
struct Log<'d> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'d>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'d> {
    tool: Tool,
    /// The unit of columns: characters.
    column_kind: &'static str,
    results: Vec<Outcome<'d>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    short_description: Option<Message>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Help>,
}

impl Rule {
    /// Creates the rule with its explanation.
    fn new(code: Code, language: MessageLanguage) -> Self {
        let explanation = Explanation::of(code);
        let first =
            explanation.as_ref().and_then(|found| found.text(language).trim().lines().next());
        let help = explanation.as_ref().zip(render_explanation(code, language)).map(
            |(found, markdown)| Help { text: found.text(language).trim().to_owned(), markdown },
        );
        Self {
            id: code.name(),
            short_description: first.map(|text| Message { text: text.to_owned() }),
            help,
        }
    }
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'d> {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Location<'d>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'d>>,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'d> {
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<LocationMessage<'d>>,
}

#[derive(Serialize)]
struct LocationMessage<'d> {
    text: &'d str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

/// Renders diagnostics as one SARIF log.
#[must_use]
pub fn sarif(diagnostics: &[Diagnostic], options: &RenderOptions<'_>) -> Vec<u8> {
    let mut used: Vec<Code> = diagnostics.iter().map(|found| found.code).collect();
    used.sort_unstable();
    used.dedup();
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "gazette",
                    version: env!("CARGO_PKG_VERSION"),
                    rules: used.iter().map(|code| Rule::new(*code, options.language)).collect(),
                },
            },
            column_kind: "unicodeCodePoints",
            results: diagnostics.iter().map(|found| outcome(found, &used, options)).collect(),
        }],
    };
    super::to_json(&log)
}

fn outcome<'d>(found: &'d Diagnostic, used: &[Code], options: &RenderOptions<'_>) -> Outcome<'d> {
    let mut text = found.message.get(options.language).to_owned();
    if let Some(help) = &found.help {
        text.push('\n');
        text.push_str(help.get(options.language));
    }
    let related = found.related.iter().map(|related| {
        let place = options.place(&related.path, &related.span);
        location(&place, Some(related.message.get(options.language)))
    });
    Outcome {
        rule_id: found.code.name(),
        rule_index: used.binary_search(&found.code).unwrap_or_default(),
        level: match found.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        },
        message: Message { text },
        locations: [location(&options.place(&found.path, &found.span), None)],
        related_locations: related.collect(),
    }
}

fn location<'d>(place: &Place, message: Option<&'d str>) -> Location<'d> {
    Location {
        physical_location: PhysicalLocation {
            artifact_location: ArtifactLocation { uri: uri(&place.path) },
            region: Region {
                start_line: place.line,
                start_column: place.column,
                end_line: place.end_line,
                end_column: place.end_column,
            },
        },
        message: message.map(|text| LocationMessage { text }),
    }
}

/// Encodes a path as a URI reference.
fn uri(path: &str) -> String {
    const KEPT: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~')
        .remove(b'/');
    percent_encoding::utf8_percent_encode(path, KEPT).to_string()
}
