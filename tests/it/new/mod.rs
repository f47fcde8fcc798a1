//! `gazette new` as a process: new files pass `check`, refusals change nothing.

mod refusals;
mod supporting;

use std::path::{Path, PathBuf};
use std::process::Output;

use gazette::content::Content;
use gazette::source::Source;
use proptest::prelude::*;
use tempfile::TempDir;

use crate::cli::gazette;
use crate::harness::{Folder, copy, repository};

/// The current instant of these tests, late in the day in the sites' zone.
const AT: &str = "2026-11-01T18:00:00Z";

/// An editor's repository with its content folder.
struct Desk {
    root: TempDir,
}

impl Desk {
    fn of(folder: &Folder) -> Self {
        let root = TempDir::new().unwrap();
        folder.write_to(&root.path().join("content"));
        Self { root }
    }

    /// The small city with a goal of each kind.
    fn city() -> Self {
        Self::of(&city())
    }

    /// A copy of the real content.
    fn real() -> Self {
        let root = TempDir::new().unwrap();
        copy(&repository().join("content"), &root.path().join("content"));
        Self { root }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = gazette(arguments);
        command.current_dir(self.root.path()).env("GAZETTE_AT", AT).env("LC_ALL", "C");
        command.output().expect("the binary runs")
    }

    /// The paths of the new files, one a line of standard output.
    #[track_caller]
    fn new_files(&self, arguments: &[&str]) -> Vec<String> {
        let output = self.run(&[&["new"], arguments].concat());
        let (out, errors) = (text(&output.stdout), text(&output.stderr));
        assert!(output.status.success(), "{arguments:?}: {errors}");
        assert!(errors.starts_with("next: ") && errors.lines().count() == 1, "{errors}");
        out.lines().map(ToOwned::to_owned).collect()
    }

    /// The one line of a refusal, which changes no file.
    #[track_caller]
    fn refusal(&self, arguments: &[&str]) -> String {
        let before = self.files();
        let output = self.run(&[&["new"], arguments].concat());
        assert_eq!(
            (output.status.code(), text(&output.stdout).as_str()),
            (Some(1), ""),
            "{arguments:?}"
        );
        assert_eq!(self.files(), before, "{arguments:?}");
        let errors = text(&output.stderr);
        assert_eq!(errors.lines().count(), 1, "{errors}");
        errors.trim_end().to_owned()
    }

    /// Asserts that `check` finds nothing but advice that needs another file or the editor's own
    /// words.
    #[track_caller]
    fn is_clean(&self) {
        let output = self.run(&["check", "content", "--format", "short"]);
        assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
        let found = text(&output.stdout);
        let to_do = [
            "[translation/missing]",
            "[translation/missing-text]",
            "[bulletin/no-goal]",
            "[text/placeholder]",
        ];
        let mut advice = found.lines().filter(|line| !to_do.iter().any(|code| line.contains(code)));
        assert_eq!(advice.next(), None, "{found}");
    }

    fn text(&self, path: &str) -> String {
        std::fs::read_to_string(self.root.path().join(path))
            .unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        walk(self.root.path(), &mut files);
        files.sort();
        files
    }
}

fn walk(folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, files);
        } else {
            files.push((path.clone(), std::fs::read(&path).unwrap()));
        }
    }
}

fn city() -> Folder {
    let target = "target: { value: 12, unit: wells }";
    Folder::city()
        .goal("wells", &format!("kind: increase\n{target}"))
        .goal("pressure", &format!("kind: maintain\n{target}"))
        .goal("waterworks", "kind: deliver\nmilestones: [{ id: opened, title: Opened }]")
        .goal("cleaner-lake", "kind: direction")
        .bulletin("lake", "published: 2022-05-05", "The lake is clean.\n")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8 output")
}

