//! Faults below the running binary: folders that change, full disks, no more descriptors, a kill at
//! any moment, closed outputs, and entries in the content that are no files.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rustix::process::Signal;
use tempfile::TempDir;

use super::export::{export_with, files, names};
use super::listen::home_through;
use super::watch::until;
use super::{DEADLINE, Server, city};
use crate::check::gazette_without_rights;
use crate::cli::{complains_in_one_line, errors, gazette, run, text};
use crate::harness::Folder;

/// A command that runs the binary under limits of the shell. A write beyond a limit of file sizes
/// fails as on a full disk, because the signal for it is ignored.
pub(super) fn limited(limits: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("trap '' 25; {limits}; exec \"$0\" \"$@\"")]);
    command.arg(gazette(&[]).get_program()).stdin(Stdio::null());
    command
}

#[test]
fn folder_replaced_by_link_is_followed_or_kept() {
    let folder = TempDir::new().unwrap();
    let (content, other) = (folder.path().join("content"), folder.path().join("other"));
    city(&content);
    Folder::city().bulletin("pond", "published: 2022-05-05", "A pond.").write_to(&other);
    let server = Server::of(&content, &[]);
    fs::rename(&content, folder.path().join("old")).unwrap();
    symlink(&other, &content).unwrap();
    server.signal(Signal::HUP);
    server.log.says("serving a new edition", 1);
    assert_eq!(server.get("/bulletins/pond/").status, 200);
    for (round, target) in [(1, "nowhere"), (2, "other/site.toml")] {
        fs::remove_file(&content).unwrap();
        symlink(folder.path().join(target), &content).unwrap();
        server.signal(Signal::HUP);
        server.log.says("still serving the last good edition", round);
        assert_eq!(server.get("/bulletins/pond/").status, 200);
        assert_eq!(server.readiness()["stale"], true);
    }
    assert_eq!(server.log.text().matches("cannot read the content folder").count(), 2);
    fs::remove_file(&content).unwrap();
    symlink(folder.path().join("old"), &content).unwrap();
    server.signal(Signal::HUP);
    server.log.says("serving a new edition", 2);
    assert_eq!(server.get("/bulletins/lake/").status, 200);
    assert_eq!(server.get("/bulletins/pond/").status, 404);
}

#[test]
fn unreadable_folder_keeps_edition_until_readable() {
    let folder = TempDir::new().unwrap();
    let content = folder.path().join("content");
    city(&content);
    let locked = folder.path().join("locked");
    fs::write(&locked, "").unwrap();
    let mut command = gazette_without_rights(folder.path(), &locked);
    command.args(["--listen", "127.0.0.1:0", "--content"]).arg(&content);
    let server = Server::start(&mut command);
    let bulletins = content.join("bulletins");
    for (round, place) in [(1, &bulletins), (2, &content)] {
        fs::set_permissions(place, fs::Permissions::from_mode(0o000)).unwrap();
        server.signal(Signal::HUP);
        server.log.says("still serving the last good edition", round);
        assert!(server.log.text().contains("Permission denied"), "{}", server.log.text());
        assert_eq!(server.get("/bulletins/lake/").status, 200);
        assert_eq!(server.readiness()["stale"], true);
        fs::set_permissions(place, fs::Permissions::from_mode(0o755)).unwrap();
        server.signal(Signal::HUP);
        server.log.says("serving a new edition", round);
        assert_eq!(server.readiness()["stale"], false);
    }
}

#[test]
fn reloads_at_once_end_with_last_content() {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    let server = Server::of(folder.path(), &[]);
    for round in 0..5 {
        let word = format!("Round{round}");
        for _ in 0..4 {
            server.signal(Signal::HUP);
        }
        Folder::default().bulletin("lake", "published: 2022-05-05", &word).write_to(folder.path());
        server.signal(Signal::HUP);
        server.signal(Signal::HUP);
        until(&server, || text(&server.get("/bulletins/lake/").body).contains(&word));
    }
    assert!(!server.log.text().contains("panic"), "{}", server.log.text());
}

