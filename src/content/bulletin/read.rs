//! Reads the facts of a bulletin from its front matter.

use super::checks::{check_dates, check_reports};
use super::consultation::read_consultation;
use super::event::read_events;
use super::keys::{
    CHANGE, GONE, OVERRIDE, REPORT, REPORT_VALUES, REVISION, REVISION_VALUES, SOURCE, WITHDRAWN,
};
use super::official::{read_document, read_relations};
use super::{
    BulletinFacts, BulletinSource, Change, Override, Removal, Report, ReportValue, Revision,
};
use crate::content::bulletin_group::read_contact_facts;
use crate::content::front_matter::keys::KeyGroup;
use crate::content::front_matter::localised::{self, Localised};
use crate::content::front_matter::mapping::MappingReader;
use crate::content::front_matter::moment::Moment;
use crate::content::front_matter::tree::Located;
use crate::content::front_matter::value_reader::{Field, ValueReader};
use crate::content::front_matter::web;
use crate::content::number::read_number;
use crate::content::status::Status;
use crate::diagnostic::{Code, Span, message};

pub(crate) fn read(keys: &mut MappingReader<'_>, reader: &mut ValueReader<'_>) -> BulletinFacts {
    let published = keys.read("published", reader, ValueReader::moment);
    let mut facts = BulletinFacts {
        published: published.unwrap_or(Located::new(Moment::PLACEHOLDER, 0..0)),
        source: keys.read("source", reader, read_source),
        byline: keys.read("byline", reader, localised::read),
        categories: keys.read_names("categories", reader),
        sets: keys.read_names("sets", reader),
        reports: keys.read_list("reports", reader, read_report),
        revises: keys.read_list("revises", reader, read_revision),
        overrides: keys.read_list("overrides", reader, read_override),
        mentions: keys.read_names("mentions", reader),
        changes: keys.read_list("changes", reader, read_change),
        document: keys.read("document", reader, read_document),
        consultation: keys.read("consultation", reader, read_consultation),
        events: read_events(keys, reader),
        contact: keys.read("contact", reader, read_contact_facts),
        issuers: keys.read_names("issuer", reader),
        topics: keys.read_names("topics", reader),
        relations: read_relations(keys, reader),
        expires: keys.read("expires", reader, ValueReader::moment),
        withdrawn: keys
            .read("withdrawn", reader, |reader, field| read_removal(&WITHDRAWN, reader, field)),
        gone: keys.read("gone", reader, |reader, field| read_removal(&GONE, reader, field)),
        aliases: keys.read_names("aliases", reader),
        draft: keys.read("draft", reader, ValueReader::flag).unwrap_or_default(),
    };
    facts.changes.sort_by_key(|change| change.on);
    check_dates(&facts, reader);
    check_reports(&facts, reader);
    facts
}

fn read_source(reader: &mut ValueReader<'_>, field: Field<'_>) -> Option<BulletinSource> {
    let mut keys = MappingReader::nested(&SOURCE, field, reader)?;
    let name = keys.read("name", reader, localised::read);
    let url = keys.read("url", reader, web::read_url);
    keys.finish(reader);
    Some(BulletinSource { name: name?, url: url.map(|url| url.value) })
}

fn read_report(reader: &mut ValueReader<'_>, item: Field<'_>) -> Option<Report> {
    let mut keys = MappingReader::nested(&REPORT, item, reader)?;
    let goal = keys.read("goal", reader, ValueReader::name);
    let mut values: Vec<(&str, Span, Option<ReportValue>)> = Vec::new();
    for key in REPORT_VALUES.iter().copied() {
        if let Some(field) = keys.get(key, reader) {
            values.push((key, field.span(), read_report_value(key, reader, field)));
        }
    }
    let as_of = keys.read("as_of", reader, ValueReader::moment);
    let unit = keys.read("unit", reader, ValueReader::text);
    let meant = keys.finish(reader);
    let mut values = values.into_iter();
    let Some((first_key, _, first)) = values.next() else {
        if !meant.iter().any(|key| REPORT_VALUES.contains(key)) {
            let message = message!("a report says nothing", "这条报告没有写明情况");
            let help = message!(
                "add one of `value`, `at_least`, `at_most`, `milestone` and `note`",
                "请添加 `value`、`at_least`、`at_most`、`milestone`、`note` 中的一个"
            );
            reader.push(reader.error(Code::MissingKey, item.span(), message).help(help));
        }
        return None;
    };
    for (key, span, _) in values {
        let message = message!(
            "a report says one thing; this one has `{first_key}` and `{key}`",
            "一条报告只说一件事，这里同时有 `{first_key}` 和 `{key}`"
        );
        let help = message!("make it two reports", "请分成两条报告");
        reader.push(reader.error(Code::Inconsistent, span, message).help(help));
    }
    let goal = goal?;
    // An unreadable value has been reported. The report is kept so that its goal is checked too.
    let value = if meant.contains(&first_key) { None } else { first };
    Some(Report {
        span: goal.span.clone(),
        goal,
        value: value.unwrap_or_else(|| ReportValue::Note(Localised::plain(""))),
        as_of: as_of.map_or(Moment::PLACEHOLDER, |as_of| as_of.value),
        unit,
    })
}

