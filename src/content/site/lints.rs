//! `[lints]` in `site.toml`: the lints that are switched off for this site, each with its reason.

use super::keys::LINTS;
use crate::content::front_matter::mapping::MappingReader;
use crate::content::front_matter::tree::{Located, Node, NodeKind};
use crate::content::front_matter::value_reader::{Field, ValueReader};
use crate::diagnostic::{Code, Phrase, message};

/// Reads `[lints.off]`, which gives the reason for each code:
/// `"link/vague-text" = "Old notices stay as they were."`
pub(super) fn read(reader: &mut ValueReader<'_>, field: Field<'_>) -> Option<Vec<Code>> {
    let mut keys = MappingReader::open(&LINTS, field.node, reader)?;
    for code in Code::ALL {
        if code.is_lint() && keys.is_written(code.name()) {
            report_outside_of_off(*code, &mut keys, reader);
        }
    }
    let off = keys.read("off", reader, read_off);
    keys.finish(reader);
    off
}

fn report_outside_of_off(code: Code, keys: &mut MappingReader<'_>, reader: &mut ValueReader<'_>) {
    let message = message!("`{code}` is in `[lints]` itself", "`{code}` 直接写在了 `[lints]` 中");
    let help = if keys.peek("off").is_some() {
        message!("move this line below `[lints.off]`", "请把这一行移到 `[lints.off]` 下面")
    } else {
        message!("write `[lints.off]` instead of `[lints]`", "请把 `[lints]` 改为 `[lints.off]`")
    };
    if let Some(reason) = keys.take_foreign(code.name()) {
        reader.push(reader.error(Code::UnknownKey, reason.span(), message).help(help));
    }
}

fn read_off(reader: &mut ValueReader<'_>, field: Field<'_>) -> Option<Vec<Code>> {
    let NodeKind::Mapping(entries) = &field.node.kind else {
        let message = message!(
            "`[lints.off]` gives a reason for each code",
            "`[lints.off]` 里每个代码都要写明理由"
        );
        let help = message!(
            "write `[lints.off]` on one line, and `\"link/vague-text\" = \"Why.\"` below it",
            "请单独写一行 `[lints.off]`，在下面写 `\"link/vague-text\" = \"理由\"`"
        );
        reader.push(reader.error(Code::WrongType, field.span(), message).help(help));
        return None;
    };
    Some(entries.iter().filter_map(|(name, reason)| read_code(reader, name, reason)).collect())
}

fn read_code(reader: &mut ValueReader<'_>, name: &Located<String>, reason: &Node) -> Option<Code> {
    let Some(code) = Code::named(&name.value) else {
        let written = &name.value;
        let message = message!("no advice is called `{written}`", "没有名为 `{written}` 的建议");
        let unknown = reader.error(Code::UnknownKey, name.span.clone(), message);
        let lints = Code::ALL.iter().filter(|code| code.is_lint()).map(|code| code.name());
        reader.push(unknown.did_you_mean(written, lints));
        return None;
    };
    if !code.is_lint() {
        let message = message!(
            "`{code}` is a rule that applies to every site",
            "`{code}` 是所有网站都必须遵守的规则"
        );
        let help = message!(
            "remove this line; only advice can be switched off",
            "请删除这一行；只有建议类的检查可以关闭"
        );
        reader.push(reader.error(Code::BadValue, name.span.clone(), message).help(help));
        return None;
    }
    let help = message!("write why: `\"{code}\" = \"…\"`", "请写明理由：`\"{code}\" = \"…\"`");
    if reason.is_absent() {
        let message =
            message!("`{code}` is switched off without a reason", "关闭 `{code}` 没有写明理由");
        reader.push(reader.error(Code::MissingKey, name.span.clone(), message).help(help));
        return None;
    }
    if !matches!(reason.kind, NodeKind::Text(_)) {
        let field = Field::new(code.name(), reason);
        reader.push(reader.wrong_type(field, Phrase::new("a text", "一段文字")).help(help));
        return None;
    }
    Some(code)
}
