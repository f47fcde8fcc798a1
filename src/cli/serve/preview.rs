//! `gazette serve --preview`: the site as editors see it before it is public.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::cli::compiler::{Compiled, Compiler};
use crate::cli::output::{Failure, log_diagnostics};
use crate::cli::shared_arguments::SiteArguments;
use crate::content::rfc3339;
use crate::diagnostic::render::{self, RenderOptions};
use crate::diagnostic::{Diagnostic, MessageLanguage, Severity};
use crate::edition::{self, Edition};
use crate::http::{
    CompileFailure, Panel, PanelChange, PanelContent, PanelDiagnostic, PanelInstant,
};
use crate::language::Locale;
use crate::record::{self, ConsultationState, UpcomingChange, UpcomingChanges, ValidityState};
use crate::source::{self, Snapshot};

/// The link that opens a place in Visual Studio Code.
pub(super) const VSCODE: &str = "vscode://file{path}:{line}:{column}";

/// Compiles previews, and tells the panel what it found.
pub(super) struct PreviewCompiler {
    compiler: Compiler,
    panel: Arc<Panel>,
    /// The content folder as an absolute path.
    folder: String,
    /// The address of a place in the editor, with `{path}`, `{line}` and `{column}`.
    editor_url: String,
    language: MessageLanguage,
    /// The program's words in this language, for a site that is not written in it.
    own_words: Locale,
    has_edition: bool,
    elapsed: Duration,
}

impl PreviewCompiler {
    pub(super) fn new(
        site: &SiteArguments,
        panel: &Arc<Panel>,
        editor_url: &str,
        language: MessageLanguage,
    ) -> Self {
        let folder = site.content.as_deref().unwrap_or(Path::new("content"));
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        Self {
            compiler: Compiler::new(site),
            panel: Arc::clone(panel),
            folder: folder.display().to_string(),
            editor_url: editor_url.to_owned(),
            language,
            own_words: Locale::new(language.tag(), None).unwrap_or_else(|_| Locale::english()),
            has_edition: false,
            elapsed: Duration::ZERO,
        }
    }

    /// Compiles the first edition. If the content has errors, an empty one takes its place, and the
    /// panel is all that is shown.
    pub(super) fn first_edition(&mut self) -> Result<(Edition, String), Failure> {
        match self.compile() {
            Ok(edition) => {
                let summary = super::live::summarize(&edition, self.elapsed);
                Ok((edition, summary))
            }
            Err(failure) => {
                let summary = format!("no edition yet: {} errors", failure.errors);
                Ok((empty_edition()?, summary))
            }
        }
    }

    /// Compiles the content as it is now, at the instant of the panel's clock.
    pub(super) fn compile(&mut self) -> Result<Edition, CompileFailure> {
        let begun = Instant::now();
        let at = self.panel.at();
        match self.compiler.compile_preview(at) {
            Ok((compiled, upcoming)) => {
                let root = self.compiler.root();
                log_diagnostics(&compiled.diagnostics, &root, &compiled.snapshot);
                self.has_edition |= compiled.edition.is_some();
                self.elapsed = begun.elapsed();
                self.show(&compiled, &upcoming);
                compiled.edition.ok_or_else(|| super::live::failure_of(&compiled.diagnostics))
            }
            Err(error) => {
                let failure = match Failure::from(error) {
                    Failure::Message(message) | Failure::Usage(message) => message,
                    Failure::AlreadyPrinted | Failure::NotEvaluated => String::new(),
                };
                tracing::error!("{failure}");
                self.panel.set_content(PanelContent {
                    has_edition: self.has_edition,
                    errors: 1,
                    failure: Some(failure),
                    ..PanelContent::default()
                });
                Err(super::live::UNREADABLE)
            }
        }
    }

    fn show(&self, compiled: &Compiled, upcoming: &UpcomingChanges) {
        let zone = self.compiler.zone();
        let words = self.status_words();
        let instant = self.compiler.instant();
        let diagnostics: Vec<PanelDiagnostic> = compiled
            .diagnostics
            .iter()
            .map(|diagnostic| self.panel_diagnostic(diagnostic, &compiled.snapshot))
            .collect();
        self.panel.set_content(PanelContent {
            instant: shown(instant, &zone),
            is_pinned: self.panel.at().is_some(),
            has_edition: self.has_edition,
            errors: diagnostics.iter().filter(|diagnostic| diagnostic.is_error).count(),
            diagnostics,
            failure: None,
            states_until: upcoming
                .states_until
                .map(|at| PanelInstant { at, shown: shown(at, &zone) }),
            upcoming: upcoming
                .changes
                .iter()
                .map(|change| PanelChange {
                    at: change.at,
                    shown: shown(change.at, &zone),
                    what: describe(change.change, self.language, words, &zone),
                    title: change.title.clone(),
                })
                .collect(),
        });
    }

    /// The words for statuses, which are those of the pages in the language of the panel.
    fn status_words(&self) -> &Locale {
        let tag = self.language.tag();
        let of_site = self.compiler.content().and_then(|content| {
            let mut all = content.site.languages.all().map(|language| content.locale(language));
            all.find(|locale| locale.tag().split('-').next() == Some(tag))
        });
        of_site.unwrap_or(&self.own_words)
    }

