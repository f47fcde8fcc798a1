//! Mistakes that no edit of one text shows: unreadable files, figures, titles, images.

use std::collections::BTreeSet;

use gazette::content::Content;
use gazette::diagnostic::Code;
use gazette::source::{MAX_TEXT_BYTES, Source};

use super::{Place, REAL, at, judged, places, said, text, with};
use crate::harness::real_snapshot;

#[test]
fn mutated_languages_lack_messages() {
    let settings = text("site.toml").replace("[\"en\", \"zh\"]", "[\"en\", \"zh\", \"ru\"]");
    let said = said(&with(&[("site.toml", settings.as_bytes())]));
    assert!(said.contains(&(Code::MissingMessage, at("site.toml", 1, 1))), "{said:?}");
}

#[test]
fn mutated_unreadable_file_gives_one_diagnostic() {
    let folder = tempfile::TempDir::new().expect("a new folder");
    for (path, bytes) in REAL.iter() {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).expect("a new folder");
        std::fs::write(path, bytes).expect("a new file");
    }
    let said = || {
        let (snapshot, found) =
            Source::Directory(folder.path().to_owned()).snapshot().expect("a folder");
        let before: BTreeSet<(Code, Place)> = judged(&REAL).into_iter().collect();
        places(&snapshot, found).into_iter().filter(|one| !before.contains(one)).collect::<Vec<_>>()
    };
    let path = "bulletins/new.md";
    let new = folder.path().join(path);
    std::fs::write(&new, b"---\ntitle: caf\xe9\n---\n").unwrap();
    assert_eq!(said(), [(Code::NotUtf8, at(path, 2, 11))]);
    std::fs::write(&new, vec![b'a'; usize::try_from(MAX_TEXT_BYTES).unwrap() + 1]).unwrap();
    assert_eq!(said(), [(Code::TooLarge, at(path, 1, 1))]);
    std::fs::remove_file(&new).unwrap();
    std::os::unix::fs::symlink("/etc/hostname", &new).unwrap();
    assert_eq!(said(), [(Code::SymlinkEscape, at(path, 1, 1))]);
    std::fs::remove_file(&new).unwrap();
    std::os::unix::fs::symlink(".", folder.path().join("bulletins/loop")).unwrap();
    assert_eq!(said(), [(Code::UnreadFolder, at("bulletins/loop", 1, 1))]);
}

#[test]
fn mutated_figure_gives_one_diagnostic() {
    let report = |goal: &str, day: &str, value: u32| {
        format!(
            "---\ntitle: {goal} by {day}\nsummary: The city has counted {value} of them.\n\
             published: {day}\nsource: {{ name: Harbin Daily }}\n\
             reports: [{{ goal: {goal}, value: {value}, as_of: {day} }}]\n---\n"
        )
    };
    for goal in ["urban-jobs-2022", "nursing-beds-2022"] {
        let (first, second) = (report(goal, "2022-03-31", 900), report(goal, "2022-06-30", 800));
        let chinese = |day: &str| format!("---\ntitle: {day}情况\nsummary: 情况如下。\n---\n");
        let files = with(&[
            ("bulletins/a.md", first.as_bytes()),
            ("bulletins/a.zh.md", chinese("三月").as_bytes()),
            ("bulletins/b.md", second.as_bytes()),
            ("bulletins/b.zh.md", chinese("六月").as_bytes()),
        ]);
        assert_eq!(said(&files), [(Code::ShrinkingFigure, at("bulletins/b.md", 6, 19))]);
        let unsourced = first.replace("source: { name: Harbin Daily }\n", "");
        let files = with(&[
            ("bulletins/a.md", unsourced.as_bytes()),
            ("bulletins/a.zh.md", chinese("三月").as_bytes()),
        ]);
        assert_eq!(said(&files), [(Code::NoSource, at("bulletins/a.md", 5, 19))]);
    }
    let other =
        report("nursing-beds-2022", "2022-03-31", 900).replace("900 of them", "950 new beds");
    let files = with(&[
        ("bulletins/a.md", other.as_bytes()),
        ("bulletins/a.zh.md", b"---\ntitle: A\nsummary: B\n---\n"),
    ]);
    let column = "summary: The city has counted ".len() + 1;
    assert_eq!(said(&files), [(Code::ContradictedReport, at("bulletins/a.md", 3, column))]);
    let path = "bulletins/2023-modern-agriculture.md";
    let other = text(path).replace("15 billion kg", "16 billion kg");
    let column =
        "summary: The municipal agriculture bureau says that grain capacity has always stayed \
         above "
            .len()
            + 1;
    assert_eq!(
        said(&with(&[(path, other.as_bytes())])),
        [(Code::ContradictedReport, at(path, 3, column))]
    );
}

