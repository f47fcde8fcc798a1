//! A sentence with a number in it that stands out.

use super::html::Html;

/// A sentence with a number in it that stands out.
#[derive(Debug, Clone, Default)]
pub(super) struct Figure {
    pub(super) before: String,
    pub(super) number: String,
    pub(super) after: String,
}

/// Stands for the number while a sentence is made; no text of the site has it.
pub(super) const MARK: &str = "\u{1}";

impl Figure {
    /// Puts a number into the sentence that `sentence` makes of it.
    pub(super) fn new(number: String, sentence: impl Fn(&str) -> String) -> Self {
        let whole = sentence(MARK);
        match whole.split_once(MARK) {
            Some((before, after)) => {
                Self { before: before.to_owned(), number, after: after.to_owned() }
            }
            None => Self { before: whole, number: String::new(), after: String::new() },
        }
    }

    /// A sentence without a number.
    pub(super) fn words(sentence: impl Into<String>) -> Self {
        Self { before: sentence.into(), ..Self::default() }
    }

    /// The sentence inside another one.
    pub(super) fn map(&self, sentence: impl Fn(&str) -> String) -> Self {
        Self::new(self.number.clone(), |mark| {
            sentence(&format!("{}{mark}{}", self.before, self.after))
        })
    }

    /// The whole sentence as text.
    pub(super) fn text(&self) -> String {
        format!("{}{}{}", self.before, self.number, self.after)
    }

    /// The whole sentence, the number set off.
    pub(super) fn html(&self) -> Html {
        let mut out = String::new();
        super::html::escape(&self.before, &mut out);
        if !self.number.is_empty() {
            out.push_str("<strong>");
            super::html::escape(&self.number, &mut out);
            out.push_str("</strong>");
        }
        super::html::escape(&self.after, &mut out);
        Html::new(out)
    }
}
