//! Numbers with their units, and sentences with a highlighted number, in each language.

use crate::content::Unit;
use crate::language::{Language, Locale};
use crate::pages::markup::figures::escape_with_figures;
use crate::pages::markup::html::{Html, escape};

/// A number with its unit: `83,000 jobs`, `8.3万个岗位（83,000）`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Amount {
    /// The number in the form of the language: `83,000`, `8.3万`, `15 billion`.
    pub(crate) number: String,
    /// Number, unit, and the exact number if the first one is rounded.
    pub(crate) text: String,
}

impl Amount {
    pub(crate) fn of(locale: &Locale, value: f64, unit: Option<&Unit>, language: Language) -> Self {
        let full = locale.number(value);
        let unit = unit.map_or("", |unit| unit.form(language, locale.plural_form(value)));
        let (number, exact) = match locale.short_number(value) {
            Some(short) => (short, Some(full)),
            None => (full, None),
        };
        // A percent sign belongs to its number.
        let (number, unit) = if unit == "%" { (format!("{number}%"), "") } else { (number, unit) };
        let text = match (&exact, unit.is_empty()) {
            (None, true) => number.clone(),
            (Some(exact), true) => locale.number_with_exact(&number, exact),
            (None, false) => locale.amount(&number, unit),
            (Some(exact), false) => locale.amount_with_exact(&number, unit, exact),
        };
        Self { number, text }
    }

    /// Puts the amount into a sentence and highlights the number.
    pub(crate) fn highlight(&self, sentence: impl Fn(&str) -> String) -> HighlightedText {
        HighlightedText::new(self.number.clone(), |mark| {
            sentence(&self.text.replacen(&self.number, mark, 1))
        })
    }
}

/// A sentence with a highlighted number.
#[derive(Debug, Clone, Default)]
pub(crate) struct HighlightedText {
    pub(crate) before: String,
    pub(crate) number: String,
    pub(crate) after: String,
}

/// Placeholder for the number in a sentence; no text of the site contains it.
pub(crate) const MARK: &str = "\u{1}";

impl HighlightedText {
    /// Puts a number into the sentence that `sentence` makes.
    pub(crate) fn new(number: String, sentence: impl Fn(&str) -> String) -> Self {
        let whole = sentence(MARK);
        match whole.split_once(MARK) {
            Some((before, after)) => {
                Self { before: before.to_owned(), number, after: after.to_owned() }
            }
            None => Self { before: whole, number: String::new(), after: String::new() },
        }
    }

    /// A sentence without a number.
    pub(crate) fn words(sentence: impl Into<String>) -> Self {
        Self { before: sentence.into(), ..Self::default() }
    }

    /// Wraps the sentence in another one.
    pub(crate) fn map(&self, sentence: impl Fn(&str) -> String) -> Self {
        Self::new(self.number.clone(), |mark| {
            sentence(&format!("{}{mark}{}", self.before, self.after))
        })
    }

    /// The sentence as plain text.
    pub(crate) fn text(&self) -> String {
        format!("{}{}{}", self.before, self.number, self.after)
    }

    /// The sentence as HTML, the number in `<strong>`.
    pub(crate) fn html(&self) -> Html {
        let mut out = String::new();
        escape_with_figures(None, &self.before, &mut out);
        if !self.number.is_empty() {
            out.push_str("<strong>");
            escape(&self.number, &mut out);
            out.push_str("</strong>");
        }
        escape_with_figures(None, &self.after, &mut out);
        Html::new(out)
    }
}
