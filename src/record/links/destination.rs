//! Parts of link destinations: schemes, paths and names.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;

/// Normalizes a text to Unicode's composed form (NFC).
pub(super) fn compose(text: &str) -> Cow<'_, str> {
    ComposingNormalizerBorrowed::new_nfc().normalize(text)
}

/// Whether two texts look the same, and only accents are characters of their own in one of them.
pub(in crate::record) fn is_same_composed(a: &str, b: &str) -> bool {
    a != b && compose(a) == compose(b)
}

/// Returns the file name of a path that only one computer has.
pub(super) fn name_on_computer(destination: &str) -> Option<String> {
    let path = decode(destination);
    let has_drive = path.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)
        && path.get(1..2) == Some(":")
        && matches!(path.get(2..3), Some("/" | "\\"));
    let has_scheme = path.get(..5).is_some_and(|head| head.eq_ignore_ascii_case("file:"));
    let is_own = has_drive || has_scheme || path.starts_with('\\');
    is_own.then(|| path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned())
}

/// Returns `mailto:a@b.example` for a mailbox without its scheme.
pub(super) fn mailbox_meant(destination: &str) -> Option<String> {
    let mailbox = destination.trim().replace('＠', "@");
    let (name, host) = mailbox.split_once('@')?;
    let is_mailbox = !name.is_empty()
        && host.split('.').count() > 1
        && host.split('.').all(|label| !label.is_empty())
        && !mailbox.contains(|c: char| c.is_whitespace() || "/\\:".contains(c));
    is_mailbox.then(|| format!("mailto:{mailbox}"))
}

/// Returns `tel:0451-12345678` for a telephone number without its scheme.
pub(super) fn telephone_meant(destination: &str) -> Option<String> {
    let digits = destination.bytes().filter(u8::is_ascii_digit).count();
    let is_number = (7..16).contains(&digits)
        && destination.bytes().all(|c| c.is_ascii_digit() || b"+-".contains(&c));
    is_number.then(|| format!("tel:{destination}"))
}

/// Returns an address whose signs are those of Chinese, or whose colon is missing, as it was meant:
/// `http：//a.example`, `“https://a.example”`, `tel：110`, `https//a.example`.
pub(super) fn address_meant(destination: &str) -> Option<String> {
    let written = decode(destination);
    let written =
        written.trim_matches(['“', '”', '"', '‘', '’', '\'', '「', '」', '《', '》', ' ']);
    let address = written.replacen('：', ":", 1).replace('／', "/").replace('。', ".");
    let (name, rest) = address.split_once(['/', ':'])?;
    let is_web = matches!(name, "http" | "https");
    let address = if is_web && rest.starts_with('/') {
        format!("{name}://{}", rest.trim_start_matches('/'))
    } else if address.starts_with("tel:") || address.starts_with("mailto:") {
        address.clone()
    } else {
        return None;
    };
    let is_plain = !address.contains(|c: char| c.is_whitespace() || "，；（）".contains(c));
    is_plain.then_some(address)
}

/// Returns the name by which an editor knows a file: its own, or its folder's for `index.md` and
/// `_index.md`.
pub(super) fn page_name(path: &str) -> &str {
    let folder = path.strip_suffix("/index.md").or_else(|| path.strip_suffix("/_index.md"));
    let name = folder.unwrap_or(path).rsplit('/').next().unwrap_or_default();
    name.strip_suffix(".md").unwrap_or(name)
}

/// Returns the scheme, such as `mailto` of `mailto:a@b`; none for a relative path.
pub(super) fn scheme(destination: &str) -> Option<&str> {
    let (scheme, _) = destination.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c));
    is_scheme.then_some(scheme)
}

pub(super) fn decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Joins a relative path to a folder, inside the content folder; none if it leads out.
pub(super) fn join_path(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// Returns a path relative to a folder.
pub(super) fn relative_path(folder: &str, path: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = path.split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = "../".repeat(from.len() - shared);
    format!("{up}{}", to[shared..].join("/"))
}

/// Splits a path of the site, such as `/a/b/`, into its parent and its last part.
pub(super) fn split_path(path: &str) -> Option<(&str, &str)> {
    path.strip_suffix('/').unwrap_or(path).rsplit_once('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_inside_the_folder_only() {
        assert_eq!(join_path("a/b", "../c.md").as_deref(), Some("a/c.md"));
        assert_eq!(join_path("a", "./c.md").as_deref(), Some("a/c.md"));
        assert_eq!(join_path("a", "../../c.md"), None);
        assert_eq!(relative_path("bulletins", "goals/x/y.md"), "../goals/x/y.md");
        assert_eq!(relative_path("goals/x", "goals/x/y.md"), "y.md");
    }

    #[test]
    fn colon_makes_scheme_only_after_letters() {
        assert_eq!(scheme("mailto:a@b"), Some("mailto"));
        assert_eq!(scheme("javascript:alert(1)"), Some("javascript"));
        assert_eq!(scheme("12:30.md"), None);
        assert_eq!(scheme("a.md"), None);
    }

    #[test]
    fn path_on_a_computer_is_recognised() {
        for (written, name) in [
            (r"C:\Users\li\map.png", Some("map.png")),
            ("C:/map.png", Some("map.png")),
            ("file:///C:/a/map.png", Some("map.png")),
            (r"\server\share\map.png", Some("map.png")),
            (r"C:%5Cmap.png", Some("map.png")),
            (r"images\map.png", None),
            ("c:map", None),
            ("é:/x", None),
        ] {
            assert_eq!(name_on_computer(written).as_deref(), name, "{written}");
        }
    }

    #[test]
    fn address_with_chinese_signs_is_recognised() {
        for (written, meant) in [
            ("http：//a.example/b", Some("http://a.example/b")),
            ("https：／／a.example", Some("https://a.example")),
            ("“https://a.example”", Some("https://a.example")),
            ("https//a.example", Some("https://a.example")),
            ("tel：0451-1234567", Some("tel:0451-1234567")),
            ("tel/plan.md", None),
            ("plan.md", None),
            ("http.md", None),
        ] {
            assert_eq!(address_meant(written).as_deref(), meant, "{written}");
        }
    }

    #[test]
    fn telephone_without_scheme_is_recognised() {
        for (written, meant) in [
            ("0451-84664000", Some("tel:0451-84664000")),
            ("+86-451-84664000", Some("tel:+86-451-84664000")),
            ("2022-05", None),
            ("2022-05-05.md", None),
        ] {
            assert_eq!(telephone_meant(written).as_deref(), meant, "{written}");
        }
    }

    #[test]
    fn mailbox_without_scheme_is_recognised() {
        for (written, meant) in [
            ("office@city.example", Some("mailto:office@city.example")),
            ("office＠city.example", Some("mailto:office@city.example")),
            ("office@city", None),
            ("a/b@c.md", None),
            ("@c.md", None),
        ] {
            assert_eq!(mailbox_meant(written).as_deref(), meant, "{written}");
        }
    }
}
