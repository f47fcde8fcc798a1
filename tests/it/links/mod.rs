//! Checks of external links, with a [`crate::fake_server`] in place of the web.

mod command;
mod locations;
mod messages;
mod rate_limits;
mod tls;

use std::time::Duration;

use gazette::diagnostic::{Code, Diagnostics, MessageLanguage, render};
use gazette::editor::links::{
    CheckOptions, LinkCache, LinkReport, RequestPolicy, RootCertificates,
};
use gazette::record;

use crate::fake_server::{Asked, Reply, answer};
use crate::harness::{Folder, TODAY, instant};

/// Codes that need the network, which fixtures lack. [`messages`] shows each in both languages.
pub(crate) const LINK_CODES: [Code; 4] =
    [Code::DeadLink, Code::MovedLink, Code::SlowLink, Code::UncheckedLink];

/// A policy with short pauses. Tests set other values where time matters.
const QUICK: RequestPolicy = RequestPolicy {
    max_concurrent: 8,
    min_interval: Duration::from_millis(1),
    connect_timeout: Duration::from_secs(20),
    request_timeout: Duration::from_secs(20),
    slow_threshold: Duration::from_secs(20),
    retry_delay: Duration::from_millis(1),
    max_retry_after: Duration::from_secs(5),
    allows_private: true,
};

/// The result of a link check.
struct Said {
    report: LinkReport,
    /// In English and Chinese, one line each, with `PORT` for the server's port.
    lines: [Vec<String>; 2],
}

/// Checks the links of a content.
fn send_with(folder: &Folder, cache: &mut LinkCache, options: &CheckOptions, port: u16) -> Said {
    let snapshot = folder.snapshot();
    let loaded = record::load(&snapshot, Diagnostics::default(), None);
    assert!(!loaded.diagnostics.has_errors(), "{:?}", loaded.diagnostics);
    let report = gazette::editor::links::check(&loaded.content, cache, options, &|_| {});
    let found = report.diagnostics.clone().into_sorted();
    let texts = |path: &str| snapshot.text_lossy(path);
    let lines = MessageLanguage::ALL.map(|language| {
        let options = render::RenderOptions { root: "content", language, texts: &texts };
        let shown =
            found.iter().map(|one| render::short(one, &options).replace(&port.to_string(), "PORT"));
        shown.collect()
    });
    Said { report, lines }
}

fn options(policy: RequestPolicy) -> CheckOptions {
    CheckOptions {
        policy,
        root_certificates: RootCertificates::mozilla(),
        uses_proxy: false,
        now: instant(TODAY),
    }
}

fn send(folder: &Folder, policy: RequestPolicy, port: u16) -> Said {
    send_with(folder, &mut LinkCache::default(), &options(policy), port)
}

/// A city with a bulletin that links to these addresses, one a line, with `PORT` for the server's
/// port.
/// The first is on line 6.
fn links<S: AsRef<str>>(addresses: &[S], port: u16) -> Folder {
    let body: Vec<String> =
        addresses.iter().map(|address| format!("[See]({})\n", address.as_ref())).collect();
    Folder::city().bulletin(
        "lake",
        "published: 2022-05-05",
        &body.concat().replace("PORT", &port.to_string()),
    )
}

/// A server with a fixed response for each path.
fn plain(asked: &Asked, _before: usize) -> Reply {
    let to = |status, place: &str| answer(status, &[("location", place)]);
    match (asked.method.as_str(), asked.path.as_str()) {
        (_, "/moved") => to(301, "/good"),
        (_, "/moved-twice") => to(308, "moved"),
        (_, "/moved-to-detour") => to(301, "/detour"),
        (_, "/moved-to-missing") => to(301, "/missing?a=b"),
        (_, "/detour") => to(302, "/good"),
        (_, "/detour-to-moved") => to(307, "/moved"),
        (_, "/circle") => to(302, "/circle/on"),
        (_, "/circle/on") => to(303, "/circle"),
        (_, "/mail") => to(301, "mailto:office@lakeside.example"),
        (_, "/nowhere") => answer(302, &[]),
        ("HEAD", "/hidden") => answer(404, &[]),
        (_, path) if path.starts_with("/missing") => answer(404, &[]),
        (_, "/gone") => answer(410, &[]),
        ("HEAD", "/no-head") => answer(405, &[]),
        ("HEAD", "/no-head-501") => answer(501, &[]),
        ("HEAD", "/shy") | (_, "/forbidden") => answer(403, &[]),
        (_, "/members") => answer(401, &[("www-authenticate", "Basic")]),
        (_, "/secret") => answer(451, &[]),
        (_, "/teapot") => answer(418, &[]),
        (_, "/broken") => answer(500, &[]),
        (_, "/garbage") => Reply::Says("hello, who is there?\r\n\r\n".to_owned()),
        ("HEAD", "/mute") | (_, "/cut") => Reply::Says(String::new()),
        _ => answer(200, &[]),
    }
}
