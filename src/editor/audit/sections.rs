//! Checks of the record: fresh and non-empty sections, plausible dates, named sources, numbers.

use jiff::Timestamp;

use super::report::AuditItem;
use crate::content::site::HOME;
use crate::diagnostic::{Message, message};
use crate::language::Language;
use crate::record::{Bulletin, ConsultationState, Record};

/// Checks when the home page and each section last changed, against the site's limits.
pub(super) fn check_freshness(record: &Record<'_>) -> Vec<AuditItem> {
    let mut items = vec![check_section(record, HOME, record.bulletins.iter())];
    items.extend(record.sections.iter().map(|section| {
        let bulletins = section.bulletins.iter().map(|id| record.bulletin(*id));
        check_section(record, &section.source.slug, bulletins)
    }));
    items
}

fn check_section<'r>(
    record: &Record<'_>,
    section: &str,
    bulletins: impl Iterator<Item = &'r Bulletin<'r>>,
) -> AuditItem {
    let site = &record.content.site;
    let limit = site.freshness.limit(section);
    let day = |instant: Timestamp| site.zone.to_datetime(instant).date();
    let newest = bulletins.filter(|bulletin| is_in_force(bulletin)).map(Bulletin::modified).max();
    let Some(newest) = newest.map(day) else {
        let message = message!("nothing has been published yet", "从未发布过内容");
        return AuditItem::new("freshness", section, false, message);
    };
    let days = newest.until(day(record.instant)).map_or(0, |span| i64::from(span.get_days()));
    let message = message!(
        "last changed on {newest}, {days} days ago; the limit is {limit} days",
        "最近更新于 {newest}，距今 {days} 天；限期为 {limit} 天"
    );
    AuditItem::new("freshness", section, days <= i64::from(limit), message).help(message!(
        "publish something new, or set a suitable number of days: `{section} = …` under \
         `[freshness]` in `site.toml`",
        "请发布新内容；或在 `site.toml` 的 `[freshness]` 下写明合适的天数：`{section} = …`"
    ))
}

/// Whether a bulletin counts as content: withdrawn ones do not.
fn is_in_force(bulletin: &Bulletin<'_>) -> bool {
    bulletin.withdrawn.is_none()
}

/// Checks that each section has bulletins and each category has goals.
pub(super) fn check_empty(record: &Record<'_>) -> Vec<AuditItem> {
    let sections = record.sections.iter().map(|section| {
        let bulletins = section.bulletins.iter().map(|id| record.bulletin(*id));
        let count = bulletins.filter(|bulletin| is_in_force(bulletin)).count();
        let message = message!("bulletins: {count}", "公报数：{count}");
        content_item(&section.source.slug, count, message)
    });
    let categories = record.categories.iter().map(|category| {
        let count = category.goals.len();
        let message = message!("goals: {count}", "目标数：{count}");
        content_item(&format!("goals/{}", category.source.slug), count, message)
    });
    sections.chain(categories).collect()
}

fn content_item(subject: &str, count: usize, message: Message) -> AuditItem {
    AuditItem::new("content", subject, count > 0, message)
        .help(message!("add content, or remove the folder", "请补充内容，或删除该文件夹"))
}

/// Checks that no report is for a future day, and that each goal with a target has a period.
pub(super) fn check_dates(record: &Record<'_>) -> [AuditItem; 2] {
    let ahead: Vec<String> = record
        .bulletins
        .iter()
        .filter(|bulletin| {
            bulletin.reports.iter().any(|(_, report)| report.as_of.instant > record.instant)
        })
        .map(|bulletin| bulletin.source.path().to_string())
        .collect();
    let (count, bulletins) = (ahead.len(), record.bulletins.len());
    let message = message!(
        "bulletins that report a figure for a future day: {count} of {bulletins}",
        "报告了尚未到来日期的公报：{count}/{bulletins}"
    );
    let reports = AuditItem::new("dates", "bulletins", ahead.is_empty(), message)
        .paths(ahead)
        .help(message!("correct `as_of` in these files", "请更正这些文件里的 `as_of`"));
    let undated: Vec<String> = record
        .goals
        .iter()
        .filter(|goal| goal.source.facts.kind.has_target() && goal.source.facts.period.is_none())
        .map(|goal| goal.source.path().to_string())
        .collect();
    let (count, goals) = (undated.len(), record.goals.len());
    let message = message!(
        "goals with a target but no period: {count} of {goals}",
        "有目标值而没有期间的目标：{count}/{goals}"
    );
    let periods = AuditItem::new("dates", "goals", undated.is_empty(), message)
        .paths(undated)
        .help(message!(
            "add `period: {{ from: …, to: … }}` to these files",
            "请在这些文件里加上 `period: {{ from: …, to: … }}`"
        ));
    [reports, periods]
}

