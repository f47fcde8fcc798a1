//! Guesses the encoding of text that is not UTF-8.

/// The encoding, if it is certain enough to be named.
pub(super) fn guess(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Some("UTF-16");
    }
    has_alternate_zeros(bytes).then_some("UTF-16").or_else(|| is_gb2312(bytes).then_some("GBK"))
}

/// Whether every second byte at the start is 0, as in ASCII text in UTF-16 without its mark.
fn has_alternate_zeros(bytes: &[u8]) -> bool {
    let Some(start) = bytes.first_chunk::<8>() else { return false };
    let is_zero = |first: usize| start[first..].iter().step_by(2).all(|byte| *byte == 0);
    is_zero(0) != is_zero(1)
}

/// Whether all characters that are not ASCII are pairs of GB2312, which GBK extends. Latin text in
/// an older encoding has single bytes there.
fn is_gb2312(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    let mut pairs = 0_usize;
    loop {
        rest = match rest {
            [] => return pairs > 1,
            [first, rest @ ..] if first.is_ascii() => rest,
            [0xA1..=0xF7, 0xA1..=0xFE, rest @ ..] => {
                pairs += 1;
                rest
            }
            _ => return false,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoding_is_named_where_it_is_certain() {
        for (bytes, name) in [
            (&b"\xFF\xFE-\0-\0"[..], Some("UTF-16")),
            (b"\xFE\xFF\0-\0-", Some("UTF-16")),
            (b"-\0-\0-\0\n\0", Some("UTF-16")),
            (b"title: \xB9\xAB\xB1\xA8\n", Some("GBK")),
            (b"title: r\xE9sum\xE9\n", None),
            (b"title: \xA4\xBD\xB3\xF8\xA4@\n", None),
            (b"\xFF", None),
            (b"", None),
        ] {
            assert_eq!(guess(bytes), name, "{bytes:?}");
        }
    }
}
