//! Generated cities with bulletins of about 4 KB in English or Chinese, the same in every run.
//!
//! Words follow Zipf's law, and so do the phrases in which they occur: Chinese text then has about
//! as many distinct bigrams as the real content (4,000 among its first 10,000). The vocabulary
//! begins with the words of the real content. English continues with made-up words, Chinese with
//! every pair of its characters that is in the dictionary, so that it grows as in real text.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use gazette::language::is_han;
use gazette::source::{Snapshot, Source};
use jieba_rs::Jieba;

/// Distinct words of a vocabulary.
const WORDS: usize = 60_000;

/// Distinct phrases of a vocabulary.
const PHRASES: usize = 60_000;

/// The approximate size of a body.
const BODY_BYTES: usize = 3_700;

/// The language of a city.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CityLanguage {
    English,
    Chinese,
}

/// A pseudo-random number generator (xorshift64*).
pub(crate) struct Rng(pub(crate) u64);

impl Rng {
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
    pub(crate) language: CityLanguage,
    words: Vec<String>,
    /// The cumulative frequency of the words up to each rank.
    cumulative: Vec<f64>,
    /// Ranks of words that occur together, as in real text.
    phrases: Vec<Vec<usize>>,
}

impl Vocabulary {
    pub(crate) fn new(language: CityLanguage) -> Self {
        let snapshot =
            Source::Embedded.snapshot().map(|(snapshot, _)| snapshot).unwrap_or_default();
        let mut rng = Rng(0x9E37_79B9_7F4A_7C15);
        let mut words = match language {
            CityLanguage::English => english_words(&snapshot, &mut rng),
            CityLanguage::Chinese => chinese_words(&snapshot),
        };
        // The rank of a real word is random.
        for index in (1..words.len()).rev() {
            words.swap(index, rng.below(index + 1));
        }
        let mut sum = 0.0;
        let ranks = words.len().max(PHRASES);
        let mut cumulative = Vec::with_capacity(ranks);
        for rank in 1..=ranks {
            #[expect(clippy::cast_precision_loss, reason = "there are some ten thousand words")]
            let frequency = 1.0 / (rank as f64 + 2.7);
            sum += frequency;
            cumulative.push(sum);
        }
        let mut vocabulary = Self { language, words, cumulative, phrases: Vec::new() };
        for _ in 0..PHRASES {
            let length = 2 + rng.below(3);
            let phrase =
                (0..length).map(|_| vocabulary.rank(vocabulary.words.len(), &mut rng)).collect();
            vocabulary.phrases.push(phrase);
        }
        vocabulary
    }

    /// A random rank below a limit, by the frequency of its word.
    fn rank(&self, limit: usize, rng: &mut Rng) -> usize {
        #[expect(clippy::cast_precision_loss, reason = "a share of a million")]
        let share = rng.below(1_000_000) as f64 / 1e6;
        let wanted = share * self.cumulative[limit - 1];
        self.cumulative.partition_point(|cumulative| *cumulative < wanted).min(limit - 1)
    }

    /// A random word, by its frequency.
    pub(crate) fn word(&self, rng: &mut Rng) -> &str {
        &self.words[self.rank(self.words.len(), rng)]
    }

    fn sentence(&self, words: usize, rng: &mut Rng) -> String {
        let (between, end) =
            if self.language == CityLanguage::English { (" ", ". ") } else { ("", "。") };
        let mut sentence = String::new();
        let mut count = 0;
        while count < words {
            let phrase = &self.phrases[self.rank(self.phrases.len(), rng)];
            for word in phrase {
                if count > 0 {
                    sentence.push_str(between);
                }
                sentence.push_str(&self.words[*word]);
                count += 1;
            }
            if rng.below(2) == 0 {
                sentence.push_str(if self.language == CityLanguage::English { "," } else { "，" });
            }
            if rng.below(25) == 0 {
                let _ = write!(sentence, "{between}{}", rng.below(90_000));
            }
        }
        sentence + end
    }
}

fn english_words(snapshot: &Snapshot, rng: &mut Rng) -> Vec<String> {
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
        for _ in 0..=rng.below(3) {
            word.push_str(START[rng.below(START.len())]);
            word.push_str(MIDDLE[rng.below(MIDDLE.len())]);
        }
        word.push_str(END[rng.below(END.len())]);
        words.insert(word);
    }
    words.into_iter().collect()
}

fn chinese_words(snapshot: &Snapshot) -> Vec<String> {
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

/// The files of a city with a number of bulletins.
pub(crate) fn generate_city(bulletins: usize, vocabulary: &Vocabulary) -> Vec<(String, Vec<u8>)> {
    let tag = if vocabulary.language == CityLanguage::English { "en" } else { "zh" };
    let site = format!(
        "name = \"Generated\"\nbase_url = \"https://generated.example/\"\n\
         time_zone = \"Asia/Shanghai\"\nlanguages = [\"{tag}\"]\n"
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
    let mut rng = Rng(0xD1B5_4A32_D192_ED03);
    files.extend((0..bulletins).map(|number| bulletin(number, bulletins, vocabulary, &mut rng)));
    files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect()
}

/// The categories of a generated city.
pub(crate) const CATEGORIES: [&str; 4] = ["economy", "agriculture", "construction", "livelihoods"];

fn bulletin(number: usize, of: usize, vocabulary: &Vocabulary, rng: &mut Rng) -> (String, String) {
    let day = number * 3_600 / of;
    let (year, month, day) = (2016 + day / 360, day / 30 % 12 + 1, day % 30 % 28 + 1);
    let mut text = format!(
        "---\ntitle: \"{}\"\nsummary: \"{}\"\npublished: {year}-{month:02}-{day:02}\n\
         categories: [{}]\n---\n",
        vocabulary.sentence(8, rng).trim_end_matches(['.', ' ', '。']),
        vocabulary.sentence(20, rng).trim_end(),
        CATEGORIES[rng.below(CATEGORIES.len())],
    );
    let end = text.len() + BODY_BYTES;
    while text.len() < end {
        if rng.below(4) == 0 {
            let _ = write!(
                text,
                "## {}\n\n",
                vocabulary.sentence(4, rng).trim_end_matches(['.', ' ', '。'])
            );
        }
        for _ in 0..3 {
            text.push_str(&vocabulary.sentence(16, rng));
        }
        text.push_str("\n\n");
    }
    (format!("bulletins/bulletin-{number}.md"), text)
}
