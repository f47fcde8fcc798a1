//! Finds link texts that say nothing on their own.

/// Link texts that mean nothing in a list of a page's links, as a screen reader reads it (WCAG
/// 2.4.4 and 2.4.9).
const VAGUE: &[&str] = &[
    "click here",
    "here",
    "this",
    "this link",
    "click this link",
    "click on this link",
    "this page",
    "link",
    "more",
    "more info",
    "more information",
    "read more",
    "see more",
    "find out more",
    "learn more",
    "details",
    "see here",
    "click",
    "download",
    "点击这里",
    "点击此处",
    "点击",
    "点这里",
    "点此",
    "这里",
    "此处",
    "这个链接",
    "点击此链接",
    "点击链接",
    "链接",
    "更多",
    "更多信息",
    "了解更多",
    "查看更多",
    "详情",
    "查看",
    "查看详情",
    "点击查看",
    "阅读全文",
    "原文",
    "附件",
    "下载",
    "点击下载",
];

/// Whether a link text says nothing: empty, only signs, a footnote number, an address, or one of
/// [`VAGUE`].
pub(super) fn is_vague(text: &str) -> bool {
    let words = text.trim().trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let asked =
        words.strip_prefix("please ").or_else(|| words.strip_prefix('请')).unwrap_or(&words);
    let is_number = words.len() <= 2 && words.chars().all(|c| c.is_ascii_digit());
    let is_address = ["https://", "http://", "www."].iter().any(|start| words.starts_with(start));
    words.is_empty()
        || is_number
        || (is_address && !words.contains(char::is_whitespace))
        || VAGUE.contains(&asked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_say_nothing_are_known() {
        for words in [
            "",
            " ",
            "→",
            ">>",
            "...",
            "1",
            "[12]",
            "https://example.org/b",
            "Find out more",
            "More information",
        ] {
            assert!(is_vague(words), "{words}");
        }
        for words in [
            "Download",
            "click this link",
            "please click here",
            "请点击此处",
            "点击此链接",
            "附件",
            "Read more…",
        ] {
            assert!(is_vague(words), "{words}");
        }
        for words in [
            "2022",
            "The goals for 2022",
            "Download the plan",
            "附件1：水井名单",
            "https://example.org in brief",
        ] {
            assert!(!is_vague(words), "{words}");
        }
    }
}
