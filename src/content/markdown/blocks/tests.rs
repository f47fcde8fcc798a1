use super::*;
use crate::content::markdown::events;

fn find(markdown: &str) -> Vec<LiteralMark> {
    let mut reader = BlockReader::new(markdown);
    for (event, range) in events(markdown) {
        reader.take(&event, &range);
    }
    reader.finish()
}

pub(super) fn codes(markdown: &str) -> Vec<(&'static str, &str)> {
    find(markdown).into_iter().map(|mark| (mark.code.name(), &markdown[mark.range])).collect()
}

#[test]
fn line_without_empty_line_is_named() {
    for (markdown, line) in [
        ("安排如下\n（一）检修", "（一）检修"),
        ("> 今年\r\n> 1、登记\r\n", "1、登记"),
        ("联系人：张三\n电话：110", "电话：110"),
        ("时间: 10:00\n地点:广场", "地点:广场"),
        ("Phone: 110\nE-mail: a@b.example", "E-mail: a@b.example"),
    ] {
        assert_eq!(codes(markdown), [("body/missing-empty-line", line)], "{markdown}");
    }
    for markdown in [
        "　　白天。\n\n　　夜间。",
        "一、供热\\\n二、任务",
        "　　白天。\n　　夜间。",
        "一、供热\n二、任务",
        "- ①登记\n  ②派单",
        "见第\n一、二条",
        "联系人：张三\\\n电话：110",
        "- 一、甲\n- 二、乙",
        "```\n一、甲\n二、乙\n```",
        "The lake is open\nfrom 1 June.",
    ] {
        assert_eq!(codes(markdown), [], "{markdown}");
    }
}

#[test]
fn code_without_end_is_named() {
    for markdown in ["```\n甲", "> ```\n> 甲\n\n乙", "~~~\n```\n甲", "- ```sh\n  ls\n\n乙"] {
        assert_eq!(codes(markdown)[0].0, "body/open-code-block", "{markdown}");
    }
    assert_eq!(codes("```mermaid\na\n```"), [("body/literal-mark", "```mermaid")]);
    for markdown in ["```\n甲\n```", "> ~~~\n> 甲\n> ~~~~\n", "- ```sh\n  ls\n  ```\n", "```\n```"]
    {
        assert_eq!(codes(markdown), [], "{markdown}");
    }
}

#[test]
fn indented_prose_is_named_but_not_code() {
    for markdown in ["    现将事项通知如下。", "\t现将事项通知如下。", "    | 甲 | 乙 |"]
    {
        assert_eq!(codes(markdown).len(), 1, "{markdown}");
    }
    assert_eq!(codes("    The lake is open again.")[0].0, "body/indented-prose");
    for markdown in ["    let x = 1;", "    cargo run", "```\n现将事项通知如下。\n```"] {
        assert_eq!(codes(markdown), [], "{markdown}");
    }
}

#[test]
fn malformed_table_is_named() {
    for markdown in [
        "| a | b |\n| --- |\n| 1 | 2 |",
        "| a | b |\n| 1 | 2 |",
        "| a | b\n| 1 | 2",
        "> | a | b\n> | 1 | 2",
        "｜甲｜乙｜\n｜---｜---｜\n｜1｜2｜",
        "| 甲 | 乙 |\n| —— | —— |\n| 1 | 2 |",
        "+---+---+\n| a | b |\n+===+===+\n| 1 | 2 |\n+---+---+",
        "  a    b\n  ---- ----\n  1    2",
        "| a | b |\n\n| --- | --- |\n\n| 1 | 2 |",
        "|---|---|\n| 1 | 2 |",
        "姓名 | 电话\n张三 | 123\n李四 | 456",
        "| a | b |\n| --- | --- |\n\n| 1 | 2 |",
        "　　| a | b |\n　　| --- | --- |\n　　| 1 | 2 |",
        "年份\t座\n2024\t3",
        "项目　单价　数量\n水　3　4\n电　4　5",
        "‖甲‖乙‖\n‖1‖2‖",
        "│甲│乙│\n│1│2│",
        "┌──┬──┐\n│甲│乙│\n└──┴──┘",
    ] {
        let found = codes(markdown);
        assert!(found.iter().any(|(code, _)| *code == "table/not-a-table"), "{markdown}");
    }
    for markdown in [
        "| a | b |\n| --- | --- |\n| 1 | 2 |",
        "a,b\n1,2",
        "a | b\nc | d",
        "|x| ≤ 5\n|y| ≤ 3",
        "---",
        "- - -",
        "张　三　李四\n王　五　赵六",
    ] {
        assert_eq!(codes(markdown), [], "{markdown}");
    }
}

