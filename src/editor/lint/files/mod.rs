//! Checks of whole files: text in the wrong encoding, and tables (CSV) that programs read in
//! another way than they were meant (RFC 4180).

mod authors;
mod comments;
mod kinds;
mod media;
mod places;
mod zip;

use std::ops::Range;
use std::sync::Arc;

pub(super) use self::kinds::check_file_kinds;
use super::context::LintContext;
use crate::diagnostic::{Code, Diagnostic, Message, Phrase, message};
use crate::language::{find_garbled, is_lost_in_sheet};

/// The extensions of files that are text.
const TEXT_EXTENSIONS: &[&str] = &["md", "toml", "ftl", "csv", "txt"];

/// Signs that other tables have between their cells, with the names of the signs.
const SEPARATORS: &[(char, Phrase)] = &[
    ('，', Phrase::typed("`，`")),
    (';', Phrase::typed("`;`")),
    ('；', Phrase::typed("`；`")),
    ('\t', Phrase::new("tabs", "制表符")),
];

/// Checks the text of all files.
pub(super) fn check_files(context: &LintContext<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (path, bytes) in context.files() {
        let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
        let is_table = extension.eq_ignore_ascii_case("csv");
        if !TEXT_EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known)) {
            continue;
        }
        let text = str::from_utf8(bytes);
        if let Ok(text) = text {
            found.extend(find_garbled(text).map(|place| garbled(path, text, place)));
        }
        if is_table {
            found
                .extend(text.map_or_else(|_| vec![not_utf8(path)], |text| check_table(path, text)));
        }
    }
    found
}

fn garbled(path: &Arc<str>, text: &str, (range, meant): (Range<usize>, String)) -> Diagnostic {
    let shown: String = text[range.clone()].chars().take(12).collect();
    let meant: String = meant.chars().take(12).collect();
    let message = message!(
        "`{shown}` is text in a wrong encoding: it was `{meant}`",
        "`{shown}` 是乱码：原文是 `{meant}`"
    );
    let help = message!(
        "copy the text again from where it is right; this file may have more of it",
        "请从正常显示的地方重新复制文字；本文件可能还有其他乱码"
    );
    Diagnostic::warning(Code::GarbledText, path, range, message).help(help)
}

fn not_utf8(path: &Arc<str>) -> Diagnostic {
    let message = message!(
        "this table is not in UTF-8, so that its Chinese is garbled for many readers",
        "这个表格不是 UTF-8 编码，许多读者打开后会看到乱码"
    );
    let help = message!("save it as `CSV UTF-8`", "请在“另存为”中选择“CSV UTF-8（逗号分隔）”");
    bad_table(path, 0..0, message, help)
}

fn bad_table(path: &Arc<str>, place: Range<usize>, message: Message, help: Message) -> Diagnostic {
    Diagnostic::warning(Code::BadTable, path, place, message).help(help)
}

/// Checks a table: its separators, the widths of its rows, and its values. Each kind of problem is
/// reported once.
fn check_table(path: &Arc<str>, text: &str) -> Vec<Diagnostic> {
    let text_start = text.len() - text.trim_start_matches('\u{FEFF}').len();
    let first_line = text[text_start..].lines().next().unwrap_or_default();
    let place = text_start..text_start + first_line.len();
    if text[text_start..].trim().is_empty() {
        let message = message!("this table is empty", "这个表格是空的");
        let help = message!("export it again, or remove the file", "请重新导出，或删去这个文件");
        return vec![bad_table(path, 0..0, message, help)];
    }
    if let Some(sign) = wrong_separator(first_line) {
        let message = message!(
            "the cells of this table have {sign} between them, and programs read commas",
            "这个表格的单元格用{sign}分隔，而程序按半角逗号读取"; sign
        );
        let help = message!(
            "export it again as `CSV UTF-8`, with `,` between the cells",
            "请重新导出为“CSV UTF-8（逗号分隔）”，单元格之间用半角逗号"
        );
        return vec![bad_table(path, place, message, help)];
    }
    let table = Table::read(&text[text_start..], text_start);
    if let Some(open) = table.open_quote(path, text) {
        return vec![open];
    }
    [table.caption(path), table.width(path), table.values(path)].into_iter().flatten().collect()
}

fn wrong_separator(line: &str) -> Option<Phrase> {
    if line.contains(',') {
        return None;
    }
    SEPARATORS.iter().find(|(sign, _)| line.contains(*sign)).map(|(_, phrase)| *phrase)
}

/// The rows of a table.
struct Table {
    rows: Vec<Row>,
}

struct Row {
    range: Range<usize>,
    cells: Vec<String>,
}

impl Row {
    fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.trim().is_empty()).count()
    }
}

