//! The ways to cite a bulletin on its page: in words, and links to files for reference managers.

use super::facts::group_links;
use crate::content::GroupKind;
use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::markup::html::{Html, escape_in_its_language};
use crate::pages::output::{Citation, CitationFormat};
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

impl CitationView {
    pub(crate) fn new(
        context: &Context<'_>,
        id: BulletinId,
        language: Language,
        citation: &Citation,
    ) -> Self {
        let locale = context.locale(language);
        let page = context.record.bulletin_address(id, language).path;
        let date = context.date_of(citation.day, language).text;
        let authors = citation.authors.join(locale.list_separator());
        let quoted = locale.cited_title(&citation.title_in_quotes());
        let title = match &citation.number {
            Some(number) => locale.with_remark(&quoted, number),
            None => quoted,
        };
        let chinese = context.chinese_within(language);
        let marked = |text: &str| {
            let mut html = String::new();
            escape_in_its_language(chinese, text, &mut html);
            Html::new(html)
        };
        let files = CitationFormat::ALL
            .map(|format| (format.title(), format!("{page}{}", format.file_name())));
        Self {
            words: marked(&locale.citation_in_words(&authors, &title, &date, &citation.url)),
            gb_t_7714: marked(&citation.gb_t_7714()),
            number: context.record.bulletin(id).number.map(|number| {
                let path = format!("{}{}", context.root(language), number.path());
                PermanentLink { number: number.to_string(), url: context.absolute(&path), path }
            }),
            files: files.to_vec(),
        }
    }
}

/// The citation of a bulletin, if it is an official document or has a permanent number.
pub(crate) fn citation_of(
    context: &Context<'_>,
    id: BulletinId,
    language: Language,
) -> Option<Citation> {
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
    Some(Citation {
        slug: bulletin.source.slug.clone(),
        authors,
        title: bulletin.source.texts.in_language(language).title.value.clone(),
        number: number.map(|number| number.value.clone()),
        day: made.value.date(),
        publisher: publisher.to_owned(),
        language: context.language_tag(address.language).to_owned(),
        url: context.absolute(&address.path),
    })
}
