//! The authors that a byline names, as structured data.

use serde_json::{Value, json};

/// Words that name an organisation, not a person, in lower case.
const ORGANISATION_WORDS: &[&str] = &[
    "agency",
    "app",
    "bureau",
    "cctv",
    "centre",
    "center",
    "channel",
    "commission",
    "committee",
    "cri",
    "daily",
    "department",
    "desk",
    "government",
    "network",
    "news",
    "newspaper",
    "office",
    "post",
    "press",
    "radio",
    "service",
    "television",
    "times",
    "tv",
];

/// The same in Chinese, where words are not apart.
const CHINESE_ORGANISATION_WORDS: &[&str] =
    &["客户端", "社", "报", "网", "台", "局", "委", "办", "部", "中心", "政府", "频道", "编辑"];

/// Lists the authors of a byline: `Zhou Huiying and Tian Xuefei, China Daily` are two persons of an
/// organisation, `新晚报记者` is an organisation.
pub(super) fn authors(byline: &str, source: Option<&str>) -> Vec<Value> {
    let is_organisation = |name: &str| is_organisation(name, source);
    let byline = [", citing ", "，据"]
        .iter()
        .fold(byline, |line, word| line.split_once(word).map_or(line, |(own, _)| own));
    let (names, employer) = match byline.split_once("记者") {
        Some((employer, names)) => (names, employer),
        None => match byline.rsplit_once([',', '，']) {
            Some((names, employer)) if is_organisation(employer.trim()) => (names, employer),
            _ => (byline, ""),
        },
    };
    let employer = employer.trim();
    let names: Vec<&str> = names
        .split(" and ")
        .flat_map(|part| part.split([',', '，', '、', '&']))
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    if names.is_empty() {
        return vec![organisation(if employer.is_empty() { byline } else { employer })];
    }
    names
        .into_iter()
        .map(|name| match (is_organisation(name), employer) {
            (true, _) => organisation(name),
            (false, "") => json!({ "@type": "Person", "name": name }),
            (false, employer) => {
                json!({ "@type": "Person", "name": name, "affiliation": organisation(employer) })
            }
        })
        .collect()
}

pub(super) fn organisation(name: &str) -> Value {
    json!({ "@type": "Organization", "name": name })
}

fn is_organisation(name: &str, source: Option<&str>) -> bool {
    let is_domain = name.contains('.') && !name.contains(char::is_whitespace);
    let mut words = name.split(|char: char| !char.is_alphanumeric());
    is_domain
        || source.is_some_and(|source| name.starts_with(source))
        || words.any(|word| ORGANISATION_WORDS.contains(&word.to_lowercase().as_str()))
        || CHINESE_ORGANISATION_WORDS.iter().any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(byline: &str) -> Vec<String> {
        let authors = authors(byline, Some("China Daily"));
        authors.iter().map(|author| format!("{} {}", author["@type"], author["name"])).collect()
    }

    #[test]
    fn byline_of_two_reporters_names_two_persons() {
        assert_eq!(
            names("Zhou Huiying and Tian Xuefei, China Daily"),
            [r#""Person" "Zhou Huiying""#, r#""Person" "Tian Xuefei""#]
        );
        assert_eq!(names("新晚报记者 张三、李四"), [r#""Person" "张三""#, r#""Person" "李四""#]);
        assert_eq!(names("Lin Hua"), [r#""Person" "Lin Hua""#]);
    }

    #[test]
    fn byline_without_person_names_organisation() {
        for (byline, name) in [
            ("Bingcheng News app", "Bingcheng News app"),
            ("冰城新闻客户端", "冰城新闻客户端"),
            ("中国日报记者", "中国日报"),
            ("e.my399.com", "e.my399.com"),
            ("China Daily desk", "China Daily desk"),
            ("Lake News Agency, citing Science Daily", "Lake News Agency"),
        ] {
            assert_eq!(names(byline), [format!(r#""Organization" "{name}""#)]);
        }
    }
}
