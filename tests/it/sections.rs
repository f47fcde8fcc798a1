//! Several files in one text, each below a line `-- path --`, as in Go's txtar.

/// Splits a text into the part before the first `-- name --` line and the named sections, in order.
pub(crate) fn parse_sections(text: &str) -> (&str, Vec<(&str, &str)>) {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some(name) = section_name(line) {
            starts.push((name, at, at + line.len()));
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).map(|(_, start, _)| *start).chain([text.len()]);
    let sections =
        starts.iter().zip(ends).map(|((name, _, start), end)| (*name, &text[*start..end]));
    (&text[..starts.first().map_or(text.len(), |(_, start, _)| *start)], sections.collect())
}

fn section_name(line: &str) -> Option<&str> {
    let name = line.trim_end().strip_prefix("-- ")?.strip_suffix(" --")?;
    (!name.is_empty()).then_some(name)
}

#[test]
fn parse_sections_splits_at_marker_lines() {
    let text = "About this.\n-- a.md --\n---\ntitle: A\n---\n-- empty --\n-- b/c d.md --\n--\nlast";
    let sections = vec![("a.md", "---\ntitle: A\n---\n"), ("empty", ""), ("b/c d.md", "--\nlast")];
    assert_eq!(parse_sections(text), ("About this.\n", sections));
    assert_eq!(parse_sections("no marker\n"), ("no marker\n", Vec::new()));
    assert_eq!(parse_sections("-- --\n--  --\n"), ("-- --\n--  --\n", Vec::new()));
}
