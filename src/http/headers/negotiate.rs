//! Content codings: which representation of a resource a client gets (RFC 9110 §12.5.3).
//!
//! Unreadable parts of a header are ignored. Without a header the client gets the identity. Named
//! codings are preferred to an identity that is not named; of equal weights the smallest body wins.
//! A coding named twice has its lowest weight, so that no order of members undoes a refusal.

use std::cmp::Reverse;

use actix_web::http::header::{ACCEPT_ENCODING, HeaderMap, HeaderValue};

use crate::edition::{Encoding, Resource};

/// Chooses the coding of a resource that a client prefers by its `Accept-Encoding`.
///
/// `None` if it refuses all of them, which takes an explicit `identity;q=0` or `*;q=0`.
pub(crate) fn choose(headers: &HeaderMap, resource: &Resource) -> Option<Encoding> {
    choose_by_lines(lines(headers), resource)
}

/// Chooses as [`choose`] does, by the lines of an `Accept-Encoding`.
pub(crate) fn choose_by_lines<'h>(
    lines: impl Iterator<Item = &'h [u8]>,
    resource: &Resource,
) -> Option<Encoding> {
    choose_among(resource.body.codings(), AcceptEncoding::parse(lines))
}

/// Chooses the coding for a body that is not compressed yet: the identity if the client refuses
/// all.
pub(crate) fn preferred_encoding(headers: &HeaderMap) -> Encoding {
    let accepted = AcceptEncoding::parse(lines(headers));
    [Encoding::Identity, Encoding::Gzip, Encoding::Zstd, Encoding::Brotli]
        .into_iter()
        .filter_map(|encoding| Some((accepted.weight(encoding)?, encoding)))
        .max()
        .map_or(Encoding::Identity, |(_, encoding)| encoding)
}

fn lines(headers: &HeaderMap) -> impl Iterator<Item = &[u8]> {
    headers.get_all(ACCEPT_ENCODING).map(HeaderValue::as_bytes)
}

/// Chooses among codings with their lengths; one without a length is the smallest.
fn choose_among(
    available: impl Iterator<Item = (Encoding, Option<usize>)>,
    accepted: AcceptEncoding,
) -> Option<Encoding> {
    available
        .filter_map(|(encoding, length)| Some((accepted.weight(encoding)?, length, encoding)))
        .max_by_key(|(weight, length, encoding)| (*weight, Reverse(*length), *encoding))
        .map(|(_, _, encoding)| encoding)
}

/// The weights in an `Accept-Encoding`, in thousandths.
#[derive(Debug, Default, Clone, Copy)]
struct AcceptEncoding {
    identity: Option<u16>,
    gzip: Option<u16>,
    zstd: Option<u16>,
    brotli: Option<u16>,
    others: Option<u16>,
}

impl AcceptEncoding {
    fn parse<'h>(lines: impl Iterator<Item = &'h [u8]>) -> Self {
        let mut accepted = Self::default();
        for (coding, weight) in
            lines.flat_map(|line| line.split(|&byte| byte == b',')).filter_map(parse_member)
        {
            if let Some(known) = accepted.weight_mut(coding) {
                *known = Some(known.map_or(weight, |earlier| earlier.min(weight)));
            }
        }
        accepted
    }

    fn weight_mut(&mut self, coding: &[u8]) -> Option<&mut Option<u16>> {
        let is = |name: &str| coding.eq_ignore_ascii_case(name.as_bytes());
        match coding {
            b"*" => Some(&mut self.others),
            _ if is("identity") => Some(&mut self.identity),
            _ if is("gzip") || is("x-gzip") => Some(&mut self.gzip),
            _ if is("zstd") => Some(&mut self.zstd),
            _ if is("br") => Some(&mut self.brotli),
            _ => None,
        }
    }

    /// The weight of an encoding; `None` if it must not be sent.
    fn weight(&self, encoding: Encoding) -> Option<u16> {
        let (named, otherwise) = match encoding {
            // Acceptable unless it is refused, but after every named coding.
            Encoding::Identity => (self.identity, Some(0)),
            Encoding::Gzip => (self.gzip, None),
            Encoding::Zstd => (self.zstd, None),
            Encoding::Brotli => (self.brotli, None),
        };
        match named.or(self.others) {
            Some(0) => None,
            Some(weight) => Some(weight),
            None => otherwise,
        }
    }
}

