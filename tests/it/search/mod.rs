//! Search over HTTP: results, order, responses.

mod http;
mod index_updates;
mod judgements;
mod matching;
mod navigational;
mod properties;
mod ranking;

use std::sync::LazyLock;

use gazette::search::Indexer;

use crate::harness::{Folder, Page, Site, TODAY, edition_of, href, real_snapshot};

impl Site {
    /// The site, once its search is ready.
    pub(crate) fn searchable(self) -> Self {
        self.edition().search().build_index(&mut Indexer::default());
        self
    }

    /// The addresses of the results of a search.
    #[track_caller]
    fn found(&self, query: &str) -> Vec<String> {
        results(&self.page(&address("", query)))
    }
}

/// The search of the real content.
fn real() -> Site {
    static REAL: LazyLock<std::sync::Arc<gazette::http::State>> = LazyLock::new(|| {
        let edition = edition_of(&real_snapshot(), TODAY);
        edition.search().build_index(&mut Indexer::default());
        std::sync::Arc::new(gazette::http::State::new(edition))
    });
    Site::shared(&REAL)
}

/// The address of a search in a language, given as its root without the first slash: `zh/`.
fn address(language: &str, query: &str) -> String {
    let mut address = url::form_urlencoded::Serializer::new(format!("/{language}search/?"));
    address.append_pair("q", query);
    address.finish()
}

/// The addresses of the results of a page, in order.
#[track_caller]
fn results(page: &Page) -> Vec<String> {
    page.all(".found > li").into_iter().map(href).collect()
}

/// A city with bulletins of one day with these bodies.
fn city(bodies: &[(&str, &str)]) -> Folder {
    bodies.iter().fold(Folder::city(), |folder, (slug, body)| {
        folder.bulletin(slug, "published: 2022-05-05", body)
    })
}
