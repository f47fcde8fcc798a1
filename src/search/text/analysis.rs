//! What is looked up: the stems of words, numbers in their one spelling, Chinese words and pairs of characters.
//!
//! A run of Chinese characters gives every pair of neighbours once, and every word of the dictionary once more. So a word
//! is found wherever it stands, however the dictionary divides the text, and weighs more where it is a word there too.

use std::borrow::Cow;
use std::collections::HashMap;

use frostem::{Algorithm, Stemmer};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::chinese;
use super::tokenize::{Piece, Scanner};

/// How many stems a tokenizer remembers; a language's frequent words are far fewer.
const REMEMBERED: usize = 50_000;

/// How the words of a language are reduced to stems (Snowball).
///
/// Texts of all languages with one algorithm share their words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stems(Option<Algorithm>);

impl Stems {
    /// The stems of a language by its tag. Chinese text has its Latin words stemmed as English.
    pub(crate) fn of(tag: &str) -> Self {
        let language = tag.split('-').next().unwrap_or_default();
        let language = if matches!(language, "zh" | "ja" | "ko") { "en" } else { language };
        Self(Stemmer::try_from_name(language).ok().map(Stemmer::algorithm))
    }

    /// The stem of a folded word.
    pub(crate) fn stem(self, word: &str) -> String {
        match self.0 {
            // What is this long is no word; stemmers take time by its length.
            Some(algorithm) if word.len() <= 64 => {
                let word = &*if algorithm == Algorithm::English {
                    one_spelling(word)
                } else {
                    Cow::Borrowed(word)
                };
                let stem = Stemmer::new(algorithm).stem(word);
                // An abbreviation, such as AED, would lose everything but a letter.
                if stem.chars().nth(1).is_some() { stem.into_owned() } else { word.to_owned() }
            }
            _ => word.chars().take(64).collect(),
        }
    }
}

/// What Britain spells in one way and America in another, with the endings that may follow; any where there are none.
const SPELLINGS: [(&str, &str, &[&str]); 4] = [
    ("tre", "ter", &["", "s"]),
    ("amme", "am", &["", "s"]),
    ("is", "iz", &["e", "ed", "es", "er", "ers", "ing", "ation", "ations"]),
    ("our", "or", &[]),
];

/// An English word in one spelling for Britain and America (centre, center; labour, labor; organise, organize), and two
/// plurals that Snowball does not know. The outcome need be no word: both spellings only come to the same.
fn one_spelling(word: &str) -> Cow<'_, str> {
    match word {
        "buses" => return Cow::Borrowed("bus"),
        "gases" => return Cow::Borrowed("gas"),
        _ => {}
    }
    let mut spelled = Cow::Borrowed(word);
    for (british, american, endings) in SPELLINGS {
        // What stands at the start of a word is another thing: isle, our.
        let Some(start) = spelled.find(british).filter(|start| *start >= 3) else { continue };
        let rest = &spelled[start + british.len()..];
        if endings.is_empty() || endings.contains(&rest) {
            spelled = Cow::Owned(format!("{}{american}{rest}", &spelled[..start]));
        }
    }
    spelled
}

/// Gives the index the words and numbers of a text.
#[derive(Clone)]
pub(crate) struct WordTokenizer {
    stems: Stems,
    remembered: HashMap<String, String>,
}

impl WordTokenizer {
    pub(crate) fn new(stems: Stems) -> Self {
        Self { stems, remembered: HashMap::new() }
    }
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        let token = Token { position: 0, ..Token::default() };
        WordStream {
            tokenizer: self,
            scanner: Scanner::new(text),
            token,
            next: 0,
            has_scaled: false,
        }
    }
}

