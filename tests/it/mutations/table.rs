//! The mutations: the edit, the files, and the code of the diagnostic.

use gazette::diagnostic::Code;

/// An edit that makes a mistake.
#[derive(Clone, Copy)]
pub(super) enum Edit {
    /// Replaces the line with this beginning.
    Line(&'static str, &'static str),
    /// Replaces the first occurrence of a text.
    Text(&'static str, &'static str),
    /// Adds a line to the end of the front matter, if none there has its key.
    Key(&'static str),
    /// Adds a block to the end of the body.
    Body(&'static str),
    /// Adds or replaces a file.
    File(&'static str, &'static str),
    /// Removes a file; the mark is in another one.
    Without(&'static str, &'static str, &'static str),
}

/// The files to which an edit applies.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum In {
    Bulletins,
    /// Bulletins without reports and changes, so that no other date depends on theirs.
    PlainBulletins,
    Goals,
    Originals,
    Translations,
    Everywhere,
    Site,
}

impl In {
    pub(super) fn has(self, path: &str, text: &str) -> bool {
        let Some(stem) = path.strip_suffix(".md") else {
            return matches!(self, Self::Site) && path == "site.toml";
        };
        let is_chinese = stem.rsplit_once('.').is_some_and(|(_, tag)| tag == "zh");
        let is_page = !stem.contains("_index");
        match self {
            Self::Bulletins => is_page && !is_chinese && path.starts_with("bulletins/"),
            Self::PlainBulletins => {
                Self::Bulletins.has(path, text)
                    && !text.contains("reports:")
                    && !text.contains("changes:")
            }
            Self::Goals => is_page && !is_chinese && path.starts_with("goals/"),
            Self::Originals => !is_chinese,
            Self::Translations => is_page && is_chinese,
            Self::Everywhere => is_page,
            Self::Site => false,
        }
    }
}

pub(super) const MUTATIONS: &[(Code, In, Edit)] = &[
    (Code::UnusedFile, In::Site, Edit::File("bulletins/lost.txt", "‸A list.\n")),
    (Code::UnusedFile, In::Site, Edit::File("verify.txt", "‸1234\n")),
    (Code::BadName, In::Site, Edit::File("bulletins/Bad Name.md", "‸---\ntitle: A\n---\n")),
    (Code::BadName, In::Site, Edit::File("bulletins/_index (1).md", "‸---\ntitle: A\n---\n")),
    (Code::BadName, In::Site, Edit::File("goals/economy/Bad Name.md", "‸---\ntitle: A\n---\n")),
    (Code::Misplaced, In::Site, Edit::File("goals/lost.md", "‸---\ntitle: A\n---\n")),
    (Code::Misplaced, In::Site, Edit::File("goals/economy/deep/lost.md", "‸---\ntitle: A\n---\n")),
    (Code::MissingSite, In::Site, Edit::Without("site.toml", "site.toml", "‸")),
    (Code::Syntax, In::Site, Edit::Line("time_zone", "time_zone ‸Asia/Shanghai")),
    (Code::Syntax, In::Everywhere, Edit::Key("‸\tnote: tab")),
    (Code::Syntax, In::Everywhere, Edit::Key("‸note：full width")),
    (Code::NoFrontMatter, In::Everywhere, Edit::Line("---", "‸title: A")),
    (Code::Unclosed, In::Everywhere, Edit::Text("\n---\n", "\n‸--\n")),
    (Code::UnknownKey, In::Everywhere, Edit::Key("‸weather: fine")),
    (Code::UnknownKey, In::Site, Edit::Line("featured", "‸weather = 1")),
    (Code::DuplicateKey, In::Everywhere, Edit::Key("‸title: Again")),
    (Code::MissingKey, In::Bulletins, Edit::Text("\npublished: ", "\naliases: [] # ")),
    (Code::MissingKey, In::Goals, Edit::Line("kind:", "")),
    (Code::MissingKey, In::Site, Edit::Line("name", "")),
    (Code::WrongType, In::Bulletins, Edit::Key("draft: ‸perhaps")),
    (Code::WrongType, In::Everywhere, Edit::Line("summary:", "summary: ‸[a, b]")),
    (Code::BadValue, In::Goals, Edit::Line("kind:", "kind: ‸increse")),
    (Code::BadValue, In::Site, Edit::Line("time_zone", "time_zone = ‸\"Asia/Lakeside\"")),
    (Code::BadDate, In::Bulletins, Edit::Line("published:", "published: ‸soon")),
    (Code::BadDate, In::Bulletins, Edit::Line("published:", "published: ‸2022-13-01")),
    (Code::BadUrl, In::Site, Edit::Line("base_url", "base_url = ‸\"bulletin.example\"")),
    (Code::BadUrl, In::Bulletins, Edit::Text("url: \"http", "url: ‸\"htp")),
    (Code::Inconsistent, In::Bulletins, Edit::Key("expires: ‸1999-01-01")),
    (
        Code::Inconsistent,
        In::Goals,
        Edit::Text("from: 2022-01-01, to: 2022-12-31", "from: 2022-12-31, to: ‸2022-01-01"),
    ),
    (Code::UnknownGoal, In::Bulletins, Edit::Key("mentions: [‸urban-jobs-2023]")),
    (
        Code::UnknownMilestone,
        In::Bulletins,
        Edit::Text("milestone: policies-issued", "milestone: ‸policies-isued"),
    ),
    (
        Code::UnknownMilestone,
        In::PlainBulletins,
        Edit::Key(
            "reports: [{ goal: creative-design-center, milestone: ‸policies-isued, as_of: \
             2022-06-30 }]",
        ),
    ),
    (Code::UnknownCategory, In::Bulletins, Edit::Key("categories: [‸weather]")),
    (Code::UnknownKind, In::PlainBulletins, Edit::Key("document: { kind: ‸letter }")),
    (Code::UnknownBody, In::PlainBulletins, Edit::Key("issuer: [‸ministry]")),
    (Code::UnknownTopic, In::PlainBulletins, Edit::Key("topics: [‸weather]")),
    (
        Code::EarlyAct,
        In::PlainBulletins,
        Edit::Key("document: { effective: 2019-01-01 }\nrepeals: [‸childcare]"),
    ),
    (
        Code::NoEffect,
        In::PlainBulletins,
        Edit::Key(
            "document: { effective: 2026-10-01 }\nrepeals: [childcare]\namends: [‸childcare]",
        ),
    ),
    (Code::UnknownSection, In::Site, Edit::Text("\"/bulletins/\"", "‸\"/buletins/\"")),
    (Code::UnknownSection, In::Site, Edit::Body("[freshness]\n‸buletins = 3")),
    (Code::UnknownSlug, In::Site, Edit::Line("featured", "featured = [‸\"childcar\"]")),
    (
        Code::UnknownSlug,
        In::PlainBulletins,
        Edit::Key(
            "withdrawn: { on: 2026-01-01, reason: { en: Wrong, zh: 有误 }, replaced_by: ‸childcar }",
        ),
    ),
    (
        Code::ReportMismatch,
        In::Bulletins,
        Edit::Key("reports: [{ goal: ‸fresh-food-supply, value: 5, as_of: 2022-06-30 }]"),
    ),
    (
        Code::DuplicateSlug,
        In::Site,
        Edit::File("bulletins/childcare/index.md", "‸---\ntitle: A\n---\n"),
    ),
    (
        Code::DuplicateSlug,
        In::Site,
        Edit::File("goals/economy/ai-pilot-zone/index.md", "‸---\ntitle: A\n---\n"),
    ),
    (Code::DuplicateAlias, In::Bulletins, Edit::Key("aliases: [‸/bulletins/childcare/]")),
    (
        Code::NoOriginal,
        In::Site,
        Edit::File("bulletins/new.zh.md", "‸---\ntitle: 新\nsummary: 新的。\n---\n"),
    ),
    (
        Code::NoOriginal,
        In::Site,
        Edit::File("goals/economy/new.zh.md", "‸---\ntitle: 新\nsummary: 新的。\n---\n"),
    ),
    (Code::RepeatsFacts, In::Translations, Edit::Key("‸aliases: [/old/]")),
    (Code::StaleTranslation, In::Translations, Edit::Key("translated: ‸\"00000 11111\"")),
    (
        Code::UnknownLanguage,
        In::Site,
        Edit::File("bulletins/childcare.fr.md", "‸---\ntitle: A\n---\n"),
    ),
    (
        Code::UnknownLanguage,
        In::Site,
        Edit::File("goals/economy/ai-pilot-zone.fr.md", "‸---\ntitle: A\n---\n"),
    ),
    (Code::BrokenLink, In::Everywhere, Edit::Body("See ‸[the plan](no-such-plan.md).")),
    (Code::BrokenLink, In::Everywhere, Edit::Body("See ‸[the plan](/no/such/plan/).")),
    (Code::BrokenFragment, In::Everywhere, Edit::Body("See ‸[below](#no-such-heading).")),
    (Code::BadScheme, In::Everywhere, Edit::Body("See ‸[this one](javascript:alert).")),
    (Code::MissingImage, In::Everywhere, Edit::Body("‸![The lake](no-such-lake.png)")),
    (Code::BadImage, In::Everywhere, Edit::Body("‸![The lake](https://lake.example/lake.png)")),
    (Code::SkippedLevel, In::Everywhere, Edit::Body("## One\n\n‸#### Three")),
    (Code::EmptyHeading, In::Everywhere, Edit::Body("‸##")),
    (Code::FirstLevel, In::Everywhere, Edit::Body("‸# A title")),
    (Code::RawHtml, In::Everywhere, Edit::Body("One ‸<hr>two.")),
    (Code::LiteralEmphasis, In::Everywhere, Edit::Body("One ‸** two.")),
    (Code::LiteralMark, In::Everywhere, Edit::Body("‸##Opening times")),
    (
        Code::EmptyFirstCell,
        In::Everywhere,
        Edit::Body("| a | b |\n| - | - |\n| 1 | 2 |\n‸|   | 3 |"),
    ),
    (
        Code::RepeatedCaption,
        In::Everywhere,
        Edit::Body("表1 收费\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n‸表1 收费"),
    ),
    (Code::ChangedList, In::Everywhere, Edit::Body("1. One\n‸9. Nine")),
    (Code::OpenCodeBlock, In::Everywhere, Edit::Body("‸```\n2024 3.2")),
    (Code::UnusedDefinition, In::Everywhere, Edit::Body("‸[x-note]: only-here")),
    (Code::MissingEmptyLine, In::Everywhere, Edit::Body("联系人：张三\n‸电话：0451-12345")),
    (Code::IndentedProse, In::Everywhere, Edit::Body("    ‸现将事项通知如下。")),
    (Code::NotATable, In::Everywhere, Edit::Body("‸| Day | Beach |\n| Monday | closed |")),
    (Code::RowWidth, In::Everywhere, Edit::Body("| Day |\n| --- |\n‸| Monday | closed |")),
    (Code::LiteralMark, In::Everywhere, Edit::Body("It is ‸==open== now.")),
    (Code::LiteralMark, In::Everywhere, Edit::Body("The wa‸\u{200b}ter is open.")),
    (Code::LiteralMark, In::Everywhere, Edit::Body("‸\\[TOC\\]")),
    (
        Code::MergeConflict,
        In::Everywhere,
        Edit::Body("‸<<<<<<< ours\n\nOne.\n\n=======\n\nTwo.\n\n>>>>>>> theirs"),
    ),
    (Code::BrokenFootnote, In::Everywhere, Edit::Body("One‸[^no-such-note].")),
    (
        Code::PrivateAddress,
        In::Everywhere,
        Edit::Body("More is in ‸[the plan](http://10.1.2.3/plan)."),
    ),
    (
        Code::WrappedAddress,
        In::Everywhere,
        Edit::Body("More is in ‸[the plan](https://www.google.com/url?q=https://a.example/)."),
    ),
    (Code::VagueLink, In::Everywhere, Edit::Body("More is ‸[here](https://lake.example/).")),
    (Code::HeadingAsEmphasis, In::Everywhere, Edit::Body("‸## It is all done!")),
    (
        Code::HeadingAsEmphasis,
        In::Everywhere,
        Edit::Body(
            "‸## One long heading after which nobody who reads in haste on a phone still knows \
             how the heading has begun",
        ),
    ),
    (Code::EmphasisAsHeading, In::Everywhere, Edit::Body("‸**A bold line**\n\nAnd more.")),
    (
        Code::PartialBlock,
        In::Everywhere,
        Edit::Body("1. **Apply.** Now.\n2. **Pay.** At once.\n‸3. Wait."),
    ),
    (Code::NoTableHead, In::Everywhere, Edit::Body("‸| a | |\n|---|---|\n| b | c |")),
    (Code::GarbledText, In::Everywhere, Edit::Body("The caf‸Ã© is open.")),
    (Code::Placeholder, In::Bulletins, Edit::Line("summary:", "summary: ‸One or two sentences.")),
    (Code::Placeholder, In::Translations, Edit::Line("summary:", "summary: ‸一两句话。")),
    (Code::RepeatedTitle, In::Bulletins, Edit::Line("summary:", "summary: ‸{title}")),
    (
        Code::LongSentence,
        In::Originals,
        Edit::Body(
            "‸We say that a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a \
             a a is long.",
        ),
    ),
    (Code::ChineseSpacing, In::Translations, Edit::Body("今年‸ 全市。")),
    (Code::Radical, In::Translations, Edit::Body("今年‸⼯业增长。")),
    (Code::ChinesePunctuation, In::Translations, Edit::Body("今年‸,全市。")),
    (Code::ChinesePunctuation, In::Translations, Edit::Body("今年增长5%‸,全市也是。")),
    (Code::ChinesePunctuation, In::Originals, Edit::Body("This year‸，all of it.")),
    (
        Code::RepeatedText,
        In::Translations,
        Edit::Body(
            "全市新建水井十二口，由市水务局负责维护，市民可以随时取水，水质由卫生部门每月检测并公布一次。\n\n\
             ‸全市新建水井十二口，由市水务局负责维护，市民可以随时取水，水质由卫生部门每月检测并公布一次。",
        ),
    ),
    (
        Code::OtherLanguage,
        In::Translations,
        Edit::Body("‸The wells were dug by the office of water."),
    ),
    (Code::OtherLanguage, In::Originals, Edit::Body("‸全市新建水井十二口，由市水务局负责维护。")),
    (Code::NoSuchDay, In::Translations, Edit::Body("水井于‸2月30日开放。")),
    (Code::NoSuchDay, In::Originals, Edit::Body("The wells open on ‸31 April 2022.")),
    (Code::NoSuchTime, In::Translations, Edit::Body("水井于下午‸25时开放。")),
    (Code::NoSuchTime, In::Originals, Edit::Body("The wells open at ‸8:60 p.m. in May.")),
    (Code::WrongWeekday, In::Translations, Edit::Body("水井于2022年3月14日（‸星期二）开放。")),
    (Code::WrongWeekday, In::Originals, Edit::Body("The wells open on ‸Tuesday, 14 March 2022.")),
    (Code::FarDate, In::PlainBulletins, Edit::Line("published:", "published: ‸1902-01-01")),
    (
        Code::FarDate,
        In::PlainBulletins,
        Edit::Key("changes: { on: ‸2204-09-03, note: { en: Wrong, zh: 有误 } }"),
    ),
    (Code::FarDate, In::Bulletins, Edit::Key("expires: ‸2925-01-01")),
    (
        Code::FarDate,
        In::Goals,
        Edit::Line("period:", "period: { from: 2022-01-01, to: ‸2925-12-31 }"),
    ),
    (
        Code::MissingText,
        In::Site,
        Edit::Without("bulletins/_index.zh.md", "bulletins/_index.md", "title: ‸"),
    ),
    (
        Code::MissingText,
        In::Site,
        Edit::Without("goals/economy/_index.zh.md", "goals/economy/_index.md", "title: ‸"),
    ),
    (
        Code::Untranslated,
        In::Site,
        Edit::Without("bulletins/childcare.zh.md", "bulletins/childcare.md", "title: ‸"),
    ),
    (
        Code::Untranslated,
        In::Site,
        Edit::Without("accessibility.zh.md", "accessibility.md", "title: ‸"),
    ),
];
