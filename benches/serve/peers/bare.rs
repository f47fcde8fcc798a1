//! An epoll loop that parses nothing: each read is taken for one request and answered with bytes
//! made beforehand. It is a floor for what a server with two system calls a request can cost.

use std::net::{TcpListener, TcpStream};
use std::path::Path;

use rustix::event::epoll;
use rustix::net::{RecvFlags, SendFlags, recv, send};

use super::read_responses;
use crate::Outcome;

/// A connection, and what is left to be sent on it.
struct Connection {
    stream: TcpStream,
    response: usize,
    unsent: usize,
}

/// Serves each response of the folder on a port of its own, and prints the ports.
pub(crate) fn serve(folder: &Path) -> Outcome<()> {
    let responses: Vec<Vec<u8>> =
        read_responses(folder)?.into_iter().map(|one| one.bytes).collect();
    let epoll = epoll::create(epoll::CreateFlags::CLOEXEC)?;
    let mut listeners = Vec::new();
    for index in 0..responses.len() {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        let data = epoll::EventData::new_u64(index as u64);
        epoll::add(&epoll, &listener, data, epoll::EventFlags::IN)?;
        println!("bare:{}", listener.local_addr()?.port());
        listeners.push(listener);
    }
    let mut connections: Vec<Option<Connection>> = Vec::new();
    let mut events = Vec::with_capacity(1024);
    let mut buffer = vec![0; 16 << 10];
    loop {
        events.clear();
        match epoll::wait(&epoll, rustix::buffer::spare_capacity(&mut events), None) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        for event in &events {
            let index = usize::try_from(event.data.u64())?;
            if let Some(listener) = listeners.get(index) {
                while let Ok((stream, _)) = listener.accept() {
                    stream.set_nonblocking(true)?;
                    stream.set_nodelay(true)?;
                    let data = (listeners.len() + connections.len()) as u64;
                    let flags =
                        epoll::EventFlags::IN | epoll::EventFlags::OUT | epoll::EventFlags::ET;
                    epoll::add(&epoll, &stream, epoll::EventData::new_u64(data), flags)?;
                    connections.push(Some(Connection { stream, response: index, unsent: 0 }));
                }
                continue;
            }
            let slot = &mut connections[index - listeners.len()];
            let Some(connection) = slot else { continue };
            if !connection.answer(&responses[connection.response], &mut buffer) {
                *slot = None;
            }
        }
    }
}

impl Connection {
    /// Sends what is unsent, then the response to a request if one has come; returns whether the
    /// connection is open.
    fn answer(&mut self, response: &[u8], buffer: &mut [u8]) -> bool {
        if self.unsent == 0 {
            match recv(&self.stream, buffer, RecvFlags::empty()) {
                Ok((0, _)) => return false,
                Ok(_) => self.unsent = response.len(),
                Err(error) => return error == rustix::io::Errno::AGAIN,
            }
        }
        while self.unsent > 0 {
            let rest = &response[response.len() - self.unsent..];
            match send(&self.stream, rest, SendFlags::NOSIGNAL) {
                Ok(count) => self.unsent -= count,
                Err(error) => return error == rustix::io::Errno::AGAIN,
            }
        }
        true
    }
}
