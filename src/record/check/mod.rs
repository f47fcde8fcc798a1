//! Checks across files: references to names that do not exist, broken links, two pages at one
//! address.
//!
//! Everything is checked, public or not, so that a scheduled bulletin cannot break the site on its
//! day.

mod aliases;
mod circles;
mod consultations;
mod documents;
mod files;
mod goals;
mod links;
mod look;
mod numbers;
mod translations;
mod versions;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::content::site::HOME;
use crate::content::{Bulletin, Content, Located, Text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Phrase, message};
use crate::language::Language;
use crate::record::address::PageRef;
use crate::record::links::{Links, Target};

/// Reports every reference and address that does not fit.
#[must_use]
pub fn check(content: &Content) -> Diagnostics {
    let mut check =
        Check { content, links: Links::new(content), diagnostics: Diagnostics::default() };
    check.site();
    for diagnostic in look::check(content) {
        check.push(diagnostic);
    }
    check.freshness();
    check.names();
    check.goals();
    for bulletin in &content.bulletins {
        check.bulletin(bulletin);
    }
    check.bodies();
    check.files();
    let mut diagnostics = check.diagnostics;
    diagnostics.append(files::find_case_twins(content));
    diagnostics.append(aliases::check(content, &check.links));
    diagnostics.append(numbers::check(content, &check.links));
    diagnostics.append(goals::check(content));
    diagnostics.append(documents::check(content));
    diagnostics.append(consultations::check(content));
    diagnostics.append(versions::check(content));
    diagnostics.append(translations::check(content));
    // A broken link to a file explains why the file is not used.
    if !diagnostics.has_errors() && content.site.is_read {
        let unused = files::find_unused(content, &check.links);
        for diagnostic in unused {
            diagnostics.push(diagnostic);
        }
    }
    diagnostics
}

struct Check<'c> {
    content: &'c Content,
    links: Links<'c>,
    diagnostics: Diagnostics,
}

impl<'c> Check<'c> {
    fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn site(&mut self) {
        let site = &self.content.site;
        let slugs: Vec<&str> =
            self.content.bulletins.iter().map(|bulletin| bulletin.slug.as_str()).collect();
        for featured in &site.featured {
            if !slugs.contains(&featured.value.as_str()) {
                let name = &featured.value;
                let message =
                    message!("no bulletin is called `{name}`", "没有名为 `{name}` 的公报");
                let unknown = Diagnostic::error(
                    Code::UnknownSlug,
                    &site.path,
                    featured.span.clone(),
                    message,
                );
                let unknown = unknown.help(name_of_a_bulletin());
                self.push(unknown.did_you_mean(&featured.value, slugs.iter().copied()));
            }
        }
        let known = navigable(self.content, &self.links);
        for entry in &site.navigation {
            if !known.contains(&entry.value) {
                let path = &entry.value;
                let message = message!(
                    "there is no section or page at `{path}`",
                    "`{path}` 处没有栏目或页面"
                );
                let unknown = Diagnostic::error(
                    Code::UnknownSection,
                    &site.path,
                    entry.span.clone(),
                    message,
                );
                self.push(unknown.did_you_mean(&entry.value, known.iter().map(String::as_str)));
            }
        }
    }

    /// Checks that every limit of `[freshness]` names a section.
    fn freshness(&mut self) {
        let sections = self.content.sections.iter().map(|section| section.slug.as_str());
        let known: Vec<&str> = std::iter::once(HOME).chain(sections).collect();
        let limits = self.content.site.freshness.written.iter();
        let unknown = limits.filter(|(name, _)| !known.contains(&name.value.as_str()));
        let unknown: Diagnostics = unknown
            .map(|(name, _)| {
                let section = &name.value;
                let message =
                    message!("no section is called `{section}`", "没有名为 `{section}` 的栏目");
                let names = Message::names(&known);
                Diagnostic::error(
                    Code::UnknownSection,
                    &self.content.site.path,
                    name.span.clone(),
                    message,
                )
                .help(message!("the names are {names}", "可用的名称有{names}"; names))
                .did_you_mean(&name.value, known.iter().copied())
            })
            .collect();
        self.diagnostics.append(unknown);
    }

