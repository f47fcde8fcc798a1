//! The keys of a bulletin's front matter.

use crate::content::bulletin_group::CONTACT;
use crate::content::front_matter::keys::KeyType::{
    Body, BodyOr, Bulletin, Category, Date, DocumentKind, DocumentNumber, Flag, Goal, Group, Line,
    List, Localised, Milestone, Number, Sentences, Status, Topic, WebAddress,
};
use crate::content::front_matter::keys::{ALIASES, Key, KeyGroup, Rule, TRANSLATED};
use crate::content::front_matter::scalar::ELLIPSIS;
use crate::content::front_matter::shorthand;
use crate::diagnostic::Phrase;

/// The keys for the content of a report; it has exactly one of these.
pub(crate) const REPORT_VALUES: &[&str] = &["value", "at_least", "at_most", "milestone", "note"];

/// The keys for the change of a revision; it has one of these or both.
pub(crate) const REVISION_VALUES: &[&str] = &["target", "to"];

const DAY: Phrase = Phrase::typed("2022-06-30");

/// The goal of a report, a revision or an override.
const THE_GOAL: Key = Key::required("goal", Goal, Phrase::typed("new-homes"))
    .label("Goal", "目标")
    .description("The goal.");

/// The reason for an override or a removal.
const REASON: Key = Key::required("reason", Localised, Phrase::new("Why.", "原因。"))
    .label("Reason", "理由")
    .description("The reason.");

const TITLE: Key = Key::required("title", Line, Phrase::typed(ELLIPSIS)).label("Title", "标题");

const SUMMARY: Key =
    Key::required("summary", Sentences, Phrase::new("One or two sentences.", "一两句话。"))
        .label("Summary", "摘要");

pub(crate) const BULLETIN: KeyGroup = KeyGroup::new(
    "Bulletin",
    Phrase::new("a bulletin", "公报"),
    "A bulletin: a dated text that sets goals, reports on them, or mentions them.",
    &[
        TITLE.description("What the bulletin says, in one line of at most 200 characters."),
        SUMMARY.description("One or two sentences, shown in lists, feeds and search results."),
        Key::required("published", Date, Phrase::typed("2022-05-05"))
            .label("Published", "发布日期")
            .description(
                "The day on which it becomes public, in the site's time zone. A day or time in \
                 the future schedules it.",
            ),
        Key::optional("draft", Flag)
            .label("Draft", "草稿")
            .description("`true` keeps the bulletin unpublished."),
        Key::optional("source", Group(&SOURCE))
            .label("Source", "来源")
            .description("Who published what the bulletin says, and where."),
        Key::optional("byline", Localised)
            .label("Byline", "作者")
            .description("Who wrote it at the source."),
        Key::optional("sets", List(&Goal))
            .label("Sets goals", "设立目标")
            .description("The goals that this bulletin announces."),
        Key::optional("reports", List(&Group(&REPORT)))
            .label("Reports on goals", "报告目标进展")
            .description(
                "What this bulletin says about goals: a figure, a bound, a milestone that was \
                 reached, or a statement.",
            ),
        Key::optional("mentions", List(&Goal))
            .label("Mentions goals", "相关目标")
            .description("Goals that this bulletin is related to, without a figure for them."),
        Key::optional("categories", List(&Category))
            .label("Categories", "类别")
            .description("Further categories. Those of its goals are added automatically."),
        Key::optional("changes", List(&Group(&CHANGE))).label("Changes", "更正").description(
            "What was corrected after publication. The page shows the date of the last \
             change.",
        ),
        Key::optional("revises", List(&Group(&REVISION)))
            .label("Revises goals", "修订目标")
            .description(
                "New targets, or new ends, that this bulletin gives to goals. The goal's own \
                 file stays as it is.",
            ),
        Key::optional("overrides", List(&Group(&OVERRIDE)))
            .label("Overrides statuses", "另定状态")
            .description(
                "Other statuses than the computed ones, each with its reason. Pages show both.",
            ),
        Key::optional("document", Group(&DOCUMENT))
            .label("Official document", "公文信息")
            .description(
                "The bulletin is an official document: its number, kind and dates. Whether it is \
                 in force follows from them and from later documents.",
            ),
        Key::optional("consultation", Group(&CONSULTATION))
            .label("Consultation", "征求意见")
            .description(
                "The public may comment: until when, and how. Pages say whether it is open.",
            ),
        Key::optional("events", List(&Group(&EVENT)))
            .label("Events", "活动")
            .description("The events that it announces, such as hearings. Calendars have them."),
        Key::optional("contact", BodyOr(&CONTACT))
            .label("Contact", "联系方式")
            .description("How to ask about it: a body of the site, or a contact of its own."),
        Key::optional("issuer", List(&Body))
            .label("Issued by", "发文机关")
            .description("The bodies that issued it, as files in `bodies/`."),
        Key::optional("topics", List(&Topic))
            .label("Topics", "主题分类")
            .description("Its topics, as files in `topics/`."),
        Key::optional("amends", List(&Bulletin))
            .label("Amends", "修改")
            .description("Documents that this one changes in parts, from its effective day."),
        Key::optional("repeals", List(&Bulletin))
            .label("Repeals", "废止")
            .description("Documents that this one ends, from its effective day."),
        Key::optional("corrects", List(&Bulletin))
            .label("Corrects", "更正")
            .description("Documents in whose text this one corrects an error."),
        Key::optional("explains", List(&Bulletin))
            .label("Explains", "解读")
            .description("Documents that this one explains."),
        Key::optional("implements", List(&Bulletin))
            .label("Implements", "落实")
            .description("Documents that this one carries out."),
        Key::optional("answers", List(&Bulletin))
            .label("Answers", "答复")
            .description("Bulletins with the question or the proposal that this one answers."),
        Key::optional("expires", Date)
            .label("Expires", "失效日期")
            .description("The day or time at which it stops being public."),
        Key::optional("withdrawn", Group(&WITHDRAWN)).label("Withdrawn", "撤回").description(
            "Withdrawn: the page stays, with a notice, and no longer counts as evidence.",
        ),
        Key::optional("gone", Group(&GONE))
            .label("Gone", "移除")
            .description("Removed: its address answers that the page is gone, and why."),
        ALIASES,
    ],
);

