//! Search in a large city: time to build the index, to answer a query, to index one change; memory.
//!
//! Run with `cargo bench --bench search`; numbers of bulletins can follow `--`. Queries run one after
//! the other through the whole application with rendering and compression, but without a socket.

mod generator;

use std::time::{Duration, Instant};

use actix_web::test::{TestRequest, call_service, init_service, read_body};
use gazette::diagnostic::Diagnostics;
use gazette::edition::{self, Edition};
use gazette::http::{State, create_app};
use gazette::record;
use gazette::search::Indexer;
use gazette::source;
use generator::{CATEGORIES, CityLanguage, Rng, Vocabulary, generate_city};

/// Queries per measurement.
const QUERIES: usize = 3_000;

type Files = Vec<(String, Vec<u8>)>;

#[expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
fn main() -> Result<(), String> {
    let named: Vec<usize> =
        std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    println!("{threads} cores");
    if std::env::var_os("GAZETTE_BIGRAMS").is_some() {
        print_bigram_counts();
        return Ok(());
    }
    println!(
        "language  bulletins  text MB  index s  index MB  of text  one change s  \
         p50 ms  p99 ms  max ms"
    );
    let default_sizes: [(CityLanguage, &[usize]); 2] =
        [(CityLanguage::English, &[10_000, 40_000]), (CityLanguage::Chinese, &[10_000])];
    for (language, default) in default_sizes {
        let vocabulary = Vocabulary::new(language);
        for size in if named.is_empty() { default } else { &named } {
            println!("{}", measure(*size, &vocabulary)?);
        }
    }
    Ok(())
}

/// Prints how many distinct bigrams generated Chinese text has, to compare it with real text.
#[expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
fn print_bigram_counts() {
    let files = generate_city(2_000, &Vocabulary::new(CityLanguage::Chinese));
    let text: String = files.iter().map(|(_, text)| String::from_utf8_lossy(text)).collect();
    let characters: Vec<char> = text.chars().collect();
    let is_chinese = |pair: &&[char]| pair.iter().all(|one| gazette::language::is_han(*one));
    let all: Vec<&[char]> = characters.windows(2).filter(is_chinese).collect();
    for count in [10_000, 100_000, 1_000_000] {
        let distinct: std::collections::BTreeSet<&[char]> =
            all.iter().take(count).copied().collect();
        println!("{count:>9} bigrams, {:>7} distinct", distinct.len());
    }
}

/// Measures a city of a size and returns a line of the table.
fn measure(size: usize, vocabulary: &Vocabulary) -> Result<String, String> {
    let mut files = generate_city(size, vocabulary);
    let bytes: usize = files.iter().map(|(_, text)| text.len()).sum();
    let mut indexer = Indexer::default();
    let edition = compile_edition(&files)?;
    let started = Instant::now();
    edition.search().build_index(&mut indexer);
    let ready = started.elapsed();
    let index = edition.search().index_bytes().ok_or("there is no index")?;
    drop(edition);
    edit_bulletin(&mut files, vocabulary);
    let edition = compile_edition(&files)?;
    drop(files);
    let started = Instant::now();
    edition.search().build_index(&mut indexer);
    let changed = started.elapsed();
    let mut taken = actix_web::rt::System::new().block_on(time_queries(edition, vocabulary))?;
    taken.sort_unstable();
    let at = |share: usize| taken[(taken.len() - 1) * share / 100].as_secs_f64() * 1e3;
    #[expect(clippy::cast_precision_loss, reason = "bytes are shown in megabytes")]
    let (megabytes, of_text) =
        ([bytes, index].map(|bytes| bytes as f64 / 1e6), index as f64 / bytes as f64);
    Ok(format!(
        "{:<8} {size:>10} {:>8.1} {:>8.2} {:>9.1} {:>8.2} {:>13.3} {:>7.2} {:>7.2} {:>7.2}",
        format!("{:?}", vocabulary.language),
        megabytes[0],
        ready.as_secs_f64(),
        megabytes[1],
        of_text,
        changed.as_secs_f64(),
        at(50),
        at(99),
        at(100),
    ))
}

fn compile_edition(files: &Files) -> Result<Edition, String> {
    let snapshot = files.iter().cloned().collect();
    let loaded = record::load(&snapshot, Diagnostics::default(), None);
    let instant = "2026-01-01T00:00:00Z".parse().map_err(|error| format!("{error}"))?;
    let compiled =
        edition::compile(&loaded.content, loaded.diagnostics, &source::assets(), instant);
    compiled
        .map(|output| output.edition)
        .map_err(|error| format!("{error:?}").chars().take(600).collect())
}

/// Appends a word to the last bulletin.
fn edit_bulletin(files: &mut Files, vocabulary: &Vocabulary) {
    if let Some((_, text)) =
        files.iter_mut().rev().find(|(path, _)| path.starts_with("bulletins/bulletin"))
    {
        let word = vocabulary.word(&mut Rng(7));
        text.extend_from_slice(format!("\n{word}\n").as_bytes());
    }
}

/// Measures each query, from the request to the last byte of the response.
async fn time_queries(edition: Edition, vocabulary: &Vocabulary) -> Result<Vec<Duration>, String> {
    let app = init_service(create_app(std::sync::Arc::new(State::new(edition)))).await;
    let mut rng = Rng(0xA076_1D64_78BD_642F);
    let mut taken = Vec::with_capacity(QUERIES);
    for _ in 0..QUERIES {
        let address = random_query(vocabulary, &mut rng);
        let started = Instant::now();
        let request = TestRequest::get()
            .uri(&address)
            .insert_header(("accept-encoding", "gzip, br"))
            .to_request();
        let response = call_service(&app, request).await;
        let status = response.status().as_u16();
        let body = read_body(response).await;
        taken.push(started.elapsed());
        if status != 200 || body.is_empty() {
            return Err(format!("{address} returns {status}"));
        }
    }
    Ok(taken)
}

/// A query as people type it: one to four words, sometimes a phrase, an excluded word, a typo, a
/// number, a filter or another order.
fn random_query(vocabulary: &Vocabulary, rng: &mut Rng) -> String {
    let mut words: Vec<String> =
        (0..=rng.below(4)).map(|_| vocabulary.word(rng).to_owned()).collect();
    match rng.below(10) {
        0 if words.len() > 1 => words = vec![format!("\"{}\"", words.join(" "))],
        1 => words.push(format!("-{}", vocabulary.word(rng))),
        2 => words[0].push('q'),
        3 => words.push(rng.below(90_000).to_string()),
        _ => {}
    }
    let between = if vocabulary.language == CityLanguage::English { " " } else { "" };
    let mut address = url::form_urlencoded::Serializer::new("/search/?".to_owned());
    address.append_pair("q", &words.join(between));
    match rng.below(8) {
        0 => drop(address.append_pair("category", CATEGORIES[rng.below(4)])),
        1 => drop(address.append_pair("year", &(2016 + rng.below(10)).to_string())),
        2 => drop(address.append_pair("sort", "date")),
        _ => {}
    }
    address.finish()
}
