//! Chinese numerals: `八万三千` is 83000, `百分之五点五` is 5.5.

/// A number in Chinese characters at the start of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChineseNumeral {
    /// In Arabic digits: `83000`, `55.9`.
    pub value: String,
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
        if let Some(fraction) = Fraction::read(&text[length..])
            && let Some(whole) = parse(&characters)
        {
            let length = length + fraction.length;
            return Some(Self { value: fraction.after(whole)?, length });
        }
        let has_unit = characters.iter().any(|c| unit(*c).is_some());
        let is_number = is_percentage && !characters.is_empty()
            || has_unit && characters.len() > 1 && !text[length..].starts_with(NOT_BEFORE);
        let value = if is_number { parse(&characters)? } else { return None };
        Some(Self { value: value.to_string(), length })
    }
}

/// The digits behind a decimal point, and the power of ten that they are a fraction of.
struct Fraction {
    digits: String,
    unit: Option<u64>,
    length: usize,
}

impl Fraction {
    /// Reads the fraction that a text begins with: `点九`, `点三万`. A time of day has none.
    fn read(text: &str) -> Option<Self> {
        let rest = text.strip_prefix(POINT)?;
        let digits: String = rest.chars().map_while(|c| Some(digit(c)?.to_string())).collect();
        let mut length = POINT.len_utf8() + digits.chars().count() * POINT.len_utf8();
        if digits.is_empty() || text[length..].starts_with(NOT_AFTER_FRACTION) {
            return None;
        }
        let unit = text[length..].chars().next().and_then(unit);
        if unit.is_some() {
            length += POINT.len_utf8();
        }
        Some(Self { digits, unit, length })
    }

    /// The value behind a whole number.
    fn after(&self, whole: u64) -> Option<String> {
        let Some(unit) = self.unit else { return Some(format!("{whole}.{}", self.digits)) };
        let scale = 10_u64.checked_pow(u32::try_from(self.digits.len()).ok()?)?;
        let digits: u64 = self.digits.parse().ok()?;
        let part = unit.checked_div(scale)?.checked_mul(digits)?;
        Some(whole.checked_mul(unit)?.checked_add(part)?.to_string())
    }
}

const POINT: char = '点';

/// Not a fraction: ten past three is 三点十分, and 两点一线 are two places with a way between.
const NOT_AFTER_FRACTION: [char; 8] = ['十', '百', '千', '分', '刻', '钟', '半', '线'];

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
            ("八万三千个", 83_000_u64),
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
            ("八点三万人", 83_000),
        ] {
            let found = ChineseNumeral::read(text).map(|found| found.value);
            assert_eq!(found, Some(value.to_string()), "{text}");
        }
    }

    #[test]
    fn read_decimals_returns_digits() {
        for (text, value, length) in [
            ("百分之五十五点九", "55.9", 24),
            ("三点二八个", "3.28", 12),
            ("一百二十点五公里", "120.5", 18),
        ] {
            let value = value.to_owned();
            assert_eq!(ChineseNumeral::read(text), Some(ChineseNumeral { value, length }));
        }
    }

    #[test]
    fn read_everyday_words_returns_none() {
        for text in [
            "三点十分",
            "三点一刻",
            "一个",
            "十分",
            "千万不要",
            "万一",
            "十三五规划",
            "百姓",
            "二十大报告",
            "",
            "人",
        ] {
            assert_eq!(ChineseNumeral::read(text), None, "{text}");
        }
    }
}
