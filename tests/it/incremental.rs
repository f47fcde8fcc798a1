//! An edition that shares pages with the one before equals a fresh one, over random edits.

use std::collections::BTreeMap;

use gazette::content::KnownContent;
use gazette::diagnostic::Diagnostics;
use gazette::edition::{self, CompileError, Edition, PathEntry};
use gazette::pages::{self, OutputKind};
use gazette::record::{self, Record};
use gazette::source::{Snapshot, Source, assets};
use jiff::{Timestamp, ToSpan as _};

use crate::harness::{Folder, SITE, TODAY, instant, repository, short};

/// A generator of numbers that are the same in each run (xorshift, Marsaglia 2003).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (limit as u64)).expect("a small number")
    }

    fn pick<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len())]
    }
}

type Files = BTreeMap<String, Vec<u8>>;

/// The invented city, which has every kind of page.
fn rimewater() -> Files {
    let folder = repository().join("tests/fixtures/rimewater");
    let (snapshot, found) = Source::Directory(folder).snapshot().expect("the folder");
    assert!(found.is_empty(), "{found:?}");
    files_of(&snapshot)
}

/// A city with few pages, of which each refers to others: links, relations, goals, a consultation.
fn small_city() -> Files {
    let facts = [
        "sets: [clean-water]\ncategories: [water]",
        "mentions: [clean-water]",
        "issuer: [council]\ndocument: { number: Lake 1, kind: notice, made: 2024-03-01 }",
        "issuer: [council]\ndocument: { number: Lake 2, kind: notice }\nrepeals: [b2]",
        "consultation: { closes: 2026-12-01, respond: { phone: 0000-1234567 } }",
        "categories: [water]",
        "categories: [water]\nsource: { name: Office, url: \"https://office.example/\" }",
        "reports:\n  - { goal: clean-water, as_of: 2024-08-01, note: More wells. }",
    ];
    let settings = "\n[documents]\nkinds = [{ name = \"notice\", title = { en = \"Notice\", zh = \"通知\" } }]\n";
    let mut folder = Folder::city()
        .with("site.toml", format!("{SITE}{settings}"))
        .with("bodies/council.md", "---\ntitle: Council\n---\n")
        .with("alerts/ice.md", ALERT)
        .goal("clean-water", "kind: direction");
    for number in 0..24 {
        let facts = facts.get(number).copied().unwrap_or("categories: [water]");
        let day = format!("published: 2024-{:02}-{:02}", 1 + number % 9, 10 + number % 18);
        let (next, last) = ((number + 1) % 24, (number + 23) % 24);
        let body = format!(
            "See [next](b{next}.md) and [last](/bulletins/b{last}/).\n\n## More\n\nWords.\n"
        );
        folder = folder.bulletin(&format!("b{number}"), &format!("{day}\n{facts}"), &body);
        if number % 3 == 0 {
            let text = format!(
                "---\ntitle: 第{number}份\nsummary: 简介。\n---\n见[下一份](b{next}.md)。\n"
            );
            folder = folder.with(&format!("bulletins/b{number}.zh.md"), text);
        }
    }
    let changed = "published: 2024-02-01\nchanges: [{ on: 2024-03-01, note: N. }]";
    let version = "---\ntitle: Old\nsummary: S.\n---\nSee [one](b1.md) and [two](b2.md).\n";
    folder = folder.bulletin("old", changed, "See [one](b1.md).\n");
    files_of(&folder.with("bulletins/old.2024-02-01.md", version).snapshot())
}

fn files_of(snapshot: &Snapshot) -> Files {
    snapshot.files().map(|(path, bytes)| (path.to_string(), bytes.to_vec())).collect()
}

/// An alert that begins and ends within the instants of the random edits.
const ALERT: &str = "---\ntitle: Thin ice\nlevel: warning\nfrom: 2025-06-01\nuntil: 2026-03-01\n---\n\
                     Stay off. See [why](../bulletins/b3.md).\n";

