//! Checks that the facts of one goal agree with each other.

use super::{GoalKind, Period, Target};
use crate::content::front_matter::mapping::MappingReader;
use crate::content::front_matter::moment::Moment;
use crate::content::front_matter::tree::Located;
use crate::content::front_matter::value_reader::{Field, ValueReader};
use crate::diagnostic::{Code, message};

/// Checks that the keys of a kind that it needs are present, and those that it does not use absent.
pub(super) fn check_keys_of_kind(
    kind: GoalKind,
    kind_field: Field<'_>,
    target: Option<&Target>,
    keys: &mut MappingReader<'_>,
    reader: &mut ValueReader<'_>,
) {
    check_target(kind, kind_field, keys, reader);
    let uses = [
        ("baseline", kind == GoalKind::Increase),
        ("report_every", kind.has_target()),
        ("milestones", kind == GoalKind::Deliver),
    ];
    for (key, is_used) in uses {
        if !is_used && let Some(field) = keys.peek(key) {
            warn_unused(kind, field, reader);
        }
    }
    if kind == GoalKind::Increase
        && target.is_some_and(|target| target.at_most)
        && let Some(field) = keys.peek("target")
    {
        report_upper_bound(field, reader);
    }
    if kind == GoalKind::Deliver && keys.peek("milestones").is_none() {
        warn_no_milestones(kind_field, keys, reader);
    }
}

/// A goal that is measured needs a target; other kinds have none.
fn check_target(
    kind: GoalKind,
    kind_field: Field<'_>,
    keys: &mut MappingReader<'_>,
    reader: &mut ValueReader<'_>,
) {
    let name = kind.name();
    match (kind.has_target(), keys.peek("target")) {
        (true, None) => {
            let message = message!(
                "a goal of kind `{name}` needs `target`",
                "`kind` 为 `{name}` 的目标须写明 `target`"
            );
            let help = message!(
                "add `target: {{ value: 83000, unit: jobs }}`",
                "请添加 `target: {{ value: 83000, unit: 个岗位 }}`"
            );
            let wrong = reader.error(Code::MissingKey, kind_field.span(), message).help(help);
            keys.report_missing("target", wrong, reader);
        }
        (false, Some(target)) => {
            let message = message!(
                "a goal of kind `{name}` has no `target`",
                "`kind` 为 `{name}` 的目标没有 `target`"
            );
            let help = message!(
                "remove it, or make the kind `increase` or `maintain`",
                "请删去它，或把 `kind` 改为 `increase` 或 `maintain`"
            );
            reader.push(reader.error(Code::Inconsistent, target.span(), message).help(help));
        }
        _ => {}
    }
}

/// Warns about a key that has no effect for this kind of goal.
fn warn_unused(kind: GoalKind, field: Field<'_>, reader: &mut ValueReader<'_>) {
    let (name, kind) = (field.name, kind.name());
    let message = message!(
        "`{name}` has no effect in a goal of kind `{kind}`",
        "`kind` 为 `{kind}` 的目标用不到 `{name}`"
    );
    let help = message!(
        "remove it, or choose the kind that it belongs to",
        "请删去它，或改用与之相符的 `kind`"
    );
    reader.push(reader.warning(Code::Inconsistent, field.span(), message).help(help));
}

/// Reports an upper bound for a number that is to be reached.
fn report_upper_bound(target: Field<'_>, reader: &mut ValueReader<'_>) {
    let message = message!(
        "`at_most` has no effect in a goal of kind `increase`",
        "`kind` 为 `increase` 的目标用不到 `at_most`"
    );
    let help = message!(
        "for a number that is to shrink, give the larger one as `baseline`; \
         for a ceiling, make the kind `maintain`",
        "如果数值应当减小，请把较大的数写为 `baseline`；\
         如果是上限，请把 `kind` 改为 `maintain`"
    );
    reader.push(reader.error(Code::Inconsistent, target.span(), message).help(help));
}

fn warn_no_milestones(
    kind_field: Field<'_>,
    keys: &mut MappingReader<'_>,
    reader: &mut ValueReader<'_>,
) {
    let message = message!(
        "without milestones nothing can be reported as delivered",
        "没有节点，就无法报告完成了什么"
    );
    let help = message!(
        "add `milestones: [{{ id: opened, title: Opened to the public, due: 2022-12-31 }}]`",
        "请添加 `milestones: [{{ id: opened, title: 向公众开放, due: 2022-12-31 }}]`"
    );
    let wrong = reader.warning(Code::MissingKey, kind_field.span(), message).help(help);
    keys.report_missing("milestones", wrong, reader);
}

/// Reports a baseline that equals the target of an increase.
pub(super) fn check_baseline(
    kind: Option<GoalKind>,
    baseline: Option<&Located<f64>>,
    target: Option<&Target>,
    reader: &mut ValueReader<'_>,
) {
    if kind == Some(GoalKind::Increase)
        && let (Some(baseline), Some(target)) = (baseline, target)
        && (target.value - baseline.value).abs() == 0.0
    {
        let message = message!(
            "the baseline is the target itself, so there is nothing to reach",
            "基准值与目标值相同，没有需要达到的差距"
        );
        let help = message!(
            "correct `baseline`, or the `value` of `target`",
            "请更正 `baseline`，或 `target` 中的 `value`"
        );
        reader.push(reader.error(Code::Inconsistent, baseline.span.clone(), message).help(help));
    }
}

/// Warns about a milestone that is due after its goal's period.
pub(super) fn check_due(
    due: &Located<Moment>,
    period: &Located<Period>,
    reader: &mut ValueReader<'_>,
) {
    let Some(end) = period.value.to.map(|to| to.date()) else { return };
    let day = due.value.date();
    if day <= end {
        return;
    }
    let message = message!(
        "the milestone is due on {day}, after the goal's period ends on {end}",
        "节点的期限 {day} 晚于目标期间的结束日期 {end}"
    );
    let help = message!("correct `due`, or the `to` of the period", "请更正 `due`，或期间的 `to`");
    let ends_here = message!("the period ends here", "期间到此结束");
    let wrong = reader.warning(Code::Inconsistent, due.span.clone(), message).help(help);
    reader.push(wrong.related(reader.path, period.span.clone(), ends_here));
}
