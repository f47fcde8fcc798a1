//! Where things stand: the URL contract for everything that the record holds.

use percent_encoding::percent_decode_str;

use crate::content::{Content, GroupKind, Located, Texts};
use crate::language::Language;

use super::{BulletinId, CategoryId, GoalId, Record};

/// Something that has a page of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PageRef {
    /// The home page.
    Home,
    /// A section's list, by its place in the content.
    Section(usize),
    /// All goals.
    Goals,
    /// A category, by its place in the content.
    Category(usize),
    /// A goal, by its place in the content.
    Goal(usize),
    /// A bulletin, by its place in the content.
    Bulletin(usize),
    /// A plain page, by its place in the content.
    StaticPage(usize),
    /// All consultations.
    Consultations,
    /// All bodies, or all topics.
    Groups(GroupKind),
    /// A body or topic, by its place in the content.
    Group(usize),
}

/// A path of the site, and the language in which it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// From the root, with `/` at the end.
    pub path: String,
    /// The language of the page there.
    pub language: Language,
}

impl PageRef {
    /// The name of the list of consultations in addresses.
    pub(super) const CONSULTATIONS: &str = "consultations";

    /// The item's page in a language, or in the default language where it is not translated. Lists
    /// exist in every language.
    #[must_use]
    pub fn address(self, content: &Content, language: Language) -> Address {
        let language = match self.texts(content) {
            Some(texts) if texts.get(language).is_none() => Language::DEFAULT,
            _ => language,
        };
        Address { path: self.path(content, language), language }
    }

    /// The item's path in a language, whether or not there is a page.
    #[must_use]
    pub fn path(self, content: &Content, language: Language) -> String {
        let root = content.site.languages.root(language);
        match self {
            Self::Home => root,
            Self::Section(place) => format!("{root}{}/", content.sections[place].slug),
            Self::Goals => format!("{root}goals/"),
            Self::Category(place) => format!("{root}goals/{}/", content.categories[place].slug),
            Self::Goal(place) => {
                let goal = &content.goals[place];
                format!("{root}goals/{}/{}/", goal.folder, goal.slug)
            }
            Self::Bulletin(place) => {
                let bulletin = &content.bulletins[place];
                format!("{root}{}/{}/", bulletin.folder, bulletin.slug)
            }
            Self::StaticPage(place) => format!("{root}{}/", content.pages[place].slug),
            Self::Consultations => format!("{root}{}/", Self::CONSULTATIONS),
            Self::Groups(kind) => format!("{root}{}/", kind.folder()),
            Self::Group(place) => {
                let (kind, group) = &content.groups[place];
                format!("{root}{}/{}/", kind.folder(), group.slug)
            }
        }
    }

    /// The words of items whose page exists only where they are translated.
    fn texts(self, content: &Content) -> Option<&Texts> {
        match self {
            Self::Goal(place) => Some(&content.goals[place].texts),
            Self::Bulletin(place) => Some(&content.bulletins[place].texts),
            Self::StaticPage(place) => Some(&content.pages[place].texts),
            Self::Home
            | Self::Section(_)
            | Self::Goals
            | Self::Category(_)
            | Self::Consultations
            | Self::Groups(_)
            | Self::Group(_) => None,
        }
    }
}

