//! Properties of searches for any input.

use gazette::diagnostic::Diagnostics;
use proptest::prelude::*;

use super::{address, real};
use crate::harness::{Folder, Site, TODAY, children, compiled};

/// Query strings of known and unknown parameters.
const PARAMETERS: &str = "([a-z]{1,8}=[a-z0-9%+&=<>\"]{0,12}&?|q=jobs&|page=[0-9]{1,4}&|\
                          year=[0-9-]{1,6}&|sort=date&|kind=goal&){0,6}";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn any_query_gets_a_page_showing_it(query in "(\\PC|[-\"“”a-z0-9,. 万养老床位的<>&]){0,220}") {
        let site = real();
        let reply = site.get(&address("", &query));
        prop_assert!([200, 400].contains(&reply.status), "{} for {query:?}", reply.status);
        let page = reply.page();
        prop_assert_eq!(page.all("h1").len(), 1);
        prop_assert!(page.all("main script, main img, main style").is_empty());
        if reply.status == 200 && !query.trim().is_empty() {
            prop_assert_eq!(page.attribute("form.find input", "value"), query);
        }
    }

    #[test]
    fn any_parameters_get_a_response(query in PARAMETERS) {
        let site = real();
        let is_allowed = |one: &char| one.is_ascii_graphic() && !"\"<>".contains(*one);
        let query: String = query.chars().filter(is_allowed).collect();
        for path in ["/search/", "/zh/search/index.json", "/search/feed.xml"] {
            let reply = site.get(&format!("{path}?{query}"));
            let is_expected = [200, 308, 400].contains(&reply.status);
            prop_assert!(is_expected, "{} for {path}?{query}", reply.status);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_content_is_shown_as_text(
        title in "(\\PC|[<>&\"'a-z 养老床位0-9]|</?(b|script|mark|p)>){1,60}",
        body in "(\\PC|[<>&\"'a-z 养老床位0-9]|</?(b|script|mark|p)>){1,300}",
        from in 0_usize..100,
    ) {
        let quoted = serde_json::to_string(&title).unwrap();
        // Four spaces make it a code block, in which nothing is markup.
        let text = format!("---\ntitle: {quoted}\nsummary: {quoted}\npublished: 2022-05-05\n---\n\
            Snow.\n\n    {body}\n");
        let snapshot = Folder::city().with("bulletins/odd.md", text).snapshot();
        let compiled = compiled(&snapshot, Diagnostics::default(), TODAY);
        prop_assume!(compiled.is_ok());
        let site = Site::new(compiled.unwrap()).searchable();
        // A part of the text finds and highlights it, if it has a word.
        let piece: String = body.chars().skip(from % body.chars().count()).take(20).collect();
        for query in ["snow", &title, &piece] {
            let page = site.page(&format!("{}&kind=bulletin", address("", query)));
            let markup = "main script, main b, main img, .found p p, .found mark mark";
            prop_assert!(page.all(markup).is_empty());
            for result in page.all(".found > li") {
                let shown = children(result, "h2").concat();
                prop_assert!(shown.split_whitespace().eq(title.split_whitespace()), "{}", shown);
            }
            prop_assert!(query != "snow" || page.all(".found > li").len() == 1);
        }
    }
}