    fn panel_diagnostic(&self, diagnostic: &Diagnostic, snapshot: &Snapshot) -> PanelDiagnostic {
        let texts = |path: &str| snapshot.text_lossy(path);
        let root = self.compiler.root();
        let options = RenderOptions { root: &root, language: self.language, texts: &texts };
        let text = snapshot.text_lossy(&diagnostic.path).unwrap_or_default();
        let position = render::position(text, diagnostic.span.start);
        let (line, column) = (position.line, position.column);
        PanelDiagnostic {
            code: diagnostic.code.name(),
            is_error: diagnostic.severity == Severity::Error,
            place: format!("{}:{line}:{column}", diagnostic.path),
            editor: Some(self.editor_link(&diagnostic.path, line, column)),
            text: render::human(diagnostic, &options, false),
        }
    }

    fn editor_link(&self, path: &str, line: usize, column: usize) -> String {
        let file = crate::pages::encoded_path(&format!("{}/{path}", self.folder));
        self.editor_url
            .replace("{path}", &file)
            .replace("{line}", &line.to_string())
            .replace("{column}", &column.to_string())
    }
}

/// An instant in the site's zone: `2026-11-01 09:00:00+08:00`.
fn shown(instant: Timestamp, zone: &TimeZone) -> String {
    rfc3339(instant, zone).replacen('T', " ", 1)
}

fn describe(
    change: UpcomingChange,
    language: MessageLanguage,
    words: &Locale,
    zone: &TimeZone,
) -> String {
    let is_chinese = language == MessageLanguage::Chinese;
    let (en, zh) = match change {
        UpcomingChange::Appears => ("is published", "发布"),
        UpcomingChange::Expires => ("expires", "到期"),
        UpcomingChange::Removed => ("is removed", "移除"),
        UpcomingChange::Withdrawn => ("is withdrawn", "撤回"),
        UpcomingChange::Changes => ("shows a further change note", "显示新的更正说明"),
        UpcomingChange::AlertBegins => ("is shown on every page", "开始在每个页面显示"),
        UpcomingChange::AlertEnds => ("is no longer shown", "不再显示"),
        UpcomingChange::Validity(from, to) => describe_validity(from, to),
        UpcomingChange::Consultation(from, to) => describe_consultation(from, to),
        UpcomingChange::LastDay(closes) => {
            let last = shown(closes.instant, zone);
            let last = last.get(..if closes.has_time { 16 } else { 10 }).unwrap_or(&last);
            let words =
                if is_chinese { "征求意见截止日改为 " } else { "takes comments until " };
            return format!("{words}{last}");
        }
        UpcomingChange::Status(from, to) => {
            let arrow = if is_chinese { "状态变化：" } else { "changes its status: " };
            return format!("{arrow}{} → {}", from.word(words), to.word(words));
        }
    };
    if is_chinese { zh.to_owned() } else { en.to_owned() }
}

fn describe_validity(from: ValidityState, to: ValidityState) -> (&'static str, &'static str) {
    match (from, to) {
        (ValidityState::NotYetInForce, ValidityState::InForce) => ("takes effect", "生效"),
        (_, ValidityState::InForce) => ("is in force again, unchanged", "恢复原文效力"),
        (_, ValidityState::Corrected) => ("is corrected", "更正"),
        (_, ValidityState::Amended) => ("is amended", "修改"),
        (_, ValidityState::Repealed) => ("is repealed", "废止"),
        (_, ValidityState::Lapsed) => ("lapses", "失效"),
        (_, ValidityState::NotYetInForce) => ("is not yet in force", "尚未生效"),
        (_, ValidityState::Unknown) => ("no longer says whether it is in force", "效力不详"),
    }
}

fn describe_consultation(
    from: ConsultationState,
    to: ConsultationState,
) -> (&'static str, &'static str) {
    match (from, to) {
        (ConsultationState::NotYetOpen, state) if state.is_open() => {
            ("opens for comments", "开始征求意见")
        }
        (ConsultationState::OutcomePublished, ConsultationState::Closed) => {
            ("no longer has an outcome", "征求意见结果不再有效")
        }
        (_, ConsultationState::ClosingSoon) => {
            ("will close for comments within a week", "一周内截止征求意见")
        }
        (_, ConsultationState::Open) => ("is open for comments again", "重新征求意见"),
        (_, ConsultationState::NotYetOpen) => ("is not yet open for comments", "尚未征求意见"),
        (_, ConsultationState::Closed) => ("closes for comments", "征求意见截止"),
        (_, ConsultationState::OutcomePublished) => ("shows its outcome", "显示征求意见结果"),
    }
}

/// The edition of a site without anything, for requests while there is no other.
fn empty_edition() -> Result<Edition, Failure> {
    let files = [
        (
            "site.toml",
            "name = \"…\"\nbase_url = \"http://localhost/\"\ntime_zone = \"UTC\"\nlanguages = \
             [\"en\"]\n",
        ),
        ("_index.md", "---\ntitle: …\n---\n"),
    ];
    let files = files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    let snapshot: Snapshot = files.collect();
    let loaded = record::load(&snapshot, crate::diagnostic::Diagnostics::default(), None);
    let assets = source::assets();
    edition::compile(&loaded.content, loaded.diagnostics, &assets, Timestamp::UNIX_EPOCH)
        .map(|output| output.edition.pinned())
        .map_err(|_| Failure::Message("the preview cannot start".to_owned()))
}

/// Parses the address that opens a file in an editor.
pub(super) fn parse_editor_url(text: &str) -> Result<String, String> {
    let scheme = text.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    let is_of_editor = scheme.is_some_and(|scheme| {
        let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
        is_scheme && !["javascript", "data", "vbscript"].contains(&scheme.as_str())
    });
    if is_of_editor && text.contains("{path}") {
        return Ok(text.to_owned());
    }
    Err("give the scheme of an editor and `{path}`, as in `vscode://file{path}:{line}`".to_owned())
}
