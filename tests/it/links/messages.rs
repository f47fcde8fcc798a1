//! Messages about links, word for word.

use std::time::Duration;

use gazette::editor::links::{LinkSummary, RequestPolicy};

use super::{QUICK, links, plain, send};
use crate::fake_server::{Reply, Web, closed_port, head};

/// The help for a dead link, in both languages.
const MENDING: [&str; 2] = [
    "help: link to the page's new address or to an archived copy, or remove the link",
    "帮助：请改为该页面的新地址或存档副本的地址，或者删除该链接",
];

#[test]
fn dead_link_is_reported_in_both_languages() {
    let web = Web::new(plain);
    let refused = closed_port().to_string();
    let addresses = [
        "http://127.0.0.1:PORT/missing",
        "http://127.0.0.1:PORT/gone#top",
        "http://127.0.0.1:PORT/moved-to-missing",
        "http://127.0.0.1:REFUSED/",
    ];
    let addresses = addresses.map(|address| address.replace("REFUSED", &refused));
    let said = send(&links(&addresses, web.port), QUICK, web.port);
    let lines =
        said.lines.map(|lines| lines.into_iter().map(|line| line.replace(&refused, "REFUSED")));
    let [english, chinese] = lines.map(Iterator::collect::<Vec<_>>);
    let place = |line| format!("content/bulletins/lake.md:{line}:1: warning[link/dead]:");
    let help = MENDING[0];
    assert_eq!(
        english,
        [
            format!("{} `http://127.0.0.1:PORT/missing` answers 404 (not found); {help}", place(6)),
            format!("{} `http://127.0.0.1:PORT/gone#top` answers 410 (gone); {help}", place(7)),
            format!(
                "{} `http://127.0.0.1:PORT/moved-to-missing` redirects to \
                 `http://127.0.0.1:PORT/missing?a=b`, which answers \
                 404 (not found); {help}",
                place(8)
            ),
            format!(
                "{} `http://127.0.0.1:REFUSED/` has a host that refuses connections; {help}",
                place(9)
            ),
        ]
    );
    let help = MENDING[1];
    assert_eq!(
        chinese,
        [
            format!("{} `http://127.0.0.1:PORT/missing` 返回 404（未找到）；{help}", place(6)),
            format!("{} `http://127.0.0.1:PORT/gone#top` 返回 410（已删除）；{help}", place(7)),
            format!(
                "{} `http://127.0.0.1:PORT/moved-to-missing` 跳转到 \
                 `http://127.0.0.1:PORT/missing?a=b`，后者返回 \
                 404（未找到）；{help}",
                place(8)
            ),
            format!("{} `http://127.0.0.1:REFUSED/` 的服务器拒绝连接；{help}", place(9)),
        ]
    );
    assert_eq!(said.report.summary, LinkSummary { links: 4, dead: 4, ..LinkSummary::default() });
}

#[test]
fn malformed_address_is_dead() {
    let said = send(&links(&["http://exa%mple.org/", "https://1.2.3.256/"], 0), QUICK, 99);
    let line = |line: u8, address: &str, words: &str| {
        format!("content/bulletins/lake.md:{line}:1: warning[link/dead]: `{address}` {words}")
    };
    let english = "is not a web address; help: write it as in `https://example.org/page`";
    assert_eq!(
        said.lines[0],
        [line(6, "http://exa%mple.org/", english), line(7, "https://1.2.3.256/", english)]
    );
    let chinese = "不是网址；帮助：请写成 `https://example.org/page` 的形式";
    assert_eq!(
        said.lines[1],
        [line(6, "http://exa%mple.org/", chinese), line(7, "https://1.2.3.256/", chinese)]
    );
}

#[test]
fn unknown_host_is_dead() {
    let said =
        send(&links(&["http://nothing.invalid/a", "http://nothing.invalid/b"], 0), QUICK, 99);
    let line = |code: &str, words: &str| {
        let line = |at: u8, path: &str| {
            format!(
                "content/bulletins/lake.md:{at}:1: {code}: `http://nothing.invalid/{path}` {words}"
            )
        };
        [line(6, "a"), line(7, "b")]
    };
    // A machine without network cannot know, and says so.
    if said.report.summary.unchecked > 0 {
        let code = "warning[link/unchecked]";
        let help = "help: open it in a browser; if it does not open there either, link to another \
            page or remove the link";
        let words = format!(
            "has a host whose name could not be looked up, so it could not be checked; {help}"
        );
        assert_eq!(said.lines[0], line(code, &words));
        let help = "帮助：请在浏览器中打开该链接；如果同样打不开，请更换或删除该链接";
        assert_eq!(
            said.lines[1],
            line(code, &format!("的域名暂时无法解析，无法判断是否有效；{help}"))
        );
        return;
    }
    let code = "warning[link/dead]";
    assert_eq!(
        said.lines[0],
        line(code, &format!("has a host that does not exist; {}", MENDING[0]))
    );
    assert_eq!(said.lines[1], line(code, &format!("的域名不存在；{}", MENDING[1])));
}

