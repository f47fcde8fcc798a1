//! Lists, languages and prose on small sites.

mod languages;
mod lists;
mod prose;
