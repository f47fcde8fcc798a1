//! Lines that are copied with a web page or from a social network and do nothing here: `打印本页`,
//! `上一篇：无`, `#供热 #民生`.

use crate::diagnostic::{Message, Severity, message};

/// The remedy for a line that was copied from a web page or a social network.
pub(super) fn remedy(line: &str) -> Option<(Severity, Message)> {
    if is_page_control(line) {
        let help = message!(
            "remove it: it belongs to the page from which the text was copied, and does nothing \
             here",
            "请删去：这是原网页的按钮或提示，在这里不起作用"
        );
        return Some((Severity::Warning, help));
    }
    if !is_hashtags(line) {
        return None;
    }
    let help = message!(
        "remove the line: hashtags lead nowhere here; `topics` in the front matter \
         name what a bulletin is about",
        "请删去这一行：社交平台的话题标签在这里不起作用；主题请写在文件头信息的 `topics` 中"
    );
    Some((Severity::Warning, help))
}

/// Controls of other pages, as a copy of a page has them.
const CONTROLS: &[&str] = &[
    "打印",
    "打印本页",
    "打印此页",
    "打印本文",
    "打印页面",
    "关闭",
    "关闭窗口",
    "关闭本页",
    "关闭页面",
    "返回顶部",
    "回到顶部",
    "返回首页",
    "返回列表",
    "返回上页",
    "返回上一页",
    "收藏",
    "收藏本页",
    "加入收藏",
    "分享",
    "复制链接",
    "上一篇",
    "下一篇",
    "我要纠错",
    "大",
    "中",
    "小",
    "阅读原文",
    "字体",
    "字号",
];

/// The beginnings of such controls, and of requests that only another program can follow.
const CONTROL_STARTS: &[&str] = &[
    "字体：大",
    "字体:大",
    "字号：大",
    "字号:大",
    "字体：【大】",
    "字号：【大】",
    "分享到：",
    "分享到:",
    "分享至：",
    "上一篇：",
    "上一篇:",
    "下一篇：",
    "下一篇:",
    "上一条：",
    "下一条：",
    "您现在的位置：",
    "您当前的位置：",
    "您所在的位置：",
    "当前位置：首页",
    "当前位置: 首页",
    "首页 >",
    "首页>",
    "首页 ＞",
    "首页＞",
    "首页 »",
    "首页 /",
    "扫一扫在手机",
    "扫一扫手机",
    "扫描二维码在手机",
    "用手机扫一扫",
    "点击上方蓝",
    "点击蓝字",
    "点击上面蓝字",
    "长按识别",
    "长按二维码",
    "长按下方二维码",
    "点击阅读原文",
    "请点击阅读原文",
    "点击下方“阅读原文”",
    "点击“阅读原文”",
    "点击左下角",
    "Back to top",
    "Print this page",
    "Share this page",
];

/// Counters of visitors, which a copy repeats, before their colon.
const COUNTERS: &[&str] = &["浏览次数", "浏览量", "点击数", "点击次数", "阅读次数", "访问次数"];

/// The maximum length of a line of controls, in characters.
const MAX_CONTROL: usize = 80;

/// Whether a line has the controls of another page: `打印本页 关闭窗口`, `上一篇：无`.
fn is_page_control(line: &str) -> bool {
    if line.chars().count() > MAX_CONTROL {
        return false;
    }
    let plain = line.trim_matches(['【', '】', '[', ']', '「', '」', '（', '）', ' ']);
    let mut words = plain
        .split(|c: char| c.is_whitespace() || "|｜【】[]：:·/-".contains(c))
        .filter(|word| !word.is_empty())
        .peekable();
    let is_row = words.peek().is_some_and(|word| word.chars().count() > 1)
        && words.all(|word| CONTROLS.contains(&word));
    let mut colons = plain.match_indices([':', '：']);
    is_row
        || CONTROL_STARTS.iter().any(|start| plain.starts_with(start))
        || colons.any(|(at, _)| COUNTERS.iter().any(|counter| plain[..at].ends_with(counter)))
}

/// Whether a line has hashtags of social networks and nothing else: `#供热 #民生`, `#供热#`.
fn is_hashtags(line: &str) -> bool {
    let is_several = line.matches('#').count() > 1;
    is_several
        && line.split_whitespace().all(|tag| {
            let word = tag.strip_prefix('#').unwrap_or_default();
            word.starts_with(char::is_alphabetic)
        })
}
