//! The pages that queries find, and their order.

use super::{city, real};
use crate::harness::{Folder, Site};

/// Checks which bulletins each query finds, in whatever order.
#[track_caller]
fn finds(site: &Site, table: &[(&str, &[&str])]) {
    for (query, expected) in table {
        let mut found = site.found(query);
        found.sort();
        let expected: Vec<String> =
            expected.iter().map(|slug| format!("/bulletins/{slug}/")).collect();
        assert_eq!(found, expected, "{query}");
    }
}

#[test]
fn word_is_found_in_any_spelling() {
    let site = city(&[
        ("jobs", "The city created 83,000 jobs. École Ａ１２.\n"),
        ("beds", "新增养老床位8.3万张，图书馆增加。\n"),
        ("none", "Nothing of that.\n"),
    ])
    .today()
    .searchable();
    let table = [
        ("job", "/bulletins/jobs/"),
        ("JOBS", "/bulletins/jobs/"),
        ("creating jobs", "/bulletins/jobs/"),
        ("ecole", "/bulletins/jobs/"),
        ("ÉCOLE", "/bulletins/jobs/"),
        ("a 12", "/bulletins/jobs/"),
        ("Ｊｏｂｓ", "/bulletins/jobs/"),
        ("养老床位", "/bulletins/beds/"),
        ("養老床位", "/bulletins/beds/"),
        ("圖書館", "/bulletins/beds/"),
        ("床位", "/bulletins/beds/"),
        // The dictionary segments these differently; the character pairs find them.
        ("老床", "/bulletins/beds/"),
        ("馆增加", "/bulletins/beds/"),
        ("床", "/bulletins/beds/"),
    ];
    for (query, expected) in table {
        assert_eq!(site.found(query), [expected], "{query}");
    }
    for query in [
        "83000",
        "83,000",
        "83 000",
        "83\u{A0}000",
        "83\u{202F}000",
        "８３０００",
        "8.3万",
        "8.3 万",
    ] {
        assert_eq!(site.found(query).len(), 2, "{query}");
    }
}

#[test]
fn number_is_found_in_any_notation() {
    let site = city(&[
        ("jobs", "The plan has 83 000 jobs and 1.5 million trees.\n"),
        ("air", "CO₂ and PM₂.₅ fell on 60 m²; 1,500,000 trees¹ stand.\n"),
        ("rooms", "Room 83, house 000.\n"),
    ])
    .today()
    .searchable();
    let table: [(&str, &[&str]); 9] = [
        ("83000", &["jobs"]),
        ("83,000 jobs", &["jobs"]),
        ("1.5 million trees", &["air", "jobs"]),
        ("1500000", &["air", "jobs"]),
        ("co2", &["air"]),
        ("CO₂", &["air"]),
        ("pm2.5", &["air"]),
        ("m2", &["air"]),
        ("house -83 000", &["rooms"]),
    ];
    finds(&site, &table);
}

#[test]
fn date_is_found_in_any_wording() {
    let site = Folder::city()
        .bulletin("may", "published: 2022-05-05", "The ice melts.\n")
        .with("bulletins/may.zh.md", "---\ntitle: 公报\nsummary: 冰雪融化。\n---\n冰雪融化。\n")
        .bulletin("june", "published: 2022-06-05", "The ice melted.\n")
        .today()
        .searchable();
    assert_eq!(site.found("May 2022"), ["/bulletins/may/"]);
    assert_eq!(site.found("5 May 2022 ice")[0], "/bulletins/may/");
    assert_eq!(
        super::results(&site.page(&super::address("zh/", "2022年5月5日")))[0],
        "/zh/bulletins/may/"
    );
}

#[test]
fn result_is_in_language_of_the_reader() {
    let mut folder = Folder::city();
    for number in 0..30 {
        let slug = format!("b{number:02}");
        folder = folder.bulletin(&slug, "published: 2022-05-05", "Harbin speaks of 2022.\n");
        let chinese =
            if number == 7 { "2022年低保标准提高。" } else { "2022年，哈尔滨。" };
        let text = format!("---\ntitle: 公报\nsummary: 公报。\n---\n{chinese}\n");
        folder = folder.with(&format!("bulletins/{slug}.zh.md"), text);
    }
    let site = folder.today().searchable();
    for language in ["", "zh/"] {
        for query in ["2022 低保标准", "2022 低保标准 harbin"] {
            let found = super::results(&site.page(&super::address(language, query)));
            assert_eq!(found[0], format!("/{language}bulletins/b07/"), "{query}");
        }
    }
    // A result with matches in both languages is shown in the page's.
    let found = super::results(&site.page(&super::address("", "2022")));
    assert!(found.iter().all(|path| !path.starts_with("/zh/")), "{found:?}");
}

