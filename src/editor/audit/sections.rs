//! Whether sections are fed, and whether what they hold is dated and sourced.

use jiff::Timestamp;
use jiff::civil::Date;

use super::AuditItem;
use crate::content::site::HOME;
use crate::diagnostic::{Message, message};
use crate::language::Language;
use crate::record::{Bulletin, Record};

/// When the home page and each section last had something new, against the site's limits.
pub(super) fn freshness(record: &Record<'_>) -> Vec<AuditItem> {
    let newest = |bulletins: &mut dyn Iterator<Item = &Bulletin<'_>>| {
        bulletins.map(Bulletin::modified).max()
    };
    let mut items = vec![fresh(
        record,
        HOME,
        newest(&mut record.bulletins.iter().filter(|bulletin| is_in_force(bulletin))),
    )];
    for section in &record.sections {
        let mut own = section
            .bulletins
            .iter()
            .map(|id| record.bulletin(*id))
            .filter(|bulletin| is_in_force(bulletin));
        items.push(fresh(record, &section.source.slug, newest(&mut own)));
    }
    items
}

/// What was withdrawn is no news, and fills no section.
fn is_in_force(bulletin: &Bulletin<'_>) -> bool {
    bulletin.withdrawn.is_none()
}

fn fresh(record: &Record<'_>, section: &str, newest: Option<Timestamp>) -> AuditItem {
    let limit = record.content.site.freshness.limit(section);
    let day = |instant: Timestamp| record.content.site.zone.to_datetime(instant).date();
    let Some(newest) = newest.map(day) else {
        return AuditItem::new(
            "freshness",
            section,
            false,
            message!("nothing was ever published", "从未发布过内容"),
        );
    };
    let days = days_between(newest, day(record.instant));
    let found = message!(
        "last changed on {newest}, {days} days ago; the limit is {limit} days",
        "最近更新于 {newest}，距今{days}天；限期为{limit}天"
    );
    AuditItem::new("freshness", section, days <= i64::from(limit), found).help(message!(
        "publish what is new, or give the days that suit it: `{section} = …` under `[freshness]` in `site.toml`",
        "请发布新内容；或在 `site.toml` 的 `[freshness]` 下写明合适的天数：`{section} = …`"
    ))
}

fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// Sections without bulletins and categories without goals, which readers find empty.
pub(super) fn empty(record: &Record<'_>) -> Vec<AuditItem> {
    let item = |slug: &str, count: usize, found: Message| {
        AuditItem::new("content", slug, count > 0, found)
            .help(message!("fill it, or remove its folder", "请补充内容，或删除该文件夹"))
    };
    let sections = record.sections.iter().map(|section| {
        let count = section
            .bulletins
            .iter()
            .map(|id| record.bulletin(*id))
            .filter(|bulletin| is_in_force(bulletin))
            .count();
        item(&section.source.slug, count, message!("bulletins: {count}", "公报数：{count}"))
    });
    let categories = record.categories.iter().map(|category| {
        let count = category.goals.len();
        let subject = format!("goals/{}", category.source.slug);
        item(&subject, count, message!("goals: {count}", "目标数：{count}"))
    });
    sections.chain(categories).collect()
}

/// Whether everything tells when it was said, and until when it holds.
pub(super) fn dates(record: &Record<'_>) -> [AuditItem; 2] {
    let ahead: Vec<String> = record
        .bulletins
        .iter()
        .filter(|bulletin| {
            bulletin.reports.iter().any(|(_, report)| report.as_of.instant > record.instant)
        })
        .map(|bulletin| bulletin.source.path().to_string())
        .collect();
    let bulletins = record.bulletins.len();
    let count = ahead.len();
    let found = message!(
        "bulletins that report for a day that is still to come: {count} of {bulletins}",
        "报告了尚未到来日期的公报：{count}/{bulletins}"
    );
    let mut reports = AuditItem::new("dates", "bulletins", ahead.is_empty(), found)
        .help(message!("correct `as_of` in these files", "请更正这些文件里的 `as_of`"));
    reports.paths = ahead;
    let undated: Vec<String> = record
        .goals
        .iter()
        .filter(|goal| goal.source.facts.kind.has_target() && goal.source.facts.period.is_none())
        .map(|goal| goal.source.path().to_string())
        .collect();
    let (count, goals) = (undated.len(), record.goals.len());
    let found = message!(
        "goals with a number and no period: {count} of {goals}",
        "有数字而没有期间的目标：{count}/{goals}"
    );
    let mut periods = AuditItem::new("dates", "goals", undated.is_empty(), found).help(message!(
        "add `period: {{ from: …, to: … }}` to these files",
        "请在这些文件里加上 `period: {{ from: …, to: … }}`"
    ));
    periods.paths = undated;
    [reports, periods]
}

/// Whether each bulletin names who said it, and where.
pub(super) fn sources(record: &Record<'_>) -> AuditItem {
    let is_sourced = |bulletin: &Bulletin<'_>| {
        let source = bulletin.source.facts.source.as_ref();
        source.is_some_and(|source| !source.name.get(Language::DEFAULT).is_empty())
    };
    let unsourced = record.bulletins.iter().filter(|bulletin| !is_sourced(bulletin));
    let unsourced: Vec<String> =
        unsourced.map(|bulletin| bulletin.source.path().to_string()).collect();
    let (count, bulletins) = (unsourced.len(), record.bulletins.len());
    let found = message!(
        "bulletins without a source: {count} of {bulletins}",
        "没有注明来源的公报：{count}/{bulletins}"
    );
    let mut item =
        AuditItem::new("sources", "bulletins", unsourced.is_empty(), found).help(message!(
            "add `source: {{ name: … }}` to these files",
            "请在这些文件里加上 `source: {{ name: … }}`"
        ));
    item.paths = unsourced;
    item
}
