//! Highlighting: the query's words in a title, and the passage of a text that has most of them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::query::clause::QueryTerm;
use super::query::parse::ParsedQuery;
use super::text::stemmer::Stemmer;
use super::text::tokenize::{TokenKind, Tokenizer};
use super::text::{chinese, normalize, plain_text};
use crate::content::Text;
use crate::language::is_han;

/// The width of a passage in columns: a Chinese character takes two.
const WIDTH: usize = 220;

/// The columns of a passage before its first highlight.
const LEAD: usize = 60;

/// The score of a word, and that of a part of a Chinese one.
const WHOLE_WORD: usize = 2;
const SUBWORD: usize = 1;

/// A part of a title or passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fragment {
    /// Plain text, not escaped for HTML.
    pub text: String,
    /// Whether it matches the query.
    pub is_highlighted: bool,
}

/// Highlights the words of a query in texts of one language.
pub(super) struct Highlighter {
    stemmer: Stemmer,
    /// The stems of the query's words.
    words: BTreeSet<String>,
    /// The first letters of the query's words, which stemming does not change.
    prefixes: BTreeSet<String>,
    numbers: BTreeSet<String>,
    /// Chinese words as they were typed, and their subwords, the longest first.
    han: Vec<HanWord>,
    /// The words in the score of a passage that has all of them.
    max_score: usize,
}

/// A Chinese word or subword of a query.
struct HanWord {
    text: String,
    /// The index of the Chinese word in the query that it is or belongs to.
    word: usize,
    score: usize,
}

/// How well a passage shows why a text was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct PassageScore {
    /// The sum of the scores of its distinct words.
    words: usize,
    is_sentence: bool,
    /// How many of the words follow another one directly.
    adjacent: usize,
}

/// A match of a word of the query.
struct Match {
    range: Range<usize>,
    /// Identifies the word of the query.
    key: (TokenKind, String),
    score: usize,
}

impl Highlighter {
    pub(super) fn new(query: &ParsedQuery, stemmer: Stemmer) -> Self {
        let (words, prefixes, numbers) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let mut this = Self { stemmer, words, prefixes, numbers, han: Vec::new(), max_score: 0 };
        let mut han_words = 0;
        for term in query.highlighted_terms() {
            match term {
                QueryTerm::Word(word) => {
                    this.prefixes.insert(prefix(word).to_owned());
                    this.words.insert(stemmer.stem(word));
                }
                QueryTerm::Number(number) => {
                    this.numbers.insert(number.clone());
                }
                QueryTerm::Han(word) => {
                    this.han.push(HanWord::new(word, han_words, WHOLE_WORD));
                    let subwords = chinese::subwords(word).into_iter();
                    this.han.extend(subwords.map(|part| HanWord::new(part, han_words, SUBWORD)));
                    han_words += 1;
                }
            }
        }
        this.max_score = (this.words.len() + this.numbers.len() + han_words) * WHOLE_WORD;
        this.han.sort_by_key(|word| std::cmp::Reverse(word.text.len()));
        this
    }

    /// Highlights a whole text, such as a title.
    pub(super) fn highlight(&self, text: &str) -> Vec<Fragment> {
        split_fragments(text, &self.match_ranges(text))
    }

    /// The passage with most of the words: the summary, unless a line of the body has more. A
    /// sentence is preferred to a heading or a table cell.
    pub(super) fn passage(&self, text: &Text) -> Vec<Fragment> {
        let summary = text.summary.as_ref().map_or("", |summary| summary.value.as_str());
        let body = plain_text::from_markdown(plain_text::beginning(&text.body.markdown));
        let mut best = (self.score(summary), summary);
        for line in body.lines() {
            // Nothing is much better than a sentence with every word.
            if best.0.words >= self.max_score && best.0.is_sentence {
                break;
            }
            let score =
                if self.may_match(line) { self.score(line) } else { PassageScore::default() };
            if score > best.0 || best.1.is_empty() {
                best = (score, line);
            }
        }
        self.cut(best.1)
    }

    /// Cuts a line to the part around its first match.
    fn cut(&self, line: &str) -> Vec<Fragment> {
        let matches = self.match_ranges(line);
        let start = passage_start(line, matches.first().map_or(0, |range| range.start));
        let end = passage_end(line, start);
        let inside: Vec<Range<usize>> = matches
            .into_iter()
            .filter(|range| range.start >= start && range.end <= end)
            .map(|range| range.start - start..range.end - start)
            .collect();
        let mut fragments = split_fragments(&line[start..end], &inside);
        if start > 0 {
            fragments.insert(0, Fragment { text: "…".to_owned(), is_highlighted: false });
        }
        if end < line.len() {
            fragments.push(Fragment { text: "…".to_owned(), is_highlighted: false });
        }
        fragments
    }

