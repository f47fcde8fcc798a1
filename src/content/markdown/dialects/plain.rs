//! Marks of Markdown in titles and summaries, which are plain text.

use pulldown_cmark::{Event, LinkType, Tag};

use super::super::events;
use super::signs::Signs;
use super::{LiteralMark, inline, residue};
use crate::diagnostic::{Message, message};

/// The first mark of Markdown in a plain text, with what to write instead.
pub(in crate::content) fn find_in_plain_text(text: &str) -> Option<(Message, Message)> {
    let all = 0..text.len();
    let signs = Signs::of(text);
    let residue = residue::find(text, &all, &signs);
    let mut marks = inline::find(text, &all, &signs).into_iter().chain(residue);
    if let Some(LiteralMark { message, help, .. }) = marks.next() {
        return Some((message, help));
    }
    if !text.contains(['*', '~', '[', '<', '&']) {
        return None;
    }
    if let Some(reference) = find_reference(text) {
        let message = message!(
            "`{reference}` would be shown as it is written: titles and summaries are plain text",
            "`{reference}` 会原样显示：标题和摘要是纯文本"
        );
        let help = message!("write the character itself", "请直接写出这个字符");
        return Some((message, help));
    }
    let (event, range) =
        events(text).find(|(event, range)| is_mark(event, &text[range.clone()]))?;
    let mark: String = text[range.clone()].chars().take(40).collect();
    let message = message!(
        "`{mark}` would be shown with its signs: titles and summaries are plain text",
        "`{mark}` 会连同符号一起显示：标题和摘要是纯文本"
    );
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
        message!("write the words without the signs", "请去掉符号，只写文字")
    };
    Some((message, help))
}

fn is_mark(event: &Event<'_>, source: &str) -> bool {
    match event {
        Event::Start(Tag::Strong) => source.starts_with("**"),
        Event::Start(Tag::Strikethrough) => source.starts_with("~~"),
        Event::Start(Tag::Subscript | Tag::Superscript) => true,
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
            ("20&#8451;", "`&#8451;`", "the character itself"),
        ] {
            let (message, help) = find_in_plain_text(text).expect(text);
            assert!(message.en().contains(mark) && help.en().contains(remedy), "{help:?}");
        }
    }

    #[test]
    fn right_plain_text_has_no_marks() {
        for text in [
            "210*297*30",
            "5 * 3",
            "A [2026] plan",
            "周一~周五",
            "snake_case",
            "x^2",
            "R&D; T",
            "<5%",
            "AT&T",
        ] {
            assert!(find_in_plain_text(text).is_none(), "{text}");
        }
    }
}
