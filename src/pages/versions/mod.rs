//! The pages of the texts that a bulletin had before: their list, each text, and what changed after
//! it.

mod blocks;
mod choice;
mod comparison;
mod earlier_text;
mod list;
mod time_map;
mod units;

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::context::Context;
use super::data::file_kind::FileKind;
use super::data::page::Head;
use super::data::page::versions::{VersionLink, VersionPeriod};
use super::layout::PageMeta;
use super::layout::navigation::{Crumb, section_crumb};
use super::output::{Memento, Output, RenderError};
use crate::content::Text;
use crate::language::Language;
use crate::record::{Bulletin, BulletinId, Gone, Record, Version};

pub(crate) use choice::{ComparisonProblem, compared, is_choice};

/// The texts of a bulletin in one language.
pub(super) struct TextHistory<'m, 'r> {
    context: &'m Context<'r>,
    bulletin: &'r Bulletin<'r>,
    language: Language,
    /// The path of the bulletin's page.
    path: String,
    /// The present text.
    text: &'r Text,
    /// The earlier texts in this language, the oldest first; one or more.
    versions: Vec<(Version<'r>, &'r Text)>,
}

impl<'m, 'r> TextHistory<'m, 'r> {
    /// The history of a bulletin; `None` if no earlier text in the language is public.
    pub(super) fn new(
        context: &'m Context<'r>,
        id: BulletinId,
        language: Language,
    ) -> Option<Self> {
        let bulletin = context.record.bulletin(id);
        let text = bulletin.source.texts.get(language)?;
        let versions = bulletin.versions.iter();
        let versions: Vec<_> = versions
            .filter_map(|version| Some((*version, version.source.texts.get(language)?)))
            .collect();
        let path = context.record.bulletin_address(id, language).path;
        let has_some = !versions.is_empty();
        has_some.then_some(Self { context, bulletin, language, path, text, versions })
    }

    /// Renders all pages, each with its JSON alternate.
    fn render(&self) -> Result<Vec<Output>, RenderError> {
        let mut outputs = list::render(self)?;
        outputs.push(time_map::render(self));
        outputs.push(choice::render(self)?);
        for index in 0..self.versions.len() {
            outputs.extend(earlier_text::render(self, index)?);
            outputs.extend(comparison::render(self, index)?);
        }
        Ok(outputs)
    }

    /// The part of the bulletin's own page in access by date.
    pub(super) fn original_memento(&self) -> Memento {
        time_map::original(self)
    }

    /// The path of the list.
    pub(super) fn list_path(&self) -> String {
        list_path(&self.path)
    }

    fn version_path(&self, index: usize) -> String {
        version_path(&self.path, self.versions[index].0.source.day)
    }

    fn changes_path(&self, index: usize) -> String {
        changes_path(&self.path, self.versions[index].0.source.day)
    }

    /// The text that took the place of a version, with its path.
    fn successor(&self, index: usize) -> (&'r Text, String) {
        match self.versions.get(index + 1) {
            Some((_, text)) => (text, self.version_path(index + 1)),
            None => (self.text, self.path.clone()),
        }
    }

    /// The facts about one of the pages. `path` makes its path from that of the bulletin, in the
    /// languages that have the version of `day`, or else any version.
    fn meta(&self, day: Option<Date>, path: impl Fn(&str) -> String) -> PageMeta {
        let record = self.context.record;
        let source = self.bulletin.source;
        let languages = source.texts.all().map(|text| text.language).filter(|language| {
            self.bulletin.versions.iter().any(|version| {
                let is_of_day = day.is_none_or(|day| version.source.day == day);
                is_of_day && version.source.texts.get(*language).is_some()
            })
        });
        let paths = languages.map(|language| {
            let root = record.content.site.languages.root(language);
            (language, path(&format!("{root}{}/{}/", source.folder, source.slug)))
        });
        let mut meta = PageMeta::new(self.language, Some(path(&self.path)), paths.collect());
        meta.is_indexed = false;
        meta.modified = Some(self.bulletin.modified());
        let title = self.text.title.value.clone();
        let bulletin = Crumb { title, href: Some(self.path.clone()) };
        let section = section_crumb(self.context, &source.folder, self.language);
        meta.above = section.into_iter().chain([bulletin]).collect();
        meta
    }

