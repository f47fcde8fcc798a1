//! `gazette check --links` as a process, with the fake server as a proxy, since the hosts have
//! names.

use std::path::Path;
use std::process::Output;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::cli::{gazette, text};
use crate::fake_server::{Asked, Reply, Web, answer, closed_port};
use crate::harness::Folder;

/// A content folder, a folder for caches, and a fake server.
struct Desk {
    folder: TempDir,
    web: Web,
}

fn answers(asked: &Asked, _before: usize) -> Reply {
    match asked.host() {
        "old.example" => answer(301, &[("location", "http://new.example/page")]),
        "dead.example" => answer(404, &[]),
        _ => answer(200, &[]),
    }
}

impl Desk {
    fn new() -> Self {
        Self::with(
            "[A](http://old.example/page)\n[B](http://dead.example/)\n[C](http://good.example/)\n\
             [D](http://127.0.0.1/)\n",
        )
    }

    fn with(body: &str) -> Self {
        let folder = TempDir::new().unwrap();
        Folder::city()
            .bulletin("lake", "published: 2022-05-05", body)
            .write_to(&folder.path().join("content"));
        Self { folder, web: Web::new(answers) }
    }

    fn content(&self) -> String {
        plain(&self.folder.path().join("content"))
    }

    fn check(&self, arguments: &[&str]) -> Output {
        self.check_behind(self.web.port, arguments)
    }

    /// The output of the process behind a proxy, without the settings of this process's
    /// environment.
    fn check_behind(&self, proxy: u16, arguments: &[&str]) -> Output {
        let mut command = gazette(&["check", &self.content()]);
        for name in ["all_proxy", "https_proxy", "http_proxy", "no_proxy"] {
            command.env_remove(name).env_remove(name.to_uppercase());
        }
        command.env_remove("SSL_CERT_FILE").env_remove("GAZETTE_AT").env("GAZETTE_LANG", "en");
        command.env("http_proxy", format!("http://127.0.0.1:{proxy}"));
        command.env("XDG_CACHE_HOME", self.folder.path().join("caches")).args(arguments);
        command.output().expect("the binary runs")
    }

    fn cache(&self) -> Option<Value> {
        let bytes = std::fs::read(self.folder.path().join("caches/gazette/links.json")).ok()?;
        Some(serde_json::from_slice(&bytes).expect("JSON"))
    }

    /// The requests, sorted.
    fn asked(&self) -> Vec<String> {
        let line = |asked: &Asked| format!("{} {}{}", asked.method, asked.host(), asked.path);
        let mut asked: Vec<String> = self.web.heard().iter().map(line).collect();
        asked.sort();
        asked
    }
}

fn plain(path: &Path) -> String {
    path.to_str().expect("a plain path").to_owned()
}

/// The diagnostics about links out of the site.
fn about_links(output: &Output) -> Vec<Value> {
    let all: Vec<Value> = serde_json::from_slice(&output.stdout).expect("a list");
    let codes = ["link/dead", "link/moved", "link/slow", "link/unchecked"];
    all.into_iter().filter(|one| codes.iter().any(|code| one["code"] == *code)).collect()
}

