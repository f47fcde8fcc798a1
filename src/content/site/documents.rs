//! `[documents]` in `site.toml`: the kinds of official documents, and the form of index numbers.

use super::keys::{DOCUMENT_KIND, DOCUMENTS};
use crate::content::front_matter::localised::{self, Localised};
use crate::content::front_matter::mapping::MappingReader;
use crate::content::front_matter::tree::Located;
use crate::content::front_matter::value_reader::{Field, ValueReader};
use crate::content::number::read_order;
use crate::diagnostic::message;

/// The settings of official documents.
#[derive(Debug, Clone, Default)]
pub struct Documents {
    /// The kinds of documents (公文种类), in the site's order.
    pub kinds: Vec<DocumentKind>,
    /// An index number (索引号) as an example: others have digits where it has digits, letters where
    /// it has letters, and the same marks.
    pub index: Option<String>,
    /// The most days from the end of a consultation to its outcome.
    pub outcome_days: Option<u32>,
}

/// A kind of official document.
#[derive(Debug, Clone)]
pub struct DocumentKind {
    /// The name in front matter.
    pub name: Located<String>,
    pub title: Localised,
}

impl Documents {
    /// The place of a kind by its name.
    #[must_use]
    pub fn find_kind(&self, name: &str) -> Option<usize> {
        self.kinds.iter().position(|kind| kind.name.value == name)
    }

    /// Whether an index number has the form of the site's example; always without one.
    #[must_use]
    pub fn is_index(&self, number: &str) -> bool {
        self.index
            .as_ref()
            .is_none_or(|example| example.chars().map(shape).eq(number.chars().map(shape)))
    }
}

fn shape(character: char) -> char {
    if character.is_ascii_digit() {
        '0'
    } else if character.is_ascii_alphabetic() {
        'A'
    } else {
        character
    }
}

pub(super) fn read(reader: &mut ValueReader<'_>, field: Field<'_>) -> Option<Documents> {
    let mut keys = MappingReader::nested(&DOCUMENTS, field, reader)?;
    let documents = Documents {
        kinds: read_kinds(keys.read_list("kinds", reader, read_kind), reader),
        outcome_days: keys.read("outcome_days", reader, read_order),
        index: keys.read("index", reader, ValueReader::line).map(|index| index.value),
    };
    keys.finish(reader);
    Some(documents)
}

/// The kinds without those whose name another one has.
fn read_kinds(written: Vec<DocumentKind>, reader: &mut ValueReader<'_>) -> Vec<DocumentKind> {
    let mut kinds: Vec<DocumentKind> = Vec::new();
    for kind in written {
        let (name, span) = (&kind.name.value, kind.name.span.clone());
        if let Some(first) = kinds.iter().find(|known| known.name.value == *name) {
            let message = message!("two kinds are called `{name}`", "有两个公文种类都叫 `{name}`");
            let help = message!("give one another `name`", "请为其中一个换一个 `name`");
            let wrong = reader.duplicate(span, message, first.name.span.clone());
            reader.push(wrong.help(help));
        } else {
            kinds.push(kind);
        }
    }
    kinds
}

fn read_kind(reader: &mut ValueReader<'_>, item: Field<'_>) -> Option<DocumentKind> {
    let mut keys = MappingReader::nested(&DOCUMENT_KIND, item, reader)?;
    let name = keys.read("name", reader, ValueReader::name);
    let title = keys.read("title", reader, localised::read);
    keys.finish(reader);
    Some(DocumentKind { name: name?, title: title? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn index_number_has_the_form_of_the_example() {
        let documents =
            Documents { index: Some("000014349/2022-00110".to_owned()), ..Documents::default() };
        for (number, is_index) in [
            ("000014349/2022-00001", true),
            ("000014349/2022-1", false),
            ("000014349-2022-00001", false),
            ("00001434A/2022-00001", false),
            ("", false),
        ] {
            assert_eq!(documents.is_index(number), is_index, "{number}");
        }
        assert!(Documents::default().is_index("any"));
    }
}
