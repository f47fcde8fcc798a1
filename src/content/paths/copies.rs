//! Files that a synchronising program or a file manager left beside the real ones.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, message};
use crate::language::Languages;
use crate::source::Snapshot;

/// The words by which programs name copies, in lower case. Those of Dropbox and Nextcloud hold
/// further words and a date.
const WORDS: [&str; 10] = [
    "conflicted copy",
    "case conflict",
    "conflict",
    "another copy",
    "copy",
    "kopie",
    "copie",
    "冲突副本",
    "冲突文件",
    "副本",
];

/// The words before the name of the original.
const PREFIXES: [&str; 4] = ["copy of ", "kopie von ", "copie de ", "副本 "];

/// Syncthing's mark before the time and the device.
const SYNCTHING: &str = ".sync-conflict-";

/// Nextcloud's and ownCloud's older mark before the time.
const OWNCLOUD: &str = "_conflict-";

/// The diagnostic for a page that is a copy of another page by its name, if that page exists.
/// A new name would publish the copy.
pub(super) fn check_copy(
    path: &Arc<str>,
    snapshot: &Snapshot,
    languages: &Languages,
) -> Option<Diagnostic> {
    let original = original_of(path, languages, |path| snapshot.file(path).is_some())?;
    let message = message!(
        "by its name, this is a copy of `{original}` that a synchronising program or a file \
         manager made",
        "从文件名看，这是同步软件或文件管理器生成的 `{original}` 的副本"
    );
    let help = message!(
        "compare it with `{original}`, move what is missing there, and delete this file; if it is \
         a page of its own, rename it in letters a to z, digits and hyphens",
        "请与 `{original}` 比较，把那里缺少的内容移过去，然后删去这个文件；\
         如果它是单独的一页，请用英文字母 a 到 z、数字和连字符另行命名"
    );
    Some(Diagnostic::error(Code::BadName, path, 0..0, message).help(help))
}

/// The path of the original of a copied file, or of a file in a copied folder.
fn original_of(path: &str, languages: &Languages, exists: impl Fn(&str) -> bool) -> Option<String> {
    let stem = path.strip_suffix(".md")?;
    let parts: Vec<&str> = stem.split('/').collect();
    for (index, part) in parts.iter().enumerate() {
        let mut candidates = vec![bare_name(part).to_owned()];
        // The language may be before the mark, as in `x.zh (1)`, or after it, as in `x (1).zh`.
        if let Some((name, tag)) = part.rsplit_once('.')
            && languages.find(tag).is_some()
        {
            candidates.push(format!("{}.{tag}", bare_name(name)));
        }
        for candidate in candidates.iter().filter(|candidate| candidate != part) {
            let mut parts = parts.clone();
            parts[index] = candidate;
            let original = format!("{}.md", parts.join("/"));
            if exists(&original) {
                return Some(original);
            }
        }
    }
    None
}

/// A name without the marks of copies.
fn bare_name(name: &str) -> &str {
    let mut bare = name;
    while let Some(shorter) = without_mark(bare).filter(|shorter| !shorter.is_empty()) {
        bare = shorter;
    }
    bare
}

fn without_mark(name: &str) -> Option<&str> {
    for mark in [SYNCTHING, OWNCLOUD] {
        if let Some((original, time)) = name.split_once(mark)
            && time.starts_with(|c: char| c.is_ascii_digit())
        {
            return Some(original);
        }
    }
    for prefix in PREFIXES {
        if name.get(..prefix.len()).is_some_and(|start| start.to_lowercase() == prefix) {
            return name.get(prefix.len()..);
        }
    }
    if let Some(inside) = name.strip_suffix([')', '）']) {
        let (original, inside) = inside.rsplit_once(['(', '（'])?;
        let inside = inside.trim().to_lowercase();
        let is_mark = is_count(&inside) || WORDS.iter().any(|word| inside.contains(word));
        return is_mark.then(|| original.trim_end());
    }
    // `x copy 2`, `x - Copy`, `x副本2`, `x 2`.
    let start = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_counted = is_count(&name[start.len()..]);
    let named = if is_counted { start.trim_end() } else { name };
    let original = WORDS.iter().find_map(|word| strip_word(named, word));
    original.or_else(|| (is_counted && start.ends_with(' ')).then_some(named))
}

/// A name without a word at its end. A Chinese word needs no separator.
fn strip_word<'n>(name: &'n str, word: &str) -> Option<&'n str> {
    let start = name.len().checked_sub(word.len())?;
    if name.get(start..)?.to_lowercase() != word {
        return None;
    }
    let original = &name[..start];
    let bare = original.trim_end_matches([' ', '-', '_', '的']);
    let is_separated = original.ends_with([' ', '_', '.']) || !word.is_ascii();
    is_separated.then(|| bare.trim_end_matches('.'))
}

/// Whether a text counts copies: one or two digits. More may be a year.
fn is_count(text: &str) -> bool {
    matches!(text.len(), 1 | 2) && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn original(path: &str, files: &[&str]) -> Option<String> {
        let languages = Languages::new(vec!["en".to_owned(), "zh".to_owned()]);
        original_of(path, &languages, |path| files.contains(&path))
    }

    #[test]
    fn copy_has_the_name_of_its_original() {
        for name in [
            "x (conflicted copy 2026-05-01)",
            "x (Li Wei's conflicted copy 2026-05-01)",
            "x (conflicted copy 2026-05-01 120000)",
            "x (Case Conflict)",
            "x(wei 的冲突副本 2026-05-01)",
            "x.sync-conflict-20260501-120000-ABCDEFG",
            "x_conflict-20260501-120000",
            "x (Kopie)",
            "x - Kopie (2)",
            "x - 副本",
            "x - 副本 (2)",
            "x副本",
            "x的副本2",
            "x的副本 2",
            "x（1）",
            "x(1)",
            "x (1) (1)",
            "x - Copy",
            "x - Copy (2)",
            "x copy",
            "x copy 2",
            "x 2",
            "Copy of x",
        ] {
            for (tag, after) in [("", ""), (".zh", ""), ("", ".zh")] {
                let path = if tag.is_empty() {
                    format!("bulletins/{name}{after}.md")
                } else {
                    format!("bulletins/{}.md", name.replacen('x', &format!("x{tag}"), 1))
                };
                let real = format!("bulletins/x{tag}{after}.md");
                assert_eq!(original(&path, &[&real]), Some(real.clone()), "{path}");
            }
        }
        let folder = original("bulletins/x - Copy/index.md", &["bulletins/x/index.md"]);
        assert_eq!(folder.as_deref(), Some("bulletins/x/index.md"));
    }

    #[test]
    fn other_name_is_no_copy() {
        let files = ["bulletins/x.md", "bulletins/report.md"];
        for name in ["x 2024", "x (draft)", "x.fr", "xcopy", "x notes", "y (1)", "(1)", "副本"] {
            assert_eq!(original(&format!("bulletins/{name}.md"), &files), None, "{name}");
        }
        // Without its original, a copy is the only text that there is.
        assert_eq!(original("bulletins/x (1).md", &["bulletins/y.md"]), None);
    }
}
