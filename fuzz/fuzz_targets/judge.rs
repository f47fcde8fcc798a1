//! What `gazette check` does with one file of a small site, every form of telling included.

use gazette::diagnostic::{Diagnostics, MessageLanguage, render};
use gazette::source::Snapshot;

/// The settings that every site has.
pub const SITE: &str = "name = \"Lakeside\"\nbase_url = \"https://lakeside.example/\"\ntime_zone = \"Asia/Shanghai\"\n\
                    languages = [\"en\", \"zh\"]\n";

/// Reads, checks, advises and tells; any bytes must end in diagnostics or in none, and soon.
pub fn judge(path: &str, bytes: Vec<u8>) {
    // What is not UTF-8 is refused before it is read.
    if std::str::from_utf8(&bytes).is_err() {
        return;
    }
    let files = [
        ("site.toml", SITE.into()),
        ("bulletins/_index.md", "---\ntitle: Bulletins\n---\n".into()),
        ("goals/water/_index.md", "---\ntitle: Water\n---\n".into()),
        (
            "goals/water/wells.md",
            "---\ntitle: Wells\nkind: increase\ntarget: { value: 9, unit: wells }\n---\n".into(),
        ),
        (path, bytes),
    ];
    let snapshot: Snapshot =
        files.into_iter().map(|(path, bytes)| (path.to_owned(), bytes)).collect();
    let loaded = gazette::record::load(&snapshot, Diagnostics::default(), None);
    let mut found = loaded.diagnostics;
    if !found.has_errors() {
        let Ok(instant) = "2026-01-01T00:00:00Z".parse() else { return };
        found.append(gazette::editor::lint::lint(&loaded.content, &snapshot, instant));
    }
    let found = found.into_sorted();
    let texts = |path: &str| snapshot.text_lossy(path);
    for language in MessageLanguage::ALL {
        let options = render::RenderOptions { root: "content", language, texts: &texts };
        for one in &found {
            let length = snapshot.text_lossy(&one.path).map_or(0, str::len);
            assert!(one.span.start <= one.span.end && one.span.end <= length, "{one:?} of {length} bytes");
            assert!(render::human(one, &options, false).contains(one.code.name()));
            assert!(!render::short(one, &options).contains('\n'));
            assert!(!render::github(one, &options).contains('\n'));
        }
        assert!(!render::json(&found, &options).is_empty());
        assert!(!render::sarif(&found, &options).is_empty());
    }
}
