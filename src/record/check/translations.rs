//! Checks that translations say what their originals say now, by the record that they have of them.

use crate::content::{Content, OriginalChanges, Texts};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, message};

/// The most sentences that are shown.
const MAX_SENTENCES: usize = 3;

/// The most characters of a sentence that are shown.
const MAX_CHARACTERS: usize = 80;

/// Reports translations whose original has other words than when they were made.
pub(super) fn check(content: &Content) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    for diagnostic in content.all_texts().flat_map(stale) {
        diagnostics.push(diagnostic);
    }
    diagnostics
}

fn stale(texts: &Texts) -> impl Iterator<Item = Diagnostic> {
    let original = texts.original();
    texts.all().filter_map(move |text| {
        let (record, changes) = (text.translated.as_ref()?, text.original_changes.as_ref()?);
        let path = &original.path;
        let message =
            message!("`{path}` has changed since it was translated", "`{path}` 在翻译之后有改动");
        let stale =
            Diagnostic::warning(Code::StaleTranslation, &text.path, record.span.clone(), message);
        Some(stale.help(help(changes, &text.path)))
    })
}

/// The sentences that are new, the number of those that are gone, and the next step.
fn help(changes: &OriginalChanges, path: &str) -> Message {
    let shown = changes.new.iter().take(MAX_SENTENCES).map(|sentence| shorten(sentence));
    let sentences: Vec<String> = shown.collect();
    let (english, chinese) = (sentences.join(", "), sentences.join("、"));
    let more = changes.new.len().saturating_sub(MAX_SENTENCES);
    let new = match (changes.new.len(), more) {
        (0, _) => message!("nothing is new", "没有新增的句子"),
        (_, 0) => message!("new: {english}", "新增的有{chinese}"),
        _ => message!("new: {english}, and {more} more", "新增的有{chinese}，另有 {more} 句"),
    };
    let gone = match changes.gone {
        0 => message!("", ""),
        1 => message!("; one sentence is gone", "，删去 1 句"),
        gone => message!("; {gone} sentences are gone", "，删去 {gone} 句"),
    };
    message!(
        "{new}{gone}; correct the translation, then run `gazette translated {path}`",
        "{new}{gone}；请更新译文，然后运行 `gazette translated {path}`"; new, gone
    )
}

fn shorten(sentence: &str) -> String {
    let sentence = sentence.replace('`', "'");
    let mut shown: String = sentence.chars().take(MAX_CHARACTERS).collect();
    if shown.len() < sentence.len() {
        shown.push('…');
    }
    format!("`{shown}`")
}
