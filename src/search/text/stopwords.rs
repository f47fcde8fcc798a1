//! Stopwords: words that are too frequent to search for. A query of nothing else keeps them, and so
//! does a phrase.

pub(crate) const ENGLISH: [&str; 85] = [
    "a", "about", "am", "an", "and", "any", "are", "as", "at", "be", "been", "being", "but", "by",
    "can", "could", "did", "do", "does", "for", "from", "get", "had", "has", "have", "he", "her",
    "his", "how", "i", "if", "in", "into", "is", "it", "its", "many", "me", "much", "my", "of",
    "on", "one", "or", "our", "she", "should", "so", "some", "such", "than", "that", "the",
    "their", "them", "there", "these", "they", "this", "those", "to", "us", "was", "we", "were",
    "what", "when", "where", "which", "who", "whom", "whose", "why", "will", "with", "would",
    "you", "your", "please", "tell", "also", "let", "near", "nearby", "nearest",
];

/// The English words with which a question begins, or asks for its object.
pub(crate) const ENGLISH_INTERROGATIVES: [&str; 10] =
    ["how", "what", "when", "where", "which", "who", "whom", "whose", "why", "whats"];

/// The English pronouns of a sentence. `it`, `us` and `me` are names and initials too.
pub(crate) const ENGLISH_PRONOUNS: [&str; 8] =
    ["i", "you", "we", "he", "she", "they", "my", "your"];

/// The English verbs with which a question begins. `may` and `will` are rather names.
pub(crate) const ENGLISH_AUXILIARIES: [&str; 15] = [
    "am", "are", "is", "was", "were", "do", "does", "did", "can", "could", "should", "would",
    "has", "have", "had",
];

#[rustfmt::skip]
pub(crate) const CHINESE: [&str; 97] = [
    "的", "了", "和", "与", "及", "在", "是", "有", "等", "吗", "呢", "吧", "么", "于",
    "什么", "怎么", "怎样", "如何", "哪里", "哪些", "多少", "几", "个", "我", "我们", "你",
    "请问", "一个", "这", "那", "为", "对", "把", "被", "要", "能", "可以", "为什么",
    "谁", "何时", "哪", "怎么样", "哪年", "哪一年", "哪一", "一年", "哪个", "哪一个", "哪位",
    "哪儿", "哪国", "何地", "何处", "为何", "何", "是否", "有没有", "没有", "有无", "能否",
    "能不能", "可不可以", "是不是", "要不要", "怎么办", "多久", "多大", "多高", "多长", "多远",
    "多", "几个", "几年", "几月", "几天", "几点", "什么样", "什么时候", "时候", "叫", "叫做",
    "还", "还有", "还要", "都", "也", "就", "其", "由", "从", "到", "并", "该", "它", "请", "附近", "最近",
];

/// The Chinese stopwords that are never part of a name.
pub(crate) const CHINESE_PARTICLES: [&str; 15] =
    ["的", "了", "和", "与", "及", "是", "吗", "呢", "吧", "在", "等", "么", "哪", "谁", "于"];

/// The Chinese words that make a text a question.
#[rustfmt::skip]
pub(crate) const CHINESE_INTERROGATIVES: [&str; 23] = [
    "什么", "怎么", "怎样", "如何", "哪", "谁", "吗", "呢", "多少", "几", "何时", "何地", "何处",
    "为何", "是否", "有没有", "有无", "能否", "能不能", "可不可以", "是不是", "多久", "请问",
];
