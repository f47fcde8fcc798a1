//! Access to the texts by date: the list of them for programs, and the links between them
//! (RFC 7089).

use std::fmt::Write as _;

use bytes::Bytes;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;

use super::TextHistory;
use crate::pages::assets::encoded;
use crate::pages::output::{Memento, Output};

const LINK_FORMAT: &str = "application/link-format";

/// The name of the list of texts for programs, below that for readers.
pub(super) const TIME_MAP: &str = "timemap.link";

/// Renders the list of the earlier texts.
pub(super) fn render(history: &TextHistory<'_, '_>) -> Output {
    let original = url(history, &history.path);
    // One link with both relations is as right, but not all programs read it.
    let mut text = format!("<{original}>; rel=\"original\",\n<{original}>; rel=\"timegate\",\n");
    let own = time_map_url(history);
    let _ = write!(text, "<{own}>; rel=\"self\"; type=\"{LINK_FORMAT}\"");
    let last = history.versions.len() - 1;
    for (index, (version, _)) in history.versions.iter().enumerate() {
        let rel = match (index == 0, index == last) {
            (true, true) => "first last memento",
            (true, false) => "first memento",
            (false, true) => "last memento",
            (false, false) => "memento",
        };
        let address = url(history, &history.version_path(index));
        let from = http_date(version.from.instant);
        let _ = write!(text, ",\n<{address}>; rel=\"{rel}\"; datetime=\"{from}\"");
    }
    text.push('\n');
    let path = format!("{}{TIME_MAP}", history.list_path());
    Output::file(path, LINK_FORMAT, None, Bytes::from(text))
}

/// The part of the bulletin's own page in access by date.
pub(super) fn original(history: &TextHistory<'_, '_>) -> Memento {
    let bulletin = history.bulletin;
    let versions = (0..history.versions.len())
        .map(|index| (history.versions[index].0.from.instant, history.version_path(index)));
    Memento::Original {
        link: links(history),
        versions: versions.collect(),
        present_from: bulletin.updated().unwrap_or(bulletin.published()).instant,
    }
}

/// The part of an earlier text.
pub(super) fn version(history: &TextHistory<'_, '_>, index: usize) -> Memento {
    Memento::Version {
        link: links(history),
        datetime: http_date(history.versions[index].0.from.instant),
    }
}

fn links(history: &TextHistory<'_, '_>) -> String {
    let (original, time_map) = (url(history, &history.path), time_map_url(history));
    format!(
        "<{original}>; rel=\"original timegate\", \
         <{time_map}>; rel=\"timemap\"; type=\"{LINK_FORMAT}\""
    )
}

fn time_map_url(history: &TextHistory<'_, '_>) -> String {
    url(history, &format!("{}{TIME_MAP}", history.list_path()))
}

fn url(history: &TextHistory<'_, '_>, path: &str) -> String {
    history.context.absolute(&encoded(path))
}

/// A date as HTTP writes it (RFC 9110 §5.6.7).
fn http_date(instant: Timestamp) -> String {
    DateTimePrinter::new().timestamp_to_rfc9110_string(&instant).unwrap_or_default()
}
