//! The messages of a language that the program does not have: a file for the city to fill in.

use std::fmt::Write as _;

use super::locale::{Locale, builtin_messages, fallback_tag};
use super::own_names::own_name;
use super::plural::PluralForm;

/// The messages of a language as comments with the words shown instead, after those that a file has
/// already. Returns the whole file.
#[must_use]
pub fn commented_messages(tag: &str, file: &str) -> String {
    let fallback = builtin_messages(fallback_tag(tag)).unwrap_or_default();
    let mut text = if file.is_empty() { header(tag) } else { file.trim_end().to_owned() + "\n" };
    let known: Vec<&str> = file.lines().filter_map(key_of).collect();
    let mut is_shown = true;
    for line in fallback.lines().skip(1) {
        if let Some(key) = key_of(line) {
            is_shown = !known.contains(&key) && (key != "language-name" || !file.is_empty());
        }
        if line.is_empty() || line.starts_with('#') {
            if file.is_empty() {
                text += line;
                text.push('\n');
            }
            is_shown = true;
        } else if is_shown {
            let _ = writeln!(text, "# {line}");
        }
    }
    text
}

fn header(tag: &str) -> String {
    let forms = Locale::new(tag, None).map_or_else(
        |_| String::new(),
        |locale| {
            let forms: Vec<&str> = locale.plural_forms().map(PluralForm::name).collect();
            format!("# Counts have these forms in this language: {}.\n", forms.join(", "))
        },
    );
    format!(
        "# The interface in the language `{tag}`.\n\
         # Remove `# ` before a message and translate the words behind `=`. Keep what is in \
         braces.\n\
         # A message that is still a comment is shown in `{}`.\n{forms}\n\
         language-name = {}\n",
        fallback_tag(tag),
        own_name(tag)
    )
}

/// The key of the message that a line begins, also as a comment.
fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.strip_prefix("# ").unwrap_or(line).split_once(" =")?;
    let is_key = key.starts_with(|first: char| first.is_ascii_lowercase())
        && key
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    is_key.then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_to_fill_in_has_every_message() {
        let text = commented_messages("ru", "");
        assert!(text.contains("\nlanguage-name = Русский\n"), "{text}");
        assert!(text.contains("forms in this language: one, few, many, other."), "{text}");
        let Ok(locale) = Locale::new("ru", Some(&text)) else { panic!("not Fluent: {text}") };
        let missing = locale.missing();
        for message in &missing {
            assert!(text.contains(&format!("\n# {} =", message.0)), "{}", message.0);
        }
        let filled: String = text
            .lines()
            .map(|line| match line.strip_prefix("# ") {
                Some(rest) if key_of(line).is_some() || rest.starts_with(' ') => rest,
                _ => line,
            })
            .map(|line| format!("{line}\n"))
            .collect();
        assert!(Locale::new("ru", Some(&filled)).is_ok_and(|locale| locale.missing().is_empty()));
    }

    #[test]
    fn file_in_work_gets_only_new_messages() {
        let whole = commented_messages("ru", "");
        assert_eq!(commented_messages("ru", &whole), whole);
        let begun = "home = Главная\n# search = Search\n";
        let text = commented_messages("ru", begun);
        assert!(text.starts_with(begun));
        assert_eq!(text.matches("search = Search\n").count(), 1, "{text}");
        assert_eq!(text.matches("home = ").count(), 1);
    }
}
