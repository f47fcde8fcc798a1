//! Compares the ledger of permanent numbers with the commits and the edition before it.

use std::path::Path;
use std::sync::Arc;

use crate::content::{LEDGER, Ledger, PermanentNumber};
use crate::diagnostic::{Code, Diagnostic, Message, message};
use crate::source::longest_committed_text;

/// The most numbers that one message lists.
const MAX_LISTED: usize = 5;

/// Reports numbers that a commit of the content folder has, and the ledger has not.
pub(in crate::cli) fn check(folder: &Path, ledger: &Ledger) -> Option<Diagnostic> {
    lost_numbers(folder, ledger).map(report)
}

/// Reports numbers that an earlier ledger has, and the current one has not.
pub(in crate::cli) fn compare(earlier: &Ledger, ledger: &Ledger) -> Option<Diagnostic> {
    let lost = list(&ledger.missing_from(earlier))?;
    Some(report(message!(
        "numbers that led to a page until now are missing: {lost}",
        "缺少此前可用的编号：{lost}"; lost
    )))
}

/// Names the numbers that a commit has, and the ledger has not.
pub(super) fn lost_numbers(folder: &Path, ledger: &Ledger) -> Option<Message> {
    let earlier = Ledger::of_earlier_text(longest_committed_text(folder, LEDGER)?);
    let lost = list(&ledger.missing_from(&earlier))?;
    Some(message!(
        "numbers that an earlier commit has are missing: {lost}",
        "缺少以前的提交中已有的编号：{lost}"; lost
    ))
}

fn list(lost: &[PermanentNumber]) -> Option<Message> {
    let names = lost.iter().take(MAX_LISTED).map(PermanentNumber::to_string);
    let (names, more) = (Message::names(names), lost.len().saturating_sub(MAX_LISTED));
    match (lost.is_empty(), more) {
        (true, _) => None,
        (_, 0) => Some(names),
        _ => Some(message!("{names} and {more} more", "{names}等，另有 {more} 个"; names)),
    }
}

fn report(message: Message) -> Diagnostic {
    let path: Arc<str> = Arc::from(LEDGER);
    // A warning: the site is right without them, and its numbers have to answer again.
    Diagnostic::warning(Code::RemovedNumber, &path, 0..0, message).help(message!(
        "take `{LEDGER}` from an earlier version, such as `git log -p -- {LEDGER}` shows, and run \
         `gazette number` for bulletins that are new since then",
        "请从旧版本中找回 `{LEDGER}`（可用 `git log -p -- {LEDGER}` 查看），\
         之后新增的公报请运行 `gazette number`"
    ))
}
