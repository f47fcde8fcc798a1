//! The signs that occur in a text. Most texts have few of them, so that the search for a mark can
//! be left out.

use memchr::memmem;

/// The first bytes of marks, each with a bit of its own. 0xEF begins the signs in full width.
const SIGNS: &[u8] = b"*_~=+<^{[$:-&|!'`\\?%/MH\xC3\xE2\xE3\xE5\xE7\xE9\xEF";

/// The bit of the bytes that may begin a character without a shape.
const ODD: u32 = 1 << 31;

/// The bits of each byte.
const BITS: [u32; 256] = bits();

const fn bits() -> [u32; 256] {
    let mut bits = [0; 256];
    let mut at = 0;
    while at < SIGNS.len() {
        bits[SIGNS[at] as usize] = 1 << at;
        at += 1;
    }
    let mut byte = 0_u8;
    loop {
        if is_odd(byte) {
            bits[byte as usize] |= ODD;
        }
        if byte == u8::MAX {
            return bits;
        }
        byte += 1;
    }
}

/// Whether a byte may begin a character that has no shape: a control, a character of a private
/// font, a space or joiner without width. Few other characters begin with these bytes; those of
/// Chinese text are 0xE3, for punctuation, and 0xEF.
const fn is_odd(byte: u8) -> bool {
    match byte {
        b'\n' | b'\r' | b'\t' => false,
        0..=0x1F | 0x7F | 0xC2 | 0xCD | 0xE1..=0xE3 | 0xEE | 0xEF | 0xF0..=0xFF => true,
        _ => false,
    }
}

/// The characters of a text that may have no shape, with their positions.
pub(super) fn odd_chars(text: &str) -> impl Iterator<Item = (usize, char)> {
    let starts = text.bytes().enumerate().filter(|(_, byte)| is_odd(*byte));
    starts.filter_map(|(at, _)| Some((at, text.get(at..)?.chars().next()?)))
}

/// A list of words, with the signs that they begin with.
#[derive(Debug)]
pub(super) struct Words {
    words: &'static [&'static str],
    /// The bits of their first bytes, which are in [`SIGNS`].
    bits: u32,
}

impl Words {
    pub(super) const fn new(words: &'static [&'static str]) -> Self {
        let mut bits = 0;
        let mut at = 0;
        while at < words.len() {
            let bit = BITS[words[at].as_bytes()[0] as usize] & !ODD;
            assert!(bit != 0, "a first byte without a bit");
            bits |= bit;
            at += 1;
        }
        Self { words, bits }
    }
}

/// A text with the set of its signs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Signs<'t> {
    text: &'t str,
    found: u32,
}

impl<'t> Signs<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let found = text.bytes().fold(0, |found, byte| found | BITS[usize::from(byte)]);
        Self { text, found }
    }

    /// Whether the text contains a mark.
    pub(super) fn contain(&self, mark: &str) -> bool {
        let bit = mark.bytes().next().map_or(0, |first| BITS[usize::from(first)] & !ODD);
        let is_possible = bit == 0 || self.found & bit != 0;
        is_possible && memmem::find(self.text.as_bytes(), mark.as_bytes()).is_some()
    }

    /// The words of a list that the text contains.
    pub(super) fn words(&self, list: &Words) -> impl Iterator<Item = &'static str> {
        let words = if self.found & list.bits == 0 { &[] } else { list.words };
        words.iter().copied().filter(|word| self.contain(word))
    }

    /// Whether the text may contain a character that has no shape.
    pub(super) const fn may_be_odd(&self) -> bool {
        self.found & ODD != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_text_are_contained() {
        let signs = Signs::of("a == b，＊＊c＊＊ {d} www.e");
        for mark in ["==", "＊＊", "{", "www."] {
            assert!(signs.contain(mark), "{mark}");
        }
        for mark in ["++", "=====", "～～", "[", "ftp."] {
            assert!(!signs.contain(mark), "{mark}");
        }
    }

    #[test]
    fn first_bytes_of_odd_characters_are_odd() {
        let odd = "\0\u{7f}\u{85}\u{ad}\u{34f}\u{115f}\u{180e}\u{200b}\u{2028}\u{2060}\
                   \u{3164}\u{E000}\u{F8FF}\u{FEFF}\u{FFA0}\u{FFFD}\u{1FFFE}";
        assert!(odd.chars().eq(odd_chars(odd).map(|(_, c)| c)));
        assert!(Signs::of(odd).may_be_odd());
        assert!(!Signs::of("Ice\r\n\t冰雪节").may_be_odd());
    }
}
