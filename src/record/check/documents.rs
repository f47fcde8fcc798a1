//! Official documents: numbers that two have, kinds that the site does not list, and acts that fit
//! neither the time nor each other.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::circles::find_circles;
use crate::content::bulletin::{Related, Relation, number_key};
use crate::content::{Bulletin, ContactFacts, Content, GroupKind, Located, Moment};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Phrase, message};
use crate::record::documents::{start_of_acts, term_of};

/// Reports what does not fit together in official documents.
pub(super) fn check(content: &Content) -> Diagnostics {
    let by_slug: BTreeMap<&str, usize> = content
        .bulletins
        .iter()
        .enumerate()
        .map(|(index, bulletin)| (bulletin.slug.as_str(), index))
        .collect();
    let mut check = Check { content, by_slug, diagnostics: Diagnostics::default() };
    check.identities();
    check.groups();
    let acts = check.relations();
    // If all acts are later than the documents that they change, there is no circle.
    let is_ordered =
        acts.iter().all(|act| act.from > start_of_acts(&content.bulletins[act.on].facts));
    let circles = if is_ordered {
        BTreeSet::new()
    } else {
        find_circles(acts.iter().map(|act| (act.by, act.on)).collect())
    };
    let mut repeals: BTreeMap<usize, Vec<&Act<'_>>> = BTreeMap::new();
    for act in acts.iter().filter(|act| act.relation == Relation::Repeals) {
        repeals.entry(act.on).or_default().push(act);
    }
    for act in &acts {
        if circles.contains(&(act.by, act.on)) {
            check.circle(act);
        } else {
            check.late(act, repeals.get(&act.by).map_or(&[], Vec::as_slice));
            check.order(act);
            check.effect(act, repeals.get(&act.on).map_or(&[], Vec::as_slice));
        }
    }
    check.diagnostics
}

/// A document with its number.
type Numbered<'c> = (&'c Bulletin, &'c Located<String>);

struct Check<'c> {
    content: &'c Content,
    by_slug: BTreeMap<&'c str, usize>,
    diagnostics: Diagnostics,
}

/// An act of one bulletin on another, by their indices in the content.
struct Act<'c> {
    relation: Relation,
    by: usize,
    on: usize,
    from: Moment,
    slug: &'c Located<String>,
}

impl<'c> Check<'c> {
    fn identities(&mut self) {
        let documents = &self.content.site.documents;
        let mut numbers: BTreeMap<String, Numbered<'c>> = BTreeMap::new();
        let mut indices: BTreeMap<&str, Numbered<'c>> = BTreeMap::new();
        for bulletin in &self.content.bulletins {
            let Some(document) = &bulletin.facts.document else { continue };
            if let Some(number) = &document.number {
                let key = number_key(&number.value);
                if let Some(first) = numbers.insert(key, (bulletin, number)) {
                    self.repeated(bulletin, number, first, Phrase::new("number", "文号"));
                }
            }
            if let Some(index) = &document.index
                && let Some(first) = indices.insert(&index.value, (bulletin, index))
            {
                self.repeated(bulletin, index, first, Phrase::new("index number", "索引号"));
            }
            if let Some(index) = document.index.as_ref().filter(|at| !documents.is_index(&at.value))
            {
                let example = documents.index.as_deref().unwrap_or_default();
                let written = &index.value;
                let message = message!(
                    "the index number `{written}` does not have the form of `{example}`",
                    "索引号 `{written}` 与 `{example}` 的格式不同"
                );
                let help = message!(
                    "correct it, or the example `index` in `[documents]` of `site.toml`",
                    "请更正它，或更正 `site.toml` 中 `[documents]` 的 `index` 示例"
                );
                self.diagnostics.push(error(Code::BadValue, bulletin, index, message).help(help));
            }
            // Without the site's settings no kind is known.
            if let Some(kind) = &document.kind
                && self.content.site.is_read
                && documents.find_kind(&kind.value).is_none()
            {
                self.unknown_kind(bulletin, kind);
            }
        }
    }

