//! `gazette check`: what is wrong with the content, without serving it.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::compiler::{Compiled, Compiler, CompilerError};
use super::links::{self, LinkArguments};
use super::output::{self, counted};
use super::{Failure, LanguageArguments, Outcome, SiteArguments};
use crate::diagnostic::{
    Code, Diagnostic, Diagnostics, MessageLanguage, Severity, message, render,
};
use crate::edition::Summary;
use crate::editor::{audit, lint};
use crate::source;

#[derive(Debug, Clone, Args)]
pub(super) struct Arguments {
    /// The content folder; without it, `--content`, the folder `content` here, or the content that is part of the
    /// program.
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    #[command(flatten)]
    site: SiteArguments,
    #[command(flatten)]
    language: LanguageArguments,
    /// How to say what was found.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// Fail when there are warnings, too.
    #[arg(long, conflicts_with = "publishing")]
    deny_warnings: bool,
    /// Look at the site as an inspector would: how fresh and full it is, its dates, sources and statements. The forms are
    /// `human` and `json`.
    #[arg(long)]
    publishing: bool,
    #[command(flatten)]
    links: LinkArguments,
}

/// How diagnostics are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// With the source line and carets, for people.
    Human,
    /// One line each.
    Short,
    /// A list of objects, for programs.
    Json,
    /// SARIF 2.1.0, for code scanning and editors.
    Sarif,
    /// Annotations for GitHub Actions.
    Github,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let site = arguments.site.of_folder(arguments.folder.as_ref());
    let language = arguments.language.get();
    if arguments.publishing && !matches!(arguments.format, Format::Human | Format::Json) {
        let said = message!(
            "`--publishing` is told as `human` or `json`",
            "`--publishing` 只有 `human` 和 `json` 两种格式"
        );
        return Err(Failure::Unusable(said.get(language).to_owned()));
    }
    let mut compiler = Compiler::new(&site);
    let compiled = compiler.compile().map_err(|error| match error {
        CompilerError::Source(error) => Failure::Unusable(error.message().get(language).to_owned()),
        error @ CompilerError::Page(_) => Failure::from(error),
    })?;
    if let Some(folder) = site.content.as_deref().and_then(content_folder_above) {
        let (named, above) = (compiler.root(), folder.display());
        let said = message!(
            "`{named}` is a part of the content; check `{above}`",
            "`{named}` 只是内容的一部分；请检查 `{above}`"
        );
        return Err(Failure::Unusable(said.get(language).to_owned()));
    }
    if arguments.publishing {
        return print_audit(arguments.format, language, &compiler, &compiled);
    }
    let mut found: Diagnostics = compiled.diagnostics.into_iter().collect();
    if let Some(content) = compiler.content() {
        found.append(lint::lint(content, &compiled.snapshot, site.instant()));
    }
    let links = links::check(&arguments.links, compiler.content(), language)?;
    let links = links.map(|report| {
        found.append(report.diagnostics);
        report.summary
    });
    let found = &found.into_sorted();
    let (root, texts) = (compiler.root(), |path: &str| compiled.snapshot.text_lossy(path));
    let options = render::RenderOptions { root: &root, language, texts: &texts };
    match arguments.format {
        Format::Human => {
            output::diagnostics(found, &options);
            if let Some(first) = found.first() {
                output::line(&more(first, language));
            }
            if let Some(edition) = &compiled.edition {
                output::answer(&verdict(
                    found,
                    edition.summary(),
                    compiler.is_embedded(),
                    language,
                ))?;
            }
            if let Some(summary) = links {
                output::answer(&links::verdict(summary, language))?;
            }
        }
        Format::Short => {
            output::answer_lines(found.iter().map(|one| render::short(one, &options)))?
        }
        Format::Github => {
            output::answer_lines(found.iter().map(|one| render::github(one, &options)))?
        }
        Format::Json => output::answer_bytes(&render::json(found, &options))?,
        Format::Sarif => output::answer_bytes(&render::sarif(found, &options))?,
    }
    if found.iter().any(|one| one.code == Code::MissingSite) {
        return Err(Failure::Unjudged);
    }
    let is_denied = |one: &Diagnostic| {
        one.severity == Severity::Error
            || (arguments.deny_warnings && one.severity == Severity::Warning)
    };
    if found.iter().any(is_denied) { Err(Failure::Reported) } else { Ok(()) }
}

/// The content folder that a folder without settings is a part of.
fn content_folder_above(folder: &Path) -> Option<&Path> {
    let is_part = !source::is_content_folder(folder);
    folder.ancestors().skip(1).find(|above| source::is_content_folder(above)).filter(|_| is_part)
}

/// The inspector's view of a site without errors; of another, what stands in its way, and that it was not judged.
fn print_audit(
    format: Format,
    language: MessageLanguage,
    compiler: &Compiler,
    compiled: &Compiled,
) -> Outcome {
    let (Some(content), Some(edition)) = (compiler.content(), &compiled.edition) else {
        let (root, texts) = (compiler.root(), |path: &str| compiled.snapshot.text_lossy(path));
        output::diagnostics(
            &compiled.diagnostics,
            &render::RenderOptions { root: &root, language, texts: &texts },
        );
        return Err(Failure::Unjudged);
    };
    let report = audit::audit(content, edition);
    if format == Format::Json {
        output::answer_bytes(&audit::json(&report, edition.instant(), language))?;
    } else {
        output::answer_bytes(audit::human(&report, language).as_bytes())?;
    }
    if report.is_passed() { Ok(()) } else { Err(Failure::Reported) }
}

/// Where to read on.
fn more(first: &Diagnostic, language: MessageLanguage) -> String {
    let code = first.code;
    match language {
        MessageLanguage::English => {
            format!("`gazette explain {code}` tells more, and so for each code")
        }
        MessageLanguage::Chinese => {
            format!("运行 `gazette explain {code}` 可查看详细说明，其他代码同理")
        }
    }
}

/// `no errors: 45 bulletins, 21 goals, 2 languages`.
fn verdict(
    found: &[Diagnostic],
    summary: Summary,
    is_embedded: bool,
    language: MessageLanguage,
) -> String {
    let Summary { bulletins, goals, languages, .. } = summary;
    let count = render::count(found, language);
    match language {
        MessageLanguage::English => {
            let (bulletins, goals) = (counted(bulletins, "bulletin"), counted(goals, "goal"));
            let whose = if is_embedded { " (the content that is part of the program)" } else { "" };
            format!("{count}: {bulletins}, {goals}, {}{whose}", counted(languages, "language"))
        }
        MessageLanguage::Chinese => {
            let whose = if is_embedded { "（程序自带的内容）" } else { "" };
            format!("{count}：{bulletins} 份公报，{goals} 项目标，{languages} 种语言{whose}")
        }
    }
}
