//! Calendars: what is due on a day, as programs read it (RFC 5545).

use crate::harness::{Folder, Site};

/// The lines of a calendar, unfolded.
fn lines(site: &Site, path: &str) -> Vec<String> {
    let text = site.get(path).is(200).text().to_owned();
    assert!(text.split_inclusive("\r\n").all(|line| line.len() <= 77), "{text}");
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "{text}");
    text.replace("\r\n ", "").lines().map(ToOwned::to_owned).collect()
}

/// The values of a property in the entry with a UID.
fn values(lines: &[String], uid: &str, property: &str) -> Vec<String> {
    let mut entries = lines.split(|line| line == "BEGIN:VEVENT");
    let entry = entries.find(|entry| entry.contains(&format!("UID:{uid}"))).expect(uid);
    let found = entry.iter().filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        (name.split(';').next() == Some(property)).then(|| value.to_owned())
    });
    found.collect()
}

/// The UID of the first entry whose summary begins with a text.
fn uid_of(lines: &[String], summary: &str) -> String {
    uids_of(lines, summary).remove(0)
}

/// The UIDs of the entries whose summaries begin with a text.
fn uids_of(lines: &[String], summary: &str) -> Vec<String> {
    let entries = lines.split(|line| line == "BEGIN:VEVENT").filter(|entry| {
        let mut summaries = entry.iter().filter(|line| line.starts_with("SUMMARY"));
        summaries.any(|line| line.split_once(':').is_some_and(|it| it.1.starts_with(summary)))
    });
    let uids = entries.flat_map(|entry| entry.iter().filter_map(|line| line.strip_prefix("UID:")));
    uids.map(ToOwned::to_owned).collect()
}

fn city() -> Folder {
    let facts = "published: 2022-07-01\nconsultation:\n  closes: 2022-07-18\n  \
                 extended: [{ on: 2022-07-15, closes: 2022-07-25 }]\n\
                 events:\n  - { title: \"Hearing, open to all\", from: 2022-07-10 18:00, \
                 to: 2022-07-10 20:00, place: Town hall }\n  \
                 - { title: Open days, from: 2022-07-12, to: 2022-07-13 }";
    Folder::city().bulletin("draft", facts, "A draft.")
}

#[test]
fn consultation_and_events_are_in_each_calendar() {
    let site = city().at("2022-07-02T00:00:00Z");
    for path in ["/calendar.ics", "/zh/calendar.ics", "/bulletins/calendar.ics"] {
        let all = lines(&site, path);
        assert_eq!(all[0], "BEGIN:VCALENDAR");
        let closes = "draft-closes@lakeside.example";
        assert_eq!(values(&all, closes, "DTSTART"), ["20220718"], "{path}");
        assert_eq!(values(&all, closes, "DTEND"), ["20220719"], "{path}");
        assert_eq!(values(&all, closes, "SEQUENCE"), ["0"], "{path}");
        assert_eq!(values(&all, closes, "STATUS"), ["CONFIRMED"], "{path}");
        let hearing = &uid_of(&all, "Hearing");
        assert_eq!(values(&all, hearing, "DTSTART"), ["20220710T100000Z"], "{path}");
        assert_eq!(values(&all, hearing, "DTEND"), ["20220710T120000Z"], "{path}");
        assert_eq!(values(&all, hearing, "SUMMARY"), [r"Hearing\, open to all"], "{path}");
        assert_eq!(values(&all, hearing, "LOCATION"), ["Town hall"], "{path}");
        let days = &uid_of(&all, "Open days");
        assert_eq!(values(&all, days, "DTEND"), ["20220714"], "{path}");
    }
    let home = site.page("/");
    assert!(home.attributes("footer a", "href").contains(&"/calendar.ics".to_owned()));
}

#[test]
fn event_keeps_its_uid_beside_others() {
    let hearing = "{ title: { en: Hearing, zh: 听证会 }, from: 2022-07-10 18:00 }";
    let walk = "{ title: Walk, from: 2022-07-09 }";
    let calendar = |events: &str, path: &str| {
        let facts = format!("published: 2022-07-01\nevents: [{events}]");
        let folder = Folder::city().bulletin("plan", &facts, "A plan.");
        lines(&folder.at("2022-07-02T00:00:00Z"), path)
    };
    let alone = uid_of(&calendar(hearing, "/calendar.ics"), "Hearing");
    assert!(alone.starts_with("plan-event-"), "{alone}");
    assert_eq!(uid_of(&calendar(hearing, "/zh/calendar.ics"), "听证会"), alone);
    for events in [
        format!("{walk}, {hearing}"),
        format!("{hearing}, {walk}"),
        // Another day, or another of its name later.
        hearing.replace("07-10", "07-20"),
        format!("{}, {hearing}", hearing.replace("07-10", "07-12")),
    ] {
        let all = calendar(&events, "/calendar.ics");
        assert!(uids_of(&all, "Hearing").contains(&alone), "{events}");
    }
    // Those of one name are told apart, in whatever order.
    let evening = hearing.replace("18:00", "20:00");
    let next = hearing.replace("07-10", "07-11");
    let mut orders = [[hearing, &evening, &next], [&next, hearing, &evening]].map(|events| {
        let mut uids = uids_of(&calendar(&events.join(", "), "/calendar.ics"), "Hearing");
        uids.sort();
        uids
    });
    assert_eq!(orders[0], orders[1]);
    orders[0].dedup();
    assert_eq!(orders[0].len(), 3);
}

