//! What is wrong between files: names that nothing has, links that lead nowhere, two things at one address.
//!
//! Everything is checked, public or not, so that a scheduled bulletin cannot break the site on its day.

mod goals;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::content::freshness::HOME;
use crate::content::{Bulletin, Content, Located, Text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span, say};
use crate::record::address::{Item, canonical_alias};
use crate::record::links::{LinkProblem, Links, Target};

/// Describes everything that does not fit together.
#[must_use]
pub fn check(content: &Content) -> Diagnostics {
    let mut check = Check { content, links: Links::new(content), diagnostics: Diagnostics::default() };
    check.site();
    check.freshness();
    check.names();
    check.goals();
    for bulletin in &content.bulletins {
        check.bulletin(bulletin);
    }
    check.bodies();
    check.aliases();
    let mut diagnostics = check.diagnostics;
    diagnostics.append(goals::check(content));
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
        let slugs: Vec<&str> = self.content.bulletins.iter().map(|bulletin| bulletin.slug.as_str()).collect();
        for featured in &site.featured {
            if !slugs.contains(&featured.value.as_str()) {
                let message = format!("no bulletin is called `{}`", featured.value);
                let unknown = Diagnostic::error(Code::UnknownSlug, &site.path, featured.span.clone(), message);
                self.push(unknown.did_you_mean(&featured.value, slugs.iter().copied()));
            }
        }
        let known = navigable(self.content);
        for entry in &site.navigation {
            if !known.contains(&entry.value) {
                let message = format!("no section or page stands at `{}`", entry.value);
                let unknown = Diagnostic::error(Code::UnknownSection, &site.path, entry.span.clone(), message);
                self.push(unknown.did_you_mean(&entry.value, known.iter().map(String::as_str)));
            }
        }
    }

    /// A limit is for a section that exists.
    fn freshness(&mut self) {
        let known = || std::iter::once(HOME).chain(self.content.sections.iter().map(|section| section.slug.as_str()));
        let unknown =
            self.content.site.freshness.written.iter().filter(|(name, _)| !known().any(|slug| slug == name.value));
        let unknown: Diagnostics = unknown
            .map(|(name, _)| {
                let section = &name.value;
                let message = say!("no section is called `{section}`", "没有名为 `{section}` 的栏目");
                Diagnostic::error(Code::UnknownSection, &self.content.site.path, name.span.clone(), message)
                    .did_you_mean(&name.value, known())
            })
            .collect();
        self.diagnostics.append(unknown);
    }

    /// Bulletins are named by slug alone, and goals too, so that each name must be one thing's.
    fn names(&mut self) {
        let mut bulletins: BTreeMap<&str, &Arc<str>> = BTreeMap::new();
        for bulletin in &self.content.bulletins {
            if let Some(first) = bulletins.insert(&bulletin.slug, bulletin.path()) {
                let first = Arc::clone(first);
                self.duplicate("bulletins", &bulletin.slug, bulletin.path(), &first);
            }
        }
        let mut goals: BTreeMap<&str, &Arc<str>> = BTreeMap::new();
        for goal in &self.content.goals {
            if let Some(first) = goals.insert(&goal.slug, goal.path()) {
                let first = Arc::clone(first);
                self.duplicate("goals", &goal.slug, goal.path(), &first);
            }
        }
        let sections: Vec<&str> = self.content.sections.iter().map(|section| section.slug.as_str()).collect();
        for page in &self.content.pages {
            if let Some(section) = self.content.sections.iter().find(|section| section.slug == page.slug) {
                let first = Arc::clone(section.path());
                self.duplicate("pages", &page.slug, page.path(), &first);
            }
        }
        for bulletin in &self.content.bulletins {
            if !sections.contains(&bulletin.folder.as_str()) {
                let message = format!("the folder `{}` is not a section", bulletin.folder);
                let unknown = Diagnostic::error(Code::UnknownSection, bulletin.path(), 0..0, message);
                let mut unknown = unknown.did_you_mean(&bulletin.folder, sections.iter().copied());
                if unknown.help.is_none() {
                    unknown = unknown.help(format!("add `{}/_index.md` with the section's title", bulletin.folder));
                }
                self.push(unknown);
            }
        }
    }

    fn duplicate(&mut self, what: &str, slug: &str, path: &Arc<str>, first: &Arc<str>) {
        let message = format!("two {what} are called `{slug}`");
        self.push(
            Diagnostic::error(Code::DuplicateSlug, path, 0..0, message).help("rename one of the two files").related(
                first,
                0..0,
                "first used here",
            ),
        );
    }

    fn goals(&mut self) {
        let categories: Vec<&str> = self.content.categories.iter().map(|category| category.slug.as_str()).collect();
        for goal in &self.content.goals {
            if !categories.contains(&goal.folder.as_str()) {
                let message = format!("the folder `{}` is not a category", goal.folder);
                let unknown = Diagnostic::error(Code::UnknownCategory, goal.path(), 0..0, message);
                let mut unknown = unknown.did_you_mean(&goal.folder, categories.iter().copied());
                if unknown.help.is_none() {
                    unknown = unknown.help(format!("add `goals/{}/_index.md` with the category's title", goal.folder));
                }
                self.push(unknown);
            }
        }
    }

    fn bulletin(&mut self, bulletin: &'c Bulletin) {
        let facts = &bulletin.facts;
        let path = bulletin.path();
        let categories: Vec<&str> = self.content.categories.iter().map(|category| category.slug.as_str()).collect();
        for category in &facts.categories {
            if !categories.contains(&category.value.as_str()) {
                let message = format!("no category is called `{}`", category.value);
                let unknown = Diagnostic::error(Code::UnknownCategory, path, category.span.clone(), message);
                self.push(unknown.did_you_mean(&category.value, categories.iter().copied()));
            }
        }
        for removal in [&facts.withdrawn, &facts.gone].into_iter().flatten() {
            if let Some(other) = &removal.replaced_by {
                self.replacement(bulletin, other);
            }
        }
    }

    fn replacement(&mut self, bulletin: &Bulletin, other: &Located<String>) {
        let slugs = || self.content.bulletins.iter().map(|bulletin| bulletin.slug.as_str());
        let path = bulletin.path();
        if other.value == bulletin.slug {
            let message = "a bulletin cannot replace itself";
            self.push(Diagnostic::error(Code::UnknownSlug, path, other.span.clone(), message));
        } else if !slugs().any(|slug| slug == other.value) {
            let message = format!("no bulletin is called `{}`", other.value);
            let unknown = Diagnostic::error(Code::UnknownSlug, path, other.span.clone(), message);
            let unknown = unknown.did_you_mean(&other.value, slugs());
            self.push(unknown);
        }
    }

    fn bodies(&mut self) {
        let content = self.content;
        let texts: Vec<&Text> = content.texts().collect();
        let links = &self.links;
        let found: Vec<Vec<Diagnostic>> = texts.par_iter().map(|text| body(content, links, text)).collect();
        found.into_iter().flatten().for_each(|diagnostic| self.diagnostics.push(diagnostic));
    }

    /// Old addresses: each leads to one page, and to none where another stands.
    fn aliases(&mut self) {
        let content = self.content;
        let mut all: Vec<(&Arc<str>, &Located<String>)> = Vec::new();
        all.extend(
            content.bulletins.iter().flat_map(|entry| entry.facts.aliases.iter().map(|alias| (entry.path(), alias))),
        );
        all.extend(
            content.goals.iter().flat_map(|entry| entry.facts.aliases.iter().map(|alias| (entry.path(), alias))),
        );
        all.extend(
            content.categories.iter().flat_map(|entry| entry.facts.aliases.iter().map(|alias| (entry.path(), alias))),
        );
        let plain = content.sections.iter().chain(&content.pages).chain(&content.goals_index).chain(&content.home);
        all.extend(plain.flat_map(|entry| entry.facts.aliases.iter().map(|alias| (entry.path(), alias))));
        let mut seen: BTreeMap<String, (&Arc<str>, Span)> = BTreeMap::new();
        for (path, alias) in all {
            let Some(canonical) = canonical_alias(&alias.value) else {
                let message = format!("`{}` is not a path of this site", alias.value);
                let wrong = Diagnostic::error(Code::BadUrl, path, alias.span.clone(), message);
                self.push(wrong.help("write it from the root, such as `/old/path/`"));
                continue;
            };
            if self.links.has_address(&canonical) {
                let message = format!("a page of this site stands at `{}`", alias.value);
                let wrong = Diagnostic::error(Code::DuplicateAlias, path, alias.span.clone(), message);
                self.push(wrong.help("remove it; an alias is an address that nothing else has"));
            } else if let Some((first, span)) = seen.get(&canonical) {
                let message = format!("`{}` already leads to another page", alias.value);
                let wrong = Diagnostic::error(Code::DuplicateAlias, path, alias.span.clone(), message);
                self.push(wrong.help("remove it from one of the two").related(first, span.clone(), "first used here"));
            } else {
                seen.insert(canonical, (path, alias.span.clone()));
            }
        }
    }
}

