//! The page that explains how progress is calculated, as a text to search. It has no file: its
//! words are messages of the interface.

use std::sync::Arc;

use crate::content::{Body, Content, Located, SourceDigest, Status, Text, Texts};
use crate::language::{Language, Locale};
use crate::record::PageRef;

/// The texts of the page in the languages of the site.
pub(super) fn texts(content: &Content) -> Option<Texts> {
    let languages = content.site.languages.all();
    Texts::new(languages.map(|language| text(content, language)).collect())
}

fn text(content: &Content, language: Language) -> Text {
    let locale = content.locale(language);
    let (title, summary, body) = (locale.how_computed(), locale.method_lead(), words(locale));
    Text {
        path: Arc::from(PageRef::Method.path(content, language)),
        language,
        title: Located::new(title.to_owned(), 0..0),
        short_title: None,
        summary: Some(Located::new(summary.to_owned(), 0..0)),
        digest: SourceDigest::new([title, summary, &body].map(str::as_bytes)),
        body: Body { markdown: body.into(), ..Body::default() },
        addresses: Vec::new(),
        translated: None,
        original_changes: None,
    }
}

/// The sentences of the page, a paragraph each.
fn words(locale: &Locale) -> String {
    let statuses = Status::ALL.map(|status| status.word(locale));
    let statuses = statuses.join(locale.list_separator());
    let paragraphs = [
        locale.method_attainment(),
        locale.method_attainment_text(),
        locale.method_elapsed(),
        locale.method_elapsed_text(),
        locale.method_pace(),
        locale.method_pace_text(),
        locale.method_statuses_text(),
        &statuses,
        locale.method_no_zero(),
        locale.method_newest(),
        locale.method_period(),
        locale.method_bounds(),
        locale.method_withdrawn(),
        locale.method_revised(),
        locale.method_override(),
        locale.method_expected(),
        locale.method_rounding(),
        locale.method_shares(),
    ];
    paragraphs.join("\n\n")
}
