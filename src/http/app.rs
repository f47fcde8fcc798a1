//! The application: each request passes through here, from its head to its response.

use std::sync::Arc;
use std::time::Instant;

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::ConnectionType;
use actix_web::{App, HttpRequest, HttpResponse, web};
use arc_swap::Guard;

use super::handler::{self, Outcome};
use super::headers::host::has_valid_host;
use super::metrics::{ResponseCounter, Route};
use super::state::State;
use super::{health, panic, request_body};

/// Creates the application. It has one handler, which looks up the path of any request.
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
    // Loaded once, so that everything in the response comes from the same edition.
    let edition = state.edition();
    let path = edition.site_path(request.uri().path());
    let outcome = panic::catch_panic(&edition, path, || {
        panic::panic_if_tested("handler");
        if !has_valid_host(request.headers()) {
            return handler::bad_request(&edition, &request);
        }
        match health::respond(&state, &edition, &request) {
            Some(response) => Outcome::Response(Route::Health, response),
            None => handler::former_asset(&state, &edition, &request)
                .unwrap_or_else(|| handler::handle(&edition, &request)),
        }
    });
    let outcome = outcome.unwrap_or_else(|error| Outcome::Response(Route::Unknown, error));
    let (route, response) = match outcome {
        Outcome::Response(route, response) => (route, response),
        Outcome::Search(results) => {
            let edition = Guard::into_inner(edition);
            let limiter = state.search_limiter();
            (Route::Search, results.respond(limiter, edition, request.headers()).await)
        }
        Outcome::Comparison(comparison) => {
            let edition = Guard::into_inner(edition);
            let limiter = state.search_limiter();
            (Route::Page, comparison.respond(limiter, edition, request.headers()).await)
        }
        Outcome::NotFound(suggestions) => {
            let edition = Guard::into_inner(edition);
            let limiter = state.search_limiter();
            (Route::Unknown, suggestions.respond(limiter, edition, request.headers()).await)
        }
    };
    let counters = state.metrics().application();
    counters.count_response(ResponseCounter::new(route, response.status()));
    let elapsed = started.elapsed();
    counters.count_time(elapsed, 1);
    if let Some(log) = state.access_log() {
        log.write(&request, &response, route, elapsed);
    }
    let mut response = request_body::close_if_body_unread(response, body);
    if state.is_finishing() {
        response.head_mut().set_connection_type(ConnectionType::Close);
    }
    response
}
