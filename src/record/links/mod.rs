//! Resolves the links of texts to pages and files.

mod destination;
mod fragment;
mod problem;

use std::collections::BTreeMap;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt as _};

use crate::content::front_matter::web::{is_web_address, web_address_meant};
use crate::content::markdown::as_destination;
use crate::content::{Content, Text};
use crate::diagnostic::closest;
use crate::language::Language;

use super::address::{PageRef, canonical_alias};
use super::documents::group::document_kinds;
pub(super) use destination::is_same_composed;
use destination::{
    address_meant, compose, decode, join_path, mailbox_meant, name_on_computer, page_name,
    relative_path, scheme, split_path, telephone_meant,
};
use fragment::{VersionPage, check_fragment};
pub use problem::LinkProblem;

/// The target of a link or image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A heading of the same page.
    Fragment(String),
    /// Another page of the site.
    Page {
        page: PageRef,
        /// The language that the address names. A link to a file has none: it leads to the reader's
        /// language.
        language: Option<Language>,
        /// The id of a heading on the page.
        fragment: Option<String>,
    },
    /// A file of the content folder.
    File(Arc<str>),
    /// A path from the site's root that is no page of [`PageRef`]: a feed, data, a further page of
    /// a list.
    Path(String),
    /// Another site, a mailbox or a telephone number.
    Outside(String),
}

/// The pages and files that relative links can lead to.
#[derive(Debug)]
pub struct Links<'c> {
    content: &'c Content,
    pages_by_file: HashMap<&'c str, PageRef>,
    /// The pages' addresses in every language, public or not.
    pages_by_path: HashMap<String, (PageRef, Language)>,
    /// The earlier paths of bulletins, with the bulletins' indices in the content.
    bulletin_aliases: BTreeMap<String, usize>,
    /// Files whose names are not in Unicode's composed form (Unicode Standard Annex 15, NFC), as on
    /// macOS, by that form.
    decomposed_files: BTreeMap<String, &'c Arc<str>>,
}

/// The page of every file.
fn index_by_file(content: &Content, count: usize) -> HashMap<&str, PageRef> {
    let mut pages = HashMap::with_capacity(count);
    for (page, texts, _) in PageRef::all(content) {
        pages.extend(texts.all().map(|text| (&*text.path, page)));
    }
    pages
}

/// The page at every path, with the language of its text there.
fn index_by_path(content: &Content, count: usize) -> HashMap<String, (PageRef, Language)> {
    let lists = [PageRef::Home, PageRef::Goals];
    let groups = content.groups.iter().map(|(kind, _)| PageRef::Groups(*kind));
    let mut bulletins = content.bulletins.iter();
    let has_consultations = bulletins.any(|bulletin| bulletin.facts.consultation.is_some());
    let consultations = has_consultations.then_some(PageRef::Consultations);
    let kinds = document_kinds(content, content.bulletins.iter().map(|bulletin| &**bulletin));
    let kinds =
        (0..kinds.len()).flat_map(|index| [PageRef::DocumentKinds, PageRef::DocumentKind(index)]);
    // Pages with a file keep their addresses: they come last.
    let all = lists.into_iter().chain(groups).chain(consultations).chain(kinds);
    let mut pages = HashMap::with_capacity(count);
    for page in all.chain(PageRef::all(content).map(|(page, ..)| page)) {
        for language in content.site.languages.all() {
            let address = page.address(content, language);
            pages.insert(address.path, (page, address.language));
        }
    }
    pages
}

impl<'c> Links<'c> {
    pub(crate) fn new(content: &'c Content) -> Self {
        let count = content.bulletins.len() * content.site.languages.all().count();
        let (pages_by_file, pages_by_path) =
            rayon::join(|| index_by_file(content, count), || index_by_path(content, count));
        let mut bulletin_aliases = BTreeMap::new();
        for (index, bulletin) in content.bulletins.iter().enumerate() {
            let paths = bulletin.facts.aliases.iter().filter_map(|it| canonical_alias(&it.value));
            paths.for_each(|path| _ = bulletin_aliases.entry(path).or_insert(index));
        }
        let decomposed_files = content.files.keys().filter_map(|path| {
            let composed = compose(path);
            (composed != **path).then(|| (composed.into_owned(), path))
        });
        let decomposed_files = decomposed_files.collect();
        Self { content, pages_by_file, pages_by_path, bulletin_aliases, decomposed_files }
    }

    /// Resolves a destination in a text.
    ///
    /// # Errors
    /// Returns the reason why it cannot be resolved.
    pub fn resolve(&self, text: &Text, destination: &str) -> Result<Target, LinkProblem> {
        if destination.trim().is_empty() {
            return Err(LinkProblem::Nothing);
        }
        if let Some(fragment) = destination.strip_prefix('#') {
            let fragment = decode(fragment);
            // A text that is no page of its own is an earlier one of a bulletin.
            let page = self.pages_by_file.get(&*text.path);
            check_fragment(text, &fragment, matches!(page, None | Some(PageRef::Bulletin(_))))?;
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
            if is_right {
                return Ok(Target::Outside(destination.to_owned()));
            }
            let is_web = scheme.starts_with(['h', 'H']);
            let meant = if is_web { web_address_meant(destination) } else { None };
            return Err(LinkProblem::NoAddress(meant));
        }
        self.resolve_relative(text, destination)
    }

