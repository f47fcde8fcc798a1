//! Explanations of the codes: the reason for each rule, a wrong example and a right one.
//!
//! Their texts are in `explanations/`, one file for each family of codes. `gazette explain` and
//! `docs/diagnostics.md` are generated from them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;

use super::{Code, MessageLanguage};

/// The explanation of one code.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Explanation {
    en: String,
    zh: String,
    wrong: Option<Files>,
    right: Option<Files>,
    wrong_words: Option<Words>,
    right_words: Option<Words>,
}

/// Whole files by their paths inside the content folder. An empty text means that the file does not
/// exist.
type Files = BTreeMap<String, String>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    en: String,
    zh: String,
}

impl Words {
    fn get(&self, language: MessageLanguage) -> &str {
        match language {
            MessageLanguage::English => &self.en,
            MessageLanguage::Chinese => &self.zh,
        }
    }
}

/// Lists the families of codes with their files.
macro_rules! families {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../explanations/", $name, ".toml")))),+]
    };
}

const FAMILIES: &[(&str, &str)] = families![
    "file",
    "site",
    "front-matter",
    "reference",
    "url",
    "translation",
    "version",
    "link",
    "image",
    "heading",
    "body",
    "table",
    "summary",
    "title",
    "text",
    "report",
    "date",
    "document",
    "number",
    "bulletin",
];

impl Explanation {
    /// Returns the explanation of a code. Every code has one, which a test checks.
    #[must_use]
    pub fn of(code: Code) -> Option<Self> {
        let (family, name) = code.name().split_once('/')?;
        let (_, text) = FAMILIES.iter().find(|(known, _)| *known == family)?;
        let mut family: BTreeMap<String, Self> = toml::from_str(text).ok()?;
        family.remove(name)
    }

    /// Returns the reason for the rule and what to do.
    #[must_use]
    pub fn text(&self, language: MessageLanguage) -> &str {
        match language {
            MessageLanguage::English => &self.en,
            MessageLanguage::Chinese => &self.zh,
        }
    }

    /// Returns the files of the wrong example. `None` if the example is only described.
    #[must_use]
    pub const fn wrong(&self) -> Option<&Files> {
        self.wrong.as_ref()
    }

    /// Returns the files of the right example. `None` if the example is only described.
    #[must_use]
    pub const fn right(&self) -> Option<&Files> {
        self.right.as_ref()
    }
}

/// Renders a code with its explanation and examples in Markdown. `None` for a code without one.
#[must_use]
pub fn render_explanation(code: Code, language: MessageLanguage) -> Option<String> {
    let explanation = Explanation::of(code)?;
    let mut text = explanation.text(language).trim().to_owned();
    text.push('\n');
    if code.is_lint() {
        let _ = match language {
            MessageLanguage::English => write!(
                text,
                "\nThis is advice. A site that does without it says why in `site.toml`:\n\n\
                 ```toml\n[lints.off]\n\"{code}\" = \"The reason.\"\n```\n"
            ),
            MessageLanguage::Chinese => write!(
                text,
                "\n这是一条建议。网站如不采用，请在 `site.toml` 中写明理由：\n\n\
                 ```toml\n[lints.off]\n\"{code}\" = \"理由。\"\n```\n"
            ),
        };
    }
    let (wrong, right) = match language {
        MessageLanguage::English => ("Wrong", "Right"),
        MessageLanguage::Chinese => ("错误示例", "正确示例"),
    };
    for (head, files, words) in [
        (wrong, &explanation.wrong, &explanation.wrong_words),
        (right, &explanation.right, &explanation.right_words),
    ] {
        let _ = writeln!(text, "\n**{head}**");
        if let Some(words) = words {
            let _ = writeln!(text, "\n{}", words.get(language).trim());
        }
        for (path, content) in files.iter().flatten() {
            example(&mut text, path, content, language);
        }
    }
    Some(text)
}

/// Appends one file of an example as a code block.
fn example(text: &mut String, path: &str, content: &str, language: MessageLanguage) {
    if content.is_empty() {
        let _ = match language {
            MessageLanguage::English => writeln!(text, "\n`{path}`: there is no such file."),
            MessageLanguage::Chinese => writeln!(text, "\n`{path}`：没有这个文件。"),
        };
        return;
    }
    let language = path
        .rsplit_once('.')
        .map_or("", |(_, extension)| if extension == "md" { "markdown" } else { extension });
    // A fence longer than any in the example.
    let longest = content
        .lines()
        .map(|line| line.len() - line.trim_start_matches('`').len())
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    let _ = write!(text, "\n`{path}`:\n\n{fence}{language}\n{content}");
    if !content.ends_with('\n') {
        text.push('\n');
    }
    let _ = writeln!(text, "{fence}");
}

/// Renders `docs/diagnostics.md`, which explains all codes.
#[must_use]
pub fn reference(language: MessageLanguage) -> String {
    let mut text = match language {
        MessageLanguage::English => {
            "# What `gazette check` says\n\n\
             Made by `gazette explain --all`; change the texts in `explanations/`.\n"
        }
        MessageLanguage::Chinese => {
            "# `gazette check` 的检查结果\n\n\
             由 `gazette explain --all --lang zh` 生成；请修改 `explanations/` 中的文字。\n"
        }
    }
    .to_owned();
    for code in Code::ALL {
        let _ = write!(
            text,
            "\n## `{code}`\n\n{}",
            render_explanation(*code, language).unwrap_or_default()
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::is_han;

    #[test]
    fn every_code_has_explanation_in_both_languages() {
        for code in Code::ALL {
            let found = Explanation::of(*code).unwrap_or_else(|| panic!("{code} is not explained"));
            assert!(!found.en.contains(is_han) && found.zh.contains(is_han), "{code}");
            assert!(
                found.wrong.is_some() != found.wrong_words.is_some(),
                "{code} has one wrong example"
            );
            assert!(
                found.right.is_some() != found.right_words.is_some(),
                "{code} has one right example"
            );
        }
    }

    #[test]
    fn every_explanation_belongs_to_a_code() {
        for (family, text) in FAMILIES {
            let names: BTreeMap<String, Explanation> =
                toml::from_str(text).unwrap_or_else(|error| panic!("{family}: {error}"));
            for name in names.keys() {
                assert!(Code::named(&format!("{family}/{name}")).is_some(), "{family}/{name}");
            }
        }
    }
}
