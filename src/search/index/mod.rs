//! The inverted index, in memory (tantivy).
//!
//! [`Indexer::update`] brings the index up to date with a corpus and returns a snapshot of it.
//! Snapshots are immutable: an edition keeps its own while the index moves on to the next one. Only
//! changed texts are indexed again.

pub(super) mod bm25_stats;
pub(super) mod corpus;
pub(super) mod homophones;
mod method_page;

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;
use tantivy::index::{SegmentId, SegmentMeta};
use tantivy::indexer::NoMergePolicy;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, Schema, SchemaBuilder,
    TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{Index, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, Term};

use crate::language::is_han;
use crate::search::text::analysis::{HanTokenizer, WordTokenizer};
use crate::search::text::normalize;
use crate::search::text::stemmer::Stemmer;
use bm25_stats::Bm25Stats;
use corpus::{Corpus, Translation};
use homophones::Homophones;

/// How often the words of a title count, compared to those of the body.
const TITLE_WEIGHT: usize = 3;

/// The same for a summary. Headings are part of the body as well, and so count twice.
const SUMMARY_WEIGHT: usize = 2;

/// With more segments than this the small ones are merged: every query visits each segment.
const MAX_SEGMENTS: usize = 8;

/// Segments with deleted documents are merged once more than 1 in `MAX_DELETED` documents is
/// deleted: every query subtracts deleted documents from its document frequencies.
const MAX_DELETED: u64 = 20;

/// The translation of a deleted document in [`IndexSnapshot::translations`].
pub(crate) const DELETED: u32 = u32::MAX;

/// How many documents are tokenized at once.
const CHUNK: usize = 512;

/// The memory of one tantivy thread at least, and of all of them at most, while they index.
const MIN_THREAD_BYTES: usize = 15_000_000;
const MAX_TOTAL_BYTES: usize = 512_000_000;

/// The most threads that index a new site. One processor is left for serving pages.
const MAX_THREADS: usize = 4;

/// An immutable state of the index.
pub(crate) struct IndexSnapshot {
    pub(crate) searcher: Searcher,
    pub(crate) fields: Fields,
    pub(crate) stats: Bm25Stats,
    /// For each segment and each document in it, the index of the translation in the corpus, or
    /// [`DELETED`].
    pub(crate) translations: Vec<Vec<u32>>,
    pub(crate) homophones: Homophones,
    /// The size of the index in bytes, deleted documents included.
    pub(crate) bytes: usize,
}

/// The fields of the index.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    /// Identifies a document, so that it can be deleted when its text changes.
    doc_key: Field,
    /// Everything that a text is found by.
    pub(crate) text: TextFields,
    /// Its title and the year that it is about, for telling how much of a query they say.
    pub(crate) title: TextFields,
}

/// The fields for texts in all languages.
#[derive(Debug, Clone)]
pub(crate) struct TextFields {
    /// The words, a field for each stemmer.
    pub(crate) words: Vec<WordField>,
    /// Chinese words and bigrams.
    pub(crate) han: Field,
}

/// The field for the words of all languages with one stemmer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WordField {
    pub(crate) stemmer: Stemmer,
    pub(crate) field: Field,
}

/// Owns the index and keeps it up to date.
pub struct Indexer {
    /// The stemmer of each language.
    languages: Vec<Stemmer>,
    fields: Fields,
    index: Index,
    /// The indexed texts, by the paths of their files.
    indexed: HashMap<Arc<str>, IndexedText>,
    next_doc_key: u64,
    /// Documents deleted since the last merge.
    deleted: u64,
    texts_read: u64,
}

/// A text in the index.
struct IndexedText {
    doc_key: u64,
    digest: blake3::Hash,
}

impl Default for Indexer {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl Indexer {
    fn new(languages: Vec<Stemmer>) -> Self {
        let mut schema = Schema::builder();
        let doc_key = schema.add_u64_field("doc_key", NumericOptions::from(INDEXED) | FAST);
        let text = TextFields::new(&mut schema, "", &languages);
        let title = TextFields::new(&mut schema, "title_", &languages);
        let index = Index::create_in_ram(schema.build());
        for (number, word_field) in text.words.iter().enumerate() {
            let analyzer = TextAnalyzer::from(WordTokenizer::new(word_field.stemmer));
            index.tokenizers().register(&words_tokenizer_name(number), analyzer);
        }
        index.tokenizers().register("han", TextAnalyzer::from(HanTokenizer));
        Self {
            languages,
            fields: Fields { doc_key, text, title },
            index,
            indexed: HashMap::new(),
            next_doc_key: 0,
            deleted: 0,
            texts_read: 0,
        }
    }

