//! Addresses of everything in the record: the site's URL contract.

use percent_encoding::percent_decode_str;

use crate::content::{Content, GroupKind, Located, Texts};
use crate::language::Language;

/// A page of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PageRef {
    Home,
    /// A section's list, by its index in the content.
    Section(usize),
    /// The list of all goals.
    Goals,
    /// The page that explains how progress is calculated.
    Method,
    /// A category, by its index in the content.
    Category(usize),
    /// A goal, by its index in the content.
    Goal(usize),
    /// A bulletin, by its index in the content.
    Bulletin(usize),
    /// A static page, by its index in the content.
    StaticPage(usize),
    /// The list of all consultations.
    Consultations,
    /// The list of all bodies, or of all topics.
    Groups(GroupKind),
    /// A body or topic, by its index in the content.
    Group(usize),
    /// The list of all kinds of official documents.
    DocumentKinds,
    /// A kind of official document, by its index in the settings.
    DocumentKind(usize),
}

/// A path of the site, and the language of the page there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The path from the root, with `/` at the end.
    pub path: String,
    pub language: Language,
}

impl PageRef {
    /// The name of the list of consultations in addresses.
    pub(super) const CONSULTATIONS: &str = "consultations";

    /// The name of the list of kinds of documents in addresses.
    pub(super) const KINDS: &str = "kinds";

    /// The texts of the page in the languages that it has. `None` for a page without a file.
    pub(crate) fn texts(self, content: &Content) -> Option<&Texts> {
        match self {
            Self::Home => content.home.as_ref().map(|entry| &entry.texts),
            Self::Goals => content.goals_index.as_ref().map(|entry| &entry.texts),
            Self::Section(index) => Some(&content.sections[index].texts),
            Self::Category(index) => Some(&content.categories[index].texts),
            Self::Goal(index) => Some(&content.goals[index].texts),
            Self::Bulletin(index) => Some(&content.bulletins[index].texts),
            Self::StaticPage(index) => Some(&content.pages[index].texts),
            Self::Method | Self::Consultations | Self::DocumentKinds | Self::DocumentKind(_) => {
                None
            }
            Self::Groups(kind) => content.group_index(kind).map(|entry| &entry.texts),
            Self::Group(index) => Some(&content.groups[index].1.texts),
        }
    }

    /// Iterates over the pages of the content, public or not, with their texts and aliases.
    pub(super) fn all(
        content: &Content,
    ) -> impl Iterator<Item = (Self, &Texts, &[Located<String>])> {
        let bulletins = content.bulletins.iter().enumerate().map(|(index, entry)| {
            (Self::Bulletin(index), &entry.texts, entry.facts.aliases.as_slice())
        });
        let goals = content.goals.iter().enumerate().map(|(index, entry)| {
            (Self::Goal(index), &entry.texts, entry.facts.aliases.as_slice())
        });
        let categories = content.categories.iter().enumerate().map(|(index, entry)| {
            (Self::Category(index), &entry.texts, entry.facts.aliases.as_slice())
        });
        let sections = (0..).map(Self::Section).zip(&content.sections);
        let pages = (0..).map(Self::StaticPage).zip(&content.pages);
        let goals_index = content.goals_index.iter().map(|entry| (Self::Goals, entry));
        let home = content.home.iter().map(|entry| (Self::Home, entry));
        let group_indexes =
            content.group_indexes.iter().map(|(kind, entry)| (Self::Groups(*kind), entry));
        let basic = sections.chain(pages).chain(goals_index).chain(home).chain(group_indexes);
        let groups = content.groups.iter().enumerate().map(|(index, (_, entry))| {
            (Self::Group(index), &entry.texts, entry.facts.aliases.as_slice())
        });
        bulletins
            .chain(goals)
            .chain(categories)
            .chain(basic.map(|(page, entry)| (page, &entry.texts, entry.facts.aliases.as_slice())))
            .chain(groups)
    }

    /// Returns the page's address in a language, or in the default language if the page is not
    /// translated. Lists exist in every language.
    #[must_use]
    pub fn address(self, content: &Content, language: Language) -> Address {
        let language = match self.written_texts(content) {
            Some(texts) if texts.get(language).is_none() => Language::DEFAULT,
            _ => language,
        };
        Address { path: self.path(content, language), language }
    }