#[test]
fn phrases_and_exclusions_are_respected() {
    let site = city(&[
        ("together", "New jobs in cities. 城镇新增就业。\n"),
        ("apart", "Jobs that are new. 就业新增，城镇。\n"),
        ("broken", "城镇新\n**增就**业。\n"),
    ])
    .today()
    .searchable();
    let table: [(&str, &[&str]); 17] = [
        // Punctuation around a phrase is not part of it.
        ("“《城镇新增就业》”", &["broken", "together"]),
        // Function words between Chinese ones do not join them to a phrase.
        ("就业和城镇", &["apart", "broken", "together"]),
        ("就业的新增", &["apart", "broken", "together"]),
        ("\"new jobs\"", &["together"]),
        ("new jobs", &["apart", "together"]),
        ("new jobs -cities", &["apart"]),
        ("jobs -\"new jobs\"", &["apart", "broken"]),
        ("“城镇新增就业”", &["broken", "together"]),
        ("\"新增 就业\"", &["broken", "together"]),
        ("新增就业 -\"城镇新增\"", &["apart"]),
        ("-jobs \"城镇\"", &["broken"]),
        ("-jobs -water -bulletins -公报", &["broken"]),
        ("😀", &[]),
        ("!!!", &[]),
        ("\"jobs new\"", &[]),
        // A phrase among other words is still a phrase.
        ("\"new jobs\" cities apart about said what", &["together"]),
        ("jobs -cities-apart", &["apart", "broken", "together"]),
    ];
    finds(&site, &table);
}

#[test]
fn phrase_matches_whole_words_of_all_fields() {
    let text = "---\ntitle: Wells\nsummary: Twelve.\npublished: 2022-05-05\n\
        source: { name: 哈尔滨日报社 }\n---\n全市15个村。\n";
    let site = Folder::city()
        .with("bulletins/source.md", text)
        .bulletin("five", "published: 2022-05-05", "全市5个村；看“US” trade.\n")
        .bulletin("apart", "published: 2022-05-04", "城镇新增，新就，增就业，养老。\n")
        .bulletin("together", "published: 2022-05-03", "城镇新增就业。Trade.\n")
        .today()
        .searchable();
    let table: [(&str, &[&str]); 5] = [
        ("“哈尔滨日报社”", &["source"]),
        ("“5个村”", &["five"]),
        ("村 -“5个村”", &["source"]),
        ("“城镇新增就业” 养老", &["together"]),
        ("\"US\" trade", &["five"]),
    ];
    for (query, expected) in table {
        let expected: Vec<String> =
            expected.iter().map(|slug| format!("/bulletins/{slug}/")).collect();
        assert_eq!(site.found(query), expected, "{query}");
    }
}

#[test]
fn exclusion_applies_to_all_languages() {
    let mut folder =
        Folder::city().bulletin("plain", "published: 2022-05-01", "Trams run again.\n");
    for (slug, chinese) in [("together", "城镇新增就业。"), ("apart", "新增城镇，城镇就业，增就。")]
    {
        let text = format!("---\ntitle: 公报\nsummary: 公报。\n---\n{chinese}\n");
        folder = folder.bulletin(slug, "published: 2022-05-05", "Trams run again.\n");
        folder = folder.with(&format!("bulletins/{slug}.zh.md"), text);
    }
    let site = folder.today().searchable();
    let table: [(&str, &[&str]); 6] = [
        ("trams", &["apart", "plain", "together"]),
        ("trams -城镇", &["plain"]),
        ("trams -\"新增就业\"", &["apart", "plain"]),
        ("trams -新增就业", &["apart", "plain"]),
        ("-\"新增就业\" trams", &["apart", "plain"]),
        // A part of an excluded phrase does not exclude.
        ("trams -城镇铁路", &["apart", "plain", "together"]),
    ];
    finds(&site, &table);
}

