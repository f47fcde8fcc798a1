//! The words of questions about the record itself, and the titles of the pages that list others.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::content::Status;
use crate::language::is_han;
use crate::search::text::stemmer::Stemmer;
use crate::search::text::tokenize::{TokenKind, Tokenizer};
use crate::search::text::{normalize, stopwords};

/// The most words, or Chinese characters, of an expression.
const MAX_UNITS: usize = 12;

static BUILT_IN: LazyLock<HashMap<String, Meaning>> = LazyLock::new(|| {
    let mut built_in = HashMap::new();
    let lines = include_str!("vocabulary.txt").lines();
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some((meaning, words)) = line.split_once(": ") {
            let meaning = Meaning::of(meaning);
            for word in words.split(" = ") {
                built_in.entry(key(word)).or_insert_with(|| meaning.clone());
            }
        }
    }
    for word in stopwords::ENGLISH.into_iter().chain(stopwords::CHINESE) {
        built_in.entry(key(word)).or_insert(Meaning::Filler);
    }
    built_in
});

/// The meaning of an expression in a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    Goals,
    Progress,
    /// A list is asked for.
    List,
    /// The meaning of a word or a rule is asked for.
    Explain,
    City,
    Not,
    /// Any of some statuses.
    Statuses(Vec<Status>),
    /// The pages that list others and have this title, by their indexes in the corpus.
    Pages(Vec<u32>),
    /// Nothing on its own.
    Filler,
}

/// The titles of pages that list others, by which questions name them.
#[derive(Debug, Default)]
pub(crate) struct ListTitles {
    documents: HashMap<String, Vec<u32>>,
}

impl Meaning {
    /// The meaning that a line of the file begins with: its name, or those of statuses.
    fn of(names: &str) -> Self {
        match names {
            "goals" => Self::Goals,
            "progress" => Self::Progress,
            "list" => Self::List,
            "explain" => Self::Explain,
            "city" => Self::City,
            "not" => Self::Not,
            "made" => Self::Filler,
            _ => {
                let mut statuses = Status::ALL.to_vec();
                statuses.retain(|status| names.split(' ').any(|name| name == status.name()));
                Self::Statuses(statuses)
            }
        }
    }
}

impl ListTitles {
    /// Adds a title of a document.
    pub(crate) fn add(&mut self, title: &str, document: u32) {
        let key = key(title);
        // In a question the article is a word of its own.
        let key = key.strip_prefix("the ").unwrap_or(&key);
        if !key.is_empty() {
            self.documents.entry(key.to_owned()).or_default().push(document);
        }
    }
}

/// The meanings of all words of a question with the lengths of their expressions in words; the
/// longest expressions first. `None` if any of its words is in neither vocabulary. `city` has the
/// names of the site.
pub(super) fn meanings(
    text: &str,
    titles: &ListTitles,
    city: &[String],
) -> Option<Vec<(Meaning, usize)>> {
    let units = units(text);
    let mut meanings = Vec::new();
    let mut start = 0;
    while start < units.len() {
        let longest = units.len().min(start + MAX_UNITS);
        let (meaning, end) = (start + 1..=longest).rev().find_map(|end| {
            let key = units[start..end].join(" ");
            let pages = titles.documents.get(&key);
            let meaning = if let Some(pages) = pages {
                Some(Meaning::Pages(pages.clone()))
            } else if city.contains(&key) {
                Some(Meaning::City)
            } else {
                BUILT_IN.get(&key).cloned()
            };
            meaning.map(|meaning| (meaning, end))
        })?;
        meanings.push((meaning, count_words(&units[start..end])));
        start = end;
    }
    Some(meanings)
}

/// The number of words of an expression; two Chinese characters are one.
fn count_words(units: &[String]) -> usize {
    let han = units.iter().filter(|unit| unit.starts_with(is_han)).count();
    units.len() - han + han.div_ceil(2)
}

/// An expression in the form in which vocabularies have it.
pub(super) fn key(text: &str) -> String {
    units(text).join(" ")
}

/// The words of a text as English stems, its numbers, and its Chinese characters one by one.
fn units(text: &str) -> Vec<String> {
    let text = normalize::simplify(text);
    let english = Stemmer::of("en");
    let mut tokenizer = Tokenizer::new(&text);
    let mut units = Vec::new();
    while let Some((kind, _)) = tokenizer.next() {
        match kind {
            TokenKind::Word => units.push(english.stem(&tokenizer.folded)),
            TokenKind::Number => units.push(tokenizer.folded.clone()),
            TokenKind::Han => units.extend(tokenizer.folded.chars().map(String::from)),
        }
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_file_has_a_meaning() {
        let lines = include_str!("vocabulary.txt").lines();
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (names, words) = line.split_once(": ").unwrap();
            assert_ne!(Meaning::of(names), Meaning::Statuses(Vec::new()), "{names}");
            let longest = words.split(" = ").map(|word| units(word).len()).max();
            assert!((1..=MAX_UNITS).contains(&longest.unwrap()), "{names}");
        }
    }

    #[test]
    fn words_that_the_vocabulary_lacks_are_no_question() {
        let titles = ListTitles::default();
        for text in ["goals for jobs", "2022 goals", "养老目标有哪些", "哈尔滨的目标"]
        {
            assert_eq!(meanings(text, &titles, &[]), None, "{text}");
        }
    }

    #[test]
    fn longest_expression_of_a_question_wins() {
        let titles = ListTitles::default();
        let found = meanings("Which goals aren’t reported, not yet reported?", &titles, &[]);
        let unreported = Meaning::Statuses(vec![Status::NotYetReported]);
        assert_eq!(found.unwrap().last(), Some(&(unreported, 3)));
        let found = meanings("数据逾期是什么意思", &titles, &[]).unwrap();
        assert_eq!(found.first(), Some(&(Meaning::Statuses(vec![Status::DataOverdue]), 2)));
        assert_eq!(found.last(), Some(&(Meaning::Explain, 1)));
    }
}
