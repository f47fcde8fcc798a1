//! The path of the base URL in the addresses of pages.
//!
//! Pages are rendered as those of a site at the root of its host. Here, and in `Site::absolute`,
//! addresses get the path; `Edition::site_path` takes it from the paths of requests.

use std::borrow::Cow;

/// The attributes that hold the address of a page, a file or a form.
const ADDRESSES: [&str; 3] = ["href=", "src=", "action="];

/// Puts a prefix before each address of some markup that begins with `/`. The markup is that of the
/// templates: attribute values are in double quotes, and a `<` begins a tag.
pub(crate) fn add_path_prefix<'m>(prefix: &str, markup: &'m str) -> Cow<'m, str> {
    if prefix.is_empty() {
        return Cow::Borrowed(markup);
    }
    let mut out = String::with_capacity(markup.len() + markup.len() / 8);
    let mut rest = markup;
    while let Some(start) = rest.find('<') {
        let (text, from_tag) = rest.split_at(start);
        let (tag, after) = from_tag.split_at(tag_length(from_tag));
        out.push_str(text);
        push_tag(prefix, tag, &mut out);
        rest = after;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The length of the tag at the start of some markup. Its values may contain a `>`.
fn tag_length(markup: &str) -> usize {
    let mut is_quoted = false;
    let end = markup.bytes().position(|byte| {
        is_quoted ^= byte == b'"';
        byte == b'>' && !is_quoted
    });
    end.map_or(markup.len(), |end| end + 1)
}

fn push_tag(prefix: &str, tag: &str, out: &mut String) {
    // Every second piece is a value; the piece before it ends with the name of the attribute.
    let mut before = "";
    for (index, piece) in tag.split('"').enumerate() {
        if index > 0 {
            out.push('"');
        }
        if index % 2 == 1 && piece.starts_with('/') {
            let name = before.rsplit(|c: char| c.is_ascii_whitespace()).next().unwrap_or_default();
            if ADDRESSES.contains(&name) {
                out.push_str(prefix);
            }
            if name == "srcset=" {
                out.push_str(prefix);
                out.push_str(&piece.replace(", /", &format!(", {prefix}/")));
                before = piece;
                continue;
            }
        }
        out.push_str(piece);
        before = piece;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_from_root_get_prefix() {
        for (markup, expected) in [
            ("<a href=\"/\">/</a>", "<a href=\"/gov/\">/</a>"),
            ("<a\nclass=\"x\"\nhref=\"/a/#b\">", "<a\nclass=\"x\"\nhref=\"/gov/a/#b\">"),
            ("<img alt=\"a > b\" src=\"/a.png\">", "<img alt=\"a > b\" src=\"/gov/a.png\">"),
            (
                "<source srcset=\"/a.webp 480w, /b.webp 960w\">",
                "<source srcset=\"/gov/a.webp 480w, /gov/b.webp 960w\">",
            ),
            ("<form action=\"/search/\">", "<form action=\"/gov/search/\">"),
        ] {
            assert_eq!(add_path_prefix("/gov", markup), expected);
        }
        for same in [
            "<a href=\"#b\">",
            "<a href=\"?q=/\">",
            "<a href=\"https://a.example/\">",
            "<source srcset=\"a.webp 480w\">",
            "<a title=\"/\" data-href=\"/\" class=\"href=\">",
            "<p>&lt;a href=\"/\"&gt; href=\"/\"</p>",
            "<",
            "",
        ] {
            assert_eq!(add_path_prefix("/gov", same), same);
        }
        assert_eq!(add_path_prefix("", "<a href=\"/\">"), "<a href=\"/\">");
    }
}
