//! The wording of the interface in one language, from Fluent messages.
//!
//! The program's own wording stands in `templates/words/`; a city adds or changes messages in `content/i18n/`. Every
//! message is a method here, so that a template cannot ask for one that does not exist, and a language that lacks one
//! is found at compile time of the site, not on a page.

use std::fmt;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jiff::civil;
use unic_langid::LanguageIdentifier;

use super::format::{Formats, Tick};
use super::plural::PluralForm;

/// The wording that is part of the program, by language tag.
#[must_use]
pub fn builtin_wording(tag: &str) -> Option<&'static str> {
    match tag {
        "en" => Some(include_str!("../../templates/words/en.ftl")),
        "zh" => Some(include_str!("../../templates/words/zh.ftl")),
        _ => None,
    }
}

/// Whether a character is a Han ideograph.
#[must_use]
pub const fn is_han(character: char) -> bool {
    matches!(
        character,
        '\u{3005}' | '\u{3007}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{3FFFF}'
    )
}

/// Why a language's wording cannot be used.
#[derive(Debug)]
pub enum WordsError {
    /// The tag is not a BCP 47 tag that numbers and dates can follow.
    UnknownTag,
    /// The city's own Fluent file cannot be parsed: the byte where, and why.
    Syntax(usize, String),
}

/// A message that a language lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingMessage(pub &'static str);

macro_rules! words {
    (
        plain { $($plain:ident = $plain_key:literal,)+ }
        counted { $($counted:ident = $counted_key:literal,)+ }
        phrases { $($phrase:ident($($argument:ident),+) = $phrase_key:literal,)+ }
    ) => {
        /// The messages without arguments, looked up once.
        #[derive(Debug, Default)]
        struct Plain {
            $($plain: String,)+
        }

        /// The wording of one language.
        pub struct Words {
            tag: String,
            plain: Plain,
            formats: Formats,
            bundle: FluentBundle<FluentResource>,
        }

        impl Words {
            const KEYS: &[&str] = &[$($plain_key,)+ $($counted_key,)+ $($phrase_key,)+];

            fn fill(&mut self) {
                self.plain = Plain { $($plain: self.message($plain_key, None),)+ };
            }

            $(
                #[doc = concat!("The message `", $plain_key, "`.")]
                #[must_use]
                pub fn $plain(&self) -> &str {
                    &self.plain.$plain
                }
            )+

            $(
                #[doc = concat!("The message `", $counted_key, "`, in the plural form that the count asks for.")]
                #[must_use]
                pub fn $counted(&self, count: usize) -> String {
                    let mut arguments = FluentArgs::new();
                    arguments.set("count", FluentValue::from(count));
                    arguments.set("number", FluentValue::from(self.count(count)));
                    self.message($counted_key, Some(&arguments))
                }
            )+

            $(
                #[doc = concat!("The message `", $phrase_key, "`.")]
                #[must_use]
                pub fn $phrase(&self, $($argument: &str),+) -> String {
                    let mut arguments = FluentArgs::new();
                    $(arguments.set(stringify!($argument), FluentValue::from($argument));)+
                    self.message($phrase_key, Some(&arguments))
                }
            )+
        }
    };
}

