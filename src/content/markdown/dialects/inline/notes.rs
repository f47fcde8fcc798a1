//! Marks of wikis, note programs and chats inside of lines: `''x''`, `//x//`, `%%x%%`, `::x::`,
//! `||x||`, `<<x>>`, `${x}`, `[@x]`, `[contact-form id="1"]`, `[微笑]`.

use std::ops::Range;

use super::{LiteralMark, Message, Pair, Severity, find_pairs, message};
use crate::content::markdown::dialects::signs::Signs;
use crate::language::is_han;

/// Names of faces and signs between brackets, as messengers copy them.
const FACES: &[&str] = &[
    "微笑",
    "撇嘴",
    "发呆",
    "得意",
    "流泪",
    "害羞",
    "闭嘴",
    "大哭",
    "尴尬",
    "发怒",
    "调皮",
    "呲牙",
    "惊讶",
    "难过",
    "抓狂",
    "偷笑",
    "愉快",
    "白眼",
    "傲慢",
    "惊恐",
    "憨笑",
    "悠闲",
    "咒骂",
    "疑问",
    "再见",
    "擦汗",
    "鼓掌",
    "坏笑",
    "委屈",
    "阴险",
    "亲亲",
    "可怜",
    "笑脸",
    "破涕为笑",
    "捂脸",
    "奸笑",
    "机智",
    "皱眉",
    "吃瓜",
    "加油",
    "旺柴",
    "苦涩",
    "裂开",
    "爱心",
    "心碎",
    "拥抱",
    "强",
    "握手",
    "胜利",
    "抱拳",
    "勾引",
    "拳头",
    "合十",
    "咖啡",
    "蛋糕",
    "玫瑰",
    "凋谢",
    "炸弹",
    "月亮",
    "太阳",
    "庆祝",
    "礼物",
    "红包",
    "烟花",
    "爆竹",
    "OK",
    "Smile",
    "Rose",
    "ThumbsUp",
    "赞",
    "笑哭",
    "比心",
    "福",
    "鲜花",
    "看",
    "狗头",
];

/// Finds the marks in a text with these signs.
pub(super) fn find(markdown: &str, range: &Range<usize>, signs: &Signs<'_>) -> Vec<LiteralMark> {
    let mut found = Vec::new();
    if signs.contain("''") {
        found.extend(find_pairs(markdown, range, "''", "''", wiki_emphasis));
    }
    if signs.contain("//") {
        found.extend(find_pairs(markdown, range, "//", "//", wiki_emphasis));
    }
    if signs.contain("%%") {
        found.extend(find_pairs(markdown, range, "%%", "%%", comment));
    }
    if signs.contain("::") {
        found.extend(find_pairs(markdown, range, "::", "::", highlight));
    }
    if signs.contain("||") && markdown[range.clone()].matches("||").count() == 2 {
        found.extend(find_pairs(markdown, range, "||", "||", spoiler));
    }
    if signs.contain("<<") {
        found.extend(find_pairs(markdown, range, "<<", ">>", title));
    }
    if signs.contain("${") {
        found.extend(find_pairs(markdown, range, "${", "}", variable));
    }
    if signs.contain("[") {
        found.extend(find_pairs(markdown, range, "[@", "]", citation));
        found.extend(find_pairs(markdown, range, "[", "]", shortcode));
        found.extend(find_pairs(markdown, range, "[", "]", face));
    }
    found
}

/// `''words''` and `//words//`, in Chinese: in English these are quotations and addresses.
fn wiki_emphasis(pair: &Pair<'_>) -> Option<(Severity, Message)> {
    let inner = pair.inner;
    let is_meant = pair.has_tight_edges()
        && inner.contains(is_han)
        && !inner.contains(['/', '\'', '，', '。'])
        && !pair.before.is_some_and(|c| matches!(c, ':' | '\'' | '/'))
        && !pair.after.is_some_and(|c| matches!(c, '\'' | '/'));
    let help = message!("write `*{inner}*`", "请写成 `*{inner}*`");
    is_meant.then_some((Severity::Warning, help))
}

