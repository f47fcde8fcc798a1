//! Tests of the application as a client sees it.

mod connections;
pub(crate) mod fixture;
mod former_assets;
mod lane;
mod limits;
mod responses;

use std::sync::Arc;

use actix_web::http::Method;
use actix_web::rt::System;
use actix_web::test::{TestRequest, call_service, init_service, read_body};

use super::{State, create_app};

/// A response, for assertions.
#[derive(Debug)]
struct TestResponse {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

impl TestResponse {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    #[track_caller]
    fn has_status(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{self:?}");
        self
    }

    #[track_caller]
    fn has_header(&self, name: &str, value: &str) -> &Self {
        assert_eq!(self.header(name), Some(value), "{name} in {self:?}");
        self
    }

    #[track_caller]
    fn has_no(&self, names: &[&str]) -> &Self {
        for name in names {
            assert_eq!(self.header(name), None, "{name} in {self:?}");
        }
        self
    }

    #[track_caller]
    fn has_body(&self, body: &str) -> &Self {
        assert_eq!(self.body, body, "{self:?}");
        self
    }
}

/// Sends a request to the fixture's edition, and checks the headers that every response has.
#[track_caller]
fn send(method: &str, uri: &str, headers: &[(&str, &str)]) -> TestResponse {
    let method = Method::from_bytes(method.as_bytes()).unwrap_or_default();
    let mut request = TestRequest::default().method(method).uri(uri);
    for (name, value) in headers {
        request = request.append_header((*name, *value));
    }
    let response = System::new().block_on(async {
        let app = init_service(create_app(Arc::new(State::new(fixture::edition())))).await;
        let response = call_service(&app, request.to_request()).await;
        let status = response.status().as_u16();
        let headers = response.headers().iter();
        let headers = headers
            .map(|(name, value)| {
                (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())
            })
            .collect();
        let body = String::from_utf8_lossy(&read_body(response).await).into_owned();
        TestResponse { status, headers, body }
    });
    let is_style_sheet = uri.starts_with("/static/") && matches!(response.status, 200 | 304);
    for name in ["permissions-policy", "cross-origin-opener-policy"] {
        assert_eq!(response.header(name).is_none(), is_style_sheet, "{name} in {response:?}");
    }
    for name in ["x-content-type-options", "referrer-policy"] {
        assert!(response.header(name).is_some(), "{name} in {response:?}");
    }
    for name in ["content-security-policy", "cross-origin-resource-policy", "cache-control"] {
        assert!(response.header(name).is_some(), "{name} in {response:?}");
    }
    response.has_no(&["server", "set-cookie", "strict-transport-security"]);
    response
}

#[track_caller]
fn get(uri: &str) -> TestResponse {
    send("GET", uri, &[])
}
