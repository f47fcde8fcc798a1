//! Marks in texts that are pasted from old sites, Word and chat programs: `[b]x[/b]`,
//! `'''x'''`, `\n`, `错误！未找到引用源。`, `[图片]`, `https：／／`, and backticks without a partner.

use std::ops::Range;

use super::signs::{Signs, Words};
use super::{LiteralMark, is_escaped};
use crate::diagnostic::{Message, Severity, message};
use crate::language::is_han;

/// Texts and codes that Word leaves of a field without its target.
const FIELDS: Words = Words::new(&[
    "！未找到引用源",
    "!未找到引用源",
    "！未定义书签",
    "!未定义书签",
    "! Reference source not found",
    "! Bookmark not defined",
    "_Toc",
    "_Ref",
    "MERGEFORMAT",
    "HYPERLINK \"",
]);

/// Words that chat programs copy in place of a picture, a film or a sound.
const PLACEHOLDERS: Words = Words::new(&[
    "[图片]",
    "【图片】",
    "[视频]",
    "【视频】",
    "[语音]",
    "[动画表情]",
    "[Image]",
    "[Photo]",
]);

/// Marks of Jira and Confluence.
const BRACED: Words = Words::new(&[
    "{color:",
    "{color}",
    "{quote}",
    "{code}",
    "{code:",
    "{noformat}",
    "{panel}",
    "{panel:",
]);

/// Characters that a wrong encoding leaves in place of others.
const GARBLED: Words = Words::new(&["锟斤拷", "烫烫烫", "屯屯屯", "嚙踝蕭", "ï¿½", "ï»¿"]);

/// Finds the marks in a text with these signs.
pub(super) fn find(markdown: &str, range: &Range<usize>, signs: &Signs<'_>) -> Vec<LiteralMark> {
    let mut found = Vec::new();
    if signs.contain("[/") {
        found.extend(find_closing_tags(markdown, range));
    }
    if signs.contain("'''") {
        found.extend(find_wiki_bold(markdown, range));
    }
    if signs.contain("\\n") {
        found.extend(find_line_breaks(markdown, range));
    }
    if signs.contain("\\u") {
        found.extend(find_codes(markdown, range, "\\u", 4));
    }
    if signs.contain("=E") {
        found.extend(find_codes(markdown, range, "=", 2));
    }
    if signs.contain("%E") {
        found.extend(find_codes(markdown, range, "%", 2));
    }
    found.extend(find_encoded_file(markdown, range));
    for placeholder in signs.words(&PLACEHOLDERS) {
        found.extend(find_word(markdown, range, placeholder, placeholder_help));
    }
    for word in signs.words(&GARBLED) {
        found.extend(find_word(markdown, range, word, garbled_help));
    }
    if signs.contain("??") {
        found.extend(find_lost(markdown, range));
    }
    for (sign, boxes) in BOXES.iter().filter(|(_, boxes)| signs.contain(boxes)) {
        found.extend(find_boxes(markdown, range, *sign, boxes));
    }
    for mark in signs.words(&BRACED) {
        found.extend(find_word(markdown, range, mark, braced_help));
    }
    for field in signs.words(&FIELDS) {
        found.extend(find_word(markdown, range, field, field_help));
    }
    found
}

/// Finds the first address with a sign in full width, which is no link: `https：／／`,
/// `office＠city.example`.
fn find_wide_address(markdown: &str, range: &Range<usize>) -> Option<LiteralMark> {
    let source = &markdown[range.clone()];
    let (start, sign, meant) = [("：／／", "://"), ("：//", "://"), ("＠", "@")]
        .into_iter()
        .find_map(|(sign, meant)| {
            let start = source.find(sign)?;
            let before = source[..start].ends_with(|c: char| c.is_ascii_alphanumeric());
            let after =
                source[start + sign.len()..].starts_with(|c: char| c.is_ascii_alphanumeric());
            (before && after).then_some((start, sign, meant))
        })?;
    let place = range.start + start..range.start + start + sign.len();
    let help = message!("write `{meant}` in the address", "地址中的这个符号请写成 `{meant}`");
    Some(LiteralMark::new(Severity::Warning, markdown, place, help))
}

/// Finds what is wrong in Markdown alone: addresses in full width, backticks without a partner.
pub(super) fn find_in_markdown(
    markdown: &str,
    range: &Range<usize>,
    signs: &Signs<'_>,
) -> Vec<LiteralMark> {
    let mut found = Vec::new();
    if signs.contain("：") || signs.contain("＠") {
        found.extend(find_wide_address(markdown, range));
    }
    if signs.contain("`") {
        found.extend(find_backtick(markdown, range));
    }
    found
}

