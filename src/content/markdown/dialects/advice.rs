//! Advice about HTML that is taken and that has a plainer form, `<sup>2</sup>`, `<br>` in a cell,
//! and about line breaks that break nothing.

use std::ops::Range;

use super::LiteralMark;
use super::is_escaped;
use super::scripts::Convert;
use crate::diagnostic::{Code, Message, Severity, message};

/// Advises to write a raised or lowered text in characters, if there are any for it.
pub(super) fn plain_script(
    markdown: &str,
    inner: &Range<usize>,
    convert: Convert,
) -> Option<LiteralMark> {
    let written = markdown.get(inner.clone())?;
    let plain = convert(written)?;
    let message = message!(
        "`{written}` needs no HTML here: titles, feeds and search can use the character itself",
        "这里的 `{written}` 不需要 HTML：标题、订阅和搜索都能使用字符本身"
    );
    Some(note(inner.clone(), message, message!("write `{plain}`", "请写成 `{plain}`")))
}

/// Advises against a line break in a cell.
pub(super) fn break_in_cell(range: &Range<usize>) -> LiteralMark {
    let message = message!(
        "this cell has a line break, which is not needed for narrow columns",
        "这个单元格里有换行，而较窄的列会自动换行"
    );
    let help = message!(
        "leave it out or write a comma, or give each line a row of its own",
        "请删去或改用逗号，或让每一行内容各占一行表格"
    );
    note(range.clone(), message, help)
}

/// Finds a backslash at the end of a block with these texts: editors that write `\` for a line
/// break leave one there, where it breaks nothing and is shown. Paths, as `D:\files\`, may end with
/// one.
pub(super) fn break_at_end(markdown: &str, texts: &[Range<usize>]) -> Option<LiteralMark> {
    let end = texts.last()?.end;
    let before = markdown.get(..end)?.strip_suffix('\\')?;
    let rest = markdown[end..].trim_start_matches([' ', '\t']);
    let is_end = rest.is_empty() || rest.starts_with(['\n', '\r', '|']);
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    if !is_end || word.contains(['\\', ':']) || is_escaped(markdown, end - 1) {
        return None;
    }
    let help = message!(
        "remove it: at the end of a paragraph or a cell there is no line to break",
        "请删去：段落或单元格的末尾不需要换行符号"
    );
    Some(LiteralMark::new(Severity::Warning, markdown, end - 1..end, help))
}

fn note(range: Range<usize>, message: Message, help: Message) -> LiteralMark {
    let (code, severity) = (Code::RawHtml, Severity::Note);
    LiteralMark { code, severity, range, message, help }
}
