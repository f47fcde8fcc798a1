//! Requests per CPU-second of the server: ours, nginx, a plain actix-web handler, a bare epoll loop.
//!
//! Run with `cargo bench --bench serve`; `--help` lists the options. Each server has one core, the
//! client the other. Servers take turns, and each figure is the median of the rounds. The figures
//! are requests by the CPU time that the server's process used (`/proc/PID/stat`), so a busy
//! machine moves them little. The bench installs nginx and wrk from Debian's packages.
//!
//! - `ours`: the release binary with the built-in site and one worker.
//! - `nginx+h`: nginx on the exported site, precompressed, with the headers that ours sends.
//! - `nginx`: the same without those headers.
//! - `actix`: an actix-web handler that finds the response in a map and clones headers and body.
//! - `bare`: an epoll loop that parses nothing and sends our response as fixed bytes.
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![expect(clippy::disallowed_methods, reason = "a benchmark writes files of its own")]

mod case;
mod client;
mod load;
mod options;
mod peers;
mod server;
mod table;
mod tail;

use std::error::Error;
use std::path::Path;

use case::{Answer, Case};
use options::{Client, Options};
use server::Servers;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // The bench starts itself for the peers that it contains.
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["peer", "bare", folder] => return peers::bare::serve(Path::new(folder)),
        ["peer", "actix", folder] => return peers::actix::serve(Path::new(folder)),
        _ => {}
    }
    let Some(options) = Options::parse(&arguments)? else { return Ok(()) };
    server::install_packages()?;
    server::pin_to_client_core()?;
    let folder = tempfile::tempdir()?;
    let servers = Servers::start(folder.path(), &options)?;
    if options.tail {
        return tail::measure(&servers, &options);
    }
    for client in options.clients() {
        println!(
            "\nclient {}, {} connections; thousands of requests per CPU-second of the server, \
             median of {} rounds of {} s",
            client.name(),
            options.connections,
            options.rounds,
            options.seconds
        );
        println!("{}", table::header());
        for case in servers.cases.iter().filter(|case| options.includes(case)) {
            // wrk waits for the body that a HEAD response does not have.
            if client == Client::Wrk && case.answer == Answer::Head {
                continue;
            }
            println!("{}", table::row(case, &measure(case, client, &servers, &options)?));
        }
    }
    Ok(())
}

/// The median rate of each server for a case, in the order of [`Servers::all`].
fn measure(case: &Case, client: Client, servers: &Servers, options: &Options) -> Outcome<Vec<f64>> {
    let mut rates = vec![Vec::new(); servers.all.len()];
    for round in 0..options.rounds {
        for turn in 0..servers.all.len() {
            // Each round begins with another server.
            let index = (turn + round) % servers.all.len();
            rates[index].push(load::requests_per_cpu_second(
                &servers.all[index],
                case,
                client,
                options,
            )?);
        }
    }
    Ok(rates.into_iter().map(median).collect())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
