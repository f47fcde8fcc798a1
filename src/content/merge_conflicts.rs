//! Files in which version control left both versions of some lines, between the lines
//! `<<<<<<<`, `=======` and `>>>>>>>`.

use std::borrow::Cow;
use std::sync::Arc;

use memchr::memmem;
use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span, message};
use crate::source::Snapshot;

/// The number of signs in a conflict marker.
const MARKER_LENGTH: usize = 7;

/// Reports each file with conflict markers, and returns the snapshot with the first version of each
/// conflict, so that the rest of the content is read without errors that follow from it.
pub(super) fn settle<'s>(
    snapshot: &'s Snapshot,
    diagnostics: &mut Diagnostics,
) -> Cow<'s, Snapshot> {
    let mut settled = Cow::Borrowed(snapshot);
    let paths: Vec<&Arc<str>> = snapshot.files().map(|(path, _)| path).collect();
    let conflicts: Vec<(&Arc<str>, Conflict)> = paths
        .into_par_iter()
        .filter(|path| is_read(path))
        .filter_map(|path| Some((path, snapshot.text(path).and_then(Conflict::find)?)))
        .collect();
    for (path, conflict) in conflicts {
        diagnostics.push(conflict.diagnostic(path));
        settled = Cow::Owned(settled.into_owned().with(path, conflict.first_version));
    }
    settled
}

fn is_read(path: &str) -> bool {
    path == "site.toml"
        || path.starts_with("i18n/")
        || path.rsplit_once('.').is_some_and(|(_, extension)| extension == "md")
}

/// A file with conflict markers.
#[derive(Debug)]
struct Conflict {
    /// The first marker.
    span: Span,
    /// The text with the first version of each conflict; all else is blank, so that each remaining
    /// character keeps its position.
    first_version: String,
}

impl Conflict {
    /// Finds the conflict markers of a text that are not inside of fenced code.
    fn find(text: &str) -> Option<Self> {
        let mut markers = ["<<<<<<<", ">>>>>>>", "|||||||"].iter();
        if markers.all(|signs| memmem::find(text.as_bytes(), signs.as_bytes()).is_none()) {
            return None;
        }
        let mut first = None;
        let mut first_version = String::with_capacity(text.len());
        let (mut at, mut fence, mut is_in_second) = (0, None, false);
        let mut lines = text.split_inclusive('\n').peekable();
        while let Some(line) = lines.next() {
            let marker = if fence.is_none() { marker(line) } else { None };
            if marker.is_none() && !is_in_second {
                fence = fence_after(fence, line);
            }
            match marker {
                Some('<' | '>') => {
                    first.get_or_insert(at..at + line.trim_end().len());
                    is_in_second = false;
                }
                Some(_) if first.is_some() => is_in_second = true,
                // The rule of a table is below a head of empty cells.
                Some('|') if !lines.peek().is_some_and(|next| next.starts_with('|')) => {
                    first.get_or_insert(at..at + line.trim_end().len());
                }
                _ => {}
            }
            if is_in_second || (marker.is_some() && first.is_some()) {
                first_version
                    .extend(line.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
            } else {
                first_version.push_str(line);
            }
            at += line.len();
        }
        first.map(|span| Self { span, first_version })
    }

    fn diagnostic(&self, path: &Arc<str>) -> Diagnostic {
        let message = message!(
            "this file holds a merge conflict: two versions of the same lines",
            "本文件中有未解决的合并冲突：同一处内容有两个版本"
        );
        let help = message!(
            "keep one version, and delete the other with the lines of seven `<`, `|`, \
             `=` or `>`",
            "请保留一个版本，删去另一个版本以及由七个 `<`、`|`、`=` 或 `>` 组成的各行"
        );
        Diagnostic::error(Code::MergeConflict, path, self.span.clone(), message).help(help)
    }
}

/// The sign of a conflict marker: seven of it, and then a name, a space or nothing.
fn marker(line: &str) -> Option<char> {
    let sign = line.chars().next().filter(|sign| "<>=|".contains(*sign))?;
    let rest = line.trim_start_matches(sign);
    let is_marker = line.len() - rest.len() == MARKER_LENGTH
        && (rest.trim().is_empty() || (sign != '=' && rest.starts_with(' ')));
    is_marker.then_some(sign)
}

/// The open fence after a line: its sign and its length.
fn fence_after(open: Option<(char, usize)>, line: &str) -> Option<(char, usize)> {
    // Fences inside of lists and quotations are indented.
    let line = line.trim_start_matches([' ', '\t', '>']).trim_end();
    let sign = line.chars().next().filter(|sign| matches!(sign, '`' | '~'));
    let Some(sign) = sign else { return open };
    let rest = line.trim_start_matches(sign);
    let length = line.len() - rest.len();
    match open {
        None if length >= 3 && !rest.contains('`') => Some((sign, length)),
        Some((opened, least)) if sign == opened && length >= least && rest.is_empty() => None,
        open => open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conflict_is_found_at_its_first_marker() {
        for (text, marker) in [
            ("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> june\n", "<<<<<<< HEAD"),
            ("a\r\n<<<<<<< HEAD\r\nb\r\n=======\r\nc\r\n>>>>>>> x\r\n", "<<<<<<< HEAD"),
            ("<<<<<<<\nb\n|||||||\nd\n=======\nc\n>>>>>>>", "<<<<<<<"),
            ("a\n\nc\n>>>>>>> june\n", ">>>>>>> june"),
            ("```\n<<<<<<< HEAD\n```\n\n<<<<<<< ours\n", "<<<<<<< ours"),
            ("a\n\n|||||||\n\nb\n", "|||||||"),
            ("||||||| 1f2e3d\na\n", "||||||| 1f2e3d"),
        ] {
            let found = Conflict::find(text).map(|found| found.span);
            assert_eq!(found.map(|span| &text[span]), Some(marker), "{text}");
        }
    }

    #[test]
    fn first_version_keeps_its_positions() {
        let text = "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> june\nd\n";
        let found = Conflict::find(text).expect("a conflict").first_version;
        assert_eq!(found.len(), text.len());
        assert_eq!(found.split_whitespace().collect::<Vec<_>>(), ["a", "b", "d"]);
    }

    #[test]
    fn text_without_conflict_has_none() {
        for text in [
            "Title\n=======\n\na\n",
            "```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n```\n",
            "- a\n\n  ~~~text\n>>>>>>> x\n  ~~~\n",
            "see <<<<<<< and >>>>>>>\n",
            "<<<<<<<<<\n",
            "|||||||\n|-|-|-|-|-|-|\n",
            ">>> a\n",
        ] {
            assert!(Conflict::find(text).is_none(), "{text}");
        }
    }
}
