//! Searches the real content for any text with any filters, and a bulletin of any text for the same
//! text. No search fails, and every title that is shown is the one that was written.

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

/// One index for every bulletin, as a server has one for all editions.
static INDEXER: LazyLock<Mutex<Indexer>> = LazyLock::new(Mutex::default);

fn search(snapshot: &Snapshot, indexer: &mut Indexer) -> Search {
    let content = gazette::record::load(snapshot, Diagnostics::default(), None).content;
    let instant: Timestamp = "2026-01-01T00:00:00Z".parse().expect("an instant");
    let search = Search::new(Corpus::of(&content, &Record::at(&content, instant)));
    search.build_index(indexer);
    search
}

const SITE: &str = "name = \"L\"\nbase_url = \"https://l.example/\"\ntime_zone = \"UTC\"\n\
    languages = [\"en\", \"zh\"]\n";

/// A site with one bulletin.
fn site(body: &str) -> Snapshot {
    let bulletin =
        format!("---\ntitle: Lake\nsummary: About it.\npublished: 2022-05-05\n---\n{body}\n");
    let files = [
        ("site.toml", SITE),
        ("bulletins/_index.md", "---\ntitle: Bulletins\n---\n"),
        ("bulletins/lake.md", &bulletin),
    ];
    files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect()
}

fn check_results(search: &Search, results: &SearchResults) {
    assert!(results.hits.len() <= results.total);
    for hit in &results.hits {
        let (_, text) = search.document(*hit).expect("a document");
        let (title, passage) = search.highlight(results, text);
        let whole: String = title.into_iter().map(|one| one.text).collect();
        assert_eq!(whole, text.title.value);
        assert!(passage.iter().all(|one| !one.text.is_empty()));
    }
}

fn new_request(query: &str) -> SearchRequest {
    SearchRequest::new(query, Language::DEFAULT)
}

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    // A longer query is refused before it is parsed.
    let query: String = text.chars().take(MAX_QUERY).collect();
    let mut request = new_request(&query);
    request.order = if choice % 2 == 1 { SortOrder::Date } else { SortOrder::Relevance };
    request.page = usize::from(choice / 64) + 1;
    request.filters = Filters {
        category: (choice & 4 > 0).then_some(0),
        year: (choice & 8 > 0).then_some(2022),
        kind: (choice & 16 > 0).then_some(DocumentKind::Goal),
        language: (choice & 32 > 0).then_some(Language::DEFAULT),
        ..Filters::default()
    };
    let results = REAL.search(&request).expect("results");
    check_results(&REAL, &results);
    if let Some(suggestion) = &results.suggestion {
        assert_ne!(*suggestion, query);
    }
    if choice & 2 > 0 {
        let mut indexer = INDEXER.lock().expect("no panic before");
        let search = search(&site(text), &mut indexer);
        check_results(&search, &search.search(&new_request(&query)).expect("results"));
        // Search for the beginning of the text as well.
        let start: String = text.chars().take(30).collect();
        check_results(&search, &search.search(&new_request(&start)).expect("results"));
    }
});
