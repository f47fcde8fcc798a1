//! The facts of sections, categories and plain pages.

use super::front_matter::mapping::MappingReader;
use super::front_matter::tree::Located;
use super::front_matter::value_reader::ValueReader;

/// The facts of a section, the home page or a plain page.
#[derive(Debug, Clone, Default)]
pub struct BasicPageFacts {
    /// Its place among its like, from low to high.
    pub order: u32,
    /// Paths at which it stood before.
    pub aliases: Vec<Located<String>>,
}

/// The facts of a category.
#[derive(Debug, Clone, Default)]
pub struct CategoryFacts {
    /// Its place among the categories, from low to high.
    pub order: u32,
    /// The hue that marks it.
    pub hue: Hue,
    /// Paths at which it stood before.
    pub aliases: Vec<Located<String>>,
}

/// The hues that categories can have; the style sheet draws each for light and dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Hue {
    /// The city's flower.
    #[default]
    Lilac,
    /// Green-blue.
    Teal,
    /// Brown-yellow.
    Amber,
    /// Red-brown.
    Brick,
    /// Blue.
    Blue,
    /// Green.
    Moss,
}

impl Hue {
    /// The name in front matter and in the style sheet.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lilac => "lilac",
            Self::Teal => "teal",
            Self::Amber => "amber",
            Self::Brick => "brick",
            Self::Blue => "blue",
            Self::Moss => "moss",
        }
    }
}

/// Every hue by its name.
pub(crate) const HUES: &[(&str, Hue)] = &[
    ("lilac", Hue::Lilac),
    ("teal", Hue::Teal),
    ("amber", Hue::Amber),
    ("brick", Hue::Brick),
    ("blue", Hue::Blue),
    ("moss", Hue::Moss),
];

/// The keys that only an original has.
pub(crate) const BASIC_PAGE_FACTS: &[&str] = &["order", "aliases"];

/// The keys that only an original has.
pub(crate) const CATEGORY_FACTS: &[&str] = &["order", "colour", "aliases"];

pub(super) fn read_basic_page(
    fields: &mut MappingReader<'_>,
    reader: &mut ValueReader<'_>,
) -> BasicPageFacts {
    BasicPageFacts {
        order: fields.optional("order").and_then(|field| reader.order(field)).unwrap_or_default(),
        aliases: reader.names(fields.optional("aliases")),
    }
}

pub(super) fn read_category(
    fields: &mut MappingReader<'_>,
    reader: &mut ValueReader<'_>,
) -> CategoryFacts {
    CategoryFacts {
        order: fields.optional("order").and_then(|field| reader.order(field)).unwrap_or_default(),
        hue: fields
            .optional("colour")
            .and_then(|field| reader.choice(field, HUES))
            .unwrap_or_default(),
        aliases: reader.names(fields.optional("aliases")),
    }
}
