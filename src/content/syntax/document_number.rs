//! Finds document numbers in square brackets, which YAML takes as a list: `{ number: 政发[2022]3号 }`.

use super::hints::SyntaxHint;
use crate::diagnostic::message;

/// Finds the first number whose year is in square brackets, within braces.
pub(super) fn find_in_yaml(text: &str) -> Option<SyntaxHint> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some(hint) = find_in_line(line, at) {
            return Some(hint);
        }
        at += line.len();
    }
    None
}

/// `offset` is the start of the line in the text.
fn find_in_line(line: &str, offset: usize) -> Option<SyntaxHint> {
    let braces = line.find('{')?;
    let key = braces + line[braces..].find("number:")?;
    let value = key + "number:".len();
    let start = value + (line[value..].len() - line[value..].trim_start().len());
    let written = line[start..].split([',', '}', '\n']).next()?.trim_end();
    let (issuer, rest) = written.split_once('[')?;
    let (year, serial) = rest.split_once(']')?;
    let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    if issuer.is_empty() || issuer.starts_with(['"', '\'']) || !is_year {
        return None;
    }
    let meant = format!("{issuer}〔{year}〕{serial}");
    Some(SyntaxHint {
        span: offset + start..offset + start + written.len(),
        reason: message!(
            "square brackets make a list; the year of a document number is in `〔〕`",
            "方括号表示列表；发文字号中的年份应放在 `〔〕` 中"
        ),
        help: message!("write `number: {meant}`", "请写成 `number: {meant}`"),
    })
}
