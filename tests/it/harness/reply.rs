//! Responses with assertions about their headers and bodies.

use super::Page;

/// A response with its body.
pub(crate) struct Reply {
    pub(crate) uri: String,
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: actix_web::web::Bytes,
}

impl std::fmt::Debug for Reply {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(out, "{} for {}", self.status, self.uri)?;
        self.headers.iter().try_for_each(|(name, value)| writeln!(out, "{name}: {value}"))
    }
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// A header that must be there.
    #[track_caller]
    pub(crate) fn must(&self, name: &str) -> &str {
        self.header(name).unwrap_or_else(|| panic!("{name} is not in {self:?}"))
    }

    #[track_caller]
    pub(crate) fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{self:?}");
        self
    }

    #[track_caller]
    pub(crate) fn has(&self, name: &str, value: &str) -> &Self {
        assert_eq!(self.header(name), Some(value), "{name} in {self:?}");
        self
    }

    #[track_caller]
    pub(crate) fn lacks(&self, name: &str) -> &Self {
        assert_eq!(self.header(name), None, "{name} in {self:?}");
        self
    }

    #[track_caller]
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body)
            .unwrap_or_else(|_| panic!("the body of {self:?} is not text"))
    }

    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(self.text())
            .unwrap_or_else(|error| panic!("{error} in the JSON of {self:?}"))
    }

    #[track_caller]
    pub(crate) fn page(&self) -> Page {
        self.has("content-type", "text/html; charset=utf-8");
        Page::new(&self.uri, self.text())
    }

    /// Asserts the headers that every response must have.
    #[track_caller]
    pub(super) fn is_protected(&self) {
        let csp = self.must("content-security-policy");
        assert!(
            csp.starts_with("default-src 'none'") && csp.contains("frame-ancestors 'none'"),
            "{self:?}"
        );
        assert!(!csp.contains("unsafe"), "{self:?}");
        self.has("x-content-type-options", "nosniff");
        let media_type = self.header("content-type").unwrap_or_default();
        if media_type.starts_with("text/css") || media_type.starts_with("image/") {
            self.lacks("cross-origin-opener-policy").lacks("permissions-policy");
        } else if self.status != 304 {
            self.has("cross-origin-opener-policy", "same-origin").must("permissions-policy");
        }
        for name in ["referrer-policy", "cross-origin-resource-policy", "cache-control"] {
            self.must(name);
        }
        for name in ["server", "set-cookie", "x-powered-by"] {
            self.lacks(name);
        }
    }
}
