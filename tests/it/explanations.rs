//! Explanations of codes: the wrong example shows that code only, the right one no diagnostic.

use std::collections::BTreeMap;
use std::path::Path;

use gazette::diagnostic::explain::{self, Explanation};
use gazette::diagnostic::{Code, Diagnostic, Diagnostics, MessageLanguage, Severity};
use gazette::source::Snapshot;

use crate::harness::{diagnostics, repository, short};

type Files = BTreeMap<String, String>;

/// The base site of the examples, which has no diagnostics.
fn town() -> Files {
    fn add(folder: &Path, prefix: &str, files: &mut Files) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let entry = entry.unwrap();
            let name =
                format!("{prefix}{}", entry.file_name().into_string().expect("a plain name"));
            if entry.path().is_dir() {
                add(&entry.path(), &format!("{name}/"), files);
            } else {
                files.insert(name, std::fs::read_to_string(entry.path()).expect("a text"));
            }
        }
    }
    let mut files = Files::new();
    add(&repository().join("tests/fixtures/explanations"), "", &mut files);
    files
}

/// The base site with the files of an example laid over it; an empty one removes a file.
fn with(example: &Files) -> Snapshot {
    let mut files = town();
    files.extend(example.clone());
    files
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(path, text)| (path, text.into_bytes()))
        .collect()
}

/// The errors and warnings, without the notes.
fn to_mend(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    found.into_iter().filter(|one| one.severity != Severity::Note).collect()
}

#[test]
fn explanation_base_site_has_no_diagnostics() {
    let snapshot = with(&Files::new());
    let found = diagnostics(&snapshot, Diagnostics::default());
    assert!(found.is_empty(), "{:#?}", short(&found, &snapshot));
}

#[test]
fn explanation_examples_show_their_code_or_nothing() {
    let mut tried = 0;
    for code in Code::ALL {
        let explanation = Explanation::of(*code).expect("an explanation");
        let (Some(wrong), Some(right)) = (explanation.wrong(), explanation.right()) else {
            continue;
        };
        tried += 1;
        let snapshot = with(wrong);
        let found = diagnostics(&snapshot, Diagnostics::default());
        assert!(
            found.iter().any(|one| one.code == *code),
            "{code} is not shown: {:#?}",
            short(&found, &snapshot)
        );
        let others: Vec<_> = to_mend(found).into_iter().filter(|one| one.code != *code).collect();
        assert!(others.is_empty(), "{code} is not alone: {:#?}", short(&others, &snapshot));
        let snapshot = with(right);
        let found: Vec<_> = diagnostics(&snapshot, Diagnostics::default());
        assert!(
            found.iter().all(|one| one.code != *code),
            "{code}: {:#?}",
            short(&found, &snapshot)
        );
        let rest = to_mend(found);
        assert!(rest.is_empty(), "{code} is not put right: {:#?}", short(&rest, &snapshot));
    }
    assert!(
        tried * 10 > Code::ALL.len() * 8,
        "{tried} of {} codes have examples that can be tried",
        Code::ALL.len()
    );
}

#[test]
fn diagnostics_documents_are_up_to_date() {
    for (language, name) in [
        (MessageLanguage::English, "diagnostics.md"),
        (MessageLanguage::Chinese, "diagnostics.zh.md"),
    ] {
        let path = repository().join("docs").join(name);
        let made = explain::reference(language);
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            std::fs::write(&path, &made).expect("a written file");
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            kept == made,
            "docs/{name} is stale; UPDATE_EXPECTED=1 cargo test --test it explanations writes it \
             anew"
        );
    }
}
