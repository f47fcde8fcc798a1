//! Checks for placeholders: those of new files, and untranslated text in translations.

use std::ops::Range;

use super::blocks;
use super::context::LintContext;
use crate::content::{Bulletin, Located, Text, Texts};
use crate::diagnostic::{Code, Diagnostic, Message, Severity, Span, message};
use crate::editor::{CHANGE_PLACEHOLDER, PLACEHOLDERS, SOURCE_PLACEHOLDER, translation_comment};
use crate::language::{Language, is_chinese as is_chinese_tag, is_han};

/// The placeholder of examples.
const ELLIPSIS: &str = "…";

/// A title with this many words is not a name that is the same in every language.
const WORDS_OF_A_SENTENCE: usize = 3;

/// A text with this many words is more than a list of names.
const WORDS_OF_A_TEXT: usize = 8;

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
        let message = message!("`{words}` is only a placeholder", "`{words}` 只是占位文字");
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
                    &message!("`{words}` is only a placeholder", "`{words}` 只是占位文字"),
                ));
            }
        }
        found.extend(check_unfinished(context, text));
        found.extend(if text.language.is_default() {
            check_title_language(context, text)
        } else {
            let untranslated = check_untranslated(context, text, texts.original());
            untranslated.or_else(|| check_comment(context, text))
        });
    }
    found
}

/// Reports the first place of a title, a summary and a body that is still to be written.
fn check_unfinished(context: &LintContext<'_>, text: &Text) -> Vec<Diagnostic> {
    let values = [Some(&text.title), text.summary.as_ref()].into_iter().flatten();
    let mut found: Vec<Diagnostic> = values
        .filter_map(|value| {
            let gap = find_unfinished(&value.value)?;
            let span = context.span_in_value(&text.path, value, &gap.range);
            Some(unfinished(text, span, &value.value, &gap))
        })
        .collect();
    let markdown = &text.body.markdown;
    let (blocks, _) = blocks::read(markdown);
    found.extend(blocks.iter().find_map(|block| {
        let gap = find_unfinished(&block.text)?;
        let place = block.source(&gap.range);
        let is_code = markdown[..place.start].ends_with('`');
        let span = place.start + text.body.offset..place.end + text.body.offset;
        (!is_code).then(|| unfinished(text, span, &block.text, &gap))
    }));
    found
}

fn unfinished(text: &Text, span: Span, words: &str, gap: &Gap) -> Diagnostic {
    let written = &words[gap.range.clone()];
    let message = message!("`{written}` is only a placeholder", "`{written}` 只是占位文字");
    Diagnostic { severity: gap.severity, ..placeholder_warning(text, span, &message) }
}

/// A place that is still to be filled in: a note if it may be meant, as in the sample of a form.
struct Gap {
    range: Range<usize>,
    severity: Severity,
}

/// Words of authors to themselves.
const REMINDERS: &[(&str, Severity)] =
    &[("TODO", Severity::Warning), ("FIXME", Severity::Warning), ("TBD", Severity::Note)];

/// First words between brackets that ask the author for a text.
const REQUESTS: &[&str] = &[
    "待补",
    "待填",
    "待完善",
    "待插入",
    "此处填",
    "此处插",
    "此处补",
    "请填写",
    "请输入",
    "请插入",
    "插入图",
];

/// Finds the first place that is still to be filled in: `TODO`, `【待补充】`, `XXX`, `××月××日`,
/// lorem ipsum.
fn find_unfinished(text: &str) -> Option<Gap> {
    let reminders = REMINDERS.iter().filter_map(|(word, severity)| {
        let range = find_word(text, word)?;
        Some(Gap { range, severity: *severity })
    });
    let lorem = text.find("orem ipsum").filter(|at| text[..*at].ends_with(['L', 'l']));
    let lorem = lorem.map(|at| Gap { range: at - 1..at + 10, severity: Severity::Warning });
    let request = find_request(text).map(|range| Gap { range, severity: Severity::Warning });
    let blank = find_blank(text).map(|range| Gap { range, severity: Severity::Note });
    reminders.chain(lorem).chain(request).chain(blank).min_by_key(|gap| gap.range.start)
}

