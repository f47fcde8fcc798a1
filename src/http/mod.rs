//! The edition over HTTP/1.1: one module a concern, pure functions inside, actix-web only at the rim.
//!
//! Enter at [`run`], which serves until it is told to stop, or at [`create_app`], which answers without a socket.
//! [`Reloader`] owns recompilation, [`start_indexing`] the index, [`State`] is what all of them share. A request loads the
//! current edition once; it reads no file, waits for no lock, and renders nothing, a search aside.

mod answer;
mod asked;
mod conditional;
mod guard;
mod health;
mod indexing;
mod negotiate;
mod path;
mod reload;
mod reply;
mod search;
mod security;
mod server;
mod state;
mod unread;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Instant;

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::{App, HttpRequest, HttpResponse, web};
use arc_swap::Guard;

pub use indexing::start_indexing;
pub use reload::{Reason, Reloader};
pub use server::{ServerOptions, listen_for_reloads, run};
pub use state::State;

/// The application: every method and every request target has one handler, which looks the path up.
pub fn create_app(
    state: Arc<State>,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<BoxBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    App::new().app_data(web::Data::from(state)).default_service(web::to(serve))
}

async fn serve(request: HttpRequest, state: web::Data<State>, body: web::Payload) -> HttpResponse {
    let started = Instant::now();
    let edition = state.edition();
    let mut errand = None;
    let answer = guard::guarded(&edition, request.uri().path(), || {
        health::answer(&state, &edition, &request).unwrap_or_else(|| {
            let answer = answer::answer(&edition, &request);
            errand = search::Errand::of(&edition, &request, &answer);
            answer
        })
    });
    let answer = match errand {
        None => answer,
        Some(errand) => {
            let edition = Guard::into_inner(edition);
            errand.run(state.searches(), edition, &request).await.unwrap_or(answer)
        }
    };
    log(&request, &answer, started);
    unread::close_after(answer, body)
}

/// The access log, for those who ask for `gazette::http=debug`. Neither addresses nor queries are in it: who reads
/// what, and what people search for, is nobody's business.
fn log(request: &HttpRequest, answer: &HttpResponse, started: Instant) {
    let bytes = match answer.body().size() {
        BodySize::Sized(bytes) if request.method() != Method::HEAD => bytes,
        _ => 0,
    };
    tracing::debug!(
        method = %request.method(),
        path = request.uri().path(),
        status = answer.status().as_u16(),
        bytes,
        micros = started.elapsed().as_micros(),
        "answered"
    );
}
