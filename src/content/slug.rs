//! Names that are part of addresses.

/// Whether a name can be part of an address unchanged: `[a-z0-9]+(-[a-z0-9]+)*`.
#[must_use]
pub fn is_slug(name: &str) -> bool {
    name.split('-').all(|part| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    })
}

/// The nearest name that can be part of an address.
#[must_use]
pub fn slug_from(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "untitled".to_owned() } else { slug.to_owned() }
}

/// Whether a name is a year in four digits.
pub(super) fn is_year(slug: &str) -> bool {
    slug.len() == 4 && slug.bytes().all(|byte| byte.is_ascii_digit())
}
