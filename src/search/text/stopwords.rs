//! Stopwords: words that are too frequent to search for. A query of nothing else keeps them, and so
//! does a phrase.

pub(crate) const ENGLISH: [&str; 62] = [
    "a", "about", "an", "and", "any", "are", "as", "at", "be", "been", "by", "can", "did", "do",
    "does", "for", "from", "get", "has", "have", "how", "i", "if", "in", "is", "it", "its", "many",
    "me", "much", "my", "of", "on", "or", "our", "so", "some", "that", "the", "their", "there",
    "this", "to", "was", "we", "were", "what", "when", "where", "which", "who", "whose", "why",
    "will", "with", "would", "you", "your", "one", "us", "he", "she",
];

#[rustfmt::skip]
pub(crate) const CHINESE: [&str; 40] = [
    "的", "了", "和", "与", "及", "在", "是", "有", "等", "吗", "呢", "吧",
    "什么", "怎么", "怎样", "如何", "哪里", "哪些", "多少", "几", "个", "我", "我们", "你",
    "请问", "一个", "这", "那", "为", "对", "把", "被", "要", "能", "可以", "为什么",
    "谁", "何时", "哪", "怎么样",
];

/// The Chinese stopwords that are never part of a name.
pub(crate) const CHINESE_PARTICLES: [&str; 11] =
    ["的", "了", "和", "与", "及", "是", "吗", "呢", "吧", "在", "等"];
