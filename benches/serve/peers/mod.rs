//! Servers to compare with, which answer with our responses. The bench starts itself for each.

pub(crate) mod actix;
pub(crate) mod bare;

use std::fs;
use std::path::Path;

use crate::Outcome;

/// A response that the bench got from our server.
pub(crate) struct Recorded {
    pub(crate) path: String,
    /// The name of the kind of answer.
    pub(crate) answer: String,
    /// Head and body.
    pub(crate) bytes: Vec<u8>,
}

/// Reads the responses in the folder.
fn read_responses(folder: &Path) -> Outcome<Vec<Recorded>> {
    let index = fs::read_to_string(folder.join("index.tsv"))?;
    let lines = index.lines().enumerate();
    lines
        .map(|(number, line)| {
            let (path, answer) = line.split_once('\t').ok_or("a line without a tab")?;
            let bytes = fs::read(folder.join(format!("{number}.response")))?;
            Ok(Recorded { path: path.to_owned(), answer: answer.to_owned(), bytes })
        })
        .collect()
}
