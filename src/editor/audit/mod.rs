//! The audit of a public site (`gazette check --audit`): the checks that inspectors of government
//! sites make first, such as fresh content, dates, sources and an accessibility statement.

mod pages;
mod report;
mod sections;

use crate::content::Content;
use crate::edition::Edition;
use crate::record::Record;

pub use report::{AuditItem, AuditReport, AuditStatus, to_json, to_text};

/// Audits a site whose content has no errors, at the instant of its edition.
#[must_use]
pub fn audit(content: &Content, edition: &Edition) -> AuditReport {
    let record = Record::at(content, edition.instant());
    let mut items = sections::check_freshness(&record);
    items.extend(sections::check_empty(&record));
    items.extend(sections::check_dates(&record));
    items.push(sections::check_sources(&record));
    items.extend(sections::check_consultations(&record));
    items.extend(sections::check_numbers(&record));
    items.extend(pages::check_cn_gov_tags(&record, edition));
    items.extend(pages::check_footer(&record));
    items.push(pages::check_accessibility_statement(&record, edition));
    items.push(pages::check_security_txt(edition));
    AuditReport { items }
}
