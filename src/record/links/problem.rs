//! The reasons why a link cannot be resolved.

/// The reason why a destination cannot be resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkProblem {
    /// The file does not exist.
    NoFile {
        /// The path inside the content folder.
        path: String,
        /// The destination that was probably meant.
        meant: Option<String>,
    },
    /// The site has no page at the path.
    NoPage {
        path: String,
        /// The path that was probably meant.
        meant: Option<String>,
    },
    /// The page has no heading with this id.
    NoFragment {
        fragment: String,
        /// The id that was probably meant.
        meant: Option<String>,
        /// The ids of the page's headings.
        known: Vec<String>,
    },
    /// The text has fewer paragraphs than this number; the number of them.
    NoParagraph { number: usize, count: usize },
    /// Public pages do not link to this scheme.
    BadScheme(String),
    /// The destination is empty.
    Nothing,
    /// The scheme is known and the address is malformed; the address that was probably meant.
    NoAddress(Option<String>),
    /// A path on the editor's own computer, such as `C:\\Users\\li\\map.png`; the name of the file.
    OwnComputer(String),
}