/// Lines of front matter that change what other pages show of a bulletin.
const FACTS: &[&str] = &[
    "withdrawn: { on: 2024-06-01, reason: { en: It was wrong., zh: 内容有误。 } }",
    "changes:\n  - { on: 2024-07-01, note: { en: A figure., zh: 一个数字。 } }",
    "expires: 2025-01-01",
    "events:\n  - { title: { en: A hearing, zh: 听证会 }, from: 2024-09-10 }",
    "draft: true",
    "byline: { en: The desk, zh: 编辑部 }",
    "gone: { on: 2024-05-05, reason: { en: A mistake., zh: 有误。 } }",
];

/// Lines of `site.toml` that all pages depend on.
const SETTINGS: &[&str] = &[
    "featured = [\"b5\"]",
    "featured = [\"b9\", \"b6\"]",
    "tagline = { en = \"By the lake\", zh = \"湖边\" }",
];

/// Makes one random edit.
fn edit(files: &mut Files, base: &Files, random: &mut Random) -> String {
    let bulletins: Vec<String> = files
        .keys()
        .filter(|path| path.starts_with("bulletins/") && !path.contains("_index"))
        .cloned()
        .collect();
    let all: Vec<String> =
        files.keys().filter(|path| path.rsplit('.').next() == Some("md")).cloned().collect();
    let count = random.below(1_000_000);
    let path = if random.below(4) == 0 { random.pick(&all) } else { random.pick(&bulletins) };
    let text = String::from_utf8(files[path].clone()).expect("text");
    let mut write = |path: &str, text: String| files.insert(path.to_owned(), text.into_bytes());
    let kind = random.below(13);
    match kind {
        0..=2 => drop(write(path, format!("{text}\nA further line, {count}.\n"))),
        3 => drop(write(path, text.replacen("title: ", &format!("title: {count} "), 1))),
        4 => drop(write(path, text.replacen("summary: ", &format!("summary: {count} "), 1))),
        5 => {
            let day = format!("published: 20{}-0{}-1", 22 + random.below(4), 1 + random.below(9));
            drop(write(
                path,
                text.replacen("published: 202", &format!("{day}{}\n# 202", random.below(9)), 1),
            ));
        }
        6 => {
            let facts = random.pick(FACTS);
            drop(write(path, text.replacen("---\n", &format!("---\n{facts}\n"), 1)));
        }
        7 => {
            let lines: Vec<&str> = text.lines().collect();
            let gone = random.below(lines.len().min(14));
            let rest = lines.iter().enumerate().filter(|(at, _)| *at != gone);
            drop(write(path, rest.flat_map(|(_, line)| [line, "\n"]).collect()));
        }
        8 => drop(files.remove(path)),
        9 => {
            let (stem, ending) = path.split_once('.').expect("an ending");
            let renamed = format!("{stem}-{}.{ending}", count % 10);
            let bytes = files.remove(path).expect("the file");
            files.insert(renamed, bytes);
        }
        10 => {
            let new = format!("bulletins/2024-copy-{}.md", count % 20);
            let source = random.pick(&bulletins).clone();
            let bytes = files[&source].clone();
            files.insert(new, bytes);
        }
        11 => {
            let settings = String::from_utf8(base["site.toml"].clone()).expect("text");
            let line = random.pick(SETTINGS);
            let name = line.split(' ').next().expect("a name");
            let kept = settings.lines().filter(|line| !line.starts_with(name));
            let settings: String = kept.flat_map(|line| [line, "\n"]).collect();
            files.insert("site.toml".to_owned(), format!("{line}\n{settings}").into_bytes());
        }
        _ => {
            let original: Vec<&String> = base.keys().collect();
            let path = *random.pick(&original);
            files.insert(path.clone(), base[path].clone());
            return format!("{path} as at first");
        }
    }
    format!("{path}, edit {kind}")
}

/// A site as a server keeps it from reload to reload.
struct Server {
    known: KnownContent,
    edition: Option<Edition>,
}

