//! YAML and TOML as one tree of values with their positions.
//!
//! serde-saphyr and toml parse. This module keeps the positions, so that one set of readers serves
//! front matter and `site.toml` and can report every problem of a file, not only the first.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;
use serde_saphyr::options::{DuplicateKeyPolicy, NonFiniteFloatPolicy};

use super::folding::remove_folded_spaces;
use crate::diagnostic::{Phrase, Span};

/// A value with its span in bytes from the start of its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    pub value: T,
    pub span: Span,
}

impl<T> Located<T> {
    pub const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// One value of a YAML or TOML document.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) kind: NodeKind,
    pub(crate) span: Span,
}

/// The type and content of a value.
#[derive(Debug, Clone)]
pub(crate) enum NodeKind {
    Null,
    /// The value, and its spelling.
    Bool(bool, String),
    /// A number as it was written.
    Number(String),
    Text(String),
    Sequence(Vec<Node>),
    Mapping(Vec<(Located<String>, Node)>),
}

/// A parser's message, and its place.
#[derive(Debug)]
pub(crate) struct SyntaxError {
    pub(crate) span: Span,
    pub(crate) message: String,
}

impl Node {
    /// Its type in messages: `a list`.
    pub(crate) const fn noun(&self) -> Phrase {
        match self.kind {
            NodeKind::Null => Phrase::new("nothing", "空值"),
            NodeKind::Bool(true, _) => Phrase::typed("`true`"),
            NodeKind::Bool(false, _) => Phrase::typed("`false`"),
            NodeKind::Number(_) => Phrase::new("a number", "一个数字"),
            NodeKind::Text(_) => Phrase::new("a text", "一段文字"),
            NodeKind::Sequence(_) => Phrase::new("a list", "一个列表"),
            NodeKind::Mapping(_) => Phrase::new("a group of keys", "一组键和值"),
        }
    }

    /// A text, a number or a flag as it was written.
    pub(crate) fn scalar(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Text(text) | NodeKind::Number(text) | NodeKind::Bool(_, text) => Some(text),
            NodeKind::Null | NodeKind::Sequence(_) | NodeKind::Mapping(_) => None,
        }
    }

    /// The only item of a list, if it is a text, a number or a flag.
    pub(crate) fn only_item(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Sequence(items) if items.len() == 1 => items[0].scalar(),
            _ => None,
        }
    }

    /// Whether the value counts as left out: `""`, `[]` and null do, because forms save them, and
    /// so does a mapping of only these and `false`, which forms save for a group that was not
    /// filled in.
    pub(crate) fn is_absent(&self) -> bool {
        match &self.kind {
            NodeKind::Null => true,
            NodeKind::Text(text) => text.trim().is_empty(),
            NodeKind::Sequence(items) => items.iter().all(Self::is_absent),
            NodeKind::Mapping(entries) => entries.iter().all(|(_, value)| value.is_unset()),
            NodeKind::Bool(..) | NodeKind::Number(_) => false,
        }
    }

    /// Whether the value means the same as an absent key: it is left out, or `false`.
    pub(crate) fn is_unset(&self) -> bool {
        self.is_absent() || matches!(self.kind, NodeKind::Bool(false, _))
    }
}

/// The deepest nesting of values. Front matter needs four levels; each uses a part of the stack.
const MAX_DEPTH: usize = 16;

/// Parses a YAML document that begins `offset` bytes into its file.
pub(crate) fn parse_yaml(yaml: &str, offset: usize) -> Result<Node, SyntaxError> {
    let options = serde_saphyr::options! {
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        non_finite_float_policy: NonFiniteFloatPolicy::PassThrough,
        budget: serde_saphyr::budget! { max_depth: MAX_DEPTH },
    };
    match serde_saphyr::from_str_with_options::<Spanned<Yaml>>(yaml, options) {
        Ok(root) => Ok(yaml_node(root, yaml, offset)),
        Err(error) => {
            let start = error.location().map_or(0, |location| {
                byte_offset(
                    yaml,
                    usize::try_from(location.line()).unwrap_or(1),
                    usize::try_from(location.column()).unwrap_or(1),
                )
            });
            let message = error.without_snippet().to_string();
            let message = message.split(" at line ").next().unwrap_or_default().to_owned();
            Err(SyntaxError { span: offset + start..offset + start, message })
        }
    }
}

/// Parses a TOML document.
pub(crate) fn parse_toml(toml: &str) -> Result<Node, SyntaxError> {
    match toml::de::DeTable::parse(toml) {
        Ok(table) => {
            let span = table.span();
            Ok(toml_table(table.get_ref(), span))
        }
        Err(error) => {
            let span = error.span().unwrap_or_default();
            let message = error.message().lines().next().unwrap_or_default().to_owned();
            Err(SyntaxError { span, message })
        }
    }
}

