//! `gazette check`: what is wrong with the content, without serving it.

use std::path::PathBuf;

use clap::Args;

use super::compiler::Compiler;
use super::{Failure, Outcome, SiteArguments, report};
use crate::diagnostic::render;

#[derive(Debug, Clone, Args)]
pub(super) struct Arguments {
    /// The content folder; without it, `--content`, or the content that is part of the program.
    #[arg(value_name = "DIR", conflicts_with = "content")]
    folder: Option<PathBuf>,
    #[command(flatten)]
    site: SiteArguments,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let mut site = arguments.site.clone();
    site.content = arguments.folder.clone().or(site.content);
    let mut compiler = Compiler::new(&site);
    let compiled = compiler.compile()?;
    report::diagnostics(&compiled.diagnostics, &compiler.root(), &compiled.snapshot);
    let Some(edition) = compiled.edition else { return Err(Failure::Reported) };
    let summary = edition.summary();
    report::answer(&format!(
        "{}: {} bulletins, {} goals, {} languages",
        render::count(&compiled.diagnostics),
        summary.bulletins,
        summary.goals,
        summary.languages
    ));
    Ok(())
}
