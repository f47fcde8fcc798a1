//! Latency at a constant rate, measured from the instant at which each request was due, so that a
//! server that stalls is charged for the requests that it kept from being sent.

use std::net::SocketAddr;
use std::time::Duration;

use crate::client::Client;
use crate::options::Options;
use crate::server::Servers;
use crate::{Outcome, median};

const CONNECTIONS: usize = 1_000;

/// The share of the saturating rate at which latency is measured.
const SHARE: f64 = 0.7;

/// Measures ours and nginx with our headers in turns, each at a share of its own saturating rate.
pub(crate) fn measure(servers: &Servers, options: &Options) -> Outcome<()> {
    println!("{CONNECTIONS} connections, {} s each, in turns; ms", options.seconds);
    println!("page      answer   round  server      rate/s     p50     p99   p99.9     max");
    for case in servers.cases.iter().filter(|case| options.includes(case)) {
        let compared = &servers.all[..2];
        let mut tails = vec![Vec::new(); compared.len()];
        for round in 0..options.rounds {
            for (server, tails) in compared.iter().zip(&mut tails) {
                let request = case.request(server.address(case))?;
                let time = Duration::from_secs(options.seconds);
                let rate = SHARE * saturating_rate(server.address(case), &request)?;
                let mut client = Client::connect(server.address(case), &request, CONNECTIONS)?;
                let mut latencies = client.send_at_rate(rate, time)?;
                latencies.sort_unstable();
                let at = |share: f64| milliseconds(&latencies, share);
                println!(
                    "{:<9} {:<8} {round:>5}  {:<8} {rate:>9.0} {:>7.2} {:>7.2} {:>7.2} {:>7.2}",
                    case.page,
                    case.answer.name(),
                    server.name,
                    at(0.5),
                    at(0.99),
                    at(0.999),
                    at(1.0)
                );
                tails.push(at(0.999));
            }
        }
        let medians = compared.iter().zip(tails);
        let medians: Vec<String> = medians
            .map(|(server, tails)| format!("{} {:.2}", server.name, median(tails)))
            .collect();
        println!("{} {}: median p99.9: {}", case.page, case.answer.name(), medians.join(", "));
    }
    Ok(())
}

/// Responses in a second when all connections always wait for one.
fn saturating_rate(address: SocketAddr, request: &str) -> Outcome<f64> {
    let time = Duration::from_secs(1);
    let count = Client::connect(address, request, CONNECTIONS)?.saturate(time)?;
    #[expect(clippy::cast_precision_loss, reason = "a number of requests")]
    Ok(count as f64 / time.as_secs_f64())
}

/// The latency below which a share of the sorted latencies is, in milliseconds.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "an index"
)]
fn milliseconds(latencies: &[Duration], share: f64) -> f64 {
    let index = (latencies.len().saturating_sub(1) as f64 * share) as usize;
    latencies.get(index).map_or(f64::NAN, |latency| latency.as_secs_f64() * 1e3)
}
