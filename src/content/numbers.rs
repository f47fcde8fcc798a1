//! `numbers.toml`: the ledger of permanent numbers, which gives each bulletin a number of its
//! year. `gazette number` appends to it; nothing else changes it.

use std::collections::BTreeSet;
use std::fmt::{self, Write as _};
use std::sync::Arc;

use super::front_matter::tree::{self, Located, Node, NodeKind};
use super::syntax::parser_errors;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, message};
use crate::source::Snapshot;

/// The path of the ledger in the content folder.
pub const LEDGER: &str = "numbers.toml";

/// The first key, which counts the numbers of all years.
const TOTAL: &str = "total";

/// The key of a year that counts its numbers.
const GIVEN: &str = "given";

/// The most missing numbers that one message lists.
const MAX_LISTED: usize = 5;

/// A number that a bulletin keeps for ever: a year, and a place in it from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PermanentNumber {
    pub year: i16,
    pub serial: u32,
}

impl PermanentNumber {
    /// The path at which the number answers, below the root of a language: `n/2022/17/`.
    #[must_use]
    pub fn path(self) -> String {
        format!("n/{}/{}/", self.year, self.serial)
    }

    /// The seal of a line of the ledger, by which a later change of the line is noticed.
    fn seal(self, page: &str) -> String {
        let hash = blake3::hash(format!("{self} {page}").as_bytes());
        hash.to_hex()[..8].to_owned()
    }
}

impl fmt::Display for PermanentNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:03}", self.year, self.serial)
    }
}

/// A line of the ledger.
#[derive(Debug, Clone)]
pub struct NumberEntry {
    pub number: PermanentNumber,
    /// The path of the bulletin's page when it got its number.
    pub page: Located<String>,
    seal: String,
}

impl NumberEntry {
    /// Whether the line is as `gazette number` wrote it, with this page.
    #[must_use]
    pub fn is_sealed(&self, page: &str) -> bool {
        self.seal == self.number.seal(page)
    }
}

/// All permanent numbers, by year and serial.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    pub entries: Vec<NumberEntry>,
}

impl Ledger {
    /// Adds the next number of a year for a page.
    pub fn add(&mut self, year: i16, page: String) -> PermanentNumber {
        let last = self.entries.iter().rfind(|entry| entry.number.year == year);
        let serial = last.map_or(1, |last| last.number.serial + 1);
        let number = PermanentNumber { year, serial };
        let seal = number.seal(&page);
        let place = self.entries.partition_point(|entry| entry.number < number);
        self.entries.insert(place, NumberEntry { number, page: Located::new(page, 0..0), seal });
        number
    }

    /// The numbers of another ledger that this one does not have.
    #[must_use]
    pub fn missing_from(&self, other: &Self) -> Vec<PermanentNumber> {
        let here: BTreeSet<_> = self.entries.iter().map(|entry| entry.number).collect();
        let numbers = other.entries.iter().map(|entry| entry.number);
        numbers.filter(|number| !here.contains(number)).collect()
    }

    /// Reads the ledger of an earlier text, as far as its lines are as they were written.
    #[must_use]
    pub fn of_earlier_text(text: String) -> Self {
        let snapshot = [(LEDGER.to_owned(), text.into_bytes())].into_iter().collect();
        let mut ledger = read(&snapshot, &mut Diagnostics::default());
        ledger.entries.retain(|entry| entry.is_sealed(&entry.page.value));
        ledger
    }

    /// The ledger as a file.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut text = String::from(
            "# The permanent numbers of bulletins. `gazette number` adds lines; a line that is \
             here stays as it is.\n# 公报的永久编号。由 `gazette number` 添加；已有的行不再改动。\n",
        );
        let _ = writeln!(text, "\n{TOTAL} = {}", self.entries.len());
        for lines in self.entries.chunk_by(|a, b| a.number.year == b.number.year) {
            let year = lines[0].number.year;
            let _ = writeln!(text, "\n[{year:04}]\n{GIVEN} = {}", lines.len());
            for NumberEntry { number, page, seal } in lines {
                let (serial, page) = (number.serial, &page.value);
                let _ = writeln!(text, "{serial:03} = {{ page = \"{page}\", seal = \"{seal}\" }}");
            }
        }
        text
    }
}