pub(crate) const DOCUMENT: KeyGroup = KeyGroup::new(
    "Document",
    Phrase::typed("`document`"),
    "The identity and the dates of an official document.",
    &[
        Key::optional("number", DocumentNumber).label("Number", "发文字号").description(
            "The number that its issuer gave it, such as `哈政规〔2022〕22号`. Two documents \
             never have the same.",
        ),
        Key::optional("index", Line)
            .label("Index number", "索引号")
            .description("Its number in the directory of public information."),
        Key::optional("kind", DocumentKind)
            .label("Kind", "公文种类")
            .description("One of the kinds that `site.toml` lists in `[documents]`."),
        Key::optional("made", Date)
            .label("Made on", "成文日期")
            .description("The day on which it was made, which may be before its publication."),
        Key::optional("effective", Date)
            .label("In force from", "实施日期")
            .description("The first day on which it is in force."),
        Key::optional("until", Date)
            .label("In force until", "有效期至")
            .description("The last day on which it is in force."),
    ],
)
.shorthand(shorthand::document);

pub(crate) const CONSULTATION: KeyGroup = KeyGroup::new(
    "Consultation",
    Phrase::typed("`consultation`"),
    "A draft or question on which the public may comment.",
    &[
        Key::optional("opens", Date)
            .label("Opens", "开始日期")
            .description("The first day for comments; without it, the day of publication."),
        Key::required("closes", Date, DAY)
            .label("Closes", "截止日期")
            .description("The last day for comments, as it was first announced."),
        Key::optional("respond", Group(&RESPOND))
            .label("How to comment", "反馈方式")
            .description("The ways to comment, shown while it is open."),
        Key::optional("extended", List(&Group(&EXTENSION)))
            .label("Extended", "延期")
            .description("Later last days. Pages show the old and the new one."),
        Key::optional("outcome", Bulletin)
            .label("Outcome", "结果")
            .description("The bulletin that says what came of it."),
    ],
)
.shorthand(shorthand::closes);

pub(crate) const RESPOND: KeyGroup = KeyGroup::new(
    "Respond",
    Phrase::typed("`respond`"),
    "The ways to comment.",
    &[
        Key::optional("url", WebAddress)
            .label("Website", "网站")
            .description("The address of a form or page."),
        Key::optional("email", Line).label("E-mail", "电子邮箱").description("An e-mail address."),
        Key::optional("post", Localised).label("Post", "邮寄地址").description("A postal address."),
        Key::optional("phone", Line).label("Telephone", "电话").description("A telephone number."),
    ],
)
.shorthand(shorthand::phone);

pub(crate) const EXTENSION: KeyGroup = KeyGroup::new(
    "Extension",
    Phrase::new("an extension", "延期"),
    "A later last day for comments.",
    &[
        Key::required("on", Date, DAY)
            .label("On", "日期")
            .description("The day on which it was announced."),
        Key::required("closes", Date, DAY)
            .label("Closes", "截止日期")
            .description("The new last day."),
        Key::optional("note", Localised).label("Note", "说明").description("The reason."),
    ],
)
.shorthand(shorthand::closes);

pub(crate) const EVENT: KeyGroup = KeyGroup::new(
    "Event",
    Phrase::new("an event", "活动"),
    "An event that a bulletin announces.",
    &[
        Key::required("title", Localised, Phrase::typed(ELLIPSIS))
            .label("Title", "名称")
            .description("The event, in a few words."),
        Key::required("from", Date, Phrase::typed("2022-06-30 09:30"))
            .label("From", "开始时间")
            .description("Its day, or the time at which it begins."),
        Key::optional("to", Date)
            .label("To", "结束时间")
            .description("Its last day, or the time at which it ends."),
        Key::optional("place", Localised).label("Place", "地点").description("Where it is held."),
    ],
)
.shorthand(shorthand::event);

