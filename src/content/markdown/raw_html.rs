//! Messages about raw HTML: what to write instead of each tag that converters and old sites write.

use super::inline_html::{ELEMENTS, split_tag};
use crate::diagnostic::{Message, message};

/// The message about a piece of raw HTML.
pub(super) fn message(html: &str) -> Message {
    let line = html.trim().lines().next().unwrap_or_default();
    let shown: String = line.chars().take(40).collect();
    if ELEMENTS.contains(&tag_name(line).as_str()) {
        return message!(
            "this tag has no partner in its paragraph or cell, or other attributes: `{shown}`",
            "这个标签在本段或本单元格内没有配对，或带有其他属性：`{shown}`"
        );
    }
    message!("raw HTML is not used here: `{shown}`", "这里不能使用 HTML：`{shown}`")
}

/// The help for a piece of raw HTML, by its first tag.
pub(super) fn help(html: &str) -> Message {
    let text = html.trim_start();
    if text.starts_with("<!--") {
        return comment_help(text);
    }
    let tag = tag_name(text);
    if ELEMENTS.contains(&tag.as_str()) {
        return element_help(&tag, text);
    }
    let class = text.split_once("class=\"").and_then(|(_, rest)| rest.split('"').next());
    class.and_then(revision_help).or_else(|| inline_help(&tag)).unwrap_or_else(|| block_help(&tag))
}

/// The help for the class by which pandoc marks a tracked change or a comment of Word.
pub(super) fn revision_help(class: &str) -> Option<Message> {
    let help = match class {
        "deletion" | "paragraph-deletion" => message!(
            "these words were deleted in Word: remove them with their mark, or accept the changes \
             in Word and convert again",
            "这些文字在 Word 中已被删除：请连同标记一起删去，或在 Word 中接受修订后重新转换"
        ),
        "insertion" | "paragraph-insertion" => message!(
            "these words were added in Word: keep them and remove the mark, or accept the changes \
             in Word and convert again",
            "这些文字是在 Word 中添加的：请保留文字、删去标记，或在 Word 中接受修订后重新转换"
        ),
        "comment-start" | "comment-end" => message!(
            "this is a comment in Word: remove it with its words",
            "这是 Word 中的批注：请连同文字一起删去"
        ),
        _ => return None,
    };
    Some(help)
}

/// The help for a tag within a line of text.
fn inline_help(tag: &str) -> Option<Message> {
    let help = match tag {
        "u" | "ins" => message!(
            "leave out the underline, or write `**…**` for strong words",
            "请删去下划线标签；要强调文字，请写 `**…**`"
        ),
        "br" => message!(
            "write `<br>` alone inside of a paragraph or cell; between paragraphs, an empty line",
            "在段落或单元格里面请只写 `<br>`；段落之间请空一行"
        ),
        "b" | "strong" => message!("write `**…**`", "请写 `**…**`"),
        "i" | "em" => message!("write `*…*`", "请写 `*…*`"),
        "s" | "del" | "strike" => message!("write `~~…~~`", "请写 `~~…~~`"),
        "code" | "kbd" | "tt" | "samp" => message!("write `` `…` ``", "请写 `` `…` ``"),
        "a" => message!(
            "write a link as `[words](address)`; remove an anchor, because headings have their own",
            "链接请写成 `[文字](网址)`；锚点请删去，标题自带锚点"
        ),
        "img" => message!(
            "write `![what it shows](file.jpg)` with the file beside this one",
            "请写 `![图片内容](文件.jpg)`，并把图片放在本文件旁边"
        ),
        "font" | "span" | "center" | "big" | "small" | "mark" => message!(
            "leave out the tag; the site decides about colours, sizes and places",
            "请删去标签；颜色、字号和位置由网站统一决定"
        ),
        "q" => message!("write quotation marks: `“…”`", "请写引号：`“…”`"),
        "ruby" | "rt" | "rp" | "rb" => message!(
            "write the pronunciation in brackets behind the word",
            "请把注音写在字词后面的括号里"
        ),
        _ => return None,
    };
    Some(help)
}

