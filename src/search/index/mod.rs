//! The index of words, in memory (tantivy).
//!
//! Enter at [`Indexer::update`], which brings the index to what a corpus holds and gives a state of it. A state never
//! changes: an edition keeps its own while the index goes on to the next one. Only texts that changed are read again.

pub(super) mod bm25_stats;
pub(super) mod corpus;
pub(super) mod homophones;

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;
use tantivy::index::{SegmentId, SegmentMeta};
use tantivy::indexer::NoMergePolicy;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{Index, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, Term};

use crate::language::is_han;
use crate::search::index::corpus::{Corpus, Translation};
use bm25_stats::Statistics;
use homophones::Homophones;

use crate::search::text::analysis::{HanTokenizer, Stems, WordTokenizer};
use crate::search::text::normalize;

/// How often a title's words count among the words of a text, for once in the body.
const TITLE_WEIGHT: usize = 3;

/// The same for a summary. Headings stand in the body too, and so count twice.
const SUMMARY_WEIGHT: usize = 2;

/// With more segments than this, small ones are merged: every one costs each query a look.
const MAX_SEGMENTS: usize = 8;

/// Of how many texts one may be taken out before the segments that hold such are written again: each query counts what was
/// taken out, term by term.
const MAX_DELETED: u64 = 20;

/// Stands for no version: what was taken out of the index.
pub(crate) const TAKEN_OUT: u32 = u32::MAX;

/// How many texts are prepared at once.
const CHUNK: usize = 512;

/// The least memory that a thread of tantivy takes, and the most that all of them get while they work.
const THREAD_BYTES: usize = 15_000_000;
const ALL_BYTES: usize = 512_000_000;

/// How many threads read a new site: as many as there are processors but one, which is left to pages, and no more than
/// these.
const MAX_THREADS: usize = 4;

/// Where the index keeps what.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    /// By which a text is found again when it has changed.
    slot: Field,
    /// For each way of stemming, the words of texts.
    pub(crate) words: Vec<WordField>,
    /// Chinese words and pairs.
    pub(crate) han: Field,
}

/// The words of texts that are stemmed in one way.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WordField {
    pub(crate) stems: Stems,
    pub(crate) field: Field,
}

/// One state of the index.
pub(crate) struct IndexSnapshot {
    pub(crate) searcher: Searcher,
    pub(crate) fields: Fields,
    pub(crate) statistics: Statistics,
    /// For each segment and text in it, the version in the corpus, or [`TAKEN_OUT`].
    pub(crate) versions: Vec<Vec<u32>>,
    /// By which a Chinese word that is nowhere is mended.
    pub(crate) homophones: Homophones,
    /// How many bytes the index takes, what was taken out included.
    pub(crate) bytes: usize,
}

/// A text in the index.
struct Known {
    slot: u64,
    digest: blake3::Hash,
}

/// Keeps the index.
pub struct Indexer {
    languages: Vec<Stems>,
    fields: Fields,
    index: Index,
    /// By the path of the text's file.
    known: HashMap<Arc<str>, Known>,
    next_slot: u64,
    deleted: u64,
    texts_read: u64,
}

impl Default for Indexer {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl Indexer {
    fn new(languages: Vec<Stems>) -> Self {
        let mut schema = Schema::builder();
        let slot = schema.add_u64_field("slot", NumericOptions::from(INDEXED) | FAST);
        let text = |tokenizer: &str, record| {
            let indexing =
                TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(record);
            TextOptions::default().set_indexing_options(indexing)
        };
        let mut words: Vec<WordField> = Vec::new();
        for stems in &languages {
            if words.iter().all(|known| known.stems != *stems) {
                let name = format!("words{}", words.len());
                let field = schema
                    .add_text_field(&name, text(&name, IndexRecordOption::WithFreqsAndPositions));
                words.push(WordField { stems: *stems, field });
            }
        }
        // Pairs overlap, and so their order needs no positions.
        let han = schema.add_text_field("han", text("han", IndexRecordOption::WithFreqs));
        let index = Index::create_in_ram(schema.build());
        for (place, fields) in words.iter().enumerate() {
            let analyzer = TextAnalyzer::from(WordTokenizer::new(fields.stems));
            index.tokenizers().register(&format!("words{place}"), analyzer);
        }
        index.tokenizers().register("han", TextAnalyzer::from(HanTokenizer));
        let fields = Fields { slot, words, han };
        Self {
            languages,
            fields,
            index,
            known: HashMap::new(),
            next_slot: 0,
            deleted: 0,
            texts_read: 0,
        }
    }

    /// How many texts were read so far, those that were read again counted again.
    #[must_use]
    pub const fn texts_read(&self) -> u64 {
        self.texts_read
    }

    /// Brings the index to what a corpus holds.
    ///
    /// # Errors
    /// Fails when tantivy does, which neither content nor clients can cause. The index is then to be thrown away.
    pub(crate) fn update(&mut self, corpus: &Corpus) -> tantivy::Result<IndexSnapshot> {
        let languages: Vec<Stems> = corpus.content.site.languages.tags().map(Stems::of).collect();
        if languages != self.languages {
            *self = Self { texts_read: self.texts_read, ..Self::new(languages) };
        }
        let digests: Vec<blake3::Hash> =
            corpus.versions.par_iter().map(|version| digest(corpus, *version)).collect();
        let mut slots = HashMap::with_capacity(digests.len());
        let mut kept: HashMap<Arc<str>, Known> = HashMap::with_capacity(digests.len());
        let mut added: Vec<(u64, Translation)> = Vec::new();
        for (place, (version, digest)) in corpus.versions.iter().zip(digests).enumerate() {
            let Some(text) = corpus.text_of(*version) else { continue };
            let known = match self.known.remove(&text.path) {
                Some(known) if known.digest == digest => known,
                changed => {
                    self.known.extend(changed.map(|changed| (Arc::clone(&text.path), changed)));
                    added.push((self.next_slot, *version));
                    self.next_slot += 1;
                    Known { slot: self.next_slot - 1, digest }
                }
            };
            slots.insert(known.slot, u32::try_from(place).unwrap_or(u32::MAX));
            kept.insert(Arc::clone(&text.path), known);
        }
        let removed: Vec<u64> = std::mem::replace(&mut self.known, kept)
            .into_values()
            .map(|known| known.slot)
            .collect();
        self.write(corpus, &removed, &added)?;
        self.snapshot(corpus, &slots)
    }