#[test]
fn moved_link_warning_names_new_address() {
    let web = Web::new(plain);
    let addresses = [
        "http://127.0.0.1:PORT/moved",
        "http://127.0.0.1:PORT/moved-twice#part",
        "http://127.0.0.1:PORT/moved-to-detour",
        "http://127.0.0.1:PORT/detour",
        "http://127.0.0.1:PORT/detour-to-moved",
    ];
    let said = send(&links(&addresses, web.port), QUICK, web.port);
    let base = "http://127.0.0.1:PORT";
    let place = |line| format!("content/bulletins/lake.md:{line}:1: warning[link/moved]:");
    let moved = [
        (6, "moved", "good"),
        (7, "moved-twice#part", "good#part"),
        (8, "moved-to-detour", "detour"),
    ];
    let english = moved.map(|(line, from, to)| {
        format!("{} `{base}/{from}` has moved permanently; help: write `{base}/{to}`", place(line))
    });
    assert_eq!(said.lines[0], english);
    let chinese = moved.map(|(line, from, to)| {
        format!("{} `{base}/{from}` 已永久迁移；帮助：请改为 `{base}/{to}`", place(line))
    });
    assert_eq!(said.lines[1], chinese);
    assert_eq!(
        said.report.summary,
        LinkSummary { links: 5, good: 2, moved: 3, ..LinkSummary::default() }
    );
}

#[test]
fn unverifiable_link_warning_gives_reason() {
    let web = Web::new(plain);
    let reasons = [
        ("members", "answers 401 (sign in first)", "返回 401（需要登录）"),
        ("forbidden", "answers 403 (forbidden)", "返回 403（禁止访问）"),
        ("secret", "answers 451 (unavailable for legal reasons)", "返回 451（因法律原因不可用）"),
        ("teapot", "answers 418", "返回 418"),
        ("broken", "answers 500 (server error)", "返回 500（服务器错误）"),
        ("garbage", "answers with something that is not HTTP", "返回的内容不是 HTTP"),
        ("cut", "closes the connection before it has answered", "未作回应就断开了连接"),
        ("circle", "redirects in a circle or too often", "循环跳转或跳转次数过多"),
        ("mail", "redirects to something that is not a web address", "跳转到的不是网址"),
        ("nowhere", "answers 302", "返回 302"),
    ];
    let addresses = reasons.map(|(path, ..)| format!("http://127.0.0.1:PORT/{path}"));
    let said = send(&links(&addresses, web.port), QUICK, web.port);
    let place =
        |at: usize| format!("content/bulletins/lake.md:{}:1: warning[link/unchecked]:", at + 6);
    let help = "help: open it in a browser; if it does not open there either, link to another \
        page or remove the link";
    for (at, (path, reason, _)) in reasons.iter().enumerate() {
        let expected =
            format!("`http://127.0.0.1:PORT/{path}` {reason}, so it could not be checked; {help}");
        assert_eq!(said.lines[0][at], format!("{} {expected}", place(at)));
    }
    let help = "帮助：请在浏览器中打开该链接；如果同样打不开，请更换或删除该链接";
    for (at, (path, _, reason)) in reasons.iter().enumerate() {
        let expected = format!("`http://127.0.0.1:PORT/{path}` {reason}，无法判断是否有效；{help}");
        assert_eq!(said.lines[1][at], format!("{} {expected}", place(at)));
    }
    assert_eq!(
        said.report.summary,
        LinkSummary { links: 10, unchecked: 10, ..LinkSummary::default() }
    );
}

#[test]
fn slow_link_is_a_note() {
    let web = Web::new(|_, _| Reply::Late(Duration::from_millis(250), head(200, &[])));
    let policy = RequestPolicy { slow_threshold: Duration::from_millis(200), ..QUICK };
    let said = send(&links(&["http://127.0.0.1:PORT/"], web.port), policy, web.port);
    // The duration depends on the machine.
    let masked = |line: &str, before: &str, after: &str| {
        let (start, rest) = line.split_once(before).unwrap_or_else(|| panic!("{line}"));
        let (seconds, end) = rest.split_once(after).unwrap_or_else(|| panic!("{line}"));
        assert!(seconds.parse::<f64>().unwrap() >= 0.2, "{line}");
        format!("{start}{before}…{after}{end}")
    };
    let place = "content/bulletins/lake.md:6:1: note[link/slow]: `http://127.0.0.1:PORT/`";
    assert_eq!(
        masked(&said.lines[0][0], "took ", " s to answer"),
        format!(
            "{place} took … s to answer; help: readers wait as long; if the page has a faster \
             address, link to that"
        )
    );
    assert_eq!(
        masked(&said.lines[1][0], "用了 ", " 秒才回应"),
        format!(
            "{place} 用了 … 秒才回应；帮助：读者也要等这么久；如果该内容有更快的地址，请改为链接到那里"
        )
    );
    assert_eq!(said.report.summary, LinkSummary { links: 1, slow: 1, ..LinkSummary::default() });
}

#[test]
fn hanging_server_is_given_up_after_two_tries() {
    let web = Web::new(|_, _| Reply::Hangs);
    let policy = RequestPolicy { request_timeout: Duration::from_millis(500), ..QUICK };
    let said = send(&links(&["http://127.0.0.1:PORT/"], web.port), policy, web.port);
    let start = "warning[link/unchecked]: `http://127.0.0.1:PORT/`";
    let expected = format!("{start} does not answer within 0.5 s, so it could not be checked");
    assert!(said.lines[0][0].contains(&expected), "{:?}", said.lines[0]);
    let expected = format!("{start} 在 0.5 秒内没有回应，无法判断是否有效");
    assert!(said.lines[1][0].contains(&expected), "{:?}", said.lines[1]);
    assert_eq!(web.lines(), ["HEAD /", "GET /"]);
}
