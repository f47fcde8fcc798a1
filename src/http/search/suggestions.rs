//! The 404 page with suggestions: results of a search for the words of the path.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::HeaderMap;

use super::limiter::SearchLimiter;
use crate::content::Content;
use crate::edition::{self, Edition, ErrorPage, Resource};
use crate::http::headers::negotiate::preferred_encoding;
use crate::http::response;
use crate::search::SearchRequest;

/// Extensions of files that only programs request; programs read no suggestions.
const PROGRAM_EXTENSIONS: [&str; 16] = [
    "js", "map", "css", "php", "asp", "aspx", "env", "png", "jpg", "jpeg", "gif", "svg", "ico",
    "woff2", "json", "xml",
];

/// The most characters of a path that are searched for.
const MAX_KEYWORDS: usize = 200;

/// A request for a path that does not exist, with a search for pages that the visitor may have
/// meant.
#[derive(Debug)]
pub(crate) struct SuggestionsRequest {
    path: String,
    search: Box<SearchRequest>,
}

impl SuggestionsRequest {
    /// Makes the search from the words of the path; `None` if it has none, and if nothing can be
    /// searched yet.
    pub(crate) fn for_path(edition: &Edition, path: &str) -> Option<Self> {
        let extension = path.rsplit_once('.').map(|(_, extension)| extension);
        if extension.is_some_and(|extension| PROGRAM_EXTENSIONS.contains(&extension))
            || !edition.search().is_ready()
        {
            return None;
        }
        let keywords = keywords_from_path(edition.search().corpus().content(), path);
        let search = SearchRequest::new(&keywords, edition.language(path));
        (!search.is_empty()).then(|| Self { path: path.to_owned(), search: Box::new(search) })
    }

    /// Responds with the 404 page. It has no suggestions if other searches are running, or if the
    /// search fails. `headers` are those of the request.
    pub(crate) async fn respond(
        self,
        limiter: &SearchLimiter,
        edition: Arc<Edition>,
        headers: &HeaderMap,
    ) -> HttpResponse {
        match self.page(limiter, &edition, headers).await {
            Some(page) => {
                let response = response::page(StatusCode::NOT_FOUND, &page, headers);
                // There is only one compressed representation; another client would get another
                // one.
                response::vary_by_encoding(response)
            }
            None => response::error_page(&edition, ErrorPage::NotFound, &self.path, headers),
        }
    }

    async fn page(
        &self,
        limiter: &SearchLimiter,
        edition: &Arc<Edition>,
        headers: &HeaderMap,
    ) -> Option<Resource> {
        // Robots request thousands of paths that never existed: they neither wait for a permit nor
        // make searches wait.
        let permit = limiter.try_acquire()?;
        let span = tracing::error_span!("suggestions", path = self.path);
        let encoding = preferred_encoding(headers);
        let (edition, search) = (Arc::clone(edition), self.search.clone());
        let page =
            limiter.run(permit, span, move || edition::not_found_page(&edition, &search, encoding));
        page.await.ok()?
    }
}

/// The words of a path, without its language, its file extension and the sections that contain it.
fn keywords_from_path(content: &Content, path: &str) -> String {
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let last = segments.len().saturating_sub(1);
    let mut keywords = String::new();
    for (index, segment) in segments.into_iter().enumerate() {
        let name = without_extension(segment);
        let is_language = index == 0 && content.site.languages.find(name).is_some();
        let is_section = index < last && is_section_name(content, name);
        if !is_language && !is_section && name != "index" {
            keywords.extend(name.chars().map(|one| if one.is_alphanumeric() { one } else { ' ' }));
            keywords.push(' ');
        }
    }
    keywords.trim().chars().take(MAX_KEYWORDS).collect()
}

fn without_extension(segment: &str) -> &str {
    match segment.rsplit_once('.') {
        Some((name, extension)) if is_extension(extension) => name,
        _ => segment,
    }
}

fn is_extension(text: &str) -> bool {
    (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Whether a name is that of a section; people often write it in the singular, or in capitals.
fn is_section_name(content: &Content, name: &str) -> bool {
    let slugs = content.sections.iter().map(|section| &*section.slug);
    slugs
        .chain(["goals"])
        .any(|slug| slug.eq_ignore_ascii_case(name) || slug.strip_suffix('s') == Some(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_yields_keywords() {
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
            ("/a/../b", "a b"),
            ("/bulletins/v2.snow-report/", "v2 snow report"),
        ];
        for (path, expected) in table {
            let keywords = keywords_from_path(&content, path);
            let keywords: Vec<_> = keywords.split_whitespace().collect();
            assert_eq!(keywords.join(" "), expected, "{path}");
        }
        let long = keywords_from_path(&content, &"/a-".repeat(1_000));
        assert!(long.chars().count() <= MAX_KEYWORDS);
    }
}
