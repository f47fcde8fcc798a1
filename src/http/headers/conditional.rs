//! Conditional requests (RFC 9110 §13).
//!
//! Conditions are evaluated in the order of §13.2.2, and only if the response would be 200 without
//! them (§13.2.1). Ranges are not served, so `If-Range` is ignored (§13.1.5).

use std::time::{SystemTime, UNIX_EPOCH};

use actix_web::http::header::{
    HeaderMap, HeaderName, HeaderValue, HttpDate, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH,
    IF_UNMODIFIED_SINCE,
};
use jiff::Timestamp;

/// The outcome of a request's conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Precondition {
    /// Respond as if there were no conditions.
    Proceed,
    /// 304: the client has the current representation.
    NotModified,
    /// 412: the client requires a representation that is no longer current.
    Failed,
}

/// The conditions of a GET or HEAD request. Each field holds all lines of its header.
#[derive(Debug, Default, Clone)]
pub(crate) struct Conditions<'h> {
    matches: Vec<&'h [u8]>,
    none_match: Vec<&'h [u8]>,
    modified_since: Vec<&'h [u8]>,
    unmodified_since: Vec<&'h [u8]>,
}

impl<'h> Conditions<'h> {
    /// Collects the conditions of a request.
    pub(crate) fn from_headers(headers: &'h HeaderMap) -> Self {
        Self {
            matches: lines(headers, IF_MATCH),
            none_match: lines(headers, IF_NONE_MATCH),
            modified_since: lines(headers, IF_MODIFIED_SINCE),
            unmodified_since: lines(headers, IF_UNMODIFIED_SINCE),
        }
    }

    /// The conditions of a request that has no other than the lines of `If-None-Match`.
    pub(crate) fn from_none_match(none_match: Vec<&'h [u8]>) -> Self {
        Self { none_match, ..Self::default() }
    }

    /// Evaluates the conditions against the selected representation: its entity tag, quotes
    /// included, and the time of its last change.
    pub(crate) fn evaluate(&self, etag: &str, modified: Option<Timestamp>) -> Precondition {
        let modified = modified.map(Timestamp::as_second);
        if !self.precondition_passes(etag.as_bytes(), modified) {
            Precondition::Failed
        } else if self.is_fresh(etag.as_bytes(), modified) {
            Precondition::NotModified
        } else {
            Precondition::Proceed
        }
    }

    /// Steps 1 and 2: `If-Match` with the strong comparison or, without it, `If-Unmodified-Since`.
    fn precondition_passes(&self, etag: &[u8], modified: Option<i64>) -> bool {
        if self.matches.is_empty() {
            let date = parse_date(&self.unmodified_since);
            return !matches!((date, modified), (Some(date), Some(modified)) if modified > date);
        }
        has_match(&self.matches, |tag| !is_weak(tag) && tag == etag)
    }

    /// Steps 3 and 4: `If-None-Match` with the weak comparison or, without it, `If-Modified-Since`.
    fn is_fresh(&self, etag: &[u8], modified: Option<i64>) -> bool {
        if self.none_match.is_empty() {
            let date = parse_date(&self.modified_since);
            return matches!((date, modified), (Some(date), Some(modified)) if modified <= date);
        }
        has_match(&self.none_match, |tag| opaque_tag(tag) == opaque_tag(etag))
    }
}

fn lines(headers: &HeaderMap, name: HeaderName) -> Vec<&[u8]> {
    headers.get_all(name).map(HeaderValue::as_bytes).collect()
}

/// Whether a list names the current representation, by its tag or as `*`.
fn has_match(lines: &[&[u8]], is_current: impl Fn(&[u8]) -> bool) -> bool {
    lines.iter().any(|line| line.trim_ascii() == b"*" || EntityTags { rest: line }.any(&is_current))
}

fn is_weak(tag: &[u8]) -> bool {
    tag.starts_with(b"W/")
}

/// The opaque tag, without `W/`: all that the weak comparison of §8.8.3.2 compares.
fn opaque_tag(tag: &[u8]) -> &[u8] {
    tag.strip_prefix(b"W/").unwrap_or(tag)
}

/// The entity tags of one line, quotes included, in order (§8.8.3). Text that is no tag is skipped
/// up to the next comma; a tag without a closing quote ends the list.
#[derive(Debug, Clone)]
struct EntityTags<'h> {
    rest: &'h [u8],
}

