//! The binary as a process: listening, signals, exit codes, exported files.

mod access_log;
mod admin;
mod base_path;
mod export;
mod faults;
mod listen;
mod lost_search;
mod panics;
mod preview;
mod reload;
mod requests;
mod restart;
mod settings;
mod signals;
mod systemd;
mod watch;

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::cli::{complains, complains_in_one_line, gazette, run, text};
use crate::harness::{Folder, repository};

/// A time limit that only a failure reaches.
const DEADLINE: Duration = Duration::from_mins(1);

/// The standard error of a process so far.
#[derive(Default)]
struct Log {
    text: Mutex<String>,
    has_grown: Condvar,
}

impl Log {
    fn text(&self) -> String {
        self.text.lock().unwrap().clone()
    }

    /// Waits until the log has a text for the given number of times.
    #[track_caller]
    fn says(&self, what: &str, times: usize) {
        let begun = Instant::now();
        let mut text = self.text.lock().unwrap();
        while text.matches(what).count() < times {
            let left = DEADLINE.checked_sub(begun.elapsed());
            let left = left
                .unwrap_or_else(|| panic!("the log does not say `{what}` {times} times:\n{text}"));
            text = self.has_grown.wait_timeout(text, left).unwrap().0;
        }
    }
}

/// A running server.
pub(crate) struct Server {
    child: Child,
    address: SocketAddr,
    summary: String,
    log: Arc<Log>,
}

impl Server {
    /// Serves a folder on a free port.
    #[track_caller]
    fn of(folder: &Path, arguments: &[&str]) -> Self {
        let folder = folder.to_str().expect("a plain path");
        Self::start(
            gazette(&["serve", "--listen", "127.0.0.1:0", "--content", folder]).args(arguments),
        )
    }

    #[track_caller]
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let log = Arc::new(Log::default());
        let (errors, growing) = (BufReader::new(child.stderr.take().unwrap()), Arc::clone(&log));
        std::thread::spawn(move || {
            for line in errors.lines().map_while(Result::ok) {
                growing.text.lock().unwrap().push_str(&(line + "\n"));
                growing.has_grown.notify_all();
            }
        });
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let mut line = || lines.next().unwrap_or_else(|| panic!("it ended early:\n{}", log.text()));
        let (summary, address) = (line(), line());
        let address = address
            .strip_prefix("http://")
            .and_then(|address| address.parse().ok())
            .expect("an address");
        Self { child, address, summary, log }
    }

    fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).expect("a living process");
    }

    fn connect(&self) -> Connection {
        let stream = TcpStream::connect(self.address).expect("a connection");
        stream.set_read_timeout(Some(DEADLINE)).unwrap();
        Connection { stream: BufReader::new(stream) }
    }

    #[track_caller]
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.connect().get(path)
    }

    fn readiness(&self) -> serde_json::Value {
        serde_json::from_slice(&self.get("/readyz").body).expect("JSON")
    }

    /// Waits for the end.
    #[track_caller]
    fn end(mut self) -> ExitStatus {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(begun.elapsed() < DEADLINE, "it does not end:\n{}", self.log.text());
            std::thread::yield_now();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Already ended, if all went well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Connection {
    stream: BufReader<TcpStream>,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Connection {
    fn send(&mut self, bytes: &str) {
        self.stream.get_mut().write_all(bytes.as_bytes()).expect("a peer that reads");
    }

    #[track_caller]
    fn get(&mut self, path: &str) -> Answer {
        self.get_in(path, "identity")
    }

    #[track_caller]
    fn get_in(&mut self, path: &str, coding: &str) -> Answer {
        self.send(&format!(
            "GET {path} HTTP/1.1\r\nhost: localhost\r\naccept-encoding: {coding}\r\n\r\n"
        ));
        self.read().expect("an answer")
    }

    /// Reads one whole response; none if the connection closes before it begins.
    #[track_caller]
    fn read(&mut self) -> Option<Answer> {
        let mut line = String::new();
        if self.stream.read_line(&mut line).unwrap_or_default() == 0 {
            return None;
        }
        let status =
            line.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status line");
        let mut headers = BTreeMap::new();
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line).expect("a header");
            let Some((name, value)) = line.trim_end().split_once(": ") else { break };
            headers.insert(name.to_owned(), value.to_owned());
        }
        let length =
            headers.get("content-length").map_or(0, |length| length.parse().expect("a length"));
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).expect("a whole body");
        Some(Answer { status, headers, body })
    }

    /// Waits for data or the end of the connection, and returns whether it has ended.
    fn is_closed(&mut self) -> bool {
        matches!(self.stream.read(&mut [0; 1]), Ok(0) | Err(_))
    }
}

