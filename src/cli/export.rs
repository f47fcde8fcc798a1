//! `gazette export`: the site as files, byte for byte as the server sends them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use clap::Args;
use rayon::prelude::*;

use super::arguments::{SiteArguments, print_source};
use super::compiler::{Compiler, CompilerError};
use super::output::{CommandResult, Failure, print, print_operator_diagnostics};
use crate::content::Content;
use crate::diagnostic::MessageLanguage;
use crate::edition::{Body, Edition, Encoding, ErrorPage, PathEntry};
use crate::pages::{RenderError, encoded_path, moved_page};
use crate::source::{self, write_export};

#[derive(Debug, Clone, Args)]
pub(super) struct Arguments {
    /// The folder to write: new, empty, or written by an earlier export. Files that no export wrote
    /// stay in it.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The content folder, as with `--content`.
    #[arg(value_name = "CONTENT", conflicts_with = "built_in")]
    content_folder: Option<PathBuf>,
    /// Write no compressed files beside the others (`.br`, `.gz`, `.zst`).
    #[arg(long)]
    plain: bool,
    #[command(flatten)]
    site: SiteArguments,
}

pub(super) fn run(arguments: &Arguments) -> CommandResult {
    let language = MessageLanguage::English;
    let site = arguments.site.find_content(arguments.content_folder.as_ref(), language)?;
    refuse_content_folder(&arguments.folder, &site)?;
    let mut compiler = Compiler::new(&site);
    let compiled = compiler.compile(None)?;
    print_source(&site, language);
    print_operator_diagnostics(&compiled.diagnostics, &compiler.root(), &compiled.snapshot);
    let (Some(edition), Some(content)) = (compiled.edition, compiler.content()) else {
        return Err(Failure::AlreadyPrinted);
    };
    let bodies = bodies(&edition);
    let names: BTreeSet<String> =
        bodies.iter().flat_map(|(name, _)| file_names(name, arguments.plain)).collect();
    let rules = redirect_rules(&edition, &names);
    let moved = MovedPages::new(content, &edition, names)
        .map_err(|error| Failure::from(CompilerError::Page(error)))?;
    let mut others: Vec<(String, Bytes)> =
        moved.files.into_iter().map(|(name, page)| (name, Bytes::from(page))).collect();
    others.push(("_redirects".to_owned(), Bytes::from(rules)));
    let files = bodies
        .par_iter()
        .map(|(name, body)| files_of(name, body, arguments.plain))
        .chain(others.into_par_iter().map(|file| vec![file]));
    let count = write_export(&arguments.folder, files)
        .map_err(|error| Failure::Message(error.to_string()))?;
    print(&format!("{count} files written to {}", arguments.folder.display()))?;
    if moved.without_file.is_empty() {
        return Ok(());
    }
    let addresses = moved.without_file.join(", ");
    print(&format!("former addresses that no file can answer, only the server: {addresses}"))
}

/// Fails if the site would be written among its own content.
fn refuse_content_folder(folder: &Path, site: &SiteArguments) -> CommandResult {
    match &site.content {
        Some(content) if source::is_within(folder, content) => Err(Failure::Usage(format!(
            "`{}` is in the content folder `{}`, so its files would become content; name a folder \
             outside it",
            folder.display(),
            content.display()
        ))),
        _ => Ok(()),
    }
}

/// The bodies of an edition with the names of their files.
fn bodies(edition: &Edition) -> Vec<(String, &Body)> {
    let mut bodies = Vec::new();
    for (path, entry) in edition.entries() {
        if let PathEntry::Found(resource) | PathEntry::Gone(resource) = entry {
            bodies.push((file_name(path), &*resource.body));
        }
    }
    for root in edition.roots() {
        let name = format!("{}404.html", root.trim_start_matches('/'));
        bodies.push((name, &*edition.problem(ErrorPage::NotFound, root).body));
    }
    bodies
}

/// The file that a host serves for a path.
fn file_name(path: &str) -> String {
    let name = path.trim_start_matches('/');
    if name.is_empty() || name.ends_with('/') {
        format!("{name}index.html")
    } else {
        name.to_owned()
    }
}

/// The extensions of the files that web servers send to clients that can read them.
const TWINS: [(Encoding, &str); 3] =
    [(Encoding::Brotli, "br"), (Encoding::Gzip, "gz"), (Encoding::Zstd, "zst")];

