//! The sitemap (sitemaps.org 0.9) with the languages of each page.

use askama::Template;
use bytes::Bytes;
use jiff::Timestamp;
use rayon::prelude::*;

use crate::content::Texts;
use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::goal_list::Selection;
use crate::pages::output::{Output, RenderError};
use crate::pages::section::List;
use crate::record::{BulletinId, PageRef};

/// Maximum number of URLs in a file. The protocol allows 50,000 URLs and 50 MB; with the alternates
/// in other languages, fewer fit.
const MAX_URLS_PER_FILE: usize = 20_000;

#[derive(Template)]
#[template(path = "discovery/sitemap.xml")]
struct Sitemap<'p, 'r> {
    pages: &'p [Page<'r>],
}

#[derive(Template)]
#[template(path = "discovery/sitemap_index.xml")]
struct SitemapIndex {
    files: Vec<String>,
}

struct Page<'r> {
    url: String,
    modified: Option<String>,
    versions: Vec<(&'r str, String)>,
}

/// Renders the sitemap, or for a very large site an index and its parts.
pub(crate) fn render(
    context: &Context<'_>,
    lists: &[Vec<List>],
) -> Result<Vec<Output>, RenderError> {
    let pages = pages(context, lists);
    let file = |path: String, body: String| {
        Output::file(path, "application/xml; charset=utf-8", None, Bytes::from(body))
    };
    if pages.len() <= MAX_URLS_PER_FILE {
        return Ok(vec![file("/sitemap.xml".to_owned(), Sitemap { pages: &pages }.render()?)]);
    }
    let mut outputs = Vec::new();
    let mut files = Vec::new();
    for (number, part) in pages.chunks(MAX_URLS_PER_FILE).enumerate() {
        let path = format!("/sitemap/{}.xml", number + 1);
        files.push(context.absolute(&path));
        outputs.push(file(path, Sitemap { pages: part }.render()?));
    }
    outputs.push(file("/sitemap.xml".to_owned(), SitemapIndex { files }.render()?));
    Ok(outputs)
}

fn pages<'r>(context: &Context<'r>, lists: &[Vec<List>]) -> Vec<Page<'r>> {
    let record = context.record;
    let content = record.content;
    let mut pages = Pages { context, pages: Vec::new() };
    let all: Vec<Language> = record.languages().collect();
    pages.add(&all, record.modified(), |language| PageRef::Home.path(content, language));
    for selection in Selection::all(record) {
        pages.add(&all, record.modified(), |language| selection.path(context, language));
    }
    pages.add(&all, None, |language| context.method_path(language));
    pages.add(&all, None, |language| context.search_path(language));
    for list in lists.iter().flatten() {
        for page in 1..=list.pages() {
            pages.add(&all, None, |language| list.path(context, language, page));
        }
    }
    for id in record.category_ids() {
        pages.add(&all, None, |language| record.category_path(id, language));
    }
    if record.has_consultations() {
        pages.add(&all, None, |language| PageRef::Consultations.path(content, language));
    }
    let groups = record.groups.iter().map(|group| group.page);
    for page in record.group_lists().into_iter().chain(groups) {
        pages.add(&all, None, |language| page.path(content, language));
    }
    for id in record.goal_ids() {
        pages.add(
            &languages_of(&record.goal(id).source.texts),
            record.goal_modified(id),
            |language| record.goal_address(id, language).path,
        );
    }
    for index in record.static_pages() {
        let page = &content.pages[index];
        pages.add(&languages_of(&page.texts), None, |language| {
            PageRef::StaticPage(index).path(content, language)
        });
    }
    let ids: Vec<BulletinId> = record.bulletin_ids().collect();
    pages.pages.par_extend(ids.into_par_iter().flat_map_iter(|id| {
        let bulletin = record.bulletin(id);
        let languages = languages_of(&bulletin.source.texts);
        versions(context, &languages, Some(bulletin.modified()), |language| {
            record.bulletin_address(id, language).path
        })
    }));
    pages.pages
}

/// The pages of a sitemap, to which more are added.
struct Pages<'m, 'r> {
    context: &'m Context<'r>,
    pages: Vec<Page<'r>>,
}

impl Pages<'_, '_> {
    /// Adds a page in each of its languages.
    fn add(
        &mut self,
        languages: &[Language],
        modified: Option<Timestamp>,
        path: impl Fn(Language) -> String,
    ) {
        self.pages.extend(versions(self.context, languages, modified, path));
    }
}

/// A page in each of its languages.
fn versions<'r>(
    context: &Context<'r>,
    languages: &[Language],
    modified: Option<Timestamp>,
    path: impl Fn(Language) -> String,
) -> Vec<Page<'r>> {
    let versions: Vec<(&str, String)> = languages
        .iter()
        .map(|language| (context.language_tag(*language), context.absolute(&path(*language))))
        .collect();
    let modified = modified.map(|modified| context.rfc3339(modified));
    let pages = versions.iter().map(|(_, url)| {
        let versions = if versions.len() > 1 { versions.clone() } else { Vec::new() };
        Page { url: url.clone(), modified: modified.clone(), versions }
    });
    pages.collect()
}

fn languages_of(texts: &Texts) -> Vec<Language> {
    texts.all().map(|text| text.language).collect()
}
