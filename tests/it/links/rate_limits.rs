//! Requests to hosts: retries, pauses, and how many run in parallel.

use std::collections::BTreeMap;
use std::sync::{Arc, Barrier, Condvar, Mutex};
use std::time::Duration;

use gazette::editor::links::{LinkSummary, RequestPolicy};

use super::{QUICK, links, plain, send};
use crate::fake_server::{Asked, Reply, Web, answer};

#[test]
fn refused_head_is_retried_as_get() {
    let web = Web::new(plain);
    let paths = ["/good", "/no-head", "/no-head-501", "/shy", "/hidden", "/mute"];
    let said = send(
        &links(&paths.map(|path| format!("http://127.0.0.1:PORT{path}")), web.port),
        QUICK,
        web.port,
    );
    assert_eq!(said.lines[0], Vec::<String>::new());
    let asked =
        paths.iter().skip(1).flat_map(|path| [format!("HEAD {path}"), format!("GET {path}")]);
    assert_eq!(
        web.lines(),
        std::iter::once("HEAD /good".to_owned()).chain(asked).collect::<Vec<_>>()
    );
}

#[test]
fn redirects_are_followed_ten_times() {
    let web = Web::new(|asked, _| {
        let left: u32 = asked.path[1..].parse().unwrap();
        if left == 0 {
            answer(200, &[])
        } else {
            answer(302, &[("location", &format!("/{}", left - 1))])
        }
    });
    let said = send(&links(&["http://127.0.0.1:PORT/10"], web.port), QUICK, web.port);
    assert_eq!(said.report.summary, LinkSummary { links: 1, good: 1, ..LinkSummary::default() });
    assert_eq!(web.heard().len(), 11);
    let said = send(&links(&["http://127.0.0.1:PORT/11"], web.port), QUICK, web.port);
    assert!(said.lines[0][0].contains("redirects in a circle or too often"), "{:?}", said.lines[0]);
    assert_eq!(web.heard().len(), 22);
}

#[test]
fn transient_failure_is_retried_after_pause() {
    let web = Web::new(|_, before| if before == 0 { answer(503, &[]) } else { answer(200, &[]) });
    let back_off = Duration::from_millis(300);
    let addresses = ["http://127.0.0.1:PORT/a", "http://127.0.0.1:PORT/b"];
    let said = send(
        &links(&addresses, web.port),
        RequestPolicy { retry_delay: back_off, ..QUICK },
        web.port,
    );
    assert_eq!(said.lines[0], Vec::<String>::new());
    assert_eq!(web.lines(), ["HEAD /a", "HEAD /b", "GET /a", "GET /b"]);
    let heard = web.heard();
    assert!(heard[1].begun - heard[0].ended >= back_off, "{heard:?}");
    assert!(heard[2].begun - heard[1].ended >= back_off, "{heard:?}");
}

#[test]
fn host_after_two_timeouts_is_skipped() {
    let web = Web::new(|_, _| Reply::Hangs);
    let addresses = ["a", "b", "c", "d"].map(|path| format!("http://127.0.0.1:PORT/{path}"));
    let said = send(
        &links(&addresses, web.port),
        RequestPolicy { request_timeout: Duration::from_millis(300), ..QUICK },
        web.port,
    );
    assert_eq!(
        said.report.summary,
        LinkSummary { links: 4, unchecked: 4, ..LinkSummary::default() }
    );
    assert_eq!(web.lines(), ["HEAD /a", "HEAD /b", "GET /a", "GET /b"]);
}

#[test]
fn retry_after_is_respected() {
    let web = Web::new(|asked, before| match (asked.path.as_str(), before) {
        ("/busy", 0) => answer(429, &[("retry-after", "1")]),
        _ => answer(200, &[]),
    });
    let said = send(
        &links(&["http://127.0.0.1:PORT/busy", "http://127.0.0.1:PORT/other"], web.port),
        QUICK,
        web.port,
    );
    assert_eq!(said.lines[0], Vec::<String>::new());
    assert_eq!(web.lines(), ["HEAD /busy", "HEAD /other", "GET /busy"]);
    let heard = web.heard();
    // The whole host is skipped.
    assert!(heard[1].begun - heard[0].ended >= Duration::from_secs(1), "{heard:?}");
}

#[test]
fn long_retry_after_skips_the_host() {
    let web = Web::new(|_, _| answer(429, &[("retry-after", "3600")]));
    let addresses =
        ["http://127.0.0.1:PORT/a", "http://127.0.0.1:PORT/b", "http://127.0.0.1:PORT/c"];
    let said = send(&links(&addresses, web.port), QUICK, web.port);
    let expected = "has a host that allows no more requests for now, so it could not be checked";
    assert!(said.lines[0].iter().all(|line| line.contains(expected)), "{:?}", said.lines[0]);
    assert!(
        said.lines[1][0].contains("` 的服务器要求暂停访问，无法判断是否有效"),
        "{:?}",
        said.lines[1]
    );
    assert_eq!(
        said.report.summary,
        LinkSummary { links: 3, unchecked: 3, ..LinkSummary::default() }
    );
    assert_eq!(web.lines(), ["HEAD /a"]);
}

