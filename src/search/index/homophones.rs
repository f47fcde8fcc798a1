//! Chinese words by how they sound: a slip in a Chinese word is mostly one of its homophones, and who types pinyin means
//! one of them.

use std::collections::{BTreeMap, BTreeSet};

use pinyin::ToPinyin as _;
use rayon::prelude::*;

use crate::search::index::corpus::Corpus;
use crate::search::text::chinese;
use crate::search::text::normalize;
use crate::search::text::tokenize::{Piece, Scanner};

/// The words of titles and summaries by how they sound.
pub(crate) type Homophones = BTreeMap<String, Vec<String>>;

/// The Chinese words of titles and summaries by their sounds, tones aside.
pub(crate) fn homophones(corpus: &Corpus) -> Homophones {
    let texts = corpus.versions.par_iter().filter_map(|version| corpus.text_of(*version));
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
    let text = normalize::simplified(text);
    let mut scanner = Scanner::new(&text);
    while let Some((piece, _)) = scanner.next() {
        if piece == Piece::Han {
            let found =
                chinese::words(&scanner.folded).filter(|word| chinese::has_two_characters(word));
            words.extend(found.map(ToOwned::to_owned));
            // Names that the dictionary does not know, as a query would have them.
            words.extend(chinese::names(&scanner.folded));
        }
    }
}

/// How a word sounds, as people type it: its syllables without tones and without anything between them.
pub(crate) fn sound(word: &str) -> String {
    let syllable = |character: char| {
        character.to_pinyin().map_or_else(|| character.to_string(), |one| one.plain().to_owned())
    };
    word.chars().map(syllable).collect()
}
