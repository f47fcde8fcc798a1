//! What is wrong between files: names that nothing has, links that lead nowhere, two things at one
//! address.
//!
//! Everything is checked, public or not, so that a scheduled bulletin cannot break the site on its
//! day.

mod documents;
mod files;
mod goals;
mod look;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::content::markdown::as_destination;
use crate::content::site::HOME;
use crate::content::{Bulletin, Content, Located, Text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Phrase, Span, message};
use crate::record::address::{PageRef, canonical_alias};
use crate::record::links::{LinkProblem, Links, Target};

/// Describes everything that does not fit together.
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
    check.aliases();
    let mut diagnostics = check.diagnostics;
    diagnostics.append(goals::check(content));
    diagnostics.append(documents::check(content));
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
        let known = navigable(self.content);
        for entry in &site.navigation {
            if !known.contains(&entry.value) {
                let path = &entry.value;
                let message =
                    message!("no section or page stands at `{path}`", "`{path}` 处没有栏目或页面");
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

    /// A limit is for a section that exists.
    fn freshness(&mut self) {
        let known = || {
            std::iter::once(HOME)
                .chain(self.content.sections.iter().map(|section| section.slug.as_str()))
        };
        let unknown = self
            .content
            .site
            .freshness
            .written
            .iter()
            .filter(|(name, _)| !known().any(|slug| slug == name.value));
        let unknown: Diagnostics = unknown
            .map(|(name, _)| {
                let section = &name.value;
                let message =
                    message!("no section is called `{section}`", "没有名为 `{section}` 的栏目");
                let names = Message::names(known());
                Diagnostic::error(
                    Code::UnknownSection,
                    &self.content.site.path,
                    name.span.clone(),
                    message,
                )
                .help(message!("the names are {names}", "可用的名称有{names}"; names))
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
            {
                let first = Arc::clone(section.path());
                self.duplicate(Phrase::new("pages", "个页面"), &page.slug, page.path(), &first);
            }
        }
        for bulletin in &self.content.bulletins {
            if !sections.contains(&bulletin.folder.as_str()) {
                let folder = &bulletin.folder;
                let message = message!(
                    "the folder `{folder}` is not a section",
                    "文件夹 `{folder}` 不是栏目"
                );
                let unknown =
                    Diagnostic::error(Code::UnknownSection, bulletin.path(), 0..0, message);
                let mut unknown = unknown.did_you_mean(&bulletin.folder, sections.iter().copied());
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
            self.other_bulletin(bulletin, outcome);
        }
        for removal in [&facts.withdrawn, &facts.gone].into_iter().flatten() {
            if let Some(other) = &removal.replaced_by {
                self.replacement(bulletin, other);
            }
        }
    }

    fn replacement(&mut self, bulletin: &Bulletin, other: &Located<String>) {
        let path = bulletin.path();
        if other.value == bulletin.slug {
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
        let slugs = || self.content.bulletins.iter().map(|bulletin| bulletin.slug.as_str());
        if !slugs().any(|slug| slug == other.value) {
            let (path, name) = (bulletin.path(), &other.value);
            let message = message!("no bulletin is called `{name}`", "没有名为 `{name}` 的公报");
            let unknown = Diagnostic::error(Code::UnknownSlug, path, other.span.clone(), message);
            self.push(unknown.help(name_of_a_bulletin()).did_you_mean(&other.value, slugs()));
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
        let found: Vec<Vec<Diagnostic>> =
            texts.par_iter().map(|text| body(content, links, text)).collect();
        found.into_iter().flatten().for_each(|diagnostic| self.diagnostics.push(diagnostic));
    }

    /// Old addresses: each leads to one page, and to none where another stands.
    fn aliases(&mut self) {
        let content = self.content;
        let mut all: Vec<(&Arc<str>, &Located<String>)> = Vec::new();
        all.extend(
            content
                .bulletins
                .iter()
                .flat_map(|entry| entry.facts.aliases.iter().map(|alias| (entry.path(), alias))),
        );
        all.extend(
            content
                .goals
                .iter()
                .flat_map(|entry| entry.facts.aliases.iter().map(|alias| (entry.path(), alias))),
        );
        all.extend(
            content
                .categories
                .iter()
                .flat_map(|entry| entry.facts.aliases.iter().map(|alias| (entry.path(), alias))),
        );
        let plain = content
            .sections
            .iter()
            .chain(&content.pages)
            .chain(&content.goals_index)
            .chain(&content.home);
        all.extend(
            plain.flat_map(|entry| entry.facts.aliases.iter().map(|alias| (entry.path(), alias))),
        );
        all.extend(
            content.groups.iter().flat_map(|(_, entry)| {
                entry.facts.aliases.iter().map(|alias| (entry.path(), alias))
            }),
        );
        let mut seen: BTreeMap<String, (&Arc<str>, Span)> = BTreeMap::new();
        for (path, alias) in all {
            let written = &alias.value;
            let Some(canonical) = canonical_alias(written) else {
                let message = message!(
                    "`{written}` is not a path of this site",
                    "`{written}` 不是本站的路径"
                );
                let wrong = Diagnostic::error(Code::BadUrl, path, alias.span.clone(), message);
                let help = message!(
                    "write it from the root, such as `/old/path/`",
                    "请从根目录写起，例如 `/old/path/`"
                );
                self.push(wrong.help(help));
                continue;
            };
            if self.links.has_address(&canonical) {
                let message = message!(
                    "a page of this site stands at `{written}`",
                    "本站已有一个页面位于 `{written}`"
                );
                let wrong =
                    Diagnostic::error(Code::DuplicateAlias, path, alias.span.clone(), message);
                self.push(wrong.help(message!(
                    "remove it; an alias is an address that nothing else has",
                    "请删去它；旧地址不能与其他页面的网址相同"
                )));
            } else if let Some((first, span)) = seen.get(&canonical) {
                let message = message!(
                    "`{written}` already leads to another page",
                    "旧地址 `{written}` 已指向另一个页面"
                );
                let wrong =
                    Diagnostic::error(Code::DuplicateAlias, path, alias.span.clone(), message);
                let wrong = wrong
                    .help(message!("remove it from one of the two", "请从其中一个文件中删去它"));
                self.push(wrong.related(
                    first,
                    span.clone(),
                    message!("first used here", "第一次出现在这里"),
                ));
            } else {
                seen.insert(canonical, (path, alias.span.clone()));
            }
        }
    }
}

fn name_of_a_bulletin() -> Message {
    message!("write the name of the bulletin's file, without `.md`", "请写公报的文件名，不含 `.md`")
}

/// The links and images of one body that lead nowhere or to files that cannot be published.
fn body(content: &Content, links: &Links<'_>, text: &Text) -> Vec<Diagnostic> {
    let broken = text.body.links.iter().filter_map(|link| match links.resolve(text, &link.value) {
        Ok(Target::File(file)) => files::check_linked(content, text, link, &file),
        Ok(_) => None,
        Err(problem) => Some(broken_link(text, link, &problem)),
    });
    let images = text.body.images.iter();
    broken
        .chain(images.filter_map(|image| files::check_image(content, links, text, image)))
        .collect()
}

/// The paths that the navigation can name.
fn navigable(content: &Content) -> Vec<String> {
    let mut known = vec!["/".to_owned(), "/goals/".to_owned()];
    let default = crate::language::Language::DEFAULT;
    known.extend(
        (0..content.sections.len()).map(|place| PageRef::Section(place).path(content, default)),
    );
    known.extend(
        content.groups.iter().map(|(kind, _)| PageRef::Groups(*kind).path(content, default)),
    );
    known.extend(
        (0..content.pages.len()).map(|place| PageRef::StaticPage(place).path(content, default)),
    );
    known
}

fn broken_link(text: &Text, link: &Located<String>, problem: &LinkProblem) -> Diagnostic {
    let error =
        |code, message: Message| Diagnostic::error(code, &text.path, link.span.clone(), message);
    match problem {
        LinkProblem::NoFile { path, meant } => {
            let message = message!(
                "this link leads to `{path}`, which does not exist",
                "这个链接指向 `{path}`，而它并不存在"
            );
            meant_to_be(error(Code::BrokenLink, message), meant.as_ref(), "")
        }
        LinkProblem::NoPage { path, meant } => {
            let message = message!(
                "there is no page at `{path}` on this site",
                "本站没有地址为 `{path}` 的网页"
            );
            meant_to_be(error(Code::BrokenLink, message), meant.as_ref(), "")
        }
        LinkProblem::Nothing => {
            let message = message!("this link has no address", "这个链接没有网址");
            let help =
                message!("write the address between the round brackets", "请在圆括号中写上网址");
            error(Code::BrokenLink, message).help(help)
        }
        LinkProblem::NoAddress(meant) => {
            let written = &link.value;
            let message = message!(
                "`{written}` is no address that can be opened",
                "`{written}` 不是可以打开的地址"
            );
            let help = message!(
                "write the whole address, such as `https://www.city.example/` or \
                 `mailto:office@city.example`",
                "请写完整的地址，例如 `https://www.city.example/` 或 `mailto:office@city.example`"
            );
            meant_to_be(error(Code::BrokenLink, message).help(help), meant.as_ref(), "")
        }
        LinkProblem::OwnComputer(name) => {
            let written = &link.value;
            let message = message!(
                "`{written}` is a file on one computer, which readers cannot open",
                "`{written}` 是某台电脑上的文件，读者无法打开"
            );
            let name = as_destination(name);
            let help = message!(
                "put the file beside this one, and write its name here: `{name}`",
                "请把该文件放在本文件旁边，并在这里写它的文件名：`{name}`"
            );
            error(Code::BrokenLink, message).help(help)
        }
        LinkProblem::NoFragment { fragment, meant, known } => {
            let message = message!(
                "no heading there has the id `{fragment}`",
                "链接所指的页面没有标识为 `{fragment}` 的小标题"
            );
            let named = Message::names(known.iter().take(MAX_NAMED).map(|id| format!("#{id}")));
            let help = if known.is_empty() {
                message!(
                    "that page has no headings; remove `#{fragment}`",
                    "该页面没有小标题；请删去 `#{fragment}`"
                )
            } else {
                message!("the headings there are {named}", "那里的小标题有{named}"; named)
            };
            meant_to_be(error(Code::BrokenFragment, message).help(help), meant.as_ref(), "#")
        }
        LinkProblem::BadScheme(scheme) => {
            let message = message!(
                "`{scheme}` is not a kind of address that a public page links to",
                "公开页面不能链接到 `{scheme}` 这类地址"
            );
            let help = message!(
                "use `https://`, `http://`, `mailto:` or `tel:`",
                "请使用 `https://`、`http://`、`mailto:` 或 `tel:`"
            );
            error(Code::BadScheme, message).help(help)
        }
    }
}

/// How many headings of a page are listed.
const MAX_NAMED: usize = 8;

fn meant_to_be(wrong: Diagnostic, meant: Option<&String>, mark: &str) -> Diagnostic {
    match meant {
        Some(meant) => {
            wrong.help(message!("did you mean `{mark}{meant}`?", "您是否想写 `{mark}{meant}`？"))
        }
        None => wrong,
    }
}