words! {
    plain {
        language_name = "language-name",
        skip_to_content = "skip-to-content",
        site_navigation = "site-navigation",
        breadcrumb = "breadcrumb",
        languages = "languages",
        footer_navigation = "footer-navigation",
        home = "home",
        latest_bulletins = "latest-bulletins",
        all_bulletins = "all-bulletins",
        all_goals = "all-goals",
        follow = "follow",
        follow_text = "follow-text",
        facts = "facts",
        published = "published",
        updated = "updated",
        source = "source",
        byline = "byline",
        source_without_link = "source-without-link",
        category = "category",
        categories = "categories",
        contents = "contents",
        feed = "feed",
        json = "json",
        goals_reported = "goals-reported",
        goals_set = "goals-set",
        goals_mentioned = "goals-mentioned",
        changes = "changes",
        related = "related",
        featured = "featured",
        neighbours = "neighbours",
        newer = "newer",
        older = "older",
        withdrawn = "withdrawn",
        by_year = "by-year",
        all_years = "all-years",
        pages = "pages",
        nothing_here = "nothing-here",
        target = "target",
        kind = "kind",
        period = "period",
        set_by = "set-by",
        evidence = "evidence",
        no_evidence = "no-evidence",
        how_it_is_counted = "how-it-is-counted",
        milestones = "milestones",
        not_yet_reported = "not-yet-reported",
        sets = "sets",
        role_sets = "role-sets",
        role_reports = "role-reports",
        role_revises = "role-revises",
        role_overrides = "role-overrides",
        role_mentions = "role-mentions",
        kind_increase = "kind-increase",
        kind_maintain = "kind-maintain",
        kind_direction = "kind-direction",
        kind_deliver = "kind-deliver",
        kind_continue = "kind-continue",
        target_direction = "target-direction",
        target_continue = "target-continue",
        target_deliver = "target-deliver",
        footnotes = "footnotes",
        footnote_back = "footnote-back",
        alert_note = "alert-note",
        alert_tip = "alert-tip",
        alert_important = "alert-important",
        alert_warning = "alert-warning",
        alert_caution = "alert-caution",
        task_done = "task-done",
        task_open = "task-open",
        not_found_title = "not-found-title",
        not_found_text = "not-found-text",
        gone_title = "gone-title",
        gone_text = "gone-text",
        bad_request_title = "bad-request-title",
        bad_request_text = "bad-request-text",
        method_title = "method-title",
        method_text = "method-text",
        internal_title = "internal-title",
        internal_text = "internal-text",
        internal_id = "internal-id",
        ways_on = "ways-on",
        made_with = "made-with",
        list_separator = "list-separator",
        role_colon = "role-colon",
        open_data_text = "open-data-text",
        data_goals = "data-goals",
        data_progress = "data-progress",
        data_bulletins = "data-bulletins",
        data_metadata = "data-metadata",
        data_openapi = "data-openapi",
        why_just_begun = "why-just-begun",
        sentence_space = "sentence-space",
        after_its_date = "after-its-date",
        status = "status",
        status_achieved = "status-achieved",
        status_done = "status-done",
        status_on_track = "status-on-track",
        status_under_way = "status-under-way",
        status_continuing = "status-continuing",
        status_slightly_behind = "status-slightly-behind",
        status_behind = "status-behind",
        status_late = "status-late",
        status_wrong_way = "status-wrong-way",
        status_not_met = "status-not-met",
        status_data_overdue = "status-data-overdue",
        all_statuses = "all-statuses",
        by_status = "by-status",
        goals_by_year = "goals-by-year",
        no_goals = "no-goals",
        today = "today",
        sentence_separator = "sentence-separator",
        reported_in_words = "reported-in-words",
        latest_figure = "latest-figure",
        next_figure = "next-figure",
        how_computed = "how-computed",
        data = "data",
        open_data = "open-data",
        source_bulletin = "source-bulletin",
        reported_figures = "reported-figures",
        as_of_head = "as-of-head",
        of_target = "of-target",
        of_bound = "of-bound",
        milestone_head = "milestone-head",
        due_head = "due-head",
        reached_head = "reached-head",
        past_due = "past-due",
        target_changes = "target-changes",
        was = "was",
        is_now = "is-now",
        other_years = "other-years",
        goal_head = "goal-head",
        judged_by_bulletin = "judged-by-bulletin",
        no_longer_counts = "no-longer-counts",
        standing_superseded = "standing-superseded",
        standing_before_period = "standing-before-period",
        standing_ahead = "standing-ahead",
        standing_proves_nothing = "standing-proves-nothing",
        chart_figure = "chart-figure",
        chart_pace = "chart-pace",
        chart_period = "chart-period",
        chart_other = "chart-other",
        chart_bound = "chart-bound",
        chart_reached = "chart-reached",
        chart_planned = "chart-planned",
        none_yet = "none-yet",
        why_achieved = "why-achieved",
        why_kept_to_the_end = "why-kept-to-the-end",
        why_kept = "why-kept",
        why_broken = "why-broken",
        why_not_met = "why-not-met",
        why_no_figure = "why-no-figure",
        why_no_report = "why-no-report",
        why_no_pace = "why-no-pace",
        why_undecided = "why-undecided",
        why_steps_in_time = "why-steps-in-time",
        why_done = "why-done",
        why_continuing = "why-continuing",
        why_bound = "why-bound",
        method_lead = "method-lead",
        method_sum = "method-sum",
        method_attainment = "method-attainment",
        method_attainment_text = "method-attainment-text",
        method_elapsed = "method-elapsed",
        method_elapsed_text = "method-elapsed-text",
        method_pace = "method-pace",
        method_pace_text = "method-pace-text",
        method_statuses = "method-statuses",
        method_statuses_text = "method-statuses-text",
        method_counts = "method-counts",
        method_no_zero = "method-no-zero",
        method_newest = "method-newest",
        method_period = "method-period",
        method_bounds = "method-bounds",
        method_withdrawn = "method-withdrawn",
        method_revised = "method-revised",
        method_override = "method-override",
        method_shares = "method-shares",
        method_examples = "method-examples",
        method_examples_text = "method-examples-text",
        method_seen = "method-seen",
        method_done = "method-done",
        method_gone = "method-gone",
        method_log_first = "method-log-first",
        rule_achieved = "rule-achieved",
        rule_done = "rule-done",
        rule_under_way = "rule-under-way",
        rule_continuing = "rule-continuing",
        rule_late = "rule-late",
        rule_wrong_way = "rule-wrong-way",
        rule_not_met = "rule-not-met",
        rule_data_overdue = "rule-data-overdue",
        rule_not_yet_reported = "rule-not-yet-reported",
    }
    counted {
        count_goals = "count-goals",
        count_categories = "count-categories",
        sets_goals = "sets-goals",
        reports_goals = "reports-goals",
        count_months = "count-months",
    }
    phrases {
        title_on_site(title, site) = "title-on-site",
        by_year_title(section, year) = "by-year-title",
        page_title(title, page, pages) = "page-title",
        page_link(page) = "page-link",
        goals_in_categories(goals, categories) = "goals-in-categories",
        feed_of(title) = "feed-of",
        period_closed(from, to) = "period-closed",
        period_open(from) = "period-open",
        amount(number, unit) = "amount",
        amount_with_exact(number, unit, exact) = "amount-with-exact",
        target_increase(amount, to) = "target-increase",
        target_at_least(amount) = "target-at-least",
        target_at_most(amount) = "target-at-most",
        target_deliver_by(to) = "target-deliver-by",
        said_at_least(amount) = "said-at-least",
        said_at_most(amount) = "said-at-most",
        said_milestone(milestone) = "said-milestone",
        as_of(date) = "as-of",
        table_region(number) = "table-region",
        note_number(number) = "note-number",
        withdrawn_on(date) = "withdrawn-on",
        replaced_by(title) = "replaced-by",
        expired_on(date) = "expired-on",
        gone_on(date) = "gone-on",
        year_heading(year) = "year-heading",
        label(name, value) = "label",
        figure_in(unit) = "figure-in",
        number_with_exact(number, exact) = "number-with-exact",
        percent(number) = "percent",
        goals_by_status(status) = "goals-by-status",
        goals_of_year(year) = "goals-of-year",
        target_from(from, to, date) = "target-from",
        progress_of(value, target, date) = "progress-of",
        progress_towards(value, target, date) = "progress-towards",
        progress_floor(value, target, date) = "progress-floor",
        progress_ceiling(value, target, date) = "progress-ceiling",
        progress_steps(reached, all) = "progress-steps",
        sum_of_year(done, gone, pace) = "sum-of-year",
        sum_of_time(done, gone, pace) = "sum-of-time",
        sum_open(done) = "sum-open",
        why_on_track(bound) = "why-on-track",
        why_slightly_behind(low, high) = "why-slightly-behind",
        why_behind(bound) = "why-behind",
        why_wrong_way(baseline) = "why-wrong-way",
        why_overdue(day, due) = "why-overdue",
        why_period_over(day) = "why-period-over",
        why_late(step, day) = "why-late",
        share_of_target(share) = "share-of-target",
        changed_on(date) = "changed-on",
        chart_title(title) = "chart-title",
        chart_target(number) = "chart-target",
        chart_point(figure, date) = "chart-point",
        chart_told(figures, target) = "chart-told",
        chart_steps_told(reached, all) = "chart-steps-told",
        method_due(months) = "method-due",
        method_version(version) = "method-version",
        rule_on_track(bound) = "rule-on-track",
        rule_slightly_behind(low, high) = "rule-slightly-behind",
        rule_behind(bound) = "rule-behind",
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Words({})", self.tag)
    }
}

