//! The timeline of a goal: the statements of each bulletin about it, with date and source.

use super::progress::BulletinRef;
use super::quantity::HighlightedText;
use super::report_text::{report_text, revision_text};
use super::status_text::figure_status_word;
use crate::content::bulletin::{BulletinSource, Removal};
use crate::language::Language;
use crate::pages::context::{Context, Date};
use crate::record::{Bulletin, Evidence, Goal, GoalId, Role};

/// One bulletin's entry in the timeline.
pub(crate) struct EvidenceView<'r> {
    pub(crate) bulletin: BulletinRef<'r>,
    /// The role of the first statement, as a CSS class.
    pub(crate) class: &'static str,
    pub(crate) statements: Vec<Statement<'r>>,
    /// Notes on the withdrawal or correction of the bulletin.
    pub(crate) remarks: Vec<String>,
    /// Name and address of the source.
    pub(crate) source: Option<(&'r str, Option<&'r str>)>,
}

/// A statement of a bulletin about a goal.
pub(crate) struct Statement<'r> {
    pub(crate) role: &'r str,
    pub(crate) text: Option<HighlightedText>,
    /// The day for which a report holds.
    pub(crate) as_of: Option<Date>,
    /// Why the statement does not count, or no longer counts.
    pub(crate) remark: Option<&'r str>,
}

/// The timeline of a goal, the newest bulletin first, each bulletin once.
pub(crate) fn timeline<'r>(
    context: &Context<'r>,
    id: GoalId,
    language: Language,
) -> Vec<EvidenceView<'r>> {
    let goal = context.record.goal(id);
    let by_bulletin = goal.evidence.chunk_by(|one, other| one.bulletin == other.bulletin).rev();
    by_bulletin
        .map(|evidence| {
            let bulletin = context.record.bulletin(evidence[0].bulletin);
            let builder = TimelineBuilder { context, id, goal, bulletin, language };
            let source = bulletin.source.facts.source.as_ref();
            EvidenceView {
                bulletin: BulletinRef::new(context, evidence[0].bulletin, language),
                class: evidence[0].role.name(),
                statements: evidence.iter().map(|evidence| builder.statement(evidence)).collect(),
                remarks: builder.remarks(evidence),
                source: source
                    .map(|BulletinSource { name, url }| (name.get(language), url.as_deref())),
            }
        })
        .collect()
}

struct TimelineBuilder<'m, 'r> {
    context: &'m Context<'r>,
    id: GoalId,
    goal: &'r Goal<'r>,
    bulletin: &'r Bulletin<'r>,
    language: Language,
}

impl<'r> TimelineBuilder<'_, 'r> {
    fn statement(&self, evidence: &Evidence<'r>) -> Statement<'r> {
        let locale = self.context.locale(self.language);
        let holds = !evidence.is_withdrawn;
        let as_of = match evidence.role {
            Role::Reports(report) if holds => Some(self.context.as_of(report.as_of, self.language)),
            _ => None,
        };
        Statement {
            role: match evidence.role {
                Role::Sets => locale.role_sets(),
                Role::Reports(_) => locale.role_reports(),
                Role::Revises(_) => locale.role_revises(),
                Role::Overrides(_) => locale.role_overrides(),
                Role::Mentions => locale.role_mentions(),
            },
            // What a withdrawn bulletin said no longer holds, and is not repeated.
            text: if holds { self.text(evidence.role) } else { None },
            as_of,
            remark: self.remark(evidence),
        }
    }

    fn text(&self, role: Role<'r>) -> Option<HighlightedText> {
        match role {
            Role::Reports(report) => {
                Some(report_text(self.context, self.goal.source, report, self.language))
            }
            Role::Revises(revision) => Some(HighlightedText::words(revision_text(
                self.context,
                self.id,
                revision,
                self.language,
            ))),
            Role::Overrides(judgement) => {
                let locale = self.context.locale(self.language);
                let word = judgement.status.word(locale);
                Some(HighlightedText::words(
                    locale.label(word, judgement.reason.get(self.language)),
                ))
            }
            Role::Sets | Role::Mentions => None,
        }
    }

    fn remark(&self, evidence: &Evidence<'r>) -> Option<&'r str> {
        let locale = self.context.locale(self.language);
        let progress = self.context.record.progress(self.id);
        match evidence.role {
            Role::Sets if evidence.is_withdrawn => Some(locale.goal_remains()),
            Role::Sets | Role::Mentions => None,
            _ if evidence.is_withdrawn => Some(locale.no_longer_counts()),
            Role::Reports(report) => progress
                .figure_of(report)
                .and_then(|figure| figure_status_word(locale, figure.status)),
            Role::Overrides(judgement) => {
                let current = progress.overridden.map(|(_, judgement)| judgement);
                let is_past = !current.is_some_and(|current| std::ptr::eq(current, judgement));
                is_past.then(|| locale.override_ended())
            }
            Role::Revises(_) => None,
        }
    }

    /// Withdrawal and later changes of the bulletin, as far as they concern the goal.
    fn remarks(&self, evidence: &[Evidence<'_>]) -> Vec<String> {
        let locale = self.context.locale(self.language);
        let day = |moment| self.context.day(moment, self.language).text;
        let mut remarks = Vec::new();
        if let Some(Removal { on, reason, .. }) = self.bulletin.withdrawn {
            remarks.push(locale.label(&locale.withdrawn_on(&day(*on)), reason.get(self.language)));
        }
        if evidence.iter().any(|evidence| !matches!(evidence.role, Role::Mentions)) {
            let slug = &self.goal.source.slug;
            let changes = self.bulletin.changes.iter().filter(|change| match &change.goal {
                Some(goal) => goal.value == *slug,
                None => self.bulletin.touches_only(self.id),
            });
            remarks.extend(changes.map(|change| {
                locale.label(&locale.changed_on(&day(change.on)), change.note.get(self.language))
            }));
        }
        remarks
    }
}
