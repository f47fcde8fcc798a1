//! The note of a change, added to the front matter of a bulletin without any other edit of it.

use std::ops::Range;

use jiff::civil::Date;

use crate::content::front_matter::tree::{NodeKind, parse_yaml};

/// Adds a change to the `changes` of a file. `body_start` is where its body begins; `note` is a
/// YAML value. `None` if the front matter is written in a way to which no line can be added.
#[must_use]
pub fn add_change(source: &str, body_start: usize, on: Date, note: &str) -> Option<String> {
    let yaml_start = source.find('\n')? + 1;
    let yaml_end = yaml_start + source.get(yaml_start..body_start)?.trim_end().rfind("---")?;
    let root = parse_yaml(&source[yaml_start..yaml_end], yaml_start).ok()?;
    let NodeKind::Mapping(entries) = &root.kind else { return None };
    let index = entries.iter().position(|(key, _)| key.value == "changes");
    let lines = format!("changes:\n  - on: {on}\n    note: {note}\n");
    let Some(index) = index else { return Some(replaced(source, yaml_end..yaml_end, &lines)) };
    let (key, changes) = &entries[index];
    let end = entries.get(index + 1).map_or(yaml_end, |(key, _)| key.span.start);
    let NodeKind::Sequence(items) = &changes.kind else { return None };
    if items.is_empty() {
        let line_end = key.span.end + source[key.span.end..].find('\n')? + 1;
        return Some(replaced(source, key.span.start..line_end, &lines));
    }
    let value = source[key.span.end..end].trim_start_matches([':', ' ']);
    if value.starts_with('[') {
        let at = key.span.end + source[key.span.end..end].rfind(']')?;
        let item = format!(", {{ on: {on}, note: {note} }}");
        return Some(replaced(source, at..at, &item));
    }
    let first = items.first()?;
    let line_start = source[..first.span.start].rfind('\n')? + 1;
    let indent = source[line_start..first.span.start].split_once('-')?.0;
    // Comments and empty lines before the next key stay with it.
    let last = source[..end].lines().rev().find(|line| {
        let line = line.trim();
        !(line.is_empty() || line.starts_with('#'))
    })?;
    let end = source[..end].rfind(last)? + last.len();
    let end = end + source[end..].find('\n')? + 1;
    let lines = format!("{indent}- on: {on}\n{indent}  note: {note}\n");
    Some(replaced(source, end..end, &lines))
}

fn replaced(source: &str, range: Range<usize>, text: &str) -> String {
    // The lines of a file have one ending.
    let text = if source.contains("\r\n") { text.replace('\n', "\r\n") } else { text.to_owned() };
    format!("{}{text}{}", &source[..range.start], &source[range.end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn change_is_added_to_any_front_matter() {
        let item = "- on: 2022-06-01\n    note: N\n";
        for (before, after) in [
            ("title: T\n", format!("title: T\nchanges:\n  {item}")),
            (
                "changes:\n  - on: 2022-05-06\n    note: A\n\n# B\nsource: S\n",
                format!("changes:\n  - on: 2022-05-06\n    note: A\n  {item}\n# B\nsource: S\n"),
            ),
            (
                "changes:\n- { on: 2022-05-06, note: A }\n",
                "changes:\n- { on: 2022-05-06, note: A }\n- on: 2022-06-01\n  note: N\n".to_owned(),
            ),
            ("changes: []\nx: y\n", format!("changes:\n  {item}x: y\n")),
            (
                "changes: [{ on: 2022-05-06, note: A }]\n",
                "changes: [{ on: 2022-05-06, note: A }, { on: 2022-06-01, note: N }]\n".to_owned(),
            ),
            (
                "title: T\r\n",
                format!("title: T\r\nchanges:\n  {item}")
                    .replace("T\r\n", "T\n")
                    .replace('\n', "\r\n"),
            ),
        ] {
            let source = format!("---\n{before}---\nBody.\n");
            let on = Date::constant(2022, 6, 1);
            let found = add_change(&source, source.len() - "Body.\n".len(), on, "N");
            assert_eq!(found, Some(format!("---\n{after}---\nBody.\n")), "{before:?}");
        }
    }
}
