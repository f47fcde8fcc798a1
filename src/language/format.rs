//! Numbers and dates in the format of each language, by ICU.

use std::fmt;

use icu_calendar::{Date, Gregorian};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{M, MD, Y, YM, YMD, YMDT};
use icu_decimal::input::Decimal;
use icu_decimal::{CompactDecimalFormatter, DecimalFormatter};
use icu_locale_core::Locale;
use icu_plurals::PluralRules;
use jiff::civil;

use super::plural::PluralForm;

/// From this power of ten on a number is shortened; below, `83 thousand` says less than `83,000`.
const SHORT_FROM: u8 = 4;

/// How many digits a shortened number may have after its point; with more, it is longer to read
/// than the number itself.
const SHORT_DIGITS: i16 = 3;

/// The formatters of one language.
pub(super) struct Formats {
    decimal: DecimalFormatter,
    compact: CompactDecimalFormatter,
    plurals: PluralRules,
    date: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    date_time: FixedCalendarDateTimeFormatter<Gregorian, YMDT>,
    year: FixedCalendarDateTimeFormatter<Gregorian, Y>,
    year_month: FixedCalendarDateTimeFormatter<Gregorian, YM>,
    month: FixedCalendarDateTimeFormatter<Gregorian, M>,
    month_day: FixedCalendarDateTimeFormatter<Gregorian, MD>,
}

impl fmt::Debug for Formats {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Formats")
    }
}

impl Formats {
    /// The formatters for a BCP 47 tag; `None` if it is invalid, or if ICU has no data for it.
    pub(super) fn new(tag: &str) -> Option<Self> {
        // `en` is international English, `5 May 2022`; the United States write `May 5, 2022`.
        let tag = if tag == "en" { "en-GB" } else { tag };
        let locale: Locale = tag.parse().ok()?;
        Some(Self {
            decimal: DecimalFormatter::try_new(
                (&locale).into(),
                icu_decimal::options::DecimalFormatterOptions::default(),
            )
            .ok()?,
            compact: CompactDecimalFormatter::try_new_long(
                (&locale).into(),
                icu_decimal::options::CompactDecimalFormatterOptions::default(),
            )
            .ok()?,
            plurals: PluralRules::try_new_cardinal((&locale).into()).ok()?,
            date: FixedCalendarDateTimeFormatter::try_new((&locale).into(), YMD::long()).ok()?,
            date_time: FixedCalendarDateTimeFormatter::try_new(
                (&locale).into(),
                YMD::long().with_time_hm(),
            )
            .ok()?,
            year: FixedCalendarDateTimeFormatter::try_new((&locale).into(), Y::medium()).ok()?,
            year_month: FixedCalendarDateTimeFormatter::try_new((&locale).into(), YM::medium())
                .ok()?,
            month: FixedCalendarDateTimeFormatter::try_new((&locale).into(), M::medium()).ok()?,
            month_day: FixedCalendarDateTimeFormatter::try_new((&locale).into(), MD::medium())
                .ok()?,
        })
    }

    /// `83,000`; a fraction keeps the digits that it has.
    pub(super) fn number(&self, value: f64) -> String {
        // Rust prints a float in its shortest exact decimal form and never with an exponent, which
        // is what ICU reads.
        match Decimal::try_from_str(&value.to_string()) {
            Ok(decimal) => self.decimal.format(&decimal).to_string(),
            Err(_) => value.to_string(),
        }
    }

    /// `8.3万` for 83,000, `15 billion` for 15,000,000,000: a large number as the language says it,
    /// where that is exact and shorter. Nothing is rounded.
    pub(super) fn short_number(&self, value: f64) -> Option<String> {
        let mut decimal = Decimal::try_from_str(&value.to_string()).ok()?;
        let exponent =
            self.compact.compact_exponent_for_magnitude(decimal.absolute.nonzero_magnitude_start());
        if exponent < SHORT_FROM
            || decimal.absolute.nonzero_magnitude_end() < i16::from(exponent) - SHORT_DIGITS
        {
            return None;
        }
        decimal.absolute.multiply_pow10(-i16::from(exponent));
        decimal.absolute.trim_end();
        let short = self.compact.format_with_exponent(&decimal, exponent).ok()?;
        Some(short.to_string())
    }

    /// The plural forms of the language.
    pub(super) fn plural_forms(&self) -> impl Iterator<Item = PluralForm> {
        let known: Vec<PluralForm> = self.plurals.categories().map(PluralForm::from).collect();
        PluralForm::ALL.into_iter().filter(move |form| known.contains(form))
    }

