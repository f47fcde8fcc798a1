//! Tables of mistakes with their codes and positions.

use super::*;

fn problems(markdown: &str) -> Vec<(&'static str, String)> {
    let mut diagnostics = Diagnostics::default();
    read(markdown, 0, &Arc::from("x.md"), &mut diagnostics);
    diagnostics
        .into_sorted()
        .iter()
        .map(|found| (found.code.name(), markdown[found.span.clone()].trim_end().to_owned()))
        .collect()
}

#[test]
fn each_mistake_is_found_at_its_position() {
    assert_eq!(problems("# Title\n"), [("heading/first-level", "# Title".to_owned())]);
    assert_eq!(problems("## A\n\n#### B\n"), [("heading/skipped-level", "#### B".to_owned())]);
    assert_eq!(problems("![](a.jpg)\n"), [("image/no-alt", "![](a.jpg)".to_owned())]);
    assert_eq!(problems("a <b>c\n"), [("body/raw-html", "<b>".to_owned())]);
    assert_eq!(problems("**真，**她\n").len(), 2);
    assert_eq!(problems("**真**，她 `**` \\*\\*\n"), []);
    assert_eq!(problems("去年*强调。*她说\n").len(), 2);
    assert_eq!(problems("*强调*，2*3*4，甲 * 乙 * 丙，\\*强调。\\*她\n"), []);
    assert_eq!(problems("甲。*乙\n\n丙。*丁\n"), []);
    assert_eq!(problems("[a][b]\n"), [("link/broken", "[a][b]".to_owned())]);
    assert_eq!(problems("a [2022] b\n"), []);
    assert_eq!(problems("a[^1]\n"), [("body/broken-footnote", "[^1]".to_owned())]);
    assert_eq!(problems("a\n\n[^1]: b\n"), [("body/broken-footnote", "[^1]:".to_owned())]);
    assert_eq!(problems("a[^A]\n\n[^a]: b\n"), []);
}

#[test]
fn footnote_with_two_texts_is_an_error() {
    let found = problems("a[^1]\n\n[^1]: b\n\n[^1]: c\n");
    assert_eq!(found, [("body/broken-footnote", "[^1]:".to_owned())]);
}

#[test]
fn full_width_footnote_marks_are_found() {
    for (markdown, mark) in [
        ("甲［^1］乙[^1]\n\n[^1]: 丙\n", "［^1］"),
        ("甲[^1］乙[^1]\n\n[^1]: 丙\n", "[^1］"),
        ("甲【^1】乙[^1]\n\n[^1]: 丙\n", "【^1】"),
    ] {
        assert_eq!(problems(markdown), [("body/broken-footnote", mark.to_owned())]);
    }
    let found = problems("甲[^1]\n\n[^1]：丙\n");
    let marks: Vec<&str> = found.iter().map(|(_, mark)| mark.as_str()).collect();
    assert_eq!(marks, ["[^1]", "[^1]："]);
    assert_eq!(problems("见`[^1]`和\\[^1]，[^ 1]\n"), []);
}

#[test]
fn definition_without_link_is_an_error() {
    for (markdown, line) in [
        ("[注]: 此处说明\n", "[注]: 此处说明"),
        ("甲\n\n[乙]: https://a.example/\n", "[乙]: https://a.example/"),
    ] {
        let code = "link/unused-definition";
        assert_eq!(problems(markdown), [(code, line.to_owned())], "{markdown}");
    }
    for markdown in
        ["[甲]\n\n[甲]: https://a.example/\n", "[//]: # (待核)\n", "[甲][A]\n\n[a]: <#x>\n\n## X\n"]
    {
        assert_eq!(problems(markdown), [], "{markdown}");
    }
}

#[test]
fn closing_signs_of_heading_without_space_are_named() {
    assert_eq!(problems("## 甲##\n"), [("body/literal-mark", "## 甲##".to_owned())]);
    assert_eq!(problems("## C#\n\n## 甲 ##\n"), []);
}
