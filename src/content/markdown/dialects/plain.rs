//! Marks of Markdown in titles and summaries, which are plain text.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag};

use super::super::events;
use super::super::products::Neighbours;
use super::signs::Signs;
use super::{LiteralMark, inline, pasted, residue, scripts};
use crate::diagnostic::{Message, Severity, message};

/// A mark in a plain text, with what to write instead.
pub(in crate::content) struct PlainMark {
    pub(in crate::content) severity: Severity,
    pub(in crate::content) message: Message,
    pub(in crate::content) help: Message,
}

/// The first mark of Markdown in a plain text, with what to write instead.
pub(in crate::content) fn find_in_plain_text(text: &str) -> Option<PlainMark> {
    if let Some((message, help)) = find_sure_mark(text) {
        return Some(PlainMark { severity: Severity::Warning, message, help });
    }
    let all = 0..text.len();
    let units = scripts::find_units(text, &all).into_iter();
    let LiteralMark { severity, message, help, .. } =
        units.chain(scripts::find_formulas(text, &all)).next()?;
    Some(PlainMark { severity, message, help })
}

fn find_sure_mark(text: &str) -> Option<(Message, Message)> {
    let all = 0..text.len();
    let signs = Signs::of(text);
    let residue = residue::find(text, &all, &signs);
    let pasted = pasted::find(text, &all, &signs);
    let mut marks = inline::find(text, &all, &signs).into_iter().chain(residue).chain(pasted);
    if let Some(LiteralMark { message, help, .. }) = marks.next() {
        return Some((message, help));
    }
    if let Some(sign) = find_block_sign(text) {
        return Some(shown_with_signs(sign, words_help()));
    }
    if !text.contains(['*', '~', '[', '<', '&', '_', '`', '\\']) {
        return None;
    }
    if text.ends_with('\\') && !text.contains(':') {
        return Some(shown_with_signs("\\", message!("remove it", "请删去")));
    }
    if let Some(mark) = find_footnote(text) {
        let help = message!(
            "remove it here, and put the note into the text",
            "请在这里删去，把注释放在正文中"
        );
        return Some(shown_with_signs(mark, help));
    }
    if let Some(reference) = find_reference(text) {
        let message = message!(
            "`{reference}` would be shown as it is written: titles and summaries are plain text",
            "`{reference}` 会原样显示：标题和摘要是纯文本"
        );
        let help = message!("write the character itself", "请直接写出这个字符");
        return Some((message, help));
    }
    if let Some(pair) = ["**", "__"].iter().find_map(|mark| find_pair(text, mark)) {
        return Some(shown_with_signs(pair, words_help()));
    }
    let (event, range) = events(text).find(|(event, range)| is_mark(event, text, range))?;
    let mark = &text[range.clone()];
    let help = if matches!(event, Event::Start(Tag::Link { .. } | Tag::Image { .. })) {
        message!("write the words alone, and the link in the text", "请只写文字，把链接放在正文中")
    } else if matches!(event, Event::Start(Tag::Subscript | Tag::Superscript)) {
        message!(
            "write the sign itself, such as `²` or `₂`, or the words alone",
            "请直接写上标或下标字符，例如 `²`、`₂`，或只写文字"
        )
    } else if text[range].starts_with('~') {
        message!("remove what is struck out, or say it in words", "请删去划掉的内容，或用文字说明")
    } else {
        words_help()
    };
    Some(shown_with_signs(mark, help))
}

fn words_help() -> Message {
    message!("write the words without the signs", "请去掉符号，只写文字")
}

fn shown_with_signs(mark: &str, help: Message) -> (Message, Message) {
    let mark: String = mark.chars().take(40).collect();
    let message = message!(
        "`{mark}` would be shown with its signs: titles and summaries are plain text",
        "`{mark}` 会连同符号一起显示：标题和摘要是纯文本"
    );
    (message, help)
}

/// The sign of a heading, an item or a quotation before a text, or a backslash before a sign in it.
fn find_block_sign(text: &str) -> Option<&str> {
    let words = text.trim_start_matches(['#', '-', '>']);
    let sign = &text[..text.len() - words.len()];
    let is_block = matches!(sign, "-" | ">") || sign.starts_with('#') && sign.ends_with('#');
    if is_block && words.starts_with(' ') {
        return Some(sign);
    }
    let escapes = text.match_indices('\\').filter_map(|(at, _)| text.get(at..at + 2));
    escapes.into_iter().find(|escape| escape.ends_with(['*', '_', '#', '[', ']', '~', '|', '.']))
}

