//! The page of a goal: the promise, its status with the reason, and the bulletins about it.

use askama::Template;

use super::components::chart::{self, ChartView};
use super::components::progress::{
    BulletinRef, ProgressPresenter, ProgressView, StatusView, period_text,
};
use super::components::quantity::Amount;
use super::components::status_text::{bounded, figure_status_word, level_word, share};
use super::components::timeline::{EvidenceView, timeline};
use super::context::{Context, Date};
use super::data::page::goal::GoalData;
use super::discovery::calendars::{CalendarFile, calendar_path, has_goal_entry};
use super::layout::description::describe_text;
use super::layout::navigation::{Crumb, item_title};
use super::layout::{FeedLink, Layout, PageMeta, cn_gov_meta, schema_org};
use super::markup::addresses::SharedPicture;
use super::markup::html::Html;
use super::markup::markdown;
use super::output::{Output, RenderError};
use crate::content::goal::GoalKind;
use crate::content::{Status, Text};
use crate::language::{Language, Locale};
use crate::record::progress::{self, MilestoneState, Revised};
use crate::record::{Goal, GoalId, PageRef, Progress};

#[derive(Template)]
#[template(path = "pages/goal.html")]
struct GoalPage<'r> {
    layout: Layout<'r>,
    title: &'r str,
    lead: Option<&'r str>,
    hue: &'static str,
    category: &'r str,
    category_href: String,
    kind: &'r str,
    target: String,
    period: Option<String>,
    /// The bulletins that announced it, and whether each was withdrawn.
    set_by: Vec<(BulletinRef<'r>, bool)>,
    progress: ProgressView<'r>,
    is_unreported: bool,
    method: String,
    chart: Option<ChartView<'r>>,
    unit: &'r str,
    /// The heading of the last column of the table of figures.
    verdict_head: &'r str,
    figures: Vec<FigureRow<'r>>,
    milestones: Vec<MilestoneRow<'r>>,
    revisions: Vec<RevisionRow<'r>>,
    lineage: Vec<LineageRow<'r>>,
    evidence: Vec<EvidenceView<'r>>,
    body: Html,
    csv: String,
    feed: String,
    calendar: Option<String>,
}

/// A row of the table of figures.
struct FigureRow<'r> {
    date: Date,
    figure: String,
    /// The share of the way to the target, or whether a level is kept.
    verdict: String,
    /// Why the figure does not count, if it does not.
    remark: Option<&'r str>,
    bulletin: BulletinRef<'r>,
}

struct MilestoneRow<'r> {
    title: &'r str,
    due: Option<Date>,
    reached: Option<(Date, BulletinRef<'r>)>,
    is_late: bool,
}

/// A change of the target or of the end.
struct RevisionRow<'r> {
    old: String,
    new: String,
    note: Option<&'r str>,
    bulletin: BulletinRef<'r>,
}

/// The goal of an earlier or later period.
struct LineageRow<'r> {
    title: &'r str,
    href: String,
    lang: Option<&'r str>,
    is_here: bool,
    period: String,
    target: String,
    latest: Option<String>,
    status: StatusView<'r>,
}

/// Renders a goal in one language: the page and its JSON alternate.
pub(super) fn render(
    context: &Context<'_>,
    id: GoalId,
    text: &Text,
) -> Result<Vec<Output>, RenderError> {
    let record = context.record;
    let (goal, progress) = (record.goal(id), record.progress(id));
    let builder = GoalPageBuilder { context, id, goal, progress, text, language: text.language };
    let path = record.goal_address(id, text.language).path;
    let data = GoalData::new(context, id, text.language);
    Output::page_with_data(&path, text.language, &builder.page(&path)?, &data)
}

/// Link to the feed of a goal.
pub(super) fn feed_link(context: &Context<'_>, id: GoalId, text: &Text) -> FeedLink {
    let path = context.record.goal_address(id, text.language).path;
    FeedLink {
        title: text.title.value.clone(),
        href: format!("{path}feed.xml"),
        media_type: "application/atom+xml",
    }
}