#[test]
fn first_cell_of_merged_rows_is_named() {
    let table = |rows: &str| format!("|  | a |\n| --- | --- |\n{rows}\n");
    assert_eq!(codes(&table("| x | 1 |\n|   | 2 |")), [("table/empty-first-cell", "|   | 2 |")]);
    for rows in ["|  | 1 |\n| x | 2 |", "| x | 1 |\n|  |  |", "| x | 1 |\n y | 2"] {
        assert_eq!(codes(&table(rows)), [], "{rows}");
    }
}

#[test]
fn raw_block_of_pandoc_is_named() {
    let raw = "- a\n\n```{=html}\n<!-- -->\n```\n\n- b\n";
    assert_eq!(codes(raw), [("body/raw-html", "```{=html}")]);
    assert_eq!(codes("```html\n<!-- -->\n```\n"), []);
}

#[test]
fn caption_in_brackets_below_table_is_named() {
    let table = "| a | b |\n| --- | --- |\n| 1 | 2 |\n";
    for (below, expected) in [
        ("[Fees of 2024]", Some("[Fees of 2024]")),
        ("[收费标准]", Some("[收费标准]")),
        ("[fees]\n\n[fees]: https://a.example/", None),
        ("[1]", None),
        ("[^1]", None),
        ("Words [in brackets].", None),
    ] {
        let markdown = format!("{table}\n{below}\n");
        let found = codes(&markdown);
        let expected: Vec<_> =
            expected.map(|words| ("body/literal-mark", words)).into_iter().collect();
        assert_eq!(found, expected, "{below}");
    }
}

#[test]
fn caption_in_brackets_above_table_is_named() {
    let table = "| a | b |\n| --- | --- |\n| 1 | 2 |\n";
    for above in ["[收费标准]\n\n", "[收费标准][fees]\n\n", "[收费标准]\n"] {
        let markdown = format!("{above}{table}");
        let found = codes(&markdown);
        assert_eq!(found, [("body/literal-mark", above.trim_end())], "{above}");
    }
    for above in ["[收费标准]\n\n甲。\n\n", "[1]\n\n", "[附件](a.pdf)\n\n"] {
        assert_eq!(codes(&format!("{above}{table}")), [], "{above}");
    }
}

#[test]
fn signs_of_dashes_in_cells_are_named() {
    assert_eq!(codes(&table("| --- | 2 |")), [("body/literal-mark", "---")]);
    assert_eq!(codes(&table("| --- | --- |")), [("body/literal-mark", "| --- | --- |")]);
    assert_eq!(codes(&table("| ## 甲 | - 乙 |")).len(), 2);
    assert_eq!(codes(&table("| — | -- |\n| -5 | #1 |")), []);
}

#[test]
fn caption_written_twice_is_named() {
    let found = codes("表1 收费\n\n| a |\n| - |\n| 1 |\n\n表1 收费");
    assert_eq!(found, [("body/repeated-caption", "表1 收费")]);
    assert_eq!(codes("表1 收费\n\n表2 收费\n\n好\n\n好"), []);
}

#[test]
fn paragraphs_with_tabs_are_rows() {
    let found = codes("第一站\t38.32\t元\n\n第二站\t43.30\t元\n\n第三站\t40\t元");
    assert_eq!(found, [("table/not-a-table", "第二站\t43.30\t元")]);
    assert_eq!(codes("联系人：\t张三\n\n电话：\t0451\n\na\tb\tc\n\nd"), []);
}

