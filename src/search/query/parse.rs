//! Parsing of the text that a visitor typed.
//!
//! Every text is a valid query: quotation marks enclose a phrase, a minus excludes the word or
//! phrase behind it, everything else is words. A mark without its counterpart is ignored.

use std::ops::Range;

use super::clause::{Clause, QueryTerm, is_sentence};
use crate::language::is_han;
use crate::search::text::tokenize::{TokenKind, Tokenizer, join_tokens};
use crate::search::text::{chinese, normalize};

/// Clauses that a query may exclude; further ones are ignored.
const MAX_EXCLUSIONS: usize = 40;

/// Phrases among them.
const MAX_PHRASES: usize = 6;

/// Single Chinese characters among them: each searches for every bigram that begins with it.
const MAX_SINGLE_CHARACTERS: usize = 3;

/// Queries with more clauses than this get no boost for adjacent words.
const MAX_CLAUSES_WITH_ADJACENCY: usize = 10;

/// Opening quotation marks with their closing ones.
const QUOTES: [(char, char); 6] =
    [('"', '"'), ('“', '”'), ('「', '」'), ('『', '』'), ('«', '»'), ('＂', '＂')];

/// A query as its clauses.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct ParsedQuery {
    /// Clauses to search for.
    pub(crate) must: Vec<Clause>,
    /// Clauses that exclude a document.
    pub(crate) must_not: Vec<Clause>,
    /// Pairs of words that were typed next to each other, which raise a score where they are so.
    pub(crate) adjacent: Vec<[QueryTerm; 2]>,
    /// Byte ranges of the clauses that exceed a limit.
    pub(crate) ignored: Vec<Range<usize>>,
    /// Whether the text is a sentence, such as a question, so that its words need not all match.
    pub(crate) is_sentence: bool,
    /// Whether Chinese characters with spaces between them were joined to words.
    pub(crate) has_spaced_run: bool,
    /// Synonyms of its expressions that documents have.
    pub(crate) synonyms: Vec<Clause>,
}

impl ParsedQuery {
    /// The terms to highlight, without the stopwords of synonyms: those of `care for the elderly`
    /// are in every text.
    pub(crate) fn highlighted_terms(&self) -> impl Iterator<Item = &QueryTerm> {
        let typed = self.must.iter().flat_map(|clause| &clause.terms);
        let synonyms = self.synonyms.iter().flat_map(|clause| &clause.terms);
        typed.chain(synonyms.filter(|term| !term.is_stopword()))
    }

    pub(crate) fn parse(typed: &str) -> Self {
        Self::parse_spaced(typed, true)
    }

    /// Parses a text in which Chinese characters with spaces between them are words each, unless
    /// `is_joined`.
    pub(crate) fn parse_spaced(typed: &str, is_joined: bool) -> Self {
        let text = normalize::simplify(typed);
        let mut query = Self::default();
        let mut at = 0;
        while let Some(first) = text[at..].chars().next() {
            at = if first.is_whitespace() {
                at + first.len_utf8()
            } else {
                query.push_segment(&text, at, is_joined)
            };
        }
        query.is_sentence = is_sentence(&text, &query.must);
        // In a sentence, the rarity of words tells which of them matter, and not their order.
        if query.must.len() <= MAX_CLAUSES_WITH_ADJACENCY {
            query.adjacent = query.must.windows(2).filter_map(Clause::adjacent_terms).collect();
        }
        if query.must.iter().any(|clause| !clause.is_stopword()) {
            query.must.retain(|clause| !clause.is_stopword());
        }
        query.merge_repeated();
        query.limit();
        query
    }

    /// Drops the clauses that consist of some terms only, unless all clauses do.
    pub(crate) fn drop_terms(&mut self, terms: &[QueryTerm]) {
        let is_dropped = |clause: &Clause| {
            clause.phrase.is_none() && clause.terms.iter().all(|term| terms.contains(term))
        };
        if !self.must.iter().all(is_dropped) {
            self.must.retain(|clause| !is_dropped(clause));
        }
    }

