//! Renders the record into files: HTML, Atom, JSON, CSV, the sitemap, and the assets.
//!
//! The entry point is [`render`]. Each page kind has a file here with the struct of its template;
//! `layout` surrounds all pages, `components` are parts that pages share, `data` is the JSON and
//! CSV.

mod assets;
mod bulletin;
mod category;
mod components;
mod context;
mod data;
mod discovery;
mod documents;
mod error_page;
mod goal;
mod goal_list;
mod gone;
mod home;
mod inputs;
mod layout;
mod markup;
mod moved;
mod output;
mod per_bulletin;
mod progress_method;
pub(crate) mod search;
mod section;
mod static_page;
pub(crate) mod versions;

use std::sync::Arc;

use bytes::Bytes;
use rayon::prelude::*;

use crate::content::Text;
use crate::language::Language;
use crate::record::{BulletinGroup, BulletinId, CategoryId, GoalId, Gone, PageRef, Record};

use assets::Assets;
use context::Context;
use discovery::calendars::CalendarFile;
use discovery::{feeds, opensearch, sitemap, well_known};
use documents::bulletin_group;
use goal_list::Selection;
use inputs::Inputs;
use layout::alerts::alert_views;
use layout::look::LookView;
use section::List;

pub use assets::encoded as encoded_path;
pub use discovery::well_known::security_expires;
pub use error_page::ERROR_ID_MARK;
pub use inputs::InputHash;
pub(crate) use markup::figures::whole_figures;
pub use markup::page_shell::PageShell;
pub use moved::moved_page;
pub use output::{
    CitationFile, ErrorPage, Memento, Output, OutputBody, OutputKind, RenderError, ShellKind,
};
pub use section::PER_PAGE;

/// Renders every file of the site, in the same order on every machine. `builtin` are the program's
/// own assets, by name.
///
/// # Errors
/// Fails if a template or a writer fails, which content cannot cause.
pub fn render(
    record: &Record<'_>,
    builtin: &[(String, Bytes)],
) -> Result<Vec<Output>, RenderError> {
    let made = render_each(record, builtin, |_| Ok(Uncompressed))?;
    Ok(made.into_iter().flat_map(|made| made.outputs).collect())
}

/// Keeps outputs as they are rendered.
struct Uncompressed;

impl OutputSink for Uncompressed {
    type Worker = ();
    type Made = Output;

    fn new_worker(&self) {}

    fn take(&self, (): &mut (), output: Output) -> Output {
        output
    }

    fn reuse(&self, _: InputHash) -> Option<Vec<Output>> {
        None
    }
}

/// The outputs of one job.
#[derive(Debug)]
pub struct JobOutputs<T> {
    /// The hash of its inputs, if the next edition may use the outputs again.
    pub inputs: Option<InputHash>,
    pub outputs: Vec<T>,
}

/// Takes outputs as soon as they are made, so that not all of them are in memory at once.
pub trait OutputSink: Sync {
    /// The state that one thread uses for all outputs it takes.
    type Worker;
    type Made: Send;

    fn new_worker(&self) -> Self::Worker;

    fn take(&self, worker: &mut Self::Worker, output: Output) -> Self::Made;

    /// The outputs that were made from the same inputs before; they are not rendered again.
    fn reuse(&self, inputs: InputHash) -> Option<Vec<Self::Made>>;
}

/// Renders as [`render`] does, into a sink. `new_sink` can call its argument for typical outputs,
/// those of the newest bulletin in each language, which are rendered only then.
///
/// # Errors
/// Fails as [`render`] does.
pub fn render_each<S: OutputSink>(
    record: &Record<'_>,
    builtin: &[(String, Bytes)],
    new_sink: impl FnOnce(&dyn Fn() -> Result<Vec<Output>, RenderError>) -> Result<S, RenderError>,
) -> Result<Vec<JobOutputs<S::Made>>, RenderError> {
    let assets = Assets::new(record, builtin);
    let look = LookView::new(record, &assets);
    let context = Context::new(record, &assets, &look);
    let alerts = record.languages().map(|language| alert_views(&context, language)).collect();
    let context = context.with_alerts(alerts);
    let lists: Vec<Vec<List>> = record
        .sections
        .iter()
        .enumerate()
        .map(|(index, section)| List::of(&context, index, section))
        .collect();
    let jobs = jobs(record, &lists);
    let inputs = Inputs::new(&context);
    let sink = new_sink(&|| typical_outputs(&context))?;
    let (made, mut rest) =
        rayon::join(|| run_all(&jobs, &context, &inputs, &sink), || redirects(&context, &lists));
    let mut made = made?;
    rest.extend(assets.all().map(|asset| {
        let mut output =
            Output::file(asset.path.clone(), asset.media_type, None, asset.bytes.clone());
        output.kind = if asset.is_hashed { OutputKind::Asset } else { OutputKind::File };
        output
    }));
    let rest = rest.into_par_iter();
    let outputs =
        rest.map_init(|| sink.new_worker(), |worker, output| sink.take(worker, output)).collect();
    made.push(JobOutputs { inputs: None, outputs });
    Ok(made)
}

