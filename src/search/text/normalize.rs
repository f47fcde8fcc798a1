//! Spellings that mean the same, made one: case, accents, full-width forms, traditional characters.
//!
//! Documents and queries go through the same folding, so that neither has to guess how the other was typed.

use std::borrow::Cow;
use std::sync::LazyLock;

use icu_normalizer::DecomposingNormalizerBorrowed;

use crate::language::is_han;

/// The characters whose simplified form is another one. Their places are those of the block, from [`FIRST`] on.
static SIMPLE: LazyLock<Vec<char>> = LazyLock::new(|| {
    let simple =
        |character: char| fast2s::convert(character.encode_utf8(&mut [0; 4])).chars().next();
    (FIRST..=LAST).map(|character| simple(character).unwrap_or(character)).collect()
});

/// The block "CJK Unified Ideographs", in which all of them lie but a few that nobody writes.
const FIRST: char = '\u{4E00}';
const LAST: char = '\u{9FFF}';

/// Characters whose simplified form depends on their neighbours (計畫 is 计划, 圖畫 is 图画).
const DEPENDENT: [char; 15] =
    ['兒', '覆', '夥', '藉', '瞭', '麽', '幺', '於', '乾', '著', '苧', '闔', '鍾', '讎', '畫'];

/// A text with its traditional characters simplified. Every character keeps its length, so that places in the outcome
/// are places in the text.
pub(crate) fn simplified(text: &str) -> Cow<'_, str> {
    let is_other = |character: &char| simple(*character) != *character;
    let Some(first) =
        text.char_indices().find(|(_, character)| is_other(character)).map(|(at, _)| at)
    else {
        return Cow::Borrowed(text);
    };
    let simplified = if text[first..].contains(DEPENDENT) {
        fast2s::convert(text)
    } else {
        text[..first].chars().chain(text[first..].chars().map(simple)).collect()
    };
    if simplified.len() == text.len() { Cow::Owned(simplified) } else { Cow::Borrowed(text) }
}

fn simple(character: char) -> char {
    match character {
        FIRST..=LAST => SIMPLE[character as usize - FIRST as usize],
        _ => character,
    }
}

/// A full-width form as its ordinary one (Unicode, "Halfwidth and Fullwidth Forms"), and a digit above or below the line
/// as one on it: nobody types CO₂ so.
pub(crate) fn narrow(character: char) -> char {
    let digit = |distance: u32| char::from_u32(u32::from('0') + distance).unwrap_or(character);
    match character {
        '\u{FF01}'..='\u{FF5E}' => {
            char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character)
        }
        '\u{3000}' => ' ',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁰' | '⁴'..='⁹' => digit(u32::from(character) - u32::from('⁰')),
        '₀'..='₉' => digit(u32::from(character) - u32::from('₀')),
        _ => character,
    }
}

/// Whether a digit stands above or below the line.
pub(crate) const fn is_raised(character: char) -> bool {
    matches!(character, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | '₀'..='₉')
}

/// Adds a letter without its case and its accents.
pub(crate) fn push_letter(character: char, out: &mut String) {
    let character = narrow(character);
    if character.is_ascii() {
        out.push(character.to_ascii_lowercase());
        return;
    }
    // A letter of its own, which the stems of Slavic words tell from и.
    if matches!(character, 'й' | 'Й') {
        out.push('й');
        return;
    }
    let mut buffer = [0; 4];
    let text: &str = character.encode_utf8(&mut buffer);
    let decomposed = DecomposingNormalizerBorrowed::new_nfkd().normalize(text);
    for part in decomposed.chars().filter(|part| !is_mark(*part)) {
        match part {
            'ß' => out.push_str("ss"),
            'ı' => out.push('i'),
            'ø' | 'Ø' => out.push('o'),
            'ł' | 'Ł' => out.push('l'),
            _ => out.extend(part.to_lowercase().filter(|part| !is_mark(*part))),
        }
    }
}

/// Whether a character only changes the one before it.
pub(crate) const fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}')
}

/// Whether a character is written without spaces between words, and read by the dictionary.
pub(crate) const fn is_ideograph(character: char) -> bool {
    is_han(character)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn letters(text: &str) -> String {
        let mut out = String::new();
        text.chars().for_each(|character| push_letter(character, &mut out));
        out
    }

    #[test]
    fn case_accents_and_width_make_no_difference() {
        let table = [
            ("ÉCOLE", "ecole"),
            ("Ａｂ", "ab"),
            ("straße", "strasse"),
            ("ﬁne", "fine"),
            ("İstanbul", "istanbul"),
            ("Å", "a"),
            ("Ёлка", "елка"),
            ("Городской", "городской"),
        ];
        for (text, folded) in table {
            assert_eq!(letters(text), folded, "{text}");
        }
    }

    #[test]
    fn traditional_characters_are_found_by_simplified_ones() {
        assert_eq!(simplified("養老床位與圖書館"), "养老床位与图书馆");
        assert_eq!(simplified("计划和計畫"), "计划和计划");
        assert_eq!(simplified("plain"), "plain");
    }

    proptest! {
        #[test]
        fn simplifying_keeps_every_place(text in "\\PC{0,60}") {
            let simple = simplified(&text);
            prop_assert_eq!(simple.len(), text.len());
            let places = |text: &str| text.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
            prop_assert_eq!(places(&simple), places(&text));
        }
    }
}
