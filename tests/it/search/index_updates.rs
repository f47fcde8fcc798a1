//! An index that is updated for changed content, beside a new one.

use gazette::diagnostic::Diagnostics;
use gazette::language::Language;
use gazette::record::{self, Record};
use gazette::search::{Corpus, Indexer, Search, SearchRequest};

use super::city;
use crate::harness::{Folder, TODAY, instant};

/// The results of several queries on an index.
fn ranking(search: &Search, query: &str) -> (usize, String, Vec<(usize, Language)>) {
    let page = |page: usize| {
        search
            .search(&SearchRequest { page, ..SearchRequest::new(query, Language::DEFAULT) })
            .unwrap()
    };
    let first = page(1);
    let rest = (2..=first.total.div_ceil(20)).flat_map(|number| page(number).hits);
    let hits =
        first.hits.iter().copied().chain(rest).map(|hit| (hit.document, hit.language)).collect();
    (
        first.total,
        format!("{:?} {:?} {:?}", first.facets, first.unmatched_terms, first.suggestion),
        hits,
    )
}

fn search_of(folder: &Folder) -> Search {
    let content = record::load(&folder.snapshot(), Diagnostics::default(), None).content;
    let record = Record::at(&content, instant(TODAY));
    Search::new(Corpus::of(&content, &record))
}

#[test]
fn updated_index_finds_what_new_one_does() {
    let mut indexer = Indexer::default();
    let bulletin = |number: usize, body: &str| (format!("b{number}"), body.to_owned());
    let mut bodies: Vec<(String, String)> = (0..60)
        .map(|number| {
            let (river, office) = ("river ".repeat(number % 7), "人民政府".repeat(number % 4));
            let body = format!(
                "Water {river} number {number}. 水务{}。{office}民政，政府人民。\n",
                number % 5
            );
            bulletin(number, &body)
        })
        .collect();
    let queries = [
        "water",
        "river",
        "river water",
        "水务",
        "number 7",
        "flood river",
        "\"water river\"",
        "rivr",
        "人民政府 水务 洪水",
        "“人民政府” river -flood",
        "人民政府 民政 政府人民",
        "洪",
    ];
    for round in 0..14 {
        let pairs: Vec<(&str, &str)> =
            bodies.iter().map(|(slug, body)| (slug.as_str(), body.as_str())).collect();
        let folder = city(&pairs);
        let (changed, fresh) = (search_of(&folder), search_of(&folder));
        changed.build_index(&mut indexer);
        fresh.build_index(&mut Indexer::default());
        for query in queries {
            assert_eq!(
                ranking(&changed, query),
                ranking(&fresh, query),
                "{query} in round {round}"
            );
        }
        // One bulletin is changed, one removed, one added.
        let (slug, _) = bodies[round * 3].clone();
        bodies[round * 3] = (slug, format!("A flood of water {round}. 洪水。\n"));
        bodies.remove(round);
        bodies.push(bulletin(100 + round, "River and river again.\n"));
    }
}

#[test]
fn index_update_reads_only_changed_pages() {
    let texts = |changed: &str| -> Vec<(String, String)> {
        let body = |number: usize| if number == 3 { changed } else { "Water.\n" };
        (0..40).map(|number| (format!("b{number}"), body(number).to_owned())).collect()
    };
    let mut indexer = Indexer::default();
    let mut read = |bodies: &[(String, String)]| {
        let pairs: Vec<(&str, &str)> =
            bodies.iter().map(|(slug, body)| (slug.as_str(), body.as_str())).collect();
        let before = indexer.texts_read();
        search_of(&city(&pairs)).build_index(&mut indexer);
        indexer.texts_read() - before
    };
    let all = read(&texts("Water.\n"));
    assert!(all >= 40, "{all}");
    assert_eq!(read(&texts("Water.\n")), 0);
    assert_eq!(read(&texts("Snow.\n")), 1);
    assert_eq!(read(&texts("Snow.\n")[..39]), 0);
}
