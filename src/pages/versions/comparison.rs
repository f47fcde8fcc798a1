//! The page of the changes after an earlier text, by sentence.

use askama::Template;

use super::blocks::{Block, BlockKind, read_both};
use super::units::{count_words, similarity, split};
use super::{TextHistory, changes_path};
use crate::content::Text;
use crate::language::Locale;
use crate::language::difference::compare;
use crate::pages::context::localised;
use crate::pages::data::file_kind::FileKind;
use crate::pages::data::page::versions::{ChangeCount, ChangedBlock, ComparisonData};
use crate::pages::layout::Layout;
use crate::pages::layout::navigation::Crumb;
use crate::pages::output::{Output, RenderError};

/// The least number of unchanged blocks in a row that are folded, so that changes are easily found.
const MIN_FOLDED: usize = 3;

/// The least similarity of a block to the changed form of it; less is another block.
const MIN_SIMILARITY: f64 = 0.3;

/// The number of blocks that are searched for the changed form of a block.
const MAX_SEARCHED: usize = 8;

#[derive(Template)]
#[template(path = "pages/version_changes.html")]
struct ComparisonPage<'r> {
    layout: Layout<'r>,
    title: String,
    /// The title of the later text.
    bulletin: &'r str,
    /// The two texts: their paths and the words of the links.
    texts: [(String, String); 2],
    /// The notes of the changes between the two.
    notes: Vec<&'r str>,
    changes: Changes,
}

/// The changes from one text to another.
pub(super) struct Changes {
    /// The counts in words; none if no word changed.
    pub(super) counts: Option<[String; 2]>,
    pub(super) parts: Vec<Part>,
}

/// Blocks that are shown alike.
#[derive(Debug)]
pub(super) struct Part {
    /// The words for unchanged blocks that are folded.
    pub(super) folded: Option<String>,
    pub(super) blocks: Vec<BlockView>,
}

/// A block with its changes.
#[derive(Debug)]
pub(super) struct BlockView {
    pub(super) kind: BlockKind,
    pub(super) runs: Vec<(Change, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    None,
    Removed,
    Added,
}

impl Change {
    pub(super) const fn is_removed(self) -> bool {
        matches!(self, Self::Removed)
    }

    pub(super) const fn is_added(self) -> bool {
        matches!(self, Self::Added)
    }
}

pub(super) fn render(
    history: &TextHistory<'_, '_>,
    index: usize,
) -> Result<Vec<Output>, RenderError> {
    let TextHistory { context, language, .. } = *history;
    let locale = context.locale(language);
    let (version, old) = history.versions[index];
    let (new, new_path) = history.successor(index);
    let until = context.date(version.until, language).text;
    let title = locale.changed_text_on(&until);
    let day = version.source.day;
    let mut meta = history.meta(Some(day), |bulletin| changes_path(bulletin, day));
    meta.title = locale.label(&title, &new.title.value);
    meta.crumb = Some(title.clone());
    let href = Some(history.version_path(index));
    let from = context.date(version.from, language).text;
    meta.above.extend([history.list_crumb(), Crumb { title: from.clone(), href }]);
    let blocks = compare_texts(&read_both(old, new));
    let (removed, added) = (count(&blocks, Change::Removed), count(&blocks, Change::Added));
    let changes = history.bulletin.changes.iter();
    let notes = changes.filter(|change| change.on == version.until);
    let path = history.changes_path(index);
    let data = ComparisonData {
        head: history.head(FileKind::Comparison, &path),
        from: context.absolute(&history.version_path(index)),
        to: context.absolute(&new_path),
        removed,
        added,
        changes: blocks.iter().filter_map(BlockView::data).collect(),
    };
    let changes = Changes::of(blocks, locale);
    let view = ComparisonPage {
        layout: Layout::new(context, meta),
        title,
        bulletin: &new.title.value,
        texts: [
            (history.version_path(index), locale.text_from_until(&from, &until)),
            (new_path, locale.text_from(&until)),
        ],
        notes: notes.map(|change| localised(&change.note, language)).collect(),
        changes,
    };
    Output::page_with_data(&path, language, &view, &data)
}

impl Changes {
    pub(super) fn between(old: &Text, new: &Text, locale: &Locale) -> Self {
        Self::of(compare_texts(&read_both(old, new)), locale)
    }

