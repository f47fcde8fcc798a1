//! Turns a panic into a 500 for the one request that caused it (RFC 9110 §15.6.1).
//!
//! The visitor sees an id, by which the operator finds the panic in the log. This needs unwinding:
//! with `panic = "abort"` in the profile nothing could be caught.

use std::any::Any;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::panic::{AssertUnwindSafe, catch_unwind};

use actix_web::HttpResponse;

use super::response;
use crate::edition::{ERROR_ID_MARK, Edition, ErrorPage};

#[expect(clippy::result_large_err, reason = "the response is moved once, in the rare case")]
/// Runs `work`. If it panics, the error is a 500 page in the language of the path.
pub(crate) fn catch_panic<T>(
    edition: &Edition,
    path: &str,
    work: impl FnOnce() -> T,
) -> Result<T, HttpResponse> {
    // An edition is immutable and each response is new, so a panic cannot leave either
    // half-changed.
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let id = new_error_id();
        tracing::error!(id, path, "panic in a request: {}", payload_message(&*panic));
        internal_error(edition, path, &id)
    })
}

/// The 500 page in the language of a path, with the id of the error in the log.
pub(crate) fn internal_error(edition: &Edition, path: &str, id: &str) -> HttpResponse {
    let resource = edition.error_page(ErrorPage::Internal, path);
    let page = String::from_utf8_lossy(&resource.body.identity()).replace(ERROR_ID_MARK, id);
    let mut response = response::internal_error(resource, page);
    response.extensions_mut().insert(ErrorId(id.to_owned()));
    response
}

/// The id of an error, which its page shows.
#[derive(Debug)]
pub(crate) struct ErrorId(pub(crate) String);

/// Makes an id of sixteen hexadecimal digits, unlikely to be used by another request of this
/// process or of its replicas. It is no secret, so the random keys of a standard hasher are random
/// enough.
pub(crate) fn new_error_id() -> String {
    format!("{:016x}", RandomState::new().build_hasher().finish())
}

/// Panics if a test asks for it: in a debug build, the variable `GAZETTE_TEST_PANICS` names a file
/// that lists the places in the code that panic, one a line. A release build never does.
///
/// # Panics
/// Panics if the file lists `place`.
pub fn panic_if_tested(place: &str) {
    #[cfg(debug_assertions)]
    if let Some(file) = std::env::var_os("GAZETTE_TEST_PANICS")
        && let Ok(Some(places)) = crate::source::read_file(file.as_ref())
    {
        let is_asked = String::from_utf8_lossy(&places).lines().any(|line| line == place);
        assert!(!is_asked, "a test panics in {place}");
    }
    #[cfg(not(debug_assertions))]
    let _ = place;
}

/// The message of a panic, if it is text.
pub(crate) fn payload_message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}

#[cfg(test)]
mod tests {
    use actix_web::body::MessageBody;
    use actix_web::http::StatusCode;
    use actix_web::http::header::HeaderValue;

    use super::super::tests::fixture;
    use super::*;

    fn body(response: HttpResponse) -> String {
        let bytes = response.into_body().try_into_bytes().unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    #[test]
    fn panic_becomes_error_page_with_id() {
        let edition = fixture::edition();
        let caught = catch_panic(&edition, "/zh/x/", || panic!("a test panics here"));
        let Err(response): Result<(), _> = caught else { panic!("not caught") };
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(
            response.headers().get("cache-control").map(HeaderValue::as_bytes),
            Some(&b"no-store"[..])
        );
        assert_eq!(
            response.headers().get("content-language").map(HeaderValue::as_bytes),
            Some(&b"zh"[..])
        );
        assert!(response.headers().contains_key("content-security-policy"));
        let page = body(response);
        let id = page.strip_prefix("zh Internal ").unwrap_or_default();
        assert!(
            id.len() == 16
                && id != ERROR_ID_MARK
                && id.bytes().all(|byte| byte.is_ascii_hexdigit()),
            "{page}"
        );
        assert!(!page.contains("a test panics here"));
    }

    #[test]
    fn error_ids_are_unique() {
        assert_ne!(new_error_id(), new_error_id());
    }
}
