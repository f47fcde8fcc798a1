//! Diagnostics for Fluent files that cannot be parsed, with the mistake of the line at which the
//! parser stopped.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Message, Phrase, message};

/// A reason and its help.
type Explanation = (Phrase, Phrase);

const NO_TEXT: Explanation = (
    Phrase::new("a message has no text", "一条用语没有文字"),
    Phrase::new(
        "write it behind `=`, or on the next lines, each after four spaces",
        "请写在 `=` 后面，或写在下面几行，每行前加四个空格",
    ),
);
const TAB: Explanation = (
    Phrase::new("a line begins with a tab", "行首是制表符"),
    Phrase::new("begin it with spaces", "请改用空格缩进"),
);
const INDENTED_KEY: Explanation = (
    Phrase::new("a message does not begin its line", "一条用语没有写在行首"),
    Phrase::new("remove the spaces before it", "请删去前面的空格"),
);
const NO_MESSAGE: Explanation = (
    Phrase::new("this line is no message", "这一行不是一条用语"),
    Phrase::new(
        "begin it with four spaces if it belongs to the message above, and with `# ` if it is a \
         comment",
        "若属于上一条用语，请在行首加四个空格；若是注释，请在行首加 `# `",
    ),
);
const TRANSLATED_NAME: Explanation = (
    Phrase::new(
        "a name has other characters than the letters a to z",
        "名称中有英文字母以外的字符",
    ),
    Phrase::new(
        "keep the names before `=` and in braces as they are in English",
        "`=` 前面和大括号中的名称请保留英文原文",
    ),
);
const OPEN_BRACE: Explanation = (
    Phrase::new("a brace is not closed", "大括号没有成对"),
    Phrase::new(
        "close it with `}`, and write an opening brace of a text as `{\"{\"}`",
        "请补上 `}`；文字中的左大括号请写成 `{\"{\"}`",
    ),
);
const SPARE_BRACE: Explanation = (
    Phrase::new("a brace is closed that is not open", "多了一个右大括号"),
    Phrase::new("remove it, or open it before", "请删去，或在前面补上左大括号"),
);
const FORMS_ON_ONE_LINE: Explanation = (
    Phrase::new("the forms of a count are not each on a line", "数量的各种形式没有分行书写"),
    Phrase::new(
        "begin a line for each form, such as `[one] …`, and put `*` before `[other]`",
        "请为每种形式另起一行，例如 `[one] …`，并在 `[other]` 前加 `*`",
    ),
);
const NO_DEFAULT: Explanation = (
    Phrase::new("no form of a count is marked as the general one", "没有标出数量的一般形式"),
    Phrase::new("write `*[other]` before the last form", "请把最后一种形式写成 `*[other] …`"),
);

/// The diagnostic for a file at whose byte `at` the parser stopped with a message of its own.
pub(crate) fn explain(path: &Arc<str>, file: &str, at: usize, parser: &str) -> Diagnostic {
    let at = file.floor_char_boundary(at);
    let (reason, help) = match explanation(file, at, parser) {
        Some((reason, help)) => (Message::from(reason), Some(Message::from(help))),
        None => (Message::new(parser, "格式有误"), None),
    };
    let message = message!(
        "this is not a Fluent file: {reason}",
        "本文件不符合 Fluent 格式：{reason}"; reason
    );
    Diagnostic { help, ..Diagnostic::error(Code::Syntax, path, at..at, message) }
}

fn explanation(file: &str, at: usize, parser: &str) -> Option<Explanation> {
    let start = file[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = file[start..].lines().next().unwrap_or_default();
    let goes_on_with_tab = file[at..].lines().take(2).any(|line| line.starts_with('\t'));
    let is_in_braces = file[start..at].contains('{');
    Some(if line.starts_with('\t') {
        TAB
    } else if parser.contains("Expected a message field") || parser.contains("Expected a value") {
        if goes_on_with_tab { TAB } else { NO_TEXT }
    } else if parser.contains("default variant") {
        NO_DEFAULT
    } else if parser.contains("Unbalanced closing brace") {
        SPARE_BRACE
    } else if line.starts_with(' ') && line.contains(" =") && !is_in_braces {
        INDENTED_KEY
    } else if !line.contains('=') && !is_in_braces {
        NO_MESSAGE
    } else if parser.contains("starting with \"}\"") || file[at..].trim_start().is_empty() {
        OPEN_BRACE
    } else if parser.contains("Expected one of \"a-zA-Z") {
        TRANSLATED_NAME
    } else if parser.contains("Expected one of") {
        // The end of a line.
        FORMS_ON_ONE_LINE
    } else {
        return None;
    })
}