#[test]
fn row_of_another_width_is_named() {
    for (row, is_named) in [
        ("| 1 | 2 | 3 |", true),
        ("| 1 |", true),
        ("| 1 | 2\\|3 |", false),
        ("1 | 2", false),
        ("| 1 | |", false),
    ] {
        assert_eq!(!codes(&table(row)).is_empty(), is_named, "{row}");
    }
}

fn table(row: &str) -> String {
    format!("| a | b |\n| --- | --- |\n{row}\n")
}

#[test]
fn line_of_another_block_is_named() {
    for (markdown, line) in [
        ("- 甲\n- 乙\n丙是另一段。\n", "丙是另一段。"),
        ("> 甲\n乙\n", "乙"),
        ("见[^1]。\n\n[^1]: 甲\n乙\n", "乙"),
        ("- The lake.\nIt is open.\n", "It is open."),
    ] {
        assert_eq!(codes(markdown), [("body/missing-empty-line", line)], "{markdown}");
    }
    for markdown in [
        "- 甲\n  乙\n",
        "> 甲\n> 乙\n",
        "- The lake is\nOpen.\n",
        "- 甲\n\n  乙\n\n丙\n",
        "- 甲\n- 乙\n",
    ] {
        assert_eq!(codes(markdown), [], "{markdown}");
    }
}

#[test]
fn number_or_level_that_changes_is_named() {
    for (markdown, item) in [
        ("1. 甲\n3. 乙\n", "3."),
        ("5) 甲\n6) 乙\n8) 丙\n", "8)"),
        ("1. 甲\n  - 乙\n2. 丙\n", "- 乙"),
        ("10. 甲\n   - 乙\n", "- 乙"),
    ] {
        assert_eq!(codes(markdown), [("body/changed-list", item)], "{markdown}");
    }
    for markdown in [
        "1. 甲\n1. 乙\n1. 丙\n",
        "3. 甲\n4. 乙\n",
        "1. 甲\n   - 乙\n2. 丙\n",
        "- 甲\n  1. 乙\n  2. 丙\n",
        "1. 甲\n\n<!-- -->\n\n3. 乙\n",
        "- 甲\n\n 1. 乙\n",
    ] {
        assert_eq!(codes(markdown), [], "{markdown}");
    }
}

#[test]
fn head_with_repeated_words_is_named() {
    for head in ["| 表1 收费 | 表1 收费 |", "| 项目 | 收费 | 收费 |"] {
        let rule = "| - ".repeat(head.matches('|').count() - 1);
        let markdown = format!("{head}\n{rule}|\n");
        assert_eq!(codes(&markdown), [("body/repeated-caption", head)]);
    }
    for markdown in
        ["| 姓名 | 号码 | 姓名 |\n| - | - | - |\n", "| | |\n| - | - |\n", "| 甲 |\n| - |\n"]
    {
        assert_eq!(codes(markdown), [], "{markdown}");
    }
}

#[test]
fn lines_that_dashes_make_heading_are_named() {
    for (markdown, line) in [("甲。\n乙。\n---\n", "甲。"), ("---\ntitle: 二\n---\n", "title: 二")]
    {
        assert_eq!(codes(markdown), [("body/missing-empty-line", line)], "{markdown}");
    }
    for markdown in ["甲\n---\n", "## 甲\n", "甲\n\n---\n", "甲\n=\n"] {
        assert_eq!(codes(markdown), [], "{markdown}");
    }
}

#[test]
fn help_for_aligned_rows_has_all_columns() {
    let found = find("| 甲    | 乙 | 丙 |\n| 水源地 | 二 | 三 |\n");
    assert_eq!(found.len(), 1);
    assert!(found[0].help.en().contains("`| --- | --- | --- |`"), "{}", found[0].help.en());
}

#[test]
fn columns_of_spaces_with_figures_are_named() {
    let markdown = "甲    乙    丙\n水     2     3\n电     5     6\n";
    assert_eq!(codes(markdown), [("table/not-a-table", "甲    乙    丙")]);
    for markdown in ["甲  乙\n丙  丁\n戊  己\n", "It  is 2\nso  far\nand 3\n"] {
        assert!(codes(markdown).iter().all(|(code, _)| *code != "table/not-a-table"));
    }
}
