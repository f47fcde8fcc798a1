//! Runs the server: connection limits, signals, and a graceful stop (RFC 9112 §9).
//!
//! The deadlines of connections are those of the fast lane, because actix-http 3.20 has none for
//! the head of a second request, for a slow request body, and for a client that reads slowly.

use std::io;
use std::num::NonZeroUsize;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;
use std::{process, thread};

use actix_http::HttpService;
use actix_http::error::DispatchError;
use actix_server::GracefulShutdownSignal;
use actix_service::map_config;
use actix_web::body::BoxBody;
use actix_web::dev::{AppConfig, Server, Service, ServiceFactory, fn_factory};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::oneshot;

use super::admin::start_admin;
use super::admin::systemd::{feed_watchdog, notify_ready, notify_stopping};
use super::app::create_app;
use super::indexing::start_indexing;
use super::lane::{Accepted, Deadlines, Lane, Stream};
use super::listener::Listener;
use super::reload::{Reloader, warn_of_slow_reloads};
use super::state::State;

/// The time in which a client has to close its side, after which the connection is cut.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(1);

/// The time in which the acceptor and the workers take one turn, after which no accepted connection
/// waits for a worker: actix-server 2.10 drops those that do when it stops.
const ACCEPTOR_TURN: Duration = Duration::from_millis(100);

/// How long a stopping server waits for a request on each open connection, so that a client gets a
/// response with `Connection: close` instead of a closed connection. A little less than the second
/// after which actix-server 2.10 looks whether all connections have ended.
const LAST_REQUEST: Duration = Duration::from_millis(800);

/// The default limit of open connections.
pub const MAX_CONNECTIONS: u32 = 10_000;

/// The settings of a server.
#[derive(Debug)]
pub struct ServerOptions {
    /// The sockets. The caller binds them, so that a port in use is noticed before anything is
    /// compiled.
    pub listeners: Vec<Listener>,
    /// The operator's socket.
    pub admin: Option<Listener>,
    /// The number of worker threads.
    pub workers: NonZeroUsize,
    /// How long a stopping server still accepts requests while `/readyz` responds with 503, so that
    /// a load balancer can choose another server. Zero without a load balancer.
    pub drain: Duration,
    /// How long requests in progress may take after that, in whole seconds.
    pub grace: Duration,
    /// The limit of open connections of all workers; more wait in the listener's queue. Each needs
    /// a file descriptor and at most 128 KiB for a head. That is a limit of actix-http, as are 96
    /// header lines.
    pub max_connections: u32,
    pub deadlines: Deadlines,
}

/// Handles SIGHUP from now on, in the running tokio or actix runtime. Without it the signal would
/// end a process that still compiles its first edition.
///
/// # Errors
/// Fails if the signal cannot be handled.
pub fn listen_for_reloads() -> io::Result<Signal> {
    signal(SignalKind::hangup())
}

/// Ends the process at SIGTERM or SIGINT until the returned value is dropped. The first process of
/// a container gets no signal that it does not handle: one during the first compile would be lost.
///
/// # Errors
/// Fails if the signals cannot be handled or the system starts no thread.
pub fn end_at_signals() -> io::Result<oneshot::Sender<()>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut terminate = runtime.block_on(async { signal(SignalKind::terminate()) })?;
    let mut interrupt = runtime.block_on(async { signal(SignalKind::interrupt()) })?;
    let (guard, dropped) = oneshot::channel();
    thread::Builder::new().name("start".to_owned()).spawn(move || {
        runtime.block_on(async {
            tokio::select! {
                // A signal after the drop is for the server alone.
                biased;
                _ = dropped => return,
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            process::exit(0);
        });
    })?;
    Ok(guard)
}

