//! Reads the keys of one mapping, and reports every problem with them.
//!
//! Open with [`MappingReader::open`] or [`MappingReader::nested`], read each key, and then call
//! [`MappingReader::finish`], which reports unknown and missing keys.

use std::collections::BTreeMap;

use super::keys::KeyGroup;
use super::other_programs;
use super::tree::{Located, Node, NodeKind};
use super::value_reader::{Field, ValueReader};
use crate::diagnostic::{Code, Diagnostic, Message, Phrase, Span, closest_key, message};

/// The most groups of three digits that a number is put together from.
const MAX_GROUPS: usize = 6;

/// The entries of one mapping, which are read key by key.
pub(crate) struct MappingReader<'n> {
    group: &'static KeyGroup,
    entries: &'n [(Located<String>, Node)],
    span: Span,
    /// Keys outside of the group that have been reported already.
    reported: Vec<&'static str>,
    /// Diagnostics for absent keys, kept back because a key may turn out to be misspelt.
    missing: Vec<(&'static str, Diagnostic)>,
    /// A key that only another kind of file has, and the help if it is present.
    misplaced: Option<(&'static str, Message)>,
}

impl<'n> MappingReader<'n> {
    /// Opens a mapping; reports a value of another type.
    pub(crate) fn open(
        group: &'static KeyGroup,
        node: &'n Node,
        reader: &mut ValueReader<'_>,
    ) -> Option<Self> {
        let opened = Self::new(group, node);
        match &opened {
            Some(keys) => keys.report_duplicates(reader),
            None => reader.push(not_a_mapping(group.noun, node, reader)),
        }
        opened
    }

    /// Opens the mapping that is a key's value; reports a value of another type, and what to
    /// write instead of a text.
    pub(crate) fn nested(
        group: &'static KeyGroup,
        field: Field<'n>,
        reader: &mut ValueReader<'_>,
    ) -> Option<Self> {
        let opened = Self::new(group, field.node);
        match &opened {
            Some(keys) => keys.report_duplicates(reader),
            None => {
                let mut wrong = not_a_mapping(group.noun, field.node, reader);
                if let (Some(text), Some(expand)) = (field.node.scalar(), group.shorthand) {
                    let keys = reader.inline_mapping(field, &expand(text.trim()));
                    wrong = wrong.help(message!("write `{keys}`", "请写成 `{keys}`"));
                }
                reader.push(wrong);
            }
        }
        opened
    }

    fn new(group: &'static KeyGroup, node: &'n Node) -> Option<Self> {
        let entries: &[_] = match &node.kind {
            NodeKind::Mapping(entries) => entries,
            NodeKind::Null => &[],
            _ => return None,
        };
        Some(Self {
            group,
            entries,
            span: node.span.clone(),
            reported: Vec::new(),
            missing: Vec::new(),
            misplaced: None,
        })
    }

    /// Reads a key's value; reports a required key that is absent or empty.
    pub(crate) fn read<'a, T>(
        &mut self,
        key: &'static str,
        reader: &mut ValueReader<'a>,
        read: impl FnOnce(&mut ValueReader<'a>, Field<'n>) -> Option<T>,
    ) -> Option<T> {
        let field = self.get(key, reader)?;
        read(reader, field)
    }

    /// Reads the items of a key's list, leaving out those that cannot be read.
    pub(crate) fn read_list<'a, T>(
        &mut self,
        key: &'static str,
        reader: &mut ValueReader<'a>,
        read: impl Fn(&mut ValueReader<'a>, Field<'n>) -> Option<T>,
    ) -> Vec<T> {
        let items = self.get(key, reader).map(ValueReader::list).unwrap_or_default();
        items.into_iter().filter_map(|item| read(reader, item)).collect()
    }

    /// Reads a list of names, each once.
    pub(crate) fn read_names(
        &mut self,
        key: &'static str,
        reader: &mut ValueReader<'_>,
    ) -> Vec<Located<String>> {
        self.get(key, reader).map(|field| reader.names(field)).unwrap_or_default()
    }

    /// A key's value; reports a required key that is absent or empty.
    pub(crate) fn get(
        &mut self,
        key: &'static str,
        reader: &mut ValueReader<'_>,
    ) -> Option<Field<'n>> {
        let found = self.peek(key);
        if found.is_none()
            && let Some(example) = self.group.get(key).and_then(|known| known.example)
        {
            let wrong = self.required_but_missing(key, example, reader);
            self.report_missing(key, wrong, reader);
        }
        found
    }

    /// A key's value, unless it is absent or empty.
    pub(crate) fn peek(&self, key: &'static str) -> Option<Field<'n>> {
        debug_assert!(self.knows(key), "`{key}` is not a key of {}", self.group.name);
        let (_, node) = self.entries.iter().find(|(name, _)| name.value == key)?;
        (!node.is_absent()).then_some(Field::new(key, node))
    }

    /// Whether the group has a key.
    pub(crate) fn knows(&self, key: &str) -> bool {
        self.group.get(key).is_some()
    }

    /// Whether a key is present, even if it is empty.
    pub(crate) fn is_written(&self, key: &str) -> bool {
        self.entries.iter().any(|(name, _)| name.value == key)
    }

    fn required_but_missing(
        &self,
        key: &'static str,
        example: Phrase,
        reader: &ValueReader<'_>,
    ) -> Diagnostic {
        let noun = self.group.noun;
        let message = message!("{noun} needs `{key}`", "{noun}缺少 `{key}`"; noun);
        let added = reader.key_and_value(key, example);
        let name = self.entries.iter().find(|(name, _)| name.value == key).map(|(name, _)| name);
        match name {
            Some(name) => {
                let help = message!(
                    "write the value behind `{key}`, such as {added}",
                    "请在 `{key}` 后面写上它的值，例如{added}"; added
                );
                reader.error(Code::MissingKey, name.span.clone(), message).help(help)
            }
            None => {
                let start = self.span.start;
                let help = message!("add {added}", "请添加{added}"; added);
                reader.error(Code::MissingKey, start..start, message).help(help)
            }
        }
    }

    /// Reports a key that must be present. For an absent one, [`finish`](Self::finish) reports it
    /// unless the key turns out to be misspelt.
    pub(crate) fn report_missing(
        &mut self,
        key: &'static str,
        wrong: Diagnostic,
        reader: &mut ValueReader<'_>,
    ) {
        if self.is_written(key) {
            reader.push(wrong);
        } else {
            self.missing.push((key, wrong));
        }
    }

    /// The value of a key outside of the group, unless it is empty. [`finish`](Self::finish) does
    /// not report the key.
    pub(crate) fn take_foreign(&mut self, key: &'static str) -> Option<Field<'n>> {
        self.reported.push(key);
        let (_, node) = self.entries.iter().find(|(name, _)| name.value == key)?;
        (!node.is_absent()).then_some(Field::new(key, node))
    }

    /// Reports the keys of the original's group that a file without facts repeats. `noun` is that
    /// file, such as a translation.
    pub(crate) fn refuse_facts(
        &mut self,
        original: &'static KeyGroup,
        noun: Phrase,
        original_path: &str,
        reader: &mut ValueReader<'_>,
    ) {
        for (key, value) in self.entries {
            if self.knows(&key.value) {
                continue;
            }
            let Some(fact) = original.get(&key.value) else { continue };
            let name = fact.name;
            self.reported.push(name);
            // A form saves every field, also the empty ones.
            if value.is_unset() {
                continue;
            }
            let message = message!(
                "{noun} does not repeat `{name}`; it is taken from `{original_path}`",
                "{noun}不重复填写 `{name}`，它取自 `{original_path}`"; noun
            );
            let help = message!("remove `{name}` here", "请删去这里的 `{name}`");
            let wrong = reader.error(Code::RepeatsFacts, key.span.clone(), message);
            reader.push(wrong.help(help));
        }
    }

    /// Names a key that only another kind of file has. If it is present, it replaces all
    /// diagnostics about unknown and missing keys.
    pub(crate) fn set_misplaced(&mut self, key: &'static str, help: Message) {
        self.misplaced = Some((key, help));
    }

    /// Reports unknown keys, and then the missing ones.
    ///
    /// Returns the keys that are present but could not be read as meant: misspelt ones, and numbers
    /// that a comma cuts short.
    pub(crate) fn finish(self, reader: &mut ValueReader<'_>) -> Vec<&'static str> {
        if let Some((name, help)) = &self.misplaced
            && let Some((key, _)) = self.entries.iter().find(|(key, _)| key.value == *name)
        {
            reader.push(self.unknown(key, None, reader).help(help.clone()));
            return Vec::new();
        }
        let mut meant = Vec::new();
        for (index, (key, _)) in self.entries.iter().enumerate() {
            let name = key.value.as_str();
            if self.knows(name) || self.reported.contains(&name) {
                continue;
            }
            if let Some(number) = self.number_before(index) {
                meant.extend(self.report_number(index, &number, reader));
            } else if let Some(key) = self.report_wide_colon(key, reader) {
                meant.push(key);
            } else {
                let near = self.nearest_key(name);
                meant.extend(near);
                reader.push(self.unknown(key, near, reader));
            }
        }
        for (key, wrong) in self.missing {
            if !meant.contains(&key) {
                reader.push(wrong);
            }
        }
        meant
    }

    fn report_duplicates(&self, reader: &mut ValueReader<'_>) {
        let mut seen: BTreeMap<&str, &Span> = BTreeMap::new();
        for (index, (Located { value: key, span }, _)) in self.entries.iter().enumerate() {
            if let Some(first) = seen.get(key.as_str()) {
                if self.number_before(index).is_none() {
                    let message = message!("`{key}` is written twice", "`{key}` 出现了两次");
                    reader.push(reader.duplicate(span.clone(), message, (*first).clone()));
                }
            } else {
                seen.insert(key, span);
            }
        }
    }

    /// The key that is meant by an unknown name: a misspelling, or the name in other programs.
    fn nearest_key(&self, name: &str) -> Option<&'static str> {
        if let Some(key) = other_programs::equivalent_key(name, self.group) {
            return Some(key).filter(|key| !self.is_written(key));
        }
        if other_programs::help(name, self.group).is_some() {
            return None;
        }
        closest_key(name, self.group.names())
    }

    /// Reports `{ name：Harbin }`, which YAML reads as one long key. Returns the key that was meant.
    fn report_wide_colon(
        &self,
        key: &Located<String>,
        reader: &mut ValueReader<'_>,
    ) -> Option<&'static str> {
        let (name, value) = key.value.split_once('：')?;
        let meant = self.group.get(name.trim())?.name;
        let value = value.trim();
        let message =
            message!("the colon behind `{meant}` is full-width", "`{meant}` 后面用了全角冒号 `：`");
        let help = message!("write `{meant}: {value}`", "请写成 `{meant}: {value}`");
        reader.push(reader.error(Code::UnknownKey, key.span.clone(), message).help(help));
        Some(meant)
    }

    fn unknown(
        &self,
        key: &Located<String>,
        near: Option<&str>,
        reader: &ValueReader<'_>,
    ) -> Diagnostic {
        let (noun, name) = (self.group.noun, &key.value);
        let message = message!("`{name}` is not a key of {noun}", "`{name}` 不是{noun}的键"; noun);
        let help = match near {
            Some(near) => message!("did you mean `{near}`?", "您是否想写 `{near}`？"),
            None => match other_programs::equivalent_key(name, self.group) {
                Some(key) => message!(
                    "remove it; `{key}` says the same, and is present",
                    "请删去它；已有含义相同的 `{key}`"
                ),
                None => other_programs::help(name, self.group).unwrap_or_else(|| self.known_keys()),
            },
        };
        reader.error(Code::UnknownKey, key.span.clone(), message).help(help)
    }

    fn known_keys(&self) -> Message {
        let mut known: Vec<&str> = self.group.names().collect();
        known.sort_unstable();
        let known = Message::names(known);
        message!("the keys are {known}", "可用的键有{known}"; known)
    }

    /// The number that ends in the key at `index`: `{ value: 83,000 }` has a key `000` for YAML,
    /// and the number is `83000`.
    fn number_before(&self, index: usize) -> Option<String> {
        if !self.is_digit_group(index) {
            return None;
        }
        let start = (index.saturating_sub(MAX_GROUPS)..index)
            .rfind(|before| !self.is_digit_group(*before))?;
        let NodeKind::Number(number) = &self.entries[start].1.kind else { return None };
        let groups = self.entries[start + 1..=index].iter().map(|(key, _)| key.value.as_str());
        Some(std::iter::once(number.as_str()).chain(groups).collect())
    }

    fn is_digit_group(&self, index: usize) -> bool {
        let (Located { value: key, .. }, node) = &self.entries[index];
        key.len() == 3
            && key.bytes().all(|byte| byte.is_ascii_digit())
            && matches!(node.kind, NodeKind::Null)
    }

    /// Reports a number with separators once, at its last group. Returns its key.
    fn report_number(
        &self,
        index: usize,
        number: &str,
        reader: &mut ValueReader<'_>,
    ) -> Option<&'static str> {
        if index + 1 < self.entries.len() && self.number_before(index + 1).is_some() {
            return None;
        }
        let (name, value) = self.entries[..index]
            .iter()
            .rfind(|(_, node)| matches!(node.kind, NodeKind::Number(_)))?;
        let name = &name.value;
        let span = value.span.start..self.entries[index].0.span.end;
        let message =
            message!("the comma ends the number of `{name}` here", "逗号会把 `{name}` 的数字截断");
        let help = message!(
            "write it without separators: `{name}: {number}`",
            "请去掉数字中的逗号：`{name}: {number}`"
        );
        reader.push(reader.error(Code::WrongType, span, message).help(help));
        self.group.get(name).map(|key| key.name)
    }
}

fn not_a_mapping(noun: Phrase, node: &Node, reader: &ValueReader<'_>) -> Diagnostic {
    let found = node.noun();
    let message = message!(
        "{noun} is written as keys and values; found {found}",
        "{noun}应写成一组键和值，这里却是{found}"; noun, found
    );
    reader.error(Code::WrongType, node.span.clone(), message)
}
