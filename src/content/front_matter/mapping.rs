//! The keys of front matter and `site.toml`: every problem is described, and reading goes on.
//!
//! Enter at [`MappingReader::open`], or at [`MappingReader::of`] for a key whose value is keys again; ask for keys with `optional` and
//! `required`; [`MappingReader::close`] then describes the keys that nobody asked for. A [`ValueReader`] turns one value into what
//! it should be.

use std::collections::{BTreeMap, BTreeSet};

use super::shorthand::ExpandShorthand;
use super::tree::{Located, Node, NodeKind};
use super::value_reader::{Field, ValueReader};
use crate::diagnostic::{Code, Diagnostic, Message, Phrase, Span, closest_key, message};

/// How many groups of three digits a number can have.
const MAX_GROUPS: usize = 6;

/// What other programs and people call a key.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("date", "published"),
    ("pubdate", "published"),
    ("日期", "published"),
    ("发布日期", "published"),
    ("发布时间", "published"),
    ("标题", "title"),
    ("headline", "title"),
    ("摘要", "summary"),
    ("简介", "summary"),
    ("description", "summary"),
    ("abstract", "summary"),
    ("来源", "source"),
];

/// The keys of one mapping, read one by one.
pub(crate) struct MappingReader<'n> {
    what: Phrase,
    entries: &'n [(Located<String>, Node)],
    span: Span,
    asked: Vec<&'static str>,
    /// Keys that must be there and are not; one of them may turn out to be misspelt.
    missing: Vec<(&'static str, Diagnostic)>,
    /// A key of something else, and what to do about the whole thing where it stands here.
    stranger: Option<(&'static str, Message)>,
}

impl<'n> MappingReader<'n> {
    /// The keys of a mapping; describes a value that is none. `what` names the thing: `a bulletin`.
    pub(crate) fn open(what: Phrase, node: &'n Node, reader: &mut ValueReader<'_>) -> Option<Self> {
        Self::opened(what, node, reader, |wrong| wrong)
    }

    /// The same for a key's value, with help for one that was written as a text.
    pub(crate) fn of(
        what: Phrase,
        field: Field<'n>,
        shorthand: ExpandShorthand,
        reader: &mut ValueReader<'_>,
    ) -> Option<Self> {
        let help = field.node.scalar().map(|text| {
            let keys = reader.group(field, &shorthand(text.trim()));
            message!("write `{keys}`", "请写成 `{keys}`")
        });
        Self::opened(what, field.node, reader, |wrong| match help {
            Some(help) => wrong.help(help),
            None => wrong,
        })
    }

    fn opened(
        what: Phrase,
        node: &'n Node,
        reader: &mut ValueReader<'_>,
        helped: impl FnOnce(Diagnostic) -> Diagnostic,
    ) -> Option<Self> {
        let entries: &[_] = match &node.kind {
            NodeKind::Mapping(entries) => entries,
            NodeKind::Null => &[],
            _ => {
                let found = node.noun();
                let message = message!(
                    "{what} is written as keys and values; found {found}",
                    "{what}应写成一组键和值，这里却是{found}"; what, found
                );
                reader.push(helped(reader.error(Code::WrongType, node.span.clone(), message)));
                return None;
            }
        };
        let fields = Self {
            what,
            entries,
            span: node.span.clone(),
            asked: Vec::new(),
            missing: Vec::new(),
            stranger: None,
        };
        fields.check_twice(reader);
        Some(fields)
    }

    fn check_twice(&self, reader: &mut ValueReader<'_>) {
        let mut seen: BTreeMap<&str, &Span> = BTreeMap::new();
        for (place, (Located { value: key, span }, _)) in self.entries.iter().enumerate() {
            if let Some(first) = seen.get(key.as_str()) {
                if self.number_before(place).is_none() {
                    let message = message!("`{key}` stands twice", "`{key}` 出现了两次");
                    reader.push(reader.twice(span.clone(), message, (*first).clone()));
                }
            } else {
                seen.insert(key, span);
            }
        }
    }

    /// A key's value, unless it is left out or empty.
    pub(crate) fn optional(&mut self, key: &'static str) -> Option<Field<'n>> {
        self.asked.push(key);
        let (_, node) = self.entries.iter().find(|(name, _)| name.value == key)?;
        (!node.is_absent()).then_some(Field::new(key, node))
    }

    /// A key's value; describes a key that is left out or empty.
    pub(crate) fn required(
        &mut self,
        key: &'static str,
        example: Phrase,
        reader: &mut ValueReader<'_>,
    ) -> Option<Field<'n>> {
        let found = self.optional(key);
        if found.is_none() {
            let what = self.what;
            let written = self.entries.iter().find(|(name, _)| name.value == key);
            let span = written
                .map_or_else(|| self.span.start..self.span.start, |(name, _)| name.span.clone());
            let message = message!("{what} needs `{key}`", "{what}缺少 `{key}`"; what);
            let added = reader.written(key, example);
            let wrong = reader.error(Code::MissingKey, span, message);
            let wrong = wrong.help(if written.is_some() {
                message!(
                    "write the value behind `{key}`, such as {added}",
                    "请在 `{key}` 后面写上它的值，例如{added}"; added
                )
            } else {
                message!("add {added}", "请添加{added}"; added)
            });
            self.miss(key, wrong, reader);
        }
        found
    }

    /// Describes a key that must be there; where it is not even written, only once it is known not to be misspelt.
    pub(crate) fn miss(
        &mut self,
        key: &'static str,
        wrong: Diagnostic,
        reader: &mut ValueReader<'_>,
    ) {
        if self.entries.iter().any(|(name, _)| name.value == key) {
            reader.push(wrong);
        } else {
            self.missing.push((key, wrong));
        }
    }

    /// Describes the keys that `facts` names as belonging to the original file, in a translation.
    pub(crate) fn refuse_facts(
        &mut self,
        facts: &'static [&'static str],
        original: &str,
        reader: &mut ValueReader<'_>,
    ) {
        for (key, value) in self.entries {
            if let Some(fact) = facts.iter().find(|fact| **fact == key.value) {
                self.asked.push(fact);
                // A form with every field saves the empty ones, too.
                if value.says_nothing() {
                    continue;
                }
                let message = message!(
                    "a translation does not repeat `{fact}`; it is taken from `{original}`",
                    "译文不重复填写 `{fact}`，它取自 `{original}`"
                );
                reader.push(
                    reader
                        .error(Code::RepeatsFacts, key.span.clone(), message)
                        .help(message!("remove `{fact}` here", "请删去这里的 `{fact}`")),
                );
            }
        }
    }

    /// A key by which something else is known that stands in the wrong place. It is then all that is said of keys.
    pub(crate) fn stranger(&mut self, key: &'static str, help: Message) {
        self.stranger = Some((key, help));
    }

    /// Describes the keys that nobody asked for, and then those that are missing. Gives the keys whose values could not
    /// be read as they were meant: misspelt ones, and numbers that a comma cuts short.
    pub(crate) fn close(self, reader: &mut ValueReader<'_>) -> Vec<&'static str> {
        if let Some((name, help)) = &self.stranger
            && let Some((key, _)) = self.entries.iter().find(|(key, _)| key.value == *name)
        {
            reader.push(self.unknown(key, None, reader).help(help.clone()));
            return Vec::new();
        }
        let written: BTreeSet<&str> =
            self.entries.iter().map(|(key, _)| key.value.as_str()).collect();
        let mut meant = Vec::new();
        for (place, (key, _)) in self.entries.iter().enumerate() {
            if self.asked.contains(&key.value.as_str()) {
                continue;
            }
            if let Some(number) = self.number_before(place) {
                meant.extend(self.push_number(place, &number, reader));
                continue;
            }
            if let Some(meant_key) = self.push_wide_colon(key, reader) {
                meant.push(meant_key);
                continue;
            }
            let near = closest_key(&key.value, self.asked.iter().copied())
                .or_else(|| self.other_name(&key.value, &written));
            meant.extend(near);
            reader.push(self.unknown(key, near, reader));
        }
        let missing = self.missing.into_iter().filter(|(key, _)| !meant.contains(key));
        missing.for_each(|(_, wrong)| reader.push(wrong));
        meant
    }

    /// The key that is called by another name here, unless it is written, too.
    fn other_name(&self, name: &str, written: &BTreeSet<&str>) -> Option<&'static str> {
        let (_, key) = OTHER_NAMES.iter().find(|(other, _)| name.eq_ignore_ascii_case(other))?;
        self.asked.iter().copied().find(|asked| asked == key && !written.contains(key))
    }

    /// Describes `{ name：Harbin }`, in which YAML sees one long key. Gives the key that was meant.
    fn push_wide_colon(
        &self,
        key: &Located<String>,
        reader: &mut ValueReader<'_>,
    ) -> Option<&'static str> {
        let (name, value) = key.value.split_once('：')?;
        let meant = self.asked.iter().copied().find(|asked| *asked == name.trim())?;
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
        let (what, name) = (self.what, &key.value);
        let message = message!("`{name}` is not a key of {what}", "`{name}` 不是{what}的键"; what);
        let help = near.map_or_else(
            || {
                let mut known = self.asked.clone();
                known.sort_unstable();
                known.dedup();
                let known = Message::names(known);
                message!("the keys are {known}", "可用的键有{known}"; known)
            },
            |near| message!("did you mean `{near}`?", "您是否想写 `{near}`？"),
        );
        reader.error(Code::UnknownKey, key.span.clone(), message).help(help)
    }

    /// The number that a key is the end of: in `{ value: 83,000 }` YAML sees a key `000`. `83000`, then.
    fn number_before(&self, place: usize) -> Option<String> {
        let is_group = |at: usize| {
            let (Located { value: key, .. }, node) = &self.entries[at];
            key.len() == 3
                && key.bytes().all(|byte| byte.is_ascii_digit())
                && matches!(node.kind, NodeKind::Null)
        };
        let start = (place.saturating_sub(MAX_GROUPS)..place)
            .rfind(|at| !is_group(*at))
            .filter(|_| is_group(place))?;
        let NodeKind::Number(number) = &self.entries[start].1.kind else { return None };
        let groups = self.entries[start + 1..=place].iter().map(|(key, _)| key.value.as_str());
        Some(std::iter::once(number.as_str()).chain(groups).collect())
    }

    /// Describes a number with separators once, behind its last group. Gives its key.
    fn push_number(
        &self,
        place: usize,
        number: &str,
        reader: &mut ValueReader<'_>,
    ) -> Option<&'static str> {
        if place + 1 < self.entries.len() && self.number_before(place + 1).is_some() {
            return None;
        }
        let is_value =
            |(_, node): &&(Located<String>, Node)| matches!(node.kind, NodeKind::Number(_));
        let (name, value) = self.entries[..place].iter().rfind(is_value)?;
        let name = &name.value;
        let span = value.span.start..self.entries[place].0.span.end;
        let message =
            message!("the comma ends the number of `{name}` here", "逗号会把 `{name}` 的数字截断");
        let help = message!(
            "write it without separators: `{name}: {number}`",
            "请去掉数字中的逗号：`{name}: {number}`"
        );
        reader.push(reader.error(Code::WrongType, span, message).help(help));
        self.asked.iter().copied().find(|key| key == name)
    }
}
