//! Checks that each footnote has one text and at least one mark.

use std::collections::BTreeSet;
use std::ops::Range;

use memchr::memchr3;

use crate::diagnostic::{Message, message};

/// A problem with a footnote.
pub(super) struct FootnoteProblem {
    pub(super) range: Range<usize>,
    pub(super) message: Message,
    pub(super) help: Message,
}

/// The marks and the texts of the footnotes of a body. Their names ignore case, as links do.
#[derive(Default)]
pub(super) struct Footnotes {
    marks: BTreeSet<String>,
    texts: Vec<(String, Range<usize>)>,
}

impl Footnotes {
    pub(super) fn add_mark(&mut self, label: &str) {
        self.marks.insert(label.to_lowercase());
    }

    pub(super) fn add_text(&mut self, label: &str, range: Range<usize>) {
        self.texts.push((label.to_owned(), range));
    }

    /// Texts without a mark, and further texts for the same mark, which no page shows.
    pub(super) fn problems(&self) -> Vec<FootnoteProblem> {
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        for (label, range) in &self.texts {
            let name = label.to_lowercase();
            let range = range.start..range.start + label.len() + "[^]:".len();
            if !seen.insert(name.clone()) {
                found.push(defined_twice(label, range));
            } else if !self.marks.contains(&name) {
                found.push(unused(label, range));
            }
        }
        found
    }
}

fn unused(label: &str, range: Range<usize>) -> FootnoteProblem {
    let message =
        message!("the footnote `{label}` is not used in the text", "正文没有用到脚注 `{label}`");
    let help = message!(
        "put `[^{label}]` where it belongs, or remove it",
        "请在正文的相应位置写 `[^{label}]`，或删去这个脚注"
    );
    FootnoteProblem { range, message, help }
}

fn defined_twice(label: &str, range: Range<usize>) -> FootnoteProblem {
    let message = message!(
        "the footnote `{label}` has two texts; readers see only one of them",
        "脚注 `{label}` 有两段内容，读者只能看到其中一段"
    );
    let help = message!(
        "give one of the two another name, here and where it is marked in the text",
        "请为其中一个脚注另取名称，并同时修改正文中的标记"
    );
    FootnoteProblem { range, message, help }
}

/// Finds `[^mark]` that stayed text because no footnote has that name, also in full-width brackets.
/// `range` is the range of a text in the Markdown.
pub(super) fn find_undefined(markdown: &str, range: &Range<usize>) -> Vec<FootnoteProblem> {
    let Some(source) = markdown.get(range.clone()) else { return Vec::new() };
    // The first bytes of `［` and `【` are 0xEF and 0xE3. Most texts have none of these.
    if memchr3(b'[', 0xEF, 0xE3, source.as_bytes()).is_none() {
        return Vec::new();
    }
    source
        .match_indices(['[', '［', '【'])
        .filter(|(at, _)| {
            let next = source[*at..].chars().nth(1);
            matches!(next, Some('^' | '＾')) && !source[..*at].ends_with('\\')
        })
        .filter_map(|(at, open)| {
            let label_start =
                at + open.len() + source[at + open.len()..].chars().next()?.len_utf8();
            let label = source[label_start..].split([']', '］', '】']).next()?;
            let close = source[label_start + label.len()..].chars().next()?;
            let end = label_start + label.len() + close.len_utf8();
            let is_label = !label.is_empty() && !label.contains(char::is_whitespace);
            is_label.then(|| {
                let place = range.start + at..range.start + end;
                undefined(label.trim(), place, &source[at..end], &source[end..])
            })
        })
        .collect()
}

fn undefined(label: &str, range: Range<usize>, written: &str, behind: &str) -> FootnoteProblem {
    let mark = format!("[^{label}]");
    if behind.starts_with('：') {
        let message = message!(
            "this is not read as the text of a footnote: `{written}：`",
            "`{written}：` 不会被当作脚注的内容"
        );
        let help = message!("write `{mark}: `", "请写成 `{mark}: `");
        let range = range.start..range.end + '：'.len_utf8();
        return FootnoteProblem { range, message, help };
    }
    if written != mark {
        let message = message!(
            "`{written}` is not read as the mark of a footnote",
            "`{written}` 不会被当作脚注标记"
        );
        let help = message!("write `{mark}`", "请写成 `{mark}`");
        return FootnoteProblem { range, message, help };
    }
    let message = message!("the footnote `{label}` has no text", "脚注 `{label}` 没有内容");
    let help = message!("add a line `[^{label}]: …`", "请另起一行添加 `[^{label}]: …`");
    FootnoteProblem { range, message, help }
}
