//! A goal: what was promised, and every bulletin that set it, reports on it or mentions it.

use askama::Template;

use super::amount::Amount;
use super::context::{Context, Date};
use super::data::GoalData;
use super::html::Html;
use super::layout::{About, Crumb, FeedLink, Layout, item_title};
use super::report::said;
use super::rows::Figure;
use super::{Output, government};
use crate::content::bulletin::Said;
use crate::content::goal::{GoalKind, Period};
use crate::content::{Status, Text};
use crate::language::{Language, Words};
use crate::record::{Evidence, Goal, GoalId, Item, Role};

#[derive(Template)]
#[template(path = "goal.html")]
struct GoalPage<'r> {
    layout: Layout<'r>,
    title: &'r str,
    lead: Option<&'r str>,
    hue: &'static str,
    category: &'r str,
    category_href: String,
    kind: &'r str,
    period: Option<String>,
    set_by: Vec<(String, &'r str)>,
    target: Figure,
    is_unreported: bool,
    state: String,
    milestones: Vec<MilestoneView<'r>>,
    evidence: Vec<EvidenceView<'r>>,
    body: Html,
    feed: String,
}

/// A step of something to be delivered.
struct MilestoneView<'r> {
    title: &'r str,
    due: Option<String>,
    /// The bulletin that reported it.
    reported: Option<(String, String)>,
}

/// What one bulletin does for the goal.
struct EvidenceView<'r> {
    date: Date,
    class: &'static str,
    href: String,
    title: &'r str,
    foreign: Option<&'r str>,
    role: &'r str,
    said: Option<Figure>,
    notes: Vec<Note<'r>>,
}

/// A remark under a piece of evidence: its date, its state, its source.
#[derive(Default)]
struct Note<'r> {
    label: String,
    text: String,
    href: Option<&'r str>,
    iso: Option<String>,
}

/// A goal's page in a language that it is written in, and its data.
pub(super) fn render(context: &Context<'_>, id: GoalId, text: &Text) -> askama::Result<Vec<Output>> {
    let maker = Maker { context, id, goal: context.record.goal(id), text, language: text.language };
    let path = context.record.goal_address(id, text.language).path;
    let shown = maker.goal.evidence.iter().map(|evidence| context.record.bulletin(evidence.bulletin).modified());
    Output::page_with_data(
        &path,
        text.language,
        shown.max(),
        &maker.page(&path),
        &GoalData::new(context, id, text.language),
    )
}

/// The feed of a goal.
pub(super) fn feed_link(context: &Context<'_>, id: GoalId, text: &Text) -> FeedLink {
    let path = context.record.goal_address(id, text.language).path;
    FeedLink { title: text.title.value.clone(), href: format!("{path}feed.xml"), media_type: "application/atom+xml" }
}

/// What one goal's page is made from.
struct Maker<'m, 'r> {
    context: &'m Context<'r>,
    id: GoalId,
    goal: &'r Goal<'r>,
    text: &'r Text,
    language: Language,
}

