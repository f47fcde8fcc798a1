//! Pages with slots for what is only known at a request, such as the query and its results.
//!
//! A shell is rendered with the edition, so that a search renders only its results.

use super::html::escape;

/// The characters that mark slots. They are Unicode noncharacters, which no text contains.
pub(crate) mod markers {
    /// The query.
    pub(crate) const QUERY: &str = "\u{FDD0}";
    /// The title of the document.
    pub(crate) const TITLE: &str = "\u{FDD1}";
    /// The query part of the address, with its question mark.
    pub(crate) const ADDRESS: &str = "\u{FDD2}";
    /// Markup.
    pub(crate) const MAIN: &str = "\u{FDD3}";
}

/// A page with slots.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageShell {
    /// The text before each slot.
    pieces: Vec<(String, Slot)>,
    rest: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    Query,
    Title,
    Address,
    Main,
}

/// The values for the slots.
#[derive(Debug, Default)]
pub(crate) struct SlotValues<'f> {
    /// The query, not escaped.
    pub(crate) query: &'f str,
    /// The title of the document, not escaped.
    pub(crate) title: &'f str,
    /// The query part of the address with its question mark, not escaped for HTML.
    pub(crate) address: &'f str,
    /// Markup.
    pub(crate) main: &'f str,
}

impl PageShell {
    /// Splits a page at its markers.
    #[must_use]
    pub fn of(page: &str) -> Self {
        let mut shell = Self::default();
        let mut rest = page;
        while let Some(at) = rest.find(|character| gap(character).is_some()) {
            let mut behind = rest[at..].chars();
            let Some(found) = behind.next().and_then(gap) else { break };
            shell.pieces.push((rest[..at].to_owned(), found));
            rest = behind.as_str();
        }
        rest.clone_into(&mut shell.rest);
        shell
    }

    /// Fills the slots.
    pub(crate) fn fill(&self, filling: &SlotValues<'_>) -> String {
        let made: usize = self.pieces.iter().map(|(piece, _)| piece.len()).sum();
        let mut out = String::with_capacity(made + self.rest.len() + filling.main.len() + 1024);
        for (piece, gap) in &self.pieces {
            out.push_str(piece);
            match gap {
                Slot::Query => escape(filling.query, &mut out),
                Slot::Title => escape(filling.title, &mut out),
                Slot::Address => escape(filling.address, &mut out),
                Slot::Main => out.push_str(filling.main),
            }
        }
        out.push_str(&self.rest);
        out
    }
}

fn gap(character: char) -> Option<Slot> {
    let mut buffer = [0; 4];
    match &*character.encode_utf8(&mut buffer) {
        markers::QUERY => Some(Slot::Query),
        markers::TITLE => Some(Slot::Title),
        markers::ADDRESS => Some(Slot::Address),
        markers::MAIN => Some(Slot::Main),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_and_typed_text_is_escaped() {
        let page = format!(
            "<title>{}</title><a href=\"/{}\">{}</a>!",
            markers::TITLE,
            markers::ADDRESS,
            markers::MAIN
        );
        let filling = SlotValues {
            title: "<b>",
            address: "?q=a&b=\"",
            main: "<i>x</i>",
            ..SlotValues::default()
        };
        let filled = PageShell::of(&page).fill(&filling);
        assert_eq!(filled, "<title>&lt;b&gt;</title><a href=\"/?q=a&amp;b=&quot;\"><i>x</i></a>!");
        assert_eq!(PageShell::of("plain").fill(&filling), "plain");
    }
}
