//! The security headers that every answer carries, 304, 308 and errors included.
//!
//! Enter at [`protect`]. The values are the same for every answer, but for who may read it: see [`CorsPolicy`].
//!
//! `Strict-Transport-Security` is not among them: the server speaks plain HTTP behind a proxy, and only the proxy
//! knows whether the site is reached by TLS (RFC 6797 §7.2 forbids the header on plain HTTP). There is no `Server`
//! header either; RFC 9110 §10.2.4 advises against needless detail.

use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, CONTENT_SECURITY_POLICY,
    CROSS_ORIGIN_OPENER_POLICY, CROSS_ORIGIN_RESOURCE_POLICY, HeaderMap, HeaderName, HeaderValue,
    PERMISSIONS_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};

/// Content Security Policy Level 3: the pages use style sheets, images and forms of this site and nothing else.
/// JSON-LD is data, not a script, and needs no permission (HTML, "prepare the script element").
const CSP: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
                   frame-ancestors 'none'";

/// Only features that Chromium knows without a flag: it reports the others on the console of every page.
const PERMISSIONS: &str = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), \
                           payment=(), usb=()";

/// Whose pages may read an answer by script (Fetch, "CORS protocol" and "Cross-Origin-Resource-Policy header").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CorsPolicy {
    /// Only this site's: pages, style sheets, images.
    SameOrigin,
    /// Any site's: open data and feeds, which are there to be used elsewhere, and redirects, which lead to them.
    AnyOrigin,
}

impl CorsPolicy {
    /// Who may read a resource of this media type.
    pub(crate) fn of(media_type: &str) -> Self {
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        let is_json = essence == "application/json" || essence.ends_with("+json");
        let is_data = is_json || matches!(essence, "application/atom+xml" | "text/csv");
        if is_data { Self::AnyOrigin } else { Self::SameOrigin }
    }
}

/// Adds the security headers of an answer.
pub(crate) fn protect(headers: &mut HeaderMap, readers: CorsPolicy) {
    let mut set = |name: HeaderName, value| headers.insert(name, HeaderValue::from_static(value));
    set(CONTENT_SECURITY_POLICY, CSP);
    set(X_CONTENT_TYPE_OPTIONS, "nosniff");
    // CorsPolicy of a government's site should not be announced to the sites that it links to.
    set(REFERRER_POLICY, "same-origin");
    set(PERMISSIONS_POLICY, PERMISSIONS);
    set(CROSS_ORIGIN_OPENER_POLICY, "same-origin");
    match readers {
        CorsPolicy::SameOrigin => {
            set(CROSS_ORIGIN_RESOURCE_POLICY, "same-origin");
        }
        CorsPolicy::AnyOrigin => {
            set(CROSS_ORIGIN_RESOURCE_POLICY, "cross-origin");
            set(ACCESS_CONTROL_ALLOW_ORIGIN, "*");
            // Without this a script could not repeat the entity tag.
            set(ACCESS_CONTROL_EXPOSE_HEADERS, "ETag");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_and_feeds_are_for_any_site_and_pages_for_this_one() {
        let open =
            ["application/json", "application/feed+json; charset=utf-8", "application/ld+json"];
        for media_type in open
            .into_iter()
            .chain(["application/atom+xml; charset=utf-8", "text/csv; charset=utf-8"])
        {
            assert_eq!(CorsPolicy::of(media_type), CorsPolicy::AnyOrigin, "{media_type}");
        }
        for media_type in [
            "text/html; charset=utf-8",
            "text/css",
            "image/svg+xml",
            "application/xml",
            "text/plain",
            "",
        ] {
            assert_eq!(CorsPolicy::of(media_type), CorsPolicy::SameOrigin, "{media_type}");
        }
    }

    #[test]
    fn the_policies_name_only_what_pages_use() {
        let mut headers = HeaderMap::new();
        protect(&mut headers, CorsPolicy::SameOrigin);
        let value =
            |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        assert!(value(CONTENT_SECURITY_POLICY).starts_with("default-src 'none'; "));
        assert!(!value(CONTENT_SECURITY_POLICY).contains("unsafe"));
        assert!(!value(CONTENT_SECURITY_POLICY).contains("  "), "the line was not joined");
        assert!(value(PERMISSIONS_POLICY).split(", ").all(|feature| feature.ends_with("=()")));
        assert!(!headers.contains_key(ACCESS_CONTROL_ALLOW_ORIGIN));
    }
}
