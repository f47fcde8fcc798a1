//! Checks for placeholders: those of new files, and untranslated text in translations.

use super::context::LintContext;
use crate::content::{Located, Text, Texts};
use crate::diagnostic::{Code, Diagnostic, Message, Span, message};
use crate::editor::PLACEHOLDERS;
use crate::language::{Language, is_han};

/// The placeholder of examples.
const ELLIPSIS: &str = "…";

/// A title with this many words is not a name that is the same in every language.
const WORDS_OF_A_SENTENCE: usize = 3;

/// Reports placeholders on pages that are not drafts.
pub(super) fn check_unreplaced(context: &LintContext<'_>) -> Vec<Diagnostic> {
    let content = context.content;
    let bulletins =
        content.bulletins.iter().filter(|entry| !entry.facts.draft).map(|entry| &entry.texts);
    let goals = content.goals.iter().filter(|entry| !entry.facts.draft).map(|entry| &entry.texts);
    let plain = content
        .home
        .iter()
        .chain(&content.goals_index)
        .chain(&content.sections)
        .chain(&content.pages);
    let categories = content.categories.iter().map(|entry| &entry.texts);
    let all = bulletins.chain(goals).chain(plain.map(|entry| &entry.texts)).chain(categories);
    all.flat_map(|texts| check_page(context, texts)).collect()
}

fn check_page(context: &LintContext<'_>, texts: &Texts) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for text in texts.all() {
        let body = text.body.markdown.trim();
        let body_start = text.body.offset + text.body.markdown.find(body).unwrap_or_default();
        let values = [Some(&text.title), text.summary.as_ref()].into_iter().flatten();
        let words = values.map(|value| (value.value.as_str(), value.span.clone()));
        for (words, span) in words.chain([(body, body_start..body_start + body.len())]) {
            if words == ELLIPSIS
                || PLACEHOLDERS.iter().any(|known| known.en() == words || known.zh() == words)
            {
                found.push(placeholder_warning(
                    text,
                    span,
                    &message!("`{words}` only holds a place", "`{words}` 只是占位文字"),
                ));
            }
        }
        found.extend(if text.language.is_default() {
            check_title_language(context, text)
        } else {
            check_untranslated(context, text, texts.original())
        });
    }
    found
}

fn placeholder_warning(text: &Text, span: Span, message: &Message) -> Diagnostic {
    let help = message!("write what readers are to read here", "请写上给读者看的文字");
    Diagnostic::warning(Code::Placeholder, &text.path, span, message.clone()).help(help)
}

/// Reports a title of Chinese characters alone in an English text.
fn check_title_language(context: &LintContext<'_>, text: &Text) -> Option<Diagnostic> {
    let title = &text.title;
    let is_foreign = context.is_in(text, "en")
        && title.value.contains(is_han)
        && !title.value.contains(is_letter);
    is_foreign.then(|| not_in_its_language(context, text, title, Language::DEFAULT))
}

/// Reports a title or summary that is the same as the original's.
fn check_untranslated(
    context: &LintContext<'_>,
    text: &Text,
    original: &Text,
) -> Option<Diagnostic> {
    let is_sentence = |words: &str| {
        words.split_whitespace().count() >= WORDS_OF_A_SENTENCE
            || words.chars().filter(|c| is_han(*c)).count() >= 6
    };
    let same = |own: &Located<String>, other: &Located<String>| {
        own.value == other.value && is_sentence(&own.value)
    };
    let title = Some(&text.title).filter(|title| same(title, &original.title));
    let summary = text
        .summary
        .as_ref()
        .filter(|own| original.summary.as_ref().is_some_and(|other| same(own, other)));
    title.or(summary).map(|words| not_in_its_language(context, text, words, text.language))
}

fn not_in_its_language(
    context: &LintContext<'_>,
    text: &Text,
    words: &Located<String>,
    language: Language,
) -> Diagnostic {
    let tag = context.content.site.languages.tag(language);
    placeholder_warning(
        text,
        words.span.clone(),
        &message!("this is not in `{tag}` yet", "这里还不是 `{tag}` 文字"),
    )
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic()
}
