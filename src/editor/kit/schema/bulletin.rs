//! Bulletins.

#![expect(dead_code, reason = "the fields are described by their schemas, not read")]

use schemars::{JsonSchema, Schema};
use serde_json::json;

use super::value_types::{
    BulletinName, CategoryName, Day, Flag, GoalName, Line, Localised, MilestoneName, Number,
    Sentences, SitePath, StatusName, WebAddress, says,
};

/// A bulletin: a dated text that sets goals, reports on them, or mentions them.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Bulletin {
    /// What the bulletin says, in one line of at most 200 characters.
    #[schemars(title = "Title · 标题")]
    title: Line,
    /// One or two sentences, shown in lists, feeds and search results.
    #[schemars(title = "Summary · 摘要")]
    summary: Sentences,
    /// The day on which it becomes public, in the site's time zone. A day or time in the future schedules it.
    #[schemars(title = "Published · 发布日期")]
    published: Day,
    /// Kept back: nobody sees the bulletin while this is true.
    #[schemars(title = "Draft · 草稿")]
    draft: Option<Flag>,
    /// Who said what the bulletin tells, and where.
    #[schemars(title = "Source · 来源")]
    source: Option<Source>,
    /// Who wrote it at the source.
    #[schemars(title = "Byline · 作者")]
    byline: Option<Localised>,
    /// The goals that this bulletin announces.
    #[schemars(title = "Sets goals · 设立目标")]
    sets: Option<Vec<GoalName>>,
    /// What this bulletin says about goals: a figure, a bound, a milestone that was reached, or a statement.
    #[schemars(title = "Reports on goals · 报告目标进展")]
    reports: Option<Vec<Report>>,
    /// New targets, or new ends, that this bulletin gives to goals. The goal's own file stays as it is.
    #[schemars(title = "Revises goals · 修订目标")]
    revises: Option<Vec<Revision>>,
    /// Other statuses than the computed ones, each with its reason. Pages show both.
    #[schemars(title = "Overrides statuses · 另定状态")]
    overrides: Option<Vec<Override>>,
    /// Goals that this bulletin is related to, without a figure for them.
    #[schemars(title = "Mentions goals · 相关目标")]
    mentions: Option<Vec<GoalName>>,
    /// Categories beside those of its goals, which are added by themselves.
    #[schemars(title = "Categories · 类别")]
    categories: Option<Vec<CategoryName>>,
    /// What was corrected after publication. The date of the last change is shown on the page.
    #[schemars(title = "Changes · 更正")]
    changes: Option<Vec<Change>>,
    /// The day or time at which it stops being public.
    #[schemars(title = "Expires · 失效日期")]
    expires: Option<Day>,
    /// Taken back: the page stays, with a notice, and proves nothing any more.
    #[schemars(title = "Withdrawn · 撤回")]
    withdrawn: Option<Removal>,
    /// Taken away: the address answers that the page is gone, and why.
    #[schemars(title = "Gone · 移除")]
    gone: Option<Removal>,
    /// Addresses at which the page stood before; they lead to it.
    #[schemars(title = "Old addresses · 旧网址")]
    aliases: Option<Vec<SitePath>>,
}

/// Who said it, and where.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Source {
    /// The name of the paper, office or site.
    #[schemars(title = "Name · 名称")]
    name: Localised,
    /// The address of the original.
    #[schemars(title = "Address · 网址")]
    url: Option<WebAddress>,
}

/// What a bulletin says about one goal: exactly one of `value`, `at_least`, `at_most`, `milestone` and `note`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, transform = says_one_thing)]
pub(crate) struct Report {
    /// The goal.
    #[schemars(title = "Goal · 目标")]
    goal: GoalName,
    /// The day for which it holds, such as the last day of a quarter.
    #[schemars(title = "As of · 截至")]
    as_of: Day,
    /// The figure, in the goal's unit.
    #[schemars(title = "Figure · 数值")]
    value: Option<Number>,
    /// A bound from below, where the source gives no figure: “more than 15”.
    #[schemars(title = "At least · 不少于")]
    at_least: Option<Number>,
    /// A bound from above, where the source gives no figure.
    #[schemars(title = "At most · 不超过")]
    at_most: Option<Number>,
    /// The milestone that was reached.
    #[schemars(title = "Milestone · 节点")]
    milestone: Option<MilestoneName>,
    /// A statement in words, for goals without a number.
    #[schemars(title = "Note · 说明")]
    note: Option<Localised>,
    /// The figure's unit, if it is to be checked: only the goal's own is right.
    #[schemars(title = "Unit · 单位")]
    unit: Option<Line>,
}

/// A new target for a goal, a new end of its period, or both.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, transform = changes_something)]
pub(crate) struct Revision {
    /// The goal.
    #[schemars(title = "Goal · 目标")]
    goal: GoalName,
    /// The new number.
    #[schemars(title = "New target · 新目标值")]
    target: Option<Number>,
    /// The new last day.
    #[schemars(title = "New end · 新期限")]
    to: Option<Day>,
    /// Why.
    #[schemars(title = "Note · 说明")]
    note: Option<Localised>,
}

/// A status that the bulletin gives to a goal.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Override {
    /// The goal.
    #[schemars(title = "Goal · 目标")]
    goal: GoalName,
    /// How far it is, in the bulletin's judgement.
    #[schemars(title = "Status · 状态")]
    status: StatusName,
    /// Why.
    #[schemars(title = "Reason · 理由")]
    reason: Localised,
}

/// A change after publication.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Change {
    /// When.
    #[schemars(title = "On · 日期")]
    on: Day,
    /// What was changed.
    #[schemars(title = "Note · 说明")]
    note: Localised,
    /// The goal that it bears on, where the bulletin is about several.
    #[schemars(title = "Goal · 目标")]
    goal: Option<GoalName>,
}

/// When and why a bulletin was taken back or away.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Removal {
    /// When.
    #[schemars(title = "On · 日期")]
    on: Day,
    /// Why.
    #[schemars(title = "Reason · 理由")]
    reason: Localised,
    /// The bulletin that takes its place.
    #[schemars(title = "Replaced by · 由此替代")]
    replaced_by: Option<BulletinName>,
}

/// A bulletin in another language: its words only. Dates, figures and goals are written once, in the original.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct BulletinTranslation {
    /// The title in this language.
    #[schemars(title = "Title · 标题")]
    title: Line,
    /// The summary in this language.
    #[schemars(title = "Summary · 摘要")]
    summary: Sentences,
}

/// A report says one thing, and only one.
fn says_one_thing(schema: &mut Schema) {
    let sayings = ["value", "at_least", "at_most", "milestone", "note"];
    schema.insert("oneOf".to_owned(), sayings.map(says).to_vec().into());
}

/// A revision that changes nothing is none.
fn changes_something(schema: &mut Schema) {
    schema.insert("anyOf".to_owned(), json!([says("target"), says("to")]));
}
