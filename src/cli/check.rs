//! `gazette check`: errors in the content and advice, without serving it.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::compiler::{Compiled, Compiler, CompilerError};
use super::links::{self, LinkArguments};
use super::output::{
    CommandResult, Failure, format_count, print, print_bytes, print_diagnostics, print_error,
    print_lines,
};
use super::records::ledger_history;
use super::shared_arguments::{LanguageArguments, SiteArguments, print_source};
use crate::diagnostic::render::{self, RenderOptions};
use crate::diagnostic::{
    Code, Diagnostic, Diagnostics, Message, MessageLanguage, Severity, message,
};
use crate::edition::Summary;
use crate::editor::links::LinkSummary;
use crate::editor::{audit, lint};
use crate::source;

#[derive(Debug, Clone, Args)]
pub(super) struct Arguments {
    /// The content folder (default: `--content`, else the folder `content` here).
    #[arg(value_name = "DIR", conflicts_with = "built_in")]
    content_folder: Option<PathBuf>,
    #[command(flatten)]
    site: SiteArguments,
    #[command(flatten)]
    language: LanguageArguments,
    /// The output format.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// Fail on warnings, too.
    #[arg(long, conflicts_with = "audit")]
    deny_warnings: bool,
    /// Audit the site as inspectors of public sites do: fresh and complete sections, dates,
    /// sources, required statements. The formats are `human` and `json`.
    #[arg(long, visible_alias = "publishing")]
    audit: bool,
    #[command(flatten)]
    links: LinkArguments,
}

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

pub(super) fn run(arguments: &Arguments) -> CommandResult {
    let language = arguments.language.get();
    let site = arguments.site.find_content(arguments.content_folder.as_ref(), language)?;
    if site.content.is_none() && !site.built_in {
        return Err(usage(
            &message!(
                "there is no folder `content` here, so there is nothing to check; give the content \
                 folder, or check the content in the program with `--built-in`",
                "当前文件夹下没有 `content`，没有可检查的内容；请指定内容文件夹，\
                 或用 `--built-in` 检查程序自带的内容"
            ),
            language,
        ));
    }
    if arguments.audit && !matches!(arguments.format, Format::Human | Format::Json) {
        return Err(usage(
            &message!(
                "`--audit` needs the format `human` or `json`",
                "`--audit` 只有 `human` 和 `json` 两种格式"
            ),
            language,
        ));
    }
    let mut compiler = Compiler::new(&site);
    let compiled = compiler.compile(None).map_err(|error| match error {
        CompilerError::Source(error) => usage(&error.message(), language),
        error @ CompilerError::Page(_) => Failure::from(error),
    })?;
    let incomplete = site.content.as_deref().filter(|folder| !source::is_content_folder(folder));
    if let Some(parent) = incomplete.and_then(source::enclosing_content_folder) {
        let (folder, parent) = (compiler.root(), parent.display());
        return Err(usage(
            &message!(
                "`{folder}` is only a part of the content; check `{parent}`",
                "`{folder}` 只是内容的一部分；请检查 `{parent}`"
            ),
            language,
        ));
    }
    print_source(&site, language);
    if arguments.audit {
        return run_audit(arguments.format, language, &compiler, &compiled);
    }
    run_check(arguments, &site, &compiler, compiled)
}

fn usage(message: &Message, language: MessageLanguage) -> Failure {
    Failure::Usage(message.get(language).to_owned())
}