fn city(folder: &Path) {
    Folder::city().bulletin("lake", "published: 2022-05-05", "The lake is clean.").write_to(folder);
}

#[test]
fn binary_serves_site_from_empty_folder() {
    let empty = TempDir::new().unwrap();
    let server = Server::start(gazette(&["--listen", "127.0.0.1:0"]).current_dir(empty.path()));
    let parts: Vec<&str> = server.summary.split(", ").collect();
    let words: Vec<&str> =
        parts.iter().map(|part| part.trim_start_matches(|c: char| !c.is_alphabetic())).collect();
    assert_eq!(words[..4], ["bulletins", "goals", "languages", "URLs"], "{}", server.summary);
    assert!(words[4].starts_with("compiled in ") && words[5].ends_with('B'), "{}", server.summary);
    assert_eq!(parts[1..3], ["21 goals", "2 languages"], "{}", server.summary);
    let home = server.get("/");
    assert_eq!(home.status, 200);
    assert!(text(&home.body).starts_with("<!doctype html>"));
    assert_eq!(server.get("/zh/bulletins/2022-development-goals/").status, 200);
    assert_eq!(server.get("/healthz").body, b"ok\n");
    let ready = server.readiness();
    assert_eq!((&ready["ready"], &ready["stale"]), (&true.into(), &false.into()));
    server.signal(Signal::TERM);
    assert_eq!(server.end().code(), Some(0));
}

#[test]
fn settings_are_read_from_environment() {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    let mut command = gazette(&[]);
    command.env("GAZETTE_CONTENT", folder.path()).env("GAZETTE_LISTEN", "127.0.0.1:0");
    command.env("GAZETTE_BASE_URL", "https://other.example").env("GAZETTE_WORKERS", "1");
    let server = Server::start(&mut command);
    let page = text(&server.get("/bulletins/lake/").body);
    assert!(
        page.contains("<link rel=\"canonical\" href=\"https://other.example/bulletins/lake/\">"),
        "{page}"
    );
    assert!(!page.contains("lakeside.example"), "{page}");
}

#[test]
fn start_failure_is_one_line() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    complains_in_one_line(
        &run(&["--listen", &address]),
        1,
        &format!("cannot listen on `{address}`"),
    );
    complains_in_one_line(&run(&["--listen", "nowhere"]), 1, "cannot listen on `nowhere`");
    let missing = ["--listen", "127.0.0.1:0", "--content", "/no/such/folder"];
    complains_in_one_line(&run(&missing), 1, "cannot read the content folder `/no/such/folder`");
    let file = repository().join("Cargo.toml");
    let no_folder = ["--listen", "127.0.0.1:0", "--content", file.to_str().unwrap()];
    complains_in_one_line(&run(&no_folder), 1, "Cargo.toml`: it is not a folder");
    complains(&run(&["--lisen", "127.0.0.1:0"]), 2, "'--lisen'");
    complains(&run(&["serv"]), 2, "'serv'");
    complains(&run(&["--workers", "0"]), 2, "'0'");
}

#[test]
fn start_with_bad_content_describes_and_exits() {
    let folder = TempDir::new().unwrap();
    Folder::city()
        .bulletin("lake", "published: soon\ncolour: blue", "# The lake")
        .write_to(folder.path());
    let path = folder.path().to_str().unwrap();
    for arguments in [
        vec!["--listen", "127.0.0.1:0", "--content", path],
        vec!["check", path],
        vec!["check", "--content", path],
    ] {
        let output = run(&arguments);
        complains(&output, 1, "error[front-matter/bad-date]");
        let errors = text(&output.stderr);
        for code in ["front-matter/unknown-key", "heading/first-level"] {
            assert!(errors.contains(&format!("error[{code}]")), "{errors}");
        }
        assert!(errors.contains(&format!("{path}/bulletins/lake.md:4:12")), "{errors}");
        assert!(errors.contains("\n3 errors\n"), "{errors}");
        assert!(!errors.contains('\u{1b}'), "colours where nobody sees them:\n{errors}");
        assert!(output.stdout.is_empty(), "{}", text(&output.stdout));
    }
}

#[test]
fn log_without_terminal_has_no_colours() {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    let server = Server::of(folder.path(), &[]);
    server.signal(Signal::HUP);
    server.log.says("serving a new edition", 1);
    assert!(!server.log.text().contains('\u{1b}'), "{}", server.log.text());
}
