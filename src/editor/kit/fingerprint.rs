//! The mark of a generated file. It says that the file is generated, and carries a fingerprint of
//! the text, so that a later kit does not overwrite what somebody has edited.

const MARK_START: &str = "Written by `gazette kit`";

/// The placeholder for the fingerprint in a text that is not signed yet.
pub(super) const UNSIGNED: &str = "seal 0000000000000000";

/// The text of the mark, to be put into a comment.
pub(super) fn mark() -> String {
    format!(
        "{MARK_START}, which replaces it as long as nobody changes it. To keep it as your own, \
         delete this mark. {UNSIGNED}"
    )
}

/// The origin of a file on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ownership {
    /// Generated, and not edited since.
    Generated,
    /// Generated, and edited since.
    Modified,
    /// Not generated, or its mark was removed.
    Foreign,
}

/// Puts the fingerprint into a text with a mark.
pub(super) fn sign(text: &str) -> String {
    text.replacen(UNSIGNED, &fingerprint(text), 1)
}

#[must_use]
pub fn ownership(text: &str) -> Ownership {
    let Some((start, found)) = find_fingerprint(text) else { return Ownership::Foreign };
    let unsigned = format!("{}{UNSIGNED}{}", &text[..start], &text[start + found.len()..]);
    if fingerprint(&unsigned) == found { Ownership::Generated } else { Ownership::Modified }
}

/// Finds the fingerprint after a mark, with its position.
fn find_fingerprint(text: &str) -> Option<(usize, &str)> {
    let mark = text.find(MARK_START)?;
    let start = mark + text[mark..].find("seal ")?;
    let found = text.get(start..start + UNSIGNED.len())?;
    let is_valid = found["seal ".len()..].bytes().all(|byte| byte.is_ascii_hexdigit());
    is_valid.then_some((start, found))
}

/// The fingerprint of an unsigned text. Line ends do not count, because git may change them.
fn fingerprint(text: &str) -> String {
    let digest = blake3::hash(text.replace("\r\n", "\n").as_bytes()).to_hex();
    format!("seal {}", &digest[..16])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ownership_depends_on_text_but_not_line_ends() {
        let text = sign(&format!("# {}\na: 1\n", mark()));
        assert_eq!(ownership(&text), Ownership::Generated);
        assert_eq!(ownership(&text.replace('\n', "\r\n")), Ownership::Generated);
        assert_eq!(ownership(&text.replace("a: 1", "a: 2")), Ownership::Modified);
        assert_eq!(ownership(&text.replace("seal ", "sea ")), Ownership::Foreign);
        assert_eq!(ownership("a: 1\n"), Ownership::Foreign);
        assert_eq!(ownership("Written by `gazette kit` … seal é"), Ownership::Foreign);
    }
}
