//! Which characters are text.

/// Whether a character can stand in a page and in a feed: neither controls nor noncharacters can (XML 1.0 §2.2; Unicode
/// §23.7). Tabs and line breaks are for the caller to judge.
#[must_use]
pub fn is_text(character: char) -> bool {
    let code = u32::from(character);
    !character.is_control() && code & 0xFFFE != 0xFFFE && !(0xFDD0..=0xFDEF).contains(&code)
}
