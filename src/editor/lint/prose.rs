//! Checks of the text: links, headings, tables, sentences, Chinese typography.

mod brackets;
mod chinese;
mod days;
mod languages;
mod repeated;
mod spaced;
mod times;
mod vague_links;
mod weekdays;

use unicode_segmentation::UnicodeSegmentation as _;

use super::blocks::{self, Block, BlockKind, TableHead, is_same};
use super::context::LintContext;
use super::placeholders::is_written_in_han;
use crate::content::{Located, Text};
use crate::diagnostic::{Code, Diagnostic, Message, Span, message};
use crate::language::is_han;

/// The longest English sentence, in words. Plain-language guides advise 20 to 25 on average; few
/// readers can follow a longer one than this.
const MAX_WORDS: usize = 40;

/// The longest heading, in columns; a Chinese character has two.
const MAX_HEADING: usize = 100;

/// Abbreviations that may end a heading, besides those with a point inside (`p.m.`, `U.S.`) and
/// single letters.
const ABBREVIATIONS: &[&str] = &[
    "ltd", "inc", "co", "corp", "jr", "sr", "st", "ave", "rd", "blvd", "dept", "dr", "mr", "mrs",
    "ms", "etc", "al",
];

pub(super) fn check_text(context: &LintContext<'_>, text: &Text) -> Vec<Diagnostic> {
    let (blocks, heads) = blocks::read(&text.body.markdown);
    let mut prose = Prose { context, text, found: Vec::new() };
    for (place, block) in blocks.iter().enumerate() {
        prose.links(block);
        match block.kind {
            BlockKind::Heading => prose.heading(block),
            BlockKind::Paragraph if place + 1 < blocks.len() => prose.paragraph(block),
            _ => {}
        }
        if context.is_in(text, "en")
            && matches!(block.kind, BlockKind::Paragraph | BlockKind::Inner)
        {
            prose.sentences(block);
        }
    }
    for head in &heads {
        prose.table(head);
    }
    prose.script(&blocks);
    prose.words(&blocks, days::find);
    prose.words(&blocks, weekdays::find);
    prose.words(&blocks, times::find);
    prose.repetitions(&blocks);
    prose.other_languages(&blocks);
    prose.found
}

struct Prose<'b, 'c> {
    context: &'b LintContext<'c>,
    text: &'b Text,
    found: Vec<Diagnostic>,
}

impl Prose<'_, '_> {
    /// Reports a span of the body.
    fn advise(&mut self, code: Code, place: &Span, message: Message, help: Message) {
        let offset = self.text.body.offset;
        let span = place.start + offset..place.end + offset;
        self.found.push(Diagnostic::warning(code, &self.text.path, span, message).help(help));
    }

    fn links(&mut self, block: &Block) {
        for link in
            block.links.iter().filter(|link| !link.is_bare && vague_links::is_vague(&link.text))
        {
            let shown = link.text.trim();
            let message = if shown.is_empty() {
                message!("this link has no words", "这个链接没有文字")
            } else {
                message!(
                    "the link `{shown}` does not say where it leads",
                    "链接文字 `{shown}` 没有说明链接指向哪里"
                )
            };
            let help = message!(
                "describe the target, such as `[the goals for 2022](…)`",
                "请写出链接的内容，例如 `[2022年目标](…)`"
            );
            self.advise(Code::VagueLink, &link.range.clone(), message, help);
        }
    }

    fn heading(&mut self, block: &Block) {
        let text = block.text.trim();
        let is_sentence = text.ends_with(['!', '。', '！', '；', ';']) || ends_with_full_stop(text);
        let place = block.trimmed_span(&self.text.body.markdown);
        if is_sentence {
            let message = message!("this heading is a sentence", "这个小标题是一个完整的句子");
            let help = message!(
                "make it a paragraph, with `**` around what matters; or name in a few words what \
                 follows, without a full stop",
                "请改成普通段落，重点用 `**` 标出；或用几个字概括下文，句末不加标点"
            );
            self.advise(Code::HeadingAsEmphasis, &place, message, help);
        } else if width(text) > MAX_HEADING {
            let message =
                message!("this heading is as long as a paragraph", "这个小标题像一段话一样长");
            let help = message!("say in a few words what follows", "请用几个字概括下文");
            self.advise(Code::HeadingAsEmphasis, &place, message, help);
        }
    }

