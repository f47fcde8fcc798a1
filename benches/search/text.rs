//! Cities to be searched, the same for the same numbers: bulletins of about 4 KB, in English or in Chinese, whose words
//! are as frequent as words are (Zipf): a few everywhere, most of them rare.
//!
//! Words stand in phrases that come again, with Zipf's frequencies too: so the pairs of neighbours in Chinese are about as
//! many as in the real content (4,000 different ones among its first 10,000).
//!
//! The first words are those of the real content. English has made-up ones behind them, Chinese every pair of its
//! characters that the dictionary knows, so that the vocabulary grows as that of real text does.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use gazette::language::is_han;
use gazette::source::{Snapshot, Source};
use jieba_rs::Jieba;

/// How many different words there are.
const WORDS: usize = 60_000;

/// How many phrases there are.
const PHRASES: usize = 60_000;

/// About how many bytes a body has.
const BODY_BYTES: usize = 3_700;

/// The language of a city.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tongue {
    English,
    Chinese,
}

/// A small generator of numbers (xorshift64*), so that every run has the same content.
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let wide = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(wide).unwrap_or_default() % limit
    }
}

/// The words of a language, the most frequent first.
pub(crate) struct Vocabulary {
    pub(crate) tongue: Tongue,
    words: Vec<String>,
    /// Up to where in a sum of frequencies each word reaches.
    reach: Vec<f64>,
    /// Words that stand together again and again, as they do in real text.
    phrases: Vec<Vec<usize>>,
}

impl Vocabulary {
    pub(crate) fn new(tongue: Tongue) -> Self {
        let snapshot =
            Source::Embedded.snapshot().map(|(snapshot, _)| snapshot).unwrap_or_default();
        let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
        let mut words = match tongue {
            Tongue::English => english(&snapshot, &mut numbers),
            Tongue::Chinese => chinese(&snapshot),
        };
        // Real words keep their places by chance, as frequent as their rank makes them.
        for place in (1..words.len()).rev() {
            words.swap(place, numbers.below(place + 1));
        }
        let mut sum = 0.0;
        let ranks = words.len().max(PHRASES);
        let mut reach = Vec::with_capacity(ranks);
        for rank in 1..=ranks {
            #[expect(clippy::cast_precision_loss, reason = "there are some ten thousand words")]
            let frequency = 1.0 / (rank as f64 + 2.7);
            sum += frequency;
            reach.push(sum);
        }
        let mut vocabulary = Self { tongue, words, reach, phrases: Vec::new() };
        for _ in 0..PHRASES {
            let length = 2 + numbers.below(3);
            let phrase = (0..length)
                .map(|_| vocabulary.rank(vocabulary.words.len(), &mut numbers))
                .collect();
            vocabulary.phrases.push(phrase);
        }
        vocabulary
    }

    /// A rank below a limit, as often as its word is.
    fn rank(&self, limit: usize, numbers: &mut Numbers) -> usize {
        #[expect(clippy::cast_precision_loss, reason = "a share of a million")]
        let share = numbers.below(1_000_000) as f64 / 1e6;
        let wanted = share * self.reach[limit - 1];
        self.reach.partition_point(|reach| *reach < wanted).min(limit - 1)
    }

    /// A word, as often as it is.
    pub(crate) fn word(&self, numbers: &mut Numbers) -> &str {
        &self.words[self.rank(self.words.len(), numbers)]
    }

    fn sentence(&self, words: usize, numbers: &mut Numbers) -> String {
        let (between, end) = if self.tongue == Tongue::English { (" ", ". ") } else { ("", "。") };
        let mut sentence = String::new();
        let mut place = 0;
        while place < words {
            let phrase = &self.phrases[self.rank(self.phrases.len(), numbers)];
            for word in phrase {
                if place > 0 {
                    sentence.push_str(between);
                }
                sentence.push_str(&self.words[*word]);
                place += 1;
            }
            if numbers.below(2) == 0 {
                sentence.push_str(if self.tongue == Tongue::English { "," } else { "，" });
            }
            if numbers.below(25) == 0 {
                let _ = write!(sentence, "{between}{}", numbers.below(90_000));
            }
        }
        sentence + end
    }
}

