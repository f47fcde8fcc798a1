//! Checks that statements about goals fit the goals: reports, revisions, and the order in which
//! goals follow each other.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::content::bulletin::{Report, ReportValue, Revision};
use crate::content::goal::GoalKind;
use crate::content::{Bulletin, Content, Goal, Located, Moment};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Span, message};
use crate::language::Language;

/// Reports every statement that does not fit its goal.
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
                && let Some(wrong) = find_mismatch(path, goal, report)
            {
                self.push(wrong.related(
                    goal.path(),
                    title_span(goal),
                    message!("the goal", "该目标"),
                ));
            }
        }
        for revision in &facts.revises {
            if let Some(goal) = self.goal(path, &revision.goal) {
                for wrong in revision_problems(path, goal, revision) {
                    self.push(wrong.related(
                        goal.path(),
                        title_span(goal),
                        message!("the goal", "该目标"),
                    ));
                }
            }
        }
    }

    /// Returns the goal with a name, and reports a name that no goal has. A goal whose kind is not
    /// known counts as missing.
    fn goal(&mut self, path: &Arc<str>, name: &Located<String>) -> Option<&'c Goal> {
        let found = self.by_slug.get(name.value.as_str()).copied();
        if found.is_none() {
            let written = &name.value;
            let message = message!("no goal is called `{written}`", "没有名为 `{written}` 的目标");
            let unknown = Diagnostic::error(Code::UnknownGoal, path, name.span.clone(), message);
            let unknown = unknown.help(message!(
                "write the name of the goal's file, without `.md`",
                "请写目标的文件名，不含 `.md`"
            ));
            self.push(unknown.did_you_mean(
                &name.value,
                self.content.goals.iter().map(|goal| goal.slug.as_str()),
            ));
        }
        found.filter(|goal| goal.facts.has_known_kind)
    }

    /// Checks that the goal that a goal follows exists, has the same unit, and does not lead back
    /// to it.
    fn follows(&mut self, goal: &'c Goal) {
        let Some(name) = &goal.facts.follows else { return };
        let path = goal.path();
        let Some(earlier) = self.goal(path, name) else { return };
        let mut seen = vec![goal.slug.as_str()];
        let mut next = Some(earlier);
        while let Some(other) = next.filter(|other| !seen.contains(&other.slug.as_str())) {
            seen.push(&other.slug);
            next = other
                .facts
                .follows
                .as_ref()
                .and_then(|name| self.by_slug.get(name.value.as_str()).copied());
        }
        if next.is_some_and(|again| again.slug == goal.slug) {
            let slug = &goal.slug;
            let message =
                message!("the goal `{slug}` follows itself", "目标 `{slug}` 承接的是它自己");
            let wrong = Diagnostic::error(Code::Inconsistent, path, name.span.clone(), message);
            self.push(wrong.help(message!(
                "name the goal of the period before, or remove `follows`",
                "请写上一期间的目标，或删去 `follows`"
            )));
        } else if let (Some(target), Some(before)) = (&goal.facts.target, &earlier.facts.target)
            && !before.unit.has_name(target.unit.name(Language::DEFAULT))
        {
            let (unit, other) =
                (target.unit.name(Language::DEFAULT), before.unit.name(Language::DEFAULT));
            let message = message!(
                "the goal counts `{unit}` and follows one that counts `{other}`: their figures \
                 cannot be compared",
                "本目标的单位是 `{unit}`，它承接的目标的单位是 `{other}`，历年数值无法比较"
            );
            let wrong = Diagnostic::warning(Code::Inconsistent, path, name.span.clone(), message);
            let wrong = wrong.help(message!("use one unit for both", "请让两者使用同一单位"));
            self.push(wrong.related(
                earlier.path(),
                title_span(earlier),
                message!("the earlier goal", "较早的目标"),
            ));
        }
    }

    /// Reports figures that are smaller than an earlier one of a goal that adds up: a typo, or
    /// another measure.
    fn shrinking_figures(&mut self) {
        let mut by_goal: BTreeMap<&str, Vec<(&'c Bulletin, &'c Report, f64)>> = BTreeMap::new();
        for bulletin in
            self.content.bulletins.iter().filter(|bulletin| bulletin.facts.withdrawn.is_none())
        {
            for report in &bulletin.facts.reports {
                if let ReportValue::Exact(value) = report.value {
                    by_goal.entry(&report.goal.value).or_default().push((bulletin, report, value));
                }
            }
        }
        for (slug, mut figures) in by_goal {
            let Some(goal) = self.by_slug.get(slug).filter(|goal| goal.facts.counts_from_zero())
            else {
                continue;
            };
            let starts = goal.facts.period.map(|period| period.from);
            figures.retain(|(_, report, _)| starts.is_none_or(|start| report.as_of >= start));
            figures.sort_by_key(|(bulletin, report, _)| {
                (report.as_of, bulletin.facts.published.value)
            });
            for pair in figures.windows(2) {
                let [(earlier_bulletin, earlier, before), (bulletin, report, after)] = pair else {
                    continue;
                };
                if after < before && earlier.as_of < report.as_of {
                    let wrong = shrinking_message(slug, (report, *after), (earlier, *before));
                    let wrong = Diagnostic::warning(
                        Code::ShrinkingFigure,
                        bulletin.path(),
                        report.span.clone(),
                        wrong,
                    );
                    let help = message!(
                        "report the total since the start of the period; a corrected figure \
                         replaces the old one in its bulletin, or withdraw that bulletin",
                        "请报告自期间开始以来的累计数；如果是更正数值，请直接修改原公报中的数值，或撤回原公报"
                    );
                    let larger = message!("the larger figure", "较大的数值");
                    self.push(wrong.help(help).related(
                        earlier_bulletin.path(),
                        earlier.span.clone(),
                        larger,
                    ));
                }
            }
        }
    }
}