/// Runs jobs on all cores, except those whose outputs the sink has already.
fn run_all<S: OutputSink>(
    jobs: &[Job<'_>],
    context: &Context<'_>,
    inputs: &Inputs<'_, '_>,
    sink: &S,
) -> Result<Vec<JobOutputs<S::Made>>, RenderError> {
    let prefix = context.record.content.site.path_prefix();
    jobs.par_iter()
        .with_max_len(MAX_JOBS)
        .map_init(
            || sink.new_worker(),
            |worker, job| {
                let inputs = job.inputs(inputs);
                if let Some(outputs) = inputs.and_then(|inputs| sink.reuse(inputs)) {
                    return Ok(JobOutputs { inputs, outputs });
                }
                let outputs = job.run(context)?.into_iter();
                let outputs =
                    outputs.map(|output| sink.take(worker, output.with_path_prefix(prefix)));
                Ok(JobOutputs { inputs, outputs: outputs.collect() })
            },
        )
        .collect()
}

/// The outputs of the newest bulletin in each language.
fn typical_outputs(context: &Context<'_>) -> Result<Vec<Output>, RenderError> {
    let record = context.record;
    let mut outputs = Vec::new();
    for language in record.languages() {
        let newest = record.bulletin_ids().find_map(|id| {
            Some(Job::Bulletin(id, record.bulletin(id).source.texts.get(language)?))
        });
        if let Some(job) = newest {
            outputs.extend(job.run(context)?);
        }
    }
    Ok(outputs)
}

/// How many jobs one thread takes at most at once: a few, so that no core waits for the other at
/// the end.
const MAX_JOBS: usize = 128;

/// A page to render, with the files that belong to it.
enum Job<'r> {
    Home(Language),
    Goals(Selection, Language),
    Method(Language),
    Category(CategoryId, Language),
    Goal(GoalId, &'r Text),
    Bulletin(BulletinId, &'r Text),
    /// The pages of its earlier texts in one language.
    Versions(BulletinId, &'r Text),
    Gone(&'r Gone<'r>, &'r Text),
    List {
        list: &'r List,
        years: Arc<[i16]>,
        language: Language,
        page: usize,
    },
    StaticPage(usize, &'r Text),
    ErrorPage(ErrorPage, Language),
    Search(Language),
    SiteFeeds(Language),
    Consultations(Language),
    GroupList(PageRef, Language),
    Group(&'r BulletinGroup<'r>, Language),
    Data,
    Sitemap(&'r [Vec<List>]),
    WellKnown,
}

impl Job<'_> {
    fn inputs(&self, inputs: &Inputs<'_, '_>) -> Option<InputHash> {
        match self {
            Self::Bulletin(id, text) => inputs.of_bulletin(*id, text),
            Self::Versions(id, text) => Some(inputs.of_versions(*id, text)),
            Self::List { list, years, language, page } => {
                inputs.of_list(list, *language, *page, years)
            }
            _ => None,
        }
    }

    fn run(&self, context: &Context<'_>) -> Result<Vec<Output>, RenderError> {
        match self {
            Self::Home(language) => home::render(context, *language),
            Self::Goals(selection, language) => goal_list::render(context, *selection, *language),
            Self::Method(language) => progress_method::render(context, *language),
            Self::Category(id, language) => {
                let mut outputs = category::render(context, *id, *language)?;
                outputs.push(feeds::of_category(context, *id, *language)?);
                Ok(outputs)
            }
            Self::Goal(id, text) => {
                let mut outputs = goal::render(context, *id, text)?;
                outputs.push(feeds::of_goal(context, *id, text)?);
                outputs.extend(goal::calendar(context, *id, text).render());
                outputs.push(data::progress_of_goal(context, *id, text)?);
                Ok(outputs)
            }
            Self::Bulletin(id, text) => bulletin::render(context, *id, text),
            Self::Versions(id, text) => versions::render(context, *id, text),
            Self::Gone(gone, text) => gone::render(context, gone, text),
            Self::List { list, years, language, page } => {
                list.render(context, *language, *page, years)
            }
            Self::StaticPage(index, text) => {
                static_page::render(context, *index, &context.record.content.pages[*index], text)
            }
            Self::ErrorPage(error, language) => {
                Ok(vec![error_page::render(context, *error, *language)?])
            }
            Self::Search(language) => {
                let mut outputs = search::index::render(context, *language)?;
                outputs.push(opensearch::render(context, *language)?);
                outputs.push(search::index::results_shell(context, *language)?);
                outputs.push(error_page::not_found_shell(context, *language)?);
                Ok(outputs)
            }
            Self::SiteFeeds(language) => {
                let mut outputs = feeds::of_site(context, *language)?;
                outputs.extend(CalendarFile::of_site(context, *language).render());
                Ok(outputs)
            }
            Self::Consultations(language) => documents::consultations::render(context, *language),
            Self::GroupList(list, language) => {
                bulletin_group::render_list(context, *list, *language)
            }
            Self::Group(group, language) => {
                let mut outputs = bulletin_group::render(context, group, *language)?;
                outputs.push(feeds::of_group(context, group, *language)?);
                outputs.extend(bulletin_group::calendar(context, group, *language).render());
                Ok(outputs)
            }
            Self::Data => data::render(context),
            Self::Sitemap(lists) => sitemap::render(context, lists),
            Self::WellKnown => {
                let mut outputs = well_known::robots(context);
                outputs.extend(well_known::security(context));
                Ok(outputs)
            }
        }
    }
}

fn jobs<'r>(record: &'r Record<'r>, lists: &'r [Vec<List>]) -> Vec<Job<'r>> {
    // The longest ones first.
    let mut jobs = vec![Job::Data, Job::Sitemap(lists), Job::WellKnown];
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
        if record.has_consultations() {
            jobs.push(Job::Consultations(language));
        }
        jobs.extend(record.group_lists().into_iter().map(|list| Job::GroupList(list, language)));
        jobs.extend(record.groups.iter().map(|group| Job::Group(group, language)));
        jobs.extend(ErrorPage::ALL.map(|error| Job::ErrorPage(error, language)));
        for section in lists {
            let years: Arc<[i16]> = section.iter().filter_map(List::year).collect();
            for list in section {
                let pages = 1..=list.pages();
                jobs.extend(pages.map(|page| Job::List {
                    list,
                    years: Arc::clone(&years),
                    language,
                    page,
                }));
            }
        }
    }
    for index in record.static_pages() {
        let page = &record.content.pages[index];
        jobs.extend(page.texts.all().map(|text| Job::StaticPage(index, text)));
    }
    for id in record.goal_ids() {
        jobs.extend(record.goal(id).source.texts.all().map(|text| Job::Goal(id, text)));
    }
    for id in record.bulletin_ids() {
        let bulletin = record.bulletin(id);
        jobs.extend(bulletin.source.texts.all().map(|text| Job::Bulletin(id, text)));
        if !bulletin.versions.is_empty() {
            jobs.extend(bulletin.source.texts.all().map(|text| Job::Versions(id, text)));
        }
    }
    for gone in &record.gone {
        jobs.extend(gone.source.texts.all().map(|text| Job::Gone(gone, text)));
    }
    jobs
}

/// Redirects from aliases, and from `page/1/` of every list.
fn redirects(context: &Context<'_>, lists: &[Vec<List>]) -> Vec<Output> {
    let aliases = context.record.aliases();
    let mut redirects = versions::redirects(context.record, &aliases);
    redirects.extend(aliases.into_iter().map(|(from, to)| Output::redirect(from, to)));
    for list in lists.iter().flatten() {
        for language in context.record.languages() {
            let first = list.path(context, language, 1);
            redirects.push(Output::redirect(format!("{first}page/1/"), first));
        }
    }
    redirects
}
