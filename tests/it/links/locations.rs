//! The addresses that are requested, and the locations of their diagnostics.

use std::sync::Mutex;

use gazette::diagnostic::Diagnostics;
use gazette::editor::links::{CheckOptions, LinkCache, LinkProgress, LinkSummary, RequestPolicy};
use gazette::record;

use super::{QUICK, links, options, plain, send, send_with};
use crate::fake_server::Web;
use crate::harness::{Folder, SITE, instant};

#[test]
fn repeated_link_is_checked_once() {
    let web = Web::new(plain);
    let missing = format!("http://127.0.0.1:{}/missing", web.port);
    let site = format!(
        "name = \"Lakeside\"\nbase_url = \"http://127.0.0.1:1/\"\ntime_zone = \"Asia/Shanghai\"\n\
         languages = [\"en\"]\n\
         [publisher]\nname = \"Office\"\nurl = \"{missing}?publisher\"\nlogo = \"{missing}?logo\"\n\
         license = \"{missing}?license\"\ncontact = \"mailto:office@lakeside.example\"\n\
         [security]\ncontact = \"mailto:office@lakeside.example\"\npolicy = \"{missing}?policy\"\n"
    );
    let facts = format!("published: 2022-05-05\nsource: {{ name: The Lake, url: \"{missing}\" }}");
    let body = format!(
        "See <{missing}#one>, [this][that] and [our own](http://127.0.0.1:1/bulletins/near/).\n\
         [Mail](mailto:office@lakeside.example), [here](near.md), <tel:+1>.\n\n\
         [that]: {missing}#two \"Title\"\n"
    );
    let folder = Folder::default()
        .with("site.toml", site)
        .with("bulletins/_index.md", "---\ntitle: Bulletins\n---\n")
        .bulletin("lake", &facts, &body)
        .bulletin("near", "published: 2022-05-05\ndraft: true", &format!("[Near]({missing})"));
    let said = send(&folder, QUICK, web.port);
    let places: Vec<&str> =
        said.lines[0].iter().map(|line| line.split(": warning").next().unwrap()).collect();
    let expected = [
        "content/bulletins/lake.md:5:32",
        "content/site.toml:7:7",
        "content/site.toml:8:8",
        "content/site.toml:9:11",
        "content/site.toml:13:10",
    ];
    assert_eq!(places, expected);
    let found = said.report.diagnostics.clone().into_sorted();
    let related =
        found[0].related.iter().map(|one| (&*one.path, one.message.en(), one.message.zh()));
    let also = |path| (path, "also linked here", "这里也链接到该地址");
    let expected =
        [also("bulletins/lake.md"), also("bulletins/lake.md"), also("bulletins/near.md")];
    assert_eq!(related.collect::<Vec<_>>(), expected);
    let mut asked = web.lines();
    asked.retain(|line| line.starts_with("HEAD"));
    asked.sort();
    let expected = ["", "?license", "?logo", "?policy", "?publisher"]
        .map(|query| format!("HEAD /missing{query}"));
    assert_eq!(asked, expected);
}

#[test]
fn repeated_link_names_ten_other_places() {
    let web = Web::new(plain);
    let said = send(&links(&["http://127.0.0.1:PORT/missing"; 14], web.port), QUICK, web.port);
    assert_eq!(said.report.diagnostics.into_sorted()[0].related.len(), 10);
    assert_eq!(said.report.summary, LinkSummary { links: 1, dead: 1, ..LinkSummary::default() });
}

#[test]
fn private_addresses_are_dead_without_request() {
    let web = Web::new(plain);
    let policy = RequestPolicy { allows_private: false, ..QUICK };
    let addresses =
        ["http://127.0.0.1:PORT/good", "https://intranet/news", "http://me:secret@lakeside.org/"];
    let said = send(&links(&addresses, web.port), policy, web.port);
    let private = [
        "is in a network that readers cannot reach; help: link to an address that everyone can \
         open",
        "位于读者无法访问的内部网络；帮助：请改为人人都能打开的地址",
    ];
    let secret = [
        "contains a user name, so it could not be checked; help: remove the user name and the `@`",
        "含有用户名，无法判断是否有效；帮助：请删除用户名和 `@`",
    ];
    for ((lines, private), secret) in said.lines.iter().zip(private).zip(secret) {
        let expected = [
            format!("6:1: warning[link/dead]: `http://127.0.0.1:PORT/good` {private}"),
            format!("7:1: warning[link/dead]: `https://intranet/news` {private}"),
            format!("8:1: warning[link/unchecked]: `http://me:secret@lakeside.org/` {secret}"),
        ];
        assert_eq!(*lines, expected.map(|line| format!("content/bulletins/lake.md:{line}")));
    }
    assert_eq!(web.connections(), 0);
}

#[test]
fn cache_saves_requests_of_next_run() {
    let web = Web::new(plain);
    let addresses = [
        "http://127.0.0.1:PORT/good",
        "http://127.0.0.1:PORT/moved",
        "http://127.0.0.1:PORT/missing",
    ];
    let folder = links(&addresses, web.port);
    let mut cache = LinkCache::default();
    let mut run = |now: &str| {
        let options = CheckOptions { now: instant(now), ..options(QUICK) };
        let before = web.heard().len();
        let said = send_with(&folder, &mut cache, &options, web.port);
        // As if it came from a cache file.
        cache = LinkCache::read(&cache.to_bytes()).unwrap();
        (said.lines[0].clone(), said.report.summary.cached, web.lines()[before..].to_vec())
    };
    let first = run("2026-11-01T00:00:00Z");
    assert_eq!(first.1, 0);
    assert_eq!(
        first.2,
        ["HEAD /good", "HEAD /moved", "HEAD /good", "HEAD /missing", "GET /missing"]
    );
    let second = run("2026-11-07T23:00:00Z");
    assert_eq!(
        (second.1, second.2),
        (2, vec!["HEAD /missing".to_owned(), "GET /missing".to_owned()])
    );
    assert_eq!(second.0, first.0);
    let third = run("2026-11-08T00:00:00Z");
    assert_eq!((third.1, third.2.len()), (0, 5));
}

#[test]
fn disabled_lints_are_not_reported() {
    let web = Web::new(plain);
    let site = format!("{SITE}\n[lints.off]\n\"link/moved\" = \"They are quoted as they were.\"\n");
    let addresses = ["http://127.0.0.1:PORT/moved", "http://127.0.0.1:PORT/gone"];
    let said = send(&links(&addresses, web.port).with("site.toml", site), QUICK, web.port);
    assert_eq!(said.lines[0].len(), 1, "{:?}", said.lines[0]);
    assert!(said.lines[0][0].contains("warning[link/dead]"), "{:?}", said.lines[0]);
}

#[test]
fn progress_is_reported_for_every_link() {
    let web = Web::new(plain);
    let folder = links(
        &["http://127.0.0.1:PORT/a", "http://127.0.0.2:PORT/b", "http://127.0.0.1:PORT/c"],
        web.port,
    );
    let loaded = record::load(&folder.snapshot(), Diagnostics::default(), None);
    let heard = Mutex::new(Vec::new());
    let told = |progress: LinkProgress| heard.lock().unwrap().push(progress);
    gazette::editor::links::check(
        &loaded.content,
        &mut LinkCache::default(),
        &options(QUICK),
        &told,
    );
    let mut heard = heard.into_inner().unwrap();
    heard.sort_by_key(|progress| progress.done);
    assert_eq!(heard, [0, 1, 2, 3].map(|done| LinkProgress { done, links: 3, hosts: 2 }));
}
