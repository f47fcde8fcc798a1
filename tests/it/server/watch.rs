//! `--watch`: every way in which files change is noticed, and no bad state is served.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use rustix::process::Signal;
use tempfile::TempDir;

use super::{Server, city};
use crate::cli::text;
use crate::harness::Folder;

fn bulletin(body: &str) -> String {
    format!("---\ntitle: Wells\nsummary: Wells.\npublished: 2022-05-06\n---\n{body}\n")
}

fn body(server: &Server, path: &str) -> String {
    text(&server.get(path).body)
}

/// Waits until a reload, successful or not, makes a condition true.
#[track_caller]
pub(super) fn until(server: &Server, is_so: impl Fn() -> bool) {
    loop {
        let reloads = server.log.text().matches("millis").count();
        if is_so() {
            return;
        }
        server.log.says("millis", reloads + 1);
    }
}

#[track_caller]
fn until_shown(server: &Server, words: &str) {
    until(server, || body(server, "/bulletins/wells/").contains(words));
}

#[test]
fn watched_folder_shows_every_kind_of_save() {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    let server = Server::of(folder.path(), &["--watch"]);
    let bulletins = folder.path().join("bulletins");
    let wells = bulletins.join("wells.md");
    fs::write(&wells, bulletin("Written.")).unwrap();
    until_shown(&server, "Written.");
    // As vim, gedit and rsync do.
    let temporary = bulletins.join(".wells.md.swp");
    fs::write(&temporary, bulletin("Renamed.")).unwrap();
    fs::rename(&temporary, &wells).unwrap();
    until_shown(&server, "Renamed.");
    fs::rename(&wells, bulletins.join("wells.md~")).unwrap();
    fs::write(&wells, bulletin("With a backup.")).unwrap();
    until_shown(&server, "With a backup.");
    // Half of a file has an error; the last good edition stays.
    let whole = bulletin("Whole.");
    fs::write(&wells, &whole[..20]).unwrap();
    until(&server, || server.readiness()["stale"] == true);
    assert!(body(&server, "/bulletins/wells/").contains("With a backup."));
    let ready = server.readiness();
    assert!(ready["reason"].is_string() && ready["stale_since"].is_string(), "{ready}");
    fs::write(&wells, &whole).unwrap();
    until_shown(&server, "Whole.");
    assert_eq!(server.readiness()["stale"], false);
    fs::create_dir(bulletins.join("pumps")).unwrap();
    fs::write(bulletins.join("pumps/index.md"), bulletin("In a new folder.")).unwrap();
    until(&server, || body(&server, "/bulletins/pumps/").contains("In a new folder."));
    fs::write(bulletins.join("pumps/index.md"), bulletin("Changed there.")).unwrap();
    until(&server, || body(&server, "/bulletins/pumps/").contains("Changed there."));
    fs::remove_dir_all(bulletins.join("pumps")).unwrap();
    until(&server, || server.get("/bulletins/pumps/").status == 404);
    server.signal(Signal::TERM);
    assert_eq!(server.end().code(), Some(0));
}

#[test]
#[cfg(target_os = "linux")]
fn upload_is_not_read_before_its_end() {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    let server = Server::of(folder.path(), &["--watch"]);
    let path = folder.path().join("bulletins/wells.md");
    // The folder is watched when a save is shown.
    fs::write(&path, bulletin("Written.")).unwrap();
    until_shown(&server, "Written.");
    let whole = bulletin("The first half.\n\nThe second half.");
    let (first, second) = whole.split_at(whole.find("The second").unwrap());
    // The first half is a bulletin too. The server waits half a second for more of it.
    let mut upload = fs::File::create(&path).unwrap();
    upload.write_all(first.as_bytes()).unwrap();
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_millis(200) {
        let page = body(&server, "/bulletins/wells/");
        let is_late = begun.elapsed() > Duration::from_millis(400);
        assert!(is_late || !page.contains("The first half."), "after {:?}", begun.elapsed());
    }
    upload.write_all(second.as_bytes()).unwrap();
    drop(upload);
    until_shown(&server, "The second half.");
}

#[test]
fn folder_that_stays_away_is_stale_until_back() {
    let folder = TempDir::new().unwrap();
    let (content, away) = (folder.path().join("content"), folder.path().join("away"));
    city(&content);
    let server = Server::of(&content, &["--watch"]);
    fs::rename(&content, &away).unwrap();
    until(&server, || server.readiness()["stale"] == true);
    assert_eq!(server.get("/").status, 200);
    // It comes back as it was.
    fs::rename(&away, &content).unwrap();
    until(&server, || server.readiness()["stale"] == false);
    fs::write(content.join("bulletins/wells.md"), bulletin("Watched.")).unwrap();
    until_shown(&server, "Watched.");
}

