//! Any text as a query, and any text as what is searched: something is found or nothing is, and soon.

#![no_main]

use std::sync::LazyLock;

use gazette::diagnostic::Diagnostics;
use gazette::language::Language;
use gazette::record::Record;
use gazette::search::{Ask, Catalogue, Indexer, MAX_QUERY, Order, Search};
use gazette::source::Source;
use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;

/// The search of the real content.
static SEARCH: LazyLock<Search> = LazyLock::new(|| {
    let (snapshot, _) = Source::Embedded.snapshot().expect("the content");
    let content = gazette::edition::read(&snapshot, Diagnostics::default(), None).content;
    let instant: Timestamp = "2026-01-01T00:00:00Z".parse().expect("an instant");
    let search = Search::new(Catalogue::of(&content, &Record::at(&content, instant)));
    search.prepare(&mut Indexer::default());
    search
});

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    // What is longer is refused before it is read.
    let text: String = text.chars().take(MAX_QUERY).collect();
    let mut ask = Ask::new(&text, Language::DEFAULT);
    ask.order = if choice % 2 == 1 { Order::Date } else { Order::Relevance };
    ask.page = usize::from(choice / 64) + 1;
    let found = SEARCH.find(&ask).expect("results");
    assert!(found.hits.len() <= found.total);
    for hit in &found.hits {
        let (_, text) = SEARCH.entry(*hit).expect("what was found");
        let (title, passage) = SEARCH.marked(&found, text);
        let whole: String = title.into_iter().map(|one| one.text).collect();
        assert_eq!(whole, text.title.value);
        assert!(passage.iter().all(|one| !one.text.is_empty()));
    }
    if let Some(meant) = &found.meant {
        assert_ne!(*meant, text);
    }
});