    /// Parses the segment that begins at `start`, which is no space, and returns its end.
    fn push_segment(&mut self, text: &str, start: usize, is_joined: bool) -> usize {
        if is_joined && let Some(run) = chinese::SpacedRun::read(&text[start..]) {
            let words = run.query_words(start).into_iter();
            self.must.extend(words.map(|(word, at)| Clause::of_term(QueryTerm::Han(word), at)));
            self.has_spaced_run = true;
            return start + run.end();
        }
        let Some(after_minus) = skip_minus(text, start) else {
            let (clauses, end) = parse_segment(text, start);
            self.must.extend(clauses);
            return end;
        };
        let (mut clauses, end) = parse_segment(text, after_minus);
        if clauses.len() > 1 {
            // Without spaces inside it is one thing: `-COVID-19` excludes no other 19.
            clauses = vec![parse_phrase(&text[after_minus..end], start..end)];
        }
        self.must_not
            .extend(clauses.into_iter().map(|clause| Clause { range: start..end, ..clause }));
        end
    }

    /// Merges equal clauses into one that counts as often as it was typed.
    fn merge_repeated(&mut self) {
        for clauses in [&mut self.must, &mut self.must_not] {
            let mut merged: Vec<Clause> = Vec::new();
            for clause in clauses.drain(..) {
                let known = merged
                    .iter_mut()
                    .find(|known| known.terms == clause.terms && known.phrase == clause.phrase);
                match known {
                    Some(known) => known.term_frequency = known.term_frequency.saturating_add(1),
                    None => merged.push(clause),
                }
            }
            *clauses = merged;
        }
    }

    /// Ignores the clauses beyond a limit. Phrases and single characters cost more than words. The
    /// words to search for are limited later, when it is known which of them are rare.
    fn limit(&mut self) {
        let limits = [(&mut self.must, usize::MAX), (&mut self.must_not, MAX_EXCLUSIONS)];
        for (clauses, max_clauses) in limits {
            let (mut all, mut phrases, mut single) = (0, 0, 0);
            let excess = clauses.extract_if(.., |clause| {
                all += 1;
                phrases += usize::from(clause.phrase.is_some());
                single += usize::from(clause.is_single_character());
                all > max_clauses
                    || clause.phrase.is_some() && phrases > MAX_PHRASES
                    || clause.is_single_character() && single > MAX_SINGLE_CHARACTERS
            });
            self.ignored.extend(excess.map(|clause| clause.range));
        }
        self.ignored.sort_unstable_by_key(|range| range.start);
    }
}

/// The index behind a minus at `start`, if there is one that excludes what follows: at the start of
/// a word and without a space behind it.
fn skip_minus(text: &str, start: usize) -> Option<usize> {
    let first = text[start..].chars().next()?;
    let end = start + first.len_utf8();
    let is_minus = matches!(normalize::fold_width(first), '-' | '\u{2212}')
        && (start == 0 || text[..start].ends_with(char::is_whitespace))
        && text[end..].starts_with(|next: char| !next.is_whitespace());
    is_minus.then_some(end)
}

/// Parses from `start` to the next space, or to the end of a phrase; returns the end as well.
fn parse_segment(text: &str, start: usize) -> (Vec<Clause>, usize) {
    if let Some((inside, end)) = find_quoted(text, start) {
        let clause = parse_phrase(&text[inside], start..end);
        return (if clause.terms.is_empty() { Vec::new() } else { vec![clause] }, end);
    }
    // Spaces within a number do not end it: `83 000`, `15 billion`.
    let length = spaced_number_length(&text[start..]).or_else(|| {
        let mut characters = text[start..].char_indices();
        characters.find(|(at, next)| is_segment_end(*at, *next)).map(|(at, _)| at)
    });
    let end = start + length.unwrap_or(text.len() - start);
    // A no-break space is one byte longer than the space that it replaces. Only a number with
    // spaces contains any, and it is a single term, so its end is all there is to correct.
    let terms = parse_terms(&text[start..end].replace(' ', "\u{A0}"), start);
    let clauses = terms
        .into_iter()
        .map(|(term, range)| Clause::of_term(term, range.start..range.end.min(end)));
    (clauses.collect(), end)
}

/// The range inside the quotation marks that open at `start`, and the index behind them.
fn find_quoted(text: &str, start: usize) -> Option<(Range<usize>, usize)> {
    let first = text[start..].chars().next()?;
    let (_, close) = QUOTES.iter().find(|(open, _)| *open == first)?;
    let inside = start + first.len_utf8();
    let end = inside + text[inside..].find(*close)?;
    Some((inside..end, end + close.len_utf8()))
}

fn is_segment_end(at: usize, character: char) -> bool {
    character.is_whitespace() || at > 0 && QUOTES.iter().any(|(open, _)| *open == character)
}

