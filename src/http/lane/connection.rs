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

use actix_web::rt::net::TcpStream;
use bytes::{Buf, Bytes};
use socket2::SockRef;
use tokio::io::{AsyncRead, Interest, ReadBuf};

use super::head::{self, Head, Request};
use super::worker::{Timer, Worker};
use crate::edition::{Edition, PathEntry, Resource};
use crate::http::headers::conditional::Precondition;
use crate::http::headers::negotiate::{self, Representation};

/// How many pipelined responses are written at once.
const MAX_BATCH: usize = 32;

/// A connection that the lane serves.
pub(super) struct Connection<'w> {
    stream: TcpStream,
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

/// A response in two parts: its head, as a range of the worker's buffer, and its body.
struct Response {
    head_end: usize,
    body: Bytes,
}

impl<'w> Connection<'w> {
    /// Serves a connection until it ends (`None`) or the application must take over, with the bytes
    /// that were read and not answered.
    pub(super) async fn serve(
        stream: TcpStream,
        worker: &'w Rc<Worker>,
    ) -> Option<(TcpStream, Vec<u8>)> {
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

    /// Writes the responses to the requests at the start of the bytes; returns how many bytes the
    /// requests had.
    fn respond(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut heads = self.worker.heads.borrow_mut();
        heads.clear();
        let mut responses = Vec::new();
        let mut used = 0;
        let edition = self.worker.state.edition();
        while used < bytes.len() && responses.len() < MAX_BATCH {
            match head::parse(&bytes[used..]) {
                Head::Partial if bytes.len() - used < super::worker::READ_BUFFER_BYTES => break,
                Head::Partial | Head::HandOver => {
                    self.is_handing_over = true;
                    break;
                }
                Head::Request(request) => {
                    let length = request.length;
                    let Some(response) = self.append(&edition, &request, &mut heads) else {
                        self.is_handing_over = true;
                        break;
                    };
                    responses.push(response);
                    used += length;
                }
            }
        }
        self.send(&heads, responses)?;
        Ok(used)
    }

    /// Appends the head of the response to a request; `None` if the application must respond.
    fn append(
        &self,
        edition: &Edition,
        request: &Request<'_>,
        heads: &mut Vec<u8>,
    ) -> Option<Response> {
        let (resource, chosen) = find(edition, request)?;
        let mut cache = self.worker.head_cache.borrow_mut();
        let is_found = match request.conditions.evaluate(&chosen.variant.etag) {
            Precondition::Proceed => true,
            Precondition::NotModified => false,
            Precondition::Failed => return None,
        };
        let status: &[u8] = if is_found { b"200 OK" } else { b"304 Not Modified" };
        heads.extend_from_slice(b"HTTP/1.1 ");
        heads.extend_from_slice(status);
        heads.extend_from_slice(b"\r\ndate: ");
        heads.extend_from_slice(self.worker.date.borrow().as_bytes());
        heads.extend_from_slice(b"\r\n");
        if is_found {
            cache.append_found(resource, chosen, heads);
        } else {
            cache.append_not_modified(resource, chosen, heads);
        }
        let has_body = is_found && !request.is_head;
        let body = if has_body { chosen.variant.body.clone() } else { Bytes::new() };
        Some(Response { head_end: heads.len(), body })
    }

    /// Sends responses with one system call, and keeps what the socket does not take.
    fn send(&mut self, heads: &[u8], responses: Vec<Response>) -> io::Result<()> {
        if responses.is_empty() {
            return Ok(());
        }
        let mut slices = Vec::with_capacity(2 * responses.len());
        let mut start = 0;
        for response in &responses {
            slices.push(IoSlice::new(&heads[start..response.head_end]));
            if !response.body.is_empty() {
                slices.push(IoSlice::new(&response.body));
            }
            start = response.head_end;
        }
        let mut sent = match self.try_send(&slices) {
            Ok(sent) => sent,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => 0,
            Err(error) => return Err(error),
        };
        let mut start = 0;
        for response in responses {
            let head = &heads[start..response.head_end];
            start = response.head_end;
            keep_unsent(&mut self.unsent, &mut sent, head.len(), |skip| {
                Bytes::copy_from_slice(&head[skip..])
            });
            keep_unsent(&mut self.unsent, &mut sent, response.body.len(), |skip| {
                response.body.slice(skip..)
            });
        }
        Ok(())
    }

    /// Sends what is left of earlier responses. Until then nothing more is read.
    fn poll_flush(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.unsent.is_empty() {
            ready!(self.stream.poll_write_ready(context))?;
            let slices: Vec<IoSlice<'_>> =
                self.unsent.iter().map(|bytes| IoSlice::new(bytes)).collect();
            let mut sent = match self.try_send(&slices) {
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

    fn try_send(&self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        self.stream.try_io(Interest::WRITABLE, || SockRef::from(&self.stream).send_vectored(slices))
    }
}

/// The resource and representation for a request that the lane answers.
fn find<'e>(
    edition: &'e Edition,
    request: &Request<'_>,
) -> Option<(&'e Resource, Representation<'e>)> {
    if edition.search_format(&request.path).is_some() {
        return None;
    }
    match edition.entry(&request.path)? {
        PathEntry::Found(resource) => {
            let lines = request.accept_encoding.iter().copied();
            let chosen = negotiate::choose_by_lines(lines, resource)?;
            Some((resource, chosen))
        }
        PathEntry::Gone(_) | PathEntry::Redirect(_) => None,
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
