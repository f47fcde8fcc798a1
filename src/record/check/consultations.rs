//! Checks that the outcome of a consultation comes after its last day.

use crate::content::bulletin::ConsultationFacts;
use crate::content::{Bulletin, Content, Moment};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, message};

pub(super) fn check(content: &Content) -> Diagnostics {
    let bulletins = content.bulletins.iter();
    bulletins
        .filter_map(|bulletin| {
            let consultation = bulletin.facts.consultation.as_ref()?;
            check_outcome(content, bulletin, consultation)
        })
        .collect()
}

/// Reports an outcome that was published before readers could comment, or while they can.
fn check_outcome(
    content: &Content,
    bulletin: &Bulletin,
    consultation: &ConsultationFacts,
) -> Option<Diagnostic> {
    let outcome = consultation.outcome.as_ref()?;
    let mut others = content.bulletins.iter().filter(|other| other.slug != bulletin.slug);
    let other = others.find(|other| other.slug == outcome.value)?;
    let published = &other.facts.published;
    if published.value == Moment::PLACEHOLDER {
        return None;
    }
    let opens = consultation.opens.as_ref().unwrap_or(&bulletin.facts.published);
    let closes = consultation.last_day();
    let (day, first, last) = (published.value.date(), opens.value.date(), closes.value.date());
    let name = &other.slug;
    let message = if day < first {
        message!(
            "the outcome `{name}` is published on {day}, before comments open on {first}",
            "公布结果的 `{name}` 发布于 {day}，早于征求意见的开始日期 {first}"
        )
    } else if day < last {
        message!(
            "the outcome `{name}` is published on {day}, before comments close on {last}",
            "公布结果的 `{name}` 发布于 {day}，早于征求意见的截止日期 {last}"
        )
    } else {
        return None;
    };
    let help = message!("correct one of the two dates", "请更正其中一个日期");
    let early =
        Diagnostic::warning(Code::Inconsistent, bulletin.path(), outcome.span.clone(), message);
    Some(early.help(help).related(
        other.path(),
        published.span.clone(),
        message!("published here", "发布日期在这里"),
    ))
}
