//! Checks for missing translations.

use std::sync::Arc;

use super::context::LintContext;
use crate::content::{GroupKind, Localised, Texts};
use crate::diagnostic::{Code, Diagnostic, Phrase, message};
use crate::language::Language;

/// Reports pages and texts without a translation: a warning for texts that every page shows, a note
/// for others.
pub(super) fn check_missing(context: &LintContext<'_>) -> Vec<Diagnostic> {
    let content = context.content;
    let mut found = Vec::new();
    let mut add = |texts: &Texts, what: Phrase, is_everywhere: bool| {
        found.extend(untranslated(context, texts, what, is_everywhere));
    };
    content
        .home
        .iter()
        .for_each(|entry| add(&entry.texts, Phrase::new("the home page", "首页"), true));
    content
        .goals_index
        .iter()
        .for_each(|entry| add(&entry.texts, Phrase::new("the goals' page", "目标总页"), true));
    content
        .sections
        .iter()
        .for_each(|entry| add(&entry.texts, Phrase::new("this section", "本栏目"), true));
    content
        .categories
        .iter()
        .for_each(|entry| add(&entry.texts, Phrase::new("this category", "本类别"), true));
    content
        .pages
        .iter()
        .filter(|entry| !entry.facts.draft)
        .for_each(|entry| add(&entry.texts, Phrase::new("this page", "本页面"), false));
    for (kind, entry) in &content.groups {
        let what = match kind {
            GroupKind::Body => Phrase::new("this body", "本机构"),
            GroupKind::Topic => Phrase::new("this topic", "本主题"),
        };
        add(&entry.texts, what, false);
    }
    for (_, entry) in &content.group_indexes {
        add(&entry.texts, Phrase::new("this page", "本页面"), false);
    }
    let alerts = content.alerts.iter().filter(|entry| !entry.facts.draft);
    alerts.for_each(|entry| add(&entry.texts, Phrase::new("this alert", "本通告"), false));
    let goals = content.goals.iter().filter(|entry| !entry.facts.draft);
    goals.for_each(|entry| add(&entry.texts, Phrase::new("this goal", "本目标"), false));
    let bulletins =
        content.bulletins.iter().filter(|entry| !entry.facts.draft && entry.facts.gone.is_none());
    bulletins.for_each(|entry| add(&entry.texts, Phrase::new("this bulletin", "本公报"), false));
    found.extend(words_of_facts(context));
    found
}

fn untranslated(
    context: &LintContext<'_>,
    texts: &Texts,
    what: Phrase,
    is_everywhere: bool,
) -> Vec<Diagnostic> {
    let languages = &context.content.site.languages;
    let original = texts.original();
    let missing = languages.all().filter(|language| texts.get(*language).is_none());
    missing
        .map(|language| {
            let tag = languages.tag(language);
            let message =
                message!("{what} has no text in `{tag}` yet", "{what}还没有 `{tag}` 译文"; what);
            let path = &original.path;
            let file = path.trim_end_matches(".md");
            let help = message!(
                "add `{file}.{tag}.md`; `gazette new translation {path} --lang {tag}` begins it",
                "请添加 `{file}.{tag}.md`；可用 `gazette new translation {path} --lang {tag}` 生成"
            );
            let span = original.title.span.clone();
            let diagnostic = if is_everywhere {
                Diagnostic::warning(Code::MissingText, &original.path, span, message)
            } else {
                Diagnostic::note(Code::Untranslated, &original.path, span, message)
            };
            diagnostic.help(help)
        })
        .collect()
}

/// Checks names and units in facts, which pages of every language show.
fn words_of_facts(context: &LintContext<'_>) -> Vec<Diagnostic> {
    let content = context.content;
    let site = &content.site;
    let of_site = [
        Some(&site.name),
        site.tagline.as_ref(),
        site.publisher.as_ref().map(|publisher| &publisher.name),
    ];
    let of_site = of_site.into_iter().flatten().map(|words| (&site.path, words));
    let of_goals = content.goals.iter().flat_map(|goal| {
        let unit = goal.facts.target.iter().map(|target| target.unit.words());
        unit.chain(goal.facts.milestones.iter().map(|milestone| &milestone.title))
            .map(|words| (goal.path(), words))
    });
    let of_bulletins = content.bulletins.iter().flat_map(|bulletin| {
        let source = bulletin.facts.source.iter().map(|source| &source.name);
        let changes = bulletin.facts.changes.iter().map(|change| &change.note);
        source.chain(&bulletin.facts.byline).chain(changes).map(|words| (bulletin.path(), words))
    });
    of_site
        .chain(of_goals)
        .chain(of_bulletins)
        .flat_map(|(path, words)| unsaid(context, path, words))
        .collect()
}

fn unsaid(context: &LintContext<'_>, path: &Arc<str>, words: &Localised) -> Vec<Diagnostic> {
    let languages = &context.content.site.languages;
    let missing = languages.all().filter(|language| words.fallback(*language).is_some());
    missing
        .map(|language| {
            let (tag, said) = (languages.tag(language), words.get(Language::DEFAULT));
            let message =
                message!("`{said}` has no text in `{tag}`", "`{said}` 没有 `{tag}` 的说法");
            let added = if **path == *"site.toml" {
                format!("{tag} = \"…\"")
            } else {
                format!("{tag}: …")
            };
            let help = message!("add `{added}` beside it", "请在旁边加上 `{added}`");
            Diagnostic::warning(Code::MissingText, path, words.span.clone(), message).help(help)
        })
        .collect()
}
