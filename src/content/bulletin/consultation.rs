//! The facts of a consultation: when the public may comment, how, and what came of it.

use super::keys::{CONSULTATION, EXTENSION, RESPOND};
use crate::content::front_matter::localised::{self, Localised};
use crate::content::front_matter::mapping::MappingReader;
use crate::content::front_matter::moment::{Moment, written};
use crate::content::front_matter::tree::Located;
use crate::content::front_matter::value_reader::{Field, ValueReader};
use crate::content::front_matter::web;
use crate::diagnostic::{Code, message};

/// A draft or question on which the public may comment.
#[derive(Debug, Clone)]
pub struct ConsultationFacts {
    /// The first day for comments; without it, the day of publication.
    pub opens: Option<Located<Moment>>,
    /// The last day for comments, as it was first announced.
    pub closes: Located<Moment>,
    pub respond: Option<RespondFacts>,
    /// Later last days, in the order of their announcements.
    pub extended: Vec<Extension>,
    /// The slug of the bulletin with the outcome.
    pub outcome: Option<Located<String>>,
}

impl ConsultationFacts {
    /// The last day for comments after every extension, announced or not.
    #[must_use]
    pub fn last_day(&self) -> &Located<Moment> {
        self.extended.last().map_or(&self.closes, |extension| &extension.closes)
    }
}

/// The ways to comment.
#[derive(Debug, Clone, Default)]
pub struct RespondFacts {
    pub url: Option<String>,
    pub email: Option<String>,
    /// The postal address.
    pub post: Option<Localised>,
    pub phone: Option<String>,
}

impl RespondFacts {
    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        let Self { url, email, post, phone } = self;
        url.is_none() && email.is_none() && post.is_none() && phone.is_none()
    }
}

/// A later last day for comments.
#[derive(Debug, Clone)]
pub struct Extension {
    /// When it was announced.
    pub on: Located<Moment>,
    pub closes: Located<Moment>,
    /// The reason.
    pub note: Option<Localised>,
}

pub(super) fn read_consultation(
    reader: &mut ValueReader<'_>,
    field: Field<'_>,
) -> Option<ConsultationFacts> {
    let mut keys = MappingReader::nested(&CONSULTATION, field, reader)?;
    let opens = keys.read("opens", reader, ValueReader::moment);
    let closes = keys.read("closes", reader, ValueReader::moment);
    let respond = keys.read("respond", reader, read_respond);
    let mut extended = keys.read_list("extended", reader, read_extension);
    let outcome = keys.read("outcome", reader, ValueReader::name);
    keys.finish(reader);
    let closes = closes?;
    extended.sort_by_key(|extension| extension.on.value);
    check_days(opens.as_ref(), &closes, &extended, reader);
    Some(ConsultationFacts { opens, closes, respond, extended, outcome })
}

/// Reports last days that are before the first one, earlier than those that they extend, or over
/// when they are announced.
fn check_days(
    opens: Option<&Located<Moment>>,
    closes: &Located<Moment>,
    extended: &[Extension],
    reader: &mut ValueReader<'_>,
) {
    let mut earlier = closes;
    let mut wrong = Vec::new();
    if let Some(opens) = opens.filter(|opens| closes.value.ends_before(opens.value)) {
        wrong.push((opens.value, closes));
    }
    for extension in extended {
        let last = &extension.closes;
        if last.value.end() <= earlier.value.end() {
            wrong.push((earlier.value, last));
        } else if last.value.ends_before(extension.on.value) {
            let (on, day) = (written(extension.on.value), written(last.value));
            let message = message!(
                "the last day for comments, {day}, is before {on}, the day of its announcement",
                "征求意见的截止日期 {day} 早于宣布延长的日期 {on}"
            );
            let help = message!("correct one of the two dates", "请更正其中一个日期");
            reader.push(reader.error(Code::Inconsistent, last.span.clone(), message).help(help));
        }
        earlier = last;
    }
    for (before, after) in wrong {
        let (first, last) = (written(before), written(after.value));
        let message = message!(
            "the last day for comments, {last}, is not after {first}",
            "征求意见的截止日期 {last} 没有晚于 {first}"
        );
        let help = message!("correct one of the two dates", "请更正其中一个日期");
        reader.push(reader.error(Code::Inconsistent, after.span.clone(), message).help(help));
    }
}

fn read_respond(reader: &mut ValueReader<'_>, field: Field<'_>) -> Option<RespondFacts> {
    let mut keys = MappingReader::nested(&RESPOND, field, reader)?;
    let respond = RespondFacts {
        url: keys.read("url", reader, web::read_url).map(|url| url.value),
        email: keys.read("email", reader, web::read_email),
        post: keys.read("post", reader, localised::read),
        phone: keys.read("phone", reader, ValueReader::line).map(|phone| phone.value),
    };
    keys.finish(reader);
    Some(respond)
}

fn read_extension(reader: &mut ValueReader<'_>, item: Field<'_>) -> Option<Extension> {
    let mut keys = MappingReader::nested(&EXTENSION, item, reader)?;
    let on = keys.read("on", reader, ValueReader::moment);
    let closes = keys.read("closes", reader, ValueReader::moment);
    let note = keys.read("note", reader, localised::read);
    keys.finish(reader);
    Some(Extension { on: on?, closes: closes?, note })
}
