//! Collects the ids that pages use themselves, so that no heading of a text takes one of them.
//!
//! They are read from the templates and from the code that writes HTML. An id with a number behind
//! it, such as `footnote-1`, is collected as `footnote-#`.

#![expect(clippy::disallowed_methods, reason = "a build script reads the source")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The folders with HTML.
const FOLDERS: [&str; 2] = ["templates", "src/pages"];

fn main() -> io::Result<()> {
    let mut ids = BTreeSet::new();
    for folder in FOLDERS {
        println!("cargo::rerun-if-changed={folder}");
        collect(Path::new(folder), &mut ids)?;
    }
    let ids: Vec<String> = ids.into_iter().collect();
    let folder = env::var_os("OUT_DIR").map(PathBuf::from).unwrap_or_default();
    fs::write(folder.join("page_ids.txt"), ids.join("\n"))
}

fn collect(folder: &Path, ids: &mut BTreeSet<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, ids)?;
        } else if let Ok(text) = fs::read_to_string(&path) {
            ids.extend(ids_in(&text));
        }
    }
    Ok(())
}

/// The values of the attributes `id` of a text.
fn ids_in(text: &str) -> impl Iterator<Item = String> {
    text.split(" id=").skip(1).filter_map(|rest| {
        let value = rest.strip_prefix("\\\"").or_else(|| rest.strip_prefix('"'))?;
        let value = value.split(['"', '\\']).next()?;
        match value.split_once('{') {
            None => Some(value).filter(|id| !id.is_empty()).map(ToOwned::to_owned),
            Some((start, value)) => {
                let is_number = value.starts_with("number") || value.contains("loop.index");
                is_number.then(|| format!("{start}#"))
            }
        }
    })
}
