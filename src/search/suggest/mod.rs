//! Suggestions for words that match nothing: a word that differs by a letter or two, or a Chinese
//! homophone, typed in characters or in pinyin.

mod spelling;
mod stems;
mod titles;

use std::cmp::Reverse;
use std::ops::Range;

use tantivy::Term;

use crate::search::index::corpus::Corpus;
use crate::search::index::homophones::pinyin;
use crate::search::index::{IndexSnapshot, WordField};
use crate::search::query::build::QueryBuilder;
use crate::search::query::clause::QueryTerm;
use crate::search::query::parse::ParsedQuery;
use crate::search::request::SearchRequest;
use crate::search::text::{chinese, normalize};
use spelling::find_spelling;
use stems::{Stem, StemQuery, find_stems};
use titles::{Typed, find_in_titles};

/// Shorter words are similar to too many others.
const MIN_LETTERS: usize = 4;

/// From this many letters on, two of them may be wrong.
const LONG_WORD: usize = 8;

/// How many words of a query are corrected. With more typos its meaning cannot be guessed.
const MAX_CORRECTIONS: usize = 3;

/// The replacement for a range of a query.
type Correction = (Range<usize>, String);

/// Suggests the query with its unmatched words corrected, if any can be.
pub(crate) fn suggest_query(
    snapshot: &IndexSnapshot,
    corpus: &Corpus,
    request: &SearchRequest,
    query: &ParsedQuery,
) -> tantivy::Result<Option<String>> {
    let builder = QueryBuilder::new(snapshot);
    let mut unmatched = Vec::new();
    for clause in &query.must {
        // A word is no typo if pages have others of its meaning.
        let has_synonym = query.synonyms.iter().any(|one| one.range.contains(&clause.range.start));
        if !has_synonym && !builder.compile(clause)?.is_whole() {
            unmatched.push(clause);
        }
    }
    if !unmatched.is_empty()
        && let Some(words) = find_by_sound(corpus, request)
    {
        return Ok(Some(words));
    }
    let mut corrections = correct_homophone_runs(snapshot, query)?;
    unmatched.retain(|clause| {
        let is_corrected = corrections.iter().any(|(range, _)| range.contains(&clause.range.start));
        !is_corrected && !is_part_of_compound(&request.query, &clause.range)
    });
    for clause in unmatched.into_iter().take(MAX_CORRECTIONS) {
        let correction = match clause.terms.as_slice() {
            _ if clause.phrase.is_some() => None,
            [QueryTerm::Word(word)] => correct_word(snapshot, corpus, word)?,
            [QueryTerm::Han(word)] => find_homophone(snapshot, &pinyin(word), word)?,
            _ => None,
        };
        corrections.extend(correction.map(|word| (clause.range.clone(), word)));
    }
    // From the last to the first, so that the ranges before each one stay valid.
    corrections.sort_by_key(|(range, _)| Reverse(range.start));
    let mut suggestion = request.query.clone();
    for (range, word) in &corrections {
        suggestion.replace_range(range.clone(), word);
    }
    Ok((!corrections.is_empty()).then_some(suggestion))
}

/// The words of titles that sound like a whole query, which is pinyin or has a wrong character.
/// Initials are only read on Chinese pages: elsewhere they are mostly an abbreviation.
fn find_by_sound(corpus: &Corpus, request: &SearchRequest) -> Option<String> {
    let typed = request.query.chars().filter(|one| !one.is_whitespace() && *one != '\'');
    let typed: String = typed.map(|one| one.to_ascii_lowercase()).collect();
    let letters = pinyin(&normalize::simplify(&typed));
    if letters.is_empty() || !letters.chars().all(|one| one.is_ascii_lowercase() || one == 'ü') {
        return None;
    }
    let is_chinese = corpus.content.site.languages.tag(request.language).starts_with("zh");
    let mut words = find_in_titles(corpus, &letters, Typed::Syllables);
    if words.is_none() && is_chinese && letters == typed {
        words = find_in_titles(corpus, &letters, Typed::Initials);
    }
    words.filter(|words| *words != request.query)
}

/// Whether a word is a part of a longer one with hyphens or the like. Corrected alone it would make
/// no word: `e-mail`, `e-email`.
fn is_part_of_compound(typed: &str, range: &Range<usize>) -> bool {
    is_joined(typed[..range.start].chars().rev()) || is_joined(typed[range.end..].chars())
}

/// Whether the characters next to a word, beginning at it, join it to another one.
fn is_joined(mut characters: impl Iterator<Item = char>) -> bool {
    characters.next().is_some_and(|one| matches!(one, '-' | '\'' | '’' | '.' | '_' | '/' | '@'))
        && characters.next().is_some_and(char::is_alphanumeric)
}

/// Corrects adjacent Chinese words that together sound like one word of the site (`人工只能`,
/// `人工智能`): a wrong character can split a word into two others.
fn correct_homophone_runs(
    snapshot: &IndexSnapshot,
    query: &ParsedQuery,
) -> tantivy::Result<Vec<Correction>> {
    let mut corrections = Vec::new();
    for (range, text) in chinese_runs(query) {
        let pinyin = pinyin(&text);
        if !snapshot.homophones.get(&pinyin).contains(&text) {
            let word = find_homophone(snapshot, &pinyin, &text)?;
            corrections.extend(word.map(|word| (range, word)));
        }
    }
    Ok(corrections)
}

