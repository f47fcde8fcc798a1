//! What a visitor typed, as what is looked for.
//!
//! Enter at [`Query::read`]. Every text is a query: quotation marks hold a phrase together, a minus before a word or a
//! phrase leaves out what has it, and everything else is plain words. What has no counterpart is a plain word too.

use std::ops::Range;

use crate::language::is_han;
use crate::search::text::analysis::Stems;
use crate::search::text::chinese;
use crate::search::text::normalize;
use crate::search::text::stopwords;
use crate::search::text::tokenize::{Piece, Scanner};

/// How many words and phrases are looked for; what follows is passed over.
const MAX_CLAUSES: usize = 40;

/// How many phrases are looked for.
const MAX_PHRASES: usize = 6;

/// Of how many words those side by side are looked for as such.
const MAX_NEIGHBOURS: usize = 10;

/// How many single Chinese characters are looked for: each is a search for every pair that begins with it.
const MAX_SINGLE: usize = 3;

/// What is looked for.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Query {
    pub(crate) wanted: Vec<Clause>,
    pub(crate) unwanted: Vec<Clause>,
    /// Words that were typed side by side: a text counts more that has them so.
    pub(crate) neighbours: Vec<[Atom; 2]>,
    /// Where something stands that is one too many.
    pub(crate) passed_over: Vec<Range<usize>>,
}

/// A word or a phrase, and where it stands in what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clause {
    /// One, or in a phrase those that follow each other.
    pub(crate) atoms: Vec<Atom>,
    /// A phrase as [`joined`] writes it.
    pub(crate) phrase: Option<String>,
    /// How often it was typed.
    pub(crate) times: u16,
    pub(crate) place: Range<usize>,
}

/// A word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Atom {
    /// Folded, not stemmed.
    Word(String),
    /// In its one spelling.
    Number(String),
    /// Simplified characters.
    Han(String),
}

/// Opening marks with their closing ones.
const QUOTES: [(char, char); 6] =
    [('"', '"'), ('“', '”'), ('「', '」'), ('『', '』'), ('«', '»'), ('＂', '＂')];

impl Query {
    /// Reads any text.
    pub(crate) fn read(typed: &str) -> Self {
        let text = normalize::simplified(typed);
        let mut query = Self::default();
        let mut at = 0;
        while let Some(first) = text[at..].chars().next() {
            if first.is_whitespace() {
                at += first.len_utf8();
                continue;
            }
            let behind = at + first.len_utf8();
            let is_minus = matches!(normalize::narrow(first), '-' | '\u{2212}')
                && (at == 0 || text[..at].ends_with(char::is_whitespace))
                && text[behind..].chars().next().is_some_and(|next| !next.is_whitespace());
            let start = if is_minus { behind } else { at };
            let (clauses, end) = segment(&text, start);
            if is_minus && clauses.len() > 1 {
                // What is written without a space is one thing: `-COVID-19` leaves out no other 19.
                query.unwanted.push(phrase(&text[start..end], at..end));
            } else if is_minus {
                query
                    .unwanted
                    .extend(clauses.into_iter().map(|clause| Clause { place: at..end, ..clause }));
            } else {
                query.wanted.extend(clauses);
            }
            at = end;
        }
        // Of a sentence, which words matter is told by their rarity, and not by where they stand.
        if query.wanted.len() <= MAX_NEIGHBOURS {
            query.neighbours = query.wanted.windows(2).filter_map(Clause::beside).collect();
        }
        if query.wanted.iter().any(|clause| !clause.is_weak()) {
            query.wanted.retain(|clause| !clause.is_weak());
        }
        query.drop_repeated();
        query.bound();
        query
    }

    /// Leaves out words that every page of a site speaks of, unless there is nothing else.
    pub(crate) fn leave_out(&mut self, names: &[Atom]) {
        let is_name = |clause: &Clause| {
            clause.phrase.is_none() && clause.atoms.iter().all(|atom| names.contains(atom))
        };
        if !self.wanted.iter().all(is_name) {
            self.wanted.retain(|clause| !is_name(clause));
        }
    }

    /// Passes over all but the first words, and fewer phrases and single characters, which cost much more.
    fn bound(&mut self) {
        for clauses in [&mut self.wanted, &mut self.unwanted] {
            let (mut all, mut phrases, mut single) = (0, 0, 0);
            let is_one_too_many = |clause: &mut Clause| {
                all += 1;
                phrases += usize::from(clause.phrase.is_some());
                single += usize::from(clause.is_single());
                all > MAX_CLAUSES
                    || clause.phrase.is_some() && phrases > MAX_PHRASES
                    || clause.is_single() && single > MAX_SINGLE
            };
            self.passed_over
                .extend(clauses.extract_if(.., is_one_too_many).map(|clause| clause.place));
        }
        self.passed_over.sort_unstable_by_key(|place| place.start);
    }

