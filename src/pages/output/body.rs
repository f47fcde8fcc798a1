//! The bytes of a file, or what they are rendered from when the file is requested.

use bytes::Bytes;

use super::citation::CitationFile;

#[derive(Debug)]
pub enum OutputBody {
    Rendered(Bytes),
    OnRequest(CitationFile),
}

impl OutputBody {
    /// The bytes, rendered now if they are not yet.
    #[must_use]
    pub fn bytes(&self) -> Bytes {
        match self {
            Self::Rendered(bytes) => bytes.clone(),
            Self::OnRequest(file) => file.render(),
        }
    }
}
