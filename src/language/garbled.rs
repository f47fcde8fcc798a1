//! Finds text that was decoded with another encoding than its own: UTF-8 read as GBK (`鍝堝皵婊ㄥ競`)
//! or as Latin-1 (`å“ˆå°”`), and GBK read as Latin-1 (`¹þ¶û±õ`).

use std::ops::Range;
use std::sync::LazyLock;

use encoding_rs::{Encoding, GBK, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252};

use super::is_han;

/// The least number of characters of a run: right text may decode by chance if it is shorter.
const MIN_RUN: usize = 4;

/// The characters of a word of two Chinese characters in a wrong encoding.
const SHORT_RUN: usize = 3;

/// Characters that GBK has for the first two bytes of a Chinese character in UTF-8. Each run of
/// garbled Chinese has some; right text has few.
static FIRST_CHARS: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let mut is_first = vec![false; 0x1_0000];
    for lead in (0xE3..=0xE9).chain([0xEF]) {
        for trail in 0x80..=0xBF {
            let pair = [lead, trail];
            let (text, _) = GBK.decode_without_bom_handling(&pair);
            for c in text.chars() {
                is_first[c as usize] = true;
            }
        }
    }
    is_first
});

/// The first garbled run of a text, with what it was.
#[must_use]
pub fn find_garbled(text: &str) -> Option<(Range<usize>, String)> {
    if text.is_ascii() {
        return None;
    }
    let mut at = 0;
    text.split(|c: char| c.is_ascii() || c == '\u{FFFD}').find_map(|run| {
        let start = at;
        at += run.len() + text[at + run.len()..].chars().next().map_or(0, char::len_utf8);
        let (inner, meant) = restore(run)?;
        Some((start + inner.start..start + inner.end, meant))
    })
}

/// The garbled part of a run of characters that are not ASCII, and its text before; none if the run
/// is right.
fn restore(run: &str) -> Option<(Range<usize>, String)> {
    restore_western(run).or_else(|| restore_chinese(run)).or_else(|| restore_wide(run))
}

/// The first garbled part of a run among Western letters and signs, beside which Chinese text may
/// be right.
fn restore_western(run: &str) -> Option<(Range<usize>, String)> {
    let mut at = 0;
    run.split_inclusive(|c| !is_western(c)).find_map(|part| {
        let start = at;
        at += part.len();
        let part = part.trim_end_matches(|c| !is_western(c));
        // Quotation marks of Chinese text may be beside it.
        let inner = part.trim_start_matches(['“', '‘', '—', '…', '·']);
        let start = start + part.len() - inner.len();
        let first = inner.chars().next()?;
        let is_lead = matches!(first, 'Â'..='é');
        let is_letter = first.is_alphabetic() && first < '\u{100}';
        let utf8 = if is_lead { restore_latin(inner) } else { None };
        let is_signs = matches!(first, '¡'..='¿');
        let gb2312 = if is_letter || is_signs { restore_gb2312(inner) } else { None };
        utf8.or(gb2312).map(|meant| (start..start + inner.len(), meant))
    })
}

/// Whether a character is one of windows-1252 that is not ASCII.
fn is_western(c: char) -> bool {
    c < '\u{100}' || "ŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™".contains(c)
}

/// The garbled part of a run of UTF-8 that was read as GBK.
fn restore_chinese(run: &str) -> Option<(Range<usize>, String)> {
    // Text before it may be right: `主题：鍝堝皵婊ㄥ競`.
    let (start, _) = run.char_indices().find(|(_, c)| is_first_char(*c))?;
    // A mark at the end may be right too; one that is not leaves a character that is cut.
    let inner = run[start..].trim_end_matches(['。', '，', '；', '：', '！', '？', '）']);
    let bytes = encode(inner, GBK)?;
    let meant = decode_utf8(&bytes)?;
    let is_chinese = meant.chars().filter(|c| is_han(*c)).count() >= 2;
    let is_long = match inner.chars().take(MIN_RUN).count() {
        MIN_RUN => true,
        // A short run has a character that simplified Chinese lacks, and means a common word.
        SHORT_RUN => !is_gb2312(&bytes) && encode(&meant, GBK).is_some_and(|it| is_common(&it)),
        _ => false,
    };
    (is_long && is_chinese).then_some((start..start + inner.len(), meant))
}

/// The garbled part of a run of UTF-8 that was read as Shift-JIS or as windows-1251.
fn restore_wide(run: &str) -> Option<(Range<usize>, String)> {
    let first = run.chars().next()?;
    let encoding = match first {
        '縺' | '繧' | '繝' | '荳' | '蜩' | '讓' => SHIFT_JIS,
        'Р' | 'С' => WINDOWS_1251,
        _ => return None,
    };
    let meant = decode_utf8(&encode(run, encoding)?)?;
    let is_shorter = meant.chars().count() < run.chars().count();
    let is_whole = meant.chars().count() > 1 && meant.chars().all(char::is_alphabetic);
    (is_shorter && is_whole).then_some((0..run.len(), meant))
}

/// Whether bytes are characters of GB 2312, which has those of simplified Chinese.
fn is_gb2312(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| *byte >= 0xA1)
}

