//! Work of a fixed amount, whose instructions `tests/instructions/check.py` counts with callgrind.
//!
//! Run with `bash .ci/run instructions`. The argument names the work: 1,000 requests of one kind,
//! from the bytes of the request to the bytes of the response, without a socket; or one compile, from
//! the bytes of the files: of 200 bulletins, most of which is compression; of 1,000, which are
//! compressed as far as a large site needs it; or of 1,000 of which half are official documents.
//! Another number of bulletins may follow the name. Only the main thread is counted, so everything
//! that is prepared is prepared on another one.

#[path = "../compile/generator.rs"]
mod generator;

use std::time::SystemTime;

use gazette::diagnostic::Diagnostics;
use gazette::edition::{self, Edition};
use gazette::http::Responder;
use gazette::record;
use gazette::source::{self, Snapshot};

use generator::Keys;

/// How many requests are sent.
const REQUESTS: usize = 1_000;

/// How many bulletins a small city has.
const BULLETINS: usize = 200;

/// How many bulletins a large city has.
const MANY_BULLETINS: usize = 1_000;

/// The fields of each kind of request, as Chromium sends them.
const FIELDS: &str = "Host: gazette.example\r\nConnection: keep-alive\r\n\
    Upgrade-Insecure-Requests: 1\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) \
    AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36\r\n\
    Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8\r\n\
    Accept-Language: en-GB,en;q=0.9\r\nSec-Fetch-Site: none\r\nSec-Fetch-Mode: navigate\r\n";

#[expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
fn main() -> Result<(), String> {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let named = arguments.next().ok_or(
        "name the work: compile, compile-large, compile-documents, identity, gzip, br, 304 or head",
    )?;
    let bulletins = arguments.next().and_then(|number| number.parse().ok());
    let many = bulletins.unwrap_or(MANY_BULLETINS);
    match named.as_str() {
        "compile" => return compile_city(bulletins.unwrap_or(BULLETINS), Keys::Plain),
        "compile-large" => return compile_city(many, Keys::Plain),
        "compile-documents" => return compile_city(many, Keys::Documents),
        _ => {}
    }
    let prepared = std::thread::spawn(move || prepare(&named)).join();
    let (edition, request) = prepared.map_err(|_| "a panic")??;
    let mut responder = Responder::new(SystemTime::UNIX_EPOCH);
    let mut bytes = 0;
    for _ in 0..REQUESTS {
        let progress = responder.respond(&edition, request.as_bytes());
        if progress.used != request.len() {
            return Err(format!("the lane does not take {request}"));
        }
        bytes += responder.responses().map(|(head, body)| head.len() + body.len()).sum::<usize>();
    }
    println!("{REQUESTS} requests, {bytes} bytes");
    Ok(())
}

/// Compiles a generated city on the main thread.
#[expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
fn compile_city(bulletins: usize, keys: Keys) -> Result<(), String> {
    let generated = std::thread::spawn(move || generator::city(bulletins, keys)).join();
    let files = generated.map_err(|_| "a panic")?;
    let snapshot: Snapshot = files.into_iter().collect();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
    let pool = pool.map_err(|error| error.to_string())?;
    let edition = pool.install(|| compile(&snapshot))?;
    println!("{} URLs", edition.summary().urls);
    Ok(())
}

/// An edition, and the request of this kind for its bulletin.
fn prepare(kind: &str) -> Result<(Edition, String), String> {
    let edition = compile(&lake())?;
    let (method, fields) = match kind {
        "identity" => ("GET", String::new()),
        "gzip" | "br" => ("GET", format!("Accept-Encoding: {kind}\r\n")),
        "304" => {
            let tag = entity_tag(&edition)?;
            ("GET", format!("Accept-Encoding: br\r\nIf-None-Match: {tag}\r\n"))
        }
        "head" => ("HEAD", "Accept-Encoding: gzip, deflate, br, zstd\r\n".to_owned()),
        _ => return Err(format!("there is no work `{kind}`")),
    };
    Ok((edition, format_request(method, &fields)))
}

fn format_request(method: &str, fields: &str) -> String {
    format!("{method} /bulletins/lake/ HTTP/1.1\r\n{FIELDS}{fields}\r\n")
}

/// The entity tag of the brotli representation.
fn entity_tag(edition: &Edition) -> Result<String, String> {
    let mut responder = Responder::new(SystemTime::UNIX_EPOCH);
    let request = format_request("GET", "Accept-Encoding: br\r\n");
    responder.respond(edition, request.as_bytes());
    let head = responder.responses().next().map(|(head, _)| String::from_utf8_lossy(head));
    let head = head.ok_or("no response")?;
    let tag = head.lines().find_map(|line| line.strip_prefix("etag: ")).map(str::to_owned);
    tag.ok_or_else(|| format!("no tag in {head}"))
}

/// A site with one bulletin, in two languages.
fn lake() -> Snapshot {
    let site = "name = \"L\"\nbase_url = \"https://l.example/\"\ntime_zone = \"UTC\"\n\
                languages = [\"en\", \"zh\"]\n";
    let text = "The city measured the water of the lake and found it clear.\n\n".repeat(30);
    let bulletin =
        format!("---\ntitle: Lake\nsummary: About it.\npublished: 2022-05-05\n---\n{text}");
    let files = [
        ("site.toml", site),
        ("bulletins/_index.md", "---\ntitle: Bulletins\n---\n"),
        ("bulletins/lake.md", &bulletin),
    ];
    files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect()
}

fn compile(snapshot: &Snapshot) -> Result<Edition, String> {
    let loaded = record::load(snapshot, Diagnostics::default(), None);
    let instant = "2026-01-01T00:00:00Z".parse().map_err(|error| format!("{error}"))?;
    edition::compile(&loaded.content, loaded.diagnostics, &source::assets(), instant)
        .map(|output| output.edition)
        .map_err(|error| format!("{error:?}"))
}
