//! The report of an audit, as text and as JSON.

use std::fmt::Write as _;

use jiff::Timestamp;
use serde::Serialize;

use crate::diagnostic::{Message, MessageLanguage};

/// The most paths that the text lists for one item; JSON lists all.
const MAX_PATHS: usize = 10;

/// The results of an audit.
#[derive(Debug)]
pub struct AuditReport {
    pub items: Vec<AuditItem>,
}

impl AuditReport {
    #[must_use]
    pub fn is_passed(&self) -> bool {
        self.items.iter().all(|item| item.status != AuditStatus::Failed)
    }

    fn count(&self, status: AuditStatus) -> usize {
        self.items.iter().filter(|item| item.status == status).count()
    }
}

/// The result of one check.
#[derive(Debug)]
pub struct AuditItem {
    /// The stable name of the check, such as `freshness`.
    pub name: &'static str,
    /// The part of the site that was checked: a section, a kind of page, a path.
    pub subject: String,
    pub status: AuditStatus,
    pub message: Message,
    /// The remedy, for a failed check.
    pub help: Option<Message>,
    /// The pages or files that failed, unless the whole subject did.
    pub paths: Vec<String>,
}

impl AuditItem {
    pub(super) fn new(
        name: &'static str,
        subject: impl Into<String>,
        is_passed: bool,
        message: Message,
    ) -> Self {
        let status = if is_passed { AuditStatus::Passed } else { AuditStatus::Failed };
        Self { name, subject: subject.into(), status, message, help: None, paths: Vec::new() }
    }

    /// Adds the remedy if the check failed.
    pub(super) fn help(mut self, help: Message) -> Self {
        if self.status == AuditStatus::Failed {
            self.help = Some(help);
        }
        self
    }

    pub(super) fn paths(mut self, paths: Vec<String>) -> Self {
        self.paths = paths;
        self
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AuditStatus {
    Passed,
    Failed,
    NotApplicable,
}

/// Renders a report as text: a line for each item, its paths and remedy below it, and the counts
/// at the end.
#[must_use]
pub fn to_text(report: &AuditReport, language: MessageLanguage) -> String {
    let mut text = String::new();
    for item in &report.items {
        write_item(&mut text, item, language);
    }
    let (passed, failed) = (report.count(AuditStatus::Passed), report.count(AuditStatus::Failed));
    let _ = match language {
        MessageLanguage::English => writeln!(text, "{passed} passed, {failed} failed"),
        MessageLanguage::Chinese => writeln!(text, "{passed} 项通过，{failed} 项不合格"),
    };
    text
}

fn write_item(text: &mut String, item: &AuditItem, language: MessageLanguage) {
    let status = match (language, item.status) {
        (MessageLanguage::English, AuditStatus::Passed) => "pass",
        (MessageLanguage::English, AuditStatus::Failed) => "FAIL",
        (MessageLanguage::English, AuditStatus::NotApplicable) => "n/a ",
        (MessageLanguage::Chinese, AuditStatus::Passed) => "通过  ",
        (MessageLanguage::Chinese, AuditStatus::Failed) => "不合格",
        (MessageLanguage::Chinese, AuditStatus::NotApplicable) => "不适用",
    };
    let (message, subject) = (item.message.get(language), &item.subject);
    let _ = match language {
        MessageLanguage::English => writeln!(text, "{status}  {} {subject}: {message}", item.name),
        MessageLanguage::Chinese => {
            writeln!(text, "{status}  {} {subject}：{message}", chinese_name(item.name))
        }
    };
    for path in item.paths.iter().take(MAX_PATHS) {
        let _ = writeln!(text, "        {path}");
    }
    if item.paths.len() > MAX_PATHS {
        let more = item.paths.len() - MAX_PATHS;
        let _ = match language {
            MessageLanguage::English => writeln!(text, "        and {more} more"),
            MessageLanguage::Chinese => writeln!(text, "        另有{more}个"),
        };
    }
    if let Some(help) = &item.help {
        let _ = writeln!(text, "      → {}", help.get(language));
    }
}

fn chinese_name(name: &str) -> &str {
    match name {
        "freshness" => "更新",
        "content" => "内容",
        "dates" => "日期",
        "sources" => "来源",
        "consultations" => "征求意见",
        "numbers" => "编号",
        "cn-gov" => "政府网站标签",
        "accessibility-statement" => "无障碍声明",
        "security-txt" => "安全联络",
        other => other,
    }
}

/// Renders a report as JSON. Fields are added, never renamed or removed.
#[must_use]
pub fn to_json(report: &AuditReport, instant: Timestamp, language: MessageLanguage) -> Vec<u8> {
    crate::diagnostic::render::to_json(&JsonReport {
        instant: instant.to_string(),
        passed: report.is_passed(),
        items: report.items.iter().map(|item| JsonItem::new(item, language)).collect(),
    })
}

#[derive(Serialize)]
struct JsonReport<'r> {
    instant: String,
    passed: bool,
    items: Vec<JsonItem<'r>>,
}

#[derive(Serialize)]
struct JsonItem<'r> {
    name: &'static str,
    subject: &'r str,
    state: AuditStatus,
    message: &'r str,
    help: Option<&'r str>,
    paths: &'r [String],
}

impl<'r> JsonItem<'r> {
    fn new(item: &'r AuditItem, language: MessageLanguage) -> Self {
        Self {
            name: item.name,
            subject: &item.subject,
            state: item.status,
            message: item.message.get(language),
            help: item.help.as_ref().map(|help| help.get(language)),
            paths: &item.paths,
        }
    }
}
