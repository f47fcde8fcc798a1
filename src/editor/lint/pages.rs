//! Checks of titles, summaries and images, of alerts, and of bulletins without goals or without a
//! way to comment.

use std::collections::BTreeMap;
use std::ops::Range;

use super::blocks::{self, BlockKind, is_same};
use super::context::LintContext;
use super::prose::width;
use crate::content::{Bulletin, Located, Text, Texts};
use crate::diagnostic::{Code, Diagnostic, Message, message};
use crate::language::{character_of_radical, is_han};
use crate::record::Target;
use crate::record::progress::calendar::end_of;

/// The longest summary, in columns; a Chinese character has two. Lists show two lines of it on a
/// phone, and search engines about 160 letters.
const MAX_SUMMARY: usize = 220;

/// The largest image, in bytes: five seconds on a slow phone (800 kbit/s).
const MAX_IMAGE: usize = 500_000;

/// The longest alert, in columns; a Chinese character has two. On a phone it fills half of the
/// screen of every page.
const MAX_ALERT: usize = 500;

pub(super) fn check_text(context: &LintContext<'_>, text: &Text) -> Vec<Diagnostic> {
    let mut found = check_summary(text);
    if let Some(heading) =
        text.body.headings.first().filter(|heading| is_same(&heading.text, &text.title.value))
    {
        let message =
            message!("this heading repeats the title of the page", "这个小标题重复了页面标题");
        found.push(repeats_title(text, heading.span.clone(), message));
    }
    found.extend(find_title_in_text(text));
    found.extend(find_radicals(context, text));
    found.extend(check_images(context, text));
    found
}

/// The number of blocks that may come before the title in a pasted document: its number, its body.
const MAX_BLOCKS_BEFORE: usize = 3;

fn repeats_title(text: &Text, span: Range<usize>, message: Message) -> Diagnostic {
    let help = message!(
        "remove it; the title is above the text already",
        "请删除它；页面标题已经显示在正文上方"
    );
    Diagnostic::warning(Code::RepeatedTitle, &text.path, span, message).help(help)
}

/// Reports the first paragraph that is the title, as in a text that was pasted whole.
fn find_title_in_text(text: &Text) -> Option<Diagnostic> {
    let markdown = &text.body.markdown;
    let (blocks, _) = blocks::read(markdown);
    let mut first = blocks.iter().take(MAX_BLOCKS_BEFORE);
    let line = first.find(|block| {
        block.kind == BlockKind::Paragraph && is_same(&block.text, &text.title.value)
    })?;
    let place = line.trimmed_span(markdown);
    let span = place.start + text.body.offset..place.end + text.body.offset;
    if blocks.len() == 1 {
        let message = message!("the text is only the title", "正文只有标题，没有别的内容");
        let help = message!(
            "write the text; if the title and the summary say all, leave it empty",
            "请写上正文；如果标题和摘要已说明一切，请把正文留空"
        );
        return Some(
            Diagnostic::warning(Code::RepeatedTitle, &text.path, span, message).help(help),
        );
    }
    let message = message!("this line repeats the title of the page", "这一行重复了页面标题");
    Some(repeats_title(text, span, message))
}

/// Reports the first radicals of a file.
fn find_radicals(context: &LintContext<'_>, text: &Text) -> Option<Diagnostic> {
    let source = context.source(text)?;
    let start = source.find(is_radical)?;
    let length = source[start..].find(|c| !is_radical(c) && !is_han(c));
    let end = length.map_or(source.len(), |length| start + length);
    let end = source[..end].rfind(is_radical).map_or(end, |last| last + '⼀'.len_utf8());
    let written = &source[start..end];
    let meant: String = written.chars().map(|c| character_of_radical(c).unwrap_or(c)).collect();
    let count = source.chars().filter(|c| is_radical(*c)).count();
    let message = message!(
        "`{written}` has radicals in the place of characters, as in copies from PDF files; this \
         file has {count}",
        "“{written}”里有部首字符，不是真正的汉字，多由 PDF 复制而来；本文件共有 {count} 个"
    );
    let help = message!(
        "type `{meant}`, or copy the text from another file than the PDF: screen readers and \
         searches do not know radicals",
        "请改成“{meant}”，或不从 PDF、而从原文件复制：读屏软件和搜索不认得部首字符"
    );
    let diagnostic = Diagnostic::warning(Code::Radical, &text.path, start..end, message);
    Some(diagnostic.help(help))
}

