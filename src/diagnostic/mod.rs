//! What is wrong with a site's content, said so that an editor can mend it.
//!
//! Every stage adds [`Diagnostic`]s to one [`Diagnostics`] list and goes on; [`render`] turns the list into text at the
//! rim of the program. Content never fails a function: it is described.

mod code;
pub mod explain;
pub mod render;
mod suggest;
mod wording;

use std::ops::Range;
use std::sync::Arc;

pub use code::Code;
pub use suggest::closest;
pub(crate) use wording::say;
pub use wording::{Tongue, Word, Wording};

/// A stretch of a content file, in bytes from its start.
pub type Span = Range<usize>;

/// How much a diagnostic weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The site is not compiled while this stands.
    Error,
    /// The site is compiled; an editor should look.
    Warning,
    /// Nothing is wrong; an editor may want to know.
    Note,
}

impl Severity {
    /// The word in data and in lines that programs read.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }

    /// The word for people.
    #[must_use]
    pub const fn word(self, tongue: Tongue) -> &'static str {
        match (tongue, self) {
            (Tongue::English, severity) => severity.name(),
            (Tongue::Chinese, Self::Error) => "错误",
            (Tongue::Chinese, Self::Warning) => "警告",
            (Tongue::Chinese, Self::Note) => "提示",
        }
    }
}

/// One problem at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that was broken.
    pub code: Code,
    /// Whether the site can be compiled all the same.
    pub severity: Severity,
    /// Where, as a path inside the content folder.
    pub path: Arc<str>,
    /// Where in the file.
    pub span: Span,
    /// What is wrong.
    pub message: Wording,
    /// What to do, to be followed literally.
    pub help: Option<Wording>,
    /// Other places that explain this one.
    pub related: Vec<Related>,
}

/// A second place that a diagnostic points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The file, as a path inside the content folder.
    pub path: Arc<str>,
    /// Where in the file.
    pub span: Span,
    /// What stands there, such as `first used here`.
    pub message: Wording,
}

impl Diagnostic {
    /// An error: nothing is served while it stands.
    #[must_use]
    pub fn error(code: Code, path: &Arc<str>, span: Span, message: impl Into<Wording>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            path: Arc::clone(path),
            span,
            message: message.into(),
            help: None,
            related: Vec::new(),
        }
    }

    /// A warning: the site is compiled all the same.
    #[must_use]
    pub fn warning(code: Code, path: &Arc<str>, span: Span, message: impl Into<Wording>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, path, span, message) }
    }

    /// A note: nothing is wrong.
    #[must_use]
    pub fn note(code: Code, path: &Arc<str>, span: Span, message: impl Into<Wording>) -> Self {
        Self { severity: Severity::Note, ..Self::error(code, path, span, message) }
    }

    /// The same with what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<Wording>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with `did you mean` where a known name is near to what was written.
    #[must_use]
    pub fn did_you_mean<'a>(self, written: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match closest(written, known) {
            Some(name) => self.help(say!("did you mean `{name}`?", "您是否想写 `{name}`？")),
            None => self,
        }
    }

    /// The same with a second place that explains it.
    #[must_use]
    pub fn related(mut self, path: &Arc<str>, span: Span, message: impl Into<Wording>) -> Self {
        self.related.push(Related { path: Arc::clone(path), span, message: message.into() });
        self
    }
}

/// All problems of one run.
#[derive(Debug, Default, Clone)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds one problem.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds the problems of another list.
    pub fn append(&mut self, mut other: Self) {
        self.list.append(&mut other.list);
    }

    /// How many of these stop the compile.
    #[must_use]
    pub fn error_count(&self) -> usize {
        self.list.iter().filter(|found| found.severity == Severity::Error).count()
    }

    /// Whether the site cannot be compiled.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.error_count() > 0
    }

    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The problems in reading order: by file, then from top to bottom; each said once.
    #[must_use]
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.list.sort_by(|a, b| {
            (&a.path, a.span.start, a.span.end, a.code, &a.message).cmp(&(
                &b.path,
                b.span.start,
                b.span.end,
                b.code,
                &b.message,
            ))
        });
        self.list.dedup();
        self.list
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(found: I) -> Self {
        Self { list: found.into_iter().collect() }
    }
}