#[test]
fn watched_link_is_followed_after_each_swap() {
    let root = TempDir::new().unwrap();
    let release = |name: &str, words: &str| {
        let folder = root.path().join(name);
        city(&folder.join("content"));
        fs::write(folder.join("content/bulletins/wells.md"), bulletin(words)).unwrap();
    };
    let swap = |name: &str| {
        let new = root.path().join("next");
        symlink(name, &new).unwrap();
        fs::rename(&new, root.path().join("current")).unwrap();
    };
    release("one", "First.");
    swap("one");
    let server = Server::of(&root.path().join("current/content"), &["--watch"]);
    for (round, (name, words)) in
        [("two", "Second."), ("three", "Third."), ("two", "Second.")].into_iter().enumerate()
    {
        release(name, words);
        swap(name);
        until_shown(&server, words);
        let edited = format!("Edited {round}.");
        let path = root.path().join(name).join("content/bulletins/wells.md");
        fs::write(path, bulletin(&edited)).unwrap();
        until_shown(&server, &edited);
    }
}

#[test]
fn watched_configmap_is_read_after_each_swap() {
    let root = TempDir::new().unwrap();
    // As Kubernetes mounts one: `..data` links to a folder with a time, and files link into it.
    let write = |name: &str, words: &str| {
        let folder = root.path().join(name);
        city(&folder);
        fs::write(folder.join("bulletins/wells.md"), bulletin(words)).unwrap();
        symlink(name, root.path().join("..data_tmp")).unwrap();
        fs::rename(root.path().join("..data_tmp"), root.path().join("..data")).unwrap();
    };
    write("..2026_11_01", "First.");
    for entry in fs::read_dir(root.path().join("..2026_11_01")).unwrap() {
        let name = entry.unwrap().file_name();
        symlink(Path::new("..data").join(&name), root.path().join(&name)).unwrap();
    }
    let server = Server::of(root.path(), &["--watch"]);
    assert!(body(&server, "/bulletins/wells/").contains("First."));
    write("..2026_11_02", "Second.");
    until_shown(&server, "Second.");
    fs::remove_dir_all(root.path().join("..2026_11_01")).unwrap();
    write("..2026_11_03", "Third.");
    until_shown(&server, "Third.");
}

#[test]
fn watched_worktree_follows_git_checkout() {
    let root = TempDir::new().unwrap();
    city(&root.path().join("content"));
    let wells = root.path().join("content/bulletins/wells.md");
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        let identity = ["-c", "user.name=a", "-c", "user.email=a@lake.example"];
        command.args(identity).args(arguments).current_dir(root.path());
        let output = command.output().expect("git runs");
        assert!(output.status.success(), "{}", text(&output.stderr));
    };
    git(&["init", "-q", "-b", "main"]);
    fs::write(&wells, bulletin("On main.")).unwrap();
    git(&["add", "."]);
    git(&["commit", "-qm", "one"]);
    git(&["checkout", "-qb", "other"]);
    fs::write(&wells, bulletin("On a branch.")).unwrap();
    for number in 0..40 {
        let other = root.path().join(format!("content/bulletins/other-{number}.md"));
        fs::write(other, bulletin("More.")).unwrap();
    }
    git(&["add", "."]);
    git(&["commit", "-qm", "two"]);
    git(&["checkout", "-q", "main"]);
    let server = Server::of(&root.path().join("content"), &["--watch"]);
    for (branch, words, status) in
        [("other", "On a branch.", 200), ("main", "On main.", 404), ("other", "On a branch.", 200)]
    {
        git(&["checkout", "-q", branch]);
        until_shown(&server, words);
        until(&server, || server.get("/bulletins/other-39/").status == status);
    }
}

#[test]
fn start_with_errors_serves_last_good_edition() {
    let folder = TempDir::new().unwrap();
    let content = folder.path().join("content");
    let cache = folder.path().join("cache");
    let arguments = ["--cache", cache.to_str().unwrap()];
    city(&content);
    let server = Server::of(&content, &arguments);
    let first = server.readiness()["edition"].clone();
    server.signal(Signal::TERM);
    assert_eq!(server.end().code(), Some(0));
    let broken = Folder::default().bulletin("lake", "published: soon", "Lake.");
    broken.write_to(&content);

    let server = Server::of(&content, &arguments);
    let ready = server.readiness();
    assert_eq!((&ready["edition"], &ready["stale"]), (&first, &true.into()), "{ready}");
    assert_eq!(ready["reason"], "front-matter/bad-date");
    assert_eq!(server.get("/bulletins/lake/").status, 200);
    city(&content);
    server.signal(Signal::HUP);
    server.log.says("serving a new edition", 1);
    assert_eq!(server.readiness()["stale"], false);
    server.signal(Signal::TERM);
    assert_eq!(server.end().code(), Some(0));

    broken.write_to(&content);
    let kept = cache.join("last-good-edition");
    let mut bytes = fs::read(&kept).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&kept, bytes).unwrap();
    let content = content.to_str().unwrap();
    let output = crate::cli::gazette(&["serve", "--listen", "127.0.0.1:0", "--content", content])
        .args(arguments)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("it is damaged"), "{}", text(&output.stderr));
}
