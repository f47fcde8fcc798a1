//! The sockets of a server.

use std::net::TcpListener;
use std::os::unix::net::UnixListener;

/// A socket that accepts connections.
#[derive(Debug)]
pub enum Listener {
    Tcp(TcpListener),
    Unix(UnixListener),
}