/// The help for any other tag.
fn block_help(tag: &str) -> Message {
    match tag {
        "table" | "thead" | "tbody" | "tr" | "td" | "th" | "colgroup" | "col" | "caption" => {
            message!(
                "write rows with `|`, and repeat the text of a merged cell in each of its rows",
                "请用 `|` 写表格；合并的单元格，请在每一行重复写出内容"
            )
        }
        "details" | "summary" => message!(
            "write `<details>` and `<summary>…</summary>` on two lines at the left margin, an \
             empty line, the text, an empty line, and `</details>` on a line of its own",
            "请在行首写两行 `<details>` 和 `<summary>…</summary>`，空一行，写正文，再空一行，\
             最后单独一行写 `</details>`"
        ),
        "div" | "p" | "section" | "article" => message!(
            "leave out the tag, and put an empty line between paragraphs",
            "请删去标签，段落之间空一行"
        ),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            message!("write a heading as `## Words`", "标题请写成 `## 文字`")
        }
        "ul" | "ol" | "li" => message!(
            "write each item on a line of its own with `- ` or `1. ` before it",
            "每一项各占一行，前面写 `- ` 或 `1. `"
        ),
        "hr" => message!("write `---` between empty lines", "请在空行之间写 `---`"),
        "blockquote" => message!("write `> ` before each line", "请在每一行前面写 `> `"),
        "iframe" | "video" | "audio" | "embed" | "object" | "script" | "style" => message!(
            "leave it out, and link to the film or page instead: `[words](address)`",
            "请删去，改为链接到视频或页面：`[文字](网址)`"
        ),
        _ => message!(
            "remove the tag and keep its words; \
             to show the characters themselves, put them between backticks",
            "请删去标签，保留文字；如果要显示这些字符本身，请放在一对反引号之间"
        ),
    }
}

/// The help for a comment that is not taken, because of what it is in or beside.
fn comment_help(text: &str) -> Message {
    if text.contains("-->") {
        return message!(
            "put the comment on a line of its own, with an empty line below it",
            "请将注释单独写成一行，并在它下面空一行"
        );
    }
    message!(
        "write `-->` where the comment ends; all that follows it is not shown",
        "请在注释结束的地方写 `-->`；否则其后的内容都不会显示"
    )
}

/// The help for a tag of an element that would be taken if it were well-formed.
fn element_help(name: &str, text: &str) -> Message {
    let attributes = split_tag(text).map_or("", |(_, attributes)| attributes);
    if !attributes.is_empty() && name == "abbr" {
        return message!(
            "write `<abbr title=\"…\">` without other attributes",
            "请只写 `<abbr title=\"…\">`，不加其他属性"
        );
    }
    if !attributes.is_empty() {
        return message!("write `<{name}>` without attributes", "请只写 `<{name}>`，不加属性");
    }
    if text.starts_with("</") {
        return message!(
            "write `<{name}>` before its words in the same paragraph or cell, or remove this tag",
            "请在同一段或同一单元格内，在相应文字之前写 `<{name}>`，或删去这个标签"
        );
    }
    message!(
        "write `</{name}>` after its words in the same paragraph or cell, or remove this tag",
        "请在同一段或同一单元格内，在相应文字之后写 `</{name}>`，或删去这个标签"
    )
}

/// The name of the tag at the start of a text, in lower case.
fn tag_name(text: &str) -> String {
    let rest = text.trim_start_matches(['<', '/']);
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    rest[..end].to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_tag_of_converters_has_its_own_help() {
        let general = help("<nav>").en().to_owned();
        for html in [
            "<sup>",
            "</sup>",
            "<SUB>",
            "<u>",
            "<br />",
            "<br>",
            "<b>",
            "<i>",
            "<del>",
            "<code>",
            "<a id=\"x\">",
            "<img src=\"a.png\">",
            "<table>",
            "<td rowspan=\"2\">",
            "<font>",
            "<span style=\"x\">",
            "<span class=\"deletion\">",
            "<div>",
            "<h2>",
            "<li>",
            "<hr>",
            "<blockquote>",
            "<iframe>",
            "<!-- note -->",
        ] {
            assert_ne!(help(html).en(), general, "{html}");
        }
    }
}
