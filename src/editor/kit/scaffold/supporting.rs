//! The text of new bodies, topics, alerts and pages. Every key is there: one that may be left out
//! is a comment.

use super::{FileBuilder, ScaffoldContext};
use crate::content::GroupKind;
use crate::diagnostic::{Phrase, message};
use crate::editor::{BODY_PLACEHOLDER, SUMMARY_PLACEHOLDER};

/// The names of an example, which are replaced together with it.
const ADDRESS: Phrase = Phrase::new("1 Fern Street", "蕨叶街 1 号");
const HOURS: Phrase = Phrase::new("Monday to Friday", "周一至周五");
const FORMER_NAME: Phrase = Phrase::new("Ferry office", "轮渡管理处");

/// A body or a topic. Its slug is the name by which bulletins refer to it.
#[must_use]
pub fn group(
    kind: GroupKind,
    title: &str,
    slug: &str,
    order: u32,
    context: &ScaffoldContext<'_>,
) -> String {
    let key = match kind {
        GroupKind::Body => "issuer",
        GroupKind::Topic => "topics",
    };
    let file = context
        .original(title)
        .comment(&message!(
            "bulletins refer to it by the name of this file: `{key}: [{slug}]`",
            "公报用本文件的文件名引用它：`{key}: [{slug}]`"
        ))
        .comment(&message!(
            "to use a line below that begins with `#`, remove the `#`",
            "使用下面以 `#` 开头的行时，请删除行首的 `#`"
        ))
        .optional_short_title(context)
        .optional_summary(context)
        .comment(&message!("its position among those of its kind", "在同类中的排序"))
        .line(&format!("order: {order}"));
    let file = if kind == GroupKind::Body { add_body_keys(file, context) } else { file };
    file.optional_aliases().body("")
}

fn add_body_keys(file: FileBuilder, context: &ScaffoldContext<'_>) -> FileBuilder {
    let (address, hours) = (context.by_language(ADDRESS), context.by_language(HOURS));
    let former = context.by_language(FORMER_NAME);
    file.optional(
        &message!("how to reach it; leave out what it does not have", "联系方式；没有的项目不写"),
        &format!(
            "contact: {{ phone: 0451-1234567, email: office@city.example, url: \
             \"https://office.city.example/\", address: {address}, hours: {hours} }}"
        ),
    )
    .optional(
        &message!(
            "names that it had, each with its last day; documents from before keep them",
            "曾用名及其最后使用日期；此前的文件仍显示当时的名称"
        ),
        &format!("formerly: [{{ title: {former}, until: 2019-03-01 }}]"),
    )
}

/// An alert from today on.
#[must_use]
pub fn alert(title: &str, level: &str, context: &ScaffoldContext<'_>) -> String {
    let today = context.today;
    context
        .original(title)
        .comment(&message!(
            "emergency: people are in danger; warning: they may be, or may lose something; notice: \
             what all should know",
            "emergency 人员有危险；warning 可能有危险或受损失；notice 大家都应知道的事"
        ))
        .line(&format!("level: {level}"))
        .comment(&message!(
            "every page has it from this day or time on, such as 2030-01-31 09:00",
            "自该日或该时刻起在每个页面显示，例如 2030-01-31 09:00"
        ))
        .line(&format!("from: {today}"))
        .optional(
            &message!(
                "the last day, or the time until which; remove the `#` to use the line",
                "最后一日，或截止时刻；使用时删除行首的 `#`"
            ),
            &format!("until: {today}"),
        )
        .comment(&message!(
            "no page has the alert while the next line is there; remove the line when it is ready",
            "有下面这一行时任何页面都不显示；内容完成后删除该行"
        ))
        .line("draft: true")
        .body(context.in_default_language(BODY_PLACEHOLDER))
}

/// A page without a date.
#[must_use]
pub fn page(title: &str, order: u32, context: &ScaffoldContext<'_>) -> String {
    context
        .original(title)
        .comment(&message!(
            "one or two sentences for lists and search results",
            "一两句话，显示在列表和搜索结果中"
        ))
        .key("summary", context.in_default_language(SUMMARY_PLACEHOLDER))
        .comment(&message!(
            "to use a line below that begins with `#`, remove the `#`",
            "使用下面以 `#` 开头的行时，请删除行首的 `#`"
        ))
        .optional_short_title(context)
        .comment(&message!("its position among the pages", "在各页面中的排序"))
        .line(&format!("order: {order}"))
        .optional_aliases()
        .draft()
        .body(context.in_default_language(BODY_PLACEHOLDER))
}
