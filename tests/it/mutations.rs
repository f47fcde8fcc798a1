//! The real content with one thing broken at a time, for every rule and in several files: exactly that place is named,
//! and nothing else.
//!
//! A mutation is written as an edit whose text has a mark, `‸`, where the diagnostic must point.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use gazette::content::Content;
use gazette::diagnostic::render::position;
use gazette::diagnostic::{Code, Diagnostics};
use gazette::edition;
use gazette::lint::lint;
use gazette::source::{MAX_TEXT_BYTES, Snapshot, Source};
use rayon::prelude::*;

use crate::harness::{TODAY, instant, real_snapshot};
use crate::outbound::OF_THE_WEB;

type Files = BTreeMap<String, Vec<u8>>;

/// A place: file, line, column.
type Place = (String, usize, usize);

const MARK: char = '‸';

/// In how many files each mutation is tried, where there are so many that it fits.
const FILES_EACH: usize = 4;

static REAL: LazyLock<Files> =
    LazyLock::new(|| real_snapshot().files().map(|(path, bytes)| (path.to_string(), bytes.to_vec())).collect());

/// What is broken.
#[derive(Clone, Copy)]
enum Edit {
    /// The line that starts so becomes another.
    Line(&'static str, &'static str),
    /// A stretch of text becomes another, where it first stands.
    Words(&'static str, &'static str),
    /// A line is added to the end of the front matter, if no line there starts with its key.
    Key(&'static str),
    /// A block is added to the end of the body.
    Body(&'static str),
    /// A whole file is added, or another is in its place.
    File(&'static str, &'static str),
    /// A file is taken away; the mark is in another one.
    Without(&'static str, &'static str, &'static str),
}

/// In which files.
#[derive(Clone, Copy, PartialEq, Eq)]
enum In {
    Bulletins,
    /// Bulletins without reports and changes, whose other dates stay as they are.
    PlainBulletins,
    Goals,
    Originals,
    Translations,
    Everywhere,
    Site,
}

impl In {
    fn has(self, path: &str, text: &str) -> bool {
        let Some(stem) = path.strip_suffix(".md") else { return matches!(self, Self::Site) && path == "site.toml" };
        let is_chinese = stem.rsplit_once('.').is_some_and(|(_, tag)| tag == "zh");
        let is_page = !stem.contains("_index");
        match self {
            Self::Bulletins => is_page && !is_chinese && path.starts_with("bulletins/"),
            Self::PlainBulletins => {
                Self::Bulletins.has(path, text) && !text.contains("reports:") && !text.contains("changes:")
            }
            Self::Goals => is_page && !is_chinese && path.starts_with("goals/"),
            Self::Originals => !is_chinese,
            Self::Translations => is_page && is_chinese,
            Self::Everywhere => is_page,
            Self::Site => false,
        }
    }
}

const MUTATIONS: &[(Code, In, Edit)] = &[
    (Code::BadName, In::Site, Edit::File("bulletins/Bad Name.md", "‸---\ntitle: A\n---\n")),
    (Code::BadName, In::Site, Edit::File("goals/economy/Bad Name.md", "‸---\ntitle: A\n---\n")),
    (Code::Misplaced, In::Site, Edit::File("goals/lost.md", "‸---\ntitle: A\n---\n")),
    (Code::Misplaced, In::Site, Edit::File("goals/economy/deep/lost.md", "‸---\ntitle: A\n---\n")),
    (Code::MissingSite, In::Site, Edit::Without("site.toml", "site.toml", "‸")),
    (Code::Syntax, In::Site, Edit::Line("time_zone", "time_zone ‸Asia/Shanghai")),
    (Code::Syntax, In::Everywhere, Edit::Key("‸\tnote: tab")),
    (Code::Syntax, In::Everywhere, Edit::Key("‸note：full width")),
    (Code::NoFrontMatter, In::Everywhere, Edit::Line("---", "‸title: A")),
    (Code::Unclosed, In::Everywhere, Edit::Words("\n---\n", "\n‸--\n")),
    (Code::UnknownKey, In::Everywhere, Edit::Key("‸weather: fine")),
    (Code::UnknownKey, In::Site, Edit::Line("featured", "‸weather = 1")),
    (Code::DuplicateKey, In::Everywhere, Edit::Key("‸title: Again")),
    (Code::MissingKey, In::Bulletins, Edit::Words("\npublished: ", "\naliases: [] # ")),
    (Code::MissingKey, In::Goals, Edit::Line("kind:", "")),
    (Code::MissingKey, In::Site, Edit::Line("name", "")),
    (Code::WrongType, In::Bulletins, Edit::Key("draft: ‸perhaps")),
    (Code::WrongType, In::Everywhere, Edit::Line("summary:", "summary: ‸[a, b]")),
    (Code::BadValue, In::Goals, Edit::Line("kind:", "kind: ‸increse")),
    (Code::BadValue, In::Site, Edit::Line("time_zone", "time_zone = ‸\"Asia/Lakeside\"")),
    (Code::BadDate, In::Bulletins, Edit::Line("published:", "published: ‸soon")),
    (Code::BadDate, In::Bulletins, Edit::Line("published:", "published: ‸2022-13-01")),
    (Code::BadUrl, In::Site, Edit::Line("base_url", "base_url = ‸\"bulletin.example\"")),
    (Code::BadUrl, In::Bulletins, Edit::Words("url: \"http", "url: ‸\"htp")),
    (Code::Inconsistent, In::Bulletins, Edit::Key("expires: ‸1999-01-01")),
    (
        Code::Inconsistent,
        In::Goals,
        Edit::Words("from: 2022-01-01, to: 2022-12-31", "from: 2022-12-31, to: ‸2022-01-01"),
    ),
    (Code::UnknownGoal, In::Bulletins, Edit::Key("mentions: [‸urban-jobs-2023]")),
    (Code::UnknownMilestone, In::Bulletins, Edit::Words("milestone: policies-issued", "milestone: ‸policies-isued")),
    (
        Code::UnknownMilestone,
        In::PlainBulletins,
        Edit::Key("reports: [{ goal: creative-design-center, milestone: ‸policies-isued, as_of: 2022-06-30 }]"),
    ),
    (Code::UnknownCategory, In::Bulletins, Edit::Key("categories: [‸weather]")),
    (Code::UnknownSection, In::Site, Edit::Words("\"/bulletins/\"", "‸\"/buletins/\"")),
    (Code::UnknownSection, In::Site, Edit::Body("[freshness]\n‸buletins = 3")),
    (Code::UnknownSlug, In::Site, Edit::Line("featured", "featured = [‸\"childcar\"]")),
    (
        Code::UnknownSlug,
        In::PlainBulletins,
        Edit::Key("withdrawn: { on: 2026-01-01, reason: { en: Wrong, zh: 有误 }, replaced_by: ‸childcar }"),
    ),
    (
        Code::ReportMismatch,
        In::Bulletins,
        Edit::Key("reports: [{ goal: ‸fresh-food-supply, value: 5, as_of: 2022-06-30 }]"),
    ),
    (Code::DuplicateSlug, In::Site, Edit::File("bulletins/childcare/index.md", "‸---\ntitle: A\n---\n")),
    (Code::DuplicateSlug, In::Site, Edit::File("goals/economy/ai-pilot-zone/index.md", "‸---\ntitle: A\n---\n")),
    (Code::DuplicateAlias, In::Bulletins, Edit::Key("aliases: [‸/bulletins/childcare/]")),
    (Code::NoOriginal, In::Site, Edit::File("bulletins/new.zh.md", "‸---\ntitle: 新\nsummary: 新的。\n---\n")),
    (Code::NoOriginal, In::Site, Edit::File("goals/economy/new.zh.md", "‸---\ntitle: 新\nsummary: 新的。\n---\n")),
    (Code::RepeatsFacts, In::Translations, Edit::Key("‸aliases: [/old/]")),
    (Code::UnknownLanguage, In::Site, Edit::File("bulletins/childcare.fr.md", "‸---\ntitle: A\n---\n")),
    (Code::UnknownLanguage, In::Site, Edit::File("goals/economy/ai-pilot-zone.fr.md", "‸---\ntitle: A\n---\n")),
    (Code::MissingMessage, In::Site, Edit::Line("languages", "languages = [\"en\", \"zh\", \"ru\"]")),
    (Code::BrokenLink, In::Everywhere, Edit::Body("See ‸[the plan](no-such-plan.md).")),
    (Code::BrokenLink, In::Everywhere, Edit::Body("See ‸[the plan](/no/such/plan/).")),
    (Code::BrokenFragment, In::Everywhere, Edit::Body("See ‸[below](#no-such-heading).")),
    (Code::BadScheme, In::Everywhere, Edit::Body("See ‸[this one](javascript:alert).")),
    (Code::MissingImage, In::Everywhere, Edit::Body("‸![The lake](no-such-lake.png)")),
    (Code::BadImage, In::Everywhere, Edit::Body("‸![The lake](https://lake.example/lake.png)")),
    (Code::SkippedLevel, In::Everywhere, Edit::Body("## One\n\n‸#### Three")),
    (Code::EmptyHeading, In::Everywhere, Edit::Body("‸##")),
    (Code::FirstLevel, In::Everywhere, Edit::Body("‸# A title")),
    (Code::RawHtml, In::Everywhere, Edit::Body("One ‸<br>two.")),
    (Code::LiteralEmphasis, In::Everywhere, Edit::Body("One ‸** two.")),
    (Code::BrokenFootnote, In::Everywhere, Edit::Body("One‸[^no-such-note].")),
    (Code::VagueLink, In::Everywhere, Edit::Body("More is ‸[here](https://lake.example/).")),
    (Code::HeadingAsEmphasis, In::Everywhere, Edit::Body("‸## It is all done!")),
    (
        Code::HeadingAsEmphasis,
        In::Everywhere,
        Edit::Body(
            "‸## One long heading after which nobody who reads in haste on a phone still knows how the heading has begun",
        ),
    ),
    (Code::EmphasisAsHeading, In::Everywhere, Edit::Body("‸**A bold line**\n\nAnd more.")),
    (Code::NoTableHead, In::Everywhere, Edit::Body("‸| a | |\n|---|---|\n| b | c |")),
    (Code::Placeholder, In::Bulletins, Edit::Line("summary:", "summary: ‸One or two sentences.")),
    (Code::Placeholder, In::Translations, Edit::Line("summary:", "summary: ‸一两句话。")),
    (Code::RepeatedTitle, In::Bulletins, Edit::Line("summary:", "summary: ‸{title}")),
    (
        Code::LongSentence,
        In::Originals,
        Edit::Body("‸We say that a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a is long."),
    ),
    (Code::ChineseSpacing, In::Translations, Edit::Body("今年‸ 全市。")),
    (Code::ChinesePunctuation, In::Translations, Edit::Body("今年‸,全市。")),
    (Code::ChinesePunctuation, In::Translations, Edit::Body("今年增长5%‸,全市也是。")),
    (Code::ChinesePunctuation, In::Originals, Edit::Body("This year‸，all of it.")),
    (Code::FarDate, In::PlainBulletins, Edit::Line("published:", "published: ‸1902-01-01")),
    (Code::FarDate, In::PlainBulletins, Edit::Key("changes: { on: ‸2204-09-03, note: { en: Wrong, zh: 有误 } }")),
    (Code::FarDate, In::Bulletins, Edit::Key("expires: ‸2925-01-01")),
    (Code::FarDate, In::Goals, Edit::Line("period:", "period: { from: 2022-01-01, to: ‸2925-12-31 }")),
    (Code::MissingText, In::Site, Edit::Without("bulletins/_index.zh.md", "bulletins/_index.md", "title: ‸")),
    (Code::MissingText, In::Site, Edit::Without("goals/economy/_index.zh.md", "goals/economy/_index.md", "title: ‸")),
    (Code::Untranslated, In::Site, Edit::Without("bulletins/childcare.zh.md", "bulletins/childcare.md", "title: ‸")),
    (Code::Untranslated, In::Site, Edit::Without("accessibility.zh.md", "accessibility.md", "title: ‸")),
];

/// What no edit of one text of the real content shows; each has a test of its own.
const BY_HAND: &[Code] = &[
    Code::NotUtf8,
    Code::TooLarge,
    Code::SymlinkEscape,
    Code::ShrinkingFigure,
    Code::NoAlt,
    Code::HeavyImage,
    Code::LongSummary,
    Code::NoSource,
    Code::NoGoal,
    Code::ContradictedReport,
];

/// The content after an edit, and where the mark stood.
fn broken(path: &str, edit: Edit) -> Option<(Files, Place)> {
    let mut files = REAL.clone();
    let text = String::from_utf8(files.get(path)?.clone()).expect("UTF-8");
    let (path, marked) = match edit {
        Edit::Line(start, becomes) => {
            let line = text.lines().find(|line| line.starts_with(start))?;
            let title =
                text.lines().find_map(|line| line.strip_prefix("title: ")).unwrap_or_default().trim_matches('"');
            (path, text.replacen(line, &becomes.replace("{title}", title), 1))
        }
        Edit::Words(words, becomes) => {
            text.contains(words).then_some(())?;
            (path, text.replacen(words, becomes, 1))
        }
        Edit::Key(line) => {
            let key = line.trim_start_matches(MARK).split([':', '：']).next()?.trim();
            let end = text[4..].find("\n---\n")? + 5;
            let is_taken = key != "title" && text[..end].lines().any(|line| line.starts_with(key));
            (!is_taken).then_some(())?;
            (path, format!("{}{line}\n{}", &text[..end], &text[end..]))
        }
        Edit::Body(block) => (path, format!("{}\n\n{block}\n", text.trim_end())),
        Edit::File(path, text) => (path, text.to_owned()),
        Edit::Without(gone, path, mark) => {
            files.remove(gone);
            let text = REAL.get(path).map(|text| String::from_utf8_lossy(text).into_owned())?;
            (path, text.replacen(mark.trim_end_matches(MARK), mark, 1))
        }
    };
    let at = marked.find(MARK);
    let text = marked.replace(MARK, "");
    // Without a mark, the diagnostic is about the file, or about its front matter as a whole.
    let at = at.unwrap_or(if text.starts_with("---\n") && text.matches("\n---\n").count() > 0 { 4 } else { 0 });
    let place = position(&text, at);
    if !matches!(edit, Edit::Without(..)) {
        files.insert(path.to_owned(), text.into_bytes());
    }
    Some((files, (path.to_owned(), place.line, place.column)))
}

/// What is said about a content beyond what is said about the real one: code and place.
fn said(files: &Files) -> Vec<(Code, Place)> {
    static BEFORE: LazyLock<BTreeSet<(Code, Place)>> = LazyLock::new(|| judged(&REAL).into_iter().collect());
    let mut said = judged(files);
    said.retain(|one| !BEFORE.contains(one));
    said
}

fn judged(files: &Files) -> Vec<(Code, Place)> {
    let snapshot: Snapshot = files.iter().map(|(path, bytes)| (path.clone(), bytes.clone())).collect();
    places(&snapshot, Diagnostics::default())
}

fn places(snapshot: &Snapshot, found: Diagnostics) -> Vec<(Code, Place)> {
    let reading = edition::read(snapshot, found, None);
    let mut found = reading.diagnostics;
    if !found.has_errors() {
        found.append(lint(&reading.content, snapshot, instant(TODAY)));
    }
    let place = |path: &str, at: usize| {
        let place = position(snapshot.shown(path).unwrap_or_default(), at);
        (path.to_owned(), place.line, place.column)
    };
    found.into_sorted().iter().map(|one| (one.code, place(&one.path, one.span.start))).collect()
}

/// The files in which an edit is tried: the first, the last and some between of those that it fits.
fn candidates(files: In, edit: Edit) -> Vec<(Files, Place)> {
    let fitting: Vec<(Files, Place)> = REAL
        .iter()
        .filter(|(path, text)| files.has(path, &String::from_utf8_lossy(text)))
        .filter_map(|(path, _)| broken(path, edit))
        .collect();
    let step = fitting.len().div_ceil(FILES_EACH).max(1);
    fitting.into_iter().step_by(step).collect()
}

#[test]
fn one_mistake_is_named_where_it_stands_and_nothing_else_is() {
    let wrong: Vec<String> = MUTATIONS
        .par_iter()
        .flat_map(|(code, files, edit)| {
            let tried = candidates(*files, *edit);
            assert!(!tried.is_empty(), "{code} is tried nowhere");
            tried
                .into_iter()
                .filter_map(move |(files, place)| {
                    let said = said(&files);
                    (said != [(*code, place.clone())]).then(|| format!("{code} at {place:?}: {said:?}"))
                })
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(wrong.is_empty(), "{} mutations are not named alone:\n{}", wrong.len(), wrong.join("\n"));
}

/// What can stand in one place only: the site's settings.
const IN_ONE_PLACE: &[Code] = &[Code::MissingSite, Code::MissingMessage];

#[test]
fn every_rule_is_broken_in_several_places() {
    let mut places: BTreeMap<Code, BTreeSet<Place>> = BTreeMap::new();
    for (code, files, edit) in MUTATIONS {
        places.entry(*code).or_default().extend(candidates(*files, *edit).into_iter().map(|(_, place)| place));
    }
    let alone: Vec<Code> = places
        .iter()
        .filter(|(code, places)| places.len() < 2 && !IN_ONE_PLACE.contains(code))
        .map(|(code, _)| *code)
        .collect();
    assert!(alone.is_empty(), "tried in one place only: {alone:?}");
}

#[test]
fn every_rule_is_broken_here() {
    let tried = MUTATIONS.iter().map(|(code, ..)| code).chain(BY_HAND).chain(&OF_THE_WEB);
    let tried: BTreeSet<&Code> = tried.collect();
    let missing: Vec<&Code> = Code::ALL.iter().filter(|code| !tried.contains(code)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// The real content with files added or put in the place of others.
fn with(changes: &[(&str, &[u8])]) -> Files {
    let mut files = REAL.clone();
    files.extend(changes.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())));
    files
}

fn text(path: &str) -> String {
    String::from_utf8(REAL[path].clone()).expect("UTF-8")
}

fn at(path: &str, line: usize, column: usize) -> Place {
    (path.to_owned(), line, column)
}

#[test]
fn files_that_cannot_be_read_are_named_alone() {
    let folder = tempfile::TempDir::new().expect("a new folder");
    for (path, bytes) in REAL.iter() {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).expect("a new folder");
        std::fs::write(path, bytes).expect("a new file");
    }
    let said = || {
        let (snapshot, found) = Source::Directory(folder.path().to_owned()).snapshot().expect("a folder");
        let before: BTreeSet<(Code, Place)> = judged(&REAL).into_iter().collect();
        places(&snapshot, found).into_iter().filter(|one| !before.contains(one)).collect::<Vec<_>>()
    };
    let path = "bulletins/new.md";
    let new = folder.path().join(path);
    std::fs::write(&new, b"---\ntitle: caf\xe9\n---\n").unwrap();
    assert_eq!(said(), [(Code::NotUtf8, at(path, 2, 11))]);
    std::fs::write(&new, vec![b'a'; usize::try_from(MAX_TEXT_BYTES).unwrap() + 1]).unwrap();
    assert_eq!(said(), [(Code::TooLarge, at(path, 1, 1))]);
    std::fs::remove_file(&new).unwrap();
    std::os::unix::fs::symlink("/etc/hostname", &new).unwrap();
    assert_eq!(said(), [(Code::SymlinkEscape, at(path, 1, 1))]);
}

#[test]
fn figures_that_do_not_fit_are_named_alone() {
    let report = |goal: &str, day: &str, value: u32| {
        format!(
            "---\ntitle: {goal} by {day}\nsummary: The city has counted {value} of them.\npublished: {day}\nsource: {{ name: Harbin Daily }}\nreports: [{{ goal: {goal}, value: {value}, as_of: {day} }}]\n---\n"
        )
    };
    for goal in ["urban-jobs-2022", "nursing-beds-2022"] {
        let (first, second) = (report(goal, "2022-03-31", 900), report(goal, "2022-06-30", 800));
        let chinese = |day: &str| format!("---\ntitle: {day}情况\nsummary: 情况如下。\n---\n");
        let files = with(&[
            ("bulletins/a.md", first.as_bytes()),
            ("bulletins/a.zh.md", chinese("三月").as_bytes()),
            ("bulletins/b.md", second.as_bytes()),
            ("bulletins/b.zh.md", chinese("六月").as_bytes()),
        ]);
        assert_eq!(said(&files), [(Code::ShrinkingFigure, at("bulletins/b.md", 6, 19))]);
        let unsourced = first.replace("source: { name: Harbin Daily }\n", "");
        let files =
            with(&[("bulletins/a.md", unsourced.as_bytes()), ("bulletins/a.zh.md", chinese("三月").as_bytes())]);
        assert_eq!(said(&files), [(Code::NoSource, at("bulletins/a.md", 5, 19))]);
    }
    let other = report("nursing-beds-2022", "2022-03-31", 900).replace("900 of them", "950 new beds");
    let files =
        with(&[("bulletins/a.md", other.as_bytes()), ("bulletins/a.zh.md", b"---\ntitle: A\nsummary: B\n---\n")]);
    let column = "summary: The city has counted ".len() + 1;
    assert_eq!(said(&files), [(Code::ContradictedReport, at("bulletins/a.md", 3, column))]);
    let path = "bulletins/2023-modern-agriculture.md";
    let other = text(path).replace("15 billion kg", "16 billion kg");
    let column =
        "summary: The municipal agriculture bureau says that grain capacity has always stayed above ".len() + 1;
    assert_eq!(said(&with(&[(path, other.as_bytes())])), [(Code::ContradictedReport, at(path, 3, column))]);
}

#[test]
fn a_title_that_is_repeated_is_named_alone() {
    for path in ["bulletins/childcare.md", "goals/agriculture/grain-capacity.md"] {
        let text = text(path);
        let title = text.lines().find_map(|line| line.strip_prefix("title: ")).expect("a title");
        let end = text[4..].find("\n---\n").expect("front matter") + 9;
        let headed = format!("{}## {title}\n\nAgain.\n\n{}", &text[..end], &text[end..]);
        let line = text[..end].lines().count() + 1;
        assert_eq!(said(&with(&[(path, headed.as_bytes())])), [(Code::RepeatedTitle, at(path, line, 4))]);
    }
}

#[test]
fn images_summaries_and_bulletins_without_goals_are_named_alone() {
    let picture =
        [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x04\xb0\0\0\x03\x20\x08\x02\0\0\0".as_slice(), &vec![0; 620_000]].concat();
    for path in ["bulletins/childcare.md", "bulletins/childcare.zh.md", "about.md", "goals/economy/_index.md"] {
        let folder = path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let image = format!("{folder}lake.png");
        let body = |block: &str| format!("{}\n\n{block}\n", text(path).trim_end());
        let line = body("").lines().count();
        let unseen = body("One ![](lake.png)");
        let small: &[u8] = &picture[..200];
        assert_eq!(said(&with(&[(path, unseen.as_bytes()), (&image, small)])), [(Code::NoAlt, at(path, line, 5))]);
        let heavy = body("One ![The lake](lake.png)");
        let heavy = with(&[(path, heavy.as_bytes()), (&image, &picture)]);
        assert_eq!(said(&heavy), [(Code::HeavyImage, at(path, line, 5))]);
    }
    for path in ["bulletins/childcare.md", "bulletins/2022-development-goals.md", "goals/agriculture/grain-capacity.md"]
    {
        let summary = text(path).lines().nth(2).expect("a summary").to_owned();
        let long = text(path).replacen(&summary, &format!("summary: {}", "It is long. ".repeat(20).trim_end()), 1);
        assert_eq!(said(&with(&[(path, long.as_bytes())])), [(Code::LongSummary, at(path, 3, 10))]);
    }
    for path in ["bulletins/2022-call-for-projects.md", "bulletins/2021-5g-plan.md"] {
        let mentions = text(path).lines().find(|line| line.starts_with("mentions:")).expect("mentions").to_owned();
        let alone = text(path).replacen(&mentions, "draft: false", 1);
        assert_eq!(said(&with(&[(path, alone.as_bytes())])), [(Code::NoGoal, at(path, 2, 8))]);
    }
    let (content, _) = Content::read(&real_snapshot());
    assert!(content.bulletins.len() > 40, "the real content is what is broken here");
}
