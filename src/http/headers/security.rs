//! The security headers of every response, including 304, 308 and errors.
//!
//! `Strict-Transport-Security` is left to the proxy: this server speaks plain HTTP, on which RFC
//! 6797 §7.2 forbids it. `Server` is not sent: RFC 9110 §10.2.4 advises against needless detail.

use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, CONTENT_SECURITY_POLICY,
    CROSS_ORIGIN_OPENER_POLICY, CROSS_ORIGIN_RESOURCE_POLICY, HeaderMap, HeaderName, HeaderValue,
    PERMISSIONS_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};

/// The `Content-Security-Policy` (CSP Level 3): pages use only style sheets, images and forms of
/// this site. JSON-LD is data, not a script, and needs no permission (HTML, "prepare the script
/// element"). No page connects to anything, but Lighthouse reads `robots.txt` from inside the page.
const CSP: &str = "default-src 'none'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                   form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The `Permissions-Policy`, with only the features that Chromium knows without a flag: it reports
/// others on the console of every page.
const PERMISSIONS: &str = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), \
                           magnetometer=(), microphone=(), payment=(), usb=()";

/// Whose pages may read a response (Fetch, "CORS protocol" and "Cross-Origin-Resource-Policy
/// header").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CorsPolicy {
    /// Only those of this site: for pages, style sheets and images.
    SameOrigin,
    /// Those of any site: for open data and feeds, which are made for use elsewhere, and for
    /// redirects, which may lead to them.
    AnyOrigin,
}

impl CorsPolicy {
    pub(crate) fn of_media_type(media_type: &str) -> Self {
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        let is_json = essence == "application/json" || essence.ends_with("+json");
        let is_data =
            is_json || matches!(essence, "application/atom+xml" | "text/csv" | "text/calendar");
        if is_data { Self::AnyOrigin } else { Self::SameOrigin }
    }

    fn headers(self) -> &'static [Field] {
        match self {
            Self::SameOrigin => &SAME_ORIGIN,
            Self::AnyOrigin => &ANY_ORIGIN,
        }
    }
}

/// Sets the security headers of a response.
pub(crate) fn set_security_headers(headers: &mut HeaderMap, cors: CorsPolicy) {
    for (name, value) in COMMON.iter().chain(cors.headers()) {
        headers.insert(name.clone(), HeaderValue::from_static(value));
    }
}

/// Removes the headers that act on documents alone from the parts of a page, each of which carries
/// them for nothing in the first round trip: a style sheet or an image asks for no feature (W3C,
/// "Permissions Policy") and opens no window. As a document, an image has no script either: its
/// `Content-Security-Policy` stays.
pub(crate) fn remove_document_headers(headers: &mut HeaderMap, media_type: &str) {
    if media_type.starts_with("text/css") || media_type.starts_with("image/") {
        headers.remove(PERMISSIONS_POLICY);
        headers.remove(CROSS_ORIGIN_OPENER_POLICY);
    }
}

type Field = (HeaderName, &'static str);

static COMMON: [Field; 5] = [
    (CONTENT_SECURITY_POLICY, CSP),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // The sites to which a government's site links need not learn who read it.
    (REFERRER_POLICY, "same-origin"),
    (PERMISSIONS_POLICY, PERMISSIONS),
    (CROSS_ORIGIN_OPENER_POLICY, "same-origin"),
];

static SAME_ORIGIN: [Field; 1] = [(CROSS_ORIGIN_RESOURCE_POLICY, "same-origin")];

static ANY_ORIGIN: [Field; 3] = [
    (CROSS_ORIGIN_RESOURCE_POLICY, "cross-origin"),
    (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    // Otherwise a script cannot read the entity tag that it has to send back.
    (ACCESS_CONTROL_EXPOSE_HEADERS, "ETag"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_pages_lack_headers_of_documents() {
        let count = |media_type| {
            let mut headers = HeaderMap::new();
            set_security_headers(&mut headers, CorsPolicy::SameOrigin);
            remove_document_headers(&mut headers, media_type);
            assert!(headers.contains_key(CONTENT_SECURITY_POLICY));
            headers.len()
        };
        assert_eq!(count("text/html; charset=utf-8"), 6);
        assert_eq!(count("text/css; charset=utf-8"), 4);
        assert_eq!(count("image/svg+xml"), 4);
    }

    #[test]
    fn foreign_origins_read_only_data_and_feeds() {
        let open =
            ["application/json", "application/feed+json; charset=utf-8", "application/ld+json"];
        for media_type in open.into_iter().chain([
            "application/atom+xml; charset=utf-8",
            "text/calendar; charset=utf-8",
            "text/csv; charset=utf-8",
        ]) {
            assert_eq!(
                CorsPolicy::of_media_type(media_type),
                CorsPolicy::AnyOrigin,
                "{media_type}"
            );
        }
        for media_type in [
            "text/html; charset=utf-8",
            "text/css",
            "image/svg+xml",
            "application/xml",
            "text/plain",
            "",
        ] {
            assert_eq!(
                CorsPolicy::of_media_type(media_type),
                CorsPolicy::SameOrigin,
                "{media_type}"
            );
        }
    }

    #[test]
    fn policies_name_only_what_pages_use() {
        let mut headers = HeaderMap::new();
        set_security_headers(&mut headers, CorsPolicy::SameOrigin);
        let value =
            |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        assert!(value(CONTENT_SECURITY_POLICY).starts_with("default-src 'none'; "));
        assert!(!value(CONTENT_SECURITY_POLICY).contains("unsafe"));
        assert!(!value(CONTENT_SECURITY_POLICY).contains("  "), "the line was not joined");
        assert!(value(PERMISSIONS_POLICY).split(", ").all(|feature| feature.ends_with("=()")));
        assert!(!headers.contains_key(ACCESS_CONTROL_ALLOW_ORIGIN));
    }
}
