//! The texts of the interface in one language, from Fluent messages.
//!
//! The program's own messages are in `locales/`; a city adds or changes messages in
//! `content/i18n/`. Every message of `locales/en.ftl` is a method here, so that a template cannot
//! ask for one that does not exist. A language that lacks one has a diagnostic.

use std::fmt;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jiff::civil;
use unic_langid::{CharacterDirection, LanguageIdentifier};

use super::format::{Formats, Tick};
use super::is_chinese;
use super::own_names::own_name;
use super::phrases::phrases;
use super::plural::PluralForm;

/// The program's own messages in a language, as a Fluent file.
#[must_use]
pub fn builtin_messages(tag: &str) -> Option<&'static str> {
    match tag {
        "en" => Some(include_str!("../../locales/en.ftl")),
        "zh" => Some(include_str!("../../locales/zh.ftl")),
        _ => None,
    }
}

/// The tag of the built-in messages that are shown in place of missing ones: Chinese for every kind
/// of Chinese, English for all other languages.
#[must_use]
pub fn fallback_tag(tag: &str) -> &'static str {
    if is_chinese(tag) { "zh" } else { "en" }
}

/// The reason why a locale cannot be made.
#[derive(Debug)]
pub enum LocaleError {
    /// ICU has no number and date formats for the tag, or it is not a BCP 47 tag.
    UnknownTag,
    /// The city's own Fluent file cannot be parsed: the byte offset and the reason.
    Syntax(usize, String),
}

/// A message that a language lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingMessage(pub &'static str);

/// Defines the messages without arguments and those with a count.
macro_rules! messages {
    (
        plain { $($plain:ident = $plain_key:literal,)+ }
        counted { $($counted:ident = $counted_key:literal,)+ }
    ) => {
        /// The messages without arguments, looked up once.
        #[derive(Debug, Default)]
        struct Plain {
            $($plain: String,)+
        }

        impl Locale {
            /// The messages without arguments.
            const PLAIN: &[&str] = &[$($plain_key),+];

            fn fill(&mut self) {
                self.plain = Plain { $($plain: self.message($plain_key, None),)+ };
            }

            $(
                #[doc = concat!("The message `", $plain_key, "`.")]
                #[must_use]
                pub fn $plain(&self) -> &str {
                    &self.plain.$plain
                }
            )+

            $(
                #[doc = concat!("The message `", $counted_key, "` for a count.")]
                #[must_use]
                pub fn $counted(&self, count: usize) -> String {
                    let mut arguments = FluentArgs::new();
                    arguments.set("count", FluentValue::from(count));
                    arguments.set("number", FluentValue::from(self.count(count)));
                    self.message($counted_key, Some(&arguments))
                }
            )+
        }
    };
}

/// Defines the messages with arguments.
macro_rules! define_phrases {
    ($($phrase:ident($($argument:ident),+);)+) => {
        impl Locale {
            /// The messages with arguments, with `_` for `-`, and the names of their arguments.
            const PHRASES: &[(&str, &[&str])] =
                &[$((stringify!($phrase), &[$(stringify!($argument)),+]),)+];

            $(
                #[doc = concat!("The message `", stringify!($phrase), "`, with `-` for `_`.")]
                #[must_use]
                pub fn $phrase(&self, $($argument: &str),+) -> String {
                    let mut arguments = FluentArgs::new();
                    $(arguments.set(stringify!($argument), FluentValue::from($argument));)+
                    self.message(&stringify!($phrase).replace('_', "-"), Some(&arguments))
                }
            )+
        }
    };
}

/// The texts of the interface in one language.
pub struct Locale {
    tag: String,
    is_right_to_left: bool,
    plain: Plain,
    formats: Formats,
    bundle: FluentBundle<FluentResource>,
    /// The messages that are shown in another language.
    missing: Vec<&'static str>,
}

// `KEYS`, the keys of `locales/en.ftl`, and a call of `messages!`.
include!(concat!(env!("OUT_DIR"), "/messages.rs"));

