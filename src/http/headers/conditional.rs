//! Conditional requests (RFC 9110 §13).
//!
//! Conditions are evaluated in the order of §13.2.2, and only if the response would be 200 without
//! them (§13.2.1). Responses have no `Last-Modified`, because statuses change by time alone and
//! texts without a new date; so conditions on dates are ignored (§13.1.3, §13.1.4).

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue, IF_MATCH, IF_NONE_MATCH};

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
}

impl<'h> Conditions<'h> {
    /// Collects the conditions of a request.
    pub(crate) fn from_headers(headers: &'h HeaderMap) -> Self {
        Self { matches: lines(headers, IF_MATCH), none_match: lines(headers, IF_NONE_MATCH) }
    }

    /// Evaluates the conditions against the entity tag of the selected representation, quotes
    /// included.
    pub(crate) fn evaluate(&self, etag: &str) -> Precondition {
        if !self.precondition_passes(etag.as_bytes()) {
            Precondition::Failed
        } else if has_current(&self.none_match, etag) {
            Precondition::NotModified
        } else {
            Precondition::Proceed
        }
    }

    /// `If-Match`, with the strong comparison.
    fn precondition_passes(&self, etag: &[u8]) -> bool {
        self.matches.is_empty() || has_match(&self.matches, |tag| !is_weak(tag) && tag == etag)
    }
}

/// Whether the lines of an `If-None-Match` name the current representation by its entity tag, with
/// the weak comparison.
pub(crate) fn has_current(none_match: &[&[u8]], etag: &str) -> bool {
    // Browsers send the tag alone, which needs no list.
    none_match == [etag.as_bytes()]
        || has_match(none_match, |tag| opaque_tag(tag) == opaque_tag(etag.as_bytes()))
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

#[cfg(test)]
mod tests {
    use Precondition::{Failed, NotModified, Proceed};
    use proptest::prelude::*;

    use super::*;

    const ETAG: &str = "\"abc-br\"";

    /// Evaluates headers against a representation with [`ETAG`].
    fn evaluate(headers: &[(&str, &'static str)]) -> Precondition {
        let mut conditions = Conditions::default();
        for (name, value) in headers {
            let lines = match *name {
                "if-match" => &mut conditions.matches,
                "if-none-match" => &mut conditions.none_match,
                other => panic!("{other} is not a condition"),
            };
            lines.push(value.as_bytes());
        }
        conditions.evaluate(ETAG)
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
            // If-Match: strong comparison, before everything else
            (&[("if-match", "\"abc-br\"")], Proceed),
            (&[("if-match", "\"x\", \"abc-br\"")], Proceed),
            (&[("if-match", "*")], Proceed),
            (&[("if-match", "W/\"abc-br\"")], Failed),
            (&[("if-match", "\"x\"")], Failed),
            (&[("if-match", "\"abc-br\""), ("if-none-match", "\"abc-br\"")], NotModified),
            (&[("if-match", "\"x\""), ("if-none-match", "\"abc-br\"")], Failed),
        ];
        for (headers, expected) in table {
            assert_eq!(evaluate(headers), *expected, "{headers:?}");
        }
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
    }
}
