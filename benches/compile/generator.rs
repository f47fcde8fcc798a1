//! A city's content of any size, the same for the same numbers: bulletins of about 4 KB with headings, links, lists and
//! a table, over ten years, about goals in four categories; on request, every second one is an official document.

use std::fmt::Write as _;

/// How many goals the generated city has.
const GOALS: usize = 40;

/// The categories of the generated city.
const CATEGORIES: [&str; 4] = ["economy", "agriculture", "construction", "livelihoods"];

/// Words from which sentences are made: enough different ones that text does not compress better than real text.
const WORDS: [&str; 96] = [
    "city",
    "bulletin",
    "district",
    "river",
    "bridge",
    "winter",
    "harvest",
    "library",
    "school",
    "hospital",
    "market",
    "street",
    "station",
    "garden",
    "office",
    "council",
    "mayor",
    "resident",
    "family",
    "worker",
    "farmer",
    "teacher",
    "student",
    "doctor",
    "village",
    "county",
    "province",
    "road",
    "rail",
    "metro",
    "bus",
    "heating",
    "water",
    "power",
    "energy",
    "waste",
    "forest",
    "snow",
    "ice",
    "lilac",
    "museum",
    "theatre",
    "music",
    "design",
    "data",
    "network",
    "service",
    "budget",
    "subsidy",
    "permit",
    "project",
    "contract",
    "tender",
    "survey",
    "report",
    "figure",
    "target",
    "quarter",
    "period",
    "measure",
    "standard",
    "allowance",
    "pension",
    "insurance",
    "employment",
    "training",
    "wage",
    "housing",
    "rental",
    "building",
    "renewal",
    "heritage",
    "archive",
    "planning",
    "transport",
    "traffic",
    "safety",
    "inspection",
    "emergency",
    "repair",
    "opens",
    "begins",
    "continues",
    "improves",
    "covers",
    "supports",
    "extends",
    "replaces",
    "reviews",
    "announces",
    "publishes",
    "measured",
    "northern",
    "public",
    "regional",
    "yearly",
];

/// A small generator of numbers (xorshift64*), so that every run has the same content.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let wide = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(wide).unwrap_or_default() % limit
    }

    fn word(&mut self) -> &'static str {
        WORDS[self.below(WORDS.len())]
    }

    fn sentence(&mut self, words: usize) -> String {
        let mut sentence = String::new();
        for place in 0..words {
            if place > 0 {
                sentence.push(' ');
            }
            sentence.push_str(self.word());
            if self.below(19) == 0 {
                let _ = write!(sentence, " {}", self.below(90_000));
            }
        }
        let first = sentence.remove(0).to_ascii_uppercase();
        format!("{first}{sentence}.")
    }
}

/// What the bulletins of a city have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keys {
    /// The keys of every bulletin.
    Plain,
    /// In every second one, also those of an official document. The texts are the same.
    Documents,
}

/// The files of a city with this many bulletins.
pub(crate) fn city(bulletins: usize, keys: Keys) -> Vec<(String, Vec<u8>)> {
    let has_documents = keys == Keys::Documents;
    let mut files = vec![
        ("site.toml".to_owned(), format!("{SITE}{}", if has_documents { KINDS } else { "" })),
        (
            "_index.md".to_owned(),
            page("A generated city", "What it promised and what came of it.", ""),
        ),
        ("bulletins/_index.md".to_owned(), page("Bulletins", "All bulletins.", "")),
        ("goals/_index.md".to_owned(), page("Goals", "All goals.", "")),
    ];
    for (place, category) in CATEGORIES.iter().enumerate() {
        let text = format!(
            "---\ntitle: Category {category}\nsummary: Goals of {category}.\norder: {place}\n---\n"
        );
        files.push((format!("goals/{category}/_index.md"), text));
    }
    for goal in 0..GOALS {
        let text = format!(
            "---\ntitle: Goal {goal}\nsummary: To reach a number.\nkind: increase\n\
             target: {{ value: {}, unit: units }}\nbaseline: 0\nperiod: {{ from: 2016-01-01, to: 2025-12-31 }}\n---\nHow it is counted.\n",
            1000 * (goal + 1)
        );
        files.push((format!("goals/{}/goal-{goal}.md", CATEGORIES[goal % 4]), text));
    }
    if has_documents {
        for (folder, count, title) in [("bodies", BODIES, "Office"), ("topics", TOPICS, "Topic")] {
            files.extend((0..count).map(|place| {
                let text = format!("---\ntitle: {title} {place}\n---\n");
                (format!("{folder}/{}-{place}.md", title.to_lowercase()), text)
            }));
        }
    }
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    files.extend((0..bulletins).map(|number| {
        let is_document = has_documents && number.is_multiple_of(2);
        bulletin(number, bulletins, is_document, &mut numbers)
    }));
    files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect()
}

