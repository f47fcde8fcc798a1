//! Parts of pages that depend on one bulletin and are in many files, each made once.

use std::sync::OnceLock;

use crate::language::Language;
use crate::record::BulletinId;

/// A value for each bulletin in each language, which is made when it is first needed.
#[derive(Debug)]
pub(crate) struct PerBulletin<T> {
    cells: Vec<OnceLock<T>>,
    languages: usize,
}

impl<T> PerBulletin<T> {
    pub(super) fn new(bulletins: usize, languages: usize) -> Self {
        let cells = std::iter::repeat_with(OnceLock::new).take(bulletins * languages).collect();
        Self { cells, languages }
    }

    /// The value, or the error of the first attempt to make it. Two threads may make it at once;
    /// it is the same for both.
    pub(super) fn get<E>(
        &self,
        id: BulletinId,
        language: Language,
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<&T, E> {
        let cell = &self.cells[id.0 * self.languages + language.index()];
        match cell.get() {
            Some(value) => Ok(value),
            None => make().map(|value| cell.get_or_init(|| value)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn value_is_made_once_for_each_bulletin() {
        let table = PerBulletin::new(2, 1);
        let table = [(0, Err("full")), (0, Ok(1)), (1, Ok(2)), (0, Ok(3)), (1, Err("full"))]
            .map(|(id, made)| table.get(BulletinId(id), Language::DEFAULT, || made).copied());
        assert_eq!(table, [Err("full"), Ok(1), Ok(2), Ok(1), Ok(2)]);
    }
}
