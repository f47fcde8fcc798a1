//! Checks that the figures that a bulletin reports agree with its text, and have a source.

use std::ops::Range;

use super::blocks::{self, Block};
use super::context::LintContext;
use super::numbers::{self, ParsedNumber};
use crate::content::bulletin::Report;
use crate::content::goal::Target;
use crate::content::markdown::{self, ServiceBlock};
use crate::content::{Bulletin, Goal, Located, Text, Unit};
use crate::diagnostic::{Code, Diagnostic, Span, message};
use crate::language::Language;

/// The maximum number of words between a number and its unit: `41,200 new urban jobs`.
const WORDS_BETWEEN: usize = 3;

/// The maximum number of reports of a bulletin that are compared with its text. No editor writes as
/// many; the limit bounds the time that a hostile file can take.
const MAX_REPORTS: usize = 100;

/// Number words, and the first words of longer ones.
const NUMBER_WORDS: &[&str] = &[
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "hundreds",
    "dozen",
    "dozens",
    "thousand",
    "thousands",
    "million",
    "millions",
    "billion",
    "billions",
    "trillion",
];

/// Chinese numerals.
const NUMERALS: &[char] = &[
    '〇', '零', '一', '二', '两', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '万',
    '萬', '亿', '億',
];

/// The distance in characters within which a number's unit must follow.
const REACH: usize = 120;

pub(super) fn check_bulletin(context: &LintContext<'_>, bulletin: &Bulletin) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if bulletin.facts.source.is_none() {
        found.extend(figures(bulletin).next().map(|report| missing_source(bulletin, report)));
    }
    let checked: Vec<(&Report, &Goal, &Target)> = figures(bulletin)
        .filter_map(|report| {
            let goal = context.content.goals.iter().find(|goal| goal.slug == report.goal.value)?;
            Some((report, goal, goal.facts.target.as_ref()?))
        })
        .take(MAX_REPORTS)
        .collect();
    if checked.is_empty() {
        return found;
    }
    let mut known = known_numbers(context, bulletin);
    known.extend(checked.iter().filter_map(|(_, goal, _)| goal.facts.baseline));
    known.sort_by(f64::total_cmp);
    known.dedup();
    for text in bulletin.texts.all() {
        let passages = passages(text);
        let numbers: Vec<(&Passage<'_>, ParsedNumber)> = passages
            .iter()
            .flat_map(|passage| {
                numbers::find(passage.text()).into_iter().map(move |number| (passage, number))
            })
            .collect();
        let in_words: Vec<&str> =
            passages.iter().flat_map(|passage| after_number_words(passage.text())).collect();
        let unknown: Vec<_> = numbers
            .iter()
            .filter(|(_, number)| !number.is_date && !number.may_equal_any(&known))
            .collect();
        found.extend(checked.iter().filter_map(|(report, _, target)| {
            let reported = report.value.figure()?;
            let has_unit = |rest: &str| begins_with_unit(rest, &target.unit, text.language);
            // A number in words may be the one that is reported.
            if numbers.iter().any(|(_, number)| number.may_equal(reported))
                || in_words.iter().any(|rest| has_unit(rest))
            {
                return None;
            }
            let (passage, number) = unknown
                .iter()
                .find(|(passage, number)| has_unit(&passage.text()[number.range.end..]))?;
            Some(contradiction(context, bulletin, text, report, reported, passage, &number.range))
        }));
    }
    found
}

/// Reports the key figures of a text that name no source.
pub(super) fn check_key_figures(text: &Text) -> Vec<Diagnostic> {
    let (events, ranges): (Vec<_>, Vec<_>) = markdown::events(&text.body.markdown).unzip();
    let found = (0..events.len()).filter(|at| {
        let block = ServiceBlock::at(&events[*at..]);
        block == Some(ServiceBlock::KeyFigure { has_source: false })
    });
    let message = message!("this figure has no source", "这个数字没有注明来源");
    let help = message!(
        "add it below as a paragraph of its own: `>` alone on a line, then `> Source: …`",
        "请在下面另起一段注明：先写一行 `>`，再写 `> 来源：……`"
    );
    found
        .map(|at| {
            let quoted = text.body.markdown[ranges[at].clone()].lines().next().unwrap_or_default();
            let start = text.body.offset + ranges[at].start;
            let span = start..start + quoted.trim_end().len();
            Diagnostic::warning(Code::NoSource, &text.path, span, message.clone())
                .help(help.clone())
        })
        .collect()
}

/// The reports of a bulletin that give a figure.
fn figures(bulletin: &Bulletin) -> impl Iterator<Item = &Report> {
    bulletin.facts.reports.iter().filter(|report| report.value.figure().is_some())
}

