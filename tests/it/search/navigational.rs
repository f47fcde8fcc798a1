//! Questions about the record itself: which goals there are, how far they are, and what that means.

use gazette::source::Source;

use super::{address, results};
use crate::harness::{Site, TODAY, edition_of, repository};

/// The invented city, which has goals of every status.
fn rimewater() -> Site {
    let folder = repository().join("tests/fixtures/rimewater");
    let snapshot = Source::Directory(folder).snapshot().unwrap().0;
    Site::new(edition_of(&snapshot, TODAY)).searchable()
}

#[test]
fn question_about_goals_finds_their_list_first() {
    let site = rimewater();
    for (language, query) in [
        ("", "what did the city promise?"),
        ("", "list of goals"),
        ("", "goals of Rimewater"),
        ("zh/", "市里作出了哪些承诺？"),
        ("zh/", "霜水市有哪些目标"),
    ] {
        let found = results(&site.page(&address(language, query)));
        assert_eq!(found[0], format!("/{language}goals/"), "{query}");
    }
}

#[test]
fn question_about_a_status_finds_its_goals() {
    let site = rimewater();
    let late = ["/goals/homes/north-heating-plant/", "/goals/homes/tram-line-2/"];
    for (language, query) in [("", "which goals are late"), ("zh/", "哪些目标逾期了")] {
        let mut found = results(&site.page(&address(language, query)));
        assert_eq!(found[2], format!("/{language}goals/"), "{query}");
        found[..2].sort();
        let expected = late.map(|path| format!("/{language}{}", &path[1..]));
        assert_eq!(found[..2], expected, "{query}");
    }
    for (language, query) in [("", "what does data overdue mean"), ("zh/", "数据逾期是什么意思")]
    {
        let found = results(&site.page(&address(language, query)));
        assert_eq!(found[0], format!("/{language}goals/method/"), "{query}");
    }
}

#[test]
fn question_with_a_subject_remains_a_search() {
    let site = rimewater();
    for query in ["nursing beds goal", "\"what did the city promise\"", "late ferry"] {
        assert_ne!(site.found(query).first().map(String::as_str), Some("/goals/"), "{query}");
    }
    // A list that is named by its title.
    assert_eq!(site.found("all bulletins")[0], "/bulletins/");
    assert_eq!(site.found("goals for the river")[0], "/goals/river/");
}
