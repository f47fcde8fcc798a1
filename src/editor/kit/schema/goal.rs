//! Goals.

#![expect(dead_code, reason = "the fields are described by their schemas, not read")]

use schemars::{JsonSchema, Schema};
use serde_json::json;

use super::value_types::{
    Counted, Day, Flag, GoalName, IntervalName, KindName, Line, Localised, Number, Place,
    Sentences, SitePath, says,
};

/// A goal: something that the city said it would do.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, transform = measured_by_its_target)]
pub(crate) struct Goal {
    /// What was promised, in one line.
    #[schemars(title = "Title · 标题")]
    title: Line,
    /// The title for tight places.
    #[schemars(title = "Short title · 短标题")]
    short_title: Option<Line>,
    /// One or two sentences, shown in lists.
    #[schemars(title = "Summary · 摘要")]
    summary: Option<Sentences>,
    /// `increase`: a number to be reached. `maintain`: a bound to be kept. `direction`: a direction without a number.
    /// `deliver`: something to be delivered, by milestones. `continue`: a task that goes on.
    #[schemars(title = "Kind · 类型")]
    kind: KindName,
    /// The number to reach or to keep: needed by `increase` and `maintain`, and by no other kind.
    #[schemars(title = "Target · 目标值")]
    target: Option<Target>,
    /// The number from which an increase counts; 0 if it is left out. One above the target makes the goal a decrease.
    #[schemars(title = "Baseline · 基数")]
    baseline: Option<Number>,
    /// Its first and its last day.
    #[schemars(title = "Period · 期间")]
    period: Option<Period>,
    /// How often a figure is expected; a month after such a day it is overdue.
    #[schemars(title = "Report every · 报告周期")]
    report_every: Option<IntervalName>,
    /// The steps of something to be delivered.
    #[schemars(title = "Milestones · 节点")]
    milestones: Option<Vec<Milestone>>,
    /// The same goal in the period before; pages compare the two.
    #[schemars(title = "Follows · 承接")]
    follows: Option<GoalName>,
    /// Its place within its category, from low to high.
    #[schemars(title = "Order · 排序")]
    order: Option<Place>,
    /// Addresses at which the page stood before; they lead to it.
    #[schemars(title = "Old addresses · 旧网址")]
    aliases: Option<Vec<SitePath>>,
    /// Kept back: nobody sees the goal while this is true.
    #[schemars(title = "Draft · 草稿")]
    draft: Option<Flag>,
}

/// The number to reach or to keep.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Target {
    /// The number.
    #[schemars(title = "Number · 数值")]
    value: Number,
    /// What is counted.
    #[schemars(title = "Unit · 单位")]
    unit: Counted,
    /// Whether the number is not to be exceeded (`maintain` only); otherwise it is the least.
    #[schemars(title = "Ceiling · 上限")]
    at_most: Option<Flag>,
}

/// When a goal begins and ends.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Period {
    /// The first day.
    #[schemars(title = "From · 开始")]
    from: Day,
    /// The last day; left out where no end was named.
    #[schemars(title = "To · 结束")]
    to: Option<Day>,
}

/// A step of something to be delivered.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Milestone {
    /// The name by which bulletins report it.
    #[schemars(title = "Name · 代号")]
    id: Line,
    /// What is to be there.
    #[schemars(title = "Title · 标题")]
    title: Localised,
    /// By when.
    #[schemars(title = "Due · 期限")]
    due: Option<Day>,
}

/// A goal that is measured needs its number, and another kind has none.
fn measured_by_its_target(schema: &mut Schema) {
    let nothing = json!({ "properties": { "target": { "$ref": "#/$defs/Nothing" } } });
    schema.insert(
        "if".to_owned(),
        json!({ "properties": { "kind": { "enum": ["increase", "maintain"] } } }),
    );
    schema.insert("then".to_owned(), says("target"));
    schema.insert("else".to_owned(), nothing);
}
