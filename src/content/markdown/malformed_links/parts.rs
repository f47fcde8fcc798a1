//! Links of which a part is missing or is in another line: `text](address)`, `[text(address)`, an
//! address of two lines, and the addresses of links apart from them, `[text]：address`.

use std::ops::Range;

use super::{MAX_ADDRESS, as_destination, is_address, last_length};
use crate::content::markdown::notice_lines::is_mark;
use crate::diagnostic::{Message, message};

/// The longest words of a link whose bracket is missing, in characters.
const MAX_WORDS: usize = 40;

/// `[text]：address`, `[text]: plan 2022.pdf`, and `[text]: address` in a line that continues a
/// paragraph, where it defines nothing.
pub(super) fn definition(
    markdown: &str,
    words: Range<usize>,
    behind: usize,
) -> Option<(Range<usize>, Message)> {
    let start = words.start - last_length(&markdown[..words.start]);
    let before = markdown[..start].trim_end_matches([' ', '>']);
    let rest = markdown.get(behind..)?.strip_prefix(['：', ':'])?;
    let rest = rest.trim_start_matches([' ', '\u{3000}']);
    let line = rest.lines().next().unwrap_or_default().trim_end();
    let word = line.split(char::is_whitespace).next()?;
    let written = if is_address(word) { word } else { line };
    let address = written.trim_start_matches('<').trim_end_matches('>');
    let is_named = is_address(word) || is_file_name(address);
    if !(before.is_empty() || before.ends_with('\n')) || !is_named {
        return None;
    }
    let range = start..markdown.len() - rest.len() + written.len();
    let meant = format!("[{}]: {}", &markdown[words], as_destination(address));
    let help = message!(
        "write `{meant}` on a line of its own, with an empty line before it",
        "请单独写一行 `{meant}`，并在它前面空一行"
    );
    Some((range, help))
}

/// Whether a text is the name of a file with an ending, in which there may be spaces.
fn is_file_name(text: &str) -> bool {
    let ending = text.rsplit_once('.').map_or("", |(_, ending)| ending);
    (2..=5).contains(&ending.len())
        && ending.bytes().all(|c| c.is_ascii_alphanumeric())
        && ending.bytes().any(|c| c.is_ascii_alphabetic())
        && !text.contains(['。', '，', '[', ']'])
}

/// `text](address)` in a block that has no `[` before it. `before` is the block up to the bracket,
/// and `text_start` the start of the text that has it.
pub(super) fn without_start(
    markdown: &str,
    before: &str,
    text_start: usize,
    behind: usize,
) -> Option<(Range<usize>, Message)> {
    let inner = markdown.get(behind..)?.strip_prefix('(')?;
    let near = &inner[..inner.floor_char_boundary(MAX_ADDRESS)];
    let address = near.lines().next()?.split_once(')')?.0;
    let before = &before[before.ceil_char_boundary(before.len().saturating_sub(MAX_ADDRESS))..];
    let close = behind - last_length(&markdown[..behind]);
    let is_part = close > text_start && !before.contains(['[', '\\']) && is_address(address);
    let help = message!(
        "put `[` before the words of the link, in the same paragraph",
        "请在链接的文字前面加 `[`，并与它写在同一段里"
    );
    is_part.then(|| (close..behind + address.len() + 2, help))
}

/// `[text(address)`.
pub(super) fn without_middle(
    markdown: &str,
    range: &Range<usize>,
) -> Option<(Range<usize>, Message)> {
    let text = markdown.get(range.clone())?;
    let open = text.rfind('[')?;
    let (words, rest) = text[open + 1..].split_once('(')?;
    let address = rest.split_once(')')?.0;
    let is_words = !words.is_empty()
        && !words.contains(|c: char| c == ']' || c == '\n' || is_mark(c))
        && words.chars().count() <= MAX_WORDS;
    let is_link = is_words && is_address(address) && !text[..open].ends_with('\\');
    let meant = format!("[{words}]({})", as_destination(address));
    let start = range.start + open;
    let range = start..start + words.len() + address.len() + 3;
    is_link.then(|| (range, message!("write `{meant}`", "请写成 `{meant}`")))
}

/// `[text](address` whose address goes on in the next line. `near` is the text from the address on.
pub(super) fn wrapped_link(
    markdown: &str,
    words: &Range<usize>,
    address_start: usize,
    near: &str,
) -> Option<(Range<usize>, String)> {
    let (first, rest) = near.split_once('\n')?;
    let second = rest.split_once(')')?.0;
    let parts = [first.trim(), second.trim()];
    let is_one = parts.iter().all(|part| !part.is_empty() && !part.contains(char::is_whitespace));
    let address = parts.concat();
    let start = words.start - last_length(&markdown[..words.start]);
    let link = format!("[{}]({address})", &markdown[words.clone()]);
    let range = start..address_start + first.len() + second.len() + 2;
    (is_one && address.contains("://")).then_some((range, link))
}
