//! Lines that have a meaning as a whole in other dialects: `[TOC]`, `[!INFO]`, `:::`, `!!! note`,
//! `\newpage`, and fences in full width.

use super::inline::is_contents;
use super::web_lines;
use crate::diagnostic::{Message, Severity, message};

/// The least number of signs of a fence.
const FENCE_LENGTH: usize = 3;

/// Commands of LaTeX that lay out a page.
const COMMANDS: &[&str] = &[
    "\\newpage",
    "\\newline",
    "\\pagebreak",
    "\\clearpage",
    "\\tableofcontents",
    "\\begin{",
    "\\end{",
    "\\vspace",
    "\\noindent",
    "\\section{",
    "\\subsection{",
    "\\textbf{",
    "\\textit{",
    "\\includegraphics",
];

/// The alerts of GFM, with words of other dialects for them.
const ALERTS: &[(&str, &[&str])] = &[
    (
        "NOTE",
        &[
            "note", "info", "abstract", "summary", "quote", "example", "todo", "注", "说明",
            "信息", "备注",
        ],
    ),
    ("TIP", &["tip", "hint", "success", "check", "done", "提示", "技巧", "建议"]),
    ("IMPORTANT", &["important", "重要", "重点"]),
    ("WARNING", &["warning", "attention", "question", "help", "faq", "警告", "注意"]),
    ("CAUTION", &["caution", "danger", "error", "bug", "failure", "小心", "危险"]),
];

/// The remedy for a line that would be shown literally.
pub(super) fn remedy(line: &str) -> Option<(Severity, Message)> {
    if let Some((short, long)) = line.strip_prefix("*[").and_then(|rest| rest.split_once("]: ")) {
        let help = message!(
            "write `<abbr title=\"{long}\">{short}</abbr>` where the abbreviation is used",
            "请在使用缩写的地方写 `<abbr title=\"{long}\">{short}</abbr>`"
        );
        return Some((Severity::Error, help));
    }
    if is_contents_mark(line) {
        return Some((Severity::Error, contents_help()));
    }
    if COMMANDS.iter().any(|command| line.starts_with(command)) {
        let help = message!(
            "remove it; to show the sign, put it between backticks",
            "请删去；如果要显示这些符号，请放在一对反引号之间"
        );
        return Some((Severity::Error, help));
    }
    if line == "$$" {
        let help = message!(
            "formulas are not typeset: write it in plain characters, or as a block of code",
            "这里不排版公式：请用普通字符书写，或写成代码块"
        );
        return Some((Severity::Error, help));
    }
    if let Some(words) = foreign_heading(line) {
        let help = message!("write `## {words}` for a heading", "小标题请写成 `## {words}`");
        return Some((Severity::Error, help));
    }
    if line.starts_with(".. ") && line.contains("::") {
        let help = message!(
            "remove this line of reStructuredText, and write what it is for in Markdown",
            "请删去这一行 reStructuredText，并改用 Markdown 书写"
        );
        return Some((Severity::Error, help));
    }
    if is_page_number(line) || is_contents_line(line) {
        let help = message!("remove it: pages here have no page numbers", "请删去：网页没有页码");
        return Some((Severity::Warning, help));
    }
    if is_column_rule(line) {
        let help = message!(
            "it is a rule of a table in reStructuredText: write rows with `|`, and `| --- |` below \
             the head",
            "这是 reStructuredText 表格的横线：请用 `|` 分隔各列，并在表头下面写 `| --- |`"
        );
        return Some((Severity::Error, help));
    }
    if is_wide_fence(line) {
        let help = message!(
            "write three backticks of half width, ```, for the start and the end of code",
            "代码的开头和结尾请各写一行三个半角的反引号 ```"
        );
        return Some((Severity::Warning, help));
    }
    let copied = note_line(line).or_else(|| web_lines::remedy(line));
    copied.or_else(|| Some((Severity::Error, alert_help(alert_meant(alert_kind(line)?)))))
}

