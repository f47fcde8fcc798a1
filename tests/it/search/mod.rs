//! Search, from outside: what it finds, and how it answers.

mod judgements;
