//! Words of the same meaning: `敬老院` finds pages with `养老院`.
//!
//! The program's own groups are in `groups.txt`; a site adds some in `site.toml`.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::LazyLock;

use super::text::normalize;
use super::text::stemmer::Stemmer;
use super::text::tokenize::{TokenKind, Tokenizer};

static BUILT_IN: LazyLock<Synonyms> = LazyLock::new(|| {
    let lines = include_str!("groups.txt").lines();
    let mut built_in = Synonyms::default();
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (typed, found) = line.split_once('>').unwrap_or((line, ""));
        built_in.add(words(typed), words(found));
    }
    built_in
});

/// Groups of words of the same meaning.
#[derive(Debug, Default)]
pub(crate) struct Synonyms {
    groups: Vec<Vec<String>>,
    /// The groups of each expression, by its tokens.
    groups_by_key: HashMap<String, Vec<usize>>,
    /// The most characters of a Chinese expression, and the most tokens of another one.
    longest_han: usize,
    longest_tokens: usize,
}

/// An expression of a query that has synonyms.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Expression {
    /// Its byte range in the query.
    pub(crate) range: Range<usize>,
    pub(crate) synonyms: Vec<String>,
}

/// A token of a query in the form in which keys have it.
struct KeyToken {
    kind: TokenKind,
    text: String,
    range: Range<usize>,
}

impl Synonyms {
    pub(crate) fn new(groups: impl Iterator<Item = Vec<String>>) -> Self {
        let mut this = Self::default();
        groups.for_each(|group| this.add(group, Vec::new()));
        this
    }

    /// Adds a group. The words `found` do not find those `typed`.
    fn add(&mut self, typed: Vec<String>, found: Vec<String>) {
        for word in &typed {
            let tokens = key_tokens(&normalize::simplify(word));
            if let [KeyToken { kind: TokenKind::Han, text, .. }] = tokens.as_slice() {
                self.longest_han = self.longest_han.max(text.chars().count());
            }
            self.longest_tokens = self.longest_tokens.max(tokens.len());
            self.groups_by_key.entry(join(&tokens)).or_default().push(self.groups.len());
        }
        self.groups.push(typed.into_iter().chain(found).collect());
    }

    /// The expressions of a query that have synonyms here or in the built-in groups, in order and
    /// without overlaps.
    pub(crate) fn find(&self, query: &str) -> Vec<Expression> {
        let tokens = key_tokens(&normalize::simplify(query));
        let mut found = Vec::new();
        let mut index = 0;
        while let Some(token) = tokens.get(index) {
            if token.kind == TokenKind::Han {
                self.find_in_run(token, &mut found);
                index += 1;
                continue;
            }
            let length = self.longest_tokens.max(BUILT_IN.longest_tokens);
            let most = tokens.len().min(index + length);
            let ends = (index + 1..=most).rev();
            let expression = ends.into_iter().find_map(|end| {
                let range = token.range.start..tokens[end - 1].range.end;
                self.expression(&join(&tokens[index..end]), range).map(|found| (found, end))
            });
            match expression {
                Some((expression, end)) => {
                    found.push(expression);
                    index = end;
                }
                None => index += 1,
            }
        }
        found
    }

    /// The English word of the groups that differs the least from a misspelled one, in at most
    /// `max_distance` letters: people misspell the words that offices do not use, too.
    pub(crate) fn similar_word(&self, word: &str, max_distance: usize) -> Option<&str> {
        let words = [self, &*BUILT_IN].into_iter().flat_map(|table| table.groups.iter().flatten());
        // The first letter is rarely wrong.
        let first = word.chars().next()?;
        let near = words.filter(|known| known.is_ascii() && known.starts_with(first));
        let distances = near.map(|known| (strsim::osa_distance(known, word), known.as_str()));
        let nearest = distances.filter(|(distance, _)| *distance <= max_distance).min();
        nearest.map(|(_, known)| known)
    }

