//! `gazette init`: the files of a new site.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;
use jiff::tz::TimeZoneDatabase;

use super::output::{CommandResult, Failure, print, print_error};
use super::shared_arguments::{LanguageArguments, parse_base_url, parse_instant};
use crate::diagnostic::{Diagnostics, Message, MessageLanguage, Severity, message};
use crate::editor::kit::{self, Repository, SiteOutline};
use crate::editor::starter::Starter;
use crate::record;
use crate::source::{
    Snapshot, WriteError, enclosing_content_folder, read_file, starter_templates, write_new,
};

#[derive(Debug, Clone, Args)]
pub(super) struct Arguments {
    /// The folder of the site, which need not exist yet (default: the current folder).
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// The city's name.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The languages, the first as the default (default: the language of messages).
    #[arg(long, value_name = "LANG,…", value_delimiter = ',')]
    languages: Vec<String>,
    /// The time zone, such as `Asia/Shanghai` (the default if there is Chinese, else UTC).
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    /// The address at which readers will reach the site.
    #[arg(long, value_name = "URL", value_parser = parse_base_url)]
    base_url: Option<String>,
    /// The instant of writing, such as `2024-11-20T12:00:00+08:00` (default: now).
    #[arg(long, env = "GAZETTE_AT", value_name = "INSTANT", value_parser = parse_instant)]
    at: Option<Timestamp>,
    #[command(flatten)]
    language: LanguageArguments,
}

pub(super) fn run(arguments: &Arguments) -> CommandResult {
    let message_language = arguments.language.get();
    let languages = if arguments.languages.is_empty() {
        vec![message_language.tag().to_owned()]
    } else {
        arguments.languages.iter().map(|tag| tag.trim().to_owned()).collect()
    };
    refuse_wrong_arguments(arguments, &languages, message_language)?;
    let is_chinese = languages.iter().any(|tag| crate::language::is_chinese(tag));
    let name = arguments.name.as_deref().unwrap_or(match languages.first() {
        Some(tag) if crate::language::is_chinese(tag) => "本市",
        _ => "Our city",
    });
    let default_zone = if is_chinese { "Asia/Shanghai" } else { "UTC" };
    let zone = arguments.zone.as_deref().unwrap_or(default_zone);
    let starter = Starter {
        name: name.trim(),
        base_url: arguments.base_url.as_deref().unwrap_or("https://bulletin.example/"),
        zone,
        languages: &languages,
        today: today(arguments.at, zone),
    };
    let mut files = starter.files(&starter_templates());
    files.extend(kit_files(&files, message_language)?);
    let kept = take_kept(&arguments.folder, &mut files);
    write_new(&arguments.folder, &files).map_err(|error| write_failure(error, message_language))?;
    for (path, _) in &files {
        print(&arguments.folder.join(path).display().to_string())?;
    }
    for path in kept {
        let note =
            message!("`{path}` exists already and stays as it is", "`{path}` 已存在，保持原样");
        print_error(note.get(message_language));
    }
    print_error(next_step(&arguments.folder).get(message_language));
    Ok(())
}

/// Fails for arguments whose mistake `site.toml` would show less well.
fn refuse_wrong_arguments(
    arguments: &Arguments,
    languages: &[String],
    language: MessageLanguage,
) -> CommandResult {
    let name = arguments.name.as_deref().unwrap_or_default();
    let repeated =
        languages.iter().enumerate().find(|(index, tag)| languages[..*index].contains(tag));
    let folder = &arguments.folder;
    let wrong = if let Some((_, tag)) = repeated {
        message!("`--languages` has `{tag}` twice", "`--languages` 中 `{tag}` 写了两次")
    } else if name.contains(char::is_control) {
        message!("`--name` is more than one line", "`--name` 不止一行")
    } else if folder.exists() && !folder.is_dir() {
        let folder = folder.display();
        message!(
            "`{folder}` is a file; give a folder, which need not exist yet",
            "`{folder}` 是文件；请指定文件夹，可以尚不存在"
        )
    } else if let Some(content) = enclosing_content_folder(folder) {
        // There, the files of a new site would be content.
        let content = content.display();
        message!(
            "`{content}` has a `site.toml`, so it is the content folder of a site; give a folder \
             outside it",
            "`{content}` 中有 `site.toml`，它是一个网站的内容文件夹；请指定它以外的文件夹"
        )
    } else {
        return Ok(());
    };
    Err(Failure::Usage(wrong.get(language).to_owned()))
}

