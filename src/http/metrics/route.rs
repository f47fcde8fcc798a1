//! The kind of a response, for counts and logs: raw paths are unbounded, and would reveal who reads
//! what.

use crate::edition::{CachePolicy, Resource};

/// The kind of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Route {
    Page,
    Feed,
    Data,
    /// A style sheet or script, whose name has the hash of its bytes.
    Asset,
    /// A file of the content folder.
    File,
    /// Text for programs, such as `robots.txt`.
    Text,
    Search,
    Redirect,
    Gone,
    /// No path of the site, or no request that it answers.
    Unknown,
    Health,
}

impl Route {
    pub(crate) const ALL: [Self; 11] = [
        Self::Page,
        Self::Feed,
        Self::Data,
        Self::Asset,
        Self::File,
        Self::Text,
        Self::Search,
        Self::Redirect,
        Self::Gone,
        Self::Unknown,
        Self::Health,
    ];

    /// The name in counts and logs.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Feed => "feed",
            Self::Data => "data",
            Self::Asset => "asset",
            Self::File => "file",
            Self::Text => "text",
            Self::Search => "search",
            Self::Redirect => "redirect",
            Self::Gone => "gone",
            Self::Unknown => "unknown",
            Self::Health => "health",
        }
    }

    /// The kind of a resource of the edition.
    pub(crate) fn of_resource(resource: &Resource) -> Self {
        let media_type = resource.media_type;
        if resource.cache == CachePolicy::Immutable {
            Self::Asset
        } else if resource.is_file {
            Self::File
        } else if media_type.starts_with("text/html") {
            Self::Page
        } else if media_type.starts_with("application/atom+xml")
            || media_type.starts_with("application/feed+json")
        {
            Self::Feed
        } else if media_type.starts_with("text/csv") || media_type.contains("json") {
            Self::Data
        } else {
            Self::Text
        }
    }
}