/// Finds the first place of a word that is no name of a link.
fn find_word(
    markdown: &str,
    range: &Range<usize>,
    word: &str,
    help: fn() -> Message,
) -> Option<LiteralMark> {
    let start = range.start + markdown[range.clone()].find(word)?;
    let end = start + word.len();
    let is_link = markdown[end..].starts_with(['(', '[', ':']);
    let is_name = word.starts_with('_') && !markdown[end..].starts_with(|c: char| c.is_numeric());
    (!is_link && !is_name)
        .then(|| LiteralMark::new(Severity::Warning, markdown, start..end, help()))
}

fn braced_help() -> Message {
    message!(
        "remove it, up to the closing brace: write `> ` for a quotation, and `**…**` for what \
         matters",
        "请删去它，直到右花括号：引文请写 `> `，重点请写 `**…**`"
    )
}

fn placeholder_help() -> Message {
    message!(
        "it was copied in place of a picture or film: save that as a file beside this one, and \
         write `![what it shows](file.jpg)`",
        "复制时图片或视频没有一起复制过来：请把它另存到本文件旁边，并写成 `![图片内容](文件名.jpg)`"
    )
}

/// The least length of a file that is written as text: longer than any word or code.
const MIN_ENCODED: usize = 60;

/// Finds the first word that is a file in Base64 (RFC 4648 §4): `iVBORw0KGgo…`.
fn find_encoded_file(markdown: &str, range: &Range<usize>) -> Option<LiteralMark> {
    if range.len() < MIN_ENCODED {
        return None;
    }
    let source = markdown[range.clone()].as_bytes();
    // A word that is long enough covers one of the places that are that far apart.
    let mut places = (MIN_ENCODED - 1..source.len()).step_by(MIN_ENCODED);
    let mut end = 0;
    let word = places.find_map(|at| {
        // A word is read once, however long it is.
        if at < end {
            return None;
        }
        let before = source[..at].iter().rev().take_while(|byte| is_base64(**byte)).count();
        let after = source[at..].iter().take_while(|byte| is_base64(**byte)).count();
        end = at + after;
        let word = &source[at - before..end];
        let is_file = after > 0
            && word.len() >= MIN_ENCODED
            && word.iter().any(u8::is_ascii_uppercase)
            && word.iter().any(u8::is_ascii_lowercase)
            && word.iter().any(u8::is_ascii_digit);
        is_file.then_some(range.start + at - before..range.start + end)
    })?;
    let help = message!(
        "save the picture or file beside this one, and write its name: a page shows this code as \
         it is",
        "请把图片或文件另存到本文件旁边，在这里写它的文件名：网页会原样显示这段编码"
    );
    Some(LiteralMark::new(Severity::Warning, markdown, word, help))
}

const fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}

/// Finds the first Chinese text in codes of programs or mail: `\u54c8\u5c14`, `=E5=93=88`.
fn find_codes(
    markdown: &str,
    range: &Range<usize>,
    mark: &str,
    digits: usize,
) -> Option<LiteralMark> {
    let source = &markdown[range.clone()];
    let mut end = 0;
    source.match_indices(mark).find_map(|(start, _)| {
        if start < end {
            return None;
        }
        let mut codes = Vec::new();
        let mut rest = &source[start..];
        while let Some(code) = rest.strip_prefix(mark).and_then(|rest| rest.get(..digits)) {
            let Ok(code) = u16::from_str_radix(code, 16) else { break };
            codes.push(code);
            rest = &rest[mark.len() + digits..];
        }
        end = source.len() - rest.len();
        let meant = decode(&codes, digits).filter(|meant| meant.contains(is_han))?;
        let place = range.start + start..range.end - rest.len();
        let help = message!("write `{meant}`", "请写成 `{meant}`");
        Some(LiteralMark::new(Severity::Warning, markdown, place, help))
    })
}

/// The text of codes in UTF-16, or of bytes in UTF-8 if they have two digits.
fn decode(codes: &[u16], digits: usize) -> Option<String> {
    if digits == 4 {
        return String::from_utf16(codes).ok();
    }
    let bytes: Option<Vec<u8>> = codes.iter().map(|code| u8::try_from(*code).ok()).collect();
    String::from_utf8(bytes?).ok()
}

/// Words that end a question, behind which several signs may be meant.
const ENDS_OF_QUESTIONS: [char; 6] = ['吗', '呢', '么', '吧', '啊', '嘛'];

/// Finds the first question marks in the place of Chinese characters: `哈尔滨???人民政府`.
fn find_lost(markdown: &str, range: &Range<usize>) -> Option<LiteralMark> {
    let source = &markdown[range.clone()];
    source.match_indices("??").find_map(|(start, _)| {
        let rest = source[start..].trim_start_matches('?');
        let end = source.len() - rest.len();
        let before = source[..start].chars().next_back()?;
        let is_lost = rest.starts_with(is_han)
            && (is_han(before) || "，。：、“（".contains(before))
            && !ENDS_OF_QUESTIONS.contains(&before);
        let place = range.start + start..range.start + end;
        is_lost.then(|| LiteralMark::new(Severity::Warning, markdown, place, garbled_help()))
    })
}