#[test]
fn titles_rank_first_then_newest() {
    let filler = "Water and more water flows by the old bridge every day of the year.\n";
    let mut folder = Folder::city().bulletin("library", "published: 2020-01-01", filler).bulletin(
        "mentions",
        "published: 2024-01-01",
        &format!("{filler}\nOne library is named here.\n{filler}"),
    );
    for (slug, day) in [("old", "2021-01-01"), ("new", "2023-01-01"), ("middle", "2022-01-01")] {
        let text = format!(
            "---\ntitle: A notice\nsummary: Snow.\npublished: {day}\n---\nThe harbour freezes.\n"
        );
        folder = folder.with(&format!("bulletins/{slug}.md"), text);
    }
    let site = folder.today().searchable();
    assert_eq!(site.found("library"), ["/bulletins/library/", "/bulletins/mentions/"]);
    assert_eq!(site.found("harbour"), ["/bulletins/new/", "/bulletins/middle/", "/bulletins/old/"]);
}

#[test]
fn title_with_all_words_precedes_short_text() {
    let facts = "summary: Water.\npublished: 2021-05-05";
    let long = "Water and more water flows by the old bridge. ".repeat(6);
    let long = format!("---\ntitle: The harbour in 2022\n{facts}\n---\n{long}\n");
    let short = format!("---\ntitle: Boats of 2022\n{facts}\n---\nThe harbour in 2022.\n");
    let folder = Folder::city().with("bulletins/long.md", long);
    let site = folder.with("bulletins/short.md", short).today().searchable();
    assert_eq!(site.found("2022 harbour"), ["/bulletins/long/", "/bulletins/short/"]);
}

#[test]
fn snippet_is_a_sentence_with_the_words() {
    let body = "## Heating pipes\n\n| pipes |\n| - |\n| heating |\n\nAll heating pipes are new.\n\
        \n供热管道很多。新增养老床位一千张。\n\n养老院有很多，各种床位也多。\n";
    let site = city(&[("pipes", body)]).today().searchable();
    let passage =
        |query: &str| site.page(&super::address("", query)).text(".found > li p:not(.tag)");
    assert_eq!(passage("heating pipes"), "All heating pipes are new.");
    assert_eq!(passage("养老床位"), "供热管道很多。新增养老床位一千张。");
}

#[test]
fn unpublished_pages_are_never_found() {
    let secret = "The aurora project.\n";
    let site = Folder::city()
        .bulletin("draft", "published: 2022-05-05\ndraft: true", secret)
        .bulletin("later", "published: 2030-01-01", secret)
        .bulletin("expired", "published: 2020-01-01\nexpires: 2021-01-01", secret)
        .bulletin("open", "published: 2022-05-05", "A public project.\n")
        .goal("hidden", "kind: continue\ndraft: true")
        .today()
        .searchable();
    assert_eq!(site.found("aurora"), [""; 0]);
    assert_eq!(site.found("hidden"), [""; 0]);
    assert_eq!(site.found("project"), ["/bulletins/open/"]);
    // No word of it is proposed as a correction either.
    let page = site.page("/search/?q=auorra");
    assert!(page.all("main .lead a").is_empty());
}

#[test]
fn translated_page_is_one_result() {
    let site = real();
    let count = |uri: &str| site.page(uri).texts(".found > li").len();
    assert_eq!(site.found("83000")[0], "/goals/livelihoods/urban-jobs-2022/");
    assert_eq!(
        super::results(&site.page("/zh/search/?q=83000"))[0],
        "/zh/goals/livelihoods/urban-jobs-2022/"
    );
    assert_eq!(
        super::results(&site.page("/search/?q=83000&lang=zh"))[0],
        "/zh/goals/livelihoods/urban-jobs-2022/"
    );
    assert_eq!(count("/search/?q=83000"), count("/zh/search/?q=83000"));
    // An exclusion applies to all languages.
    let (all, without) = (site.found("2022").len(), site.page("/search/?q=2022+-harbin"));
    assert!(
        all == 20
            && without
                .all(".found > li")
                .iter()
                .all(|one| !crate::harness::text_of(*one).contains("Harbin"))
    );
    let of_nothing = site.page("/search/?q=-harbin").text("h1");
    assert!(!of_nothing.contains("74"), "{of_nothing}");
    let page = site.page(&super::address("", "养老床位"));
    assert!(page.attributes(".found h2 a", "lang").iter().all(|tag| tag != "zh"));
    assert!(super::results(&page)[0].starts_with("/goals/livelihoods/nursing-beds"));
}

