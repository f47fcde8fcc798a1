//! The sockets of a server: bound here, or passed by systemd (`sd_listen_fds(3)`).

use std::fs;
use std::io::{self, ErrorKind};
use std::net::{SocketAddr, TcpListener, ToSocketAddrs as _};
use std::os::fd::AsFd;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, PermissionsExt as _};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};

use listenfd::ListenFd;
use socket2::{Domain, SockAddr, SockRef, Socket, Type};

use crate::cli::output::Failure;
use crate::http::Listener;

/// The address without `--listen`, unless systemd passes sockets.
const DEFAULT_ADDRESS: &str = "127.0.0.1:8080";

/// How many connections may wait to be accepted; the system's `somaxconn` may allow fewer.
const QUEUE: i32 = 4_096;

const IPV4_FORM: &str = "write it as `127.0.0.1:8080`, with a port up to 65535";

/// The longest path of a Unix socket on Linux, in bytes, without the zero at its end.
const MAX_SOCKET_PATH: usize = 107;

const UNIX_PREFIX: &str = "unix:";

/// The sockets of a server, and the files of those that it has made itself.
#[derive(Debug, Default)]
pub(super) struct Sockets {
    pub(super) listeners: Vec<Listener>,
    files: Vec<SocketFile>,
}

impl Sockets {
    /// Takes the passed sockets and binds the addresses; without both, the default address.
    pub(super) fn open(addresses: &[String], unix_mode: u32) -> Result<Self, Failure> {
        let mut sockets = Self { listeners: take_passed_sockets()?, files: Vec::new() };
        for (index, address) in addresses.iter().enumerate() {
            if addresses[..index].contains(address) {
                return Err(cannot_listen(address, "it is given twice"));
            }
            let listener = sockets.bind_any(address, unix_mode)?;
            sockets.listeners.push(listener);
        }
        if sockets.listeners.is_empty() {
            sockets.listeners.push(Listener::Tcp(bind(DEFAULT_ADDRESS)?));
        }
        Ok(sockets)
    }

    /// Binds the operator's address, which other machines reach only if that is allowed.
    pub(super) fn bind_admin(
        &mut self,
        address: &str,
        unix_mode: u32,
        is_remote_allowed: bool,
    ) -> Result<(Listener, String), Failure> {
        let listener = self.bind_any(address, unix_mode)?;
        if let Listener::Tcp(tcp) = &listener {
            let ip = tcp.local_addr().map_err(|error| no_address(&error))?.ip();
            if !ip.is_loopback() && !is_remote_allowed {
                let message = format!(
                    "whoever reaches `--admin-listen` may reload the content, and {ip} can be \
                     reached from other machines; add `--admin-allow-remote` if that is meant"
                );
                return Err(Failure::Usage(message));
            }
        }
        let name = address_of(&listener).map_err(|error| no_address(&error))?;
        Ok((listener, name))
    }

    fn bind_any(&mut self, address: &str, unix_mode: u32) -> Result<Listener, Failure> {
        let Some(path) = address.strip_prefix(UNIX_PREFIX) else {
            return bind(address).map(Listener::Tcp);
        };
        let (listener, file) = bind_unix(Path::new(path), unix_mode)
            .map_err(|reason| cannot_listen(address, reason))?;
        self.files.push(file);
        Ok(Listener::Unix(listener))
    }

    /// The addresses, as a client needs them.
    pub(super) fn addresses(&self) -> Result<Vec<String>, Failure> {
        self.listeners
            .iter()
            .map(address_of)
            .collect::<io::Result<_>>()
            .map_err(|error| no_address(&error))
    }

    /// The one TCP socket of a preview, which has no other.
    pub(super) fn into_single_tcp(mut self) -> Result<(TcpListener, SocketAddr), Failure> {
        match (self.listeners.pop(), self.listeners.is_empty()) {
            (Some(Listener::Tcp(listener)), true) => {
                let address = listener.local_addr().map_err(|error| no_address(&error))?;
                Ok((listener, address))
            }
            _ => Err(Failure::Usage("a preview listens on one address and port".to_owned())),
        }
    }
}

fn address_of(listener: &Listener) -> io::Result<String> {
    match listener {
        Listener::Tcp(listener) => Ok(format!("http://{}", listener.local_addr()?)),
        Listener::Unix(listener) => {
            let address = listener.local_addr()?;
            let path = address.as_pathname().unwrap_or(Path::new(""));
            Ok(format!("{UNIX_PREFIX}{}", path.display()))
        }
    }
}

fn no_address(error: &io::Error) -> Failure {
    Failure::Message(format!("the socket has no address: {error}"))
}

/// The file of a Unix socket, which is removed at the end.
#[derive(Debug)]
struct SocketFile {
    path: PathBuf,
    device: u64,
    inode: u64,
}

impl SocketFile {
    fn new(path: &Path) -> io::Result<Self> {
        let found = fs::symlink_metadata(path)?;
        Ok(Self { path: path.to_owned(), device: found.dev(), inode: found.ino() })
    }
}

