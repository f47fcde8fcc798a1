//! `[freshness]` in `site.toml`: the days within which the home page and each section should have
//! something new.

use crate::content::front_matter::tree::{Located, NodeKind};
use crate::content::front_matter::value_reader::{Field, ValueReader};
use crate::diagnostic::{Code, message};

/// The key of the home page among the sections.
pub const HOME: &str = "home";

/// The longest time that is accepted, in days: longer than any site exists.
const MAX_DAYS: u32 = 1_000_000;

/// The most days that may pass between two new texts.
#[derive(Debug, Clone, Default)]
pub struct Freshness {
    /// The site's own limits: `home` or a section's name, and days.
    pub(crate) written: Vec<(Located<String>, u32)>,
}

impl Freshness {
    /// The limit in days for the home page ([`HOME`]) or a section.
    ///
    /// The defaults are 14 days for the home page and for a section `news`, and 180 days for all
    /// others, after the yearly inspections of Chinese government sites (国办秘函〔2019〕19号: two
    /// weeks for the home page and for news, six months for notices).
    #[must_use]
    pub fn limit(&self, section: &str) -> u32 {
        let written = self.written.iter().find(|(name, _)| name.value == section);
        let default = if section == HOME || section == "news" { 14 } else { 180 };
        written.map_or(default, |(_, days)| *days)
    }
}

/// Reads `[freshness]`, which gives days: `notices = 180`.
pub(super) fn read(reader: &mut ValueReader<'_>, field: Field<'_>) -> Option<Freshness> {
    let NodeKind::Mapping(entries) = &field.node.kind else {
        let message = message!("`freshness` is a table of days", "`freshness` 是一组天数");
        let help = message!(
            "write `[freshness]` on one line, and `home = 14` below it",
            "请单独写一行 `[freshness]`，在下面写 `home = 14`"
        );
        reader.push(reader.error(Code::WrongType, field.span(), message).help(help));
        return None;
    };
    let mut written = Vec::new();
    for (name, node) in entries {
        if !node.is_absent()
            && let Some(days) = read_days(reader, Field::new(&name.value, node))
        {
            written.push((name.clone(), days));
        }
    }
    Some(Freshness { written })
}

fn read_days(reader: &mut ValueReader<'_>, field: Field<'_>) -> Option<u32> {
    let written = field.node.scalar().map(|written| written.trim().replace('_', ""));
    let days = written.and_then(|written| written.parse().ok()).filter(|days| *days <= MAX_DAYS);
    if days.is_none() {
        let name = field.name;
        let message = message!("`{name}` must be a whole number of days", "`{name}` 应为整数天数");
        let help = message!(
            "write the days in digits, such as `{name} = 14`",
            "请用数字写天数，例如 `{name} = 14`"
        );
        reader.push(reader.error(Code::BadValue, field.span(), message).help(help));
    }
    days
}
