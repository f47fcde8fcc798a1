//! `gazette new translation`: a file for the same page in another language.

use std::path::PathBuf;

use clap::Args;

use super::files::write;
use crate::cli::output::{CommandResult, Failure};
use crate::cli::workspace::{FolderArguments, Workspace};
use crate::content::{Text, record_of};
use crate::diagnostic::{MessageLanguage, message};
use crate::editor::kit::scaffold::{self, Words};
use crate::language::Language;

#[derive(Debug, Clone, Args)]
pub(super) struct Arguments {
    /// The original, such as `content/bulletins/2022-development-goals.md`.
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// The language of the translation (default: the first language of the site that the page does
    /// not have yet).
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
    #[command(flatten)]
    content: FolderArguments,
}

pub(super) fn new_translation(
    arguments: &Arguments,
    message_language: MessageLanguage,
) -> CommandResult {
    let workspace = Workspace::open(&arguments.content, message_language)?;
    let original = find_original(&workspace, arguments)?;
    let languages = &workspace.content.site.languages;
    let default = languages.tag(Language::DEFAULT);
    let stem = original.path.strip_suffix(".md").unwrap_or(&original.path);
    let stem = stem.strip_suffix(&format!(".{default}")).unwrap_or(stem);
    let language = match &arguments.lang {
        Some(tag) => workspace.language(tag)?,
        None => first_missing_language(&workspace, stem)?,
    };
    if language.is_default() {
        let path = workspace.display_path(&original.path);
        return Err(workspace.error(&message!(
            "`{path}` is already in `{default}`",
            "`{path}` 本身就是 `{default}` 版"
        )));
    }
    let words = Words {
        title: &original.title.value,
        short_title: original.short_title.as_deref(),
        summary: original.summary.as_ref().map(|summary| summary.value.as_str()),
    };
    let record = record_of(original);
    let tag = languages.tag(language);
    let path = translation_path(&workspace, stem, language);
    let shown_path = workspace.display_path(&path);
    let next_step = message!(
        "next: translate the words of {shown_path} into `{tag}` and write the text; the page is \
         public as soon as its original is",
        "下一步：将 {shown_path} 的文字译成 `{tag}` 并撰写正文；该页与原文件同时公开"
    );
    let text = scaffold::translation(&words, tag, &record, workspace.message_language);
    write(&workspace, &[(path, text)], &next_step)
}

fn translation_path(workspace: &Workspace, stem: &str, language: Language) -> String {
    format!("{stem}.{}.md", workspace.content.site.languages.tag(language))
}

/// The first language that has no file for the page.
fn first_missing_language(workspace: &Workspace, stem: &str) -> Result<Language, Failure> {
    let mut missing = workspace.content.site.languages.all().filter(|language| {
        let path = translation_path(workspace, stem, *language);
        !language.is_default() && workspace.snapshot.file(&path).is_none()
    });
    missing.next().ok_or_else(|| {
        workspace.error(&message!(
            "the page is already there in every language of the site",
            "该页已有网站的所有语言版本"
        ))
    })
}

/// Finds the page of a path, which is relative to the current folder or to the content folder.
fn find_original<'w>(workspace: &'w Workspace, arguments: &Arguments) -> Result<&'w Text, Failure> {
    let written = arguments.path.to_string_lossy().replace('\\', "/");
    let path = workspace.content_path(&arguments.path);
    let mut texts = workspace.content.texts();
    match texts.find(|text| *text.path == *path) {
        Some(text) if text.language.is_default() => Ok(text),
        Some(text) => {
            let tag = workspace.content.site.languages.tag(text.language);
            Err(workspace.error(&message!(
                "`{written}` is itself a translation (`{tag}`); give its original, whose name has \
                 no language",
                "`{written}` 本身是译文（`{tag}`）；请指定文件名中不带语言的原文件"
            )))
        }
        None => {
            let originals: Vec<&str> = workspace
                .content
                .texts()
                .filter(|text| text.language.is_default())
                .map(|text| &*text.path)
                .collect();
            Err(workspace.unknown_name(
                &message!(
                    "`{written}` is not a page of the content",
                    "`{written}` 不是内容中的页面"
                ),
                &path,
                &originals,
            ))
        }
    }
}
