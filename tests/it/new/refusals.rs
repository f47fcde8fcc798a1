//! Refusals of `gazette new`: one line that says why, and no file changed.

use super::{Desk, city, text};

#[test]
fn new_refusal_is_one_line_and_changes_nothing() {
    let desk = Desk::of(
        &city()
            .with("about.md", "---\ntitle: About\n---\n")
            .with("about.zh.md", "---\ntitle: 关于\n---\n"),
    );
    let long = "x".repeat(201);
    for (arguments, line) in [
        (
            &["bulletin", "Lake!"][..],
            "the name `lake` is taken by `content/bulletins/lake.md`; choose another, such as \
             `--slug lake-2`",
        ),
        (
            &["goal", "Wells", "--category", "water"],
            "the name `wells` is taken by `content/goals/water/wells.md`; choose another, such as \
             `--slug wells-2`",
        ),
        (
            &["category", "Water"],
            "the name `water` is taken by `content/goals/water/_index.md`; choose another, such \
             as `--slug water-2`",
        ),
        (
            &["section", "About"],
            "the name `about` is taken by `content/about.md`; choose another, such as `--slug \
             about-2`",
        ),
        (
            &["bulletin", "2022"],
            "`2022` is an address that the site itself uses; choose another name with `--slug`",
        ),
        (
            &["section", "Data"],
            "`data` is an address that the site itself uses; choose another name with `--slug`",
        ),
        (
            &["category", "Method"],
            "`method` is an address that the site itself uses; choose another name with `--slug`",
        ),
        (
            &["bulletin", "…"],
            "this title cannot be spelt in letters a to z; give a name, such as `--slug \
             water-supply`",
        ),
        (
            &["bulletin", "x", "--slug", "A_b"],
            "`A_b` cannot be part of an address; use lower-case letters a to z, digits and single \
             hyphens: `--slug a-b`",
        ),
        (&["bulletin", "a\nb"], "the title must be one line of text"),
        (&["bulletin", " "], "the title is empty"),
        (
            &["bulletin", &long],
            "the title has 201 characters; 200 are the most that lists can show; put the rest \
             into `summary`",
        ),
        (&["bulletin", "x", "--goal", "well"], "there is no goal `well`; did you mean `wells`?"),
        (
            &["bulletin", "x", "--section", "bulletin"],
            "there is no section `bulletin`; did you mean `bulletins`?",
        ),
        (
            &["goal", "x", "--category", "watr"],
            "there is no category `watr`; did you mean `water`?",
        ),
        (
            &["bulletin", "x", "--lang", "fr"],
            "`fr` is not a language of this site; its languages are `en`, `zh`",
        ),
        (
            &["translation", "content/about.md"],
            "the page is already there in every language of the site",
        ),
        (
            &["translation", "content/about.md", "--lang", "en"],
            "`content/about.md` is already in `en`",
        ),
        (
            &["translation", "content/about.md", "--lang", "zh"],
            "`content/about.zh.md` exists already; nothing was written",
        ),
        (
            &["translation", "content/about.zh.md"],
            "`content/about.zh.md` is itself a translation (`zh`); give its original, whose name \
             has no language",
        ),
        (
            &["translation", "content/abut.md"],
            "`content/abut.md` is not a page of the content; did you mean `about.md`?",
        ),
    ] {
        assert_eq!(desk.refusal(arguments), format!("gazette: {line}"));
    }
}

#[test]
fn new_failed_pair_leaves_no_file() {
    let desk = Desk::of(
        &city().with("bulletins/wells-open.zh.md", "---\ntitle: 旧文\nsummary: 旧。\n---\n"),
    );
    let line = desk.refusal(&["bulletin", "Wells open", "--lang", "zh"]);
    assert_eq!(
        line,
        "gazette: `content/bulletins/wells-open.zh.md` exists already; nothing was written"
    );
}

#[test]
fn new_keeps_unreadable_file() {
    let desk = Desk::of(&city().with("bulletins/wells-open.md", b"\xff\xfe".to_vec()));
    assert_eq!(
        desk.refusal(&["bulletin", "Wells open"]),
        "gazette: the name `wells-open` is taken by `content/bulletins/wells-open.md`; choose \
         another, such as `--slug wells-open-2`"
    );
}

#[test]
fn new_rejects_folder_without_content() {
    let desk = Desk::city();
    for folder in ["nowhere", "."] {
        let output = desk.run(&["new", "bulletin", "x", "--content", folder]);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(text(&output.stderr).lines().count(), 1);
    }
}
