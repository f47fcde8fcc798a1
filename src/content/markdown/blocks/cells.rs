//! The cells of a table as paragraphs, as mammoth writes them in Markdown.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::super::captions::is_numbered_caption;
use super::super::notice_lines::is_item;
use super::{LiteralMark, warning};
use crate::diagnostic::{Code, message};

/// The least number of paragraphs in succession that are taken for cells.
const MIN_CELLS: usize = 6;

/// The longest text of a cell, in characters.
const MAX_LENGTH: usize = 16;

/// Paragraphs in succession that may be cells.
#[derive(Default)]
pub(super) struct CellRun {
    first: Option<Range<usize>>,
    count: usize,
    /// The number of paragraphs that are numbers.
    numbers: usize,
}

impl CellRun {
    /// Takes the start or end of a block; reports the run that it ends.
    pub(super) fn take(
        &mut self,
        markdown: &str,
        event: &Event<'_>,
        range: &Range<usize>,
    ) -> Option<LiteralMark> {
        if matches!(event, Event::End(TagEnd::Paragraph)) {
            return None;
        }
        let text = markdown.get(range.clone()).unwrap_or_default().trim_end();
        if !matches!(event, Event::Start(Tag::Paragraph)) || !is_cell(text) {
            return self.end();
        }
        self.first.get_or_insert(range.start..range.start + text.len());
        self.count += 1;
        self.numbers += usize::from(is_number(text));
        None
    }

    /// Ends the run; reports it if it was a table.
    pub(super) fn end(&mut self) -> Option<LiteralMark> {
        let run = std::mem::take(self);
        let is_table = run.count >= MIN_CELLS && run.numbers > 0;
        if !is_table {
            return None;
        }
        let (range, count) = (run.first?, run.count);
        let message = message!(
            "this and the paragraphs below it, {count} in all, look like the cells of a table",
            "从这里开始的 {count} 个段落像是一张表格的各个单元格"
        );
        let help = message!(
            "write each row as one line, `| … | … |`, and `| --- | --- |` below the head",
            "请把每一行表格写成一行 `| … | … |`，并在表头下面写 `| --- | --- |`"
        );
        Some(warning(Code::NotATable, range, message, help))
    }
}

/// Whether a paragraph is short and no sentence, item, label or picture.
fn is_cell(text: &str) -> bool {
    let words = text.trim_matches(['*', '_']);
    let length = words.chars().count();
    (1..=MAX_LENGTH).contains(&length)
        && !words.ends_with(['。', '！', '？', '；', '，', '.', '!', '?', ';', ','])
        && !words.contains(['：', ':', '[', '<', '。'])
        && !words.starts_with(['\u{3000}', '&', '附'])
        && !is_item(words)
        && !is_numbered_caption(words)
}

/// Whether a paragraph is a number, with signs of a number or a percentage.
fn is_number(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || "\\.,-–—~～%％+()（）/ ".contains(c))
}

#[cfg(test)]
mod tests {
    use super::super::tests::codes;

    #[test]
    fn cells_as_paragraphs_are_named() {
        let table = "类别\n\n单价\n\n居民\n\n38\\.32\n\n单位\n\n43\\.30\n\n元";
        assert_eq!(codes(table), [("table/not-a-table", "类别")]);
        for markdown in [
            "类别\n\n单价\n\n居民\n\n38\\.32\n\n现予公布。\n\n元\n\n件",
            "张三\n\n李四\n\n王五\n\n赵六\n\n孙七\n\n周八",
            "- 甲\n\n- 12\n\n- 乙\n\n- 13\n\n- 丙\n\n- 14",
            "湖滨市人民政府\n\n2026年5月1日",
        ] {
            assert_eq!(codes(markdown), [], "{markdown}");
        }
    }
}
