//! Links that hold other links: `[see [the plan](a.md) of it](b.md)`. Only the inner ones are links
//! (CommonMark 0.31 §6.3). Brackets without a partner beside a link: `[[plan](a.md)`.

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

/// Finds the angle brackets before addresses that CommonMark does not take for links: those with a
/// space or without a scheme.
pub(super) fn find_angles(markdown: &str, texts: &[Range<usize>]) -> Vec<LiteralMark> {
    let opened = texts.iter().filter(|text| {
        let address = &markdown[text.end..];
        let is_address = ["http://", "https://", "www."].iter().any(|a| address.starts_with(a));
        is_address
            && markdown[(*text).clone()].ends_with('<')
            && !is_escaped(markdown, text.end - 1)
    });
    opened
        .map(|text| {
            let help = message!(
                "remove the `<` and its `>`; write `%20` for a space in the address",
                "请删去 `<` 和后面的 `>`；网址中的空格请写成 `%20`"
            );
            LiteralMark::new(Severity::Error, markdown, text.end - 1..text.end, help)
        })
        .collect()
}

/// Finds links of wikis, whose words are behind the address: `[https://… words]`.
pub(super) fn find_wiki_addresses(markdown: &str, texts: &[Range<usize>]) -> Vec<LiteralMark> {
    let pairs = texts.windows(2).filter_map(|pair| {
        let [before, after] = pair else { return None };
        let address = markdown.get(before.end..after.start)?;
        let words = markdown[after.clone()].strip_prefix(' ')?.split_once(']')?.0;
        let is_link = address.starts_with("http")
            && markdown[before.clone()].ends_with('[')
            && !words.trim().is_empty()
            && !words.contains('[')
            && !markdown[after.start + words.len() + 1..].starts_with("](");
        let place = before.end - 1..after.start + words.len() + 2;
        is_link.then_some((address, words.trim(), place))
    });
    pairs
        .map(|(address, words, place)| {
            let help = message!("write `[{words}]({address})`", "请写成 `[{words}]({address})`");
            LiteralMark::new(Severity::Error, markdown, place, help)
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

/// The number of bytes beside a link that are searched for the partner of a bracket. A bracket with
/// more text on that side is not reported: a block may have a hundred thousand links.
const MAX_SEARCHED: usize = 2048;

/// Finds brackets directly beside a link that have no partner in its block.
pub(super) fn find_stray(
    markdown: &str,
    block_start: usize,
    link: &Range<usize>,
) -> Vec<LiteralMark> {
    let mut found = Vec::new();
    let before = &markdown[block_start.min(link.start)..link.start];
    if before.ends_with('[') && !is_escaped(markdown, link.start - 1) {
        let after = &markdown[link.end..];
        let near = &after[..after.floor_char_boundary(MAX_SEARCHED)];
        let end = near.find("\n\n").or_else(|| (near.len() == after.len()).then_some(near.len()));
        if end.is_some_and(|end| count_unpaired(&near[..end], ']', '[') == 0) {
            found.push(stray(link.start - 1..link.start, "["));
        }
    }
    let brackets: [(&[char], &[char]); 2] = [(&['['], &[']']), (&['(', '（'], &[')', '）'])];
    for (opening, closing) in brackets {
        let next = markdown[link.end..].chars().next();
        let Some(close) = next.filter(|c| closing.contains(c)) else { continue };
        if before.len() > MAX_SEARCHED {
            continue;
        }
        let depth = before.chars().fold(0_usize, |depth, c| match c {
            _ if opening.contains(&c) => depth + 1,
            _ if closing.contains(&c) => depth.saturating_sub(1),
            _ => depth,
        });
        if depth == 0 {
            found.push(stray(link.end..link.end + close.len_utf8(), &close.to_string()));
        }
    }
    found
}

/// The number of closing brackets in a text whose opening ones are not in it.
fn count_unpaired(text: &str, close: char, open: char) -> usize {
    let mut depth = 0_usize;
    let mut ends = 0;
    for c in text.chars() {
        if c == open {
            depth += 1;
        } else if c == close && depth == 0 {
            ends += 1;
        } else if c == close {
            depth -= 1;
        }
    }
    ends
}

fn stray(range: Range<usize>, bracket: &str) -> LiteralMark {
    let message = message!(
        "this `{bracket}` beside the link has no partner, and would be shown",
        "链接旁边的 `{bracket}` 没有配对，会原样显示"
    );
    let help =
        message!("remove it, or write the one that is missing", "请删去它，或补上缺少的另一半");
    let (code, severity) = (Code::LiteralMark, Severity::Warning);
    LiteralMark { code, severity, range, message, help }
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
