//! Citations of a bulletin: in words, and as files for reference managers.

use std::fmt::Write;

use bytes::Bytes;
use serde_json::json;

use super::facts::group_links;
use crate::content::GroupKind;
use crate::language::{Language, is_chinese};
use crate::pages::context::Context;
use crate::pages::markup::html::{Html, escape_in_its_language};
use crate::pages::output::Output;
use crate::record::BulletinId;

/// The ways to cite a bulletin on its page.
pub(crate) struct CitationView {
    /// A sentence in the page's language.
    pub(crate) words: Html,
    /// A reference in the form of GB/T 7714-2015, 4.2.2 (electronic resources).
    pub(crate) gb_t_7714: Html,
    pub(crate) number: Option<PermanentLink>,
    /// Files for reference managers: the name of the format, and the path.
    pub(crate) files: Vec<(&'static str, String)>,
}

/// The link that a permanent number is.
pub(crate) struct PermanentLink {
    pub(crate) number: String,
    pub(crate) path: String,
    /// The absolute URL.
    pub(crate) url: String,
}

/// The facts that every form of citation has.
struct Citation<'r> {
    slug: &'r str,
    authors: Vec<String>,
    title: &'r str,
    number: Option<&'r str>,
    /// When it was made, or else published: year, month and day.
    day: jiff::civil::Date,
    publisher: &'r str,
    language: &'r str,
    url: String,
}

/// The names of the files below the page, with their formats and media types.
const FILES: [(&str, &str, &str); 3] = [
    ("RIS", "cite.ris", "application/x-research-info-systems; charset=utf-8"),
    ("BibTeX", "cite.bib", "application/x-bibtex; charset=utf-8"),
    ("CSL-JSON", "cite.csl", "application/vnd.citationstyles.csl+json"),
];

impl CitationView {
    /// The citations of a bulletin, if it is an official document or has a permanent number.
    pub(crate) fn new(context: &Context<'_>, id: BulletinId, language: Language) -> Option<Self> {
        let citation = Citation::new(context, id, language)?;
        let locale = context.locale(language);
        let page = context.record.bulletin_address(id, language).path;
        let date = context.date_of(citation.day, language).text;
        let authors = citation.authors.join(locale.list_separator());
        let quoted = locale.cited_title(&citation.title_in_quotes());
        let title = match citation.number {
            Some(number) => locale.with_remark(&quoted, number),
            None => quoted,
        };
        let chinese = context.chinese_within(language);
        let marked = |text: &str| {
            let mut html = String::new();
            escape_in_its_language(chinese, text, &mut html);
            Html::new(html)
        };
        Some(Self {
            words: marked(&locale.citation_in_words(&authors, &title, &date, &citation.url)),
            gb_t_7714: marked(&citation.gb_t_7714()),
            number: context.record.bulletin(id).number.map(|number| {
                let path = format!("{}{}", context.root(language), number.path());
                PermanentLink { number: number.to_string(), url: context.absolute(&path), path }
            }),
            files: FILES.map(|(format, name, _)| (format, format!("{page}{name}"))).to_vec(),
        })
    }
}

/// Renders the files for reference managers beside the page of a bulletin that has citations.
pub(crate) fn files(context: &Context<'_>, id: BulletinId, language: Language) -> Vec<Output> {
    let Some(citation) = Citation::new(context, id, language) else { return Vec::new() };
    let page = context.record.bulletin_address(id, language).path;
    let texts = [citation.ris(), citation.bibtex(), citation.csl()];
    let files = FILES.into_iter().zip(texts);
    files
        .map(|((_, name, media_type), text)| {
            let path = format!("{page}{name}");
            Output::file(path, media_type, Some(language), Bytes::from(text))
        })
        .collect()
}

impl<'r> Citation<'r> {
    fn new(context: &Context<'r>, id: BulletinId, language: Language) -> Option<Self> {
        let record = context.record;
        let bulletin = record.bulletin(id);
        let document = bulletin.source.facts.document.as_ref();
        if document.is_none() && bulletin.number.is_none() {
            return None;
        }
        let site = &record.content.site;
        let publisher = site
            .publisher
            .as_ref()
            .map_or_else(|| site.name(language), |publisher| publisher.name.get(language));
        let issuers = group_links(context, id, GroupKind::Body, language);
        let mut authors: Vec<String> = issuers.into_iter().map(|(_, name)| name).collect();
        if authors.is_empty() {
            authors.push(publisher.to_owned());
        }
        let made = document.and_then(|document| document.made.as_ref());
        let made = made.unwrap_or(&bulletin.source.facts.published);
        let number = document.and_then(|document| document.number.as_ref());
        let address = record.bulletin_address(id, language);
        Some(Self {
            slug: &bulletin.source.slug,
            authors,
            title: &bulletin.source.texts.in_language(language).title.value,
            number: number.map(|number| number.value.as_str()),
            day: made.value.date(),
            publisher,
            language: context.language_tag(address.language),
            url: context.absolute(&address.path),
        })
    }

    /// The title as it is written within quotation marks: Chinese titles often have titles in them,
    /// which then get single marks (GB/T 15834-2011, 4.15.3.2).
    fn title_in_quotes(&self) -> String {
        if is_chinese(self.language) {
            self.title.replace('《', "〈").replace('》', "〉")
        } else {
            self.title.to_owned()
        }
    }

    /// `Issuer. Title: number[EB/OL]. (2022-08-24)[引用日期]. URL.` The reader fills in the
    /// date of reading, which the page cannot know. Of more than three issuers the first three are
    /// named (GB/T 7714-2015, 8.1.2).
    fn gb_t_7714(&self) -> String {
        let number = self.number.map_or_else(String::new, |number| format!(": {number}"));
        let mut authors = self.authors[..self.authors.len().min(3)].join(", ");
        if self.authors.len() > 3 {
            authors.push_str(if is_chinese(self.language) { ", 等" } else { ", et al" });
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
        add("TI", self.title);
        self.number.iter().for_each(|number| add("M1", number));
        add("PY", &format!("{:04}", self.day.year()));
        add("DA", &self.day.strftime("%Y/%m/%d").to_string());
        add("PB", self.publisher);
        add("LA", self.language);
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
        add("title", &format!("{{{}}}", escape_bibtex(self.title)));
        if let Some(number) = self.number {
            let number = escape_bibtex(number);
            add("number", &number);
            // The plain styles print no number of `@misc`.
            add("note", &number);
        }
        add("year", &self.day.year().to_string());
        add("month", &self.day.month().to_string());
        add("day", &self.day.day().to_string());
        add("publisher", &escape_bibtex(self.publisher));
        add("langid", self.language);
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
        if let Some(number) = self.number {
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
