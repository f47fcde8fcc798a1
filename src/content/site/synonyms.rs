//! `[search]` in `site.toml`: `synonyms`, groups of words of the same meaning.

use super::keys::SEARCH;
use crate::content::front_matter::mapping::MappingReader;
use crate::content::front_matter::tree::NodeKind;
use crate::content::front_matter::value_reader::{Field, ValueReader};
use crate::diagnostic::{Code, Message, message};

/// Reads `[search]`, whose `synonyms` are lists of words: `[["养老院", "敬老院"]]`.
pub(super) fn read(reader: &mut ValueReader<'_>, field: Field<'_>) -> Option<Vec<Vec<String>>> {
    let mut keys = MappingReader::open(&SEARCH, field.node, reader)?;
    let groups = keys.read("synonyms", reader, read_groups);
    keys.finish(reader);
    groups
}

fn help() -> Message {
    message!(
        "write a list for each group, such as `synonyms = [[\"metro\", \"subway\"]]`",
        "请每组写一个列表，例如 `synonyms = [[\"养老院\", \"敬老院\"]]`"
    )
}

fn read_groups(reader: &mut ValueReader<'_>, field: Field<'_>) -> Option<Vec<Vec<String>>> {
    let NodeKind::Sequence(nodes) = &field.node.kind else {
        let message = message!("`synonyms` is a list of groups", "`synonyms` 是由各组词组成的列表");
        reader.push(reader.error(Code::WrongType, field.span(), message).help(help()));
        return None;
    };
    let groups = nodes.iter().map(|node| read_group(reader, Field::new(field.name, node)));
    Some(groups.collect::<Vec<_>>().into_iter().flatten().collect())
}

fn read_group(reader: &mut ValueReader<'_>, field: Field<'_>) -> Option<Vec<String>> {
    if !matches!(field.node.kind, NodeKind::Sequence(_)) {
        let message = message!(
            "a group of `synonyms` is a list of words",
            "`synonyms` 中的每一组都应是词语的列表"
        );
        reader.push(reader.error(Code::WrongType, field.span(), message).help(help()));
        return None;
    }
    let words = ValueReader::list(field).into_iter().map(|word| reader.line(word));
    let words: Vec<String> =
        words.collect::<Vec<_>>().into_iter().flatten().map(|w| w.value).collect();
    if words.len() < 2 {
        let message = message!(
            "a group of `synonyms` has two words or more",
            "`synonyms` 中的每一组至少要有两个词语"
        );
        let help = message!(
            "add a word of the same meaning to the group, or remove the group",
            "请在这一组中加上意思相同的词语，或者删除这一组"
        );
        reader.push(reader.error(Code::BadValue, field.span(), message).help(help));
        return None;
    }
    Some(words)
}