/// Signs that fonts and programs show in place of characters that they lack, twice.
const BOXES: &[(char, &str)] = &[('□', "□□"), ('〓', "〓〓")];

/// Finds the first row of boxes between Chinese characters: `哈尔滨□□人民政府`. In a form, boxes are
/// behind a colon or at the end.
fn find_boxes(
    markdown: &str,
    range: &Range<usize>,
    sign: char,
    boxes: &str,
) -> Option<LiteralMark> {
    let source = &markdown[range.clone()];
    let mut end = 0;
    source.match_indices(boxes).find_map(|(start, _)| {
        let is_inside = start < end;
        let rest = source[start..].trim_start_matches(sign);
        end = source.len() - rest.len();
        let is_lost = !is_inside && source[..start].ends_with(is_han) && rest.starts_with(is_han);
        let place = range.start + start..range.start + end;
        is_lost.then(|| LiteralMark::new(Severity::Warning, markdown, place, garbled_help()))
    })
}

fn garbled_help() -> Message {
    message!(
        "characters were lost when the text was converted: type them again",
        "转换时丢失了一些字符：请重新输入"
    )
}

/// A backtick without a partner.
fn find_backtick(markdown: &str, range: &Range<usize>) -> Option<LiteralMark> {
    let start = range.start + markdown[range.clone()].find('`')?;
    let help = message!(
        "write a backtick at both ends, or `\\` before it to show it",
        "请在两端各写一个反引号；如果要显示它，请在前面加 `\\`"
    );
    (!is_escaped(markdown, start))
        .then(|| LiteralMark::new(Severity::Warning, markdown, start..start + 1, help))
}

fn field_help() -> Message {
    message!(
        "Word has left this in place of a number, a page or a link: write what the document shows \
         there, or remove it",
        "这是 Word 的域（编号、页码或链接）留下的：请写出原文件此处的内容，或删去"
    )
}

/// The ends of tags of `BBCode`: `[/b]`, `[/url]`.
fn find_closing_tags(markdown: &str, range: &Range<usize>) -> Vec<LiteralMark> {
    let source = &markdown[range.clone()];
    let tags = source.match_indices("[/").filter_map(|(start, _)| {
        let name = source[start + 2..].split_once(']')?.0;
        let is_tag = (1..=8).contains(&name.len()) && name.bytes().all(|c| c.is_ascii_lowercase());
        let place = range.start + start..range.start + start + 3 + name.len();
        (is_tag && !is_escaped(markdown, place.start)).then_some((name, place))
    });
    tags.map(|(name, place)| {
        let help = match name {
            "b" => message!("write `**…**` for strong words", "粗体请写成 `**…**`"),
            "i" | "u" => message!("write `*…*`, or the words alone", "请写成 `*…*`，或只写文字"),
            "s" => message!("write `~~…~~`", "请写成 `~~…~~`"),
            "url" => message!("write `[words](address)`", "请写成 `[文字](网址)`"),
            "img" => {
                message!("write `![what it shows](file.jpg)`", "请写成 `![图片内容](文件名.jpg)`")
            }
            "quote" => message!("begin each line with `> `", "请在每一行前面加 `> `"),
            _ => message!(
                "remove this tag and the one that it ends",
                "请删去这个标签和与它对应的开始标签"
            ),
        };
        LiteralMark::new(Severity::Error, markdown, place, help)
    })
    .collect()
}

/// Strong words of wikis: `'''x'''`.
fn find_wiki_bold(markdown: &str, range: &Range<usize>) -> Option<LiteralMark> {
    let source = &markdown[range.clone()];
    let start = source.find("'''")?;
    let inner = source[start + 3..].split_once("'''")?.0;
    let help = message!("write `**{inner}**`", "请写成 `**{inner}**`");
    let place = range.start + start..range.start + start + inner.len() + 6;
    (!inner.trim().is_empty()).then(|| LiteralMark::new(Severity::Error, markdown, place, help))
}

fn is_text(c: char) -> bool {
    is_han(c) || "。，；：！？.!?）".contains(c)
}

/// Line breaks as programs write them: `甲\n乙`. A path such as `D:\news` has none.
fn find_line_breaks(markdown: &str, range: &Range<usize>) -> Option<LiteralMark> {
    let source = &markdown[range.clone()];
    let start = source.match_indices("\\n").map(|(start, _)| start).find(|start| {
        let before = source[..*start].chars().next_back();
        let after = source[start + 2..].chars().next();
        before.is_some_and(is_text) && after.is_none_or(|c| !c.is_ascii_lowercase())
            || before.is_none_or(is_text) && after.is_some_and(is_han)
    })?;
    let place = range.start + start..range.start + start + 2;
    let help = message!(
        "begin a new line here, with an empty line before it for a new paragraph",
        "请在这里换行；如果是新的一段，请再空一行"
    );
    Some(LiteralMark::new(Severity::Warning, markdown, place, help))
}
