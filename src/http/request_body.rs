//! Request bodies: nobody reads them, so a connection on which one was announced ends with the answer (RFC 9112 §9.3).
//!
//! Enter at [`close_if_body_unread`]. Left alone, actix-http 3.20 reads a chunked body to its end once the handler has dropped
//! it, and sets no bound to how long that may take. While the body is still held when the answer has been written, it
//! closes the connection instead.

use std::error::Error;
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::HttpResponse;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::Payload;
use actix_web::web::{self, Bytes};

/// The answer, after which the connection closes if the request had a body.
pub(crate) fn close_if_body_unread(answer: HttpResponse, request: web::Payload) -> HttpResponse {
    match request.into_inner() {
        Payload::None => answer,
        request => {
            answer.map_body(|_, answer| BoxBody::new(UnreadBody { answer, _request: request }))
        }
    }
}

/// An answer's body that holds on to the request's.
struct UnreadBody {
    answer: BoxBody,
    _request: Payload,
}

impl MessageBody for UnreadBody {
    type Error = Box<dyn Error>;

    fn size(&self) -> BodySize {
        self.answer.size()
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.answer).poll_next(context)
    }
}