    fn paragraph(&mut self, block: &Block) {
        let is_sentence =
            block.text.trim().ends_with(['.', '!', '?', '。', '！', '？', '：', ':', '；']);
        let is_title = is_same(&block.text, &self.text.title.value);
        if block.is_bold() && !is_sentence && !is_title && width(&block.text) <= MAX_HEADING {
            let place = block.trimmed_span(&self.text.body.markdown);
            let message =
                message!("this bold line is in the place of a heading", "这行粗体文字应当是小标题");
            let help = message!(
                "start the line with `## ` and remove the `**`, so that it is found in the table \
                 of contents",
                "请在行首写 `## ` 并去掉 `**`，这样它会出现在目录里"
            );
            self.advise(Code::EmphasisAsHeading, &place, message, help);
        }
    }

    fn table(&mut self, head: &TableHead) {
        // The corner above the heads of rows may be empty.
        let missing = head.cells.iter().skip(1).any(String::is_empty)
            || head.cells.iter().all(String::is_empty);
        if missing {
            let markdown = self.text.body.markdown.get(head.range.clone()).unwrap_or_default();
            let line = head.range.start
                ..head.range.start + markdown.lines().next().unwrap_or_default().len();
            let message = message!("a column of this table has no head", "表格有一列没有表头");
            let help = message!(
                "write in the first line of the table what each column holds",
                "请在表格第一行写明每一列的内容"
            );
            self.advise(Code::NoTableHead, &line, message, help);
        }
    }

    fn sentences(&mut self, block: &Block) {
        for (at, sentence) in block.text.split_sentence_bound_indices() {
            let words = sentence.unicode_words().count();
            if words > MAX_WORDS {
                let place = block.source(&(at..at + sentence.trim_end().len()));
                let message =
                    message!("this sentence has {words} words", "这个句子有 {words} 个英文单词");
                let help = message!(
                    "make it two or three; readers lose the thread after {MAX_WORDS}",
                    "请拆成两三句；超过 {MAX_WORDS} 个单词就难以读懂"
                );
                self.advise(Code::LongSentence, &place, message, help);
            }
        }
    }

    /// Reports what a search finds in the title, the summary and the blocks of the body, outside
    /// code.
    fn words(&mut self, blocks: &[Block], find: fn(&str) -> Vec<chinese::Finding>) {
        let text = self.text;
        for value in [Some(&text.title), text.summary.as_ref()].into_iter().flatten() {
            for mut finding in find(&value.value) {
                finding.range = self.context.span_in_value(&text.path, value, &finding.range);
                self.report(vec![finding], 0);
            }
        }
        for block in blocks {
            for mut finding in find(&block.text) {
                finding.range = block.source(&finding.range);
                if !text.body.markdown[finding.range.clone()].starts_with('`') {
                    self.report(vec![finding], text.body.offset);
                }
            }
        }
    }

    /// Reports paragraphs that were pasted twice.
    fn repetitions(&mut self, blocks: &[Block]) {
        let offset = self.text.body.offset;
        for repetition in repeated::find(blocks) {
            let place = repetition.block.source(&repetition.range);
            let message = message!(
                "this text repeats an earlier one word for word",
                "这段文字与前文一字不差"
            );
            let help = message!("remove one of the two", "请删去其中一段");
            self.advise(Code::RepeatedText, &place, message, help);
            if let Some(earlier) = repetition.earlier
                && let Some(last) = self.found.pop()
            {
                let place = earlier.trimmed_span(&self.text.body.markdown);
                let span = place.start + offset..place.end + offset;
                let words = message!("the earlier text", "前文");
                self.found.push(last.related(&self.text.path, span, words));
            }
        }
    }

    /// Reports paragraphs and headings that were left in another language.
    fn other_languages(&mut self, blocks: &[Block]) {
        let tag = self.context.content.site.languages.tag(self.text.language);
        let is_chinese = self.context.is_in(self.text, "zh");
        if !is_chinese && is_written_in_han(tag) {
            return;
        }
        let is_translation = !self.text.language.is_default();
        for block in languages::find(blocks, is_chinese, is_translation) {
            let place = block.trimmed_span(&self.text.body.markdown);
            let message = message!("this is not in `{tag}`", "这里不是 `{tag}` 文字");
            let help = message!(
                "translate it; if it is quoted, begin its line with `> `",
                "请译出；如果是引文，请在行首加上 `> `"
            );
            self.advise(Code::OtherLanguage, &place, message, help);
        }
    }

