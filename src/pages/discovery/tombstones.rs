//! The former entries of an Atom feed (RFC 6721): readers remove them.

use std::collections::BTreeMap;

use atom_syndication::extension::{Extension, ExtensionMap};
use jiff::Timestamp;

use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::gone;
use crate::record::{Gone, GoneReason};

/// Maximum number of former entries in a feed.
const MAX_ENTRIES: usize = 20;

/// The namespace of RFC 6721.
const NAMESPACE: &str = "http://purl.org/atompub/tombstones/1.0";

/// The former entries of a feed, the last one that went first.
pub(super) struct Tombstones(Vec<Tombstone>);

/// A bulletin that was in the feed and is no longer public.
struct Tombstone {
    /// The `id` that its entry had.
    url: String,
    when: Timestamp,
    /// The reason that its page gives.
    comment: String,
}

impl Tombstones {
    /// The last of the former bulletins that the feed had.
    pub(super) fn new(
        context: &Context<'_>,
        language: Language,
        is_former_entry: impl Fn(&Gone<'_>) -> bool,
    ) -> Self {
        let gone = context.record.gone.iter().filter(|gone| is_former_entry(gone));
        let mut all: Vec<Tombstone> =
            gone.map(|gone| Tombstone::new(context, gone, language)).collect();
        all.sort_by(|a, b| (b.when, &a.url).cmp(&(a.when, &b.url)));
        all.truncate(MAX_ENTRIES);
        Self(all)
    }

    /// When the last entry went.
    pub(super) fn last_removal(&self) -> Option<Timestamp> {
        self.0.first().map(|tombstone| tombstone.when)
    }

    pub(super) fn namespaces(&self) -> BTreeMap<String, String> {
        let used = (!self.0.is_empty()).then(|| ("at".into(), NAMESPACE.into()));
        used.into_iter().collect()
    }

    /// The elements `<at:deleted-entry ref="…" when="…">`.
    pub(super) fn extensions(&self, context: &Context<'_>) -> ExtensionMap {
        if self.0.is_empty() {
            return ExtensionMap::new();
        }
        let deleted = self.0.iter().map(|tombstone| tombstone.extension(context)).collect();
        BTreeMap::from([("at".to_owned(), BTreeMap::from([("deleted-entry".to_owned(), deleted)]))])
    }
}

impl Tombstone {
    fn new(context: &Context<'_>, gone: &Gone<'_>, language: Language) -> Self {
        let locale = context.locale(language);
        let (moment, comment) = match gone.reason {
            GoneReason::Expired(moment) => {
                (moment, locale.expired_on(&context.date(moment, language).text))
            }
            GoneReason::Removed(removal) => {
                let when = locale.removed_on(&context.day(removal.on, language).text);
                (removal.on, locale.label(&when, removal.reason.get(language)))
            }
        };
        let written = gone.source.texts.in_language(language).language;
        let url = context.absolute(&gone::path(context, gone, written));
        Self { url, when: moment.instant, comment }
    }

    fn extension(&self, context: &Context<'_>) -> Extension {
        let comment = Extension {
            name: "at:comment".to_owned(),
            value: Some(self.comment.clone()),
            ..Extension::default()
        };
        Extension {
            name: "at:deleted-entry".to_owned(),
            attrs: BTreeMap::from([
                ("ref".to_owned(), self.url.clone()),
                ("when".to_owned(), context.rfc3339(self.when)),
            ]),
            children: BTreeMap::from([("comment".to_owned(), vec![comment])]),
            ..Extension::default()
        }
    }
}
