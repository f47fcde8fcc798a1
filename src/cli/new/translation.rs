//! `gazette new translation`: the same page in another language.

use std::path::PathBuf;

use clap::Args;

use super::write;
use crate::cli::workspace::{FolderArguments, Workspace};
use crate::cli::{Failure, Outcome};
use crate::content::Text;
use crate::diagnostic::{MessageLanguage, message};
use crate::editor::kit::scaffold::{self, Words};
use crate::language::Language;

#[derive(Debug, Clone, Args)]
pub(super) struct Arguments {
    /// The original, such as `content/bulletins/2022-development-goals.md`.
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// The language; without it, the first one of the site that the page lacks.
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
    #[command(flatten)]
    content: FolderArguments,
}

pub(super) fn run(arguments: &Arguments, message_language: MessageLanguage) -> Outcome {
    let workspace = Workspace::open(&arguments.content, message_language)?;
    let original = original(&workspace, arguments)?;
    let languages = &workspace.content.site.languages;
    let stem = original.path.strip_suffix(".md").unwrap_or(&original.path);
    let default = languages.tag(Language::DEFAULT);
    let stem = stem.strip_suffix(&format!(".{default}")).unwrap_or(stem);
    let path = |language: Language| format!("{stem}.{}.md", languages.tag(language));
    let language = match &arguments.lang {
        Some(tag) => workspace.language(tag)?,
        None => missing(&workspace, &path)?,
    };
    if language.is_default() {
        let shown = workspace.shown(&original.path);
        return Err(workspace.refuse(&message!(
            "`{shown}` itself is in `{default}`",
            "`{shown}` 本身就是 `{default}` 版"
        )));
    }
    let words = Words {
        title: &original.title.value,
        short_title: original.short_title.as_deref(),
        summary: original.summary.as_ref().map(|summary| summary.value.as_str()),
    };
    let (path, tag) = (path(language), languages.tag(language));
    let shown = workspace.shown(&path);
    let next = message!(
        "next: put the words of {shown} into `{tag}` and write the text; the page is public together with its original",
        "下一步：将 {shown} 的文字译成 `{tag}` 并撰写正文；该页与原文件同时公开"
    );
    let text = scaffold::translation(&words, tag, workspace.message_language);
    write(&workspace, &[(path, text)], &next)
}

/// The first language that has no file of the page.
fn missing(workspace: &Workspace, path: &dyn Fn(Language) -> String) -> Result<Language, Failure> {
    let is_missing = |language: &Language| {
        !language.is_default() && workspace.snapshot.file(&path(*language)).is_none()
    };
    workspace.content.site.languages.all().find(is_missing).ok_or_else(|| {
        workspace.refuse(&message!(
            "the page is there in every language of the site",
            "该页已有网站的所有语言版本"
        ))
    })
}

/// The page that a path means: a file as seen from here, or a path inside the content folder.
fn original<'d>(workspace: &'d Workspace, arguments: &Arguments) -> Result<&'d Text, Failure> {
    let within = |path: &std::path::Path| {
        let (path, folder) =
            (std::path::absolute(path).ok()?, std::path::absolute(&workspace.folder).ok()?);
        path.strip_prefix(folder).ok().map(|path| path.to_string_lossy().replace('\\', "/"))
    };
    let written = arguments.path.to_string_lossy().replace('\\', "/");
    let inside = within(&arguments.path).unwrap_or_else(|| written.clone());
    let found = workspace.content.texts().find(|text| *text.path == *inside);
    match found {
        Some(text) if text.language.is_default() => Ok(text),
        Some(text) => {
            let tag = workspace.content.site.languages.tag(text.language);
            Err(workspace.refuse(&message!(
                "`{written}` is a translation itself (`{tag}`); name the original, which has no language in its name",
                "`{written}` 本身是译文（`{tag}`）；请指定文件名中不带语言的原文件"
            )))
        }
        None => {
            let known: Vec<&str> = workspace
                .content
                .texts()
                .filter(|text| text.language.is_default())
                .map(|text| &*text.path)
                .collect();
            Err(workspace.unknown(
                &message!("`{written}` is no page of the content", "`{written}` 不是内容中的页面"),
                &inside,
                &known,
            ))
        }
    }
}