#[test]
fn export_on_full_disk_changes_nothing() {
    let folder = TempDir::new().unwrap();
    let (content, target) = (folder.path().join("content"), folder.path().join("site"));
    city(&content);
    assert_eq!(export_with(Some(&content), &target, &[]).status.code(), Some(0));
    let before = files(&target);
    let long = "A paragraph of the minutes. ".repeat(3_000);
    Folder::default().bulletin("minutes", "published: 2022-05-06", &long).write_to(&content);
    // In blocks of 512 bytes.
    let output = limited("ulimit -f 100")
        .arg("export")
        .arg(&target)
        .arg("--content")
        .arg(&content)
        .output()
        .unwrap();
    complains_in_one_line(&output, 1, "File too large");
    assert!(errors(&output).contains("nothing was changed"), "{}", errors(&output));
    assert_eq!(files(&target), before);
    assert_eq!(names(folder.path()), ["content", "site"]);
}

/// A moment in an export: so many files are in the staging folder, or so many of the site are new.
#[derive(Debug, Clone, Copy)]
enum Moment {
    Staged(usize),
    Replaced(usize),
}

impl Moment {
    fn has_come(self, folder: &Path, target: &Path, new: &BTreeMap<String, Vec<u8>>) -> bool {
        match self {
            Self::Staged(count) => names(folder).iter().any(|name| {
                name.starts_with(".site.gazette-new-")
                    && fs::read_dir(folder.join(name).join("bulletins"))
                        .is_ok_and(|entries| entries.count() >= count)
            }),
            Self::Replaced(count) => {
                let is_new = |(name, bytes): &(&String, &Vec<u8>)| {
                    fs::read(target.join(name)).is_ok_and(|it| it == **bytes)
                };
                new.iter().filter(|(name, _)| name.starts_with("bulletins/")).filter(is_new).count()
                    >= count
            }
        }
    }
}

#[test]
fn killed_export_leaves_whole_files_only() {
    let folder = TempDir::new().unwrap();
    let target = folder.path().join("site");
    let contents = ["Lilac", "Ice"].map(|word| {
        let mut city = Folder::city();
        for number in 0..30 {
            city = city.bulletin(&format!("b{number}"), "published: 2022-05-05", word);
        }
        let content = folder.path().join(word);
        city.write_to(&content);
        content
    });
    let editions = [0, 1].map(|index| {
        let place = TempDir::new().unwrap();
        let site = place.path().join("site");
        assert_eq!(export_with(Some(&contents[index]), &site, &[]).status.code(), Some(0));
        files(&site)
    });
    assert_eq!(export_with(Some(&contents[1]), &target, &[]).status.code(), Some(0));
    let moments = [
        Moment::Staged(0),
        Moment::Staged(5),
        Moment::Staged(25),
        Moment::Replaced(1),
        Moment::Replaced(40),
        Moment::Replaced(90),
    ];
    let mut kills = 0;
    for (round, moment) in moments.into_iter().enumerate() {
        let (content, new) = (&contents[round % 2], &editions[round % 2]);
        let mut command = gazette(&["export"]);
        command.arg(&target).arg("--content").arg(content);
        let mut child =
            command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
        while child.try_wait().unwrap().is_none() {
            if moment.has_come(folder.path(), &target, new) {
                child.kill().unwrap();
            }
        }
        kills += usize::from(child.wait().unwrap().code().is_none());
        for (name, bytes) in files(&target).iter().filter(|(name, _)| !name.starts_with('.')) {
            let is_whole = editions.iter().any(|edition| edition.get(name) == Some(bytes));
            assert!(is_whole, "{name} is of no edition after {moment:?}");
        }
    }
    assert!(kills >= 3, "{kills} exports were killed");
    assert_eq!(export_with(Some(&contents[0]), &target, &[]).status.code(), Some(0));
    assert!(files(&target) == editions[0], "the next export is not whole");
    assert_eq!(names(folder.path()), ["Ice", "Lilac", "site"], "something was left behind");
}

#[test]
fn accept_recovers_when_descriptors_are_free_again() {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    let mut command = limited("ulimit -n 40");
    command.args(["serve", "--listen", "127.0.0.1:0", "--workers", "1", "--content"]);
    let server = Server::start(command.arg(folder.path()));
    let mut first = server.connect();
    assert_eq!(first.get("/").status, 200);
    let many: Vec<TcpStream> =
        (0..60).map(|_| TcpStream::connect(server.address).expect("a connection")).collect();
    server.log.says("Too many open files", 1);
    // Open connections are still served.
    assert_eq!(first.get("/bulletins/lake/").status, 200);
    drop(many);
    assert_eq!(server.get("/bulletins/lake/").status, 200);
}