/// Reads the ledger. Reports lines that are missing or cannot be read.
pub(super) fn read(snapshot: &Snapshot, diagnostics: &mut Diagnostics) -> Ledger {
    let path: Arc<str> = Arc::from(LEDGER);
    let Some(text) = snapshot.text(&path) else { return Ledger::default() };
    let root = match tree::parse_toml(text) {
        Ok(root) => root,
        Err(error) => {
            diagnostics.push(parser_errors::ledger(&path, error));
            return Ledger::default();
        }
    };
    let mut reader = LedgerReader { path, entries: Vec::new(), is_whole: true, diagnostics };
    reader.read(&root);
    let mut entries = reader.entries;
    entries.sort_by_key(|entry| entry.number);
    Ledger { entries }
}

struct LedgerReader<'d> {
    path: Arc<str>,
    entries: Vec<NumberEntry>,
    /// Whether no line of a year is reported.
    is_whole: bool,
    diagnostics: &'d mut Diagnostics,
}

impl LedgerReader<'_> {
    fn read(&mut self, root: &Node) {
        let empty = Located::new(String::new(), 0..0);
        let NodeKind::Mapping(years) = &root.kind else { return };
        let mut total = None;
        for (key, node) in years {
            match (year_of(&key.value), &node.kind) {
                _ if key.value == TOTAL => total = Some((key, node)),
                (Some(year), NodeKind::Mapping(lines)) => self.read_year(year, key, lines),
                _ => self.report_malformed(key),
            }
        }
        if !self.is_whole {
            return;
        }
        let Some((key, node)) = total else {
            if self.entries.is_empty() {
                self.report_empty(&empty);
            } else {
                self.report_total(years.first().map_or(&empty, |(key, _)| key), true);
            }
            return;
        };
        match node.scalar().and_then(|total| total.parse::<usize>().ok()) {
            Some(total) if total > self.entries.len() => self.report_lost(key, total),
            Some(total) if total == self.entries.len() => {}
            _ => self.report_total(key, false),
        }
    }

    fn read_year(&mut self, year: i16, key: &Located<String>, lines: &[(Located<String>, Node)]) {
        let mut given = None;
        let mut serials = BTreeSet::new();
        for (name, node) in lines {
            if name.value == GIVEN {
                given = node.scalar().and_then(|count| count.parse().ok());
                continue;
            }
            let Some(entry) = entry_of(year, name, node) else {
                self.report_malformed(name);
                continue;
            };
            serials.insert(entry.number.serial);
            self.entries.push(entry);
        }
        let last = serials.last().copied().unwrap_or(0);
        let missing = (1..=last.max(given.unwrap_or(0))).filter(|it| !serials.contains(it));
        let missing: Vec<String> = missing
            .map(|serial| PermanentNumber { year, serial }.to_string())
            .take(MAX_LISTED)
            .collect();
        if !missing.is_empty() {
            self.report_missing(key, &missing);
        } else if given != Some(last) {
            let message = message!(
                "{year} has {last} numbers, and `{GIVEN}` says otherwise",
                "{year} 年共有 {last} 个编号，与 `{GIVEN}` 不符"
            );
            let help = message!("write `{GIVEN} = {last}`", "请写成 `{GIVEN} = {last}`");
            self.report(Code::ChangedNumber, key, message, help);
        }
    }

    fn report_missing(&mut self, key: &Located<String>, missing: &[String]) {
        let missing = Message::names(missing);
        let message = message!(
            "numbers that were given are missing: {missing}",
            "缺少已经使用的编号：{missing}"; missing
        );
        let help = message!(
            "take their lines from an earlier version of the file; a bulletin that is removed \
             keeps its number, and its file keeps `gone`",
            "请从本文件的旧版本中找回这些行；已移除的公报仍保留编号，其文件保留 `gone`"
        );
        self.report(Code::RemovedNumber, key, message, help);
    }

    fn report_empty(&mut self, place: &Located<String>) {
        let message = message!("`{LEDGER}` has no numbers", "`{LEDGER}` 中没有编号");
        let help = message!(
            "take the file from an earlier version; if the site never had numbers, remove it",
            "请找回本文件的旧版本；如果本站从未有过编号，请删去本文件"
        );
        self.report(Code::RemovedNumber, place, message, help);
    }

    fn report_lost(&mut self, key: &Located<String>, total: usize) {
        let count = self.entries.len();
        let message = message!(
            "`{TOTAL}` says that {total} numbers were given, and {count} are here",
            "`{TOTAL}` 写明已使用 {total} 个编号，现在只有 {count} 个"
        );
        let help = message!(
            "take the years that are missing from an earlier version of the file",
            "请从本文件的旧版本中找回缺少的年份"
        );
        self.report(Code::RemovedNumber, key, message, help);
    }

    /// Reports a total that is missing, as in a ledger of an earlier release, or too small.
    fn report_total(&mut self, key: &Located<String>, is_missing: bool) {
        let count = self.entries.len();
        let message = message!(
            "the ledger has {count} numbers, and no `{TOTAL}` that says so",
            "共有 {count} 个编号，没有与之相符的 `{TOTAL}`"
        );
        let help = message!(
            "write `{TOTAL} = {count}` above the first year",
            "请在第一个年份上方写上 `{TOTAL} = {count}`"
        );
        let create = if is_missing { Diagnostic::warning } else { Diagnostic::error };
        let found = create(Code::ChangedNumber, &self.path, key.span.clone(), message);
        self.diagnostics.push(found.help(help));
    }

    fn report_malformed(&mut self, key: &Located<String>) {
        let name = &key.value;
        let message = message!(
            "`{name}` is not a line that `gazette number` writes",
            "`{name}` 不是 `gazette number` 写出的行"
        );
        let help = message!(
            "take the line from an earlier version of the file; \
             if it is new, remove it and run `gazette number`",
            "请从本文件的旧版本中找回这一行；如果是新加的，请删去它，再运行 `gazette number`"
        );
        self.report(Code::ChangedNumber, key, message, help);
    }

    fn report(&mut self, code: Code, key: &Located<String>, message: Message, help: Message) {
        self.is_whole = false;
        let wrong = Diagnostic::error(code, &self.path, key.span.clone(), message);
        self.diagnostics.push(wrong.help(help));
    }
}

