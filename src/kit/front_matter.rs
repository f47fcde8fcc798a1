//! What each kind of file has in its front matter, told to editors.
//!
//! These types are described and never made: `content` reads front matter key by key, so that it can name every problem.
//! Their comments and titles are what an editor sees beside a key. A test holds their keys against those that `content`
//! reads.

#![expect(dead_code, reason = "the fields are described by their schemas, not read")]

use schemars::{JsonSchema, Schema};
use serde_json::json;

use super::value::{
    BulletinName, CategoryName, Counted, Day, Flag, GoalName, HueName, IntervalName, KindName, Line, Localised,
    MilestoneName, Number, Place, Sentences, SitePath, StatusName, WebAddress,
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

/// A category of goals.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Category {
    /// The category's name.
    #[schemars(title = "Title · 标题")]
    title: Line,
    /// The name for tight places.
    #[schemars(title = "Short title · 短标题")]
    short_title: Option<Line>,
    /// One or two sentences, shown in lists.
    #[schemars(title = "Summary · 摘要")]
    summary: Option<Sentences>,
    /// Its place among the categories, from low to high.
    #[schemars(title = "Order · 排序")]
    order: Option<Place>,
    /// The hue that marks it.
    #[schemars(title = "Colour · 颜色")]
    colour: Option<HueName>,
    /// Addresses at which the page stood before; they lead to it.
    #[schemars(title = "Old addresses · 旧网址")]
    aliases: Option<Vec<SitePath>>,
}

/// A section, or a plain page.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Page {
    /// The page's title.
    #[schemars(title = "Title · 标题")]
    title: Line,
    /// The title for tight places, such as the navigation.
    #[schemars(title = "Short title · 短标题")]
    short_title: Option<Line>,
    /// One or two sentences, shown in lists and results.
    #[schemars(title = "Summary · 摘要")]
    summary: Option<Sentences>,
    /// Its place among its like, from low to high.
    #[schemars(title = "Order · 排序")]
    order: Option<Place>,
    /// Addresses at which the page stood before; they lead to it.
    #[schemars(title = "Old addresses · 旧网址")]
    aliases: Option<Vec<SitePath>>,
}

/// The home page's own words.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Home {
    /// The home page's title.
    #[schemars(title = "Title · 标题")]
    title: Line,
    /// One or two sentences.
    #[schemars(title = "Summary · 摘要")]
    summary: Option<Sentences>,
    /// Its place among its like, from low to high.
    #[schemars(title = "Order · 排序")]
    order: Option<Place>,
    /// Addresses at which the page stood before; they lead to it.
    #[schemars(title = "Old addresses · 旧网址")]
    aliases: Option<Vec<SitePath>>,
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

/// A goal, category, section or plain page in another language: its words only.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Translation {
    /// The title in this language.
    #[schemars(title = "Title · 标题")]
    title: Line,
    /// The title for tight places, in this language.
    #[schemars(title = "Short title · 短标题")]
    short_title: Option<Line>,
    /// The summary in this language.
    #[schemars(title = "Summary · 摘要")]
    summary: Option<Sentences>,
}

/// The home page in another language: its words only.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct HomeTranslation {
    /// The title in this language.
    #[schemars(title = "Title · 标题")]
    title: Line,
    /// The summary in this language.
    #[schemars(title = "Summary · 摘要")]
    summary: Option<Sentences>,
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

/// A goal that is measured needs its number, and another kind has none.
fn measured_by_its_target(schema: &mut Schema) {
    let nothing = json!({ "properties": { "target": { "$ref": "#/$defs/Nothing" } } });
    schema.insert("if".to_owned(), json!({ "properties": { "kind": { "enum": ["increase", "maintain"] } } }));
    schema.insert("then".to_owned(), says("target"));
    schema.insert("else".to_owned(), nothing);
}

/// That a key is there and not left empty.
fn says(key: &str) -> serde_json::Value {
    json!({ "required": [key], "properties": { key: { "not": { "$ref": "#/$defs/Nothing" } } } })
}