    fn head(&self, kind: FileKind, path: &str) -> Head<'r> {
        Head::new(self.context.record.content, kind, path, self.language)
    }

    fn period(&self, index: usize) -> VersionPeriod {
        let version = &self.versions[index].0;
        VersionPeriod {
            from: self.context.iso(version.from),
            until: self.context.iso(version.until),
            changes: self.context.absolute(&self.changes_path(index)),
        }
    }

    fn link(&self, index: usize) -> VersionLink<'r> {
        VersionLink {
            url: self.context.absolute(&self.version_path(index)),
            title: &self.versions[index].1.title.value,
            period: self.period(index),
        }
    }

    /// The step of the breadcrumb that leads to the list.
    fn list_crumb(&self) -> Crumb {
        let title = self.context.locale(self.language).earlier_texts().to_owned();
        Crumb { title, href: Some(self.list_path()) }
    }
}

/// Renders the pages of a bulletin's earlier texts in the language of a text; none without any.
pub(super) fn render(
    context: &Context<'_>,
    id: BulletinId,
    text: &Text,
) -> Result<Vec<Output>, RenderError> {
    let history = TextHistory::new(context, id, text.language);
    history.map_or_else(|| Ok(Vec::new()), |history| history.render())
}

fn list_path(bulletin: &str) -> String {
    format!("{bulletin}versions/")
}

fn version_path(bulletin: &str, day: Date) -> String {
    format!("{bulletin}versions/{day}/")
}

fn changes_path(bulletin: &str, day: Date) -> String {
    format!("{bulletin}versions/{day}/changes/")
}

fn compare_path(bulletin: &str) -> String {
    format!("{bulletin}versions/compare/")
}

/// The paths of all pages of versions below the path of a bulletin in one language.
fn paths<'v>(
    versions: impl Iterator<Item = &'v Version<'v>>,
    bulletin: &str,
    language: Language,
) -> Vec<String> {
    let days = versions.filter(|version| version.source.texts.get(language).is_some());
    let mut paths: Vec<String> = days
        .map(|version| version.source.day)
        .flat_map(|day| [version_path(bulletin, day), changes_path(bulletin, day)])
        .collect();
    if !paths.is_empty() {
        paths.push(compare_path(bulletin));
        paths.push(list_path(bulletin));
    }
    paths
}

/// The paths of the pages and data of a former bulletin's earlier texts.
pub(super) fn gone_paths(
    record: &Record<'_>,
    gone: &Gone<'_>,
    bulletin: &str,
    language: Language,
) -> Vec<String> {
    let versions = Version::replaced_at(gone.source, record.instant);
    let pages = paths(versions.iter(), bulletin, language);
    let time_map = pages.last().map(|list| format!("{list}{}", time_map::TIME_MAP));
    let with_data = pages.iter().filter(|page| !is_choice(page));
    let data = with_data.map(|page| format!("{page}index.json"));
    data.chain(time_map).chain(pages.iter().cloned()).collect()
}

/// Redirects from the former paths of bulletins to their versions. `aliases` are the former paths
/// of pages with the present ones.
pub(super) fn redirects(record: &Record<'_>, aliases: &[(String, String)]) -> Vec<Output> {
    let with_versions =
        record.bulletin_ids().filter(|id| !record.bulletin(*id).versions.is_empty());
    let pages = with_versions.flat_map(|id| {
        record.languages().map(move |language| (record.bulletin_address(id, language), id))
    });
    let mut former: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (from, to) in aliases.iter().filter(|(from, _)| from.ends_with('/')) {
        former.entry(to).or_default().push(from);
    }
    let mut redirects = Vec::new();
    for (address, id) in pages {
        let Some(former) = former.get(address.path.as_str()) else { continue };
        let versions = &record.bulletin(id).versions;
        for path in paths(versions.iter(), &address.path, address.language) {
            let below = &path[address.path.len()..];
            redirects.extend(
                former.iter().map(|from| Output::redirect(format!("{from}{below}"), path.clone())),
            );
        }
    }
    redirects
}
