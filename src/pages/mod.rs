//! The record into bytes: HTML, Atom, JSON, sitemap and the files beside them.
//!
//! Enter at [`render`]. One file a page kind, each with the struct of its template; `layout` is what is around all of
//! them, `rows` what lists share.

mod amount;
mod assets;
mod bulletin;
mod category;
mod chart;
mod context;
mod data;
mod evidence;
mod feed;
mod figure;
mod frame;
mod goal;
mod goals;
mod gone;
mod government;
mod home;
mod html;
mod layout;
mod links;
mod machines;
mod method;
mod plain;
mod problem;
mod progress;
mod prose;
mod report;
mod rows;
pub(crate) mod search;
mod section;
mod sitemap;
mod state;
mod structured_data;
mod sum;

use askama::Template;
use bytes::Bytes;
use jiff::Timestamp;
use rayon::prelude::*;
use serde::Serialize;

use crate::content::Text;
use crate::language::Language;
use crate::record::{BulletinId, CategoryId, GoalId, Gone, Record};

use assets::Assets;
use context::Context;
use goals::Selection;
use section::List;

pub use frame::Frame;
pub use machines::security_expires;
pub use problem::{ERROR_ID_MARK, Problem};
pub use section::PER_PAGE;

/// The media type of pages.
const HTML: &str = "text/html; charset=utf-8";

/// One file of the site, made but not packed.
#[derive(Debug)]
pub struct Output {
    /// Its path from the root, decoded.
    pub path: String,
    /// What answers there.
    pub kind: OutputKind,
    /// What the bytes are.
    pub media_type: &'static str,
    /// The language it is written in, if in one.
    pub language: Option<Language>,
    /// When its content last changed, by the content's own dates.
    pub modified: Option<Timestamp>,
    /// The bytes.
    pub body: Bytes,
}

/// What answers at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutputKind {
    /// A page, a feed, data.
    Page,
    /// A file whose name holds the hash of its bytes.
    Asset,
    /// 410, with this page.
    Gone,
    /// The page for a problem; it has no path of its own.
    Problem(Problem),
    /// A page with gaps; it has no path of its own.
    Frame(FrameKind),
    /// 308 to this path.
    Redirect(String),
}

/// What a page with gaps is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FrameKind {
    /// Results of a search.
    Search,
    /// An address that has nothing, with what was perhaps looked for.
    NotFound,
}

impl FrameKind {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Search, Self::NotFound];
}

impl Output {
    fn page_with_data<T: Template, D: Serialize>(
        path: &str,
        language: Language,
        modified: Option<Timestamp>,
        page: &T,
        data: &D,
    ) -> askama::Result<Vec<Self>> {
        Ok(vec![
            Self::html(path, OutputKind::Page, language, modified, page)?,
            Self::json(format!("{path}index.json"), "application/json", language, modified, data)?,
        ])
    }

    fn gone<T: Template>(path: &str, language: Language, page: &T) -> askama::Result<Self> {
        Self::html(path, OutputKind::Gone, language, None, page)
    }

    fn problem<T: Template>(
        problem: Problem,
        language: Language,
        page: &T,
    ) -> askama::Result<Self> {
        Self::html("", OutputKind::Problem(problem), language, None, page)
    }

    fn frame<T: Template>(kind: FrameKind, language: Language, page: &T) -> askama::Result<Self> {
        Self::html("", OutputKind::Frame(kind), language, None, page)
    }

    fn html<T: Template>(
        path: &str,
        kind: OutputKind,
        language: Language,
        modified: Option<Timestamp>,
        page: &T,
    ) -> askama::Result<Self> {
        let mut body = String::with_capacity(T::SIZE_HINT.max(8 << 10));
        page.render_into(&mut body)?;
        let body = Bytes::from(body);
        Ok(Self {
            path: path.to_owned(),
            kind,
            media_type: HTML,
            language: Some(language),
            modified,
            body,
        })
    }

    fn json<D: Serialize>(
        path: String,
        media_type: &'static str,
        language: Language,
        modified: Option<Timestamp>,
        data: &D,
    ) -> askama::Result<Self> {
        let mut body = serde_json::to_vec(data).map_err(askama::Error::custom)?;
        body.push(b'\n');
        Ok(Self::file(path, media_type, Some(language), modified, Bytes::from(body)))
    }

    fn file(
        path: String,
        media_type: &'static str,
        language: Option<Language>,
        modified: Option<Timestamp>,
        body: Bytes,
    ) -> Self {
        Self { path, kind: OutputKind::Page, media_type, language, modified, body }
    }

    fn redirect(from: String, to: String) -> Self {
        let mut output = Self::file(from, HTML, None, None, Bytes::new());
        output.kind = OutputKind::Redirect(to);
        output
    }
}

