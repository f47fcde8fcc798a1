//! What may have been meant by a word that is nowhere: one that differs by a letter or two, or a Chinese one that sounds
//! the same, typed in characters or in pinyin.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet as _, Term};
use tantivy_fst::Automaton;

use crate::search::index::corpus::Corpus;
use crate::search::index::homophones::sound;
use crate::search::index::{IndexSnapshot, TAKEN_OUT, WordField};
use crate::search::query::parse::{Atom, Query};
use crate::search::request::SearchRequest;
use crate::search::text::chinese;
use crate::search::text::plain_text;
use crate::search::text::tokenize::{Piece, Scanner};

/// Shorter words have too many neighbours.
const MIN_LETTERS: usize = 4;

/// From this many letters on a word may differ in two.
const LONG_WORD: usize = 8;

/// By how much the stem of what was typed may differ from that of what was meant.
const STEM_DISTANCE: u8 = 2;

/// How many stems near a word are counted, the nearest first, and for how many of them a word is looked up.
const MAX_NEAR: usize = 64;
const MAX_SPELLED: usize = 4;

/// In how many texts the spelling of a stem is looked up.
const MAX_LOOKED_AT: usize = 6;

/// How many words of a query are mended. Who has more slips in it is not to be guessed.
const MAX_MENDED: usize = 3;

/// Stems, each with how many texts have it.
type Stemmed = Vec<(String, u64)>;

/// The query as it may have been meant, if what is nowhere has something near it.
pub(crate) fn meant(
    snapshot: &IndexSnapshot,
    corpus: &Corpus,
    ask: &SearchRequest,
    query: &Query,
) -> tantivy::Result<Option<String>> {
    let mut changes = snapshot.sounding_runs(query)?;
    let mut mended = 0;
    for clause in &query.wanted {
        let is_in_run = changes.iter().any(|(place, _)| place.contains(&clause.place.start));
        if is_in_run || is_part(&ask.query, &clause.place) || snapshot.plan(clause)?.is_possible() {
            continue;
        }
        mended += 1;
        if mended > MAX_MENDED {
            break;
        }
        let near = match clause.atoms.as_slice() {
            [Atom::Word(word)] if clause.phrase.is_none() => snapshot.meant_word(corpus, word)?,
            [Atom::Han(word)] if clause.phrase.is_none() => {
                snapshot.of_sound(&sound(word), word)?
            }
            _ => None,
        };
        changes.extend(near.map(|near| (clause.place.clone(), near)));
    }
    // From the last to the first, so that places before it stay what they are.
    changes.sort_by_key(|(place, _)| Reverse(place.start));
    let mut meant = ask.query.clone();
    for (place, near) in &changes {
        meant.replace_range(place.clone(), near);
    }
    Ok((!changes.is_empty()).then_some(meant))
}

/// Whether a word is a part of one with hyphens or the like: mended alone, it would make no word (`e-mail`, `e-email`).
fn is_part(typed: &str, place: &Range<usize>) -> bool {
    let joins = |beside: &mut dyn Iterator<Item = char>| {
        beside.next().is_some_and(|one| matches!(one, '-' | '\'' | '’' | '.' | '_' | '/' | '@'))
            && beside.next().is_some_and(char::is_alphanumeric)
    };
    joins(&mut typed[..place.start].chars().rev()) || joins(&mut typed[place.end..].chars())
}

impl IndexSnapshot {
    /// What may have been meant by a word of letters: one with a slip in it, one whose beginning this is, or pinyin.
    fn meant_word(&self, corpus: &Corpus, word: &str) -> tantivy::Result<Option<String>> {
        if let Some(near) = self.near_word(corpus, word)? {
            return Ok(Some(near));
        }
        if let Some(near) = self.of_sound(word, word)? {
            return Ok(Some(near));
        }
        self.longer_word(corpus, word)
    }

