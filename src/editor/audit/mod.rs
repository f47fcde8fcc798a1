//! The inspector's view of a site: what those who audit public sites look at first.
//!
//! Enter at [`audit`], which looks at the record and at the edition that readers get; [`human`] and [`json`] say what
//! was found.

mod pages;
mod report;
mod sections;

use serde::Serialize;

use crate::content::Content;
use crate::diagnostic::Message;
use crate::edition::Edition;
use crate::record::Record;

pub use report::{human, json};

/// What was found.
#[derive(Debug)]
pub struct AuditReport {
    /// Every item, in the order in which it was looked at.
    pub items: Vec<AuditItem>,
}

impl AuditReport {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_passed(&self) -> bool {
        self.items.iter().all(|item| item.state != AuditStatus::Failed)
    }
}

/// One thing that was looked at.
#[derive(Debug)]
pub struct AuditItem {
    /// What was looked at: a stable name, such as `freshness`.
    pub name: &'static str,
    /// Of what: a section, a tag, a path.
    pub subject: String,
    /// How it stands.
    pub state: AuditStatus,
    /// What was found.
    pub found: Message,
    /// What to do, where something is to be done.
    pub help: Option<Message>,
    /// The pages or files that it is about, where it is not about all.
    pub paths: Vec<String>,
}

/// How something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AuditStatus {
    /// As it should be.
    Passed,
    /// Not as it should be.
    Failed,
    /// The rule is not meant for this site.
    NotApplicable,
}

impl AuditItem {
    fn new(
        name: &'static str,
        subject: impl Into<String>,
        is_passed: bool,
        found: Message,
    ) -> Self {
        let state = if is_passed { AuditStatus::Passed } else { AuditStatus::Failed };
        Self { name, subject: subject.into(), state, found, help: None, paths: Vec::new() }
    }

    /// The same with what to do if it failed.
    fn help(mut self, help: Message) -> Self {
        if self.state == AuditStatus::Failed {
            self.help = Some(help);
        }
        self
    }
}

/// Looks at a site whose content has no errors, at the instant of its edition.
#[must_use]
pub fn audit(content: &Content, edition: &Edition) -> AuditReport {
    let record = Record::at(content, edition.instant());
    let mut items = sections::freshness(&record);
    items.extend(sections::empty(&record));
    items.extend(sections::dates(&record));
    items.push(sections::sources(&record));
    items.extend(pages::government_tags(&record, edition));
    items.push(pages::accessibility_statement(&record, edition));
    items.push(pages::security_text(edition));
    AuditReport { items }
}
