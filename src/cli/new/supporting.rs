//! `gazette new body`, `topic`, `alert` and `page`.

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::page::{FirstState, NewPage, PageArguments, names, next_order};
use crate::cli::output::{CommandResult, Failure};
use crate::content::alert::ALERT_LEVELS;
use crate::content::{GroupKind, is_slug};
use crate::diagnostic::{Message, MessageLanguage, message};
use crate::editor::kit::scaffold;

#[derive(Debug, Clone, Args)]
pub(super) struct GroupArguments {
    #[command(flatten)]
    page: PageArguments,
}

#[derive(Debug, Clone, Args)]
pub(super) struct AlertArguments {
    #[command(flatten)]
    page: PageArguments,
    /// How urgent it is.
    #[arg(long, value_name = "LEVEL", default_value = "notice", value_parser = levels())]
    level: String,
}

#[derive(Debug, Clone, Args)]
pub(super) struct StaticPageArguments {
    #[command(flatten)]
    page: PageArguments,
    /// A folder of pages, such as `departments` (default: the page is at the root).
    #[arg(long, value_name = "NAME")]
    folder: Option<String>,
}

fn levels() -> PossibleValuesParser {
    ALERT_LEVELS.iter().map(|(name, _)| *name).into()
}

pub(super) fn new_group(
    kind: GroupKind,
    arguments: &GroupArguments,
    message_language: MessageLanguage,
) -> CommandResult {
    let page = NewPage::open(&arguments.page, message_language)?;
    let all = page.workspace.content.groups.iter().filter(|(known, _)| *known == kind);
    let groups: Vec<_> = all.map(|(_, group)| group).collect();
    let slug = page.slug(&names(groups.iter().copied()))?;
    let order = next_order(groups.iter().map(|group| group.facts.order));
    let text = scaffold::group(kind, &page.title, &slug, order, &page.scaffold_context());
    page.write(&format!("{}/{slug}", kind.folder()), text, FirstState::Public)
}

pub(super) fn new_alert(
    arguments: &AlertArguments,
    message_language: MessageLanguage,
) -> CommandResult {
    let page = NewPage::open(&arguments.page, message_language)?;
    let slug = page.slug(&names(&page.workspace.content.alerts))?;
    let text = scaffold::alert(&page.title, &arguments.level, &page.scaffold_context());
    page.write(&format!("alerts/{slug}"), text, FirstState::DraftAlert)
}

pub(super) fn new_static_page(
    arguments: &StaticPageArguments,
    message_language: MessageLanguage,
) -> CommandResult {
    let page = NewPage::open(&arguments.page, message_language)?;
    let folder = folder_of(&page, arguments.folder.as_deref())?;
    let content = &page.workspace.content;
    let siblings: Vec<_> = content.pages.iter().filter(|other| other.folder == folder).collect();
    let mut known = names(siblings.iter().copied());
    if folder.is_empty() {
        known.extend(names(&content.sections));
    }
    let slug = page.slug(&known)?;
    let order = next_order(siblings.iter().map(|other| other.facts.order));
    let text = scaffold::page(&page.title, order, &page.scaffold_context());
    let stem = if folder.is_empty() { slug } else { format!("{folder}/{slug}") };
    page.write(&stem, text, FirstState::DraftPage)
}

/// The folder of a page, which is none of bulletins, goals or the like; empty for the root.
fn folder_of(page: &NewPage<'_>, requested: Option<&str>) -> Result<String, Failure> {
    let folder = requested.unwrap_or_default().trim_matches('/');
    if folder.is_empty() {
        return Ok(String::new());
    }
    let content = &page.workspace.content;
    let kind = match folder {
        "goals" => Some("goal"),
        "alerts" => Some("alert"),
        "bodies" => Some("body"),
        "topics" => Some("topic"),
        _ if content.bulletins.iter().any(|bulletin| bulletin.folder == folder) => Some("bulletin"),
        _ => None,
    };
    if let Some(kind) = kind {
        return Err(page.workspace.error(&message!(
            "`{folder}` is not a folder of pages; use `gazette new {kind}` for what belongs \
             in it",
            "`{folder}` 不是普通页面的文件夹；其中的内容请用 `gazette new {kind}` 新建"
        )));
    }
    if folder.split('/').all(is_slug) {
        let is_known = content.sections.iter().any(|section| section.slug == folder);
        return if is_known || folder.contains('/') {
            Ok(folder.to_owned())
        } else {
            Err(page.workspace.error(&without_index(folder)))
        };
    }
    Err(page.workspace.error(&message!(
        "`{folder}` cannot be part of an address; use lower-case letters a to z, digits and \
         single hyphens: `--folder departments`",
        "`{folder}` 不能用于网址；请使用小写字母 a–z、数字和单个连字符：`--folder departments`"
    )))
}

/// Says how the page above those of a folder is written. Its title leads to the name of the folder.
fn without_index(folder: &str) -> Message {
    let words = folder.replace('-', " ");
    let title = words[..1].to_uppercase() + &words[1..];
    message!(
        "there is no folder `{folder}` with an `_index.md` yet; write it first with `gazette new \
         section \"{title}\"`",
        "还没有带 `_index.md` 的文件夹 `{folder}`；请先运行 `gazette new section \"{title}\"` 新建"
    )
}