    /// The word that begins with what was typed; of several, the one that most texts have.
    fn longer_word(&self, corpus: &Corpus, start: &str) -> tantivy::Result<Option<String>> {
        if start.chars().count() < MIN_LETTERS {
            return Ok(None);
        }
        let mut best: Option<(Reverse<u64>, String, WordField)> = None;
        for &words in &self.fields.words {
            for (stem, texts) in self.stems_from(words, start)? {
                let candidate = (Reverse(texts), stem, words);
                if best.as_ref().is_none_or(|best| (candidate.0, &candidate.1) < (best.0, &best.1))
                {
                    best = Some(candidate);
                }
            }
        }
        let Some((_, stem, words)) = best else { return Ok(None) };
        Ok(self.spelled(corpus, words, &stem, start)?.map(|(_, spelled)| spelled))
    }

    /// Stems that begin in some way, those that most texts have first.
    fn stems_from(&self, words: WordField, start: &str) -> tantivy::Result<Stemmed> {
        let mut stems: BTreeSet<String> = BTreeSet::new();
        for segment in self.searcher.segment_readers() {
            let terms = segment.inverted_index(words.field)?;
            let mut from_here = terms.terms().range().ge(start).into_stream()?;
            for _ in 0..MAX_NEAR {
                if !from_here.advance() || !from_here.key().starts_with(start.as_bytes()) {
                    break;
                }
                stems.extend(std::str::from_utf8(from_here.key()).map(ToOwned::to_owned));
            }
        }
        let mut counted: Vec<(Reverse<u64>, String)> = Vec::new();
        for stem in stems {
            if counted.len() == MAX_NEAR {
                break;
            }
            let texts = self.statistics.texts_with(&Term::from_field_text(words.field, &stem))?;
            if texts > 0 {
                counted.push((Reverse(texts), stem));
            }
        }
        counted.sort();
        Ok(counted
            .into_iter()
            .take(MAX_SPELLED)
            .map(|(Reverse(texts), stem)| (stem, texts))
            .collect())
    }

    /// The word that differs least from one that is nowhere; of several, the one that most texts have.
    fn near_word(&self, corpus: &Corpus, word: &str) -> tantivy::Result<Option<String>> {
        let letters = word.chars().count();
        if letters < MIN_LETTERS {
            return Ok(None);
        }
        let allowed = if letters < LONG_WORD { 1 } else { 2 };
        let mut best: Option<(usize, Reverse<u64>, String)> = None;
        for &words in &self.fields.words {
            // A slip may change what is taken for an ending. Then the word itself is nearer to the stem than its own, or only
            // its first half is as it was meant.
            let half: String = word.chars().take(MIN_LETTERS.max(letters / 2)).collect();
            let stem = words.stems.stem(word);
            let attempts: [&dyn Fn() -> tantivy::Result<Stemmed>; 3] =
                [&|| self.near_stems(words, &stem), &|| self.near_stems(words, word), &|| {
                    self.stems_from(words, &half)
                }];
            for attempt in attempts {
                for (stem, texts) in attempt()? {
                    // What begins in another way is no spelling of it.
                    let start: String = word.chars().take(stem.chars().count()).collect();
                    if strsim::osa_distance(&start, &stem) > usize::from(STEM_DISTANCE) {
                        continue;
                    }
                    let Some((folded, spelled)) = self.spelled(corpus, words, &stem, word)? else {
                        continue;
                    };
                    let distance = strsim::osa_distance(word, &folded);
                    let candidate = (distance, Reverse(texts), spelled);
                    if distance <= allowed && best.as_ref().is_none_or(|best| candidate < *best) {
                        best = Some(candidate);
                    }
                }
                if best.is_some() {
                    break;
                }
            }
        }
        Ok(best.map(|(_, _, spelled)| spelled))
    }

