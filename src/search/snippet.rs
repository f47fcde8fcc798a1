//! The passage of a text that shows why it was found, with the words that were looked for marked.

use std::collections::BTreeSet;
use std::ops::Range;

use super::analysis::{self, Stems};
use super::query::{Atom, Query};
use super::scan::{Piece, Scanner};
use super::{body, fold};
use crate::content::Text;
use crate::language::is_han;

/// About how wide a passage is, in columns: a Chinese character takes two.
const WIDTH: usize = 220;

/// How much of that stands before the first mark.
const LEAD: usize = 60;

/// A piece of a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fragment {
    /// The text as it stands on the page, not escaped.
    pub text: String,
    /// Whether it is what was looked for.
    pub is_marked: bool,
}

/// Marks what was looked for.
pub(super) struct Marker {
    stems: Stems,
    words: BTreeSet<String>,
    /// With what the words that are looked for begin: stemming changes their ends.
    starts: BTreeSet<String>,
    numbers: BTreeSet<String>,
    han: Vec<String>,
}

impl Marker {
    /// Marks the words of a query in a text whose words are stemmed in a way.
    pub(super) fn new(query: &Query, stems: Stems) -> Self {
        let mut marker =
            Self { stems, words: BTreeSet::new(), starts: BTreeSet::new(), numbers: BTreeSet::new(), han: Vec::new() };
        for atom in query.wanted.iter().flat_map(|clause| &clause.atoms) {
            match atom {
                Atom::Word(word) => {
                    marker.starts.insert(start(word).to_owned());
                    marker.words.insert(stems.stem(word));
                }
                Atom::Number(number) => drop(marker.numbers.insert(number.clone())),
                Atom::Han(word) => {
                    marker.han.push(word.clone());
                    marker.han.extend(analysis::chinese_parts(word).into_iter().map(ToOwned::to_owned));
                }
            }
        }
        // A word goes before its parts.
        marker.han.sort_by_key(|word| std::cmp::Reverse(word.len()));
        marker
    }

    /// A whole text, such as a title.
    pub(super) fn whole(&self, text: &str) -> Vec<Fragment> {
        fragments(text, &self.marks(text))
    }

    /// The passage that has most of the words: the summary, unless a line of the body has more.
    pub(super) fn passage(&self, text: &Text) -> Vec<Fragment> {
        let summary = text.summary.as_ref().map_or("", |summary| summary.value.as_str());
        let body = body::words(body::beginning(&text.body.markdown));
        let mut best: (usize, &str) = (self.distinct(summary), summary);
        let possible = self.words.len() + self.numbers.len() + self.han.len();
        for line in body.lines() {
            if best.0 >= possible && !best.1.is_empty() {
                break;
            }
            let distinct = if self.may_be_in(line) { self.distinct(line) } else { 0 };
            if distinct > best.0 || best.1.is_empty() {
                best = (distinct, line);
            }
        }
        self.cut(best.1)
    }

    /// The part of a line around its first mark.
    fn cut(&self, line: &str) -> Vec<Fragment> {
        let marks = self.marks(line);
        let first = marks.first().map_or(0, |mark| mark.start);
        let mut start = first;
        let mut width = 0;
        for (at, character) in line[..first].char_indices().rev() {
            width += columns(character);
            // A passage begins with a word, or with a Chinese character.
            start = at;
            if width > LEAD && (is_han(character) || line[..at].ends_with(char::is_whitespace)) {
                break;
            }
        }
        let mut end = line.len();
        let mut width = 0;
        let mut last_space = None;
        for (at, character) in line[start..].char_indices() {
            width += columns(character);
            if width > WIDTH {
                end = start + last_space.filter(|space| *space > 0).unwrap_or(at);
                break;
            }
            if character.is_whitespace() || is_han(character) {
                last_space = Some(at + if is_han(character) { character.len_utf8() } else { 0 });
            }
        }
        let inside: Vec<Range<usize>> = marks
            .into_iter()
            .filter(|mark| mark.start >= start && mark.end <= end)
            .map(|mark| mark.start - start..mark.end - start)
            .collect();
        let mut fragments = fragments(&line[start..end], &inside);
        let dots = || Fragment { text: "…".to_owned(), is_marked: false };
        if start > 0 {
            fragments.insert(0, dots());
        }
        if end < line.len() {
            fragments.push(dots());
        }
        fragments
    }

    /// Whether a line can have any of the words: whether it has the beginning of one. Most lines have none, and are not read.
    fn may_be_in(&self, line: &str) -> bool {
        if self.words.is_empty() && self.numbers.is_empty() {
            let line = fold::simplified(line);
            return self.han.iter().any(|word| line.contains(word.as_str()));
        }
        if !line.is_ascii() {
            return true;
        }
        if !self.numbers.is_empty() && line.bytes().any(|byte| byte.is_ascii_digit()) {
            return true;
        }
        let lower = line.to_ascii_lowercase();
        self.starts.iter().any(|start| lower.contains(start.as_str()))
    }

