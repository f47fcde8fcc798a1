//! Checks of earlier versions: each has the day of a text that another one replaced.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::content::{Bulletin, Content, Version};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, message};
use crate::record::bulletin::{period, text_moments};

/// Reports versions of days on which their bulletin got no text, or its present one.
pub(super) fn check(content: &Content) -> Diagnostics {
    let versions = content.bulletins.iter().flat_map(|bulletin| {
        let versions = bulletin.texts.versions.iter();
        versions.filter_map(|version| check_day(bulletin, version))
    });
    versions.collect()
}

fn check_day(bulletin: &Bulletin, version: &Version) -> Option<Diagnostic> {
    if period(bulletin, version.day).is_some() {
        return None;
    }
    let (day, path) = (version.day, &version.texts.original().path);
    let days: BTreeSet<Date> = text_moments(bulletin).map(|moment| moment.date()).collect();
    let present = *days.last()?;
    let (message, help) = if day == present {
        (
            message!(
                "the text of {day} is the bulletin's present one",
                "{day} 的文字就是公报现在的文字"
            ),
            message!(
                "remove this file, or add to `changes` of the bulletin the day on which the \
                 present text took its place",
                "请删去本文件，或在公报的 `changes` 中写明现在的文字是哪一天取代它的"
            ),
        )
    } else {
        let known: Vec<String> =
            days.iter().filter(|it| **it != present).map(Date::to_string).collect();
        let days = Message::names(&known);
        let help = if known.is_empty() {
            message!(
                "rename it after the day of publication, {present}, and add to `changes` of the \
                 bulletin the day on which the present text took its place",
                "请按发布日期 {present} 改名，并在公报的 `changes` 中写明现在的文字是哪一天取代它的"
            )
        } else {
            message!(
                "rename it after the day from which its text was public; the days are {days}",
                "请按其文字开始公开的日期改名；日期有{days}"; days
            )
        };
        let message = message!(
            "the bulletin got no new text on {day}: that is neither its day of publication nor \
             that of a change",
            "{day} 公报没有新的文字：这一天既不是发布日期，也不是更改日期"
        );
        (message, help)
    };
    let published = bulletin.facts.published.span.clone();
    Some(Diagnostic::error(Code::WrongDay, path, 0..0, message).help(help).related(
        &Arc::clone(bulletin.path()),
        published,
        message!("published here", "发布日期在这里"),
    ))
}
