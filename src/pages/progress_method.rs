//! The page that explains how progress is computed: the rule in words, its constants, examples
//! computed by the rule, and its changelog.

use askama::Template;
use jiff::civil::{Date, date};

use super::components::progress::StatusView;
use super::components::status_text::{bounded, bounded_share, pace, share};
use super::context::{self, Context};
use super::data::file_kind::FileKind;
use super::data::page::Head;
use super::data::page::method::{MethodData, StatusData};
use super::layout::navigation::{Crumb, item_title};
use super::layout::{Layout, PageMeta, cn_gov_meta};
use super::output::{Output, RenderError};
use crate::content::Status;
use crate::content::goal::ReportingFrequency;
use crate::language::{Language, Locale};
use crate::record::PageRef;
use crate::record::progress::calendar::{TimeSpan, end_of_day};
use crate::record::progress::rule::{
    Aim, Assessment, Bound, MONTHS_TO_REPORT, Measure, ON_TRACK_PACE, Point, SLIGHTLY_BEHIND_PACE,
    Step, VERSION, assess_figures, assess_milestones,
};

#[derive(Template)]
#[template(path = "pages/progress_method.html")]
struct MethodPage<'r> {
    layout: Layout<'r>,
    title: &'r str,
    /// Each status, and when a goal has it.
    rules: Vec<(StatusView<'r>, String)>,
    due: String,
    examples: Vec<ExampleRow<'r>>,
    version: String,
    log: Vec<(&'static str, context::Date, &'r str)>,
}

/// A row of the table of examples.
struct ExampleRow<'r> {
    promise: String,
    reported: String,
    seen: String,
    done: String,
    gone: String,
    pace: String,
    status: StatusView<'r>,
}

/// A made-up goal with a number, its reported figure, and the day of evaluation.
struct Example {
    aim: Aim,
    target: f64,
    figure: Option<(f64, Bound, Date)>,
    seen: Date,
}

/// A made-up goal with milestones: how many were reached, and the day of evaluation.
struct Delivery {
    steps: usize,
    reached: usize,
    seen: Date,
}

/// The period of every example.
const YEAR: (Date, Date) = (date(2023, 1, 1), date(2023, 12, 31));

const HALF: Date = date(2023, 6, 30);
const SUMMER: Date = date(2023, 7, 20);
const AFTER: Date = date(2024, 1, 20);
const FROM_ZERO: Aim = Aim::Reach { baseline: 0.0 };
const FROM_24: Aim = Aim::Reach { baseline: 24.0 };

const EXAMPLES: &[Example] = &[
    Example::new(FROM_ZERO, 1000.0, (1010.0, Bound::Exact, date(2023, 9, 30)), date(2023, 10, 20)),
    Example::new(FROM_ZERO, 1000.0, (500.0, Bound::Exact, HALF), SUMMER),
    Example::new(FROM_ZERO, 1000.0, (420.0, Bound::Exact, HALF), SUMMER),
    Example::new(FROM_ZERO, 1000.0, (200.0, Bound::Exact, HALF), SUMMER),
    Example::new(FROM_ZERO, 1000.0, (200.0, Bound::AtLeast, HALF), SUMMER),
    Example::new(FROM_24, 15.0, (19.5, Bound::Exact, HALF), SUMMER),
    Example::new(FROM_24, 15.0, (25.0, Bound::Exact, HALF), SUMMER),
    Example::new(FROM_ZERO, 1000.0, (990.0, Bound::Exact, YEAR.1), AFTER),
    Example::new(FROM_ZERO, 1000.0, (500.0, Bound::Exact, HALF), date(2023, 11, 1)),
    Example { aim: FROM_ZERO, target: 1000.0, figure: None, seen: SUMMER },
    Example::new(Aim::KeepAtLeast, 15.0, (15.2, Bound::Exact, HALF), SUMMER),
    Example::new(Aim::KeepAtLeast, 15.0, (14.8, Bound::Exact, HALF), SUMMER),
    Example::new(Aim::KeepAtLeast, 15.0, (15.2, Bound::Exact, YEAR.1), AFTER),
    Example::new(Aim::KeepAtMost, 0.2, (0.23, Bound::Exact, YEAR.1), AFTER),
];

