//! Where the links of a body lead.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use icu_normalizer::ComposingNormalizerBorrowed;

use crate::content::front_matter::web::{is_web_address, web_address_meant};
use crate::content::markdown::as_destination;
use crate::content::{Content, Text, Texts};
use crate::language::Language;

use super::address::PageRef;

/// What a link or image leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A heading of the same page.
    Fragment(String),
    /// Another page of the site.
    Page {
        /// Whose page it is.
        page: PageRef,
        /// The language that the address names; a link by file leads to the reader's.
        language: Option<Language>,
        /// The heading there.
        fragment: Option<String>,
    },
    /// A file of the content folder.
    File(Arc<str>),
    /// A path of the site, written from its root, that is no item's page: a feed, data, a further
    /// page of a list.
    Path(String),
    /// Another site, a mailbox or a telephone.
    Outside(String),
}

/// Why a destination leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkProblem {
    /// No file stands there; the nearest that does, if one is near.
    NoFile {
        /// The path that was looked up, inside the content folder.
        path: String,
        /// The destination that was probably meant.
        meant: Option<String>,
    },
    /// Nothing stands at a path of the site; the nearest path that has a page, if one is near.
    NoPage {
        /// The path that was looked up.
        path: String,
        /// The path that was probably meant.
        meant: Option<String>,
    },
    /// The page has no such heading; the nearest that it has.
    NoFragment {
        /// What was looked for.
        fragment: String,
        /// The fragment that was probably meant.
        meant: Option<String>,
        /// Every fragment that is there.
        known: Vec<String>,
    },
    /// The scheme is none that a public page links to.
    BadScheme(String),
    /// There is no destination.
    Nothing,
    /// It has a known scheme, and is no address all the same; the address that was probably meant.
    NoAddress(Option<String>),
    /// A path on the editor's own computer: `C:\\Users\\li\\map.png`. The name of the file.
    OwnComputer(String),
}

/// The pages and files that relative links can lead to.
#[derive(Debug)]
pub struct Links<'c> {
    content: &'c Content,
    items: BTreeMap<&'c str, PageRef>,
    /// Every address of an item, in every language in which it has a page, public or not.
    addresses: BTreeMap<String, (PageRef, Language)>,
    /// Files whose names are not in the composed form, such as those from macOS, by that form
    /// (Unicode Standard Annex 15, NFC).
    decomposed_files: BTreeMap<String, &'c Arc<str>>,
}

