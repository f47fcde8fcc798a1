//! Blocks of public services in plain Markdown: a quotation that is a key figure or a contact, and
//! a numbered list of steps.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::super::PlainScripts;

/// A quotation or a list that is more than that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ServiceBlock {
    /// A bold figure, a paragraph that says of what, and perhaps one with the source.
    KeyFigure { has_source: bool },
    /// A bold name and a list of ways to reach it.
    Contact,
    /// A numbered list whose items all begin with bold words.
    Steps,
}

/// The most characters of a key figure.
const MAX_FIGURE: usize = 20;

/// The words before the colon of a way to reach an office. The first ones are of telephones.
const PHONES: [&str; 8] =
    ["telephone", "phone", "tel", "hotline", "电话", "联系电话", "咨询电话", "热线"];
const OTHER_WAYS: [&str; 16] = [
    "e-mail",
    "email",
    "address",
    "hours",
    "opening hours",
    "website",
    "邮箱",
    "电子邮箱",
    "地址",
    "办公地址",
    "时间",
    "办公时间",
    "服务时间",
    "网站",
    "网址",
    "传真",
];

impl ServiceBlock {
    /// The block at the start of events.
    pub(crate) fn at(events: &[Event<'_>]) -> Option<Self> {
        match events {
            [
                Event::Start(Tag::BlockQuote(None)),
                Event::Start(Tag::Paragraph),
                Event::Start(Tag::Strong),
                ..,
            ] => Self::of_quotation(&children(&events[1..])),
            // Read further only behind bold words: lists can be nested some thousand times.
            [Event::Start(Tag::List(Some(_))), first @ ..] if begins_bold(first) => {
                let items = children(first);
                let is_steps = items.len() > 1 && items.iter().all(|item| begins_bold(item));
                is_steps.then_some(Self::Steps)
            }
            _ => None,
        }
    }

    /// The steps or the contact that were probably begun at the start of events, and the event at
    /// which an item begins that lacks the form of the others.
    pub(crate) fn begun_at(events: &[Event<'_>]) -> Option<(Self, usize)> {
        let (block, before, items) = match events {
            [Event::Start(Tag::List(Some(_))), first @ ..] if begins_bold(first) => {
                (Self::Steps, 1, children(first))
            }
            [
                Event::Start(Tag::BlockQuote(None)),
                Event::Start(Tag::Paragraph),
                Event::Start(Tag::Strong),
                ..,
            ] => {
                let [head, list] = children(&events[1..])[..] else { return None };
                bold_paragraph(head)?;
                let is_list = matches!(list.first(), Some(Event::Start(Tag::List(None))));
                let items = children_of(list);
                let mut lines = items.iter().map(|item| words(item));
                let has_way =
                    lines.any(|line| split_label(&line).is_some_and(|(label, _)| is_way(&label)));
                if !is_list || !has_way {
                    return None;
                }
                (Self::Contact, head.len() + 2, items)
            }
            _ => return None,
        };
        let mut others = items.iter().enumerate().filter(|(_, item)| match block {
            Self::Steps => !begins_bold(item),
            _ => split_label(&words(item)).is_none(),
        });
        let (odd, rest) = (others.next()?.0, others.count());
        // Of steps most have the form, or the bold words mean something else.
        if block == Self::Steps && 2 * (rest + 1) >= items.len() {
            return None;
        }
        let at = before + items[..odd].iter().map(|item| item.len()).sum::<usize>();
        Some((block, at))
    }

    fn of_quotation(children: &[&[Event<'_>]]) -> Option<Self> {
        let (head, rest) = children.split_first()?;
        let name = bold_paragraph(head)?;
        match rest {
            [label] | [label, _] if is_figure(&name) => {
                let are_paragraphs = rest.iter().all(|child| is_paragraph(child));
                let has_source = rest.len() == 2;
                let is_label = !words(label).trim().is_empty();
                (are_paragraphs && is_label).then_some(Self::KeyFigure { has_source })
            }
            [list] if matches!(list.first(), Some(Event::Start(Tag::List(None)))) => {
                let labels: Option<Vec<String>> = children_of(list)
                    .iter()
                    .map(|item| split_label(&words(item)).map(|(label, _)| label))
                    .collect();
                labels?.iter().any(|label| is_way(label)).then_some(Self::Contact)
            }
            _ => None,
        }
    }
}

/// The label of a way to reach an office, and the telephone number behind it: `Telephone: 12345`.
pub(crate) fn phone_number(text: &str) -> Option<(&str, &str)> {
    let (label, value) = split_label(text)?;
    let is_number = value.chars().filter(char::is_ascii_digit).count() >= 3
        && value.chars().all(|c| c.is_ascii_digit() || " +-()（）".contains(c));
    let number = &text[text.len() - value.len()..];
    let before = &text[..text.len() - value.len()];
    (PHONES.contains(&label.as_str()) && is_number).then_some((before, number))
}

/// Whether a line is a figure in bold alone, as the first line of a key figure is.
pub(super) fn is_bold_figure(line: &str) -> bool {
    let inner = line.strip_prefix("**").and_then(|rest| rest.strip_suffix("**"));
    inner.is_some_and(|inner| !inner.contains('*') && is_figure(inner))
}

/// Whether words are short and begin with a figure: `12,400`, `¥3.2 billion`, `约1.2万人`.
fn is_figure(words: &str) -> bool {
    let figure =
        words.trim_start_matches(['约', '近', '超', '±', '+', '-', '−', '¥', '￥', '$', '€']);
    figure.starts_with(|c: char| c.is_numeric()) && words.chars().count() <= MAX_FIGURE
}

/// The label in lower case and the value of `Label: value`.
fn split_label(text: &str) -> Option<(String, &str)> {
    let (label, value) = text.split_once([':', '：'])?;
    let is_label = !label.trim().is_empty() && !value.trim().is_empty();
    is_label.then(|| (label.trim().to_lowercase(), value.trim()))
}

/// Whether a label, in lower case, is that of a way to reach an office.
fn is_way(label: &str) -> bool {
    PHONES.contains(&label) || OTHER_WAYS.contains(&label)
}

/// Whether events begin with an item that begins with bold words.
fn begins_bold(item: &[Event<'_>]) -> bool {
    matches!(
        item,
        [Event::Start(Tag::Item), Event::Start(Tag::Strong), ..]
            | [
                Event::Start(Tag::Item),
                Event::Start(Tag::Paragraph),
                Event::Start(Tag::Strong),
                ..
            ]
    )
}

fn is_paragraph(child: &[Event<'_>]) -> bool {
    matches!(child.first(), Some(Event::Start(Tag::Paragraph)))
}

/// The words of a paragraph that is bold as a whole.
fn bold_paragraph(events: &[Event<'_>]) -> Option<String> {
    let end = events.iter().position(|event| *event == Event::End(TagEnd::Strong))?;
    let is_whole = events.len() == end + 2 && is_paragraph(events);
    is_whole.then(|| words(events))
}

/// The words of events, without their marks.
fn words(events: &[Event<'_>]) -> String {
    let mut words = String::new();
    let mut scripts = PlainScripts::default();
    for event in events {
        scripts.take(event);
        match event {
            Event::Text(text) => words.push_str(&scripts.plain(text)),
            Event::Code(code) => words.push_str(code),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    words
}

/// The children of a container, whose start is the first event.
fn children_of<'e, 't>(events: &'e [Event<'t>]) -> Vec<&'e [Event<'t>]> {
    children(events.get(1..).unwrap_or_default())
}

/// The blocks at the start of events, up to the end of their container.
fn children<'e, 't>(events: &'e [Event<'t>]) -> Vec<&'e [Event<'t>]> {
    let mut children = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    for (at, event) in events.iter().enumerate() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) if depth == 0 => break,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            children.push(&events[start..=at]);
            start = at + 1;
        }
    }
    children
}

#[cfg(test)]
mod tests {
    use super::super::super::events;
    use super::*;

    fn found(markdown: &str) -> Option<ServiceBlock> {
        let events: Vec<Event<'_>> = events(markdown).map(|(event, _)| event).collect();
        ServiceBlock::at(&events)
    }

    #[test]
    fn quotations_and_lists_are_blocks_by_their_beginning() {
        let with_source = Some(ServiceBlock::KeyFigure { has_source: true });
        let without = Some(ServiceBlock::KeyFigure { has_source: false });
        for (markdown, expected) in [
            ("> **12,400**\n>\n> new jobs\n>\n> Source: [the office](x.md)", with_source),
            ("> **约1.2万人**\n>\n> 新增就业", without),
            ("> **12,400**\n> new jobs", None),
            ("> **12,400**", None),
            ("> **In 2022 all was well**\n>\n> It was.", None),
            ("> **12,400** jobs\n>\n> It was.", None),
            ("> **12,400**\n>\n> a\n>\n> b\n>\n> c", None),
            ("> **Office**\n>\n> - Telephone: 12345\n> - Room: 3", Some(ServiceBlock::Contact)),
            ("> **住建局**\n>\n> - 电话：0451-1234567", Some(ServiceBlock::Contact)),
            ("> **Office**\n>\n> - Telephone: 12345\n> - by post", None),
            ("> **Menu**\n>\n> - Soup: 12", None),
            ("1. **Apply.** Now.\n2. **Wait.**\n", Some(ServiceBlock::Steps)),
            ("1. **Apply.** Now.\n\n2. **Wait.**\n", Some(ServiceBlock::Steps)),
            ("1. **Apply.** Now.\n2. Wait.\n", None),
            ("1. **Apply.**\n", None),
            ("- **Apply.**\n- **Wait.**\n", None),
            ("**12,400**\n\njobs", None),
        ] {
            assert_eq!(found(markdown), expected, "{markdown}");
        }
    }

    #[test]
    fn begun_blocks_name_item_without_form() {
        for (markdown, expected) in [
            ("1. **Apply.** Now.\n2. **Pay.**\n3. Wait *long*.\n", Some("Wait ")),
            ("1. **Apply.** Now.\n\n2. Wait.\n\n3. **Pay.**\n\n   At once.\n", Some("Wait.")),
            ("1. **Apply.** Now.\n2. Wait.\n", None),
            ("1. **Apply.**\n2. Wait.\n3. Wait.\n4. **Pay.**\n", None),
            ("1. Apply.\n2. **Wait.**\n3. **Pay.**\n", None),
            ("1. **Apply.**\n2. **Wait.**\n", None),
            ("> **Office**\n>\n> - Telephone: 12345\n> - by post\n", Some("by post")),
            ("> **住建局**\n>\n> - 中央大街1号\n> - 电话：0451-1234567\n", Some("中央大街1号")),
            ("> **Office**\n>\n> - Telephone: 12345\n> - Room: 3\n", None),
            ("> **Menu**\n>\n> - Soup: 12\n> - bread\n", None),
            ("> **Office**\n>\n> - Telephone: 12345\n> - by post\n>\n> More.\n", None),
        ] {
            let events: Vec<Event<'_>> = events(markdown).map(|(event, _)| event).collect();
            let found = ServiceBlock::begun_at(&events).map(|(_, at)| {
                let item = children(&events[at..]);
                assert!(matches!(events[at], Event::Start(Tag::Item)), "{markdown}");
                words(item[0])
            });
            let matches = match (&found, expected) {
                (Some(found), Some(expected)) => found.starts_with(expected),
                (found, expected) => found.is_none() && expected.is_none(),
            };
            assert!(matches, "{markdown}: {found:?}");
        }
    }

    #[test]
    fn telephone_number_follows_its_label() {
        assert_eq!(phone_number("Telephone: 0451-123"), Some(("Telephone: ", "0451-123")));
        assert_eq!(phone_number("电话：12345"), Some(("电话：", "12345")));
        assert_eq!(phone_number("电话：12345 转 2"), None);
        assert_eq!(phone_number("Room: 123"), None);
    }
}
