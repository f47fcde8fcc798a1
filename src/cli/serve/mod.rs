//! `gazette serve`: compiles the content and serves it until a signal stops the server.

mod cache;
mod limits;
mod listen;
mod live;
mod logging;
mod preview;

use std::io;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;

use self::cache::Cache;
use self::limits::{LimitArguments, parse_whole};
use self::listen::{Sockets, parse_mode};
use self::live::LiveCompiler;
use self::logging::LogArguments;
use self::preview::{PreviewCompiler, VSCODE, parse_editor_url};
use crate::cli::output::{CommandResult, Failure, print, print_lines};
use crate::cli::shared_arguments::{LanguageArguments, SiteArguments, print_source};
use crate::diagnostic::MessageLanguage;
use crate::edition::Edition;
use crate::http::{self, Listener, Panel, PreviewOptions, Reloader, ServerOptions, State};
use crate::source::{self, FolderWatcher};

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
    /// An address and port to listen on, or `unix:` and the path of a socket; may be repeated. With
    /// port 0, any free port. Sockets that systemd passes are used too (default: `127.0.0.1:8080`
    /// if it passes none).
    #[arg(long, env = "GAZETTE_LISTEN", value_name = "ADDR", value_delimiter = ',')]
    listen: Vec<String>,
    /// The permissions of the Unix sockets of `--listen`.
    #[arg(long, env = "GAZETTE_SOCKET_MODE", value_name = "MODE", value_parser = parse_mode,
          default_value = "660")]
    socket_mode: u32,
    #[command(flatten)]
    admin: AdminArguments,
    #[command(flatten)]
    log: LogArguments,
    #[command(flatten)]
    limits: LimitArguments,
    /// The number of threads that handle requests (default: one for each core).
    #[arg(long, env = "GAZETTE_WORKERS", value_name = "N", value_parser = parse_workers,
          allow_negative_numbers = true)]
    workers: Option<NonZeroUsize>,
    /// The time in seconds for which `/readyz` answers 503 before the server stops, so that load
    /// balancers notice.
    #[arg(long, env = "GAZETTE_DRAIN", value_name = "SECONDS", default_value_t = 0,
          value_parser = parse_drain, allow_negative_numbers = true)]
    drain: u32,
    /// Reload when a file of the content folder changes.
    #[arg(long)]
    watch: bool,
    /// Keep the last good edition in this folder, and serve it if the content has errors at a
    /// start.
    #[arg(long, env = "GAZETTE_CACHE", value_name = "DIR")]
    cache: Option<PathBuf>,
    /// Show drafts and scheduled bulletins, for editors: on this machine only, with errors on the
    /// page, and pages that reload after each save.
    #[arg(long, conflicts_with_all = ["cache", "workers", "drain", "admin_listen", "access_log",
          "max_connections", "head_timeout", "idle_timeout", "write_timeout"])]
    preview: bool,
    /// Let other machines see the preview; `--listen` says on which address.
    #[arg(long, requires = "preview")]
    allow_remote: bool,
    /// The address that opens a place in your editor, with `{path}`, `{line}` and `{column}`.
    #[arg(long, value_name = "URL", requires = "preview", env = "GAZETTE_EDITOR_URL",
          default_value = VSCODE, value_parser = parse_editor_url)]
    editor_url: String,
}

/// The operator's address.
#[derive(Debug, Clone, Args)]
struct AdminArguments {
    /// An address and port, or a Unix socket, for the operator alone: `/metrics`, details at
    /// `/readyz`, `POST /-/reload`.
    #[arg(long, env = "GAZETTE_ADMIN_LISTEN", value_name = "ADDR")]
    admin_listen: Option<String>,
    /// Let other machines reach `--admin-listen`.
    #[arg(long, requires = "admin_listen")]
    admin_allow_remote: bool,
}

