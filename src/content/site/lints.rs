//! `[lints]` in `site.toml`: which advice a site does without, and why.

use crate::content::front_matter::mapping::MappingReader;
use crate::content::front_matter::tree::NodeKind;
use crate::content::front_matter::value_reader::{Field, ValueReader};
use crate::diagnostic::{Code, Phrase, message};

/// Reads `[lints.off]`, which gives the reason for each code: `"link/vague-text" = "Old notices stay as they were."`
pub(crate) fn read(fields: &mut MappingReader<'_>, reader: &mut ValueReader<'_>) -> Vec<Code> {
    let Some(field) = fields.optional("lints") else { return Vec::new() };
    let Some(mut keys) = MappingReader::open(Phrase::typed("`[lints]`"), field.node, reader) else {
        return Vec::new();
    };
    let has_off = keys.optional("off").is_some();
    let written =
        if let NodeKind::Mapping(entries) = &field.node.kind { entries.as_slice() } else { &[] };
    for code in
        written.iter().filter_map(|(key, _)| Code::named(&key.value)).filter(|code| code.is_lint())
    {
        let Some(reason) = keys.optional(code.name()) else { continue };
        let message =
            message!("`{code}` stands in `[lints]` itself", "`{code}` 直接写在了 `[lints]` 中");
        let help = if has_off {
            message!("move this line below `[lints.off]`", "请把这一行移到 `[lints.off]` 下面")
        } else {
            message!(
                "write `[lints.off]` instead of `[lints]`",
                "请把 `[lints]` 改为 `[lints.off]`"
            )
        };
        reader.push(reader.error(Code::UnknownKey, reason.span(), message).help(help));
    }
    let off = keys.optional("off").map(|field| switched_off(field, reader)).unwrap_or_default();
    keys.close(reader);
    off
}

fn switched_off(field: Field<'_>, reader: &mut ValueReader<'_>) -> Vec<Code> {
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
        return Vec::new();
    };
    let mut off = Vec::new();
    for (name, reason) in entries {
        let known = Code::ALL.iter().filter(|code| code.is_lint()).map(|code| code.name());
        match Code::named(&name.value) {
            Some(code) if code.is_lint() => {
                let help =
                    message!("write why: `\"{code}\" = \"…\"`", "请写明理由：`\"{code}\" = \"…\"`");
                if reason.is_absent() {
                    let message = message!(
                        "`{code}` is switched off without a reason",
                        "关闭 `{code}` 没有写明理由"
                    );
                    reader.push(
                        reader.error(Code::MissingKey, name.span.clone(), message).help(help),
                    );
                } else if matches!(reason.kind, NodeKind::Text(_)) {
                    off.push(code);
                } else {
                    let field = Field::new(code.name(), reason);
                    reader.push(
                        reader.wrong_type(field, Phrase::new("a text", "一段文字")).help(help),
                    );
                }
            }
            Some(code) => {
                let message = message!(
                    "`{code}` is a rule that every site keeps",
                    "`{code}` 是所有网站都必须遵守的规则"
                );
                let help = message!(
                    "remove this line; only advice can be switched off",
                    "请删除这一行；只有建议类的检查可以关闭"
                );
                reader.push(reader.error(Code::BadValue, name.span.clone(), message).help(help));
            }
            None => {
                let name_ = &name.value;
                let message =
                    message!("no advice is called `{name_}`", "没有名为 `{name_}` 的建议");
                let unknown = reader.error(Code::UnknownKey, name.span.clone(), message);
                reader.push(unknown.did_you_mean(&name.value, known));
            }
        }
    }
    off
}
