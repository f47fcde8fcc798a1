//! Calendars of what is due: consultations, events, days on which documents come into force or
//! lapse, and goals (RFC 5545, with the properties of RFC 7986).

use std::borrow::Cow;
use std::convert::Infallible;

use bytes::Bytes;
use icalendar::{Calendar, Component, Event, EventStatus, Parameter, Property};
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};

use crate::content::Moment;
use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::output::Output;
use crate::record::progress::calendar::end_of;
use crate::record::{
    Bulletin, BulletinId, GoalId, Record, Role, ValidityState, last_day_for_comments,
};

/// Maximum number of entries in a calendar: those that come first after the newest bulletin, then
/// the latest before it. The last days of a thousand documents, years ahead, must not displace the
/// hearing of next week. The day of the newest bulletin counts as today, so that all replicas
/// agree.
const MAX_ENTRIES: usize = 300;

/// The line that ends a calendar.
const END: &str = "END:VCALENDAR\r\n";

const MEDIA_TYPE: &str = "text/calendar; charset=utf-8";

/// How long a program may keep a calendar before it asks again.
const REFRESH_INTERVAL: &str = "PT6H";

/// A calendar before serialization.
pub(crate) struct CalendarFile<'m, 'r> {
    context: &'m Context<'r>,
    language: Language,
    /// The path of the page with the same bulletins and goals.
    page: String,
    title: String,
    dates: Vec<(Moment, DateSource)>,
}

/// The origin of a date in a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum DateSource {
    /// The last day for comments.
    Closes(BulletinId),
    /// The first day for comments.
    Opens(BulletinId),
    /// An event, by its index in the bulletin.
    Event(BulletinId, usize),
    /// The first day in force.
    Effective(BulletinId),
    /// The last day in force.
    Until(BulletinId),
    /// The last day of a goal's period.
    Due(GoalId),
}

impl DateSource {
    fn bulletin(self) -> Option<BulletinId> {
        match self {
            Self::Closes(id)
            | Self::Opens(id)
            | Self::Event(id, _)
            | Self::Effective(id)
            | Self::Until(id) => Some(id),
            Self::Due(_) => None,
        }
    }
}

/// The dates of a bulletin, always in the same order.
fn dates_of(record: &Record<'_>, id: BulletinId) -> impl Iterator<Item = (Moment, DateSource)> {
    let facts = &record.bulletin(id).source.facts;
    let consultation = facts.consultation.as_ref();
    let closes = consultation.map(|it| last_day_for_comments(it, record.instant));
    let opens = consultation.and_then(|it| it.opens.as_ref()).map(|day| day.value);
    let document = facts.document.as_ref();
    let effective = document.and_then(|it| it.effective.as_ref()).map(|day| day.value);
    let until = document.and_then(|it| it.until.as_ref()).map(|day| day.value);
    let events = facts.events.iter().enumerate();
    let events = events.map(move |(index, it)| (it.from.value, DateSource::Event(id, index)));
    closes
        .map(|day| (day, DateSource::Closes(id)))
        .into_iter()
        .chain(opens.map(|day| (day, DateSource::Opens(id))))
        .chain(events)
        .chain(effective.map(|day| (day, DateSource::Effective(id))))
        .chain(until.map(|day| (day, DateSource::Until(id))))
}

/// A day or time in a calendar.
struct Entry {
    /// Its name among the entries of the site, which is the same in every language.
    name: String,
    title: String,
    from: Moment,
    /// Its last day, or the time at which it ends.
    to: Option<Moment>,
    place: Option<String>,
    description: Option<String>,
    url: String,
    /// The number of changes so far.
    sequence: usize,
    modified: Timestamp,
    is_cancelled: bool,
}

/// Whether a calendar of these bulletins has entries.
pub(crate) fn has_bulletin_entries(record: &Record<'_>, bulletins: &[BulletinId]) -> bool {
    bulletins.iter().any(|id| record.bulletin(*id).has_dates())
}

/// Whether a goal has a last day, which its calendar shows.
pub(crate) fn has_goal_entry(record: &Record<'_>, id: GoalId) -> bool {
    record.progress(id).last_day().is_some()
}

/// The path of the calendar of a page.
pub(crate) fn calendar_path(page: &str) -> String {
    format!("{page}calendar.ics")
}

impl<'m, 'r> CalendarFile<'m, 'r> {
    pub(crate) fn new(
        context: &'m Context<'r>,
        language: Language,
        page: String,
        title: String,
    ) -> Self {
        Self { context, language, page, title, dates: Vec::new() }
    }

    /// The calendar of the whole site.
    pub(crate) fn of_site(context: &'m Context<'r>, language: Language) -> Self {
        let title = context.full_site_name(language);
        let mut calendar = Self::new(context, language, context.root(language), title);
        for id in context.record.goal_ids() {
            calendar = calendar.goal(id);
        }
        let all: Vec<BulletinId> = context.record.bulletin_ids().collect();
        calendar.bulletins(&all)
    }

