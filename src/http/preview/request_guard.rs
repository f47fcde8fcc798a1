//! Decides which requests a preview answers: drafts must not be read through another site's page.

use actix_web::http::header::{HOST, HeaderMap, HeaderName, ORIGIN};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

#[derive(Debug, Clone, Copy)]
pub(super) struct RequestGuard {
    pub(super) is_remote_allowed: bool,
}

impl RequestGuard {
    /// Whether a request names this machine. A site whose name is made to point here (DNS
    /// rebinding) would otherwise read the preview in an editor's browser.
    pub(super) fn is_allowed(self, headers: &HeaderMap) -> bool {
        let host = headers.get(HOST).and_then(|host| host.to_str().ok());
        self.is_remote_allowed || host.is_some_and(is_loopback_host)
    }

    /// Whether a request comes from a page of the preview itself.
    pub(super) fn is_same_origin(headers: &HeaderMap) -> bool {
        let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        if let Some(site) = text(SEC_FETCH_SITE) {
            return site == "same-origin";
        }
        match text(ORIGIN) {
            Some(origin) => origin.split_once("://").map(|(_, host)| host) == text(HOST),
            None => true,
        }
    }
}

fn is_loopback_host(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let address = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost")
        || address.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn only_names_of_this_machine_are_allowed() {
        let guard = RequestGuard { is_remote_allowed: false };
        for (host, expected) in [
            ("localhost", true),
            ("LOCALHOST:8080", true),
            ("127.0.0.1:8080", true),
            ("[::1]:8080", true),
            ("[::1]", true),
            ("127.0.0.1.lake.example", false),
            ("localhost.lake.example:8080", false),
            ("192.0.2.1", false),
            ("", false),
        ] {
            let request = TestRequest::default().insert_header((HOST, host)).to_http_request();
            assert_eq!(guard.is_allowed(request.headers()), expected, "{host}");
        }
        let request = TestRequest::default().to_http_request();
        assert!(!guard.is_allowed(request.headers()));
        assert!(RequestGuard { is_remote_allowed: true }.is_allowed(request.headers()));
    }

    #[test]
    fn clock_moves_only_from_the_preview_itself() {
        for (name, value, expected) in [
            (SEC_FETCH_SITE, "same-origin", true),
            (SEC_FETCH_SITE, "cross-site", false),
            (SEC_FETCH_SITE, "none", false),
            (ORIGIN, "http://127.0.0.1:8080", true),
            (ORIGIN, "https://lake.example", false),
            (ORIGIN, "null", false),
        ] {
            let request = TestRequest::default()
                .insert_header((HOST, "127.0.0.1:8080"))
                .insert_header((name, value))
                .to_http_request();
            assert_eq!(RequestGuard::is_same_origin(request.headers()), expected, "{value}");
        }
    }
}