/// Every variant of the command.
fn try_every_form(desk: &Desk, category: &str, goals: [&str; 2]) {
    for arguments in [
        &["bulletin", "Thirty wells open"][..],
        &["bulletin", "Wells and works: “done”", "--goal", goals[0], "--goal", goals[1]],
        &["bulletin", "三十口水井启用", "--lang", "zh"],
        &["bulletin", "By another name", "--slug", "named", "--section", "bulletins"],
        &["goal", "Fifty wells", "--category", category],
        &["goal", "A level is kept", "--category", category, "--kind", "maintain"],
        &["goal", "A direction", "--category", category, "--kind", "direction"],
        &["goal", "Waterworks are built", "--category", category, "--kind", "deliver"],
        &["goal", "Work that goes on", "--category", category, "--kind", "continue"],
        &["goal", "新建五十口水井", "--category", category, "--lang", "zh"],
        &["category", "Roads and bridges"],
        &["category", "公共卫生", "--lang", "zh"],
        &["section", "Press releases"],
        &["bulletin", "A press release", "--section", "press-releases"],
        &["body", "Housing bureau"],
        &["body", "轮渡管理处", "--lang", "zh"],
        &["topic", "Rented homes"],
        &["alert", "The lake rises"],
        &["alert", "A storm comes", "--level", "emergency"],
        &["page", "Opening hours"],
        &["page", "开放时间", "--slug", "hours"],
        &["section", "Departments"],
        &["page", "Housing", "--folder", "departments"],
        &["translation", "content/bulletins/thirty-wells-open.md"],
        &["translation", "goals/roads-and-bridges/_index.md", "--lang", "zh"],
    ] {
        desk.new_files(arguments);
    }
    desk.is_clean();
}

#[test]
fn new_files_pass_check_on_small_site() {
    try_every_form(&Desk::city(), "water", ["wells", "waterworks"]);
}

#[test]
fn new_files_pass_check_on_real_content() {
    try_every_form(&Desk::real(), "economy", ["urban-jobs-2022", "creative-design-center"]);
}

#[test]
fn new_bulletin_is_draft_of_today_with_goals() {
    let desk = Desk::city();
    let files =
        desk.new_files(&["bulletin", "Wells: “open”", "--goal", "wells", "--goal", "cleaner-lake"]);
    assert_eq!(files, ["content/bulletins/wells-open.md"]);
    assert_eq!(
        desk.text(&files[0]),
        "\
---
title: \"Wells: “open”\"
# one or two sentences for lists, feeds and search results
summary: One or two sentences.
# the day of publication; a future day or time schedules it: 2030-01-31 09:00
published: 2026-11-02
# the source; remove the `#` to use the line
# source: { name: { en: Name of the source, zh: 来源名称 }, url: \"https://…\" }
# related goals
mentions: [wells, cleaner-lake]
# reports on these goals: to use the lines, remove the `#`, and remove the goal from `mentions`; \
`as_of` is the day of the figure
# reports:
#   - { goal: wells, value: 12, as_of: 2026-11-02 }
#   - { goal: cleaner-lake, note: { en: What was done., zh: 已开展的工作。 }, as_of: 2026-11-02 }
# the page is not public while the next line is there; remove the line when the page is ready
draft: true
---

Write the text here.
"
    );
}

#[test]
fn new_file_commented_keys_are_valid() {
    let desk = Desk::city();
    let files = desk.new_files(&[
        "bulletin",
        "All",
        "--goal",
        "wells",
        "--goal",
        "pressure",
        "--goal",
        "waterworks",
        "--goal",
        "cleaner-lake",
    ]);
    let used: Vec<String> = desk
        .text(&files[0])
        .lines()
        .filter(|line| !line.starts_with("mentions") && *line != "draft: true")
        .map(|line| {
            let is_example = line.starts_with("# source:")
                || line.starts_with("# reports:")
                || line.starts_with("#   - ");
            if is_example {
                line[2..].replace("https://…", "https://daily.example/")
            } else {
                line.to_owned()
            }
        })
        .collect();
    assert_eq!(used.iter().filter(|line| line.starts_with("  - ")).count(), 4);
    std::fs::write(desk.root.path().join(&files[0]), used.join("\n")).unwrap();
    desk.is_clean();
}

#[test]
fn new_title_in_other_language_gives_two_files() {
    let desk = Desk::city();
    let files = desk.new_files(&["bulletin", "水井启用", "--lang", "zh"]);
    assert_eq!(
        files,
        ["content/bulletins/shui-jing-qi-yong.md", "content/bulletins/shui-jing-qi-yong.zh.md"]
    );
    assert!(
        desk.text(&files[0]).contains("translate the title\ntitle: 水井启用\n"),
        "{}",
        desk.text(&files[0])
    );
    assert!(desk.text(&files[0]).contains("published: 2026-11-02"));
    assert!(
        desk.text(&files[1])
            .ends_with("title: 水井启用\nsummary: 一两句话。\n---\n\n在此撰写正文。\n")
    );
}

