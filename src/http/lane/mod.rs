//! The fast lane: known pages are read, negotiated and written without actix-http.
//!
//! [`Lane`] is the service of one worker. It serves plain GET and HEAD requests of HTTP/1.1 whose
//! response is in the edition; [`head::parse`] has the closed list of what it does not take. The
//! first request that it does not take hands the connection, with the bytes already read, to
//! actix-http for good. Responses are the same bytes either way: [`response_head`] formats the
//! headers that [`super::response`] sets, and `tests/it/lane.rs` compares the two.
//!
//! The lane owns the deadlines that actix-http 3.20 lacks: an idle connection, a head that arrives
//! too slowly, a client that stops reading.

mod connection;
mod handover;
mod head;
mod responder;
mod response_head;
mod stream;
mod worker;

use std::fmt;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll};

use actix_web::dev::Service;

use super::state::State;
use connection::Connection;

pub(super) use handover::HandedOver;
pub use responder::{Progress, Responder};
pub(super) use stream::Stream;
pub use worker::Deadlines;
pub(super) use worker::Worker;

/// The connections of one worker: answered here, or handed to the application's service.
pub(super) struct Lane<S> {
    worker: Rc<Worker>,
    application: Rc<S>,
}

impl<S> Lane<S> {
    pub(super) fn new(state: Arc<State>, deadlines: Deadlines, application: S) -> Self {
        Self { worker: Worker::start(state, deadlines), application: Rc::new(application) }
    }

    /// The worker, to be told when the server stops.
    pub(super) fn worker(&self) -> Rc<Worker> {
        Rc::clone(&self.worker)
    }
}

/// A connection that the application serves, with the address of its other end.
pub(super) type Accepted = (HandedOver, Option<SocketAddr>);

impl<I, S> Service<I> for Lane<S>
where
    I: Into<Stream>,
    S: Service<Accepted, Response = ()> + 'static,
    S::Error: fmt::Debug,
{
    type Response = ();
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<(), S::Error>>>>;

    fn poll_ready(&self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.application.poll_ready(context)
    }

    fn call(&self, stream: I) -> Self::Future {
        let (worker, application) = (Rc::clone(&self.worker), Rc::clone(&self.application));
        Box::pin(serve(stream.into(), worker, application))
    }
}

async fn serve<S>(stream: Stream, worker: Rc<Worker>, application: Rc<S>) -> Result<(), S::Error>
where
    S: Service<Accepted, Response = ()>,
{
    let peer = stream.peer_address();
    // The application writes the access log.
    let rest = if worker.state.access_log().is_some() {
        Some((stream, Vec::new()))
    } else {
        Connection::serve(stream, &worker).await
    };
    let Some((stream, bytes)) = rest else { return Ok(()) };
    application.call((HandedOver::new(stream, bytes, &worker), peer)).await
}
