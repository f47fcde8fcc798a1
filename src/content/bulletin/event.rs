//! The events that a bulletin announces, such as hearings.

use std::collections::{BTreeMap, BTreeSet};

use super::keys::EVENT;
use crate::content::front_matter::localised::{self, Localised};
use crate::content::front_matter::mapping::MappingReader;
use crate::content::front_matter::moment::Moment;
use crate::content::front_matter::tree::Located;
use crate::content::front_matter::value_reader::{Field, ValueReader};
use crate::diagnostic::Phrase;
use crate::language::Language;

/// An event that a bulletin announces.
#[derive(Debug, Clone)]
pub struct EventFacts {
    pub title: Localised,
    /// Its day, or the time at which it begins.
    pub from: Located<Moment>,
    /// Its last day, or the time at which it ends.
    pub to: Option<Located<Moment>>,
    /// The place, in words.
    pub place: Option<Localised>,
    /// Distinguishes the events of a bulletin. The place in the list does not change it: it follows
    /// from the title in the default language, so that an event keeps it on another day. Of several
    /// with one title, all but the earliest have their day in it, too.
    pub identity: Box<str>,
}

/// Reads the events of a bulletin, and gives each its identity.
pub(super) fn read_events(
    keys: &mut MappingReader<'_>,
    reader: &mut ValueReader<'_>,
) -> Vec<EventFacts> {
    let mut events = keys.read_list("events", reader, read_event);
    let mut order: Vec<usize> = (0..events.len()).collect();
    order.sort_by_key(|index| events[*index].from.value);
    // The titles so far, and how many events have a title on one day.
    let (mut titles, mut days) = (BTreeSet::new(), BTreeMap::new());
    for index in order {
        let event = &mut events[index];
        let (title, day) = (event.title.get(Language::DEFAULT).to_owned(), event.from.value.date());
        let is_first = titles.insert(title.clone());
        let count: &mut usize = days.entry((title.clone(), day)).or_default();
        let name = if is_first { title } else { format!("{title}\n{day}\n{count}") };
        *count += 1;
        event.identity = blake3::hash(name.as_bytes()).to_hex()[..12].into();
    }
    events
}

fn read_event(reader: &mut ValueReader<'_>, item: Field<'_>) -> Option<EventFacts> {
    let mut keys = MappingReader::nested(&EVENT, item, reader)?;
    let title = keys.read("title", reader, localised::read);
    let from = keys.read("from", reader, ValueReader::moment);
    let to = keys.read("to", reader, ValueReader::moment);
    let place = keys.read("place", reader, localised::read);
    keys.finish(reader);
    let from = from?;
    if let Some(to) = &to {
        reader.check_order(Phrase::new("the event", "活动"), from.value, to);
    }
    Some(EventFacts { title: title?, from, to, place, identity: Box::default() })
}
