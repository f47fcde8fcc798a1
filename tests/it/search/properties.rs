//! What must hold for anything that may be typed.

use proptest::prelude::*;

use super::{address, real};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn any_query_gets_a_page_that_shows_it(query in "(\\PC|[-\"“”a-z0-9,. 万养老床位的<>&]){0,220}") {
        let site = real();
        let reply = site.get(&address("", &query));
        prop_assert!([200, 400].contains(&reply.status), "{} for {query:?}", reply.status);
        let page = reply.page();
        prop_assert_eq!(page.all("h1").len(), 1);
        prop_assert!(page.all("main script, main img, main style").is_empty());
        if reply.status == 200 && !query.trim().is_empty() {
            prop_assert_eq!(page.attribute("header form input", "value"), query);
        }
    }

    #[test]
    fn any_parameters_get_an_answer(query in "([a-z]{1,8}=[a-z0-9%+&=<>\"]{0,12}&?|q=jobs&|page=[0-9]{1,4}&|year=[0-9-]{1,6}&|sort=date&|kind=goal&){0,6}") {
        let site = real();
        let query: String = query.chars().filter(|one| one.is_ascii_graphic() && !"\"<>".contains(*one)).collect();
        for path in ["/search/", "/zh/search/index.json", "/search/feed.xml"] {
            let reply = site.get(&format!("{path}?{query}"));
            prop_assert!([200, 308, 400].contains(&reply.status), "{} for {path}?{query}", reply.status);
        }
    }
}
