//! `gazette serve`: compiles the content and serves it until a signal stops the server.

use std::io;
use std::net::{TcpListener, ToSocketAddrs as _};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use tracing_subscriber::EnvFilter;

use super::arguments::{SiteArguments, print_source};
use super::compiler::{Compiled, Compiler};
use super::output::{
    CommandResult, Failure, format_size, is_coloured, log_diagnostics, print,
    print_operator_diagnostics,
};
use crate::diagnostic::MessageLanguage;
use crate::edition::Edition;
use crate::http::{self, Reloader, ServerOptions, State, Trigger};

/// The arguments of `gazette serve`. Without the command, a folder could be a mistyped command.
#[derive(Debug, Clone, Args)]
pub(super) struct ServeArguments {
    /// The content folder, as with `--content`.
    #[arg(value_name = "CONTENT", conflicts_with = "built_in")]
    content_folder: Option<PathBuf>,
    #[command(flatten)]
    arguments: Arguments,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    /// The address to listen on; with port 0, any free port.
    #[arg(long, env = "GAZETTE_LISTEN", value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: String,
    /// The number of threads that handle requests (default: one for each core).
    #[arg(long, env = "GAZETTE_WORKERS", value_name = "N", value_parser = parse_workers)]
    workers: Option<NonZeroUsize>,
    /// The time in seconds for which `/readyz` answers 503 before the server stops, so that load
    /// balancers notice.
    #[arg(long, env = "GAZETTE_DRAIN", value_name = "SECONDS", default_value_t = 0)]
    drain: u16,
}

/// The limit of actix-server 2.10, which panics beyond it.
const MAX_WORKERS: NonZeroUsize = NonZeroUsize::new(512).expect("a positive number");

/// The time limit for open requests once the server stops.
const GRACE: Duration = Duration::from_secs(10);

pub(super) fn run_command(command: &ServeArguments) -> CommandResult {
    run(&command.arguments, command.content_folder.as_ref())
}

pub(super) fn run(arguments: &Arguments, folder: Option<&PathBuf>) -> CommandResult {
    let language = MessageLanguage::English;
    let site = arguments.site.find_content(folder, language)?;
    print_source(&site, language);
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("info,actix_server=warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(is_coloured())
        .with_target(false)
        .init();
    let listener = bind(&arguments.listen)?;
    let address = listener
        .local_addr()
        .map_err(|error| Failure::Message(format!("the socket has no address: {error}")))?;
    let system = actix_web::rt::System::new();
    let reloads = system.block_on(async { http::listen_for_reloads() }).map_err(server_error)?;
    let mut compiler = Compiler::new(&site);
    let edition = compile_first_edition(&mut compiler)?;
    let workers = arguments
        .workers
        .or_else(|| std::thread::available_parallelism().ok())
        .map_or(NonZeroUsize::MIN, |workers| workers.min(MAX_WORKERS));
    let options = ServerOptions {
        listener,
        workers,
        drain: Duration::from_secs(arguments.drain.into()),
        grace: GRACE,
    };
    let state = Arc::new(State::new(edition));
    let recompile = move |trigger, current: &Edition| recompile(&mut compiler, trigger, current);
    let reloader = Reloader::start(Arc::clone(&state), recompile).map_err(server_error)?;
    http::start_indexing(&state).map_err(server_error)?;
    // The server runs even if its standard output is closed.
    let on_start = || drop(print(&format!("http://{address}")));
    system.block_on(http::run(state, reloader, reloads, options, on_start)).map_err(server_error)
}

#[expect(clippy::needless_pass_by_value, reason = "it is the argument of `map_err`")]
fn server_error(error: io::Error) -> Failure {
    Failure::Message(format!("the server cannot run: {error}"))
}

fn bind(address: &str) -> Result<TcpListener, Failure> {
    let addresses: Vec<_> = address
        .to_socket_addrs()
        .map_err(|_| {
            let help = "write it as `127.0.0.1:8080`";
            Failure::Message(format!("cannot listen on `{address}`: {help}"))
        })?
        .collect();
    TcpListener::bind(&*addresses)
        .map_err(|error| Failure::Message(format!("cannot listen on `{address}`: {error}")))
}

/// Compiles the first edition and prints its diagnostics and a summary.
fn compile_first_edition(compiler: &mut Compiler) -> Result<Edition, Failure> {
    let compiled = compiler.compile(None)?;
    print_operator_diagnostics(&compiled.diagnostics, &compiler.root(), &compiled.snapshot);
    let summary = edition_summary(&compiled);
    let Some(edition) = compiled.edition else { return Err(Failure::AlreadyPrinted) };
    drop(print(&summary));
    Ok(edition)
}

/// The summary of an edition, empty if there is none:
/// `19 bulletins, 21 goals, 2 languages, 288 URLs, compiled in 0.52 s, 1.9 MB`.
fn edition_summary(compiled: &Compiled) -> String {
    let Some(edition) = &compiled.edition else { return String::new() };
    let summary = edition.summary();
    format!(
        "{} bulletins, {} goals, {} languages, {} URLs, compiled in {:.2} s, {}",
        summary.bulletins,
        summary.goals,
        summary.languages,
        summary.urls,
        compiled.elapsed.as_secs_f64(),
        format_size(summary.bytes)
    )
}

/// Compiles the edition after the current one. On failure it logs the errors and returns their
/// number.
fn recompile(
    compiler: &mut Compiler,
    trigger: Trigger,
    current: &Edition,
) -> Result<Edition, usize> {
    if trigger == Trigger::Expired {
        return compiler.advance(current).map_err(|error| {
            tracing::error!("cannot compile the next edition: {error}");
            1
        });
    }
    let root = compiler.root();
    match compiler.compile(Some(current)) {
        Ok(compiled) => {
            log_diagnostics(&compiled.diagnostics, &root, &compiled.snapshot);
            let summary = edition_summary(&compiled);
            match compiled.edition {
                Some(edition) => {
                    tracing::info!("reloaded: {summary}");
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

/// Parses the number of workers.
fn parse_workers(text: &str) -> Result<NonZeroUsize, String> {
    text.parse()
        .ok()
        .filter(|workers| *workers <= MAX_WORKERS)
        .ok_or_else(|| format!("give a number from 1 to {MAX_WORKERS}"))
}
