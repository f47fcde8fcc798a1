//! The page of a bulletin: its text, source and reports, the goals that it announces, and related
//! bulletins.

mod reports;

use std::sync::Arc;

use askama::Template;

use self::reports::{ReportBuilder, ReportView};
use super::category;
use super::components::document::citation::{CitationView, citation_of};
use super::components::document::consultation::ConsultationView;
use super::components::document::contact::ContactView;
use super::components::document::events::{EventView, event_views};
use super::components::document::facts::{DocumentView, group_links};
use super::components::list_items::{BulletinRow, GoalGroup, bulletin_rows, goal_groups};
use super::context::{Context, Date, localised};
use super::data::page::bulletin::BulletinData;
use super::layout::navigation::section_crumb;
use super::layout::{FeedLink, Layout, PageMeta, cn_gov_meta, legislation, schema_org};
use super::markup::addresses::SharedPicture;
use super::markup::html::Html;
use super::markup::markdown;
use super::output::{Citation, CitationFile, CitationFormat, Output, RenderError};
use super::versions::TextHistory;
use crate::content::{GroupKind, Text};
use crate::language::Language;
use crate::record::{Bulletin, BulletinId};

/// The least number of second-level headings for which a page shows a table of contents.
const MIN_HEADINGS: usize = 3;

#[derive(Template)]
#[template(path = "pages/bulletin.html")]
struct BulletinPage<'r> {
    layout: Layout<'r>,
    title: &'r str,
    lead: Option<&'r str>,
    published: Date,
    updated: Option<Date>,
    source: Option<SourceView<'r>>,
    byline: Option<&'r str>,
    categories: Vec<(String, &'r str)>,
    sets_count: Option<String>,
    /// Whether the site has goals and the bulletin mentions none of them.
    mentions_no_goal: bool,
    withdrawn: Option<WithdrawnView<'r>>,
    document: Option<DocumentView<'r>>,
    consultation: Option<ConsultationView<'r>>,
    events: Vec<EventView<'r>>,
    contact: Option<ContactView<'r>>,
    issuers: Vec<(String, String)>,
    topics: Vec<(String, String)>,
    citation: Option<CitationView>,
    contents: Vec<(String, String)>,
    body: Html,
    /// The first words of each paragraph of the text.
    paragraphs: Vec<Html>,
    reports: Vec<ReportView<'r>>,
    sets: Vec<GoalGroup<'r>>,
    mentions: Vec<GoalGroup<'r>>,
    changes: Vec<(Date, &'r str)>,
    /// The path of the list of its earlier texts, if it has some.
    versions: Option<String>,
    related: Vec<BulletinRow<'r>>,
    older: Option<Neighbour<'r>>,
    newer: Option<Neighbour<'r>>,
    featured: Vec<BulletinRow<'r>>,
    feed: String,
}

/// The source from which the bulletin reports.
struct SourceView<'r> {
    name: &'r str,
    url: Option<&'r str>,
}

struct WithdrawnView<'r> {
    heading: String,
    reason: &'r str,
    replaced_by: Option<(String, String)>,
}

/// The next older or newer bulletin.
struct Neighbour<'r> {
    href: String,
    title: &'r str,
    lang: Option<&'r str>,
}

/// Renders a bulletin in one language: the page and its JSON alternate.
pub(super) fn render(
    context: &Context<'_>,
    id: BulletinId,
    text: &Text,
) -> Result<Vec<Output>, RenderError> {
    let builder = BulletinPageBuilder {
        context,
        id,
        bulletin: context.record.bulletin(id),
        text,
        language: text.language,
        citation: citation_of(context, id, text.language).map(Arc::new),
    };
    let path = context.record.bulletin_address(id, text.language).path;
    let data = BulletinData::new(context, id, text.language);
    let mut outputs = Output::page_with_data(&path, text.language, &builder.page(&path)?, &data)?;
    if let Some(history) = TextHistory::new(context, id, text.language) {
        Output::add_memento(&mut outputs, history.original_memento());
    }
    if let Some(citation) = &builder.citation {
        outputs.extend(CitationFormat::ALL.map(|format| {
            let file = CitationFile { citation: Arc::clone(citation), format };
            Output::citation(format!("{path}{}", format.file_name()), text.language, file)
        }));
    }
    Ok(outputs)
}

