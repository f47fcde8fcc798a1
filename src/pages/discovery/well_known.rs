//! Files at well-known paths: `robots.txt`, `security.txt`.

use std::fmt::Write as _;

use bytes::Bytes;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::pages::context::Context;
use crate::pages::output::Output;

const TEXT: &str = "text/plain; charset=utf-8";

/// Number of months for which `security.txt` is valid, from the month in which it was made. RFC
/// 9116 §2.5.5 recommends less than a year.
const SECURITY_MONTHS: i32 = 6;

/// Renders `robots.txt` (RFC 9309). It allows everything except search results, of which there is
/// no end.
pub(crate) fn robots(context: &Context<'_>) -> Vec<Output> {
    let mut body = String::from("User-agent: *\nAllow: /\n");
    let prefix = context.record.content.site.path_prefix();
    for language in context.record.languages() {
        let _ = writeln!(body, "Disallow: {prefix}{}*?", context.search_path(language));
    }
    let _ = writeln!(body, "\nSitemap: {}", context.absolute("/sitemap.xml"));
    vec![Output::file("/robots.txt".to_owned(), TEXT, None, Bytes::from(body))]
}

/// Renders `security.txt` (RFC 9116), if the site names a security contact.
pub(crate) fn security(context: &Context<'_>) -> Option<Output> {
    let site = &context.record.content.site;
    let security = site.security.as_ref()?;
    let (expires, _) = security_expires(context.record.instant);
    let mut body = format!("Contact: {}\nExpires: {expires}\n", security.contact);
    let tags: Vec<&str> = site.languages.tags().collect();
    let _ = writeln!(body, "Preferred-Languages: {}", tags.join(", "));
    let path = "/.well-known/security.txt";
    let _ = writeln!(body, "Canonical: {}", context.absolute(path));
    if let Some(policy) = &security.policy {
        let _ = writeln!(body, "Policy: {policy}");
    }
    Some(Output::file(path.to_owned(), TEXT, None, Bytes::from(body)))
}

/// Returns the instants at which a `security.txt` made at `instant` expires and is renewed. It is
/// renewed at the start of the next month (UTC), so that every replica writes the same bytes and
/// none expires while the server runs.
#[must_use]
pub fn security_expires(instant: Timestamp) -> (Timestamp, Timestamp) {
    let month = TimeZone::UTC.to_datetime(instant).date().first_of_month();
    let after = |months: i32| {
        let date = month.checked_add(months.months()).ok();
        date.and_then(|date| TimeZone::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok())
            .unwrap_or(Timestamp::MAX)
    };
    (after(SECURITY_MONTHS), after(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn security_txt_is_renewed_long_before_it_lapses() {
        let (expires, renewed) = security_expires("2026-11-23T12:00:00Z".parse().unwrap());
        assert_eq!(expires.to_string(), "2027-05-01T00:00:00Z");
        assert_eq!(renewed.to_string(), "2026-12-01T00:00:00Z");
    }
}