    /// What is typed twice counts twice, and is looked for once.
    fn drop_repeated(&mut self) {
        for clauses in [&mut self.wanted, &mut self.unwanted] {
            let mut kept: Vec<Clause> = Vec::new();
            for clause in clauses.drain(..) {
                match kept
                    .iter_mut()
                    .find(|known| known.atoms == clause.atoms && known.phrase == clause.phrase)
                {
                    Some(known) => known.times = known.times.saturating_add(1),
                    None => kept.push(clause),
                }
            }
            *clauses = kept;
        }
    }
}

impl Atom {
    /// The terms of the index by which a text with this word is found.
    pub(crate) fn terms(&self, stems: Stems) -> Vec<String> {
        match self {
            Self::Word(word) => vec![stems.stem(word)],
            Self::Number(number) => vec![number.clone()],
            Self::Han(run) => chinese::bigrams(run).map(ToOwned::to_owned).collect(),
        }
    }
}

impl Clause {
    /// Whether it is one Chinese character.
    fn is_single(&self) -> bool {
        matches!(self.atoms.as_slice(), [Atom::Han(word)] if word.chars().nth(1).is_none())
    }

    /// The words of two clauses, if both say something: Chinese ones with nothing between them, others with anything that
    /// is no word.
    fn beside(pair: &[Self]) -> Option<[Atom; 2]> {
        let [first, second] = pair else { return None };
        let ([one], [other]) = (first.atoms.as_slice(), second.atoms.as_slice()) else {
            return None;
        };
        let is_word = |clause: &Self| clause.phrase.is_none() && !clause.is_weak();
        let are_alike = matches!(one, Atom::Han(_)) == matches!(other, Atom::Han(_));
        let touches = first.place.end == second.place.start || !matches!(one, Atom::Han(_));
        (is_word(first) && is_word(second) && are_alike && touches)
            .then(|| [one.clone(), other.clone()])
    }

    fn is_weak(&self) -> bool {
        // What stands between quotation marks is meant.
        self.phrase.is_none()
            && match self.atoms.as_slice() {
                [Atom::Word(word)] => stopwords::WORDS.contains(&word.as_str()),
                [Atom::Han(word)] => stopwords::HAN.contains(&word.as_str()),
                _ => false,
            }
    }
}

/// What stands at a place up to a space or the end of a phrase, and where it ends.
fn segment(text: &str, start: usize) -> (Vec<Clause>, usize) {
    let first = text[start..].chars().next().unwrap_or_default();
    if let Some((_, close)) = QUOTES.iter().find(|(open, _)| *open == first) {
        let inside = start + first.len_utf8();
        if let Some(length) = text[inside..].find(*close) {
            let end = inside + length + close.len_utf8();
            let clause = phrase(&text[inside..inside + length], start..end);
            return (
                Some(clause).filter(|clause| !clause.atoms.is_empty()).into_iter().collect(),
                end,
            );
        }
    }
    let is_end = |(at, character): (usize, char)| {
        character.is_whitespace() || (at > 0 && QUOTES.iter().any(|(open, _)| *open == character))
    };
    // A number of three-digit groups is one, also where spaces stand between them; so is a number with its `million`.
    let length = spaced_number(&text[start..]).or_else(|| {
        text[start..].char_indices().find_map(|found| is_end(found).then_some(found.0))
    });
    let end = start + length.unwrap_or(text.len() - start);
    let atoms = atoms(&text[start..end].replace(' ', "\u{A0}"), start);
    // A no-break space is one byte longer than a space; only such a number has any, and it is one atom.
    let clauses = atoms.into_iter().map(|(atom, place)| Clause {
        atoms: vec![atom],
        phrase: None,
        times: 1,
        place: place.start..place.end.min(end),
    });
    (clauses.collect(), end)
}

/// What stands between quotation marks. Its Chinese is not divided: what is between words must follow too.
fn phrase(text: &str, place: Range<usize>) -> Clause {
    let joined = joined(text);
    let has_han = joined.contains(is_han);
    // Chinese follows Chinese without a space, whatever was typed between.
    let mut scanner = Scanner::new(if has_han { &joined } else { text });
    let mut atoms = Vec::new();
    while let Some((piece, _)) = scanner.next() {
        let folded = scanner.folded.clone();
        match piece {
            Piece::Word if folded.is_empty() => {}
            Piece::Word => atoms.push(Atom::Word(folded)),
            Piece::Number => atoms.push(Atom::Number(folded)),
            Piece::Han => atoms.push(Atom::Han(folded)),
        }
    }
    Clause { atoms, phrase: Some(joined), times: 1, place }
}