pub(crate) const BULLETIN_TRANSLATION: KeyGroup = KeyGroup::new(
    "BulletinTranslation",
    BULLETIN.noun,
    "A bulletin in another language: its texts only. Dates, figures and goals are written once, \
     in the original.",
    &[
        TITLE.description("The title in this language."),
        SUMMARY.description("The summary in this language."),
        TRANSLATED,
    ],
);

pub(crate) const SOURCE: KeyGroup = KeyGroup::new(
    "Source",
    Phrase::typed("`source`"),
    "Who published it, and where.",
    &[
        Key::required("name", Localised, Phrase::new("Name of the source", "来源名称"))
            .label("Name", "名称")
            .description("The name of the paper, office or site."),
        Key::optional("url", WebAddress)
            .label("Address", "网址")
            .description("The address of the original."),
    ],
)
.shorthand(shorthand::name);

pub(crate) const REPORT: KeyGroup = KeyGroup::new(
    "Report",
    Phrase::new("a report", "报告"),
    "What a bulletin says about one goal: exactly one of `value`, `at_least`, `at_most`, \
     `milestone` and `note`.",
    &[
        THE_GOAL,
        Key::required("as_of", Date, DAY)
            .label("As of", "截至")
            .description("The day for which it holds, such as the last day of a quarter."),
        Key::optional("value", Number)
            .label("Figure", "数值")
            .description("The figure, in the goal's unit."),
        Key::optional("at_least", Number)
            .label("At least", "不少于")
            .description("A lower bound, where the source gives no figure: “more than 15”."),
        Key::optional("at_most", Number)
            .label("At most", "不超过")
            .description("An upper bound, where the source gives no figure."),
        Key::optional("milestone", Milestone)
            .label("Milestone", "节点")
            .description("The milestone that was reached."),
        Key::optional("unit", Line)
            .label("Unit", "单位")
            .description("The figure's unit, to have it compared with the goal's."),
        Key::optional("note", Localised)
            .label("Note", "说明")
            .description("A statement in words, for goals without a number."),
    ],
)
.rule(Rule::ExactlyOne(REPORT_VALUES))
.shorthand(shorthand::report);

pub(crate) const REVISION: KeyGroup = KeyGroup::new(
    "Revision",
    Phrase::new("a revision", "目标调整"),
    "A new target for a goal, a new end of its period, or both.",
    &[
        THE_GOAL,
        Key::optional("target", Number)
            .label("New target", "新目标值")
            .description("The new number."),
        Key::optional("to", Date).label("New end", "新期限").description("The new last day."),
        Key::optional("note", Localised).label("Note", "说明").description("The reason."),
    ],
)
.rule(Rule::AtLeastOne(REVISION_VALUES))
.shorthand(shorthand::revision);

pub(crate) const OVERRIDE: KeyGroup = KeyGroup::new(
    "Override",
    Phrase::new("an override", "另行评价"),
    "A status that the bulletin gives to a goal.",
    &[
        THE_GOAL,
        Key::required("status", Status, Phrase::typed("behind"))
            .label("Status", "状态")
            .description("The status that the bulletin gives it."),
        REASON,
    ],
)
.shorthand(shorthand::status_override);

pub(crate) const CHANGE: KeyGroup = KeyGroup::new(
    "Change",
    Phrase::new("a change", "修改记录"),
    "A change after publication.",
    &[
        Key::required("on", Date, Phrase::typed("2022-05-11"))
            .label("On", "日期")
            .description("The day of the change."),
        Key::required("note", Localised, Phrase::new("What was changed.", "修改内容。"))
            .label("Note", "说明")
            .description("What was changed."),
        Key::optional("goal", Goal)
            .label("Goal", "目标")
            .description("The goal that it concerns, where the bulletin is about several."),
    ],
)
.shorthand(shorthand::change);

pub(crate) const WITHDRAWN: KeyGroup = KeyGroup { noun: Phrase::typed("`withdrawn`"), ..REMOVAL };

pub(crate) const GONE: KeyGroup = KeyGroup { noun: Phrase::typed("`gone`"), ..REMOVAL };

const REMOVAL: KeyGroup = KeyGroup::new(
    "Removal",
    Phrase::new("a removal", "撤回或移除"),
    "When and why a bulletin was withdrawn or removed.",
    &[
        Key::required("on", Date, Phrase::typed("2023-02-01"))
            .label("On", "日期")
            .description("The day."),
        REASON,
        Key::optional("replaced_by", Bulletin)
            .label("Replaced by", "由此替代")
            .description("The bulletin that takes its place."),
    ],
)
.shorthand(shorthand::removal);
