//! One connection of the lane, from its first byte to its end or to its hand-over.
//!
//! Each poll reads, parses, looks up and writes without waiting in between, so the read buffer can
//! belong to the worker and an idle connection owns nearly nothing. Bodies are never copied: a
//! client that reads slowly holds a share of the edition's bytes.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use tokio::io::{AsyncRead, ReadBuf};

use super::head::{self, Head};
use super::responder::Responder;
use super::stream::Stream;
use super::worker::{Timer, Worker};
use crate::http::metrics::ConnectionLimit;

/// A connection that the lane serves.
pub(super) struct Connection<'w> {
    stream: Stream,
    worker: &'w Rc<Worker>,
    timer: Rc<Timer>,
    /// The bytes of a head that has not arrived completely, or that wait behind a response.
    rest: Vec<u8>,
    /// Bytes of responses that the socket did not take.
    unsent: VecDeque<Bytes>,
    /// Whether the application takes over once `unsent` is sent.
    is_handing_over: bool,
    /// Whether the deadline is that of a head.
    is_reading_head: bool,
}

/// The end of the lane's work on a connection.
enum End {
    Closed,
    HandOver,
}

impl<'w> Connection<'w> {
    /// Serves a connection until it ends (`None`) or the application must take over, with the bytes
    /// that were read and not answered.
    pub(super) async fn serve(stream: Stream, worker: &'w Rc<Worker>) -> Option<(Stream, Vec<u8>)> {
        let mut connection = Self {
            stream,
            worker,
            timer: worker.new_timer(),
            rest: Vec::new(),
            unsent: VecDeque::new(),
            is_handing_over: false,
            is_reading_head: true,
        };
        connection.timer.set(worker.deadlines.head);
        // An error of the socket ends the connection; no response can be sent.
        match poll_fn(|context| connection.poll(context)).await {
            Ok(End::HandOver) => Some((connection.stream, connection.rest)),
            Ok(End::Closed) | Err(_) => None,
        }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<io::Result<End>> {
        self.timer.register(context.waker());
        if self.timer.is_expired() {
            self.worker.counters.count_closed(self.limit());
            if !self.unsent.is_empty() {
                self.stream.discard_unsent();
            }
            return Poll::Ready(Ok(End::Closed));
        }
        loop {
            ready!(self.poll_flush(context))?;
            if self.is_handing_over {
                return Poll::Ready(Ok(End::HandOver));
            }
            if self.worker.is_stopping() && self.rest.is_empty() {
                return Poll::Ready(Ok(End::Closed));
            }
            if let Some(end) = ready!(self.poll_exchange(context))? {
                return Poll::Ready(Ok(end));
            }
        }
    }

    /// The limit that the current deadline enforces.
    fn limit(&self) -> ConnectionLimit {
        if !self.unsent.is_empty() {
            ConnectionLimit::Write
        } else if self.is_reading_head {
            ConnectionLimit::Head
        } else {
            ConnectionLimit::Idle
        }
    }

    /// Reads once, and responds to all complete requests that were read.
    fn poll_exchange(&mut self, context: &mut Context<'_>) -> Poll<io::Result<Option<End>>> {
        let worker = self.worker;
        let buffer = &mut **worker.read_buffer.borrow_mut();
        let mut filled = self.rest.len();
        buffer[..filled].copy_from_slice(&self.rest);
        // Bytes that wait behind a full batch are answered before more are read.
        if filled == 0 || matches!(head::parse(&buffer[..filled]), Head::Partial) {
            let mut read = ReadBuf::new(&mut buffer[filled..]);
            match Pin::new(&mut self.stream).poll_read(context, &mut read)? {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(()) if read.filled().is_empty() => {
                    return Poll::Ready(Ok(Some(End::Closed)));
                }
                Poll::Ready(()) => filled += read.filled().len(),
            }
        }
        let used = self.respond(&buffer[..filled])?;
        self.rest.clear();
        self.rest.extend_from_slice(&buffer[used..filled]);
        self.restart_deadline(used > 0);
        Poll::Ready(Ok(None))
    }

    /// Sets the deadline after a read: a head has its time from its first byte on.
    fn restart_deadline(&mut self, is_new_head: bool) {
        if !self.unsent.is_empty() {
            self.timer.set(self.worker.deadlines.write);
            self.is_reading_head = false;
        } else if self.rest.is_empty() {
            // An idle connection keeps no buffer.
            self.rest = Vec::new();
            self.timer.set(self.worker.deadlines.idle);
            self.is_reading_head = false;
        } else if is_new_head || !self.is_reading_head {
            self.timer.set(self.worker.deadlines.head);
            self.is_reading_head = true;
        }
    }

    /// Writes the responses to the requests at the start of the bytes; returns the length of these
    /// requests, in bytes.
    fn respond(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let worker = self.worker;
        if worker.state.is_finishing() {
            // The application says in its response that the connection closes.
            self.is_handing_over = true;
            return Ok(0);
        }
        let started = worker.stopwatch.start();
        let mut responder = worker.responder.borrow_mut();
        let progress = responder.respond(&worker.state.edition(), bytes);
        self.is_handing_over = progress.is_handing_over;
        self.send(&responder)?;
        worker.stopwatch.stop(started, responder.responses().count(), &worker.counters);
        responder.clear();
        Ok(progress.used)
    }

    /// Sends responses with one system call, and keeps what the socket does not take.
    fn send(&mut self, responder: &Responder) -> io::Result<()> {
        let mut responses = responder.responses();
        let Some((head, body)) = responses.next() else { return Ok(()) };
        let mut length = head.len() + body.len();
        let first = [IoSlice::new(head), IoSlice::new(body)];
        let sent = if responses.next().is_none() {
            self.stream.try_send(if body.is_empty() { &first[..1] } else { &first })
        } else {
            let parts = || responder.responses().flat_map(|(head, body)| [head, &body[..]]);
            length = parts().map(<[u8]>::len).sum();
            let slices: Vec<IoSlice<'_>> = parts().map(IoSlice::new).collect();
            self.stream.try_send(&slices)
        };
        let mut sent = match sent {
            Ok(sent) => sent,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => 0,
            Err(error) => return Err(error),
        };
        if sent == length {
            return Ok(());
        }
        for (head, body) in responder.responses() {
            keep_unsent(&mut self.unsent, &mut sent, head.len(), |skip| {
                Bytes::copy_from_slice(&head[skip..])
            });
            keep_unsent(&mut self.unsent, &mut sent, body.len(), |skip| body.slice(skip..));
        }
        Ok(())
    }

    /// Sends what is left of earlier responses. Until then nothing more is read.
    fn poll_flush(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.unsent.is_empty() {
            ready!(self.stream.poll_write_ready(context))?;
            let slices: Vec<IoSlice<'_>> =
                self.unsent.iter().map(|bytes| IoSlice::new(bytes)).collect();
            let mut sent = match self.stream.try_send(&slices) {
                Ok(sent) => sent,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => continue,
                Err(error) => return Poll::Ready(Err(error)),
            };
            while let Some(first) = self.unsent.front_mut() {
                if sent < first.len() {
                    first.advance(sent);
                    break;
                }
                sent -= first.len();
                self.unsent.pop_front();
            }
            let deadlines = self.worker.deadlines;
            let is_done = self.unsent.is_empty();
            self.timer.set(if is_done { deadlines.idle } else { deadlines.write });
        }
        Poll::Ready(Ok(()))
    }
}

/// Keeps the part of a block of so many bytes that was not sent.
fn keep_unsent(
    unsent: &mut VecDeque<Bytes>,
    sent: &mut usize,
    length: usize,
    rest: impl FnOnce(usize) -> Bytes,
) {
    if *sent < length {
        unsent.push_back(rest(*sent));
        *sent = 0;
    } else {
        *sent -= length;
    }
}
