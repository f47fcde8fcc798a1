//! A panic while answering costs that one request a 500 and nothing else (RFC 9110 §15.6.1).
//!
//! Enter at [`catch_panic`]. The visitor sees an id, the operator finds it in the log. It needs unwinding: with
//! `panic = "abort"` in the profile there would be nothing to guard.

use std::any::Any;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::panic::{AssertUnwindSafe, catch_unwind};

use actix_web::HttpResponse;

use super::response;
use crate::edition::{ERROR_ID_MARK, Edition, Problem};

/// What `work` answers, or a 500 page in the language of the path.
pub(crate) fn catch_panic(
    edition: &Edition,
    path: &str,
    work: impl FnOnce() -> HttpResponse,
) -> HttpResponse {
    // An edition is immutable and an answer is built anew, so a panic can leave nothing half-changed behind.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let id = new_error_id();
        tracing::error!(id, path, "panic while answering: {}", payload_message(&*panic));
        internal_error(edition, path, &id)
    })
}

/// The 500 page in the language of a path, with the id by which the log tells why.
pub(crate) fn internal_error(edition: &Edition, path: &str, id: &str) -> HttpResponse {
    let resource = edition.problem(Problem::Internal, path);
    response::failure(
        resource,
        String::from_utf8_lossy(&resource.identity.body).replace(ERROR_ID_MARK, id),
    )
}

/// Sixteen hexadecimal digits that no other request of this process or its replicas is likely to have. They are no
/// secret: every hasher of the standard library has keys of its own, which is random enough and needs no dependency.
pub(crate) fn new_error_id() -> String {
    format!("{:016x}", RandomState::new().build_hasher().finish())
}

/// What a panic said, as far as it was text.
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

    fn body(answer: HttpResponse) -> String {
        let bytes = answer.into_body().try_into_bytes().unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    #[test]
    fn a_panic_becomes_a_page_with_an_id_in_the_language_of_the_path() {
        let edition = fixture::edition();
        let answer = catch_panic(&edition, "/zh/x/", || panic!("a test panics here"));
        assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(
            answer.headers().get("cache-control").map(HeaderValue::as_bytes),
            Some(&b"no-store"[..])
        );
        assert_eq!(
            answer.headers().get("content-language").map(HeaderValue::as_bytes),
            Some(&b"zh"[..])
        );
        assert!(answer.headers().contains_key("content-security-policy"));
        let page = body(answer);
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
    fn every_failure_has_its_own_id() {
        assert_ne!(new_error_id(), new_error_id());
    }
}
