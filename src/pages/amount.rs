//! Numbers with their units, as each language says them.

use super::figure::Figure;
use crate::content::Unit;
use crate::language::{Language, Words};

/// A number with its unit: `83,000 jobs`, `8.3万个岗位（83,000）`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Amount {
    /// As the language says it: `83,000`, `8.3万`, `15 billion`.
    pub(super) number: String,
    /// The whole: number, unit, and the exact number.
    pub(super) text: String,
}

impl Amount {
    pub(super) fn of(words: &Words, value: f64, unit: Option<&Unit>, language: Language) -> Self {
        let full = words.number(value);
        let unit = unit.map_or("", |unit| unit.form(language, words.plural_form(value)));
        let (number, exact) = match words.short_number(value) {
            Some(short) => (short, Some(full)),
            None => (full, None),
        };
        // A percent sign belongs to its number.
        let (number, unit) = if unit == "%" { (format!("{number}%"), "") } else { (number, unit) };
        let text = match (&exact, unit.is_empty()) {
            (None, true) => number.clone(),
            (Some(exact), true) => words.number_with_exact(&number, exact),
            (None, false) => words.amount(&number, unit),
            (Some(exact), false) => words.amount_with_exact(&number, unit, exact),
        };
        Self { number, text }
    }

    /// A sentence that has the amount in it, the number set off.
    pub(super) fn figure(&self, sentence: impl Fn(&str) -> String) -> Figure {
        Figure::new(self.number.clone(), |mark| {
            sentence(&self.text.replacen(&self.number, mark, 1))
        })
    }
}
