//! Units of goals, in each language and in each of its plural forms.

use super::localised::{self, Localised};
use super::tree::{Located, Node, NodeKind};
use super::value_reader::{Field, ValueReader};
use crate::diagnostic::{Code, Diagnostic, Message, message};
use crate::language::{Language, PluralForm};

/// A unit: `jobs`, or `{ en: { one: job, other: jobs }, zh: 个岗位 }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The plural form `other`, which also serves alone.
    general: Localised,
    special: Vec<(Language, PluralForm, String)>,
}

impl Unit {
    /// The unit alone, as in the head of a table.
    #[must_use]
    pub fn name(&self, language: Language) -> &str {
        self.general.get(language)
    }

    /// The unit beside a number of this plural form.
    #[must_use]
    pub fn form(&self, language: Language, form: PluralForm) -> &str {
        let special = self.special.iter().find(|(known, of, _)| *known == language && *of == form);
        special.map_or_else(|| self.name(language), |(_, _, text)| text)
    }

    /// The general form in every language.
    pub(crate) const fn words(&self) -> &Localised {
        &self.general
    }

    /// Every form in a language, the general one first.
    pub(crate) fn names(&self, language: Language) -> impl Iterator<Item = &str> {
        let special = self.special.iter().filter(move |(known, _, _)| *known == language);
        std::iter::once(self.name(language)).chain(special.map(|(_, _, text)| text.as_str()))
    }

    /// Whether it was written as one text for all languages; `None` if it has plural forms.
    pub(crate) fn is_plain(&self) -> Option<bool> {
        self.special.is_empty().then(|| self.general.is_plain())
    }

    /// Whether a text is one of its forms in any language.
    pub(crate) fn has_name(&self, text: &str) -> bool {
        let special = self.special.iter().map(|(_, _, text)| text.as_str());
        self.general.all().chain(special).any(|name| name == text)
    }
}

/// Reads a unit. The forms of a language are CLDR's: `zero`, `one`, `two`, `few`, `many`, `other`.
pub(crate) fn read(reader: &mut ValueReader<'_>, field: Field<'_>) -> Option<Unit> {
    let mut special = Vec::new();
    let mut general = field.node.clone();
    if let NodeKind::Mapping(entries) = &mut general.kind {
        let form = entries.iter().map(|(name, _)| name).find(|name| {
            PluralForm::named(&name.value).is_some() && reader.languages.find(&name.value).is_none()
        });
        if let Some(form) = form {
            reader.push(form_without_language(form, reader));
            return None;
        }
        for (tag, node) in entries {
            let NodeKind::Mapping(forms) = &node.kind else { continue };
            if node.is_absent() {
                continue;
            }
            *node = read_forms(tag, node, forms, &mut special, reader)?;
        }
    }
    let general = localised::read(reader, Field { node: &general, ..field })?;
    Some(Unit { general, special })
}

fn form_without_language(form: &Located<String>, reader: &ValueReader<'_>) -> Diagnostic {
    let name = &form.value;
    let message = message!(
        "`{name}` is a plural form, which belongs to a language",
        "`{name}` 是单复数形式，应写在某种语言之下"
    );
    let help = message!(
        "write the language first: `unit: {{ en: {{ one: job, other: jobs }} }}`",
        "请先写语言：`unit: {{ en: {{ one: job, other: jobs }} }}`"
    );
    reader.error(Code::UnknownKey, form.span.clone(), message).help(help)
}

/// Adds the forms of one language to `special`, and returns its form `other`.
fn read_forms(
    tag: &Located<String>,
    node: &Node,
    forms: &[(Located<String>, Node)],
    special: &mut Vec<(Language, PluralForm, String)>,
    reader: &mut ValueReader<'_>,
) -> Option<Node> {
    let language = reader.languages.find(&tag.value);
    let mut other = None;
    for (form, text) in forms.iter().filter(|(_, text)| !text.is_absent()) {
        match (form.value.as_str(), PluralForm::named(&form.value)) {
            ("other", _) => other = Some(text.clone()),
            (_, Some(plural)) => {
                let text = reader.text(Field::new("unit", text));
                if let (Some(language), Some(text)) = (language, text) {
                    special.push((language, plural, text.value));
                }
            }
            (unknown, None) => {
                let names: Vec<&str> = PluralForm::ALL.iter().map(|form| form.name()).collect();
                let known = Message::names(&names);
                let message = message!(
                    "`{unknown}` is not a plural form; they are {known}",
                    "`{unknown}` 不是单复数形式，可用的有{known}"; known
                );
                let wrong = reader.error(Code::UnknownKey, form.span.clone(), message);
                reader.push(wrong.did_you_mean(unknown, names));
            }
        }
    }
    if other.is_none() {
        let tag = &tag.value;
        let message = message!(
            "the unit's forms in `{tag}` need `other`",
            "单位在 `{tag}` 下的各种形式中缺少 `other`"
        );
        let wrong = reader.error(Code::MissingKey, node.span.clone(), message);
        reader.push(wrong.help(message!("add `other: jobs`", "请添加 `other: jobs`")));
    }
    other
}
