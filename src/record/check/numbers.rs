//! Checks of the ledger of permanent numbers: every line is as it was written, and leads to a
//! bulletin.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::content::{Content, LEDGER, NumberEntry};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, message};
use crate::language::Language;
use crate::record::address::PageRef;
use crate::record::links::Links;

/// Reports lines that were changed, lead nowhere, or give a second number to a page.
pub(super) fn check(content: &Content, links: &Links<'_>) -> Diagnostics {
    let path: Arc<str> = Arc::from(LEDGER);
    let mut diagnostics = Diagnostics::default();
    let mut seen: BTreeMap<&str, &NumberEntry> = BTreeMap::new();
    for entry in &content.numbers.entries {
        let page = entry.page.value.as_str();
        if !entry.is_sealed(page) {
            diagnostics.push(report_changed(content, &path, entry));
        } else if let Some(first) = seen.insert(page, entry) {
            diagnostics.push(report_repeated(&path, entry, first));
        } else if links.bulletin_at(page).is_none() {
            diagnostics.push(report_unknown(&path, entry));
        }
    }
    diagnostics.append(check_years(content, links, &path));
    diagnostics
}

/// Reports years without numbers between others, in which bulletins were published: `gazette
/// number` numbers all public ones at once, so that such a year has lost its lines. The total of
/// the ledger tells of any other.
fn check_years(content: &Content, links: &Links<'_>, path: &Arc<str>) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let entries = &content.numbers.entries;
    let numbered: BTreeSet<i16> = entries.iter().map(|entry| entry.number.year).collect();
    // One whose date is wrong keeps the number of another year.
    let known: BTreeSet<usize> =
        entries.iter().filter_map(|entry| links.bulletin_at(&entry.page.value)).collect();
    let bulletins = content.bulletins.iter().enumerate();
    let unnumbered = bulletins.filter(|(index, _)| !known.contains(index));
    let facts = unnumbered.map(|(_, bulletin)| &bulletin.facts);
    // One that ended before the first numbers were given never gets one.
    let lasting =
        facts.filter(|facts| !facts.draft && facts.expires.is_none() && facts.gone.is_none());
    let published = lasting.map(|facts| &facts.published.value);
    let published: BTreeSet<i16> = published.map(|day| day.date().year()).collect();
    for year in published.difference(&numbered) {
        let later = entries.iter().filter(|entry| entry.number.year > *year);
        let next = later.min_by_key(|entry| entry.number);
        // A file that cannot be read has a date before all others.
        let (Some(next), true) = (next, numbered.first() < Some(year)) else { continue };
        let later = next.number.year;
        let message = message!(
            "the bulletins of {year} have no numbers, and those of {later} have",
            "{year} 年的公报没有编号，而 {later} 年的有"
        );
        let help = message!(
            "if there were some, take the lines from an earlier version of the file; if not, run \
             `gazette number`",
            "如果曾有编号，请从本文件的旧版本中找回这些行；如果没有，请运行 `gazette number`"
        );
        let span = next.page.span.clone();
        let missing = Diagnostic::warning(Code::RemovedNumber, path, span, message);
        diagnostics.push(missing.help(help));
    }
    diagnostics
}

fn report_changed(content: &Content, path: &Arc<str>, entry: &NumberEntry) -> Diagnostic {
    let number = entry.number;
    let message =
        message!("the line of the number {number} was changed", "编号 {number} 的行被改动过");
    let bulletins = (0..content.bulletins.len()).map(PageRef::Bulletin);
    let mut pages = bulletins.map(|page| page.path(content, Language::DEFAULT));
    let help = match pages.find(|page| entry.is_sealed(page)) {
        Some(page) => message!(
            "write `page = \"{page}\"`, which has this number",
            "请写成 `page = \"{page}\"`，该编号属于这个页面"
        ),
        None => message!(
            "take the line from an earlier version of the file; the number keeps its first page, \
             also if that has another address now",
            "请从本文件的旧版本中找回这一行；即使页面的网址已变，编号仍对应最初的网址"
        ),
    };
    Diagnostic::error(Code::ChangedNumber, path, entry.page.span.clone(), message).help(help)
}

fn report_repeated(path: &Arc<str>, entry: &NumberEntry, first: &NumberEntry) -> Diagnostic {
    let (page, number) = (&entry.page.value, first.number);
    let message =
        message!("`{page}` has the number {number} already", "`{page}` 已有编号 {number}");
    let help = message!(
        "keep the number that was published, and take the line of the other from an earlier \
         version of the file",
        "请保留已公布的编号，另一个编号请从本文件的旧版本中找回原来的行"
    );
    let wrong = Diagnostic::error(Code::RepeatedNumber, path, entry.page.span.clone(), message);
    wrong.help(help).related(
        path,
        first.page.span.clone(),
        message!("first used here", "第一次出现在这里"),
    )
}

fn report_unknown(path: &Arc<str>, entry: &NumberEntry) -> Diagnostic {
    let page = &entry.page.value;
    let message = message!("no bulletin is at `{page}`", "`{page}` 处没有公报");
    let help = message!(
        "if the bulletin has a new address, add `aliases: [{page}]` to its file; \
         if it was removed, bring its file back with `gone`",
        "如果公报换了网址，请在其文件中加上 `aliases: [{page}]`；如果已移除，请恢复其文件并写上 `gone`"
    );
    Diagnostic::error(Code::UnknownSlug, path, entry.page.span.clone(), message).help(help)
}