impl AdminArguments {
    fn bind(
        &self,
        sockets: &mut Sockets,
        mode: u32,
    ) -> Result<Option<(Listener, String)>, Failure> {
        let address = self.admin_listen.as_deref();
        address
            .map(|address| sockets.bind_admin(address, mode, self.admin_allow_remote))
            .transpose()
    }
}

impl Arguments {
    fn count_workers(&self) -> NonZeroUsize {
        self.workers
            .or_else(|| std::thread::available_parallelism().ok())
            .map_or(NonZeroUsize::MIN, |count| count.min(MAX_WORKERS))
    }
}

/// The limit of actix-server 2.10, which panics beyond it.
const MAX_WORKERS: NonZeroUsize = NonZeroUsize::new(512).expect("a positive number");

/// The time limit for open requests once the server stops.
const GRACE: Duration = Duration::from_secs(10);

pub(super) fn run_command(command: &ServeArguments) -> CommandResult {
    run(&command.arguments, command.content_folder.as_ref())
}

pub(super) fn run(arguments: &Arguments, folder: Option<&PathBuf>) -> CommandResult {
    // A library that gets no thread panics.
    let served = catch_unwind(AssertUnwindSafe(|| serve(arguments, folder)));
    served.unwrap_or_else(|_| {
        let message = "the server cannot run, see above: is there enough memory for its threads?";
        Err(Failure::Message(message.to_owned()))
    })
}

fn serve(arguments: &Arguments, folder: Option<&PathBuf>) -> CommandResult {
    let language = MessageLanguage::English;
    let site = arguments.site.find_content(folder, language)?;
    print_source(&site, language);
    arguments.log.start();
    arguments.limits.raise_file_limit(arguments.count_workers())?;
    let starting = http::end_at_signals().map_err(server_error)?;
    let mut sockets = Sockets::open(&arguments.listen, arguments.socket_mode)?;
    if arguments.preview {
        drop(starting);
        return run_preview(arguments, &site, sockets);
    }
    let mut addresses = sockets.addresses()?;
    let admin = arguments.admin.bind(&mut sockets, arguments.socket_mode)?;
    let (admin, admin_address) = admin.unzip();
    addresses.extend(admin_address.map(|address| format!("admin: {address}")));
    let system = actix_web::rt::System::new();
    let reloads = system.block_on(async { http::listen_for_reloads() }).map_err(server_error)?;
    let watcher = if arguments.watch { Some(watch_folder(&site)?) } else { None };
    let cache = arguments.cache.as_deref().map(|folder| find_cache(folder, &site)).transpose()?;
    // A library that gets no memory panics, in place of the abort of an allocation that fails.
    let started = catch_unwind(AssertUnwindSafe(|| LiveCompiler::start(&site, cache)));
    let (compiler, first) = started.unwrap_or_else(|_| {
        Err(Failure::Message("the first compile failed, see above: is there enough memory?".into()))
    })?;
    let cache_writer = compiler.cache_writer();
    let options = ServerOptions {
        listeners: std::mem::take(&mut sockets.listeners),
        admin,
        workers: arguments.count_workers(),
        drain: Duration::from_secs(arguments.drain.into()),
        grace: GRACE,
        max_connections: arguments.limits.max_connections,
        deadlines: arguments.limits.deadlines(),
    };
    let state = Arc::new(State::new(first.edition).with_access_log(arguments.log.access_log()));
    if let Some(failure) = first.failure {
        state.record_start_failure(failure);
    }
    let reloader = start_reloader(&state, compiler).map_err(server_error)?;
    if let Some(watcher) = watcher {
        let reloader = reloader.clone();
        let started = watcher.start(move || {
            http::panic_if_tested("watcher");
            reloader.request_reload();
        });
        started.map_err(server_error)?;
    }
    // The server runs even if its standard output is closed.
    let server = http::run(state, reloader, reloads, options, || {
        drop(starting);
        drop(print_lines(addresses.into_iter()));
    });
    let result = system.block_on(server).map_err(server_error);
    // A server that is stopped soon after its start keeps its content too.
    if let Some(writer) = cache_writer {
        writer.wait();
    }
    result
}

