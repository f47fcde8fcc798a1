//! The requests that are measured.

use std::net::SocketAddr;

use crate::Outcome;
use crate::client::fetch;

/// The pages that are measured, apart from the style sheet, whose name has a hash.
const PAGES: [(&str, &str); 3] = [
    ("home", "/"),
    ("bulletin", "/bulletins/2022-development-goals/"),
    ("goal", "/goals/livelihoods/urban-jobs-2022/"),
];

/// The kind of answer to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    Identity,
    Gzip,
    Brotli,
    /// 304, of the brotli representation.
    NotModified,
    /// The head of the brotli representation.
    Head,
}

impl Answer {
    pub(crate) const ALL: [Self; 5] =
        [Self::Identity, Self::Gzip, Self::Brotli, Self::NotModified, Self::Head];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Gzip => "gzip",
            Self::Brotli => "br",
            Self::NotModified => "304",
            Self::Head => "HEAD",
        }
    }

    const fn accept_encoding(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Gzip => "gzip",
            Self::Brotli | Self::NotModified | Self::Head => "br",
        }
    }

    const fn method(self) -> &'static str {
        if matches!(self, Self::Head) { "HEAD" } else { "GET" }
    }
}

/// A page in one kind of answer.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) page: &'static str,
    pub(crate) path: String,
    pub(crate) answer: Answer,
}

impl Case {
    /// The header fields of the request, apart from `Host`. A 304 needs the tag that the server
    /// itself sends.
    pub(crate) fn fields(&self, address: SocketAddr) -> Outcome<Vec<String>> {
        let encoding = format!("Accept-Encoding: {}", self.answer.accept_encoding());
        if self.answer != Answer::NotModified {
            return Ok(vec![encoding]);
        }
        let head =
            fetch(address, &format_request("GET", &self.path, std::slice::from_ref(&encoding)))?
                .head;
        let tag = head.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("etag").then(|| value.to_owned())
        });
        let tag = tag.ok_or_else(|| format!("{} has no ETag", self.path))?;
        Ok(vec![encoding, format!("If-None-Match: {tag}")])
    }

    /// The bytes of the request.
    pub(crate) fn request(&self, address: SocketAddr) -> Outcome<String> {
        Ok(format_request(self.answer.method(), &self.path, &self.fields(address)?))
    }
}

fn format_request(method: &str, path: &str, fields: &[String]) -> String {
    let fields: String = fields.iter().map(|field| format!("{field}\r\n")).collect();
    format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n{fields}\r\n")
}

/// All cases, by a server that has the site.
pub(crate) fn find_cases(address: SocketAddr) -> Outcome<Vec<Case>> {
    let home = fetch(address, &format_request("GET", "/", &[]))?;
    let html = String::from_utf8(home.body)?;
    let style = html
        .split('"')
        .find(|text| text.starts_with("/static/") && text.contains(".css"))
        .ok_or("the home page has no style sheet")?;
    let pages = PAGES.iter().map(|(page, path)| (*page, (*path).to_owned()));
    let pages = pages.chain([("css", style.to_owned())]);
    Ok(pages
        .flat_map(|(page, path)| {
            Answer::ALL.map(|answer| Case { page, path: path.clone(), answer })
        })
        .collect())
}
