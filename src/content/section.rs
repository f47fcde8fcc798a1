//! The facts of categories, and of pages without a date: the home page, sections, static pages.

use super::front_matter::keys::KeyType::{Flag, Hue as HueName, Line, Sentences, WholeNumber};
use super::front_matter::keys::{ALIASES, Key, KeyGroup, TRANSLATED};
use super::front_matter::mapping::MappingReader;
use super::front_matter::scalar::ELLIPSIS;
use super::front_matter::tree::Located;
use super::front_matter::value_reader::ValueReader;
use crate::content::number::read_order;
use crate::diagnostic::{Code, Phrase, message};

/// The facts of the home page, a section or a static page.
#[derive(Debug, Clone, Default)]
pub struct BasicPageFacts {
    /// Its position among pages of its kind, from low to high.
    pub order: u32,
    /// Earlier paths of the page.
    pub aliases: Vec<Located<String>>,
    /// Whether a static page is not public yet.
    pub draft: bool,
}

/// The facts of a category.
#[derive(Debug, Clone, Default)]
pub struct CategoryFacts {
    /// Its position among the categories, from low to high.
    pub order: u32,
    pub hue: Hue,
    /// Earlier paths of the page.
    pub aliases: Vec<Located<String>>,
}

/// A hue that marks a category. The style sheet draws each for light and dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Hue {
    /// Purple.
    #[default]
    Lilac,
    /// Green-blue.
    Teal,
    /// Brown-yellow.
    Amber,
    /// Red-brown.
    Brick,
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

/// Every hue with its name.
pub(crate) const HUES: &[(&str, Hue)] = &[
    ("lilac", Hue::Lilac),
    ("teal", Hue::Teal),
    ("amber", Hue::Amber),
    ("brick", Hue::Brick),
    ("blue", Hue::Blue),
    ("moss", Hue::Moss),
];

pub(crate) const CATEGORY: KeyGroup = KeyGroup::new(
    "Category",
    Phrase::new("a category", "类别"),
    "A category of goals.",
    &[
        TITLE.description("The category's name."),
        SHORT_TITLE.description("A shorter name for navigation and charts."),
        SUMMARY.description("One or two sentences, shown in lists."),
        ORDER.description("Its position among the categories, from low to high."),
        Key::optional("colour", HueName)
            .label("Colour", "颜色")
            .description("The hue that marks it."),
        ALIASES,
    ],
);

pub(crate) const SECTION: KeyGroup =
    KeyGroup { noun: Phrase::new("a section", "栏目"), ..BASIC_PAGE };

pub(crate) const BASIC_PAGE: KeyGroup = KeyGroup::new(
    "Page",
    Phrase::new("a page", "页面"),
    "A section, or a static page.",
    &[
        TITLE.description("The page's title."),
        SHORT_TITLE.description("A shorter title for the navigation."),
        SUMMARY.description("One or two sentences, shown in lists and results."),
        Key::optional("draft", Flag)
            .label("Draft", "草稿")
            .description("`true` keeps the page unpublished. A section is never a draft."),
        ORDER,
        ALIASES,
    ],
);

pub(crate) const HOME: KeyGroup = KeyGroup::new(
    "Home",
    Phrase::new("the home page", "首页"),
    "The home page's own texts.",
    &[
        TITLE.description("The home page's title."),
        SUMMARY.description("One or two sentences."),
        ORDER,
        ALIASES,
    ],
);

pub(crate) const TRANSLATION: KeyGroup = KeyGroup::new(
    "Translation",
    BASIC_PAGE.noun,
    "A goal, category, section or page in another language: its texts only.",
    &[
        TITLE.description("The title in this language."),
        SHORT_TITLE.description("A shorter title for navigation and charts, in this language."),
        SUMMARY.description("The summary in this language."),
        TRANSLATED,
    ],
);

pub(crate) const HOME_TRANSLATION: KeyGroup = KeyGroup::new(
    "HomeTranslation",
    HOME.noun,
    "The home page in another language: its texts only.",
    &[
        TITLE.description("The title in this language."),
        SUMMARY.description("The summary in this language."),
        TRANSLATED,
    ],
);

const TITLE: Key = Key::required("title", Line, Phrase::typed(ELLIPSIS)).label("Title", "标题");

const SHORT_TITLE: Key = Key::optional("short_title", Line).label("Short title", "短标题");

const SUMMARY: Key = Key::optional("summary", Sentences).label("Summary", "摘要");

const ORDER: Key = Key::optional("order", WholeNumber)
    .label("Order", "排序")
    .description("Its position among pages of its kind, from low to high.");

pub(super) fn read_basic_page(
    keys: &mut MappingReader<'_>,
    reader: &mut ValueReader<'_>,
) -> BasicPageFacts {
    BasicPageFacts {
        order: keys.read("order", reader, read_order).unwrap_or_default(),
        aliases: keys.read_names("aliases", reader),
        draft: keys.knows("draft")
            && keys.read("draft", reader, ValueReader::flag).unwrap_or_default(),
    }
}

/// Reads the facts of a section, which cannot be a draft.
pub(super) fn read_section(
    keys: &mut MappingReader<'_>,
    reader: &mut ValueReader<'_>,
) -> BasicPageFacts {
    let facts = read_basic_page(keys, reader);
    if facts.draft
        && let Some(field) = keys.peek("draft")
    {
        let message = message!("a section is not a draft", "栏目不能是草稿");
        let help = message!(
            "remove `draft`; each page in the section can be a draft",
            "请删去 `draft`；栏目中的每个页面可以分别设为草稿"
        );
        reader.push(reader.error(Code::BadValue, field.span(), message).help(help));
    }
    facts
}

pub(super) fn read_category(
    keys: &mut MappingReader<'_>,
    reader: &mut ValueReader<'_>,
) -> CategoryFacts {
    let hue = keys.read("colour", reader, |reader, field| reader.choice(field, HUES));
    CategoryFacts {
        order: keys.read("order", reader, read_order).unwrap_or_default(),
        hue: hue.unwrap_or_default(),
        aliases: keys.read_names("aliases", reader),
    }
}