    /// How many texts have been indexed so far; one that changed counts again.
    #[must_use]
    pub const fn texts_read(&self) -> u64 {
        self.texts_read
    }

    /// Brings the index up to date with a corpus.
    ///
    /// # Errors
    /// Fails if tantivy fails, which neither content nor clients can cause. The index must then be
    /// discarded.
    pub(super) fn update(&mut self, corpus: &Corpus) -> tantivy::Result<IndexSnapshot> {
        let languages: Vec<Stemmer> =
            corpus.content.site.languages.tags().map(Stemmer::of).collect();
        if languages != self.languages {
            *self = Self { texts_read: self.texts_read, ..Self::new(languages) };
        }
        let digests: Vec<blake3::Hash> =
            corpus.translations.par_iter().map(|one| digest(corpus, *one)).collect();
        let mut doc_keys = HashMap::with_capacity(digests.len());
        let mut indexed: HashMap<Arc<str>, IndexedText> = HashMap::with_capacity(digests.len());
        let mut added: Vec<(u64, Translation)> = Vec::new();
        for (index, (translation, digest)) in corpus.translations.iter().zip(digests).enumerate() {
            let Some(text) = corpus.text_of(*translation) else { continue };
            let known = match self.indexed.remove(&text.path) {
                Some(known) if known.digest == digest => known,
                changed => {
                    // Texts that remain in `self.indexed` are deleted below.
                    self.indexed.extend(changed.map(|known| (Arc::clone(&text.path), known)));
                    added.push((self.next_doc_key, *translation));
                    self.next_doc_key += 1;
                    IndexedText { doc_key: self.next_doc_key - 1, digest }
                }
            };
            doc_keys.insert(known.doc_key, u32::try_from(index).unwrap_or(u32::MAX));
            indexed.insert(Arc::clone(&text.path), known);
        }
        let removed: Vec<u64> = std::mem::replace(&mut self.indexed, indexed)
            .into_values()
            .map(|text| text.doc_key)
            .collect();
        self.write(corpus, &removed, &added)?;
        self.snapshot(corpus, &doc_keys)
    }

    /// Deletes and adds documents, and merges segments where that is due.
    fn write(
        &mut self,
        corpus: &Corpus,
        removed: &[u64],
        added: &[(u64, Translation)],
    ) -> tantivy::Result<()> {
        if removed.is_empty() && added.is_empty() {
            return Ok(());
        }
        let mut writer = self.writer(corpus, added)?;
        for doc_key in removed {
            writer.delete_term(Term::from_field_u64(self.fields.doc_key, *doc_key));
        }
        self.deleted += removed.len() as u64;
        self.texts_read += added.len() as u64;
        for chunk in added.chunks(CHUNK) {
            let documents: Vec<TantivyDocument> = chunk
                .par_iter()
                .map(|(doc_key, translation)| self.document(corpus, *doc_key, *translation))
                .collect();
            for document in documents {
                writer.add_document(document)?;
            }
        }
        writer.commit()?;
        let segments = self.segments_to_merge()?;
        if !segments.is_empty() {
            writer.merge(&segments).wait()?;
        }
        writer.wait_merging_threads()
    }

    /// A writer with as many threads and as much memory as the added texts need.
    fn writer(
        &self,
        corpus: &Corpus,
        added: &[(u64, Translation)],
    ) -> tantivy::Result<IndexWriter> {
        let texts = added.iter().filter_map(|(_, translation)| corpus.text_of(*translation));
        let bytes: usize = texts.map(|text| text.body.markdown.len()).sum();
        let threads = if added.len() < CHUNK {
            1
        } else {
            rayon::current_num_threads().saturating_sub(1).clamp(1, MAX_THREADS)
        };
        let thread_bytes = (bytes * 8 / threads).clamp(MIN_THREAD_BYTES, MAX_TOTAL_BYTES / threads);
        let writer = self.index.writer_with_num_threads(threads, thread_bytes * threads)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        Ok(writer)
    }