    /// Returns the page's path in a language, whether or not that page exists.
    #[must_use]
    pub fn path(self, content: &Content, language: Language) -> String {
        let root = content.site.languages.root(language);
        match self {
            Self::Home => root,
            Self::Section(place) => format!("{root}{}/", content.sections[place].slug),
            Self::Goals => format!("{root}goals/"),
            Self::Method => format!("{root}goals/method/"),
            Self::Category(place) => format!("{root}goals/{}/", content.categories[place].slug),
            Self::Goal(index) => {
                let goal = &content.goals[index];
                format!("{root}goals/{}/{}/", goal.folder, goal.slug)
            }
            Self::Bulletin(index) => {
                let bulletin = &content.bulletins[index];
                [&root, &*bulletin.folder, "/", &bulletin.slug, "/"].concat()
            }
            Self::StaticPage(index) => {
                let page = &content.pages[index];
                let slash = if page.folder.is_empty() { "" } else { "/" };
                format!("{root}{}{slash}{}/", page.folder, page.slug)
            }
            Self::Consultations => format!("{root}{}/", Self::CONSULTATIONS),
            Self::Groups(kind) => format!("{root}{}/", kind.folder()),
            Self::Group(index) => {
                let (kind, group) = &content.groups[index];
                format!("{root}{}/{}/", kind.folder(), group.slug)
            }
            Self::DocumentKinds => format!("{root}{}/", Self::KINDS),
            Self::DocumentKind(index) => {
                let kind = &content.site.documents.kinds[index];
                format!("{root}{}/{}/", Self::KINDS, kind.name.value)
            }
        }
    }

    /// The texts of a page that exists only in the languages in which it is written. `None` for a
    /// page that exists in each language.
    fn written_texts(self, content: &Content) -> Option<&Texts> {
        if matches!(self, Self::Goal(_) | Self::Bulletin(_) | Self::StaticPage(_)) {
            self.texts(content)
        } else {
            None
        }
    }
}

/// The spelling of an alias under which it is looked up: decoded, with `/` at both ends unless it
/// names a file, and with the parts of its query in order. `None` if it is not a path of this site.
pub(super) fn canonical_alias(alias: &str) -> Option<String> {
    if alias.contains(|c: char| c == '#' || c.is_whitespace()) {
        return None;
    }
    let (path, query) = match alias.split_once('?') {
        Some((path, query)) => (path, Some(query_parts(query))),
        None => (alias, None),
    };
    let path = decoded_path(path)?;
    // The server takes the name of an index from each request.
    let path = path.strip_suffix("index.html").filter(|path| path.ends_with('/')).unwrap_or(&path);
    let is_path = path.starts_with('/')
        && (path.len() > 1 || query.is_some())
        && !path.contains("//")
        && !path.split('/').any(|part| part == "." || part == "..")
        && !path.contains(|c: char| "%\\*?#".contains(c) || c.is_control());
    if !is_path || query.as_ref().is_some_and(Vec::is_empty) {
        return None;
    }
    let has_extension = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let slash = if path.ends_with('/') || has_extension { "" } else { "/" };
    let query = query.map_or_else(String::new, |parts| format!("?{}", parts.join("&")));
    Some(format!("{path}{slash}{query}"))
}

/// A path as browsers show it, decoded. `None` if it has escapes that hide a slash or are no text.
fn decoded_path(path: &str) -> Option<String> {
    let decoded = percent_decode_str(path).decode_utf8().ok()?;
    let is_same = decoded.matches('/').count() == path.matches('/').count();
    is_same.then(|| decoded.into_owned())
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
            ("/%E5%85%AC%E5%91%8A/1.html", Some("/公告/1.html")),
            ("/%e5%85%ac%e5%91%8a?a=1", Some("/公告/?a=1")),
            ("/a%20b.htm", Some("/a b.htm")),
            ("/old/index.html", Some("/old/")),
            ("/index.html?id=3", Some("/?id=3")),
            ("/old/my-index.html", Some("/old/my-index.html")),
            ("/index.html", None),
            ("/100%", None),
            ("/a%2Fb", None),
            ("/a%2e%2e/%2e%2e/b", None),
            ("/a%3Fb", None),
            ("/a%0Ab", None),
            ("/%C4%E3", None),
            ("/old/*", None),
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
