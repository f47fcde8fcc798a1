//! The facts of a bulletin as an official document: its number, kind and dates, and what it does to
//! other documents.

use super::keys::DOCUMENT;
use crate::content::front_matter::mapping::MappingReader;
use crate::content::front_matter::moment::{Moment, written};
use crate::content::front_matter::tree::Located;
use crate::content::front_matter::value_reader::{Field, ValueReader};
use crate::diagnostic::{Code, message};
use crate::language::{is_han, to_half_width};

/// The identity and the dates of an official document.
#[derive(Debug, Clone, Default)]
pub struct DocumentFacts {
    /// The number that its issuer gave it (发文字号): `哈政规〔2022〕22号`.
    pub number: Option<Located<String>>,
    /// The index number in the directory of public information (索引号).
    pub index: Option<Located<String>>,
    /// The name of one of the site's kinds of documents (公文种类).
    pub kind: Option<Located<String>>,
    /// The day on which it was made (成文日期).
    pub made: Option<Located<Moment>>,
    /// The first day on which it is in force (实施日期).
    pub effective: Option<Located<Moment>>,
    /// The last day on which it is in force (有效期至).
    pub until: Option<Located<Moment>>,
}

/// A relation of a bulletin to another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// Changes parts of it; the rest stays in force.
    Amends,
    /// Ends it.
    Repeals,
    /// Corrects an error in its text.
    Corrects,
    /// Explains it (政策解读).
    Explains,
    /// Carries it out.
    Implements,
    /// Answers it.
    Answers,
}

impl Relation {
    /// Every relation, in the order of pages.
    pub const ALL: [Self; 6] = [
        Self::Amends,
        Self::Repeals,
        Self::Corrects,
        Self::Explains,
        Self::Implements,
        Self::Answers,
    ];

    /// The key in front matter.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Amends => "amends",
            Self::Repeals => "repeals",
            Self::Corrects => "corrects",
            Self::Explains => "explains",
            Self::Implements => "implements",
            Self::Answers => "answers",
        }
    }

    /// Whether it changes the validity of the other document.
    #[must_use]
    pub const fn is_act(self) -> bool {
        matches!(self, Self::Amends | Self::Repeals | Self::Corrects)
    }
}

/// A relation to another bulletin, by its slug.
#[derive(Debug, Clone)]
pub struct Related {
    pub relation: Relation,
    pub slug: Located<String>,
}

pub(super) fn read_document(
    reader: &mut ValueReader<'_>,
    field: Field<'_>,
) -> Option<DocumentFacts> {
    let mut keys = MappingReader::nested(&DOCUMENT, field, reader)?;
    let facts = DocumentFacts {
        number: keys.read("number", reader, read_number),
        index: keys.read("index", reader, ValueReader::line),
        kind: keys.read("kind", reader, ValueReader::name),
        made: keys.read("made", reader, ValueReader::moment),
        effective: keys.read("effective", reader, ValueReader::moment),
        until: keys.read("until", reader, ValueReader::moment),
    };
    keys.finish(reader);
    if let (Some(from), Some(until)) =
        (facts.effective.as_ref().or(facts.made.as_ref()), &facts.until)
        && until.value.ends_before(from.value)
    {
        let (first, last) = (written(from.value), written(until.value));
        let message = message!(
            "it ends on {last}, before it begins on {first}",
            "有效期至 {last}，早于起始日期 {first}"
        );
        let wrong = reader.error(Code::Inconsistent, until.span.clone(), message);
        let help = message!("correct one of the two dates", "请更正其中一个日期");
        reader.push(wrong.help(help));
    }
    Some(facts)
}

pub(super) fn read_relations(
    keys: &mut MappingReader<'_>,
    reader: &mut ValueReader<'_>,
) -> Vec<Related> {
    let mut related = Vec::new();
    for relation in Relation::ALL {
        let slugs = keys.read_names(relation.name(), reader);
        related.extend(slugs.into_iter().map(|slug| Related { relation, slug }));
    }
    related
}

/// Reads a document number. Numbers of other forms than `哈政规〔2022〕22号` and `第12号` are
/// reported, with the right form where it can be guessed.
fn read_number(reader: &mut ValueReader<'_>, field: Field<'_>) -> Option<Located<String>> {
    let number = reader.line(field)?;
    let written = &number.value;
    // A city that does not write Chinese has its own forms.
    if !written.contains(is_han) || is_document_number(written) {
        return Some(number);
    }
    let message = message!(
        "`{written}` is not a document number, such as `哈政规〔2022〕22号` or `市政府令第12号`",
        "`{written}` 不是发文字号；发文字号例如 `哈政规〔2022〕22号`、`市政府令第12号`"
    );
    let wrong = reader.error(Code::BadValue, number.span.clone(), message);
    reader.push(match document_number_meant(written) {
        Some(meant) => wrong.help(message!("write it as `{meant}`", "请写成 `{meant}`")),
        None => wrong.help(message!(
            "write the issuer's characters, the year in `〔〕`, the number and `号`",
            "请依次写机关代字、放在 `〔〕` 中的年份、发文顺序号和 `号`"
        )),
    });
    Some(number)
}

