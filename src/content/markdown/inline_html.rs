//! Takes the few elements of HTML for which Markdown has no mark: `<sub>`, `<sup>`, `<abbr>`,
//! `<br>`, `<details>` and comments.
//!
//! They are parsed, and a page writes its own markup for them, so that no HTML reaches a page as an
//! author wrote it. Everything else stays raw HTML, which is an error.

use std::borrow::Cow;
use std::collections::{BTreeMap, VecDeque};
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Parser, Tag, TagEnd};

use super::blocks::details::DetailsTag;
use super::emphasis::is_border;
use crate::language::{to_subscript, to_superscript};

/// The elements that a text may have around some of its words.
pub(super) const ELEMENTS: [&str; 3] = ["sub", "sup", "abbr"];

/// The events of a Markdown text, in which the elements that are taken are events of their own:
/// `<br>` is a hard break, `<sub>` and `<sup>` are containers, and comments are left out.
///
/// An [`Event::InlineHtml`] is a tag of a well-formed [`Abbreviation`], or `<details>` before the
/// paragraph of its summary, or `</details>`. An [`Event::Html`] outside
/// of a block of HTML is a tag that is not taken.
pub(super) struct InlineHtml<'t, I> {
    markdown: &'t str,
    events: I,
    details: BTreeMap<usize, DetailsTag>,
    ready: VecDeque<(Event<'t>, Range<usize>)>,
}

impl<'t, I: Iterator<Item = (Event<'t>, Range<usize>)>> InlineHtml<'t, I> {
    pub(super) const fn new(
        markdown: &'t str,
        details: BTreeMap<usize, DetailsTag>,
        events: I,
    ) -> Self {
        Self { markdown, events, details, ready: VecDeque::new() }
    }

    /// Reads the rest of a block after its first tag, because a tag is taken only with its partner.
    fn read_inline(&mut self, first: (Event<'t>, Range<usize>)) {
        let mut events = vec![first];
        let mut border = None;
        for (event, range) in self.events.by_ref() {
            if is_border(&event) {
                border = Some((event, range));
                break;
            }
            events.push((event, range));
        }
        let paired = find_pairs(&events);
        for (at, (event, range)) in events.into_iter().enumerate() {
            let Event::InlineHtml(html) = event else {
                self.ready.push_back((event, range));
                continue;
            };
            match Html::parse(&html) {
                Some(Html::Comment) => {}
                Some(Html::Break) => self.ready.push_back((Event::HardBreak, range)),
                Some(Html::Start(name) | Html::End(name)) if paired[at] => {
                    let is_start = !html.starts_with("</");
                    self.ready.push_back((taken(name, is_start, html), range));
                }
                _ => self.ready.push_back((Event::Html(html), range)),
            }
        }
        match border {
            Some((Event::Start(Tag::HtmlBlock), range)) => self.read_block(range),
            other => self.ready.extend(other),
        }
    }

    /// Reads a block of HTML. One of comments and line breaks alone is taken.
    fn read_block(&mut self, range: Range<usize>) {
        let mut block = vec![(Event::Start(Tag::HtmlBlock), range.clone())];
        let mut html = String::new();
        for (event, place) in self.events.by_ref() {
            if let Event::Html(line) = &event {
                html.push_str(line);
            }
            let is_end = event == Event::End(TagEnd::HtmlBlock);
            block.push((event, place));
            if is_end {
                break;
            }
        }
        if let Some(tag) = self.details.get(&range.start) {
            self.ready.extend(details_events(self.markdown, tag, range));
            return;
        }
        match count_breaks(&html) {
            Some(count) => {
                self.ready.extend(std::iter::repeat_n((Event::HardBreak, range), count));
            }
            None => self.ready.extend(block),
        }
    }
}

impl<'t, I: Iterator<Item = (Event<'t>, Range<usize>)>> Iterator for InlineHtml<'t, I> {
    type Item = (Event<'t>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(ready) = self.ready.pop_front() {
                return Some(ready);
            }
            let (event, range) = self.events.next()?;
            match event {
                Event::InlineHtml(_) => self.read_inline((event, range)),
                Event::Start(Tag::HtmlBlock) => self.read_block(range),
                _ => return Some((event, range)),
            }
        }
    }
}

/// The events of one end of a text to be opened; its summary is a paragraph.
fn details_events<'t>(
    markdown: &'t str,
    tag: &DetailsTag,
    range: Range<usize>,
) -> Vec<(Event<'t>, Range<usize>)> {
    match tag {
        DetailsTag::Start(words) => vec![
            (Event::InlineHtml("<details>".into()), range.start..range.start),
            (Event::Start(Tag::Paragraph), range.clone()),
            (Event::Text(markdown[words.clone()].into()), words.clone()),
            (Event::End(TagEnd::Paragraph), range),
        ],
        DetailsTag::End => vec![(Event::InlineHtml("</details>".into()), range)],
    }
}