/// The words and numbers of a text, one after the other.
pub(crate) struct WordStream<'a> {
    tokenizer: &'a mut WordTokenizer,
    scanner: Scanner<'a>,
    token: Token,
    next: usize,
    has_scaled: bool,
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        if std::mem::take(&mut self.has_scaled)
            && let Some(scaled) = self.scanner.scaled.take()
        {
            self.token.text = scaled;
            return true;
        }
        while let Some((piece, place)) = self.scanner.next() {
            let position = self.next;
            self.next += 1;
            match piece {
                Piece::Han => continue,
                Piece::Number => {
                    self.token.text.clone_from(&self.scanner.folded);
                    self.has_scaled = self.scanner.scaled.is_some();
                }
                Piece::Word => self.tokenizer.stem_into(&self.scanner.folded, &mut self.token.text),
            }
            self.token.position = position;
            self.token.offset_from = place.start;
            self.token.offset_to = place.end;
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

impl WordTokenizer {
    fn stem_into(&mut self, word: &str, out: &mut String) {
        if let Some(stem) = self.remembered.get(word) {
            out.clone_from(stem);
            return;
        }
        *out = self.stems.stem(word);
        if self.remembered.len() < REMEMBERED {
            self.remembered.insert(word.to_owned(), out.clone());
        }
    }
}

/// Gives the index the Chinese words and pairs of a text.
#[derive(Clone)]
pub(crate) struct HanTokenizer;

impl Tokenizer for HanTokenizer {
    type TokenStream<'a> = HanStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> HanStream {
        let mut stream =
            HanStream { token: Token { position: 0, ..Token::default() }, ..HanStream::default() };
        let mut scanner = Scanner::new(text);
        while let Some((piece, _)) = scanner.next() {
            if piece == Piece::Han {
                stream.terms.reserve(scanner.folded.len() * 3);
                han_terms(&scanner.folded, |term| {
                    stream.terms.push_str(term);
                    stream.ends.push(stream.terms.len());
                });
            }
        }
        stream
    }
}

/// What a run of characters is found by. Its last character stands for itself: no pair begins with it.
fn han_terms(run: &str, mut add: impl FnMut(&str)) {
    chinese::bigrams(run).for_each(&mut add);
    chinese::words(run).filter(|word| chinese::has_two_characters(word)).for_each(&mut add);
    if let Some((last, _)) = run.char_indices().next_back() {
        add(&run[last..]);
    }
}

/// The Chinese words and pairs of a text, one after the other.
#[derive(Default)]
pub(crate) struct HanStream {
    /// All of them, without anything between them, and where each ends.
    terms: String,
    ends: Vec<usize>,
    /// How many were given, and where the last of them ended.
    given: usize,
    end: usize,
    token: Token,
}

impl TokenStream for HanStream {
    fn advance(&mut self) -> bool {
        let Some(end) = self.ends.get(self.given).copied() else { return false };
        self.token.text.clear();
        self.token.text.push_str(&self.terms[self.end..end]);
        self.given += 1;
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

/// Every term of a text: words and numbers, then Chinese.
pub(crate) fn terms(text: &str, stems: Stems) -> Vec<String> {
    let mut terms = Vec::new();
    let mut words = WordTokenizer::new(stems);
    words.token_stream(text).process(&mut |token| terms.push(token.text.clone()));
    HanTokenizer.token_stream(text).process(&mut |token| terms.push(token.text.clone()));
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(tokenizer: &mut impl Tokenizer, text: &str) -> Vec<(String, usize)> {
        let mut stream = tokenizer.token_stream(text);
        let mut tokens = Vec::new();
        while stream.advance() {
            tokens.push((stream.token().text.clone(), stream.token().position));
        }
        tokens
    }

    #[test]
    fn words_are_stemmed_by_their_language_and_keep_their_positions() {
        let mut english = WordTokenizer::new(Stems::of("en"));
        let found = tokens(&mut english, "New jobs: 8.3万 in cities");
        let expected = [("new", 0), ("job", 1), ("8.3", 2), ("83000", 2), ("in", 4), ("citi", 5)];
        assert_eq!(found, expected.map(|(text, position)| (text.to_owned(), position)));
        assert_eq!(Stems::of("zh-Hant"), Stems::of("en"));
        assert_eq!(Stems::of("de").stem("häuser"), "haus");
        assert_eq!(Stems::of("xx").stem("jobs"), "jobs");
        assert_eq!(Stems::of("en").stem("aed"), "aed");
        let same = [
            ["centre", "center"],
            ["centres", "centers"],
            ["programme", "program"],
            ["labour", "labor"],
            ["neighbourhoods", "neighborhood"],
            ["organisation", "organization"],
            ["modernised", "modernize"],
            ["buses", "bus"],
        ];
        for [one, other] in same {
            assert_eq!(Stems::of("en").stem(one), Stems::of("en").stem(other), "{one}");
        }
    }

    #[test]
    fn chinese_gives_its_pairs_its_words_and_its_last_character() {
        let found = tokens(&mut HanTokenizer, "城镇新增就业83000人。养老院");
        let found: Vec<&str> = found.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(
            found,
            [
                "城镇",
                "镇新",
                "新增",
                "增就",
                "就业",
                "城镇",
                "新增",
                "就业",
                "业",
                "人",
                "养老",
                "老院",
                "养老院",
                "院"
            ]
        );
    }
}