/// The length of a number with a space in it at the start of a text: `83 000`, `15 billion`.
fn spaced_number_length(text: &str) -> Option<usize> {
    if !text.starts_with(|first| normalize::fold_width(first).is_ascii_digit()) {
        return None;
    }
    let mut tokenizer = Tokenizer::new(text);
    let (_, range) = tokenizer.next()?;
    let end = range.end.max(tokenizer.scaled_end);
    text[..end].contains(char::is_whitespace).then_some(end)
}

/// Parses the text of a phrase. Its Chinese is not segmented: stopwords must follow in order too.
pub(super) fn parse_phrase(text: &str, range: Range<usize>) -> Clause {
    let joined = join_tokens(text);
    let has_han = joined.contains(is_han);
    // Chinese follows Chinese without a space, whatever was typed in between.
    let mut tokenizer = Tokenizer::new(if has_han { &joined } else { text });
    let mut terms = Vec::new();
    while let Some((kind, _)) = tokenizer.next() {
        let folded = tokenizer.folded.clone();
        match kind {
            TokenKind::Word if folded.is_empty() => {}
            TokenKind::Word => terms.push(QueryTerm::Word(folded)),
            TokenKind::Number => terms.push(QueryTerm::Number(folded)),
            TokenKind::Han => terms.push(QueryTerm::Han(folded)),
        }
    }
    Clause { terms, phrase: Some(joined), term_frequency: 1, range }
}

/// The terms of a text with their byte ranges, which begin at `offset`.
fn parse_terms(text: &str, offset: usize) -> Vec<(QueryTerm, Range<usize>)> {
    let mut tokenizer = Tokenizer::new(text);
    let mut terms: Vec<(QueryTerm, Range<usize>)> = Vec::new();
    while let Some((kind, range)) = tokenizer.next() {
        let (start, end) = (offset + range.start, offset + range.end);
        match kind {
            TokenKind::Word if tokenizer.folded.is_empty() => {}
            TokenKind::Word => terms.push((QueryTerm::Word(tokenizer.folded.clone()), start..end)),
            TokenKind::Number => match tokenizer.scaled.take() {
                Some(scaled) => {
                    let end = offset + tokenizer.scaled_end;
                    tokenizer.skip_scale();
                    terms.push((QueryTerm::Number(scaled), start..end));
                }
                None => terms.push((QueryTerm::Number(tokenizer.folded.clone()), start..end)),
            },
            TokenKind::Han => {
                let follows_number = matches!(
                    terms.last(),
                    Some((QueryTerm::Number(_), number)) if number.end == start
                );
                push_run(&tokenizer.folded, start, follows_number, &mut terms);
            }
        }
    }
    terms
}