phrases!(define_phrases);

impl fmt::Debug for Locale {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Locale({})", self.tag)
    }
}

impl Locale {
    /// The locale of a language: the program's messages, overridden by the city's own.
    ///
    /// # Errors
    /// Fails if the tag is unknown, or if the city's file is not valid Fluent.
    pub fn new(tag: &str, own: Option<&str>) -> Result<Self, LocaleError> {
        let identifier: LanguageIdentifier = tag.parse().map_err(|_| LocaleError::UnknownTag)?;
        let is_right_to_left = identifier.character_direction() == CharacterDirection::RTL;
        let formats = Formats::new(tag).ok_or(LocaleError::UnknownTag)?;
        let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
        // Pages set direction and language in HTML; Unicode isolation marks would show up in
        // titles and feeds.
        bundle.set_use_isolating(false);
        if let Some(messages) = builtin_messages(tag) {
            bundle.add_resource_overriding(parsed(messages)?);
        }
        if let Some(own) = own {
            bundle.add_resource_overriding(parsed(own)?);
        }
        let missing: Vec<&'static str> =
            KEYS.iter().copied().filter(|key| !bundle.has_message(key)).collect();
        if !missing.is_empty() {
            // The messages that are there already keep their place.
            let name = format!("language-name = {}", own_name(tag));
            let _ = bundle.add_resource(parsed(&name)?);
            let fallback = builtin_messages(fallback_tag(tag)).unwrap_or_default();
            let _ = bundle.add_resource(parsed(fallback)?);
        }
        let mut locale = Self {
            tag: tag.to_owned(),
            is_right_to_left,
            plain: Plain::default(),
            formats,
            bundle,
            missing,
        };
        locale.fill();
        Ok(locale)
    }

    /// The program's own English, for a language whose messages cannot be read.
    ///
    /// # Panics
    /// Never: the messages are part of the program, and a test parses them.
    #[must_use]
    #[expect(clippy::expect_used, reason = "nothing outside the binary can influence it")]
    pub fn english() -> Self {
        Self::new("en", None).expect("the program's own English is whole")
    }

    /// The messages that this language lacks; those of [`fallback_tag`] are shown.
    #[must_use]
    pub fn missing(&self) -> Vec<MissingMessage> {
        self.missing.iter().map(|key| MissingMessage(key)).collect()
    }

    /// The keys of all messages.
    #[must_use]
    pub const fn keys() -> &'static [&'static str] {
        KEYS
    }

    /// The names of the arguments of a message; `None` for one with a count, and for an unknown
    /// key.
    pub(super) fn arguments(key: &str) -> Option<&'static [&'static str]> {
        if Self::PLAIN.contains(&key) {
            return Some(&[]);
        }
        let name = key.replace('-', "_");
        Self::PHRASES.iter().find(|(phrase, _)| *phrase == name).map(|(_, names)| *names)
    }

    /// The BCP 47 tag.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// Whether its script is written from right to left.
    #[must_use]
    pub const fn is_right_to_left(&self) -> bool {
        self.is_right_to_left
    }

    /// A number: `83,000`.
    #[must_use]
    pub fn number(&self, value: f64) -> String {
        self.formats.number(value)
    }

    /// A large number as the language says it, where that is exact and shorter: `8.3万`, `15
    /// billion`.
    #[must_use]
    pub fn short_number(&self, value: f64) -> Option<String> {
        self.formats.short_number(value)
    }

    /// The plural form for a number.
    #[must_use]
    pub fn plural_form(&self, value: f64) -> PluralForm {
        self.formats.plural_form(value)
    }

    /// The plural forms of the language.
    pub fn plural_forms(&self) -> impl Iterator<Item = PluralForm> {
        self.formats.plural_forms()
    }

    /// A count: `1,024`.
    #[must_use]
    pub fn count(&self, count: usize) -> String {
        #[expect(clippy::cast_precision_loss, reason = "no site has 2^52 of anything")]
        self.formats.number(count as f64)
    }

    /// A date: `5 May 2022`.
    #[must_use]
    pub fn date(&self, date: civil::Date) -> String {
        self.formats.date(date)
    }

    /// A date as far as a chart's axis names it.
    #[must_use]
    pub fn tick(&self, date: civil::Date, tick: Tick) -> String {
        self.formats.tick(date, tick)
    }

    /// A date and time: `5 May 2022 at 09:30`.
    #[must_use]
    pub fn date_time(&self, moment: civil::DateTime) -> String {
        self.formats.date_time(moment)
    }

    /// Names in a row, as the language separates them.
    #[must_use]
    pub fn list(&self, names: &[&str]) -> String {
        names.join(self.list_separator())
    }

    fn message(&self, key: &str, arguments: Option<&FluentArgs<'_>>) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        self.bundle.format_pattern(pattern, arguments, &mut Vec::new()).into_owned()
    }
}