    /// Checks spaces and punctuation in the body, the title and the summary.
    fn script(&mut self, blocks: &[Block]) {
        let text = self.text;
        let in_body =
            blocks.iter().flat_map(Block::plain).map(|(words, at)| (words, at + text.body.offset));
        let in_head = [Some(&text.title), text.summary.as_ref()]
            .into_iter()
            .flatten()
            .map(|value| self.verbatim(value));
        let passages: Vec<(&str, usize)> = in_head.flatten().chain(in_body).collect();
        if !self.context.is_in(text, "zh") {
            for (words, at) in passages {
                self.report(chinese::find_in_other_text(words), at);
            }
            return;
        }
        for (words, at) in &passages {
            self.report(chinese::find_in_chinese_text(words), *at);
            self.report(spaced::find(words), *at);
        }
        self.boundaries(&passages);
        self.brackets(blocks);
    }

    /// Reports brackets without a partner, in the title, the summary and the blocks of the body.
    fn brackets(&mut self, blocks: &[Block]) {
        let text = self.text;
        for value in [Some(&text.title), text.summary.as_ref()].into_iter().flatten() {
            if let Some((words, at)) = self.verbatim(value) {
                let found = brackets::find(&[words]).into_iter().map(|(_, finding)| finding);
                self.report(found.collect(), at);
            }
        }
        let words: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
        for (index, mut finding) in brackets::find(&words) {
            finding.range = blocks[index].source(&finding.range);
            self.report(vec![finding], text.body.offset);
        }
    }

    fn report(&mut self, findings: Vec<chinese::Finding>, at: usize) {
        for finding in findings {
            let span = finding.range.start + at..finding.range.end + at;
            self.found.push(
                Diagnostic::warning(finding.code, &self.text.path, span, finding.message)
                    .help(finding.help),
            );
        }
    }

    /// Reports the rarer way of spacing Chinese and Latin if a file mixes both.
    fn boundaries(&mut self, passages: &[(&str, usize)]) {
        let all: Vec<(Span, bool)> = passages
            .iter()
            .flat_map(|(words, at)| {
                chinese::boundaries(words).into_iter().map(move |boundary| {
                    let span = boundary.range.start + at..boundary.range.end + at;
                    (span, boundary.is_spaced)
                })
            })
            .collect();
        let spaced = all.iter().filter(|(_, is_spaced)| *is_spaced).count();
        let is_spaced_finding = spaced * 2 <= all.len();
        for (span, _) in
            all.iter().filter(|(_, is_spaced)| spaced > 0 && *is_spaced == is_spaced_finding)
        {
            let (message, help) = if is_spaced_finding {
                (
                    message!(
                        "there is a space between Chinese and Latin here, and none elsewhere in \
                         this file",
                        "这里中西文之间有空格，而本文件其他地方没有"
                    ),
                    message!("remove the space", "请删除空格"),
                )
            } else {
                (
                    message!(
                        "there is no space between Chinese and Latin here, and there is one \
                         elsewhere in this file",
                        "这里中西文之间没有空格，而本文件其他地方有"
                    ),
                    message!("put a space between them", "请在中西文之间加一个空格"),
                )
            };
            self.found.push(
                Diagnostic::warning(Code::ChineseSpacing, &self.text.path, span.clone(), message)
                    .help(help),
            );
        }
    }

    /// The text and position of a value that is written without escapes.
    fn verbatim<'t>(&self, value: &'t Located<String>) -> Option<(&'t str, usize)> {
        let span = self.context.span_in_value(&self.text.path, value, &(0..value.value.len()));
        (span.len() == value.value.len()).then_some((value.value.as_str(), span.start))
    }
}

/// Whether a heading ends with the full stop of a sentence, not of an abbreviation.
fn ends_with_full_stop(heading: &str) -> bool {
    let Some((_, last)) = heading.rsplit_once(char::is_whitespace) else { return false };
    let Some(word) = last.strip_suffix('.') else { return false };
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let is_short = word.contains('.') && !word.ends_with('.') || word.chars().count() == 1;
    !is_short && !ABBREVIATIONS.contains(&word.as_str())
}

/// The width of a text in columns: a Chinese character has two.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(|c| if is_han(c) { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_point_of_an_abbreviation_ends_no_sentence() {
        for heading in [
            "Opening hours: 9 a.m. to 5 p.m.",
            "Harbin Ice City Co., Ltd.",
            "Support for the U.S.",
            "Dr.",
            "Plan",
        ] {
            assert!(!ends_with_full_stop(heading), "{heading}");
        }
        for heading in ["It is all done.", "Support for us.", "And so on..."] {
            assert!(ends_with_full_stop(heading), "{heading}");
        }
    }
}
