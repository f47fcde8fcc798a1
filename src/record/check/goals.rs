//! What bulletins say about goals, and goals about each other: does it fit the goal that it is said of?

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::content::bulletin::{Report, Revision, Said};
use crate::content::goal::GoalKind;
use crate::content::{Bulletin, Content, Goal, Located};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::language::Language;

/// Describes every statement about a goal that does not fit it.
pub(super) fn check(content: &Content) -> Diagnostics {
    let by_slug = content.goals.iter().map(|goal| (goal.slug.as_str(), goal)).collect();
    let mut check = Check { content, by_slug, diagnostics: Diagnostics::default() };
    for bulletin in &content.bulletins {
        check.bulletin(bulletin);
    }
    for goal in &content.goals {
        check.follows(goal);
    }
    check.shrinking_figures();
    check.diagnostics
}

struct Check<'c> {
    content: &'c Content,
    by_slug: BTreeMap<&'c str, &'c Goal>,
    diagnostics: Diagnostics,
}

impl<'c> Check<'c> {
    fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn bulletin(&mut self, bulletin: &'c Bulletin) {
        let facts = &bulletin.facts;
        let path = bulletin.path();
        let judged = facts.overrides.iter().map(|judgement| &judgement.goal);
        let changed = facts.changes.iter().filter_map(|change| change.goal.as_ref());
        for goal in facts.sets.iter().chain(&facts.mentions).chain(judged).chain(changed) {
            self.goal(path, goal);
        }
        for report in &facts.reports {
            if let Some(goal) = self.goal(path, &report.goal)
                && let Some(wrong) = mismatch(path, goal, report)
            {
                self.push(wrong.related(goal.path(), 0..0, "the goal"));
            }
        }
        for revision in &facts.revises {
            if let Some(goal) = self.goal(path, &revision.goal) {
                for wrong in revision_problems(path, goal, revision) {
                    self.push(wrong.related(goal.path(), 0..0, "the goal"));
                }
            }
        }
    }

    /// The goal that a name means, unless it could not be read; describes a name that none has.
    fn goal(&mut self, path: &Arc<str>, name: &Located<String>) -> Option<&'c Goal> {
        let found = self.by_slug.get(name.value.as_str()).copied();
        if found.is_none() {
            let message = format!("no goal is called `{}`", name.value);
            let unknown = Diagnostic::error(Code::UnknownGoal, path, name.span.clone(), message);
            self.push(unknown.did_you_mean(&name.value, self.content.goals.iter().map(|goal| goal.slug.as_str())));
        }
        found.filter(|goal| goal.facts.is_read)
    }

    /// A goal follows another one that exists, is counted alike, and does not lead back to it.
    fn follows(&mut self, goal: &'c Goal) {
        let Some(name) = &goal.facts.follows else { return };
        let path = goal.path();
        let Some(earlier) = self.goal(path, name) else { return };
        let mut seen = vec![goal.slug.as_str()];
        let mut next = Some(earlier);
        while let Some(other) = next.filter(|other| !seen.contains(&other.slug.as_str())) {
            seen.push(&other.slug);
            next = other.facts.follows.as_ref().and_then(|name| self.by_slug.get(name.value.as_str()).copied());
        }
        if next.is_some_and(|again| again.slug == goal.slug) {
            let message = format!("the goal `{}` follows itself", goal.slug);
            let wrong = Diagnostic::error(Code::Inconsistent, path, name.span.clone(), message);
            self.push(wrong.help("name the goal of the period before, or remove `follows`"));
        } else if let (Some(target), Some(before)) = (&goal.facts.target, &earlier.facts.target)
            && !before.unit.is_called(target.unit.name(Language::DEFAULT))
        {
            let (unit, other) = (target.unit.name(Language::DEFAULT), before.unit.name(Language::DEFAULT));
            let message =
                format!("the goal counts `{unit}` and follows one that counts `{other}`: their years do not compare");
            let wrong = Diagnostic::error(Code::Inconsistent, path, name.span.clone(), message);
            let wrong = Diagnostic { severity: Severity::Warning, ..wrong };
            self.push(wrong.help("use one unit for both").related(earlier.path(), 0..0, "the earlier goal"));
        }
    }

    /// What was reached does not become less: a figure below an earlier one is a slip of the pen, or another measure.
    fn shrinking_figures(&mut self) {
        let mut by_goal: BTreeMap<&str, Vec<(&'c Bulletin, &'c Report, f64)>> = BTreeMap::new();
        for bulletin in self.content.bulletins.iter().filter(|bulletin| bulletin.facts.withdrawn.is_none()) {
            for report in &bulletin.facts.reports {
                if let Said::Value(value) = report.said {
                    by_goal.entry(&report.goal.value).or_default().push((bulletin, report, value));
                }
            }
        }
        for (slug, mut figures) in by_goal {
            let Some(goal) = self.by_slug.get(slug).filter(|goal| goal.facts.counts_from_zero()) else { continue };
            let starts = goal.facts.period.map(|period| period.from);
            figures.retain(|(_, report, _)| starts.is_none_or(|start| report.as_of >= start));
            figures.sort_by_key(|(bulletin, report, _)| (report.as_of, bulletin.facts.published.value));
            for pair in figures.windows(2) {
                let [(earlier_bulletin, earlier, before), (bulletin, report, after)] = pair else { continue };
                if after < before && earlier.as_of < report.as_of {
                    let message = format!(
                        "`{after}` as of {} is less than `{before}` as of {}, and `{slug}` adds up",
                        report.as_of.date(),
                        earlier.as_of.date()
                    );
                    let wrong =
                        Diagnostic::warning(Code::ShrinkingFigure, bulletin.path(), report.span.clone(), message);
                    let help = "report the total since the start of the period; a corrected figure replaces the old one in \
                                its bulletin, or withdraw that bulletin";
                    self.push(wrong.help(help).related(
                        earlier_bulletin.path(),
                        earlier.span.clone(),
                        "the larger figure",
                    ));
                }
            }
        }
    }
}

