//! Problems with a site's content, described so that an editor can correct them.
//!
//! Every stage adds [`Diagnostic`]s to one [`Diagnostics`] list and continues; [`render`] turns the
//! list into text at the end. No function fails because of content: it returns a diagnostic.

mod code;
pub mod explain;
mod message;
pub mod render;
mod suggest;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

pub use code::Code;
pub(crate) use message::message;
pub use message::{Message, MessageLanguage, Phrase};
pub use suggest::{closest, closest_key};

/// A range of a content file, in bytes from its start.
pub type Span = Range<usize>;

/// The severity of a diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The site is not compiled until it is corrected.
    Error,
    /// The site is compiled; an editor should check.
    Warning,
    /// Nothing is wrong; an editor may want to know.
    Note,
}

impl Severity {
    /// The name in data and in output for programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }

    /// The name for people.
    #[must_use]
    pub const fn word(self, language: MessageLanguage) -> &'static str {
        match (language, self) {
            (MessageLanguage::English, severity) => severity.name(),
            (MessageLanguage::Chinese, Self::Error) => "错误",
            (MessageLanguage::Chinese, Self::Warning) => "警告",
            (MessageLanguage::Chinese, Self::Note) => "提示",
        }
    }
}

/// A problem at one position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub code: Code,
    pub severity: Severity,
    /// The path inside the content folder.
    pub path: Arc<str>,
    pub span: Span,
    pub message: Message,
    /// The correction, which can be followed literally.
    pub help: Option<Message>,
    /// Other positions that explain the problem.
    pub related: Vec<Related>,
    /// In the last one of [`MAX_PER_CODE`], the number of problems that it replaces; else 0.
    pub omitted: usize,
}

/// Another position that explains a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The path inside the content folder.
    pub path: Arc<str>,
    pub span: Span,
    /// Describes the position, such as `first used here`.
    pub message: Message,
}

impl Diagnostic {
    /// Creates an error: nothing is compiled until it is corrected.
    #[must_use]
    pub fn error(code: Code, path: &Arc<str>, span: Span, message: Message) -> Self {
        Self {
            code,
            severity: Severity::Error,
            path: Arc::clone(path),
            span,
            message,
            help: None,
            related: Vec::new(),
            omitted: 0,
        }
    }

    /// Creates a warning: the site is compiled all the same.
    #[must_use]
    pub fn warning(code: Code, path: &Arc<str>, span: Span, message: Message) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, path, span, message) }
    }

    /// Creates a note: nothing is wrong.
    #[must_use]
    pub fn note(code: Code, path: &Arc<str>, span: Span, message: Message) -> Self {
        Self { severity: Severity::Note, ..Self::error(code, path, span, message) }
    }

    /// Adds a help.
    #[must_use]
    pub fn help(mut self, help: Message) -> Self {
        self.help = Some(help);
        self
    }

    /// Replaces the help by `did you mean` if a known name is similar to the written one.
    #[must_use]
    pub fn did_you_mean<'a>(self, written: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match closest(written, known) {
            Some(name) => self.help(message!("did you mean `{name}`?", "您是否想写 `{name}`？")),
            None => self,
        }
    }

    /// Adds another position that explains the problem.
    #[must_use]
    pub fn related(mut self, path: &Arc<str>, span: Span, message: Message) -> Self {
        self.related.push(Related { path: Arc::clone(path), span, message });
        self
    }
}

/// The diagnostics of one run.
#[derive(Debug, Default, Clone)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds the diagnostics of another list.
    pub fn append(&mut self, mut other: Self) {
        self.list.append(&mut other.list);
    }

    /// Returns the number of errors.
    #[must_use]
    pub fn error_count(&self) -> usize {
        self.list.iter().filter(|found| found.severity == Severity::Error).count()
    }

    /// Whether the site cannot be compiled.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.error_count() > 0
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Returns the diagnostics in reading order, by file and position, without duplicates. Of each
    /// code in one file, at most [`MAX_PER_CODE`] are kept, and one that counts the others.
    #[must_use]
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.drop_consequences_of_conflicts();
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
        truncate_per_code(self.list)
    }

    /// Keeps only the merge conflict of a file that has one: an editor must resolve it first, and
    /// the other problems may be of the version that is removed.
    fn drop_consequences_of_conflicts(&mut self) {
        let conflicts = self.list.iter().filter(|found| found.code == Code::MergeConflict);
        let paths: BTreeSet<Arc<str>> = conflicts.map(|found| Arc::clone(&found.path)).collect();
        if !paths.is_empty() {
            self.list.retain(|one| one.code == Code::MergeConflict || !paths.contains(&one.path));
        }
    }
}

