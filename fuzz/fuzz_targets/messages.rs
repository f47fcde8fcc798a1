//! Any bytes as the messages of a language (Fluent), in a site whose pages are rendered with them if
//! `check` has nothing against it.

#![no_main]

mod judge;

use gazette::diagnostic::Diagnostics;
use gazette::record::{self, Record};
use gazette::source::Snapshot;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, messages)) = bytes.split_first() else { return };
    let path = if kind % 2 == 0 { "i18n/en.ftl" } else { "i18n/zh.ftl" };
    judge::judge(path, messages.to_vec());
    if std::str::from_utf8(messages).is_err() {
        return;
    }
    let files = [("site.toml", judge::SITE.as_bytes().to_vec()), (path, messages.to_vec())];
    let snapshot: Snapshot =
        files.into_iter().map(|(path, bytes)| (path.to_owned(), bytes)).collect();
    let loaded = record::load(&snapshot, Diagnostics::default(), None);
    if !loaded.diagnostics.has_errors() {
        let Ok(instant) = "2026-01-01T00:00:00Z".parse() else { return };
        let outputs = gazette::pages::render(&Record::at(&loaded.content, instant), &[]);
        assert!(outputs.is_ok_and(|outputs| !outputs.is_empty()));
    }
});