/// The links and images of one body that lead nowhere.
fn body(content: &Content, links: &Links<'_>, text: &Text) -> Vec<Diagnostic> {
    let broken = |link: &Located<String>| {
        let problem = links.resolve(text, &link.value).err()?;
        Some(broken_link(text, link, &problem))
    };
    let images = text.body.images.iter().filter_map(|written| image(content, links, text, written));
    text.body.links.iter().filter_map(broken).chain(images).collect()
}

fn image(content: &Content, links: &Links<'_>, text: &Text, image: &Located<String>) -> Option<Diagnostic> {
    let error = |code, message: String| Diagnostic::error(code, &text.path, image.span.clone(), message);
    match links.resolve(text, &image.value) {
        Ok(Target::File(file)) => {
            let bytes = content.files.get(&file).map(AsRef::as_ref).unwrap_or_default();
            let is_shown = is_svg(&file) || imagesize::blob_size(bytes).is_ok();
            let message = format!("`{file}` is not an image that browsers show");
            let wrong = error(Code::BadImage, message).help("use PNG, JPEG, WebP, AVIF, GIF or SVG");
            (!is_shown).then_some(wrong)
        }
        Ok(_) => {
            let message =
                format!("`{}` is not a file of this site; a page asks no other host for anything", image.value);
            Some(error(Code::BadImage, message).help("put the image beside this file, and name it here"))
        }
        Err(LinkProblem::NoFile { path, meant }) => {
            let missing = error(Code::MissingImage, format!("there is no image `{path}`"));
            Some(match meant {
                Some(meant) => missing.help(format!("did you mean `{meant}`?")),
                None => missing,
            })
        }
        Err(problem) => Some(broken_link(text, image, &problem)),
    }
}

