//! The mark of a file that the kit wrote: it says so to people, and seals the text, so that a later kit knows whether
//! somebody has changed it since.

/// Stands in a file that is to be sealed, once.
pub(super) const UNSIGNED: &str = "seal 0000000000000000";

/// What people are told, to be put behind the sign that starts a comment.
pub(super) fn mark() -> String {
    format!(
        "Written by `gazette kit`, which replaces it as long as nobody changes it. To keep it as your own, delete this mark. {UNSIGNED}"
    )
}

/// What a file on disk is to the kit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ownership {
    /// As the kit left it.
    Generated,
    /// Written by the kit, and changed since.
    Modified,
    /// Somebody's own.
    Foreign,
}

/// The text with its seal: a digest of everything else in it.
pub(super) fn sign(text: &str) -> String {
    text.replacen(UNSIGNED, &fingerprint(text), 1)
}

/// What a file is to the kit.
#[must_use]
pub fn ownership(text: &str) -> Ownership {
    let Some((start, found)) = find(text) else { return Ownership::Foreign };
    let bare = format!("{}{UNSIGNED}{}", &text[..start], &text[start + found.len()..]);
    if fingerprint(&bare) == found { Ownership::Generated } else { Ownership::Modified }
}

/// Where the seal stands, within a mark of the kit.
fn find(text: &str) -> Option<(usize, &str)> {
    let mark = text.find("Written by `gazette kit`")?;
    let start = mark + text[mark..].find("seal ")?;
    let found = text.get(start..start + UNSIGNED.len())?;
    found["seal ".len()..].bytes().all(|byte| byte.is_ascii_hexdigit()).then_some((start, found))
}

/// Line ends do not count: git may change them.
fn fingerprint(text: &str) -> String {
    let digest = blake3::hash(text.replace("\r\n", "\n").as_bytes()).to_hex();
    format!("seal {}", &digest[..16])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_breaks_with_any_change_and_not_with_line_ends() {
        let text = sign(&format!("# {}\na: 1\n", mark()));
        assert_eq!(ownership(&text), Ownership::Generated);
        assert_eq!(ownership(&text.replace('\n', "\r\n")), Ownership::Generated);
        assert_eq!(ownership(&text.replace("a: 1", "a: 2")), Ownership::Modified);
        assert_eq!(ownership(&text.replace("seal ", "sea ")), Ownership::Foreign);
        assert_eq!(ownership("a: 1\n"), Ownership::Foreign);
        assert_eq!(ownership("Written by `gazette kit` … seal é"), Ownership::Foreign);
    }
}