impl Table {
    fn read(text: &str, offset: usize) -> Self {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut rows = Vec::new();
        for record in reader.records().map_while(Result::ok) {
            let start = record.position().map_or(0, csv::Position::byte);
            let start = usize::try_from(start).unwrap_or_default().min(text.len());
            let rest = text.get(start..).unwrap_or_default();
            let start = start + rest.len() - rest.trim_start_matches(['\r', '\n']).len();
            let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
            let range = offset + start..offset + start + line.len();
            rows.push(Row { range, cells: record.iter().map(str::to_owned).collect() });
        }
        Self { rows }
    }

    /// A quotation mark without a partner, which makes one cell of all that follows.
    fn open_quote(&self, path: &Arc<str>, text: &str) -> Option<Diagnostic> {
        if text.matches('"').count().is_multiple_of(2) {
            return None;
        }
        let last = self.rows.last()?;
        let message = message!(
            "a quotation mark has no partner, so that the rest of this table is one cell",
            "有一个引号没有配对，其后的内容都会成为一个单元格"
        );
        let help = message!(
            "export the table again, or write `\"\"` for a quotation mark in a cell",
            "请重新导出表格；单元格中的引号请写成 `\"\"`"
        );
        Some(bad_table(path, last.range.clone(), message, help))
    }

    /// A first row with one cell, above rows with more.
    fn caption(&self, path: &Arc<str>) -> Option<Diagnostic> {
        let (first, second) = (self.rows.first()?, self.rows.get(1)?);
        if first.filled() != 1 || second.filled() < 2 {
            return None;
        }
        let message = message!(
            "the first row of this table is a caption, and programs take it for the names of the \
             columns",
            "这个表格的第一行是标题，程序会把它当作各列的名称"
        );
        let help = message!(
            "remove the row, and write its words beside the link to the file",
            "请删去这一行，把标题写在指向该文件的链接处"
        );
        Some(bad_table(path, first.range.clone(), message, help))
    }

    /// The first row with another number of cells than the head.
    fn width(&self, path: &Arc<str>) -> Option<Diagnostic> {
        let head = self.rows.iter().find(|row| row.filled() > 1)?;
        let row = self.rows.iter().find(|row| row.cells.len() != head.cells.len())?;
        if row.range.start < head.range.start {
            return None;
        }
        let (cells, columns) = (row.cells.len(), head.cells.len());
        let message = message!(
            "this row has another number of cells than the head: {cells} instead of {columns}",
            "这一行的单元格数与表头不同：应为 {columns} 个，实为 {cells} 个"
        );
        let help = message!(
            "put a cell with a comma between quotation marks: `\"12,500\"`",
            "单元格内有逗号时，请用半角双引号括起来：`\"12,500\"`"
        );
        Some(bad_table(path, row.range.clone(), message, help))
    }

    /// The first value that a sheet could not show.
    fn values(&self, path: &Arc<str>) -> Option<Diagnostic> {
        let cells = self.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row, cell)));
        let (row, cell) =
            cells.map(|(row, cell)| (row, cell.trim())).find(|(_, cell)| is_lost_in_sheet(cell))?;
        let message = message!(
            "`{cell}` is what a sheet shows in place of the value",
            "`{cell}` 不是数据本身，而是电子表格显示的替代内容"
        );
        let help = message!(
            "widen the column or format it as text, mend the formula, and export the table again",
            "请加宽该列或设为文本格式，或改正公式，然后重新导出"
        );
        Some(bad_table(path, row.range.clone(), message, help))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(text: &str) -> Vec<String> {
        let found = check_table(&Arc::from("a.csv"), text);
        found.into_iter().map(|found| found.message.en().to_owned()).collect()
    }

    #[test]
    fn table_that_programs_misread_is_found() {
        for (text, part) in [
            ("名称，数量\n甲，1\n", "`，`"),
            ("名称;数量\n甲;1\n", "`;`"),
            ("名称\t数量\n甲\t1\n", "tabs"),
            ("", "empty"),
            ("名称,数量\n甲,12,500\n", "3 instead of 2"),
            ("水井统计表,,\n名称,数量,年\n甲,1,2\n", "caption"),
            ("水井统计表\n名称,数量,年\n甲,1,2\n", "caption"),
            ("名称,数量\n\"甲,1\n", "partner"),
            ("名称,编号\n甲,2.30103E+17\n", "`2.30103E+17`"),
            ("名称,数量\n甲,#REF!\n", "`#REF!`"),
            ("名称,数量\n甲,########\n", "`########`"),
        ] {
            let found = messages(text);
            assert!(found.iter().any(|message| message.contains(part)), "{text}: {found:?}");
        }
    }

    #[test]
    fn right_table_has_no_findings() {
        for text in [
            "名称,数量\n甲,1\n",
            "\u{feff}名称,数量\r\n甲,1\r\n",
            "名称,说明\n甲,\"一；二，三\"\n乙,\"a;b, c\"\n",
            "名称\n甲；乙\n",
            "名称,数量\n,\n合计,\n",
            "name,value\nsmall,1.5E-7\nlarge,1E+6\n",
            "编号\n#1\n",
        ] {
            assert_eq!(messages(text), Vec::<String>::new(), "{text}");
        }
    }
}