    /// Whether a line can match, by a cheap test that most lines fail.
    fn may_match(&self, line: &str) -> bool {
        if self.words.is_empty() && self.numbers.is_empty() {
            let line = normalize::simplify(line);
            return self.han.iter().any(|word| line.contains(word.text.as_str()));
        }
        if !line.is_ascii() {
            return true;
        }
        if !self.numbers.is_empty() && line.bytes().any(|byte| byte.is_ascii_digit()) {
            return true;
        }
        let lower = line.to_ascii_lowercase();
        self.prefixes.iter().any(|prefix| lower.contains(prefix.as_str()))
    }

    /// Scores a line as a passage.
    fn score(&self, line: &str) -> PassageScore {
        let folded = normalize::simplify(line);
        let mut found: BTreeMap<(TokenKind, String), usize> = BTreeMap::new();
        let mut end = None;
        let mut adjacent = 0;
        for Match { range, key, score } in self.matches(&folded) {
            let follows = end.is_some_and(|end: usize| folded[end..range.start].trim().is_empty());
            adjacent += usize::from(follows);
            end = Some(range.end);
            let known = found.entry(key).or_default();
            *known = score.max(*known);
        }
        let ends = ['.', '!', '?', ':', '。', '！', '？', '：', '；', '”', '"'];
        PassageScore {
            words: found.values().sum(),
            is_sentence: line.trim_end().ends_with(ends),
            adjacent: adjacent.min(found.len()),
        }
    }

    /// The ranges to highlight, in order and without overlaps.
    fn match_ranges(&self, text: &str) -> Vec<Range<usize>> {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for Match { range, key: (kind, _), .. } in self.matches(&normalize::simplify(text)) {
            match ranges.last_mut() {
                Some(last) if kind == TokenKind::Han && last.end == range.start => {
                    last.end = range.end;
                }
                _ => ranges.push(range),
            }
        }
        ranges
    }

    /// The matches in a text of simplified characters, in order and without overlaps.
    fn matches(&self, text: &str) -> Vec<Match> {
        let mut matches = Vec::new();
        let mut tokenizer = Tokenizer::new(text);
        while let Some((kind, range)) = tokenizer.next() {
            match kind {
                TokenKind::Word => {
                    if self.prefixes.contains(prefix(&tokenizer.folded)) {
                        let stem = self.stemmer.stem(&tokenizer.folded);
                        if self.words.contains(&stem) {
                            matches.push(Match { range, key: (kind, stem), score: WHOLE_WORD });
                        }
                    }
                }
                TokenKind::Number => {
                    let key = (kind, tokenizer.folded.clone());
                    if self.numbers.contains(&key.1) {
                        matches.push(Match { range, key, score: WHOLE_WORD });
                    } else if let Some(scaled) =
                        tokenizer.scaled.take_if(|scaled| self.numbers.contains(scaled))
                    {
                        let range = range.start..tokenizer.scaled_end;
                        matches.push(Match { range, key: (kind, scaled), score: WHOLE_WORD });
                        tokenizer.skip_scale();
                    }
                }
                TokenKind::Han => self.match_han(&tokenizer.folded, range.start, &mut matches),
            }
        }
        matches
    }

    /// Adds the matches in a run of Chinese characters that begins at `offset`.
    fn match_han(&self, run: &str, offset: usize, matches: &mut Vec<Match>) {
        let mut rest = run;
        while let Some(first) = rest.chars().next() {
            let start = offset + run.len() - rest.len();
            let word = self.han.iter().find(|word| rest.starts_with(word.text.as_str()));
            let length = word.map_or(first.len_utf8(), |word| word.text.len());
            matches.extend(word.map(|word| Match {
                range: start..start + length,
                key: (TokenKind::Han, word.word.to_string()),
                score: word.score,
            }));
            rest = &rest[length..];
        }
    }
}

impl HanWord {
    fn new(text: &str, word: usize, score: usize) -> Self {
        Self { text: text.to_owned(), word, score }
    }
}

/// The first three letters of a word.
fn prefix(word: &str) -> &str {
    let end = word.char_indices().nth(3).map_or(word.len(), |(at, _)| at);
    &word[..end]
}