#[test]
fn extension_moves_the_day_and_counts_the_sequence() {
    let all = lines(&city().at("2022-07-15T04:00:00Z"), "/calendar.ics");
    assert_eq!(values(&all, "draft-closes@lakeside.example", "DTSTART"), ["20220725"]);
    assert_eq!(values(&all, "draft-closes@lakeside.example", "SEQUENCE"), ["1"]);
}

#[test]
fn withdrawn_bulletin_cancels_its_entries() {
    let withdrawn = "published: 2022-07-01\nconsultation: { closes: 2022-07-18 }\n\
                     withdrawn: { on: 2022-07-05, reason: A mistake. }";
    let folder = Folder::city().bulletin("draft", withdrawn, "A draft.");
    let before = lines(&folder.at("2022-07-04T15:59:59Z"), "/calendar.ics");
    assert_eq!(values(&before, "draft-closes@lakeside.example", "STATUS"), ["CONFIRMED"]);
    let after = lines(&folder.at("2022-07-04T16:00:00Z"), "/calendar.ics");
    assert_eq!(values(&after, "draft-closes@lakeside.example", "STATUS"), ["CANCELLED"]);
    assert_eq!(values(&after, "draft-closes@lakeside.example", "SEQUENCE"), ["1"]);
    // For programs that ignore the status.
    let title = |lines| values(lines, "draft-closes@lakeside.example", "SUMMARY").concat();
    assert_eq!(title(&after), format!("Cancelled: {}", title(&before)));
}

#[test]
fn repeal_cancels_days_that_will_not_come() {
    let rules = "published: 2022-05-01\ndocument: { effective: 2022-06-01, until: 2023-05-31 }";
    let plan = "published: 2022-05-01\ndocument: { effective: 2022-08-01 }";
    let folder = Folder::city()
        .bulletin("rules", rules, "Rules.")
        .bulletin("plan", plan, "A plan.")
        .bulletin("end", "published: 2022-07-01\nrepeals: [rules, plan]", "They end.");
    for (at, expected) in [
        ("2022-06-30T15:59:59Z", [("CONFIRMED", "0"); 3]),
        ("2022-06-30T16:00:00Z", [("CONFIRMED", "0"), ("CANCELLED", "1"), ("CANCELLED", "1")]),
    ] {
        let all = lines(&folder.at(at), "/calendar.ics");
        for (name, (status, sequence)) in
            ["rules-effective", "rules-until", "plan-effective"].into_iter().zip(expected)
        {
            let uid = format!("{name}@lakeside.example");
            assert_eq!(values(&all, &uid, "STATUS"), [status], "{at} {name}");
            assert_eq!(values(&all, &uid, "SEQUENCE"), [sequence], "{at} {name}");
        }
    }
}

#[test]
fn many_last_days_displace_no_hearing() {
    let facts = "published: 2022-07-01\ndocument: { effective: 2022-07-01, until: 2031-12-31 }";
    let hearing = "published: 2022-07-02\nevents: [{ title: Hearing, from: 2022-07-10 18:00 }]";
    let folder = (0..320).fold(Folder::city().bulletin("a", hearing, "A."), |folder, number| {
        folder.bulletin(&format!("rules-{number}"), facts, "Rules.")
    });
    let all = lines(&folder.at("2022-07-03T00:00:00Z"), "/calendar.ics");
    assert_eq!(all.iter().filter(|line| *line == "BEGIN:VEVENT").count(), 300);
    assert_eq!(values(&all, &uid_of(&all, "Hearing"), "DTSTART"), ["20220710T100000Z"]);
}

#[test]
fn bulletin_that_is_not_public_is_in_no_calendar() {
    let text = |at: &str| city().at(at).get("/calendar.ics").text().to_owned();
    assert!(!text("2022-06-30T15:59:59Z").contains("draft"));
    assert!(text("2022-06-30T16:00:00Z").contains("draft"));
}

#[test]
fn goal_has_a_calendar_with_its_last_day() {
    let facts = "kind: increase\ntarget: { value: 10, unit: wells }\n\
                 period: { from: 2022-01-01, to: 2022-12-31 }";
    let site = Folder::city().goal("wells", facts).today();
    let is_of_goal =
        |path: &&String| path.starts_with("/goals/") && path.ends_with("/calendar.ics");
    let path = site.paths().iter().find(is_of_goal).cloned();
    let all = lines(&site, &path.expect("a goal with a last day"));
    assert_eq!(values(&all, "goal-wells@lakeside.example", "DTSTART"), ["20221231"]);
}

#[test]
fn bulletin_in_the_folder_of_its_year_keeps_its_address() {
    let text = "---\ntitle: In a folder\nsummary: One.\npublished: 2022-05-05\n---\n\
                See [the lake](../lake.md).\n";
    let lake = Folder::city().bulletin("lake", "published: 2022-05-01", "The lake.");
    let site = lake.with("bulletins/2022/in-a-folder.md", text).today();
    let page = site.page("/bulletins/in-a-folder/");
    assert!(page.attributes("main a", "href").contains(&"/bulletins/lake/".to_owned()));
    site.get("/bulletins/2022/in-a-folder/").is(404);
}
