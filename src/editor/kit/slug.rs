//! Making the name of a new file from its title, in any script that can be spelt in letters a to z.

use icu_normalizer::DecomposingNormalizerBorrowed;
use pinyin::ToPinyin as _;

use crate::content::slug_from;

/// The longest name; a longer title is cut at a word.
pub const MAX_SLUG: usize = 60;

/// Words of public notices in which a character does not have its usual reading.
const READINGS: &[(&str, &str)] = &[
    ("重庆", "chong qing"),
    ("重建", "chong jian"),
    ("重新", "chong xin"),
    ("厦门", "xia men"),
    ("成都", "cheng du"),
    ("首都", "shou du"),
    ("都市", "du shi"),
    ("长春", "chang chun"),
    ("长沙", "chang sha"),
    ("长江", "chang jiang"),
    ("长期", "chang qi"),
    ("长远", "chang yuan"),
    ("长效", "chang xiao"),
    ("延长", "yan chang"),
    ("朝阳", "chao yang"),
    ("银行", "yin hang"),
    ("行业", "hang ye"),
    ("行长", "hang zhang"),
    ("会计", "kuai ji"),
    ("音乐", "yin yue"),
    ("调查", "diao cha"),
    ("调研", "diao yan"),
    ("供给", "gong ji"),
    ("给予", "ji yu"),
    ("参差", "cen ci"),
    ("便宜", "pian yi"),
    ("校对", "jiao dui"),
];

/// Makes a name of letters a to z, digits and hyphens: accents are dropped, Chinese is spelt in
/// pinyin. `None` if nothing of the title can be spelt.
#[must_use]
pub fn slug_from_title(title: &str) -> Option<String> {
    let mut spelt = String::with_capacity(title.len());
    let mut rest = title;
    while let Some(c) = rest.chars().next() {
        if let Some((word, reading)) = READINGS.iter().find(|(word, _)| rest.starts_with(word)) {
            spelt.extend([" ", reading, " "]);
            rest = &rest[word.len()..];
            continue;
        }
        match c.to_pinyin() {
            // Syllables are words of their own: where words end is not written in Chinese.
            Some(syllable) => spelt.extend([" ", syllable.plain(), " "]),
            None => spelt.push(c),
        }
        rest = &rest[c.len_utf8()..];
    }
    let plain: String =
        DecomposingNormalizerBorrowed::new_nfkd().normalize(&spelt).chars().map(letters).collect();
    let joined = without_marks(&plain);
    if !joined.contains(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    Some(cut(&slug_from(&joined)))
}

/// Letters that Unicode does not decompose.
fn letters(c: char) -> String {
    let spelt = match c {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'ı' => "i",
        _ => return c.to_string(),
    };
    spelt.to_owned()
}

/// Removes accents, apostrophes inside words and commas inside numbers, none of which separate
/// words.
fn without_marks(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let near = |at: usize, is: fn(&char) -> bool| {
        at > 0 && chars.get(at - 1).is_some_and(is) && chars.get(at + 1).is_some_and(is)
    };
    let kept = chars.iter().copied().enumerate().filter(|(at, c)| match c {
        '\u{300}'..='\u{36f}' => false,
        '\'' | '’' | 'ʼ' => !near(*at, |c| c.is_alphabetic()),
        ',' => !near(*at, char::is_ascii_digit),
        _ => true,
    });
    kept.map(|(_, c)| c).collect()
}

/// Cuts a name to [`MAX_SLUG`] characters, at a word unless the first one is longer.
fn cut(slug: &str) -> String {
    if slug.len() <= MAX_SLUG {
        return slug.to_owned();
    }
    let end = slug[..=MAX_SLUG].rfind('-').unwrap_or(MAX_SLUG);
    slug[..end].to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::content::is_slug;

    #[test]
    fn titles_become_names_that_say_the_same() {
        for (title, slug) in [
            ("Thirty smart libraries open", "thirty-smart-libraries-open"),
            ("83,000 new jobs in urban areas", "83000-new-jobs-in-urban-areas"),
            ("People’s livelihoods: what's next?", "peoples-livelihoods-whats-next"),
            ("Crèches für Łódź & Straße", "creches-fur-lodz-strasse"),
            ("新增1万套保障性租赁住房", "xin-zeng-1-wan-tao-bao-zhang-xing-zu-lin-zhu-fang"),
            ("绿色宜居村庄", "lu-se-yi-ju-cun-zhuang"),
            ("２０２２年第一季度", "2022-nian-di-yi-ji-du"),
            ("重庆银行行长", "chong-qing-yin-hang-hang-zhang"),
            ("AI 先导区", "ai-xian-dao-qu"),
            ("🎉 Open!", "open"),
        ] {
            assert_eq!(slug_from_title(title).as_deref(), Some(slug), "{title}");
        }
        assert_eq!(slug_from_title("…！🎉"), None);
        assert_eq!(slug_from_title("Вода"), None);
    }

    #[test]
    fn a_long_title_is_cut_at_a_word() {
        let title = "A title that goes on and on, because an office has written it, and never \
                     seems to come to its end";
        assert_eq!(
            slug_from_title(title).as_deref(),
            Some("a-title-that-goes-on-and-on-because-an-office-has-written-it")
        );
        assert_eq!(slug_from_title(&"a".repeat(100)), Some("a".repeat(MAX_SLUG)));
    }

    proptest! {
        #[test]
        fn any_title_becomes_a_name_or_none(title in any::<String>()) {
            if let Some(slug) = slug_from_title(&title) {
                prop_assert!(is_slug(&slug) && slug.len() <= MAX_SLUG, "{title:?} became {slug:?}");
            }
        }
    }
}
