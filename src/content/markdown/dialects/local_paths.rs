//! Paths that only one computer or one office network has, in running text:
//! `file:///C:/plan.pdf`, `D:\通知.docx`, `\\server\share\plan.pdf`.

use std::ops::Range;

use memchr::{memchr, memmem};

use super::LiteralMark;
use crate::diagnostic::{Severity, message};

/// Characters that end a path beside whitespace.
const DELIMITERS: &[char] = &[
    '<', '>', '"', '|', '`', '*', '?', '，', '。', '；', '：', '、', '！', '？', '（', '）', '《',
    '》', '“', '”', ')', ']',
];

/// The beginnings of paths; all but the first have a backslash.
const HEADS: &[&str] = &["file://", "\\\\", ":\\"];

/// Finds the paths in the texts of a block.
pub(super) fn find(markdown: &str, texts: &[Range<usize>]) -> Vec<LiteralMark> {
    let (Some(first), Some(last)) = (texts.first(), texts.last()) else { return Vec::new() };
    let mut found = Vec::new();
    // An escape splits a path into several texts.
    let block = &markdown[..last.end];
    let first = first.start.saturating_sub(1);
    let has_backslash = memchr(b'\\', &block.as_bytes()[first..]).is_some();
    let heads = if has_backslash { HEADS } else { &HEADS[..1] };
    for head in heads {
        let mut at = first;
        while let Some(next) = find_from(block, at, head) {
            let is_drive = *head == ":\\";
            let end = block[next..].find(is_delimiter).map_or(block.len(), |length| next + length);
            at = end.max(next + head.len());
            if is_drive && !ends_with_drive_letter(&block[..next]) {
                continue;
            }
            let start = next - usize::from(is_drive);
            let is_text = texts.iter().any(|text| text.contains(&(start + 1)));
            if is_text && let Some(name) = file_name(&block[start..end]) {
                let help = message!(
                    "no reader has this file: put it beside this one, and link to it, as \
                     `[…](<{name}>)`",
                    "读者打不开这个文件：请把它放在本文件旁边，并写成链接 `[…](<{name}>)`"
                );
                let place = start..start + block[start..end].find(name).unwrap_or(0) + name.len();
                found.push(LiteralMark::new(Severity::Warning, markdown, place, help));
            }
        }
    }
    found
}

/// The next place of a text at or after a position.
fn find_from(block: &str, at: usize, text: &str) -> Option<usize> {
    Some(at + memmem::find(block.as_bytes().get(at..)?, text.as_bytes())?)
}

fn is_delimiter(c: char) -> bool {
    c.is_whitespace() || DELIMITERS.contains(&c)
}

/// Whether a text ends with one letter alone, as before the colon of `D:\`.
fn ends_with_drive_letter(before: &str) -> bool {
    let mut last = before.chars().rev();
    let is_letter = last.next().is_some_and(|c| c.is_ascii_alphabetic());
    is_letter && !last.next().is_some_and(|c| c.is_ascii_alphanumeric())
}

/// The file's name at the end of a path: only a path with one names a file for readers.
fn file_name(path: &str) -> Option<&str> {
    let name = path.trim_end_matches(['.', ',', ';']).rsplit(['/', '\\']).next()?;
    let (stem, rest) = name.rsplit_once('.')?;
    let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let is_file = !stem.is_empty() && (2..=5).contains(&length);
    is_file.then(|| &name[..stem.len() + 1 + length])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_files_on_one_computer_are_found() {
        for (text, expected) in [
            ("见 file:///C:/a/plan.pdf 。", Some("file:///C:/a/plan.pdf")),
            ("见D:\\2024年\\通知.docx。", Some("D:\\2024年\\通知.docx")),
            ("on \\\\oa\\share\\plan.xlsx.", Some("\\\\oa\\share\\plan.xlsx")),
            ("打开 C:\\Windows 文件夹", None),
            ("a\\\\b and 10:\\30", None),
            ("https://a.example/plan.pdf", None),
        ] {
            let found = find(text, std::slice::from_ref(&(0..text.len())));
            let places: Vec<&str> = found.iter().map(|mark| &text[mark.range.clone()]).collect();
            assert_eq!(places, Vec::from_iter(expected), "{text}");
        }
    }
}
