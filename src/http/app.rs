//! The application: every request passes through here, from its head to its response.
//!
//! A request loads the current edition once, so that all of its response comes from one edition.

use std::sync::Arc;
use std::time::Instant;

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::{App, HttpRequest, HttpResponse, web};
use arc_swap::Guard;

use super::state::State;
use super::{handler, health, panic, request_body, search};

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
    let answer = panic::catch_panic(&edition, request.uri().path(), || {
        health::respond(&state, &edition, &request).unwrap_or_else(|| {
            let answer = handler::respond(&edition, &request);
            errand = search::Errand::of(&edition, &request, &answer);
            answer
        })
    });
    let answer = match errand {
        None => answer,
        Some(errand) => {
            let edition = Guard::into_inner(edition);
            errand.run(state.search_limiter(), edition, &request).await.unwrap_or(answer)
        }
    };
    log(&request, &answer, started);
    request_body::close_if_body_unread(answer, body)
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