    /// The stems near one, the nearest first, each with how many texts have it. They may differ by more than words do.
    fn near_stems(&self, words: WordField, typed: &str) -> tantivy::Result<Stemmed> {
        let near = Near::of(typed);
        // The first letter is seldom wrong, and to look for all others would take ten times as long.
        let Some(first) = typed.chars().next() else { return Ok(Vec::new()) };
        let behind = char::from_u32(u32::from(first) + 1).unwrap_or(char::MAX);
        let mut stems: BTreeMap<String, u8> = BTreeMap::new();
        for segment in self.searcher.segment_readers() {
            let terms = segment.inverted_index(words.field)?;
            let terms = terms.terms();
            let starting_so = terms.search(&near).ge(first.to_string()).lt(behind.to_string());
            let mut found = starting_so.into_stream()?;
            while found.advance() {
                let Ok(term) = std::str::from_utf8(found.key()) else { continue };
                // A number is no word.
                if !term.starts_with(|first: char| first.is_ascii_digit()) {
                    stems.insert(term.to_owned(), near.distance_of(term));
                }
            }
        }
        let mut stems: Vec<(u8, String)> =
            stems.into_iter().map(|(stem, distance)| (distance, stem)).collect();
        stems.sort();
        let mut counted: Vec<(u8, Reverse<u64>, String)> = Vec::new();
        for (distance, stem) in stems {
            if counted.len() == MAX_NEAR {
                break;
            }
            let texts = self.statistics.texts_with(&Term::from_field_text(words.field, &stem))?;
            // What was taken out of the index is still among its terms.
            if texts > 0 {
                counted.push((distance, Reverse(texts), stem));
            }
        }
        counted.sort();
        Ok(counted
            .into_iter()
            .take(MAX_SPELLED)
            .map(|(_, Reverse(texts), stem)| (stem, texts))
            .collect())
    }

    /// The word with a stem as texts spell it, folded and as it stands there: of some texts that have it, the spelling
    /// nearest to what was typed.
    fn spelled(
        &self,
        corpus: &Corpus,
        words: WordField,
        stem: &str,
        typed: &str,
    ) -> tantivy::Result<Option<(String, String)>> {
        let distance = |(folded, _): &(String, String)| strsim::osa_distance(typed, folded);
        let mut nearest: Option<(String, String)> = None;
        for version in self.some_with(&Term::from_field_text(words.field, stem))? {
            let Some(version) = corpus.versions.get(version as usize).copied() else { continue };
            let Some(text) = corpus.text_of(version) else { continue };
            let short = text.short_title.as_deref().unwrap_or_default();
            let summary = text.summary.as_ref().map_or("", |summary| summary.value.as_str());
            // Words are words in Markdown too.
            let (keywords, body) =
                (corpus.keywords(version), plain_text::beginning(&text.body.markdown));
            let mut spellings: BTreeSet<(String, String)> = nearest.into_iter().collect();
            for part in [text.title.value.as_str(), short, summary, &keywords, body] {
                spelled_in(part, words, stem, &mut spellings);
            }
            nearest = spellings.into_iter().min_by_key(distance);
            if nearest.as_ref().is_some_and(|nearest| distance(nearest) <= 1) {
                break;
            }
        }
        Ok(nearest)
    }

    /// Chinese words that follow each other and sound like one word of the site (人工只能, 人工智能), with that word: a slip
    /// in a word may make two others of it.
    pub(crate) fn sounding_runs(
        &self,
        query: &Query,
    ) -> tantivy::Result<Vec<(Range<usize>, String)>> {
        let mut runs: Vec<(Range<usize>, String, usize)> = Vec::new();
        for clause in &query.wanted {
            let ([Atom::Han(word)], None) = (clause.atoms.as_slice(), &clause.phrase) else {
                continue;
            };
            match runs.last_mut().filter(|(place, ..)| place.end == clause.place.start) {
                Some((place, text, words)) => {
                    place.end = clause.place.end;
                    text.push_str(word);
                    *words += 1;
                }
                None => runs.push((clause.place.clone(), word.clone(), 1)),
            }
        }
        let mut meant = Vec::new();
        for (place, text, _) in runs.into_iter().filter(|(.., words)| *words > 1) {
            let sound = sound(&text);
            let is_known = self.homophones.get(&sound).is_some_and(|words| words.contains(&text));
            let near = if is_known { None } else { self.of_sound(&sound, &text)? };
            meant.extend(near.map(|near| (place, near)));
        }
        Ok(meant)
    }

