//! The passage of a text that shows why it was found, with the words that were looked for marked.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::content::Text;
use crate::language::is_han;
use crate::search::query::parse::{Atom, Query};
use crate::search::text::analysis::Stems;
use crate::search::text::chinese;
use crate::search::text::normalize;
use crate::search::text::plain_text;
use crate::search::text::tokenize::{Piece, Scanner};

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
    pub is_highlighted: bool,
}

/// Marks what was looked for.
pub(crate) struct Marker {
    stems: Stems,
    words: BTreeSet<String>,
    /// With what the words that are looked for begin: stemming changes their ends.
    starts: BTreeSet<String>,
    numbers: BTreeSet<String>,
    /// Chinese words as they were typed, and their parts, the longest first.
    han: Vec<HanWord>,
    /// What a passage is worth that has everything.
    most: usize,
}

struct HanWord {
    text: String,
    /// Which of the words that were typed it is of.
    of: usize,
    is_whole: bool,
}

/// What a passage is worth, the most important first: the words it has, whether it is a sentence, and how many of the words
/// follow each other.
type Worth = (usize, bool, usize);

/// What a word is worth, and what a part of a Chinese one is.
const WHOLE: usize = 2;
const PART: usize = 1;

impl Marker {
    /// Marks the words of a query in a text whose words are stemmed in a way.
    pub(crate) fn new(query: &Query, stems: Stems) -> Self {
        let (words, starts, numbers) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let mut marker = Self { stems, words, starts, numbers, han: Vec::new(), most: 0 };
        let mut typed = 0;
        for atom in query.wanted.iter().flat_map(|clause| &clause.atoms) {
            match atom {
                Atom::Word(word) => {
                    marker.starts.insert(start(word).to_owned());
                    marker.words.insert(stems.stem(word));
                }
                Atom::Number(number) => drop(marker.numbers.insert(number.clone())),
                Atom::Han(word) => {
                    let of = |text: &str, is_whole| HanWord {
                        text: text.to_owned(),
                        of: typed,
                        is_whole,
                    };
                    marker.han.push(of(word, true));
                    marker
                        .han
                        .extend(chinese::subwords(word).into_iter().map(|part| of(part, false)));
                    typed += 1;
                }
            }
        }
        marker.most = (marker.words.len() + marker.numbers.len() + typed) * WHOLE;
        // A word goes before its parts.
        marker.han.sort_by_key(|word| std::cmp::Reverse(word.text.len()));
        marker
    }

    /// A whole text, such as a title.
    pub(crate) fn whole(&self, text: &str) -> Vec<Fragment> {
        fragments(text, &self.marks(text))
    }

