//! What is looked for, as a query of the index.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery,
    Query as TantivyQuery, RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use crate::search::index::{IndexSnapshot, WordField};
use crate::search::query::parse::{Atom, Clause};
use crate::search::query::quantized_score::Rounded;
use crate::search::text::chinese;

/// How much a part of a Chinese word counts that is found nowhere as a whole.
const PART_BOOST: f32 = 0.7;

/// How much it counts that two words stand side by side, as they were typed.
const BESIDE_BOOST: f32 = 0.3;

/// In how many texts that is looked for at most: a millisecond's work.
const MAX_BESIDE: u64 = 1_000;

pub(crate) type Boxed = Box<dyn TantivyQuery>;

/// A clause as a query of the index.
pub(crate) struct Planned {
    pub(crate) query: Boxed,
    /// In how many texts it can be at most: of several words that must all be there, the rarest is in so many.
    pub(crate) texts: u64,
    /// In how many texts the places of words are compared; none but for a phrase of words.
    pub(crate) compared: u64,
}

impl Planned {
    const fn new(query: Boxed, texts: u64) -> Self {
        Self { query, texts, compared: 0 }
    }

    /// Whether any text can have it.
    pub(crate) const fn is_possible(&self) -> bool {
        self.texts > 0
    }

    /// The query, counting as often as it was typed.
    pub(crate) fn times(self, times: u16) -> Box<dyn TantivyQuery> {
        if times > 1 { boosted(self.query, f32::from(times)) } else { self.query }
    }
}

impl IndexSnapshot {
    /// A word or a phrase as a query.
    pub(crate) fn plan(&self, clause: &Clause) -> tantivy::Result<Planned> {
        match (clause.atoms.as_slice(), &clause.phrase) {
            ([atom], None) => self.atom(atom),
            (atoms, _) => self.phrase(atoms),
        }
    }

    /// A word or a phrase as a query that nothing else matches: no part of it is enough.
    pub(crate) fn plan_exactly(&self, clause: &Clause) -> tantivy::Result<Planned> {
        self.phrase(&clause.atoms)
    }

    /// Two words side by side, as a query that lets texts count more; none where too many texts have both words.
    pub(crate) fn plan_beside(&self, [one, other]: &[Atom; 2]) -> tantivy::Result<Option<Boxed>> {
        let query = if let (Atom::Han(one), Atom::Han(other)) = (one, other) {
            // The last character of one and the first of the other are a pair of neighbours too.
            let pair: String =
                one.chars().next_back().into_iter().chain(other.chars().next()).collect();
            single(self.fields.han, &pair)
        } else {
            let planned = self.phrase(&[one.clone(), other.clone()])?;
            if planned.compared > MAX_BESIDE {
                return Ok(None);
            }
            planned.query
        };
        Ok(Some(boosted(query, BESIDE_BOOST)))
    }

    fn atom(&self, atom: &Atom) -> tantivy::Result<Planned> {
        match atom {
            Atom::Word(word) => self.in_words(|words| words.stems.stem(word)),
            Atom::Number(number) => self.in_words(|_| number.clone()),
            Atom::Han(word) => self.han(word),
        }
    }

    /// A term in the words of every language.
    fn in_words(&self, term: impl Fn(&WordField) -> String) -> tantivy::Result<Planned> {
        let mut alternatives: Vec<Boxed> = Vec::new();
        let mut all = 0;
        for words in &self.fields.words {
            let term = term(words);
            let texts = self.count(words.field, &term)?;
            if texts > 0 {
                alternatives.push(single(words.field, &term));
            }
            all += texts;
        }
        Ok(Planned::new(any(alternatives), all))
    }

    /// A Chinese word: all its pairs, and the word itself where the dictionary knows it. A word that is found nowhere is
    /// looked for by its parts.
    fn han(&self, word: &str) -> tantivy::Result<Planned> {
        if word.chars().nth(1).is_none() {
            return self.single_character(word);
        }
        let texts = self.texts_with_pairs(word)?;
        if texts > 0 {
            return Ok(Planned::new(self.whole_word(word), texts));
        }
        let mut parts: Vec<Boxed> = Vec::new();
        let mut all = 0;
        for part in chinese::subwords(word) {
            let texts = self.texts_with_pairs(part)?;
            if texts > 0 {
                parts.push(boosted(self.whole_word(part), PART_BOOST));
            }
            all += texts;
        }
        Ok(Planned::new(any(parts), all))
    }