    /// Returns the page of a content file.
    pub(super) fn item_of(&self, file: &str) -> Option<PageRef> {
        self.pages_by_file.get(file).copied()
    }

    /// Returns the page at a path, public or not.
    pub(crate) fn page_at(&self, path: &str) -> Option<PageRef> {
        self.pages_by_path.get(path).map(|(page, _)| *page)
    }

    /// Returns the index in the content of the bulletin at a path, or with that path among its
    /// aliases.
    pub(super) fn bulletin_at(&self, path: &str) -> Option<usize> {
        match self.page_at(path) {
            Some(PageRef::Bulletin(index)) => Some(index),
            Some(_) => None,
            None => self.bulletin_aliases.get(path).copied(),
        }
    }

    /// Returns the id of a page with a file: the file's name without `.md`, or that of its folder.
    pub(crate) fn id_of(&self, page: PageRef) -> Option<&'c str> {
        page.texts(self.content).map(|texts| page_name(&texts.original().path))
    }

    /// Whether a page has this path, public or not.
    pub(crate) fn has_address(&self, path: &str) -> bool {
        self.pages_by_path.contains_key(path)
    }

    fn resolve_from_root(&self, destination: &str) -> Result<Target, LinkProblem> {
        let (written, fragment) = match destination.split_once('#') {
            Some((path, fragment)) => (path, Some(decode(fragment))),
            None => (destination, None),
        };
        let path = decode(written.split('?').next().unwrap_or_default());
        if let Some((item, language)) = self.pages_by_path.get(&path).copied() {
            if let Some(fragment) = &fragment {
                self.check_fragment_of(item, language, fragment)?;
            }
            return Ok(Target::Page { page: item, language: Some(language), fragment });
        }
        // Feeds, data and the further pages of lists are not known at this stage.
        let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
        let version = self.version_at(&path);
        if let (Some(VersionPage::Text(text)), Some(fragment)) = (&version, &fragment) {
            check_fragment(text, fragment, true)?;
        }
        if is_file || version.is_some() || self.is_list(&path) || self.is_goal_list(&path) {
            return Ok(Target::Path(destination.to_owned()));
        }
        Err(LinkProblem::NoPage { meant: self.nearest_page(&path), path })
    }

    /// Returns the path that is spelt most nearly like `path`: in the same folder if that has
    /// pages, else anywhere.
    fn nearest_page(&self, path: &str) -> Option<String> {
        let (folder, name) = split_path(path)?;
        let siblings: BTreeMap<&str, &String> = self
            .pages_by_path
            .keys()
            .filter_map(|known| {
                let (parent, name) = split_path(known)?;
                (parent == folder).then_some((name, known))
            })
            .collect();
        if siblings.is_empty() {
            let mut known: Vec<&str> = self.pages_by_path.keys().map(String::as_str).collect();
            known.sort_unstable();
            return closest(path, known).map(ToOwned::to_owned);
        }
        let meant = closest(name, siblings.keys().copied())?;
        siblings.get(meant).map(|path| (*path).clone())
    }

    /// Whether a path may be a page about several goals: the method, a status, a year.
    fn is_goal_list(&self, path: &str) -> bool {
        let languages = &self.content.site.languages;
        languages.all().any(|language| {
            let goals = PageRef::Goals.path(self.content, language);
            let rest = path.strip_prefix(&goals).unwrap_or_default();
            ["method/", "status/", "year/"].iter().any(|name| rest.starts_with(name))
        })
    }

    /// Returns the page of a bulletin's earlier texts that a path may be.
    fn version_at(&self, path: &str) -> Option<VersionPage<'c>> {
        let (bulletin, below) = path.rsplit_once("/versions/")?;
        let (page, language) = self.pages_by_path.get(&path[..=bulletin.len()])?;
        let PageRef::Bulletin(index) = *page else { return None };
        let versions = &self.content.bulletins[index].texts.versions;
        let Some((day, below)) = below.split_once('/') else {
            return (!versions.is_empty()).then_some(VersionPage::Other);
        };
        if (day, below) == ("compare", "") && !versions.is_empty() {
            return Some(VersionPage::Other);
        }
        let version = versions.iter().find(|version| version.day.to_string() == day)?;
        let text = version.texts.in_language(*language);
        Some(if below.is_empty() { VersionPage::Text(text) } else { VersionPage::Other })
    }

    /// Checks that a page has a heading, or if it is a bulletin, a paragraph, for a fragment.
    fn check_fragment_of(
        &self,
        page: PageRef,
        language: Language,
        fragment: &str,
    ) -> Result<(), LinkProblem> {
        let Some(text) = self.text_of(page, language) else { return Ok(()) };
        check_fragment(text, fragment, matches!(page, PageRef::Bulletin(_)))
    }

    /// Whether a path may be a further page of a section's list: `page/2/`, or a year in which the
    /// section has a bulletin.
    fn is_list(&self, path: &str) -> bool {
        let sections = 0..self.content.sections.len();
        let languages = &self.content.site.languages;
        let found =
            sections.flat_map(|index| languages.all().map(move |language| (index, language)));
        let mut found = found.filter_map(|(index, language)| {
            let address = PageRef::Section(index).path(self.content, language);
            Some((index, path.strip_prefix(&address)?))
        });
        let Some((section, parts)) = found.next() else { return false };
        match *parts.split('/').collect::<Vec<_>>() {
            ["page", _, ""] => true,
            [year, ""] | [year, "page", _, ""] => {
                let slug = &self.content.sections[section].slug;
                self.content.bulletins.iter().any(|bulletin| {
                    bulletin.folder == *slug
                        && bulletin.facts.published.value.date().year().to_string() == year
                })
            }
            _ => false,
        }
    }

    fn resolve_relative(&self, text: &Text, destination: &str) -> Result<Target, LinkProblem> {
        let (path, fragment) = match destination.split_once('#') {
            Some((path, fragment)) => (path, Some(decode(fragment))),
            None => (destination, None),
        };
        let written = decode(path);
        let folder = text.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let Some(path) = join_path(folder, &written) else {
            return Err(self.missing_file(folder, destination, written));
        };
        if let Some(item) = self.pages_by_file.get(path.as_str()) {
            if let Some(fragment) = &fragment {
                self.check_fragment_of(*item, text.language, fragment)?;
            }
            return Ok(Target::Page { page: *item, language: None, fragment });
        }
        match self.find_file(&path) {
            Some(path) => Ok(Target::File(Arc::clone(path))),
            None => Err(self.missing_file(folder, destination, path)),
        }
    }

    /// Describes a file that does not exist, with the destination that was probably meant.
    fn missing_file(&self, folder: &str, destination: &str, path: String) -> LinkProblem {
        let written = decode(destination.split('#').next().unwrap_or_default());
        let meant = self
            .file_with_sign(folder, destination)
            .or_else(|| self.nearest_spelling(folder, &written))
            .or_else(|| mailbox_meant(destination).or_else(|| address_meant(destination)))
            .or_else(|| telephone_meant(destination))
            .or_else(|| self.nearest(folder, &path))
            .or_else(|| {
                let is_web = destination.starts_with("www.");
                if is_web { web_address_meant(destination) } else { None }
            });
        LinkProblem::NoFile { meant, path }
    }

    /// Returns the destination of a file with `#` in its name, which ends a path in an address.
    fn file_with_sign(&self, folder: &str, destination: &str) -> Option<String> {
        if !destination.contains('#') {
            return None;
        }
        self.find_file(&join_path(folder, &decode(destination))?)?;
        Some(as_destination(&decode(destination)).replace('#', "%23"))
    }

    /// Returns the file with a path, also when their Unicode normal forms differ.
    fn find_file(&self, path: &str) -> Option<&'c Arc<str>> {
        let files = &self.content.files;
        let composed = compose(path);
        let exact = files.get_key_value(path).or_else(|| files.get_key_value(&*composed));
        exact.map(|(path, _)| path).or_else(|| self.decomposed_files.get(&*composed).copied())
    }

    /// Returns the destination of a page or file whose path differs in upper and lower case only,
    /// or has `/` where `\\` is written.
    fn nearest_spelling(&self, folder: &str, written: &str) -> Option<String> {
        let path = join_path(folder, &written.replace('\\', "/"))?;
        let path = compose(&path).to_lowercase();
        let mut all =
            self.files_of_pages().into_iter().chain(self.content.files.keys().map(AsRef::as_ref));
        let found = all.find(|known| compose(known).to_lowercase() == path)?;
        Some(as_destination(&relative_path(folder, found)))
    }

    /// The paths of the pages' files, in order.
    fn files_of_pages(&self) -> Vec<&'c str> {
        let mut paths: Vec<&str> = self.pages_by_file.keys().copied().collect();
        paths.sort_unstable();
        paths
    }

    /// Returns the text of a page that readers of a language see.
    fn text_of(&self, item: PageRef, language: Language) -> Option<&'c Text> {
        item.texts(self.content).map(|texts| texts.in_language(language))
    }

    /// Returns the destination, relative to a folder, of the file whose name is most like that of a
    /// missing one.
    fn nearest(&self, folder: &str, path: &str) -> Option<String> {
        let pages = self.files_of_pages().into_iter();
        let pages = pages.filter(|known| known.matches('.').count() == 1);
        let files = self.content.files.keys().map(AsRef::as_ref);
        let all: Vec<&str> = pages.chain(files).collect();
        // A file of the same name elsewhere is preferred to one with a similar name.
        let wanted = page_name(path);
        let meant = closest(wanted, all.iter().map(|known| page_name(known)))?;
        let found = all.iter().find(|known| page_name(known) == meant)?;
        Some(as_destination(&relative_path(folder, found)))
    }
}
