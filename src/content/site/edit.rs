//! Edits `site.toml` and leaves everything else in it as the editor wrote it.

use crate::content::front_matter::scalar::double_quoted;
use crate::content::front_matter::tree::{self, NodeKind};

/// The text of `site.toml` with a further language; `None` if its `languages` are not a list.
#[must_use]
pub fn with_language(text: &str, tag: &str) -> Option<String> {
    let root = tree::parse_toml(text).ok()?;
    let NodeKind::Mapping(entries) = &root.kind else { return None };
    let (_, languages) = entries.iter().find(|(key, _)| key.value == "languages")?;
    let NodeKind::Sequence(items) = &languages.kind else { return None };
    let end = items.last()?.span.end;
    let (before, after) = text.split_at_checked(end)?;
    Some(format!("{before}, {}{after}", double_quoted(tag)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_is_added_behind_the_last_one() {
        let table = [
            ("languages = [\"en\"]\n", Some("languages = [\"en\", \"ru\"]\n")),
            (
                "# one\nlanguages = [\n  'en', # first\n  'zh',\n]\nx = 1",
                Some("# one\nlanguages = [\n  'en', # first\n  'zh', \"ru\",\n]\nx = 1"),
            ),
            ("languages = \"en\"", None),
            ("languages = []", None),
            ("name = 1", None),
        ];
        for (text, expected) in table {
            assert_eq!(with_language(text, "ru").as_deref(), expected, "{text}");
        }
    }
}
