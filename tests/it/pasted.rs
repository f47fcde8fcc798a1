//! Two notices of Word through several converters: each feature of a document is shown as it was,
//! or named by a diagnostic, or left no trace in what the converter wrote.
//!
//! The documents and their six results each are in `tests/fixtures/pasted/`.

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

/// The rules of pandoc's tables of four, three and two columns.
const NARROW_RULE: &str = "  ----------------- ----------------- -----------------";
const WIDE_RULE: &str = "  ----------------------- -----------------------";
const WIDER_RULE: &str = "  ----------------------------------- ---";

/// The features of a document, with their outcome for each converter.
type Features = &'static [(&'static str, [Outcome; 6])];

/// The features of the notice about heating.
const HEATING: Features = &[
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
            Named(TABLE, "类别"),
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
            Named(TABLE, "供热站"),
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
            Shown("<td class=\"word\">管径|DN300</td>"),
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

/// The features of the notice about homes for rent.
const HOMES: Features = &[
    ("title", [Named("heading/first-level", "湖滨市住房保障局关于"); 6]),
    ("number of the document", [Shown(">湖住公告〔2026〕7号</p>"); 6]),
    (
        "heading",
        [
            Shown("二、房源和租金</h2>"),
            Shown("二、房源和租金</h2>"),
            Shown("二、房源和租金</h2>"),
            Shown("二、房源和租金</h2>"),
            Named(HTML, "二、房源和租金"),
            Shown("二、房源和租金</h2>"),
        ],
    ),
    ("bold with a colon", [Named(LITERAL, "申请时间："); 6]),
    ("bold with a full stop", [Named(LITERAL, "补正。"); 6]),
    (
        "underline",
        [
            Named(MARK, "[逾期不予受理。]{.underline}"),
            Named(HTML, "<u>逾期"),
            Named(MARK, "[逾期不予受理。]{.underline}"),
            Named(HTML, "<u>逾期"),
            NoTrace,
            NoTrace,
        ],
    ),
    ("steps of a list", [Shown("离异满两年"); 6]),
    (
        "superscript",
        [
            Named(MARK, "m^2^"),
            Shown("m<sup>2</sup>"),
            Named(MARK, "m^2^"),
            Named(MARK, "m2"),
            Named(MARK, "m2"),
            Named(MARK, "m2"),
        ],
    ),
    (
        "struck-out words",
        [
            Shown("<del>原标准2800元</del>"),
            Shown("<del>原标准2800元</del>"),
            Shown("<del>原标准2800元</del>"),
            Shown("<del>原标准2800元</del>"),
            NoTrace,
            Shown("<del>原标准2800元</del>"),
        ],
    ),
    ("link", [Shown("href=\"https://rules.example/a%20b?x=1&amp;y=2\""); 6]),
    (
        "link within the document",
        [
            Named(FRAGMENT, "[第二部分]"),
            Named(FRAGMENT, "[第二部分]"),
            Shown(">第二部分</a>"),
            Named(FRAGMENT, "[第二部分]"),
            Named(FRAGMENT, "[第二部分]"),
            Named(FRAGMENT, "[第二部分]"),
        ],
    ),
    (
        "caption",
        [
            Shown(">表1　房源和租金（2026年）</p>"),
            Shown("<caption>表1　房源和租金（2026年）</caption>"),
            Shown("<caption>表1　房源和租金（2026年）</caption>"),
            Shown("<caption>表1　房源和租金（2026年）</caption>"),
            Shown(">表1　房源和租金（2026年）</p>"),
            Shown("<caption>表1　房源和租金（2026年）</caption>"),
        ],
    ),
    (
        "cells merged downwards",
        [
            Named(TABLE, NARROW_RULE),
            Named("table/empty-first-cell", "两居室"),
            Named("table/empty-first-cell", "两居室"),
            Named("table/row-width", "| 两居室"),
            Named(TABLE, "小区"),
            Named("table/row-width", "| 两居室"),
        ],
    ),
    (
        "cells merged across",
        [
            Named(TABLE, NARROW_RULE),
            Shown("<td class=\"word\">合计</td><td></td><td>260</td>"),
            Shown("<td class=\"word\">合计</td><td></td><td>260</td>"),
            Shown("<td class=\"word\">合计</td><td></td><td>260</td>"),
            Named(TABLE, "小区"),
            Shown("<td class=\"word\">合计</td><td></td><td>260</td>"),
        ],
    ),
    (
        "dash in a cell",
        [
            Named(TABLE, NARROW_RULE),
            Shown("<td>—</td>"),
            Named(MARK, "| ---           |"),
            Shown("<td>—</td>"),
            Named(TABLE, "小区"),
            Shown("<td>—</td>"),
        ],
    ),
    (
        "dash between figures",
        [
            Named(MARK, "3---5年"),
            Shown("3—5年"),
            Named(MARK, "3---5年"),
            Shown("3—5年"),
            Shown("3—5年"),
            Shown("3—5年"),
        ],
    ),
    (
        "endnote",
        [
            Shown("id=\"footnote-1\""),
            Shown("id=\"footnote-1\""),
            Shown("id=\"footnote-1\""),
            Named(FRAGMENT, "(#endnote-2"),
            Named(FRAGMENT, "endnote\\-2"),
            Named(FRAGMENT, "(#endnote-2"),
        ],
    ),
    ("full-width indent", [Shown(">　　租金含物业费"); 6]),
    (
        "line breaks",
        [
            Shown("路1号<br>\n咨询电话"),
            Shown("路1号<br>\n咨询电话"),
            Shown("路1号<br>\n咨询电话"),
            Named("body/missing-empty-line", "咨询电话："),
            Shown("路1号<br>\n咨询电话"),
            Shown("路1号<br>\n咨询电话"),
        ],
    ),
    ("bare address", [Shown("href=\"https://housing.example/\""); 6]),
    (
        "picture",
        [
            Named("image/missing", "![湖东苑"),
            Named(HTML, "<img "),
            Named("image/missing", "![湖东苑"),
            Named("image/unsupported", "![湖东苑"),
            Named("image/unsupported", "![湖东苑"),
            Named("image/unsupported", "![湖东苑"),
        ],
    ),
    ("caption of the picture", [Shown(">图1　湖东苑平面图</p>"); 6]),
    ("slanted words", [Shown("<em>材料不全的</em>"); 6]),
    (
        "bold and underlined words",
        [
            Named(MARK, "[二十日]{.underline}"),
            Named(HTML, "<u>二十日"),
            Named(MARK, "[二十日]{.underline}"),
            Named(HTML, "<u>二十日"),
            Named(LITERAL, "二十日"),
            Named(LITERAL, "二十日"),
        ],
    ),
    // pandoc leaves text boxes out.
    (
        "text box",
        [
            NoTrace,
            NoTrace,
            NoTrace,
            Shown(">监督电话：0451-87654321</p>"),
            Shown(">监督电话：0451-87654321</p>"),
            Shown(">监督电话：0451-87654321</p>"),
        ],
    ),
    ("second appendix", [Shown(">　　　2.房源清单</p>"); 6]),
    ("signature", [Shown(">湖滨市住房保障局</p>"); 6]),
];

/// The result of a converter.
fn markdown(folder: &str, converter: &str) -> String {
    let path = repository().join(format!("tests/fixtures/pasted/{folder}{converter}.md"));
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

/// Marks in lines that have other features too, with what the helps say instead: footnotes as
/// markitdown, turndown and mammoth write them, links within the document, a script.
const MENDED: &[(&str, &str)] = &[
    ("[[1]](#footnote-20)", ""),
    ("[\\[1\\]](#footnote-20)", ""),
    ("<a id=\"footnote-ref-20\"></a>[\\[1\\]](\\#footnote\\-20)", ""),
    ("[[1]](#endnote-2)", ""),
    ("[\\[1\\]](#endnote-2)", ""),
    ("<a id=\"endnote-ref-2\"></a>[\\[1\\]](\\#endnote\\-2)", ""),
    ("[第二部分](#part2)", "第二部分"),
    ("[第二部分](\\#part2)", "第二部分"),
    ("[第二部分](#二房源和租金)", "[第二部分](#二-房源和租金)"),
    ("{#二房源和租金}", ""),
    ("**补正。**", "**补正**。"),
    ("__补正。__", "**补正**。"),
    ("**<u>二十日</u>**", "**二十日**"),
    ("**[二十日]{.underline}**", "**二十日**"),
    ("__二十日__", "**二十日**"),
    ("^2^", "²"),
    ("~2~", "₂"),
    ("~~10月25日（含）~~", "10月25日（含）"),
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
    let mut body = body.to_owned();
    for (mark, mended) in MENDED {
        body = body.replace(mark, mended);
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

/// Compares the results of all converters for a document with what is expected.
fn assert_shown_or_named(folder: &str, features: Features) {
    for (column, converter) in CONVERTERS.into_iter().enumerate() {
        let body = markdown(folder, converter);
        let named = named_lines(&body, false);
        let page = page_without_errors(&body);
        for (feature, outcomes) in features {
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

#[test]
fn pasted_notice_is_shown_or_named() {
    assert_shown_or_named("", HEATING);
}

#[test]
fn pasted_notice_of_homes_is_shown_or_named() {
    assert_shown_or_named("homes/", HOMES);
}