/// Beginnings of lines that mail programs write.
const MAIL_LINES: &[&str] = &[
    "-----原始邮件-----",
    "------------------ 原始邮件 ------------------",
    "-----Original Message-----",
    "---------- Forwarded message",
    "发自我的",
    "Sent from my ",
    "Get Outlook for ",
];

/// The remedy for a line of a mail, a note program or another markup.
fn note_line(line: &str) -> Option<(Severity, Message)> {
    let found = |help| Some((Severity::Warning, help));
    if MAIL_LINES.iter().any(|start| line.starts_with(start)) && line.chars().count() < 60 {
        return found(message!(
            "remove it: a mail program has written it",
            "请删去：这是邮件程序自动写的"
        ));
    }
    for (mark, item) in [
        ("[ ] ", "- [ ] "),
        ("[x] ", "- [x] "),
        ("[\u{3000}]", "- [ ] "),
        ("[]", "- [ ] "),
        ("[√]", "- [x] "),
        ("[✓]", "- [x] "),
    ] {
        if let Some(words) = line.strip_prefix(mark).filter(|words| !words.starts_with('(')) {
            let words = words.trim();
            return found(message!("write `{item}{words}`", "请写成 `{item}{words}`"));
        }
    }
    if let Some(words) = line.strip_prefix("bq. ") {
        return found(message!("write `> {words}` for a quotation", "引文请写成 `> {words}`"));
    }
    if let Some(rest) = line.strip_prefix("(@") {
        let words = rest.split_once(')')?.1.trim();
        return found(message!(
            "write a numbered item as `1. {words}`",
            "编号的列表项请写成 `1. {words}`"
        ));
    }
    if let Some(words) = line.strip_prefix("| ").filter(|words| !words.contains('|')) {
        return found(message!(
            "remove the bar, and write `\\` at the end of each line but the last: \
             `{words}\\`",
            "请删去竖线，并在各行（最后一行除外）的末尾写 `\\`：`{words}\\`"
        ));
    }
    let after = line.trim_start_matches(|c: char| c.is_ascii_lowercase() || matches!(c, '-' | '_'));
    if after.len() == line.len() || !after.starts_with(":: ") {
        return None;
    }
    found(message!(
        "remove the line: a note program keeps its own facts in it",
        "请删去这一行：这是笔记软件自己的属性"
    ))
}

/// The same for a line whose signs a converter has escaped: `\[TOC\]`, `\[!NOTE\]`.
pub(super) fn remedy_of_escaped(line: &str) -> Option<Message> {
    let plain = line.replace('\\', "");
    if is_contents_mark(&plain) {
        return Some(contents_help());
    }
    let kind = plain.strip_prefix("[!")?.strip_suffix(']')?;
    let is_kind = kind.chars().all(char::is_alphabetic) && !kind.is_empty();
    is_kind.then(|| alert_help(alert_meant(kind)))
}

fn alert_help(alert: &str) -> Message {
    message!(
        "write `> [!{alert}]` on a line of its own, and begin each line of its text with `> `",
        "请单独写一行 `> [!{alert}]`，并在其内容的每一行前面加 `> `"
    )
}

fn contents_help() -> Message {
    message!(
        "remove it: pages with several headings have a table of contents",
        "请删去：有多个小标题的页面会自动显示目录"
    )
}

/// The words of a heading of a wiki or of Textile: `== 甲 ==`, `h2. 甲`.
fn foreign_heading(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('=');
    let sign = &line[..line.len() - rest.len()];
    if (1..=6).contains(&sign.len()) && rest.starts_with(' ') {
        // AsciiDoc has the signs at the beginning alone.
        let words = rest.strip_suffix(sign).unwrap_or(rest).trim();
        if !words.starts_with(char::is_alphabetic) {
            return None;
        }
        return (!words.is_empty() && !words.contains('=')).then_some(words);
    }
    let level = line.strip_prefix('h')?.strip_prefix(|c: char| c.is_ascii_digit())?;
    level.strip_prefix(". ").map(str::trim)
}

