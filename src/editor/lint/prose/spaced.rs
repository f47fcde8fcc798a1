//! Finds Chinese text as copies from PDF files and typing errors leave it: a space after each
//! character, and punctuation marks that are written twice.

use std::ops::Range;

use super::chinese::Finding;
use crate::diagnostic::{Code, message};
use crate::language::is_han;

/// The least number of characters with spaces between them. Names and short titles such as `通 知`
/// have spaces too.
const MIN_SPACED: usize = 5;

/// Marks that are never written twice.
const SINGLE_MARKS: &[char] = &['，', '。', '、', '；', '：'];

/// Finds such places in a Chinese text.
pub(super) fn find(text: &str) -> Vec<Finding> {
    let spaced = find_spaced(text).map(|range| {
        let meant: String = text[range.clone()].chars().filter(|c| *c != ' ').collect();
        Finding {
            code: Code::ChineseSpacing,
            range,
            message: message!(
                "there is a space behind each of these characters, and search does not find them",
                "这些字之间都有空格，搜索找不到它们"
            ),
            help: message!("write `{meant}`", "请写成 `{meant}`"),
        }
    });
    spaced.into_iter().chain(find_doubled(text)).collect()
}

/// The first run of single characters with a space between each two.
fn find_spaced(text: &str) -> Option<Range<usize>> {
    let mut start = 0;
    let mut count = 0;
    let mut end = 0;
    for word in text.split(' ') {
        let at = end;
        end += word.len() + 1;
        let mut chars = word.chars();
        let is_single = chars.next().is_some_and(is_han) && chars.next().is_none();
        if is_single && count == 0 {
            start = at;
        }
        if !is_single && count >= MIN_SPACED {
            return Some(start..at - 1);
        }
        count = if is_single { count + 1 } else { 0 };
    }
    (count >= MIN_SPACED).then_some(start..text.len())
}

/// The first mark that is written twice, in the place of one or of an ellipsis.
fn find_doubled(text: &str) -> Option<Finding> {
    let (start, mark) = text
        .char_indices()
        .find(|(at, c)| SINGLE_MARKS.contains(c) && text[at + c.len_utf8()..].starts_with(*c))?;
    let rest = text[start..].trim_start_matches(mark);
    let range = start..text.len() - rest.len();
    let written = &text[range.clone()];
    let is_ellipsis = mark == '。' && written.chars().count() > 2;
    let meant = if is_ellipsis { "……".to_owned() } else { mark.to_string() };
    Some(Finding {
        code: Code::ChinesePunctuation,
        range,
        message: message!("`{written}` is written more than once", "标点 `{written}` 重复了"),
        help: message!("write `{meant}`", "请写成 `{meant}`"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaced_text_and_doubled_marks_are_found() {
        for (text, place, meant) in [
            ("哈 尔 滨 市 人", "哈 尔 滨 市 人", "哈尔滨市人"),
            ("关于 哈 尔 滨 市 人 民 的公告", "哈 尔 滨 市 人 民", "哈尔滨市人民"),
            ("正文。。下", "。。", "`。`"),
            ("正文。。。下", "。。。", "`……`"),
            ("甲，，乙", "，，", "`，`"),
        ] {
            let found = find(text);
            assert_eq!(&text[found[0].range.clone()], place, "{text}");
            assert!(found[0].help.en().contains(meant), "{text}");
        }
    }

    #[test]
    fn right_text_is_silent() {
        for text in
            ["通 知", "李 明 王 芳", "甲 乙 丙 丁", "好！！真的？？", "甲……乙——丙", "一 甲乙 丙"]
        {
            assert_eq!(find(text), [], "{text}");
        }
    }
}
