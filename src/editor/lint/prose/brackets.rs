//! Finds brackets and quotation marks of Chinese text without a partner, or with one of another
//! form: `《甲〉`, `（甲)`, `“甲“`.
//!
//! A pair may span several paragraphs, so a mark is reported only if no later paragraph closes it.

use std::ops::Range;

use super::chinese::Finding;
use crate::diagnostic::{Code, message};

/// Opening marks with their partners.
const PAIRS: &[(char, char)] = &[
    ('（', '）'),
    ('(', ')'),
    ('《', '》'),
    ('〈', '〉'),
    ('【', '】'),
    ('［', '］'),
    ('〔', '〕'),
    ('「', '」'),
    ('『', '』'),
    ('“', '”'),
];

/// Pairs that writers confuse.
const MIXED: &[&str] = &["（）()", "《》〈〉", "【】［］〔〕", "「」『』"];

/// The maximum number of paragraphs from one mark of a pair to the other.
const REACH: usize = 6;

/// The number of open marks, and of marks without a partner, at which the search ends.
const MAX_MARKS: usize = 100;

/// A mark without a partner in its paragraph.
struct Alone {
    paragraph: usize,
    at: usize,
    mark: char,
}

/// Finds such marks in the paragraphs of a text. Each finding has the index of its paragraph.
pub(super) fn find(paragraphs: &[&str]) -> Vec<(usize, Finding)> {
    let mut found = Vec::new();
    let mut alone: Vec<Alone> = Vec::new();
    for (index, text) in paragraphs.iter().enumerate() {
        let mut open: Vec<(usize, char)> = Vec::new();
        for (at, mark) in text.char_indices() {
            if open.len() + alone.len() > MAX_MARKS {
                return found;
            }
            if partner(mark).is_some() {
                open.push((at, mark));
            } else if let Some(opening) = opening_of(mark) {
                if let Some(place) = open.iter().rposition(|(_, known)| *known == opening) {
                    let left = open.split_off(place).into_iter().skip(1);
                    alone.extend(left.map(|(at, mark)| Alone { paragraph: index, at, mark }));
                } else if let Some((_, known)) = open.pop_if(|(_, known)| is_mixed(*known, mark)) {
                    found.push((index, mixed(at, known, mark)));
                } else if !is_counter(&text[..at]) {
                    close_earlier(&mut alone, Alone { paragraph: index, at, mark });
                }
            }
        }
        alone.extend(open.into_iter().map(|(at, mark)| Alone { paragraph: index, at, mark }));
    }
    let reported = alone.iter().filter(|one| is_reported(one, &alone, paragraphs));
    found.extend(reported.map(|one| (one.paragraph, without_partner(one))));
    found
}

fn partner(mark: char) -> Option<char> {
    PAIRS.iter().find(|(open, _)| *open == mark).map(|(_, close)| *close)
}

fn opening_of(mark: char) -> Option<char> {
    PAIRS.iter().find(|(_, close)| *close == mark).map(|(open, _)| *open)
}

fn is_mixed(open: char, close: char) -> bool {
    MIXED.iter().any(|forms| forms.contains(open) && forms.contains(close))
}

/// Removes the opening mark of an earlier paragraph that `closing` closes; without one, adds
/// `closing` to the marks without a partner.
fn close_earlier(alone: &mut Vec<Alone>, closing: Alone) {
    let opening = opening_of(closing.mark);
    let earlier = alone
        .iter()
        .rposition(|one| Some(one.mark) == opening && closing.paragraph - one.paragraph <= REACH);
    match earlier {
        Some(index) => drop(alone.remove(index)),
        None => alone.push(closing),
    }
}

/// Whether a closing bracket follows the number of an item: `1）`, `第一）`, `a）`.
fn is_counter(before: &str) -> bool {
    let rest = before.trim_end_matches(|c: char| {
        c.is_ascii_alphanumeric() || "第一二三四五六七八九十".contains(c)
    });
    let length = before[rest.len()..].chars().count();
    (1..=4).contains(&length)
        && !rest.ends_with(|c: char| c.is_alphanumeric())
        && !rest.ends_with(['（', '('])
}