    /// The passage that has most of the words: the summary, unless a line of the body has more; rather a sentence than a
    /// heading or a cell.
    pub(crate) fn passage(&self, text: &Text) -> Vec<Fragment> {
        let summary = text.summary.as_ref().map_or("", |summary| summary.value.as_str());
        let body = plain_text::words(plain_text::beginning(&text.body.markdown));
        let mut best: (Worth, &str) = (self.worth(summary), summary);
        for line in body.lines() {
            // A sentence with everything cannot be outdone by much.
            if best.0.0 >= self.most && best.0.1 {
                break;
            }
            let worth = if self.may_be_in(line) { self.worth(line) } else { (0, false, 0) };
            if worth > best.0 || best.1.is_empty() {
                best = (worth, line);
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
            // A passage begins with a word, or with a Chinese character; only what has neither is cut anywhere.
            start = at;
            let before = line[..at].chars().next_back();
            let is_start = before.is_some_and(|before| {
                // Not between a number and what it counts.
                before.is_whitespace() || is_han(character) && !before.is_ascii_digit()
            });
            if width > LEAD && is_start || width > 2 * LEAD {
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
        let dots = || Fragment { text: "…".to_owned(), is_highlighted: false };
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
            let line = normalize::simplified(line);
            return self.han.iter().any(|word| line.contains(word.text.as_str()));
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

    /// What a line is worth as a passage: how many of the words it has, each counted once, and how many of its marks
    /// stand beside the one before.
    fn worth(&self, line: &str) -> Worth {
        let folded = normalize::simplified(line);
        let mut found: BTreeMap<(Piece, String), usize> = BTreeMap::new();
        let mut end = None;
        let mut beside = 0;
        self.each_mark(&folded, |place, key, worth| {
            beside += usize::from(
                end.is_some_and(|end: usize| folded[end..place.start].trim().is_empty()),
            );
            end = Some(place.end);
            let known = found.entry(key).or_default();
            *known = worth.max(*known);
        });
        let is_sentence =
            line.trim_end().ends_with(['.', '!', '?', ':', '。', '！', '？', '：', '；', '”', '"']);
        (found.values().sum(), is_sentence, beside.min(found.len()))
    }

    /// Where a text has the words of the query, in order and apart from each other.
    fn marks(&self, text: &str) -> Vec<Range<usize>> {
        self.marks_in(&normalize::simplified(text))
    }

    fn marks_in(&self, folded: &str) -> Vec<Range<usize>> {
        let mut marks: Vec<Range<usize>> = Vec::new();
        self.each_mark(folded, |place, (piece, _), _| match marks.last_mut() {
            Some(last) if piece == Piece::Han && last.end == place.start => last.end = place.end,
            _ => marks.push(place),
        });
        marks
    }

    /// Tells of every place at which a text has a word of the query: which word, and what it is worth.
    fn each_mark(&self, folded: &str, mut tell: impl FnMut(Range<usize>, (Piece, String), usize)) {
        let mut scanner = Scanner::new(folded);
        while let Some((piece, place)) = scanner.next() {
            match piece {
                Piece::Word => {
                    if self.starts.contains(start(&scanner.folded)) {
                        let stem = self.stems.stem(&scanner.folded);
                        if self.words.contains(&stem) {
                            tell(place, (piece, stem), WHOLE);
                        }
                    }
                }
                Piece::Number => {
                    if self.numbers.contains(&scanner.folded) {
                        tell(place, (piece, scanner.folded.clone()), WHOLE);
                    } else if let Some(scaled) =
                        scanner.scaled.take_if(|scaled| self.numbers.contains(scaled))
                    {
                        tell(place.start..scanner.scaled_end, (piece, scaled), WHOLE);
                        scanner.skip_scale();
                    }
                }
                Piece::Han => {
                    let run = &scanner.folded;
                    let mut at = 0;
                    while at < run.len() {
                        let word =
                            self.han.iter().find(|word| run[at..].starts_with(word.text.as_str()));
                        let length = word.map_or_else(
                            || run[at..].chars().next().map_or(1, char::len_utf8),
                            |word| {
                                let here = place.start + at..place.start + at + word.text.len();
                                let worth = if word.is_whole { WHOLE } else { PART };
                                tell(here, (piece, word.of.to_string()), worth);
                                word.text.len()
                            },
                        );
                        at += length;
                    }
                }
            }
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
    let mut add = |text: &str, is_highlighted| {
        if !text.is_empty() {
            fragments.push(Fragment { text: text.to_owned(), is_highlighted });
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
        let shown = |one: &Fragment| {
            if one.is_highlighted { format!("[{}]", one.text) } else { one.text.clone() }
        };
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
            ("83000", "83 000 beds", "[83 000] beds"),
            ("co2", "CO₂", "[CO][₂]"),
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
        assert!(
            cut.starts_with("…hay ") && cut.ends_with(" straw…") && cut.contains("[needle]"),
            "{cut}"
        );
        let chinese = format!("{}needle{}", "粮".repeat(300), "食".repeat(300));
        let cut = shown(&marker.cut(&chinese));
        assert!(
            cut.starts_with("…粮") && cut.ends_with("食…") && cut.contains("[needle]"),
            "{cut}"
        );
    }

    #[test]
    fn the_passage_with_what_was_typed_goes_before_one_with_its_parts_or_its_words_apart() {
        let best = |query: &str, lines: &[&'static str]| {
            let marker = Marker::new(&Query::read(query), Stems::of("en"));
            lines.iter().copied().max_by_key(|line| marker.worth(line))
        };
        let whole = "全市新增养老床位一千张。";
        assert_eq!(
            best("养老床位", &[whole, "养老院有很多，养老院旁有各种床位，养老。", "养老床位"]),
            Some(whole)
        );
        assert_eq!(best("“养老床位”", &[whole, "养老院有很多，各种床位"]), Some(whole));
        let whole = "one thousand nursing beds";
        assert_eq!(
            best(
                "nursing beds",
                &[whole, "beds, bed and BED for a nurse", "beds of nursing, nursing"]
            ),
            Some(whole)
        );
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
