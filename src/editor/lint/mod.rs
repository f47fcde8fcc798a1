//! Lints: advice about content that compiles but could be better for its readers.
//!
//! Only `gazette check` gives it, once there are no errors. A site disables a lint under
//! `[lints.off]` in `site.toml`, with a reason.

mod addresses;
mod blocks;
mod context;
mod dates;
mod evidence;
mod figures;
mod files;
mod numbers;
mod pages;
mod placeholders;
mod prose;
mod references;
mod services;
mod translations;

use jiff::Timestamp;
use rayon::prelude::*;

use crate::content::{Content, Text};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Snapshot;
use context::LintContext;

/// Lints content that has no errors, at an instant.
#[must_use]
pub fn lint(content: &Content, snapshot: &Snapshot, instant: Timestamp) -> Diagnostics {
    let context = LintContext::new(content, snapshot, instant);
    let texts: Vec<&Text> = content.texts().collect();
    let mut diagnostics: Vec<Diagnostic> =
        texts.par_iter().flat_map_iter(|text| lint_text(&context, text)).collect();
    diagnostics.extend(pages::check_repeated_titles(&context));
    diagnostics.extend(pages::check_bulletins_without_goal(&context));
    diagnostics.extend(pages::check_long_alerts(&context));
    diagnostics.extend(translations::check_missing(&context));
    diagnostics.extend(placeholders::check_unreplaced(&context));
    diagnostics.extend(evidence::check_figures(&context));
    diagnostics.extend(references::check_references(&context));
    diagnostics.extend(addresses::check_addresses(&context));
    diagnostics.extend(files::check_files(&context));
    diagnostics.extend(files::check_file_kinds(&context));
    for bulletin in &content.bulletins {
        diagnostics.extend(figures::check_bulletin(&context, bulletin));
        diagnostics.extend(dates::check_bulletin(&context, bulletin));
        diagnostics.extend(pages::check_consultation(&context, bulletin));
    }
    for goal in &content.goals {
        diagnostics.extend(dates::check_goal(&context, goal));
    }
    diagnostics.retain(|diagnostic| !content.site.lints_off.contains(&diagnostic.code));
    diagnostics.into_iter().collect()
}

fn lint_text(context: &LintContext<'_>, text: &Text) -> Vec<Diagnostic> {
    let mut diagnostics = prose::check_text(context, text);
    diagnostics.extend(pages::check_text(context, text));
    diagnostics.extend(figures::check_key_figures(text));
    diagnostics.extend(services::check_text(text));
    diagnostics
}
