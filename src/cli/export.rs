//! `gazette export`: the site as files, byte for byte what the server would answer.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;

use super::compiler::Compiler;
use super::{Failure, Outcome, SiteArguments, output};
use crate::edition::{Edition, ErrorPage, PathEntry, Resource};
use crate::source::write_export;

#[derive(Debug, Clone, Args)]
pub(super) struct Arguments {
    /// The folder to write. One that an earlier export wrote is replaced as a whole, with whatever was added to it since.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    #[command(flatten)]
    site: SiteArguments,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let mut compiler = Compiler::new(&arguments.site);
    let compiled = compiler.compile()?;
    output::told(&compiled.diagnostics, &compiler.root(), &compiled.snapshot);
    let Some(edition) = compiled.edition else { return Err(Failure::Reported) };
    let redirects = redirects(&edition);
    let mut files = files(&edition);
    files.push(("_redirects".to_owned(), redirects.as_bytes()));
    let count = files.len();
    write_export(&arguments.folder, files).map_err(|error| Failure::Message(error.to_string()))?;
    output::answer(&format!("{count} files written to {}", arguments.folder.display()))
}

/// Every file with its path inside the folder, and its packed twins.
fn files(edition: &Edition) -> Vec<(String, &[u8])> {
    let mut files = Vec::new();
    for (path, answer) in edition.entries() {
        if let PathEntry::Found(resource) | PathEntry::Gone(resource) = answer {
            let name = path.trim_start_matches('/');
            let name =
                if path.ends_with('/') { format!("{name}index.html") } else { name.to_owned() };
            add(&mut files, &name, resource);
        }
    }
    for root in edition.roots() {
        let name = format!("{}404.html", root.trim_start_matches('/'));
        add(&mut files, &name, edition.problem(ErrorPage::NotFound, root));
    }
    files
}

fn add<'e>(files: &mut Vec<(String, &'e [u8])>, name: &str, resource: &'e Resource) {
    files.push((name.to_owned(), &resource.identity.body));
    for (extension, variant) in
        [("br", &resource.brotli), ("gz", &resource.gzip), ("zst", &resource.zstd)]
    {
        if let Some(variant) = variant {
            files.push((format!("{name}.{extension}"), &variant.body));
        }
    }
}

/// What files cannot say, in the form that static hosts read: a line for each redirect and each 410.
fn redirects(edition: &Edition) -> String {
    let mut lines = String::new();
    for (path, answer) in edition.entries() {
        let _ = match answer {
            PathEntry::Redirect(to) => writeln!(lines, "{path} {to} 308"),
            PathEntry::Gone(_) => writeln!(lines, "{path} {path}index.html 410"),
            PathEntry::Found(_) => continue,
        };
    }
    lines
}
