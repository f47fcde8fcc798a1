//! Navigational queries: questions that ask for a page of the record and not for a text, such as
//! "which goals has the city reached", "最新公报" or "what does data overdue mean".

pub(crate) mod vocabulary;

use crate::content::Status;
use crate::record::PageRef;
use crate::search::index::corpus::{Corpus, Document};
use vocabulary::Meaning;

/// At most this many goals of a status come before the page that lists all of them.
const FEW_GOALS: usize = 5;

/// A status of so many words is a question on its own.
const LONG_STATUS: usize = 2;

/// Added to the scores of the pages that answer such a query: more than that of any words, and less
/// than that of a day.
const LIST_SCORE: f32 = 600.0;
const GOAL_SCORE: f32 = 500.0;
const LIST_AFTER_GOALS_SCORE: f32 = 400.0;

/// The statuses of goals that are not where they should be.
const NOT_REACHED: [Status; 5] =
    [Status::NotMet, Status::Late, Status::WrongWay, Status::Behind, Status::SlightlyBehind];

/// A query that asks for a page of the record.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NavigationalQuery {
    /// How progress is calculated, or what a status means.
    Method,
    /// A page that lists others, by its index in the corpus; `None` is the list of goals. Some
    /// statuses may be asked for.
    List { document: Option<u32>, statuses: Vec<Status> },
}

/// The kinds of words that a question has.
#[derive(Default)]
struct Question {
    /// The meanings of its words other than statuses and pages.
    meanings: Vec<Meaning>,
    statuses: Vec<Status>,
    /// The length of the longest expression for a status, in words.
    longest_status: usize,
    /// The pages that each of the titles in it names.
    pages: Vec<Vec<u32>>,
}

impl NavigationalQuery {
    /// Parses a query without phrases and exclusions; `None` if it asks for a text.
    pub(crate) fn parse(text: &str, corpus: &Corpus) -> Option<Self> {
        let site = &corpus.content.site;
        let names = site.languages.all().map(|language| vocabulary::key(site.name(language)));
        let names: Vec<String> = names.collect();
        let question = Question::of(vocabulary::meanings(text, &corpus.list_titles, &names)?);
        question.into_query(corpus)
    }

    /// The documents that answer the query, with what they add to their score.
    pub(crate) fn answers(&self, corpus: &Corpus) -> Vec<(u32, f32)> {
        let (list, statuses) = match self {
            Self::Method => return scored(find(corpus, PageRef::Method), LIST_SCORE).collect(),
            Self::List { document, statuses } => (document, statuses),
        };
        let list = list.or_else(|| find(corpus, PageRef::Goals));
        let category = list.and_then(|list| category_of(&corpus.documents[list as usize]));
        let mut goals = Vec::new();
        for (index, document) in (0..).zip(&corpus.documents) {
            if document.status.is_some_and(|status| statuses.contains(&status))
                && category.is_none_or(|category| document.categories.contains(&category))
            {
                goals.push(index);
            }
        }
        let is_list_first = goals.is_empty() || goals.len() > FEW_GOALS;
        let list_score = if is_list_first { LIST_SCORE } else { LIST_AFTER_GOALS_SCORE };
        scored(list, list_score).chain(scored(goals, GOAL_SCORE)).collect()
    }
}

impl Question {
    fn of(meanings: Vec<(Meaning, usize)>) -> Self {
        let mut question = Self::default();
        for (meaning, length) in meanings {
            match meaning {
                Meaning::Statuses(statuses) => {
                    question.statuses.extend(statuses);
                    question.longest_status = question.longest_status.max(length);
                }
                Meaning::Pages(documents) => question.pages.push(documents),
                meaning => question.meanings.push(meaning),
            }
        }
        question
    }

    fn has(&self, meaning: &Meaning) -> bool {
        self.meanings.contains(meaning)
    }

    fn into_query(self, corpus: &Corpus) -> Option<NavigationalQuery> {
        let is_of_goals = self.has(&Meaning::Goals) || !self.statuses.is_empty();
        // A status of one word, such as `late`, may be part of any text.
        let is_of_record = self.has(&Meaning::City)
            && (is_of_goals || self.has(&Meaning::Progress))
            || self.longest_status >= LONG_STATUS;
        if self.has(&Meaning::Explain) && self.pages.is_empty() {
            return (is_of_goals || self.has(&Meaning::Progress))
                .then_some(NavigationalQuery::Method);
        }
        match self.pages.as_slice() {
            [] if self.has(&Meaning::Goals) || is_of_record => {
                Some(NavigationalQuery::List { document: None, statuses: self.wanted_statuses() })
            }
            [pages] if is_of_goals || self.has(&Meaning::List) => {
                let page = pages.iter().copied().find(|page| {
                    !is_of_goals || category_of(&corpus.documents[*page as usize]).is_some()
                })?;
                let statuses = self.wanted_statuses();
                Some(NavigationalQuery::List { document: Some(page), statuses })
            }
            _ => None,
        }
    }

    fn wanted_statuses(&self) -> Vec<Status> {
        let is_good = self
            .statuses
            .iter()
            .any(|status| matches!(status, Status::Achieved | Status::Done | Status::OnTrack));
        match (self.has(&Meaning::Not), is_good) {
            (true, true) => NOT_REACHED.to_vec(),
            (true, false) => Vec::new(),
            (false, _) => self.statuses.clone(),
        }
    }
}

/// The index of a page in the corpus.
fn find(corpus: &Corpus, page: PageRef) -> Option<u32> {
    let index = corpus.documents.iter().position(|document| document.item == page)?;
    u32::try_from(index).ok()
}

const fn category_of(document: &Document) -> Option<usize> {
    if let PageRef::Category(index) = document.item { Some(index) } else { None }
}

fn scored(
    documents: impl IntoIterator<Item = u32>,
    score: f32,
) -> impl Iterator<Item = (u32, f32)> {
    documents.into_iter().map(move |document| (document, score))
}