#[test]
fn links_are_checked_only_with_flag() {
    let desk = Desk::new();
    let output = desk.check(&["--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!((about_links(&output), desk.web.connections(), desk.cache()), (Vec::new(), 0, None));

    let output = desk.check(&["--format", "json", "--links", "--deny-warnings"]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let path = format!("{}/bulletins/lake.md", desk.content());
    let entry = |line: u8, end: u8, [code, severity, message, help]: [&str; 4]| {
        json!({
            "path": path, "line": line, "column": 1, "end_line": line, "end_column": end,
            "code": code, "severity": severity, "message": message, "help": help, "related": [],
        })
    };
    let moved =
        ["`http://old.example/page` has moved permanently", "write `http://new.example/page`"];
    let dead = [
        "`http://dead.example/` answers 404 (not found)",
        "link to the page's new address or to an archived copy, or remove the link",
    ];
    let private = [
        "`http://127.0.0.1/` is in a network that readers cannot reach",
        "link to an address that everyone can open",
    ];
    let expected = [
        entry(6, 29, ["link/moved", "warning", moved[0], moved[1]]),
        entry(7, 26, ["link/dead", "warning", dead[0], dead[1]]),
        entry(9, 23, ["link/dead", "warning", private[0], private[1]]),
    ];
    assert_eq!(about_links(&output), expected);
    let expected = [
        "GET dead.example/",
        "HEAD dead.example/",
        "HEAD good.example/",
        "HEAD new.example/page",
        "HEAD old.example/page",
    ];
    assert_eq!(desk.asked(), expected);
    let cache = desk.cache().expect("a cache");
    assert_eq!(cache["links"]["http://old.example/page"]["moved_to"], "http://new.example/page");
    assert!(cache["links"].get("http://dead.example/").is_none(), "{cache}");
}

#[test]
fn second_run_checks_only_failed_links() {
    let desk = Desk::new();
    desk.check(&["--links"]);
    let before = desk.web.heard().len();
    let output = desk.check(&["--links"]);
    let heard = &desk.web.heard()[before..];
    assert!(
        !heard.is_empty() && heard.iter().all(|asked| asked.host() == "dead.example"),
        "{heard:?}"
    );
    let said = text(&output.stdout);
    assert!(said.ends_with("\n4 links: 1 good, 1 moved, 2 dead (2 from the cache)\n"), "{said}");
    assert!(!text(&output.stderr).contains("checking links"), "{}", text(&output.stderr));
    let said = text(&desk.check(&["--links", "--no-links-cache", "--lang", "zh"]).stdout);
    assert!(said.ends_with("\n4 个链接：1 个有效，1 个已迁移，2 个失效\n"), "{said}");
}

#[test]
fn cache_file_is_chosen_and_foreign_file_kept() {
    let desk = Desk::new();
    let own = desk.folder.path().join("deep/links.json");
    desk.check(&["--links", "--links-cache", &plain(&own)]);
    assert!(own.is_file() && desk.cache().is_none());

    let foreign = desk.folder.path().join("notes.json");
    std::fs::write(&foreign, "{\"mine\": true}").unwrap();
    let output = desk.check(&["--links", "--links-cache", &plain(&foreign)]);
    let said = text(&output.stderr);
    let expected =
        format!("gazette: results are not kept in `{}`: it is not a link cache\n", plain(&foreign));
    assert!(said.contains(&expected), "{said}");
    assert!(text(&output.stdout).contains("4 links: "), "{}", text(&output.stdout));
    assert_eq!(std::fs::read_to_string(&foreign).unwrap(), "{\"mine\": true}");

    let output = desk.check(&["--links-cache", &plain(&own)]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
}

#[test]
fn links_are_not_checked_with_content_errors() {
    let desk = Desk::new();
    Folder::default()
        .bulletin("pond", "published: soon", "")
        .write_to(&desk.folder.path().join("content"));
    let output = desk.check(&["--links"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!text(&output.stdout).contains("links"), "{}", text(&output.stdout));
    assert_eq!((desk.web.connections(), desk.cache()), (0, None));
}

#[test]
fn failing_proxy_gives_no_verdict() {
    let desk = Desk::with("[See](http://forbidden.example/)\n");
    let start = "warning[link/unchecked]: `http://forbidden.example/`";
    let said = text(&desk.check(&["--links", "--format", "short"]).stdout);
    let expected = format!(
        "{start} could not be reached through the proxy, so it could not be checked; help: open it"
    );
    assert!(said.contains(&expected), "{said}");
    let said = text(
        &desk.check_behind(closed_port(), &["--links", "--format", "short", "--lang", "zh"]).stdout,
    );
    assert!(
        said.contains(&format!("{start} 无法通过代理服务器访问，无法判断是否有效；帮助：请")),
        "{said}"
    );
}

#[test]
fn unreadable_certificates_fail_before_any_request() {
    let desk = Desk::new();
    let mut command = gazette(&["check", &desk.content(), "--links"]);
    command.env("SSL_CERT_FILE", desk.folder.path().join("content/site.toml"));
    let output =
        command.env("XDG_CACHE_HOME", desk.folder.path()).output().expect("the binary runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).contains("which contains no certificates"),
        "{}",
        text(&output.stderr)
    );
    assert_eq!(desk.web.connections(), 0);
}
