//! Reads the facts of a goal from its front matter.

use super::checks;
use super::keys::{MILESTONE, PERIOD, TARGET};
use super::{GoalFacts, GoalKind, KINDS, Milestone, Period, REPORTING_FREQUENCIES, Target};
use crate::content::front_matter::localised;
use crate::content::front_matter::mapping::MappingReader;
use crate::content::front_matter::moment::Moment;
use crate::content::front_matter::tree::Located;
use crate::content::front_matter::unit;
use crate::content::front_matter::value_reader::{Field, ValueReader};
use crate::content::number::{read_number, read_order};
use crate::diagnostic::{Code, message};

pub(crate) fn read(keys: &mut MappingReader<'_>, reader: &mut ValueReader<'_>) -> GoalFacts {
    let order = keys.read("order", reader, read_order).unwrap_or_default();
    let kind = keys.read("kind", reader, |reader, field| reader.choice(field, KINDS));
    let target = keys.read("target", reader, read_target);
    let baseline = keys.read("baseline", reader, read_number);
    let period = keys.read("period", reader, read_period);
    let report_every = keys
        .read("report_every", reader, |reader, field| reader.choice(field, REPORTING_FREQUENCIES));
    let milestones = keys
        .get("milestones", reader)
        .map(|field| read_milestones(reader, field, period.as_ref()))
        .unwrap_or_default();
    if let (Some(kind), Some(kind_field)) = (kind, keys.peek("kind")) {
        checks::check_keys_of_kind(kind, kind_field, target.as_ref(), keys, reader);
    }
    checks::check_baseline(kind, baseline.as_ref(), target.as_ref(), reader);
    let has_known_kind = kind.is_some();
    GoalFacts {
        order,
        kind: kind.unwrap_or(GoalKind::Continue),
        target,
        baseline: baseline.map(|number| number.value),
        period_span: period.as_ref().map_or(0..0, |period| period.span.clone()),
        period: period.map(|period| period.value),
        report_every,
        milestones,
        follows: keys.read("follows", reader, ValueReader::name),
        aliases: keys.read_names("aliases", reader),
        draft: keys.read("draft", reader, ValueReader::flag).unwrap_or_default(),
        has_known_kind,
    }
}

fn read_target(reader: &mut ValueReader<'_>, field: Field<'_>) -> Option<Target> {
    let mut keys = MappingReader::nested(&TARGET, field, reader)?;
    let value = keys.read("value", reader, read_number);
    let unit = keys.read("unit", reader, unit::read);
    let at_most = keys.read("at_most", reader, ValueReader::flag).unwrap_or_default();
    keys.finish(reader);
    Some(Target { value: value?.value, unit: unit?, at_most })
}

/// Reads the period, with the span of its end, or of its start if it has none.
fn read_period(reader: &mut ValueReader<'_>, field: Field<'_>) -> Option<Located<Period>> {
    let mut keys = MappingReader::nested(&PERIOD, field, reader)?;
    let from = keys.read("from", reader, ValueReader::moment);
    let mut to = keys.read("to", reader, ValueReader::moment);
    keys.finish(reader);
    let from = from?;
    // If the period ends before it starts, drop the end so that later checks do not report it
    // again.
    if let Some(to) = to.take_if(|to| to.value.ends_before(from.value)) {
        let (start, end) = (from.value.date(), to.value.date());
        let message = message!(
            "the period ends on {end} before it begins on {start}",
            "期间的结束日期 {end} 早于开始日期 {start}"
        );
        let wrong = reader.error(Code::Inconsistent, to.span.clone(), message);
        reader.push(wrong.help(message!("exchange `from` and `to`", "请对调 `from` 和 `to`")));
    }
    let span = to.as_ref().map_or(from.span, |to| to.span.clone());
    Some(Located::new(Period { from: from.value, to: to.map(|to| to.value) }, span))
}

/// Reads the milestones; reports and leaves out those whose `id` another has.
fn read_milestones(
    reader: &mut ValueReader<'_>,
    field: Field<'_>,
    period: Option<&Located<Period>>,
) -> Vec<Milestone> {
    let mut milestones: Vec<Milestone> = Vec::new();
    for item in ValueReader::list(field) {
        let Some(milestone) = read_milestone(reader, item, period) else { continue };
        if let Some(first) = milestones.iter().find(|known| known.id.value == milestone.id.value) {
            let id = &milestone.id.value;
            let message = message!("two milestones are called `{id}`", "有两个节点都叫 `{id}`");
            let wrong = reader.duplicate(milestone.id.span.clone(), message, first.id.span.clone());
            reader.push(wrong.help(message!("give one another `id`", "请为其中一个换一个 `id`")));
        } else {
            milestones.push(milestone);
        }
    }
    milestones
}

fn read_milestone(
    reader: &mut ValueReader<'_>,
    item: Field<'_>,
    period: Option<&Located<Period>>,
) -> Option<Milestone> {
    let mut keys = MappingReader::nested(&MILESTONE, item, reader)?;
    let id = keys.read("id", reader, ValueReader::name);
    let title = keys.read("title", reader, localised::read);
    let due: Option<Located<Moment>> = keys.read("due", reader, ValueReader::moment);
    keys.finish(reader);
    if let (Some(due), Some(period)) = (&due, period) {
        checks::check_due(due, period, reader);
    }
    Some(Milestone { id: id?, title: title?, due: due.map(|due| due.value) })
}
