//! Queries on the real content with the first results that independent judges expect.

use std::collections::BTreeMap;

use gazette::language::Language;
use gazette::record::{self, Record};
use gazette::search::{Corpus, Indexer, Search, SearchRequest};
use gazette::source::Source;

use crate::harness::{TODAY, instant};

/// The kinds of questions; each has at least [`MIN_OF_A_KIND`] judgements.
const KINDS: [&str; 30] = [
    "acronym",
    "british-or-american",
    "chinese-numeral",
    "date-in-chinese",
    "date-in-figures",
    "date-in-words",
    "document-number",
    "exclusion",
    "figure",
    "full-width",
    "half-remembered",
    "long-question",
    "misspelling",
    "mixed-language",
    "opening-hours",
    "other-language",
    "person",
    "phrase",
    "pinyin",
    "place",
    "question",
    "rare-word",
    "record",
    "source",
    "space-inside-words",
    "synonym",
    "topic",
    "traditional",
    "word-form",
    "year-and-topic",
];

const MIN_OF_A_KIND: usize = 5;

/// The least mean reciprocal rank of all judgements, and of those of one kind.
const MIN_MEAN: f64 = 0.95;
const MIN_MEAN_OF_A_KIND: f64 = 0.8;

/// A query with the pages that are accepted as its first result.
struct Judgement {
    line: usize,
    language: &'static str,
    kind: &'static str,
    query: &'static str,
    expected: Vec<&'static str>,
}

fn judgements() -> Vec<Judgement> {
    let read = |(line, text): (usize, &'static str)| {
        let fields: Vec<&str> = text.split('\t').collect();
        let [language, kind, query, expected, _why] = fields[..] else {
            panic!("line {}: {text}", line + 1)
        };
        let expected = expected.split(' ').collect();
        Judgement { line: line + 1, language, kind, query, expected }
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
fn each_kind_of_question_is_judged() {
    let judgements = judgements();
    assert!(judgements.len() >= 250);
    let mut unknown = judgements.iter().filter(|one| !KINDS.contains(&one.kind));
    assert_eq!(unknown.next().map(|one| (one.line, one.kind)), None);
    for kind in KINDS {
        let count = judgements.iter().filter(|one| one.kind == kind).count();
        assert!(count >= MIN_OF_A_KIND, "{kind}: {count}");
    }
}

#[test]
fn judged_queries_find_the_right_page_first() {
    let search = search();
    let mut ranks: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    let mut report: Vec<String> = Vec::new();
    for judgement in judgements() {
        let (found, total, unmatched) = find(&search, &judgement);
        let rank = reciprocal_rank(&found, &judgement.expected);
        ranks.entry(judgement.kind).or_default().push(rank);
        if rank < 1.0 {
            let first: Vec<&str> = found.iter().take(3).map(String::as_str).collect();
            report.push(format!(
                "line {}, {}: {} ({rank:.2}) wants {:?}, finds {first:?} of {total}, missing {unmatched:?}",
                judgement.line, judgement.kind, judgement.query, judgement.expected,
            ));
        }
    }
    let report = report.join("\n");
    for (kind, ranks) in &ranks {
        let mean = mean(ranks);
        assert!(mean >= MIN_MEAN_OF_A_KIND, "the mean of {kind} is {mean:.3}\n{report}");
    }
    let all: Vec<f64> = ranks.into_values().flatten().collect();
    let mean = mean(&all);
    println!("mean reciprocal rank {mean:.4} of {}", all.len());
    assert!(mean >= MIN_MEAN, "the mean reciprocal rank is {mean:.3}\n{report}");
}

/// The pages that a judged query finds, their number, and its words that match nothing.
fn find(search: &Search, judgement: &Judgement) -> (Vec<String>, usize, Vec<String>) {
    let content = search.corpus().content();
    let language: Language = content.site.languages.find(judgement.language).unwrap();
    let found = search.search(&SearchRequest::new(judgement.query, language)).unwrap();
    let path = |hit| {
        let (entry, text) = search.document(hit).unwrap();
        entry.item.path(content, text.language)
    };
    (found.hits.into_iter().map(path).collect(), found.total, found.unmatched_terms)
}

#[expect(clippy::cast_precision_loss, reason = "there are some hundred judgements")]
fn mean(ranks: &[f64]) -> f64 {
    ranks.iter().sum::<f64>() / ranks.len() as f64
}
