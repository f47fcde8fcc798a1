//! Compiled sites with a client of the whole application.

use std::cell::OnceCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::{Arc, LazyLock};

use actix_web::body::{BoxBody, MessageBody, to_bytes};
use actix_web::dev::{Service, ServiceResponse};
use actix_web::http::Method;
use actix_web::rt::{System, SystemRunner};
use actix_web::test::{TestRequest, init_service};
use gazette::edition::{self, Edition};
use gazette::http::{State, create_app};

use super::{Page, Reply, TODAY, edition_of, real_snapshot};

type Answering = Pin<Box<dyn Future<Output = ServiceResponse<BoxBody>>>>;

/// A site with a client that goes through the whole application.
pub(crate) struct Site {
    state: Arc<State>,
    client: OnceCell<Client>,
}

struct Client {
    system: SystemRunner,
    answer: Box<dyn Fn(TestRequest) -> Answering>,
}

impl Site {
    pub(crate) fn new(edition: Edition) -> Self {
        Self { state: Arc::new(State::new(edition)), client: OnceCell::new() }
    }

    /// A site that several tests use.
    pub(crate) fn shared(state: &Arc<State>) -> Self {
        Self { state: Arc::clone(state), client: OnceCell::new() }
    }

    /// The site of the real content, compiled once for all tests.
    pub(crate) fn real() -> Self {
        static REAL: LazyLock<Arc<State>> =
            LazyLock::new(|| Arc::new(State::new(edition_of(&real_snapshot(), TODAY))));
        Self::shared(&REAL)
    }

    /// The edition that is served.
    pub(crate) fn edition(&self) -> Arc<Edition> {
        Arc::clone(&self.state.edition())
    }

    /// The paths of all pages, files and 410 responses, in order.
    pub(crate) fn paths(&self) -> Vec<String> {
        let edition = self.edition();
        let is_body =
            |answer: &edition::PathEntry| !matches!(answer, edition::PathEntry::Redirect(_));
        edition
            .entries()
            .iter()
            .filter(|(_, answer)| is_body(answer))
            .map(|(path, _)| (*path).to_owned())
            .collect()
    }

    /// The paths of all HTML pages.
    pub(crate) fn html_paths(&self) -> Vec<String> {
        let edition = self.edition();
        let is_html = |entry: &edition::PathEntry| match entry {
            edition::PathEntry::Found(found) => found.media_type.starts_with("text/html"),
            _ => false,
        };
        edition
            .entries()
            .iter()
            .filter(|(_, answer)| is_html(answer))
            .map(|(path, _)| (*path).to_owned())
            .collect()
    }

    /// The addresses at which each two texts of a bulletin are compared, which have no entry in the
    /// edition.
    pub(crate) fn comparisons(&self) -> Vec<String> {
        let mut addresses = Vec::new();
        for path in self.html_paths() {
            if !path.ends_with("/versions/compare/") {
                continue;
            }
            let texts = self.page(&path).attributes("select[name=from] option", "value");
            for from in &texts {
                addresses.extend(texts.iter().map(|to| format!("{path}?from={from}&to={to}")));
            }
        }
        addresses
    }

    /// Sends a request, and asserts the headers that every response must have.
    #[track_caller]
    pub(crate) fn ask(&self, method: &str, uri: &str, headers: &[(&str, &str)]) -> Reply {
        let client = self.client.get_or_init(|| Client::new(&self.state));
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let mut request = TestRequest::default().method(method).uri(uri);
        for (name, value) in headers {
            request = request.append_header((*name, *value));
        }
        let answering = (client.answer)(request);
        let reply = client.system.block_on(async {
            let answer = answering.await;
            let status = answer.status().as_u16();
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            let headers = answer.headers().iter();
            let headers =
                headers.map(|(name, value)| (name.to_string(), text(value.as_bytes()))).collect();
            let body = to_bytes(answer.into_body().boxed()).await.expect("a body");
            Reply { uri: uri.to_owned(), status, headers, body }
        });
        reply.is_protected();
        reply
    }

    #[track_caller]
    pub(crate) fn get(&self, uri: &str) -> Reply {
        self.ask("GET", uri, &[])
    }

    /// The page at an address, which must answer 200.
    #[track_caller]
    pub(crate) fn page(&self, uri: &str) -> Page {
        self.get(uri).is(200).page()
    }
}

impl Client {
    fn new(state: &Arc<State>) -> Self {
        let system = System::new();
        let service = Rc::new(system.block_on(init_service(create_app(Arc::clone(state)))));
        let answer = move |request: TestRequest| -> Answering {
            let service = Rc::clone(&service);
            Box::pin(async move { service.call(request.to_request()).await.expect("an answer") })
        };
        Self { system, answer: Box::new(answer) }
    }
}
