//! The events that a bulletin announces, such as hearings.

use super::keys::EVENT;
use crate::content::front_matter::localised::{self, Localised};
use crate::content::front_matter::mapping::MappingReader;
use crate::content::front_matter::moment::Moment;
use crate::content::front_matter::tree::Located;
use crate::content::front_matter::value_reader::{Field, ValueReader};
use crate::diagnostic::Phrase;

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
