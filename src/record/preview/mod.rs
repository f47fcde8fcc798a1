//! The preview: texts that are not public yet, shown and marked, and a list of what will change.

mod upcoming;

use std::sync::Arc;

use jiff::Timestamp;

use super::schedule::Visibility;
use crate::content::{Content, Texts, rfc3339};
use crate::language::is_chinese;

pub use upcoming::{Upcoming, UpcomingChange, UpcomingChanges, upcoming};

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
