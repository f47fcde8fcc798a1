//! Any text as a query of the real content, with any filters; and of a bulletin that is any text too: something is found
//! or nothing is, and what is shown is what was written.

#![no_main]

use std::sync::{LazyLock, Mutex};

use gazette::diagnostic::Diagnostics;
use gazette::language::Language;
use gazette::record::Record;
use gazette::search::{
    Corpus, DocumentKind, Filters, Indexer, MAX_QUERY, Search, SearchRequest, SearchResults,
    SortOrder,
};
use gazette::source::{Snapshot, Source};
use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;

/// The search of the real content.
static REAL: LazyLock<Search> = LazyLock::new(|| {
    let (snapshot, _) = Source::Embedded.snapshot().expect("the content");
    search(&snapshot, &mut Indexer::default())
});

/// One index for every bulletin that is tried, as a server has one for every edition.
static INDEXER: LazyLock<Mutex<Indexer>> = LazyLock::new(Mutex::default);

fn search(snapshot: &Snapshot, indexer: &mut Indexer) -> Search {
    let content = gazette::record::load(snapshot, Diagnostics::default(), None).content;
    let instant: Timestamp = "2026-01-01T00:00:00Z".parse().expect("an instant");
    let search = Search::new(Corpus::of(&content, &Record::at(&content, instant)));
    search.build_index(indexer);
    search
}

/// A site with one bulletin.
fn site(body: &str) -> Snapshot {
    let bulletin =
        format!("---\ntitle: Lake\nsummary: About it.\npublished: 2022-05-05\n---\n{body}\n");
    let files = [
        (
            "site.toml",
            "name = \"L\"\nbase_url = \"https://l.example/\"\ntime_zone = \"UTC\"\nlanguages = [\"en\", \"zh\"]\n",
        ),
        ("bulletins/_index.md", "---\ntitle: Bulletins\n---\n"),
        ("bulletins/lake.md", &bulletin),
    ];
    files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect()
}

fn judge(search: &Search, found: &SearchResults) {
    assert!(found.hits.len() <= found.total);
    for hit in &found.hits {
        let (_, text) = search.document(*hit).expect("what was found");
        let (title, passage) = search.highlight(found, text);
        let whole: String = title.into_iter().map(|one| one.text).collect();
        assert_eq!(whole, text.title.value);
        assert!(passage.iter().all(|one| !one.text.is_empty()));
    }
}

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    // What is longer is refused before it is read.
    let query: String = text.chars().take(MAX_QUERY).collect();
    let mut ask = SearchRequest::new(&query, Language::DEFAULT);
    ask.order = if choice % 2 == 1 { SortOrder::Date } else { SortOrder::Relevance };
    ask.page = usize::from(choice / 64) + 1;
    ask.filters = Filters {
        category: (choice & 4 > 0).then_some(0),
        year: (choice & 8 > 0).then_some(2022),
        kind: (choice & 16 > 0).then_some(DocumentKind::Goal),
        language: (choice & 32 > 0).then_some(Language::DEFAULT),
    };
    let found = REAL.search(&ask).expect("results");
    judge(&REAL, &found);
    if let Some(meant) = &found.suggestion {
        assert_ne!(*meant, query);
    }
    if choice & 2 > 0 {
        let mut indexer = INDEXER.lock().expect("no panic before");
        let search = search(&site(text), &mut indexer);
        judge(
            &search,
            &search.search(&SearchRequest::new(&query, Language::DEFAULT)).expect("results"),
        );
        // What a text begins with finds it.
        let first: String = text.chars().take(30).collect();
        judge(
            &search,
            &search.search(&SearchRequest::new(&first, Language::DEFAULT)).expect("results"),
        );
    }
});