impl Record<'_> {
    /// A bulletin's page for a reader of a language.
    #[must_use]
    pub fn bulletin_address(&self, id: BulletinId, language: Language) -> Address {
        let source = self.bulletin(id).source;
        self.own_address(&source.texts, language, &format!("{}/{}/", source.folder, source.slug))
    }

    /// A goal's page for a reader of a language.
    #[must_use]
    pub fn goal_address(&self, id: GoalId, language: Language) -> Address {
        let source = self.goal(id).source;
        self.own_address(
            &source.texts,
            language,
            &format!("goals/{}/{}/", source.folder, source.slug),
        )
    }

    /// A category's page in a language.
    #[must_use]
    pub fn category_path(&self, id: CategoryId, language: Language) -> String {
        PageRef::Category(id.0).path(self.content, language)
    }

    /// The page of an item, unless it is not public. What was public once keeps its address.
    #[must_use]
    pub fn public_address(&self, item: PageRef, language: Language) -> Option<Address> {
        let is_public = match item {
            PageRef::Bulletin(place) => self.bulletin_places.contains_key(&place),
            PageRef::Goal(place) => self.goal_places.contains_key(&place),
            PageRef::Consultations => self.has_consultations(),
            PageRef::Home
            | PageRef::Section(_)
            | PageRef::Goals
            | PageRef::Category(_)
            | PageRef::StaticPage(_)
            | PageRef::Groups(_)
            | PageRef::Group(_) => true,
        };
        is_public.then(|| item.address(self.content, language))
    }

    /// Every old path with the path that it leads to, in the default language. Those of pages that
    /// are not public are left out; those of former bulletins lead to their 410 pages.
    #[must_use]
    pub fn aliases(&self) -> Vec<(String, String)> {
        let content = self.content;
        let mut aliases = Vec::new();
        let mut add = |item: PageRef, written: &[Located<String>]| {
            if let Some(address) = self.public_address(item, Language::DEFAULT) {
                let paths = written.iter().filter_map(|alias| canonical_alias(&alias.value));
                aliases.extend(paths.map(|path| (path, address.path.clone())));
            }
        };
        content.home.iter().for_each(|entry| add(PageRef::Home, &entry.facts.aliases));
        content.goals_index.iter().for_each(|entry| add(PageRef::Goals, &entry.facts.aliases));
        content
            .sections
            .iter()
            .enumerate()
            .for_each(|(place, entry)| add(PageRef::Section(place), &entry.facts.aliases));
        content
            .categories
            .iter()
            .enumerate()
            .for_each(|(place, entry)| add(PageRef::Category(place), &entry.facts.aliases));
        content
            .goals
            .iter()
            .enumerate()
            .for_each(|(place, entry)| add(PageRef::Goal(place), &entry.facts.aliases));
        content
            .bulletins
            .iter()
            .enumerate()
            .for_each(|(place, entry)| add(PageRef::Bulletin(place), &entry.facts.aliases));
        content
            .pages
            .iter()
            .enumerate()
            .for_each(|(place, entry)| add(PageRef::StaticPage(place), &entry.facts.aliases));
        aliases
    }

    /// Whether a content file may be read: what lies in the folder of a bulletin that is not public
    /// may not.
    #[must_use]
    pub fn is_public_file(&self, file: &str) -> bool {
        let Some((folder, _)) = file.rsplit_once('/') else { return true };
        let owner = self.links.item_of(&format!("{folder}/index.md"));
        match owner {
            Some(PageRef::Bulletin(place)) => {
                matches!(self.bulletin_places.get(&place), Some(Some(_)))
            }
            Some(PageRef::Goal(place)) => self.goal_places.contains_key(&place),
            _ => true,
        }
    }

    fn own_address(&self, texts: &Texts, language: Language, rest: &str) -> Address {
        let language = if texts.get(language).is_some() { language } else { Language::DEFAULT };
        Address { path: format!("{}{rest}", self.content.site.languages.root(language)), language }
    }
}

/// The spelling of an alias under which it is looked up: with `/` at both ends unless it names a
/// file, and with the parts of its query in order. `None` if it is not a path of this site.
pub(super) fn canonical_alias(alias: &str) -> Option<String> {
    let (path, query) = match alias.split_once('?') {
        Some((path, query)) => (path, Some(query_parts(query))),
        None => (alias, None),
    };
    let has_one_of = |text: &str, refused: &str| {
        text.contains(|c: char| c.is_whitespace() || c.is_control() || refused.contains(c))
    };
    let is_path = path.starts_with('/')
        && (path.len() > 1 || query.is_some())
        && !path.contains("//")
        && !path.split('/').any(|part| part == "." || part == "..")
        && !has_one_of(path, "#%\\")
        && !has_one_of(alias, "#");
    if !is_path || query.as_ref().is_some_and(Vec::is_empty) {
        return None;
    }
    let has_extension = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let slash = if path.ends_with('/') || has_extension { "" } else { "/" };
    let query = query.map_or_else(String::new, |parts| format!("?{}", parts.join("&")));
    Some(format!("{path}{slash}{query}"))
}

/// The parts of a query, decoded and sorted, so that their order and spelling do not matter.
#[must_use]
pub fn query_parts(query: &str) -> Vec<String> {
    let mut parts: Vec<String> = query
        .split('&')
        .filter(|part| !part.is_empty())
        .map(|part| percent_decode_str(part).decode_utf8_lossy().into_owned())
        .collect();
    parts.sort();
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_have_one_spelling() {
        for (alias, canonical) in [
            ("/old/path", Some("/old/path/")),
            ("/old/path/", Some("/old/path/")),
            ("/art.jsp", Some("/art.jsp")),
            ("/show.asp?id=12", Some("/show.asp?id=12")),
            ("/col/art.jsp?id=7&columnId=12", Some("/col/art.jsp?columnId=12&id=7")),
            ("/news?a=%E5%93%88", Some("/news/?a=哈")),
            ("/?p=123", Some("/?p=123")),
            ("/", None),
            ("/old/?", None),
            ("/old/?&", None),
            ("old/", None),
            ("//old/", None),
            ("/a/../b", None),
            ("/a#b", None),
            ("/a?b#c", None),
            ("/a b", None),
            ("https://city.example/old/", None),
        ] {
            assert_eq!(canonical_alias(alias).as_deref(), canonical, "{alias}");
        }
    }
}
