//! What is said to editors, in each language that Gazette says it in.
//!
//! [`say!`] writes a sentence in all of them where it is needed, so that what is said stands beside what it is said of.

/// A language of messages. It has nothing to do with the languages of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tongue {
    /// English.
    #[default]
    English,
    /// Chinese, simplified.
    Chinese,
}

impl Tongue {
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

/// A sentence in every language of messages: plain words, no capital at the start, no full stop, names in backticks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wording {
    en: String,
    zh: String,
}

impl Wording {
    /// One sentence, said twice.
    #[must_use]
    pub fn new(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { en: en.into(), zh: zh.into() }
    }

    /// The sentence in one language.
    #[must_use]
    pub fn get(&self, tongue: Tongue) -> &str {
        match tongue {
            Tongue::English => &self.en,
            Tongue::Chinese => &self.zh,
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

// TODO(conversion): goes away once every message is written with `say!`.
impl From<String> for Wording {
    fn from(en: String) -> Self {
        Self { zh: en.clone(), en }
    }
}
impl From<&str> for Wording {
    fn from(en: &str) -> Self {
        en.to_owned().into()
    }
}

/// A word that stands in sentences: `a bulletin`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    en: &'static str,
    zh: &'static str,
}

impl Word {
    /// One word, said twice.
    #[must_use]
    pub const fn new(en: &'static str, zh: &'static str) -> Self {
        Self { en, zh }
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

/// A [`Wording`] from an English and a Chinese format string, which name variables around them: `say!("`{key}` stands
/// twice", "`{key}` 出现了两次")`. Variables after a semicolon are a [`Word`] or a [`Wording`] themselves, and are said in
/// the language of the sentence.
macro_rules! say {
    ($en:literal, $zh:literal $(; $($word:ident),+)?) => {
        $crate::diagnostic::Wording::new(
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
pub(crate) use say;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_said_in_both_languages_with_its_words() {
        let (key, what) = ("sets", Word::new("a bulletin", "公报"));
        let said = say!("`{key}` is a key of {what}", "`{key}` 是{what}的键"; what);
        assert_eq!(said.get(Tongue::English), "`sets` is a key of a bulletin");
        assert_eq!(said.get(Tongue::Chinese), "`sets` 是公报的键");
    }
}
