//! Queries on the real content with the first results that independent judges expect.

use gazette::language::Language;
use gazette::record::{self, Record};
use gazette::search::{Corpus, Indexer, Search, SearchRequest};
use gazette::source::Source;

use crate::harness::{TODAY, instant};

/// A query with the pages that are accepted as its first result.
struct Judgement {
    line: usize,
    language: &'static str,
    query: &'static str,
    expected: Vec<&'static str>,
}

fn judgements() -> Vec<Judgement> {
    let read = |(line, text): (usize, &'static str)| {
        let fields: Vec<&str> = text.split('\t').collect();
        let [language, query, expected, _why] = fields[..] else {
            panic!("line {}: {text}", line + 1)
        };
        Judgement { line: line + 1, language, query, expected: expected.split(' ').collect() }
    };
    include_str!("judgements.tsv").lines().enumerate().skip(1).map(read).collect()
}

/// The search of the real content, and its corpus.
fn search() -> Search {
    let (snapshot, found) = Source::Embedded.snapshot().unwrap();
    let content = record::load(&snapshot, found, None).content;
    let record = Record::at(&content, instant(TODAY));
    let search = Search::new(Corpus::of(&content, &record));
    search.build_index(&mut Indexer::default());
    search
}

/// The reciprocal rank of the first accepted result among ten; 0 where there is none.
#[expect(clippy::cast_precision_loss, reason = "a page has twenty places")]
fn reciprocal_rank(found: &[String], expected: &[&str]) -> f64 {
    let place = found.iter().take(10).position(|path| expected.contains(&path.as_str()));
    place.map_or(0.0, |place| 1.0 / (place + 1) as f64)
}

#[test]
fn judged_queries_find_the_right_page_first() {
    let search = search();
    let content = search.corpus().content();
    let languages = &content.site.languages;
    let judgements = judgements();
    assert!(judgements.len() >= 250);
    let mut sum = 0.0;
    let mut report: Vec<String> = Vec::new();
    for judgement in &judgements {
        let language: Language = languages.find(judgement.language).unwrap();
        let found = search.search(&SearchRequest::new(judgement.query, language)).unwrap();
        let path = |hit| {
            let (entry, text) = search.document(hit).unwrap();
            entry.item.path(content, text.language)
        };
        let paths: Vec<String> = found.hits.iter().map(|hit| path(*hit)).collect();
        let rank = reciprocal_rank(&paths, &judgement.expected);
        sum += rank;
        if rank < 1.0 {
            let first: Vec<&str> = paths.iter().take(3).map(String::as_str).collect();
            report.push(format!(
                "line {}: {} ({rank:.2}) wants {:?}, finds {first:?} of {}, missing {:?}",
                judgement.line,
                judgement.query,
                judgement.expected,
                found.total,
                found.unmatched_terms
            ));
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "there are some hundred judgements")]
    let mean = sum / judgements.len() as f64;
    assert!(mean >= 0.95, "the mean reciprocal rank is {mean:.3}\n{}", report.join("\n"));
}