    /// Adds the dates of bulletins.
    pub(crate) fn bulletins(mut self, bulletins: &[BulletinId]) -> Self {
        let record = self.context.record;
        self.dates.extend(bulletins.iter().flat_map(|id| dates_of(record, *id)));
        self
    }

    /// Adds the last day of a goal.
    pub(crate) fn goal(mut self, id: GoalId) -> Self {
        let due = self.context.record.progress(id).last_day();
        self.dates.extend(due.map(|due| (due, DateSource::Due(id))));
        self
    }

    /// Renders the file; none without entries, because a calendar has at least one.
    pub(crate) fn render(mut self) -> Option<Output> {
        if self.dates.is_empty() {
            return None;
        }
        let newest = self.context.record.bulletin_ids().next();
        if let (true, Some(newest)) = (self.dates.len() > MAX_ENTRIES, newest) {
            let now = self.context.record.bulletin(newest).published().instant;
            // Which entries are in, not yet their order: a large site has thousands.
            self.dates.select_nth_unstable_by_key(MAX_ENTRIES, |(day, source)| {
                let distance = now.duration_since(day.instant).unsigned_abs();
                (day.instant < now, distance, *source)
            });
            self.dates.truncate(MAX_ENTRIES);
        }
        self.dates.sort_unstable_by(|a, b| b.cmp(a));
        let events: Vec<_> =
            self.dates.iter().map(|(from, source)| self.event(*from, *source)).collect();
        let tag = self.context.language_tag(self.language);
        let host = host(&self.context.record.content.site.base_url);
        let path = calendar_path(&self.page);
        let name = self.title.as_str();
        let mut calendar = Calendar::empty();
        for property in [
            Property::new("VERSION", "2.0"),
            Property::new("PRODID", "-//Gazette//Gazette//EN"),
            Property::new("CALSCALE", "GREGORIAN"),
            text("NAME", name, tag),
            Property::new("X-WR-CALNAME", name),
            Property::new("UID", format!("{}@{host}", path.trim_start_matches('/'))),
            with_type("URL", &self.context.absolute(&self.page), "URI"),
            with_type("SOURCE", &self.context.absolute(&path), "URI"),
            with_type("REFRESH-INTERVAL", REFRESH_INTERVAL, "DURATION"),
            Property::new("X-PUBLISHED-TTL", REFRESH_INTERVAL),
        ] {
            calendar.append_property(property);
        }
        if let Some(modified) = events.iter().map(|(modified, _)| *modified).max() {
            calendar.append_property(Property::new("LAST-MODIFIED", utc(modified)));
        }
        let frame = calendar.to_string();
        let mut body = frame.trim_end_matches(END).to_owned();
        body.extend(events.iter().map(|(_, event)| &**event));
        body.push_str(END);
        Some(Output::file(path, MEDIA_TYPE, Some(self.language), Bytes::from(body)))
    }

    /// The time of the last change of an entry, and its component. The calendars of the site, of a
    /// section, a body and a topic share those of a bulletin.
    fn event(&self, from: Moment, source: DateSource) -> (Timestamp, Cow<'m, str>) {
        let (context, site) = (self.context, &self.context.record.content.site);
        let (host, tag) = (host(&site.base_url), context.language_tag(self.language));
        let Some(id) = source.bulletin() else {
            let entry = self.entry(from, source);
            return (entry.modified, entry.event(host, tag, &site.zone).to_string().into());
        };
        let Ok(events) = context.calendar_events.get(id, self.language, || {
            let dates = dates_of(context.record, id);
            let events = dates.map(|(from, source)| {
                self.entry(from, source).event(host, tag, &site.zone).to_string()
            });
            Ok::<_, Infallible>(events.collect())
        });
        let place = dates_of(context.record, id).position(|(_, other)| other == source);
        let event = place.and_then(|place| events.get(place)).map_or("", String::as_str);
        (context.record.bulletin(id).modified(), event.into())
    }

    fn entry(&self, from: Moment, source: DateSource) -> Entry {
        let (record, locale) = (self.context.record, self.context.locale(self.language));
        let (id, name) = match source {
            DateSource::Due(id) => return self.goal_entry(from, id),
            DateSource::Closes(id) => (id, "closes".to_owned()),
            DateSource::Opens(id) => (id, "opens".to_owned()),
            DateSource::Event(id, index) => {
                let event = &record.bulletin(id).source.facts.events[index];
                (id, format!("event-{}", event.identity))
            }
            DateSource::Effective(id) => (id, "effective".to_owned()),
            DateSource::Until(id) => (id, "until".to_owned()),
        };
        let bulletin = record.bulletin(id);
        let facts = &bulletin.source.facts;
        let text = bulletin.source.texts.in_language(self.language);
        let title = &text.title.value;
        let is_cancelled = bulletin.withdrawn.is_some() || is_void(bulletin, from, source);
        let mut entry = Entry {
            name: format!("{}-{name}", bulletin.source.slug),
            title: String::new(),
            from,
            to: None,
            place: None,
            description: text.summary.as_ref().map(|summary| summary.value.clone()),
            url: self.context.absolute(&record.bulletin_address(id, self.language).path),
            sequence: bulletin.changes.len() + usize::from(is_cancelled),
            modified: bulletin.modified(),
            is_cancelled,
        };
        entry.title = match source {
            DateSource::Opens(_) => locale.calendar_opens(title),
            DateSource::Effective(_) => locale.calendar_effective(title),
            DateSource::Until(_) => locale.calendar_until(title),
            DateSource::Closes(_) | DateSource::Due(_) => locale.calendar_closes(title),
            DateSource::Event(_, index) => {
                let event = &facts.events[index];
                entry.to = event.to.as_ref().map(|to| to.value);
                entry.place = event.place.as_ref().map(|it| it.get(self.language).to_owned());
                entry.description = Some(title.clone());
                event.title.get(self.language).to_owned()
            }
        };
        if is_cancelled {
            // Programs that ignore the status show the day as one that comes.
            entry.title = locale.calendar_cancelled(&entry.title);
        }
        if let (DateSource::Closes(_), Some(consultation)) = (source, &facts.consultation) {
            let extended = consultation.extended.iter();
            entry.sequence += extended.filter(|it| it.on.value.instant <= record.instant).count();
        }
        entry
    }