/// The start of a passage with its first match at `first`: at a word or a Chinese character.
fn passage_start(line: &str, first: usize) -> usize {
    let mut start = first;
    let mut width = 0;
    for (at, character) in line[..first].char_indices().rev() {
        width += columns(character);
        start = at;
        let before = line[..at].chars().next_back();
        let is_boundary = before.is_some_and(|before| {
            // A number is not separated from what it counts.
            before.is_whitespace() || is_han(character) && !before.is_ascii_digit()
        });
        // A line without boundaries is cut anywhere.
        if width > LEAD && is_boundary || width > 2 * LEAD {
            break;
        }
    }
    start
}

/// The end of a passage that begins at `start`: before a space, or after a Chinese character.
fn passage_end(line: &str, start: usize) -> usize {
    let mut width = 0;
    let mut boundary = 0;
    for (at, character) in line[start..].char_indices() {
        width += columns(character);
        if width > WIDTH {
            return start + if boundary > 0 { boundary } else { at };
        }
        if is_han(character) {
            boundary = at + character.len_utf8();
        } else if character.is_whitespace() {
            boundary = at;
        }
    }
    line.len()
}

fn split_fragments(text: &str, ranges: &[Range<usize>]) -> Vec<Fragment> {
    let mut fragments = Vec::new();
    let mut at = 0;
    let mut add = |range: Range<usize>, is_highlighted| {
        if !range.is_empty() {
            fragments.push(Fragment { text: text[range].to_owned(), is_highlighted });
        }
    };
    for range in ranges {
        add(at..range.start, false);
        add(range.clone(), true);
        at = range.end;
    }
    add(at..text.len(), false);
    fragments
}

const fn columns(character: char) -> usize {
    if is_han(character) { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn highlighter(query: &str) -> Highlighter {
        Highlighter::new(&ParsedQuery::parse(query), Stemmer::of("en"))
    }

    fn with_brackets(fragments: &[Fragment]) -> String {
        fragments
            .iter()
            .map(
                |one| if one.is_highlighted { format!("[{}]", one.text) } else { one.text.clone() },
            )
            .collect()
    }

    #[test]
    fn highlight_other_spelling_is_highlighted() {
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
            assert_eq!(with_brackets(&highlighter(query).highlight(text)), expected, "{query}");
        }
    }

    #[test]
    fn cut_long_line_keeps_words_around_first_match() {
        let highlighter = highlighter("needle");
        let english = format!("{}needle {}", "hay ".repeat(100), "straw ".repeat(100));
        let chinese = format!("{}needle{}", "粮".repeat(300), "食".repeat(300));
        for (line, start, end) in [(english, "…hay ", " straw…"), (chinese, "…粮", "食…")]
        {
            let cut = with_brackets(&highlighter.cut(&line));
            assert!(cut.starts_with(start) && cut.ends_with(end), "{cut}");
            assert!(cut.contains("[needle]"), "{cut}");
        }
    }

    #[test]
    fn passage_with_whole_adjacent_words_scores_best() {
        let whole = "全市新增养老床位一千张。";
        let parts = "养老院有很多，养老院旁有各种床位，养老。";
        assert_eq!(best("养老床位", &[whole, parts, "养老床位"]), Some(whole));
        assert_eq!(best("“养老床位”", &[whole, "养老院有很多，各种床位"]), Some(whole));
        let whole = "one thousand nursing beds";
        let repeated = "beds, bed and BED for a nurse";
        let best = best("nursing beds", &[whole, repeated, "beds of nursing, nursing"]);
        assert_eq!(best, Some(whole));
    }

    fn best(query: &str, lines: &[&'static str]) -> Option<&'static str> {
        let highlighter = highlighter(query);
        lines.iter().copied().max_by_key(|line| highlighter.score(line))
    }

    proptest! {
        #[test]
        fn fragments_joined_return_the_text(
            query in "(\\PC|[a-c养老0-9万]){0,20}",
            text in "(\\PC|[a-c养老0-9万,. ]){0,400}",
        ) {
            let highlighter = highlighter(&query);
            prop_assert_eq!(&joined(highlighter.highlight(&text)), &text);
            let cut = joined(highlighter.cut(&text));
            let is_part = text.contains(cut.trim_matches('…'));
            let is_ambiguous = text.contains('…') || cut.contains("……");
            prop_assert!(is_part || is_ambiguous, "{} of {}", cut, text);
        }
    }

    fn joined(fragments: Vec<Fragment>) -> String {
        fragments.into_iter().map(|one| one.text).collect()
    }
}
