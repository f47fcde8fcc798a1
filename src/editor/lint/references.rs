//! Checks for references to bulletins and goals that readers cannot see.

use std::sync::Arc;

use super::context::LintContext;
use crate::content::{Bulletin, Located};
use crate::diagnostic::{Code, Diagnostic, Message, Phrase, Span, message};
use crate::record::Visibility;

pub(super) fn check_references(context: &LintContext<'_>) -> Vec<Diagnostic> {
    let content = context.content;
    let mut found: Vec<Diagnostic> = Vec::new();
    for bulletin in content.bulletins.iter().filter(|bulletin| !bulletin.facts.draft) {
        found.extend(check_replacements(context, bulletin));
        found.extend(check_goals(context, bulletin));
        found.extend(check_aliases(context, bulletin));
    }
    for goal in content.goals.iter().filter(|goal| !goal.facts.draft) {
        if let Some(earlier) = &goal.facts.follows
            && is_draft_goal(context, &earlier.value)
        {
            found.push(draft_goal(goal.path(), earlier));
        }
    }
    for featured in &content.site.featured {
        if let Some(state) = hidden_state(context, &featured.value) {
            let help = message!(
                "remove it from `featured`, or name another bulletin",
                "请从 `featured` 中删去它，或改写另一份公报"
            );
            found.push(hidden_bulletin(&content.site.path, featured, state, help));
        }
    }
    found
}

fn check_replacements(context: &LintContext<'_>, bulletin: &Bulletin) -> Vec<Diagnostic> {
    let removals = [&bulletin.facts.withdrawn, &bulletin.facts.gone].into_iter().flatten();
    let replacements = removals.filter_map(|removal| removal.replaced_by.as_ref());
    replacements
        .filter_map(|other| {
            let state = hidden_state(context, &other.value)?;
            let help = message!(
                "name the bulletin that holds now, or remove `replaced_by`",
                "请写现在有效的公报，或删去 `replaced_by`"
            );
            Some(hidden_bulletin(bulletin.path(), other, state, help))
        })
        .collect()
}

fn check_goals(context: &LintContext<'_>, bulletin: &Bulletin) -> Vec<Diagnostic> {
    let facts = &bulletin.facts;
    let named = facts.sets.iter().chain(&facts.mentions);
    let reported = facts.reports.iter().map(|report| &report.goal);
    let revised = facts.revises.iter().map(|revision| &revision.goal);
    let all = named.chain(reported).chain(revised);
    all.filter(|goal| is_draft_goal(context, &goal.value))
        .map(|goal| draft_goal(bulletin.path(), goal))
        .collect()
}

/// Old addresses of a bulletin that is no longer there.
fn check_aliases(context: &LintContext<'_>, bulletin: &Bulletin) -> Vec<Diagnostic> {
    let is_gone = Visibility::of(bulletin, context.instant) == Visibility::Gone;
    let aliases: &[Located<String>] = if is_gone { &bulletin.facts.aliases } else { &[] };
    aliases
        .iter()
        .map(|alias| {
            let address = &alias.value;
            let message = message!(
                "`{address}` leads to a bulletin that is no longer there",
                "`{address}` 指向的公报已不再公开"
            );
            let help = message!(
                "move the address to `aliases` of the bulletin that holds now, if there is one",
                "如果另有现在有效的公报，请把这个旧地址移到那份公报的 `aliases` 中"
            );
            let path = bulletin.path();
            Diagnostic::note(Code::NotPublic, path, alias.span.clone(), message).help(help)
        })
        .collect()
}

fn is_draft_goal(context: &LintContext<'_>, slug: &str) -> bool {
    context.content.goals.iter().any(|goal| goal.slug == slug && goal.facts.draft)
}

fn draft_goal(path: &Arc<str>, goal: &Located<String>) -> Diagnostic {
    let name = &goal.value;
    let message = message!(
        "the goal `{name}` is a draft, which readers do not see",
        "目标 `{name}` 是草稿，读者看不到"
    );
    let help = message!(
        "remove `draft` from the goal, or remove the goal here",
        "请删去该目标的 `draft`，或在这里删去该目标"
    );
    warning(path, goal.span.clone(), message, help)
}

/// Why readers do not see a bulletin, or see it only as withdrawn.
fn hidden_state(context: &LintContext<'_>, slug: &str) -> Option<Phrase> {
    let bulletin = context.content.bulletins.iter().find(|bulletin| bulletin.slug == slug)?;
    match Visibility::of(bulletin, context.instant) {
        Visibility::Draft => Some(Phrase::new("a draft", "草稿")),
        Visibility::Gone if bulletin.facts.gone.is_some() => {
            Some(Phrase::new("removed", "已移除的公报"))
        }
        Visibility::Gone => Some(Phrase::new("expired", "已失效的公报")),
        Visibility::Public | Visibility::Scheduled => {
            bulletin.facts.withdrawn.as_ref().map(|_| Phrase::new("withdrawn", "已撤回的公报"))
        }
    }
}

fn hidden_bulletin(
    path: &Arc<str>,
    other: &Located<String>,
    state: Phrase,
    help: Message,
) -> Diagnostic {
    let name = &other.value;
    let message = message!(
        "the bulletin `{name}` is {state}",
        "公报 `{name}` 是{state}"; state
    );
    warning(path, other.span.clone(), message, help)
}

fn warning(path: &Arc<str>, span: Span, message: Message, help: Message) -> Diagnostic {
    Diagnostic::warning(Code::NotPublic, path, span, message).help(help)
}