/// Why a report does not fit its goal, if it does not.
fn mismatch(path: &Arc<str>, goal: &Goal, report: &Report) -> Option<Diagnostic> {
    let facts = &goal.facts;
    let kind = facts.kind;
    let slug = &goal.slug;
    let wrong = |message: String| Diagnostic::error(Code::ReportMismatch, path, report.span.clone(), message);
    if let (Some(unit), Some(target)) = (&report.unit, &facts.target)
        && !target.unit.is_called(&unit.value)
    {
        let counted = target.unit.name(Language::DEFAULT);
        let message = format!("this figure is in `{}`; the goal `{slug}` is counted in `{counted}`", unit.value);
        let wrong = Diagnostic::error(Code::ReportMismatch, path, unit.span.clone(), message);
        return Some(wrong.help(format!("give it in `{counted}`, or say it in words: `note: …`")));
    }
    match &report.said {
        Said::Value(_) | Said::AtLeast(_) | Said::AtMost(_) if !kind.has_target() => {
            let message = format!("the goal `{slug}` has no number, so that a figure cannot be compared with it");
            Some(wrong(message).help("say it in words: `note: …`"))
        }
        Said::AtLeast(_) if !is_upwards(goal) => {
            let message = format!("`at_least` proves nothing for `{slug}`, where less is better");
            Some(wrong(message).help("give the figure: `value: …`, or say it in words: `note: …`"))
        }
        Said::AtMost(_) if is_upwards(goal) => {
            let message = format!("`at_most` proves nothing for `{slug}`, where more is better");
            Some(wrong(message).help("give the figure: `value: …`, or say it in words: `note: …`"))
        }
        Said::Milestone(_) if kind != GoalKind::Deliver => {
            Some(wrong(format!("the goal `{slug}` is of kind `{}`, which has no milestones", kind.name())))
        }
        Said::Milestone(id) => {
            let known: Vec<&str> = facts.milestones.iter().map(|milestone| milestone.id.value.as_str()).collect();
            if known.contains(&id.value.as_str()) {
                return None;
            }
            let message = format!("the goal `{slug}` has no milestone `{}`", id.value);
            let unknown = Diagnostic::error(Code::UnknownMilestone, path, id.span.clone(), message);
            Some(unknown.did_you_mean(&id.value, known))
        }
        Said::Value(_) | Said::AtLeast(_) | Said::AtMost(_) | Said::Note(_) => None,
    }
}

/// Whether more is better.
fn is_upwards(goal: &Goal) -> bool {
    let facts = &goal.facts;
    facts.target.as_ref().is_none_or(|target| match facts.kind {
        GoalKind::Increase => target.value >= facts.baseline.unwrap_or_default(),
        _ => !target.at_most,
    })
}

/// Why a revision does not fit its goal.
fn revision_problems(path: &Arc<str>, goal: &Goal, revision: &Revision) -> Vec<Diagnostic> {
    let facts = &goal.facts;
    let slug = &goal.slug;
    let mut problems = Vec::new();
    if let Some(target) = &revision.target {
        let wrong = |code, message| Diagnostic::error(code, path, target.span.clone(), message);
        if facts.target.is_none() {
            let message = format!("the goal `{slug}` has no number that could be revised");
            problems.push(wrong(Code::ReportMismatch, message));
        } else if let (GoalKind::Increase, Some(written)) = (facts.kind, &facts.target) {
            let baseline = facts.baseline.unwrap_or_default();
            if (target.value - baseline).abs() == 0.0 {
                let message = "the new target is the baseline, so there is nothing to reach".to_owned();
                problems.push(wrong(Code::Inconsistent, message));
            } else if (target.value > baseline) != (written.value > baseline) {
                let message = format!("the new target lies on the other side of the baseline, which is {baseline}");
                let help = "a goal that turns round is another goal: announce it with `sets`";
                problems.push(wrong(Code::Inconsistent, message).help(help));
            }
        }
    }
    if let Some(to) = &revision.to {
        let wrong = |code, message| Diagnostic::error(code, path, to.span.clone(), message);
        match facts.period {
            None => problems
                .push(wrong(Code::ReportMismatch, format!("the goal `{slug}` has no period that could be revised"))),
            Some(period) if to.value < period.from => {
                let message =
                    format!("the period would end on {} before it begins on {}", to.value.date(), period.from.date());
                problems.push(wrong(Code::Inconsistent, message));
            }
            Some(_) => {}
        }
    }
    problems
}
