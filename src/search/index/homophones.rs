//! Chinese words by their pronunciation. A misspelled Chinese word is mostly a homophone of the
//! intended one, and pinyin input names a word by its sound.

use std::collections::{BTreeMap, BTreeSet};

use pinyin::ToPinyin as _;
use rayon::prelude::*;

use super::corpus::Corpus;
use crate::search::text::tokenize::{TokenKind, Tokenizer};
use crate::search::text::{chinese, normalize};

/// The Chinese words of titles and summaries by their pinyin.
pub(crate) struct Homophones(BTreeMap<String, Vec<String>>);

impl Homophones {
    pub(super) fn of(corpus: &Corpus) -> Self {
        let texts = corpus.translations.par_iter().filter_map(|one| corpus.text_of(*one));
        let words: BTreeSet<String> = texts
            .flat_map_iter(|text| {
                let mut words = chinese_words(&text.title.value);
                if let Some(summary) = &text.summary {
                    words.extend(chinese_words(&summary.value));
                }
                words
            })
            .collect();
        let mut homophones: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for word in words {
            homophones.entry(pinyin(&word)).or_default().push(word);
        }
        Self(homophones)
    }

    /// The words with a pronunciation, in the form of [`pinyin()`].
    pub(crate) fn get(&self, pinyin: &str) -> &[String] {
        self.0.get(pinyin).map_or(&[], Vec::as_slice)
    }
}

/// The pronunciation of a word as people type it: its syllables without tones and spaces.
pub(crate) fn pinyin(word: &str) -> String {
    let mut out = String::new();
    for character in word.chars() {
        match character.to_pinyin() {
            Some(syllable) => out.push_str(syllable.plain()),
            None => out.push(character),
        }
    }
    out
}

/// The dictionary words and the names in a text.
fn chinese_words(text: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    if text.is_ascii() {
        return words;
    }
    let text = normalize::simplify(text);
    let mut tokenizer = Tokenizer::new(&text);
    while let Some((kind, _)) = tokenizer.next() {
        if kind == TokenKind::Han {
            let found = chinese::words(&tokenizer.folded);
            let found = found.filter(|word| chinese::has_two_characters(word));
            words.extend(found.map(ToOwned::to_owned));
            // Names that the dictionary does not have, as a query would segment them.
            words.extend(chinese::names(&tokenizer.folded));
        }
    }
    words
}
