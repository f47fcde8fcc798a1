//! The canonical spelling of a path, so that each page has one URL (RFC 3986 §6.2.2, RFC 9110
//! §4.2.3).

use std::borrow::Cow;

use percent_encoding::{
    AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode,
};

/// The length limit of a path, in bytes as sent. Published paths are far shorter.
pub(crate) const MAX_PATH_BYTES: usize = 2_000;

/// All characters but `pchar` (RFC 3986 §3.3) and the slash.
const OUTSIDE_PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@')
    .remove(b'/');

/// Characters that would end a query or a header line, or that no URL may contain.
const OUTSIDE_QUERY: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>');

/// A request path and its canonical spelling. Paths are decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CanonicalPath<'p> {
    /// The path is spelled canonically.
    Canonical(Cow<'p, str>),
    /// The path has another spelling, which is the canonical one.
    Redirect(String),
    /// The path is malformed or too long.
    Invalid,
}

/// Finds the canonical spelling of a path as sent.
pub(crate) fn canonicalize(sent: &str) -> CanonicalPath<'_> {
    if is_plain(sent) {
        return CanonicalPath::Canonical(Cow::Borrowed(sent));
    }
    let Some(decoded) = decode(sent) else { return CanonicalPath::Invalid };
    match normalize_segments(&decoded) {
        Some(normalized) => CanonicalPath::Redirect(normalized),
        None if encoded(&decoded).eq(sent.bytes()) => CanonicalPath::Canonical(decoded),
        None => CanonicalPath::Redirect(decoded.into_owned()),
    }
}

/// Whether a path is canonical at first sight, as nearly all are: nothing to decode, and no segment
/// that may have to be removed.
fn is_plain(sent: &str) -> bool {
    let mut before = b'.';
    let is_plain = sent.bytes().all(|byte| {
        let is_plain = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'~' => true,
            b'/' | b'.' => before != b'/',
            _ => false,
        };
        before = byte;
        is_plain
    });
    is_plain
        && sent.starts_with('/')
        && sent.len() <= MAX_PATH_BYTES
        && !sent.ends_with("/index.html")
}

/// Decodes a path; `None` for broken escapes, invalid UTF-8 and control characters.
fn decode(sent: &str) -> Option<Cow<'_, str>> {
    if sent.len() > MAX_PATH_BYTES || !sent.starts_with('/') || has_broken_escape(sent.as_bytes()) {
        return None;
    }
    let decoded = percent_decode_str(sent).decode_utf8().ok()?;
    (!decoded.contains(char::is_control)).then_some(decoded)
}

fn has_broken_escape(sent: &[u8]) -> bool {
    sent.iter().enumerate().any(|(at, &byte)| {
        let digits = sent.get(at + 1..at + 3).unwrap_or_default();
        byte == b'%' && !(digits.len() == 2 && digits.iter().all(u8::is_ascii_hexdigit))
    })
}

fn encoded(path: &str) -> impl Iterator<Item = u8> {
    utf8_percent_encode(path, OUTSIDE_PATH).flat_map(str::bytes)
}

/// Removes empty, dot and `index.html` segments; `None` if there are none.
fn normalize_segments(path: &str) -> Option<String> {
    let segments = path.split('/').skip(1);
    let last = segments.clone().count().saturating_sub(1);
    let is_normal = segments.clone().enumerate().all(|(index, segment)| match segment {
        "" => index == last,
        "index.html" => index != last,
        _ => !matches!(segment, "." | ".."),
    });
    if is_normal {
        return None;
    }
    let mut kept = Vec::new();
    for segment in segments.clone() {
        match segment {
            "" | "." => {}
            ".." => drop(kept.pop()),
            name => kept.push(name),
        }
    }
    let mut ends_in_slash = matches!(segments.last(), Some("" | "." | ".."));
    if !ends_in_slash && kept.pop_if(|name| *name == "index.html").is_some() {
        ends_in_slash = true;
    }
    let mut canonical = String::with_capacity(path.len() + 1);
    for name in &kept {
        canonical.extend(["/", name]);
    }
    if ends_in_slash {
        canonical.push('/');
    }
    Some(canonical)
}

/// The value of a `Location` header: an absolute path of this site, never another host (RFC 9110
/// §10.2.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Location(String);

impl Location {
    /// The address of a decoded path, with the query with which the client came.
    ///
    /// A browser reads `//host` and `/\host` as another site; so all but one of the first slashes
    /// are dropped, and a backslash is always escaped.
    pub(crate) fn new(path: &str, query: Option<&str>) -> Self {
        let mut location = String::from("/");
        location.extend(utf8_percent_encode(path.trim_start_matches('/'), OUTSIDE_PATH));
        if let Some(query) = query {
            location.push('?');
            location.extend(utf8_percent_encode(query, OUTSIDE_QUERY));
        }
        Self(location)
    }