impl Drop for SocketFile {
    fn drop(&mut self) {
        // A server that replaced this one may have put its own socket there.
        let is_own = fs::symlink_metadata(&self.path)
            .is_ok_and(|found| (found.dev(), found.ino()) == (self.device, self.inode));
        if is_own {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// The sockets that systemd passes to this process.
fn take_passed_sockets() -> Result<Vec<Listener>, Failure> {
    let mut passed = ListenFd::from_env();
    let mut listeners = Vec::new();
    for index in 0..passed.len() {
        let listener = match passed.take_tcp_listener(index) {
            Ok(Some(listener)) => Listener::Tcp(listener),
            Ok(None) => continue,
            // It is put back if it is of another kind.
            Err(_) => match passed.take_unix_listener(index) {
                Ok(Some(listener)) => Listener::Unix(listener),
                Ok(None) => continue,
                Err(_) => {
                    let message = format!(
                        "the socket {index} that was passed accepts no streams; in the systemd \
                         socket unit, use `ListenStream=`"
                    );
                    return Err(Failure::Message(message));
                }
            },
        };
        listeners.push(listener);
    }
    Ok(listeners)
}

/// Binds an address and port.
pub(super) fn bind(address: &str) -> Result<TcpListener, Failure> {
    let addresses: Vec<_> = address
        .to_socket_addrs()
        .map_err(|_| cannot_listen(address, describe_form(address)))?
        .collect();
    let listener = TcpListener::bind(&*addresses).map_err(|error| cannot_listen(address, error))?;
    lengthen_queue(&listener);
    Ok(listener)
}

/// The form of the address that was probably meant.
fn describe_form(address: &str) -> &'static str {
    if address.contains('%') {
        return "the zone of an IPv6 address is the number of its interface, as in \
                `[fe80::1%2]:8080`; `ip link` shows it";
    }
    if address.matches(':').count() > 1 { "write it as `[::1]:8080`" } else { IPV4_FORM }
}

/// Lets as many connections wait to be accepted as `deploy/gazette.socket` does. The standard
/// library asks for 128: a client that comes when so many wait tries again after a second.
fn lengthen_queue(listener: &impl AsFd) {
    // The socket listens already, with the shorter queue.
    let _ = SockRef::from(listener).listen(QUEUE);
}

fn cannot_listen(address: &str, reason: impl std::fmt::Display) -> Failure {
    Failure::Message(format!("cannot listen on `{address}`: {reason}"))
}

/// Binds a Unix socket, in place of one that a process has left behind.
fn bind_unix(path: &Path, mode: u32) -> Result<(UnixListener, SocketFile), String> {
    if path.as_os_str().is_empty() {
        return Err("write it as `unix:/run/gazette/gazette.sock`".to_owned());
    }
    if path.as_os_str().len() > MAX_SOCKET_PATH {
        return Err(format!("the path of a socket has at most {MAX_SOCKET_PATH} bytes"));
    }
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty())
        && !folder.is_dir()
    {
        return Err(format!("there is no folder `{}`", folder.display()));
    }
    let listener = match UnixListener::bind(path) {
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            remove_stale(path)?;
            UnixListener::bind(path)
        }
        other => other,
    };
    let listener = listener.map_err(|error| error.to_string())?;
    lengthen_queue(&listener);
    let file = SocketFile::new(path).map_err(|error| error.to_string())?;
    // Until here the mode is that of the umask, which usually lets only the owner connect.
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
        .map_err(|error| error.to_string())?;
    Ok((listener, file))
}

/// Removes a socket on which no process listens.
fn remove_stale(path: &Path) -> Result<(), String> {
    let is_socket = fs::symlink_metadata(path).is_ok_and(|found| found.file_type().is_socket());
    if !is_socket {
        return Err("the file exists and is not a socket".to_owned());
    }
    match try_connect(path) {
        Err(error) if error.kind() == ErrorKind::ConnectionRefused => {
            fs::remove_file(path).map_err(|error| error.to_string())
        }
        // The queue of a process that accepts nothing at the moment may be full.
        Err(error) if error.kind() != ErrorKind::WouldBlock => {
            Err(format!("a socket is there, and connecting to it fails: {error}"))
        }
        _ => Err("another process listens there".to_owned()),
    }
}

/// Connects to a Unix socket if that is possible at once.
fn try_connect(path: &Path) -> io::Result<()> {
    let socket = Socket::new(Domain::UNIX, Type::STREAM, None)?;
    socket.set_nonblocking(true)?;
    socket.connect(&SockAddr::unix(path)?)
}

/// Parses the permissions of Unix sockets, in octal digits.
pub(super) fn parse_mode(text: &str) -> Result<u32, String> {
    u32::from_str_radix(text, 8)
        .ok()
        // Whoever connects has to write.
        .filter(|mode| *mode <= 0o777 && mode & 0o222 != 0)
        .ok_or_else(|| {
            "give permissions in octal digits with which somebody may write, such as `660`"
                .to_owned()
        })
}
