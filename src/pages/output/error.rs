//! The errors of rendering. Content cannot cause any of them.

use std::error::Error;
use std::fmt;

/// The reason why a file of the site could not be rendered.
#[derive(Debug)]
pub enum RenderError {
    Template(askama::Error),
    Json(serde_json::Error),
    Csv(csv::Error),
    /// An Atom feed could not be serialized, with the reason.
    Feed(String),
    /// A language lacks an error page or a page with slots.
    MissingErrorPage,
}

impl RenderError {
    /// The error of an Atom feed.
    pub(crate) fn feed(error: impl fmt::Display) -> Self {
        Self::Feed(error.to_string())
    }
}

impl fmt::Display for RenderError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Template(error) => write!(out, "template: {error}"),
            Self::Json(error) => write!(out, "JSON: {error}"),
            Self::Csv(error) => write!(out, "CSV: {error}"),
            Self::Feed(error) => write!(out, "Atom feed: {error}"),
            Self::MissingErrorPage => out.write_str("a language lacks an error page"),
        }
    }
}

impl Error for RenderError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Template(error) => Some(error),
            Self::Json(error) => Some(error),
            Self::Csv(error) => Some(error),
            Self::Feed(_) | Self::MissingErrorPage => None,
        }
    }
}

impl From<askama::Error> for RenderError {
    fn from(error: askama::Error) -> Self {
        Self::Template(error)
    }
}

impl From<serde_json::Error> for RenderError {
    fn from(error: serde_json::Error) -> Self {
        Self::Json(error)
    }
}

impl From<csv::Error> for RenderError {
    fn from(error: csv::Error) -> Self {
        Self::Csv(error)
    }
}
