//! What is looked for, as a query of the index.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query as TantivyQuery, RangeQuery,
    TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::analysis;
use super::index::{Snapshot, WordField};
use super::query::{Atom, Clause};

/// How much a part of a Chinese word counts that is found nowhere as a whole.
const PART_BOOST: f32 = 0.7;

type Boxed = Box<dyn TantivyQuery>;

/// A clause as a query of the index.
pub(super) struct Planned {
    pub(super) query: Boxed,
    /// Whether any text can have it.
    pub(super) is_possible: bool,
}

impl Planned {
    /// The query, counting as often as it was typed.
    pub(super) fn times(self, times: u16) -> Box<dyn TantivyQuery> {
        if times > 1 { boosted(self.query, f32::from(times)) } else { self.query }
    }
}

impl Snapshot {
    /// A word or a phrase as a query.
    pub(super) fn plan(&self, clause: &Clause) -> tantivy::Result<Planned> {
        match (clause.atoms.as_slice(), &clause.phrase) {
            ([atom], None) => self.atom(atom),
            (atoms, _) => self.phrase(atoms),
        }
    }

    /// A word or a phrase as a query that nothing else matches: no part of it is enough.
    pub(super) fn plan_exactly(&self, clause: &Clause) -> tantivy::Result<Planned> {
        self.phrase(&clause.atoms)
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
        for words in &self.fields.words {
            let term = term(words);
            if self.count(words.field, &term)? > 0 {
                alternatives.push(single(words.field, &term));
            }
        }
        let is_possible = !alternatives.is_empty();
        Ok(Planned { query: any(alternatives), is_possible })
    }

    /// A Chinese word: all its pairs, and the word itself where the dictionary knows it. A word that is found nowhere is
    /// looked for by its parts.
    fn han(&self, word: &str) -> tantivy::Result<Planned> {
        if word.chars().nth(1).is_none() {
            return self.single_character(word);
        }
        if self.has_pairs(word)? {
            return Ok(Planned { query: self.whole_word(word), is_possible: true });
        }
        let mut parts: Vec<Boxed> = Vec::new();
        for part in analysis::chinese_parts(word) {
            if self.has_pairs(part)? {
                parts.push(boosted(self.whole_word(part), PART_BOOST));
            }
        }
        let is_possible = !parts.is_empty();
        Ok(Planned { query: any(parts), is_possible })
    }

    fn whole_word(&self, word: &str) -> Boxed {
        let pairs = all(analysis::pairs(word).map(|pair| single(self.fields.han, pair)).collect());
        if word.chars().nth(2).is_none() {
            return pairs;
        }
        let whole = single(self.fields.han, word);
        Box::new(BooleanQuery::new(vec![(Occur::Must, pairs), (Occur::Should, whole)]))
    }

    fn has_pairs(&self, word: &str) -> tantivy::Result<bool> {
        for pair in analysis::pairs(word) {
            if self.count(self.fields.han, pair)? == 0 {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// One character: every pair that begins with it, or itself at the end of a run.
    fn single_character(&self, character: &str) -> tantivy::Result<Planned> {
        let next = character.chars().next().and_then(|first| char::from_u32(u32::from(first) + 1));
        let Some(next) = next else { return Ok(Planned { query: Box::new(EmptyQuery), is_possible: false }) };
        let from = Bound::Included(Term::from_field_text(self.fields.han, character));
        let to = Bound::Excluded(Term::from_field_text(self.fields.han, next.encode_utf8(&mut [0; 4])));
        let mut is_possible = false;
        for segment in self.searcher.segment_readers() {
            let terms = segment.inverted_index(self.fields.han)?;
            let mut range = terms.terms().range().ge(character).lt(next.encode_utf8(&mut [0; 4])).into_stream()?;
            is_possible |= range.advance();
        }
        let query = ConstScoreQuery::new(Box::new(RangeQuery::new(from, to)), 1.0);
        Ok(Planned { query: Box::new(query), is_possible })
    }

    /// Words that follow each other. Chinese ones are found by their pairs here; that they follow each other in the text
    /// too is looked at afterwards.
    fn phrase(&self, atoms: &[Atom]) -> tantivy::Result<Planned> {
        if atoms.iter().any(|atom| matches!(atom, Atom::Han(_))) {
            let mut parts: Vec<Boxed> = Vec::new();
            let mut is_possible = true;
            for atom in atoms {
                let planned = match atom {
                    Atom::Han(run) if run.chars().nth(1).is_some() => {
                        Planned { query: self.whole_word(run), is_possible: self.has_pairs(run)? }
                    }
                    _ => self.atom(atom)?,
                };
                is_possible &= planned.is_possible;
                parts.push(planned.query);
            }
            return Ok(Planned { query: all(parts), is_possible });
        }
        let mut alternatives: Vec<Boxed> = Vec::new();
        let mut is_possible = false;
        for words in &self.fields.words {
            let mut terms = Vec::new();
            for atom in atoms {
                let term = match atom {
                    Atom::Word(word) => words.stems.stem(word),
                    Atom::Number(text) | Atom::Han(text) => text.clone(),
                };
                terms.push(Term::from_field_text(words.field, &term));
            }
            let mut is_here = true;
            for term in &terms {
                is_here &= self.statistics.texts_with(term)? > 0;
            }
            is_possible |= is_here;
            alternatives.push(match terms.as_slice() {
                [term] => Box::new(TermQuery::new(term.clone(), IndexRecordOption::WithFreqs)),
                _ => Box::new(PhraseQuery::new(terms)),
            });
        }
        Ok(Planned { query: any(alternatives), is_possible })
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
