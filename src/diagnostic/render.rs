//! Diagnostics as text for people.
//!
//! [`human`] draws the source line with carets, as compilers do; [`short`] says the same in one line, enough on its own.

use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Severity, Span};

/// A place in a file as people count it: lines and columns from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The character within the line, from 1.
    pub column: usize,
}

/// Where a byte offset stands.
#[must_use]
pub fn position(text: &str, offset: usize) -> Position {
    let before = &text[..text.floor_char_boundary(offset)];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Position { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
}

/// Gives the text of a content file by its path inside the folder, as far as it can be shown.
pub type Texts<'a> = dyn Fn(&str) -> Option<&'a str> + 'a;

/// One line: `content/bulletins/x.md:4:1: error[front-matter/unknown-key]: …; help: …`.
///
/// `root` is the folder's name as the editor knows it; it is put before every path.
#[must_use]
pub fn short(diagnostic: &Diagnostic, root: &str, texts: &Texts<'_>) -> String {
    let at = position(texts(&diagnostic.path).unwrap_or_default(), diagnostic.span.start);
    let mut line = format!(
        "{}:{}:{}: {}[{}]: {}",
        joined(root, &diagnostic.path),
        at.line,
        at.column,
        severity(diagnostic),
        diagnostic.code,
        diagnostic.message
    );
    if let Some(help) = &diagnostic.help {
        let _ = write!(line, "; help: {help}");
    }
    line
}

/// Several lines: the message, the source with carets, related places and the help.
#[must_use]
pub fn human(diagnostic: &Diagnostic, root: &str, texts: &Texts<'_>, is_coloured: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let text = texts(&diagnostic.path).unwrap_or_default();
    let path = joined(root, &diagnostic.path);
    let mut group = Group::with_title(level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.name()));
    group = group.element(
        Snippet::source(text).path(path).annotation(AnnotationKind::Primary.span(shown_span(text, &diagnostic.span))),
    );
    for related in &diagnostic.related {
        let text = texts(&related.path).unwrap_or_default();
        group =
            group.element(Snippet::source(text).path(joined(root, &related.path)).annotation(
                AnnotationKind::Context.span(shown_span(text, &related.span)).label(related.message.as_str()),
            ));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let renderer = if is_coloured { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}

/// `3 errors and 1 warning`.
#[must_use]
pub fn count(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics.iter().filter(|found| found.severity == Severity::Error).count();
    let warnings = diagnostics.len() - errors;
    let plural = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    match (errors, warnings) {
        (0, 0) => "no errors".to_owned(),
        (errors, 0) => plural(errors, "error"),
        (0, warnings) => plural(warnings, "warning"),
        (errors, warnings) => format!("{} and {}", plural(errors, "error"), plural(warnings, "warning")),
    }
}

fn severity(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn joined(root: &str, path: &str) -> String {
    format!("{}/{path}", root.trim_end_matches('/'))
}

/// The span, held inside the text and to its first line, so that carets mark what an editor should look at.
fn shown_span(text: &str, span: &Span) -> Span {
    let start = text.floor_char_boundary(span.start.min(text.len()));
    let end = text.ceil_char_boundary(span.end.clamp(start, text.len()));
    let line_end = text[start..end].find('\n').map_or(end, |at| start + at);
    start..line_end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_in_characters() {
        assert_eq!(position("一\n二三四", "一\n二三".len()), Position { line: 2, column: 3 });
        assert_eq!(position("", 0), Position { line: 1, column: 1 });
        assert_eq!(position("一", 1), Position { line: 1, column: 1 });
    }
}
