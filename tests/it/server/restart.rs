//! Restarts behind a passed socket, as under systemd, lose no request.

use std::io::BufReader;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use rustix::process::Signal;
use tempfile::TempDir;

use super::listen::behind;
use super::{Connection, DEADLINE, Server, city};

const RESTARTS: usize = 4;

/// Clients that request pages until they are stopped. A request without a whole response panics.
struct Clients {
    answered: Arc<AtomicUsize>,
    is_over: Arc<AtomicBool>,
    threads: Vec<thread::JoinHandle<()>>,
}

impl Clients {
    /// Half of them keep their connections until the server says that it closes them.
    fn start(address: SocketAddr, count: usize) -> Self {
        let (answered, is_over) = (Arc::<AtomicUsize>::default(), Arc::<AtomicBool>::default());
        let threads = (0..count)
            .map(|number| {
                let (answered, is_over) = (Arc::clone(&answered), Arc::clone(&is_over));
                thread::spawn(move || {
                    while !is_over.load(Ordering::Relaxed) {
                        request_pages(address, number % 2 == 0, &answered, &is_over);
                    }
                })
            })
            .collect();
        Self { answered, is_over, threads }
    }

    /// Waits until more requests were answered.
    fn wait_for(&self, more: usize) {
        let wanted = self.answered.load(Ordering::Relaxed) + more;
        while self.answered.load(Ordering::Relaxed) < wanted {
            assert!(self.threads.iter().all(|thread| !thread.is_finished()), "a request failed");
            thread::yield_now();
        }
    }

    fn stop(self) {
        self.is_over.store(true, Ordering::Relaxed);
        for thread in self.threads {
            thread.join().expect("no request fails");
        }
    }
}

/// Requests pages on one connection: of the fast lane and, with a redirect, of the application.
fn request_pages(address: SocketAddr, keeps: bool, answered: &AtomicUsize, is_over: &AtomicBool) {
    let stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    let mut connection = Connection { stream: BufReader::new(stream) };
    for (path, status) in
        [("/", 200), ("/bulletins/lake/", 200), ("/bulletins", 308)].iter().cycle()
    {
        let answer = connection.get(path);
        assert_eq!(answer.status, *status, "{path}");
        answered.fetch_add(1, Ordering::Relaxed);
        let is_closed = answer.headers.get("connection").is_some_and(|value| value == "close");
        if is_closed || !keeps || is_over.load(Ordering::Relaxed) {
            return;
        }
    }
}

#[test]
fn restarts_behind_passed_socket_lose_no_request() {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut server = Server::start(&mut behind(&listener, folder.path()));
    let clients = Clients::start(server.address, 8);
    for _ in 0..RESTARTS {
        clients.wait_for(500);
        // Its first request comes while the server stops. The other one shows that it is accepted.
        let mut silent = server.connect();
        server.get("/healthz");
        server.signal(Signal::TERM);
        server.log.says("finishing the requests in progress", 1);
        let last = silent.get("/");
        assert_eq!((last.status, &*last.headers["connection"]), (200, "close"));
        assert!(silent.is_closed());
        assert_eq!(server.end().code(), Some(0));
        server = Server::start(&mut behind(&listener, folder.path()));
    }
    clients.wait_for(500);
    clients.stop();
}