/// The span of a goal's title.
fn title_span(goal: &Goal) -> Span {
    goal.texts.original().title.span.clone()
}

fn shrinking_message(
    slug: &str,
    (report, after): (&Report, f64),
    (earlier, before): (&Report, f64),
) -> Message {
    let (day, earlier_day) = (report.as_of.date(), earlier.as_of.date());
    message!(
        "`{after}` as of {day} is less than `{before}` as of {earlier_day}, and `{slug}` adds up",
        "截至 {day} 的 `{after}` 小于截至 {earlier_day} 的 `{before}`，而 `{slug}` 的数值应逐次累计"
    )
}

/// Returns the reason why a report does not fit its goal.
fn find_mismatch(path: &Arc<str>, goal: &Goal, report: &Report) -> Option<Diagnostic> {
    let facts = &goal.facts;
    let kind = facts.kind;
    let slug = &goal.slug;
    if let (Some(unit), Some(target)) = (&report.unit, &facts.target)
        && !target.unit.has_name(&unit.value)
    {
        return Some(wrong_unit(path, slug, unit, target.unit.name(Language::DEFAULT)));
    }
    let (message, help) = match &report.value {
        ReportValue::Milestone(id) if kind == GoalKind::Deliver => {
            return unknown_milestone(path, goal, id);
        }
        ReportValue::Milestone(_) => {
            let kind = kind.name();
            let message = message!(
                "the goal `{slug}` is of kind `{kind}`, which has no milestones",
                "目标 `{slug}` 的 `kind` 为 `{kind}`，没有节点"
            );
            (message, say_it_in_words())
        }
        ReportValue::Exact(_) | ReportValue::AtLeast(_) | ReportValue::AtMost(_)
            if !kind.has_target() =>
        {
            let message = message!(
                "the goal `{slug}` has no number, so that a figure cannot be compared with it",
                "目标 `{slug}` 没有目标值，无法与数值比较"
            );
            (message, say_it_in_words())
        }
        ReportValue::AtLeast(_) if !is_upwards(goal) => {
            let message = message!(
                "`at_least` proves nothing for `{slug}`, where less is better",
                "`{slug}` 的数值越小越好，`at_least` 不能说明进展"
            );
            (message, give_the_figure())
        }
        ReportValue::AtMost(_) if is_upwards(goal) => {
            let message = message!(
                "`at_most` proves nothing for `{slug}`, where more is better",
                "`{slug}` 的数值越大越好，`at_most` 不能说明进展"
            );
            (message, give_the_figure())
        }
        ReportValue::Exact(_)
        | ReportValue::AtLeast(_)
        | ReportValue::AtMost(_)
        | ReportValue::Note(_) => return None,
    };
    let wrong = Diagnostic::error(Code::ReportMismatch, path, report.span.clone(), message);
    Some(wrong.help(help))
}

/// Reports a unit that is not the goal's.
fn wrong_unit(path: &Arc<str>, slug: &str, unit: &Located<String>, counted: &str) -> Diagnostic {
    let written = &unit.value;
    let message = message!(
        "this figure is in `{written}`; the goal `{slug}` is counted in `{counted}`",
        "这个数值的单位是 `{written}`，而目标 `{slug}` 的单位是 `{counted}`"
    );
    let help = message!(
        "give it in `{counted}`, or say it in words: `note: …`",
        "请换算为 `{counted}`，或用文字说明：`note: …`"
    );
    Diagnostic::error(Code::ReportMismatch, path, unit.span.clone(), message).help(help)
}

