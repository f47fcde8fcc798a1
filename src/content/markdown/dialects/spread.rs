//! Marks of pandoc that are spread over several lines or beside code: attributes of tracked changes
//! and comments, formulas in the forms of GitHub and LaTeX.

use std::cmp::Ordering;
use std::ops::Range;

use super::inline::{formula_help, is_attribute};
use super::{LiteralMark, is_escaped};
use crate::diagnostic::{Severity, message};

/// Finds attributes that go on in the next line: `[words]{.deletion author="Li"`.
pub(super) fn find_open_attributes(markdown: &str, range: &Range<usize>) -> Option<LiteralMark> {
    let source = &markdown[range.clone()];
    let start = source.rfind("]{.")? + 1;
    let inner = source[start..].strip_prefix('{')?;
    let name = inner.split_whitespace().next().filter(|word| is_attribute(word))?;
    if inner.contains('}') {
        return None;
    }
    let help = match name {
        ".deletion" => message!(
            "accept the changes in Word first; or delete the words before it, and all up to the \
             closing brace",
            "请先在 Word 中接受修订；或删去它前面方括号中的文字，以及直到右花括号的内容"
        ),
        _ if name.starts_with(".comment") => message!(
            "delete the comments in Word first; or delete them here, all up to the closing brace",
            "请先在 Word 中删除批注；或在这里删去批注，直到右花括号"
        ),
        _ => message!(
            "remove it, all up to the closing brace, and keep the words before it",
            "请删去它，直到右花括号，保留前面的文字"
        ),
    };
    let place = range.start + start..range.end;
    Some(LiteralMark::new(Severity::Error, markdown, place, help))
}

/// Finds the first link of a wiki that lacks one of its four brackets: `[[words]`, `[words]]`.
pub(super) fn find_half_wiki_link(markdown: &str, range: &Range<usize>) -> Option<LiteralMark> {
    let source = &markdown[range.clone()];
    let (opened, closed) = (source.matches('[').count(), source.matches(']').count());
    let (start, end) = match opened.cmp(&closed) {
        Ordering::Greater => {
            let start = source.find("[[")?;
            (start, start + source[start..].find(']')? + 1)
        }
        Ordering::Less => {
            let end = source.find("]]")? + 2;
            (source[..end].rfind('[')?, end)
        }
        Ordering::Equal => return None,
    };
    let is_whole = source[..start].ends_with('[') || source[end..].starts_with(']');
    let words = source[start..end].trim_matches(['[', ']']);
    let place = range.start + start..range.start + end;
    if is_whole || words.is_empty() || words.contains('[') || is_escaped(markdown, place.start) {
        return None;
    }
    let help = message!(
        "write `[{words}](…)`, with the file or the address in the round brackets, or the words \
         alone",
        "请写成 `[{words}](…)`，并在圆括号中写上文件或网址，或只写文字"
    );
    Some(LiteralMark::new(Severity::Warning, markdown, place, help))
}

/// Finds formulas whose text is code between dollar signs, among the texts of a block.
pub(super) fn find_formulas(markdown: &str, texts: &[Range<usize>]) -> Vec<LiteralMark> {
    let pairs = texts.windows(2).filter_map(|pair| {
        let [before, after] = pair else { return None };
        let code = markdown.get(before.end..after.start)?;
        let is_code = code.len() > 2 && code.starts_with('`') && code.ends_with('`');
        let is_formula = is_code
            && markdown[before.clone()].ends_with('$')
            && markdown[after.clone()].starts_with('$')
            && !is_escaped(markdown, before.end - 1);
        is_formula.then_some(before.end - 1..after.start + 1)
    });
    pairs.map(|place| LiteralMark::new(Severity::Error, markdown, place, formula_help())).collect()
}

/// Finds the first formula between escaped brackets, `\(x^2\)`, which is shown without its
/// backslashes.
pub(super) fn find_latex(markdown: &str, texts: &[Range<usize>]) -> Option<LiteralMark> {
    let (first, last) = (texts.first()?, texts.last()?);
    let start = first.start.saturating_sub(1);
    let block = markdown.get(start..last.end)?;
    block.match_indices('\\').find_map(|(at, _)| {
        let source = &block[at..];
        let close = match source.as_bytes().get(1)? {
            b'(' => "\\)",
            b'[' => "\\]",
            _ => return None,
        };
        let inner = source[2..].split_once(close)?.0;
        let is_command = inner
            .match_indices('\\')
            .any(|(at, _)| inner[at + 1..].bytes().take_while(u8::is_ascii_alphabetic).count() > 1);
        let is_formula = inner.contains('^') || inner.contains("_{") || is_command;
        let place = start + at..start + at + 4 + inner.len();
        (is_formula && inner.is_ascii() && !is_escaped(markdown, place.start))
            .then(|| LiteralMark::new(Severity::Error, markdown, place, formula_help()))
    })
}