/// Starts the thread that compiles each later edition.
fn start_reloader(state: &Arc<State>, mut compiler: LiveCompiler) -> io::Result<Reloader> {
    state.metrics().set_last_compile(compiler.report());
    let reports = Arc::clone(state);
    Reloader::start(Arc::clone(state), move |trigger, current: &Edition| {
        http::panic_if_tested("compile");
        let outcome = compiler.recompile(trigger, current);
        reports.metrics().set_last_compile(compiler.report());
        outcome
    })
}

/// Serves the preview. The folder is always watched.
fn run_preview(arguments: &Arguments, site: &SiteArguments, sockets: Sockets) -> CommandResult {
    let (listener, address) = sockets.into_single_tcp()?;
    if !address.ip().is_loopback() && !arguments.allow_remote {
        let message = format!(
            "a preview shows drafts, and {} can be reached from other machines; add \
             `--allow-remote` if that is meant",
            address.ip()
        );
        return Err(Failure::Usage(message));
    }
    let system = actix_web::rt::System::new();
    let reloads = system.block_on(async { http::listen_for_reloads() }).map_err(server_error)?;
    let watcher = site.content.as_deref().map(FolderWatcher::new);
    let language = LanguageArguments::from_environment();
    let panel = Arc::new(Panel::new(language, site.at));
    let mut compiler = PreviewCompiler::new(site, &panel, &arguments.editor_url, language);
    let (edition, summary) = compiler.first_edition()?;
    drop(print(&summary));
    let state = Arc::new(State::new(edition));
    let reloader = Reloader::start(Arc::clone(&state), move |_, _| compiler.compile())
        .map_err(server_error)?;
    if let Some(watcher) = watcher {
        let reloader = reloader.clone();
        watcher.start(move || reloader.request_reload()).map_err(server_error)?;
    }
    let options = PreviewOptions { listener, is_remote_allowed: arguments.allow_remote };
    let served = http::run_preview(state, panel, reloader, reloads, options, || {
        drop(print(&format!("http://{address}")));
    });
    system.block_on(served).map_err(server_error)
}

#[expect(clippy::needless_pass_by_value, reason = "it is the argument of `map_err`")]
fn server_error(error: io::Error) -> Failure {
    Failure::Message(format!("the server cannot run: {error}"))
}

/// Begins to watch the content folder.
fn watch_folder(site: &SiteArguments) -> Result<FolderWatcher, Failure> {
    let folder = site.content.as_ref().ok_or_else(|| {
        let message = "`--watch` needs a content folder; give one with `--content`";
        Failure::Usage(message.to_owned())
    })?;
    Ok(FolderWatcher::new(folder))
}

/// The cache in a folder outside the content.
fn find_cache(folder: &Path, site: &SiteArguments) -> Result<Cache, Failure> {
    match &site.content {
        Some(content) if source::is_within(folder, content) => Err(Failure::Usage(format!(
            "the folder of `--cache`, `{}`, is in the content folder `{}`, whose files are \
             published; name a folder outside it",
            folder.display(),
            content.display()
        ))),
        _ if folder.exists() && !folder.is_dir() => Err(Failure::Usage(format!(
            "`--cache` is a folder, and `{}` is a file; name another folder",
            folder.display()
        ))),
        _ => Cache::open(folder).map_err(|error| {
            Failure::Usage(format!(
                "cannot write in the folder of `--cache`, `{}`: {error}; name another folder",
                folder.display()
            ))
        }),
    }
}

/// Parses the time before a server stops.
fn parse_drain(text: &str) -> Result<u32, String> {
    parse_whole(text, 0..=65_535).map_err(|help| format!("{help}, of seconds"))
}

/// Parses the number of workers.
fn parse_workers(text: &str) -> Result<NonZeroUsize, String> {
    text.parse()
        .ok()
        .filter(|workers| *workers <= MAX_WORKERS)
        .ok_or_else(|| format!("give a number from 1 to {MAX_WORKERS}"))
}
