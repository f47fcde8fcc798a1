//! The two lines `---` around front matter, and the diagnostics for other lines in their place.

use std::ops::Range;

use super::value_reader::ValueReader;
use crate::diagnostic::{Code, Message, message};

/// The range of the YAML, and the start of the body.
pub(crate) fn split(source: &str, reader: &mut ValueReader<'_>) -> Option<(Range<usize>, usize)> {
    // Some editors put a byte order mark before everything.
    let start = if source.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let mut lines = source[start..].split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    if !is_fence(first) {
        let (message, help) = no_start(&source[start..]);
        let shown = first.split('\r').next().unwrap_or_default();
        let wrong =
            reader.error(Code::NoFrontMatter, start..start + shown.trim_end().len(), message);
        reader.push(wrong.help(help));
        return None;
    }
    let yaml_start = start + first.len();
    let mut at = yaml_start;
    let mut near_fence = None;
    for line in lines {
        if is_fence(line) {
            return Some((yaml_start..at, at + line.len()));
        }
        if near_fence.is_none() && is_near_fence(line) {
            near_fence = Some(at..at + line.trim_end().len());
        }
        at += line.len();
    }
    let message = message!("the front matter is not closed", "文件头信息缺少结束行");
    let help = match near_fence {
        Some(_) => message!("write this line as `---`", "请把这一行改为 `---`"),
        None => {
            message!("put a line `---` after the last key", "请在最后一个键之后另起一行写 `---`")
        }
    };
    let wrong = reader.error(Code::Unclosed, near_fence.unwrap_or(start..start + 3), message);
    reader.push(wrong.help(help));
    None
}

fn is_fence(line: &str) -> bool {
    line.trim_end() == "---"
}

/// Whether a line was meant to be `---`: two signs like it, or one long dash.
fn is_near_fence(line: &str) -> bool {
    let line = line.trim();
    (line.chars().count() > 1 || line == "—") && line.chars().all(|c| "-‐‑‒–—―−－_=+~".contains(c))
}

/// Describes a first line that is not `---`, and its correction.
fn no_start(text: &str) -> (Message, Message) {
    let first = text.lines().next().unwrap_or_default();
    let written = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let (key, rest) = written.split_at(written.find([':', '：', ' ', '=']).unwrap_or(0));
    let is_key =
        !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    if first.starts_with("---\r") {
        (
            message!(
                "the lines of this file end as on very old Macs (CR), so that all of it is one \
                 line",
                "这个文件用的是旧式 Mac 换行符（CR），整个文件成了一行"
            ),
            message!("save it with the line ends `LF`", "请改用 `LF` 换行符保存"),
        )
    } else if first.trim().is_empty() && is_fence(written) {
        (
            message!("there are empty lines before the front matter", "文件头信息之前有空行"),
            message!(
                "remove the empty lines before the first `---`",
                "请删去第一个 `---` 之前的空行"
            ),
        )
    } else if written.trim() == "---" {
        (
            message!("there are spaces before `---`", "`---` 前面有空格"),
            message!(
                "remove everything before the first `---`",
                "请删去第一个 `---` 前面的空格和空行"
            ),
        )
    } else if is_near_fence(written) {
        let found = written.trim();
        (
            message!("the first line is not exactly `---`", "第一行不是 `---`"),
            message!(
                "write `---` instead of `{found}`, with nothing before it",
                "请把 `{found}` 改为 `---`，前面不要有空格或空行"
            ),
        )
    } else if is_key && rest.starts_with([':', '：']) {
        let help = if text.lines().any(is_fence) {
            message!("add a line `---` above `{key}`", "请在 `{key}` 上面加一行 `---`")
        } else {
            message!(
                "add a line `---` above `{key}`, and another below the last key",
                "请在 `{key}` 上面加一行 `---`，并在最后一个键下面再加一行 `---`"
            )
        };
        (message!("the first line is not `---`", "第一行不是 `---`"), help)
    } else {
        (
            message!("this file has no front matter", "本文件没有文件头信息"),
            message!(
                "start the file with a line `---`, then `title: …`, then a line `---`",
                "请在文件开头写一行 `---`，接着写 `title: …`，再写一行 `---`"
            ),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_without_line_feed_are_named() {
        for (text, is_named) in [
            ("---\rtitle: A lake\r---\r", true),
            ("\n---\r\ntitle: A lake\r\n---\r\n", false),
            ("title: A lake\r\n", false),
        ] {
            assert_eq!(no_start(text).0.en().contains("(CR)"), is_named, "{text:?}");
        }
    }
}
