//! A connection in the hands of actix-http, with the limits that actix-http lacks.

use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::stream::Stream;
use super::worker::{Timer, Worker};
use crate::http::metrics::ConnectionLimit;

/// How much is read from the socket at once, in bytes.
const READ_BYTES: usize = 4 << 10;

/// A stream that first yields the bytes that the lane has read.
///
/// A deadline runs from the first byte of a request to the first byte of its response, and while a
/// client takes nothing of a response; reading and writing then fail with `TimedOut`.
///
/// One request is yielded at a time; the next one waits for the response. actix-http 3.20 decodes
/// pipelined requests ahead and keeps one note for all of them of whether the method is HEAD and
/// whether the connection closes (`h1/codec.rs`), so that a HEAD response would get a body and the
/// response to a GET would lose it.
pub(in crate::http) struct HandedOver {
    stream: Stream,
    unread: Vec<u8>,
    line_ends: LineEnds,
    is_awaiting_response: bool,
    has_timed_out: bool,
    /// Whether the client has not taken what was written.
    is_writing: bool,
    worker: Rc<Worker>,
    timer: Rc<Timer>,
}

impl HandedOver {
    pub(super) fn new(stream: Stream, unread: Vec<u8>, worker: &Rc<Worker>) -> Self {
        Self {
            stream,
            unread,
            line_ends: LineEnds::default(),
            is_awaiting_response: false,
            has_timed_out: false,
            is_writing: false,
            timer: worker.new_timer(),
            worker: Rc::clone(worker),
        }
    }

    fn check_deadline(&mut self, context: &Context<'_>) -> io::Result<()> {
        self.timer.register(context.waker());
        if !self.timer.is_expired() {
            return Ok(());
        }
        if !self.has_timed_out {
            self.has_timed_out = true;
            self.worker.counters.count_closed(ConnectionLimit::Application);
            if self.is_writing {
                self.stream.discard_unsent();
            }
        }
        Err(io::ErrorKind::TimedOut.into())
    }

    /// Yields unread bytes up to the end of a request head.
    fn yield_unread(&mut self, buffer: &mut ReadBuf<'_>) {
        let limit = self.unread.len().min(buffer.remaining());
        let (count, is_head_complete) = self.line_ends.find_head_end(&self.unread[..limit]);
        buffer.put_slice(&self.unread[..count]);
        self.unread.drain(..count);
        self.is_awaiting_response = is_head_complete;
        self.timer.set_if_unset(self.worker.deadlines.handed_over);
    }

    /// Restarts the deadline, and lets the next request pass, by the outcome of a write.
    fn after_write(&mut self, outcome: &Poll<io::Result<usize>>, context: &Context<'_>) {
        self.is_writing = outcome.is_pending();
        if self.is_writing {
            self.timer.set_if_unset(self.worker.deadlines.write);
            return;
        }
        self.timer.clear();
        if self.is_awaiting_response {
            self.is_awaiting_response = false;
            // The reader returned without registering with the socket.
            context.waker().wake_by_ref();
        }
    }
}

impl AsyncRead for HandedOver {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.check_deadline(context)?;
        if self.is_awaiting_response {
            return Poll::Pending;
        }
        if self.unread.is_empty() {
            let mut bytes = [0; READ_BYTES];
            let mut read = ReadBuf::new(&mut bytes);
            ready!(Pin::new(&mut self.stream).poll_read(context, &mut read))?;
            if read.filled().is_empty() {
                return Poll::Ready(Ok(()));
            }
            self.unread.extend_from_slice(read.filled());
        }
        self.yield_unread(buffer);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for HandedOver {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.check_deadline(context)?;
        let outcome = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.after_write(&outcome, context);
        outcome
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.check_deadline(context)?;
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.after_write(&outcome, context);
        outcome
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// Finds the empty line that ends a request head, in pieces of any length.
#[derive(Debug, Default)]
struct LineEnds {
    /// Whether the current line has bytes other than its end.
    is_in_line: bool,
    /// Whether the head has a line. Empty lines before a request line do not end it (RFC 9112
    /// §2.2).
    has_line: bool,
}

impl LineEnds {
    /// How many of the bytes belong to the current head, and whether it ends there.
    fn find_head_end(&mut self, bytes: &[u8]) -> (usize, bool) {
        for (index, byte) in bytes.iter().enumerate() {
            match byte {
                b'\n' if self.is_in_line => self.is_in_line = false,
                b'\n' if self.has_line => {
                    *self = Self::default();
                    return (index + 1, true);
                }
                b'\r' | b'\n' => {}
                _ => (self.is_in_line, self.has_line) = (true, true),
            }
        }
        (bytes.len(), false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn head_end_is_found_across_pieces() {
        let text = b"\r\nGET / HTTP/1.1\r\nhost: x\r\n\r\nGET";
        for piece in 1..text.len() {
            let mut line_ends = LineEnds::default();
            let mut end = 0;
            for bytes in text.chunks(piece) {
                let (count, is_complete) = line_ends.find_head_end(bytes);
                end += count;
                if is_complete {
                    break;
                }
            }
            assert_eq!(&text[end..], b"GET", "pieces of {piece}");
        }
    }
}