fn is_radical(c: char) -> bool {
    character_of_radical(c).is_some()
}

fn check_summary(text: &Text) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let Some(summary) = &text.summary else { return found };
    let wide = width(&summary.value);
    if wide > MAX_SUMMARY {
        let (letters, most, half) = (summary.value.chars().count(), MAX_SUMMARY, MAX_SUMMARY / 2);
        let message = message!(
            "the summary has {letters} characters; lists and feed readers cut it",
            "摘要有 {letters} 个字符，列表和订阅阅读器会截断它"
        );
        let help = message!(
            "say it in one or two sentences of at most {most} characters ({half} Chinese ones), \
             and leave the rest to the text",
            "请用一两句话概括，不超过 {half} 个汉字（{most} 个西文字符），其余写进正文"
        );
        found.push(
            Diagnostic::warning(Code::LongSummary, &text.path, summary.span.clone(), message)
                .help(help),
        );
    }
    if is_same(&summary.value, &text.title.value) {
        let message = message!("the summary only repeats the title", "摘要只是重复了标题");
        let help = message!(
            "say what the title does not: who, when, how many",
            "请写标题里没有的内容：何人、何时、多少"
        );
        found.push(
            Diagnostic::warning(Code::RepeatedTitle, &text.path, summary.span.clone(), message)
                .help(help)
                .related(&text.path, text.title.span.clone(), message!("the title", "标题")),
        );
    }
    found
}

fn check_images(context: &LintContext<'_>, text: &Text) -> Vec<Diagnostic> {
    text.body.images.iter().filter_map(|image| check_image_size(context, text, image)).collect()
}

/// Reports an image that is slow to load. Of one with smaller copies, browsers load these.
fn check_image_size(
    context: &LintContext<'_>,
    text: &Text,
    image: &Located<String>,
) -> Option<Diagnostic> {
    let Ok(Target::File(file)) = context.links.resolve(text, &image.value) else { return None };
    let widest = context.content.pictures.variants(&file).last().map(|variant| &variant.bytes);
    let loaded = widest.or_else(|| context.content.files.get(&file))?;
    if loaded.len() <= MAX_IMAGE {
        return None;
    }
    let kilobytes = loaded.len() / 1000;
    let message =
        message!("the image `{file}` has {kilobytes} kB", "图片 `{file}` 有 {kilobytes} kB");
    let most = MAX_IMAGE / 1000;
    let help = message!(
        "save it as JPEG or WebP, at most 1600 pixels wide and {most} kB large, so that it \
         loads on a phone",
        "请另存为 JPEG 或 WebP，宽度不超过 1600 像素，大小不超过 {most} kB，以便手机加载"
    );
    Some(Diagnostic::warning(Code::HeavyImage, &text.path, image.span.clone(), message).help(help))
}

/// Reports pages with the same title, which look the same in a list or a search. A withdrawn
/// bulletin may have the title of its replacement.
pub(super) fn check_repeated_titles(context: &LintContext<'_>) -> Vec<Diagnostic> {
    let content = context.content;
    let bulletins = content
        .bulletins
        .iter()
        .filter(|entry| entry.facts.gone.is_none() && entry.facts.withdrawn.is_none())
        .map(|entry| &entry.texts);
    let goals = content.goals.iter().map(|entry| &entry.texts);
    let pages = content.pages.iter().map(|entry| &entry.texts);
    let mut first: BTreeMap<_, &Text> = BTreeMap::new();
    let mut found = Vec::new();
    for text in bulletins.chain(goals).chain(pages).flat_map(Texts::all) {
        let Some(earlier) = first.insert((text.language, text.title.value.to_lowercase()), text)
        else {
            continue;
        };
        let message = message!("another page has the same title", "另一个页面有相同的标题");
        let help = message!(
            "name what sets it apart: a year, a place, a number",
            "请在标题中写明区别：年份、地点或数字"
        );
        found.push(
            Diagnostic::warning(Code::RepeatedTitle, &text.path, text.title.span.clone(), message)
                .help(help)
                .related(
                    &earlier.path,
                    earlier.title.span.clone(),
                    message!("the other title", "另一个标题"),
                ),
        );
    }
    found
}

