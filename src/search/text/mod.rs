//! Text analysis, the same for documents and queries: tokens, normal forms, stems and stopwords.

pub(super) mod analysis;
pub(super) mod chinese;
pub(super) mod normalize;
pub(super) mod plain_text;
pub(super) mod stemmer;
pub(super) mod stopwords;
pub(super) mod tokenize;