    /// The Chinese word of the site that has a sound, other than the one that is nowhere; of several, the one that most
    /// texts have.
    pub(crate) fn of_sound(&self, sound: &str, word: &str) -> tantivy::Result<Option<String>> {
        let mut best: Option<(Reverse<u64>, &String)> = None;
        for near in self.homophones.get(sound).into_iter().flatten().filter(|near| *near != word) {
            let pair = chinese::bigrams(near).next().unwrap_or_default();
            let texts =
                self.statistics.texts_with(&Term::from_field_text(self.fields.han, pair))?;
            let candidate = (Reverse(texts), near);
            if texts > 0 && best.as_ref().is_none_or(|best| candidate < *best) {
                best = Some(candidate);
            }
        }
        Ok(best.map(|(_, near)| near.clone()))
    }

    /// Some of the versions that have a term: the newest, and the oldest, among which are pages without a date.
    fn some_with(&self, term: &Term) -> tantivy::Result<Vec<u32>> {
        let mut with: Vec<u32> = Vec::new();
        for (segment, versions) in self.searcher.segment_readers().iter().zip(&self.versions) {
            let terms = segment.inverted_index(term.field())?;
            let Some(mut texts) = terms.read_postings(term, IndexRecordOption::Basic)? else {
                continue;
            };
            while let Some(version) = versions.get(texts.doc() as usize) {
                with.extend(Some(*version).filter(|version| *version != TAKEN_OUT));
                texts.advance();
            }
        }
        with.sort_unstable();
        let oldest = with.split_off(with.len().min(MAX_LOOKED_AT / 2));
        with.extend(oldest.into_iter().rev().take(MAX_LOOKED_AT / 2));
        Ok(with)
    }
}

/// Adds every way in which a text spells the word with a stem.
fn spelled_in(
    text: &str,
    words: WordField,
    stem: &str,
    spellings: &mut BTreeSet<(String, String)>,
) {
    // A stem seldom begins with other letters than its word. Most words are told apart by that, without being read.
    let start: Vec<char> = stem.chars().take(2).collect();
    let is_candidate = |word: &str| {
        let mut letters = word.chars();
        start.iter().all(|wanted| {
            letters
                .next()
                .is_some_and(|letter| !letter.is_ascii() || letter.to_ascii_lowercase() == *wanted)
        })
    };
    for word in text
        .split(|one: char| !one.is_alphanumeric() && !matches!(one, '\'' | '’'))
        .filter(|word| is_candidate(word))
    {
        let mut scanner = Scanner::new(word);
        while let Some((piece, place)) = scanner.next() {
            if piece == Piece::Word && words.stems.stem(&scanner.folded) == stem {
                let written = word[place].to_lowercase();
                let spelled = if written.is_ascii() { scanner.folded.clone() } else { written };
                spellings.insert((scanner.folded.clone(), spelled));
            }
        }
    }
}

/// What all automata of one distance have in common; letters that changed places are one change.
static AUTOMATA: LazyLock<LevenshteinAutomatonBuilder> =
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(STEM_DISTANCE, true));

/// The terms within a distance of a word.
struct Near(DFA);

impl Near {
    fn of(word: &str) -> Self {
        Self(AUTOMATA.build_dfa(word))
    }

    fn distance_of(&self, term: &str) -> u8 {
        self.0.eval(term).to_u8()
    }
}

impl Automaton for &Near {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.0.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.transition(*state, byte)
    }
}
