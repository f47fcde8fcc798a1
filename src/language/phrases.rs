//! The messages with arguments, with the order of their arguments.
//!
//! Each becomes a method of [`Locale`](super::Locale), as do the messages of `locales/en.ftl`
//! without arguments or with a count, which the build script lists. The order of arguments is
//! written here because every language has its own.

/// Passes the list to a macro.
macro_rules! phrases {
    ($define:ident) => {
        $define! {
            // Every page.
            title_on_site(title, site);
            // Punctuation, numbers and amounts.
            label(name, value);
            with_remark(text, remark);
            percent(number);
            amount(number, unit);
            amount_with_exact(number, unit, exact);
            number_with_exact(number, exact);
            amount_at_least(amount);
            amount_at_most(amount);
            share_at_least(share);
            goals_in_categories(goals, categories);
            // Home page and feeds.
            // Lists of bulletins.
            year_heading(year);
            by_year_title(section, year);
            page_title(title, page, pages);
            page_link(page);
            // Bulletin.
            share_of_target(share);
            share_of_way(share);
            withdrawn_on(date);
            replaced_by(title);
            note_number(number);
            table_region(number);
            // Official documents and consultations.
            in_force_from(date);
            in_force_since(date);
            corrected_on(date);
            amended_from(date);
            repealed_from(date);
            lapsed_after(date);
            name_until(name, date);
            consultation_opens(date);
            consultation_open(date);
            consultation_closing(date);
            consultation_closed(date);
            consultation_extended(on, date);
            calendar_closes(title);
            calendar_opens(title);
            calendar_effective(title);
            calendar_until(title);
            calendar_cancelled(title);
            calendar_due(title);
            citation_in_words(authors, title, date, url);
            cited_title(title);
            // Earlier texts of a bulletin.
            versions_of(title);
            version_title(title, date);
            version_period(from, until);
            text_from(date);
            text_from_until(from, until);
            changed_text_on(date);
            count_removed(count);
            count_added(count);
            // Goal.
            period_closed(from, to);
            period_open(from);
            target_increase(amount, to);
            target_from(from, to, date);
            target_at_least(amount);
            target_at_most(amount);
            target_until(to);
            target_deliver_by(to);
            progress_of(value, amount, target, date);
            progress_towards(value, target, date);
            progress_floor(value, target, date);
            progress_ceiling(value, target, date);
            progress_milestones(reached, all);
            // Tables of a goal.
            column_figure(unit);
            // Statements of bulletins about a goal.
            as_of(date);
            milestone_reached(milestone);
            changed_from(new, old);
            revised_end(date);
            changed_on(date);
            // Why a goal has its status.
            pace_of_year(done, gone, pace);
            pace_of_period(done, gone, pace);
            share_done(done);
            reason_on_track(bound);
            reason_slightly_behind(low, high);
            reason_behind(bound);
            reason_wrong_way(baseline, value);
            reason_data_overdue(day, due);
            reason_period_over(day);
            reason_milestone_late(step, day);
            reason_figure_after_period(day);
            reason_level_once_not_kept(day);
            // Charts.
            chart_title(title);
            chart_target(number);
            chart_point(figure, date);
            chart_text(figures, target);
            chart_milestones_text(reached, all);
            chart_last_figures(count, all);
            // List of goals and open data.
            goals_by_status(status);
            goals_of_year_lead(year);
            goals_of_year(year);
            // How progress is calculated.
            rule_on_track(bound);
            rule_slightly_behind(low, high);
            rule_behind(bound);
            method_due(months);
            milestones_promised(count, to);
            method_version(version);
            // Pages that are gone, and errors.
            expired_on(date);
            removed_on(date);
            // Search.
            results_for(query, results);
            no_results_for(query);
            results_shown(from, to, all);
            unmatched_words(words);
            rarest_words(count);
            ignored_words(words);
            did_you_mean(query);
            query_too_long(count);
            unknown_page(page);
            unknown_filter(value);
            unknown_order(value);
            catalog_description(site);
            dataset_contents(site);
        }
    };
}

pub(super) use phrases;