/// Builds the page of one bulletin.
struct BulletinPageBuilder<'m, 'r> {
    context: &'m Context<'r>,
    id: BulletinId,
    bulletin: &'r Bulletin<'r>,
    text: &'r Text,
    language: Language,
    citation: Option<Arc<Citation>>,
}

impl<'r> BulletinPageBuilder<'_, 'r> {
    fn page(&self, path: &str) -> askama::Result<BulletinPage<'r>> {
        let (context, language) = (self.context, self.language);
        let facts = &self.bulletin.source.facts;
        let (body, paragraphs) = markdown::render_with_paragraphs(context, self.text, language);
        Ok(BulletinPage {
            layout: Layout::new(context, self.meta(path)),
            title: &self.text.title.value,
            lead: self.text.summary.as_ref().map(|summary| summary.value.as_str()),
            published: context.date(self.bulletin.published(), language),
            updated: self.bulletin.updated().map(|updated| context.date(updated, language)),
            source: facts.source.as_ref().map(|source| SourceView {
                name: source.name.get(language),
                url: source.url.as_deref(),
            }),
            byline: self.byline(),
            categories: self.categories(),
            sets_count: (!self.bulletin.sets.is_empty()).then(|| self.sets_count()),
            mentions_no_goal: !context.record.goals.is_empty() && !self.bulletin.touches_goals(),
            withdrawn: self.withdrawn(),
            document: DocumentView::new(context, self.id, language),
            consultation: ConsultationView::new(context, self.id, language),
            events: event_views(context, &facts.events, language),
            contact: ContactView::new(context, self.id, language),
            issuers: group_links(context, self.id, GroupKind::Body, language),
            topics: group_links(context, self.id, GroupKind::Topic, language),
            citation: self
                .citation
                .as_ref()
                .map(|citation| CitationView::new(context, self.id, language, citation)),
            contents: self.contents(),
            body,
            paragraphs,
            reports: ReportBuilder { context, bulletin: self.bulletin, language }.reports()?,
            sets: goal_groups(context, &self.bulletin.sets, language),
            mentions: goal_groups(context, &self.bulletin.mentions, language),
            changes: self
                .bulletin
                .changes
                .iter()
                .rev()
                .map(|change| {
                    (context.date(change.on, language), localised(&change.note, language))
                })
                .collect(),
            versions: TextHistory::new(context, self.id, language)
                .map(|history| history.list_path()),
            related: bulletin_rows(context, &self.bulletin.related, language),
            older: self.bulletin.older.map(|id| self.neighbour(id)),
            newer: self.bulletin.newer.map(|id| self.neighbour(id)),
            featured: bulletin_rows(context, &context.featured_beside(self.id), language),
            feed: format!("{}feed.xml", context.root(language)),
        })
    }

    /// The author, unless that is the source itself.
    fn byline(&self) -> Option<&'r str> {
        let facts = &self.bulletin.source.facts;
        let source = facts.source.as_ref().map(|source| source.name.get(self.language));
        let byline = facts.byline.as_ref().map(|byline| localised(byline, self.language));
        byline.filter(|byline| source != Some(*byline))
    }

    fn meta(&self, path: &str) -> PageMeta {
        let (context, record, language) = (self.context, self.context.record, self.language);
        let versions = self
            .bulletin
            .source
            .texts
            .all()
            .map(|text| (text.language, record.bulletin_address(self.id, text.language).path))
            .collect();
        let mut meta = PageMeta::new(language, Some(path.to_owned()), versions);
        meta.title.clone_from(&self.text.title.value);
        meta.description = self.text.summary.as_ref().map(|summary| summary.value.clone());
        meta.above =
            section_crumb(context, &self.bulletin.source.folder, language).into_iter().collect();
        meta.feeds = self.category_feeds();
        meta.picture = SharedPicture::first_of(context, self.text);
        meta.article = Some((self.bulletin.published().instant, self.bulletin.modified()));
        let canonical = context.absolute(path);
        let article = schema_org::news_article(context, self.id, language, &canonical);
        let law = legislation::describe(context, self.id, language, &canonical);
        meta.entity = Some(std::iter::once(article).chain(law).collect());
        meta.government_tags = cn_gov_meta::article_tags(context, self.id, language);
        meta
    }

    fn category_feeds(&self) -> Vec<FeedLink> {
        let categories = self.bulletin.categories.iter();
        categories
            .map(|category| category::feed_link(self.context, *category, self.language))
            .collect()
    }

    fn categories(&self) -> Vec<(String, &'r str)> {
        let record = self.context.record;
        let ids = self.bulletin.categories.iter();
        ids.map(|id| {
            let title =
                record.category(*id).source.texts.in_language(self.language).title.value.as_str();
            (record.category_path(*id, self.language), title)
        })
        .collect()
    }

    fn sets_count(&self) -> String {
        let locale = self.context.locale(self.language);
        let mut categories: Vec<_> = self
            .bulletin
            .sets
            .iter()
            .map(|goal| self.context.record.goal(*goal).category)
            .collect();
        categories.dedup();
        let goals = locale.count_goals(self.bulletin.sets.len());
        if categories.len() < 2 {
            goals
        } else {
            locale.goals_in_categories(&goals, &locale.count_categories(categories.len()))
        }
    }

    fn withdrawn(&self) -> Option<WithdrawnView<'r>> {
        let removal = self.bulletin.withdrawn?;
        let locale = self.context.locale(self.language);
        Some(WithdrawnView {
            heading: locale.withdrawn_on(&self.context.day(removal.on, self.language).text),
            reason: localised(&removal.reason, self.language),
            replaced_by: removal
                .replaced_by
                .as_ref()
                .and_then(|slug| self.context.replacement(&slug.value, self.language)),
        })
    }

    /// The table of contents: second-level headings and the sections after the text. Empty for
    /// short texts.
    fn contents(&self) -> Vec<(String, String)> {
        let headings = self.text.body.headings.iter().filter(|heading| heading.level == 2);
        let mut contents: Vec<(String, String)> =
            headings.map(|heading| (heading.id.clone(), heading.text.clone())).collect();
        if contents.len() < MIN_HEADINGS {
            return Vec::new();
        }
        let locale = self.context.locale(self.language);
        for (id, title, is_there) in [
            ("reports", locale.goals_reported(), self.bulletin.says_something()),
            ("sets", locale.goals_set(), !self.bulletin.sets.is_empty()),
            ("mentions", locale.goals_mentioned(), !self.bulletin.mentions.is_empty()),
            ("events", locale.events(), !self.bulletin.source.facts.events.is_empty()),
            (
                "document-relations",
                locale.document_relations(),
                !self.bulletin.relations.is_empty() || !self.bulletin.related_by.is_empty(),
            ),
            ("changes", locale.changes(), !self.bulletin.changes.is_empty()),
            ("related", locale.related(), !self.bulletin.related.is_empty()),
        ] {
            if is_there {
                contents.push((id.to_owned(), title.to_owned()));
            }
        }
        contents
    }

    fn neighbour(&self, id: BulletinId) -> Neighbour<'r> {
        let record = self.context.record;
        let (href, lang) =
            self.context.link(record.bulletin_address(id, self.language), self.language);
        Neighbour {
            href,
            title: &record.bulletin(id).source.texts.in_language(self.language).title.value,
            lang,
        }
    }
}
