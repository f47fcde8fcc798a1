//! `[freshness]` in `site.toml`: within how many days the home page and each section should have something new.

use crate::content::front_matter::mapping::MappingReader;
use crate::content::front_matter::tree::{Located, NodeKind};
use crate::content::front_matter::value_reader::{Field, ValueReader};
use crate::diagnostic::{Code, message};

/// The name of the home page among the sections.
pub const HOME: &str = "home";

/// How many days may pass before something new appears.
#[derive(Debug, Clone, Default)]
pub struct Freshness {
    /// What the site itself says: `home` or a section's name, and days.
    pub(crate) written: Vec<(Located<String>, u32)>,
}

impl Freshness {
    /// The days for the home page (`home`) or a section. Where the site names none: 14 for the home page and for
    /// sections called `news`, 180 for all others, after the yearly inspections of Chinese government sites
    /// (国办秘函〔2019〕19号: two weeks for the home page and for news, six months for notices).
    #[must_use]
    pub fn limit(&self, section: &str) -> u32 {
        let written =
            self.written.iter().find(|(name, _)| name.value == section).map(|(_, days)| *days);
        written.unwrap_or(if section == HOME || section == "news" { 14 } else { 180 })
    }
}

/// Reads `[freshness]`, which gives days: `notices = 180`.
pub(crate) fn read(fields: &mut MappingReader<'_>, reader: &mut ValueReader<'_>) -> Freshness {
    let Some(field) = fields.optional("freshness") else { return Freshness::default() };
    let NodeKind::Mapping(entries) = &field.node.kind else {
        let message = message!("`freshness` is a table of days", "`freshness` 是一组天数");
        let help = message!(
            "write `[freshness]` on one line, and `home = 14` below it",
            "请单独写一行 `[freshness]`，在下面写 `home = 14`"
        );
        reader.push(reader.error(Code::WrongType, field.span(), message).help(help));
        return Freshness::default();
    };
    let written =
        entries.iter().filter(|(_, node)| !node.is_absent()).filter_map(|(name, node)| {
            let days = days(Field::new(&name.value, node), reader)?;
            Some((name.clone(), days))
        });
    Freshness { written: written.collect() }
}

/// The longest time that is read, in days: longer than any site stands.
const MAX_DAYS: u32 = 1_000_000;

fn days(field: Field<'_>, reader: &mut ValueReader<'_>) -> Option<u32> {
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
