//! Content into editions, again and again: from the source when it is asked for, from what was last read when only the
//! time has moved on.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use super::SiteArguments;
use crate::content::Content;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::edition::{self, CompileError, Edition};
use crate::record;
use crate::source::{self, Snapshot, Source, SourceError};

/// What makes editions.
pub(super) struct Compiler {
    arguments: SiteArguments,
    source: Source,
    assets: Vec<(String, Bytes)>,
    /// The content of the current edition.
    content: Option<Arc<Content>>,
}

/// What came of reading the source and compiling it.
pub(super) struct Compiled {
    pub(super) snapshot: Snapshot,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// None when one of the diagnostics is an error.
    pub(super) edition: Option<Edition>,
    pub(super) elapsed: Duration,
}

/// Why there is nothing to say about the content itself.
pub(super) enum CompilerError {
    Source(SourceError),
    Page(askama::Error),
}

impl From<CompilerError> for super::Failure {
    fn from(error: CompilerError) -> Self {
        match error {
            CompilerError::Source(error) => error.into(),
            CompilerError::Page(error) => Self::Message(format!("a page cannot be made: {error}")),
        }
    }
}

impl Compiler {
    pub(super) fn new(arguments: &SiteArguments) -> Self {
        Self {
            arguments: arguments.clone(),
            source: arguments.source(),
            assets: source::assets(),
            content: None,
        }
    }

    /// The content folder's name for messages.
    pub(super) fn root(&self) -> String {
        self.source.root()
    }

    /// Whether it is the content that is part of the program.
    pub(super) fn is_embedded(&self) -> bool {
        matches!(self.source, Source::Embedded)
    }

    /// Reads the source anew. The content that was read takes the place of the last one only if it has no errors.
    pub(super) fn compile(&mut self) -> Result<Compiled, CompilerError> {
        let started = std::time::Instant::now();
        let (snapshot, found) = self.source.snapshot().map_err(CompilerError::Source)?;
        let loaded = record::load(&snapshot, found, self.arguments.base_url.as_deref());
        let instant = self.arguments.instant();
        let outcome = edition::compile(&loaded.content, loaded.diagnostics, &self.assets, instant);
        let (edition, diagnostics) = match outcome {
            Ok(output) => (Some(self.held(output.edition)), output.warnings),
            Err(CompileError::Content(diagnostics)) => (None, diagnostics),
            Err(CompileError::Page(error)) => return Err(CompilerError::Page(error)),
        };
        if edition.is_some() {
            self.content = Some(loaded.content);
        }
        Ok(Compiled { snapshot, diagnostics, edition, elapsed: started.elapsed() })
    }

    /// An edition of an instant that was asked for stays what it is.
    fn held(&self, edition: Edition) -> Edition {
        if self.arguments.at.is_some() { edition.pinned() } else { edition }
    }

    /// The content that was last read without errors.
    pub(super) fn content(&self) -> Option<&Content> {
        self.content.as_deref()
    }

    /// The edition of the content that was last read without errors, at this instant. Files that changed since then
    /// wait until a reload is asked for.
    pub(super) fn advance(&self) -> Result<Edition, String> {
        let instant = self.arguments.instant();
        let content = self.content.as_ref().ok_or("nothing was read yet")?;
        match edition::compile(content, Diagnostics::default(), &self.assets, instant) {
            Ok(output) => Ok(self.held(output.edition)),
            Err(CompileError::Content(diagnostics)) => {
                Err(format!("{} diagnostics", diagnostics.len()))
            }
            Err(CompileError::Page(error)) => Err(error.to_string()),
        }
    }
}
