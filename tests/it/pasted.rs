//! One notice of Word through several converters: each feature of the document is shown as it was,
//! or named by a diagnostic, or left no trace in what the converter wrote.
//!
//! The document and its six results are in `tests/fixtures/pasted/`.

use std::collections::BTreeSet;

use gazette::diagnostic::Diagnostics;

use crate::harness::{Folder, diagnostics, repository, short};

/// How a feature of the document comes out.
#[derive(Clone, Copy)]
enum Outcome {
    /// The page has this markup, and no diagnostic is needed.
    Shown(&'static str),
    /// A diagnostic of this code is on each line of the result that has this text.
    Named(&'static str, &'static str),
    /// The converter wrote nothing of it; `docs/editing.md` says so.
    NoTrace,
}

use Outcome::{Named, NoTrace, Shown};

const CONVERTERS: [&str; 6] =
    ["pandoc-markdown", "pandoc-gfm", "pandoc-commonmark_x", "markitdown", "mammoth", "turndown"];

const LITERAL: &str = "body/literal-emphasis";
const MARK: &str = "body/literal-mark";
const HTML: &str = "body/raw-html";
const TABLE: &str = "table/not-a-table";
const FRAGMENT: &str = "link/broken-fragment";

/// The rules of pandoc's tables of three and of two columns.
const WIDE_RULE: &str = "  ----------------------- -----------------------";
const WIDER_RULE: &str = "  ----------------------------------- ---";

/// The features of the document, with their outcome for each converter.
const FEATURES: &[(&str, [Outcome; 6])] = &[
    (
        "title",
        [
            Named("heading/first-level", "# 关于做好"),
            Named("heading/first-level", "# 关于做好"),
            Named("heading/first-level", "# 关于做好"),
            Named("heading/first-level", "# 关于做好"),
            Named(HTML, "<a id=\"关于做好"),
            Named("heading/first-level", "# 关于做好"),
        ],
    ),
    (
        "dash between years",
        [
            Named(MARK, "2026---2027"),
            Shown("2026—2027"),
            Named(MARK, "2026---2027"),
            Shown("2026—2027"),
            Shown("2026—2027"),
            Shown("2026—2027"),
        ],
    ),
    (
        "footnote",
        [
            Shown("id=\"footnote-1\""),
            Shown("id=\"footnote-1\""),
            Shown("id=\"footnote-1\""),
            Named(FRAGMENT, "(#footnote"),
            Named(FRAGMENT, "footnote\\-"),
            Named(FRAGMENT, "(#footnote"),
        ],
    ),
    (
        "heading",
        [
            Shown("一、供热时间</h2>"),
            Shown("一、供热时间</h2>"),
            Shown("一、供热时间</h2>"),
            Shown("一、供热时间</h2>"),
            Named(HTML, "## 一、供热时间"),
            Shown("一、供热时间</h2>"),
        ],
    ),
    (
        "bold with a colon",
        [
            Named(LITERAL, "有效期："),
            Named(LITERAL, "有效期："),
            Named(LITERAL, "有效期："),
            Named(LITERAL, "有效期："),
            Named(LITERAL, "有效期："),
            Named(LITERAL, "有效期："),
        ],
    ),
    ("full-width indent", [Shown(">　　原定的"); 6]),
    (
        "underline",
        [
            Named(MARK, "{.underline}"),
            Named(HTML, "<u>"),
            Named(MARK, "{.underline}"),
            Named(HTML, "<u>"),
            NoTrace,
            NoTrace,
        ],
    ),
    (
        "struck-out words",
        [
            Named(LITERAL, "~~10月25日"),
            Named(LITERAL, "~~10月25日"),
            Named(LITERAL, "~~10月25日"),
            Named(LITERAL, "~~10月25日"),
            NoTrace,
            Named(LITERAL, "~~10月25日"),
        ],
    ),
    (
        "raised and lowered digits",
        [
            Named(MARK, "m^2^"),
            Shown("m<sup>2</sup>计；CO<sub>2</sub>"),
            Named(MARK, "m^2^"),
            NoTrace,
            NoTrace,
            NoTrace,
        ],
    ),
    ("size with asterisks", [Shown("210*297*30"); 6]),
    ("item in brackets", [Shown(">（一）室温"); 6]),
    (
        "line breaks",
        [
            Shown("张三<br>\n电话"),
            Shown("张三<br>\n电话"),
            Shown("张三<br>\n电话"),
            Named("body/missing-empty-line", "电话：0451"),
            Shown("张三<br>\n电话"),
            Shown("张三<br>\n电话"),
        ],
    ),
    (
        "table",
        [
            Named(TABLE, WIDE_RULE),
            Shown("<td>38.32</td>"),
            Shown("<td>38.32</td>"),
            Shown("<td>38.32</td>"),
            NoTrace,
            Shown("<td>38.32</td>"),
        ],
    ),
    (
        "caption",
        [
            Named(TABLE, WIDE_RULE),
            Named("body/repeated-caption", "表1 供热收费标准"),
            Named("body/repeated-caption", "表1 供热收费标准"),
            Shown("<caption>表1 供热收费标准</caption>"),
            Shown(">表1 供热收费标准</p>"),
            Shown("<caption>表1 供热收费标准</caption>"),
        ],
    ),
    (
        "picture",
        [
            Named("image/missing", "![供热站]"),
            Named(HTML, "<img "),
            Named("image/missing", "![供热站]"),
            Named("image/unsupported", "![供热站]"),
            Named("image/unsupported", "![供热站]"),
            Named("image/unsupported", "![供热站]"),
        ],
    ),
    (
        "merged cell",
        [
            Named(TABLE, WIDE_RULE),
            Named("table/empty-first-cell", "第二站"),
            Named("table/empty-first-cell", "第二站"),
            Named("table/row-width", "| 第二站"),
            NoTrace,
            Named("table/row-width", "| 第二站"),
        ],
    ),
    (
        "bar in a cell",
        [
            Named(TABLE, WIDER_RULE),
            Named(HTML, "<table>"),
            Named(HTML, "<table>"),
            Named("table/row-width", "管径|DN300"),
            Shown("管径|DN300"),
            Shown("<td>管径|DN300</td>"),
        ],
    ),
    (
        "line break in a cell",
        [
            Named(TABLE, WIDER_RULE),
            Named(HTML, "<table>"),
            Named(HTML, "<table>"),
            NoTrace,
            Shown("主管网<br>\n分支"),
            Shown("<br>\n分支</td>"),
        ],
    ),
];

/// The result of a converter.
fn markdown(converter: &str) -> String {
    let path = repository().join(format!("tests/fixtures/pasted/{converter}.md"));
    std::fs::read_to_string(path).expect("a result")
}

/// A city whose only language is that of the notice.
fn city(body: &str) -> Folder {
    let site = "name = \"湖滨\"\nbase_url = \"https://lakeside.example/\"\n\
                time_zone = \"Asia/Shanghai\"\nlanguages = [\"zh\"]\n";
    Folder::default()
        .with("site.toml", site)
        .with("bulletins/_index.md", "---\ntitle: 公报\n---\n")
        .with(
            "bulletins/notice.md",
            format!("---\ntitle: 供热通知\nsummary: 通知。\npublished: 2026-10-01\n---\n{body}"),
        )
}

/// Footnotes as markitdown, turndown and mammoth write them.
const FOOTNOTE_LINKS: [&str; 3] = [
    "[[1]](#footnote-20)",
    "[\\[1\\]](#footnote-20)",
    "<a id=\"footnote-ref-20\"></a>[\\[1\\]](\\#footnote\\-20)",
];

const FRONT_MATTER_LINES: usize = 5;

/// The lines of a result that have diagnostics, with their codes, as `check` prints them. Only those
/// of errors if so asked.
fn named_lines(body: &str, only_errors: bool) -> BTreeSet<(usize, String)> {
    let snapshot = city(body).snapshot();
    let found = diagnostics(&snapshot, Diagnostics::default());
    let place = |line: &String| {
        let (place, message) =
            line.strip_prefix("content/bulletins/notice.md:")?.split_once(": ")?;
        let line: usize = place.split(':').next()?.parse().ok()?;
        let (severity, rest) = message.split_once('[')?;
        let code = rest.split_once(']')?.0;
        let is_asked = !only_errors || severity == "error";
        is_asked.then_some((line.checked_sub(FRONT_MATTER_LINES)?, code.to_owned()))
    };
    short(&found, &snapshot).iter().filter_map(place).collect()
}

/// The page of the lines that have no error, which an edition needs. Marks in lines that have other
/// features too are mended first, as the helps say.
fn page_without_errors(body: &str) -> String {
    let mut body = body.replace("^2^", "²").replace("~2~", "₂").replace("~~", "");
    for mark in FOOTNOTE_LINKS {
        body = body.replace(mark, "");
    }
    let mut lines: Vec<&str> = body.lines().collect();
    loop {
        let right = lines.join("\n") + "\n";
        let wrong = named_lines(&right, true);
        if wrong.is_empty() {
            return city(&right).today().get("/bulletins/notice/").text().to_owned();
        }
        let wrong: BTreeSet<usize> = wrong.into_iter().map(|(line, _)| line).collect();
        for line in wrong.into_iter().rev() {
            lines.remove(line - 1);
        }
    }
}

#[test]
fn pasted_notice_is_shown_or_named() {
    for (column, converter) in CONVERTERS.into_iter().enumerate() {
        let body = markdown(converter);
        let named = named_lines(&body, false);
        let page = page_without_errors(&body);
        for (feature, outcomes) in FEATURES {
            match outcomes[column] {
                Shown(markup) => {
                    assert!(page.contains(markup), "{converter}: {feature} is not shown:\n{page}");
                }
                Named(code, text) => {
                    let mut lines =
                        body.lines().enumerate().filter(|(_, line)| line.contains(text));
                    let is_named =
                        |(index, _): (usize, &str)| named.contains(&(index + 1, code.to_owned()));
                    assert!(lines.any(is_named), "{converter}: {feature} is silent: {named:?}");
                }
                NoTrace => {}
            }
        }
    }
}
