//! What an address asks of the search: its parameters, or the words of a path that has nothing.

use std::str::FromStr;

use url::form_urlencoded;

use crate::content::{Content, is_text};
use crate::language::Language;
use crate::pages::search::Refusal;
use crate::pages::search::parameter;
use crate::search::{DocumentKind, MAX_PAGE, MAX_QUERY, SearchRequest, SortOrder};

/// The longest value of a parameter that is repeated in a page.
const MAX_SHOWN: usize = 60;

/// What an address asks for, and why it cannot be answered if so. Parameters that are not known are passed over, as
/// links from elsewhere bring their own.
pub(super) fn parse_search_params(
    content: &Content,
    language: Language,
    query: &str,
) -> (SearchRequest, Option<Refusal>) {
    let mut ask = SearchRequest::new("", language);
    let mut refusal = None;
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if value.is_empty() {
            continue;
        }
        let shown = || value.chars().take(MAX_SHOWN).collect::<String>();
        let unknown = |what: fn(String) -> Refusal| Some(what(shown()));
        let refused = match &*name {
            parameter::QUERY => {
                ask.query = value
                    .chars()
                    .map(|one| if is_shown(one) { one } else { ' ' })
                    .take(MAX_QUERY)
                    .collect();
                (value.chars().nth(MAX_QUERY).is_some()).then_some(Refusal::TooLong)
            }
            parameter::CATEGORY => {
                ask.filters.category =
                    content.categories.iter().position(|category| category.slug == *value);
                if ask.filters.category.is_none() { unknown(Refusal::NoFilter) } else { None }
            }
            parameter::YEAR => {
                ask.filters.year = number(&value).filter(|year| (1..=9999).contains(year));
                if ask.filters.year.is_none() { unknown(Refusal::NoFilter) } else { None }
            }
            parameter::KIND => {
                ask.filters.kind = DocumentKind::ALL.into_iter().find(|kind| kind.name() == value);
                if ask.filters.kind.is_none() { unknown(Refusal::NoFilter) } else { None }
            }
            parameter::LANGUAGE => {
                ask.filters.language = content.site.languages.find(&value);
                if ask.filters.language.is_none() { unknown(Refusal::NoFilter) } else { None }
            }
            parameter::ORDER => {
                let order = [SortOrder::Relevance, SortOrder::Date]
                    .into_iter()
                    .find(|order| order.name() == value);
                ask.order = order.unwrap_or_default();
                if order.is_none() { unknown(Refusal::NoOrder) } else { None }
            }
            parameter::PAGE => {
                let page = number(&value).filter(|page| (1..=MAX_PAGE).contains(page));
                ask.page = page.unwrap_or(1);
                if page.is_none() { unknown(Refusal::NoPage) } else { None }
            }
            _ => None,
        };
        refusal = refusal.or(refused);
    }
    (ask, refusal)
}

/// A number in its one spelling, so that what it names has one address.
fn number<T: FromStr>(text: &str) -> Option<T> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    text.parse().ok().filter(|_| is_plain)
}

/// Whether a character is searched for and shown again. Marks that turn the direction of what follows would turn the
/// page's own words too.
fn is_shown(character: char) -> bool {
    is_text(character) && !matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether this is what names of files end with.
fn is_ending(text: &str) -> bool {
    (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The words of a path, without its language, its ending, and the section before others.
pub(super) fn keywords_from_path(content: &Content, path: &str) -> String {
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let last = segments.len().saturating_sub(1);
    let mut words = String::new();
    for (place, segment) in segments.into_iter().enumerate() {
        let name = segment
            .rsplit_once('.')
            .filter(|(_, ending)| is_ending(ending))
            .map_or(segment, |(name, _)| name);
        // A section is often named as one of its kind, or in capitals.
        let is_named =
            |slug: &str| slug.eq_ignore_ascii_case(name) || slug.strip_suffix('s') == Some(name);
        let is_folder =
            is_named("goals") || content.sections.iter().any(|section| is_named(&section.slug));
        let is_language = place == 0 && content.site.languages.find(name).is_some();
        let is_needless = is_language || place < last && is_folder || name == "index";
        if !is_needless {
            words.extend(name.chars().map(|one| if one.is_alphanumeric() { one } else { ' ' }));
            words.push(' ');
        }
    }
    words.trim().chars().take(MAX_QUERY).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_path_are_what_its_names_say() {
        let files = [
            ("site.toml", "languages = [\"en\", \"zh\"]"),
            ("bulletins/_index.md", "---\ntitle: B\n---\n"),
        ];
        let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
        let content = Content::read(&files.into_iter().collect()).0;
        let table = [
            ("/bulletins/2022-nursing-beds/", "2022 nursing beds"),
            ("/zh/bulletins/养老_床位.html", "养老 床位"),
            ("/BULLETINS/childcare/", "childcare"),
            ("/bulletin/childcare/", "childcare"),
            ("/goals/livelihoods/jobs/", "livelihoods jobs"),
            ("/bulletins/", "bulletins"),
            ("/", ""),
            ("/index.html", ""),
            ("/a/../b", "a    b"),
            ("/bulletins/v2.snow-report/", "v2 snow report"),
        ];
        for (path, words) in table {
            assert_eq!(
                keywords_from_path(&content, path).split_whitespace().collect::<Vec<_>>(),
                words.split_whitespace().collect::<Vec<_>>(),
                "{path}"
            );
        }
        assert!(keywords_from_path(&content, &"/a-".repeat(1_000)).chars().count() <= MAX_QUERY);
    }
}