/// The year of a table: `[2022]`.
fn year_of(key: &str) -> Option<i16> {
    key.parse().ok().filter(|year| key.len() == 4 && *year > 0)
}

/// The entry of a line: `017 = { page = "/bulletins/x/", seal = "…" }`.
fn entry_of(year: i16, key: &Located<String>, node: &Node) -> Option<NumberEntry> {
    let number = PermanentNumber { year, serial: key.value.parse().ok()? };
    if number.serial == 0 || format!("{:03}", number.serial) != key.value {
        return None;
    }
    let NodeKind::Mapping(fields) = &node.kind else { return None };
    let (mut page, mut seal) = (None, None);
    for (name, value) in fields {
        let NodeKind::Text(text) = &value.kind else { return None };
        match name.value.as_str() {
            "page" => page = Some(Located::new(text.clone(), value.span.clone())),
            "seal" => seal = Some(text.clone()),
            _ => return None,
        }
    }
    Some(NumberEntry { number, page: page?, seal: seal? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ledger_is_read_as_it_was_written() {
        let mut written = Ledger::default();
        for (year, page) in [(2022, "/a/"), (2021, "/b/"), (2022, "/c/")] {
            written.add(year, page.to_owned());
        }
        let text = written.to_toml();
        let read_again = |text: &str| {
            let files = [(LEDGER.to_owned(), text.as_bytes().to_vec())];
            let mut diagnostics = Diagnostics::default();
            let ledger = read(&files.into_iter().collect(), &mut diagnostics);
            (ledger, diagnostics.into_sorted())
        };
        let (mut ledger, found) = read_again(&text);
        assert!(found.is_empty(), "{found:?}");
        let lines: Vec<String> = ledger
            .entries
            .iter()
            .map(|entry| format!("{} {}", entry.number, entry.page.value))
            .collect();
        assert_eq!(lines, ["2021-001 /b/", "2022-001 /a/", "2022-002 /c/"]);
        assert!(ledger.entries.iter().all(|entry| entry.is_sealed(&entry.page.value)));
        assert!(ledger.entries.iter().all(|entry| !entry.is_sealed("/other/")));
        assert_eq!(ledger.to_toml(), text);
        assert_eq!(ledger.add(2022, "/d/".to_owned()).to_string(), "2022-003");
    }
}