/// A piece of HTML that may be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Html {
    Start(&'static str),
    End(&'static str),
    Break,
    Comment,
}

impl Html {
    fn parse(html: &str) -> Option<Self> {
        if html.starts_with("<!--") {
            return Some(Self::Comment);
        }
        let (name, attributes) = split_tag(html)?;
        if name == "br" {
            return matches!(attributes, "" | "/").then_some(Self::Break);
        }
        let is_end = name.starts_with('/');
        let name = name.trim_start_matches('/');
        let element = ELEMENTS.into_iter().find(|known| *known == name)?;
        let has_title = element == "abbr" && !is_end && title_of(attributes).is_some();
        if !attributes.is_empty() && !has_title {
            return None;
        }
        Some(if is_end { Self::End(element) } else { Self::Start(element) })
    }
}

/// The name of a tag in lower case, with the slash before it, and its attributes.
pub(super) fn split_tag(html: &str) -> Option<(String, &str)> {
    let inner = html.strip_prefix('<')?.strip_suffix('>')?;
    let slash = usize::from(inner.starts_with('/'));
    let end = inner[slash..]
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
        .unwrap_or(inner.len() - slash);
    let (name, attributes) = inner.split_at(slash + end);
    Some((name.to_ascii_lowercase(), attributes.trim()))
}

/// The value of `title="…"`, if that is the only attribute.
fn title_of(attributes: &str) -> Option<&str> {
    let (name, value) = attributes.split_once('=')?;
    let value = value.trim();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let inner = value[1..].strip_suffix(quote)?;
    let is_title = name.trim().eq_ignore_ascii_case("title") && !inner.contains(quote);
    is_title.then_some(inner)
}

/// For each event, whether it is a tag with a partner, between which everything is well-formed.
fn find_pairs(events: &[(Event<'_>, Range<usize>)]) -> Vec<bool> {
    let mut paired = vec![false; events.len()];
    // Markdown's own containers have no name.
    let mut open: Vec<(usize, Option<&str>)> = Vec::new();
    for (at, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(_) => open.push((at, None)),
            Event::End(_) => while open.pop().is_some_and(|(_, name)| name.is_some()) {},
            Event::InlineHtml(html) => match Html::parse(html) {
                Some(Html::Start(name)) => open.push((at, Some(name))),
                Some(Html::End(name)) => {
                    if let Some((start, _)) = open.pop_if(|(_, open)| *open == Some(name)) {
                        paired[start] = true;
                        paired[at] = true;
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }
    paired
}

fn taken<'t>(name: &str, is_start: bool, html: CowStr<'t>) -> Event<'t> {
    match (name, is_start) {
        ("sub", true) => Event::Start(Tag::Subscript),
        ("sub", false) => Event::End(TagEnd::Subscript),
        ("sup", true) => Event::Start(Tag::Superscript),
        ("sup", false) => Event::End(TagEnd::Superscript),
        _ => Event::InlineHtml(html),
    }
}

/// The number of line breaks in a block of line breaks and comments. `None` for another block.
fn count_breaks(block: &str) -> Option<usize> {
    let mut count = 0;
    let mut rest = block.trim();
    while !rest.is_empty() {
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map(|end| end + "-->".len())?
        } else {
            let end = rest.find('>')? + 1;
            Html::parse(&rest[..end]).filter(|html| *html == Html::Break)?;
            count += 1;
            end
        };
        rest = rest[end..].trim_start();
    }
    Some(count)
}

/// A tag of an abbreviation.
#[derive(Debug, PartialEq, Eq)]
pub enum Abbreviation {
    /// The start, with the words for which the abbreviation is written.
    Start(Option<String>),
    End,
}

impl Abbreviation {
    /// Parses `<abbr>`, `<abbr title="…">` or `</abbr>`.
    #[must_use]
    pub fn parse(html: &str) -> Option<Self> {
        let (_, attributes) = split_tag(html)?;
        match Html::parse(html)? {
            Html::Start("abbr") => Some(Self::Start(title_of(attributes).map(decode))),
            Html::End("abbr") => Some(Self::End),
            _ => None,
        }
    }
}

/// Decodes the character references of an attribute's value.
fn decode(value: &str) -> String {
    // Markdown has the same references, and a backslash before a sign makes it text.
    let mut escaped = String::with_capacity(value.len());
    for (at, c) in value.char_indices() {
        let is_reference = c == '&' || c == ';' || (c == '#' && value[..at].ends_with('&'));
        if c.is_ascii_punctuation() && !is_reference {
            escaped.push('\\');
        }
        escaped.push(if c.is_whitespace() { ' ' } else { c });
    }
    let texts = Parser::new(escaped.trim()).filter_map(|event| match event {
        Event::Text(text) => Some(text),
        _ => None,
    });
    texts.fold(String::new(), |decoded, text| decoded + &text)
}

/// Writes raised and lowered texts in plain characters, for texts without markup.
#[derive(Debug, Default)]
pub struct PlainScripts {
    convert: Option<fn(&str) -> Option<String>>,
}

impl PlainScripts {
    /// Takes each event before its text is asked for.
    pub fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(Tag::Superscript) => self.convert = Some(to_superscript),
            Event::Start(Tag::Subscript) => self.convert = Some(to_subscript),
            Event::End(TagEnd::Superscript | TagEnd::Subscript) => self.convert = None,
            _ => {}
        }
    }

    /// The text, raised or lowered where Unicode has characters for all of it: `m²`, but `4th`.
    #[must_use]
    pub fn plain<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.convert.and_then(|convert| convert(text)) {
            Some(converted) => Cow::Owned(converted),
            None => Cow::Borrowed(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::parser::text_with_marks;
    use super::*;

    /// The texts of a body, with its marks, elements and line breaks in short.
    fn shown(markdown: &str) -> String {
        text_with_marks(markdown, |event| match event {
            Event::Start(Tag::Subscript) => "(sub ".to_owned(),
            Event::Start(Tag::Superscript) => "(sup ".to_owned(),
            Event::InlineHtml(html) if html.starts_with("</") => ")".to_owned(),
            Event::InlineHtml(html) => format!("({:?} ", Abbreviation::parse(html)),
            Event::Start(Tag::Emphasis | Tag::Strong)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong) => "_".to_owned(),
            Event::End(TagEnd::Subscript | TagEnd::Superscript) => ")".to_owned(),
            Event::HardBreak => "|".to_owned(),
            Event::Html(html) => format!("!{}!", html.trim_end()),
            _ => String::new(),
        })
    }

    #[test]
    fn elements_of_the_list_are_taken() {
        for (markdown, expected) in [
            ("m<sup>2</sup>", "m(sup 2)"),
            ("CO<SUB>2</SUB >计", "CO(sub 2)计"),
            ("a<sup>*n*<sub>1</sub></sup>", "a(sup _n_(sub 1))"),
            ("**x<sup>2</sup>**", "_x(sup 2)_"),
            ("甲<br>乙<br/>丙<BR />丁", "甲|乙|丙|丁"),
            ("| 甲 |\n| --- |\n| 1<br>2 |", "甲1|2"),
            ("甲<!-- 待核 -->乙", "甲乙"),
            ("甲\n\n<!-- 一\n\n二 -->\n\n乙", "甲乙"),
            ("甲\n\n<br>\n\n乙", "甲|乙"),
            ("<abbr>WHO</abbr>", "(Some(Start(None)) WHO)"),
            (
                "<abbr title='a &amp; &quot;b&quot; *c*'>d</abbr>",
                "(Some(Start(Some(\"a & \\\"b\\\" *c*\"))) d)",
            ),
        ] {
            assert_eq!(shown(markdown), expected, "{markdown}");
        }
    }

    #[test]
    fn other_html_is_not_taken() {
        for (markdown, expected) in [
            ("m<sup>2", "m!<sup>!2"),
            ("m2</sup>", "m2!</sup>!"),
            ("*a<sup>b*</sup>", "_a!<sup>!b_!</sup>!"),
            ("<sup>*a</sup>*", "!<sup>!_a!</sup>!_"),
            ("<sub>a</sup>", "!<sub>!a!</sup>!"),
            ("| <sub>a | b</sub> |\n| - | - |", "!<sub>!ab!</sub>!"),
            ("m<sup class=\"x\">2</sup>", "m!<sup class=\"x\">!2!</sup>!"),
            ("a<br clear=\"all\">b", "a!<br clear=\"all\">!b"),
            (
                "a<abbr title=\"b\" onclick=\"c\">d</abbr>",
                "a!<abbr title=\"b\" onclick=\"c\">!d!</abbr>!",
            ),
            ("a<u>b</u>", "a!<u>!b!</u>!"),
            ("<!-- a --> b", "!<!-- a --> b!"),
            ("<br>\nb", "!<br>!!b!"),
            ("<!-- a", "!<!-- a!"),
        ] {
            assert_eq!(shown(markdown), expected, "{markdown}");
        }
    }
}
