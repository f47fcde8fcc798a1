//! An report as people and programs read it.

use std::fmt::Write as _;

use jiff::Timestamp;
use serde::Serialize;

use super::{AuditItem, AuditReport, AuditStatus};
use crate::diagnostic::MessageLanguage;

/// How many paths of an item people are told; JSON has them all.
const PATHS_TOLD: usize = 10;

/// A line for each item, with what to do below those that failed; the count of those at the end.
#[must_use]
pub fn human(report: &AuditReport, language: MessageLanguage) -> String {
    let mut text = String::new();
    for item in &report.items {
        let mark = match (language, item.state) {
            (MessageLanguage::English, AuditStatus::Passed) => "pass",
            (MessageLanguage::English, AuditStatus::Failed) => "FAIL",
            (MessageLanguage::English, AuditStatus::NotApplicable) => "n/a ",
            (MessageLanguage::Chinese, AuditStatus::Passed) => "通过  ",
            (MessageLanguage::Chinese, AuditStatus::Failed) => "不合格",
            (MessageLanguage::Chinese, AuditStatus::NotApplicable) => "不适用",
        };
        let found = item.found.get(language);
        let _ = match language {
            MessageLanguage::English => {
                writeln!(text, "{mark}  {} {}: {found}", item.name, item.subject)
            }
            MessageLanguage::Chinese => {
                writeln!(text, "{mark}  {} {}：{found}", name_in_chinese(item.name), item.subject)
            }
        };
        for path in item.paths.iter().take(PATHS_TOLD) {
            let _ = writeln!(text, "        {path}");
        }
        if item.paths.len() > PATHS_TOLD {
            let more = item.paths.len() - PATHS_TOLD;
            let _ = match language {
                MessageLanguage::English => writeln!(text, "        and {more} more"),
                MessageLanguage::Chinese => writeln!(text, "        另有{more}个"),
            };
        }
        if let Some(help) = &item.help {
            let _ = writeln!(text, "      → {}", help.get(language));
        }
    }
    let of = |state| report.items.iter().filter(|item| item.state == state).count();
    let (passed, failed) = (of(AuditStatus::Passed), of(AuditStatus::Failed));
    let _ = match language {
        MessageLanguage::English => writeln!(text, "{passed} passed, {failed} failed"),
        MessageLanguage::Chinese => writeln!(text, "{passed} 项通过，{failed} 项不合格"),
    };
    text
}

fn name_in_chinese(name: &str) -> &str {
    match name {
        "freshness" => "更新",
        "content" => "内容",
        "dates" => "日期",
        "sources" => "来源",
        "cn-gov" => "政府网站标签",
        "accessibility-statement" => "无障碍声明",
        "security-txt" => "安全联络",
        other => other,
    }
}

#[derive(Serialize)]
struct Report<'i> {
    instant: String,
    passed: bool,
    items: Vec<Entry<'i>>,
}

#[derive(Serialize)]
struct Entry<'i> {
    name: &'static str,
    subject: &'i str,
    state: AuditStatus,
    message: &'i str,
    help: Option<&'i str>,
    paths: &'i [String],
}

impl<'i> Entry<'i> {
    fn new(item: &'i AuditItem, language: MessageLanguage) -> Self {
        Self {
            name: item.name,
            subject: &item.subject,
            state: item.state,
            message: item.found.get(language),
            help: item.help.as_ref().map(|help| help.get(language)),
            paths: &item.paths,
        }
    }
}

/// The same for programs. Fields are added, never renamed or removed.
#[must_use]
pub fn json(report: &AuditReport, instant: Timestamp, language: MessageLanguage) -> Vec<u8> {
    let report = Report {
        instant: instant.to_string(),
        passed: report.is_passed(),
        items: report.items.iter().map(|item| Entry::new(item, language)).collect(),
    };
    crate::diagnostic::render::to_json(&report)
}