impl<'r> Maker<'_, 'r> {
    fn page(&self, path: &str) -> GoalPage<'r> {
        let (context, language) = (self.context, self.language);
        let words = context.words(language);
        let category = context.record.category(self.goal.category);
        let facts = &self.goal.source.facts;
        GoalPage {
            layout: Layout::new(context, self.about(path)),
            title: &self.text.title.value,
            lead: self.text.summary.as_ref().map(|summary| summary.value.as_str()),
            hue: category.source.facts.hue.name(),
            category: &category.source.texts.in_language(language).title.value,
            category_href: context.record.category_path(self.goal.category, language),
            kind: kind_name(words, facts.kind),
            period: facts.period.map(|period| self.period(&period)),
            set_by: self.set_by(),
            target: self.target(),
            is_unreported: context.record.progress(self.id).status == Status::NotYetReported,
            state: context.goal_row(self.id, language).state,
            milestones: self.milestones(),
            // The newest first, as every list of bulletins.
            evidence: self.goal.evidence.iter().rev().map(|evidence| self.evidence(evidence)).collect(),
            body: context.prose(self.text, language),
            feed: format!("{path}feed.xml"),
        }
    }

    fn about(&self, path: &str) -> About {
        let (context, record, language) = (self.context, self.context.record, self.language);
        let texts = &self.goal.source.texts;
        let versions =
            texts.all().map(|text| (text.language, record.goal_address(self.id, text.language).path)).collect();
        let mut about = About::new(language, Some(path.to_owned()), versions);
        about.title.clone_from(&self.text.title.value);
        about.description = self.text.summary.as_ref().map(|summary| summary.value.clone());
        let category = record.category(self.goal.category).source.texts.in_language(language);
        about.above = vec![
            Crumb {
                title: item_title(context, Item::Goals, language),
                href: Some(Item::Goals.path(record.content, language)),
            },
            Crumb {
                title: category.title.value.clone(),
                href: Some(record.category_path(self.goal.category, language)),
            },
        ];
        about.feeds = vec![feed_link(context, self.id, self.text)];
        let description = about.description.clone().unwrap_or_default();
        about.government = government::column_tags(&self.text.title.value, &description, &category.title.value);
        about
    }

    fn period(&self, period: &Period) -> String {
        let words = self.context.words(self.language);
        let day = |moment| self.context.day(moment, self.language).text;
        match period.to {
            Some(to) => words.period_closed(&day(period.from), &day(to)),
            None => words.period_open(&day(period.from)),
        }
    }

    fn set_by(&self) -> Vec<(String, &'r str)> {
        let record = self.context.record;
        self.goal
            .set_by()
            .map(|id| {
                let text = record.bulletin(id).source.texts.in_language(self.language);
                (record.bulletin_address(id, self.language).path, text.title.value.as_str())
            })
            .collect()
    }

    /// The target in words, its number set off.
    fn target(&self) -> Figure {
        let words = self.context.words(self.language);
        let facts = &self.goal.source.facts;
        let end = facts.period.and_then(|period| period.to).map(|to| self.context.day(to, self.language).text);
        let Some(target) = &facts.target else {
            return Figure::words(match (facts.kind, end) {
                (GoalKind::Deliver, Some(end)) => words.target_deliver_by(&end),
                (GoalKind::Deliver, None) => words.target_deliver().to_owned(),
                (GoalKind::Continue, _) => words.target_continue().to_owned(),
                _ => words.target_direction().to_owned(),
            });
        };
        let amount = Amount::of(words, target.value, Some(&target.unit), self.language);
        amount.figure(|amount| match (facts.kind, &end) {
            (GoalKind::Maintain, _) if target.at_most => words.target_at_most(amount),
            (GoalKind::Maintain, _) => words.target_at_least(amount),
            (_, Some(end)) => words.target_increase(amount, end),
            (_, None) => amount.to_owned(),
        })
    }

    fn milestones(&self) -> Vec<MilestoneView<'r>> {
        let (context, language) = (self.context, self.language);
        let words = context.words(language);
        let reported = |id: &str| {
            self.goal.reports().find_map(|(bulletin, report)| match &report.said {
                Said::Milestone(known) if known.value == id => {
                    let path = context.record.bulletin_address(bulletin, language).path;
                    Some((path, words.reported_on(&context.day(report.as_of, language).text)))
                }
                _ => None,
            })
        };
        self.goal
            .source
            .facts
            .milestones
            .iter()
            .map(|milestone| MilestoneView {
                title: milestone.title.get(language),
                due: milestone.due.map(|due| words.due(&context.day(due, language).text)),
                reported: reported(&milestone.id.value),
            })
            .collect()
    }

    fn evidence(&self, evidence: &Evidence<'r>) -> EvidenceView<'r> {
        let (context, record, language) = (self.context, self.context.record, self.language);
        let words = context.words(language);
        let bulletin = record.bulletin(evidence.bulletin);
        let (href, foreign) = context.link(record.bulletin_address(evidence.bulletin, language), language);
        let (class, role, report) = match evidence.role {
            Role::Sets => ("sets", words.role_sets(), None),
            Role::Reports(report) => ("reports", words.role_reports(), Some(report)),
            Role::Revises(_) => ("revises", words.role_revises(), None),
            Role::Overrides(_) => ("overrides", words.role_overrides(), None),
            Role::Mentions => ("mentions", words.role_mentions(), None),
        };
        let mut notes = Vec::new();
        if let Some(report) = report {
            let as_of = context.day(report.as_of, language);
            notes.push(Note { text: words.as_of(&as_of.text), iso: Some(as_of.iso), ..Note::default() });
        }
        if evidence.is_withdrawn {
            notes.push(Note { text: words.withdrawn().to_owned(), ..Note::default() });
        }
        if let Some(source) = &bulletin.source.facts.source {
            let label = format!("{}{}", words.source(), words.role_colon());
            let text = source.name.get(language).to_owned();
            notes.push(Note { label, text, href: source.url.as_deref(), iso: None });
        }
        EvidenceView {
            date: context.day(bulletin.published(), language),
            class,
            href,
            title: &bulletin.source.texts.in_language(language).title.value,
            foreign,
            role,
            said: report.map(|report| said(context, self.goal.source, report, language)),
            notes,
        }
    }
}

fn kind_name(words: &Words, kind: GoalKind) -> &str {
    match kind {
        GoalKind::Increase => words.kind_increase(),
        GoalKind::Maintain => words.kind_maintain(),
        GoalKind::Direction => words.kind_direction(),
        GoalKind::Deliver => words.kind_deliver(),
        GoalKind::Continue => words.kind_continue(),
    }
}