const DELIVERIES: &[Delivery] = &[
    Delivery { steps: 2, reached: 1, seen: SUMMER },
    Delivery { steps: 2, reached: 2, seen: SUMMER },
    Delivery { steps: 2, reached: 1, seen: AFTER },
];

/// The versions of the rule, the newest first.
const LOG: &[(&str, Date)] = &[(VERSION, date(2026, 11, 23))];

impl Example {
    const fn new(aim: Aim, target: f64, figure: (f64, Bound, Date), seen: Date) -> Self {
        Self { aim, target, figure: Some(figure), seen }
    }

    fn assess(&self) -> Assessment {
        let time_span = TimeSpan { from: YEAR.0.at(0, 0, 0, 0), end: Some(end_of_day(YEAR.1)) };
        let measure = Measure {
            aim: self.aim,
            target: self.target,
            time_span: Some(time_span),
            report_every: Some(ReportingFrequency::Quarter),
        };
        let figures = self.figure.into_iter();
        let points: Vec<Point> = figures
            .map(|(value, bound, as_of)| Point { value, bound, as_of, end: end_of_day(as_of) })
            .collect();
        assess_figures(&measure, &points, self.seen.at(12, 0, 0, 0))
    }

    fn row<'r>(&self, context: &Context<'r>, language: Language) -> ExampleRow<'r> {
        let locale = context.locale(language);
        let judgement = self.assess();
        let none = || locale.no_value().to_owned();
        let bound = self.figure.map_or(Bound::Exact, |(_, bound, _)| bound);
        ExampleRow {
            promise: match self.aim {
                Aim::Reach { baseline: 0.0 } => {
                    locale.target_increase(&locale.number(self.target), &locale.date(YEAR.1))
                }
                Aim::Reach { baseline } => locale.target_from(
                    &locale.number(baseline),
                    &locale.number(self.target),
                    &locale.date(YEAR.1),
                ),
                Aim::KeepAtLeast => locale.target_at_least(&locale.number(self.target)),
                Aim::KeepAtMost => locale.target_at_most(&locale.number(self.target)),
            },
            reported: self.figure.map_or_else(none, |(value, bound, as_of)| {
                locale
                    .chart_point(&bounded(locale, bound, locale.number(value)), &locale.date(as_of))
            }),
            seen: locale.date(self.seen),
            done: judgement
                .attainment
                .map_or_else(none, |attainment| share(locale, bound, attainment)),
            gone: judgement
                .elapsed
                .map_or_else(none, |elapsed| share(locale, Bound::Exact, elapsed)),
            pace: judgement
                .pace
                .map_or_else(none, |value| bounded_share(locale, bound, pace(locale, value))),
            status: StatusView::new(context, judgement.status, language),
        }
    }
}

impl Delivery {
    fn status(&self) -> Status {
        let due = Some(end_of_day(YEAR.1));
        let steps: Vec<Step> =
            (0..self.steps).map(|step| Step { due, is_reached: step < self.reached }).collect();
        assess_milestones(&steps, true, self.seen.at(12, 0, 0, 0)).0
    }

    fn row<'r>(&self, context: &Context<'r>, language: Language) -> ExampleRow<'r> {
        let locale = context.locale(language);
        let none = locale.no_value();
        ExampleRow {
            promise: locale.milestones_promised(&locale.count(self.steps), &locale.date(YEAR.1)),
            reported: locale
                .progress_milestones(&locale.count(self.reached), &locale.count(self.steps)),
            seen: locale.date(self.seen),
            done: none.to_owned(),
            gone: none.to_owned(),
            pace: none.to_owned(),
            status: StatusView::new(context, self.status(), language),
        }
    }
}

