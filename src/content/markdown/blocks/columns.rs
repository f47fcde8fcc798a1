//! Recognises rows of a table that has no bars: cells between tabs, commas, full-width spaces or
//! runs of spaces.

use super::Line;
use crate::content::markdown::notice_lines::is_mark;

/// Whether all lines have the same number of a separator, as cells copied from a sheet have.
pub(super) fn has_columns(lines: &[Line<'_>], separator: &str) -> bool {
    let first = lines.first().map_or(0, |line| line.text.matches(separator).count());
    let mut rest = lines.iter();
    first > 0
        && rest.all(|line| line.text.matches(separator).count() == first && !line.is_broken_before)
}

/// Whether full-width spaces part the cells of each line, and figures are among them. The names of
/// people have such spaces too.
pub(super) fn has_figures_in_columns(lines: &[Line<'_>]) -> bool {
    lines[0].text.matches('\u{3000}').count() > 1
        && has_columns(lines, "\u{3000}")
        && lines[1..]
            .iter()
            .all(|line| line.text.split('\u{3000}').any(|cell| cell.parse::<f64>().is_ok()))
}

/// The longest cell between commas, in characters. Longer ones are parts of sentences.
const MAX_CELL: usize = 16;

/// The comma that parts the cells of each line, as in a file of values (CSV): every line but the
/// first has a figure alone in a cell, and none ends as a sentence.
pub(super) fn comma_between_cells(lines: &[Line<'_>]) -> Option<char> {
    let (first, rest) = lines.split_first()?;
    let comma = [',', '，', ';', '\u{FF1B}'].into_iter().find(|c| first.text.contains(*c))?;
    let columns = first.text.split(comma).count();
    let is_table = rest.len() + columns > 3
        && !has_figure(first.text, comma)
        && lines.iter().all(|line| is_row_of(line, comma, columns))
        && rest.iter().all(|line| has_figure(line.text, comma));
    is_table.then_some(comma)
}

fn is_row_of(line: &Line<'_>, comma: char, columns: usize) -> bool {
    let cells = line.text.split(comma).map(str::trim);
    cells.clone().count() == columns
        && !line.is_broken_before
        && cells.clone().all(|cell| cell.chars().count() <= MAX_CELL)
        && !line.text.ends_with(is_mark)
}

fn has_figure(line: &str, comma: char) -> bool {
    line.split(comma).any(|cell| cell.trim().trim_matches('"').parse::<f64>().is_ok())
}

/// Whether runs of spaces part the cells of each line, and figures are among them.
pub(super) fn has_figures_between_gaps(lines: &[Line<'_>]) -> bool {
    let columns = cells_between_gaps(lines[0].text).count();
    lines.len() > 2
        && columns > 1
        && lines.iter().all(|line| cells_between_gaps(line.text).count() == columns)
        && lines[1..]
            .iter()
            .all(|line| cells_between_gaps(line.text).any(|cell| cell.parse::<f64>().is_ok()))
}

/// The parts of a line between two spaces or more.
pub(super) fn cells_between_gaps(line: &str) -> impl Iterator<Item = &str> {
    line.split("  ").map(str::trim).filter(|cell| !cell.is_empty())
}