    fn repeated(
        &mut self,
        bulletin: &Bulletin,
        number: &Located<String>,
        first: Numbered<'_>,
        noun: Phrase,
    ) {
        let written = &number.value;
        let message = message!(
            "two documents have the {noun} `{written}`",
            "有两份文件的{noun}都是 `{written}`"; noun
        );
        let help = message!("correct one of the two", "请更正其中一个");
        let wrong = error(Code::DuplicateNumber, bulletin, number, message).help(help);
        self.diagnostics.push(wrong.related(
            first.0.path(),
            first.1.span.clone(),
            message!("the other document", "另一份文件"),
        ));
    }

    /// Reports bodies and topics that do not exist.
    fn groups(&mut self) {
        for bulletin in &self.content.bulletins {
            let facts = &bulletin.facts;
            let contact = match &facts.contact {
                Some(ContactFacts::OfBody(name)) => Some((GroupKind::Body, name)),
                _ => None,
            };
            for (kind, name) in facts.groups().chain(contact) {
                if self.content.find_group(kind, &name.value).is_none() {
                    self.unknown_group(bulletin, kind, name);
                }
            }
        }
    }

    fn unknown_group(&mut self, bulletin: &Bulletin, kind: GroupKind, name: &Located<String>) {
        let (noun, code) = match kind {
            GroupKind::Body => (Phrase::new("body", "机构"), Code::UnknownBody),
            GroupKind::Topic => (Phrase::new("topic", "主题"), Code::UnknownTopic),
        };
        let (written, folder) = (&name.value, kind.folder());
        let message =
            message!("no {noun} is called `{written}`", "没有名为 `{written}` 的{noun}"; noun);
        let help = message!(
            "add `{folder}/{written}.md` with its title",
            "请添加 `{folder}/{written}.md`，写明它的名称"
        );
        let groups = self.content.groups.iter().filter(|(known, _)| *known == kind);
        let known = groups.map(|(_, group)| group.slug.as_str());
        let wrong = error(code, bulletin, name, message).help(help).did_you_mean(written, known);
        self.diagnostics.push(wrong);
    }

    fn unknown_kind(&mut self, bulletin: &Bulletin, kind: &Located<String>) {
        let written = &kind.value;
        let message = message!(
            "no kind of document is called `{written}`",
            "没有名为 `{written}` 的公文种类"
        );
        let kinds = &self.content.site.documents.kinds;
        let known: Vec<&str> = kinds.iter().map(|kind| kind.name.value.as_str()).collect();
        let names = Message::names(&known);
        let help = if known.is_empty() {
            message!(
                "add it to `site.toml`: `[documents]`, and below it \
                 `kinds = [{{ name = \"{written}\", title = \"…\" }}]`",
                "请在 `site.toml` 中添加：写一行 `[documents]`，\
                 下面写 `kinds = [{{ name = \"{written}\", title = \"…\" }}]`"
            )
        } else {
            message!("the kinds are {names}", "现有的公文种类有{names}"; names)
        };
        let wrong = error(Code::UnknownKind, bulletin, kind, message).help(help);
        // A title is not a name, but says which one is meant.
        let titled = kinds.iter().find(|kind| kind.title.all().any(|title| title == written));
        let meant = titled.map_or(written.as_str(), |kind| kind.name.value.as_str());
        self.diagnostics.push(wrong.did_you_mean(meant, known));
    }

