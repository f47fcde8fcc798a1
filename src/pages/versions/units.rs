//! Sentences, clauses and words of two texts that are compared.

use std::collections::HashMap;

use unicode_segmentation::UnicodeSegmentation as _;

/// The marks after which a Chinese clause ends.
const CLAUSE_MARKS: [char; 6] = ['，', '；', '：', '。', '！', '？'];

/// Splits words into sentences (Unicode Standard Annex 29), and these after the marks of Chinese
/// clauses. The parts together are the words.
pub(super) fn split(words: &str) -> Vec<&str> {
    let mut units: Vec<&str> = Vec::new();
    for sentence in words.split_sentence_bounds() {
        let mut start = 0;
        for (index, mark) in sentence.match_indices(CLAUSE_MARKS) {
            let end = index + mark.len();
            // Closing quotes belong to the clause.
            let rest = &sentence[end..];
            let end = end
                + (rest.len() - rest.trim_start_matches(['”', '’', '」', '』', '）', '》']).len());
            if end > start {
                units.push(&sentence[start..end]);
                start = end;
            }
        }
        if start < sentence.len() {
            units.push(&sentence[start..]);
        }
    }
    units
}

/// Counts words; in Chinese, characters.
pub(super) fn count_words(words: &str) -> usize {
    words.unicode_words().count()
}

/// The share of words that two texts have in common, from 0 to 1.
pub(super) fn similarity(old: &str, new: &str) -> f64 {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in old.unicode_words() {
        *counts.entry(word).or_default() += 1;
    }
    let all = count_words(old) + count_words(new);
    let shared = new.unicode_words().filter(|word| match counts.get_mut(word) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    });
    let shared = u32::try_from(2 * shared.count()).unwrap_or(u32::MAX);
    f64::from(shared) / f64::from(u32::try_from(all.max(1)).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn texts_are_split_into_sentences_and_clauses() {
        for (words, units) in [
            ("One. Two? Three", vec!["One. ", "Two? ", "Three"]),
            (
                "It costs 2.5 yuan. See no. 5 there.",
                vec!["It costs 2.5 yuan. ", "See no. 5 there."],
            ),
            ("泳池有两条泳道，免费。", vec!["泳池有两条泳道，", "免费。"]),
            ("他说：“好。”走了。", vec!["他说：", "“好。”", "走了。"]),
            ("", vec![]),
        ] {
            assert_eq!(split(words), units, "{words}");
        }
    }

    proptest! {
        #[test]
        fn units_are_the_words(words in "[a。，. A\"”！\n]{0,40}") {
            prop_assert_eq!(split(&words).concat(), words);
        }
    }
}
