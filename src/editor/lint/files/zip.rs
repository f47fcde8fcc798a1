//! The files in a ZIP file (APPNOTE.TXT 6.3.10 §4.3), which documents of Office and of
//! `OpenDocument` are.

use std::borrow::Cow;

use memchr::memmem;

/// The maximum number of files that are read.
const MAX_MEMBERS: usize = 2000;

/// The maximum size of all files that are read, decompressed, in bytes: a small ZIP file may name
/// one compressed file a thousand times.
const MAX_TOTAL: usize = 256 * 1024 * 1024;

/// A file in a ZIP file.
pub(super) struct Member<'b> {
    pub(super) name: &'b str,
    source: &'b [u8],
    method: usize,
    size: usize,
}

impl Member<'_> {
    /// Returns the decompressed file, if it has at most so many bytes.
    pub(super) fn read(&self, limit: usize) -> Option<Cow<'_, [u8]>> {
        match self.method {
            0 => Some(Cow::Borrowed(self.source)),
            8 if self.size <= limit => {
                let mut bytes = vec![0; self.size];
                let mut decompressor = libdeflater::Decompressor::new();
                decompressor.deflate_decompress(self.source, &mut bytes).ok()?;
                Some(Cow::Owned(bytes))
            }
            _ => None,
        }
    }
}

/// Reads the directory of a ZIP file, up to what is damaged or beyond the limits.
pub(super) fn members(bytes: &[u8]) -> Vec<Member<'_>> {
    let mut members = Vec::new();
    let near = bytes.len().saturating_sub(0x1_0016);
    let end = memmem::rfind(&bytes[near..], b"PK\x05\x06").map(|at| near + at);
    let mut next = end.and_then(|end| u32_at(bytes, end + 16));
    let mut total = 0;
    while let Some(at) = next
        && members.len() < MAX_MEMBERS
        && let Some((member, after)) = read_member(bytes, at)
        && total + member.size <= MAX_TOTAL
    {
        total += member.size;
        members.push(member);
        next = Some(after);
    }
    members
}

/// Reads the entry of the directory at a position, and returns that of the next.
fn read_member(bytes: &[u8], at: usize) -> Option<(Member<'_>, usize)> {
    if !bytes.get(at..)?.starts_with(b"PK\x01\x02") {
        return None;
    }
    let length = u16_at(bytes, at + 28)?;
    let name = str::from_utf8(bytes.get(at + 46..at + 46 + length)?).unwrap_or_default();
    let (packed, size) = (u32_at(bytes, at + 20)?, u32_at(bytes, at + 24)?);
    let local = u32_at(bytes, at + 42)?;
    let start = local + 30 + u16_at(bytes, local + 26)? + u16_at(bytes, local + 28)?;
    let source = bytes.get(start..start + packed)?;
    let next = at + 46 + length + u16_at(bytes, at + 30)? + u16_at(bytes, at + 32)?;
    Some((Member { name, source, method: u16_at(bytes, at + 10)?, size }, next))
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(usize::from(u16::from_le_bytes([bytes[0], bytes[1]])))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    usize::try_from(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])).ok()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A ZIP file with compressed files.
    pub(in super::super) fn package(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut compressor = libdeflater::Compressor::new(libdeflater::CompressionLvl::default());
        let (mut zip, mut directory) = (Vec::new(), Vec::new());
        for (name, text) in files {
            let mut packed = vec![0; text.len() + 512];
            let length = compressor.deflate_compress(text, &mut packed).expect("space");
            let sizes =
                [0, length, text.len()].map(|size| size.to_le_bytes()[..4].to_vec()).concat();
            let names = [name.len(), 0].map(|size| size.to_le_bytes()[..2].to_vec()).concat();
            let method = [20_u16, 0, 8, 0, 0].map(u16::to_le_bytes).concat();
            let local = zip.len().to_le_bytes();
            zip.extend_from_slice(b"PK\x03\x04");
            for part in [&method, &sizes, &names, name.as_bytes(), &packed[..length]] {
                zip.extend_from_slice(part);
            }
            directory.extend_from_slice(b"PK\x01\x02\0\0");
            for part in [&method, &sizes, &names, &[0; 10][..], &local[..4], name.as_bytes()] {
                directory.extend_from_slice(part);
            }
        }
        let start = zip.len().to_le_bytes();
        zip.extend_from_slice(&directory);
        zip.extend_from_slice(b"PK\x05\x06\0\0\0\0\x01\0\x01\0\0\0\0\0");
        zip.extend_from_slice(&start[..4]);
        zip.extend_from_slice(b"\0\0");
        zip
    }

    #[test]
    fn files_in_package_are_read_within_limit() {
        let zip = package(&[("a.xml", b"<a/>"), ("b.xml", b"<b/>")]);
        let members = members(&zip);
        let texts: Vec<_> = members.iter().map(|member| (member.name, member.read(4))).collect();
        assert_eq!(
            texts,
            [
                ("a.xml", Some(Cow::Borrowed(&b"<a/>"[..]))),
                ("b.xml", Some(Cow::Borrowed(&b"<b/>"[..])))
            ]
        );
        assert_eq!(members[0].read(3), None);
    }

    #[test]
    fn files_beyond_total_size_are_left_out() {
        let zeros = vec![0; 100 << 20];
        let zip = package(&[("a", &zeros), ("b", &zeros), ("c", &zeros)]);
        let names: Vec<&str> = members(&zip).iter().map(|member| member.name).collect();
        assert_eq!(names, ["a", "b"]);
    }
}
