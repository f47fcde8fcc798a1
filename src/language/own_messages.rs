//! Finds the messages of a city's own that readers would not see as they are meant.
//!
//! Fluent takes a name that it does not know for an error of the program and shows it in braces.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey,
};

use super::locale::{Locale, builtin_messages};
use super::plural::PluralForm;

/// The arguments of messages with a count: the number itself, which selects the form, and as the
/// language writes it.
const COUNT_ARGUMENTS: [&str; 2] = ["count", "number"];

/// A way in which readers do not see a message as it is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MessageProblem {
    /// The interface has no message with this key.
    UnknownKey,
    /// The file has the key before already; the last message counts.
    Repeated,
    /// A `.name = …` below the message. The interface shows none.
    Attribute(String),
    /// The message gets no argument of this name; it gets these.
    UnknownArgument(String, Vec<&'static str>),
    /// The message leaves an argument out that it has in every other language.
    MissingArgument(&'static str),
    /// A message, term or function that does not exist.
    UnknownReference(String),
    /// The language has no plural form of this name.
    UnknownForm(String),
    /// The selection by a count lacks these plural forms.
    MissingForms(Vec<PluralForm>),
    /// A tag of HTML, which is shown as it is written.
    Tag(String),
    /// Full-width braces, which enclose no argument.
    WideBraces,
}

/// A message of a city's own with a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageFault {
    /// The key of the message.
    pub key: String,
    /// How many messages of the file have this key before it.
    pub earlier: usize,
    /// Its problem.
    pub problem: MessageProblem,
}

/// The parts of a message.
#[derive(Debug, Default)]
struct Parts {
    arguments: BTreeSet<String>,
    messages: BTreeSet<String>,
    /// Terms with `-` before them, and functions.
    others: BTreeSet<String>,
    texts: Vec<String>,
    /// The forms of each selection by the count.
    selections: Vec<Vec<String>>,
}

/// The problems of the messages in a city's file, in its order; none if it cannot be parsed.
#[must_use]
pub fn find_faults(locale: &Locale, file: &str) -> Vec<MessageFault> {
    let Ok(own) = FluentResource::try_new(file.to_owned()) else { return Vec::new() };
    let terms: BTreeSet<String> = own.entries().filter_map(term_name).collect();
    let mut messages: Vec<(&str, Parts, Vec<String>)> = Vec::new();
    for entry in own.entries() {
        let Entry::Message(message) = entry else { continue };
        let parts = message.value.as_ref().map(Parts::of).unwrap_or_default();
        let attributes = message.attributes.iter().map(|found| found.id.name.to_owned());
        messages.push((message.id.name, parts, attributes.collect()));
    }
    let used: BTreeSet<&String> =
        messages.iter().flat_map(|(_, parts, _)| &parts.messages).collect();
    let own_keys: BTreeSet<&str> = messages.iter().map(|(key, ..)| *key).collect();
    let mut faults = Vec::new();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (key, parts, attributes) in &messages {
        let earlier = *seen.entry(key).and_modify(|count| *count += 1).or_default();
        let mut problems: Vec<MessageProblem> =
            attributes.iter().cloned().map(MessageProblem::Attribute).collect();
        if earlier > 0 {
            problems.push(MessageProblem::Repeated);
        }
        if Locale::keys().contains(key) {
            problems.extend(parts.argument_problems(key));
        } else if !used.contains(&(*key).to_owned()) {
            problems.push(MessageProblem::UnknownKey);
        }
        let references = parts
            .messages
            .iter()
            .filter(|name| !own_keys.contains(&***name) && !Locale::keys().contains(&&***name));
        let others = parts.others.iter().filter(|name| !terms.contains(*name));
        problems.extend(references.chain(others).cloned().map(MessageProblem::UnknownReference));
        problems.extend(parts.form_problems(locale));
        problems.extend(parts.text_problems());
        faults.extend(problems.into_iter().map(|problem| MessageFault {
            key: (*key).to_owned(),
            earlier,
            problem,
        }));
    }
    faults
}