/// Two marks and the words between them, also where they are no emphasis: `**有效期：**自`.
fn find_pair<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    let start = text.find(mark)?;
    let inner = text[start + mark.len()..].split_once(mark)?.0;
    let is_pair = inner.contains(char::is_alphabetic) && inner.trim() == inner;
    is_pair.then(|| &text[start..start + inner.len() + 2 * mark.len()])
}

/// The mark of a footnote, which has no place in a plain text.
fn find_footnote(text: &str) -> Option<&str> {
    let start = text.find("[^")?;
    let end = start + text[start..].find(']')? + 1;
    (end - start <= 12).then_some(&text[start..end])
}

fn is_mark(event: &Event<'_>, text: &str, range: &Range<usize>) -> bool {
    let source = &text[range.clone()];
    match event {
        Event::Start(Tag::Emphasis) => Neighbours::of(text, range, "*").is_none_or(|neighbours| {
            let inner = &text[range.start + 1..range.end - 1];
            !neighbours.is_between_digits()
                && !neighbours.is_formula(inner)
                && !neighbours.is_code(inner)
                && !neighbours.is_hidden_names(inner)
        }),
        Event::Start(Tag::Strikethrough) => source.starts_with("~~"),
        Event::Start(Tag::Strong | Tag::Subscript | Tag::Superscript) | Event::Code(_) => true,
        Event::Html(_) | Event::InlineHtml(_) | Event::HardBreak => source.starts_with('<'),
        Event::Start(Tag::Link { link_type, .. } | Tag::Image { link_type, .. }) => {
            *link_type == LinkType::Inline
        }
        _ => false,
    }
}

/// The first character reference of HTML in a text: `&nbsp;`, `&#8451;`.
fn find_reference(text: &str) -> Option<&str> {
    text.match_indices('&').find_map(|(start, _)| {
        let end = start + text[start..].find(';')? + 1;
        let name = text[start + 1..end - 1].trim_start_matches('#');
        let is_name =
            (2..=8).contains(&name.len()) && name.bytes().all(|c| c.is_ascii_alphanumeric());
        is_name.then_some(&text[start..end])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_in_plain_text_are_found() {
        for (text, mark, remedy) in [
            ("全市**新建**水井", "`**新建**`", "without the signs"),
            ("**Wells** dug", "`**Wells**`", "without the signs"),
            ("原价~~50元~~现价", "`~~50元~~`", "struck out"),
            ("见[公告](a.md)", "`[公告](a.md)`", "the words alone"),
            ("绿地5米^2^", "`^2^`", "`米²`"),
            ("绿地5m<sup>2</sup>", "`<sup>`", "`²`"),
            ("==新建==水井", "`==新建==`", "`**新建**`"),
            ("甲[乙]{.underline}", "`{.underline}`", "underline"),
            ("The lake<br>is open", "`<br>`", "without the signs"),
            ("<b>Wells</b> dug", "`<b>`", "without the signs"),
            ("R&amp;D", "`&amp;`", "the character itself"),
            ("**有效期：**自今日", "`**有效期：**`", "without the signs"),
            ("__新建__水井", "`__新建__`", "without the signs"),
            ("__Wells__ dug", "`__Wells__`", "without the signs"),
            ("三口*新井*", "`*新井*`", "without the signs"),
            ("`wells` dug", "`wells`", "without the signs"),
            ("# Wells", "`#`", "without the signs"),
            ("- Wells", "`-`", "without the signs"),
            ("水井[^1]", "`[^1]`", "into the text"),
            ("5\\*3", "`\\*`", "without the signs"),
            ("甲\\n乙", "`\\n`", "new line"),
            ("水井 ^1^", "`^1^`", "`¹`"),
            ("新建50m2", "`m2`", "`m²`"),
            ("CO2排放", "`CO2`", "`CO₂`"),
            ("Wells dug\\", "`\\`", "remove it"),
            ("20&#8451;", "`&#8451;`", "the character itself"),
        ] {
            let PlainMark { message, help, .. } = find_in_plain_text(text).expect(text);
            assert!(message.en().contains(mark) && help.en().contains(remedy), "{help:?}");
        }
    }

    #[test]
    fn right_plain_text_has_no_marks() {
        for text in [
            "210*297*30",
            "张*明、李*华",
            "#1 well",
            "-5 °C",
            "5 * 3",
            "A [2026] plan",
            "周一~周五",
            "snake_case",
            "x^2",
            "R&D; T",
            "<5%",
            "AT&T",
            "H2O2, CO2-neutral, M2",
        ] {
            assert!(find_in_plain_text(text).is_none(), "{text}");
        }
    }
}