/// The runs of two or more adjacent Chinese words of a query.
fn chinese_runs(query: &ParsedQuery) -> Vec<(Range<usize>, String)> {
    let mut runs: Vec<(Range<usize>, String, usize)> = Vec::new();
    for clause in &query.must {
        let ([QueryTerm::Han(word)], None) = (clause.terms.as_slice(), &clause.phrase) else {
            continue;
        };
        match runs.last_mut() {
            Some((range, text, words)) if range.end == clause.range.start => {
                range.end = clause.range.end;
                text.push_str(word);
                *words += 1;
            }
            _ => runs.push((clause.range.clone(), word.clone(), 1)),
        }
    }
    let long = runs.into_iter().filter(|(.., words)| *words > 1);
    long.map(|(range, text, _)| (range, text)).collect()
}

/// The homophone of a Chinese word in the most documents.
fn find_homophone(
    snapshot: &IndexSnapshot,
    pinyin: &str,
    word: &str,
) -> tantivy::Result<Option<String>> {
    let mut best: Option<(Reverse<u64>, &String)> = None;
    for homophone in snapshot.homophones.get(pinyin) {
        if homophone == word {
            continue;
        }
        let bigram = chinese::bigrams(homophone).next().unwrap_or_default();
        let doc_freq =
            snapshot.stats.doc_freq(&Term::from_field_text(snapshot.fields.text.han, bigram))?;
        let candidate = (Reverse(doc_freq), homophone);
        if doc_freq > 0 && best.is_none_or(|best| candidate < best) {
            best = Some(candidate);
        }
    }
    Ok(best.map(|(_, homophone)| homophone.clone()))
}

/// Corrects a word of letters: a misspelled word, pinyin, or the beginning of a word.
fn correct_word(
    snapshot: &IndexSnapshot,
    corpus: &Corpus,
    word: &str,
) -> tantivy::Result<Option<String>> {
    if let Some(similar) = find_similar_word(snapshot, corpus, word)? {
        return Ok(Some(similar));
    }
    if let Some(chinese) = find_homophone(snapshot, word, word)? {
        return Ok(Some(chinese));
    }
    if let Some(synonym) = corpus.synonyms.similar_word(word, max_distance(word)) {
        return Ok(Some(synonym.to_owned()));
    }
    complete_word(snapshot, corpus, word)
}

/// The word that differs the least from an unmatched one; of several, the one in most documents.
fn find_similar_word(
    snapshot: &IndexSnapshot,
    corpus: &Corpus,
    word: &str,
) -> tantivy::Result<Option<String>> {
    let letters = word.chars().count();
    if letters < MIN_LETTERS {
        return Ok(None);
    }
    let max_distance = max_distance(word);
    let start: String = word.chars().take(MIN_LETTERS - 1).collect();
    let half: String = word.chars().take(MIN_LETTERS.max(letters / 2)).collect();
    let mut best: Option<(usize, Reverse<u64>, String)> = None;
    for &field in &snapshot.fields.text.words {
        let stem = field.stemmer.stem(word);
        // A typo may look like a suffix, so that the wrong stem results. Then the word itself is
        // nearer to the intended stem, or only its first half is right, or its first letters.
        let queries = [
            StemQuery::Similar(&stem),
            StemQuery::Similar(word),
            StemQuery::Prefix(&half),
            StemQuery::Prefix(&start),
        ];
        for query in queries {
            for stem in find_stems(snapshot, field, query)? {
                if !is_stem_similar(&stem, word) {
                    continue;
                }
                let Some(spelling) = find_spelling(snapshot, corpus, field, &stem, word)? else {
                    continue;
                };
                let distance = spelling.distance_to(word);
                let candidate = (distance, Reverse(stem.doc_freq), spelling.written);
                if distance <= max_distance && best.as_ref().is_none_or(|best| candidate < *best) {
                    best = Some(candidate);
                }
            }
            if best.is_some() {
                break;
            }
        }
    }
    Ok(best.map(|(.., written)| written))
}

/// How many letters of a word may be wrong.
fn max_distance(word: &str) -> usize {
    let letters = word.chars().count();
    if letters < MIN_LETTERS { 0 } else { 1 + usize::from(letters >= LONG_WORD) }
}

/// Whether a stem is similar to the beginning of a word. If not, it has no similar spelling.
fn is_stem_similar(stem: &Stem, word: &str) -> bool {
    let start: String = word.chars().take(stem.text.chars().count()).collect();
    strsim::osa_distance(&start, &stem.text) <= usize::from(stems::MAX_DISTANCE)
}

/// The word that begins with an unmatched one; of several, the one in the most documents.
fn complete_word(
    snapshot: &IndexSnapshot,
    corpus: &Corpus,
    start: &str,
) -> tantivy::Result<Option<String>> {
    if start.chars().count() < MIN_LETTERS {
        return Ok(None);
    }
    let mut best: Option<(Stem, WordField)> = None;
    for &field in &snapshot.fields.text.words {
        for stem in find_stems(snapshot, field, StemQuery::Prefix(start))? {
            if best.as_ref().is_none_or(|(best, _)| stem.rank() < best.rank()) {
                best = Some((stem, field));
            }
        }
    }
    let Some((stem, field)) = best else { return Ok(None) };
    let spelling = find_spelling(snapshot, corpus, field, &stem, start)?;
    Ok(spelling.map(|spelling| spelling.written))
}
