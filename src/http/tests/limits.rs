//! The table of limits for operators has the values of the program.

use crate::http::lane::Deadlines;
use crate::http::path::MAX_PATH_BYTES;
use crate::http::search::{MAX_WAITING, QUEUE_TIMEOUT};
use crate::http::server::MAX_CONNECTIONS;
use crate::source::{MAX_FILE_BYTES, MAX_TEXT_BYTES};

const MANUAL: &str = include_str!("../../../docs/operating.md");

/// The limit in the row that begins with these words.
#[track_caller]
fn documented(row: &str) -> &'static str {
    let line = MANUAL.lines().find(|line| line.starts_with(&format!("| {row}")));
    let cell = line.and_then(|line| line.split('|').nth(2));
    cell.unwrap_or_else(|| panic!("no row begins with {row}")).trim()
}

fn thousands(number: usize) -> String {
    format!("{},{:03}", number / 1_000, number % 1_000)
}

#[test]
fn limits_in_manual_are_those_of_program() {
    let deadlines = Deadlines::default();
    let (text, file) = (MAX_TEXT_BYTES >> 20, MAX_FILE_BYTES >> 20);
    let wait = QUEUE_TIMEOUT.as_secs();
    for (row, limit) in [
        ("one Markdown file; one other file", format!("{text} MiB; {file} MiB")),
        ("open connections", format!("{} in all", thousands(MAX_CONNECTIONS as usize))),
        ("the path of a request", format!("{} bytes", thousands(MAX_PATH_BYTES))),
        ("the time of a request head", format!("{} s", deadlines.head)),
        ("a connection without a request", format!("{} s", deadlines.idle)),
        ("a client that takes nothing", format!("{} s", deadlines.write)),
        ("searches at once", format!("{MAX_WAITING} wait, each for {wait} s")),
    ] {
        assert!(documented(row).contains(&limit), "{row}: {limit} is not in {}", documented(row));
    }
}