    /// Checks that names are unique: links name bulletins and goals by slug alone.
    fn names(&mut self) {
        let mut bulletins: BTreeMap<&str, &Arc<str>> = BTreeMap::new();
        for bulletin in &self.content.bulletins {
            if let Some(first) = bulletins.insert(&bulletin.slug, bulletin.path()) {
                let first = Arc::clone(first);
                self.duplicate(
                    Phrase::new("bulletins", "份公报"),
                    &bulletin.slug,
                    bulletin.path(),
                    &first,
                );
            }
        }
        let mut goals: BTreeMap<&str, &Arc<str>> = BTreeMap::new();
        for goal in &self.content.goals {
            if let Some(first) = goals.insert(&goal.slug, goal.path()) {
                let first = Arc::clone(first);
                self.duplicate(Phrase::new("goals", "项目标"), &goal.slug, goal.path(), &first);
            }
        }
        let sections: Vec<&str> =
            self.content.sections.iter().map(|section| section.slug.as_str()).collect();
        for page in &self.content.pages {
            if let Some(section) =
                self.content.sections.iter().find(|section| section.slug == page.slug)
                && page.folder.is_empty()
            {
                let first = Arc::clone(section.path());
                self.duplicate(Phrase::new("pages", "个页面"), &page.slug, page.path(), &first);
            }
        }
        let bulletins = self.content.bulletins.iter();
        let bulletins = bulletins.map(|bulletin| (bulletin.path(), bulletin.folder.as_str()));
        let pages = self.content.pages.iter().filter(|page| !page.folder.is_empty());
        let pages = pages.map(|page| (page.path(), page.folder.split('/').next().unwrap_or("")));
        for (path, folder) in bulletins.chain(pages) {
            if !sections.contains(&folder) {
                let message = message!(
                    "the folder `{folder}` is not a section",
                    "文件夹 `{folder}` 不是栏目"
                );
                let unknown = Diagnostic::error(Code::UnknownSection, path, 0..0, message);
                let mut unknown = unknown.did_you_mean(folder, sections.iter().copied());
                if unknown.help.is_none() {
                    unknown = unknown.help(message!(
                        "add `{folder}/_index.md` with the section's title",
                        "请添加 `{folder}/_index.md`，写明栏目的标题"
                    ));
                }
                self.push(unknown);
            }
        }
    }

    fn duplicate(&mut self, what: Phrase, slug: &str, path: &Arc<str>, first: &Arc<str>) {
        let message = message!("two {what} are called `{slug}`", "有两{what}都叫 `{slug}`"; what);
        self.push(
            Diagnostic::error(Code::DuplicateSlug, path, 0..0, message)
                .help(message!("rename one of the two files", "请为其中一个文件改名"))
                .related(first, 0..0, message!("first used here", "第一次出现在这里")),
        );
    }

    fn goals(&mut self) {
        let categories: Vec<&str> =
            self.content.categories.iter().map(|category| category.slug.as_str()).collect();
        for goal in &self.content.goals {
            if !categories.contains(&goal.folder.as_str()) {
                let folder = &goal.folder;
                let message = message!(
                    "the folder `{folder}` is not a category",
                    "文件夹 `{folder}` 不是类别"
                );
                let unknown = Diagnostic::error(Code::UnknownCategory, goal.path(), 0..0, message);
                let mut unknown = unknown.did_you_mean(&goal.folder, categories.iter().copied());
                if unknown.help.is_none() {
                    unknown = unknown.help(message!(
                        "add `goals/{folder}/_index.md` with the category's title",
                        "请添加 `goals/{folder}/_index.md`，写明类别的标题"
                    ));
                }
                self.push(unknown);
            }
        }
    }

    fn bulletin(&mut self, bulletin: &'c Bulletin) {
        let facts = &bulletin.facts;
        let path = bulletin.path();
        let categories: Vec<&str> =
            self.content.categories.iter().map(|category| category.slug.as_str()).collect();
        for category in &facts.categories {
            if !categories.contains(&category.value.as_str()) {
                let name = &category.value;
                let message =
                    message!("no category is called `{name}`", "没有名为 `{name}` 的类别");
                let unknown =
                    Diagnostic::error(Code::UnknownCategory, path, category.span.clone(), message);
                let known = Message::names(&categories);
                let unknown = match categories.as_slice() {
                    [] => unknown,
                    _ => unknown
                        .help(message!("the categories are {known}", "现有的类别有{known}"; known)),
                };
                self.push(unknown.did_you_mean(&category.value, categories.iter().copied()));
            }
        }
        let outcome = facts.consultation.as_ref().and_then(|it| it.outcome.as_ref());
        if let Some(outcome) = outcome {
            self.outcome(bulletin, outcome);
        }
        for removal in [&facts.withdrawn, &facts.gone].into_iter().flatten() {
            if let Some(other) = &removal.replaced_by {
                self.replacement(bulletin, other);
            }
        }
    }

