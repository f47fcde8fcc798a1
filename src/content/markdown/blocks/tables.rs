//! Malformed tables, and rows of another width than the head.

use std::ops::Range;

use memchr::memchr3;

use super::columns::{
    cells_between_gaps, comma_between_cells, has_columns, has_figures_between_gaps,
    has_figures_in_columns,
};
use super::{Line, error, note, warning};
use crate::content::markdown::dialects::LiteralMark;
use crate::diagnostic::{Code, Message, Severity, message};
use crate::language::{is_han, is_lost_in_sheet};

/// Finds the table that a paragraph was meant as.
pub(super) fn find_malformed(lines: &[Line<'_>]) -> Option<LiteralMark> {
    let first = lines.first()?;
    if lines.len() < 2 {
        return is_lone_row(first.text).then(|| not_a_table(first.range.clone(), gap_help()));
    }
    if is_grid_rule(first.text) {
        return Some(not_a_table(first.range.clone(), pandoc_help()));
    }
    if let Some(rule) = lines.iter().position(|line| is_rule(line.text)) {
        let Some(head) = rule.checked_sub(1) else {
            return Some(not_a_table(first.range.clone(), head_help()));
        };
        let head = lines.get(head).filter(|head| has_bars(head.text))?;
        let rule_meant = rule_of(cells(head.text));
        let help = message!(
            "write this line as `{rule_meant}`, and each bar in the rows as `|`",
            "请将这一行写成 `{rule_meant}`，各行的竖线一律写半角的 `|`"
        );
        return Some(not_a_table(lines[rule].range.clone(), help));
    }
    if first.text.starts_with('|') && first.text.contains("\\|") {
        return Some(not_a_table(first.range.clone(), escaped_help()));
    }
    let columns = count_columns(lines)?;
    Some(not_a_table(first.range.clone(), rule_help(&rule_of(columns))))
}

/// The number of columns of a table whose cells are between bars, tabs, commas, full-width spaces
/// or runs of spaces; `None` for prose.
fn count_columns(lines: &[Line<'_>]) -> Option<usize> {
    let first = lines.first()?.text;
    if has_columns(lines, "\t") {
        return Some(first.split('\t').count());
    }
    if has_cells_between_bars(lines) {
        // Jira has two bars between the cells of a head.
        return Some(cells(&first.replace("||", "|")));
    }
    if let Some(comma) = comma_between_cells(lines) {
        return Some(first.split(comma).count());
    }
    if has_figures_in_columns(lines) {
        return Some(first.split('\u{3000}').count());
    }
    has_figures_between_gaps(lines).then(|| cells_between_gaps(first).count())
}

/// Whether all lines are rows, also without their last bar, or have as many bars between spaces.
/// Two lines with one such bar are a table only if they are short.
fn has_cells_between_bars(lines: &[Line<'_>]) -> bool {
    if lines.iter().all(|line| is_row(line.text) || is_box_rule(line.text)) {
        return true;
    }
    if lines.iter().all(|line| line.text.starts_with('|') && line.text.contains(" | ")) {
        return true;
    }
    let has_several = lines.len() > 2 || lines[0].text.matches(" | ").count() > 1;
    has_columns(lines, " | ") && (has_several || are_short(lines))
}

/// The longest row, in characters, that is surely no sentence with bars.
const MAX_SHORT_ROW: usize = 30;

/// Whether all lines are short, and some are in Chinese.
fn are_short(lines: &[Line<'_>]) -> bool {
    lines.iter().all(|line| line.text.chars().count() <= MAX_SHORT_ROW && !line.text.contains('`'))
        && lines.iter().any(|line| line.text.contains(is_han))
}

/// Reports a paragraph that is a row, with tabs between its cells.
pub(super) fn tabbed_row(range: Range<usize>, tabs: usize) -> LiteralMark {
    not_a_table(range, rule_help(&rule_of(tabs + 1)))
}

fn rule_help(rule: &str) -> Message {
    message!(
        "put the line `{rule}` below the head, and write `|` between the cells",
        "请在表头下面加一行 `{rule}`，各单元格之间写半角的 `|`"
    )
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
        return Some(error(Code::RowWidth, range, message, help));
    }
    if found < columns && !row.contains('|') {
        let message =
            message!("this line becomes a row of the table above", "这一行会成为上面表格中的一行");
        let help = message!(
            "put an empty line before it, unless it is a row: then write every cell",
            "如果它不属于表格，请在它前面空一行；否则请写出每一个单元格"
        );
        return Some(warning(Code::RowWidth, range, message, help));
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

/// Reports a row that has values and no first cell, as a merged cell of Word leaves it.
pub(super) fn check_first_cell(markdown: &str, range: &Range<usize>) -> Option<LiteralMark> {
    let row = markdown.get(range.clone())?.lines().next()?.trim_end();
    let (first, rest) = row.strip_prefix('|')?.split_once('|')?;
    let is_empty = |text: &str| text.trim_matches(['|', ' ', '\t', '\u{3000}']).is_empty();
    if !is_empty(first) || is_empty(rest) {
        return None;
    }
    let message = message!(
        "the first cell of this row is empty, so that the row does not say what it is about",
        "这一行的第一个单元格是空的，读者不知道这一行说的是什么"
    );
    let help = message!(
        "if it was merged with the cell above, write the text of that cell here too",
        "如果它原来与上面的单元格合并，请在这里也写上那个单元格的内容"
    );
    let range = range.start..range.start + row.len();
    Some(note(Code::EmptyFirstCell, range, message, help))
}

/// Reports a head in which neighbouring cells have the same words, as converters write a merged
/// cell. A cell that is merged over all columns is probably the caption.
pub(super) fn check_head(markdown: &str, range: &Range<usize>) -> Option<LiteralMark> {
    let row = markdown.get(range.clone())?.lines().next()?.trim();
    let inner = row.strip_prefix('|').unwrap_or(row);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let cells: Vec<&str> = inner.split('|').map(str::trim).collect();
    let pair = cells.windows(2).find(|pair| pair[0] == pair[1] && !pair[0].is_empty())?;
    let range = range.start..range.start + row.len();
    let words = pair[0];
    if cells.iter().all(|cell| *cell == words) {
        let message = message!(
            "each cell of this head has the same words, as a merged caption does",
            "这一表头的每个单元格文字相同，像是合并单元格的表格标题"
        );
        let help = message!(
            "if they are the caption, write `Table: {words}` above the table, and begin the table \
             with its next row; otherwise name each column",
            "如果它是表格标题，请在表格上面写 `表：{words}`，表格从下一行开始；否则请写出各列的名称"
        );
        return Some(warning(Code::RepeatedCaption, range, message, help));
    }
    let message = message!(
        "neighbouring columns have the same head: `{words}`",
        "相邻的列有相同的表头：`{words}`"
    );
    let help = message!(
        "write in each what its column holds; if two rows were the head, join them in one",
        "请分别写出各列的内容；如果原来的表头有两行，请合成一行"
    );
    Some(note(Code::RepeatedCaption, range, message, help))
}

/// Reports cells whose only text is a sign: a ditto mark, a sign of other dialects for a merged
/// cell, or pandoc's for a dash.
pub(super) fn find_signs(markdown: &str, range: &Range<usize>) -> Vec<LiteralMark> {
    let row = markdown.get(range.clone()).unwrap_or_default().lines().next().unwrap_or_default();
    let mut at = range.start;
    if row.contains("---") && row.chars().all(|c| "|-: ".contains(c)) {
        let help = message!(
            "remove this line: a table has one such line, directly below its head",
            "请删去这一行：表格只在表头下面有一行这样的横线"
        );
        let place = range.start..range.start + row.trim_end().len();
        return vec![LiteralMark::new(Severity::Warning, markdown, place, help)];
    }
    let cells = row.split('|').map(|cell| {
        let start = at + cell.len() - cell.trim_start().len();
        at += cell.len() + 1;
        (cell.trim(), start)
    });
    cells
        .filter_map(|(cell, start)| {
            let place = start..start + cell.len();
            if DITTO.contains(&cell) {
                return Some(ditto(place, cell));
            }
            Some(LiteralMark::new(Severity::Warning, markdown, place, sign_help(cell)?))
        })
        .collect()
}

/// Cells that repeat the one above or beside them.
const DITTO: &[&str] = &[
    "〃", "″", "”", "“", "\"", "〞", "々", "同上", "同左", "同前", "ditto", "Ditto", "do.", "\"\"",
];

fn ditto(range: Range<usize>, cell: &str) -> LiteralMark {
    let message = message!(
        "`{cell}` means nothing to readers who hear one cell alone, or who copy or filter rows",
        "逐格收听、复制或筛选表格的读者不知道 `{cell}` 指的是什么"
    );
    let help = message!("write the value itself again in this cell", "请在这一格里重新写出内容");
    note(Code::LiteralMark, range, message, help)
}

/// Whether a cell begins with the sign of a heading or a list item.
fn is_block(cell: &str) -> bool {
    let words = cell.trim_start_matches('#');
    let words = if words.len() < cell.len() { words } else { cell.trim_start_matches('-') };
    cell.len() - words.len() <= 6
        && words.len() < cell.len()
        && words.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_alphabetic))
}

fn sign_help(cell: &str) -> Option<Message> {
    match cell {
        _ if is_lost_in_sheet(cell) => Some(message!(
            "write the value itself: a sheet shows this where a column is too narrow or a formula \
             is broken",
            "请写出数据本身：列宽不够或公式出错时，电子表格才会这样显示"
        )),
        "^^" | "^" | "<<" | "<" => Some(message!(
            "tables have no merged cells: repeat the text of the cell that it continues",
            "这里的表格没有合并的单元格：请重复所合并的那一格的内容"
        )),
        _ if cell.len() > 2 && cell.bytes().all(|c| c == b'-') => {
            Some(message!("write `—`", "请写成 `—`"))
        }
        _ if cell.starts_with("[x]") || cell.starts_with("[X]") => {
            Some(message!("write `☑`; boxes are for lists", "请写成 `☑`；方框只用于列表"))
        }
        _ if is_block(cell) => Some(message!(
            "write the words alone: cells have no headings and no lists",
            "请只写文字：单元格里没有小标题和列表"
        )),
        _ => None,
    }
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
    error(Code::NotATable, range, message, help)
}

fn pandoc_help() -> Message {
    message!(
        "write its rows with `|` and `| --- |` below the head; pandoc writes them so with `-t gfm`",
        "请用 `|` 分隔各列，并在表头下面写 `| --- |`；pandoc 加上 `-t gfm` 就这样输出"
    )
}

fn escaped_help() -> Message {
    message!(
        "remove the backslash before each bar, and in the line of dashes",
        "请删去每个竖线以及横线前面的反斜杠"
    )
}

fn gap_help() -> Message {
    message!(
        "remove the empty lines between the rows of the table, and full-width spaces before them",
        "请删去表格各行之间的空行以及行首的全角空格"
    )
}

fn head_help() -> Message {
    message!(
        "write above this line what each column holds: `| Day | Beach |`",
        "请在这一行上面写各列的名称：`| 日期 | 地点 |`"
    )
}

/// Whether a paragraph is one row of a table, or its rule, which empty lines part from the others.
fn is_lone_row(line: &str) -> bool {
    let line = line.trim_matches('\u{3000}');
    is_row(line) && (is_rule(line) || line.matches(is_bar).count() > 2)
}

/// Whether a line is drawn with corners and dashes.
fn is_box_rule(line: &str) -> bool {
    line.starts_with(['┌', '├', '└', '+']) && line.chars().all(|c| "┌┬┐├┼┤└┴┘─━-+= ".contains(c))
}

fn is_grid_rule(line: &str) -> bool {
    line.starts_with("+-") && line.ends_with('+') && line.chars().all(|c| "+-=:".contains(c))
}

fn is_bar(c: char) -> bool {
    matches!(c, '|' | '｜' | '│' | '┃' | '‖' | '∣' | '︱')
}

fn has_bars(line: &str) -> bool {
    // The first bytes of the bars that are not ASCII. Most lines in Latin letters have none.
    memchr3(b'|', 0xEF, 0xE2, line.as_bytes()).is_some() && line.contains(is_bar)
}

/// Whether a line has bars and dashes of either width and nothing else.
fn is_rule(line: &str) -> bool {
    has_bars(line)
        && line.contains(['-', '—', '－', '─'])
        && line.chars().all(|c| is_bar(c) || "-—－─:： \t\u{3000}".contains(c))
}

/// Whether a line begins and ends with a bar, or has two full-width bars.
fn is_row(line: &str) -> bool {
    let is_closed =
        line.starts_with(is_bar) && line.ends_with(is_bar) && line.chars().nth(1).is_some();
    is_closed || has_bars(line) && line.matches('｜').count() >= 2
}

fn rule_of(cells: usize) -> String {
    format!("|{}", " --- |".repeat(cells))
}

fn cells(line: &str) -> usize {
    half_width_cells(&line.replace(is_bar, "|"))
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
