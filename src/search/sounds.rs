//! Chinese words by how they sound: a slip in a Chinese word is mostly one of its homophones, and who types pinyin means
//! one of them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pinyin::ToPinyin as _;
use rayon::prelude::*;
use tantivy::Term;

use super::catalogue::Catalogue;
use super::index::Snapshot;
use super::query::{Atom, Query, chinese_names};
use super::scan::{Piece, Scanner};
use super::{analysis, fold};

/// The words of titles and summaries by how they sound.
pub(super) type Homophones = BTreeMap<String, Vec<String>>;

/// The Chinese words of titles and summaries by their sounds, tones aside.
pub(super) fn homophones(catalogue: &Catalogue) -> Homophones {
    let texts = catalogue.versions.par_iter().filter_map(|version| catalogue.text_of(*version));
    let words = texts.flat_map_iter(|text| {
        let summary = text.summary.as_ref().map_or("", |summary| summary.value.as_str());
        let mut words = BTreeSet::new();
        add_chinese(&text.title.value, &mut words);
        add_chinese(summary, &mut words);
        words
    });
    let mut homophones = Homophones::new();
    for word in words.collect::<BTreeSet<String>>() {
        homophones.entry(sound(&word)).or_default().push(word);
    }
    homophones
}

fn add_chinese(text: &str, words: &mut BTreeSet<String>) {
    if text.is_ascii() {
        return;
    }
    let text = fold::simplified(text);
    let mut scanner = Scanner::new(&text);
    while let Some((piece, _)) = scanner.next() {
        if piece == Piece::Han {
            let found = analysis::chinese_words(&scanner.folded)
                .filter(|word| word.chars().nth(1).is_some());
            words.extend(found.map(ToOwned::to_owned));
            // Names that the dictionary does not know, as a query would have them.
            words.extend(chinese_names(&scanner.folded));
        }
    }
}

/// How a word sounds, as people type it: its syllables without tones and without anything between them.
pub(super) fn sound(word: &str) -> String {
    let syllable = |character: char| {
        character.to_pinyin().map_or_else(|| character.to_string(), |one| one.plain().to_owned())
    };
    word.chars().map(syllable).collect()
}

impl Snapshot {
    /// Chinese words that follow each other and sound like one word of the site (人工只能, 人工智能), with that word: a slip
    /// in a word may make two others of it.
    pub(super) fn sounding_runs(
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
    pub(super) fn of_sound(&self, sound: &str, word: &str) -> tantivy::Result<Option<String>> {
        let mut best: Option<(Reverse<u64>, &String)> = None;
        for near in self.homophones.get(sound).into_iter().flatten().filter(|near| *near != word) {
            let pair = analysis::pairs(near).next().unwrap_or_default();
            let texts =
                self.statistics.texts_with(&Term::from_field_text(self.fields.han, pair))?;
            let candidate = (Reverse(texts), near);
            if texts > 0 && best.as_ref().is_none_or(|best| candidate < *best) {
                best = Some(candidate);
            }
        }
        Ok(best.map(|(_, near)| near.clone()))
    }
}
