//! The preview: texts that are not public yet, shown and marked, and a list of what will change.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::Record;
use super::schedule::Visibility;
use crate::content::{Bulletin, Content, Status, Texts, rfc3339};
use crate::language::is_chinese;

/// A change that comes by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upcoming {
    pub at: Timestamp,
    pub change: UpcomingChange,
    /// The title of the page in the default language.
    pub title: String,
    pub path: Arc<str>,
}

/// A change of the site at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UpcomingChange {
    /// A bulletin is published.
    Appears,
    /// A bulletin expires.
    Expires,
    /// A bulletin is removed.
    Removed,
    /// A bulletin is withdrawn.
    Withdrawn,
    /// A bulletin shows a further change note.
    Changes,
    /// A goal gets another status.
    Status(Status, Status),
}

/// The most instants at which the status of goals is computed.
const MAX_INSTANTS: usize = 12;

/// Lists what will change after an instant, the next change first.
#[must_use]
pub fn upcoming(content: &Content, instant: Timestamp) -> Vec<Upcoming> {
    let mut upcoming: Vec<Upcoming> = content
        .bulletins
        .iter()
        .filter(|bulletin| !bulletin.facts.draft)
        .flat_map(|bulletin| changes(bulletin))
        .filter(|change| change.at > instant)
        .collect();
    upcoming.extend(status_changes(content, instant));
    upcoming.sort_by(|a, b| (a.at, &a.path).cmp(&(b.at, &b.path)));
    upcoming
}

fn changes(bulletin: &Bulletin) -> impl Iterator<Item = Upcoming> {
    let facts = &bulletin.facts;
    let expires = facts.expires.as_ref().map(|expires| (expires.value, UpcomingChange::Expires));
    let gone = facts.gone.as_ref().map(|removal| (removal.on, UpcomingChange::Removed));
    let withdrawn = facts.withdrawn.as_ref().map(|removal| (removal.on, UpcomingChange::Withdrawn));
    let notes = facts.changes.iter().map(|change| (change.on, UpcomingChange::Changes));
    [Some((facts.published.value, UpcomingChange::Appears)), expires, gone, withdrawn]
        .into_iter()
        .flatten()
        .chain(notes)
        .map(|(moment, change)| Upcoming {
            at: moment.instant,
            change,
            title: bulletin.texts.original().title.value.clone(),
            path: Arc::clone(bulletin.path()),
        })
}

/// The next changes of the status of goals, from one instant at which the record changes to the
/// next.
fn status_changes(content: &Content, instant: Timestamp) -> Vec<Upcoming> {
    let mut found = Vec::new();
    let mut before = statuses(&Record::at(content, instant));
    let mut next = Record::at(content, instant).next_instant;
    for _ in 0..MAX_INSTANTS {
        let Some(at) = next else { break };
        let record = Record::at(content, at);
        let after = statuses(&record);
        for (path, (status, title)) in &after {
            if let Some((earlier, _)) = before.get(path)
                && earlier != status
            {
                found.push(Upcoming {
                    at,
                    change: UpcomingChange::Status(*earlier, *status),
                    title: title.clone(),
                    path: Arc::clone(path),
                });
            }
        }
        before = after;
        next = record.next_instant;
    }
    found
}

/// The status and the title of each public goal, by the path of its file.
fn statuses(record: &Record<'_>) -> BTreeMap<Arc<str>, (Status, String)> {
    let goals = record.goal_ids().map(|id| {
        let source = record.goal(id).source;
        let title = source.texts.original().title.value.clone();
        (Arc::clone(source.path()), (record.progress(id).status, title))
    });
    goals.collect()
}

/// Makes drafts and scheduled bulletins visible, with a mark before their titles. The content must
/// have been checked before.
pub(super) fn reveal(content: &mut Content, instant: Timestamp) {
    let zone = content.site.zone.clone();
    let tags: Vec<String> = content.site.languages.tags().map(ToOwned::to_owned).collect();
    for bulletin in &mut content.bulletins {
        let bulletin = Arc::make_mut(bulletin);
        match Visibility::of(bulletin, instant) {
            Visibility::Draft => mark(&mut bulletin.texts, &tags, None),
            Visibility::Scheduled => {
                let published = rfc3339(bulletin.facts.published.value.instant, &zone);
                let shown = published.get(..16).unwrap_or(&published).replace('T', " ");
                mark(&mut bulletin.texts, &tags, Some(&shown));
            }
            Visibility::Public | Visibility::Gone => {}
        }
        bulletin.facts.draft = false;
    }
    for goal in &mut content.goals {
        if goal.facts.draft {
            mark(&mut goal.texts, &tags, None);
        }
        goal.facts.draft = false;
    }
    for page in &mut content.pages {
        if page.facts.draft {
            mark(&mut page.texts, &tags, None);
        }
        page.facts.draft = false;
    }
    for alert in &mut content.alerts {
        if alert.facts.draft {
            mark(&mut alert.texts, &tags, None);
        }
        alert.facts.draft = false;
    }
    content.shows_scheduled = true;
}

/// Puts a mark before the titles: that of a draft, or the time at which a text is published.
fn mark(texts: &mut Texts, tags: &[String], scheduled: Option<&str>) {
    for text in texts.all_mut() {
        let tag = tags.get(text.language.index()).map_or("", String::as_str);
        let mark = match (scheduled, is_chinese(tag)) {
            (None, false) => "[Draft] ".to_owned(),
            (None, true) => "〔草稿〕".to_owned(),
            (Some(time), false) => format!("[Scheduled for {time}] "),
            (Some(time), true) => format!("〔定时发布：{time}〕"),
        };
        text.title.value.insert_str(0, &mark);
        if let Some(short) = &mut text.short_title {
            short.insert_str(0, &mark);
        }
    }
}