/// Parses one member, `codings [ weight ]`; `None` if it is malformed.
fn parse_member(text: &[u8]) -> Option<(&[u8], u16)> {
    let mut parts = text.split(|&byte| byte == b';').map(<[u8]>::trim_ascii);
    let coding = parts.next()?;
    let weight = match parts.next() {
        None => 1000,
        Some(parameter) => {
            parse_qvalue(parameter.strip_prefix(b"q=").or_else(|| parameter.strip_prefix(b"Q="))?)?
        }
    };
    (!coding.is_empty() && parts.next().is_none()).then_some((coding, weight))
}

/// Parses a `qvalue` (RFC 9110 §12.4.2): 0 to 1 with at most three decimals, in thousandths.
fn parse_qvalue(text: &[u8]) -> Option<u16> {
    let (whole, decimals) = match text {
        [whole @ (b'0' | b'1')] => (whole, [].as_slice()),
        [whole @ (b'0' | b'1'), b'.', decimals @ ..] if decimals.len() <= 3 => (whole, decimals),
        _ => return None,
    };
    let mut value = u16::from(whole - b'0') * 1000;
    for (digit, scale) in decimals.iter().zip([100, 10, 1]) {
        value += u16::from(digit.is_ascii_digit().then(|| digit - b'0')?) * scale;
    }
    (value <= 1000).then_some(value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Chooses among bodies with these lengths by these header lines.
    fn choose_encoding(lines: &[&[u8]], lengths: &[(Encoding, usize)]) -> Option<Encoding> {
        let available = lengths.iter().map(|(encoding, length)| (*encoding, Some(*length)));
        choose_among(available, AcceptEncoding::parse(lines.iter().copied()))
    }

    const ALL: [(Encoding, usize); 4] = [
        (Encoding::Identity, 100),
        (Encoding::Gzip, 40),
        (Encoding::Zstd, 35),
        (Encoding::Brotli, 30),
    ];

    #[test]
    fn accept_encoding_selects_representation() {
        use Encoding::{Brotli, Gzip, Identity, Zstd};
        let table: &[(&[&str], Option<Encoding>)] = &[
            (&[], Some(Identity)),
            (&[""], Some(Identity)),
            (&["gzip, deflate, br, zstd"], Some(Brotli)),
            (&["gzip, deflate"], Some(Gzip)),
            (&["gzip", "zstd"], Some(Zstd)),
            (&["x-gzip"], Some(Gzip)),
            (&["GZIP;Q=0.5"], Some(Gzip)),
            (&["br;q=0.5, gzip;q=0.8"], Some(Gzip)),
            (&["br;q=0.001, identity;q=0.002"], Some(Identity)),
            (&["compress, gzip"], Some(Gzip)),
            (&["*"], Some(Brotli)),
            (&["*;q=0.5, identity"], Some(Identity)),
            (&["*, br;q=0"], Some(Zstd)),
            (&["gzip;q=1.0, identity; q=0.5, *;q=0"], Some(Gzip)),
            (&["identity;q=0"], None),
            (&["*;q=0"], None),
            (&["*;q=0, identity"], Some(Identity)),
            (&["identity;q=0, *"], Some(Brotli)),
            (&["identity;q=0, deflate"], None),
            (&["br;q=1, br;q=0"], Some(Identity)),
            (&["br;q=0, br"], Some(Identity)),
            (&["br;q=2, gzip"], Some(Gzip)),
            (&["br;q=0.1234, gzip;q=0.1"], Some(Gzip)),
            (&["br;level=3"], Some(Identity)),
            (&["br;q=1;q=1"], Some(Identity)),
            (&[",,;;, =,q=1,;q=1"], Some(Identity)),
            (&["br q=1"], Some(Identity)),
        ];
        for (lines, expected) in table {
            let bytes: Vec<_> = lines.iter().map(|line| line.as_bytes()).collect();
            assert_eq!(choose_encoding(&bytes, &ALL), *expected, "{lines:?}");
        }
    }

    #[test]
    fn equal_weights_select_smallest_body_then_brotli() {
        use Encoding::{Brotli, Gzip, Identity};
        let line: &[u8] = b"gzip, br, identity";
        assert_eq!(choose_encoding(&[line], &[(Identity, 9), (Gzip, 7), (Brotli, 8)]), Some(Gzip));
        assert_eq!(
            choose_encoding(&[line], &[(Identity, 9), (Gzip, 7), (Brotli, 7)]),
            Some(Brotli)
        );
        assert_eq!(
            choose_encoding(&[line], &[(Identity, 5), (Gzip, 7), (Brotli, 8)]),
            Some(Identity)
        );
    }

    #[test]
    fn coding_without_length_is_the_smallest() {
        let available = [(Encoding::Gzip, Some(7)), (Encoding::Brotli, None)];
        let accepted = AcceptEncoding::parse([b"gzip, br".as_slice()].into_iter());
        assert_eq!(choose_among(available.into_iter(), accepted), Some(Encoding::Brotli));
    }

    #[test]
    fn qvalue_has_at_most_three_decimals() {
        let table = [
            ("0", Some(0)),
            ("1", Some(1000)),
            ("0.", Some(0)),
            ("0.5", Some(500)),
            ("0.05", Some(50)),
        ];
        let malformed = ["", ".5", "1.001", "1.5", "2", "0.0000", "0,5", "-0", "+1", "0.a", "٠"]
            .map(|text| (text, None));
        for (text, expected) in table.into_iter().chain(malformed) {
            assert_eq!(parse_qvalue(text.as_bytes()), expected, "{text:?}");
        }
    }

    /// Members as clients write them, with weights in tenths.
    fn members() -> impl Strategy<Value = Vec<(&'static str, u16)>> {
        let coding = prop::sample::select(vec!["br", "gzip", "zstd", "identity", "*", "deflate"]);
        prop::collection::vec((coding, 0..=10_u16), 0..8)
    }

    fn format_members(members: &[(&str, u16)]) -> String {
        members
            .iter()
            .map(|(coding, tenths)| format!("{coding};q={}.{}", tenths / 10, tenths % 10))
            .collect::<Vec<_>>()
            .join(" , ")
    }

    proptest! {
        #[test]
        fn any_bytes_are_accepted(
            lines in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 0..4),
        ) {
            let lines: Vec<&[u8]> = lines.iter().map(Vec::as_slice).collect();
            let _ = choose_encoding(&lines, &ALL);
        }

        #[test]
        fn refused_coding_is_never_selected(members in members()) {
            let line = format_members(&members);
            let refuses = |coding: &str| members.contains(&(coding, 0));
            match choose_encoding(&[line.as_bytes()], &ALL) {
                Some(encoding) => {
                    prop_assert!(!refuses(encoding.header().unwrap_or("identity")), "{line}");
                }
                None => prop_assert!(refuses("identity") || refuses("*"), "{line}"),
            }
        }

        #[test]
        fn order_and_lines_of_members_do_not_matter(members in members()) {
            let together = format_members(&members);
            let reversed: Vec<_> = members.iter().rev().copied().collect();
            let reversed = format_members(&reversed);
            let apart: Vec<_> = members.iter().map(|member| format_members(&[*member])).collect();
            let apart: Vec<_> = apart.iter().map(String::as_bytes).collect();
            let first = choose_encoding(&[together.as_bytes()], &ALL);
            prop_assert_eq!(first, choose_encoding(&[reversed.as_bytes()], &ALL));
            if !members.is_empty() {
                prop_assert_eq!(first, choose_encoding(&apart, &ALL));
            }
        }

        #[test]
        fn heavier_coding_precedes_lighter_one(low in 1..=999_u16, step in 1..=999_u16) {
            let high = (low + step).min(1000);
            let line = format!("br;q=0.{low:03}, gzip;q={}.{:03}", high / 1000, high % 1000);
            prop_assert_eq!(choose_encoding(&[line.as_bytes()], &ALL), Some(Encoding::Gzip));
        }
    }
}
