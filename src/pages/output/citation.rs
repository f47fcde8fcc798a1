//! The citation of a bulletin in words and in the formats of reference managers.
//!
//! Few readers request the files of the latter, and a bulletin has three in each language, so they
//! are rendered when they are requested.

use std::fmt::Write;
use std::sync::Arc;

use blake3::Hasher;
use bytes::Bytes;
use jiff::civil;
use serde_json::json;

use crate::language::is_chinese;

/// The facts that every form of citation has.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Citation {
    pub(crate) slug: String,
    pub(crate) authors: Vec<String>,
    pub(crate) title: String,
    pub(crate) number: Option<String>,
    /// When it was made, or else published: year, month and day.
    pub(crate) day: civil::Date,
    pub(crate) publisher: String,
    /// The tag of its language.
    pub(crate) language: String,
    pub(crate) url: String,
}

/// A format of reference managers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CitationFormat {
    Ris,
    Bibtex,
    CslJson,
}

/// A file for reference managers, before it is rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitationFile {
    pub(crate) citation: Arc<Citation>,
    pub(crate) format: CitationFormat,
}

impl CitationFormat {
    pub(crate) const ALL: [Self; 3] = [Self::Ris, Self::Bibtex, Self::CslJson];

    /// The name of the format for readers.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Ris => "RIS",
            Self::Bibtex => "BibTeX",
            Self::CslJson => "CSL-JSON",
        }
    }

    /// The name of the file below the page.
    pub(crate) const fn file_name(self) -> &'static str {
        match self {
            Self::Ris => "cite.ris",
            Self::Bibtex => "cite.bib",
            Self::CslJson => "cite.csl",
        }
    }

    pub(crate) const fn media_type(self) -> &'static str {
        match self {
            Self::Ris => "application/x-research-info-systems; charset=utf-8",
            Self::Bibtex => "application/x-bibtex; charset=utf-8",
            Self::CslJson => "application/vnd.citationstyles.csl+json",
        }
    }
}

impl CitationFile {
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        self.format.media_type()
    }

    #[must_use]
    pub fn render(&self) -> Bytes {
        Bytes::from(match self.format {
            CitationFormat::Ris => self.citation.ris(),
            CitationFormat::Bibtex => self.citation.bibtex(),
            CitationFormat::CslJson => self.citation.csl(),
        })
    }

    /// Adds all that the bytes follow from to a hash, which is cheaper than the bytes.
    pub fn hash_inputs(&self, hasher: &mut Hasher) {
        let Citation { slug, authors, title, number, day, publisher, language, url } =
            &*self.citation;
        let day = day.to_string();
        let texts = [slug, title, &day, publisher, language, url];
        hasher.update(&[u8::from(number.is_some())]);
        for text in texts.into_iter().chain(number).chain(authors) {
            hasher.update(&text.len().to_le_bytes()).update(text.as_bytes());
        }
    }
}

impl Citation {
    /// The title as it is written within quotation marks: Chinese titles often have titles in them,
    /// which then get single marks (GB/T 15834-2011, 4.15.3.2).
    pub(crate) fn title_in_quotes(&self) -> String {
        if is_chinese(&self.language) {
            self.title.replace('《', "〈").replace('》', "〉")
        } else {
            self.title.clone()
        }
    }

    /// `Issuer. Title: number[EB/OL]. (2022-08-24)[引用日期]. URL.` The reader fills in the
    /// date of reading, which the page cannot know. Of more than three issuers the first three are
    /// named (GB/T 7714-2015, 8.1.2).
    pub(crate) fn gb_t_7714(&self) -> String {
        let number = self.number.as_ref().map_or_else(String::new, |number| format!(": {number}"));
        let mut authors = self.authors[..self.authors.len().min(3)].join(", ");
        if self.authors.len() > 3 {
            authors.push_str(if is_chinese(&self.language) { ", 等" } else { ", et al" });
        }
        let day = self.day;
        format!("{authors}. {}{number}[EB/OL]. ({day})[引用日期]. {}.", self.title, self.url)
    }