/// Adds the words and numbers of a run of Chinese characters that begins at `offset`.
fn push_run(
    run: &str,
    offset: usize,
    follows_number: bool,
    terms: &mut Vec<(QueryTerm, Range<usize>)>,
) {
    let (mut at, mut follows_number) = (0, follows_number);
    let push_words = |run: &str, at: usize, follows: bool, terms: &mut Vec<_>| {
        let words = chinese::query_words(run, offset + at, follows);
        terms.extend(words.into_iter().map(|(word, range)| (QueryTerm::Han(word), range)));
    };
    for (number, range) in chinese::numbers(run) {
        push_words(&run[at..range.start], at, follows_number, terms);
        terms.push((QueryTerm::Number(number), offset + range.start..offset + range.end));
        (at, follows_number) = (range.end, true);
    }
    push_words(&run[at..], at, follows_number, terms);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn describe(clauses: &[Clause]) -> Vec<String> {
        clauses
            .iter()
            .map(|clause| clause.terms.iter().map(describe_term).collect::<Vec<_>>().join("+"))
            .collect()
    }

    fn describe_term(term: &QueryTerm) -> String {
        match term {
            QueryTerm::Word(word) | QueryTerm::Han(word) => word.clone(),
            QueryTerm::Number(number) => format!("#{number}"),
        }
    }

    #[test]
    fn parse_words_phrases_and_exclusions() {
        let table: [(&str, &[&str], &[&str]); 35] = [
            ("nursing beds", &["nursing", "beds"], &[]),
            ("the Jobs in 2022", &["jobs", "#2022"], &[]),
            ("the", &["the"], &[]),
            ("\"new jobs\" -rural", &["new+jobs"], &["rural"]),
            ("“to be” x", &["to+be", "x"], &[]),
            ("a - b", &["b"], &[]),
            ("e-mail", &["e", "mail"], &[]),
            ("-", &[], &[]),
            ("--", &[], &[]),
            ("\"open", &["open"], &[]),
            ("-\"new jobs\"", &[], &["new+jobs"]),
            ("-COVID-19", &[], &["covid+#19"]),
            ("-养老床位", &[], &["养老床位"]),
            ("\"AI pilot 试点 区\"", &["ai+pilot+试点区"], &[]),
            ("83 000 jobs", &["#83000", "jobs"], &[]),
            ("83\u{A0}000 jobs -1\u{202F}000", &["#83000", "jobs"], &["#1000"]),
            ("jobs -83 000", &["jobs"], &["#83000"]),
            ("8.3万个岗位", &["#83000", "岗位"], &[]),
            ("水和电", &["水", "电"], &[]),
            ("养 老 床 位 2022", &["养老", "床位", "#2022"], &[]),
            ("看病的钱", &["看病"], &[]),
            ("\"who\" trade", &["who", "trade"], &[]),
            ("2024年托育", &["#2024", "托育"], &[]),
            ("2022年5月", &["#2022", "年", "#5", "月"], &[]),
            ("15 billion kg", &["#15000000000", "kg"], &[]),
            ("8.3 万个岗位", &["#83000", "岗位"], &[]),
            ("5 millionaires", &["#5", "millionaires"], &[]),
            ("養老床位", &["养老", "床位"], &[]),
            ("养老床为", &["养老", "床为"], &[]),
            ("AND OR NOT (*) a:b~2", &["not", "b", "#2"], &[]),
            ("粮", &["粮"], &[]),
            ("jobs Jobs", &["jobs"], &[]),
            ("八万三千个岗位", &["#83000", "岗位"], &[]),
            ("新增两万四千", &["新增", "#24000"], &[]),
            ("十三五规划", &["十三", "规划"], &[]),
        ];
        for (typed, must, must_not) in table {
            let query = ParsedQuery::parse(typed);
            assert_eq!(describe(&query.must), must, "{typed}");
            assert_eq!(describe(&query.must_not), must_not, "{typed}");
        }
    }

    #[test]
    fn parse_sentence_has_pronoun_auxiliary_or_interrogative() {
        for (typed, expected) in [
            ("where is the library", true),
            ("can tenants apply", true),
            ("I look for a home", true),
            ("rent subsidies?", true),
            ("低保涨了多少", true),
            ("recycling can", false),
            ("\"do you\" homes", false),
            ("IT companies in May", false),
            ("养老床位", false),
        ] {
            assert_eq!(ParsedQuery::parse(typed).is_sentence, expected, "{typed}");
        }
    }

    #[test]
    fn clauses_beyond_a_limit_are_ignored() {
        assert_eq!(ignored("粮、油、水、电 jobs"), ["电"]);
        assert_eq!(ignored("粮、油、水、粮 jobs -电"), [""; 0]);
        // A letter with a number is two words, and what is typed again is none.
        let excluded = |count: usize| -> String {
            (0..count).map(|number| format!("-{} ", 1001 + number)).collect()
        };
        assert_eq!(ignored(&excluded(MAX_EXCLUSIONS)), [""; 0]);
        assert_eq!(ignored(&excluded(MAX_EXCLUSIONS + 1)), ["-1041"]);
        let phrases: Vec<String> = words(8).iter().map(|word| format!("-\"a {word}\"")).collect();
        assert_eq!(ignored(&phrases.join(" ")), ["-\"a w6\"", "-\"a w7\""]);
    }

    fn ignored(typed: &str) -> Vec<&str> {
        ParsedQuery::parse(typed).ignored.into_iter().map(|range| &typed[range]).collect()
    }

    fn words(count: usize) -> Vec<String> {
        (0..count).map(|number| format!("w{number}")).collect()
    }

    proptest! {
        #[test]
        fn parse_any_text_returns_valid_ranges(
            typed in "(\\PC|[-\"“”0-9,. 万养老床位的]){0,60}",
        ) {
            let query = ParsedQuery::parse(&typed);
            for clause in query.must.iter().chain(&query.must_not) {
                let range = clause.range.clone();
                prop_assert!(typed.get(range).is_some(), "{:?} in {}", clause, typed);
                prop_assert!(!clause.terms.is_empty());
            }
        }
    }
}
