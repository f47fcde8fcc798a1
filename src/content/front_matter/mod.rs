//! Front matter and `site.toml`: a tree of located values, and the readers that turn its values
//! into typed ones.
//!
//! Enter at [`mapping::MappingReader`] for keys and at [`value_reader::ValueReader`] for single
//! values.

pub(crate) mod delimiters;
mod folding;
pub(crate) mod keys;
pub(crate) mod language_tags;
pub(crate) mod localised;
pub(crate) mod mapping;
pub(crate) mod moment;
mod other_programs;
pub(crate) mod scalar;
pub(crate) mod shorthand;
pub(crate) mod tree;
pub(crate) mod unit;
pub(crate) mod value_reader;
pub(crate) mod web;

pub(super) use folding::join_lines;