/// The names of all files that a body may have.
fn file_names(name: &str, is_plain: bool) -> Vec<String> {
    let mut names = vec![name.to_owned()];
    if !is_plain {
        names.extend(TWINS.iter().map(|(_, extension)| format!("{name}.{extension}")));
    }
    names
}

/// The files of a body: the file itself and its compressed twins.
fn files_of(name: &str, body: &Body, is_plain: bool) -> Vec<(String, Bytes)> {
    if is_plain {
        return vec![(name.to_owned(), body.identity())];
    }
    let file = |(encoding, bytes)| {
        let twin = TWINS.iter().find(|(known, _)| *known == encoding);
        let name = twin.map_or_else(|| name.to_owned(), |(_, twin)| format!("{name}.{twin}"));
        (name, bytes)
    };
    body.all_codings().into_iter().map(file).collect()
}

/// The `_redirects` file that some static hosts read: a line for each redirect and each 410 whose
/// target is a file of the export.
fn redirect_rules(edition: &Edition, names: &BTreeSet<String>) -> String {
    let mut lines = String::new();
    for (path, entry) in edition.entries() {
        let (target, status) = match entry {
            PathEntry::Redirect(target) => (target.to_string(), 308),
            PathEntry::Gone(_) => (format!("/{}", file_name(path)), 410),
            PathEntry::Found(_) => continue,
        };
        if names.contains(&file_name(&target)) {
            let [from, to] = [path, &*target].map(|path| encoded_path(&edition.public_path(path)));
            let _ = writeln!(lines, "{from} {to} {status}");
        }
    }
    lines
}

/// Pages at former addresses, for hosts that read no `_redirects`.
struct MovedPages {
    files: Vec<(String, String)>,
    /// Former addresses at which no file can be.
    without_file: Vec<String>,
}

impl MovedPages {
    /// Renders a page for each redirect unless one of the files `names` is in its place.
    fn new(
        content: &Content,
        edition: &Edition,
        mut names: BTreeSet<String>,
    ) -> Result<Self, RenderError> {
        let mut pages = Self { files: Vec::new(), without_file: Vec::new() };
        for (path, entry) in edition.entries() {
            let PathEntry::Redirect(target) = entry else { continue };
            let name = moved_file_name(path);
            if name == file_name(target) {
                continue;
            }
            if is_taken(&name, &names) {
                pages.without_file.push(path.to_owned());
                continue;
            }
            let page = moved_page(content, target, edition.language(target))?;
            names.insert(name.clone());
            pages.files.push((name, page));
        }
        pages.without_file.extend(edition.query_addresses());
        Ok(pages)
    }
}

/// The file that a host serves as HTML for a former path: the path itself if its name says so, else
/// the index page of a folder.
fn moved_file_name(path: &str) -> String {
    let name = path.trim_start_matches('/');
    let lower = name.to_ascii_lowercase();
    if name.is_empty() || name.ends_with('/') {
        format!("{name}index.html")
    } else if [".html", ".htm"].iter().any(|extension| lower.ends_with(extension)) {
        name.to_owned()
    } else {
        format!("{name}/index.html")
    }
}

/// Whether a file has this name, or is where the name needs a folder, or the other way round.
fn is_taken(name: &str, names: &BTreeSet<String>) -> bool {
    let is_folder = names
        .range(format!("{name}/")..)
        .next()
        .is_some_and(|next| next.strip_prefix(name).is_some_and(|rest| rest.starts_with('/')));
    let mut places = name.match_indices('/').map(|(index, _)| &name[..index]);
    is_folder || names.contains(name) || places.any(|place| names.contains(place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn former_paths_become_pages_that_hosts_serve() {
        for (path, name) in [
            ("/old/", "old/index.html"),
            ("/notice/1.htm", "notice/1.htm"),
            ("/art/A.HTML", "art/A.HTML"),
            ("/old", "old/index.html"),
            ("/show.asp", "show.asp/index.html"),
            ("/旧/通知", "旧/通知/index.html"),
        ] {
            assert_eq!(moved_file_name(path), name);
        }
    }

    #[test]
    fn names_are_taken_by_files_and_folders() {
        let names = ["a/b.html", "c"].map(str::to_owned).into();
        for (name, is_expected) in [
            ("a/b.html", true),
            ("a", true),
            ("c/index.html", true),
            ("a/c.html", false),
            ("a/b.html/index.html", true),
            ("b", false),
        ] {
            assert_eq!(is_taken(name, &names), is_expected, "{name}");
        }
    }
}
