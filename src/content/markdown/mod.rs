//! Markdown as Gazette reads it: the parser's options, and a body with its headings, links and
//! mistakes.

mod autolinks;
mod blocks;
pub mod body;
mod captions;
mod definitions;
mod dialects;
pub(crate) mod emphasis;
mod footnotes;
mod heading_ids;
mod inline_html;
mod malformed_links;
mod notice_lines;
mod parser;
mod products;
mod raw_html;

pub(crate) use blocks::figures::{
    image_text, is_figure, plain_text, raise_captions, table_caption,
};
pub(crate) use blocks::paragraphs::{count_paragraphs, words_of_paragraph};
pub(crate) use blocks::services::{ServiceBlock, phone_number};
pub(crate) use body::is_title_mark;
pub use body::{Body, Heading};
pub(in crate::content) use dialects::{PlainMark, find_in_plain_text};
pub use inline_html::{Abbreviation, PlainScripts};
pub(crate) use malformed_links::as_destination;
pub use parser::{OPTIONS, events};
