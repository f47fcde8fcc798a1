//! The server's life: limits, signals, and an end that no client notices (RFC 9112 §9).
//!
//! Enter at [`run`]. On SIGTERM or SIGINT readiness turns to 503, answers go on for the drain time, then nothing new is
//! accepted and requests under way are finished. A second signal cuts that short. SIGHUP asks for a compile.
//!
//! What the limits do not cover, because actix-http 3.20 has no clock for it: the head of a *second* request on a
//! connection, a slow body, and a client that reads slowly. A proxy in front has those clocks.

use std::io;
use std::net::TcpListener;
use std::num::NonZeroUsize;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use actix_web::HttpServer;
use actix_web::dev::Server;
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::app::create_app;
use super::reload::Reloader;
use super::state::State;

/// How long an idle connection stays open: longer than the 60 s after which nginx drops its own, so that it never sends
/// a request into a connection that is being closed.
const KEEP_ALIVE: Duration = Duration::from_secs(75);

/// How long the first head of a connection may take (RFC 9110 §15.5.9).
const HEAD_TIMEOUT: Duration = Duration::from_secs(5);

/// How long a client may take to close its side, after which the connection is cut.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(1);

/// How many connections there may be at once, over all workers; more wait in the listener's queue. Each needs a file
/// descriptor and at most 128 KiB for a head, which is actix-http's limit, as are 96 header lines.
const MAX_CONNECTIONS: usize = 4_096;

/// What an operator decides about a server.
#[derive(Debug)]
pub struct ServerOptions {
    /// Where it listens. The socket is bound by the caller, so that a port in use is known before anything is compiled.
    pub listener: TcpListener,
    /// How many threads answer.
    pub workers: NonZeroUsize,
    /// How long, before it stops, the server still answers while `/readyz` says 503, so that a load balancer can look
    /// elsewhere. Zero where nobody asks.
    pub drain: Duration,
    /// How long requests under way may take after that, in whole seconds.
    pub grace: Duration,
}

/// Listens for SIGHUP from now on, in the running tokio or actix runtime. Its default action would end a process that is
/// still compiling its first edition.
///
/// # Errors
/// Fails when the signal cannot be handled.
pub fn listen_for_reloads() -> io::Result<Signal> {
    signal(SignalKind::hangup())
}

/// Serves until SIGTERM or SIGINT. `started` is called once, when requests and signals are listened for.
///
/// # Errors
/// Fails when signals cannot be handled or the threads not be started; a requested stop is no error.
pub async fn run(
    state: Arc<State>,
    reloader: Reloader,
    reloads: Signal,
    options: ServerOptions,
    started: impl FnOnce(),
) -> io::Result<()> {
    let mut signals = Signals::install(reloader, reloads)?;
    let drain = options.drain;
    let server = listening(&state, options)?;
    // Whoever reads the address may send a signal at once, which would end a process that does not listen for it yet.
    started();
    let handle = server.handle();
    let mut server = pin!(server);

    tokio::select! {
        ended = &mut server => return ended,
        () = signals.stop() => {}
    }
    state.drain();
    tracing::info!("stopping: not ready any more");
    tokio::select! {
        ended = &mut server => return ended,
        () = signals.stop() => {}
        () = tokio::time::sleep(drain) => {}
    }
    tracing::info!("stopping: finishing the requests under way");
    // The command is sent when the future is made; that all is done, the server itself tells.
    drop(handle.stop(true));
    tokio::select! {
        ended = &mut server => ended,
        () = signals.stop() => Ok(()),
    }
}

/// The server, which listens as soon as it is polled.
pub(crate) fn listening(state: &Arc<State>, options: ServerOptions) -> io::Result<Server> {
    let app = {
        let state = Arc::clone(state);
        move || create_app(Arc::clone(&state))
    };
    let server = HttpServer::new(app)
        .workers(options.workers.get())
        .max_connections((MAX_CONNECTIONS / options.workers).max(1))
        .keep_alive(KEEP_ALIVE)
        .client_request_timeout(HEAD_TIMEOUT)
        .client_disconnect_timeout(CLOSE_TIMEOUT)
        // An answer is one or two writes; waiting to fill a packet only delays the last one.
        .tcp_nodelay(true)
        .shutdown_timeout(options.grace.as_secs())
        .disable_signals()
        .listen(options.listener)?;
    Ok(server.run())
}

/// The signals to which the server listens.
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

    /// Waits until the server is told to stop; meanwhile it passes on requests for a compile.
    async fn stop(&mut self) {
        loop {
            tokio::select! {
                _ = self.terminate.recv() => return,
                _ = self.interrupt.recv() => return,
                _ = self.reloads.recv() => self.reloader.ask(),
            }
        }
    }
}
