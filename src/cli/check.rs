//! `gazette check`: what is wrong with the content, without serving it.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::compiler::{Compiled, Compiler};
use super::links::{self, LinkArguments};
use super::{Failure, Outcome, SiteArguments, TongueArguments, report};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Tongue, render};
use crate::edition::Summary;
use crate::{inspection, lint};

#[derive(Debug, Clone, Args)]
pub(super) struct Arguments {
    /// The content folder; without it, `--content`, or the content that is part of the program.
    #[arg(value_name = "DIR", conflicts_with = "content")]
    folder: Option<PathBuf>,
    #[command(flatten)]
    site: SiteArguments,
    #[command(flatten)]
    tongue: TongueArguments,
    /// How to say what was found.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// Fail when there are warnings, too.
    #[arg(long)]
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
    let mut site = arguments.site.clone();
    site.content = arguments.folder.clone().or(site.content);
    let tongue = arguments.tongue.get();
    let mut compiler = Compiler::new(&site);
    let compiled = compiler.compile().map_err(|error| Failure::from(error).unusable())?;
    if arguments.publishing {
        return inspect(arguments.format, tongue, &compiler, &compiled);
    }
    let mut found: Diagnostics = compiled.diagnostics.into_iter().collect();
    if let Some(content) = compiler.content() {
        found.append(lint::lint(content, &compiled.snapshot, site.instant()));
    }
    let links = links::check(&arguments.links, compiler.content(), tongue)?;
    let links = links.map(|report| {
        found.append(report.diagnostics);
        report.summary
    });
    let found = &found.into_sorted();
    let (root, texts) = (compiler.root(), |path: &str| compiled.snapshot.shown(path));
    let audience = render::Audience { root: &root, tongue, texts: &texts };
    match arguments.format {
        Format::Human => {
            report::diagnostics(found, &audience);
            if let Some(first) = found.first() {
                report::line(&more(first, tongue));
            }
            if let Some(edition) = &compiled.edition {
                report::answer(&verdict(found, edition.summary(), tongue));
            }
            if let Some(summary) = links {
                report::answer(&links::verdict(summary, tongue));
            }
        }
        Format::Short => report::answer_lines(found.iter().map(|one| render::short(one, &audience))),
        Format::Github => report::answer_lines(found.iter().map(|one| render::github(one, &audience))),
        Format::Json => report::answer_bytes(&render::json(found, &audience)),
        Format::Sarif => report::answer_bytes(&render::sarif(found, &audience)),
    }
    let is_denied = |one: &Diagnostic| {
        one.severity == Severity::Error || (arguments.deny_warnings && one.severity == Severity::Warning)
    };
    if found.iter().any(is_denied) { Err(Failure::Reported) } else { Ok(()) }
}

/// The inspector's view of a site without errors; of another, what stands in its way.
fn inspect(format: Format, tongue: Tongue, compiler: &Compiler, compiled: &Compiled) -> Outcome {
    let (Some(content), Some(edition)) = (compiler.content(), &compiled.edition) else {
        let (root, texts) = (compiler.root(), |path: &str| compiled.snapshot.shown(path));
        report::diagnostics(&compiled.diagnostics, &render::Audience { root: &root, tongue, texts: &texts });
        return Err(Failure::Reported);
    };
    let inspection = inspection::inspect(content, edition);
    match format {
        Format::Json => report::answer_bytes(&inspection::json(&inspection, edition.instant(), tongue)),
        Format::Human => report::answer_bytes(inspection::human(&inspection, tongue).as_bytes()),
        Format::Short | Format::Sarif | Format::Github => {
            return Err(Failure::Unusable("`--publishing` is told as `human` or `json`".to_owned()));
        }
    }
    if inspection.is_passed() { Ok(()) } else { Err(Failure::Reported) }
}

/// Where to read on.
fn more(first: &Diagnostic, tongue: Tongue) -> String {
    let code = first.code;
    match tongue {
        Tongue::English => format!("`gazette explain {code}` tells more, and so for each code"),
        Tongue::Chinese => format!("运行 `gazette explain {code}` 可查看详细说明，其他代码同理"),
    }
}

/// `no errors: 45 bulletins, 21 goals, 2 languages`.
fn verdict(found: &[Diagnostic], summary: Summary, tongue: Tongue) -> String {
    let Summary { bulletins, goals, languages, .. } = summary;
    let count = render::count(found, tongue);
    match tongue {
        Tongue::English => {
            let plural = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
            let (bulletins, goals) = (plural(bulletins, "bulletin"), plural(goals, "goal"));
            format!("{count}: {bulletins}, {goals}, {}", plural(languages, "language"))
        }
        Tongue::Chinese => format!("{count}：{bulletins} 份公报，{goals} 项目标，{languages} 种语言"),
    }
}