    /// The format of Research Information Systems: a tag and a value a line.
    fn ris(&self) -> String {
        // A report keeps its number and its day wherever it is read; programs read those of GOVDOC
        // otherwise.
        let mut text = String::from("TY  - RPRT\r\n");
        let mut add = |tag: &str, value: &str| {
            let _ = write!(text, "{tag}  - {value}\r\n");
        };
        self.authors.iter().for_each(|author| add("AU", &ris_body(author)));
        add("TI", &self.title);
        self.number.iter().for_each(|number| add("M1", number));
        add("PY", &format!("{:04}", self.day.year()));
        add("DA", &self.day.strftime("%Y/%m/%d").to_string());
        add("PB", &self.publisher);
        add("LA", &self.language);
        add("UR", &self.url);
        add("ER", "");
        text
    }

    fn bibtex(&self) -> String {
        let authors: Vec<String> =
            self.authors.iter().map(|author| format!("{{{}}}", escape_bibtex(author))).collect();
        let mut text = format!("@misc{{{},\n", self.slug);
        let mut add = |key: &str, value: &str| {
            let _ = writeln!(text, "  {key} = {{{value}}},");
        };
        add("author", &authors.join(" and "));
        add("title", &format!("{{{}}}", escape_bibtex(&self.title)));
        if let Some(number) = &self.number {
            let number = escape_bibtex(number);
            add("number", &number);
            // The plain styles print no number of `@misc`.
            add("note", &number);
        }
        add("year", &self.day.year().to_string());
        add("month", &self.day.month().to_string());
        add("day", &self.day.day().to_string());
        add("publisher", &escape_bibtex(&self.publisher));
        add("langid", &self.language);
        add("url", &self.url);
        text.push_str("}\n");
        text
    }

    /// CSL-JSON 1.0 (citationstyles.org): a list with one item.
    fn csl(&self) -> String {
        let authors: Vec<_> =
            self.authors.iter().map(|author| json!({ "literal": author })).collect();
        let mut item = json!({
            "id": self.slug,
            "type": "document",
            "title": self.title,
            "author": authors,
            "issued": { "date-parts": [[self.day.year(), self.day.month(), self.day.day()]] },
            "publisher": self.publisher,
            "language": self.language,
            "URL": self.url,
        });
        if let Some(number) = &self.number {
            item["number"] = json!(number);
        }
        format!("{}\n", json!([item]))
    }
}

/// The name of a body as an author in RIS, where a comma ends a family name: those within the name
/// become full-width ones. A comma after the name keeps programs from taking its last word for the
/// family name, as the manual of `EndNote` has it; one word needs none.
fn ris_body(name: &str) -> String {
    let mut name = name.replace(", ", "，").replace(',', "，");
    if name.contains(char::is_whitespace) {
        name.push(',');
    }
    name
}

/// A text without characters that BibTeX takes as commands.
fn escape_bibtex(text: &str) -> String {
    let has_pairs = has_paired_braces(text);
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' => escaped.push_str(r"\textbackslash{}"),
            '~' => escaped.push_str(r"\textasciitilde{}"),
            '^' => escaped.push_str(r"\textasciicircum{}"),
            // BibTeX counts escaped braces too, so that a single one would end no field.
            '{' if !has_pairs => escaped.push_str(r"\textbraceleft{}"),
            '}' if !has_pairs => escaped.push_str(r"\textbraceright{}"),
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => {
                escaped.push('\\');
                escaped.push(character);
            }
            _ => escaped.push(character),
        }
    }
    escaped
}

fn has_paired_braces(text: &str) -> bool {
    let mut open = 0_usize;
    for character in text.chars() {
        match character {
            '{' => open += 1,
            '}' if open == 0 => return false,
            '}' => open -= 1,
            _ => {}
        }
    }
    open == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bibtex_marks_are_escaped() {
        assert_eq!(escape_bibtex("a & b_c {50%}"), r"a \& b\_c \{50\%\}");
        assert_eq!(escape_bibtex("one { brace"), r"one \textbraceleft{} brace");
        assert_eq!(escape_bibtex("}{"), r"\textbraceright{}\textbraceleft{}");
        assert_eq!(escape_bibtex("哈政规〔2022〕22号"), "哈政规〔2022〕22号");
    }
    #[test]
    fn commas_of_bodies_split_no_name() {
        for (name, written) in [
            ("Office for Parks, Water & Trees", "Office for Parks，Water & Trees,"),
            ("City Council", "City Council,"),
            ("Council", "Council"),
            ("公园、水务与林木局", "公园、水务与林木局"),
        ] {
            assert_eq!(ris_body(name), written);
        }
    }
}
