//! The keys of a goal's front matter.

use crate::content::front_matter::keys::KeyType::{
    Date, Flag, Goal, GoalKind, Group, Line, List, Localised, Number, ReportingFrequency,
    Sentences, Unit, WholeNumber,
};
use crate::content::front_matter::keys::{ALIASES, Key, KeyGroup, Rule};
use crate::content::front_matter::scalar::ELLIPSIS;
use crate::content::front_matter::shorthand;
use crate::diagnostic::Phrase;

pub(crate) const GOAL: KeyGroup = KeyGroup::new(
    "Goal",
    Phrase::new("a goal", "目标"),
    "A goal: something that the city has promised.",
    &[
        Key::required("title", Line, Phrase::typed(ELLIPSIS))
            .label("Title", "标题")
            .description("What was promised, in one line."),
        Key::optional("short_title", Line)
            .label("Short title", "短标题")
            .description("A shorter title for navigation and charts."),
        Key::optional("summary", Sentences)
            .label("Summary", "摘要")
            .description("One or two sentences, shown in lists."),
        Key::optional("draft", Flag)
            .label("Draft", "草稿")
            .description("`true` keeps the goal unpublished."),
        Key::required("kind", GoalKind, Phrase::typed("increase"))
            .label("Kind", "类型")
            .description(
                "`increase`: a number to be reached. `maintain`: a bound to be kept. \
                 `direction`: a direction without a number. `deliver`: something to be \
                 delivered, by milestones. `continue`: a task that goes on.",
            ),
        Key::optional("target", Group(&TARGET)).label("Target", "目标值").description(
            "The number to reach or to keep: required by `increase` and `maintain`, and \
             not allowed for any other kind.",
        ),
        Key::optional("baseline", Number).label("Baseline", "基数").description(
            "The number from which an increase counts; 0 if it is left out. One above the \
             target makes the goal a decrease.",
        ),
        Key::optional("period", Group(&PERIOD))
            .label("Period", "期间")
            .description("Its first and its last day."),
        Key::optional("report_every", ReportingFrequency)
            .label("Report every", "报告周期")
            .description(
                "How often a figure is expected. It is overdue a month after the day for which \
                 it was expected.",
            ),
        Key::optional("milestones", List(&Group(&MILESTONE)))
            .label("Milestones", "节点")
            .description("The steps of something to be delivered."),
        Key::optional("follows", Goal)
            .label("Follows", "承接")
            .description("The same goal in the period before; pages compare the two."),
        Key::optional("order", WholeNumber)
            .label("Order", "排序")
            .description("Its position within its category, from low to high."),
        ALIASES,
    ],
)
.rule(Rule::Depends { key: "target", by: "kind", values: &["increase", "maintain"] });

pub(crate) const TARGET: KeyGroup = KeyGroup::new(
    "Target",
    Phrase::typed("`target`"),
    "The number to reach or to keep.",
    &[
        Key::required("value", Number, Phrase::typed("83000"))
            .label("Number", "数值")
            .description("The number."),
        Key::required("unit", Unit, Phrase::new("jobs", "个岗位"))
            .label("Unit", "单位")
            .description("What is counted."),
        Key::optional("at_most", Flag).label("Ceiling", "上限").description(
            "`true` if the number is an upper bound (`maintain` only); otherwise it is a \
             lower bound.",
        ),
    ],
)
.shorthand(shorthand::target);

pub(crate) const PERIOD: KeyGroup = KeyGroup::new(
    "Period",
    Phrase::typed("`period`"),
    "When a goal begins and ends.",
    &[
        Key::required("from", Date, Phrase::typed("2022-01-01"))
            .label("From", "开始")
            .description("The first day."),
        Key::optional("to", Date)
            .label("To", "结束")
            .description("The last day; left out where no end was named."),
    ],
)
.shorthand(shorthand::period);

pub(crate) const MILESTONE: KeyGroup = KeyGroup::new(
    "Milestone",
    Phrase::new("a milestone", "节点"),
    "A step of something to be delivered.",
    &[
        Key::required("id", Line, Phrase::typed("policies-issued"))
            .label("Name", "代号")
            .description("The name by which bulletins report it."),
        Key::required("title", Localised, Phrase::typed(ELLIPSIS))
            .label("Title", "标题")
            .description("What is to be delivered."),
        Key::optional("due", Date).label("Due", "期限").description("The last day for it."),
    ],
)
.shorthand(shorthand::milestone);
