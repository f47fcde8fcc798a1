//! An HTTP server for tests: it answers as the test says, and records the requests.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// A request as it came in.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) headers: BTreeMap<String, String>,
    /// The instant at which its head was read.
    pub(crate) begun: Instant,
    /// The instant before the response is sent; the same as `begun` until then.
    pub(crate) ended: Instant,
}

impl Asked {
    /// The requested host, without its port.
    pub(crate) fn host(&self) -> &str {
        let host = &self.headers["host"];
        host.rsplit_once(':').map_or(host, |(name, _)| name)
    }

    /// `HEAD /path`.
    pub(crate) fn line(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// The reaction of the server to a request.
pub(crate) enum Reply {
    /// Sends these bytes and closes the connection.
    Says(String),
    /// Does the same after a delay: a slow server, whose slowness is what the test measures.
    Late(Duration, String),
    /// Waits until the client gives up.
    Hangs,
}

/// A whole response with a status and further header lines.
pub(crate) fn answer(status: u16, headers: &[(&str, &str)]) -> Reply {
    Reply::Says(head(status, headers))
}

pub(crate) fn head(status: u16, headers: &[(&str, &str)]) -> String {
    let lines: Vec<String> =
        headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let lines = lines.concat();
    format!("HTTP/1.1 {status} Whatever\r\n{lines}content-length: 0\r\nconnection: close\r\n\r\n")
}

type Answering = dyn Fn(&Asked, usize) -> Reply + Send + Sync;

/// The server.
pub(crate) struct Web {
    pub(crate) port: u16,
    heard: Arc<Mutex<Vec<Asked>>>,
    connections: Arc<Mutex<usize>>,
}

impl Web {
    /// Starts a server whose responses depend on the request and on the number of earlier requests
    /// for its path.
    pub(crate) fn new(answering: impl Fn(&Asked, usize) -> Reply + Send + Sync + 'static) -> Self {
        Self::start(None, answering)
    }

    /// Starts the same server with TLS.
    pub(crate) fn secure(
        config: ServerConfig,
        answering: impl Fn(&Asked, usize) -> Reply + Send + Sync + 'static,
    ) -> Self {
        Self::start(Some(Arc::new(config)), answering)
    }

    fn start(
        tls: Option<Arc<ServerConfig>>,
        answering: impl Fn(&Asked, usize) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("0.0.0.0:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let (heard, connections) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(0)));
        let web = Self { port, heard: Arc::clone(&heard), connections: Arc::clone(&connections) };
        let answering: Arc<Answering> = Arc::new(answering);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(stream) = stream else { continue };
                *connections.lock().unwrap() += 1;
                let (tls, heard, answering) =
                    (tls.clone(), Arc::clone(&heard), Arc::clone(&answering));
                thread::spawn(move || match tls {
                    None => serve(stream, &heard, &*answering),
                    Some(config) => {
                        let tls = ServerConnection::new(config).expect("a connection");
                        serve(StreamOwned::new(tls, stream), &heard, &*answering);
                    }
                });
            }
        });
        web
    }

    /// The requests so far, in order.
    pub(crate) fn heard(&self) -> Vec<Asked> {
        self.heard.lock().unwrap().clone()
    }

    /// The requests so far as lines: `HEAD /path`.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.heard().iter().map(Asked::line).collect()
    }

    /// The number of connections.
    pub(crate) fn connections(&self) -> usize {
        *self.connections.lock().unwrap()
    }
}

fn serve(stream: impl Read + Write, heard: &Mutex<Vec<Asked>>, answering: &Answering) {
    let mut stream = BufReader::new(stream);
    while let Some(asked) = read(&mut stream) {
        // As a proxy it answers every request itself, except for forbidden hosts.
        if asked.method == "CONNECT" {
            let status = if asked.path.starts_with("forbidden.") {
                "403 Forbidden"
            } else {
                "200 Connected"
            };
            let _ = write!(stream.get_mut(), "HTTP/1.1 {status}\r\n\r\n");
            continue;
        }
        let (place, before) = {
            let mut heard = heard.lock().unwrap();
            let before = heard
                .iter()
                .filter(|one| (one.host(), &one.path) == (asked.host(), &asked.path))
                .count();
            heard.push(asked.clone());
            (heard.len() - 1, before)
        };
        let bytes = match answering(&asked, before) {
            Reply::Says(bytes) => bytes,
            Reply::Late(pause, bytes) => {
                thread::sleep(pause);
                bytes
            }
            Reply::Hangs => {
                let _ = stream.read(&mut [0]);
                String::new()
            }
        };
        heard.lock().unwrap()[place].ended = Instant::now();
        let _ = stream.get_mut().write_all(bytes.as_bytes());
        let _ = stream.get_mut().flush();
        return;
    }
}

/// The head of a request; none if the client has closed the connection.
fn read(stream: &mut BufReader<impl Read>) -> Option<Asked> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let mut words = lines.first()?.split(' ').map(ToOwned::to_owned);
    let headers = lines[1..].iter().filter_map(|line| line.split_once(": "));
    let headers = headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
    let now = Instant::now();
    Some(Asked { method: words.next()?, path: words.next()?, headers, begun: now, ended: now })
}

/// A port without a listener.
pub(crate) fn closed_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    drop(listener);
    assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
    port
}
