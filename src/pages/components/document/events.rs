//! The events that a bulletin announces.

use crate::content::Moment;
use crate::content::bulletin::EventFacts;
use crate::language::Language;
use crate::pages::context::{Context, Date};

/// An event on the page of its bulletin.
pub(crate) struct EventView<'r> {
    pub(crate) title: &'r str,
    pub(crate) from: Date,
    pub(crate) to: Option<Date>,
    pub(crate) place: Option<&'r str>,
}

/// The events of a bulletin, in their order.
pub(crate) fn event_views<'r>(
    context: &Context<'r>,
    events: &'r [EventFacts],
    language: Language,
) -> Vec<EventView<'r>> {
    let views = events.iter().map(|event| EventView {
        title: event.title.get(language),
        from: context.date(event.from.value, language),
        to: event
            .to
            .as_ref()
            .and_then(|to| end_of_event(context, event.from.value, to.value, language)),
        place: event.place.as_ref().map(|place| place.get(language)),
    });
    views.collect()
}

/// The end of an event; on the day of its beginning the time of day alone, or nothing without one.
fn end_of_event(
    context: &Context<'_>,
    from: Moment,
    to: Moment,
    language: Language,
) -> Option<Date> {
    let date = context.date(to, language);
    if from.date() != to.date() {
        return Some(date);
    }
    to.has_time.then(|| Date { text: to.civil.strftime("%H:%M").to_string(), ..date })
}