/// Whether bytes are common characters: those of level 1 of GB 2312.
fn is_common(bytes: &[u8]) -> bool {
    is_gb2312(bytes) && bytes.chunks(2).all(|pair| matches!(pair, [0xB0..=0xD7, _]))
}

fn is_first_char(c: char) -> bool {
    FIRST_CHARS.get(c as usize).is_some_and(|is_first| *is_first)
}

/// The text of a run of UTF-8 that was read as Latin-1. One character alone is restored only if no
/// word ends so: `Ã”` may be the end of a Portuguese word and a quotation mark.
fn restore_latin(run: &str) -> Option<String> {
    let meant = decode_utf8(&encode(run, WINDOWS_1252)?)?;
    let second = run.chars().nth(1)?;
    let is_certain = match meant.chars().count() {
        1 if meant.starts_with(is_han) => {
            // `é”…` may be the end of a quotation.
            run.chars().skip(1).any(|c| !"“”‘’…–—«»›‹".contains(c))
                && encode(&meant, GBK).is_some_and(|bytes| is_common(&bytes))
        }
        1 => {
            matches!(run.chars().next(), Some('Â' | 'Ã')) && matches!(second, '\u{A0}'..='º')
                || run.starts_with("â€")
        }
        _ => run.chars().count() >= MIN_RUN,
    };
    is_certain.then_some(meant)
}

/// The Chinese text of a run of GB2312 that was read as Latin-1. A short one has a sign inside, and
/// means common characters.
fn restore_gb2312(run: &str) -> Option<String> {
    let bytes = encode(run, WINDOWS_1252)?;
    let is_short = bytes.len() < 2 * MIN_RUN;
    let is_possible = bytes.len() >= MIN_RUN && bytes.len() % 2 == 0 && is_gb2312(&bytes);
    let is_odd = bytes.iter().any(|byte| *byte < 0xC0) && bytes.iter().any(|byte| *byte >= 0xC0);
    if !is_possible || is_short && !(is_odd && is_common(&bytes)) {
        return None;
    }
    let meant = GBK.decode_without_bom_handling_and_without_replacement(&bytes)?;
    meant
        .chars()
        .all(|c| is_han(c) || "，。、；：（）《》“”".contains(c))
        .then(|| meant.into_owned())
}

fn encode(text: &str, encoding: &'static Encoding) -> Option<Vec<u8>> {
    let (bytes, _, has_errors) = encoding.encode(text);
    (!has_errors).then(|| bytes.into_owned())
}

/// The text of bytes in UTF-8, of which the last character may be cut.
fn decode_utf8(bytes: &[u8]) -> Option<String> {
    let valid = match str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            str::from_utf8(bytes.get(..error.valid_up_to())?).ok()?
        }
        Err(_) => return None,
    };
    (!valid.is_empty()).then(|| valid.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn garbled_text_is_found_with_its_meaning() {
        for (text, garbled, meant) in [
            ("鍝堝皵婊ㄥ競", "鍝堝皵婊ㄥ競", "哈尔滨市"),
            ("鍝堝皵婊\u{fffd}", "鍝堝皵婊", "哈尔"),
            ("标题：浣犲ソ锛屼笘鐣?", "浣犲ソ锛屼笘鐣", "你好，世"),
            ("见 鍏充簬渚涚儹鐨勯€氱煡。", "鍏充簬渚涚儹鐨勯€氱煡", "关于供热的通知"),
            ("å“ˆå°”æ»¨", "å“ˆå°”æ»¨", "哈尔滨"),
            ("CafÃ© on", "Ã©", "é"),
            ("It’s, but itâ€™s", "â€™", "’"),
            ("¹þ¶û±õÊÐ", "¹þ¶û±õÊÐ", "哈尔滨市"),
            ("¹þ¶û±õ", "¹þ¶û±õ", "哈尔滨"),
            ("地点：ÄÏ¸Ú", "ÄÏ¸Ú", "南岗"),
            ("å“ˆ市", "å“ˆ", "哈"),
            ("区，é\u{81}“å¤–区", "é\u{81}“å¤–", "道外"),
            ("鍝堝皵", "鍝堝皵", "哈尔"),
            ("繝励Ο", "繝励Ο", "プロ"),
            ("Р“РѕСЂРѕРґ", "Р“РѕСЂРѕРґ", "Город"),
        ] {
            let found = find_garbled(text).map(|(range, words)| (&text[range], words));
            assert_eq!(found, Some((garbled, meant.to_owned())), "{text}");
        }
    }

    #[test]
    fn right_text_is_not_garbled() {
        for text in [
            "哈尔滨市人民政府关于印发《供热办法》的通知",
            "浏阳河、淇水、溆浦、涞源、洮南、泸州、漯河、浠水、渑池、濮阳",
            "联通、移动、电信",
            "Köln, Café, São Paulo, IRMÃ”, Ñandú, «À»",
            "Größe—äöü…",
            "面积５０㎡，约±２℃",
            "Þórður Æðarvatn",
            "１２．５％",
            "“Café”…，café”—，“Ñandú”",
            "3×4½，¼¾，±½°C",
            "ÄÖÜß，ÅÄÖ，ÆØÅæøå",
            "Россия, С. Петров",
            "",
        ] {
            assert_eq!(find_garbled(text), None, "{text}");
        }
    }
}
