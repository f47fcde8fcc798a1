//! The tools of these tests: a [`Folder`] of content, the [`Site`] compiled from it at an instant,
//! the
//! [`Reply`] to a request, and the [`Page`] in it.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::{Arc, LazyLock};

use actix_web::body::{BoxBody, MessageBody, to_bytes};
use actix_web::dev::{Service, ServiceResponse};
use actix_web::http::Method;
use actix_web::rt::{System, SystemRunner};
use actix_web::test::{TestRequest, init_service};
use gazette::diagnostic::{Diagnostic, Diagnostics, MessageLanguage, render};
use gazette::edition::{self, CompileError, Edition};
use gazette::editor::lint::lint;
use gazette::http::{State, create_app};
use gazette::record;
use gazette::source::{Snapshot, Source, assets};
use jiff::Timestamp;
use scraper::{ElementRef, Html, Selector};

/// The folder of this crate.
pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Parses an instant (RFC 3339).
#[track_caller]
pub(crate) fn instant(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// An instant at which all of the real content and most fixtures is public.
pub(crate) const TODAY: &str = "2026-11-01T00:00:00Z";

/// The settings of a small city in two languages.
pub(crate) const SITE: &str = r#"
name = { en = "Lakeside", zh = "湖滨" }
base_url = "https://lakeside.example/"
time_zone = "Asia/Shanghai"
languages = ["en", "zh"]
"#;

/// A content folder in memory.
#[derive(Debug, Clone, Default)]
pub(crate) struct Folder {
    files: BTreeMap<String, Vec<u8>>,
}

impl Folder {
    /// The small city: `site.toml`, one section, one category.
    pub(crate) fn city() -> Self {
        Self::default()
            .with("site.toml", SITE)
            .with("bulletins/_index.md", "---\ntitle: Bulletins\n---\n")
            .with("bulletins/_index.zh.md", "---\ntitle: 公报\n---\n")
            .with("goals/water/_index.md", "---\ntitle: Water\n---\n")
    }

    /// Adds or replaces a file.
    pub(crate) fn with(mut self, path: &str, content: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path.to_owned(), content.into());
        self
    }

    /// Adds a bulletin with further lines of front matter and a body.
    pub(crate) fn bulletin(self, slug: &str, facts: &str, body: &str) -> Self {
        let text = format!(
            "---\ntitle: About {slug}\nsummary: What is said about {slug}.\n{facts}\n---\n{body}"
        );
        self.with(&format!("bulletins/{slug}.md"), text)
    }

    /// Adds a goal to the category `water`.
    pub(crate) fn goal(self, slug: &str, facts: &str) -> Self {
        self.with(
            &format!("goals/water/{slug}.md"),
            format!("---\ntitle: Goal {slug}\n{facts}\n---\n"),
        )
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        self.files.iter().map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
    }

    /// Writes the files into a folder of the file system.
    pub(crate) fn write_to(&self, folder: &Path) {
        for (path, bytes) in &self.files {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
            std::fs::write(path, bytes).expect("a new file");
        }
    }

    /// The diagnostics of the folder, one line each.
    pub(crate) fn problems(&self) -> Vec<String> {
        let snapshot = self.snapshot();
        match compiled(&snapshot, Diagnostics::default(), TODAY) {
            Ok(_) => Vec::new(),
            Err(found) => short(&found, &snapshot),
        }
    }

    /// The site at an instant.
    #[track_caller]
    pub(crate) fn at(&self, instant: &str) -> Site {
        Site::new(edition_of(&self.snapshot(), instant))
    }

    /// The site at [`TODAY`].
    #[track_caller]
    pub(crate) fn today(&self) -> Site {
        self.at(TODAY)
    }
}

/// Copies a folder with everything in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a new folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.unwrap();
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            std::fs::copy(&from, &to).expect("a copy");
        }
    }
}

/// Renders diagnostics in the one-line form.
pub(crate) fn short(found: &[Diagnostic], snapshot: &Snapshot) -> Vec<String> {
    let texts = |path: &str| snapshot.text_lossy(path);
    let options = render::RenderOptions {
        root: "content",
        language: MessageLanguage::English,
        texts: &texts,
    };
    found.iter().map(|one| render::short(one, &options)).collect()
}

/// The diagnostics of a snapshot as `check` finds them: errors and warnings, and lints where there
/// are no errors.
pub(crate) fn diagnostics(snapshot: &Snapshot, found: Diagnostics) -> Vec<Diagnostic> {
    let loaded = record::load(snapshot, found, None);
    match edition::compile(&loaded.content, loaded.diagnostics, &assets(), instant(TODAY)) {
        Ok(output) => {
            let mut all: Diagnostics = output.warnings.into_iter().collect();
            all.append(lint(&loaded.content, snapshot, instant(TODAY)));
            all.into_sorted()
        }
        Err(CompileError::Content(found)) => found,
        Err(CompileError::Page(error)) => panic!("cannot render a page: {error}"),
    }
}

/// Compiles a snapshot at an instant.
pub(crate) fn compiled(
    snapshot: &Snapshot,
    found: Diagnostics,
    at: &str,
) -> Result<Edition, Vec<Diagnostic>> {
    let loaded = record::load(snapshot, found, None);
    let outcome = edition::compile(&loaded.content, loaded.diagnostics, &assets(), instant(at));
    match outcome {
        Ok(output) => Ok(output.edition),
        Err(CompileError::Content(found)) => Err(found),
        Err(CompileError::Page(error)) => panic!("cannot render a page: {error}"),
    }
}

