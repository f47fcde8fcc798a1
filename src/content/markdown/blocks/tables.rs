//! Malformed tables, and rows of another width than the head.

use std::ops::Range;

use super::{Line, warning};
use crate::content::markdown::dialects::LiteralMark;
use crate::diagnostic::{Code, Message, Severity, message};

/// Finds the table that a paragraph was meant as.
pub(super) fn find_malformed(lines: &[Line<'_>]) -> Option<LiteralMark> {
    let first = lines.first()?;
    if lines.len() < 2 {
        return None;
    }
    if is_grid_rule(first.text) {
        return Some(not_a_table(first.range.clone(), pandoc_help()));
    }
    if let Some(rule) = lines.iter().position(|line| is_rule(line.text)) {
        let head = lines.get(rule.checked_sub(1)?).filter(|head| has_bars(head.text))?;
        let rule_meant = rule_of(cells(head.text));
        let help = message!(
            "write this line as `{rule_meant}`, and each bar in the rows as `|`",
            "请将这一行写成 `{rule_meant}`，各行的竖线一律写半角的 `|`"
        );
        return Some(not_a_table(lines[rule].range.clone(), help));
    }
    let bars = lines.iter().filter(|line| is_row(line.text)).count();
    (bars >= 2 && bars == lines.len()).then(|| {
        let rule = rule_of(cells(first.text));
        let help = message!(
            "put the line `{rule}` below the head, and write each bar as `|`",
            "请在表头下面加一行 `{rule}`，竖线一律写半角的 `|`"
        );
        not_a_table(first.range.clone(), help)
    })
}

/// Reports a row that has more or fewer cells than the head.
pub(super) fn check_row(
    markdown: &str,
    range: &Range<usize>,
    columns: usize,
) -> Option<LiteralMark> {
    let row = markdown.get(range.clone())?.lines().next()?.trim_end();
    let range = range.start..range.start + row.len();
    let found = half_width_cells(row);
    if found > columns {
        let message = message!(
            "this row has {found} cells and the head has {columns}, so its last cells are not \
             shown",
            "这一行有 {found} 个单元格，而表头有 {columns} 个，多出的单元格不会显示"
        );
        let help = message!(
            "write a `|` inside a cell as `\\|`; otherwise add the missing cells to the head",
            "单元格里面的 `|` 请写成 `\\|`；否则请在表头补上缺少的列"
        );
        let severity = Severity::Error;
        return Some(LiteralMark { code: Code::RowWidth, severity, range, message, help });
    }
    (found < columns).then(|| {
        let message = message!(
            "this row has {found} cells and the head has {columns}",
            "这一行有 {found} 个单元格，而表头有 {columns} 个"
        );
        let help = message!(
            "write every cell; an empty cell is `| |`, and a merged one repeats its value",
            "请写出每一个单元格；空的写成 `| |`，合并的重复其内容"
        );
        warning(Code::RowWidth, range, message, help)
    })
}

/// Reports a line across the page that was meant as a rule of pandoc's tables.
pub(super) fn check_break(markdown: &str, range: &Range<usize>) -> Option<LiteralMark> {
    let line = markdown.get(range.clone())?.trim();
    let runs: Vec<&str> = line.split_whitespace().collect();
    let is_table = runs.len() >= 2 && runs.iter().all(|run| run.len() >= 2 && run.starts_with('-'));
    let start = range.start + markdown[range.clone()].find('-')?;
    is_table.then(|| not_a_table(start..start + line.len(), pandoc_help()))
}

fn not_a_table(range: Range<usize>, help: Message) -> LiteralMark {
    let message = message!("this is not a table", "这不是表格");
    let severity = Severity::Error;
    LiteralMark { code: Code::NotATable, severity, range, message, help }
}

fn pandoc_help() -> Message {
    message!(
        "write its rows with `|` and `| --- |` below the head; pandoc writes them so with `-t gfm`",
        "请用 `|` 分隔各列，并在表头下面写 `| --- |`；pandoc 加上 `-t gfm` 就这样输出"
    )
}

fn is_grid_rule(line: &str) -> bool {
    line.starts_with("+-") && line.ends_with('+') && line.chars().all(|c| "+-=:".contains(c))
}

fn is_bar(c: char) -> bool {
    matches!(c, '|' | '｜')
}

fn has_bars(line: &str) -> bool {
    line.contains(is_bar)
}

/// Whether a line has bars and dashes of either width and nothing else.
fn is_rule(line: &str) -> bool {
    has_bars(line)
        && line.contains(['-', '—', '－', '─'])
        && line.chars().all(|c| is_bar(c) || "-—－─:： \t\u{3000}".contains(c))
}

/// Whether a line begins and ends with a bar, or has two full-width bars.
fn is_row(line: &str) -> bool {
    let is_closed = line.len() > 1 && line.starts_with(is_bar) && line.ends_with(is_bar);
    is_closed || line.matches('｜').count() >= 2
}

fn rule_of(cells: usize) -> String {
    format!("|{}", " --- |".repeat(cells))
}

fn cells(line: &str) -> usize {
    half_width_cells(&line.replace('｜', "|"))
}

/// The number of cells of a row as the parser splits it.
fn half_width_cells(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut bars = 0;
    let mut is_escaped = false;
    let mut is_last_bar = false;
    for c in row.chars() {
        is_last_bar = c == '|' && !is_escaped;
        bars += usize::from(is_last_bar);
        is_escaped = c == '\\' && !is_escaped;
    }
    bars + usize::from(!is_last_bar)
}