impl<'c> Links<'c> {
    pub(crate) fn new(content: &'c Content) -> Self {
        let mut items: BTreeMap<&'c str, PageRef> = BTreeMap::new();
        let mut add = |texts: &'c Texts, item: PageRef| {
            for text in texts.all() {
                items.insert(&text.path, item);
            }
        };
        content.home.iter().for_each(|home| add(&home.texts, PageRef::Home));
        content.goals_index.iter().for_each(|goals| add(&goals.texts, PageRef::Goals));
        content
            .sections
            .iter()
            .enumerate()
            .for_each(|(place, entry)| add(&entry.texts, PageRef::Section(place)));
        content
            .categories
            .iter()
            .enumerate()
            .for_each(|(place, entry)| add(&entry.texts, PageRef::Category(place)));
        content
            .goals
            .iter()
            .enumerate()
            .for_each(|(place, entry)| add(&entry.texts, PageRef::Goal(place)));
        content
            .bulletins
            .iter()
            .enumerate()
            .for_each(|(place, entry)| add(&entry.texts, PageRef::Bulletin(place)));
        content
            .pages
            .iter()
            .enumerate()
            .for_each(|(place, entry)| add(&entry.texts, PageRef::StaticPage(place)));
        content
            .groups
            .iter()
            .enumerate()
            .for_each(|(place, (_, entry))| add(&entry.texts, PageRef::Group(place)));
        content
            .group_indexes
            .iter()
            .for_each(|(kind, entry)| add(&entry.texts, PageRef::Groups(*kind)));
        let mut addresses = BTreeMap::new();
        let lists = [PageRef::Home, PageRef::Goals];
        let groups = content.groups.iter().map(|(kind, _)| PageRef::Groups(*kind));
        let mut bulletins = content.bulletins.iter();
        let has_consultations = bulletins.any(|bulletin| bulletin.facts.consultation.is_some());
        let consultations = has_consultations.then_some(PageRef::Consultations);
        // Written pages keep their addresses: they come last.
        let all = lists.into_iter().chain(groups).chain(consultations);
        for item in all.chain(items.values().copied()) {
            for language in content.site.languages.all() {
                let address = item.address(content, language);
                addresses.insert(address.path, (item, address.language));
            }
        }
        let decomposed_files = content.files.keys().filter_map(|path| {
            let composed = composed(path);
            (composed != **path).then(|| (composed.into_owned(), path))
        });
        Self { content, items, addresses, decomposed_files: decomposed_files.collect() }
    }

    /// Where a destination in a text leads.
    ///
    /// # Errors
    /// Says why it leads nowhere.
    pub fn resolve(&self, text: &Text, destination: &str) -> Result<Target, LinkProblem> {
        if destination.trim().is_empty() {
            return Err(LinkProblem::Nothing);
        }
        if let Some(fragment) = destination.strip_prefix('#') {
            let fragment = decoded(fragment);
            check_fragment(text, &fragment)?;
            return Ok(Target::Fragment(fragment));
        }
        if let Some(name) = name_on_computer(destination) {
            return Err(LinkProblem::OwnComputer(name));
        }
        if destination.starts_with("//") {
            return Err(LinkProblem::BadScheme("//".to_owned()));
        }
        if destination.starts_with('/') {
            return self.resolve_from_root(destination);
        }
        if let Some(own) =
            destination.strip_prefix(self.content.site.base_url.trim_end_matches('/'))
            && own.starts_with('/')
        {
            return self.resolve_from_root(own);
        }
        if let Some(scheme) = scheme(destination) {
            let rest = &destination[scheme.len() + 1..];
            let is_right = match &*scheme.to_ascii_lowercase() {
                "http" | "https" => is_web_address(destination),
                "mailto" => rest
                    .split_once('@')
                    .is_some_and(|(name, host)| !name.is_empty() && host.contains('.')),
                "tel" => rest.contains(|c: char| c.is_ascii_digit()),
                _ => return Err(LinkProblem::BadScheme(scheme.to_owned())),
            };
            let meant =
                || web_address_meant(destination).filter(|_| scheme.starts_with(['h', 'H']));
            return is_right
                .then(|| Target::Outside(destination.to_owned()))
                .ok_or_else(|| LinkProblem::NoAddress(meant()));
        }
        self.resolve_relative(text, destination)
    }

    /// What a content file is a text of.
    pub(super) fn item_of(&self, file: &str) -> Option<PageRef> {
        self.items.get(file).copied()
    }

    /// Whether an item's page stands at a path, public or not.
    pub(crate) fn has_address(&self, path: &str) -> bool {
        self.addresses.contains_key(path)
    }

    fn resolve_from_root(&self, destination: &str) -> Result<Target, LinkProblem> {
        let (written, fragment) = match destination.split_once('#') {
            Some((path, fragment)) => (path, Some(decoded(fragment))),
            None => (destination, None),
        };
        let path = decoded(written.split('?').next().unwrap_or_default());
        if let Some((item, language)) = self.addresses.get(&path).copied() {
            if let (Some(fragment), Some(text)) = (&fragment, self.text_of(item, language)) {
                check_fragment(text, fragment)?;
            }
            return Ok(Target::Page { page: item, language: Some(language), fragment });
        }
        // Feeds, data and the further pages of lists are known only once they are made.
        let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
        if is_file || self.is_list(&path) || self.is_goal_list(&path) {
            return Ok(Target::Path(destination.to_owned()));
        }
        Err(LinkProblem::NoPage { meant: self.nearest_page(&path), path })
    }

    /// The page beside which a path stands that is called most nearly so; or, where nothing stands
    /// beside it, of all.
    fn nearest_page(&self, path: &str) -> Option<String> {
        let split = |path: &str| {
            let path = path.strip_suffix('/').unwrap_or(path);
            path.rsplit_once('/').map(|(folder, name)| (folder.to_owned(), name.to_owned()))
        };
        let (folder, name) = split(path)?;
        let beside: Vec<(String, &String)> = self
            .addresses
            .keys()
            .filter_map(|known| Some((split(known).filter(|(of, _)| *of == folder)?.1, known)))
            .collect();
        if beside.is_empty() {
            return crate::diagnostic::closest(path, self.addresses.keys().map(String::as_str))
                .map(ToOwned::to_owned);
        }
        let meant =
            crate::diagnostic::closest(&name, beside.iter().map(|(known, _)| known.as_str()))?;
        beside.iter().find(|(known, _)| known == meant).map(|(_, path)| (*path).clone())
    }

    /// Whether a path may be a page about many goals: the method, those of a status, those of a
    /// year.
    fn is_goal_list(&self, path: &str) -> bool {
        let languages = &self.content.site.languages;
        languages.all().any(|language| {
            let goals = PageRef::Goals.path(self.content, language);
            let rest = path.strip_prefix(&goals).unwrap_or_default();
            ["method/", "status/", "year/"].iter().any(|name| rest.starts_with(name))
        })
    }

    /// Whether a path may be a further page of a section's list: `page/2/`, or a year in which it
    /// has a bulletin.
    fn is_list(&self, path: &str) -> bool {
        let Some((section, parts)) =
            self.addresses.iter().find_map(|(address, (item, _))| match item {
                PageRef::Section(place) => {
                    path.strip_prefix(address.as_str()).map(|rest| (*place, rest))
                }
                _ => None,
            })
        else {
            return false;
        };
        let slug = &self.content.sections[section].slug;
        let has_year = |year: &str| {
            let of_section =
                self.content.bulletins.iter().filter(|bulletin| bulletin.folder == *slug);
            of_section
                .into_iter()
                .any(|bulletin| bulletin.facts.published.value.date().year().to_string() == year)
        };
        match *parts.split('/').collect::<Vec<_>>() {
            ["page", _, ""] => true,
            [year, ""] | [year, "page", _, ""] => has_year(year),
            _ => false,
        }
    }

    fn resolve_relative(&self, text: &Text, destination: &str) -> Result<Target, LinkProblem> {
        let (path, fragment) = match destination.split_once('#') {
            Some((path, fragment)) => (path, Some(decoded(fragment))),
            None => (destination, None),
        };
        let written = decoded(path);
        let folder = text.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let missing = |path: String| {
            let meant = self
                .nearest_spelling(folder, &written)
                .or_else(|| mailbox_meant(destination))
                .or_else(|| self.nearest(folder, &path))
                .or_else(|| {
                    web_address_meant(destination).filter(|_| destination.starts_with("www."))
                });
            LinkProblem::NoFile { meant, path }
        };
        let Some(path) = joined(folder, &written) else { return Err(missing(written.clone())) };
        if let Some(item) = self.items.get(path.as_str()) {
            if let Some(fragment) = &fragment {
                check_fragment(self.text_of(*item, text.language).unwrap_or(text), fragment)?;
            }
            return Ok(Target::Page { page: *item, language: None, fragment });
        }
        match self.find_file(&path) {
            Some(path) => Ok(Target::File(Arc::clone(path))),
            None => Err(missing(path)),
        }
    }

    /// The file of a path; one whose name is the same in another normal form counts as the same.
    fn find_file(&self, path: &str) -> Option<&'c Arc<str>> {
        let files = &self.content.files;
        let composed = composed(path);
        let exact = files.get_key_value(path).or_else(|| files.get_key_value(&*composed));
        exact.map(|(path, _)| path).or_else(|| self.decomposed_files.get(&*composed).copied())
    }

    /// The destination of a page or file whose path differs in upper and lower case or has `/`
    /// where `\\` is written.
    fn nearest_spelling(&self, folder: &str, written: &str) -> Option<String> {
        let path = joined(folder, &written.replace('\\', "/"))?;
        let path = composed(&path).to_lowercase();
        let pages = self.items.keys().copied();
        let mut all = pages.chain(self.content.files.keys().map(AsRef::as_ref));
        let found = all.find(|known| composed(known).to_lowercase() == path)?;
        Some(as_destination(&relative(folder, found)))
    }

    /// The words that a reader of a language finds behind a link.
    fn text_of(&self, item: PageRef, language: Language) -> Option<&'c Text> {
        let content = self.content;
        let texts = match item {
            PageRef::Home => content.home.as_ref().map(|entry| &entry.texts),
            PageRef::Goals => content.goals_index.as_ref().map(|entry| &entry.texts),
            PageRef::Section(place) => Some(&content.sections[place].texts),
            PageRef::Category(place) => Some(&content.categories[place].texts),
            PageRef::Goal(place) => Some(&content.goals[place].texts),
            PageRef::Bulletin(place) => Some(&content.bulletins[place].texts),
            PageRef::StaticPage(place) => Some(&content.pages[place].texts),
            PageRef::Consultations => None,
            PageRef::Groups(kind) => content.group_index(kind).map(|entry| &entry.texts),
            PageRef::Group(place) => Some(&content.groups[place].1.texts),
        };
        texts.map(|texts| texts.in_language(language))
    }

    /// The destination, from a folder, of the file that is called most nearly as one that does not
    /// exist.
    fn nearest(&self, folder: &str, path: &str) -> Option<String> {
        let pages = self.items.keys().copied().filter(|known| known.matches('.').count() == 1);
        let files = self.content.files.keys().map(AsRef::as_ref);
        let all: Vec<&str> = pages.chain(files).collect();
        // First a file of the same name elsewhere, then one whose name is spelt nearly so.
        let wanted = called(path);
        let meant = crate::diagnostic::closest(wanted, all.iter().map(|known| called(known)))?;
        let found = all.iter().find(|known| called(known) == meant)?;
        Some(as_destination(&relative(folder, found)))
    }
}