#[test]
fn sigterm_under_load_cuts_no_response() {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    let server = Server::of(folder.path(), &[]);
    let expected = server.get("/bulletins/lake/").body;
    let (answered, is_over) = (AtomicUsize::new(0), AtomicBool::new(false));
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while !is_over.load(Ordering::Relaxed) {
                    // Refused or reset: the server has ended.
                    let Ok(mut stream) = TcpStream::connect(server.address) else { return };
                    let request =
                        b"GET /bulletins/lake/ HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\
                        accept-encoding: identity\r\n\r\n";
                    let mut bytes = Vec::new();
                    if stream.write_all(request).is_err() || stream.read_to_end(&mut bytes).is_err()
                    {
                        continue;
                    }
                    assert!(bytes.is_empty() || bytes.ends_with(&expected), "a response is cut");
                    answered.fetch_add(usize::from(!bytes.is_empty()), Ordering::Relaxed);
                }
            });
        }
        while answered.load(Ordering::Relaxed) < 200 {
            assert!(begun.elapsed() < DEADLINE, "no load");
            std::thread::yield_now();
        }
        server.signal(Signal::TERM);
        server.log.says("finishing the requests in progress", 1);
        is_over.store(true, Ordering::Relaxed);
    });
    assert_eq!(server.end().code(), Some(0));
}

