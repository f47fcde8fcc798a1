//! Values of YAML whose maps keep the order of their keys.
//!
//! The maps of `serde_json` sort their keys, but people read a configuration in its order.

use serde::{Serialize, Serializer};
use serde_saphyr::{FlowMap, FlowSeq, ser_options};

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
        let options = ser_options! {
            compact_list_indent: false,
            prefer_block_scalars: false,
        };
        // Writing into a text cannot fail.
        serde_saphyr::to_string_with_options(self, options).unwrap_or_default()
    }
}

impl Serialize for Yaml {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Whole(number) => serializer.serialize_u32(*number),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::List(items) => {
                let is_nested =
                    items.iter().any(|item| matches!(item, Self::Map(_) | Self::List(_)));
                if is_nested {
                    serializer.collect_seq(items.iter().map(Item))
                } else {
                    FlowSeq(items).serialize(serializer)
                }
            }
            Self::Map(entries) => Entries(entries).serialize(serializer),
        }
    }
}

/// An item of a list. A map of two texts is written in one line.
struct Item<'i>(&'i Yaml);

impl Serialize for Item<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Yaml::Map(entries)
                if entries.len() == 2
                    && entries.iter().all(|(_, value)| matches!(value, Yaml::Text(_))) =>
            {
                FlowMap(Entries(entries)).serialize(serializer)
            }
            other => other.serialize(serializer),
        }
    }
}

/// The keys and values of a map, in their order.
struct Entries<'e>(&'e [(&'static str, Yaml)]);

impl Serialize for Entries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
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
                        \x20 - \"n\": 3\n\
                        pairs:\n  - {label: \"a, b\", value: c}\nwords: [one, \"two #\"]\n\
                        empty: []\n";
        assert_eq!(yaml.document(), expected);
    }
}