/// Files that a repository often has before its site, and that the site does not need.
const KEPT: [&str; 2] = ["README.md", ".gitignore"];

/// Takes away those of [`KEPT`] that exist already, and returns their paths.
fn take_kept(folder: &Path, files: &mut Vec<(String, String)>) -> Vec<&'static str> {
    let kept: Vec<&str> = KEPT
        .into_iter()
        .filter(|path| matches!(read_file(&folder.join(path)), Ok(Some(_))))
        .collect();
    files.retain(|(path, _)| !kept.contains(&path.as_str()));
    kept
}

fn next_step(folder: &Path) -> Message {
    if folder == Path::new(".") {
        return message!(
            "next: `gazette serve --preview` shows the site; settings are in `content/site.toml`",
            "下一步：运行 `gazette serve --preview` 查看网站；设置在 `content/site.toml` 中"
        );
    }
    let folder = quote_for_shell(&folder.display().to_string());
    message!(
        "next: `cd {folder}`, then `gazette serve --preview` shows the site; settings are in \
         `content/site.toml`",
        "下一步：`cd {folder}`，再运行 `gazette serve --preview` 查看网站；设置在 \
         `content/site.toml` 中"
    )
}

/// A path as a shell reads it.
fn quote_for_shell(path: &str) -> String {
    let mut others = path.chars().filter(|one| !one.is_alphanumeric());
    if others.all(|one| "-_./+@:,".contains(one)) && !path.starts_with('-') {
        return path.to_owned();
    }
    format!("'{}'", path.replace('\'', r"'\''"))
}

/// The files for editors. Fails if the settings given as arguments are wrong.
fn kit_files(
    files: &[(String, String)],
    language: MessageLanguage,
) -> Result<Vec<(String, String)>, Failure> {
    let content = files.iter().filter_map(|(path, text)| {
        Some((path.strip_prefix("content/")?.to_owned(), text.clone().into_bytes()))
    });
    let snapshot: Snapshot = content.collect();
    let loaded = record::load(&snapshot, Diagnostics::default(), None);
    let found = loaded.diagnostics.into_sorted();
    // The settings come from the arguments, and explain what else is wrong.
    let errors = || found.iter().filter(|found| found.severity == Severity::Error);
    let in_settings = errors().find(|error| &*error.path == "site.toml");
    if let Some(error) = in_settings.or_else(|| errors().next()) {
        let text = error.message.get(language);
        let help = error.help.as_ref().map_or("", |help| help.get(language));
        let separator = if help.is_empty() { "" } else { "; " };
        return Err(Failure::Usage(format!("{text}{separator}{help}")));
    }
    let outline = SiteOutline::new(&loaded.content, "content");
    Ok(kit::files(&outline, &Repository::default()))
}

fn write_failure(error: WriteError, language: MessageLanguage) -> Failure {
    match error {
        WriteError::Exists(path) => {
            let path = path.display();
            let message = message!(
                "`{path}` exists already; nothing was written. Give a new folder, such as \
                 `gazette init city`",
                "`{path}` 已存在；未作任何改动。请指定新的文件夹，例如 `gazette init city`"
            );
            Failure::Message(message.get(language).to_owned())
        }
        error @ WriteError::Io(..) => Failure::Message(error.to_string()),
    }
}

/// The day in the site's zone. A zone that is unknown is reported with the other settings.
#[expect(
    clippy::disallowed_methods,
    reason = "the command line reads the clock and passes the day on"
)]
fn today(at: Option<Timestamp>, zone: &str) -> jiff::civil::Date {
    let zone = TimeZoneDatabase::bundled().get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
    zone.to_datetime(at.unwrap_or_else(Timestamp::now)).date()
}
