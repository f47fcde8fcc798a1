//! The messages of the server to systemd.

use std::os::unix::net::UnixDatagram;

use rustix::process::Signal;
use tempfile::TempDir;

use super::{DEADLINE, Server, city, gazette};

#[test]
fn systemd_is_told_each_state() {
    let (folder, sockets) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    city(folder.path());
    let path = sockets.path().join("notify");
    let socket = UnixDatagram::bind(&path).unwrap();
    socket.set_read_timeout(Some(DEADLINE)).unwrap();
    let wait_for = |what: &str| {
        let mut told = Vec::new();
        while !told.iter().any(|text: &String| text.starts_with(what)) {
            let mut bytes = [0; 200];
            let length = socket.recv(&mut bytes).unwrap_or_else(|_| panic!("{told:?}, no {what}"));
            told.push(String::from_utf8_lossy(&bytes[..length]).into_owned());
        }
        told.pop().unwrap_or_default()
    };
    let mut command = gazette(&["--listen", "127.0.0.1:0", "--content"]);
    command.arg(folder.path()).env("NOTIFY_SOCKET", &path).env("WATCHDOG_USEC", "6000000");
    let server = Server::start(&mut command);
    wait_for("READY=1");
    // The first one comes before any worker could fail; each later one says that all of them run.
    for _ in 0..2 {
        wait_for("WATCHDOG=1");
    }
    server.signal(Signal::HUP);
    assert!(wait_for("RELOADING=1").contains("\nMONOTONIC_USEC="));
    wait_for("READY=1");
    server.signal(Signal::TERM);
    wait_for("STOPPING=1");
    assert_eq!(server.end().code(), Some(0));
}
