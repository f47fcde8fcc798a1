//! Chinese numerals: `八万三千` is 83000, `百分之五` is 5.

/// A number in Chinese characters at the start of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChineseNumeral {
    pub value: u64,
    /// The length in bytes.
    pub length: usize,
}

/// Words that begin with a numeral and are no numbers: the 20th congress is 二十大.
const NOT_BEFORE: [char; 1] = ['大'];

impl ChineseNumeral {
    /// Reads the numeral that a text begins with. It has two characters or more, one of which is a
    /// power of ten: `一个` and `千万` are everyday words, `十三五` is the name of a plan.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let is_percentage = text.starts_with(PERCENT);
        let start = if is_percentage { PERCENT.len() } else { 0 };
        let rest = text[start..].chars().take_while(|c| digit(*c).is_some() || unit(*c).is_some());
        let characters: Vec<char> = rest.collect();
        let length = start + characters.iter().map(|c| c.len_utf8()).sum::<usize>();
        let has_unit = characters.iter().any(|c| unit(*c).is_some());
        let is_number = is_percentage && !characters.is_empty()
            || has_unit && characters.len() > 1 && !text[length..].starts_with(NOT_BEFORE);
        let value = if is_number { parse(&characters)? } else { return None };
        Some(Self { value, length })
    }
}

const PERCENT: &str = "百分之";

fn digit(c: char) -> Option<u64> {
    let digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let place = match c {
        '〇' => Some(0),
        '两' => Some(2),
        _ => digits.iter().position(|digit| *digit == c),
    };
    place.and_then(|place| u64::try_from(place).ok())
}

fn unit(c: char) -> Option<u64> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1_000),
        '万' => Some(10_000),
        '亿' => Some(100_000_000),
        _ => None,
    }
}

/// The value of a numeral; `None` if it is none, such as `十三五` or `千万`.
fn parse(characters: &[char]) -> Option<u64> {
    let (mut total, mut section): (u64, u64) = (0, 0);
    let mut pending: Option<u64> = None;
    let (mut last_unit, mut last_multiple) = (u64::MAX, 0);
    let mut has_zero = false;
    for (index, c) in characters.iter().enumerate() {
        if let Some(value) = digit(*c) {
            if pending.is_some() {
                return None;
            }
            has_zero = value == 0;
            pending = (value > 0).then_some(value);
            continue;
        }
        let unit = unit(*c)?;
        if unit >= 10_000 {
            section = section.checked_add(pending.take().unwrap_or(0))?;
            if section == 0 && total == 0 {
                return None;
            }
            // 一亿二千万 adds up, and 一万八千亿 is a multiple of 亿.
            total = if unit > last_multiple {
                total.checked_add(section)?.checked_mul(unit)?
            } else {
                total.checked_add(section.checked_mul(unit)?)?
            };
            section = 0;
            (last_multiple, last_unit) = (unit, unit);
        } else {
            // Only ten may do without a digit: 十五, but not 百五.
            let may_lack_digit = unit == 10 && index == 0;
            let value =
                if may_lack_digit { pending.take().unwrap_or(1) } else { pending.take()? };
            if unit >= last_unit {
                return None;
            }
            section = section.checked_add(value.checked_mul(unit)?)?;
            last_unit = unit;
        }
        has_zero = false;
    }
    // 一万八 is 18000, and 一万零八 is 10008.
    let place =
        if has_zero || last_unit < 100 || last_unit == u64::MAX { 1 } else { last_unit / 10 };
    let is_after_zero = characters.len() > 1 && digit(characters[characters.len() - 2]) == Some(0);
    let place = if is_after_zero { 1 } else { place };
    let rest = pending.unwrap_or(0).checked_mul(place)?;
    total.checked_add(section)?.checked_add(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn read_numerals_returns_values() {
        for (text, value) in [
            ("八万三千个", 83_000),
            ("两万四千", 24_000),
            ("一万八千三百", 18_300),
            ("二十一", 21),
            ("十五", 15),
            ("一百零五", 105),
            ("一百五", 150),
            ("一万八", 18_000),
            ("一千五百", 1_500),
            ("一百五十亿公斤", 15_000_000_000),
            ("一亿二千万", 120_000_000),
            ("百分之五", 5),
            ("百分之三十五", 35),
            ("五百万", 5_000_000),
            ("一万八千亿", 1_800_000_000_000),
            ("二千零二十二", 2_022),
        ] {
            assert_eq!(ChineseNumeral::read(text).map(|found| found.value), Some(value), "{text}");
        }
    }

    #[test]
    fn read_everyday_words_returns_none() {
        for text in
            ["一个", "十分", "千万不要", "万一", "十三五规划", "百姓", "二十大报告", "", "人"]
        {
            assert_eq!(ChineseNumeral::read(text), None, "{text}");
        }
    }
}