#[test]
fn mutated_repeated_title_gives_one_diagnostic() {
    for path in ["bulletins/childcare.md", "goals/agriculture/grain-capacity.md"] {
        let text = text(path);
        let title = text.lines().find_map(|line| line.strip_prefix("title: ")).expect("a title");
        let end = text[4..].find("\n---\n").expect("front matter") + 9;
        let headed = format!("{}## {title}\n\nAgain.\n\n{}", &text[..end], &text[end..]);
        let line = text[..end].lines().count() + 1;
        assert_eq!(
            said(&with(&[(path, headed.as_bytes())])),
            [(Code::RepeatedTitle, at(path, line, 4))]
        );
    }
}

#[test]
fn mutated_images_and_summaries_give_one_diagnostic() {
    let picture = [
        b"RIFF\xfe\x75\x09\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xaf\x04\0\x1f\x03\0VP8 \xe0\x75\x09\0"
            .as_slice(),
        &vec![0; 620_000],
    ]
    .concat();
    for path in [
        "bulletins/childcare.md",
        "bulletins/childcare.zh.md",
        "about.md",
        "goals/economy/_index.md",
    ] {
        let folder =
            path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let image = format!("{folder}lake.webp");
        let body = |block: &str| format!("{}\n\n{block}\n", text(path).trim_end());
        let line = body("").lines().count();
        let unseen = body("One ![](lake.webp)");
        let small: &[u8] = include_bytes!("../../fixtures/pictures/2-by-3.png");
        assert_eq!(
            said(&with(&[(path, unseen.as_bytes()), (&image, small)])),
            [(Code::NoAlt, at(path, line, 5))]
        );
        let heavy = body("One ![The lake](lake.webp)");
        let heavy = with(&[(path, heavy.as_bytes()), (&image, &picture)]);
        assert_eq!(said(&heavy), [(Code::HeavyImage, at(path, line, 5))]);
    }
    for path in [
        "bulletins/childcare.md",
        "bulletins/2022-development-goals.md",
        "goals/agriculture/grain-capacity.md",
    ] {
        let summary = text(path).lines().nth(2).expect("a summary").to_owned();
        let long = text(path).replacen(
            &summary,
            &format!("summary: {}", "It is long. ".repeat(20).trim_end()),
            1,
        );
        assert_eq!(said(&with(&[(path, long.as_bytes())])), [(Code::LongSummary, at(path, 3, 10))]);
    }
    for path in ["bulletins/2022-call-for-projects.md", "bulletins/2021-5g-plan.md"] {
        let mentions = text(path)
            .lines()
            .find(|line| line.starts_with("mentions:"))
            .expect("mentions")
            .to_owned();
        let alone = text(path).replacen(&mentions, "draft: false", 1);
        assert_eq!(said(&with(&[(path, alone.as_bytes())])), [(Code::NoGoal, at(path, 2, 8))]);
    }
    let (content, _) = Content::read(&real_snapshot());
    assert!(content.bulletins.len() > 40, "the real content is what is broken here");
}

#[test]
fn mutated_documents_give_one_diagnostic() {
    let bulletin = |facts: &str| {
        format!(
            "---\ntitle: A rule\nsummary: It says what applies.\npublished: 2022-06-01\n\
             source: {{ name: Harbin Daily }}\nmentions: [urban-jobs-2022]\n{facts}\n---\n"
        )
    };
    let chinese = "---\ntitle: 规定\nsummary: 说明适用的规则。\n---\n".as_bytes();
    let number = bulletin("document: { number: 哈政规[2022]22号 }").replace("[2022]", "〔2022〕");
    let files =
        with(&[("bulletins/z-rule.md", number.as_bytes()), ("bulletins/z-rule.zh.md", chinese)]);
    assert_eq!(said(&files), [(Code::DuplicateNumber, at("bulletins/z-rule.md", 7, 21))]);
    let silent = bulletin("consultation: { closes: 2026-12-31 }");
    let files =
        with(&[("bulletins/z-rule.md", silent.as_bytes()), ("bulletins/z-rule.zh.md", chinese)]);
    assert_eq!(said(&files), [(Code::NoWayToComment, at("bulletins/z-rule.md", 7, 25))]);
    let itself = bulletin("repeals: [z-rule]");
    let files =
        with(&[("bulletins/z-rule.md", itself.as_bytes()), ("bulletins/z-rule.zh.md", chinese)]);
    assert_eq!(said(&files), [(Code::DocumentCircle, at("bulletins/z-rule.md", 7, 11))]);
}

#[test]
fn mutated_versions_give_one_diagnostic() {
    let version = b"---\ntitle: A text\nsummary: It says what applied.\n---\n";
    for (path, code) in [
        ("bulletins/childcare.2000-01-01.md", Code::WrongDay),
        ("bulletins/nothing.2022-05-05.md", Code::NoBulletin),
        ("about.2022-05-05.md", Code::Misplaced),
    ] {
        assert_eq!(said(&with(&[(path, version)])), [(code, at(path, 1, 1))]);
    }
}
