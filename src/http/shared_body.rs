//! Response bodies that are shared with the edition and handed out in small pieces.
//!
//! actix-http 3.20 copies what a body yields into the connection's write buffer. A large body at
//! once would be copied whole for each client, and kept until the slowest has read it.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, BoxBody, MessageBody};
use bytes::Bytes;

/// The size of a piece, in bytes.
const PIECE: usize = 64 << 10;

/// A body of shared bytes.
pub(crate) fn shared_body(bytes: Bytes) -> BoxBody {
    if bytes.len() <= PIECE { BoxBody::new(bytes) } else { BoxBody::new(SharedBody(bytes)) }
}

/// The bytes that are still to be sent.
struct SharedBody(Bytes);

impl MessageBody for SharedBody {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.0.len() as u64)
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Infallible>>> {
        let length = self.0.len().min(PIECE);
        Poll::Ready((length > 0).then(|| Ok(self.0.split_to(length))))
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use super::*;

    #[test]
    fn pieces_add_up_to_body() {
        let bytes: Vec<u8> = (0..PIECE * 2 + 7).map(|index| index.to_le_bytes()[0]).collect();
        let mut body = SharedBody(Bytes::from(bytes.clone()));
        assert_eq!(body.size(), BodySize::Sized(bytes.len() as u64));
        let mut pieces = Vec::new();
        actix_web::rt::System::new().block_on(async {
            while let Some(Ok(piece)) =
                poll_fn(|context| Pin::new(&mut body).poll_next(context)).await
            {
                pieces.push(piece);
            }
        });
        assert_eq!(pieces.iter().map(Bytes::len).collect::<Vec<_>>(), [PIECE, PIECE, 7]);
        assert_eq!(pieces.concat(), bytes);
    }
}
