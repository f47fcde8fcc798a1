//! The binary as a process: listening, signals, exit codes, exported files.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::cli::{complains, complains_in_one_line, gazette, run, text};
use crate::harness::{Folder, Site, repository};

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
struct Server {
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
    fn start(command: &mut Command) -> Self {
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
    fn get(&self, path: &str) -> Answer {
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
struct Answer {
    status: u16,
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
        self.send(&format!("GET {path} HTTP/1.1\r\nhost: x\r\naccept-encoding: {coding}\r\n\r\n"));
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
fn head_on_the_wire_is_get_without_body() {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    let server = Server::of(folder.path(), &[]);
    let mut connection = server.connect();
    for path in ["/", "/bulletins/lake/", "/feed.xml", "/sitemap.xml", "/nothing/", "/bulletins"] {
        let get = connection.get(path);
        connection.send(&format!(
            "HEAD {path} HTTP/1.1\r\nhost: x\r\naccept-encoding: identity\r\nconnection: close\r\n\
             \r\n"
        ));
        let mut head = String::new();
        connection.stream.read_to_string(&mut head).unwrap();
        let (head, body) = head.split_once("\r\n\r\n").expect("a head");
        assert_eq!(body, "", "{path}");
        let length = format!("content-length: {}", get.body.len());
        assert!(head.lines().any(|line| line == length), "{path}: {length} in {head}");
        connection = server.connect();
    }
}

#[test]
fn sigterm_finishes_connections_and_exits_with_0() {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    let server = Server::of(folder.path(), &["--drain", "600"]);
    let mut connection = server.connect();
    assert_eq!(connection.get("/").status, 200);
    server.signal(Signal::TERM);
    server.log.says("not ready any more", 1);
    // The readiness check fails, but requests on old and new connections are still answered.
    let ready = connection.get("/readyz");
    assert_eq!(ready.status, 503);
    assert!(text(&ready.body).contains("\"ready\":false"));
    assert_eq!(connection.get("/bulletins/lake/").status, 200);
    assert_eq!(server.get("/healthz").status, 200);
    // A second signal ends the waiting.
    server.signal(Signal::TERM);
    assert!(connection.is_closed());
    assert_eq!(server.end().code(), Some(0));
}

#[test]
fn sigterm_finishes_responses_under_way() {
    let folder = TempDir::new().unwrap();
    let long = "A paragraph of the minutes of the council. ".repeat(20_000);
    Folder::city().bulletin("minutes", "published: 2022-05-05", &long).write_to(folder.path());
    let server = Server::of(folder.path(), &["--workers", "1"]);
    let mut connection = server.connect();
    // More than the socket buffers hold, so that the server is still writing when the signal comes.
    let asked = 30;
    connection.send(&"GET /bulletins/minutes/ HTTP/1.1\r\nhost: x\r\n\r\n".repeat(asked));
    let first = connection.read().expect("an answer");
    server.signal(Signal::TERM);
    server.log.says("finishing the requests in progress", 1);
    let mut whole = 1;
    while let Some(answer) = connection.read() {
        assert_eq!(answer.body, first.body);
        whole += 1;
    }
    assert!(whole > 1, "no answer was finished after the signal");
    assert_eq!(server.end().code(), Some(0));
}

#[test]
fn sigint_exits_with_0_and_twice_at_once() {
    let folder = TempDir::new().unwrap();
    let long = "A paragraph of the minutes of the council. ".repeat(20_000);
    Folder::city().bulletin("minutes", "published: 2022-05-05", &long).write_to(folder.path());
    let server = Server::of(folder.path(), &["--workers", "1"]);
    server.signal(Signal::INT);
    assert_eq!(server.end().code(), Some(0));

    let server = Server::of(folder.path(), &["--workers", "1"]);
    let mut stuck = server.connect();
    stuck.send(&"GET /bulletins/minutes/ HTTP/1.1\r\nhost: x\r\n\r\n".repeat(30));
    stuck.read().expect("an answer");
    let begun = Instant::now();
    server.signal(Signal::TERM);
    server.log.says("finishing the requests in progress", 1);
    server.signal(Signal::INT);
    assert_eq!(server.end().code(), Some(0));
    // Requests under way would have had ten seconds.
    assert!(begun.elapsed() < Duration::from_secs(9), "{:?}", begun.elapsed());
}

#[test]
fn reload_with_error_keeps_edition_and_names_problems() {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    let server = Server::of(folder.path(), &[]);
    let first = server.readiness()["edition"].clone();

    Folder::default().bulletin("wells", "published: 2022-05-06", "Wells.").write_to(folder.path());
    assert_eq!(server.get("/bulletins/wells/").status, 404);
    server.signal(Signal::HUP);
    server.log.says("serving a new edition", 1);
    assert_eq!(server.get("/bulletins/wells/").status, 200);
    let second = server.readiness()["edition"].clone();
    assert_ne!(first, second);

    let broken =
        Folder::default().bulletin("wells", "published: soon\ncolour: blue", "[it](pumps.md)");
    broken.bulletin("pipes", "published: 2022-05-07", "Pipes.").write_to(folder.path());
    server.signal(Signal::HUP);
    server.log.says("the last good edition stays", 1);
    let log = server.log.text();
    for place in ["4:12: error[front-matter/bad-date]", "5:1: error[front-matter/unknown-key]"] {
        assert!(log.contains(&format!("/bulletins/wells.md:{place}")), "{place} is not in:\n{log}");
    }
    let ready = server.get("/readyz");
    assert_eq!(ready.status, 200);
    let ready: serde_json::Value = serde_json::from_slice(&ready.body).unwrap();
    assert_eq!(
        (&ready["ready"], &ready["stale"], &ready["edition"]),
        (&true.into(), &true.into(), &second)
    );
    assert!(ready["errors"].as_u64() >= Some(2) && ready["failed_at"].is_string(), "{ready}");
    assert!(text(&server.get("/bulletins/wells/").body).contains("Wells."));
    assert_eq!(server.get("/bulletins/pipes/").status, 404);

    Folder::default()
        .bulletin("wells", "published: 2022-05-06", "More wells.")
        .write_to(folder.path());
    server.signal(Signal::HUP);
    server.log.says("serving a new edition", 2);
    assert_eq!(server.readiness()["stale"], false);
    assert!(text(&server.get("/bulletins/wells/").body).contains("More wells."));
    assert_eq!(server.get("/bulletins/pipes/").status, 200);
    server.signal(Signal::TERM);
    assert_eq!(server.end().code(), Some(0));
}

#[test]
fn search_index_follows_every_reload() {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    let server = Server::of(folder.path(), &[]);
    server.log.says("the search index is ready", 1);
    let page = |query: &str| text(&server.get(&format!("/search/?q={query}")).body).clone();
    assert!(page("lake").contains("/bulletins/lake/") && page("wells").contains("No results for"));
    Folder::default().bulletin("wells", "published: 2022-05-06", "Wells.").write_to(folder.path());
    server.signal(Signal::HUP);
    server.log.says("the search index is ready", 2);
    assert!(
        page("wells").contains("/bulletins/wells/") && page("lake").contains("/bulletins/lake/")
    );
    std::fs::remove_file(folder.path().join("bulletins/wells.md")).unwrap();
    server.signal(Signal::HUP);
    server.log.says("the search index is ready", 3);
    assert!(page("wells").contains("No results for"));
}

#[test]
fn reload_of_missing_folder_keeps_edition() {
    let folder = TempDir::new().unwrap();
    let content = folder.path().join("content");
    city(&content);
    let server = Server::of(&content, &[]);
    std::fs::rename(&content, folder.path().join("elsewhere")).unwrap();
    server.signal(Signal::HUP);
    server.log.says("the last good edition stays", 1);
    assert!(server.log.text().contains("cannot read the content folder"), "{}", server.log.text());
    assert_eq!(server.get("/bulletins/lake/").status, 200);
    assert_eq!(server.readiness()["stale"], true);
    std::fs::rename(folder.path().join("elsewhere"), &content).unwrap();
    server.signal(Signal::HUP);
    server.log.says("serving a new edition", 1);
    assert_eq!(server.readiness()["stale"], false);
}

#[test]
fn responses_during_reload_are_of_one_edition() {
    let folder = TempDir::new().unwrap();
    let edition = |word: &str| Folder::city().bulletin("lake", "published: 2022-05-05", word);
    edition("Lilac").write_to(folder.path());
    let server = Server::of(folder.path(), &[]);
    let is_over = AtomicBool::new(false);
    let (mut tags, mut bodies) = (BTreeSet::new(), BTreeSet::new());
    std::thread::scope(|scope| {
        let seen = scope.spawn(|| {
            let mut seen = Vec::new();
            let mut connection = server.connect();
            while !is_over.load(Ordering::Relaxed) {
                let answer = connection.get("/bulletins/lake/");
                assert_eq!(answer.status, 200);
                seen.push((answer.headers["etag"].clone(), answer.body));
            }
            seen
        });
        for round in 1..=6 {
            edition(if round % 2 == 0 { "Lilac" } else { "Ice" }).write_to(folder.path());
            server.signal(Signal::HUP);
            server.log.says("serving a new edition", round);
        }
        is_over.store(true, Ordering::Relaxed);
        for (tag, body) in seen.join().unwrap() {
            tags.insert((tag.clone(), body.clone()));
            bodies.insert(body);
        }
    });
    // An ETag never has two bodies, and each body is one of the two that were written.
    assert_eq!(tags.len(), bodies.len());
    assert!(bodies.len() <= 2, "{} different pages", bodies.len());
    for body in bodies.into_iter().map(|body| text(&body)) {
        assert!(body.contains("<p>Lilac</p>") != body.contains("<p>Ice</p>"), "{body}");
    }
}

#[test]
fn scheduled_bulletin_becomes_public_without_reload() {
    // A slow machine may start after the bulletin's publication; then the test tries a later one.
    for seconds in [2, 10, 40] {
        let folder = TempDir::new().unwrap();
        let due = Timestamp::now() + SignedDuration::from_secs(seconds);
        city(folder.path());
        Folder::default()
            .bulletin("dawn", &format!("published: {due}"), "It dawns.")
            .write_to(folder.path());
        let server = Server::of(folder.path(), &[]);
        let started: Timestamp = server.readiness()["instant"].as_str().unwrap().parse().unwrap();
        let before = (server.get("/bulletins/dawn/").status, text(&server.get("/feed.xml").body));
        if started >= due || Timestamp::now() >= due {
            continue;
        }
        assert_eq!(before.0, 404);
        assert!(!before.1.contains("dawn"), "{}", before.1);
        // Changes in the folder wait for a reload.
        Folder::default()
            .bulletin("noon", "published: 2022-05-05", "Noon.")
            .write_to(folder.path());
        server.log.says("serving a new edition", 1);
        assert!(Timestamp::now() >= due);
        assert_eq!(server.get("/bulletins/dawn/").status, 200);
        assert!(text(&server.get("/feed.xml").body).contains("About dawn"));
        assert_eq!(server.get("/bulletins/noon/").status, 404);
        return;
    }
    panic!("the server never started in time");
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
    complains(
        &run(&["--base-url", "bulletin.example"]),
        2,
        "does not start with `https://` or `http://`",
    );
    complains(&run(&["check", "--base-url", "https://bulletin.example/gov/"]), 2, "has a path");
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

/// Every file of a folder, by its path inside.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn add(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.unwrap().path();
            if path.is_dir() {
                add(root, &path, files);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                files.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    add(folder, folder, &mut found);
    found
}

/// The names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[track_caller]
fn export(content: Option<&Path>, to: &Path) -> Output {
    let mut command = gazette(&["export"]);
    command.arg(to);
    if let Some(content) = content {
        command.arg("--content").arg(content);
    }
    command.output().expect("the binary runs")
}

#[test]
fn export_equals_server_responses() {
    let folder = TempDir::new().unwrap();
    let target = folder.path().join("deep/er/site");
    std::fs::create_dir_all(target.parent().unwrap()).unwrap();
    let output = export(None, &target);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let mut files = files(&target);
    let paths = Site::real().paths();
    let server = Server::start(&mut gazette(&["--listen", "127.0.0.1:0"]));
    let mut connection = server.connect();
    for path in paths {
        let name = path.trim_start_matches('/');
        let name = if path.ends_with('/') { format!("{name}index.html") } else { name.to_owned() };
        let plain = connection.get(&path);
        assert_eq!(plain.status, 200, "{path}");
        assert!(files.remove(&name).expect("a file") == plain.body, "{path} differs");
        for (coding, extension) in [("br", "br"), ("gzip", "gz"), ("zstd", "zst")] {
            let packed = connection.get_in(&path, coding);
            let twin = files.remove(&format!("{name}.{extension}"));
            let is_packed = packed.headers.contains_key("content-encoding");
            assert_eq!(twin.is_some(), is_packed, "{path} in {coding}");
            assert!(twin.is_none_or(|twin| twin == packed.body), "{path} in {coding} differs");
        }
    }
    // Addresses without a word: for those with one, the server would search.
    for (name, path) in [("404.html", "/~/"), ("zh/404.html", "/zh/~/")] {
        assert!(files.remove(name).expect("a file") == connection.get(path).body, "{name}");
    }
    let redirects = text(&files.remove("_redirects").expect("a file"));
    for line in redirects.lines() {
        let [from, to, status] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let answer = connection.get(from);
        assert_eq!(
            (answer.status.to_string().as_str(), answer.headers["location"].as_str()),
            (status, to)
        );
    }
    files.retain(|name, _| {
        name != ".gazette-export"
            && !name.starts_with("404.html.")
            && !name.starts_with("zh/404.html.")
    });
    assert_eq!(
        files.keys().collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "files that the server does not answer"
    );
}

#[test]
fn export_reports_gone_and_moved_pages() {
    let folder = TempDir::new().unwrap();
    let (content, target) = (folder.path().join("content"), folder.path().join("site"));
    Folder::city()
        .bulletin("lake", "published: 2022-05-05\naliases: [/old-lake/]", "")
        .bulletin("past", "published: 2022-05-05\nexpires: 2022-06-01", "")
        .write_to(&content);
    assert_eq!(export(Some(&content), &target).status.code(), Some(0));
    let files = files(&target);
    let redirects = text(&files["_redirects"]);
    assert!(redirects.lines().any(|line| line == "/old-lake/ /bulletins/lake/ 308"), "{redirects}");
    assert!(
        redirects.lines().any(|line| line == "/bulletins/past/ /bulletins/past/index.html 410"),
        "{redirects}"
    );
    assert!(files.contains_key("bulletins/past/index.html"));
}

#[test]
fn export_replaces_only_its_own_folder() {
    let folder = TempDir::new().unwrap();
    let (content, target) = (folder.path().join("content"), folder.path().join("site"));
    city(&content);
    // An empty folder may be filled.
    std::fs::create_dir(&target).unwrap();
    assert_eq!(export(Some(&content), &target).status.code(), Some(0));
    let first = files(&target);
    assert!(first.contains_key("bulletins/lake/index.html") && first.contains_key("index.html.br"));

    std::fs::rename(content.join("bulletins/lake.md"), content.join("bulletins/pond.md")).unwrap();
    let output = export(Some(&content), &target);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let second = files(&target);
    assert!(
        second.contains_key("bulletins/pond/index.html")
            && !second.contains_key("bulletins/lake/index.html")
    );
    let said = text(&output.stdout);
    assert!(said.starts_with(&format!("{} files written to ", second.len() - 1)), "{said}");
    assert_eq!(names(folder.path()), ["content", "site"]);

    let foreign = folder.path().join("photos");
    std::fs::create_dir(&foreign).unwrap();
    std::fs::write(foreign.join("lake.jpg"), "a photo").unwrap();
    complains_in_one_line(
        &export(Some(&content), &foreign),
        1,
        "was not written by `gazette export`",
    );
    assert_eq!(files(&foreign), BTreeMap::from([("lake.jpg".to_owned(), b"a photo".to_vec())]));
    assert_eq!(names(folder.path()), ["content", "photos", "site"]);
}

#[test]
fn export_failure_changes_nothing() {
    let folder = TempDir::new().unwrap();
    let (content, target) = (folder.path().join("content"), folder.path().join("site"));
    city(&content);
    assert_eq!(export(Some(&content), &target).status.code(), Some(0));
    let before = files(folder.path());

    // A file in the place of the folder, or of its parent.
    let in_the_way: [PathBuf; 2] = [target.join("index.html"), target.join("index.html/site")];
    for path in in_the_way {
        complains_in_one_line(&export(Some(&content), &path), 1, "cannot write `");
        assert_eq!(files(folder.path()), before, "{}", path.display());
    }

    Folder::default().bulletin("pond", "published: soon", "").write_to(&content);
    let output = export(Some(&content), &target);
    complains(&output, 1, "error[front-matter/bad-date]");
    assert_eq!(names(folder.path()), ["content", "site"]);
    std::fs::remove_file(content.join("bulletins/pond.md")).unwrap();
    assert_eq!(files(folder.path()), before);
    complains_in_one_line(
        &export(Some(&folder.path().join("nothing")), &target),
        1,
        "cannot read the content folder",
    );
    assert_eq!(files(folder.path()), before);
}