/// Whether a line is the number of a printed page: `— 3 —`, `第 5 页 共 6 页`.
fn is_page_number(line: &str) -> bool {
    let dashes = ['—', '–', '－'];
    let inner = line.trim_matches(dashes).trim();
    let is_dashed = line.starts_with(dashes) && line.ends_with(dashes);
    let is_number = !inner.is_empty() && inner.bytes().all(|c| c.is_ascii_digit());
    let pages = line.trim_start().strip_prefix('第').and_then(|rest| rest.split_once('页'));
    let is_counted = pages.is_some_and(|(number, total)| {
        let (number, total) = (number.trim(), total.trim());
        let total = total.trim_start_matches(['，', '/']).trim_start();
        number.bytes().all(|c| c.is_ascii_digit())
            && !number.is_empty()
            && total.strip_prefix('共').is_some_and(|rest| rest.ends_with('页'))
    });
    is_dashed && is_number && inner.len() <= 3 || is_counted
}

/// Whether a line is one of a printed table of contents: `一、总则........1`.
fn is_contents_line(line: &str) -> bool {
    let rest = line.trim_end_matches(|c: char| c.is_ascii_digit());
    let words = rest.trim_end().trim_end_matches(['.', '…', '·', '．']);
    rest.len() < line.len() && !words.is_empty() && rest.trim_end().len() >= words.len() + 4
}

/// Whether a line has several runs of `=`, as above and below the columns of a table.
fn is_column_rule(line: &str) -> bool {
    line.starts_with('=')
        && line.contains(' ')
        && line.split_whitespace().all(|run| run.len() > 2 && run.bytes().all(|c| c == b'='))
}

/// Whether a line is a fence of code as an input method in full width writes it.
fn is_wide_fence(line: &str) -> bool {
    let sign = line.chars().next().filter(|sign| matches!(sign, '～' | '｀'));
    sign.is_some_and(|sign| {
        let info = line.trim_start_matches(sign);
        let length = line[..line.len() - info.len()].chars().count();
        length >= FENCE_LENGTH && info.trim().chars().all(|c| c.is_ascii_alphanumeric())
    })
}

/// Whether a line is the marker of a table of contents, in any of its forms.
fn is_contents_mark(line: &str) -> bool {
    let line = line.strip_prefix('@').unwrap_or(line);
    let inner = line.strip_prefix('[').and_then(|inner| inner.strip_suffix(']'));
    let inner = inner.or_else(|| line.strip_prefix('{').and_then(|inner| inner.strip_suffix('}')));
    inner.is_some_and(|inner| {
        let inner = inner.trim_start_matches(['[', ':']).trim_end_matches(']');
        is_contents(inner) || inner == "目录"
    })
}

/// The word for the kind of an alert, in the form of GFM, Obsidian, Docusaurus or `MkDocs`.
fn alert_kind(line: &str) -> Option<&str> {
    for opening in ["[!", "[！", "［!", "［！"] {
        if let Some(rest) = line.strip_prefix(opening) {
            return rest.split_once([']', '］']).map(|(kind, _)| kind.trim());
        }
    }
    if let Some((kind, _)) = ALERTS.iter().find(|(kind, _)| {
        line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) == Some(*kind)
    }) {
        return Some(kind);
    }
    if let Some(rest) = line.strip_prefix(":::").or_else(|| line.strip_prefix("：：：")) {
        return Some(rest.trim_start_matches([':', '：']).trim().trim_matches(['{', '}', '.']));
    }
    let rest = ["!!! ", "??? ", "???+ "].iter().find_map(|mark| line.strip_prefix(mark))?;
    let kind = rest.split_whitespace().next()?;
    kind.chars().all(|c| c.is_ascii_lowercase()).then_some(kind)
}

/// The alert of GFM that is nearest to a word.
fn alert_meant(kind: &str) -> &'static str {
    let word = kind.split_whitespace().next().unwrap_or_default().to_lowercase();
    ALERTS
        .iter()
        .find(|(_, words)| words.contains(&word.as_str()))
        .map_or("NOTE", |(alert, _)| alert)
}
