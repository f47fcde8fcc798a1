//! What a goal counts, in each language and each of its plural forms.

use super::fields::{Field, Localised, Reader};
use super::node::{Kind, Node};
use crate::diagnostic::Code;
use crate::language::{Language, PluralForm};

/// What is counted: `jobs`, or `{ en: { one: job, other: jobs }, zh: 个岗位 }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The form that stands beside most numbers, and alone.
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

    /// Whether it was written as one text for every language; none if it has plural forms.
    pub(crate) fn is_plain(&self) -> Option<bool> {
        self.special.is_empty().then(|| self.general.is_plain())
    }

    /// Whether some language calls the unit so.
    pub(crate) fn is_called(&self, text: &str) -> bool {
        self.general.all().chain(self.special.iter().map(|(_, _, text)| text.as_str())).any(|name| name == text)
    }
}

/// Reads a unit. The forms of a language are the words of CLDR: `zero`, `one`, `two`, `few`, `many`, `other`.
pub(super) fn read(field: Field<'_>, reader: &mut Reader<'_>) -> Option<Unit> {
    let mut special = Vec::new();
    let mut general = field.node.clone();
    if let Kind::Mapping(entries) = &mut general.kind {
        let is_form = |name: &str| PluralForm::named(name).is_some() && reader.languages.find(name).is_none();
        if let Some((form, _)) = entries.iter().find(|(name, _)| is_form(&name.value)) {
            let message = format!("`{}` is a plural form, which belongs to a language", form.value);
            let wrong = reader.error(Code::UnknownKey, form.span.clone(), message);
            reader.push(wrong.help("write the language first: `unit: { en: { one: job, other: jobs } }`"));
            return None;
        }
        for (tag, node) in entries {
            let Kind::Mapping(forms) = &node.kind else { continue };
            if node.is_absent() {
                continue;
            }
            let language = reader.languages.find(&tag.value);
            let mut other: Option<Node> = None;
            for (form, text) in forms.iter().filter(|(_, text)| !text.is_absent()) {
                let name = Field { name: "unit", node: text };
                match (form.value.as_str(), PluralForm::named(&form.value)) {
                    ("other", _) => other = Some(text.clone()),
                    (_, Some(plural)) => {
                        if let (Some(language), Some(text)) = (language, reader.text(name)) {
                            special.push((language, plural, text.value));
                        }
                    }
                    (unknown, None) => {
                        let names: Vec<&str> = PluralForm::ALL.iter().map(|form| form.name()).collect();
                        let message = format!("`{unknown}` is not a plural form; they are `{}`", names.join("`, `"));
                        let wrong = reader.error(Code::UnknownKey, form.span.clone(), message);
                        reader.push(wrong.did_you_mean(unknown, names.iter().copied()));
                    }
                }
            }
            let Some(other) = other else {
                let message = format!("the unit's forms in `{}` need `other`", tag.value);
                reader.push(reader.error(Code::MissingKey, node.span.clone(), message).help("add `other: jobs`"));
                return None;
            };
            *node = other;
        }
    }
    let general = reader.localised(Field { name: field.name, node: &general })?;
    Some(Unit { general, special })
}