impl<'h> Iterator for EntityTags<'h> {
    type Item = &'h [u8];

    fn next(&mut self) -> Option<&'h [u8]> {
        loop {
            self.rest = self.rest.trim_ascii_start();
            if self.rest.is_empty() {
                return None;
            }
            let tag = leading_tag(self.rest);
            let (tag_text, rest) = self.rest.split_at(tag.map_or(0, <[u8]>::len));
            let junk = rest.iter().position(|&byte| byte == b',').unwrap_or(rest.len());
            self.rest = rest.get(junk + 1..).unwrap_or_default();
            if tag.is_some() && rest[..junk].trim_ascii().is_empty() {
                return Some(tag_text);
            }
        }
    }
}

/// The entity tag at the start of a text.
fn leading_tag(text: &[u8]) -> Option<&[u8]> {
    let weak = text.len() - opaque_tag(text).len();
    let inside = opaque_tag(text).strip_prefix(b"\"")?;
    let length = inside.iter().position(|&byte| byte == b'"')?;
    // RFC 9110 §8.8.3: etagc = %x21 / %x23-7E / obs-text
    let is_valid = inside[..length].iter().all(|byte| matches!(byte, 0x21 | 0x23..=0x7e | 0x80..));
    is_valid.then(|| &text[..weak + length + 2])
}

/// Parses a date in any of the three formats of §5.6.7 into seconds since 1970; `None` for any
/// other value and for several, which make a condition void (§13.1.3, §13.1.4).
fn parse_date(lines: &[&[u8]]) -> Option<i64> {
    let [line] = lines else { return None };
    let date: HttpDate = std::str::from_utf8(line).ok()?.trim_ascii().parse().ok()?;
    let since = SystemTime::from(date).duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since.as_secs()).ok()
}

#[cfg(test)]
mod tests {
    use Precondition::{Failed, NotModified, Proceed};
    use proptest::prelude::*;

    use super::*;

    const BEFORE: &str = "Thu, 05 May 2022 01:59:59 GMT";
    const SAME: &str = "Thu, 05 May 2022 02:00:00 GMT";
    const AFTER: &str = "Thu, 05 May 2022 02:00:01 GMT";
    const ETAG: &str = "\"abc-br\"";

