//! One run of one client against one server.

use std::process::Command;
use std::time::Duration;

use crate::Outcome;
use crate::case::Case;
use crate::client;
use crate::options::{Client, Options};
use crate::server::Server;

/// How many requests a server answers in a second of its CPU time.
pub(crate) fn requests_per_cpu_second(
    server: &Server,
    case: &Case,
    client: Client,
    options: &Options,
) -> Outcome<f64> {
    let before = server.cpu_seconds()?;
    let count = match client {
        Client::Wrk => run_wrk(server, case, options)?,
        Client::Fixed => {
            let request = case.request(server.address(case))?;
            let mut client =
                client::Client::connect(server.address(case), &request, options.connections)?;
            client.saturate(Duration::from_secs(options.seconds))?
        }
    };
    let seconds = server.cpu_seconds()? - before;
    #[expect(clippy::cast_precision_loss, reason = "a number of requests")]
    Ok(count as f64 / seconds)
}

/// Runs wrk, and returns how many responses it got, all of which must be 200 or 304.
fn run_wrk(server: &Server, case: &Case, options: &Options) -> Outcome<u64> {
    let address = server.address(case);
    let mut command = Command::new("wrk");
    command.args([
        "--threads=1".to_owned(),
        format!("--connections={}", options.connections),
        format!("--duration={}s", options.seconds),
    ]);
    for field in case.fields(address)? {
        command.args(["--header", &field]);
    }
    let output = command.arg(format!("http://{address}{}", case.path)).output()?;
    let text = String::from_utf8(output.stdout)?;
    if !output.status.success() || text.contains("Non-2xx") || text.contains("Socket errors") {
        return Err(format!("wrk: {text}").into());
    }
    let count = text.lines().find_map(|line| line.trim().split_once(" requests in "));
    Ok(count.ok_or("wrk counts no requests")?.0.parse()?)
}