    fn goal_entry(&self, from: Moment, id: GoalId) -> Entry {
        let record = self.context.record;
        let goal = record.goal(id);
        let text = goal.source.texts.in_language(self.language);
        let revisions = goal.evidence.iter().filter(|evidence| {
            let moves_end =
                matches!(evidence.role, Role::Revises(revision) if revision.to.is_some());
            moves_end && !evidence.is_withdrawn
        });
        let first = record.progress(id).period.map_or(from, |period| period.from).instant;
        Entry {
            name: format!("goal-{}", goal.source.slug),
            title: self.context.locale(self.language).calendar_due(&text.title.value),
            from,
            to: None,
            place: None,
            description: text.summary.as_ref().map(|summary| summary.value.clone()),
            url: self.context.absolute(&record.goal_address(id, self.language).path),
            sequence: revisions.count(),
            // A goal that no bulletin concerns has no other date.
            modified: record.goal_modified(id).unwrap_or(first),
            is_cancelled: false,
        }
    }
}

/// Whether a document was repealed before the day on which it would begin or lapse.
fn is_void(bulletin: &Bulletin<'_>, day: Moment, source: DateSource) -> bool {
    let is_term = matches!(source, DateSource::Effective(_) | DateSource::Until(_));
    is_term
        && bulletin.validity.is_some_and(|validity| {
            validity.state == ValidityState::Repealed
                && validity.since.is_some_and(|since| since.instant <= day.instant)
        })
}

impl Entry {
    fn event(&self, host: &str, tag: &str, zone: &TimeZone) -> Event {
        let mut event = Event::with_uid(&format!("{}@{host}", self.name));
        event
            .append_property(Property::new("DTSTAMP", utc(self.modified)))
            .append_property(Property::new("LAST-MODIFIED", utc(self.modified)))
            .append_property(Property::new("SEQUENCE", self.sequence.to_string()))
            .append_property(text("SUMMARY", &self.title, tag))
            .append_property(Property::new("URL", self.url.as_str()))
            .status(if self.is_cancelled {
                EventStatus::Cancelled
            } else {
                EventStatus::Confirmed
            });
        if let Some(description) = &self.description {
            event.append_property(text("DESCRIPTION", description, tag));
        }
        if let Some(place) = &self.place {
            event.append_property(text("LOCATION", place, tag));
        }
        if self.from.has_time || self.to.is_some_and(|to| to.has_time) {
            event.append_property(Property::new("DTSTART", utc(self.from.instant)));
            if let Some(to) = self.to.and_then(|to| zone.to_timestamp(end_of(to)).ok()) {
                event.append_property(Property::new("DTEND", utc(to)));
            }
        } else {
            // The end of a day is the next one, and a day that takes no time of anyone is free.
            let last = self.to.unwrap_or(self.from).date();
            let next = last.tomorrow().unwrap_or(last);
            event
                .append_property(with_type("DTSTART", &day(self.from.date()), "DATE"))
                .append_property(with_type("DTEND", &day(next), "DATE"))
                .append_property(Property::new("TRANSP", "TRANSPARENT"));
        }
        event
    }
}

/// A property with a text in a language. Its type is written, because the library escapes no text
/// of the properties of RFC 7986 without it.
fn text(key: &str, value: &str, tag: &str) -> Property {
    let mut property = with_type(key, value, "TEXT");
    property.append_parameter(Parameter::new("LANGUAGE", tag)).done()
}

fn with_type(key: &str, value: &str, value_type: &str) -> Property {
    Property::new(key, value).append_parameter(Parameter::new("VALUE", value_type)).done()
}

fn utc(instant: Timestamp) -> String {
    instant.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn day(date: civil::Date) -> String {
    date.strftime("%Y%m%d").to_string()
}

/// The host and the path of the site, which make the names of entries unique in the world.
fn host(base_url: &str) -> &str {
    base_url.split_once("://").map_or(base_url, |(_, rest)| rest).trim_end_matches('/')
}