#[test]
fn closed_outputs_panic_no_command() {
    let folder = TempDir::new().unwrap();
    let content = folder.path().join("content");
    city(&content);
    let broken = folder.path().join("broken");
    Folder::city().bulletin("lake", "published: soon", "").write_to(&broken);
    let closed = || {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        writer
    };
    let place = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    for arguments in [
        vec!["--help"],
        vec!["--version"],
        vec!["check", "content"],
        vec!["check", "broken"],
        vec!["check", "broken", "--format", "json"],
        vec!["check", "broken", "--format", "sarif"],
        vec!["check", "broken", "--format", "github"],
        vec!["check", "broken", "--format", "short"],
        vec!["check", "content", "--audit"],
        vec!["check", "content", "--publishing"],
        vec!["explain"],
        vec!["explain", "front-matter/bad-date"],
        vec!["explain", "bad-date"],
        vec!["explain", "--all"],
        vec!["export", "site", "content"],
        vec!["init", "new", "--name", "Lakeside"],
        vec!["new", "bulletin", "A pond"],
        vec!["new", "goal", "A pond"],
        vec!["new", "category", "Ponds"],
        vec!["new", "section", "Ponds"],
        vec!["new", "language", "fr"],
        vec!["new", "translation", "content/bulletins/lake.md"],
        vec!["amend", "content/bulletins/lake.md"],
        vec!["translated", "content/bulletins/lake.zh.md"],
        vec!["number"],
        vec!["kit"],
        vec!["kit", "--check"],
        vec!["serve", "--content", "content", "--listen", "nowhere"],
        vec!["help", "serve"],
        vec!["serve", "--content", "broken"],
        vec!["serve", "--no-such-flag"],
    ] {
        let mut command = gazette(&arguments);
        let status = command.current_dir(folder.path()).stdout(closed()).stderr(closed()).status();
        let code = status.expect("it runs").code();
        assert!(code.is_some_and(|code| code <= 2), "{arguments:?} ends with {code:?}");
    }
    let socket = place("gazette.sock");
    let mut child = gazette(&["serve", "--content", "content", "--listen"])
        .arg(format!("unix:{socket}"))
        .current_dir(folder.path())
        .stdout(closed())
        .stderr(closed())
        .spawn()
        .expect("it starts");
    let begun = Instant::now();
    while UnixStream::connect(&socket).is_err() {
        assert!(begun.elapsed() < DEADLINE && child.try_wait().unwrap().is_none());
        std::thread::yield_now();
    }
    assert_eq!(home_through(Path::new(&socket)), "HTTP/1.1 200 OK");
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn entries_that_are_no_files_are_refused_in_time() {
    let folder = TempDir::new().unwrap();
    let content = folder.path();
    city(content);
    let pipes = ["about.md", "bulletins/pipe.md", "bulletins/lake/plan.pdf", "logo.png"];
    fs::create_dir_all(content.join("bulletins/lake")).unwrap();
    for path in pipes {
        let made = Command::new("mkfifo").arg(content.join(path)).status().expect("mkfifo runs");
        assert!(made.success());
    }
    for (path, device) in [("zero.md", "zero"), ("random.pdf", "urandom"), ("null.md", "null")] {
        symlink(Path::new("/dev").join(device), content.join("bulletins").join(path)).unwrap();
    }
    let socket = content.join("bulletins/socket.md");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).expect("a socket");
    // As large as the name says, but without blocks on the disk.
    for path in ["bulletins/large.md", "bulletins/large.pdf", "large.csv"] {
        fs::File::create(content.join(path)).unwrap().set_len(100 << 20).unwrap();
    }
    let nested = format!(
        "---\ntitle: N\nsummary: N.\npublished: 2022-05-05\ntopics: {}{}\n---\n",
        "[".repeat(10_000),
        "]".repeat(10_000)
    );
    fs::write(content.join("bulletins/nested.md"), nested).unwrap();
    let deep = content.join("bulletins").join("d/".repeat(300));
    fs::create_dir_all(&deep).unwrap();
    fs::write(deep.join("x.md"), "x").unwrap();
    // Links to links would lead to each file on 12 ways, to the eighth power.
    for number in 0..12 {
        symlink(".", content.join(format!("bulletins/lake/loop{number}"))).unwrap();
        symlink("../lake", content.join(format!("bulletins/d/link{number}"))).unwrap();
    }
    // Many links, each to the same folder with folders in it.
    for number in 0..100 {
        fs::create_dir_all(content.join(format!("goals/many/{number:02}"))).unwrap();
        let file = content.join(format!("goals/many/{number:02}/large.pdf"));
        fs::File::create(file).unwrap().set_len(8 << 20).unwrap();
        symlink("goals/many", content.join(format!("many{number:02}"))).unwrap();
    }
    let begun = Instant::now();
    let output = run(&["check", content.to_str().unwrap(), "--format", "short"]);
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let found = text(&output.stdout) + &text(&output.stderr);
    let mut expected: Vec<(&str, &str)> =
        pipes.into_iter().map(|path| (path, "file/bad-name")).collect();
    expected.extend([
        ("bulletins/socket.md", "file/bad-name"),
        ("bulletins/zero.md", "file/symlink-escape"),
        ("bulletins/random.pdf", "file/symlink-escape"),
        ("bulletins/null.md", "file/symlink-escape"),
        ("bulletins/large.md", "file/too-large"),
        ("bulletins/large.pdf", "file/too-large"),
        ("large.csv", "file/too-large"),
        ("bulletins/nested.md", "front-matter/syntax"),
        ("bulletins/d/d/d/d/d/d/d/d", "file/unread-folder"),
        ("bulletins/lake/loop11", "file/unread-folder"),
        ("bulletins/d/link11/loop11", "file/unread-folder"),
        ("many08", "file/unread-folder"),
        ("many99", "file/unread-folder"),
    ]);
    for (path, code) in expected {
        let is_named =
            found.lines().any(|line| line.contains(&format!("/{path}:")) && line.contains(code));
        assert!(is_named, "{path} has no {code}:\n{found}");
    }
    assert!(!found.contains("/many07:"), "a folder is read through eight links:\n{found}");
}

#[test]
fn links_repeat_large_files_only_so_often() {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    let large = folder.path().join("large.pdf");
    fs::File::create(&large).unwrap().set_len(8 << 20).unwrap();
    // The first link adds nothing, and eight more fill 64 MiB.
    for number in 0..40 {
        symlink("large.pdf", folder.path().join(format!("link{number:02}.pdf"))).unwrap();
    }
    let output = run(&["check", folder.path().to_str().unwrap(), "--format", "short"]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let found = text(&output.stdout) + &text(&output.stderr);
    let refused: Vec<&str> = found.lines().filter(|line| line.contains("too-large")).collect();
    assert_eq!(refused.len(), 40 - 9, "{found}");
    assert!(refused[0].contains("/link09.pdf:"), "{}", refused[0]);
}
