//! A client whose own cost is small: it knows the length of each response and drops bytes unread.

use std::collections::VecDeque;
use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use rustix::event::epoll;
use rustix::net::{RecvFlags, recv};

use crate::Outcome;

/// How many bytes are dropped with one system call: more than a response has.
const DROPPED_AT_ONCE: usize = 1 << 20;

/// One response.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
    /// The length of head and body in bytes.
    pub(crate) length: usize,
}

/// Sends one request on a connection of its own and reads the response, which must be 200 or 304.
pub(crate) fn fetch(address: SocketAddr, request: &str) -> Outcome<Response> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    stream.write_all(request.as_bytes())?;
    let mut bytes = Vec::new();
    let mut piece = [0; 16 << 10];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, _)) = text.split_once("\r\n\r\n") {
            let has_body = !request.starts_with("HEAD") && !head.starts_with("HTTP/1.1 304");
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(": ")?;
                name.eq_ignore_ascii_case("content-length").then(|| value.parse().ok())?
            });
            let start = head.len() + 4;
            let end = start + if has_body { length.unwrap_or(0) } else { 0 };
            if bytes.len() >= end {
                let is_expected =
                    ["HTTP/1.1 200", "HTTP/1.1 304"].iter().any(|line| head.starts_with(line));
                if !is_expected {
                    return Err(format!("{request}: {head}").into());
                }
                let head = head.to_owned();
                return Ok(Response { head, body: bytes.split_off(start), length: end });
            }
        }
        let count = stream.read(&mut piece)?;
        if count == 0 {
            return Err(format!("the server closed the connection: {request}").into());
        }
        bytes.extend_from_slice(&piece[..count]);
    }
}

/// Connections that send the same request again and again.
pub(crate) struct Client<'r> {
    epoll: rustix::fd::OwnedFd,
    connections: Vec<Connection>,
    request: &'r [u8],
    /// The length of each response in bytes.
    length: usize,
    events: Vec<epoll::Event>,
    dropped: Vec<u8>,
}

struct Connection {
    stream: TcpStream,
    /// Bytes of the current response that have not come yet.
    awaited: usize,
    /// The instants at which requests were due, of those that are under way or wait their turn.
    due: VecDeque<Duration>,
}

impl<'r> Client<'r> {
    pub(crate) fn connect(address: SocketAddr, request: &'r str, count: usize) -> Outcome<Self> {
        let length = fetch(address, request)?.length;
        let epoll = epoll::create(epoll::CreateFlags::CLOEXEC)?;
        let mut connections = Vec::with_capacity(count);
        for index in 0..count {
            let stream = TcpStream::connect(address)?;
            stream.set_nodelay(true)?;
            stream.set_nonblocking(true)?;
            let data = epoll::EventData::new_u64(index as u64);
            epoll::add(&epoll, &stream, data, epoll::EventFlags::IN)?;
            connections.push(Connection { stream, awaited: 0, due: VecDeque::new() });
        }
        Ok(Self {
            epoll,
            connections,
            request: request.as_bytes(),
            length,
            events: Vec::with_capacity(1024),
            dropped: vec![0; DROPPED_AT_ONCE],
        })
    }

    /// Keeps one request under way on each connection for some time; returns the number of
    /// responses.
    pub(crate) fn saturate(&mut self, time: Duration) -> Outcome<u64> {
        let begun = Instant::now();
        let mut count = 0;
        for index in 0..self.connections.len() {
            self.send(index)?;
        }
        while begun.elapsed() < time {
            for index in self.wait(Some(Duration::from_millis(100)))? {
                if self.receive(index)? {
                    count += 1;
                    self.send(index)?;
                }
            }
        }
        Ok(count)
    }

    /// Sends requests at a constant rate, whether or not responses come; returns the latencies from
    /// the instant at which each request was due.
    pub(crate) fn send_at_rate(
        &mut self,
        per_second: f64,
        time: Duration,
    ) -> Outcome<Vec<Duration>> {
        let begun = Instant::now();
        let mut latencies = Vec::new();
        let mut sent = 0_u32;
        let total = f64_to_u32(per_second * time.as_secs_f64());
        loop {
            let due = Duration::from_secs_f64(f64::from(sent) / per_second);
            let now = begun.elapsed();
            if sent < total && due <= now {
                let index = sent as usize % self.connections.len();
                sent += 1;
                self.connections[index].due.push_back(due);
                if self.connections[index].due.len() == 1 {
                    self.send(index)?;
                }
                continue;
            }
            for index in self.wait(Some(Duration::ZERO))? {
                if self.receive(index)? {
                    let due = self.connections[index].due.pop_front();
                    latencies.push(begun.elapsed().saturating_sub(due.unwrap_or_default()));
                    if !self.connections[index].due.is_empty() {
                        self.send(index)?;
                    }
                }
            }
            if latencies.len() >= total as usize || now > time + Duration::from_secs(10) {
                return Ok(latencies);
            }
        }
    }

    /// The connections that have bytes to read.
    fn wait(&mut self, limit: Option<Duration>) -> Outcome<Vec<usize>> {
        self.events.clear();
        let limit = limit.map(rustix::event::Timespec::try_from).transpose()?;
        let events = rustix::buffer::spare_capacity(&mut self.events);
        match epoll::wait(&self.epoll, events, limit.as_ref()) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        let indices = self.events.iter().map(|event| usize::try_from(event.data.u64()));
        Ok(indices.collect::<Result<_, _>>()?)
    }

    fn send(&mut self, index: usize) -> Outcome<()> {
        let connection = &mut self.connections[index];
        connection.awaited = self.length;
        // A request is far smaller than the socket's buffer.
        connection.stream.write_all(self.request)?;
        Ok(())
    }

    /// Drops the bytes that have come; returns whether the response is whole.
    fn receive(&mut self, index: usize) -> Outcome<bool> {
        let connection = &mut self.connections[index];
        let count = match recv(&connection.stream, &mut self.dropped[..], RecvFlags::TRUNC) {
            Ok((_, count)) => count,
            Err(rustix::io::Errno::AGAIN) => return Ok(false),
            Err(error) => return Err(error.into()),
        };
        if count == 0 {
            return Err(Box::new(io::Error::from(io::ErrorKind::UnexpectedEof)));
        }
        connection.awaited = connection
            .awaited
            .checked_sub(count)
            .ok_or("a response is longer than the first one")?;
        Ok(connection.awaited == 0)
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of requests")]
fn f64_to_u32(number: f64) -> u32 {
    number as u32
}
