//! The compiler of a running server: the first edition, also from the cache, and every later one.

use std::time::{Duration, Instant};

use super::cache::{Cache, CacheWriter};
use crate::cli::compiler::{Compiled, Compiler};
use crate::cli::output::{
    Failure, format_size, log_diagnostics, print, print_error, print_operator_diagnostics,
};
use crate::cli::records::ledger_history;
use crate::cli::shared_arguments::SiteArguments;
use crate::content::{LEDGER, Ledger};
use crate::diagnostic::{Diagnostic, Severity};
use crate::edition::Edition;
use crate::http::{CompileFailure, CompileReport, Trigger};

/// Compiles editions, and keeps the content of the last good one.
pub(super) struct LiveCompiler {
    compiler: Compiler,
    cache: Option<CacheWriter>,
    report: CompileReport,
}

/// The first edition.
pub(super) struct FirstEdition {
    pub(super) edition: Edition,
    /// The reason why it is from the cache.
    pub(super) failure: Option<CompileFailure>,
}

/// The reason in `/readyz` for content that cannot be read.
pub(super) const UNREADABLE: CompileFailure =
    CompileFailure { errors: 1, reason: "content cannot be read" };

/// The reason in `/readyz` for an edition that could not be made at its instant.
const NOT_ADVANCED: CompileFailure = CompileFailure { errors: 1, reason: "page" };

impl LiveCompiler {
    /// Compiles the first edition and prints its diagnostics and a summary. If the content has
    /// errors, the edition is made from the content that the cache has kept.
    pub(super) fn start(
        site: &SiteArguments,
        cache: Option<Cache>,
    ) -> Result<(Self, FirstEdition), Failure> {
        let mut compiler = Compiler::new(site);
        if let Some(cache) = &cache {
            compiler.use_pictures(cache.load_pictures());
        }
        let mut compiled = compiler.compile(None).map_err(Failure::from);
        if let (Ok(compiled), Some(cache)) = (&mut compiled, &cache) {
            compiled.diagnostics.extend(lost_numbers(&compiler, cache));
        }
        let report = compiled.as_ref().map_or_else(|_| CompileReport::default(), report_of);
        let (failed, failure) = match compiled {
            Ok(compiled) => {
                let (root, snapshot) = (compiler.root(), &compiled.snapshot);
                print_operator_diagnostics(&compiled.diagnostics, &root, snapshot);
                if let Some(edition) = compiled.edition {
                    warn_if_ambiguous(&edition);
                    drop(print(&summarize(&edition, compiled.elapsed)));
                    let cache = start_writer(cache)?;
                    if let Some(cache) = &cache {
                        cache.store(&compiled.snapshot, compiler.pictures());
                    }
                    let first = FirstEdition { edition, failure: None };
                    return Ok((Self { compiler, cache, report }, first));
                }
                (Failure::AlreadyPrinted, failure_of(&compiled.diagnostics))
            }
            Err(failed) => (failed, UNREADABLE),
        };
        let Some(cache) = cache else { return Err(failed) };
        if let Failure::Message(message) = &failed {
            print_error(&format!("gazette: {message}"));
        }
        let begun = Instant::now();
        let Some(edition) = compile_kept(&mut compiler, &cache)? else { return Err(failed) };
        drop(print(&summarize(&edition, begun.elapsed())));
        tracing::warn!(
            errors = failure.errors,
            reason = failure.reason,
            "the content has errors; serving the last good edition from `{}`",
            cache.path()
        );
        let first = FirstEdition { edition, failure: Some(failure) };
        Ok((Self { compiler, cache: start_writer(Some(cache))?, report }, first))
    }

    /// The writer of the cache, if there is one.
    pub(super) fn cache_writer(&self) -> Option<CacheWriter> {
        self.cache.clone()
    }

    /// The report of the last compile of the content.
    pub(super) fn report(&self) -> CompileReport {
        self.report.clone()
    }