/// The name of a term with `-` before it.
fn term_name(entry: &Entry<&str>) -> Option<String> {
    match entry {
        Entry::Term(term) => Some(format!("-{}", term.id.name)),
        _ => None,
    }
}

/// The arguments that the program's own messages show, by key, in each of its languages.
struct BuiltinArguments([BTreeMap<String, BTreeSet<String>>; 2]);

static BUILTIN_ARGUMENTS: LazyLock<BuiltinArguments> = LazyLock::new(BuiltinArguments::new);

impl BuiltinArguments {
    fn new() -> Self {
        Self(["en", "zh"].map(|tag| {
            let messages = builtin_messages(tag).unwrap_or_default().to_owned();
            // A test parses them.
            let Ok(resource) = FluentResource::try_new(messages) else { return BTreeMap::new() };
            let messages = resource.entries().filter_map(|entry| match entry {
                Entry::Message(message) => {
                    let parts = message.value.as_ref().map(Parts::of)?;
                    Some((message.id.name.to_owned(), parts.arguments))
                }
                _ => None,
            });
            messages.collect()
        }))
    }

    /// Whether every language shows an argument of a message.
    fn all_show(&self, key: &str, argument: &str) -> bool {
        self.0
            .iter()
            .all(|language| language.get(key).is_some_and(|arguments| arguments.contains(argument)))
    }
}

impl Parts {
    fn of(pattern: &Pattern<&str>) -> Self {
        let mut parts = Self::default();
        parts.add_pattern(pattern);
        parts
    }

    fn add_pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.texts.push((*value).to_owned()),
                PatternElement::Placeable { expression } => self.add_expression(expression),
            }
        }
    }

    fn add_expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.add_inline(inline),
            Expression::Select { selector, variants } => {
                self.add_inline(selector);
                if is_count(selector) {
                    let forms = variants.iter().filter_map(|variant| match variant.key {
                        VariantKey::Identifier { name } => Some(name.to_owned()),
                        VariantKey::NumberLiteral { .. } => None,
                    });
                    self.selections.push(forms.collect());
                }
                for variant in variants {
                    self.add_pattern(&variant.value);
                }
            }
        }
    }

    fn add_inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
            InlineExpression::FunctionReference { id, .. } => {
                self.others.insert(id.name.to_owned());
            }
            InlineExpression::MessageReference { id, .. } => {
                self.messages.insert(id.name.to_owned());
            }
            InlineExpression::TermReference { id, .. } => {
                self.others.insert(format!("-{}", id.name));
            }
            InlineExpression::VariableReference { id } => {
                self.arguments.insert(id.name.to_owned());
            }
            InlineExpression::Placeable { expression } => self.add_expression(expression),
        }
    }

    /// Arguments that a message of the interface does not get, and those that it leaves out.
    fn argument_problems(&self, key: &str) -> Vec<MessageProblem> {
        let given: Vec<&'static str> =
            Locale::arguments(key).map_or_else(|| COUNT_ARGUMENTS.to_vec(), <[_]>::to_vec);
        let unknown = self.arguments.iter().filter(|name| !given.contains(&&***name));
        let mut problems: Vec<MessageProblem> = unknown
            .map(|name| MessageProblem::UnknownArgument(name.clone(), given.clone()))
            .collect();
        if !problems.is_empty() || self.has_wide_braces() {
            // The argument that is missing is the one that was misspelt.
            return problems;
        }
        let shows_count = COUNT_ARGUMENTS.iter().any(|name| self.arguments.contains(*name));
        let left_out = given.iter().filter(|name| {
            let is_shown = if COUNT_ARGUMENTS.contains(name) {
                shows_count
            } else {
                self.arguments.contains(**name)
            };
            !is_shown && BUILTIN_ARGUMENTS.all_show(key, name)
        });
        problems.extend(left_out.copied().map(MessageProblem::MissingArgument));
        problems
    }

    /// Plural forms that the language does not have, and those that a selection lacks.
    fn form_problems(&self, locale: &Locale) -> Vec<MessageProblem> {
        let forms: Vec<PluralForm> = locale.plural_forms().collect();
        let mut problems = Vec::new();
        for selection in &self.selections {
            let unknown = selection
                .iter()
                .filter(|name| !PluralForm::named(name).is_some_and(|form| forms.contains(&form)));
            problems.extend(unknown.cloned().map(MessageProblem::UnknownForm));
            let missing: Vec<PluralForm> = forms
                .iter()
                .copied()
                .filter(|form| !selection.iter().any(|name| name == form.name()))
                .collect();
            if !missing.is_empty() {
                problems.push(MessageProblem::MissingForms(missing));
            }
        }
        problems
    }

    /// HTML and full-width braces in the text.
    fn text_problems(&self) -> Vec<MessageProblem> {
        let tags = self.texts.iter().filter_map(|text| tag_of(text)).map(MessageProblem::Tag);
        let mut problems: Vec<MessageProblem> = tags.take(1).collect();
        if self.has_wide_braces() {
            problems.push(MessageProblem::WideBraces);
        }
        problems
    }

    fn has_wide_braces(&self) -> bool {
        self.texts.iter().any(|text| text.contains(['｛', '｝']))
    }
}

