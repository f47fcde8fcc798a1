//! What commands print: diagnostics and single lines.

use std::io::{IsTerminal as _, Write as _};

use crate::diagnostic::{Diagnostic, render};
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

/// Every diagnostic as a person reads it, and their count.
pub(super) fn diagnostics(found: &[Diagnostic], root: &str, snapshot: &Snapshot) {
    if found.is_empty() {
        return;
    }
    let stderr = std::io::stderr();
    let is_coloured = is_coloured();
    let texts = |path: &str| snapshot.shown(path);
    let mut out = stderr.lock();
    for diagnostic in found {
        let _ = writeln!(out, "{}\n", render::human(diagnostic, root, &texts, is_coloured));
    }
    let _ = writeln!(out, "{}", render::count(found));
}

/// Every diagnostic as one line of the log.
pub(super) fn log(found: &[Diagnostic], root: &str, snapshot: &Snapshot) {
    let texts = |path: &str| snapshot.shown(path);
    for diagnostic in found {
        match diagnostic.severity {
            crate::diagnostic::Severity::Error => tracing::error!("{}", render::short(diagnostic, root, &texts)),
            crate::diagnostic::Severity::Warning => tracing::warn!("{}", render::short(diagnostic, root, &texts)),
        }
    }
}

/// A size as people read it: `1.4 MB`.
pub(super) fn size(bytes: usize) -> String {
    #[expect(clippy::cast_precision_loss, reason = "one digit is shown")]
    let bytes = bytes as f64;
    if bytes < 1e6 { format!("{:.0} kB", bytes / 1e3) } else { format!("{:.1} MB", bytes / 1e6) }
}