/// The most days from the end of a consultation to its outcome, unless the site sets its own.
const OUTCOME_DAYS: u32 = 90;

/// Checks that each closed consultation has an outcome in time. A site without any has no item.
pub(super) fn check_consultations(record: &Record<'_>) -> Option<AuditItem> {
    let limit = record.content.site.documents.outcome_days.unwrap_or(OUTCOME_DAYS);
    let all: Vec<&Bulletin<'_>> =
        record.bulletins.iter().filter(|bulletin| bulletin.consultation.is_some()).collect();
    if all.is_empty() {
        return None;
    }
    let late: Vec<String> = all
        .iter()
        .filter(|bulletin| {
            bulletin.consultation.is_some_and(|it| {
                let hours = record.instant.duration_since(it.end).as_hours();
                it.state == ConsultationState::Closed && hours >= i64::from(limit) * 24
            })
        })
        .map(|bulletin| bulletin.source.path().to_string())
        .collect();
    let (count, of) = (late.len(), all.len());
    let message = message!(
        "consultations without an outcome {limit} days after their end: {count} of {of}",
        "截止 {limit} 天后仍未公布结果的征求意见：{count}/{of}"
    );
    Some(AuditItem::new("consultations", "bulletins", late.is_empty(), message).paths(late).help(
        message!(
            "publish the outcome, and name its bulletin in `consultation.outcome` of these files",
            "请公布结果，并在这些文件的 `consultation.outcome` 里写上该公报的名称"
        ),
    ))
}

/// Checks that each public bulletin has its permanent number. A site without numbers has no item.
pub(super) fn check_numbers(record: &Record<'_>) -> Option<AuditItem> {
    if record.content.numbers.entries.is_empty() {
        return None;
    }
    let missing: Vec<String> = record
        .bulletins
        .iter()
        .filter(|bulletin| bulletin.number.is_none())
        .map(|bulletin| bulletin.source.path().to_string())
        .collect();
    let (count, bulletins) = (missing.len(), record.bulletins.len());
    let message = message!(
        "public bulletins without a permanent number: {count} of {bulletins}",
        "没有永久编号的已公开公报：{count}/{bulletins}"
    );
    Some(AuditItem::new("numbers", "bulletins", missing.is_empty(), message).paths(missing).help(
        message!(
            "run `gazette number`, which adds them to `numbers.toml`",
            "请运行 `gazette number`，编号会写入 `numbers.toml`"
        ),
    ))
}

/// Checks that each bulletin names its source.
pub(super) fn check_sources(record: &Record<'_>) -> AuditItem {
    let missing: Vec<String> = record
        .bulletins
        .iter()
        .filter(|bulletin| !has_source(bulletin))
        .map(|bulletin| bulletin.source.path().to_string())
        .collect();
    let (count, bulletins) = (missing.len(), record.bulletins.len());
    let message = message!(
        "bulletins without a source: {count} of {bulletins}",
        "没有注明来源的公报：{count}/{bulletins}"
    );
    AuditItem::new("sources", "bulletins", missing.is_empty(), message).paths(missing).help(
        message!(
            "add `source: {{ name: … }}` to these files",
            "请在这些文件里加上 `source: {{ name: … }}`"
        ),
    )
}

fn has_source(bulletin: &Bulletin<'_>) -> bool {
    let source = bulletin.source.facts.source.as_ref();
    source.is_some_and(|source| !source.name.get(Language::DEFAULT).is_empty())
}
