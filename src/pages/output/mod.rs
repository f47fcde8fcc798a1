//! Rendered files: path, kind, media type and bytes.

mod body;
mod citation;
mod error;
mod memento;

use std::sync::Arc;

use askama::Template;
use bytes::Bytes;
use serde::Serialize;

use crate::language::Language;
use crate::pages::markup::path_prefix::add_path_prefix;

pub use self::body::OutputBody;
pub use self::citation::CitationFile;
pub(super) use self::citation::{Citation, CitationFormat};
pub use self::error::RenderError;
pub use self::memento::Memento;

const HTML: &str = "text/html; charset=utf-8";

/// One file of the site, not compressed.
#[derive(Debug)]
pub struct Output {
    /// Path from the root, decoded.
    pub path: String,
    pub kind: OutputKind,
    pub media_type: &'static str,
    /// Language of the content, if it has a single one.
    pub language: Option<Language>,
    pub body: OutputBody,
    /// Its place among the texts of a bulletin, if that has earlier ones.
    pub memento: Option<Arc<Memento>>,
}

/// How a path is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutputKind {
    /// 200: a page, a feed, data.
    Page,
    /// 200: a file whose name contains the hash of its bytes.
    Asset,
    /// 200: a file of the content folder at its own path.
    File,
    /// 410 with this page.
    Gone,
    /// An error page; it has no path of its own.
    ErrorPage(ErrorPage),
    /// A page with slots; it has no path of its own.
    PageShell(ShellKind),
    /// 308 to this path.
    Redirect(String),
}

/// The errors that have a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ErrorPage {
    /// 400: the path cannot be decoded.
    BadRequest,
    /// 404: there is no page at this path.
    NotFound,
    /// 405: only GET and HEAD are allowed.
    MethodNotAllowed,
    /// 500: the server failed; the page contains [`ERROR_ID_MARK`](super::ERROR_ID_MARK) once.
    Internal,
}

impl ErrorPage {
    pub const ALL: [Self; 4] =
        [Self::BadRequest, Self::NotFound, Self::MethodNotAllowed, Self::Internal];

    /// The status code (RFC 9110 §15).
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::Internal => 500,
        }
    }
}

/// The pages with slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ShellKind {
    Search,
    /// A 404 page with search results that match the address.
    NotFound,
}

impl ShellKind {
    pub const ALL: [Self; 2] = [Self::Search, Self::NotFound];
}

impl Output {
    pub(super) fn page_with_data<T: Template, D: Serialize>(
        path: &str,
        language: Language,
        page: &T,
        data: &D,
    ) -> Result<Vec<Self>, RenderError> {
        Ok(vec![
            Self::html(path, OutputKind::Page, language, page)?,
            Self::json(format!("{path}index.json"), "application/json", language, data)?,
        ])
    }

    /// Adds a page's place among the texts of a bulletin to its HTML, which is the first output.
    pub(super) fn add_memento(outputs: &mut [Self], memento: Memento) {
        if let Some(page) = outputs.first_mut() {
            page.memento = Some(Arc::new(memento));
        }
    }

    pub(super) fn gone<T: Template>(
        path: &str,
        language: Language,
        page: &T,
    ) -> Result<Self, RenderError> {
        Self::html(path, OutputKind::Gone, language, page)
    }

    pub(super) fn error_page<T: Template>(
        error: ErrorPage,
        language: Language,
        page: &T,
    ) -> Result<Self, RenderError> {
        Self::html("", OutputKind::ErrorPage(error), language, page)
    }

    pub(super) fn page_shell<T: Template>(
        kind: ShellKind,
        language: Language,
        page: &T,
    ) -> Result<Self, RenderError> {
        Self::html("", OutputKind::PageShell(kind), language, page)
    }

    /// The output for a site below a path of its host.
    pub(super) fn with_path_prefix(mut self, prefix: &str) -> Self {
        if self.media_type == HTML
            && !prefix.is_empty()
            && let OutputBody::Rendered(body) = &mut self.body
        {
            let markup = String::from_utf8_lossy(body);
            *body = Bytes::from(add_path_prefix(prefix, &markup).into_owned());
        }
        self
    }

    pub(super) fn html<T: Template>(
        path: &str,
        kind: OutputKind,
        language: Language,
        page: &T,
    ) -> Result<Self, RenderError> {
        let mut body = String::with_capacity(T::SIZE_HINT.max(8 << 10));
        page.render_into(&mut body)?;
        let body = OutputBody::Rendered(Bytes::from(body));
        let (path, language) = (path.to_owned(), Some(language));
        Ok(Self { path, kind, media_type: HTML, language, body, memento: None })
    }

    pub(super) fn json<D: Serialize>(
        path: String,
        media_type: &'static str,
        language: Language,
        data: &D,
    ) -> Result<Self, RenderError> {
        let mut body = serde_json::to_vec(data)?;
        body.push(b'\n');
        Ok(Self::file(path, media_type, Some(language), Bytes::from(body)))
    }

    pub(crate) fn file(
        path: String,
        media_type: &'static str,
        language: Option<Language>,
        body: Bytes,
    ) -> Self {
        let body = OutputBody::Rendered(body);
        Self { path, kind: OutputKind::Page, media_type, language, body, memento: None }
    }

    /// A file for reference managers, which is rendered when it is requested.
    pub(super) fn citation(path: String, language: Language, file: CitationFile) -> Self {
        let (kind, media_type) = (OutputKind::Page, file.media_type());
        let body = OutputBody::OnRequest(file);
        Self { path, kind, media_type, language: Some(language), body, memento: None }
    }

    pub(super) fn redirect(from: String, to: String) -> Self {
        let mut output = Self::file(from, HTML, None, Bytes::new());
        output.kind = OutputKind::Redirect(to);
        output
    }
}
