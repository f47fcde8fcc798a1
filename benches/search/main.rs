//! How long a large city's search takes: to be ready, to answer, to take in one change; and what it costs in memory.
//!
//! Run with `cargo bench --bench search`; numbers of bulletins may follow `--`. Queries go through the whole application,
//! rendering and compression included, one after the other; only the socket is left out.

mod text;

use std::time::{Duration, Instant};

use actix_web::test::{TestRequest, call_service, init_service, read_body};
use gazette::diagnostic::Diagnostics;
use gazette::edition::{self, Edition};
use gazette::http::{State, create_app};
use gazette::record;
use gazette::search::Indexer;
use gazette::source;
use text::{CATEGORIES, Numbers, Tongue, Vocabulary, city};

/// How many queries are asked.
const QUERIES: usize = 3_000;

type Files = Vec<(String, Vec<u8>)>;

#[expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
fn main() -> Result<(), String> {
    let named: Vec<usize> =
        std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    println!("{threads} cores");
    if std::env::var_os("GAZETTE_PAIRS").is_some() {
        pairs();
        return Ok(());
    }
    println!(
        "language  bulletins  text MB  index s  index MB  of text  one change s  p50 ms  p99 ms  max ms"
    );
    let sizes = |usual: &[usize]| if named.is_empty() { usual.to_vec() } else { named.clone() };
    for (tongue, sizes) in
        [(Tongue::English, sizes(&[10_000, 40_000])), (Tongue::Chinese, sizes(&[10_000]))]
    {
        let vocabulary = Vocabulary::new(tongue);
        for size in sizes {
            println!("{}", measured(size, &vocabulary)?);
        }
    }
    Ok(())
}

/// How many different pairs of Chinese neighbours the generated text has, to be compared with real text.
#[expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
fn pairs() {
    let files = city(2_000, &Vocabulary::new(Tongue::Chinese));
    let text: String = files.iter().map(|(_, text)| String::from_utf8_lossy(text)).collect();
    let characters: Vec<char> = text.chars().collect();
    let is_chinese = |pair: &&[char]| pair.iter().all(|one| gazette::language::is_han(*one));
    let all: Vec<&[char]> = characters.windows(2).filter(is_chinese).collect();
    for count in [10_000, 100_000, 1_000_000] {
        let distinct: std::collections::BTreeSet<&[char]> =
            all.iter().take(count).copied().collect();
        println!("{count:>9} pairs, {:>7} different", distinct.len());
    }
}

fn measured(size: usize, vocabulary: &Vocabulary) -> Result<String, String> {
    let mut files = city(size, vocabulary);
    let bytes: usize = files.iter().map(|(_, text)| text.len()).sum();
    let mut indexer = Indexer::default();
    let edition = compiled(&files)?;
    let started = Instant::now();
    edition.search().build_index(&mut indexer);
    let ready = started.elapsed();
    let index = edition.search().index_bytes().ok_or("there is no index")?;
    drop(edition);
    change_one(&mut files, vocabulary);
    let edition = compiled(&files)?;
    drop(files);
    let started = Instant::now();
    edition.search().build_index(&mut indexer);
    let changed = started.elapsed();
    let mut taken = actix_web::rt::System::new().block_on(answered(edition, vocabulary))?;
    taken.sort_unstable();
    let at = |share: usize| taken[(taken.len() - 1) * share / 100].as_secs_f64() * 1e3;
    #[expect(clippy::cast_precision_loss, reason = "bytes are shown in megabytes")]
    let (megabytes, of_text) =
        ([bytes, index].map(|bytes| bytes as f64 / 1e6), index as f64 / bytes as f64);
    Ok(format!(
        "{:<8} {size:>10} {:>8.1} {:>8.2} {:>9.1} {:>8.2} {:>13.3} {:>7.2} {:>7.2} {:>7.2}",
        format!("{:?}", vocabulary.tongue),
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

fn compiled(files: &Files) -> Result<Edition, String> {
    let snapshot = files.iter().cloned().collect();
    let loaded = record::load(&snapshot, Diagnostics::default(), None);
    let instant = "2026-01-01T00:00:00Z".parse().map_err(|error| format!("{error}"))?;
    let compiled =
        edition::compile(&loaded.content, loaded.diagnostics, &source::assets(), instant);
    compiled
        .map(|output| output.edition)
        .map_err(|error| format!("{error:?}").chars().take(600).collect())
}

/// An editor mends a word.
fn change_one(files: &mut Files, vocabulary: &Vocabulary) {
    if let Some((_, text)) =
        files.iter_mut().rev().find(|(path, _)| path.starts_with("bulletins/bulletin"))
    {
        let word = vocabulary.word(&mut Numbers(7));
        text.extend_from_slice(format!("\n{word}\n").as_bytes());
    }
}

/// How long each query took, from the request to the last byte of its answer.
async fn answered(edition: Edition, vocabulary: &Vocabulary) -> Result<Vec<Duration>, String> {
    let app = init_service(create_app(std::sync::Arc::new(State::new(edition)))).await;
    let mut numbers = Numbers(0xA076_1D64_78BD_642F);
    let mut taken = Vec::with_capacity(QUERIES);
    for _ in 0..QUERIES {
        let address = query(vocabulary, &mut numbers);
        let started = Instant::now();
        let request = TestRequest::get()
            .uri(&address)
            .insert_header(("accept-encoding", "gzip, br"))
            .to_request();
        let answer = call_service(&app, request).await;
        let status = answer.status().as_u16();
        let body = read_body(answer).await;
        taken.push(started.elapsed());
        if status != 200 || body.is_empty() {
            return Err(format!("{address} is answered {status}"));
        }
    }
    Ok(taken)
}

/// What people type: one to four words as frequent as words are, now and then a phrase, a word left out, a slip, a
/// filter, a further page, another order.
fn query(vocabulary: &Vocabulary, numbers: &mut Numbers) -> String {
    let mut words: Vec<String> =
        (0..=numbers.below(4)).map(|_| vocabulary.word(numbers).to_owned()).collect();
    match numbers.below(10) {
        0 if words.len() > 1 => words = vec![format!("\"{}\"", words.join(" "))],
        1 => words.push(format!("-{}", vocabulary.word(numbers))),
        2 => words[0].push('q'),
        3 => words.push(numbers.below(90_000).to_string()),
        _ => {}
    }
    let between = if vocabulary.tongue == Tongue::English { " " } else { "" };
    let mut address = url::form_urlencoded::Serializer::new("/search/?".to_owned());
    address.append_pair("q", &words.join(between));
    match numbers.below(8) {
        0 => drop(address.append_pair("category", CATEGORIES[numbers.below(4)])),
        1 => drop(address.append_pair("year", &(2016 + numbers.below(10)).to_string())),
        2 => drop(address.append_pair("sort", "date")),
        _ => {}
    }
    address.finish()
}