impl Words {
    /// The wording of a language: the program's, with the city's own messages in front of it.
    ///
    /// # Errors
    /// Fails when the tag is none, or the city's file is not Fluent.
    pub fn new(tag: &str, own: Option<&str>) -> Result<Self, WordsError> {
        let identifier: LanguageIdentifier = tag.parse().map_err(|_| WordsError::UnknownTag)?;
        let formats = Formats::new(tag).ok_or(WordsError::UnknownTag)?;
        let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
        // Pages set direction and language in HTML; Unicode isolation marks would stand in titles and feeds.
        bundle.set_use_isolating(false);
        if let Some(wording) = builtin_wording(tag) {
            bundle.add_resource_overriding(parsed(wording)?);
        }
        if let Some(own) = own {
            bundle.add_resource_overriding(parsed(own)?);
        }
        let mut words = Self { tag: tag.to_owned(), plain: Plain::default(), formats, bundle };
        words.fill();
        Ok(words)
    }

    /// The program's own English: what stands in while a language's wording is being mended.
    ///
    /// # Panics
    /// Never: the wording is part of the program, and a test reads it.
    #[must_use]
    #[expect(clippy::expect_used, reason = "nothing outside the binary can influence it")]
    pub fn english() -> Self {
        Self::new("en", None).expect("the program's own English is whole")
    }