/// Compiles a snapshot that has no errors.
#[track_caller]
pub(crate) fn edition_of(snapshot: &Snapshot, at: &str) -> Edition {
    compiled(snapshot, Diagnostics::default(), at).unwrap_or_else(|found| {
        panic!("the content has errors:\n{}", short(&found, snapshot).join("\n"))
    })
}

/// The snapshot of the real content.
pub(crate) fn real_snapshot() -> Snapshot {
    let (snapshot, found) =
        Source::Directory(repository().join("content")).snapshot().expect("the content folder");
    assert!(found.is_empty(), "{found:?}");
    snapshot
}

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

/// A response with its body.
pub(crate) struct Reply {
    pub(crate) uri: String,
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: actix_web::web::Bytes,
}

impl std::fmt::Debug for Reply {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(out, "{} for {}", self.status, self.uri)?;
        self.headers.iter().try_for_each(|(name, value)| writeln!(out, "{name}: {value}"))
    }
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// A header that must be there.
    #[track_caller]
    pub(crate) fn must(&self, name: &str) -> &str {
        self.header(name).unwrap_or_else(|| panic!("{name} is not in {self:?}"))
    }

    #[track_caller]
    pub(crate) fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{self:?}");
        self
    }

    #[track_caller]
    pub(crate) fn has(&self, name: &str, value: &str) -> &Self {
        assert_eq!(self.header(name), Some(value), "{name} in {self:?}");
        self
    }

    #[track_caller]
    pub(crate) fn lacks(&self, name: &str) -> &Self {
        assert_eq!(self.header(name), None, "{name} in {self:?}");
        self
    }

    #[track_caller]
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body)
            .unwrap_or_else(|_| panic!("the body of {self:?} is not text"))
    }

    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(self.text())
            .unwrap_or_else(|error| panic!("{error} in the JSON of {self:?}"))
    }

    #[track_caller]
    pub(crate) fn page(&self) -> Page {
        self.has("content-type", "text/html; charset=utf-8");
        Page::new(&self.uri, self.text())
    }

    /// Asserts the headers that every response must have.
    #[track_caller]
    fn is_protected(&self) {
        let csp = self.must("content-security-policy");
        assert!(
            csp.starts_with("default-src 'none'") && csp.contains("frame-ancestors 'none'"),
            "{self:?}"
        );
        assert!(!csp.contains("unsafe"), "{self:?}");
        self.has("x-content-type-options", "nosniff")
            .has("cross-origin-opener-policy", "same-origin");
        for name in [
            "referrer-policy",
            "permissions-policy",
            "cross-origin-resource-policy",
            "cache-control",
        ] {
            self.must(name);
        }
        for name in ["server", "set-cookie", "x-powered-by"] {
            self.lacks(name);
        }
    }
}

/// An HTML page.
pub(crate) struct Page {
    html: Html,
    uri: String,
}

impl Page {
    pub(crate) fn new(uri: &str, html: &str) -> Self {
        Self { html: Html::parse_document(html), uri: uri.to_owned() }
    }

    /// The elements that match a selector, in order.
    #[track_caller]
    pub(crate) fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        let selector = Selector::parse(selector).expect("a selector");
        self.html.select(&selector).collect()
    }

    /// The one element that matches a selector.
    #[track_caller]
    pub(crate) fn one(&self, selector: &str) -> ElementRef<'_> {
        let found = self.all(selector);
        assert_eq!(found.len(), 1, "`{selector}` in {}", self.uri);
        found[0]
    }

    /// The text of the one element that matches a selector.
    #[track_caller]
    pub(crate) fn text(&self, selector: &str) -> String {
        text_of(self.one(selector))
    }

    /// The texts of all elements that match a selector.
    #[track_caller]
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        self.all(selector).into_iter().map(text_of).collect()
    }

    /// An attribute of the one element that matches a selector.
    #[track_caller]
    pub(crate) fn attribute(&self, selector: &str, name: &str) -> String {
        let found = self.one(selector).value().attr(name);
        found.unwrap_or_else(|| panic!("`{selector}` has no `{name}` in {}", self.uri)).to_owned()
    }

    /// An attribute of all elements that match a selector and have it.
    #[track_caller]
    pub(crate) fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        self.all(selector)
            .into_iter()
            .filter_map(|one| one.value().attr(name))
            .map(ToOwned::to_owned)
            .collect()
    }

    /// The `content` of the one `<meta name>`, or none.
    #[track_caller]
    pub(crate) fn meta(&self, name: &str) -> Option<String> {
        let found = self.attributes(&format!("meta[name='{name}']"), "content");
        assert!(found.len() < 2, "{name} stands {} times in {}", found.len(), self.uri);
        found.into_iter().next()
    }

    /// The graph of the page's JSON-LD.
    #[track_caller]
    pub(crate) fn graph(&self) -> Vec<serde_json::Value> {
        let script: String = self.one("script[type='application/ld+json']").text().collect();
        let data: serde_json::Value = serde_json::from_str(&script).expect("JSON-LD");
        assert_eq!(data["@context"], "https://schema.org");
        data["@graph"].as_array().expect("a graph").clone()
    }
}

/// The text of an element, with each run of white space as one space.
pub(crate) fn text_of(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The texts of the elements inside one that match a selector.
#[track_caller]
pub(crate) fn children(element: ElementRef<'_>, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).expect("a selector");
    element.select(&selector).map(text_of).collect()
}

/// The target of the first link inside an element.
#[track_caller]
pub(crate) fn href(element: ElementRef<'_>) -> String {
    let link =
        element.select(&Selector::parse("a[href]").expect("a selector")).next().expect("a link");
    link.value().attr("href").expect("an address").to_owned()
}