    fn outcome(&mut self, bulletin: &Bulletin, other: &Located<String>) {
        if other.value != bulletin.slug {
            return self.other_bulletin(bulletin, other);
        }
        let (path, span) = (bulletin.path(), other.span.clone());
        let message =
            message!("the bulletin names itself in `outcome`", "公报在 `outcome` 中写了它自己");
        let help = message!(
            "name the bulletin with the outcome, or leave the key out until there is one",
            "请写公布结果的公报的名称；结果尚未公布时请不要写这个键"
        );
        self.push(Diagnostic::error(Code::DocumentCircle, path, span, message).help(help));
    }

    fn replacement(&mut self, bulletin: &Bulletin, other: &Located<String>) {
        if other.value == bulletin.slug {
            let path = bulletin.path();
            let message = message!("a bulletin cannot replace itself", "公报不能由它自己取代");
            let wrong = Diagnostic::error(Code::UnknownSlug, path, other.span.clone(), message);
            let help = message!(
                "name the bulletin that takes its place, or remove `replaced_by`",
                "请写取代它的公报，或删去 `replaced_by`"
            );
            self.push(wrong.help(help));
        } else {
            self.other_bulletin(bulletin, other);
        }
    }

    /// Reports the name of a bulletin that does not exist.
    fn other_bulletin(&mut self, bulletin: &Bulletin, other: &Located<String>) {
        let slugs: Vec<&str> =
            self.content.bulletins.iter().map(|bulletin| bulletin.slug.as_str()).collect();
        if !slugs.contains(&other.value.as_str()) {
            let (path, name) = (bulletin.path(), &other.value);
            let message = message!("no bulletin is called `{name}`", "没有名为 `{name}` 的公报");
            let unknown = Diagnostic::error(Code::UnknownSlug, path, other.span.clone(), message);
            self.push(unknown.help(name_of_a_bulletin()).did_you_mean(&other.value, slugs));
        }
    }

    fn files(&mut self) {
        let found = files::check_published(self.content, &self.links);
        for diagnostic in found {
            self.diagnostics.push(diagnostic);
        }
    }

    fn bodies(&mut self) {
        let content = self.content;
        let texts: Vec<&Text> = content.texts().collect();
        let links = &self.links;
        let mut found: Vec<Vec<Diagnostic>> =
            texts.par_iter().map(|text| check_text(content, links, text)).collect();
        // The target of a link in an earlier version may have been removed since: the words stay.
        found.extend(content.version_texts().map(|text| {
            let mut found = check_text(content, links, text);
            found.retain(|one| !matches!(one.code, Code::BrokenLink | Code::BrokenFragment));
            found
        }));
        found.into_iter().flatten().for_each(|diagnostic| self.diagnostics.push(diagnostic));
    }
}

fn name_of_a_bulletin() -> Message {
    message!("write the name of the bulletin's file, without `.md`", "请写公报的文件名，不含 `.md`")
}

/// Reports links and images of a text that are broken, or lead to files that cannot be published.
fn check_text(content: &Content, links: &Links<'_>, text: &Text) -> Vec<Diagnostic> {
    let broken = text.body.links.iter().filter_map(|link| match links.resolve(text, &link.value) {
        Ok(Target::File(file)) => files::check_linked(content, text, link, &file),
        Ok(Target::Page { page, .. }) => links::wrong_title(links, text, link, page),
        Ok(_) => None,
        Err(problem) => Some(links::broken_link(text, link, &problem)),
    });
    let images = text.body.images.iter();
    broken
        .chain(images.filter_map(|image| files::check_image(content, links, text, image)))
        .collect()
}

/// Returns the paths that the navigation can name.
fn navigable(content: &Content, links: &Links<'_>) -> Vec<String> {
    let sections = (0..content.sections.len()).map(PageRef::Section);
    let groups = content.groups.iter().map(|(kind, _)| PageRef::Groups(*kind));
    let pages = (0..content.pages.len()).map(PageRef::StaticPage);
    let lists = [PageRef::Home, PageRef::Goals, PageRef::Consultations, PageRef::DocumentKinds];
    let lists = lists
        .into_iter()
        .filter(|list| links.page_at(&list.path(content, Language::DEFAULT)) == Some(*list));
    let all = lists.chain(sections).chain(groups).chain(pages);
    all.map(|page| page.path(content, Language::DEFAULT)).collect()
}