    /// Reports relations to bulletins that do not exist, and returns the acts.
    fn relations(&mut self) -> Vec<Act<'c>> {
        let mut acts = Vec::new();
        for (by, bulletin) in self.content.bulletins.iter().enumerate() {
            for related in &bulletin.facts.relations {
                let name = &related.slug.value;
                let key = related.relation.name();
                let Some(on) = self.by_slug.get(name.as_str()).copied() else {
                    let message =
                        message!("no bulletin is called `{name}`", "没有名为 `{name}` 的公报");
                    let wrong = error(Code::UnknownSlug, bulletin, &related.slug, message);
                    let wrong = wrong.help(super::name_of_a_bulletin());
                    self.diagnostics.push(wrong.did_you_mean(name, self.by_slug.keys().copied()));
                    continue;
                };
                if on == by {
                    let message = message!(
                        "the bulletin names itself in `{key}`",
                        "公报在 `{key}` 中写了它自己"
                    );
                    let help = message!("name the other bulletin", "请写另一份公报的名称");
                    self.diagnostics.push(
                        error(Code::DocumentCircle, bulletin, &related.slug, message).help(help),
                    );
                    continue;
                }
                self.draft(related, bulletin, self.bulletin(on));
                if related.relation.is_act() && bulletin.facts.withdrawn.is_none() {
                    let from = start_of_acts(&bulletin.facts);
                    acts.push(Act {
                        relation: related.relation,
                        by,
                        on,
                        from,
                        slug: &related.slug,
                    });
                }
            }
        }
        acts
    }

    fn bulletin(&self, place: usize) -> &'c Bulletin {
        &self.content.bulletins[place]
    }

    fn circle(&mut self, act: &Act<'_>) {
        let (by, on) = (self.bulletin(act.by), self.bulletin(act.on));
        let (key, other) = (act.relation.name(), &on.slug);
        let message = message!(
            "`{other}` in `{key}` leads back to this document",
            "`{key}` 中的 `{other}` 又指回了本文件"
        );
        let help =
            message!("keep it in the later document only", "请只在日期较晚的文件中保留这一项");
        self.diagnostics.push(
            error(Code::DocumentCircle, by, act.slug, message).help(help).related(
                on.path(),
                0..0,
                message!("the other document", "另一份文件"),
            ),
        );
    }

    /// Reports a draft to which a bulletin relates that is none: readers see nothing of it.
    fn draft(&mut self, related: &Related, by: &Bulletin, on: &Bulletin) {
        if by.facts.draft || !on.facts.draft {
            return;
        }
        let (key, other) = (related.relation.name(), &on.slug);
        let message = message!(
            "`{key}` has no effect: `{other}` is a draft",
            "`{key}` 不起作用：`{other}` 还是草稿"
        );
        let help = message!(
            "remove the line `draft: true` from `{other}` if it is ready, or else `{other}` from \
             `{key}`",
            "如果 `{other}` 已完成，请删去其中的 `draft: true` 一行；否则请从 `{key}` 中删去它"
        );
        let found = warning(Code::NoEffect, by, &related.slug, message).help(help);
        self.diagnostics.push(found);
    }

    /// An act takes effect after its document was made.
    fn order(&mut self, act: &Act<'_>) {
        let (by, on) = (self.bulletin(act.by), self.bulletin(act.on));
        let document = on.facts.document.as_ref();
        let dates = document.map(|document| [&document.made, &document.effective]);
        let dates = dates.into_iter().flatten().flatten().chain([&on.facts.published]);
        let first = dates.min_by_key(|date| date.value).unwrap_or(&on.facts.published);
        if act.from.date() >= first.value.date() {
            return;
        }
        let (key, other) = (act.relation.name(), &on.slug);
        let (day, start) = (act.from.date(), first.value.date());
        let message = message!(
            "`{key}` takes effect on {day}, before the date of `{other}`, {start}",
            "`{key}` 自 {day} 起生效，早于 `{other}` 的日期 {start}"
        );
        let help = message!("correct one of the two dates", "请更正其中一个日期");
        self.diagnostics.push(warning(Code::EarlyAct, by, act.slug, message).help(help).related(
            on.path(),
            first.span.clone(),
            message!("its date is here", "它的日期在这里"),
        ));
    }

    /// Reports an act that takes effect after its own document was repealed. It counts all the
    /// same: a repeal says nothing of documents that it does not name.
    fn late(&mut self, act: &Act<'_>, repeals: &[&Act<'_>]) {
        let earlier = repeals.iter().filter(|repeal| repeal.from.instant < act.from.instant);
        let Some(repeal) = earlier.min_by_key(|repeal| (repeal.from.instant, repeal.by)) else {
            return;
        };
        let (by, on, repealer) =
            (self.bulletin(act.by), self.bulletin(act.on), self.bulletin(repeal.by));
        let (key, other, name) = (act.relation.name(), &on.slug, &repealer.slug);
        let (day, end) = (act.from.date(), repeal.from.date());
        let message = message!(
            "`{key}` takes effect on {day}, after `{name}` repeals this document on {end}",
            "`{key}` 自 {day} 起生效，而 `{name}` 自 {end} 起已废止本文件"
        );
        let help = message!(
            "remove `{other}` from `{key}` if it stays as it is, or correct the dates",
            "如果 `{other}` 不受影响，请从 `{key}` 中删去它；否则请更正日期"
        );
        let found = warning(Code::Inconsistent, by, act.slug, message).help(help);
        self.diagnostics.push(found.related(
            repealer.path(),
            repeal.slug.span.clone(),
            message!("repealed here", "在这里废止"),
        ));
    }

    /// Reports an act on a document that has ended before.
    fn effect(&mut self, act: &Act<'_>, repeals: &[&Act<'_>]) {
        let (by, on) = (self.bulletin(act.by), self.bulletin(act.on));
        let key = act.relation.name();
        let other = &on.slug;
        let is_before = |one: &&&Act<'_>| {
            if act.relation == Relation::Repeals {
                (one.from.instant, one.by) < (act.from.instant, act.by)
            } else {
                one.from.instant <= act.from.instant
            }
        };
        let repeal = repeals.iter().filter(is_before).min_by_key(|one| (one.from.instant, one.by));
        let (message, help, related) = if let Some(repeal) = repeal {
            let repealer = self.bulletin(repeal.by);
            let (name, day) = (&repealer.slug, repeal.from.date());
            (
                message!(
                    "`{key}` has no effect: `{name}` repeals `{other}` from {day}",
                    "`{key}` 不起作用：`{name}` 已自 {day} 起废止 `{other}`"
                ),
                message!(
                    "remove it from one of the two, or correct the dates",
                    "请从其中一份文件中删去，或更正日期"
                ),
                Some((repealer, repeal.slug.span.clone())),
            )
        } else if let Some(end) = self.end_of(on)
            && end <= act.from.instant
            && act.relation != Relation::Repeals
        {
            (
                message!(
                    "`{key}` has no effect: `{other}` has ended before",
                    "`{key}` 不起作用：`{other}` 此前已经失效"
                ),
                message!(
                    "correct the dates, or name the document that is in force",
                    "请更正日期，或改写现行有效的文件"
                ),
                None,
            )
        } else {
            return;
        };
        let found = warning(Code::NoEffect, by, act.slug, message).help(help);
        self.diagnostics.push(match related {
            Some((repealer, span)) => {
                found.related(repealer.path(), span, message!("repealed here", "在这里废止"))
            }
            None => found,
        });
    }

    /// When a document ends by its own dates, or its page is gone.
    fn end_of(&self, bulletin: &Bulletin) -> Option<Timestamp> {
        let facts = &bulletin.facts;
        let lapse = term_of(facts.document.as_ref(), &self.content.site.zone).until;
        let removals = [&facts.gone, &facts.withdrawn].into_iter().flatten();
        let gone = removals.map(|removal| removal.on.instant).min();
        let expires = facts.expires.as_ref().map(|expires| expires.value.instant);
        [lapse.map(|(_, end)| end), gone, expires].into_iter().flatten().min()
    }
}

fn error(code: Code, bulletin: &Bulletin, at: &Located<String>, message: Message) -> Diagnostic {
    Diagnostic::error(code, bulletin.path(), at.span.clone(), message)
}

fn warning(code: Code, bulletin: &Bulletin, at: &Located<String>, message: Message) -> Diagnostic {
    Diagnostic::warning(code, bulletin.path(), at.span.clone(), message)
}
