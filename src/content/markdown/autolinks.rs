//! Turns bare web addresses and mailboxes in a text into links.
//!
//! An address ends before the first character that is not ASCII, because Chinese has no space
//! there: `见https://example.org/。`, `办公室office@example.org（周一）`.

use std::collections::VecDeque;
use std::ops::Range;

use memchr::memchr3_iter;
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use crate::content::front_matter::web::is_web_address;

/// Characters that end an address beside whitespace and everything that is not ASCII.
const DELIMITERS: &str = "<>\"`{}|\\^";

/// Punctuation of the sentence that an address may be followed by.
const TRAILING: &str = "?!.,:*_~';";

/// The events of a Markdown text, in which each bare address is a link.
pub(super) struct Autolinks<'t, I> {
    markdown: &'t str,
    events: I,
    /// Events that are made and not returned yet.
    made: VecDeque<(Event<'t>, Range<usize>)>,
    /// The number of open links, images and code blocks, whose texts stay as they are.
    closed_depth: usize,
}

impl<'t, I: Iterator<Item = (Event<'t>, Range<usize>)>> Autolinks<'t, I> {
    pub(super) fn new(markdown: &'t str, events: I) -> Self {
        Self { markdown, events, made: VecDeque::new(), closed_depth: 0 }
    }

    fn split(&mut self, text: &str, range: &Range<usize>, addresses: &[Address]) {
        let mut at = 0;
        let mut source_at = range.start;
        for Address { range: place, destination, link_type } in addresses {
            let words = &text[place.clone()];
            // An entity or an escape in an address is written in another way in the source.
            let source = self.markdown.get(source_at..range.end).and_then(|rest| rest.find(words));
            let start = source.map_or(range.end, |found| source_at + found);
            let end = (start + words.len()).min(range.end);
            self.push_text(&text[at..place.start], source_at..start);
            self.push_link(words, destination, *link_type, start..end);
            (at, source_at) = (place.end, end);
        }
        self.push_text(&text[at..], source_at..range.end);
    }

    fn push_text(&mut self, text: &str, range: Range<usize>) {
        if !text.is_empty() {
            self.made.push_back((Event::Text(CowStr::from(text.to_owned())), range));
        }
    }

    fn push_link(&mut self, words: &str, to: &str, link_type: LinkType, range: Range<usize>) {
        let tag = Tag::Link {
            link_type,
            dest_url: CowStr::from(to.to_owned()),
            title: CowStr::Borrowed(""),
            id: CowStr::Borrowed(""),
        };
        self.made.push_back((Event::Start(tag), range.clone()));
        self.push_text(words, range.clone());
        self.made.push_back((Event::End(TagEnd::Link), range));
    }
}

impl<'t, I: Iterator<Item = (Event<'t>, Range<usize>)>> Iterator for Autolinks<'t, I> {
    type Item = (Event<'t>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(made) = self.made.pop_front() {
            return Some(made);
        }
        let (mut event, range) = self.events.next()?;
        match &mut event {
            Event::Start(tag) => {
                if let Tag::Link { link_type: LinkType::Email, dest_url, .. } = tag
                    && !dest_url.starts_with("mailto:")
                {
                    // CommonMark 6.5: an email autolink leads to `mailto:` and its address.
                    *dest_url = CowStr::from(format!("mailto:{dest_url}"));
                }
                if matches!(tag, Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) {
                    self.closed_depth += 1;
                }
            }
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => {
                self.closed_depth = self.closed_depth.saturating_sub(1);
            }
            Event::Text(text) if self.closed_depth == 0 => {
                let addresses = find_addresses(text);
                if !addresses.is_empty() {
                    let text = text.to_string();
                    self.split(&text, &range, &addresses);
                    return self.made.pop_front();
                }
            }
            _ => {}
        }
        Some((event, range))
    }
}

/// A bare address in a text.
#[derive(Debug)]
struct Address {
    range: Range<usize>,
    destination: String,
    link_type: LinkType,
}

fn find_addresses(text: &str) -> Vec<Address> {
    let mut found = Vec::new();
    if !may_have_address(text.as_bytes()) {
        return found;
    }
    let mut at = 0;
    while let Some(start) = text[at..].find(is_in_address).map(|start| at + start) {
        let end = text[start..].find(|c| !is_in_address(c)).map_or(text.len(), |end| start + end);
        let address = web_address(&text[start..end]).or_else(|| mailbox(&text[start..end]));
        let Some(mut address) = address else {
            at = end;
            continue;
        };
        address.range = start + address.range.start..start + address.range.end;
        at = address.range.end;
        found.push(address);
    }
    found
}

/// Whether a text has `@`, `://` or `www.`, found in one pass: most texts have none.
fn may_have_address(text: &[u8]) -> bool {
    memchr3_iter(b'@', b':', b'.', text).any(|at| match text[at] {
        b':' => text[at..].starts_with(b"://"),
        b'.' => text[..at].ends_with(b"www"),
        _ => true,
    })
}

fn is_in_address(c: char) -> bool {
    c.is_ascii_graphic() && !DELIMITERS.contains(c)
}

