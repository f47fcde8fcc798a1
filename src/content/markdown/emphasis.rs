//! Delimiters of emphasis that stay text: beside Chinese punctuation `CommonMark` does not see
//! where emphasis begins or ends (the flanking rule,
//! <https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run>).

use std::ops::Range;

use memchr::memchr3;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::products::is_digit;
use crate::diagnostic::{Message, message};
use crate::language::{is_full_width, is_han, is_shared_punctuation};

/// The longest text between delimiters that a help repeats, in characters.
const MAX_REPEATED: usize = 40;

/// A delimiter of emphasis.
#[derive(Debug, Clone)]
pub(crate) struct Delimiter {
    /// `**`, `__`, `~~`, `*` or `_`.
    text: &'static str,
    /// Its range in the Markdown.
    pub(super) range: Range<usize>,
    is_literal: bool,
    is_chinese: bool,
    /// Whether its block has no partner for it.
    is_lone: bool,
}

impl Delimiter {
    fn new(text: &'static str, markdown: &str, at: usize) -> Self {
        let range = at..at + text.len();
        let neighbours = [last_char(&markdown[..at]), markdown[range.end..].chars().next()];
        let is_chinese = neighbours.into_iter().flatten().any(is_chinese);
        Self { text, range, is_literal: true, is_chinese, is_lone: false }
    }

    /// A delimiter that has its effect.
    pub(super) fn used(markdown: &str, range: Range<usize>) -> Option<Self> {
        let written = markdown.get(range.clone())?;
        let text = *["**", "__", "~~", "*", "_"].iter().find(|text| **text == written)?;
        Some(Self { is_literal: false, ..Self::new(text, markdown, range.start) })
    }

    pub(super) fn message(&self) -> Message {
        let mark = self.text;
        message!("`{mark}` would be shown literally here", "这里的 `{mark}` 会原样显示")
    }

    /// Whether it is half of a strikethrough whose other half is in another block, if anywhere.
    pub(super) fn is_lone_strike(&self) -> bool {
        self.is_lone && self.text == "~~"
    }

    /// Whether it is of asterisks that have their effect.
    fn has_asterisks(&self) -> bool {
        !self.is_literal && self.text.starts_with('*')
    }

    fn can_open(&self, markdown: &str) -> bool {
        markdown[self.range.end..].starts_with(|c: char| !c.is_whitespace())
    }

    fn can_close(&self, markdown: &str) -> bool {
        markdown[..self.range.start].ends_with(|c: char| !c.is_whitespace())
    }

    /// A remedy for a delimiter whose partner is not known.
    fn help(&self) -> Message {
        let mark = self.text;
        if self.is_chinese && mark != "__" {
            return message!(
                "put the punctuation outside the `{mark}`, or a space beside it",
                "请把标点移到 `{mark}` 之外，或在 `{mark}` 外侧加一个空格"
            );
        }
        if mark == "__" {
            return message!(
                "use `**` instead, with the punctuation outside it or a space beside it",
                "请改用 `**`，并把标点移到 `**` 之外，或在 `**` 外侧加一个空格"
            );
        }
        let escaped: String = mark.chars().flat_map(|c| ['\\', c]).collect();
        message!(
            "close the `{mark}`, or write `{escaped}` to show the signs",
            "请补上与之成对的 `{mark}`；如果要显示这些符号本身，请写 `{escaped}`"
        )
    }
}

/// Finds the delimiters that stayed text in the texts of a block, each with its remedy. `used` are
/// the block's other delimiters.
pub(super) fn find_literal(
    markdown: &str,
    texts: &[Range<usize>],
    used: Vec<Delimiter>,
) -> Vec<(Delimiter, Message)> {
    // Most blocks have none of these signs and are not searched.
    let is_plain = texts.iter().all(|text| {
        let source = markdown.as_bytes().get(text.clone()).unwrap_or_default();
        memchr3(b'*', b'_', b'~', source).is_none()
    });
    if is_plain {
        return Vec::new();
    }
    let mut all = used;
    for text in texts {
        all.extend(["**", "__", "~~"].iter().flat_map(|mark| doubles(mark, markdown, text)));
    }
    all.sort_by_key(|delimiter| delimiter.range.start);
    let mut found = Vec::new();
    for mark in ["**", "__", "~~"] {
        let same: Vec<&Delimiter> = all.iter().filter(|one| one.text == mark).collect();
        for pair in same.chunks(2) {
            found.extend(literal_of_pair(markdown, pair));
        }
    }
    for mark in ["*", "_"] {
        let singles = texts.iter().flat_map(|text| singles(mark, markdown, text)).collect();
        for (open, close) in pairs(markdown, singles) {
            let help = rewrite(markdown, &open, &close).unwrap_or_else(|| open.help());
            found.extend([(open, help.clone()), (close, help)]);
        }
    }
    found.extend(texts.iter().filter_map(|text| surplus(markdown, text, &all)));
    found.sort_by_key(|(delimiter, _)| delimiter.range.start);
    found
}

