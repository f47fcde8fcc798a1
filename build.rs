//! Collects two lists from the source.
//!
//! `page_ids.txt`: the ids that pages use themselves, so that no heading of a text takes one of
//! them. They are read from the templates and from the code that writes HTML. An id with a number
//! behind it, such as `footnote-1`, is collected as `footnote-#`.
//!
//! `messages.rs`: the messages of `locales/en.ftl`, from which `src/language/locale.rs` makes
//! methods.

#![expect(clippy::disallowed_methods, reason = "a build script reads the source")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The language that has every message.
const MESSAGES: &str = "locales/en.ftl";

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
    fs::write(folder.join("page_ids.txt"), ids.join("\n"))?;
    println!("cargo::rerun-if-changed={MESSAGES}");
    fs::write(folder.join("messages.rs"), list_messages(&fs::read_to_string(MESSAGES)?))
}

/// The keys of a Fluent file as Rust source. Messages with other arguments than a count have their
/// methods in `src/language/phrases.rs`.
fn list_messages(fluent: &str) -> String {
    let (mut keys, mut plain, mut counted) = (String::new(), String::new(), String::new());
    let mut lines = fluent.lines().peekable();
    while let Some(line) = lines.next() {
        let Some((key, value)) = line.split_once(" =") else { continue };
        if !key.starts_with(|first: char| first.is_ascii_lowercase()) {
            continue;
        }
        let mut value = value.to_owned();
        while let Some(more) = lines.next_if(|next| next.starts_with(' ')) {
            value += more;
        }
        let method = format!("{} = {key:?}, ", key.replace('-', "_"));
        let _ = write!(keys, "{key:?}, ");
        if value.contains("$count ->") {
            counted += &method;
        } else if !value.contains('$') {
            plain += &method;
        }
    }
    format!(
        "const KEYS: &[&str] = &[{keys}];\nmessages! {{ plain {{ {plain}}} counted {{ {counted}}} }}\n"
    )
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