/// The calendar with the last day of a goal.
pub(super) fn calendar<'m, 'r>(
    context: &'m Context<'r>,
    id: GoalId,
    text: &Text,
) -> CalendarFile<'m, 'r> {
    let path = context.record.goal_address(id, text.language).path;
    CalendarFile::new(context, text.language, path, text.title.value.clone()).goal(id)
}

/// Builds the page of one goal.
struct GoalPageBuilder<'m, 'r> {
    context: &'m Context<'r>,
    id: GoalId,
    goal: &'r Goal<'r>,
    progress: &'r Progress<'r>,
    text: &'r Text,
    language: Language,
}

impl<'r> GoalPageBuilder<'_, 'r> {
    fn page(&self, path: &str) -> askama::Result<GoalPage<'r>> {
        let (context, language) = (self.context, self.language);
        let locale = context.locale(language);
        let category = context.record.category(self.goal.category);
        let facts = &self.goal.source.facts;
        let chart = match chart::figures::chart(context, self.id, language)? {
            None => chart::milestones::chart(context, self.id, language)?,
            chart => chart,
        };
        Ok(GoalPage {
            layout: Layout::new(context, self.meta(path)),
            title: &self.text.title.value,
            lead: self.text.summary.as_ref().map(|summary| summary.value.as_str()),
            hue: category.source.facts.hue.name(),
            category: &category.source.texts.in_language(language).title.value,
            category_href: context.record.category_path(self.goal.category, language),
            kind: kind_name(locale, facts.kind),
            target: ProgressPresenter::new(context, self.id, language).target().text(),
            period: self.progress.period.map(|period| period_text(context, &period, language)),
            set_by: self.set_by(),
            progress: ProgressView::new(context, self.id, language),
            is_unreported: self.progress.status == Status::NotYetReported,
            method: context.method_path(language),
            chart,
            unit: facts.target.as_ref().map_or("", |target| target.unit.name(language)),
            verdict_head: self.verdict_head(),
            // The newest first, as every list of bulletins.
            figures: self.progress.figures.iter().rev().map(|figure| self.figure(figure)).collect(),
            milestones: self.progress.steps.iter().map(|step| self.milestone(step)).collect(),
            revisions: self
                .progress
                .revisions
                .iter()
                .map(|revised| self.revision(revised))
                .collect(),
            lineage: context
                .record
                .lineage(self.id)
                .into_iter()
                .map(|id| self.relative(id))
                .collect(),
            evidence: timeline(context, self.id, language),
            body: markdown::render(context, self.text, language),
            csv: format!("{path}progress.csv"),
            feed: format!("{path}feed.xml"),
            calendar: has_goal_entry(context.record, self.id).then(|| calendar_path(path)),
        })
    }

    fn set_by(&self) -> Vec<(BulletinRef<'r>, bool)> {
        let (context, language) = (self.context, self.language);
        let set_by = self.goal.set_by().map(|id| {
            let is_withdrawn = context.record.bulletin(id).withdrawn.is_some();
            (BulletinRef::new(context, id, language), is_withdrawn)
        });
        set_by.collect()
    }

    fn verdict_head(&self) -> &'r str {
        let locale = self.context.locale(self.language);
        let facts = &self.goal.source.facts;
        match facts.kind {
            GoalKind::Maintain => locale.column_level(),
            _ if facts.counts_from_zero() => locale.column_share_of_target(),
            _ => locale.method_attainment(),
        }
    }

    fn meta(&self, path: &str) -> PageMeta {
        let (context, record, language) = (self.context, self.context.record, self.language);
        let texts = &self.goal.source.texts;
        let versions = texts
            .all()
            .map(|text| (text.language, record.goal_address(self.id, text.language).path))
            .collect();
        let mut meta = PageMeta::new(language, Some(path.to_owned()), versions);
        meta.title.clone_from(&self.text.title.value);
        meta.picture = SharedPicture::first_of(context, self.text);
        let category = record.category(self.goal.category).source.texts.in_language(language);
        let described = describe_text(self.text);
        meta.description =
            Some(described.unwrap_or_else(|| {
                context.locale(language).label(&meta.title, &category.title.value)
            }));
        meta.above = vec![
            Crumb {
                title: item_title(context, PageRef::Goals, language),
                href: Some(PageRef::Goals.path(record.content, language)),
            },
            Crumb {
                title: category.title.value.clone(),
                href: Some(record.category_path(self.goal.category, language)),
            },
        ];
        meta.feeds = vec![feed_link(context, self.id, self.text)];
        if has_goal_entry(context.record, self.id) {
            meta.feeds.push(FeedLink::calendar(&self.text.title.value, calendar_path(path)));
        }
        meta.modified = record.goal_modified(self.id);
        meta.entity = Some(schema_org::dataset_of_goal(context, self.id, language));
        let description = meta.description.clone().unwrap_or_default();
        meta.government_tags =
            cn_gov_meta::column_tags(&self.text.title.value, &description, &category.title.value);
        meta
    }

    fn figure(&self, figure: &progress::Figure<'r>) -> FigureRow<'r> {
        let (context, language) = (self.context, self.language);
        let locale = context.locale(language);
        FigureRow {
            date: context.date(figure.report.as_of, language),
            figure: bounded(locale, figure.bound, locale.number(figure.value)),
            verdict: self.verdict(figure),
            remark: figure_status_word(locale, figure.status),
            bulletin: BulletinRef::new(context, figure.bulletin, language),
        }
    }

    fn verdict(&self, figure: &progress::Figure<'_>) -> String {
        let locale = self.context.locale(self.language);
        match figure.attainment {
            Some(attainment) => share(locale, figure.bound, attainment),
            None => level_word(locale, figure.is_met).to_owned(),
        }
    }

    fn milestone(&self, step: &MilestoneState<'r>) -> MilestoneRow<'r> {
        let (context, language) = (self.context, self.language);
        MilestoneRow {
            title: step.milestone.title.get(language),
            due: step.due.map(|due| context.day(due, language)),
            reached: step.reached.map(|(id, report)| {
                (context.as_of(report.as_of, language), BulletinRef::new(context, id, language))
            }),
            is_late: step.is_late,
        }
    }

    /// The target, the end, or both, before and after a revision.
    fn revision(&self, revised: &Revised<'r>) -> RevisionRow<'r> {
        let (context, language) = (self.context, self.language);
        let locale = context.locale(language);
        let unit = self.goal.source.facts.target.as_ref().map(|target| &target.unit);
        let revision = revised.revision;
        let target = revision.target.as_ref();
        let in_words = |target: Option<f64>, to: Option<String>| {
            let amount = target.map(|target| Amount::of(locale, target, unit, language).text);
            match (amount, to) {
                (Some(amount), Some(to)) => locale.target_increase(&amount, &to),
                (Some(amount), None) => amount,
                (None, Some(to)) => to,
                (None, None) => locale.target_continue().to_owned(),
            }
        };
        let to = revision.to.as_ref().map(|to| context.day(to.value, language).text);
        let old_to =
            revision.to.as_ref().and(revised.old_to).map(|to| context.day(to, language).text);
        RevisionRow {
            old: in_words(target.and(revised.old_target), old_to),
            new: in_words(target.map(|target| target.value), to),
            note: revision.note.as_ref().map(|note| note.get(language)),
            bulletin: BulletinRef::new(context, revised.bulletin, language),
        }
    }

    fn relative(&self, id: GoalId) -> LineageRow<'r> {
        let (context, record, language) = (self.context, self.context.record, self.language);
        let (href, lang) = context.link(record.goal_address(id, language), language);
        let progress = record.progress(id);
        LineageRow {
            title: &record.goal(id).source.texts.in_language(language).title.value,
            href,
            lang,
            is_here: id == self.id,
            period: progress
                .period
                .map(|period| period_text(context, &period, language))
                .unwrap_or_default(),
            target: ProgressPresenter::new(context, id, language).target().text(),
            latest: progress
                .latest_figure()
                .map(|figure| ProgressPresenter::new(context, id, language).figure_text(figure)),
            status: StatusView::new(context, progress.status, language),
        }
    }
}

fn kind_name(locale: &Locale, kind: GoalKind) -> &str {
    match kind {
        GoalKind::Increase => locale.kind_increase(),
        GoalKind::Maintain => locale.kind_maintain(),
        GoalKind::Direction => locale.kind_direction(),
        GoalKind::Deliver => locale.kind_deliver(),
        GoalKind::Continue => locale.kind_continue(),
    }
}