fn is_count(selector: &InlineExpression<&str>) -> bool {
    matches!(selector, InlineExpression::VariableReference { id } if id.name == COUNT_ARGUMENTS[0])
}

/// The first tag of HTML in a text.
fn tag_of(text: &str) -> Option<String> {
    let (start, _) = text.match_indices('<').find(|(at, _)| {
        let rest = text[at + 1..].trim_start_matches('/');
        rest.starts_with(|c: char| c.is_ascii_alphabetic())
    })?;
    let end = text[start..].find('>')?;
    Some(text[start..=start + end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(tag: &str, file: &str) -> Vec<MessageProblem> {
        let locale = Locale::new(tag, Some(file)).unwrap();
        find_faults(&locale, file).into_iter().map(|fault| fault.problem).collect()
    }

    #[test]
    fn programs_own_messages_have_no_faults() {
        for tag in ["en", "zh"] {
            assert_eq!(problems(tag, builtin_messages(tag).unwrap()), [], "{tag}");
        }
    }

    #[test]
    fn each_problem_is_found() {
        use MessageProblem as Problem;
        let few = vec![PluralForm::Few, PluralForm::Many];
        for (file, expected) in [
            ("label = { $name }: { $value }", vec![]),
            (
                "label = { $nmae }: { $value }",
                vec![Problem::UnknownArgument("nmae".into(), vec!["name", "value"])],
            ),
            ("label = ｛ $name ｝: { $value }", vec![Problem::WideBraces]),
            ("labell = x", vec![Problem::UnknownKey]),
            ("city = Город\nhome = { city }", vec![]),
            ("-city = Город\nhome = { -city }", vec![]),
            ("home = { -town }", vec![Problem::UnknownReference("-town".into())]),
            ("home = { town }", vec![Problem::UnknownReference("town".into())]),
            ("home = { UPPER(\"x\") }", vec![Problem::UnknownReference("UPPER".into())]),
            ("home = a\nhome = b", vec![Problem::Repeated]),
            ("home = a\n    .title = b", vec![Problem::Attribute("title".into())]),
            ("home = <b>a</b>", vec![Problem::Tag("<b>".into())]),
            ("home = a < b", vec![]),
            (
                "count-goals = { $count ->\n[one] { $number } a\n*[other] b\n}",
                vec![Problem::MissingForms(few)],
            ),
            ("count-goals = Целей: { $number }", vec![]),
            ("count-goals = Целей: { $count }", vec![]),
            ("count-goals = Целей", vec![Problem::MissingArgument("number")]),
            (
                "count-goals = { $count ->\n[one] { $number }\n[two] c\n[few] d\n[many] e\n\
                 *[other] b\n}",
                vec![Problem::UnknownForm("two".into())],
            ),
        ] {
            assert_eq!(problems("ru", file), expected, "{file}");
        }
    }
}