fn parsed(messages: &str) -> Result<FluentResource, LocaleError> {
    FluentResource::try_new(messages.to_owned()).map_err(|(_, errors)| {
        let first = errors.first();
        LocaleError::Syntax(
            first.map_or(0, |error| error.pos.start),
            first.map_or_else(String::new, |error| error.kind.to_string()),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_languages_have_exactly_the_keys_used() {
        for tag in ["en", "zh"] {
            let locale = Locale::new(tag, None).unwrap();
            assert_eq!(locale.missing(), [], "{tag}");
            let unused: Vec<&str> = builtin_messages(tag)
                .unwrap()
                .lines()
                .filter_map(|line| line.split_once(" ="))
                .map(|(key, _)| key)
                .filter(|key| key.starts_with(|first: char| first.is_ascii_lowercase()))
                .filter(|key| !KEYS.contains(key))
                .collect();
            assert_eq!(unused, [""; 0], "{tag}");
        }
    }

    #[test]
    fn messages_use_only_arguments_of_their_method() {
        for tag in ["en", "zh"] {
            let locale = Locale::new(tag, None).unwrap();
            for (phrase, names) in Locale::PHRASES {
                let message = locale.bundle.get_message(&phrase.replace('_', "-")).unwrap();
                let mut arguments = FluentArgs::new();
                names.iter().for_each(|name| arguments.set(*name, FluentValue::from("")));
                let mut errors = Vec::new();
                locale.bundle.format_pattern(
                    message.value().unwrap(),
                    Some(&arguments),
                    &mut errors,
                );
                assert_eq!(errors, [], "{tag} {phrase}");
            }
        }
    }

    #[test]
    fn counts_follow_the_plural_rules_of_the_language() {
        let (english, chinese) =
            (Locale::new("en", None).unwrap(), Locale::new("zh", None).unwrap());
        assert_eq!(english.count_goals(1), "1 goal");
        assert_eq!(english.count_goals(2100), "2,100 goals");
        assert_eq!(chinese.count_goals(21), "21项目标");
    }

    #[test]
    fn a_city_words_a_message_its_own_way() {
        let locale = Locale::new("en", Some("home = Front page")).unwrap();
        assert_eq!(locale.home(), "Front page");
        assert!(locale.missing().is_empty());
        assert!(matches!(Locale::new("en", Some("home = { $")), Err(LocaleError::Syntax(..))));
        assert!(!Locale::new("fr", None).unwrap().missing().is_empty());
    }

    #[test]
    fn language_without_messages_has_those_nearest() {
        for (tag, name, home, is_right_to_left) in [
            ("zh-Hant", "繁體中文", "首页", false),
            ("zh-TW", "繁體中文", "首页", false),
            ("pt-BR", "Português", "Home", false),
            ("ug", "ئۇيغۇرچە", "Home", true),
            ("ar-EG", "العربية", "Home", true),
        ] {
            let locale = Locale::new(tag, None).unwrap();
            let found = (locale.language_name(), locale.home(), locale.is_right_to_left());
            assert_eq!(found, (name, home, is_right_to_left), "{tag}");
        }
    }
}
