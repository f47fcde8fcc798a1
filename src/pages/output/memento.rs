//! The place of a page among the texts of a bulletin over time (RFC 7089).

use jiff::Timestamp;

/// How a page takes part in access by date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Memento {
    /// A bulletin's page, which has the present text and leads to the earlier ones.
    Original {
        /// The value of `Link`.
        link: String,
        /// The instants from which the earlier texts were public, with their paths, the oldest
        /// first.
        versions: Vec<(Timestamp, String)>,
        /// The instant from which the present text is public.
        present_from: Timestamp,
    },
    /// An earlier text.
    Version {
        /// The value of `Link`.
        link: String,
        /// The instant from which it was public, as HTTP writes it.
        datetime: String,
    },
}

impl Memento {
    /// The value of `Link`.
    #[must_use]
    pub fn link(&self) -> &str {
        match self {
            Self::Original { link, .. } | Self::Version { link, .. } => link,
        }
    }

    /// The path of the earlier text of an instant. Before the first one, that is the first; `None`
    /// for the present text, and for a page that is itself an earlier text.
    #[must_use]
    pub fn version_at(&self, instant: Timestamp) -> Option<&str> {
        let Self::Original { versions, present_from, .. } = self else { return None };
        if instant >= *present_from {
            return None;
        }
        let earlier = versions.iter().rev().find(|(from, _)| *from <= instant);
        earlier.or_else(|| versions.first()).map(|(_, path)| path.as_str())
    }
}