    /// The header's value, all visible ASCII.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_canonical_path_is_looked_up() {
        let table = [
            ("/", "/"),
            ("/goals/", "/goals/"),
            ("/goals", "/goals"),
            ("/a-b_c.d~e!$&'()*+,;=:@", "/a-b_c.d~e!$&'()*+,;=:@"),
            ("/%E5%93%88/", "/哈/"),
            ("/%2541", "/%41"),
            ("/a%3Fb", "/a?b"),
            ("/index.json", "/index.json"),
            ("/index.html/", "/index.html/"),
            ("/...", "/..."),
        ];
        for (sent, path) in table {
            assert_eq!(canonicalize(sent), CanonicalPath::Canonical(path.into()), "{sent}");
        }
    }

    #[test]
    fn other_spelling_redirects_to_canonical_path() {
        let table = [
            ("//", "/"),
            ("/goals//", "/goals/"),
            ("//evil.example", "/evil.example"),
            ("/%2Fevil.example", "/evil.example"),
            ("///evil.example/..", "/"),
            ("/%67oals/", "/goals/"),
            ("/%e5%93%88/", "/哈/"),
            ("/index.html", "/"),
            ("/goals/index.html", "/goals/"),
            ("/goals/index%2Ehtml", "/goals/"),
            ("/./goals", "/goals"),
            ("/zh/../goals/", "/goals/"),
            ("/zh/%2e%2E/goals/", "/goals/"),
            ("/../../goals/.", "/goals/"),
            ("/goals/..", "/"),
            ("/..", "/"),
            ("/a|b", "/a|b"),
            ("/\\evil.example", "/\\evil.example"),
        ];
        for (sent, path) in table {
            assert_eq!(canonicalize(sent), CanonicalPath::Redirect(path.into()), "{sent}");
        }
    }

    #[test]
    fn malformed_path_is_invalid() {
        let long = format!("/{}", "a".repeat(MAX_PATH_BYTES));
        for sent in [
            "", "*", "goals/", "/%", "/%a", "/%zz", "/%4", "/%+1", "/%ff", "/%00", "/%0a", "/%7F",
            "/%C2%85", &long,
        ] {
            assert_eq!(canonicalize(sent), CanonicalPath::Invalid, "{sent}");
        }
        assert_eq!(
            canonicalize(&long[..MAX_PATH_BYTES]),
            CanonicalPath::Canonical(long[..MAX_PATH_BYTES].into())
        );
    }

    #[test]
    fn location_stays_on_the_site() {
        let table = [
            ("/", None, "/"),
            ("", None, "/"),
            ("/zh/哈/", None, "/zh/%E5%93%88/"),
            ("//evil.example", None, "/evil.example"),
            ("/\\evil.example", None, "/%5Cevil.example"),
            ("\\\\evil.example", None, "/%5C%5Cevil.example"),
            ("https://evil.example/", None, "/https://evil.example/"),
            ("/a?b#c", Some("q=1&x=%2F"), "/a%3Fb%23c?q=1&x=%2F"),
            ("/a", Some(""), "/a?"),
            ("/a", Some("x=\r\nset-cookie: 1#é"), "/a?x=%0D%0Aset-cookie:%201%23%C3%A9"),
        ];
        for (path, query, expected) in table {
            assert_eq!(Location::new(path, query).as_str(), expected);
        }
    }

    fn canonical(sent: &str) -> Option<String> {
        match canonicalize(sent) {
            CanonicalPath::Canonical(path) => Some(path.into_owned()),
            CanonicalPath::Redirect(path) => Some(path),
            CanonicalPath::Invalid => None,
        }
    }

    proptest! {
        #[test]
        fn canonical_path_is_its_own_canonical_path(
            sent in "/([a/.]|%2[eEfF5]|%[0-9a-f]{2}|哈|\\\\|//|/\\.\\./|/index\\.html){0,12}",
        ) {
            if let Some(path) = canonical(&sent) {
                let location = Location::new(&path, None);
                let expected = CanonicalPath::Canonical(path.into());
                prop_assert_eq!(canonicalize(location.as_str()), expected, "{}", sent);
            }
        }

        #[test]
        fn plain_path_needs_no_change(sent in "/?([a-z./~_-]|index\\.html){0,12}") {
            if is_plain(&sent) {
                prop_assert_eq!(decode(&sent), Some(Cow::Borrowed(&*sent)));
                prop_assert_eq!(normalize_segments(&sent), None);
                prop_assert!(encoded(&sent).eq(sent.bytes()));
            }
        }

        #[test]
        fn any_text_is_accepted(sent in "\\PC{0,60}") {
            if let Some(path) = canonical(&sent) {
                prop_assert!(path.starts_with('/') && !path.starts_with("//"));
            }
        }

        #[test]
        fn any_location_is_an_absolute_ascii_path(
            path in "[/\\\\]{0,4}\\PC{0,30}",
            query in prop::option::of(any::<String>()),
        ) {
            let location = Location::new(&path, query.as_deref());
            let text = location.as_str();
            prop_assert!(text.starts_with('/'), "{text}");
            prop_assert!(!text.starts_with("//") && !text.starts_with("/\\"), "{text}");
            prop_assert!(text.bytes().all(|byte| byte.is_ascii_graphic()), "{text}");
        }
    }
}
