//! Links that hold other links: `[see [the plan](a.md) of it](b.md)`. Only the inner ones are links
//! (CommonMark 0.31 §6.3).

use std::ops::Range;

use super::{LiteralMark, is_escaped};
use crate::diagnostic::{Code, Severity, message};

/// Finds the ends of the outer links in the texts of a block.
pub(super) fn find(markdown: &str, texts: &[Range<usize>]) -> Vec<LiteralMark> {
    let Some(first) = texts.first() else { return Vec::new() };
    let ends = texts.iter().flat_map(|text| {
        let source = &markdown[text.clone()];
        source.match_indices("](").map(|(at, _)| text.start + at)
    });
    ends.filter_map(|end| {
        let open = opening_bracket(markdown, first.start, end)?;
        let inner = &markdown[open + 1..end];
        let holds_link = inner.contains("](") || inner.contains("<http");
        let address = markdown[end + 2..].lines().next()?.split_once(')')?.0;
        let is_link = holds_link && !address.contains(char::is_whitespace);
        (is_link && !is_escaped(markdown, end)).then(|| nested(open..end + 3 + address.len()))
    })
    .collect()
}

/// The bracket that the one at `end` closes.
fn opening_bracket(markdown: &str, start: usize, end: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let brackets = markdown[start..end].match_indices(['[', ']']).rev();
    for (at, bracket) in brackets.filter(|(at, _)| !is_escaped(markdown, start + at)) {
        match (bracket, depth) {
            ("[", 0) => return Some(start + at),
            ("[", _) => depth -= 1,
            _ => depth += 1,
        }
    }
    None
}

fn nested(range: Range<usize>) -> LiteralMark {
    let message = message!(
        "this link holds another one, and only the inner one leads anywhere",
        "这个链接里面还有链接，只有里面的链接有效"
    );
    let help = message!(
        "end the first link before the second begins: `[…](…) […](…)`",
        "请在第二个链接开始之前结束第一个：`[…](…) […](…)`"
    );
    LiteralMark { code: Code::BrokenLink, severity: Severity::Error, range, message, help }
}