/// The largest number of diagnostics of one code in one file. A file with more of them was made by
/// a program.
pub const MAX_PER_CODE: usize = 100;

/// The counts of one code in one file.
#[derive(Default)]
struct KindCount {
    kept: usize,
    omitted: usize,
    /// The index of the diagnostic that counts the omitted ones.
    index: Option<usize>,
}

/// Keeps [`MAX_PER_CODE`] diagnostics of each code in each file, and one that counts the others.
/// The counts of a list that was bounded before are kept.
fn truncate_per_code(sorted: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(sorted.len());
    let mut counts: BTreeMap<(Arc<str>, Code), KindCount> = BTreeMap::new();
    for diagnostic in sorted {
        let count = counts.entry((Arc::clone(&diagnostic.path), diagnostic.code)).or_default();
        if diagnostic.omitted == 0 && count.kept < MAX_PER_CODE {
            count.kept += 1;
            kept.push(diagnostic);
            continue;
        }
        count.omitted += diagnostic.omitted.max(1);
        if let Some(last) = count.index.and_then(|index| kept.get_mut(index)) {
            last.severity = last.severity.min(diagnostic.severity);
        } else {
            count.index = Some(kept.len());
            kept.push(Diagnostic { help: None, related: Vec::new(), ..diagnostic });
        }
    }
    for KindCount { omitted, index, .. } in counts.into_values() {
        if let Some(last) = index.and_then(|index| kept.get_mut(index)) {
            last.omitted = omitted;
            last.message = message!(
                "and {omitted} more of this kind in this file",
                "本文件中还有 {omitted} 个同类问题"
            );
        }
    }
    kept
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(found: I) -> Self {
        Self { list: found.into_iter().collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_problems_of_one_kind_are_counted() {
        let (file, other): (Arc<str>, Arc<str>) = (Arc::from("a.md"), Arc::from("b.md"));
        let mut diagnostics = Diagnostics::default();
        for at in 0..250 {
            let message = message!("problem {at}", "问题 {at}");
            diagnostics.push(
                Diagnostic::warning(Code::UnknownKey, &file, at..at + 1, message)
                    .help(message!("a", "一")),
            );
        }
        diagnostics.push(Diagnostic::error(
            Code::UnknownKey,
            &file,
            300..301,
            message!("the last", "最后一个"),
        ));
        diagnostics.push(Diagnostic::error(
            Code::BadDate,
            &file,
            400..401,
            message!("another", "另一个"),
        ));
        diagnostics.push(Diagnostic::error(
            Code::UnknownKey,
            &other,
            0..1,
            message!("elsewhere", "别处"),
        ));
        let sorted = diagnostics.into_sorted();
        assert_eq!(sorted.len(), MAX_PER_CODE + 3);
        let counting = &sorted[MAX_PER_CODE];
        assert_eq!(counting.message.en(), "and 151 more of this kind in this file");
        assert_eq!((counting.span.clone(), counting.severity), (100..101, Severity::Error));
        assert_eq!(counting.help, None);
        assert_eq!(sorted[MAX_PER_CODE + 1].message.en(), "another");
        let again: Diagnostics = sorted.clone().into_iter().collect();
        assert_eq!(again.into_sorted(), sorted);
    }

    #[test]
    fn omitted_problems_are_counted_exactly() {
        let file: Arc<str> = Arc::from("a.md");
        for (all, more) in [(100, None), (101, Some(1)), (150, Some(50)), (80_000, Some(79_900))] {
            let problems = (0..all).map(|at| {
                let message = message!("problem {at}", "问题 {at}");
                Diagnostic::error(Code::UnknownKey, &file, at..at + 1, message)
            });
            let mut sorted = problems.collect::<Diagnostics>().into_sorted();
            for _ in 0..2 {
                let counting = sorted.get(MAX_PER_CODE);
                let text = more.map(|more| format!("and {more} more of this kind in this file"));
                assert_eq!(counting.map(|one| one.message.en().to_owned()), text);
                sorted = sorted.into_iter().collect::<Diagnostics>().into_sorted();
            }
        }
    }
}
