//! Commands that write what a content folder records of itself: permanent numbers, and the
//! originals of translations.

pub(super) mod ledger_history;
pub(super) mod number;
pub(super) mod translated;
