//! What commands print: diagnostics and single lines.

use std::io::{IsTerminal as _, Write as _};

use crate::diagnostic::render::{self, Audience};
use crate::diagnostic::{Diagnostic, Severity, Tongue};
use crate::source::Snapshot;

/// One line on standard error. A closed pipe is nobody's fault.
pub(super) fn line(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// One line on standard output.
pub(super) fn answer(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// Whether standard error is a terminal whose reader wants colours (<https://no-color.org>).
pub(super) fn is_coloured() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Lines on standard output.
pub(super) fn answer_lines(lines: impl Iterator<Item = String>) {
    let mut out = std::io::stdout().lock();
    for line in lines {
        let _ = writeln!(out, "{line}");
    }
}

/// A document on standard output.
pub(super) fn answer_bytes(bytes: &[u8]) {
    let _ = std::io::stdout().lock().write_all(bytes);
}

/// Every diagnostic as a person reads it, and their count.
pub(super) fn diagnostics<'a>(found: &'a [Diagnostic], audience: &Audience<'a>) {
    if found.is_empty() {
        return;
    }
    let stderr = std::io::stderr();
    let is_coloured = is_coloured();
    let mut out = stderr.lock();
    for diagnostic in found {
        let _ = writeln!(out, "{}\n", render::human(diagnostic, audience, is_coloured));
    }
    let _ = writeln!(out, "{}", render::count(found, audience.tongue));
}

/// What was found as its operator reads it, in English.
pub(super) fn told(found: &[Diagnostic], root: &str, snapshot: &Snapshot) {
    let texts = |path: &str| snapshot.shown(path);
    diagnostics(found, &Audience { root, tongue: Tongue::English, texts: &texts });
}

/// Every diagnostic as one line of the log.
pub(super) fn log(found: &[Diagnostic], root: &str, snapshot: &Snapshot) {
    let texts = |path: &str| snapshot.shown(path);
    let audience = Audience { root, tongue: Tongue::English, texts: &texts };
    for diagnostic in found {
        let line = render::short(diagnostic, &audience);
        match diagnostic.severity {
            Severity::Error => tracing::error!("{line}"),
            Severity::Warning => tracing::warn!("{line}"),
            Severity::Note => tracing::info!("{line}"),
        }
    }
}

/// A size as people read it: `1.4 MB`.
pub(super) fn size(bytes: usize) -> String {
    #[expect(clippy::cast_precision_loss, reason = "one digit is shown")]
    let bytes = bytes as f64;
    if bytes < 1e6 { format!("{:.0} kB", bytes / 1e3) } else { format!("{:.1} MB", bytes / 1e6) }
}
