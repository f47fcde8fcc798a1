//! A small edition in two languages for the tests of `http`.

use std::sync::Arc;

use actix_web::web::Bytes;
use foldhash::{HashMap, HashMapExt as _};
use jiff::Timestamp;

use crate::content::Content;
use crate::edition::{
    Body, CachePolicy, Compression, ERROR_ID_MARK, Edition, Encoding, ErrorPage, LanguageRoot,
    Memento, PageShell, PathEntry, QueryRedirect, Resource, ShellKind, Summary,
};
use crate::language::{Language, Languages};
use crate::record::Record;
use crate::search::{Corpus, Search};
use crate::source::Snapshot;

const HTML: &str = "text/html; charset=utf-8";
const PDF: &str = "application/pdf";

/// The edition `first` of 2022-05-05 02:00 UTC. Each body is its path and the suffix of its coding.
pub(crate) fn edition() -> Edition {
    let found = [
        ("/", HTML, Some("en"), CachePolicy::Page),
        ("/goals/", HTML, Some("en"), CachePolicy::Page),
        ("/zh/哈尔滨/", HTML, Some("zh"), CachePolicy::Page),
        ("/goals/index.json", "application/json", None, CachePolicy::Page),
        ("/feed.xml", "application/atom+xml; charset=utf-8", Some("en"), CachePolicy::Page),
        ("/static/site.0123.css", "text/css; charset=utf-8", None, CachePolicy::Immutable),
        ("/plan.pdf", PDF, None, CachePolicy::Page),
    ];
    let found = found.map(|(path, media_type, language, cache)| {
        (path.into(), PathEntry::Found(resource(path, media_type, language, cache)))
    });
    let tiny = Body::for_test("/tiny/", |encoding| {
        (encoding == Encoding::Identity).then(|| Bytes::from_static(b"/tiny/"))
    });
    let tiny =
        Resource { body: Arc::new(tiny), ..resource("/tiny/", HTML, None, CachePolicy::Page) };
    let original = Memento::Original {
        link: "<https://x.example/history/>; rel=\"original timegate\"".to_owned(),
        versions: vec![(Timestamp::UNIX_EPOCH, "/history/versions/1970-01-01/".to_owned())],
        present_from: "2022-05-05T02:00:00Z".parse().unwrap_or_default(),
    };
    let version = Memento::Version {
        link: "<https://x.example/history/>; rel=\"original timegate\"".to_owned(),
        datetime: "Thu, 01 Jan 1970 00:00:00 GMT".to_owned(),
    };
    let [original, version] = [("/history/", original), ("/history/versions/1970-01-01/", version)]
        .map(|(path, memento)| {
            let page = resource(path, HTML, Some("en"), CachePolicy::Page);
            (path.into(), PathEntry::Found(Resource { memento: Some(Arc::new(memento)), ..page }))
        });
    let others = [
        original,
        version,
        ("/tiny/".into(), PathEntry::Found(tiny)),
        ("/gone/".into(), PathEntry::Gone(resource("/gone/", HTML, Some("en"), CachePolicy::Page))),
        ("/old/path/".into(), PathEntry::Redirect("/zh/哈尔滨/".into())),
    ];
    let content = Arc::new(Content::read(&Snapshot::default()).0);
    Edition {
        path_prefix: "".into(),
        entries: found.into_iter().chain(others).collect(),
        pages: HashMap::new(),
        compression: Compression::default(),
        query_redirects: query_redirects(),
        default: language("/", "en"),
        others: vec![language("/zh/", "zh")],
        search: Search::new(Corpus::of(&content, &Record::at(&content, Timestamp::UNIX_EPOCH))),
        summary: Summary::default(),
        id: "first".into(),
        instant: "2022-05-05T02:00:00Z".parse().unwrap_or_default(),
        valid_until: None,
    }
}

fn query_redirects() -> HashMap<Box<str>, Vec<QueryRedirect>> {
    let show = vec![redirect(&["id=12"], "/goals/"), redirect(&["a=1", "id=12"], "/tiny/")];
    let root = vec![redirect(&["p=7"], "/goals/")];
    [("/show.asp".into(), show), ("/".into(), root)].into_iter().collect()
}

fn redirect(parts: &[&str], target: &str) -> QueryRedirect {
    QueryRedirect {
        parts: parts.iter().map(|part| (*part).to_owned()).collect(),
        target: target.into(),
    }
}

fn language(root: &str, tag: &str) -> LanguageRoot {
    let language = Languages::new(Vec::new()).find(tag).unwrap_or(Language::DEFAULT);
    LanguageRoot {
        root: root.into(),
        language,
        error_pages: ErrorPage::ALL.map(|problem| {
            let mark = if problem == ErrorPage::Internal { ERROR_ID_MARK } else { "page" };
            resource(&format!("{tag} {problem:?} {mark}"), HTML, Some(tag), CachePolicy::Never)
        }),
        shells: ShellKind::ALL.map(|kind| PageShell::of(&format!("{tag} {kind:?}"))),
    }
}

fn resource(
    text: &str,
    media_type: &'static str,
    language: Option<&str>,
    cache: CachePolicy,
) -> Resource {
    let digest: String =
        text.chars().map(|one| if one.is_ascii() { one } else { '_' }).take(32).collect();
    Resource {
        media_type,
        language: language.map(Into::into),
        cache,
        is_file: media_type == PDF,
        memento: None,
        body: Arc::new(Body::for_test(&digest, |encoding| {
            Some(Bytes::from(format!("{text}{}", encoding.suffix())))
        })),
    }
}