/// Whether a text has the form of a document number (GB/T 9704-2012, 7.2.5): the issuer's
/// characters, the year in `〔〕`, a serial number without leading zeros and `号`; or, for orders and
/// announcements, `第` before the serial number.
#[must_use]
pub fn is_document_number(text: &str) -> bool {
    let Some(rest) = text.strip_suffix('号') else { return false };
    let digits = rest.len() - rest.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (issuer, serial) = rest.split_at(rest.len() - digits);
    let is_serial = !serial.is_empty() && !serial.starts_with('0');
    let issuer_and_year = match issuer.strip_suffix('第') {
        Some(order) => Some((order, None)),
        None => issuer
            .strip_suffix('〕')
            .and_then(|rest| rest.rsplit_once('〔'))
            .map(|(issuer, year)| (issuer, Some(year))),
    };
    is_serial
        && issuer_and_year.is_some_and(|(issuer, year)| {
            let is_issuer =
                !issuer.contains(|c: char| c.is_whitespace() || "〔〕[]［］()（）【】".contains(c));
            is_issuer && year.is_none_or(|year| is_year(year) && !issuer.is_empty())
        })
}

fn is_year(text: &str) -> bool {
    text.len() == 4
        && text.starts_with(['1', '2'])
        && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The document number that a text of another form means: `哈政规〔2022〕22号` for
/// `哈政规[2022]第022号`.
fn document_number_meant(text: &str) -> Option<String> {
    let folded: String = text.chars().filter(|c| !c.is_whitespace()).map(to_half_width).collect();
    let year_start = folded.find(['〔', '[', '(', '【', '〖', '『'])?;
    let issuer = &folded[..year_start];
    let rest = folded[year_start..].trim_start_matches(['〔', '[', '(', '【', '〖', '『']);
    let (year, rest) = rest.split_at_checked(4)?;
    let serial = rest
        .trim_start_matches('年')
        .trim_start_matches(['〕', ']', ')', '】', '〗', '』', '第'])
        .trim_end_matches('号')
        .trim_start_matches('0');
    let meant = format!("{issuer}〔{year}〕{serial}号");
    is_document_number(&meant).then_some(meant)
}

/// The year in a document number of the form `哈政规〔2022〕22号`.
pub(super) fn year_of_number(number: &str) -> Option<i16> {
    let (year, _) = number.rsplit_once('〔')?.1.split_once('〕')?;
    if is_document_number(number) { year.parse().ok() } else { None }
}

/// A document number as people type it, for comparison: its characters and digits alone, without
/// brackets, spaces, `第` and `号`.
#[must_use]
pub fn number_key(text: &str) -> String {
    let folded = text.chars().map(to_half_width);
    folded.filter(|c| c.is_alphanumeric() && !"第号號".contains(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_numbers_have_their_form() {
        for number in [
            "哈政规〔2022〕22号",
            "哈政办发〔2024〕29号",
            "国办函〔2019〕1号",
            "市政府令第12号",
            "第3号",
            "2022年第3号",
        ] {
            assert!(is_document_number(number), "{number}");
        }
        for other in [
            "",
            "号",
            "22号",
            "哈政规[2022]22号",
            "哈政规〔2022〕022号",
            "哈政规〔2022〕22",
            "哈政规〔22〕22号",
            "〔2022〕22号",
            "哈政规 〔2022〕22号",
            "哈政规〔2022〕第22号",
        ] {
            assert!(!is_document_number(other), "{other}");
        }
    }

    #[test]
    fn document_number_in_another_form_is_guessed() {
        for written in [
            "哈政规[2022]22号",
            "哈政规（2022）22号",
            "哈政规【2022】22号",
            "哈政规〔2022〕第22号",
            "哈政规〔2022〕022号",
            "哈政规〔２０２２〕２２号",
            "哈政规 〔2022〕 22 号",
            "哈政规〔2022〕22",
            "哈政规〔2022年〕22号",
        ] {
            let meant = document_number_meant(written);
            assert_eq!(meant.as_deref(), Some("哈政规〔2022〕22号"), "{written}");
        }
        assert_eq!(document_number_meant("22"), None);
        assert_eq!(document_number_meant("哈政规〔年〕22号"), None);
    }
}
