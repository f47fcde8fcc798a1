//! Messages for editors, in English and Chinese.
//!
//! [`message!`] writes both texts next to the code that reports them.

use crate::language::is_han;

/// A language of messages, which is independent of the languages of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MessageLanguage {
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

impl MessageLanguage {
    pub const ALL: [Self; 2] = [Self::English, Self::Chinese];

    /// Returns the language tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh",
        }
    }
}

/// A sentence in every language of messages: plain words, no capital at the start, no full stop,
/// names in backticks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Message {
    en: String,
    zh: String,
}

/// The longest sentence that is kept, in bytes. A hostile file may be quoted in full.
const MAX_LENGTH: usize = 2000;

impl Message {
    /// Creates a message from its two texts. The Chinese one gets spaces between ideographs and
    /// names in backticks.
    #[must_use]
    pub fn new(en: impl Into<String>, zh: impl AsRef<str>) -> Self {
        Self { en: sanitize(en.into()), zh: sanitize(add_spaces(zh.as_ref())) }
    }

    /// Lists names, each in backticks: `` `en`, `zh` ``.
    #[must_use]
    pub fn names<N: AsRef<str>>(names: impl IntoIterator<Item = N>) -> Self {
        let names: Vec<String> =
            names.into_iter().map(|name| format!("`{}`", name.as_ref())).collect();
        Self::new(names.join(", "), names.join("、"))
    }

    /// Returns the text in one language.
    #[must_use]
    pub fn get(&self, language: MessageLanguage) -> &str {
        match language {
            MessageLanguage::English => &self.en,
            MessageLanguage::Chinese => &self.zh,
        }
    }

    /// Returns the English text.
    #[must_use]
    pub fn en(&self) -> &str {
        &self.en
    }

    /// Returns the Chinese text.
    #[must_use]
    pub fn zh(&self) -> &str {
        &self.zh
    }
}

/// Puts a space between an ideograph and a name in backticks.
fn add_spaces(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + 8);
    let mut is_name = false;
    let mut before = ' ';
    for c in text.chars() {
        let is_border = if c == '`' {
            !is_name && is_han(before)
        } else {
            !is_name && before == '`' && is_han(c)
        };
        if is_border {
            spaced.push(' ');
        }
        spaced.push(c);
        is_name ^= c == '`';
        before = c;
    }
    spaced
}

/// Makes a text one line of bounded length, without the control characters that terminals obey. A
/// quoted file may contain them.
fn sanitize(mut text: String) -> String {
    if text.len() > MAX_LENGTH {
        text.truncate(text.floor_char_boundary(MAX_LENGTH));
        text.push('…');
    }
    // Controls, line and paragraph separators, and bidirectional controls.
    if text.contains(is_obeyed) {
        let shown = text.chars().map(|c| match c {
            c if !is_obeyed(c) => c,
            c if c.is_whitespace() => ' ',
            _ => char::REPLACEMENT_CHARACTER,
        });
        text = shown.collect();
    }
    text
}

fn is_obeyed(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A word or phrase within messages, in every language: `a bulletin`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phrase {
    en: &'static str,
    zh: &'static str,
}

impl Phrase {
    /// Creates a phrase from its two texts.
    #[must_use]
    pub const fn new(en: &'static str, zh: &'static str) -> Self {
        Self { en, zh }
    }

    /// Creates a phrase that is the same in every language because it is typed in files: ``
    /// `source` `` with its backticks, or a value.
    #[must_use]
    pub const fn typed(text: &'static str) -> Self {
        Self { en: text, zh: text }
    }

    /// Returns the English text.
    #[must_use]
    pub const fn en(self) -> &'static str {
        self.en
    }

    /// Returns the Chinese text.
    #[must_use]
    pub const fn zh(self) -> &'static str {
        self.zh
    }
}

impl From<Phrase> for Message {
    fn from(word: Phrase) -> Self {
        Self::new(word.en, word.zh)
    }
}

/// Formats a [`Message`] from an English and a Chinese format string with the variables in scope:
/// ``message!("`{key}` is listed twice", "`{key}` 出现了两次")``. Variables after a semicolon are of
/// type [`Phrase`] or [`Message`], and are formatted in the language of the text. [`Message::new`]
/// adds the spaces beside backticks in Chinese.
macro_rules! message {
    ($en:literal, $zh:literal $(; $($word:ident),+)?) => {
        $crate::diagnostic::Message::new(
            {
                $($(let $word = $word.en();)+)?
                format!($en)
            },
            {
                $($(let $word = $word.zh();)+)?
                format!($zh)
            },
        )
    };
}
pub(crate) use message;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn message_with_phrase_is_formatted_in_both_languages() {
        let (key, what) = ("sets", Phrase::new("a bulletin", "公报"));
        let said = message!("`{key}` is a key of {what}", "`{key}` 是{what}的键"; what);
        assert_eq!(said.get(MessageLanguage::English), "`sets` is a key of a bulletin");
        assert_eq!(said.get(MessageLanguage::Chinese), "`sets` 是公报的键");
    }

    #[test]
    fn chinese_name_in_backticks_has_spaces_around_it() {
        let said = |what: Phrase| {
            message!("{what}", "可用的键有{what}，`a`、`b`出现了两次：`c`"; what).zh().to_owned()
        };
        assert_eq!(said(Phrase::typed("`to`")), "可用的键有 `to`，`a`、`b` 出现了两次：`c`");
        assert_eq!(said(Phrase::typed("`一`")), "可用的键有 `一`，`a`、`b` 出现了两次：`c`");
        assert_eq!(Message::names(["a", "b"]).zh(), "`a`、`b`");
    }

    #[test]
    fn message_with_control_characters_is_one_plain_line() {
        let written = "a\nb\u{1b}[31m\u{202e}c";
        assert_eq!(
            message!("found `{written}`", "`{written}`").en(),
            "found `a b\u{fffd}[31m\u{fffd}c`"
        );
    }

    #[test]
    fn message_that_quotes_a_file_is_cut() {
        let written = "水".repeat(MAX_LENGTH);
        assert!(message!("found {written}", "这里是{written}").zh().len() < MAX_LENGTH + 10);
    }
}