    /// Evaluates headers against a representation with [`ETAG`] that changed half a second after
    /// [`SAME`].
    fn evaluate(headers: &[(&str, &'static str)]) -> Precondition {
        let mut conditions = Conditions::default();
        for (name, value) in headers {
            let lines = match *name {
                "if-match" => &mut conditions.matches,
                "if-none-match" => &mut conditions.none_match,
                "if-modified-since" => &mut conditions.modified_since,
                "if-unmodified-since" => &mut conditions.unmodified_since,
                other => panic!("{other} is not a condition"),
            };
            lines.push(value.as_bytes());
        }
        conditions.evaluate(ETAG, Timestamp::from_millisecond(1_651_716_000_500).ok())
    }

    #[test]
    fn conditions_follow_the_order_of_the_rfc() {
        let table: &[(&[(&str, &str)], Precondition)] = &[
            (&[], Proceed),
            // If-None-Match: weak comparison, lists, several lines
            (&[("if-none-match", "\"abc-br\"")], NotModified),
            (&[("if-none-match", "W/\"abc-br\"")], NotModified),
            (&[("if-none-match", "\"abc\"")], Proceed),
            (&[("if-none-match", "abc-br")], Proceed),
            (&[("if-none-match", "*")], NotModified),
            (&[("if-none-match", " * ")], NotModified),
            (&[("if-none-match", "\"*\"")], Proceed),
            (&[("if-none-match", "\"a,b\", W/\"x\" ,\"abc-br\"")], NotModified),
            (&[("if-none-match", "\"x\""), ("if-none-match", "\"abc-br\"")], NotModified),
            (&[("if-none-match", "")], Proceed),
            // If-Modified-Since: only alone and only with one valid date
            (&[("if-modified-since", BEFORE)], Proceed),
            (&[("if-modified-since", SAME)], NotModified),
            (&[("if-modified-since", AFTER)], NotModified),
            (&[("if-modified-since", "Thursday, 05-May-22 02:00:00 GMT")], NotModified),
            (&[("if-modified-since", "Thu May  5 02:00:00 2022")], NotModified),
            (&[("if-modified-since", "2022-05-05")], Proceed),
            (&[("if-modified-since", "99999999999999")], Proceed),
            (&[("if-modified-since", SAME), ("if-modified-since", SAME)], Proceed),
            (&[("if-none-match", "\"x\""), ("if-modified-since", AFTER)], Proceed),
            (&[("if-none-match", "\"abc-br\""), ("if-modified-since", BEFORE)], NotModified),
            // If-Match: strong comparison, before everything else
            (&[("if-match", "\"abc-br\"")], Proceed),
            (&[("if-match", "\"x\", \"abc-br\"")], Proceed),
            (&[("if-match", "*")], Proceed),
            (&[("if-match", "W/\"abc-br\"")], Failed),
            (&[("if-match", "\"x\"")], Failed),
            (&[("if-match", "\"abc-br\""), ("if-none-match", "\"abc-br\"")], NotModified),
            (&[("if-match", "\"x\""), ("if-none-match", "\"abc-br\"")], Failed),
            (&[("if-match", "\"abc-br\""), ("if-unmodified-since", BEFORE)], Proceed),
            // If-Unmodified-Since
            (&[("if-unmodified-since", BEFORE)], Failed),
            (&[("if-unmodified-since", SAME)], Proceed),
            (&[("if-unmodified-since", "yesterday")], Proceed),
            (&[("if-unmodified-since", AFTER), ("if-modified-since", AFTER)], NotModified),
        ];
        for (headers, expected) in table {
            assert_eq!(evaluate(headers), *expected, "{headers:?}");
        }
    }

    #[test]
    fn resource_without_date_ignores_date_conditions() {
        let mut conditions =
            Conditions { modified_since: vec![AFTER.as_bytes()], ..Conditions::default() };
        assert_eq!(conditions.evaluate(ETAG, None), Proceed);
        conditions.unmodified_since = vec![BEFORE.as_bytes()];
        assert_eq!(conditions.evaluate(ETAG, None), Proceed);
    }

    fn tags(line: &[u8]) -> Vec<&[u8]> {
        EntityTags { rest: line }.collect()
    }

    #[test]
    fn tags_are_read_around_malformed_text() {
        let table: &[(&str, &[&str])] = &[
            ("\"a\"", &["\"a\""]),
            ("\"\"", &["\"\""]),
            (",, \"a\" ,,W/\"b\",", &["\"a\"", "W/\"b\""]),
            ("\"a,b\",\"c\"", &["\"a,b\"", "\"c\""]),
            ("junk, \"a\"", &["\"a\""]),
            ("\"a\" junk, \"b\"", &["\"b\""]),
            ("w/\"a\", \"b\"", &["\"b\""]),
            ("\"a b\", \"c\"", &["\"c\""]),
            ("\"never closed", &[]),
        ];
        for (line, expected) in table {
            let expected: Vec<_> = expected.iter().map(|tag| tag.as_bytes()).collect();
            assert_eq!(tags(line.as_bytes()), expected, "{line}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_yield_only_tags_of_the_line(
            line in prop::collection::vec(any::<u8>(), 0..80),
        ) {
            for tag in tags(&line) {
                let opaque = opaque_tag(tag);
                prop_assert!(opaque.starts_with(b"\"") && opaque.ends_with(b"\""));
                prop_assert!(opaque.len() >= 2);
                prop_assert!(line.windows(tag.len()).any(|part| part == tag));
            }
        }

        #[test]
        fn fragments_of_tags_do_not_panic(line in "[W/\", ab*]{0,40}") {
            let _ = tags(line.as_bytes());
        }

        #[test]
        fn valid_tags_are_read_in_order(
            written in prop::collection::vec("(W/)?\"[!#-~]{0,12}\"", 0..6),
            comma in prop::sample::select(vec![",", ", ", " ,\t", ", ,"]),
        ) {
            let line = written.join(comma);
            let expected: Vec<_> = written.iter().map(String::as_bytes).collect();
            prop_assert_eq!(tags(line.as_bytes()), expected);
        }

        #[test]
        fn any_text_is_a_date_or_none(text in "\\PC{0,40}") {
            let _ = parse_date(&[text.as_bytes()]);
        }
    }
}
