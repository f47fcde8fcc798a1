//! The page on which any two texts of a bulletin can be compared, and their comparison, which is
//! rendered for each request: all pairs of 200 texts would be 20,000 pages.

use askama::Template;
use jiff::Timestamp;
use url::form_urlencoded;

use super::comparison::Changes;
use super::{TextHistory, compare_path};
use crate::content::{Content, Moment, Text};
use crate::language::{Language, Locale};
use crate::pages::layout::Layout;
use crate::pages::markup::path_prefix::add_path_prefix;
use crate::pages::output::{Output, OutputKind, RenderError};
use crate::record::Version;

/// The value of the present text; earlier ones have the day from which they were public.
const PRESENT: &str = "present";

/// The markup around the form in the page without a comparison.
const START: &str = "<div id=\"chosen\">\n";
const END: &str = "\n</div>\n</div>\n</article>";

#[derive(Template)]
#[template(path = "pages/version_compare.html")]
struct ComparePage<'r> {
    layout: Layout<'r>,
    /// The title of the present text.
    title: &'r str,
    list: String,
    choice: String,
}

/// The form, and the changes between the chosen texts.
#[derive(Template)]
#[template(path = "pages/version_choice.html")]
struct ChoiceView<'l> {
    locale: &'l Locale,
    action: String,
    choices: [Choice<'l>; 2],
    /// The texts, the oldest first: their values and labels.
    options: Vec<(String, String)>,
    changes: Option<Changes>,
}

impl ChoiceView<'_> {
    fn chosen_label(&self, choice: &Choice<'_>) -> &str {
        let chosen = self.options.iter().find(|(value, _)| choice.is_chosen(value));
        chosen.map_or("", |(_, label)| label)
    }
}

struct Choice<'l> {
    name: &'static str,
    label: &'l str,
    chosen: String,
}

impl Choice<'_> {
    fn is_chosen(&self, value: &str) -> bool {
        self.chosen == value
    }
}

/// The texts of a bulletin in a language, for the choice.
struct Texts<'c> {
    locale: &'c Locale,
    action: String,
    /// Each with its value and label, the oldest first.
    all: Vec<(String, String, &'c Text)>,
}

pub(super) fn render(history: &TextHistory<'_, '_>) -> Result<Output, RenderError> {
    let TextHistory { context, language, .. } = *history;
    let locale = context.locale(language);
    let texts = Texts::new(locale, &history.path, &history.versions, history.text);
    let mut meta = history.meta(None, compare_path);
    meta.title = locale.label(locale.compare_texts(), &history.text.title.value);
    meta.crumb = Some(locale.compare_texts().to_owned());
    meta.above.push(history.list_crumb());
    let first = texts.all.first().map_or(PRESENT, |(value, ..)| value).to_owned();
    let mut layout = Layout::new(context, meta);
    // Its data would be the comparison, which each request chooses.
    layout.json = None;
    let view = ComparePage {
        layout,
        title: &history.text.title.value,
        list: history.list_path(),
        choice: texts.view([first, PRESENT.to_owned()], None).render()?.trim().to_owned(),
    };
    Output::html(&compare_path(&history.path), OutputKind::Page, language, &view)
}

/// The reason why two texts are not compared.
#[derive(Debug)]
pub(crate) enum ComparisonProblem {
    /// The bulletin has no such text.
    NoText,
    Internal,
}

/// Whether a path may be that of the page with the choice.
pub(crate) fn is_choice(path: &str) -> bool {
    path.ends_with(&compare_path("/"))
}

/// Completes the page with the choice, which is at `path`, by the changes between the two texts
/// that a query names.
///
/// # Errors
/// Fails if the query does not name two texts that the bulletin has.
pub(crate) fn compared(
    content: &Content,
    instant: Timestamp,
    path: &str,
    language: Language,
    query: &str,
    page: &str,
) -> Result<String, ComparisonProblem> {
    let root = content.site.languages.root(language);
    let bulletin = path.strip_suffix(&compare_path("")).ok_or(ComparisonProblem::NoText)?;
    let (folder, slug) = bulletin
        .strip_prefix(&root)
        .and_then(|below| below.strip_suffix('/')?.rsplit_once('/'))
        .ok_or(ComparisonProblem::NoText)?;
    let mut bulletins = content.bulletins.iter();
    let source = bulletins
        .find(|source| source.folder == folder && source.slug == slug)
        .ok_or(ComparisonProblem::NoText)?;
    let versions: Vec<_> = Version::replaced_at(source, instant)
        .into_iter()
        .filter_map(|version| Some((version, version.source.texts.get(language)?)))
        .collect();
    let present = source.texts.get(language).ok_or(ComparisonProblem::NoText)?;
    let texts = Texts::new(content.locale(language), bulletin, &versions, present);
    let chosen = ["from", "to"].map(|name| value_of(query, name));
    let [old, new] = [texts.find(&chosen[0])?, texts.find(&chosen[1])?];
    let changes = Changes::between(old, new, texts.locale);
    let main = texts.view(chosen, Some(changes)).render();
    let main = main.map_err(|_| ComparisonProblem::Internal)?;
    let main = add_path_prefix(content.site.path_prefix(), main.trim());
    let (before, rest) = page.split_once(START).ok_or(ComparisonProblem::Internal)?;
    let (_, after) = rest.rsplit_once(END).ok_or(ComparisonProblem::Internal)?;
    Ok(format!("{before}{START}{main}{END}{after}"))
}

fn value_of(query: &str, name: &str) -> String {
    let mut parameters = form_urlencoded::parse(query.as_bytes());
    parameters.find(|(key, _)| key == name).map_or_else(String::new, |(_, value)| value.into())
}

impl<'c> Texts<'c> {
    fn new(
        locale: &'c Locale,
        bulletin: &str,
        versions: &[(Version<'c>, &'c Text)],
        present: &'c Text,
    ) -> Self {
        let earlier = versions.iter().map(|(version, text)| {
            let (from, until) = (date(locale, version.from), date(locale, version.until));
            let label = locale.text_from_until(&from, &until);
            (version.source.day.to_string(), label, *text)
        });
        let present = (PRESENT.to_owned(), locale.present_text().to_owned(), present);
        let all = earlier.chain([present]).collect();
        Self { locale, action: compare_path(bulletin), all }
    }

    fn find(&self, value: &str) -> Result<&'c Text, ComparisonProblem> {
        let found = self.all.iter().find(|(known, ..)| known == value);
        found.map(|(.., text)| *text).ok_or(ComparisonProblem::NoText)
    }

    fn view(self, chosen: [String; 2], changes: Option<Changes>) -> ChoiceView<'c> {
        let Self { locale, action, all } = self;
        let [from, to] = chosen;
        ChoiceView {
            locale,
            action,
            choices: [
                Choice { name: "from", label: locale.compare_from(), chosen: from },
                Choice { name: "to", label: locale.compare_to(), chosen: to },
            ],
            options: all.into_iter().map(|(value, label, _)| (value, label)).collect(),
            changes,
        }
    }
}

fn date(locale: &Locale, moment: Moment) -> String {
    if moment.has_time { locale.date_time(moment.civil) } else { locale.date(moment.date()) }
}