impl Server {
    /// Compiles after the last edition, and compares all with what a new start makes. Fails with the
    /// problems of content that has errors.
    fn reload(
        &mut self,
        snapshot: &Snapshot,
        at: Timestamp,
        edit: &str,
    ) -> Result<(), Vec<String>> {
        let found = Diagnostics::default;
        let loaded = record::load_after(snapshot, found(), None, &mut self.known);
        let made = edition::compile_after(
            self.edition.as_ref(),
            &loaded.content,
            loaded.diagnostics,
            &assets(),
            at,
        );
        let fresh = record::load(snapshot, found(), None);
        if let Err(CompileError::Content(problems)) = &made {
            let expected = edition::compile(&fresh.content, fresh.diagnostics, &assets(), at);
            let Err(CompileError::Content(expected)) = expected else {
                panic!("no errors at a new start: {edit}")
            };
            let problems = short(problems, snapshot);
            assert_eq!(problems, short(&expected, snapshot), "{edit}");
            return Err(problems);
        }
        let made = made.unwrap_or_else(|error| panic!("{error:?}: {edit}"));
        let warnings = fresh.diagnostics;
        let record = Record::at(&fresh.content, at);
        for output in pages::render(&record, &assets()).expect("pages") {
            let entry = made.edition.entry(&output.path);
            match (&output.kind, entry) {
                (OutputKind::Redirect(to), Some(PathEntry::Redirect(found))) => {
                    assert_eq!(to, &**found, "{}: {edit}", output.path);
                }
                // A redirect gives way to a page, and error pages have no path.
                (
                    OutputKind::Redirect(_) | OutputKind::ErrorPage(_) | OutputKind::PageShell(_),
                    _,
                ) => {}
                (_, Some(PathEntry::Found(resource) | PathEntry::Gone(resource))) => {
                    assert_eq!(resource.media_type, output.media_type, "{}: {edit}", output.path);
                    let (now, fresh) = (resource.body.identity(), output.body.bytes());
                    if now != fresh {
                        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                        let (now, fresh) = (text(&now), text(&fresh));
                        let lines = now.lines().zip(fresh.lines()).find(|(a, b)| a != b);
                        panic!("{} after {edit}: {lines:?}", output.path);
                    }
                }
                (_, found) => panic!("{} is {found:?} after {edit}", output.path),
            }
        }
        assert_eq!(
            short(&made.warnings, snapshot),
            short(&warnings.into_sorted(), snapshot),
            "{edit}"
        );
        self.edition = Some(made.edition);
        Ok(())
    }

    /// Compares the edition as a whole with that of a new start.
    fn compare_whole(&self, snapshot: &Snapshot) {
        let edition = self.edition.as_ref().expect("an edition");
        let fresh = record::load(snapshot, Diagnostics::default(), None);
        let at = edition.instant();
        let fresh = edition::compile(&fresh.content, fresh.diagnostics, &assets(), at);
        let fresh = fresh.expect("no errors").edition;
        assert_eq!(edition.id(), fresh.id());
        assert_eq!(edition.valid_until(), fresh.valid_until());
        assert_eq!(edition.summary(), fresh.summary());
        assert_eq!(format!("{:?}", edition.entries()), format!("{:?}", fresh.entries()));
    }
}

/// Makes random edits one after the other; one that makes an error is taken back.
fn make_edits(base: &Files, edits: usize, seed: u64) {
    let mut random = Random(seed);
    let mut files = base.clone();
    let mut server = Server { known: KnownContent::default(), edition: None };
    let mut at = instant(TODAY);
    assert_eq!(server.reload(&base.clone().into_iter().collect(), at, "nothing"), Ok(()));
    let mut good = 0;
    for number in 0..edits {
        let before = files.clone();
        let name = edit(&mut files, base, &mut random);
        if random.below(5) == 0 {
            at = instant(TODAY) - i64::try_from(random.below(20_000)).expect("hours").hours();
        }
        let snapshot: Snapshot = files.clone().into_iter().collect();
        if server.reload(&snapshot, at, &name).is_ok() {
            good += 1;
            if number % 50 == 0 {
                server.compare_whole(&snapshot);
            }
        } else {
            files = before;
        }
    }
    assert!(good > edits / 3, "only {good} of {edits} edits made a site");
}

#[test]
fn edition_after_edits_equals_a_fresh_one() {
    make_edits(&small_city(), 60, 0x9E37_79B9_7F4A_7C15);
}

/// `cargo test --test it -- --ignored thousands_of_edits` runs it.
#[test]
#[ignore = "it takes minutes"]
fn edition_after_thousands_of_edits_equals_fresh_one() {
    make_edits(&small_city(), 2_000, 0x5DEE_CE66);
    make_edits(&rimewater(), 200, 0x2545_F491_4F6C_DD1D);
}
