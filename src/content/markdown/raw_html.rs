//! Helps for raw HTML: what to write instead of each tag that converters and old sites write.

use crate::diagnostic::{Message, message};

/// The help for a piece of raw HTML, by its first tag.
pub(super) fn help(html: &str) -> Message {
    let text = html.trim_start();
    if text.starts_with("<!--") {
        return message!("remove the comment; readers do not see it", "请删去注释；读者看不到它");
    }
    let tag = tag_name(text);
    inline_help(&tag).unwrap_or_else(|| block_help(&tag))
}

/// The help for a tag within a line of text.
fn inline_help(tag: &str) -> Option<Message> {
    let help = match tag {
        "sup" => message!(
            "write the raised sign itself, such as `²`, `³` or `¹`, or put the words in brackets",
            "请直接写上标字符，例如 `²`、`³`、`¹`，或把文字放进括号"
        ),
        "sub" => message!(
            "write the lowered sign itself, such as `₂` in `CO₂`, or leave out the tag",
            "请直接写下标字符，例如 `CO₂` 的 `₂`，或删去标签"
        ),
        "u" | "ins" => message!(
            "leave out the underline, or write `**…**` for strong words",
            "请删去下划线标签；要强调文字，请写 `**…**`"
        ),
        "br" => message!(
            "in a table, write a comma or a row of its own; elsewhere end the line with `\\`",
            "在表格中请改用逗号或另起一行表格；其他地方请在行尾写 `\\`"
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
        "div" | "p" | "section" | "article" | "details" | "summary" => message!(
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
            "write it in Markdown; to show the characters themselves, put them between backticks",
            "请改用 Markdown；如果要显示这些字符本身，请放在一对反引号之间"
        ),
    }
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
