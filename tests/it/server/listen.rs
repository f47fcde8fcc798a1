//! The sockets of a server: several addresses, Unix sockets, sockets that systemd passes.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use rustix::process::Signal;
use socket2::{Domain, SockAddr, Socket, Type};
use tempfile::TempDir;

use super::faults::limited;
use super::{Server, city};
use crate::cli::{complains_in_one_line, gazette, run};

/// The status line of the home page, through a Unix socket.
pub(super) fn home_through(path: &Path) -> String {
    let mut stream = UnixStream::connect(path).expect("a socket");
    stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").unwrap();
    let mut response = String::new();
    let _ = stream.read_to_string(&mut response);
    response.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn server_listens_on_several_addresses() {
    let (folder, run_folder) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    city(folder.path());
    let socket = run_folder.path().join("gazette.sock");
    let unix = format!("unix:{}", socket.display());
    let other = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).unwrap();
    // One that a process has left behind.
    drop(UnixListener::bind(&socket).unwrap());
    let server = Server::of(folder.path(), &["--listen", &unix, "--listen", &other.to_string()]);
    assert_eq!(home_through(&socket), "HTTP/1.1 200 OK");
    let mode = std::fs::metadata(&socket).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o660);
    assert_eq!(server.get("/").status, 200);
    assert!(std::net::TcpStream::connect(other).is_ok());

    let content = folder.path().to_str().unwrap();
    complains_in_one_line(
        &run(&["--listen", &unix, "--content", content]),
        1,
        "another process listens there",
    );
    server.signal(Signal::TERM);
    assert_eq!(server.end().code(), Some(0));
    assert!(!socket.exists(), "the socket is left behind");
}

#[test]
fn unix_socket_never_replaces_a_file() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("notes.txt");
    std::fs::write(&file, "mine").unwrap();
    let unix = format!("unix:{}", file.display());
    complains_in_one_line(&run(&["--listen", &unix]), 1, "the file exists and is not a socket");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");
    let missing = format!("unix:{}/none/gazette.sock", folder.path().display());
    complains_in_one_line(&run(&["--listen", &missing]), 1, "cannot listen on");
}

#[test]
fn unix_socket_with_full_queue_is_in_use() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("gazette.sock");
    let socket = Socket::new(Domain::UNIX, Type::STREAM, None).unwrap();
    socket.bind(&SockAddr::unix(&path).unwrap()).unwrap();
    socket.listen(0).unwrap();
    // A process that hangs: the next connection would wait for ever.
    let _waiting = UnixStream::connect(&path).unwrap();
    let unix = format!("unix:{}", path.display());
    complains_in_one_line(&run(&["--listen", &unix]), 1, "another process listens there");
    assert!(path.exists());
}

/// A command that serves a folder on a passed socket, as systemd does: the socket is descriptor 3
/// of the process that the variable names.
pub(super) fn behind(listener: &TcpListener, content: &Path) -> Command {
    let script = "exec 3<&0 0</dev/null; LISTEN_FDS=1 LISTEN_PID=$$ exec \"$0\" \"$@\"";
    let mut command = Command::new("sh");
    command.args(["-c", script]).arg(gazette(&[]).get_program());
    command.arg("--content").arg(content);
    command.stdin(Stdio::from(OwnedFd::from(listener.try_clone().unwrap())));
    command
}

#[test]
fn passed_socket_replaces_the_default_address() {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let server = Server::start(&mut behind(&listener, folder.path()));
    assert_eq!(server.address, listener.local_addr().unwrap());
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn hundreds_of_connections_wait_for_a_busy_server() {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    let server = Server::of(folder.path(), &["--workers", "1"]);
    server.signal(Signal::STOP);
    // The system allows so many at most, on some systems fewer than the 4,096 that the server asks.
    let allowed = std::fs::read_to_string("/proc/sys/net/core/somaxconn").expect("Linux");
    let count = 500.min(allowed.trim().parse().expect("a number"));
    let waiting: Vec<TcpStream> = (0..count)
        .map(|_| TcpStream::connect_timeout(&server.address, Duration::from_millis(900)))
        .collect::<Result<_, _>>()
        .expect("each connects at the first try, which lasts a second");
    server.signal(Signal::CONT);
    let mut last = waiting.last().expect("some");
    last.write_all(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").unwrap();
    let mut response = String::new();
    last.read_to_string(&mut response).unwrap();
    assert!(response.starts_with("HTTP/1.1 200 OK"), "{response}");
}

#[test]
fn limits_of_connections_follow_their_flags() {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    let limits = ["--max-connections", "1", "--workers", "1", "--idle-timeout", "1"];
    let server = Server::of(folder.path(), &limits);
    let mut first = server.connect();
    assert_eq!(first.get("/").status, 200);
    // It is served when the first one has been idle for its time, and is closed then itself.
    let mut second = server.connect();
    assert_eq!(second.get("/").status, 200);
    assert!(first.is_closed());
    assert!(second.is_closed());
    for flag in ["--max-connections", "--head-timeout", "--idle-timeout", "--write-timeout"] {
        let output = run(&["serve", "--content", folder.path().to_str().unwrap(), flag, "0"]);
        assert_eq!(output.status.code(), Some(2), "{flag}");
    }
}

#[test]
fn too_few_files_for_connections_are_reported() {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    for (limit, is_reported) in [("ulimit -n 400", true), ("ulimit -S -n 400", false)] {
        let mut command = limited(limit);
        command.args(["serve", "--listen", "127.0.0.1:0", "--max-connections", "600"]);
        let server = Server::start(command.arg("--content").arg(folder.path()));
        let limits = std::fs::read_to_string(format!("/proc/{}/limits", server.child.id()));
        let limits = limits.unwrap();
        let files = limits.lines().find(|line| line.starts_with("Max open files")).unwrap();
        let soft = files.split_whitespace().nth(3).unwrap();
        assert_eq!(soft, if is_reported { "400" } else { "856" }, "{limit}");
        assert_eq!(server.get("/").status, 200);
        server.signal(Signal::TERM);
        server.log.says("not ready any more", 1);
        assert_eq!(server.log.text().contains("fewer files may be open"), is_reported, "{limit}");
    }
}
