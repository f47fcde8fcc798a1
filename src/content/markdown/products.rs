//! Keeps the asterisks of products as text: `210*297*30`, `长5*宽3*高2米`.
//!
//! CommonMark reads two asterisks inside of a word as emphasis, so that the figures would run
//! together.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use crate::language::{is_han, to_half_width};

/// Last characters of words that are multiplied: 长, 单价, 数量, 税率.
const MEASURES: &str = "长宽高深厚径底边价量数率";

/// The events of a Markdown text, in which emphasis between numbers is text.
pub(super) struct Products<'t, I> {
    markdown: &'t str,
    events: I,
    /// For each open emphasis, its mark if it is text.
    open: Vec<Option<&'static str>>,
}

impl<'t, I: Iterator<Item = (Event<'t>, Range<usize>)>> Products<'t, I> {
    pub(super) const fn new(markdown: &'t str, events: I) -> Self {
        Self { markdown, events, open: Vec::new() }
    }
}

impl<'t, I: Iterator<Item = (Event<'t>, Range<usize>)>> Iterator for Products<'t, I> {
    type Item = (Event<'t>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let (event, range) = self.events.next()?;
        let mark = match &event {
            Event::Start(Tag::Emphasis) => self.mark_of_product("*", &range),
            Event::Start(Tag::Strong) => self.mark_of_product("**", &range),
            Event::End(TagEnd::Emphasis | TagEnd::Strong) => self.open.pop().flatten(),
            _ => return Some((event, range)),
        };
        let is_start = matches!(event, Event::Start(_));
        if is_start {
            self.open.push(mark);
        }
        let Some(mark) = mark else { return Some((event, range)) };
        let place = if is_start {
            range.start..range.start + mark.len()
        } else {
            range.end - mark.len()..range.end
        };
        Some((Event::Text(CowStr::Borrowed(mark)), place))
    }
}

impl<I> Products<'_, I> {
    fn mark_of_product(&self, mark: &'static str, range: &Range<usize>) -> Option<&'static str> {
        let neighbours = Neighbours::of(self.markdown, range, mark)?;
        neighbours.is_product().then_some(mark)
    }
}

/// The characters beside the marks of an emphasis.
pub(super) struct Neighbours {
    before: Option<char>,
    first: Option<char>,
    last: Option<char>,
    after: Option<char>,
}

impl Neighbours {
    /// Those of an emphasis with its marks. `None` if it has other marks.
    pub(super) fn of(markdown: &str, range: &Range<usize>, mark: &str) -> Option<Self> {
        let inner = markdown.get(range.clone())?.strip_prefix(mark)?.strip_suffix(mark)?;
        Some(Self {
            before: markdown[..range.start].chars().next_back(),
            first: inner.chars().next(),
            last: inner.chars().next_back(),
            after: markdown[range.end..].chars().next(),
        })
    }

    /// Whether both marks multiply: each is beside a digit, one of which is outside.
    fn is_product(&self) -> bool {
        let is_inside_word =
            [self.before, self.after].iter().all(|c| c.is_some_and(char::is_alphanumeric));
        let is_first = is_digit(self.before) || is_digit(self.first);
        let is_last = is_digit(self.last) || is_digit(self.after);
        is_inside_word && is_first && is_last && (is_digit(self.before) || is_digit(self.after))
    }

    /// Whether the marks are between single letters, or between words of measure as in `长*宽*高`.
    pub(super) fn is_formula(&self, inner: &str) -> bool {
        let is_letters = is_letter(self.before) && is_letter(self.after) && inner.len() == 1;
        let is_measures = is_measure(self.before) && is_measure(self.last);
        (is_letters && is_letter(self.first)) || (is_measures && inner.chars().count() <= 4)
    }

    /// Whether the marks are characters of a code with digits: `A*B*01`.
    pub(super) fn is_code(&self, inner: &str) -> bool {
        let is_part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let all = inner.chars().chain(self.before).chain(self.after);
        is_part(self.before)
            && is_part(self.after)
            && inner.chars().all(|c| c.is_ascii_alphanumeric())
            && all.into_iter().any(|c| c.is_ascii_digit())
    }

    /// Whether each mark hides a character of a name, and a comma is between the names:
    /// `张*明、李*华`.
    pub(super) fn is_hidden_names(&self, inner: &str) -> bool {
        let is_part = |c: Option<char>| c.is_some_and(is_han);
        let is_list = inner.contains(['、', '，', '。', '；', ' ', '和', '与']);
        is_part(self.before)
            && is_part(self.first)
            && is_part(self.last)
            && is_part(self.after)
            && is_list
    }

    /// Whether one of the marks is between two digits.
    pub(super) fn is_between_digits(&self) -> bool {
        (is_digit(self.before) && is_digit(self.first))
            || (is_digit(self.last) && is_digit(self.after))
    }
}

fn is_measure(c: Option<char>) -> bool {
    c.is_some_and(|c| MEASURES.contains(c))
}

fn is_letter(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_alphabetic())
}

pub(super) fn is_digit(c: Option<char>) -> bool {
    c.is_some_and(|c| to_half_width(c).is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Tag, TagEnd};

    use super::super::parser::text_with_marks;

    /// The texts of a body, with `_` around emphasis.
    fn shown(markdown: &str) -> String {
        text_with_marks(markdown, |event| match event {
            Event::Start(Tag::Emphasis | Tag::Strong)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong) => "_".to_owned(),
            _ => String::new(),
        })
    }

    #[test]
    fn asterisks_of_products_are_text() {
        for product in [
            "210*297*30毫米",
            "长5*宽3*高2米",
            "2*3*4*5",
            "5m*3m*2m",
            "２*３*４",
            "2**3**4",
            "长5*3米，宽6*4米",
            "| 210*297*30 |",
        ] {
            assert_eq!(shown(product), product, "{product}");
        }
    }

    #[test]
    fn emphasis_beside_digits_stays_emphasis() {
        for (markdown, expected) in [
            ("第*1*章", "第_1_章"),
            ("共12*口*井", "共12_口_井"),
            ("*5* 井", "_5_ 井"),
            ("2024 *年* 5", "2024 _年_ 5"),
            ("**5**井", "_5_井"),
            ("我*爱*你", "我_爱_你"),
        ] {
            assert_eq!(shown(markdown), expected, "{markdown}");
        }
    }
}