/// Whether a mark without a partner is reported. Half-width brackets are left to other rules. Each
/// paragraph of a long quotation begins with a mark, and only the last one ends with one.
fn is_reported(one: &Alone, all: &[Alone], paragraphs: &[&str]) -> bool {
    match one.mark {
        '(' | ')' => false,
        '“' => {
            let has_earlier = all.iter().any(|other| {
                other.paragraph == one.paragraph && other.mark == '“' && other.at < one.at
            });
            let next = paragraphs.get(one.paragraph + 1);
            let is_long = one.at == 0 || next.is_some_and(|next| next.starts_with('“'));
            let has_later = all.iter().any(|other| {
                other.paragraph == one.paragraph && other.mark == '“' && other.at > one.at
            });
            has_earlier || !is_long && !has_later
        }
        _ => true,
    }
}

fn mixed(at: usize, open: char, close: char) -> Finding {
    let (wrong, meant) = (close, partner(open).unwrap_or(close));
    Finding {
        code: Code::ChinesePunctuation,
        range: at..at + wrong.len_utf8(),
        message: message!(
            "`{open}` before these words and `{close}` behind them are no pair",
            "前面的 `{open}` 与这里的 `{close}` 不是一对"
        ),
        help: if open == '(' {
            message!("write `（` and `）`", "请写成 `（` 和 `）`")
        } else {
            message!("write `{meant}`", "请写成 `{meant}`")
        },
    }
}

fn without_partner(one: &Alone) -> Finding {
    let mark = one.mark;
    let range: Range<usize> = one.at..one.at + mark.len_utf8();
    let other = partner(mark).or_else(|| opening_of(mark)).unwrap_or(mark);
    Finding {
        code: Code::ChinesePunctuation,
        range,
        message: message!("`{mark}` has no partner `{other}`", "`{mark}` 没有对应的 `{other}`"),
        help: message!(
            "write `{other}` where it is missing, or `{other}` in place of this mark, or remove it",
            "请在缺少的地方补上 `{other}`；如果方向写反了，请改成 `{other}`；多余的请删去"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let paragraphs: Vec<&str> = text.split('\n').collect();
        let found = find(&paragraphs);
        found.into_iter().map(|(index, finding)| &paragraphs[index][finding.range]).collect()
    }

    #[test]
    fn marks_without_right_partner_are_found() {
        for (text, marks) in [
            ("按照《规划法〉执行", vec!["〉"]),
            ("按照《规划法执行", vec!["《"]),
            ("按照规划法》执行", vec!["》"]),
            ("供热（含热水)开始", vec![")"]),
            ("供热(含热水）开始", vec!["）"]),
            ("供热（含热水开始", vec!["（"]),
            ("供热含热水）开始", vec!["）"]),
            ("（甲《乙）丙", vec!["《"]),
            ("【通知］请注意", vec!["］"]),
            ("他说：“供热开始。", vec!["“"]),
            ("他说：“供热开始“。", vec!["“"]),
            ("他说：”供热开始”。", vec!["”", "”"]),
            ("「甲』乙", vec!["』"]),
        ] {
            assert_eq!(found(text), marks, "{text}");
        }
    }

    #[test]
    fn right_brackets_and_counters_are_passed() {
        for text in [
            "《关于印发〈办法〉的通知》（霜政发〔2024〕1号）",
            "1）新建；2）改建",
            "包括：a）甲，第一）乙",
            "用 f(x 表示)",
            "“甲“乙”丙”",
            "“第一段。\n“第二段。\n“第三段。”",
            "（注：甲。\n乙。）",
            "他说：“甲。\n乙。”",
            "1)新建(一期",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }
}