/// Serves until SIGTERM or SIGINT. SIGHUP requests a reload.
///
/// A signal to stop makes `/readyz` respond with 503. After the drain time no connection is
/// accepted, requests in progress are finished, and each open connection gets one more response;
/// those that are not accepted yet stay in the queue of the socket, for the next process if the
/// socket was passed. A second signal cuts the drain time short, a third one the requests.
/// `started` is called once, when requests and signals are handled.
///
/// # Errors
/// Fails if signals cannot be handled or threads cannot be started. A stop by a signal is no error.
pub async fn run(
    state: Arc<State>,
    reloader: Reloader,
    reloads: Signal,
    mut options: ServerOptions,
    started: impl FnOnce(),
) -> io::Result<()> {
    if let Some(listener) = options.admin.take() {
        // It answers until the process ends.
        actix_web::rt::spawn(start_admin(listener, &state, &reloader)?);
    }
    let mut signals = Signals::install(reloader, reloads)?;
    let drain = options.drain;
    let server = start_server(&state, options)?;
    // The caller prints the address, and its reader may send a signal at once. So signals come
    // first.
    started();
    notify_ready();
    actix_web::rt::spawn(feed_watchdog(Arc::clone(&state)));
    actix_web::rt::spawn(warn_of_slow_reloads(Arc::clone(&state)));
    actix_web::rt::spawn(start_indexing(Arc::clone(&state)));
    let handle = server.handle();
    let mut server = pin!(server);

    tokio::select! {
        ended = &mut server => return ended,
        () = signals.wait_for_stop() => {}
    }
    state.drain();
    notify_stopping();
    tracing::info!("stopping: not ready any more");
    tokio::select! {
        ended = &mut server => return ended,
        () = signals.wait_for_stop() => {}
        () = tokio::time::sleep(drain) => {}
    }
    // From here on each response says that its connection closes, before the log says so.
    state.finish();
    tracing::info!("stopping: finishing the requests in progress");
    drop(handle.pause());
    tokio::select! {
        ended = &mut server => return ended,
        () = tokio::time::sleep(ACCEPTOR_TURN) => {}
    }
    // `stop` sends its command at once. Its future is not needed: `server` ends when all is done.
    drop(handle.stop(true));
    tokio::select! {
        ended = &mut server => ended,
        () = signals.wait_for_stop() => Ok(()),
    }
}

/// Creates the server, which accepts connections as soon as it is polled.
pub(crate) fn start_server(state: &Arc<State>, options: ServerOptions) -> io::Result<Server> {
    let deadlines = options.deadlines;
    let mut builder = Server::build()
        .workers(options.workers.get())
        .max_concurrent_connections((options.max_connections as usize / options.workers).max(1))
        .shutdown_timeout(options.grace.as_secs())
        .disable_signals();
    let shutdown = builder.graceful_shutdown_signal();
    for listener in options.listeners {
        let (state, shutdown) = (Arc::clone(state), shutdown.clone());
        builder = match listener {
            Listener::Tcp(listener) => builder.listen("gazette", listener, move || {
                lane_factory(Arc::clone(&state), deadlines, shutdown.clone())
            })?,
            Listener::Unix(listener) => builder.listen_uds("gazette", listener, move || {
                lane_factory(Arc::clone(&state), deadlines, shutdown.clone())
            })?,
        };
    }
    Ok(builder.run())
}

/// Creates the fast lane of each worker for streams of a kind.
fn lane_factory<I: Into<Stream> + 'static>(
    state: Arc<State>,
    deadlines: Deadlines,
    shutdown: GracefulShutdownSignal,
) -> impl ServiceFactory<I, Config = (), Response = (), Error = DispatchError, InitError = ()> {
    fn_factory(move || new_lane(Arc::clone(&state), deadlines, shutdown.clone()))
}

/// The fast lane of one worker, in front of the application. One function for both kinds of
/// streams, so that the application's connections are compiled once.
async fn new_lane(
    state: Arc<State>,
    deadlines: Deadlines,
    shutdown: GracefulShutdownSignal,
) -> Result<Lane<impl Service<Accepted, Response = (), Error = DispatchError>>, ()> {
    let application = {
        let shutdown = shutdown.clone();
        HttpService::build()
            .keep_alive(Duration::from_secs(deadlines.idle.into()))
            .client_request_timeout(Duration::from_secs(deadlines.head.into()))
            .client_disconnect_timeout(CLOSE_TIMEOUT)
            .graceful_shutdown_signal(move || {
                let shutdown = shutdown.clone();
                async move { wait_for_last_requests(&shutdown).await }
            })
            .h1::<_, BoxBody>(map_config(create_app(Arc::clone(&state)), |()| AppConfig::default()))
            .new_service(())
            .await?
    };
    let lane = Lane::new(state, deadlines, application);
    let worker = Rc::downgrade(&lane.worker());
    actix_web::rt::spawn(async move {
        wait_for_last_requests(&shutdown).await;
        if let Some(worker) = worker.upgrade() {
            worker.stop();
        }
    });
    Ok(lane)
}

/// Waits until the server stops, and then for the last request of each open connection.
async fn wait_for_last_requests(shutdown: &GracefulShutdownSignal) {
    shutdown.notified().await;
    tokio::time::sleep(LAST_REQUEST).await;
}

/// The signals that the server handles.
#[derive(Debug)]
struct Signals {
    terminate: Signal,
    interrupt: Signal,
    reloads: Signal,
    reloader: Reloader,
}

impl Signals {
    fn install(reloader: Reloader, reloads: Signal) -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            reloads,
            reloader,
        })
    }

    /// Waits for a signal to stop. SIGHUP requests a reload meanwhile.
    async fn wait_for_stop(&mut self) {
        loop {
            tokio::select! {
                _ = self.terminate.recv() => return,
                _ = self.interrupt.recv() => return,
                _ = self.reloads.recv() => self.reloader.request_reload(),
            }
        }
    }
}