    /// Compiles the edition after the current one. On failure it logs the errors.
    pub(super) fn recompile(
        &mut self,
        trigger: Trigger,
        current: &Edition,
    ) -> Result<Edition, CompileFailure> {
        if trigger == Trigger::Expired {
            return self.compiler.advance(current).map_err(|error| {
                tracing::error!("cannot compile the next edition: {error}");
                NOT_ADVANCED
            });
        }
        let root = self.compiler.root();
        let before = self.compiler.content().map(|content| content.numbers.clone());
        match self.compiler.compile(Some(current)) {
            Ok(mut compiled) => {
                let now = self.compiler.content().map(|content| &content.numbers);
                let lost = before.as_ref().zip(now);
                let lost = lost.and_then(|(before, now)| ledger_history::compare(before, now));
                compiled.diagnostics.extend(lost);
                self.report = report_of(&compiled);
                log_diagnostics(&compiled.diagnostics, &root, &compiled.snapshot);
                let Some(edition) = compiled.edition else {
                    return Err(failure_of(&compiled.diagnostics));
                };
                warn_if_ambiguous(&edition);
                tracing::info!("reloaded: {}", summarize(&edition, compiled.elapsed));
                if let Some(cache) = &self.cache {
                    cache.store(&compiled.snapshot, self.compiler.pictures());
                }
                Ok(edition)
            }
            Err(error) => {
                if let Failure::Message(message) = error.into() {
                    tracing::error!("{message}");
                }
                Err(UNREADABLE)
            }
        }
    }
}

/// Reports permanent numbers that the edition in the cache has, and the content has not: without
/// git, nothing else tells of a ledger that was deleted between two starts.
fn lost_numbers(compiler: &Compiler, cache: &Cache) -> Option<Diagnostic> {
    let kept = cache.load().ok()??;
    let earlier = Ledger::of_earlier_text(kept.text(LEDGER)?.to_owned());
    ledger_history::compare(&earlier, &compiler.content()?.numbers)
}

/// Warns if a proxy must not strip the path of the base URL.
fn warn_if_ambiguous(edition: &Edition) {
    if edition.has_ambiguous_paths() {
        let path = edition.public_path("/");
        tracing::warn!(
            "the site has pages below `{path}`, which is the path of its base URL too: a proxy \
             must keep `{path}` in front of all addresses"
        );
    }
}

fn report_of(compiled: &Compiled) -> CompileReport {
    CompileReport::new(compiled.stages.clone(), &compiled.diagnostics)
}

fn start_writer(cache: Option<Cache>) -> Result<Option<CacheWriter>, Failure> {
    let writer = cache.map(CacheWriter::start).transpose();
    writer.map_err(|error| Failure::Message(format!("the cache cannot be written: {error}")))
}

/// Compiles the content that the cache has kept; `None` if there is none.
fn compile_kept(compiler: &mut Compiler, cache: &Cache) -> Result<Option<Edition>, Failure> {
    let refused = |reason: String| {
        Failure::Message(format!("the edition in `{}` cannot be used: {reason}", cache.path()))
    };
    let Some(snapshot) = cache.load().map_err(refused)? else { return Ok(None) };
    compiler.compile_kept(&snapshot).map(Some).map_err(refused)
}

pub(super) fn failure_of(diagnostics: &[Diagnostic]) -> CompileFailure {
    let errors = || diagnostics.iter().filter(|found| found.severity == Severity::Error);
    let reason = errors().next().map_or("unknown", |error| error.code.name());
    CompileFailure { errors: errors().count(), reason }
}

/// The summary of an edition:
/// `19 bulletins, 21 goals, 2 languages, 288 URLs, compiled in 0.52 s, 1.9 MB`.
pub(super) fn summarize(edition: &Edition, elapsed: Duration) -> String {
    let summary = edition.summary();
    format!(
        "{} bulletins, {} goals, {} languages, {} URLs, compiled in {:.2} s, {}",
        summary.bulletins,
        summary.goals,
        summary.languages,
        summary.urls,
        elapsed.as_secs_f64(),
        format_size(summary.bytes)
    )
}
