//! `gazette export`: the site as files, byte for byte as the server sends them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use clap::Args;

use super::compiler::{Compiler, CompilerError, Exported};
use super::output::{CommandResult, Failure, print, print_operator_diagnostics};
use super::shared_arguments::{SiteArguments, print_source};
use crate::content::Content;
use crate::diagnostic::MessageLanguage;
use crate::edition::{Encoding, Export, ExportEntry};
use crate::language::Language;
use crate::pages::{RenderError, encoded_path, moved_page};
use crate::source::{self, ExportError, ExportWriter};

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
    let writer = ExportWriter::new(&arguments.folder)?;
    let failure = OnceLock::new();
    let exported = compiler.export(!arguments.plain, &|path, encoding, bytes| {
        if failure.get().is_none()
            && let Err(error) = writer.write(&compressed_name(path, encoding), bytes)
        {
            // The first failure is reported.
            let _ = failure.set(error);
        }
    })?;
    print_source(&site, language);
    let Exported { snapshot, content, result } = exported;
    let diagnostics = match &result {
        Ok(export) => &export.warnings,
        Err(diagnostics) => diagnostics,
    };
    print_operator_diagnostics(diagnostics, &compiler.root(), &snapshot);
    let Ok(Export { entries, query_addresses, .. }) = result else {
        return Err(Failure::AlreadyPrinted);
    };
    if let Some(error) = failure.into_inner() {
        return Err(error.into());
    }
    let names: BTreeSet<String> = entries
        .iter()
        .filter(|(_, entry)| !matches!(entry, ExportEntry::Redirect(_)))
        .flat_map(|(path, _)| file_names(path, arguments.plain))
        .collect();
    writer.write("_redirects", redirect_rules(&entries, &names, &content).as_bytes())?;
    let moved = MovedPages::new(&content, &entries, names)
        .map_err(|error| Failure::from(CompilerError::Page(error)))?;
    for (name, page) in moved.files {
        writer.write(&name, page.as_bytes())?;
    }
    let count = writer.finish()?;
    print(&format!("{count} files written to {}", arguments.folder.display()))?;
    let without_file = [moved.without_file, query_addresses].concat();
    if without_file.is_empty() {
        return Ok(());
    }
    let addresses = without_file.join(", ");
    print(&format!("former addresses that no file can answer, only the server: {addresses}"))
}

impl From<ExportError> for Failure {
    fn from(error: ExportError) -> Self {
        Self::Message(error.to_string())
    }
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

/// The file that a host serves for a path.
fn file_name(path: &str) -> String {
    let name = path.trim_start_matches('/');
    if name.is_empty() || name.ends_with('/') {
        format!("{name}index.html")
    } else {
        name.to_owned()
    }
}

/// The extensions of compressed files, which web servers send to clients that can read them.
const COMPRESSED_EXTENSIONS: [(Encoding, &str); 3] =
    [(Encoding::Brotli, "br"), (Encoding::Gzip, "gz"), (Encoding::Zstd, "zst")];

/// The names of all files that a path may have.
fn file_names(path: &str, is_plain: bool) -> Vec<String> {
    let mut names = vec![file_name(path)];
    if !is_plain {
        names.extend(
            COMPRESSED_EXTENSIONS.iter().map(|(encoding, _)| compressed_name(path, *encoding)),
        );
    }
    names
}

/// The name of the file of a path in a coding.
fn compressed_name(path: &str, encoding: Encoding) -> String {
    let name = file_name(path);
    match COMPRESSED_EXTENSIONS.iter().find(|(known, _)| *known == encoding) {
        Some((_, extension)) => format!("{name}.{extension}"),
        None => name,
    }
}

/// The `_redirects` file that some static hosts read: a line for each redirect and each 410 whose
/// target is a file of the export.
fn redirect_rules(
    entries: &BTreeMap<String, ExportEntry>,
    names: &BTreeSet<String>,
    content: &Content,
) -> String {
    let prefix = content.site.path_prefix();
    let mut lines = String::new();
    for (path, entry) in entries {
        let (target, status) = match entry {
            ExportEntry::Redirect(target) => (target.clone(), 308),
            ExportEntry::Gone => (format!("/{}", file_name(path)), 410),
            ExportEntry::File(_) => continue,
        };
        if names.contains(&file_name(&target)) {
            let [from, to] = [path, &target].map(|path| encoded_path(&format!("{prefix}{path}")));
            // These hosts take `/:name/` for any folder.
            let from = from.replace("/:", "/%3A");
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
        entries: &BTreeMap<String, ExportEntry>,
        mut names: BTreeSet<String>,
    ) -> Result<Self, RenderError> {
        let mut pages = Self { files: Vec::new(), without_file: Vec::new() };
        for (path, entry) in entries {
            let ExportEntry::Redirect(target) = entry else { continue };
            let name = moved_file_name(path);
            if name == file_name(target) {
                continue;
            }
            if is_taken(&name, &names) {
                pages.without_file.push(path.clone());
                continue;
            }
            let language = match entries.get(target) {
                Some(ExportEntry::File(Some(language))) => *language,
                _ => Language::DEFAULT,
            };
            let page = moved_page(content, target, language)?;
            names.insert(name.clone());
            pages.files.push((name, page));
        }
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
