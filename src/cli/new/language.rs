//! `gazette new language`: the messages of a further language, to be filled in.

use clap::Args;

use crate::cli::output::{CommandResult, Failure, print};
use crate::cli::workspace::{FolderArguments, Workspace};
use crate::content::{record_of, site};
use crate::diagnostic::{MessageLanguage, message};
use crate::editor::kit::scaffold::{Words, translation};
use crate::language::{Language, Locale, builtin_messages, commented_messages, fallback_tag};
use crate::source::replace_file;

#[derive(Debug, Clone, Args)]
pub(super) struct Arguments {
    /// The tag of the language, such as `ru`, `ko` or `pt-BR`.
    #[arg(value_name = "LANG")]
    tag: String,
    #[command(flatten)]
    content: FolderArguments,
}

/// Adds a language to `site.toml` if it is not there, begins the pages that every language has, and
/// writes the messages that it lacks into `i18n/`, as comments with the words shown instead.
pub(super) fn new_language(
    arguments: &Arguments,
    message_language: MessageLanguage,
) -> CommandResult {
    let workspace = Workspace::open(&arguments.content, message_language)?;
    let tag = arguments.tag.as_str();
    if site::language_tag(tag).as_deref() != Some(tag) || Locale::new(tag, None).is_err() {
        let near = site::language_tag(tag).filter(|near| Locale::new(near, None).is_ok());
        let near = near.as_deref().unwrap_or("pt-BR");
        return Err(workspace.error(&message!(
            "`{tag}` is not a language tag; write it as `{near}`",
            "`{tag}` 不是语言代码；请写成 `{near}` 这样的形式"
        )));
    }
    if workspace.content.site.languages.find(tag) == Some(Language::DEFAULT) {
        return Err(workspace.error(&message!(
            "`{tag}` is the first language of this site, in which its pages are written already",
            "`{tag}` 是本站的首选语言，页面本来就用它写成"
        )));
    }
    add_to_settings(&workspace, tag)?;
    begin_pages(&workspace, tag)?;
    if builtin_messages(tag).is_some() {
        workspace.print_note(&message!(
            "next: translate the pages with `gazette new translation`; the messages of `{tag}` are \
             part of the program",
            "下一步：用 `gazette new translation` 翻译页面；`{tag}` 的界面用语由程序自带"
        ));
        return Ok(());
    }
    let path = format!("i18n/{tag}.ftl");
    let written = workspace.snapshot.text(&path).unwrap_or_default();
    let text = commented_messages(tag, written);
    if text != written {
        replace(&workspace, &path, &text)?;
    }
    let (path, shown) = (workspace.display_path(&path), fallback_tag(tag));
    workspace.print_note(&message!(
        "next: translate the messages in {path}, and the pages with `gazette new translation`; \
         what is not translated yet is shown in `{shown}`",
        "下一步：翻译 {path} 中的界面用语，并用 `gazette new translation` 翻译页面；未翻译的用语\
         显示为 `{shown}` 的"
    ));
    Ok(())
}

fn add_to_settings(workspace: &Workspace, tag: &str) -> CommandResult {
    if workspace.content.site.languages.find(tag).is_some() {
        return Ok(());
    }
    let settings = workspace.snapshot.text("site.toml").unwrap_or_default();
    let settings = site::with_language(settings, tag).ok_or_else(|| {
        workspace.error(&message!(
            "add `\"{tag}\"` to the list `languages` in `site.toml` first",
            "请先在 `site.toml` 的 `languages` 列表中加上 `\"{tag}\"`"
        ))
    })?;
    replace(workspace, "site.toml", &settings)
}

/// Begins the home page, the sections and the categories: readers find all other pages there.
fn begin_pages(workspace: &Workspace, tag: &str) -> CommandResult {
    let content = &workspace.content;
    let pages = content.home.iter().chain(&content.goals_index).chain(&content.sections);
    let categories = content.categories.iter().map(|category| &category.texts);
    for texts in pages.map(|page| &page.texts).chain(categories) {
        let original = texts.original();
        let path = format!("{}.{tag}.md", original.path.trim_end_matches(".md"));
        if workspace.snapshot.file(&path).is_none() {
            let words = Words {
                title: &original.title.value,
                short_title: original.short_title.as_deref(),
                summary: original.summary.as_ref().map(|summary| summary.value.as_str()),
            };
            let record = record_of(original);
            let text = translation(&words, tag, &record, workspace.message_language);
            replace(workspace, &path, &text)?;
        }
    }
    Ok(())
}

fn replace(workspace: &Workspace, path: &str, text: &str) -> CommandResult {
    let file = workspace.folder.join(path);
    replace_file(&file, text.as_bytes())
        .map_err(|error| Failure::Message(format!("cannot write `{}`: {error}", file.display())))?;
    print(&workspace.display_path(path))
}