/// A text's words, numbers and characters with one space between words, none beside Chinese, and a bar where more than a
/// space is between them.
pub(crate) fn joined(text: &str) -> String {
    let mut scanner = Scanner::new(text);
    let mut out = String::with_capacity(text.len());
    let mut end = 0;
    while let Some((piece, place)) = scanner.next() {
        if !out.is_empty() && !text[end..place.start].trim().is_empty() {
            out.push('|');
        } else if place.start > end
            && piece != Piece::Han
            && !out.is_empty()
            && !out.ends_with(is_han)
        {
            out.push(' ');
        }
        out.push_str(&scanner.folded);
        end = place.end;
    }
    out
}

/// The length of a number with a space in it at the start of a text: `83 000`, `15 billion`.
fn spaced_number(text: &str) -> Option<usize> {
    if !text.starts_with(|first| normalize::narrow(first).is_ascii_digit()) {
        return None;
    }
    let mut scanner = Scanner::new(text);
    let (_, place) = scanner.next()?;
    let end = place.end.max(scanner.scaled_end);
    text[..end].contains(char::is_whitespace).then_some(end)
}

fn atoms(text: &str, offset: usize) -> Vec<(Atom, Range<usize>)> {
    let mut scanner = Scanner::new(text);
    let mut atoms = Vec::new();
    while let Some((piece, place)) = scanner.next() {
        let place = offset + place.start..offset + place.end;
        match piece {
            Piece::Word if !scanner.folded.is_empty() => {
                atoms.push((Atom::Word(scanner.folded.clone()), place))
            }
            Piece::Word => {}
            Piece::Number => match scanner.scaled.take() {
                Some(scaled) => {
                    let end = offset + scanner.scaled_end;
                    scanner.skip_scale();
                    atoms.push((Atom::Number(scaled), place.start..end));
                }
                None => atoms.push((Atom::Number(scanner.folded.clone()), place)),
            },
            Piece::Han => {
                let is_counted = matches!(atoms.last(), Some((Atom::Number(_), number)) if number.end == place.start);
                let words = chinese::query_words(&scanner.folded, place.start, is_counted);
                atoms.extend(words.into_iter().map(|(word, place)| (Atom::Han(word), place)));
            }
        }
    }
    atoms
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(clauses: &[Clause]) -> Vec<String> {
        let atom = |atom: &Atom| match atom {
            Atom::Word(word) | Atom::Han(word) => word.clone(),
            Atom::Number(number) => format!("#{number}"),
        };
        clauses
            .iter()
            .map(|clause| clause.atoms.iter().map(atom).collect::<Vec<_>>().join("+"))
            .collect()
    }

    #[test]
    fn queries_are_words_phrases_and_what_to_leave_out() {
        let table: [(&str, &[&str], &[&str]); 31] = [
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
        ];
        for (typed, wanted, unwanted) in table {
            let query = Query::read(typed);
            assert_eq!(shown(&query.wanted), wanted, "{typed}");
            assert_eq!(shown(&query.unwanted), unwanted, "{typed}");
        }
    }

    #[test]
    fn what_is_one_too_many_is_passed_over() {
        let passed_over = |typed: &str| -> Vec<String> {
            Query::read(typed)
                .passed_over
                .into_iter()
                .map(|place| typed[place].to_owned())
                .collect()
        };
        assert_eq!(passed_over("粮 油 水 电 jobs"), ["电"]);
        assert_eq!(passed_over("粮 油 水 粮 jobs -电"), [""; 0]);
        let words =
            |count: usize| (0..count).map(|number| format!("w{number}")).collect::<Vec<_>>();
        // A letter and a number are two words, and what is typed again is none.
        assert_eq!(passed_over(&words(MAX_CLAUSES - 1).join(" ")), [""; 0]);
        assert_eq!(passed_over(&words(MAX_CLAUSES + 1).join(" ")), ["39", "40"]);
        let phrases: Vec<String> = words(8).iter().map(|word| format!("-\"a {word}\"")).collect();
        assert_eq!(passed_over(&phrases.join(" ")), ["-\"a w6\"", "-\"a w7\""]);
    }

    proptest! {
        #[test]
        fn any_text_is_a_query_whose_places_are_its_own(typed in "(\\PC|[-\"“”0-9,. 万养老床位的]){0,60}") {
            let query = Query::read(&typed);
            for clause in query.wanted.iter().chain(&query.unwanted) {
                prop_assert!(typed.get(clause.place.clone()).is_some(), "{:?} in {}", clause, typed);
                prop_assert!(!clause.atoms.is_empty());
            }
        }
    }
}
