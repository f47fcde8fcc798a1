//! `gazette export`: the site as files, byte for byte as the server sends them.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;

use super::arguments::SiteArguments;
use super::compiler::Compiler;
use super::output::{CommandResult, Failure, print, print_operator_diagnostics};
use crate::edition::{Edition, ErrorPage, PathEntry, Resource};
use crate::source::write_export;

#[derive(Debug, Clone, Args)]
pub(super) struct Arguments {
    /// The folder to write. A folder that an earlier export wrote is replaced completely, including
    /// files that were added to it.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    #[command(flatten)]
    site: SiteArguments,
}

pub(super) fn run(arguments: &Arguments) -> CommandResult {
    let mut compiler = Compiler::new(&arguments.site);
    let compiled = compiler.compile()?;
    print_operator_diagnostics(&compiled.diagnostics, &compiler.root(), &compiled.snapshot);
    let Some(edition) = compiled.edition else { return Err(Failure::AlreadyPrinted) };
    let redirects = redirects(&edition);
    let mut files = files(&edition);
    files.push(("_redirects".to_owned(), redirects.as_bytes()));
    let count = files.len();
    write_export(&arguments.folder, files).map_err(|error| Failure::Message(error.to_string()))?;
    print(&format!("{count} files written to {}", arguments.folder.display()))
}

/// The files of an edition with their paths, including the compressed variants.
fn files(edition: &Edition) -> Vec<(String, &[u8])> {
    let mut files = Vec::new();
    for (path, entry) in edition.entries() {
        if let PathEntry::Found(resource) | PathEntry::Gone(resource) = entry {
            let name = path.trim_start_matches('/');
            let name =
                if path.ends_with('/') { format!("{name}index.html") } else { name.to_owned() };
            add_resource(&mut files, &name, resource);
        }
    }
    for root in edition.roots() {
        let name = format!("{}404.html", root.trim_start_matches('/'));
        add_resource(&mut files, &name, edition.problem(ErrorPage::NotFound, root));
    }
    files
}

fn add_resource<'e>(files: &mut Vec<(String, &'e [u8])>, name: &str, resource: &'e Resource) {
    files.push((name.to_owned(), &resource.identity.body));
    for (extension, variant) in
        [("br", &resource.brotli), ("gz", &resource.gzip), ("zst", &resource.zstd)]
    {
        if let Some(variant) = variant {
            files.push((format!("{name}.{extension}"), &variant.body));
        }
    }
}

/// The `_redirects` file that static hosts read: a line for each redirect and each 410.
fn redirects(edition: &Edition) -> String {
    let mut lines = String::new();
    for (path, entry) in edition.entries() {
        let _ = match entry {
            PathEntry::Redirect(to) => writeln!(lines, "{path} {to} 308"),
            PathEntry::Gone(_) => writeln!(lines, "{path} {path}index.html 410"),
            PathEntry::Found(_) => continue,
        };
    }
    lines
}