/// The paths that the navigation can name.
fn navigable(content: &Content) -> Vec<String> {
    let mut known = vec!["/".to_owned(), "/goals/".to_owned()];
    let default = crate::language::Language::DEFAULT;
    known.extend((0..content.sections.len()).map(|place| Item::Section(place).path(content, default)));
    known.extend((0..content.pages.len()).map(|place| Item::Page(place).path(content, default)));
    known
}

fn is_svg(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("svg"))
}

fn broken_link(text: &Text, link: &Located<String>, problem: &LinkProblem) -> Diagnostic {
    let error = |code, message: String| Diagnostic::error(code, &text.path, link.span.clone(), message);
    let meant = |diagnostic: Diagnostic, meant: &Option<String>, mark: &str| match meant {
        Some(meant) => diagnostic.help(format!("did you mean `{mark}{meant}`?")),
        None => diagnostic,
    };
    match problem {
        LinkProblem::NoFile { path, meant: near } => {
            meant(error(Code::BrokenLink, format!("this link leads to `{path}`, which does not exist")), near, "")
        }
        LinkProblem::NoPage { path, meant: near } => {
            meant(error(Code::BrokenLink, format!("nothing stands at `{path}` on this site")), near, "")
        }
        LinkProblem::NoFragment { fragment, meant: near } => {
            meant(error(Code::BrokenFragment, format!("no heading there has the id `{fragment}`")), near, "#")
        }
        LinkProblem::BadScheme(scheme) => {
            error(Code::BadScheme, format!("`{scheme}` is not a kind of address that a public page links to"))
                .help("use `https://`, `http://`, `mailto:` or `tel:`")
        }
    }
}
