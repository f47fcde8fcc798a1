//! The files of a new site, from the templates in `templates/starter/`.
//!
//! A template exists in English and in Chinese. A mark `[[name]]` in it is replaced by a setting,
//! and a mark `[[jobs|个岗位]]` by a text for each language of the site.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::translation_comment;
use crate::content::double_quoted;
use crate::diagnostic::MessageLanguage;
use crate::language::{builtin_messages, commented_messages, is_chinese};
use crate::source::Snapshot;

/// The settings of a new site.
#[derive(Debug)]
pub struct Starter<'a> {
    pub name: &'a str,
    pub base_url: &'a str,
    pub zone: &'a str,
    /// The tags of the languages, the default first.
    pub languages: &'a [String],
    /// The day of the first bulletins.
    pub today: Date,
}

/// How far the year of the first goals began before today at least, in days: its first quarter is
/// over then.
const DAYS_OF_A_QUARTER: i64 = 91;

impl Starter<'_> {
    /// The files with their paths in the site's folder. `templates` are those built into the
    /// program.
    #[must_use]
    pub fn files(&self, templates: &Snapshot) -> Vec<(String, String)> {
        let mut files = Vec::new();
        let default = self.languages.first().map_or("en", String::as_str);
        let folder = template_folder(default);
        for (path, _) in templates.files() {
            let Some(text) = templates.text(path) else { continue };
            match path.split_once('/') {
                Some(("shared", "gitignore")) => files.push((".gitignore".to_owned(), text.into())),
                Some(("shared", path)) => files.push((format!("content/{path}"), text.into())),
                Some((language, "README.md")) if language == folder => {
                    files.push(("README.md".to_owned(), self.fill(path, text, default)));
                }
                Some((language, path)) if language == folder => {
                    files.push((format!("content/{path}"), self.fill(path, text, default)));
                    files.extend(self.translations(templates, path));
                }
                _ => {}
            }
        }
        for tag in self.languages.iter().filter(|tag| builtin_messages(tag).is_none()) {
            files.push((format!("content/i18n/{tag}.ftl"), commented_messages(tag, "")));
        }
        files
    }

    /// A page in the languages other than the default one that have a template.
    fn translations(&self, templates: &Snapshot, path: &str) -> Vec<(String, String)> {
        let Some(stem) = path.strip_suffix(".md") else { return Vec::new() };
        // The pages that lead to all others are there in every language, if only in English.
        let is_index = path.ends_with("_index.md");
        let others = self.languages.iter().skip(1).filter(|tag| is_index || has_template(tag));
        others
            .filter_map(|tag| {
                let text = templates.text(&format!("{}/{path}", template_folder(tag)))?;
                let text = words_only(&self.fill(path, text, tag), tag);
                Some((format!("content/{stem}.{tag}.md"), text))
            })
            .collect()
    }

    /// Replaces the marks of a template.
    fn fill(&self, path: &str, template: &str, language: &str) -> String {
        let mut text = String::with_capacity(template.len());
        let mut rest = template;
        while let Some((before, mark, after)) = next_mark(rest) {
            text += before;
            text += &self.value_of(path, mark, language);
            rest = after;
        }
        text + rest
    }

    fn value_of(&self, path: &str, mark: &str, language: &str) -> String {
        match mark {
            "name" => double_quoted(self.name),
            "title" => self.name.to_owned(),
            "base_url" => self.base_url.to_owned(),
            "zone" => self.zone.to_owned(),
            "languages" => {
                let tags: Vec<String> =
                    self.languages.iter().map(|tag| double_quoted(tag)).collect();
                format!("[{}]", tags.join(", "))
            }
            "today" => self.today.to_string(),
            "year" => {
                let first = self.today.checked_sub(DAYS_OF_A_QUARTER.days());
                first.unwrap_or(self.today).year().to_string()
            }
            _ => self.by_language(path, mark, language),
        }
    }

    /// A text of facts: one, or one for each language. A mark without `|` is no mark.
    fn by_language(&self, path: &str, mark: &str, default: &str) -> String {
        let Some((en, zh)) = mark.split_once('|') else { return format!("[[{mark}]]") };
        let text = |tag: &str| if is_chinese(tag) { zh } else { en };
        if self.languages.len() < 2 {
            return double_quoted(text(default));
        }
        let sign = if path == "site.toml" { " =" } else { ":" };
        let texts: Vec<String> = self
            .languages
            .iter()
            .map(|tag| format!("{}{sign} {}", tag, double_quoted(text(tag))))
            .collect();
        format!("{{ {} }}", texts.join(", "))
    }
}

/// The text before the next mark, the mark, and the text behind it. `[[footer]]` in comments of the
/// settings is TOML.
fn next_mark(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("[[")?;
    let (mark, after) = rest.split_once("]]")?;
    Some((before, mark, after))
}

/// The keys of a translation.
const WORDS: [&str; 3] = ["title:", "short_title:", "summary:"];

/// A translation has words only: the facts are in the original.
fn words_only(text: &str, tag: &str) -> String {
    let Some((front, body)) = text.strip_prefix("---\n").and_then(|text| text.split_once("---\n"))
    else {
        return text.to_owned();
    };
    let words = front.lines().filter(|line| WORDS.iter().any(|key| line.starts_with(key)));
    let words: String = words.map(|line| format!("{line}\n")).collect();
    let language =
        if is_chinese(tag) { MessageLanguage::Chinese } else { MessageLanguage::English };
    let comment = translation_comment(tag);
    if has_template(tag) {
        return format!("---\n{words}---\n{body}");
    }
    format!("---\n# {}\n{words}---\n{body}", comment.get(language))
}

/// The folder of the templates for a language: Chinese, or else English.
fn template_folder(tag: &str) -> &'static str {
    if is_chinese(tag) { "zh" } else { "en" }
}

/// Whether there are templates in the language itself.
fn has_template(tag: &str) -> bool {
    is_chinese(tag) || tag == "en" || tag.starts_with("en-")
}