    /// The plural form for a number.
    pub(super) fn plural_form(&self, value: f64) -> PluralForm {
        match Decimal::try_from_str(&value.to_string()) {
            Ok(decimal) => self.plurals.category_for(&decimal).into(),
            Err(_) => PluralForm::Other,
        }
    }

    /// `5 May 2022`.
    pub(super) fn date(&self, date: civil::Date) -> String {
        match gregorian(date) {
            Some(gregorian) => self.date.format(&gregorian).to_string(),
            None => date.to_string(),
        }
    }

    /// A date with the parts that a chart's axis names: `2022`, `May 2022`, `May`, `5 May`.
    pub(super) fn tick(&self, date: civil::Date, tick: Tick) -> String {
        let Some(gregorian) = gregorian(date) else { return date.to_string() };
        match tick {
            Tick::Year => self.year.format(&gregorian).to_string(),
            Tick::YearMonth => self.year_month.format(&gregorian).to_string(),
            Tick::Month => self.month.format(&gregorian).to_string(),
            Tick::MonthDay => self.month_day.format(&gregorian).to_string(),
        }
    }

    /// `5 May 2022, 09:30`.
    pub(super) fn date_time(&self, moment: civil::DateTime) -> String {
        let time = icu_datetime::input::Time::try_new(
            moment.hour().unsigned_abs(),
            moment.minute().unsigned_abs(),
            moment.second().unsigned_abs(),
            0,
        );
        match (gregorian(moment.date()), time) {
            (Some(date), Ok(time)) => {
                self.date_time.format(&icu_datetime::input::DateTime { date, time }).to_string()
            }
            _ => moment.to_string(),
        }
    }
}

/// The parts of a date that the axis of a chart names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tick {
    /// `2022`.
    Year,
    /// `May 2022`.
    YearMonth,
    /// `May`.
    Month,
    /// `5 May`.
    MonthDay,
}

fn gregorian(date: civil::Date) -> Option<Date<Gregorian>> {
    Date::try_new_gregorian(
        date.year().into(),
        date.month().unsigned_abs(),
        date.day().unsigned_abs(),
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_writes_its_own_way() {
        let (english, chinese) = (Formats::new("en").unwrap(), Formats::new("zh").unwrap());
        let date = civil::date(2022, 5, 5);
        assert_eq!(english.date(date), "5 May 2022");
        assert_eq!(chinese.date(date), "2022年5月5日");
        assert_eq!(english.number(83_000.0), "83,000");
        assert_eq!(chinese.number(12.715), "12.715");
        assert_eq!(english.date_time(date.at(9, 30, 0, 0)), "5 May 2022 at 09:30");
        assert_eq!(chinese.date_time(date.at(9, 30, 0, 0)), "2022年5月5日 09:30");
        let ticks = [Tick::Year, Tick::YearMonth, Tick::Month, Tick::MonthDay];
        assert_eq!(
            ticks.map(|tick| english.tick(date, tick)),
            ["2022", "May 2022", "May", "5 May"]
        );
        assert_eq!(
            ticks.map(|tick| chinese.tick(date, tick)),
            ["2022年", "2022年5月", "5月", "5月5日"]
        );
        assert!(Formats::new("not a tag").is_none());
    }

    #[test]
    fn large_number_is_shortened_without_rounding() {
        let (english, chinese) = (Formats::new("en").unwrap(), Formats::new("zh").unwrap());
        for (value, in_english, in_chinese) in [
            (999.0, None, None),
            (1_000.0, None, None),
            (10_000.0, None, Some("1万")),
            (41_200.0, None, Some("4.12万")),
            (41_215.0, None, None),
            (83_125_913.0, None, None),
            (497_500_000.0, Some("497.5 million"), Some("4.975亿")),
            (83_000.0, None, Some("8.3万")),
            (-83_000.0, None, Some("-8.3万")),
            (1_250_000.0, Some("1.25 million"), Some("125万")),
            (12_715_000_000.0, Some("12.715 billion"), Some("127.15亿")),
            (15_000_000_000.0, Some("15 billion"), Some("150亿")),
            (0.0, None, None),
        ] {
            assert_eq!(english.short_number(value).as_deref(), in_english, "{value}");
            assert_eq!(chinese.short_number(value).as_deref(), in_chinese, "{value}");
        }
    }

    #[test]
    fn plural_forms_follow_the_language() {
        let (english, chinese) = (Formats::new("en").unwrap(), Formats::new("zh").unwrap());
        assert_eq!(english.plural_form(1.0), PluralForm::One);
        assert_eq!(english.plural_form(1.5), PluralForm::Other);
        assert_eq!(chinese.plural_form(1.0), PluralForm::Other);
        assert_eq!(Formats::new("ru").unwrap().plural_form(3.0), PluralForm::Few);
    }
}
