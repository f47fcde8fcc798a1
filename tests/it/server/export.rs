//! `gazette export` against a server of the same content.

use std::collections::BTreeMap;

use std::path::{Path, PathBuf};
use std::process::Output;

use tempfile::TempDir;

use super::{Server, city};
use crate::cli::{complains, complains_in_one_line, gazette, text};
use crate::harness::{Folder, Site};

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
