//! A writer of YAML that keeps the order of keys and quotes every text that needs it.
//!
//! The maps of `serde_json` sort their keys, but people read a configuration in its order.

use std::fmt::Write as _;

use crate::content::yaml_text;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Yaml {
    Text(String),
    Whole(u32),
    Flag(bool),
    List(Vec<Yaml>),
    Map(Vec<(&'static str, Yaml)>),
}

impl From<&str> for Yaml {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Yaml {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Yaml {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<bool> for Yaml {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<u32> for Yaml {
    fn from(number: u32) -> Self {
        Self::Whole(number)
    }
}

impl<T: Into<Self>> From<Vec<T>> for Yaml {
    fn from(items: Vec<T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

/// Makes a map from keys and values.
macro_rules! map {
    ($($key:literal: $value:expr),* $(,)?) => {
        $crate::editor::kit::yaml::Yaml::Map(vec![
            $(($key, $crate::editor::kit::yaml::Yaml::from($value))),*
        ])
    };
}
pub(super) use map;

impl Yaml {
    /// Adds a key to a map.
    pub(super) fn with(mut self, key: &'static str, value: impl Into<Self>) -> Self {
        if let Self::Map(entries) = &mut self {
            entries.push((key, value.into()));
        }
        self
    }

    /// Adds a key to a map if there is a value.
    pub(super) fn with_some(self, key: &'static str, value: Option<impl Into<Self>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// Writes the document.
    pub(super) fn document(&self) -> String {
        let mut out = String::new();
        self.block(&mut out, 0);
        out
    }

    /// Writes a value on lines of its own, or in one line.
    fn block(&self, out: &mut String, indent: usize) {
        let margin = " ".repeat(indent);
        match self {
            Self::Map(entries) if !entries.is_empty() => {
                for (key, value) in entries {
                    let _ = write!(out, "{margin}{key}:");
                    value.after_key(out, indent + 2);
                }
            }
            Self::List(items) if !items.is_empty() => {
                for item in items {
                    if let Some(line) = item.pair() {
                        let _ = writeln!(out, "{margin}- {line}");
                        continue;
                    }
                    let mut text = String::new();
                    item.block(&mut text, indent + 2);
                    let _ = write!(out, "{margin}- {}", text.trim_start_matches(' '));
                }
            }
            other => {
                let _ = writeln!(out, "{margin}{}", other.inline());
            }
        }
    }

    fn after_key(&self, out: &mut String, indent: usize) {
        match self {
            Self::Map(entries) if !entries.is_empty() => {
                out.push('\n');
                self.block(out, indent);
            }
            Self::List(items)
                if items.iter().any(|item| matches!(item, Self::Map(_) | Self::List(_))) =>
            {
                out.push('\n');
                self.block(out, indent);
            }
            other => {
                let _ = writeln!(out, " {}", other.inline());
            }
        }
    }

    /// A map of two texts, which is written in one line.
    fn pair(&self) -> Option<String> {
        match self {
            Self::Map(entries)
                if entries.len() == 2
                    && entries.iter().all(|(_, value)| matches!(value, Self::Text(_))) =>
            {
                let words: Vec<String> = entries
                    .iter()
                    .map(|(key, value)| format!("{key}: {}", value.inline()))
                    .collect();
                Some(format!("{{ {} }}", words.join(", ")))
            }
            _ => None,
        }
    }

    /// Writes a value in one line.
    fn inline(&self) -> String {
        match self {
            Self::Text(text) => yaml_text(text),
            Self::Whole(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
            Self::List(items) => {
                format!("[{}]", items.iter().map(Self::inline).collect::<Vec<_>>().join(", "))
            }
            Self::Map(_) => "{}".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_keeps_order_of_keys() {
        let yaml = map! {
            "z": "no",
            "list": vec![
                map! { "name": "a: b", "deep": vec![map! { "x": true }] }, map! { "n": 3 },
            ],
            "pairs": vec![map! { "label": "a, b", "value": "c" }],
            "words": vec!["one", "two #"],
            "empty": Yaml::List(Vec::new()),
        };
        let expected = "z: \"no\"\nlist:\n  - name: \"a: b\"\n    deep:\n      - x: true\n\
                        \x20 - n: 3\n\
                        pairs:\n  - { label: \"a, b\", value: c }\nwords: [one, \"two #\"]\n\
                        empty: []\n";
        assert_eq!(yaml.document(), expected);
    }
}