    /// The segments to merge: those with deleted documents once there are many of these, or all but
    /// the largest segments once there are too many of them.
    fn segments_to_merge(&mut self) -> tantivy::Result<Vec<SegmentId>> {
        let mut segments = self.index.searchable_segment_metas()?;
        if self.deleted * MAX_DELETED > self.indexed.len() as u64 {
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

    /// The fields of a translation. The fields that matter more are added several times.
    fn document(&self, corpus: &Corpus, doc_key: u64, translation: Translation) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        document.add_u64(self.fields.doc_key, doc_key);
        let Some(text) = corpus.text_of(translation) else { return document };
        let Some(stemmer) = self.languages.get(translation.language.index()) else {
            return document;
        };
        let fields = &self.fields.title;
        fields.add(&mut document, *stemmer, &text.title.value, 1);
        if let Some(year) = corpus.year_of_goal(translation) {
            fields.add(&mut document, *stemmer, &year.to_string(), 1);
        }
        let fields = &self.fields.text;
        let mut add = |text: &str, weight: usize| fields.add(&mut document, *stemmer, text, weight);
        add(&text.title.value, TITLE_WEIGHT);
        text.short_title.iter().for_each(|title| add(title, 1));
        text.summary.iter().for_each(|summary| add(&summary.value, SUMMARY_WEIGHT));
        text.body.headings.iter().for_each(|heading| add(&heading.text, 1));
        add(&corpus.keywords(translation), 1);
        corpus.status_word(translation).iter().for_each(|word| add(word, SUMMARY_WEIGHT));
        add(&corpus.body(translation), 1);
        document
    }

    fn snapshot(
        &self,
        corpus: &Corpus,
        doc_keys: &HashMap<u64, u32>,
    ) -> tantivy::Result<IndexSnapshot> {
        let reader = self.index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let searcher = reader.searcher();
        let mut translations = Vec::new();
        for segment in searcher.segment_readers() {
            let column = segment.fast_fields().u64("doc_key")?;
            let docs = 0..segment.max_doc();
            translations.push(
                docs.map(|doc| {
                    let doc_key = column.first(doc);
                    doc_key.and_then(|key| doc_keys.get(&key).copied()).unwrap_or(DELETED)
                })
                .collect(),
            );
        }
        let words = self.fields.text.words.iter().map(|words| words.field);
        let text_fields: Vec<Field> = words.chain([self.fields.text.han]).collect();
        let stats = Bm25Stats::new(&searcher, &text_fields)?;
        let bytes =
            usize::try_from(searcher.space_usage()?.total().get_bytes()).unwrap_or(usize::MAX);
        Ok(IndexSnapshot {
            searcher,
            fields: self.fields.clone(),
            stats,
            translations,
            homophones: Homophones::of(corpus),
            bytes,
        })
    }
}

impl TextFields {
    /// Adds the fields to a schema, with names that begin with `prefix`.
    fn new(schema: &mut SchemaBuilder, prefix: &str, languages: &[Stemmer]) -> Self {
        let mut words: Vec<WordField> = Vec::new();
        for stemmer in languages {
            if words.iter().all(|known| known.stemmer != *stemmer) {
                let tokenizer = words_tokenizer_name(words.len());
                let options = text_options(&tokenizer, IndexRecordOption::WithFreqsAndPositions);
                let field = schema.add_text_field(&format!("{prefix}{tokenizer}"), options);
                words.push(WordField { stemmer: *stemmer, field });
            }
        }
        // Bigrams overlap, so their order needs no positions.
        let options = text_options("han", IndexRecordOption::WithFreqs);
        let han = schema.add_text_field(&format!("{prefix}han"), options);
        Self { words, han }
    }

    /// Adds a text to a document, as often as its words count.
    fn add(&self, document: &mut TantivyDocument, stemmer: Stemmer, text: &str, weight: usize) {
        let Some(words) = self.words.iter().find(|field| field.stemmer == stemmer) else { return };
        let text = normalize::simplify(text);
        let has_han = text.chars().any(is_han);
        for _ in 0..weight {
            document.add_text(words.field, &text);
            if has_han {
                document.add_text(self.han, &text);
            }
        }
    }
}

/// The name of the tokenizer of a word field.
fn words_tokenizer_name(number: usize) -> String {
    format!("words{number}")
}

fn text_options(tokenizer: &str, record: IndexRecordOption) -> TextOptions {
    let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(record);
    TextOptions::default().set_indexing_options(indexing)
}

/// A digest of everything that is indexed of a translation. The body is that of the file; the title
/// has a mark in a preview.
fn digest(corpus: &Corpus, translation: Translation) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    let mut add = |part: &[u8]| {
        hasher.update(&part.len().to_le_bytes()).update(part);
    };
    if let Some(text) = corpus.text_of(translation) {
        add(text.digest.as_bytes());
        add(text.title.value.as_bytes());
    }
    add(corpus.keywords(translation).as_bytes());
    add(&corpus.year_of_goal(translation).unwrap_or_default().to_le_bytes());
    hasher.finalize()
}
