//! Access to earlier texts by date (RFC 7089): `Accept-Datetime`, `Memento-Datetime`, `Link`.

use std::time::SystemTime;

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue, HttpDate, LINK};
use jiff::Timestamp;

use crate::edition::Memento;

/// The field by which a client requests the text of a date.
pub(crate) const ACCEPT_DATETIME: HeaderName = HeaderName::from_static("accept-datetime");

const MEMENTO_DATETIME: HeaderName = HeaderName::from_static("memento-datetime");

/// The text that a client requests.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum RequestedText<'m> {
    /// That of the page itself.
    Own,
    /// An earlier one, at this path.
    Earlier(&'m str),
    /// The date cannot be read.
    Malformed,
}

/// Finds the text that a request for a page asks for. An earlier text ignores the field, as its
/// page has no other (RFC 7089 §4.5.6).
pub(crate) fn requested_text<'m>(memento: &'m Memento, headers: &HeaderMap) -> RequestedText<'m> {
    let Memento::Original { .. } = memento else { return RequestedText::Own };
    let Some(value) = headers.get(ACCEPT_DATETIME) else { return RequestedText::Own };
    let date = value.to_str().ok().and_then(|text| text.trim().parse::<HttpDate>().ok());
    let date = date.and_then(|date| Timestamp::try_from(SystemTime::from(date)).ok());
    match date {
        None => RequestedText::Malformed,
        Some(date) => memento.version_at(date).map_or(RequestedText::Own, RequestedText::Earlier),
    }
}

/// Sets `Link`, and for an earlier text the date from which it was public.
pub(crate) fn set_memento_headers(headers: &mut HeaderMap, memento: &Memento) {
    let link = (LINK, memento.link());
    let date = match memento {
        Memento::Version { datetime, .. } => Some((MEMENTO_DATETIME, datetime.as_str())),
        Memento::Original { .. } => None,
    };
    for (name, value) in std::iter::once(link).chain(date) {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
}
