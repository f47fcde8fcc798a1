//! Compiling the content into editions: from the source, or from the content that was read last
//! when only the time has changed.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::output::Failure;
use super::shared_arguments::SiteArguments;
use crate::content::image::Pictures;
use crate::content::{Content, KnownContent};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::edition::{self, CompileError, CompileOutput, Edition, Export, TakeFile};
use crate::pages::RenderError;
use crate::record::{self, UpcomingChanges};
use crate::source::{self, Snapshot, Source, SourceError};

pub(super) struct Compiler {
    arguments: SiteArguments,
    source: Source,
    assets: Vec<(String, Bytes)>,
    /// The content of the current edition.
    content: Option<Arc<Content>>,
    /// The files and bulletins that were read last, for the next reload.
    last: LastRead,
}

/// The result of the last read. Only files that differ from it are read again.
#[derive(Default)]
struct LastRead {
    snapshot: Snapshot,
    content: KnownContent,
}

pub(super) struct Compiled {
    pub(super) snapshot: Snapshot,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// `None` if one of the diagnostics is an error.
    pub(super) edition: Option<Edition>,
    pub(super) elapsed: Duration,
    /// The time of each stage that was reached.
    pub(super) stages: Vec<(&'static str, Duration)>,
}

/// Content that was read from the source.
struct Loaded {
    snapshot: Snapshot,
    content: Arc<Content>,
    diagnostics: Diagnostics,
    /// The time it took to read the files.
    read: Duration,
}

pub(super) struct Exported {
    pub(super) snapshot: Snapshot,
    pub(super) content: Arc<Content>,
    /// The diagnostics, if one of them is an error.
    pub(super) result: Result<Export, Vec<Diagnostic>>,
}

/// A failure that is not a problem of the content.
pub(super) enum CompilerError {
    Source(SourceError),
    Page(RenderError),
}

impl From<CompilerError> for Failure {
    fn from(error: CompilerError) -> Self {
        match error {
            CompilerError::Source(error) => error.into(),
            CompilerError::Page(error) => Self::Message(format!("cannot render a page: {error}")),
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
            last: LastRead::default(),
        }
    }

    /// Uses pictures that were made before.
    pub(super) fn use_pictures(&mut self, pictures: Pictures) {
        self.last.content.pictures = pictures;
    }

    /// The pictures that were read last.
    pub(super) fn pictures(&self) -> &Pictures {
        &self.last.content.pictures
    }

    /// The name of the content folder, for messages.
    pub(super) fn root(&self) -> String {
        self.source.root()
    }

    /// The instant of the next edition.
    pub(super) fn instant(&self) -> Timestamp {
        self.arguments.instant()
    }

    /// The zone of the content that was last compiled.
    pub(super) fn zone(&self) -> TimeZone {
        self.content.as_ref().map_or(TimeZone::UTC, |content| content.site.zone.clone())
    }

    /// Whether the content is the one built into the program.
    pub(super) fn is_embedded(&self) -> bool {
        matches!(self.source, Source::Embedded)
    }

    /// Reads the source and compiles it. The new content replaces the last one only if it has no
    /// errors. The new edition shares what is the same with the previous one.
    pub(super) fn compile(
        &mut self,
        previous: Option<&Edition>,
    ) -> Result<Compiled, CompilerError> {
        let start = Instant::now();
        let Loaded { snapshot, content, diagnostics, read } = self.load()?;
        let parse = start.elapsed().saturating_sub(read);
        let instant = self.arguments.instant();
        let result = edition::compile_after(previous, &content, diagnostics, &self.assets, instant);
        let mut stages = vec![("read", read), ("parse", parse)];
        if let Ok(output) = &result {
            let timings = output.timings;
            stages.extend([
                ("record", timings.record),
                ("pages", timings.pages),
                ("assemble", timings.assemble),
            ]);
        }
        let (edition, diagnostics) = self.keep(content, result)?;
        Ok(Compiled { snapshot, diagnostics, edition, elapsed: start.elapsed(), stages })
    }

    /// Reads the source and exports it, each file as soon as it is rendered.
    pub(super) fn export(
        &mut self,
        is_compressed: bool,
        take_file: &TakeFile<'_>,
    ) -> Result<Exported, CompilerError> {
        let Loaded { snapshot, content, diagnostics, .. } = self.load()?;
        let instant = self.arguments.instant();
        let result =
            edition::export(&content, diagnostics, &self.assets, instant, is_compressed, take_file);
        let result = match result {
            Ok(export) => Ok(export),
            Err(CompileError::Content(diagnostics)) => Err(diagnostics),
            Err(CompileError::Page(error)) => return Err(CompilerError::Page(error)),
        };
        Ok(Exported { snapshot, content, result })
    }