/// The numbers that may be in the text of a bulletin beside the one that a report gives: those of
/// all its reports and new targets, and the targets of all goals.
fn known_numbers(context: &LintContext<'_>, bulletin: &Bulletin) -> Vec<f64> {
    let targets = context.content.goals.iter().filter_map(|goal| goal.facts.target.as_ref());
    let revised =
        bulletin.facts.revises.iter().filter_map(|revision| Some(revision.target.as_ref()?.value));
    figures(bulletin)
        .filter_map(|report| report.value.figure())
        .chain(targets.map(|target| target.value))
        .chain(revised)
        .collect()
}

/// Reports a figure in a bulletin that names no source.
fn missing_source(bulletin: &Bulletin, report: &Report) -> Diagnostic {
    let message = message!("this figure has no source", "这个数字没有注明来源");
    let help = message!(
        "add who gave it: `source: {{ name: …, url: \"https://…\" }}`",
        "请注明数字由谁提供：`source: {{ name: …, url: \"https://…\" }}`"
    );
    Diagnostic::warning(Code::NoSource, bulletin.path(), report.span.clone(), message).help(help)
}

/// Reports a number with the unit of a report in a text that does not contain the reported number.
fn contradiction(
    context: &LintContext<'_>,
    bulletin: &Bulletin,
    text: &Text,
    report: &Report,
    reported: f64,
    passage: &Passage<'_>,
    range: &Range<usize>,
) -> Diagnostic {
    let written = &passage.text()[range.clone()];
    let message = message!(
        "the text says `{written}`, and the front matter reports `{reported}`",
        "正文写的是 `{written}`，而文件头信息报告的是 `{reported}`"
    );
    let help = message!("correct whichever is wrong", "请改正其中错误的一个");
    let span = passage.span(context, text, range);
    Diagnostic::warning(Code::ContradictedReport, &text.path, span, message).help(help).related(
        bulletin.path(),
        report.span.clone(),
        message!("reported here", "报告在这里"),
    )
}

/// A part of a page's text.
enum Passage<'t> {
    Value(&'t Located<String>),
    Block(Block),
}

impl Passage<'_> {
    fn text(&self) -> &str {
        match self {
            Self::Value(value) => &value.value,
            Self::Block(block) => &block.text,
        }
    }

    /// The span in the file of a range of the text.
    fn span(&self, context: &LintContext<'_>, text: &Text, range: &Range<usize>) -> Span {
        match self {
            Self::Value(value) => context.span_in_value(&text.path, value, range),
            Self::Block(block) => {
                let (span, offset) = (block.source(range), text.body.offset);
                span.start + offset..span.end + offset
            }
        }
    }
}

/// The title, the summary and every block of a text.
fn passages(text: &Text) -> Vec<Passage<'_>> {
    let head = [Some(&text.title), text.summary.as_ref()].into_iter().flatten().map(Passage::Value);
    let (blocks, _) = blocks::read(&text.body.markdown);
    head.chain(blocks.into_iter().map(Passage::Block)).collect()
}

/// Whether the text after a number begins with the unit. In languages with spaces, a few words may
/// come between.
fn begins_with_unit(rest: &str, unit: &Unit, language: Language) -> bool {
    let rest: String = rest.trim_start_matches([' ', '余', '多']).chars().take(REACH).collect();
    let rest = rest.to_lowercase();
    unit.names(language).any(|name| {
        let name = name.to_lowercase();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return rest.starts_with(&name);
        }
        let sentence = rest.split(['.', ',', ';', ':', '(', ')']).next().unwrap_or_default();
        sentence.split_whitespace().take(WORDS_BETWEEN + 1).any(|word| word == name)
    })
}

/// The text after each number that is written in words: `forty wells`, `七十七口`.
fn after_number_words(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut at, mut is_behind_digit) = (0, false);
    while let Some(start) =
        text[at..].find(|c: char| is_word_char(c) || NUMERALS.contains(&c)).map(|found| at + found)
    {
        let is_latin = text[start..].starts_with(is_word_char);
        at = text[start..]
            .find(|c: char| if is_latin { !is_word_char(c) } else { !NUMERALS.contains(&c) })
            .map_or(text.len(), |length| start + length);
        let word = &text[start..at];
        // `30 million` and `3千万` are in digits.
        let is_number =
            !is_latin || NUMBER_WORDS.iter().any(|known| known.eq_ignore_ascii_case(word));
        if is_number && !is_behind_digit {
            found.push(&text[at..]);
        }
        is_behind_digit = word.ends_with(|c: char| c.is_ascii_digit());
    }
    found
}

fn is_word_char(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words_are_seen() {
        assert_eq!(
            after_number_words("Forty wells were dug, and 12 wells repaired"),
            [" wells were dug, and 12 wells repaired"]
        );
        assert_eq!(after_number_words("Twenty-two new wells"), ["-two new wells", " new wells"]);
        assert_eq!(after_number_words("共七十七口，其中5口"), ["口，其中5口"]);
        assert_eq!(after_number_words("共七十余口"), ["余口"]);
        assert_eq!(after_number_words("30 million wells, 3千万口，1.2 万口"), Vec::<&str>::new());
    }
}