/// A text in Unicode's composed normal form.
fn composed(text: &str) -> Cow<'_, str> {
    ComposingNormalizerBorrowed::new_nfc().normalize(text)
}

/// The name of the file, for a path that only one computer has.
fn name_on_computer(destination: &str) -> Option<String> {
    let path = decoded(destination);
    let has_drive = path.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)
        && path.get(1..2) == Some(":")
        && matches!(path.get(2..3), Some("/" | "\\"));
    let has_scheme = path.get(..5).is_some_and(|head| head.eq_ignore_ascii_case("file:"));
    let is_own = has_drive || has_scheme || path.starts_with('\\');
    is_own.then(|| path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned())
}

/// `mailto:a@b.example` for a mailbox without its scheme.
fn mailbox_meant(destination: &str) -> Option<String> {
    let mailbox = destination.trim().replace('＠', "@");
    let (name, host) = mailbox.split_once('@')?;
    let is_mailbox = !name.is_empty()
        && host.split('.').count() > 1
        && host.split('.').all(|label| !label.is_empty())
        && !mailbox.contains(|c: char| c.is_whitespace() || "/\\:".contains(c));
    is_mailbox.then(|| format!("mailto:{mailbox}"))
}

/// What an editor calls a file: its own name, or its folder's where the name says only that it is
/// the folder's page.
fn called(path: &str) -> &str {
    let folder = path.strip_suffix("/index.md").or_else(|| path.strip_suffix("/_index.md"));
    let name = folder.unwrap_or(path).rsplit('/').next().unwrap_or_default();
    name.strip_suffix(".md").unwrap_or(name)
}

