//! The tables of keys in the editors' guide.

use gazette::editor::kit::key_tables;

use crate::harness::repository;

const START: &str = "<!-- The tables below are generated: \
                     UPDATE_EXPECTED=1 cargo test --test it key_tables -->\n";

#[test]
fn key_tables_in_guide_are_up_to_date() {
    let path = repository().join("docs/editing.md");
    let guide = std::fs::read_to_string(&path).expect("the guide");
    let (before, tables) = guide.split_once(START).expect("the mark of the tables");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&path, format!("{before}{START}{}", key_tables())).expect("a writable file");
    } else {
        assert_eq!(tables, key_tables(), "UPDATE_EXPECTED=1 cargo test --test it key_tables");
    }
}