#[test]
fn typos_are_corrected_in_both_languages() {
    let site = real();
    for (language, query, meant) in [
        ("", "nursng beds", "nursing beds"),
        ("", "libary", "library"),
        ("", "Harbin childcaer", "Harbin childcare"),
        ("zh/", "养老床为", "养老床位"),
        ("zh/", "yanglao chuangwei", "养老床位"),
        ("", "Tushuguan", "图书馆"),
        ("", "goverment", "government"),
        ("", "acessibility", "accessibility"),
        ("", "artifical inteligence", "artificial intelligence"),
        ("zh/", "人工只能", "人工智能"),
        ("zh/", "人功智能", "人工智能"),
        ("zh/", "公祖房", "公租房"),
        ("zh/", "gzf", "公租房"),
        ("", "chuangyi sheji", "创意设计"),
        ("", "vegtables", "vegetables"),
        ("", "kindergarden", "kindergarten"),
    ] {
        let page = site.page(&super::address(language, query));
        let link = page.one("main .lead a");
        assert!(
            crate::harness::text_of(link).contains(meant),
            "{query}: {}",
            crate::harness::text_of(link)
        );
        let href = link.value().attr("href").unwrap();
        assert!(
            !super::results(&site.page(&format!("/{language}search/{href}"))).is_empty(),
            "{query}"
        );
    }
    // A word is no typo if pages have a synonym of it.
    for query in ["nursing+beds", "pork+production"] {
        assert!(
            site.page(&format!("/search/?q={query}")).all("main .lead a").is_empty(),
            "{query}"
        );
    }
    // The beginning of a word is enough; a part of a hyphenated word is not corrected by itself.
    assert!(site.page("/search/?q=libr").text("main .lead a").contains("librar"));
    assert!(site.page("/search/?q=x-libary").all("main .lead a").is_empty());
    // Suggestions always find something.
    assert!(!site.page("/search/?q=nursng&kind=goal").all("main .lead a").is_empty());
    assert!(site.page("/search/?q=nursng&year=1990").all("main .lead a").is_empty());
    // The page names the words over the limit.
    let page = site.page("/search/?q=%E7%B2%AE+%E6%B2%B9+%E6%B0%B4+%E7%94%B5+jobs");
    let said = page.texts("main .lead");
    assert!(said.iter().any(|one| one.ends_with("These words were left out: 电.")), "{said:?}");
    assert_eq!(
        site.get("/search/index.json?q=jobs").json()["passed_over"].as_array().unwrap().len(),
        0
    );
    // The page names the words that match nothing, and finds the rest.
    let page = site.page("/search/?q=library+qqqqqq");
    assert!(page.text("main .lead").contains("qqqqqq"));
    assert!(!super::results(&page).is_empty());
}

#[test]
fn long_question_is_answered_by_its_rarest_words() {
    let slugs: Vec<String> = ('a'..='t').map(|letter| letter.to_string()).collect();
    let mut pairs: Vec<(&str, &str)> =
        slugs.iter().map(|slug| (slug.as_str(), "Common words stand here.\n")).collect();
    pairs.push(("heron", "Common words stand here: a heron. 硕塞葬于城北。\n"));
    let site = city(&pairs).today().searchable();
    let words: Vec<String> = (0..300).map(|number| format!("common{number} words here")).collect();
    for rare in ["heron", "硕塞葬于哪一年"] {
        let question = format!("{} {rare}", words.join(" "));
        let page = site.page(&super::address("", &question));
        assert_eq!(super::results(&page)[0], "/bulletins/heron/", "{rare}");
        let said = page.texts("main .lead");
        assert!(said.iter().any(|one| one.contains("its 200 rarest words")), "{said:?}");
    }
    assert!(!site.page("/search/?q=heron+here").text("main").contains("rarest"));
}

#[test]
fn question_is_found_by_its_rare_word() {
    let site = city(&[
        ("prince", "硕塞是皇太极第五子，顺治十一年去世。\n"),
        ("tea", "茉莉花茶又名香片，属于花茶。\n"),
        ("tower", "这座塔有多高，哪一年建成，都可以查到。今年是第一年。\n"),
        ("bridge", "The long bridge was opened by the mayor in spring.\n"),
        ("winter", "The mayor opened the long winter season in the spring of the year.\n"),
        ("market", "Which people open a market, and when, is for the long year to tell.\n"),
    ])
    .today()
    .searchable();
    let table = [
        ("硕塞卒于哪一年", "prince"),
        ("硕塞卒于哪一年？", "prince"),
        ("请问硕塞是谁的儿子", "prince"),
        ("香片还可以叫什么", "tea"),
        ("茉莉花茶有没有别的名字？", "tea"),
        ("who opened the long bridge in which year", "bridge"),
        ("When was the bridge opened, and by which people of the long year?", "bridge"),
    ];
    for (query, slug) in table {
        let found = site.found(query);
        assert_eq!(found.first(), Some(&format!("/bulletins/{slug}/")), "{query}: {found:?}");
    }
}