    /// Reads what differs from the last read.
    fn load(&mut self) -> Result<Loaded, CompilerError> {
        let start = Instant::now();
        let last = &self.last.snapshot;
        let (snapshot, found) = self.source.snapshot_after(last).map_err(CompilerError::Source)?;
        let read = start.elapsed();
        let base_url = self.arguments.base_url.as_deref();
        let loaded = record::load_after(&snapshot, found, base_url, &mut self.last.content);
        self.last.snapshot = snapshot.clone();
        let (content, diagnostics) = (loaded.content, loaded.diagnostics);
        Ok(Loaded { snapshot, content, diagnostics, read })
    }

    /// Reads the source and compiles a preview, in which texts are shown that are not public yet.
    /// Also returns what will change by itself.
    pub(super) fn compile_preview(
        &mut self,
        at: Option<Timestamp>,
    ) -> Result<(Compiled, UpcomingChanges), CompilerError> {
        let start = Instant::now();
        self.arguments.at = at;
        let instant = self.arguments.instant();
        let (snapshot, found) = self.source.snapshot().map_err(CompilerError::Source)?;
        let base_url = self.arguments.base_url.as_deref();
        let (loaded, upcoming) = record::load_preview(
            &snapshot,
            found,
            base_url,
            instant,
            &mut self.last.content.pictures,
        );
        let result = edition::compile(&loaded.content, loaded.diagnostics, &self.assets, instant);
        let (edition, diagnostics) = self.keep(loaded.content, result)?;
        let elapsed = start.elapsed();
        let compiled = Compiled { snapshot, diagnostics, edition, elapsed, stages: Vec::new() };
        Ok((compiled, upcoming))
    }

    /// Keeps content that compiled without errors. Returns its edition and its diagnostics.
    fn keep(
        &mut self,
        content: Arc<Content>,
        result: Result<CompileOutput, CompileError>,
    ) -> Result<(Option<Edition>, Vec<Diagnostic>), CompilerError> {
        match result {
            Ok(output) => {
                self.content = Some(content);
                Ok((Some(self.pin_if_requested(output.edition)), output.warnings))
            }
            Err(CompileError::Content(diagnostics)) => Ok((None, diagnostics)),
            Err(CompileError::Page(error)) => Err(CompilerError::Page(error)),
        }
    }

    /// Compiles content that was free of errors when it was kept.
    pub(super) fn compile_kept(&mut self, snapshot: &Snapshot) -> Result<Edition, String> {
        let found = Diagnostics::default();
        // The pictures are mostly those of the content that has errors now.
        let mut known = KnownContent::of_pictures(self.last.content.pictures.clone());
        let base_url = self.arguments.base_url.as_deref();
        let loaded = record::load_after(snapshot, found, base_url, &mut known);
        let instant = self.arguments.instant();
        let compiled = edition::compile(&loaded.content, loaded.diagnostics, &self.assets, instant);
        let edition = compiled.map(|output| output.edition).map_err(describe)?;
        self.content = Some(loaded.content);
        Ok(self.pin_if_requested(edition))
    }

    /// Makes an edition permanent if `--at` sets its instant.
    fn pin_if_requested(&self, edition: Edition) -> Edition {
        if self.arguments.at.is_some() { edition.pinned() } else { edition }
    }

    /// The content that was last read without errors.
    pub(super) fn content(&self) -> Option<&Content> {
        self.content.as_deref()
    }

    /// Compiles the content that was last read without errors for the current instant. Files that
    /// have changed since then are not read before a reload.
    pub(super) fn advance(&self, previous: &Edition) -> Result<Edition, String> {
        let instant = self.arguments.instant();
        let content = self.content.as_ref().ok_or("no content has been read yet")?;
        let found = Diagnostics::default();
        match edition::compile_after(Some(previous), content, found, &self.assets, instant) {
            Ok(output) => Ok(self.pin_if_requested(output.edition)),
            Err(error) => Err(describe(error)),
        }
    }
}

fn describe(error: CompileError) -> String {
    match error {
        CompileError::Content(diagnostics) => format!("{} diagnostics", diagnostics.len()),
        CompileError::Page(error) => error.to_string(),
    }
}