    fn of(blocks: Vec<BlockView>, locale: &Locale) -> Self {
        let (removed, added) = (count(&blocks, Change::Removed), count(&blocks, Change::Added));
        let has_some = removed.sentences + added.sentences > 0;
        let counts = has_some.then(|| {
            [
                locale.count_removed(&words(locale, removed)),
                locale.count_added(&words(locale, added)),
            ]
        });
        Self { counts, parts: fold(blocks, locale) }
    }
}

/// A count in words: `2 sentences (31 words)`.
fn words(locale: &Locale, count: ChangeCount) -> String {
    locale.with_remark(&locale.count_sentences(count.sentences), &locale.count_words(count.words))
}

fn count(blocks: &[BlockView], change: Change) -> ChangeCount {
    let mut count = ChangeCount::default();
    for (_, words) in blocks.iter().flat_map(|block| &block.runs).filter(|run| run.0 == change) {
        count.sentences += split(words).len();
        count.words += count_words(words);
    }
    count
}

/// Compares two lists of blocks. A changed block is shown once, with its changed sentences.
fn compare_texts((old, new): &(Vec<Block>, Vec<Block>)) -> Vec<BlockView> {
    let mut views = Vec::new();
    for run in compare(old, new) {
        let (before, after) = (&old[run.old], &new[run.new]);
        if run.is_same {
            views.extend(before.iter().map(|block| BlockView::whole(block, Change::None)));
        } else {
            pair(before, after, &mut views);
        }
    }
    views
}

/// Shows blocks that were replaced by others: each beside the one that it became, if there is one.
fn pair(old: &[Block], new: &[Block], views: &mut Vec<BlockView>) {
    let mut next = 0;
    for block in old {
        let near = new.iter().enumerate().skip(next).take(MAX_SEARCHED);
        let mut alike = near.filter(|(_, other)| {
            other.kind == block.kind
                && (block.kind == BlockKind::Title
                    || similarity(&block.words, &other.words) >= MIN_SIMILARITY)
        });
        match alike.next() {
            Some((index, other)) => {
                let before = new[next..index].iter();
                views.extend(before.map(|added| BlockView::whole(added, Change::Added)));
                views.push(BlockView::changed(block, other));
                next = index + 1;
            }
            None => views.push(BlockView::whole(block, Change::Removed)),
        }
    }
    views.extend(new[next..].iter().map(|added| BlockView::whole(added, Change::Added)));
}

impl BlockView {
    fn whole(block: &Block, change: Change) -> Self {
        Self { kind: block.kind, runs: vec![(change, block.words.clone())] }
    }

    fn changed(old: &Block, new: &Block) -> Self {
        let (before, after) = (split(&old.words), split(&new.words));
        let mut runs = Vec::new();
        for run in compare(&before, &after) {
            let (before, after) = (before[run.old].concat(), after[run.new].concat());
            if run.is_same {
                runs.push((Change::None, before));
                continue;
            }
            for (change, words) in [(Change::Removed, before), (Change::Added, after)] {
                if !words.is_empty() {
                    runs.push((change, words));
                }
            }
        }
        Self { kind: new.kind, runs }
    }

    fn is_changed(&self) -> bool {
        self.runs.iter().any(|(change, _)| *change != Change::None)
    }

    /// The change for programs; `None` without one.
    fn data(&self) -> Option<ChangedBlock> {
        self.is_changed().then(|| ChangedBlock {
            removed: self.sentences(Change::Removed),
            added: self.sentences(Change::Added),
        })
    }

    fn sentences(&self, change: Change) -> Vec<String> {
        let runs = self.runs.iter().filter(|run| run.0 == change);
        runs.flat_map(|(_, words)| split(words)).map(|unit| unit.trim().to_owned()).collect()
    }
}

/// Folds long runs of unchanged blocks.
fn fold(blocks: Vec<BlockView>, locale: &Locale) -> Vec<Part> {
    let mut parts: Vec<(bool, Vec<BlockView>)> = Vec::new();
    for block in blocks {
        let is_changed = block.is_changed();
        match parts.last_mut() {
            Some((last, part)) if *last == is_changed => part.push(block),
            _ => parts.push((is_changed, vec![block])),
        }
    }
    let parts = parts.into_iter().map(|(is_changed, blocks)| {
        let is_folded = !is_changed && blocks.len() >= MIN_FOLDED;
        Part { folded: is_folded.then(|| locale.unchanged_parts(blocks.len())), blocks }
    });
    parts.collect()
}
