//! `gazette serve`: compile the content, then answer from it until told to stop.

use std::net::{TcpListener, ToSocketAddrs as _};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use tracing_subscriber::EnvFilter;

use super::compiler::{Compiled, Compiler};
use super::{Failure, Outcome, SiteArguments, output};
use crate::edition::Edition;
use crate::http::{self, Reloader, ServerOptions, State, Trigger};

#[derive(Debug, Clone, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    /// The address to listen on; port 0 takes any that is free.
    #[arg(long, env = "GAZETTE_LISTEN", value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: String,
    /// How many threads answer; without it, one for each core.
    #[arg(long, env = "GAZETTE_WORKERS", value_name = "N")]
    workers: Option<NonZeroUsize>,
    /// How many seconds `/readyz` answers 503 before the server stops, for load balancers to notice.
    #[arg(long, env = "GAZETTE_DRAIN", value_name = "SECONDS", default_value_t = 0)]
    drain: u16,
}

/// How long requests under way may take once the server stops.
const GRACE: Duration = Duration::from_secs(10);

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("info,actix_server=warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(output::is_coloured())
        .with_target(false)
        .init();
    let listener = bind(&arguments.listen)?;
    let address = listener
        .local_addr()
        .map_err(|error| Failure::Message(format!("the socket has no address: {error}")))?;
    let failed =
        |error: std::io::Error| Failure::Message(format!("the server cannot run: {error}"));
    let system = actix_web::rt::System::new();
    let reloads = system.block_on(async { http::listen_for_reloads() }).map_err(failed)?;
    let mut compiler = Compiler::new(&arguments.site);
    let edition = first_edition(&mut compiler)?;
    let workers = arguments
        .workers
        .or_else(|| std::thread::available_parallelism().ok())
        .unwrap_or(NonZeroUsize::MIN);
    let options = ServerOptions {
        listener,
        workers,
        drain: Duration::from_secs(arguments.drain.into()),
        grace: GRACE,
    };
    let state = Arc::new(State::new(edition));
    let reloader =
        Reloader::start(Arc::clone(&state), move |trigger| recompile(&mut compiler, trigger))
            .map_err(failed)?;
    http::start_indexing(&state).map_err(failed)?;
    // A server whose output goes nowhere serves all the same.
    let started = || drop(output::answer(&format!("http://{address}")));
    system.block_on(http::run(state, reloader, reloads, options, started)).map_err(failed)
}

fn bind(address: &str) -> Result<TcpListener, Failure> {
    let wrong =
        |error: std::io::Error| Failure::Message(format!("cannot listen on `{address}`: {error}"));
    let unclear =
        |_| Failure::Message(format!("cannot listen on `{address}`: write it as `127.0.0.1:8080`"));
    let addresses: Vec<_> = address.to_socket_addrs().map_err(unclear)?.collect();
    TcpListener::bind(&*addresses).map_err(wrong)
}

/// The edition to start with; every diagnostic is printed, and one summary line.
fn first_edition(compiler: &mut Compiler) -> Result<Edition, Failure> {
    let compiled = compiler.compile()?;
    output::told(&compiled.diagnostics, &compiler.root(), &compiled.snapshot);
    let summary = compiled.edition.as_ref().map(|edition| summary(edition, &compiled));
    let Some(edition) = compiled.edition else { return Err(Failure::Reported) };
    drop(output::answer(&summary.unwrap_or_default()));
    Ok(edition)
}

/// `19 bulletins, 21 goals, 2 languages, 288 URLs, compiled in 0.52 s, 1.9 MB`.
fn summary(edition: &Edition, compiled: &Compiled) -> String {
    let summary = edition.summary();
    format!(
        "{} bulletins, {} goals, {} languages, {} URLs, compiled in {:.2} s, {}",
        summary.bulletins,
        summary.goals,
        summary.languages,
        summary.urls,
        compiled.elapsed.as_secs_f64(),
        output::size(summary.bytes)
    )
}

/// A new edition, or the number of errors that stand in its way, each of which is in the log.
fn recompile(compiler: &mut Compiler, trigger: Trigger) -> Result<Edition, usize> {
    if trigger == Trigger::Expired {
        return compiler.advance().map_err(|error| {
            tracing::error!("the next edition cannot be made: {error}");
            1
        });
    }
    let root = compiler.root();
    match compiler.compile() {
        Ok(compiled) => {
            output::log(&compiled.diagnostics, &root, &compiled.snapshot);
            let line = compiled.edition.as_ref().map(|edition| summary(edition, &compiled));
            match compiled.edition {
                Some(edition) => {
                    tracing::info!("reloaded: {}", line.unwrap_or_default());
                    Ok(edition)
                }
                None => Err(compiled.diagnostics.len()),
            }
        }
        Err(error) => {
            if let Failure::Message(message) = error.into() {
                tracing::error!("{message}");
            }
            Err(1)
        }
    }
}
