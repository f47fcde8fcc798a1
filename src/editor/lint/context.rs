//! The content that lints read.

use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use jiff::Timestamp;

use crate::content::{Content, Located, Text};
use crate::diagnostic::Span;
use crate::record::Links;
use crate::source::Snapshot;

pub(super) struct LintContext<'c> {
    pub(super) content: &'c Content,
    snapshot: &'c Snapshot,
    pub(super) links: Links<'c>,
    pub(super) instant: Timestamp,
}

impl<'c> LintContext<'c> {
    pub(super) fn new(content: &'c Content, snapshot: &'c Snapshot, instant: Timestamp) -> Self {
        Self { content, snapshot, links: Links::new(content), instant }
    }

    /// Whether the language of a text is this one or a variety of it: `zh-Hant` is `zh`.
    pub(super) fn is_in(&self, text: &Text, language: &str) -> bool {
        let tag = self.content.site.languages.tag(text.language);
        tag == language || tag.strip_prefix(language).is_some_and(|rest| rest.starts_with('-'))
    }

    /// The files of the content folder.
    pub(super) fn files(&self) -> impl Iterator<Item = (&'c Arc<str>, &'c Bytes)> {
        self.snapshot.files()
    }

    /// The whole file of a text.
    pub(super) fn source(&self, text: &Text) -> Option<&'c str> {
        self.snapshot.text(&text.path)
    }

    /// The span in the file of a range of a value. If the value is written with escapes or over
    /// several lines, the span is that of the whole value.
    pub(super) fn span_in_value(
        &self,
        path: &Arc<str>,
        value: &Located<String>,
        range: &Range<usize>,
    ) -> Span {
        let written = self
            .snapshot
            .text(path)
            .and_then(|source| source.get(value.span.clone()))
            .unwrap_or_default();
        match written.find(&value.value) {
            Some(at) => value.span.start + at + range.start..value.span.start + at + range.end,
            None => value.span.clone(),
        }
    }
}
