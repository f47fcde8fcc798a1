//! The output of commands and the ways in which they fail.

use std::io::{self, ErrorKind, IsTerminal as _, Write as _};

use crate::diagnostic::render::{self, RenderOptions};
use crate::diagnostic::{Diagnostic, MessageLanguage, Severity};
use crate::source::{Snapshot, SourceError};

pub(super) type CommandResult = Result<(), Failure>;

/// The reason why a command failed, which decides its exit code.
#[derive(Debug)]
pub(super) enum Failure {
    /// The command failed, with a message of one line. Exit code 1.
    Message(String),
    /// An argument or its file cannot be used, with a message of one line. Exit code 2.
    Usage(String),
    /// The command failed, and the messages are printed already. Exit code 1.
    AlreadyPrinted,
    /// The content could not be evaluated, and the messages are printed already. Exit code 2.
    NotEvaluated,
}

impl From<SourceError> for Failure {
    fn from(error: SourceError) -> Self {
        Self::Message(error.to_string())
    }
}

/// Prints a line on standard error. Ignores errors: a closed pipe has no reader.
pub(super) fn print_error(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Prints a line on standard output.
pub(super) fn print(text: &str) -> CommandResult {
    finish(writeln!(io::stdout().lock(), "{text}"))
}

/// Prints lines on standard output.
pub(super) fn print_lines(mut lines: impl Iterator<Item = String>) -> CommandResult {
    let mut out = io::stdout().lock();
    finish(lines.try_for_each(|line| writeln!(out, "{line}")))
}

/// Prints a document on standard output.
pub(super) fn print_bytes(bytes: &[u8]) -> CommandResult {
    finish(io::stdout().lock().write_all(bytes))
}

/// Flushes standard output. A closed pipe is no failure, since its reader has enough; any other
/// error is one, so that a full disk does not look like success.
fn finish(written: io::Result<()>) -> CommandResult {
    match written.and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::Usage(format!("cannot write the output: {error}")))
        }
        _ => Ok(()),
    }
}

/// Whether standard error is a terminal and colours are not disabled (<https://no-color.org>).
pub(super) fn is_coloured() -> bool {
    io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Prints diagnostics for people on standard error, with their count.
pub(super) fn print_diagnostics<'a>(diagnostics: &'a [Diagnostic], options: &RenderOptions<'a>) {
    if diagnostics.is_empty() {
        return;
    }
    let is_coloured = is_coloured();
    let mut out = io::stderr().lock();
    for diagnostic in diagnostics {
        let _ = writeln!(out, "{}\n", render::human(diagnostic, options, is_coloured));
    }
    let _ = writeln!(out, "{}", render::count(diagnostics, options.language));
}

/// Prints diagnostics for operators, in English.
pub(super) fn print_operator_diagnostics(
    diagnostics: &[Diagnostic],
    root: &str,
    snapshot: &Snapshot,
) {
    let texts = |path: &str| snapshot.text_lossy(path);
    print_diagnostics(
        diagnostics,
        &RenderOptions { root, language: MessageLanguage::English, texts: &texts },
    );
}

/// Logs diagnostics, one line each.
pub(super) fn log_diagnostics(diagnostics: &[Diagnostic], root: &str, snapshot: &Snapshot) {
    let texts = |path: &str| snapshot.text_lossy(path);
    let options = RenderOptions { root, language: MessageLanguage::English, texts: &texts };
    for diagnostic in diagnostics {
        let line = render::short(diagnostic, &options);
        match diagnostic.severity {
            Severity::Error => tracing::error!("{line}"),
            Severity::Warning => tracing::warn!("{line}"),
            Severity::Note => tracing::info!("{line}"),
        }
    }
}

/// A count with its English noun: `1 bulletin`, `45 bulletins`.
pub(super) fn format_count(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// A size in bytes for people: `1.4 MB`.
pub(super) fn format_size(bytes: usize) -> String {
    #[expect(clippy::cast_precision_loss, reason = "one digit is shown")]
    let bytes = bytes as f64;
    if bytes < 1e6 { format!("{:.0} kB", bytes / 1e3) } else { format!("{:.1} MB", bytes / 1e6) }
}
