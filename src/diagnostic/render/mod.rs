//! Renders diagnostics for people ([`human()`], [`short`]) and for programs ([`json()`],
//! [`sarif()`], [`github()`]).
//!
//! [`human()`] shows the source line with carets, as compilers do; [`short`] is one line.

mod github;
mod human;
mod json;
mod sarif;

use std::fmt::Write as _;

use serde::Serialize;

use super::{Code, Diagnostic, MessageLanguage, Severity, Span};

pub use github::github;
pub use human::human;
pub use json::{Entry, json};
pub use sarif::sarif;

/// Returns the text of a content file by its path inside the folder, if it is text.
pub type Texts<'a> = dyn Fn(&str) -> Option<&'a str> + 'a;

/// Options of rendering: the language, and the content folder.
pub struct RenderOptions<'a> {
    /// The folder's name as the editor knows it. It is put before every path.
    pub root: &'a str,
    pub language: MessageLanguage,
    /// The texts that the diagnostics refer to.
    pub texts: &'a Texts<'a>,
}

impl<'a> RenderOptions<'a> {
    fn text(&self, path: &str) -> &'a str {
        (self.texts)(path).unwrap_or_default()
    }

    fn place(&self, path: &str, span: &Span) -> Place {
        let text = self.text(path);
        let (start, end) = (position(text, span.start), position(text, span.end.max(span.start)));
        let path = format!("{}/{path}", self.root.trim_end_matches('/'));
        Place {
            path,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}

/// A position in a file: line and column from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

/// Returns the position of a byte offset. An offset within a character has the character's
/// position.
#[must_use]
pub fn position(text: &str, offset: usize) -> Position {
    let before = &text[..text.floor_char_boundary(offset)];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Position {
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
    }
}

/// A range of a file: lines and columns from 1, columns in characters, the end after the last
/// character.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    path: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

/// Renders one line: `content/bulletins/x.md:4:1: error[front-matter/unknown-key]: …; help: …`. The
/// severity is English in every language, for programs that search for it.
#[must_use]
pub fn short(diagnostic: &Diagnostic, options: &RenderOptions<'_>) -> String {
    let Place { path, line, column, .. } = options.place(&diagnostic.path, &diagnostic.span);
    let (severity, code) = (diagnostic.severity.name(), diagnostic.code);
    let mut text = format!(
        "{path}:{line}:{column}: {severity}[{code}]: {}",
        diagnostic.message.get(options.language)
    );
    let (mark, help) = match options.language {
        MessageLanguage::English => ("; ", "help: "),
        MessageLanguage::Chinese => ("；", "帮助："),
    };
    for related in related(diagnostic, options) {
        let _ = write!(text, "{mark}{related}");
    }
    if let Some(said) = &diagnostic.help {
        let _ = write!(text, "{mark}{help}{}", said.get(options.language));
    }
    text
}

/// Renders the related positions, each as `first used here: content/bulletins/x.md:4:1`.
fn related(diagnostic: &Diagnostic, options: &RenderOptions<'_>) -> Vec<String> {
    let said = diagnostic.related.iter().map(|related| {
        let Place { path, line, column, .. } = options.place(&related.path, &related.span);
        let mark = if options.language == MessageLanguage::Chinese { "：" } else { ": " };
        format!("{}{mark}{path}:{line}:{column}", related.message.get(options.language))
    });
    said.collect()
}

/// Counts diagnostics in words: `3 errors, 1 warning and 2 notes`.
#[must_use]
pub fn count(diagnostics: &[Diagnostic], language: MessageLanguage) -> String {
    let counted: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .map(|severity| {
            let found = diagnostics.iter().filter(|found| found.severity == severity);
            (severity, found.map(|found| found.omitted.max(1)).sum::<usize>())
        })
        .filter(|(_, count)| *count > 0)
        .map(|(severity, count)| match language {
            MessageLanguage::English => {
                format!("{count} {}{}", severity.name(), if count == 1 { "" } else { "s" })
            }
            MessageLanguage::Chinese => format!("{count} 个{}", severity.word(language)),
        })
        .collect();
    match (language, counted.as_slice()) {
        (MessageLanguage::English, []) => "no errors".to_owned(),
        (MessageLanguage::Chinese, []) => "没有错误".to_owned(),
        (MessageLanguage::English, [rest @ .., last]) if !rest.is_empty() => {
            format!("{} and {last}", rest.join(", "))
        }
        (MessageLanguage::Chinese, counted) => counted.join("，"),
        (MessageLanguage::English, counted) => counted.concat(),
    }
}

/// Serializes a value as indented JSON with a line break at the end. The value must be
/// serializable.
pub(crate) fn to_json(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
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
