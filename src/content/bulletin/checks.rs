//! Checks that the facts of one bulletin agree with each other.

use super::official::year_of_number;
use super::{BulletinFacts, Report};
use crate::content::front_matter::moment::Moment;
use crate::content::front_matter::tree::Located;
use crate::content::front_matter::value_reader::ValueReader;
use crate::diagnostic::{Code, Diagnostic, Phrase, Severity, Span, message};

/// Compares the other dates with the date of publication. A change or a removal before it is only a
/// warning: the date of publication may have been moved.
pub(super) fn check_dates(facts: &BulletinFacts, reader: &mut ValueReader<'_>) {
    let published = &facts.published;
    let mut early: Vec<(Severity, Phrase, Moment, &Span)> = Vec::new();
    if let Some(expires) = &facts.expires
        && expires.value <= published.value
    {
        early.push((
            Severity::Error,
            Phrase::new("it expires", "到期"),
            expires.value,
            &expires.span,
        ));
    }
    let is_before = |moment: Moment| moment.date() < published.value.date();
    let removals = [
        (&facts.withdrawn, Phrase::new("it is withdrawn", "撤回")),
        (&facts.gone, Phrase::new("it is removed", "移除")),
    ];
    for (removal, event) in removals {
        if let Some(removal) = removal
            && is_before(removal.on)
        {
            early.push((Severity::Warning, event, removal.on, &removal.span));
        }
    }
    for change in &facts.changes {
        if is_before(change.on) {
            let event = Phrase::new("it is changed", "修改");
            early.push((Severity::Warning, event, change.on, &change.span));
        }
    }
    let comments = comment_days(facts).into_iter().filter(|(_, day)| is_before(day.value));
    early.extend(comments.map(|(event, day)| (Severity::Warning, event, day.value, &day.span)));
    check_made(facts, reader);
    check_number_year(facts, reader);
    for (severity, event, moment, span) in early {
        let (day, start) = (moment.date(), published.value.date());
        let message = message!(
            "{event} on {day}, before it is published on {start}",
            "{event}日期 {day} 早于发布日期 {start}"; event
        );
        let wrong = reader.error(Code::Inconsistent, span.clone(), message);
        let help = message!("correct one of the two dates", "请更正其中一个日期");
        let published_here = message!("published here", "发布日期在这里");
        reader.push(Diagnostic { severity, ..wrong }.help(help).related(
            reader.path,
            published.span.clone(),
            published_here,
        ));
    }
}

/// The days of a consultation that come after its publication.
fn comment_days(facts: &BulletinFacts) -> Vec<(Phrase, &Located<Moment>)> {
    let Some(consultation) = &facts.consultation else { return Vec::new() };
    let closes = (Phrase::new("comments close", "征求意见截止"), &consultation.closes);
    let extended = consultation.extended.iter();
    let extended = extended.map(|one| (Phrase::new("comments are extended", "宣布延长"), &one.on));
    std::iter::once(closes).chain(extended).collect()
}

/// Reports a document that was published before it was made, if both days are known.
fn check_made(facts: &BulletinFacts, reader: &mut ValueReader<'_>) {
    let made = facts.document.as_ref().and_then(|document| document.made.as_ref());
    let Some(made) = made else { return };
    let (day, published) = (made.value.date(), facts.published.value.date());
    if facts.published.value != Moment::PLACEHOLDER && day > published {
        let message = message!(
            "the document is made on {day}, after it is published on {published}",
            "成文日期 {day} 晚于发布日期 {published}"
        );
        let wrong = reader.warning(Code::Inconsistent, made.span.clone(), message);
        let help = message!("correct one of the two dates", "请更正其中一个日期");
        let published_here = message!("published here", "发布日期在这里");
        let span = facts.published.span.clone();
        reader.push(wrong.help(help).related(reader.path, span, published_here));
    }
}

/// Warns about a number of another year than that in which the document was made, or of one after
/// its publication. In January a number may still be of the year before.
fn check_number_year(facts: &BulletinFacts, reader: &mut ValueReader<'_>) {
    let Some(document) = &facts.document else { return };
    let Some(number) = &document.number else { return };
    let Some(year) = year_of_number(&number.value) else { return };
    let (day, is_made) = match &document.made {
        Some(made) => (made, true),
        None => (&facts.published, false),
    };
    let of_day = day.value.date().year();
    let is_right = year <= of_day && (year >= of_day - 1 || !is_made);
    if is_right || day.value == Moment::PLACEHOLDER {
        return;
    }
    let message = message!(
        "the year in the number is {year}, and the document is of {of_day}",
        "文号的年份是 {year} 年，文件的年份是 {of_day} 年"
    );
    let wrong = reader.warning(Code::Inconsistent, number.span.clone(), message);
    let help = message!("correct the year of one of the two", "请更正其中一个年份");
    let date_here = message!("its date is here", "它的日期在这里");
    reader.push(wrong.help(help).related(reader.path, day.span.clone(), date_here));
}

/// Reports two figures for the same goal and day.
pub(super) fn check_reports(facts: &BulletinFacts, reader: &mut ValueReader<'_>) {
    for (index, report) in facts.reports.iter().enumerate() {
        let earlier = &facts.reports[..index];
        let Some(first) = earlier.iter().find(|first| is_same_figure(first, report)) else {
            continue;
        };
        let (goal, day) = (&report.goal.value, report.as_of.date());
        let message = message!(
            "the goal `{goal}` has two figures for {day}",
            "目标 `{goal}` 在 {day} 有两个数值"
        );
        let help = message!("keep one of the two", "请只保留其中一个");
        let wrong = reader.error(Code::Inconsistent, report.span.clone(), message).help(help);
        let first_here = message!("first reported here", "第一次报告在这里");
        reader.push(wrong.related(reader.path, first.span.clone(), first_here));
    }
}

fn is_same_figure(first: &Report, second: &Report) -> bool {
    first.goal.value == second.goal.value
        && first.as_of == second.as_of
        && first.value.figure().is_some()
        && second.value.figure().is_some()
}
