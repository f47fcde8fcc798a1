//! The events that a bulletin announces, such as hearings.

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
}

impl EventFacts {
    /// The identity of one of a bulletin's events, which its place in the list does not change: it
    /// follows from the title in the default language, so that an event keeps it on another day.
    /// Of several with one title, all but the earliest have their day in it, too.
    #[must_use]
    pub fn identity(events: &[Self], index: usize) -> String {
        let event = &events[index];
        let title = event.title.get(Language::DEFAULT);
        let place = (event.from.value, index);
        let all = events.iter().enumerate();
        let earlier = all.filter(|(other, it)| {
            (it.from.value, *other) < place && it.title.get(Language::DEFAULT) == title
        });
        let earlier: Vec<&Self> = earlier.map(|(_, it)| it).collect();
        let mut named = title.to_owned();
        if !earlier.is_empty() {
            let day = event.from.value.date();
            // Those of one day are counted.
            let count = earlier.iter().filter(|it| it.from.value.date() == day).count();
            named = format!("{title}\n{day}\n{count}");
        }
        blake3::hash(named.as_bytes()).to_hex()[..12].to_owned()
    }
}

pub(super) fn read_event(reader: &mut ValueReader<'_>, item: Field<'_>) -> Option<EventFacts> {
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
    Some(EventFacts { title: title?, from, to, place })
}
