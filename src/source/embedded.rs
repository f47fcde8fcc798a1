//! Content and assets embedded in the binary.

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;
use rust_embed::RustEmbed;

use super::{Collected, File, Snapshot, is_ignored};

#[derive(RustEmbed)]
#[folder = "content/"]
struct EmbeddedContent;

#[derive(RustEmbed)]
#[folder = "static/"]
struct EmbeddedAssets;

#[derive(RustEmbed)]
#[folder = "templates/starter/"]
struct EmbeddedStarter;

/// The templates of a new site.
#[must_use]
pub fn starter_templates() -> Snapshot {
    let paths = EmbeddedStarter::iter().filter(|path| !path.split('/').any(is_ignored));
    let files = paths.filter_map(|path| {
        EmbeddedStarter::get(&path).map(|file| (path.into_owned(), file.data.into_owned()))
    });
    files.collect()
}

pub(super) fn read(collected: &mut Collected) {
    for path in EmbeddedContent::iter() {
        if path.split('/').any(is_ignored) {
            continue;
        }
        if let Some(file) = EmbeddedContent::get(&path) {
            let bytes = to_bytes(file.data);
            collected.add(Arc::from(&*path), File { bytes, state: None });
        }
    }
}

/// The program's own assets (style sheet, icon) with their names, sorted by name.
#[must_use]
pub fn assets() -> Vec<(String, Bytes)> {
    let mut assets: Vec<(String, Bytes)> = EmbeddedAssets::iter()
        .filter(|path| !path.split('/').any(is_ignored))
        .filter_map(|path| {
            EmbeddedAssets::get(&path).map(|file| (path.into_owned(), to_bytes(file.data)))
        })
        .collect();
    assets.sort();
    assets
}

fn to_bytes(data: Cow<'static, [u8]>) -> Bytes {
    match data {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::from(bytes),
    }
}