    /// The messages that this language lacks; pages must not be made while there are any.
    #[must_use]
    pub fn missing(&self) -> Vec<MissingMessage> {
        Self::KEYS.iter().filter(|key| self.bundle.get_message(key).is_none()).map(|key| MissingMessage(key)).collect()
    }

    /// The BCP 47 tag.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// A number: `83,000`.
    #[must_use]
    pub fn number(&self, value: f64) -> String {
        self.formats.number(value)
    }

    /// A large number as the language says it, where that is exact and shorter: `8.3万`, `15 billion`.
    #[must_use]
    pub fn short_number(&self, value: f64) -> Option<String> {
        self.formats.short_number(value)
    }

    /// The plural form that a number asks for.
    #[must_use]
    pub fn plural_form(&self, value: f64) -> PluralForm {
        self.formats.plural_form(value)
    }

    /// A count: `1,024`.
    #[must_use]
    pub fn count(&self, count: usize) -> String {
        #[expect(clippy::cast_precision_loss, reason = "no site has 2^52 of anything")]
        self.formats.number(count as f64)
    }

    /// A date: `5 May 2022`.
    #[must_use]
    pub fn date(&self, date: civil::Date) -> String {
        self.formats.date(date)
    }

    /// A date as far as a chart's axis names it.
    #[must_use]
    pub fn tick(&self, date: civil::Date, tick: Tick) -> String {
        self.formats.tick(date, tick)
    }

    /// A date and time: `5 May 2022 at 09:30`.
    #[must_use]
    pub fn date_time(&self, moment: civil::DateTime) -> String {
        self.formats.date_time(moment)
    }

    /// Names in a row, as the language separates them.
    #[must_use]
    pub fn list(&self, names: &[&str]) -> String {
        names.join(self.list_separator())
    }

    fn message(&self, key: &str, arguments: Option<&FluentArgs<'_>>) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        self.bundle.format_pattern(pattern, arguments, &mut Vec::new()).into_owned()
    }
}

fn parsed(wording: &str) -> Result<FluentResource, WordsError> {
    FluentResource::try_new(wording.to_owned()).map_err(|(_, errors)| {
        let first = errors.first();
        WordsError::Syntax(
            first.map_or(0, |error| error.pos.start),
            first.map_or_else(String::new, |error| error.kind.to_string()),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_programs_own_languages_lack_nothing_and_hold_nothing_unused() {
        for tag in ["en", "zh"] {
            let words = Words::new(tag, None).unwrap();
            assert_eq!(words.missing(), [], "{tag}");
            let unused: Vec<&str> = builtin_wording(tag)
                .unwrap()
                .lines()
                .filter_map(|line| line.split_once(" ="))
                .map(|(key, _)| key)
                .filter(|key| key.starts_with(|first: char| first.is_ascii_lowercase()))
                .filter(|key| !Words::KEYS.contains(key))
                .collect();
            assert_eq!(unused, [""; 0], "{tag}");
        }
    }

    #[test]
    fn counts_follow_the_plural_rules_of_the_language() {
        let (english, chinese) = (Words::new("en", None).unwrap(), Words::new("zh", None).unwrap());
        assert_eq!(english.count_goals(1), "1 goal");
        assert_eq!(english.count_goals(2100), "2,100 goals");
        assert_eq!(chinese.count_goals(21), "21项目标");
    }

    #[test]
    fn a_city_words_a_message_its_own_way() {
        let words = Words::new("en", Some("home = Front page")).unwrap();
        assert_eq!(words.home(), "Front page");
        assert!(words.missing().is_empty());
        assert!(matches!(Words::new("en", Some("home = { $")), Err(WordsError::Syntax(..))));
        assert!(!Words::new("fr", None).unwrap().missing().is_empty());
    }
}