/// Every file of the site, in one order on every machine. `own` are the program's assets, by name.
///
/// # Errors
/// Fails when a template does, which content cannot cause.
pub fn render(record: &Record<'_>, own: &[(String, Bytes)]) -> askama::Result<Vec<Output>> {
    let assets = Assets::new(record, own);
    let context = Context::new(record, &assets);
    let lists: Vec<Vec<List>> = record
        .sections
        .iter()
        .enumerate()
        .map(|(place, section)| List::of(&context, place, section))
        .collect();
    let jobs = jobs(record, &lists);
    let made: Vec<Vec<Output>> =
        jobs.par_iter().map(|job| job.run(&context)).collect::<askama::Result<_>>()?;
    let mut outputs: Vec<Output> = made.into_iter().flatten().collect();
    outputs.extend(machines::robots(&context));
    outputs.extend(machines::security(&context));
    outputs.extend(sitemap::render(&context, &lists)?);
    outputs.extend(redirects(&context, &lists));
    outputs.extend(assets.all().map(|asset| {
        let mut output =
            Output::file(asset.path.clone(), asset.media_type, None, None, asset.bytes.clone());
        if asset.is_hashed {
            output.kind = OutputKind::Asset;
        }
        output
    }));
    Ok(outputs)
}

/// One page to be made, with what comes with it.
enum Job<'r> {
    Home(Language),
    Goals(Selection, Language),
    Method(Language),
    Category(CategoryId, Language),
    Goal(GoalId, &'r Text),
    Bulletin(BulletinId, &'r Text),
    Gone(&'r Gone<'r>, &'r Text),
    List { list: &'r List, years: Vec<i16>, language: Language, page: usize },
    Plain(usize, &'r Text),
    Problem(Problem, Language),
    Search(Language),
    SiteFeeds(Language),
    Data,
}

impl Job<'_> {
    fn run(&self, context: &Context<'_>) -> askama::Result<Vec<Output>> {
        match self {
            Self::Home(language) => home::render(context, *language),
            Self::Goals(selection, language) => goals::render(context, *selection, *language),
            Self::Method(language) => method::render(context, *language),
            Self::Category(id, language) => {
                let mut outputs = category::render(context, *id, *language)?;
                outputs.push(feed::of_category(context, *id, *language)?);
                Ok(outputs)
            }
            Self::Goal(id, text) => {
                let mut outputs = goal::render(context, *id, text)?;
                outputs.push(feed::of_goal(context, *id, text)?);
                outputs.push(data::progress_of_goal(context, *id, text)?);
                Ok(outputs)
            }
            Self::Bulletin(id, text) => bulletin::render(context, *id, text),
            Self::Gone(gone, text) => gone::render(context, gone, text),
            Self::List { list, years, language, page } => {
                list.render(context, *language, *page, years)
            }
            Self::Plain(place, text) => {
                plain::render(context, *place, &context.record.content.pages[*place], text)
            }
            Self::Problem(problem, language) => {
                Ok(vec![problem::render(context, *problem, *language)?])
            }
            Self::Search(language) => {
                let mut outputs = search::render(context, *language)?;
                outputs.push(search::describe(context, *language)?);
                outputs.push(search::frame(context, *language)?);
                outputs.push(problem::frame(context, *language)?);
                Ok(outputs)
            }
            Self::SiteFeeds(language) => feed::of_site(context, *language),
            Self::Data => data::render(context),
        }
    }
}

fn jobs<'r>(record: &'r Record<'r>, lists: &'r [Vec<List>]) -> Vec<Job<'r>> {
    // The longest one first.
    let mut jobs = vec![Job::Data];
    for language in record.languages() {
        jobs.extend([
            Job::Home(language),
            Job::Method(language),
            Job::Search(language),
            Job::SiteFeeds(language),
        ]);
        jobs.extend(
            Selection::all(record).into_iter().map(|selection| Job::Goals(selection, language)),
        );
        jobs.extend(record.category_ids().map(|id| Job::Category(id, language)));
        jobs.extend(Problem::ALL.map(|problem| Job::Problem(problem, language)));
        for section in lists {
            let years: Vec<i16> = section.iter().filter_map(List::year).collect();
            for list in section {
                let pages = 1..=list.pages();
                jobs.extend(pages.map(|page| Job::List {
                    list,
                    years: years.clone(),
                    language,
                    page,
                }));
            }
        }
    }
    for (place, page) in record.content.pages.iter().enumerate() {
        jobs.extend(page.texts.all().map(|text| Job::Plain(place, text)));
    }
    for id in record.goal_ids() {
        jobs.extend(record.goal(id).source.texts.all().map(|text| Job::Goal(id, text)));
    }
    for id in record.bulletin_ids() {
        jobs.extend(record.bulletin(id).source.texts.all().map(|text| Job::Bulletin(id, text)));
    }
    for gone in &record.gone {
        jobs.extend(gone.source.texts.all().map(|text| Job::Gone(gone, text)));
    }
    jobs
}

/// Old addresses, and the spelled-out first page of every list.
fn redirects(context: &Context<'_>, lists: &[Vec<List>]) -> Vec<Output> {
    let mut redirects: Vec<Output> =
        context.record.aliases().into_iter().map(|(from, to)| Output::redirect(from, to)).collect();
    for list in lists.iter().flatten() {
        for language in context.record.languages() {
            let first = list.path(context, language, 1);
            redirects.push(Output::redirect(format!("{first}page/1/"), first));
        }
    }
    redirects
}