/// `%%words%%`, which Obsidian does not show.
fn comment(pair: &Pair<'_>) -> Option<(Severity, Message)> {
    let is_word = pair.before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '%');
    let help = message!(
        "remove it, with the words in it, because readers would see them",
        "请连同其中的文字一起删去，否则读者会看到"
    );
    (pair.has_tight_edges() && !is_word).then_some((Severity::Error, help))
}

/// `::words::`.
fn highlight(pair: &Pair<'_>) -> Option<(Severity, Message)> {
    let inner = pair.inner;
    let is_path = pair.before.is_some_and(|c| c.is_ascii_alphanumeric());
    let is_words = inner.contains(is_han) && !inner.contains([':', '，']);
    let is_meant = pair.has_tight_edges() && is_words && !is_path;
    let help = message!("write `**{inner}**`", "请写成 `**{inner}**`");
    is_meant.then_some((Severity::Warning, help))
}

/// `||words||`, which chats hide until they are touched.
fn spoiler(pair: &Pair<'_>) -> Option<(Severity, Message)> {
    let is_meant = pair.has_tight_edges() && !pair.inner.contains('|');
    let is_code = pair.before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '|');
    let help =
        message!("remove the bars; nothing on a page is hidden", "请删去竖线；网页上不隐藏文字");
    (is_meant && !is_code && pair.inner.contains(char::is_alphabetic))
        .then_some((Severity::Warning, help))
}

/// `<<title>>`, as a keyboard without `《` writes it.
fn title(pair: &Pair<'_>) -> Option<(Severity, Message)> {
    let inner = pair.inner;
    let help = message!("write `《{inner}》`", "请写成 `《{inner}》`");
    (inner.contains(is_han) && !inner.contains(['<', '>'])).then_some((Severity::Warning, help))
}

/// `${name}`, in whose place a program was to put a value.
fn variable(pair: &Pair<'_>) -> Option<(Severity, Message)> {
    let is_name = pair.inner.starts_with(|c: char| c.is_alphabetic())
        && pair.inner.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_'));
    let help = message!(
        "write the text itself, because nothing is put in its place here",
        "请直接写出内容：这里不会替换成别的文字"
    );
    is_name.then_some((Severity::Warning, help))
}

/// `[@name2020]`, which pandoc makes a reference to a list of sources.
fn citation(pair: &Pair<'_>) -> Option<(Severity, Message)> {
    let help = message!(
        "write `[^1]` here, and `[^1]: …` with the source on a line of its own",
        "请在这里写 `[^1]`，并另起一行写 `[^1]: …`，说明出处"
    );
    let is_key = pair.inner.starts_with(|c: char| c.is_alphanumeric());
    is_key.then_some((Severity::Error, help))
}

/// `[contact-form id="1"]` of `WordPress`.
fn shortcode(pair: &Pair<'_>) -> Option<(Severity, Message)> {
    let (name, rest) = pair.inner.trim_end_matches('/').split_once(' ')?;
    let is_name = name
        .bytes()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-' || c == b'_');
    let (key, value) = rest.trim().split_once('=')?;
    let is_attribute = key.bytes().all(|c| c.is_ascii_lowercase() || c == b'_' || c == b'-')
        && value.starts_with(['"', '\'', '“', '”']);
    let help = message!(
        "write what the old site showed here, because such commands are not run",
        "这里不运行这种命令：请直接写出旧网站此处显示的内容"
    );
    let is_meant = is_name && !name.is_empty() && is_attribute && pair.after != Some('(');
    is_meant.then_some((Severity::Error, help))
}

/// `[微笑]`.
fn face(pair: &Pair<'_>) -> Option<(Severity, Message)> {
    let is_face = FACES.contains(&pair.inner) && !matches!(pair.after, Some('(' | '[' | ':'));
    let help = message!(
        "write the sign itself, such as `☺`, or remove it: messengers copy its name in its place",
        "请直接写出这个表情符号，例如 `☺`，或删去：聊天软件复制出来的只是它的名称"
    );
    is_face.then_some((Severity::Warning, help))
}
