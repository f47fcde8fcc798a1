//! What is said to editors, in each language that Gazette says it in.
//!
//! [`message!`] writes a sentence in all of them where it is needed, so that what is said stands
//! beside what it is said of.

use crate::language::is_han;

/// A language of messages. It has nothing to do with the languages of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MessageLanguage {
    /// English.
    #[default]
    English,
    /// Chinese, simplified.
    Chinese,
}

impl MessageLanguage {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::English, Self::Chinese];

    /// The language's tag.
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

/// The longest sentence that is kept, in bytes: a hostile file may quote itself.
const MAX_LENGTH: usize = 2000;

impl Message {
    /// One sentence, said twice. The Chinese one gets its spaces between ideographs and names in
    /// backticks.
    #[must_use]
    pub fn new(en: impl Into<String>, zh: impl AsRef<str>) -> Self {
        Self { en: bounded(en.into()), zh: bounded(spaced(zh.as_ref())) }
    }

    /// Names in a row, each in backticks: `` `en`, `zh` ``.
    #[must_use]
    pub fn names<N: AsRef<str>>(names: impl IntoIterator<Item = N>) -> Self {
        let names: Vec<String> =
            names.into_iter().map(|name| format!("`{}`", name.as_ref())).collect();
        Self::new(names.join(", "), names.join("、"))
    }

    /// The sentence in one language.
    #[must_use]
    pub fn get(&self, language: MessageLanguage) -> &str {
        match language {
            MessageLanguage::English => &self.en,
            MessageLanguage::Chinese => &self.zh,
        }
    }

    /// In English.
    #[must_use]
    pub fn en(&self) -> &str {
        &self.en
    }

    /// In Chinese.
    #[must_use]
    pub fn zh(&self) -> &str {
        &self.zh
    }
}

/// The text with a space wherever an ideograph stands directly before or behind a name in
/// backticks.
fn spaced(text: &str) -> String {
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

/// One line of bounded length; what a file says may have more, and signs that command terminals
/// obey.
fn bounded(mut text: String) -> String {
    if text.len() > MAX_LENGTH {
        text.truncate(text.floor_char_boundary(MAX_LENGTH));
        text.push('…');
    }
    // Controls, line and paragraph separators, and what turns the direction of writing.
    let is_obeyed =
        |c: char| c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if text.contains(is_obeyed) {
        let shown = |c: char| if c.is_whitespace() { ' ' } else { char::REPLACEMENT_CHARACTER };
        text = text.chars().map(|c| if is_obeyed(c) { shown(c) } else { c }).collect();
    }
    text
}

/// A word that stands in sentences: `a bulletin`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phrase {
    en: &'static str,
    zh: &'static str,
}

impl Phrase {
    /// One word, said twice.
    #[must_use]
    pub const fn new(en: &'static str, zh: &'static str) -> Self {
        Self { en, zh }
    }

    /// What is typed in files, and so the same in every language: `` `source` `` with its
    /// backticks, or a value.
    #[must_use]
    pub const fn typed(text: &'static str) -> Self {
        Self { en: text, zh: text }
    }

    /// In English.
    #[must_use]
    pub const fn en(self) -> &'static str {
        self.en
    }

    /// In Chinese.
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

/// A [`Message`] from an English and a Chinese format string, which name variables around them:
/// `message!("`{key}` stands twice", "`{key}` 出现了两次")`. Variables after a semicolon are a
/// [`Phrase`] or a [`Message`] themselves, and are said in the language of the sentence.
/// [`Message::new`] sets the spaces beside backticks in Chinese.
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
    fn a_sentence_is_said_in_both_languages_with_its_words() {
        let (key, what) = ("sets", Phrase::new("a bulletin", "公报"));
        let said = message!("`{key}` is a key of {what}", "`{key}` 是{what}的键"; what);
        assert_eq!(said.get(MessageLanguage::English), "`sets` is a key of a bulletin");
        assert_eq!(said.get(MessageLanguage::Chinese), "`sets` 是公报的键");
    }

    #[test]
    fn chinese_has_one_space_between_ideographs_and_names() {
        let said = |what: Phrase| {
            message!("{what}", "可用的键有{what}，`a`、`b`出现了两次：`c`"; what).zh().to_owned()
        };
        assert_eq!(said(Phrase::typed("`to`")), "可用的键有 `to`，`a`、`b` 出现了两次：`c`");
        assert_eq!(said(Phrase::typed("`一`")), "可用的键有 `一`，`a`、`b` 出现了两次：`c`");
        assert_eq!(Message::names(["a", "b"]).zh(), "`a`、`b`");
    }

    #[test]
    fn a_sentence_is_one_line_that_no_terminal_obeys() {
        let written = "a\nb\u{1b}[31m\u{202e}c";
        assert_eq!(
            message!("found `{written}`", "`{written}`").en(),
            "found `a b\u{fffd}[31m\u{fffd}c`"
        );
    }

    #[test]
    fn a_sentence_that_quotes_a_whole_file_is_cut() {
        let written = "水".repeat(MAX_LENGTH);
        assert!(message!("found {written}", "这里是{written}").zh().len() < MAX_LENGTH + 10);
    }
}
