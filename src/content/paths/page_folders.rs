//! Folders of static pages, as distinct from sections of bulletins.

use std::collections::BTreeSet;

use crate::source::Snapshot;

/// The keys of a static page, by which its folder is known.
const STATIC_PAGE_KEYS: [&str; 6] =
    ["title", "short_title", "summary", "draft", "order", "aliases"];

/// Finds the folders of static pages, which have no date: no file has the key `published`, and
/// one or more have no other keys than those of a page. Reserved folders have pages of another
/// kind.
pub(super) fn page_folders(
    snapshot: &Snapshot,
    is_reserved: impl Fn(&str) -> bool,
) -> BTreeSet<&str> {
    let (mut of_pages, mut of_bulletins) = (BTreeSet::new(), BTreeSet::new());
    for (path, _) in snapshot.files() {
        let Some((folder, rest)) = path.split_once('/') else { continue };
        let Some(stem) = rest.strip_suffix(".md") else { continue };
        if is_reserved(folder)
            || of_bulletins.contains(folder)
            || stem == "_index"
            || stem.rsplit('/').next().is_some_and(|name| name.contains('.'))
        {
            continue;
        }
        let keys = front_matter_keys(snapshot.text(path).unwrap_or_default());
        if keys.contains(&"published") {
            of_bulletins.insert(folder);
        } else if keys.contains(&"title") && keys.iter().all(|key| STATIC_PAGE_KEYS.contains(key)) {
            of_pages.insert(folder);
        }
    }
    of_pages.difference(&of_bulletins).copied().collect()
}

/// The keys at the first level of a front matter, as they are written.
fn front_matter_keys(text: &str) -> Vec<&str> {
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    if lines.next().map(str::trim_end) != Some("---") {
        return Vec::new();
    }
    let inside = lines.take_while(|line| line.trim_end() != "---");
    let keys = inside.filter_map(|line| {
        let key = line.split([':', '：']).next()?;
        let is_key = !key.starts_with([' ', '\t', '#', '-']) && key.len() < line.len();
        is_key.then(|| key.trim().trim_matches(['"', '\'']))
    });
    keys.collect()
}
