//! The files of the site as they leave this stage: path, kind, media type and bytes.

use askama::Template;
use bytes::Bytes;
use jiff::Timestamp;
use serde::Serialize;

use crate::language::Language;

/// The media type of pages.
const HTML: &str = "text/html; charset=utf-8";

/// One file of the site, made but not packed.
#[derive(Debug)]
pub struct Output {
    /// Its path from the root, decoded.
    pub path: String,
    /// What answers there.
    pub kind: OutputKind,
    /// What the bytes are.
    pub media_type: &'static str,
    /// The language it is written in, if in one.
    pub language: Option<Language>,
    /// When its content last changed, by the content's own dates.
    pub modified: Option<Timestamp>,
    /// The bytes.
    pub body: Bytes,
}

/// What answers at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutputKind {
    /// A page, a feed, data.
    Page,
    /// A file whose name holds the hash of its bytes.
    Asset,
    /// 410, with this page.
    Gone,
    /// The page for a problem; it has no path of its own.
    ErrorPage(ErrorPage),
    /// A page with gaps; it has no path of its own.
    PageShell(ShellKind),
    /// 308 to this path.
    Redirect(String),
}

/// Why a request has no answer of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ErrorPage {
    /// 400: the path cannot be read.
    BadRequest,
    /// 404: nothing stands at this path.
    NotFound,
    /// 405: the site is only read.
    MethodNotAllowed,
    /// 500: the program failed; the page holds [`ERROR_ID_MARK`] once.
    Internal,
}

impl ErrorPage {
    /// All of them.
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

/// What a page with gaps is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ShellKind {
    /// Results of a search.
    Search,
    /// An address that has nothing, with what was perhaps looked for.
    NotFound,
}

impl ShellKind {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Search, Self::NotFound];
}

impl Output {
    pub(super) fn page_with_data<T: Template, D: Serialize>(
        path: &str,
        language: Language,
        modified: Option<Timestamp>,
        page: &T,
        data: &D,
    ) -> askama::Result<Vec<Self>> {
        Ok(vec![
            Self::html(path, OutputKind::Page, language, modified, page)?,
            Self::json(format!("{path}index.json"), "application/json", language, modified, data)?,
        ])
    }

    pub(super) fn gone<T: Template>(
        path: &str,
        language: Language,
        page: &T,
    ) -> askama::Result<Self> {
        Self::html(path, OutputKind::Gone, language, None, page)
    }

    pub(super) fn error_page<T: Template>(
        error: ErrorPage,
        language: Language,
        page: &T,
    ) -> askama::Result<Self> {
        Self::html("", OutputKind::ErrorPage(error), language, None, page)
    }

    pub(super) fn page_shell<T: Template>(
        kind: ShellKind,
        language: Language,
        page: &T,
    ) -> askama::Result<Self> {
        Self::html("", OutputKind::PageShell(kind), language, None, page)
    }

    fn html<T: Template>(
        path: &str,
        kind: OutputKind,
        language: Language,
        modified: Option<Timestamp>,
        page: &T,
    ) -> askama::Result<Self> {
        let mut body = String::with_capacity(T::SIZE_HINT.max(8 << 10));
        page.render_into(&mut body)?;
        let body = Bytes::from(body);
        Ok(Self {
            path: path.to_owned(),
            kind,
            media_type: HTML,
            language: Some(language),
            modified,
            body,
        })
    }

    pub(super) fn json<D: Serialize>(
        path: String,
        media_type: &'static str,
        language: Language,
        modified: Option<Timestamp>,
        data: &D,
    ) -> askama::Result<Self> {
        let mut body = serde_json::to_vec(data).map_err(askama::Error::custom)?;
        body.push(b'\n');
        Ok(Self::file(path, media_type, Some(language), modified, Bytes::from(body)))
    }

    pub(super) fn file(
        path: String,
        media_type: &'static str,
        language: Option<Language>,
        modified: Option<Timestamp>,
        body: Bytes,
    ) -> Self {
        Self { path, kind: OutputKind::Page, media_type, language, modified, body }
    }

    pub(super) fn redirect(from: String, to: String) -> Self {
        let mut output = Self::file(from, HTML, None, None, Bytes::new());
        output.kind = OutputKind::Redirect(to);
        output
    }
}