fn english(snapshot: &Snapshot, numbers: &mut Numbers) -> Vec<String> {
    const START: [&str; 20] = [
        "b", "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "v", "w", "br", "ch",
        "st", "tr", "pl",
    ];
    const MIDDLE: [&str; 10] = ["a", "e", "i", "o", "u", "ai", "ea", "ou", "er", "on"];
    const END: [&str; 12] =
        ["", "s", "ed", "ing", "er", "ly", "tion", "ness", "al", "ment", "t", "n"];
    let texts = snapshot
        .files()
        .map(|(path, _)| path)
        .filter(|path| path.ends_with(".md") && !path.ends_with(".zh.md"));
    let texts = texts.filter_map(|path| snapshot.text(path));
    let real = texts
        .flat_map(|text| text.split(|c: char| !c.is_ascii_lowercase()))
        .filter(|word| word.len() > 1);
    let mut words: BTreeSet<String> = real.map(ToOwned::to_owned).collect();
    while words.len() < WORDS {
        let mut word = String::new();
        for _ in 0..=numbers.below(3) {
            word.push_str(START[numbers.below(START.len())]);
            word.push_str(MIDDLE[numbers.below(MIDDLE.len())]);
        }
        word.push_str(END[numbers.below(END.len())]);
        words.insert(word);
    }
    words.into_iter().collect()
}

fn chinese(snapshot: &Snapshot) -> Vec<String> {
    let texts = snapshot
        .files()
        .map(|(path, _)| path)
        .filter(|path| path.ends_with(".zh.md"))
        .filter_map(|path| snapshot.text(path));
    let characters: BTreeSet<char> =
        texts.flat_map(str::chars).filter(|character| is_han(*character)).collect();
    let dictionary = Jieba::new();
    let mut words: Vec<String> = Vec::new();
    for first in &characters {
        let pairs = characters.iter().map(|second| format!("{first}{second}"));
        words.extend(pairs.filter(|pair| dictionary.has_word(pair)));
        // About a quarter of the words of a text are single characters.
        words.push(first.to_string());
    }
    words
}

/// The files of a city with this many bulletins.
pub(crate) fn city(bulletins: usize, vocabulary: &Vocabulary) -> Vec<(String, Vec<u8>)> {
    let tag = if vocabulary.tongue == Tongue::English { "en" } else { "zh" };
    let site = format!(
        "name = \"Generated\"\nbase_url = \"https://generated.example/\"\ntime_zone = \"Asia/Shanghai\"\nlanguages = [\"{tag}\"]\n"
    );
    let mut files = vec![
        ("site.toml".to_owned(), site),
        ("bulletins/_index.md".to_owned(), "---\ntitle: Bulletins\n---\n".to_owned()),
    ];
    for category in CATEGORIES {
        files.push((
            format!("goals/{category}/_index.md"),
            format!("---\ntitle: Category {category}\n---\n"),
        ));
    }
    let mut numbers = Numbers(0xD1B5_4A32_D192_ED03);
    files
        .extend((0..bulletins).map(|number| bulletin(number, bulletins, vocabulary, &mut numbers)));
    files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect()
}

/// The categories of a generated city.
pub(crate) const CATEGORIES: [&str; 4] = ["economy", "agriculture", "construction", "livelihoods"];

fn bulletin(
    number: usize,
    of: usize,
    vocabulary: &Vocabulary,
    numbers: &mut Numbers,
) -> (String, String) {
    let day = number * 3_600 / of;
    let (year, month, day) = (2016 + day / 360, day / 30 % 12 + 1, day % 30 % 28 + 1);
    let mut text = format!(
        "---\ntitle: \"{}\"\nsummary: \"{}\"\npublished: {year}-{month:02}-{day:02}\ncategories: [{}]\n---\n",
        vocabulary.sentence(8, numbers).trim_end_matches(['.', ' ', '。']),
        vocabulary.sentence(20, numbers).trim_end(),
        CATEGORIES[numbers.below(CATEGORIES.len())],
    );
    let end = text.len() + BODY_BYTES;
    while text.len() < end {
        if numbers.below(4) == 0 {
            let _ = write!(
                text,
                "## {}\n\n",
                vocabulary.sentence(4, numbers).trim_end_matches(['.', ' ', '。'])
            );
        }
        for _ in 0..3 {
            text.push_str(&vocabulary.sentence(16, numbers));
        }
        text.push_str("\n\n");
    }
    (format!("bulletins/bulletin-{number}.md"), text)
}