fn find_word(text: &str, word: &str) -> Option<Range<usize>> {
    let mut places = text.match_indices(word).map(|(start, _)| start..start + word.len());
    places.find(|place| {
        !text[place.end..].starts_with(" list")
            && !text[..place.start]
                .ends_with(|c: char| c.is_ascii_alphanumeric() || "-_./".contains(c))
            && !text[place.end..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-')
    })
}

/// `【待补充】`, `（此处插入图片）`.
fn find_request(text: &str) -> Option<Range<usize>> {
    REQUESTS.iter().find_map(|request| {
        let start = text.find(request)?;
        let bracket = text[..start].chars().next_back()?;
        let is_form = matches!(bracket, '（' | '(') && request.starts_with('请');
        let length = text[start..].find(['】', '］', ']', '）', ')'])?;
        let close = text[start + length..].chars().next().map_or(0, char::len_utf8);
        (matches!(bracket, '【' | '［' | '[' | '（' | '(') && !is_form)
            .then(|| start - bracket.len_utf8()..start + length + close)
    })
}

/// A date or a name with crosses in the place of its parts: `××月××日`, `X年X月`, `XXX公司`.
fn find_blank(text: &str) -> Option<Range<usize>> {
    let mut at = 0;
    while let Some(start) = text[at..].find(is_cross).map(|next| at + next) {
        let rest = &text[start..];
        let length = rest.find(|c| !is_cross(c)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(length);
        at = start + length;
        let before = text[..start].chars().next_back();
        if before.is_some_and(|c| c.is_ascii_alphanumeric()) {
            continue;
        }
        if let Some(day) = after.strip_prefix('月') {
            let end = day.trim_start_matches(is_cross);
            if end.len() < day.len() && end.starts_with('日') {
                return Some(start..text.len() - end.len() + '日'.len_utf8());
            }
        }
        let is_name = run.chars().count() >= 3 && run.chars().all(|c| matches!(c, 'X' | 'Ｘ'));
        let is_chinese = before.is_some_and(is_han_or_colon) || after.starts_with(is_han);
        let is_alone = run.len() == text.trim().len();
        if is_name
            && (is_chinese || is_alone)
            && !after.starts_with(|c: char| c.is_alphanumeric() && !is_han(c))
        {
            return Some(start..at);
        }
    }
    None
}

const fn is_cross(c: char) -> bool {
    matches!(c, '×' | 'X' | 'x' | 'Ｘ' | 'ｘ')
}

fn is_han_or_colon(c: char) -> bool {
    is_han(c) || c == '：'
}

fn placeholder_warning(text: &Text, span: Span, message: &Message) -> Diagnostic {
    let help = message!("write the text that readers should see here", "请写上给读者看的文字");
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
    let is_chinese = is_chinese_tag(tag);
    let is_han_language = is_written_in_han(tag);
    let is_left = |own: &str, other: &str, words: usize| {
        let has_han = own.contains(is_han);
        let is_same =
            is_sentence(own) || !is_han_language && has_han || is_chinese && is_latin_word(own);
        let is_foreign = !is_han_language && is_mostly_han(own)
            || is_chinese && !has_han && has_words(own, words);
        is_foreign || own == other && is_same
    };
    let title = &text.title;
    if is_left(&title.value, &original.title.value, WORDS_OF_A_SENTENCE) {
        return Some(not_in_its_language(context, text, title, text.language));
    }
    if let Some(own) = &text.summary {
        let other = original.summary.as_ref().map_or("", |summary| summary.value.as_str());
        if is_left(&own.value, other, WORDS_OF_A_SENTENCE) {
            return Some(not_in_its_language(context, text, own, text.language));
        }
    }
    let body = text.body.markdown.trim();
    let start = text.body.offset + text.body.markdown.find(body).unwrap_or_default();
    let line = body.lines().next().unwrap_or_default();
    (!body.is_empty() && is_left(body, original.body.markdown.trim(), WORDS_OF_A_TEXT)).then(|| {
        let words = Located::new(line.to_owned(), start..start + line.len());
        not_in_its_language(context, text, &words, text.language)
    })
}

/// Whether a language is written in Chinese characters, or in other ones and these.
pub(super) fn is_written_in_han(tag: &str) -> bool {
    HAN_LANGUAGES.contains(&tag.split('-').next().unwrap_or_default())
}

/// Whether more signs of a text are Chinese characters than letters.
fn is_mostly_han(text: &str) -> bool {
    let han = text.chars().filter(|c| is_han(*c)).count();
    han > text.chars().filter(|c| c.is_alphabetic() && !is_han(*c)).count()
}

/// Whether a text is more than abbreviations and names such as `WeChat`: it has two words, or one
/// in small letters.
fn is_latin_word(text: &str) -> bool {
    let mut letters = text.chars().skip(1);
    let is_plain = text.len() > 3 && letters.all(|c| c.is_ascii_lowercase());
    !text.contains(is_han) && (is_plain || has_words(text, 2))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_of_unfinished_text_are_found() {
        for (text, gap) in [
            ("TODO：补充数据", "TODO"),
            ("时间（TBD）", "TBD"),
            ("【待补充】", "【待补充】"),
            ("见（此处插入图片）。", "（此处插入图片）"),
            ("[请填写单位名称]", "[请填写单位名称]"),
            ("自××月××日起", "××月××日"),
            ("2022年X月X日", "X月X日"),
            ("电话：XXXX", "XXXX"),
            ("XXX公司", "XXX"),
            ("Lorem ipsum dolor sit amet", "Lorem ipsum"),
        ] {
            let found = find_unfinished(text).map(|found| &text[found.range]);
            assert_eq!(found, Some(gap), "{text}");
        }
    }

    #[test]
    fn right_text_has_no_gaps() {
        for text in [
            "某月某日",
            "时间待定",
            "张××、李×",
            "身份证号230103XXXXXXXX0000",
            "Super Bowl XXX",
            "XXXL号",
            "10×10月饼盒",
            "TODOs, TODO-1.md, TODO lists",
            "（请填写姓名）",
            "X年级",
            "5x5",
        ] {
            let found = find_unfinished(text).map(|found| &text[found.range]);
            assert_eq!(found, None, "{text}");
        }
    }
}
