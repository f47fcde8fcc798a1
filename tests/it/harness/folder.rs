//! Content folders in memory.

use std::collections::BTreeMap;
use std::path::Path;

use gazette::diagnostic::Diagnostics;
use gazette::source::Snapshot;

use super::{Site, TODAY, compiled, edition_of, short};

/// The settings of a small city in two languages.
pub(crate) const SITE: &str = r#"
name = { en = "Lakeside", zh = "湖滨" }
base_url = "https://lakeside.example/"
time_zone = "Asia/Shanghai"
languages = ["en", "zh"]
"#;

/// A content folder in memory.
#[derive(Debug, Clone, Default)]
pub(crate) struct Folder {
    files: BTreeMap<String, Vec<u8>>,
}

impl Folder {
    /// The small city: `site.toml`, one section, one category.
    pub(crate) fn city() -> Self {
        Self::default()
            .with("site.toml", SITE)
            .with("bulletins/_index.md", "---\ntitle: Bulletins\n---\n")
            .with("bulletins/_index.zh.md", "---\ntitle: 公报\n---\n")
            .with("goals/water/_index.md", "---\ntitle: Water\n---\n")
    }

    /// Adds or replaces a file.
    pub(crate) fn with(mut self, path: &str, content: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path.to_owned(), content.into());
        self
    }

    /// Adds a bulletin with further lines of front matter and a body.
    pub(crate) fn bulletin(self, slug: &str, facts: &str, body: &str) -> Self {
        let text = format!(
            "---\ntitle: About {slug}\nsummary: What is said about {slug}.\n{facts}\n---\n{body}"
        );
        self.with(&format!("bulletins/{slug}.md"), text)
    }

    /// Adds a goal to the category `water`.
    pub(crate) fn goal(self, slug: &str, facts: &str) -> Self {
        self.with(
            &format!("goals/water/{slug}.md"),
            format!("---\ntitle: Goal {slug}\n{facts}\n---\n"),
        )
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        self.files.iter().map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
    }

    /// Writes the files into a folder of the file system.
    pub(crate) fn write_to(&self, folder: &Path) {
        for (path, bytes) in &self.files {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
            std::fs::write(path, bytes).expect("a new file");
        }
    }

    /// The diagnostics of the folder, one line each.
    pub(crate) fn problems(&self) -> Vec<String> {
        let snapshot = self.snapshot();
        match compiled(&snapshot, Diagnostics::default(), TODAY) {
            Ok(_) => Vec::new(),
            Err(found) => short(&found, &snapshot),
        }
    }

    /// The site at an instant.
    #[track_caller]
    pub(crate) fn at(&self, instant: &str) -> Site {
        Site::new(edition_of(&self.snapshot(), instant))
    }

    /// The site at [`TODAY`].
    #[track_caller]
    pub(crate) fn today(&self) -> Site {
        self.at(TODAY)
    }
}