#[test]
fn new_file_comments_follow_message_language() {
    let desk = Desk::city();
    let mut command = gazette(&["new", "goal", "Fifty wells", "--category", "water"]);
    let output = command.current_dir(desk.root.path()).env("GAZETTE_LANG", "zh").output().unwrap();
    assert!(text(&output.stderr).starts_with("下一步："), "{}", text(&output.stderr));
    let written = desk.text("content/goals/water/fifty-wells.md");
    assert!(
        written.contains(
            "# 目标数值和计量单位：请替换\ntarget: { value: 100, unit: { en: units, zh: 个 } }"
        ),
        "{written}"
    );
}

#[test]
fn new_translation_copies_words_without_facts() {
    let desk = Desk::of(&city().with(
        "about.md",
        "---\ntitle: \"About: us\"\nshort_title: About\nsummary: Who we are.\norder: 3\n---\n\
         Text.\n",
    ));
    assert_eq!(desk.new_files(&["translation", "content/about.md"]), ["content/about.zh.md"]);
    let written = desk.text("content/about.zh.md");
    let (_, words) = written.split_once("title: \"About: us\"\n").expect("the title");
    let (words, record) = words.split_once("translated: ").expect("the record of the original");
    assert_eq!(words, "short_title: About\nsummary: Who we are.\n");
    assert_eq!(record.lines().nth(1), Some("---"), "{written}");
    desk.is_clean();
}

#[test]
fn new_file_despite_errors_elsewhere() {
    let desk = Desk::of(&city().bulletin("broken", "published: never", "[x](nowhere.md)"));
    desk.new_files(&["bulletin", "Wells open"]);
}

#[test]
fn new_chinese_site_gets_pinyin_and_chinese_placeholders() {
    let site = "name = \"湖滨\"\nbase_url = \"https://lakeside.example/\"\n\
        time_zone = \"Asia/Shanghai\"\nlanguages = [\"zh\"]\n";
    let desk = Desk::of(
        &city().with("site.toml", site).with("bulletins/_index.zh.md", "---\ntitle: 公报\n---\n"),
    );
    std::fs::remove_file(desk.root.path().join("content/bulletins/_index.md")).unwrap();
    let files = desk.new_files(&["goal", "新建50口水井", "--category", "water"]);
    assert_eq!(files, ["content/goals/water/xin-jian-50-kou-shui-jing.md"]);
    assert!(desk.text(&files[0]).contains("target: { value: 100, unit: 个 }"));
    desk.is_clean();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn new_title_is_written_unchanged(title in "[ -~é水“—：#😀]{1,40}") {
        let desk = Desk::city();
        let output = desk.run(&["new", "bulletin", "--slug", "any", "--", &title]);
        if title.trim().is_empty() {
            prop_assert_eq!(output.status.code(), Some(1));
        } else {
            prop_assert!(output.status.success(), "{:?}: {}", title, text(&output.stderr));
            let source = Source::Directory(desk.root.path().join("content"));
            let (snapshot, _) = source.snapshot().unwrap();
            let (content, _) = Content::read(&snapshot);
            let mut bulletins = content.bulletins.iter();
            let bulletin = bulletins.find(|bulletin| bulletin.slug == "any").unwrap();
            prop_assert_eq!(&bulletin.texts.original().title.value, title.trim());
        }
    }
}

#[test]
fn new_language_begins_messages_and_pages() {
    let desk = Desk::city();
    let files = desk.new_files(&["language", "ru"]);
    assert!(files.contains(&"content/i18n/ru.ftl".to_owned()), "{files:?}");
    let output = desk.run(&["check", "content", "--format", "short"]);
    assert!(output.status.success(), "{}", text(&output.stdout));
    assert!(text(&output.stdout).contains("translation/missing-message"));
    let messages = desk.root.path().join("content/i18n/ru.ftl");
    let begun = std::fs::read_to_string(&messages).unwrap();
    std::fs::write(&messages, begun.replace("# home = Home", "home = Главная")).unwrap();
    assert_eq!(desk.new_files(&["language", "ru"]), [""; 0]);
    assert!(std::fs::read_to_string(&messages).unwrap().contains("\nhome = Главная\n"));
    let refusal = desk.refusal(&["language", "en"]);
    assert!(refusal.contains("`en` is the first language of this site"), "{refusal}");
    let refusal = desk.refusal(&["language", "Russian"]);
    assert!(refusal.contains("is not a language tag"), "{refusal}");
}