fn check_fragment(text: &Text, fragment: &str) -> Result<(), LinkProblem> {
    if text.body.has_fragment(fragment) {
        return Ok(());
    }
    let known: Vec<String> = text.body.headings.iter().map(|heading| heading.id.clone()).collect();
    let meant = crate::diagnostic::closest(fragment, known.iter().map(String::as_str))
        .map(ToOwned::to_owned);
    Err(LinkProblem::NoFragment { fragment: fragment.to_owned(), meant, known })
}

/// `mailto` of `mailto:a@b`; none for a relative path.
fn scheme(destination: &str) -> Option<&str> {
    let (scheme, _) = destination.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c));
    is_scheme.then_some(scheme)
}

fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// A relative path from a folder, inside the content folder; none when it leads out.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// A path as it is written from a folder.
fn relative(folder: &str, path: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = path.split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = "../".repeat(from.len() - shared);
    format!("{up}{}", to[shared..].join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_inside_the_folder_only() {
        assert_eq!(joined("a/b", "../c.md").as_deref(), Some("a/c.md"));
        assert_eq!(joined("a", "./c.md").as_deref(), Some("a/c.md"));
        assert_eq!(joined("a", "../../c.md"), None);
        assert_eq!(relative("bulletins", "goals/x/y.md"), "../goals/x/y.md");
        assert_eq!(relative("goals/x", "goals/x/y.md"), "y.md");
    }

    #[test]
    fn a_colon_makes_a_scheme_only_behind_letters() {
        assert_eq!(scheme("mailto:a@b"), Some("mailto"));
        assert_eq!(scheme("javascript:alert(1)"), Some("javascript"));
        assert_eq!(scheme("12:30.md"), None);
        assert_eq!(scheme("a.md"), None);
    }

    #[test]
    fn path_on_a_computer_is_recognised() {
        for (written, name) in [
            (r"C:\Users\li\map.png", Some("map.png")),
            ("C:/map.png", Some("map.png")),
            ("file:///C:/a/map.png", Some("map.png")),
            (r"\server\share\map.png", Some("map.png")),
            (r"C:%5Cmap.png", Some("map.png")),
            (r"images\map.png", None),
            ("c:map", None),
            ("é:/x", None),
        ] {
            assert_eq!(name_on_computer(written).as_deref(), name, "{written}");
        }
    }

    #[test]
    fn mailbox_without_scheme_is_recognised() {
        for (written, meant) in [
            ("office@city.example", Some("mailto:office@city.example")),
            ("office＠city.example", Some("mailto:office@city.example")),
            ("office@city", None),
            ("a/b@c.md", None),
            ("@c.md", None),
        ] {
            assert_eq!(mailbox_meant(written).as_deref(), meant, "{written}");
        }
    }
}
