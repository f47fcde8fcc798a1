//! `[lints]` in `site.toml`: which advice a site does without, and why.

use super::fields::Fields;
use super::node::Kind;
use super::reader::{Field, Reader};
use crate::diagnostic::{Code, Word, say};

/// Reads `[lints.off]`, which gives the reason for each code: `"link/vague-text" = "Old notices stay as they were."`
pub(super) fn read(fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> Vec<Code> {
    let Some(field) = fields.optional("lints") else { return Vec::new() };
    let Some(mut keys) = Fields::open(Word::typed("`[lints]`"), field.node, reader) else { return Vec::new() };
    let off = keys.optional("off").map(|field| switched_off(field, reader)).unwrap_or_default();
    keys.close(reader);
    off
}

fn switched_off(field: Field<'_>, reader: &mut Reader<'_>) -> Vec<Code> {
    let Kind::Mapping(entries) = &field.node.kind else {
        let message = say!("`[lints.off]` gives a reason for each code", "`[lints.off]` 里每个代码都要写明理由");
        let help = say!(
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
                if reason.is_absent() {
                    let message = say!("`{code}` is switched off without a reason", "关闭 `{code}` 没有写明理由");
                    let help = say!("write why: `\"{code}\" = \"…\"`", "请写明理由：`\"{code}\" = \"…\"`");
                    reader.push(reader.error(Code::MissingKey, name.span.clone(), message).help(help));
                } else if reader.text(Field::new("off", reason)).is_some() {
                    off.push(code);
                }
            }
            Some(code) => {
                let message = say!("`{code}` is a rule that every site keeps", "`{code}` 是所有网站都必须遵守的规则");
                let help =
                    say!("remove this line; only advice can be switched off", "请删除这一行；只有建议类的检查可以关闭");
                reader.push(reader.error(Code::BadValue, name.span.clone(), message).help(help));
            }
            None => {
                let name_ = &name.value;
                let message = say!("no advice is called `{name_}`", "没有名为 `{name_}` 的建议");
                let unknown = reader.error(Code::UnknownKey, name.span.clone(), message);
                reader.push(unknown.did_you_mean(&name.value, known));
            }
        }
    }
    off
}
