//! Closes connections on which a client sends a request body (RFC 9112 §9.3). The site reads none.
//!
//! If the handler drops a chunked body, actix-http 3.20 reads it to its end, without a time limit.
//! If the body still exists when the response has been written, it closes the connection instead.

use std::error::Error;
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::HttpResponse;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::Payload;
use actix_web::web::{self, Bytes};

/// Closes the connection after the response if the request has a body.
pub(crate) fn close_if_body_unread(response: HttpResponse, request: web::Payload) -> HttpResponse {
    match request.into_inner() {
        Payload::None => response,
        body => {
            response.map_body(|_, response| BoxBody::new(UnreadBody { response, _request: body }))
        }
    }
}

/// A response body that keeps the request's body alive.
struct UnreadBody {
    response: BoxBody,
    _request: Payload,
}

impl MessageBody for UnreadBody {
    type Error = Box<dyn Error>;

    fn size(&self) -> BodySize {
        self.response.size()
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.response).poll_next(context)
    }
}