    /// How many different words of the query a line has.
    fn distinct(&self, line: &str) -> usize {
        let folded = fold::simplified(line);
        let marked = self.marks_in(&folded).into_iter().map(|mark| folded[mark].to_lowercase());
        marked.collect::<BTreeSet<_>>().len()
    }

    /// Where a text has the words of the query, in order and apart from each other.
    fn marks(&self, text: &str) -> Vec<Range<usize>> {
        self.marks_in(&fold::simplified(text))
    }

    fn marks_in(&self, folded: &str) -> Vec<Range<usize>> {
        let mut scanner = Scanner::new(folded);
        let mut marks = Vec::new();
        while let Some((piece, place)) = scanner.next() {
            match piece {
                Piece::Word => {
                    let may_be = self.starts.contains(start(&scanner.folded));
                    if may_be && self.words.contains(&self.stems.stem(&scanner.folded)) {
                        marks.push(place);
                    }
                }
                Piece::Number => {
                    if self.numbers.contains(&scanner.folded) {
                        marks.push(place);
                    } else if scanner.scaled.as_ref().is_some_and(|scaled| self.numbers.contains(scaled)) {
                        marks.push(place.start..scanner.scaled_end);
                        scanner.skip_scale();
                    }
                }
                Piece::Han => self.mark_han(&scanner.folded, place.start, &mut marks),
            }
        }
        marks
    }

    fn mark_han(&self, run: &str, offset: usize, marks: &mut Vec<Range<usize>>) {
        let mut at = 0;
        while at < run.len() {
            let word = self.han.iter().find(|word| run[at..].starts_with(word.as_str()));
            let length = match word {
                Some(word) => {
                    let place = offset + at..offset + at + word.len();
                    match marks.last_mut().filter(|last| last.end == place.start) {
                        Some(last) => last.end = place.end,
                        None => marks.push(place),
                    }
                    word.len()
                }
                None => run[at..].chars().next().map_or(1, char::len_utf8),
            };
            at += length;
        }
    }
}

/// The first three letters of a word.
fn start(word: &str) -> &str {
    let end = word.char_indices().nth(3).map_or(word.len(), |(at, _)| at);
    &word[..end]
}

fn fragments(text: &str, marks: &[Range<usize>]) -> Vec<Fragment> {
    let mut fragments = Vec::new();
    let mut at = 0;
    let mut add = |text: &str, is_marked| {
        if !text.is_empty() {
            fragments.push(Fragment { text: text.to_owned(), is_marked });
        }
    };
    for mark in marks {
        add(&text[at..mark.start], false);
        add(&text[mark.clone()], true);
        at = mark.end;
    }
    add(&text[at..], false);
    fragments
}

const fn columns(character: char) -> usize {
    if is_han(character) { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marked(query: &str, text: &str) -> String {
        let marker = Marker::new(&Query::read(query), Stems::of("en"));
        shown(&marker.whole(text))
    }

    fn shown(fragments: &[Fragment]) -> String {
        let shown = |one: &Fragment| if one.is_marked { format!("[{}]", one.text) } else { one.text.clone() };
        fragments.iter().map(shown).collect()
    }

    #[test]
    fn what_was_looked_for_is_marked_however_it_was_typed() {
        let table = [
            ("job", "New jobs: JOB!", "New [jobs]: [JOB]!"),
            ("83000", "83,000 or 8.3万个", "[83,000] or [8.3万]个"),
            ("養老床位", "新增养老床位，养老", "新增[养老床位]，[养老]"),
            ("ecole", "École <b>", "[École] <b>"),
            ("\"new jobs\"", "new jobs", "[new] [jobs]"),
            ("x", "y", "y"),
        ];
        for (query, text, expected) in table {
            assert_eq!(marked(query, text), expected, "{query}");
        }
    }

    #[test]
    fn a_long_line_is_cut_around_the_first_mark_at_words() {
        let marker = Marker::new(&Query::read("needle"), Stems::of("en"));
        let line = format!("{}needle {}", "hay ".repeat(100), "straw ".repeat(100));
        let cut = shown(&marker.cut(&line));
        assert!(cut.starts_with("…hay ") && cut.ends_with(" straw…") && cut.contains("[needle]"), "{cut}");
        let chinese = format!("{}needle{}", "粮".repeat(300), "食".repeat(300));
        let cut = shown(&marker.cut(&chinese));
        assert!(cut.starts_with("…粮") && cut.ends_with("食…") && cut.contains("[needle]"), "{cut}");
    }

    proptest! {
        #[test]
        fn fragments_are_the_text_itself(query in "(\\PC|[a-c养老0-9万]){0,20}", text in "(\\PC|[a-c养老0-9万,. ]){0,400}") {
            let marker = Marker::new(&Query::read(&query), Stems::of("en"));
            let whole: String = marker.whole(&text).into_iter().map(|one| one.text).collect();
            prop_assert_eq!(&whole, &text);
            let cut: String = marker.cut(&text).into_iter().map(|one| one.text).collect();
            prop_assert!(text.contains(cut.trim_matches('…')) || cut.contains("……") || text.contains('…'), "{} of {}", cut, text);
        }
    }
}