/// Returns the problem with a milestone that the goal does not have.
fn unknown_milestone(path: &Arc<str>, goal: &Goal, id: &Located<String>) -> Option<Diagnostic> {
    let slug = &goal.slug;
    let known: Vec<&str> =
        goal.facts.milestones.iter().map(|milestone| milestone.id.value.as_str()).collect();
    if known.contains(&id.value.as_str()) {
        return None;
    }
    let name = &id.value;
    let message =
        message!("the goal `{slug}` has no milestone `{name}`", "目标 `{slug}` 没有节点 `{name}`");
    let unknown = Diagnostic::error(Code::UnknownMilestone, path, id.span.clone(), message);
    let all = Message::names(&known);
    let unknown = match known.as_slice() {
        [] => unknown.help(message!("add `milestones` to the goal", "请为该目标添加 `milestones`")),
        _ => unknown.help(message!("its milestones are {all}", "它的节点有{all}"; all)),
    };
    Some(unknown.did_you_mean(name, known))
}

fn say_it_in_words() -> Message {
    message!("say it in words: `note: …`", "请用文字说明：`note: …`")
}

fn give_the_figure() -> Message {
    message!(
        "give the figure: `value: …`, or say it in words: `note: …`",
        "请给出确切数值：`value: …`，或用文字说明：`note: …`"
    )
}

/// Whether more is better.
fn is_upwards(goal: &Goal) -> bool {
    let facts = &goal.facts;
    facts.target.as_ref().is_none_or(|target| match facts.kind {
        GoalKind::Increase => target.value >= facts.baseline.unwrap_or_default(),
        _ => !target.at_most,
    })
}

/// Returns the reasons why a revision does not fit its goal.
fn revision_problems(path: &Arc<str>, goal: &Goal, revision: &Revision) -> Vec<Diagnostic> {
    let target = revision.target.as_ref().and_then(|target| {
        let (code, message, help) = target_problem(goal, target.value)?;
        Some(Diagnostic::error(code, path, target.span.clone(), message).help(help))
    });
    let end = revision.to.as_ref().and_then(|to| {
        let (code, message, help) = end_problem(goal, to.value)?;
        Some(Diagnostic::error(code, path, to.span.clone(), message).help(help))
    });
    target.into_iter().chain(end).collect()
}

/// Returns the reason why a new target does not fit its goal, and the correction.
fn target_problem(goal: &Goal, target: f64) -> Option<(Code, Message, Message)> {
    let (facts, slug) = (&goal.facts, &goal.slug);
    let Some(old) = &facts.target else {
        let message = message!(
            "the goal `{slug}` has no number that could be revised",
            "目标 `{slug}` 没有可以调整的目标值"
        );
        let help = message!("remove `target` here", "请删去这里的 `target`");
        return Some((Code::ReportMismatch, message, help));
    };
    if facts.kind != GoalKind::Increase {
        return None;
    }
    let baseline = facts.baseline.unwrap_or_default();
    if (target - baseline).abs() == 0.0 {
        let message = message!(
            "the new target is the baseline, so there is nothing to reach",
            "新的目标值与基准值相同，没有需要达到的差距"
        );
        let help = message!("correct `target`", "请更正 `target`");
        return Some((Code::Inconsistent, message, help));
    }
    if (target > baseline) == (old.value > baseline) {
        return None;
    }
    let message = message!(
        "the new target is on the other side of the baseline, which is {baseline}",
        "新的目标值位于基准值 {baseline} 的另一侧"
    );
    let help = message!(
        "a goal in the other direction is another goal: announce it with `sets`",
        "方向相反的目标应是另一项目标，请用 `sets` 提出"
    );
    Some((Code::Inconsistent, message, help))
}

/// Returns the reason why a new end of the period does not fit its goal, and the correction.
fn end_problem(goal: &Goal, to: Moment) -> Option<(Code, Message, Message)> {
    let slug = &goal.slug;
    let Some(period) = goal.facts.period else {
        let message = message!(
            "the goal `{slug}` has no period that could be revised",
            "目标 `{slug}` 没有可以调整的期间"
        );
        let help = message!(
            "remove `to` here, or give the goal a `period`",
            "请删去这里的 `to`，或为该目标写明 `period`"
        );
        return Some((Code::ReportMismatch, message, help));
    };
    if to >= period.from {
        return None;
    }
    let (start, end) = (period.from.date(), to.date());
    let message = message!(
        "the period would end on {end} before it begins on {start}",
        "调整后，期间的结束日期 {end} 会早于开始日期 {start}"
    );
    let help = message!("correct `to`", "请更正 `to`");
    Some((Code::Inconsistent, message, help))
}
