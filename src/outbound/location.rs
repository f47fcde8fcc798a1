//! Where a redirect leads (RFC 9110, section 10.2.2).

use std::fmt::Write as _;

use url::Url;

/// The address that a `Location` means, seen from the address that answered with it; without a fragment, which is never
/// sent.
pub(super) fn joined(from: &Url, location: &[u8]) -> Option<Url> {
    let mut to = from.join(written(location).trim()).ok()?;
    to.set_fragment(None);
    Some(to)
}

/// A `Location` as text. Some servers send bytes of their own encoding; as percent-encoded bytes they come back to them
/// as they were.
fn written(location: &[u8]) -> String {
    let mut text = String::with_capacity(location.len());
    for byte in location {
        if byte.is_ascii() {
            text.push(char::from(*byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_location_is_read_from_where_it_was_sent() {
        let from = Url::parse("https://a.example/b/c?d").unwrap();
        for (location, to) in [
            ("https://z.example/", "https://z.example/"),
            ("//z.example/y", "https://z.example/y"),
            ("/x", "https://a.example/x"),
            ("x", "https://a.example/b/x"),
            ("../x", "https://a.example/x"),
            ("?q", "https://a.example/b/c?q"),
            (" /x ", "https://a.example/x"),
            ("", "https://a.example/b/c?d"),
            ("/x#part", "https://a.example/x"),
            ("/新闻", "https://a.example/%E6%96%B0%E9%97%BB"),
            ("mailto:a@b.example", "mailto:a@b.example"),
        ] {
            assert_eq!(joined(&from, location.as_bytes()).unwrap().as_str(), to, "{location}");
        }
        // GB 18030, as old servers send it.
        assert_eq!(joined(&from, b"/\xd0\xc2").unwrap().as_str(), "https://a.example/%D0%C2");
        assert_eq!(joined(&from, b"https://"), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_an_address_or_none(location: Vec<u8>) {
            let from = Url::parse("https://a.example/b").unwrap();
            if let Some(to) = joined(&from, &location) {
                prop_assert!(to.as_str().is_ascii());
                prop_assert_eq!(to.fragment(), None);
            }
        }
    }
}