    /// Adds the expressions in a run of Chinese characters, which has no spaces between words.
    fn find_in_run(&self, run: &KeyToken, found: &mut Vec<Expression>) {
        let starts: Vec<usize> = run.text.char_indices().map(|(at, _)| at).collect();
        let longest = self.longest_han.max(BUILT_IN.longest_han);
        let mut index = 0;
        while index < starts.len() {
            let start = starts[index];
            let lengths = (2..=longest.min(starts.len() - index)).rev();
            let expression = lengths.into_iter().find_map(|length| {
                let end = starts.get(index + length).copied().unwrap_or(run.text.len());
                let range = run.range.start + start..run.range.start + end;
                let found = self.expression(&run.text[start..end], range)?;
                Some((found, length))
            });
            match expression {
                Some((expression, length)) => {
                    found.push(expression);
                    index += length;
                }
                None => index += 1,
            }
        }
    }

    fn expression(&self, key: &str, range: Range<usize>) -> Option<Expression> {
        let mut synonyms = BTreeSet::new();
        for table in [self, &*BUILT_IN] {
            for group in table.groups_by_key.get(key).into_iter().flatten() {
                synonyms.extend(&table.groups[*group]);
            }
        }
        synonyms.retain(|word| join(&key_tokens(&normalize::simplify(word))) != key);
        let synonyms: Vec<String> = synonyms.into_iter().cloned().collect();
        (!synonyms.is_empty()).then_some(Expression { range, synonyms })
    }
}

/// The words of a line, between `=` signs.
fn words(line: &str) -> Vec<String> {
    line.split('=').map(str::trim).filter(|word| !word.is_empty()).map(ToOwned::to_owned).collect()
}

/// The tokens of a text of simplified characters, with words as English stems: expressions in
/// Latin letters are English.
fn key_tokens(text: &str) -> Vec<KeyToken> {
    let english = Stemmer::of("en");
    let mut tokenizer = Tokenizer::new(text);
    let mut tokens = Vec::new();
    while let Some((kind, range)) = tokenizer.next() {
        let text = match kind {
            TokenKind::Word => english.stem(&tokenizer.folded),
            TokenKind::Number | TokenKind::Han => tokenizer.folded.clone(),
        };
        tokens.push(KeyToken { kind, text, range });
    }
    tokens
}

fn join(tokens: &[KeyToken]) -> String {
    let texts: Vec<&str> = tokens.iter().map(|token| token.text.as_str()).collect();
    texts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_groups_are_sixty_without_repetition() {
        assert!(BUILT_IN.groups.len() >= 60, "{}", BUILT_IN.groups.len());
        let repeated = BUILT_IN.groups_by_key.iter().filter(|(_, groups)| groups.len() > 1);
        let repeated: Vec<&str> = repeated.map(|(key, _)| key.as_str()).collect();
        assert_eq!(repeated, [""; 0]);
        assert!(BUILT_IN.groups.iter().all(|group| group.len() > 1));
    }

    #[test]
    fn find_expressions_in_any_spelling_returns_ranges() {
        let table: [(&str, &[&str]); 10] = [
            ("AED", &["AED"]),
            ("敬老院有哪些", &["敬老院"]),
            ("敬老院的床位", &["敬老院"]),
            ("Gross Domestic Products of 2021", &["Gross Domestic Products"]),
            ("５Ｇ", &["５Ｇ"]),
            ("最低生活保障标准", &["最低生活保障"]),
            ("公積金 貸款", &["公積金"]),
            ("subway and day-care", &["subway", "day-care"]),
            ("water", &[]),
            ("", &[]),
        ];
        let none = Synonyms::default();
        for (query, expected) in table {
            let found: Vec<&str> =
                none.find(query).into_iter().map(|found| &query[found.range]).collect();
            assert_eq!(found, expected, "{query}");
        }
    }

    #[test]
    fn site_groups_add_to_built_in_ones() {
        let group = ["AED", "救命神器"].map(ToOwned::to_owned).to_vec();
        let site = Synonyms::new([group].into_iter());
        let [aed] = site.find("aed").try_into().unwrap();
        assert!(aed.synonyms.contains(&"救命神器".to_owned()), "{aed:?}");
        assert!(aed.synonyms.contains(&"除颤器".to_owned()), "{aed:?}");
        assert!(!aed.synonyms.contains(&"AED".to_owned()), "{aed:?}");
    }
}
