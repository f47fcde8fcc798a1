//! Checks for placeholders: those of new files, and untranslated text in translations.

use super::context::LintContext;
use crate::content::{Bulletin, Located, Text, Texts};
use crate::diagnostic::{Code, Diagnostic, Message, Span, message};
use crate::editor::{CHANGE_PLACEHOLDER, PLACEHOLDERS, SOURCE_PLACEHOLDER, translation_comment};
use crate::language::{Language, is_chinese as is_chinese_tag, is_han};

/// The placeholder of examples.
const ELLIPSIS: &str = "…";

/// A title with this many words is not a name that is the same in every language.
const WORDS_OF_A_SENTENCE: usize = 3;

/// Languages that are written in Chinese characters too.
const HAN_LANGUAGES: &[&str] = &["zh", "ja", "ko", "yue", "wuu", "nan", "hak", "lzh"];

/// Reports placeholders on pages that are not drafts.
pub(super) fn check_unreplaced(context: &LintContext<'_>) -> Vec<Diagnostic> {
    let content = context.content;
    let pages = content.finished_texts().flat_map(|texts| check_page(context, texts));
    pages.chain(content.bulletins.iter().flat_map(|it| check_facts(it))).collect()
}

/// Reports the source of a new file whose name was not replaced, and such notes of changes.
fn check_facts(bulletin: &Bulletin) -> Vec<Diagnostic> {
    let facts = &bulletin.facts;
    if facts.draft {
        return Vec::new();
    }
    let source = facts.source.iter().map(|source| (&source.name, SOURCE_PLACEHOLDER));
    let notes = facts.changes.iter().map(|change| (&change.note, CHANGE_PLACEHOLDER));
    let left = source.chain(notes).filter(|(text, placeholder)| {
        text.all().any(|words| [placeholder.en(), placeholder.zh()].contains(&words))
    });
    let found = left.map(|(text, _)| {
        let words = text.all().next().unwrap_or_default();
        let message = message!("`{words}` only holds a place", "`{words}` 只是占位文字");
        placeholder_warning(bulletin.texts.original(), text.span.clone(), &message)
    });
    found.collect()
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
            let untranslated = check_untranslated(context, text, texts.original());
            untranslated.or_else(|| check_comment(context, text))
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

/// Reports a title, summary or text that is still the original's, or that is in Chinese in a
/// language that is not written in Chinese characters.
fn check_untranslated(
    context: &LintContext<'_>,
    text: &Text,
    original: &Text,
) -> Option<Diagnostic> {
    let tag = context.content.site.languages.tag(text.language);
    let is_han_language = HAN_LANGUAGES.contains(&tag.split('-').next().unwrap_or_default());
    let is_left = |own: &str, other: &str| {
        let is_chinese = !is_han_language && own.contains(is_han);
        let is_latin = is_chinese_tag(tag) && !own.contains(is_han) && has_words(own, 2);
        own == other && (is_chinese || is_latin || is_sentence(own))
    };
    let is_foreign =
        |own: &str| !is_han_language && own.contains(is_han) && !own.contains(is_letter);
    let title = &text.title;
    if is_left(&title.value, &original.title.value) || is_foreign(&title.value) {
        return Some(not_in_its_language(context, text, title, text.language));
    }
    if let Some(own) = &text.summary {
        let other = original.summary.as_ref().map_or("", |summary| summary.value.as_str());
        if is_left(&own.value, other) || is_foreign(&own.value) {
            return Some(not_in_its_language(context, text, own, text.language));
        }
    }
    let body = text.body.markdown.trim();
    let start = text.body.offset + text.body.markdown.find(body).unwrap_or_default();
    let line = body.lines().next().unwrap_or_default();
    (!body.is_empty() && is_left(body, original.body.markdown.trim())).then(|| {
        let words = Located::new(line.to_owned(), start..start + line.len());
        not_in_its_language(context, text, &words, text.language)
    })
}

/// Whether words are more than a name that is the same in every language.
fn is_sentence(words: &str) -> bool {
    has_words(words, WORDS_OF_A_SENTENCE) || words.chars().filter(|c| is_han(*c)).count() >= 6
}

fn has_words(words: &str, count: usize) -> bool {
    words.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count() >= count
}

/// Reports the comment that `gazette new translation` leaves, where the words are translated.
fn check_comment(context: &LintContext<'_>, text: &Text) -> Option<Diagnostic> {
    let tag = context.content.site.languages.tag(text.language);
    let source = context.source(text)?;
    let comment = translation_comment(tag);
    [comment.en(), comment.zh()].into_iter().find_map(|comment| {
        let line = format!("# {comment}");
        let start = source[..text.body.offset.min(source.len())].find(&line)?;
        let message = message!(
            "the comment of `gazette new translation` is still here",
            "这里还留有 `gazette new translation` 的注释"
        );
        let help = message!("remove the line", "请删去这一行");
        let span = start..start + line.len();
        Some(Diagnostic::note(Code::Placeholder, &text.path, span, message).help(help))
    })
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
