//! Captions of tables: the paragraph `Table: Fees` above or below one, as pandoc writes it, or
//! `表1 收费标准` above one.

/// The words that mark a caption.
const MARKS: &[&str] = &["Table:", "表：", "表:"];

/// The caption that a paragraph gives to the table above or below it.
pub(crate) fn marked_caption(paragraph: &str) -> Option<&str> {
    let words = MARKS.iter().find_map(|mark| paragraph.strip_prefix(mark))?.trim();
    (!words.is_empty()).then_some(words)
}

/// The caption that a paragraph gives to the table below it.
pub(crate) fn caption_above(paragraph: &str) -> Option<&str> {
    let is_numbered = ["表", "Table "].iter().any(|name| is_numbered(paragraph, name));
    marked_caption(paragraph).or_else(|| is_numbered.then_some(paragraph))
}

/// The words of a caption of `MultiMarkdown` below its table: `[Fees]`, `[Fees][table-1]`.
pub(super) fn bracketed_caption<'t>(markdown: &str, paragraph: &'t str) -> Option<&'t str> {
    let (words, rest) = paragraph.strip_prefix('[')?.split_once(']')?;
    let is_label = rest.is_empty() || rest.starts_with('[') && rest.ends_with(']');
    let is_caption = words.chars().any(char::is_alphabetic)
        && !words.starts_with('^')
        && !words.eq_ignore_ascii_case("toc");
    // The name of a definition makes a link of it.
    let is_link = markdown.contains(&format!("[{words}]:"));
    (is_label && is_caption && !is_link).then_some(words)
}

/// Whether a paragraph is the caption of a table or a figure: `表1 供热收费标准`, `Figure 2: Wells`.
pub(super) fn is_numbered_caption(paragraph: &str) -> bool {
    ["表", "图", "Table ", "Figure "].iter().any(|name| is_numbered(paragraph, name))
}

fn is_numbered(paragraph: &str, name: &str) -> bool {
    paragraph.strip_prefix(name).is_some_and(|rest| rest.starts_with(char::is_numeric))
}