    fn write(
        &mut self,
        corpus: &Corpus,
        removed: &[u64],
        added: &[(u64, Translation)],
    ) -> tantivy::Result<()> {
        if removed.is_empty() && added.is_empty() {
            return Ok(());
        }
        let bytes: usize = added
            .iter()
            .filter_map(|(_, version)| corpus.text_of(*version))
            .map(|text| text.body.markdown.len())
            .sum();
        let processors = rayon::current_num_threads();
        let threads = if added.len() < CHUNK {
            1
        } else {
            processors.saturating_sub(1).clamp(1, MAX_THREADS)
        };
        let budget = (bytes * 8 / threads).clamp(THREAD_BYTES, ALL_BYTES / threads) * threads;
        let mut writer: IndexWriter = self.index.writer_with_num_threads(threads, budget)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for slot in removed {
            writer.delete_term(Term::from_field_u64(self.fields.slot, *slot));
        }
        self.deleted += removed.len() as u64;
        self.texts_read += added.len() as u64;
        for chunk in added.chunks(CHUNK) {
            let documents: Vec<TantivyDocument> = chunk
                .par_iter()
                .map(|(slot, version)| self.document(corpus, *slot, *version))
                .collect();
            for document in documents {
                writer.add_document(document)?;
            }
        }
        writer.commit()?;
        let merged = self.segments_to_merge()?;
        if !merged.is_empty() {
            writer.merge(&merged).wait()?;
        }
        writer.wait_merging_threads()
    }

    /// The segments to be merged: those that hold what was taken out, once that is much; and all but the largest ones,
    /// once there are too many.
    fn segments_to_merge(&mut self) -> tantivy::Result<Vec<SegmentId>> {
        let mut segments = self.index.searchable_segment_metas()?;
        if self.deleted * MAX_DELETED > self.known.len() as u64 {
            self.deleted = 0;
            segments.retain(SegmentMeta::has_deletes);
        } else if segments.len() > MAX_SEGMENTS {
            segments.sort_by_key(|segment| std::cmp::Reverse(segment.num_docs()));
            segments.drain(..MAX_SEGMENTS / 2);
        } else {
            segments.clear();
        }
        Ok(segments.iter().map(SegmentMeta::id).collect())
    }

    fn document(&self, corpus: &Corpus, slot: u64, version: Translation) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        document.add_u64(self.fields.slot, slot);
        let Some(text) = corpus.text_of(version) else { return document };
        let stems = self.languages.get(version.language.index());
        let Some(words) = self.fields.words.iter().find(|fields| Some(&fields.stems) == stems)
        else {
            return document;
        };
        let mut add = |text: &str, weight: usize| {
            let text = normalize::simplified(text);
            let has_han = text.chars().any(is_han);
            for _ in 0..weight {
                document.add_text(words.field, &text);
                if has_han {
                    document.add_text(self.fields.han, &text);
                }
            }
        };
        add(&text.title.value, TITLE_WEIGHT);
        text.short_title.iter().for_each(|title| add(title, 1));
        text.summary.iter().for_each(|summary| add(&summary.value, SUMMARY_WEIGHT));
        text.body.headings.iter().for_each(|heading| add(&heading.text, 1));
        add(&corpus.keywords(version), 1);
        add(&corpus.body(version), 1);
        document
    }

    fn snapshot(
        &self,
        corpus: &Corpus,
        slots: &HashMap<u64, u32>,
    ) -> tantivy::Result<IndexSnapshot> {
        let reader = self.index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let searcher = reader.searcher();
        let mut versions = Vec::new();
        for segment in searcher.segment_readers() {
            let column = segment.fast_fields().u64("slot")?;
            let version = |doc| {
                column.first(doc).and_then(|slot| slots.get(&slot).copied()).unwrap_or(TAKEN_OUT)
            };
            versions.push((0..segment.max_doc()).map(version).collect());
        }
        let words = self.fields.words.iter().map(|words| words.field);
        let counted: Vec<Field> = words.chain([self.fields.han]).collect();
        let statistics = Statistics::new(&searcher, &counted)?;
        let bytes =
            usize::try_from(searcher.space_usage()?.total().get_bytes()).unwrap_or(usize::MAX);
        Ok(IndexSnapshot {
            searcher,
            fields: self.fields.clone(),
            statistics,
            versions,
            homophones: homophones::homophones(corpus),
            bytes,
        })
    }
}

/// Names everything that the index reads of a version.
fn digest(corpus: &Corpus, version: Translation) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    let mut add = |part: &str| {
        hasher.update(&part.len().to_le_bytes()).update(part.as_bytes());
    };
    if let Some(text) = corpus.text_of(version) {
        add(&text.title.value);
        add(text.short_title.as_deref().unwrap_or_default());
        add(text.summary.as_ref().map_or("", |summary| &summary.value));
        add(&text.body.markdown);
    }
    add(&corpus.keywords(version));
    hasher.finalize()
}