/// A single asterisk beside one that has its effect: `*words**`, `***words**`. That of `**words***`
/// may be the mark for a note. `all` are the delimiters of the block in their order.
fn surplus(markdown: &str, text: &Range<usize>, all: &[Delimiter]) -> Option<(Delimiter, Message)> {
    let written = markdown.get(text.clone())?;
    let next = all.partition_point(|one| one.range.start < text.end);
    let before = all.partition_point(|one| one.range.start < text.start).checked_sub(1);
    let before = before.map(|at| &all[at]).filter(|one| one.range.end == text.start);
    let before = before.filter(|one| one.has_asterisks() && one.text == "*");
    let after = all.get(next).filter(|one| one.has_asterisks() && one.range.start == text.end);
    let at = if before.is_some() && written.starts_with('*') {
        text.start
    } else if after.is_some() && written.ends_with('*') {
        text.end - 1
    } else {
        return None;
    };
    let help = message!(
        "write as many `*` before the words as behind them; to show the sign, write `\\*`",
        "文字前后的 `*` 要一样多；如果要显示这个符号，请写 `\\*`"
    );
    (!markdown[..at].ends_with('\\')).then(|| (Delimiter::new("*", markdown, at), help))
}

/// The literal ones of two delimiters that follow each other. Two underscores may be those of a
/// name, and two tildes alone the end of a friendly word.
fn literal_of_pair(markdown: &str, pair: &[&Delimiter]) -> Vec<(Delimiter, Message)> {
    let [open, close] = pair else {
        let alone = pair.iter().filter(|one| one.is_literal && one.text != "__");
        return alone
            .map(|one| (Delimiter { is_lone: true, ..(*one).clone() }, one.help()))
            .collect();
    };
    let is_meant = open.can_open(markdown) && close.can_close(markdown);
    let is_shown = match open.text {
        "**" => true,
        "__" => is_meant && (open.is_chinese || close.is_chinese),
        _ => is_meant,
    };
    if !is_shown || open.range.end >= close.range.start {
        return Vec::new();
    }
    let help = rewrite(markdown, open, close);
    let literal = [*open, *close].into_iter().filter(|one| one.is_literal);
    literal.map(|one| (one.clone(), help.clone().unwrap_or_else(|| one.help()))).collect()
}

/// The most blocks between the two marks of a strikethrough.
const MAX_BLOCKS: usize = 5;

/// Finds the strikethroughs that go over several blocks, among the marks without a partner and the
/// numbers of their blocks. Any other may be the end of a friendly word.
pub(super) fn strikes_over_blocks(
    markdown: &str,
    lone: &[(usize, Delimiter)],
) -> Vec<(Delimiter, Message)> {
    let mut found = Vec::new();
    let mut rest = lone;
    while let [(first, open), tail @ ..] = rest {
        rest = tail;
        let Some(((last, close), tail)) = tail.split_first() else { break };
        if open.can_open(markdown) && close.can_close(markdown) && last - first <= MAX_BLOCKS {
            let help = message!(
                "write `~~` before and after the words in each paragraph: no mark goes beyond one",
                "请在每一段要划掉的文字前后各写 `~~`，因为删除线不能跨段"
            );
            found.extend([(open.clone(), help.clone()), (close.clone(), help)]);
            rest = tail;
        }
    }
    found
}

/// The text of two delimiters, written so that they have their effect.
fn rewrite(markdown: &str, open: &Delimiter, close: &Delimiter) -> Option<Message> {
    let inner = markdown.get(open.range.end..close.range.start)?;
    if inner.contains(['`', '\n', '*', '~', '_']) || inner.chars().count() > MAX_REPEATED {
        return None;
    }
    let mark = if open.text.starts_with('_') { &"**"[..open.text.len()] } else { open.text };
    let before = last_char(&markdown[..open.range.start]).filter(|c| !c.is_control());
    let after = markdown[close.range.end..].chars().next().filter(|c| !c.is_control());
    let trimmed = inner.trim();
    let core = trimmed.trim_matches(is_punctuation);
    if core.is_empty() {
        return None;
    }
    let start = trimmed.len() - trimmed.trim_start_matches(is_punctuation).len();
    let (lead, trail) = trimmed.split_at_checked(start)?;
    let trail = trail.get(core.len()..)?;
    let moved = format!("{lead}{mark}{core}{mark}{trail}");
    let marked = format!("{mark}{trimmed}{mark}");
    let front = before.map_or_else(String::new, |c| format!("{c} "));
    let back = after.map_or_else(String::new, |c| format!(" {c}"));
    let spaces =
        [format!("{marked}{back}"), format!("{front}{marked}"), format!("{front}{marked}{back}")];
    // What is struck out stays struck out, with its punctuation.
    let mut candidates: Vec<String> = spaces.into();
    let index = if mark == "~~" { candidates.len() } else { 0 };
    candidates.insert(index, moved);
    let meant = candidates.into_iter().find(|candidate| {
        let front = if candidate.starts_with(mark) || !lead.is_empty() { before } else { None };
        has_effect(mark, front, candidate)
    })?;
    Some(message!("write `{meant}`", "请写成 `{meant}`"))
}

