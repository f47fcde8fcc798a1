//! `gazette export` against a server of the same content.

use std::collections::BTreeMap;

use std::path::{Path, PathBuf};
use std::process::Output;

use tempfile::TempDir;

use super::{Server, city};
use crate::cli::{complains, complains_in_one_line, gazette, text};
use crate::harness::{Folder, Site};

/// Every file of a folder, by its path inside.
pub(super) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
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
pub(super) fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[track_caller]
fn export(content: Option<&Path>, to: &Path) -> Output {
    export_with(content, to, &[])
}

pub(super) fn export_with(content: Option<&Path>, to: &Path, arguments: &[&str]) -> Output {
    let mut command = gazette(&["export"]);
    command.arg(to);
    if let Some(content) = content {
        command.arg("--content").arg(content);
    }
    command.args(arguments).output().expect("the binary runs")
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
        let name = from.trim_start_matches('/');
        let folder = name.trim_end_matches('/');
        let page = text(&files.remove(&format!("{folder}/index.html")).expect("a page"));
        assert!(page.contains(&format!("content=\"0; url={to}\"")), "{page}");
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
fn export_has_pages_at_former_addresses() {
    let folder = TempDir::new().unwrap();
    let (content, target) = (folder.path().join("content"), folder.path().join("site"));
    let aliases = "published: 2022-05-05\naliases: [/old-lake/, /notice/1.htm, /art/2.html, \
        /a/b/c, /show.asp, /a.asp?id=1]";
    Folder::city().bulletin("lake", aliases, "").write_to(&content);
    let output = export(Some(&content), &target);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let files = files(&target);
    for name in [
        "old-lake/index.html",
        "notice/1.htm",
        "art/2.html",
        "a/b/c/index.html",
        "show.asp/index.html",
    ] {
        let page = text(files.get(name).unwrap_or_else(|| panic!("no {name}")));
        for part in [
            "<html lang=\"en\">",
            "content=\"0; url=/bulletins/lake/\"",
            "<link rel=\"canonical\" href=\"https://lakeside.example/bulletins/lake/\">",
            "content=\"noindex\"",
            "<a href=\"/bulletins/lake/\">",
        ] {
            assert!(page.contains(part), "{name} has no {part}:\n{page}");
        }
    }
    let said = text(&output.stdout);
    assert!(said.lines().nth(1).is_some_and(|line| line.ends_with(": /a.asp?id=1")), "{said}");
}

#[test]
fn export_rules_lead_to_files() {
    let folder = TempDir::new().unwrap();
    let (content, target) = (folder.path().join("content"), folder.path().join("site"));
    Folder::city()
        .bulletin("lake", "published: 2022-05-05\naliases: [/old-lake/, '/:id/lake/']", "")
        .bulletin("past", "published: 2022-05-05\nexpires: 2022-06-01\naliases: [/p]", "")
        .with("bulletins/past.zh.md", "---\ntitle: 过去\nsummary: 过去。\n---\n")
        .write_to(&content);
    assert_eq!(export(Some(&content), &target).status.code(), Some(0));
    let files = files(&target);
    let rules = text(&files["_redirects"]);
    assert!(rules.lines().count() > 4, "{rules}");
    assert!(rules.contains("/%3Aid/lake/ ") && !rules.contains(':'), "{rules}");
    for rule in rules.lines() {
        let to = rule.split(' ').nth(1).expect("a target").trim_start_matches('/');
        let name = if to.is_empty() || to.ends_with('/') {
            format!("{to}index.html")
        } else {
            to.to_owned()
        };
        assert!(files.contains_key(&name), "{rule}");
    }
}

#[test]
fn export_keeps_files_of_others() {
    let folder = TempDir::new().unwrap();
    let (content, target) = (folder.path().join("content"), folder.path().join("site"));
    city(&content);
    assert_eq!(export(Some(&content), &target).status.code(), Some(0));
    std::fs::create_dir_all(target.join(".git/refs")).unwrap();
    for name in [".git/HEAD", ".nojekyll", "CNAME", "bulletins/lake/note.txt"] {
        std::fs::write(target.join(name), name).unwrap();
    }
    std::fs::rename(content.join("bulletins/lake.md"), content.join("bulletins/pond.md")).unwrap();
    assert_eq!(export(Some(&content), &target).status.code(), Some(0));
    let after = files(&target);
    for name in [".git/HEAD", ".nojekyll", "CNAME", "bulletins/lake/note.txt"] {
        assert_eq!(after[name], name.as_bytes());
    }
    assert!(target.join(".git/refs").is_dir());
    assert!(!after.contains_key("bulletins/lake/index.html"));
    assert!(after.contains_key("bulletins/pond/index.html"));

    // A file of others where the site gets one.
    std::fs::create_dir_all(target.join("bulletins/dam")).unwrap();
    std::fs::write(target.join("bulletins/dam/index.html"), "mine").unwrap();
    let before = files(&target);
    std::fs::copy(content.join("bulletins/pond.md"), content.join("bulletins/dam.md")).unwrap();
    complains_in_one_line(&export(Some(&content), &target), 1, "move it away");
    assert_eq!(files(&target), before);
}

#[cfg(unix)]
#[test]
fn export_follows_no_links_inside_folder() {
    let folder = TempDir::new().unwrap();
    let (content, target) = (folder.path().join("content"), folder.path().join("site"));
    let outside = folder.path().join("outside");
    city(&content);
    assert_eq!(export(Some(&content), &target).status.code(), Some(0));
    std::fs::rename(target.join("bulletins"), &outside).unwrap();
    std::os::unix::fs::symlink(&outside, target.join("bulletins")).unwrap();
    let before = files(&outside);
    complains_in_one_line(&export(Some(&content), &target), 1, "move it away");
    assert_eq!(files(&outside), before);

    // A manifest that names files elsewhere.
    std::fs::remove_file(target.join("bulletins")).unwrap();
    let manifest = target.join(".gazette-export");
    let listed = std::fs::read_to_string(&manifest).unwrap();
    std::fs::write(&manifest, format!("{listed}../outside/lake/index.html\n")).unwrap();
    assert_eq!(export(Some(&content), &target).status.code(), Some(0));
    assert_eq!(files(&outside), before);
}

#[test]
fn export_takes_content_of_current_folder() {
    let folder = TempDir::new().unwrap();
    let content = folder.path().join("content");
    city(&content);
    let run_in = |arguments: &[&str]| {
        gazette(arguments).current_dir(folder.path()).output().expect("the binary runs")
    };
    let index = || std::fs::read_to_string(folder.path().join("public/index.html")).unwrap();
    for arguments in [
        &["export", "public"][..],
        &["export", "public", "content"],
        &["export", "public", "--content", "content"],
    ] {
        let output = run_in(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", text(&output.stderr));
        assert!(text(&output.stderr).starts_with("content: ./content\n"), "{arguments:?}");
        assert!(index().contains("Lakeside") && !index().contains("Harbin"), "{arguments:?}");
    }
    let output = run_in(&["export", "public", "--built-in"]);
    assert!(text(&output.stderr).starts_with("built-in content (Harbin)\n"));
    assert!(index().contains("Harbin"));

    for arguments in [&["export", "public", "."][..], &["check", "."], &["serve", "--content", "."]]
    {
        complains_in_one_line(&run_in(arguments), 2, "the content folder is `./content`");
    }
    std::fs::remove_file(content.join("site.toml")).unwrap();
    complains_in_one_line(&run_in(&["export", "public"]), 2, "has no `site.toml`");
    complains_in_one_line(&run_in(&["serve"]), 2, "has no `site.toml`");
    std::fs::remove_dir_all(&content).unwrap();
    complains_in_one_line(&run_in(&["check"]), 2, "there is nothing to check");
    complains_in_one_line(&run_in(&["kit"]), 2, "there is no folder `content` here");
    complains_in_one_line(&run_in(&["new", "bulletin", "Lake"]), 2, "there is no folder");
    let output = run_in(&["check", "--built-in", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stdout).starts_with('['), "{}", text(&output.stdout));
    assert!(!folder.path().join("content").exists());
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