/// Reports bulletins without goals. Bulletins are the evidence for goals, so one may be missing.
pub(super) fn check_bulletins_without_goal(context: &LintContext<'_>) -> Vec<Diagnostic> {
    let without_goal =
        context.content.bulletins.iter().filter(|bulletin| has_no_goal(&bulletin.facts));
    without_goal
        .map(|bulletin| {
            let text = bulletin.texts.original();
            let message = message!("this bulletin is about no goal", "本公报与任何目标无关");
            let help = message!(
                "if it announces a goal, add `sets: [goal]`; if it reports on one, `reports`; if \
                 it is only related, `mentions: [goal]`",
                "如果它提出目标，请加 `sets: [目标]`；如果报告目标进展，请加 `reports`；如果只是相关，请加 `mentions: [目标]`"
            );
            Diagnostic::note(Code::NoGoal, &text.path, text.title.span.clone(), message).help(help)
        })
        .collect()
}

/// Warns about a consultation that is not over and names no way to comment.
pub(super) fn check_consultation(
    context: &LintContext<'_>,
    bulletin: &Bulletin,
) -> Option<Diagnostic> {
    let facts = &bulletin.facts;
    let consultation = facts.consultation.as_ref()?;
    let has_way = facts.contact.is_some()
        || consultation.respond.as_ref().is_some_and(|respond| !respond.is_empty());
    let closes = consultation.last_day();
    let end = context.content.site.zone.to_timestamp(end_of(closes.value)).ok()?;
    let is_over = end <= context.instant || facts.withdrawn.is_some() || facts.gone.is_some();
    if has_way || is_over {
        return None;
    }
    let last = closes.value.date();
    let message = message!(
        "readers may comment until {last}, and the page does not say how",
        "征求意见至 {last}，而页面没有写明怎样提交意见"
    );
    let help = message!(
        "add a way to `consultation`, such as `respond: {{ email: office@city.example }}`",
        "请在 `consultation` 中写明方式，例如 `respond: {{ email: office@city.example }}`"
    );
    let span = closes.span.clone();
    Some(Diagnostic::warning(Code::NoWayToComment, bulletin.path(), span, message).help(help))
}

/// Warns about alerts that push the content of every page far down.
pub(super) fn check_long_alerts(context: &LintContext<'_>) -> Vec<Diagnostic> {
    let texts = context.content.alerts.iter().flat_map(|alert| alert.texts.all());
    texts.filter_map(check_alert).collect()
}

fn check_alert(text: &Text) -> Option<Diagnostic> {
    let (blocks, _) = blocks::read(&text.body.markdown);
    let wide: usize = blocks.iter().map(|block| width(&block.text)).sum();
    if wide <= MAX_ALERT {
        return None;
    }
    let (most, half) = (MAX_ALERT, MAX_ALERT / 2);
    let message = message!(
        "the alert is so long that every page begins far below it",
        "紧急通告太长，每个页面的内容都会被推到很靠下的位置"
    );
    let help = message!(
        "say in at most {most} characters ({half} Chinese ones) what to do now, and link to a \
         bulletin with the rest",
        "请用不超过 {half} 个汉字（{most} 个西文字符）写明现在该怎么做，其余写进公报并链接过去"
    );
    let span = text.title.span.clone();
    Some(Diagnostic::warning(Code::LongAlert, &text.path, span, message).help(help))
}

fn has_no_goal(facts: &crate::content::bulletin::BulletinFacts) -> bool {
    facts.sets.is_empty()
        && facts.reports.is_empty()
        && facts.revises.is_empty()
        && facts.overrides.is_empty()
        && facts.mentions.is_empty()
        && facts.gone.is_none()
        && !facts.draft
}
