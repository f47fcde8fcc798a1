//! Joins the lines of texts that are written over several lines.
//!
//! YAML folds a line break into a space. Chinese has no space there (CSS Text 3, section 4.1.3,
//! "Segment Break Transformation Rules").

use crate::language::joins_lines;

/// The longest part of a line, in characters, by which its place in a value is found.
const MAX_CONTEXT: usize = 12;

/// Removes the spaces that YAML put between lines that end and begin in Chinese. `written` is the
/// value's source.
pub(super) fn remove_folded_spaces(value: String, written: &str) -> String {
    if !written.contains('\n') || written.starts_with('|') {
        return value;
    }
    let lines: Vec<&str> =
        written.lines().map(|line| line.trim().trim_matches(['"', '\''])).collect();
    let (mut joined, mut rest) = (String::with_capacity(value.len()), value.as_str());
    for pair in lines.windows(2) {
        let [before, after] = pair else { continue };
        if !joins_lines(before.chars().next_back(), after.chars().next()) || after.is_empty() {
            continue;
        }
        let (tail, head) = (last_characters(before), first_characters(after));
        // An escape in a quoted text is written in another way than it is read.
        let Some(at) = rest.find(&format!("{tail} {head}")) else { continue };
        let end = at + tail.len();
        joined.push_str(&rest[..end]);
        rest = &rest[end + 1..];
    }
    joined.push_str(rest);
    joined
}

/// Joins the lines of a text in one: without a space in Chinese, and with one elsewhere.
pub(in crate::content) fn join_lines(text: &str) -> String {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |mut joined, line| {
        if !joins_lines(joined.chars().next_back(), line.chars().next()) {
            joined.push(' ');
        }
        joined.push_str(line);
        joined
    })
}

fn last_characters(line: &str) -> &str {
    let start = line.char_indices().rev().take(MAX_CONTEXT).last().map_or(0, |(at, _)| at);
    &line[start..]
}

fn first_characters(line: &str) -> &str {
    let end = line.char_indices().nth(MAX_CONTEXT).map_or(line.len(), |(at, _)| at);
    &line[..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::front_matter::tree::{NodeKind, parse_yaml};

    fn read(yaml: &str) -> String {
        let root = parse_yaml(yaml, 0).unwrap();
        let NodeKind::Mapping(entries) = &root.kind else { panic!("{yaml}") };
        entries[0].1.scalar().unwrap().trim().to_owned()
    }

    #[test]
    fn folded_lines_have_no_space_between_chinese() {
        for yaml in [
            "a: >\n  全市三十家\n  图书馆，\n  欢迎\n",
            "a: >-\r\n  全市三十家\r\n  图书馆，\r\n  欢迎\r\n",
            "a: 全市三十家\n  图书馆，\n  欢迎\n",
            "a: \"全市三十家\n  图书馆，\n  欢迎\"\n",
            "a: '全市三十家\n  图书馆，\n  欢迎'\nb: 1\n",
            "{ a: 全市三十家\n  图书馆，\n  欢迎, b: 1 }\n",
        ] {
            assert_eq!(read(yaml), "全市三十家图书馆，欢迎", "{yaml}");
        }
    }

    #[test]
    fn other_spaces_stay() {
        for (yaml, text) in [
            ("a: >\n  two\n  words\n", "two words"),
            ("a: 共\n  12 口\n", "共 12 口"),
            ("a: 张三 李四\n  王五\n", "张三 李四王五"),
            ("a: 张三 李四\n", "张三 李四"),
            ("a: >\n  甲\n\n  乙\n", "甲\n乙"),
            ("a: |\n  甲\n  乙\n", "甲\n乙"),
        ] {
            assert_eq!(read(yaml), text, "{yaml}");
        }
        assert_eq!(join_lines("甲\n\n乙\nab\nc"), "甲乙 ab c");
    }
}