/// The first web address of a run of characters.
fn web_address(run: &str) -> Option<Address> {
    let lower = run.to_ascii_lowercase();
    let starts = ["https://", "http://", "www."];
    let start = starts
        .iter()
        .flat_map(|head| lower.match_indices(head).map(|(at, _)| at))
        .filter(|at| !lower[..*at].ends_with(|c: char| c.is_ascii_alphanumeric()))
        .min()?;
    let rest = &lower[start..];
    // Two addresses with a comma between them.
    let next = [",http", ";http", ",www.", ";www."].iter().filter_map(|mark| rest.find(mark)).min();
    let length = trimmed_length(&rest[..next.unwrap_or(rest.len())]);
    let words = &run[start..start + length];
    let destination =
        if rest.starts_with("www.") { format!("https://{words}") } else { words.to_owned() };
    let host = destination.split_once("://")?.1.split(['/', '?', '#', ':']).next()?;
    // A name alone, such as `localhost`, is a link too: `check` says that readers cannot open it.
    let has_host = host.split('.').all(|label| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    });
    (has_host && host != "www" && is_web_address(&destination)).then_some(Address {
        range: start..start + length,
        destination,
        link_type: LinkType::Autolink,
    })
}

/// The first mailbox of a run of characters.
fn mailbox(run: &str) -> Option<Address> {
    run.match_indices('@').find_map(|(at, _)| {
        let local = run[..at].rfind(|c| !is_local(c)).map_or(0, |before| before + 1);
        let local = local + run[local..at].len() - run[local..at].trim_start_matches('.').len();
        let domain = &run[at + 1..];
        let domain = &domain[..domain.find(|c| !is_domain(c)).unwrap_or(domain.len())];
        let domain = domain.trim_end_matches(['.', '-']);
        let end = at + 1 + domain.len();
        let (name, top) = domain.rsplit_once('.')?;
        let is_mailbox = local < at
            && !run[..at].ends_with('.')
            // A path such as `https://example.org/@name` has no mailbox.
            && !run[..local].ends_with('/')
            && name.split('.').all(|label| !label.is_empty() && !label.starts_with('-'))
            && top.len() > 1
            && top.bytes().all(|byte| byte.is_ascii_alphabetic())
            && !run[end..].starts_with(['@', '/']);
        is_mailbox.then(|| Address {
            range: local..end,
            destination: format!("mailto:{}", &run[local..end]),
            link_type: LinkType::Email,
        })
    })
}

fn is_domain(c: char) -> bool {
    c.is_ascii_alphanumeric() || ".-".contains(c)
}

fn is_local(c: char) -> bool {
    c.is_ascii_alphanumeric() || "._+-".contains(c)
}

/// The length of an address without the punctuation of the sentence around it.
fn trimmed_length(address: &str) -> usize {
    let mut rest = address;
    loop {
        let count = |c: char| rest.matches(c).count();
        let is_outer = rest.ends_with(|c: char| TRAILING.contains(c))
            || rest.ends_with(')') && count(')') > count('(')
            || rest.ends_with(']') && count(']') > count('[');
        if !is_outer {
            return rest.len();
        }
        rest = &rest[..rest.len() - 1];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(text: &str) -> Vec<(String, String)> {
        find_addresses(text)
            .into_iter()
            .map(|address| (text[address.range].to_owned(), address.destination))
            .collect()
    }

    #[test]
    fn bare_address_ends_with_its_last_character() {
        for (text, words, to) in [
            ("见https://a.example/b。更多", "https://a.example/b", "https://a.example/b"),
            ("（https://a.example/b）", "https://a.example/b", "https://a.example/b"),
            ("网址：www.a.example，周一", "www.a.example", "https://www.a.example"),
            (
                "(see https://a.example/x_(y)).",
                "https://a.example/x_(y)",
                "https://a.example/x_(y)",
            ),
            (
                "HTTPS://A.example?b=c&d=e!",
                "HTTPS://A.example?b=c&d=e",
                "HTTPS://A.example?b=c&d=e",
            ),
            ("请访问https://a.example/办事", "https://a.example/", "https://a.example/"),
            ("邮箱office@a.example。", "office@a.example", "mailto:office@a.example"),
            ("office@a.example.", "office@a.example", "mailto:office@a.example"),
            ("邮箱：a.b+c@d-e.gov.cn（周一）", "a.b+c@d-e.gov.cn", "mailto:a.b+c@d-e.gov.cn"),
            ("见http://localhost:8080/a。", "http://localhost:8080/a", "http://localhost:8080/a"),
            ("“https://a.example”", "https://a.example", "https://a.example"),
        ] {
            assert_eq!(links(text), [(words.to_owned(), to.to_owned())], "{text}");
        }
    }

    #[test]
    fn text_without_address_has_no_link() {
        for text in
            ["https://", "www.", "awww.x", "@name", "a@b", "5@3.2", "https://…", "a @ b.example"]
        {
            assert!(links(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn addresses_with_comma_between_are_two() {
        let text = "https://a.example/x,https://b.example，c@d.example,e@f.example";
        let found: Vec<String> = links(text).into_iter().map(|(words, _)| words).collect();
        assert_eq!(
            found,
            ["https://a.example/x", "https://b.example", "c@d.example", "e@f.example"]
        );
    }
}