    fn whole_word(&self, word: &str) -> Boxed {
        if word.chars().nth(2).is_none() {
            return single(self.fields.han, word);
        }
        let pair = |pair| Rounded::boxed(single(self.fields.han, pair));
        let pairs = all(chinese::bigrams(word).map(pair).collect());
        let whole = Rounded::boxed(single(self.fields.han, word));
        Box::new(BooleanQuery::new(vec![(Occur::Must, pairs), (Occur::Should, whole)]))
    }

    /// How many texts have the rarest of a word's pairs.
    fn texts_with_pairs(&self, word: &str) -> tantivy::Result<u64> {
        let mut rarest = u64::MAX;
        for pair in chinese::bigrams(word) {
            rarest = rarest.min(self.count(self.fields.han, pair)?);
        }
        Ok(rarest)
    }

    /// One character: every pair that begins with it, or itself at the end of a run.
    fn single_character(&self, character: &str) -> tantivy::Result<Planned> {
        let next = character.chars().next().and_then(|first| char::from_u32(u32::from(first) + 1));
        let Some(next) = next.map(String::from) else {
            return Ok(Planned::new(Box::new(EmptyQuery), 0));
        };
        let from = Bound::Included(Term::from_field_text(self.fields.han, character));
        let to = Bound::Excluded(Term::from_field_text(self.fields.han, &next));
        let query = ConstScoreQuery::new(Box::new(RangeQuery::new(from, to)), 1.0);
        for segment in self.searcher.segment_readers() {
            let terms = segment.inverted_index(self.fields.han)?;
            let mut range = terms.terms().range().ge(character).lt(&next).into_stream()?;
            while range.advance() {
                let Ok(term) = std::str::from_utf8(range.key()) else { continue };
                if self.count(self.fields.han, term)? > 0 {
                    // To count them all would take as long as the search; a character alone says little.
                    return Ok(Planned::new(Box::new(query), self.searcher.num_docs()));
                }
            }
        }
        Ok(Planned::new(Box::new(query), 0))
    }

    /// Words that follow each other. Chinese ones are found by their pairs here; that they follow each other in the text
    /// too is looked at afterwards.
    fn phrase(&self, atoms: &[Atom]) -> tantivy::Result<Planned> {
        if atoms.iter().any(|atom| matches!(atom, Atom::Han(_))) {
            let mut parts: Vec<Boxed> = Vec::new();
            let mut rarest = u64::MAX;
            for atom in atoms {
                let planned = match atom {
                    Atom::Han(run) if run.chars().nth(1).is_some() => {
                        Planned::new(self.whole_word(run), self.texts_with_pairs(run)?)
                    }
                    _ => self.atom(atom)?,
                };
                rarest = rarest.min(planned.texts);
                parts.push(Rounded::boxed(planned.query));
            }
            return Ok(Planned::new(all(parts), rarest));
        }
        let mut alternatives: Vec<Boxed> = Vec::new();
        let (mut texts, mut compared) = (0, 0);
        for words in &self.fields.words {
            let mut terms = Vec::new();
            for atom in atoms {
                let term = match atom {
                    Atom::Word(word) => words.stems.stem(word),
                    Atom::Number(text) | Atom::Han(text) => text.clone(),
                };
                terms.push(Term::from_field_text(words.field, &term));
            }
            let mut rarest = u64::MAX;
            for term in &terms {
                rarest = rarest.min(self.statistics.texts_with(term)?);
            }
            texts += rarest;
            compared += if terms.len() > 1 { rarest } else { 0 };
            alternatives.push(match terms.as_slice() {
                [term] => Box::new(TermQuery::new(term.clone(), IndexRecordOption::WithFreqs)),
                _ => Box::new(PhraseQuery::new(terms)),
            });
        }
        Ok(Planned { query: any(alternatives), texts, compared })
    }

    fn count(&self, field: Field, term: &str) -> tantivy::Result<u64> {
        self.statistics.texts_with(&Term::from_field_text(field, term))
    }
}

fn single(field: Field, term: &str) -> Boxed {
    Box::new(TermQuery::new(Term::from_field_text(field, term), IndexRecordOption::WithFreqs))
}

fn boosted(query: Boxed, boost: f32) -> Boxed {
    Box::new(BoostQuery::new(query, boost))
}

fn all(queries: Vec<Boxed>) -> Boxed {
    combined(queries, BooleanQuery::intersection)
}

fn any(queries: Vec<Boxed>) -> Boxed {
    combined(queries, BooleanQuery::union)
}

/// Several queries as one; one alone stays what it is, which is faster.
fn combined(mut queries: Vec<Boxed>, combine: fn(Vec<Boxed>) -> BooleanQuery) -> Boxed {
    if queries.len() > 1 {
        return Box::new(combine(queries));
    }
    queries.pop().unwrap_or_else(|| Box::new(EmptyQuery))
}
