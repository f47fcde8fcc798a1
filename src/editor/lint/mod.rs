//! Advice for editors of public sites: what compiles and could still be better.
//!
//! Enter at [`lint`]. Advice is given by `gazette check` alone, once there are no errors; a site switches off what it
//! does without under `[lints.off]` in `site.toml`, with a reason.

mod blocks;
mod chinese;
mod dates;
mod figures;
mod numbers;
mod pages;
mod placeholders;
mod prose;
mod translations;

use std::ops::Range;
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use crate::content::{Content, Located, Text};
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::record::Links;
use crate::source::Snapshot;

/// All advice about a content without errors, at an instant.
#[must_use]
pub fn lint(content: &Content, snapshot: &Snapshot, instant: Timestamp) -> Diagnostics {
    let bench = Bench { content, snapshot, links: Links::new(content), instant };
    let texts: Vec<&Text> = content.texts().collect();
    let in_texts: Vec<Vec<Diagnostic>> = texts.par_iter().map(|text| bench.text(text)).collect();
    let mut found: Vec<Diagnostic> = in_texts.into_iter().flatten().collect();
    found.extend(pages::repeated_titles(&bench));
    found.extend(pages::bulletins_without_goal(&bench));
    found.extend(translations::missing(&bench));
    found.extend(placeholders::left(&bench));
    for bulletin in &content.bulletins {
        found.extend(figures::bulletin(&bench, bulletin));
        found.extend(dates::bulletin(&bench, bulletin));
    }
    for goal in &content.goals {
        found.extend(dates::goal(&bench, goal));
    }
    found.retain(|one| !content.site.lints_off.contains(&one.code));
    found.into_iter().collect()
}

/// What advice is drawn from.
struct Bench<'c> {
    content: &'c Content,
    snapshot: &'c Snapshot,
    links: Links<'c>,
    instant: Timestamp,
}

impl Bench<'_> {
    fn text(&self, text: &Text) -> Vec<Diagnostic> {
        let mut found = prose::text(self, text);
        found.extend(pages::text(self, text));
        found
    }

    /// Whether a text is Chinese or English, by its language's tag.
    fn is_in(&self, text: &Text, language: &str) -> bool {
        let tag = self.content.site.languages.tag(text.language);
        tag == language || tag.strip_prefix(language).is_some_and(|rest| rest.starts_with('-'))
    }

    /// Where a stretch of a value stands in its file. A value that is written with escapes, or over several lines, is
    /// marked as a whole.
    fn within(&self, path: &Arc<str>, value: &Located<String>, range: &Range<usize>) -> Span {
        let written = self
            .snapshot
            .text(path)
            .and_then(|source| source.get(value.span.clone()))
            .unwrap_or_default();
        written.find(&value.value).map_or_else(
            || value.span.clone(),
            |at| value.span.start + at + range.start..value.span.start + at + range.end,
        )
    }
}