#[test]
fn requests_to_one_host_are_serial_with_pause() {
    let web = Web::new(plain);
    let gap = Duration::from_millis(120);
    // A redirect to another host counts like any other request.
    let across = format!("http://127.0.0.2:{}/good", web.port);
    let over = Web::new(move |_, _| answer(301, &[("location", &across)]));
    let mut addresses: Vec<String> =
        (0..4).map(|number| format!("http://127.0.0.1:PORT/{number}")).collect();
    addresses.extend((0..4).map(|number| format!("http://127.0.0.2:PORT/{number}")));
    addresses.extend((0..3).map(|number| format!("http://127.0.0.3:{}/{number}", over.port)));
    addresses.push("http://127.0.0.1:PORT/no-head".to_owned());
    let said =
        send(&links(&addresses, web.port), RequestPolicy { min_interval: gap, ..QUICK }, web.port);
    assert_eq!(
        said.report.summary,
        LinkSummary { links: 12, good: 9, moved: 3, ..LinkSummary::default() }
    );
    let mut hosts: BTreeMap<String, Vec<Asked>> = BTreeMap::new();
    for asked in web.heard() {
        hosts.entry(asked.host().to_owned()).or_default().push(asked);
    }
    let counts: Vec<(&str, usize)> =
        hosts.iter().map(|(host, asked)| (host.as_str(), asked.len())).collect();
    assert_eq!(counts, [("127.0.0.1", 6), ("127.0.0.2", 7)]);
    for pair in hosts.values().flat_map(|asked| asked.windows(2)) {
        assert!(pair[1].begun.saturating_duration_since(pair[0].ended) >= gap, "{pair:?}");
    }
}

#[test]
fn requests_to_several_hosts_are_parallel() {
    // No request is answered before both have arrived.
    let barrier = Barrier::new(2);
    let web = Web::new(move |_, _| {
        barrier.wait();
        answer(200, &[])
    });
    let addresses = ["http://127.0.0.1:PORT/", "http://127.0.0.2:PORT/"];
    let said = send(&links(&addresses, web.port), QUICK, web.port);
    assert_eq!(said.report.summary, LinkSummary { links: 2, good: 2, ..LinkSummary::default() });
}

#[test]
fn parallel_requests_stay_within_limit() {
    /// The number of requests under way, and the highest number so far.
    #[derive(Debug, Default)]
    struct Crowd {
        now: usize,
        most: usize,
    }
    let crowd = Arc::new((Mutex::new(Crowd::default()), Condvar::new()));
    let seen = Arc::clone(&crowd);
    let web = Web::new(move |_, _| {
        let (crowd, arrived) = &*seen;
        let mut crowd = crowd.lock().unwrap();
        crowd.now += 1;
        crowd.most = crowd.most.max(crowd.now);
        arrived.notify_all();
        // A third request at the same time would end the wait.
        let limit = Duration::from_millis(20);
        let (mut crowd, _) =
            arrived.wait_timeout_while(crowd, limit, |crowd| crowd.now < 3).unwrap();
        crowd.now -= 1;
        answer(200, &[])
    });
    let addresses: Vec<String> =
        (1..9).map(|host| format!("http://127.0.0.{host}:PORT/")).collect();
    send(&links(&addresses, web.port), RequestPolicy { max_concurrent: 2, ..QUICK }, web.port);
    assert_eq!(web.heard().len(), 8);
    let most = crowd.0.lock().unwrap().most;
    assert!(most <= 2, "{most}");
}

#[test]
fn requests_have_user_agent_and_little_else() {
    let web = Web::new(|_, _| answer(404, &[("set-cookie", "id=1; path=/")]));
    send(
        &links(&["http://127.0.0.1:PORT/a?b=c#d", "http://127.0.0.1:PORT/新闻"], web.port),
        QUICK,
        web.port,
    );
    let news = "/%E6%96%B0%E9%97%BB";
    assert_eq!(
        web.lines(),
        ["HEAD /a?b=c", "GET /a?b=c", &format!("HEAD {news}"), &format!("GET {news}")]
    );
    for asked in web.heard() {
        let agent = format!("gazette/{} (+https://lakeside.example/)", env!("CARGO_PKG_VERSION"));
        assert_eq!(asked.headers["user-agent"], agent);
        let names: Vec<&str> = asked.headers.keys().map(String::as_str).collect();
        assert_eq!(names, ["accept", "connection", "host", "user-agent"]);
    }
}
