//! Range requests (RFC 9110 §14): a part of an uncompressed representation.
//!
//! A single range of bytes is served. Several ranges, other units and malformed values are ignored,
//! as §14.2 allows, and the client gets the whole representation.

use actix_web::http::header::{HeaderMap, HeaderValue, IF_RANGE, RANGE};

/// The outcome of a request's `Range`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RangeOutcome {
    /// 200: everything.
    Whole,
    /// 206: the bytes from `start` to before `end`; never empty.
    Part { start: usize, end: usize },
    /// 416: the range begins at or after the end.
    Unsatisfiable,
}

/// Evaluates `Range` and `If-Range` for a representation with this strong entity tag, quotes
/// included, and this length in bytes.
pub(crate) fn evaluate(headers: &HeaderMap, etag: &str, length: usize) -> RangeOutcome {
    let mut lines = headers.get_all(RANGE).map(HeaderValue::as_bytes);
    let (Some(line), None) = (lines.next(), lines.next()) else { return RangeOutcome::Whole };
    if !if_range_passes(headers, etag) {
        return RangeOutcome::Whole;
    }
    match std::str::from_utf8(line).ok().and_then(parse_single_range) {
        None => RangeOutcome::Whole,
        Some(range) => range.resolve(length),
    }
}

/// Whether `If-Range` is absent or names the current representation (§13.1.5). A date never does,
/// because responses have no `Last-Modified`.
fn if_range_passes(headers: &HeaderMap, etag: &str) -> bool {
    let mut lines = headers.get_all(IF_RANGE);
    match (lines.next(), lines.next()) {
        (None, _) => true,
        (Some(line), None) => line.as_bytes().trim_ascii() == etag.as_bytes(),
        _ => false,
    }
}

/// A range as a client writes it, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RangeSpec {
    /// `first-last`; without a last position, to the end.
    From { first: u64, last: Option<u64> },
    /// `-length`: the last bytes.
    Suffix(u64),
}

impl RangeSpec {
    fn resolve(self, length: usize) -> RangeOutcome {
        let (start, end) = match self {
            Self::From { first, last } => {
                let end = last.map_or(length, |last| to_index(last).saturating_add(1).min(length));
                (to_index(first), end)
            }
            Self::Suffix(count) => (length.saturating_sub(to_index(count)), length),
        };
        if start < end { RangeOutcome::Part { start, end } } else { RangeOutcome::Unsatisfiable }
    }
}

/// Parses `bytes=` with one range; `None` for other units, several ranges and malformed values.
fn parse_single_range(value: &str) -> Option<RangeSpec> {
    let (unit, set) = value.split_once('=')?;
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return None;
    }
    // A list may have empty members (§5.6.1).
    let mut ranges = set.split(',').map(str::trim).filter(|range| !range.is_empty());
    let (Some(range), None) = (ranges.next(), ranges.next()) else { return None };
    let (first, last) = range.split_once('-')?;
    match (first, last) {
        ("", count) => Some(RangeSpec::Suffix(parse_position(count)?)),
        (first, "") => Some(RangeSpec::From { first: parse_position(first)?, last: None }),
        (first, last) => {
            let (first, last) = (parse_position(first)?, parse_position(last)?);
            (first <= last).then_some(RangeSpec::From { first, last: Some(last) })
        }
    }
}

/// Parses digits; a position beyond 64 bits is beyond the end of every file.
fn parse_position(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u64::MAX))
}

fn to_index(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use RangeOutcome::{Part, Unsatisfiable, Whole};
    use proptest::prelude::*;

    use super::*;

    const ETAG: &str = "\"abc\"";

    fn evaluate_line(range: &str, if_range: Option<&str>, length: usize) -> RangeOutcome {
        let mut headers = HeaderMap::new();
        headers.insert(RANGE, HeaderValue::from_str(range).expect("a header value"));
        if let Some(value) = if_range {
            headers.insert(IF_RANGE, HeaderValue::from_str(value).expect("a header value"));
        }
        evaluate(&headers, ETAG, length)
    }

    #[test]
    fn single_ranges_select_bytes() {
        let table = [
            ("bytes=0-0", Part { start: 0, end: 1 }),
            ("bytes=0-", Part { start: 0, end: 10 }),
            ("bytes=3-5", Part { start: 3, end: 6 }),
            ("bytes=3-99", Part { start: 3, end: 10 }),
            ("bytes=-4", Part { start: 6, end: 10 }),
            ("bytes=-99", Part { start: 0, end: 10 }),
            ("BYTES = 1-2", Part { start: 1, end: 3 }),
            ("bytes=,1-2,", Part { start: 1, end: 3 }),
            ("bytes=9-99999999999999999999999", Part { start: 9, end: 10 }),
            ("bytes=10-", Unsatisfiable),
            ("bytes=99-100", Unsatisfiable),
            ("bytes=-0", Unsatisfiable),
        ];
        for (range, expected) in table {
            assert_eq!(evaluate_line(range, None, 10), expected, "{range}");
        }
        assert_eq!(evaluate_line("bytes=0-", None, 0), Unsatisfiable);
    }

    #[test]
    fn other_ranges_are_ignored() {
        for range in [
            "bytes=0-1,3-4",
            "bytes=5-3",
            "bytes=a-b",
            "bytes=--1",
            "bytes=-",
            "bytes= 1 - 2",
            "bytes",
            "lines=0-1",
            "",
        ] {
            assert_eq!(evaluate_line(range, None, 10), Whole, "{range}");
        }
    }

    #[test]
    fn if_range_requires_current_strong_tag() {
        let part = Part { start: 0, end: 1 };
        for (value, expected) in [
            ("\"abc\"", part),
            ("\"other\"", Whole),
            ("W/\"abc\"", Whole),
            ("Thu, 05 May 2022 02:00:00 GMT", Whole),
        ] {
            assert_eq!(evaluate_line("bytes=0-0", Some(value), 10), expected, "{value}");
        }
    }

    proptest! {
        #[test]
        fn any_value_selects_bytes_within_length(value in "[ -~]{0,30}", length in 0..40_usize) {
            if let Part { start, end } = evaluate_line(&value, None, length) {
                prop_assert!(start < end && end <= length);
            }
        }
    }
}