fn read_report_value(
    key: &str,
    reader: &mut ValueReader<'_>,
    field: Field<'_>,
) -> Option<ReportValue> {
    match key {
        "value" => read_number(reader, field).map(|number| ReportValue::Exact(number.value)),
        "at_least" => read_number(reader, field).map(|number| ReportValue::AtLeast(number.value)),
        "at_most" => read_number(reader, field).map(|number| ReportValue::AtMost(number.value)),
        "milestone" => reader.name(field).map(ReportValue::Milestone),
        _ => localised::read(reader, field).map(ReportValue::Note),
    }
}

fn read_revision(reader: &mut ValueReader<'_>, item: Field<'_>) -> Option<Revision> {
    let mut keys = MappingReader::nested(&REVISION, item, reader)?;
    let changes_something = REVISION_VALUES.iter().any(|key| keys.peek(key).is_some());
    let goal = keys.read("goal", reader, ValueReader::name);
    let target = keys.read("target", reader, read_number);
    let to = keys.read("to", reader, ValueReader::moment);
    let note = keys.read("note", reader, localised::read);
    let meant = keys.finish(reader);
    if !changes_something && !meant.iter().any(|key| REVISION_VALUES.contains(key)) {
        let message = message!("a revision changes nothing", "这条目标调整没有改动任何内容");
        let help = message!(
            "add `target: 90000`, the new number, or `to: 2023-06-30`, the new end",
            "请添加 `target: 90000`（新的目标值）或 `to: 2023-06-30`（新的结束日期）"
        );
        reader.push(reader.error(Code::MissingKey, item.span(), message).help(help));
    }
    Some(Revision { goal: goal?, target, to, note })
}

fn read_override(reader: &mut ValueReader<'_>, item: Field<'_>) -> Option<Override> {
    let mut keys = MappingReader::nested(&OVERRIDE, item, reader)?;
    let goal = keys.read("goal", reader, ValueReader::name);
    let choices = Status::ALL.map(|status| (status.name(), status));
    let status = keys.read("status", reader, |reader, field| reader.choice(field, &choices));
    let reason = keys.read("reason", reader, localised::read);
    keys.finish(reader);
    Some(Override { goal: goal?, status: status?, reason: reason? })
}

fn read_change(reader: &mut ValueReader<'_>, item: Field<'_>) -> Option<Change> {
    let mut keys = MappingReader::nested(&CHANGE, item, reader)?;
    let on = keys.read("on", reader, ValueReader::moment);
    let note = keys.read("note", reader, localised::read);
    let goal = keys.read("goal", reader, ValueReader::name);
    keys.finish(reader);
    let on = on?;
    Some(Change { on: on.value, note: note?, goal, span: on.span })
}

fn read_removal(
    group: &'static KeyGroup,
    reader: &mut ValueReader<'_>,
    field: Field<'_>,
) -> Option<Removal> {
    let mut keys = MappingReader::nested(group, field, reader)?;
    let on = keys.read("on", reader, ValueReader::moment);
    let reason = keys.read("reason", reader, localised::read);
    let replaced_by = keys.read("replaced_by", reader, ValueReader::name);
    keys.finish(reader);
    let on = on?;
    Some(Removal { on: on.value, reason: reason?, replaced_by, span: on.span })
}
