//! What commands print: diagnostics and single lines.

use std::io::{self, ErrorKind, IsTerminal as _, Write as _};

use super::{Failure, Outcome};
use crate::diagnostic::render::{self, RenderOptions};
use crate::diagnostic::{Diagnostic, MessageLanguage, Severity};
use crate::source::Snapshot;

/// One line on standard error. A closed pipe is nobody's fault.
pub(super) fn line(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// One line on standard output.
pub(super) fn answer(text: &str) -> Outcome {
    given(writeln!(io::stdout().lock(), "{text}"))
}

/// A reader who has gone wants no more; a full disk must not pass for an answer.
fn given(written: io::Result<()>) -> Outcome {
    match written.and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::Unusable(format!("the answer cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}

/// Whether standard error is a terminal whose reader wants colours (<https://no-color.org>).
pub(super) fn is_coloured() -> bool {
    std::io::stderr().is_terminal()
        && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Lines on standard output.
pub(super) fn answer_lines(mut lines: impl Iterator<Item = String>) -> Outcome {
    let mut out = io::stdout().lock();
    given(lines.try_for_each(|line| writeln!(out, "{line}")))
}

/// A document on standard output.
pub(super) fn answer_bytes(bytes: &[u8]) -> Outcome {
    given(io::stdout().lock().write_all(bytes))
}

/// Every diagnostic as a person reads it, and their count.
pub(super) fn diagnostics<'a>(found: &'a [Diagnostic], options: &RenderOptions<'a>) {
    if found.is_empty() {
        return;
    }
    let stderr = std::io::stderr();
    let is_coloured = is_coloured();
    let mut out = stderr.lock();
    for diagnostic in found {
        let _ = writeln!(out, "{}\n", render::human(diagnostic, options, is_coloured));
    }
    let _ = writeln!(out, "{}", render::count(found, options.language));
}

/// What was found as its operator reads it, in English.
pub(super) fn told(found: &[Diagnostic], root: &str, snapshot: &Snapshot) {
    let texts = |path: &str| snapshot.text_lossy(path);
    diagnostics(found, &RenderOptions { root, language: MessageLanguage::English, texts: &texts });
}

/// Every diagnostic as one line of the log.
pub(super) fn log(found: &[Diagnostic], root: &str, snapshot: &Snapshot) {
    let texts = |path: &str| snapshot.text_lossy(path);
    let options = RenderOptions { root, language: MessageLanguage::English, texts: &texts };
    for diagnostic in found {
        let line = render::short(diagnostic, &options);
        match diagnostic.severity {
            Severity::Error => tracing::error!("{line}"),
            Severity::Warning => tracing::warn!("{line}"),
            Severity::Note => tracing::info!("{line}"),
        }
    }
}

/// `1 bulletin`, `45 bulletins`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// A size as people read it: `1.4 MB`.
pub(super) fn size(bytes: usize) -> String {
    #[expect(clippy::cast_precision_loss, reason = "one digit is shown")]
    let bytes = bytes as f64;
    if bytes < 1e6 { format!("{:.0} kB", bytes / 1e3) } else { format!("{:.1} MB", bytes / 1e6) }
}
