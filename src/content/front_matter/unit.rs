//! What a goal counts, in each language and each of its plural forms.

use super::localised::Localised;
use super::tree::{Node, NodeKind};
use super::value_reader::{Field, ValueReader};
use crate::diagnostic::{Code, Message, message};
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

    /// The general form in every language.
    pub(crate) const fn words(&self) -> &Localised {
        &self.general
    }

    /// What a language calls the unit, in each form.
    pub(crate) fn names(&self, language: Language) -> impl Iterator<Item = &str> {
        let special = self.special.iter().filter(move |(known, _, _)| *known == language);
        std::iter::once(self.name(language)).chain(special.map(|(_, _, text)| text.as_str()))
    }

    /// Whether it was written as one text for every language; none if it has plural forms.
    pub(crate) fn is_plain(&self) -> Option<bool> {
        self.special.is_empty().then(|| self.general.is_plain())
    }

    /// Whether some language calls the unit so.
    pub(crate) fn is_called(&self, text: &str) -> bool {
        self.general
            .all()
            .chain(self.special.iter().map(|(_, _, text)| text.as_str()))
            .any(|name| name == text)
    }
}

/// Reads a unit. The forms of a language are the words of CLDR: `zero`, `one`, `two`, `few`, `many`, `other`.
pub(crate) fn read(field: Field<'_>, reader: &mut ValueReader<'_>) -> Option<Unit> {
    let mut special = Vec::new();
    let mut general = field.node.clone();
    if let NodeKind::Mapping(entries) = &mut general.kind {
        let is_form =
            |name: &str| PluralForm::named(name).is_some() && reader.languages.find(name).is_none();
        if let Some((form, _)) = entries.iter().find(|(name, _)| is_form(&name.value)) {
            let name = &form.value;
            let message = message!(
                "`{name}` is a plural form, which belongs to a language",
                "`{name}` 是单复数形式，应写在某种语言之下"
            );
            let wrong = reader.error(Code::UnknownKey, form.span.clone(), message);
            let help = message!(
                "write the language first: `unit: {{ en: {{ one: job, other: jobs }} }}`",
                "请先写语言：`unit: {{ en: {{ one: job, other: jobs }} }}`"
            );
            reader.push(wrong.help(help));
            return None;
        }
        for (tag, node) in entries {
            let NodeKind::Mapping(forms) = &node.kind else { continue };
            if node.is_absent() {
                continue;
            }
            let language = reader.languages.find(&tag.value);
            let mut other: Option<Node> = None;
            for (form, text) in forms.iter().filter(|(_, text)| !text.is_absent()) {
                let name = Field::new("unit", text);
                match (form.value.as_str(), PluralForm::named(&form.value)) {
                    ("other", _) => other = Some(text.clone()),
                    (_, Some(plural)) => {
                        if let (Some(language), Some(text)) = (language, reader.text(name)) {
                            special.push((language, plural, text.value));
                        }
                    }
                    (unknown, None) => {
                        let names: Vec<&str> =
                            PluralForm::ALL.iter().map(|form| form.name()).collect();
                        let known = Message::names(&names);
                        let message = message!(
                            "`{unknown}` is not a plural form; they are {known}",
                            "`{unknown}` 不是单复数形式，可用的有{known}"; known
                        );
                        let wrong = reader.error(Code::UnknownKey, form.span.clone(), message);
                        reader.push(wrong.did_you_mean(unknown, names.iter().copied()));
                    }
                }
            }
            let Some(other) = other else {
                let tag = &tag.value;
                let message = message!(
                    "the unit's forms in `{tag}` need `other`",
                    "单位在 `{tag}` 下的各种形式中缺少 `other`"
                );
                let wrong = reader.error(Code::MissingKey, node.span.clone(), message);
                reader.push(wrong.help(message!("add `other: jobs`", "请添加 `other: jobs`")));
                return None;
            };
            *node = other;
        }
    }
    let general = reader.localised(Field { node: &general, ..field })?;
    Some(Unit { general, special })
}