/// A YAML value as serde deserialises it.
enum Yaml {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    Sequence(Vec<Spanned<Yaml>>),
    Mapping(Vec<(Spanned<String>, Spanned<Yaml>)>),
}

impl<'de> Deserialize<'de> for Yaml {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(YamlVisitor)
    }
}

struct YamlVisitor;

impl<'de> Visitor<'de> for YamlVisitor {
    type Value = Yaml;

    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> Result<Yaml, E> {
        Ok(Yaml::Null)
    }

    fn visit_none<E>(self) -> Result<Yaml, E> {
        Ok(Yaml::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Yaml, E> {
        Ok(Yaml::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Yaml, E> {
        Ok(Yaml::Number(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Yaml, E> {
        Ok(Yaml::Number(value.to_string()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Yaml, E> {
        Ok(Yaml::Number(value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Yaml, E> {
        Ok(Yaml::Number(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Yaml, E> {
        Ok(Yaml::Number(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Yaml, E> {
        Ok(Yaml::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Yaml, E> {
        Ok(Yaml::Text(value))
    }

    fn visit_bytes<E>(self, value: &[u8]) -> Result<Yaml, E> {
        Ok(Yaml::Text(String::from_utf8_lossy(value).into_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Yaml, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Yaml::Sequence(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Yaml, A::Error> {
        let mut list = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            list.push(entry);
        }
        Ok(Yaml::Mapping(list))
    }
}

fn yaml_node(value: Spanned<Yaml>, yaml: &str, offset: usize) -> Node {
    let place = yaml_span(&value.referenced, yaml);
    let written = yaml.get(place.clone()).unwrap_or_default().to_owned();
    let kind = match value.value {
        Yaml::Null => NodeKind::Null,
        Yaml::Bool(value) => NodeKind::Bool(value, written),
        Yaml::Number(_) if !written.is_empty() && !written.starts_with('*') => {
            NodeKind::Number(written)
        }
        Yaml::Number(number) => NodeKind::Number(number),
        Yaml::Text(text) => NodeKind::Text(remove_folded_spaces(text, &written)),
        Yaml::Sequence(items) => NodeKind::Sequence(
            items.into_iter().map(|item| yaml_node(item, yaml, offset)).collect(),
        ),
        Yaml::Mapping(entries) => NodeKind::Mapping(
            entries
                .into_iter()
                .map(|(key, value)| {
                    let place = yaml_span(&key.referenced, yaml);
                    let key = Located::new(key.value, place.start + offset..place.end + offset);
                    (key, yaml_node(value, yaml, offset))
                })
                .collect(),
        ),
    };
    Node { kind, span: place.start + offset..place.end + offset }
}

/// The span of a value in `yaml`. A block list or mapping has only a start.
fn yaml_span(place: &serde_saphyr::Location, yaml: &str) -> Span {
    let span = place.span();
    let start =
        span.byte_offset().and_then(|at| usize::try_from(at).ok()).unwrap_or(0).min(yaml.len());
    let length = span.byte_len().and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
    let end = (start + length).min(yaml.len());
    start..start + yaml.get(start..end).map_or(0, |text| text.trim_end().len())
}

/// The byte at a line and a column (both from 1, in characters).
fn byte_offset(text: &str, line: usize, column: usize) -> usize {
    let line_start: usize =
        text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[line_start.min(text.len())..];
    line_start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
}

fn toml_table(table: &toml::de::DeTable<'_>, span: Span) -> Node {
    let entries = table
        .iter()
        .map(|(key, value)| {
            let key = Located::new(key.get_ref().to_string(), key.span());
            (key, toml_node(value.get_ref(), value.span()))
        })
        .collect();
    Node { kind: NodeKind::Mapping(entries), span }
}

fn toml_node(value: &toml::de::DeValue<'_>, span: Span) -> Node {
    use toml::de::DeValue;
    let kind = match value {
        DeValue::String(text) => NodeKind::Text(text.to_string()),
        DeValue::Integer(number) => NodeKind::Number(number.as_str().to_owned()),
        DeValue::Float(number) => NodeKind::Number(number.as_str().to_owned()),
        DeValue::Boolean(value) => NodeKind::Bool(*value, value.to_string()),
        DeValue::Datetime(date) => NodeKind::Text(date.to_string()),
        DeValue::Array(items) => NodeKind::Sequence(
            items.iter().map(|item| toml_node(item.get_ref(), item.span())).collect(),
        ),
        DeValue::Table(table) => return toml_table(table, span),
    };
    Node { kind, span }
}