/// Whether a mark is emphasis in a text, and none of it is shown.
fn has_effect(mark: &str, before: Option<char>, text: &str) -> bool {
    let after = if text.ends_with(mark) { "字" } else { "" };
    let whole = format!("{}{text}{after}", before.map_or_else(String::new, String::from));
    let mut is_emphasis = false;
    for event in Parser::new_ext(&whole, Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Start(Tag::Strong | Tag::Emphasis | Tag::Strikethrough) => is_emphasis = true,
            Event::Text(shown) if shown.contains(['*', '~']) => return false,
            _ => {}
        }
    }
    is_emphasis
}

/// The double delimiters of a text: runs of exactly two signs, and of asterisks any.
fn doubles(mark: &'static str, markdown: &str, range: &Range<usize>) -> Vec<Delimiter> {
    let sign = mark.chars().next().unwrap_or_default();
    let mut found = find_marks(mark, markdown, range);
    if sign == '*' {
        found.retain(|one| !multiplies(markdown, one));
    } else {
        found.retain(|one| is_alone(one, sign, markdown));
    }
    found
}

/// The single delimiters of a text.
fn singles(mark: &'static str, markdown: &str, range: &Range<usize>) -> Vec<Delimiter> {
    let sign = mark.chars().next().unwrap_or_default();
    let mut found = find_marks(mark, markdown, range);
    found.retain(|one| is_alone(one, sign, markdown));
    found
}

fn is_alone(one: &Delimiter, sign: char, markdown: &str) -> bool {
    !markdown[..one.range.start].ends_with(sign) && !markdown[one.range.end..].starts_with(sign)
}

/// Those of a block's single delimiters that were meant as emphasis: one that could open, the next
/// that could close, and Chinese beside either. Any other is a product, a part of a name or a mark
/// for a note.
fn pairs(markdown: &str, singles: Vec<Delimiter>) -> Vec<(Delimiter, Delimiter)> {
    let mut found = Vec::new();
    let mut open: Option<Delimiter> = None;
    for mark in singles.into_iter().filter(|mark| !multiplies(markdown, mark)) {
        match open.take() {
            Some(first) if mark.can_close(markdown) && first.range.end < mark.range.start => {
                if (first.is_chinese || mark.is_chinese) && !is_in_name(markdown, &first, &mark) {
                    found.push((first, mark));
                }
            }
            _ => open = mark.can_open(markdown).then_some(mark),
        }
    }
    found
}

/// Whether asterisks are inside of a word and beside a digit, or two of them between digits.
fn multiplies(markdown: &str, mark: &Delimiter) -> bool {
    let before = last_char(&markdown[..mark.range.start]);
    let after = markdown[mark.range.end..].chars().next();
    match mark.text {
        "*" => {
            (is_digit(before) || is_digit(after))
                && [before, after].iter().all(|c| c.is_some_and(char::is_alphanumeric))
        }
        // Asterisks in the place of digits: `2301**********1234`.
        "**" => {
            let before = last_char(markdown[..mark.range.start].trim_end_matches('*'));
            let after = markdown[mark.range.end..].trim_start_matches('*').chars().next();
            is_digit(before) && is_digit(after)
        }
        _ => false,
    }
}

/// Whether two underscores are those of a name such as `附件_水井_2024`.
fn is_in_name(markdown: &str, open: &Delimiter, close: &Delimiter) -> bool {
    open.text == "_"
        && (is_ascii_word(last_char(&markdown[..open.range.start]))
            || is_ascii_word(markdown[close.range.end..].chars().next())
            || is_ascii_word(markdown[open.range.end..].chars().next()))
}

fn is_ascii_word(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_alphanumeric())
}

/// Whether a block begins or ends here, which no emphasis goes beyond.
pub(crate) fn is_border(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => !is_inline(tag.to_end()),
        Event::End(end) => !is_inline(*end),
        _ => false,
    }
}

/// Whether an element is part of a line, such as a link.
pub(crate) const fn is_inline(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

fn find_marks(text: &'static str, markdown: &str, range: &Range<usize>) -> Vec<Delimiter> {
    let Some(source) = markdown.get(range.clone()) else { return Vec::new() };
    source
        .match_indices(text)
        .map(|(at, _)| range.start + at)
        .filter(|at| !markdown[..*at].ends_with('\\'))
        .map(|at| Delimiter::new(text, markdown, at))
        .collect()
}

fn is_chinese(c: char) -> bool {
    is_han(c) || is_full_width(c) || is_shared_punctuation(c)
}

fn is_punctuation(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace() && (is_chinese(c) || c.is_ascii_punctuation())
}

fn last_char(text: &str) -> Option<char> {
    text.chars().next_back()
}
