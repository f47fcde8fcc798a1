//! Index terms: stemmed words, numbers in their normal form, Chinese words and bigrams.
//!
//! A run of Chinese characters yields each bigram once, and each dictionary word once more. So a
//! word is found however the dictionary segments the text, and scores more where it is a segment.

use std::collections::HashMap;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer as TantivyTokenizer};

use super::chinese;
use super::stemmer::Stemmer;
use super::tokenize::{TokenKind, Tokenizer};

/// How many stems a tokenizer caches. A language has far fewer frequent words.
const CACHE_SIZE: usize = 50_000;

/// Every term of a text: words and numbers, then Chinese.
pub(crate) fn terms(text: &str, stemmer: Stemmer) -> Vec<String> {
    let mut terms = Vec::new();
    let mut words = WordTokenizer::new(stemmer);
    words.token_stream(text).process(&mut |token| terms.push(token.text.clone()));
    HanTokenizer.token_stream(text).process(&mut |token| terms.push(token.text.clone()));
    terms
}

/// Yields the words and numbers of a text.
#[derive(Clone)]
pub(crate) struct WordTokenizer {
    stemmer: Stemmer,
    cache: HashMap<String, String>,
}

impl WordTokenizer {
    pub(crate) fn new(stemmer: Stemmer) -> Self {
        Self { stemmer, cache: HashMap::new() }
    }

    fn stem_into(&mut self, word: &str, out: &mut String) {
        if let Some(stem) = self.cache.get(word) {
            out.clone_from(stem);
            return;
        }
        *out = self.stemmer.stem(word);
        if self.cache.len() < CACHE_SIZE {
            self.cache.insert(word.to_owned(), out.clone());
        }
    }
}

impl TantivyTokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        WordStream {
            analyzer: self,
            tokenizer: Tokenizer::new(text),
            token: Token { position: 0, ..Token::default() },
            next_position: 0,
            has_scaled: false,
            numerals: Vec::new(),
        }
    }
}

/// The words and numbers of a text.
pub(crate) struct WordStream<'a> {
    analyzer: &'a mut WordTokenizer,
    tokenizer: Tokenizer<'a>,
    token: Token,
    next_position: usize,
    /// Whether the last number is to be followed by its scaled value, at the same position.
    has_scaled: bool,
    /// The numbers in the last run of Chinese characters that are still to come, from the last on.
    numerals: Vec<String>,
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        if std::mem::take(&mut self.has_scaled)
            && let Some(scaled) = self.tokenizer.scaled.take()
        {
            self.token.text = scaled;
            return true;
        }
        if let Some(numeral) = self.numerals.pop() {
            self.token.text = numeral;
            return true;
        }
        while let Some((kind, range)) = self.tokenizer.next() {
            let position = self.next_position;
            self.next_position += 1;
            match kind {
                TokenKind::Han => {
                    let numbers = chinese::numbers(&self.tokenizer.folded).into_iter().rev();
                    self.numerals = numbers.map(|(number, _)| number).collect();
                    let Some(first) = self.numerals.pop() else { continue };
                    self.token.text = first;
                }
                TokenKind::Number => {
                    self.token.text.clone_from(&self.tokenizer.folded);
                    self.has_scaled = self.tokenizer.scaled.is_some();
                }
                TokenKind::Word => {
                    self.analyzer.stem_into(&self.tokenizer.folded, &mut self.token.text);
                }
            }
            self.token.position = position;
            self.token.offset_from = range.start;
            self.token.offset_to = range.end;
            return true;
        }
        false
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// Yields the Chinese words and bigrams of a text.
#[derive(Clone)]
pub(crate) struct HanTokenizer;

impl TantivyTokenizer for HanTokenizer {
    type TokenStream<'a> = HanStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> HanStream {
        let mut stream =
            HanStream { token: Token { position: 0, ..Token::default() }, ..HanStream::default() };
        let mut tokenizer = Tokenizer::new(text);
        while let Some((kind, _)) = tokenizer.next() {
            if kind == TokenKind::Han {
                stream.push_run(&tokenizer.folded);
            }
        }
        stream
    }
}

/// The Chinese words and bigrams of a text.
#[derive(Default)]
pub(crate) struct HanStream {
    /// All terms without separators, and the end of each.
    terms: String,
    ends: Vec<usize>,
    /// The number of terms that were yielded, and the end of the last one.
    yielded: usize,
    end: usize,
    token: Token,
}

impl HanStream {
    fn push_run(&mut self, run: &str) {
        self.terms.reserve(run.len() * 3);
        chinese::bigrams(run).for_each(|bigram| self.push(bigram));
        let words = chinese::words(run).filter(|word| chinese::has_two_characters(word));
        words.for_each(|word| self.push(word));
        // No bigram begins with the last character, so it is a term of its own.
        if let Some((last, _)) = run.char_indices().next_back() {
            self.push(&run[last..]);
        }
    }

    fn push(&mut self, term: &str) {
        self.terms.push_str(term);
        self.ends.push(self.terms.len());
    }
}

impl TokenStream for HanStream {
    fn advance(&mut self) -> bool {
        let Some(end) = self.ends.get(self.yielded).copied() else { return false };
        self.token.text.clear();
        self.token.text.push_str(&self.terms[self.end..end]);
        self.yielded += 1;
        self.end = end;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(tokenizer: &mut impl TantivyTokenizer, text: &str) -> Vec<(String, usize)> {
        let mut stream = tokenizer.token_stream(text);
        let mut tokens = Vec::new();
        while stream.advance() {
            tokens.push((stream.token().text.clone(), stream.token().position));
        }
        tokens
    }

    #[test]
    fn word_tokenizer_yields_stems_with_positions() {
        let mut english = WordTokenizer::new(Stemmer::of("en"));
        let found = tokens(&mut english, "New jobs: 8.3万 in cities");
        let expected = [("new", 0), ("job", 1), ("8.3", 2), ("83000", 2), ("in", 4), ("citi", 5)];
        assert_eq!(found, expected.map(|(text, position)| (text.to_owned(), position)));
        let found = tokens(&mut english, "jobs 新增八万三千个，占百分之五，十三五 2");
        let expected = [("job", 0), ("83000", 1), ("5", 2), ("2", 4)];
        assert_eq!(found, expected.map(|(text, position)| (text.to_owned(), position)));
    }

    #[test]
    fn han_tokenizer_yields_bigrams_words_and_last_character() {
        let found = tokens(&mut HanTokenizer, "城镇新增就业83000人。养老院");
        let found: Vec<&str> = found.iter().map(|(text, _)| text.as_str()).collect();
        let employment = ["城镇", "镇新", "新增", "增就", "就业", "城镇", "新增", "就业", "业"];
        let nursing_home = ["养老", "老院", "养老院", "院"];
        assert_eq!(found, [&employment[..], &["人"], &nursing_home].concat());
    }
}