/// Renders the page in one language, and its JSON alternate.
pub(super) fn render(
    context: &Context<'_>,
    language: Language,
) -> Result<Vec<Output>, RenderError> {
    let locale = context.locale(language);
    let path = context.method_path(language);
    let title = locale.how_computed();
    let mut meta =
        PageMeta::everywhere(context, language, |language| context.method_path(language));
    title.clone_into(&mut meta.title);
    meta.description = Some(locale.method_lead().to_owned());
    meta.government_tags = cn_gov_meta::column_tags(title, locale.method_lead(), title);
    meta.above = vec![Crumb {
        title: item_title(context, PageRef::Goals, language),
        href: Some(PageRef::Goals.path(context.record.content, language)),
    }];
    let rules = Status::ALL
        .map(|status| (StatusView::new(context, status, language), rule(locale, status)));
    let page = MethodPage {
        layout: Layout::new(context, meta),
        title,
        due: locale.method_due(
            &locale.count_months(usize::try_from(MONTHS_TO_REPORT).unwrap_or_default()),
        ),
        examples: EXAMPLES
            .iter()
            .map(|example| example.row(context, language))
            .chain(DELIVERIES.iter().map(|delivery| delivery.row(context, language)))
            .collect(),
        version: locale.method_version(VERSION),
        log: LOG
            .iter()
            .map(|(version, day)| {
                (*version, context.date_of(*day, language), locale.method_log_first())
            })
            .collect(),
        rules: rules.into(),
    };
    let data = MethodData {
        head: Head::new(context.record.content, FileKind::Method, &path, language),
        title,
        version: VERSION,
        on_track_pace: ON_TRACK_PACE,
        slightly_behind_pace: SLIGHTLY_BEHIND_PACE,
        months_to_report: MONTHS_TO_REPORT,
        statuses: Status::ALL
            .map(|status| StatusData {
                status: status.name(),
                title: status.word(locale),
                rule: rule(locale, status),
            })
            .into(),
    };
    Output::page_with_data(&path, language, &page, &data)
}

/// When a goal has a status, with the constants of the rule.
pub(super) fn rule(locale: &Locale, status: Status) -> String {
    let (high, low) = (locale.number(ON_TRACK_PACE), locale.number(SLIGHTLY_BEHIND_PACE));
    let text = match status {
        Status::Achieved => locale.rule_achieved(),
        Status::Done => locale.rule_done(),
        Status::OnTrack => return locale.rule_on_track(&high),
        Status::UnderWay => locale.rule_under_way(),
        Status::Continuing => locale.rule_continuing(),
        Status::SlightlyBehind => return locale.rule_slightly_behind(&low, &high),
        Status::Behind => return locale.rule_behind(&low),
        Status::Late => locale.rule_late(),
        Status::WrongWay => locale.rule_wrong_way(),
        Status::NotMet => locale.rule_not_met(),
        Status::DataOverdue => locale.rule_data_overdue(),
        Status::NotYetReported => locale.rule_not_yet_reported(),
    };
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_show_every_status_of_numeric_goal() {
        let shown: Vec<Status> = EXAMPLES.iter().map(|example| example.assess().status).collect();
        let expected = [
            Status::Achieved,
            Status::OnTrack,
            Status::SlightlyBehind,
            Status::Behind,
            Status::UnderWay,
            Status::OnTrack,
            Status::WrongWay,
            Status::NotMet,
            Status::DataOverdue,
            Status::NotYetReported,
            Status::OnTrack,
            Status::Behind,
            Status::Achieved,
            Status::NotMet,
        ];
        assert_eq!(shown, expected);
        let delivered: Vec<Status> = DELIVERIES.iter().map(Delivery::status).collect();
        assert_eq!(delivered, [Status::UnderWay, Status::Done, Status::Late]);
    }
}