/// How many bodies issue the documents, and how many topics these have.
const BODIES: usize = 12;
const TOPICS: usize = 8;

const KINDS: &str = "[documents]\nkinds = [{ name = \"notice\", title = \"Notice\" }, { name = \"rules\", title = \"Rules\" }]\n";

const SITE: &str = "name = \"Generated\"\nbase_url = \"https://generated.example/\"\ntime_zone = \"Asia/Shanghai\"\nlanguages = [\"en\"]\n";

fn page(title: &str, summary: &str, body: &str) -> String {
    format!("---\ntitle: {title}\nsummary: {summary}\n---\n{body}")
}

/// The keys of an official document. One in ten amends, and one in ten repeals, an earlier one.
fn document_keys(number: usize, year: usize, date: &str) -> String {
    let kind = if number.is_multiple_of(4) { "notice" } else { "rules" };
    let mut keys = format!(
        "issuer: [office-{}]\ntopics: [topic-{}]\ndocument: {{ number: 城政规〔{year}〕{}号, kind: {kind}, \
         made: {date}, effective: {date}, until: {}-12-31 }}\n",
        number / 2 % BODIES,
        number / 2 % TOPICS,
        number / 2 + 1,
        year + 5,
    );
    match number % 20 {
        0 if number > 0 => {
            let _ = writeln!(keys, "amends: [bulletin-{}]", number - 18);
        }
        10 => {
            let _ = writeln!(keys, "repeals: [bulletin-{}]", number - 6);
        }
        _ => {}
    }
    keys
}

fn bulletin(
    number: usize,
    of: usize,
    is_document: bool,
    numbers: &mut Numbers,
) -> (String, String) {
    let day = number * 3_600 / of;
    let (year, month, day) = (2016 + day / 360, day / 30 % 12 + 1, day % 30 % 28 + 1);
    let date = format!("{year}-{month:02}-{day:02}");
    let goal = numbers.below(GOALS);
    let document = if is_document { document_keys(number, year, &date) } else { String::new() };
    let mut text = format!(
        "---\ntitle: {}\nsummary: {}\npublished: {date}\nsource: {{ name: Gazette, url: \"https://source.example/{number}\" }}\n\
         reports:\n  - {{ goal: goal-{goal}, value: {}, as_of: {date} }}\nmentions: [goal-{}]\n{document}---\n",
        numbers.sentence(7).trim_end_matches('.'),
        numbers.sentence(18),
        number + 1,
        (goal + 1) % GOALS,
    );
    for part in 0..4 {
        let _ = write!(
            text,
            "## {}\n\n{} See [{}](bulletin-{}.md) and [the goal](../goals/{}/goal-{goal}.md).\n\n",
            numbers.sentence(4).trim_end_matches('.'),
            numbers.sentence(40),
            numbers.sentence(3).trim_end_matches('.'),
            numbers.below(of),
            CATEGORIES[goal % 4]
        );
        let _ = write!(text, "{}\n\n", numbers.sentence(29));
        for _ in 0..3 {
            let _ = writeln!(text, "- {}", numbers.sentence(8));
        }
        text.push('\n');
        if part == 1 {
            text.push_str("| Area | Before | After |\n| --- | ---: | ---: |\n");
            for _ in 0..6 {
                let _ = writeln!(
                    text,
                    "| {} | {} | {} |",
                    numbers.word(),
                    numbers.below(9_000),
                    numbers.below(90_000)
                );
            }
            text.push('\n');
        }
    }
    (format!("bulletins/bulletin-{number}.md"), text)
}