/// Prints the diagnostics of the content, its lints and, if requested, its links.
fn run_check(
    arguments: &Arguments,
    site: &SiteArguments,
    compiler: &Compiler,
    compiled: Compiled,
) -> CommandResult {
    let language = arguments.language.get();
    let mut diagnostics: Diagnostics = compiled.diagnostics.into_iter().collect();
    let mut link_summary = None;
    if let Some(content) = compiler.content() {
        diagnostics.append(lint::lint(content, &compiled.snapshot, site.instant()));
        if let (Some(folder), false) = (&site.content, site.built_in) {
            let lost = ledger_history::check(folder, &content.numbers);
            diagnostics.append(lost.into_iter().collect());
        }
        if let Some(report) = links::check(&arguments.links, content, language)? {
            diagnostics.append(report.diagnostics);
            link_summary = Some(report.summary);
        }
    }
    let diagnostics = diagnostics.into_sorted();
    let (root, texts) = (compiler.root(), |path: &str| compiled.snapshot.text_lossy(path));
    let options = RenderOptions { root: &root, language, texts: &texts };
    match arguments.format {
        Format::Human => {
            let summary = compiled.edition.as_ref().map(crate::edition::Edition::summary);
            let is_embedded = compiler.is_embedded();
            print_human(&diagnostics, &options, summary, is_embedded, link_summary)?;
        }
        Format::Short => {
            print_lines(diagnostics.iter().map(|one| render::short(one, &options)))?;
        }
        Format::Github => {
            print_lines(diagnostics.iter().map(|one| render::github(one, &options)))?;
        }
        Format::Json => print_bytes(&render::json(&diagnostics, &options))?,
        Format::Sarif => print_bytes(&render::sarif(&diagnostics, &options))?,
    }
    exit_status(&diagnostics, arguments.deny_warnings)
}

fn print_human<'a>(
    diagnostics: &'a [Diagnostic],
    options: &RenderOptions<'a>,
    summary: Option<Summary>,
    is_embedded: bool,
    links: Option<LinkSummary>,
) -> CommandResult {
    print_diagnostics(diagnostics, options);
    if let Some(first) = diagnostics.first() {
        print_error(&explain_note(first, options.language));
    }
    if let Some(summary) = summary {
        print(&check_summary(diagnostics, summary, is_embedded, options.language))?;
    }
    if let Some(summary) = links {
        print(&links::format_summary(summary, options.language))?;
    }
    Ok(())
}

fn exit_status(diagnostics: &[Diagnostic], deny_warnings: bool) -> CommandResult {
    if diagnostics.iter().any(|one| one.code == Code::MissingSite) {
        return Err(Failure::NotEvaluated);
    }
    let is_failed = diagnostics.iter().any(|one| match one.severity {
        Severity::Error => true,
        Severity::Warning => deny_warnings,
        Severity::Note => false,
    });
    if is_failed { Err(Failure::AlreadyPrinted) } else { Ok(()) }
}

/// Prints the audit of a site without errors. For a site with errors it prints those.
fn run_audit(
    format: Format,
    language: MessageLanguage,
    compiler: &Compiler,
    compiled: &Compiled,
) -> CommandResult {
    let (Some(content), Some(edition)) = (compiler.content(), &compiled.edition) else {
        let (root, texts) = (compiler.root(), |path: &str| compiled.snapshot.text_lossy(path));
        let options = RenderOptions { root: &root, language, texts: &texts };
        print_diagnostics(&compiled.diagnostics, &options);
        return Err(Failure::NotEvaluated);
    };
    let report = audit::audit(content, edition);
    if format == Format::Json {
        print_bytes(&audit::to_json(&report, edition.instant(), language))?;
    } else {
        print_bytes(audit::to_text(&report, language).as_bytes())?;
    }
    if report.is_passed() { Ok(()) } else { Err(Failure::AlreadyPrinted) }
}

fn explain_note(first: &Diagnostic, language: MessageLanguage) -> String {
    let code = first.code;
    match language {
        MessageLanguage::English => {
            format!("run `gazette explain {code}` for more; it explains every other code, too")
        }
        MessageLanguage::Chinese => {
            format!("运行 `gazette explain {code}` 可查看详细说明，其他代码同理")
        }
    }
}

/// The last line of a check: `no errors: 45 bulletins, 21 goals, 2 languages`.
fn check_summary(
    diagnostics: &[Diagnostic],
    summary: Summary,
    is_embedded: bool,
    language: MessageLanguage,
) -> String {
    let Summary { bulletins, goals, languages, .. } = summary;
    let count = render::count(diagnostics, language);
    match language {
        MessageLanguage::English => {
            let bulletins = format_count(bulletins, "bulletin");
            let (goals, languages) =
                (format_count(goals, "goal"), format_count(languages, "language"));
            let note = if is_embedded { " (the content built into the program)" } else { "" };
            format!("{count}: {bulletins}, {goals}, {languages}{note}")
        }
        MessageLanguage::Chinese => {
            let note = if is_embedded { "（程序自带的内容）" } else { "" };
            format!("{count}：{bulletins} 份公报，{goals} 项目标，{languages} 种语言{note}")
        }
    }
}
