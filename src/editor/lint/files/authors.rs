//! The authors that the properties of files name: PDF (ISO 32000-1 §14.3.3, also in compressed
//! objects and XMP), documents in ZIP files (ECMA-376 part 2 §8, ODF 1.3 part 3 §4.3), and old
//! Office files (\[MS-OLEPS\]).

use std::sync::Arc;

use encoding_rs::GBK;
use memchr::memmem;

use super::zip::{self, u32_at};
use crate::diagnostic::{Code, Diagnostic, message};

/// The longest name of an author that is shown, in characters.
const MAX_NAME: usize = 40;

/// The maximum size of properties that are read, in bytes after decompression.
pub(super) const MAX_PROPERTIES: usize = 1024 * 1024;

/// The maximum number of compressed parts of a PDF that are read.
pub(super) const MAX_PARTS: usize = 200;

/// Names that programs write where they know no author.
const PROGRAMS: &[&str] = &[
    "openpyxl",
    "python-docx",
    "python-pptx",
    "Apache POI",
    "PptxGenJS",
    "Un-named",
    "unknown",
    "anonymous",
    "(anonymous)",
    "admin",
    "user",
    "User",
];

/// Reports the author that the properties of a file name.
pub(super) fn check(path: &Arc<str>, bytes: &[u8]) -> Option<Diagnostic> {
    let name = if bytes.starts_with(b"%PDF-") {
        // The strings of an encrypted file are not those that a reader sees.
        let plain = if is_encrypted(bytes) { None } else { pdf_author(bytes) };
        plain.or_else(|| compressed_author(bytes)).or_else(|| xmp_author(bytes))
    } else if bytes.starts_with(b"PK\x03\x04") {
        package_author(bytes)
    } else if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        old_office_author(bytes)
    } else {
        None
    }?;
    Some(names_author(path, &name))
}

/// A name that is not one of [`PROGRAMS`].
fn person(name: &str) -> Option<String> {
    let name = name.trim();
    (!name.is_empty() && !PROGRAMS.contains(&name)).then(|| name.to_owned())
}

pub(super) fn names_author(path: &Arc<str>, name: &str) -> Diagnostic {
    let name: String = name.chars().take(MAX_NAME).collect();
    let message = message!(
        "the properties of this file name its author: `{name}`",
        "这个文件的属性中有作者姓名：`{name}`"
    );
    let help = message!(
        "if readers are not to see it, remove it in the program that wrote the file (in Office: \
         File, Info, Inspect Document), and save or export the file again",
        "如果不想让读者看到，请在制作文件的程序中删去（Office：文件—信息—检查文档），然后重新保存或导出"
    );
    Diagnostic::note(Code::NamesAuthor, path, 0..0, message).help(help)
}

fn is_encrypted(pdf: &[u8]) -> bool {
    memmem::find(pdf, b"/Encrypt ").is_some()
}

/// The first author in the properties of a PDF, unless they are compressed (ISO 32000-1 §14.3.3).
/// A file that was changed has its earlier properties too.
fn pdf_author(bytes: &[u8]) -> Option<String> {
    memmem::find_iter(bytes, b"/Author").take(MAX_PARTS).find_map(|at| {
        let rest = bytes[at + b"/Author".len()..].trim_ascii_start();
        let rest = &rest[..rest.len().min(256)];
        person(&match rest.first()? {
            b'(' => decode_text(&literal(&rest[1..])),
            b'<' => decode_text(&hexadecimal(&rest[1..])),
            _ => return None,
        })
    })
}

/// The author in the compressed objects and metadata of a PDF (ISO 32000-1 §7.5.7, §14.3.2).
fn compressed_author(bytes: &[u8]) -> Option<String> {
    let mut objects = vec![0; MAX_PROPERTIES];
    let limit = if is_encrypted(bytes) { 0 } else { MAX_PARTS };
    let streams = memmem::find_iter(bytes, b"/ObjStm").take(limit).map(|at| (at, true));
    let metadata = memmem::find_iter(bytes, b"/Metadata").map(|at| (at, false));
    streams.chain(metadata.take(MAX_PARTS)).find_map(|(at, has_objects)| {
        let part = inflate_stream(&bytes[at..], &mut objects)?;
        if has_objects { pdf_author(part) } else { xmp_author(part) }
    })
}

/// The first stream of a part of a PDF, decompressed into a buffer.
pub(super) fn inflate_stream<'o>(part: &[u8], buffer: &'o mut [u8]) -> Option<&'o [u8]> {
    let start = memmem::find(part, b"stream")? + b"stream".len();
    let rest = &part[start..];
    let rest = rest.strip_prefix(b"\r").unwrap_or(rest);
    let rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    let source = &rest[..memmem::find(rest, b"endstream")?];
    let length = libdeflater::Decompressor::new().zlib_decompress(source, buffer).ok()?;
    buffer.get(..length)
}

/// The author in the metadata of a PDF (ISO 16684-1): `<dc:creator>` with a list.
fn xmp_author(bytes: &[u8]) -> Option<String> {
    memmem::find_iter(bytes, b"<dc:creator>").take(MAX_PARTS).find_map(|at| {
        let rest = &bytes[at..bytes.len().min(at + 512)];
        let list = String::from_utf8_lossy(rest);
        person(&element(list.split("</dc:creator>").next()?, "rdf:li")?)
    })
}

/// The files in a ZIP file that name people, with the elements for those who wrote the document,
/// who saved it last and who lead them: Office, `OpenDocument` and OFD (GB/T 33190).
const PROPERTIES: &[(&str, &[&str])] = &[
    ("docProps/core.xml", &["dc:creator", "cp:lastModifiedBy"]),
    ("docProps/app.xml", &["Manager"]),
    ("meta.xml", &["meta:initial-creator", "dc:creator"]),
    ("OFD.xml", &["ofd:Author"]),
];

/// The first person whom the properties of a document in a ZIP file name.
fn package_author(bytes: &[u8]) -> Option<String> {
    let members = zip::members(bytes);
    PROPERTIES.iter().find_map(|(file, names)| {
        let member = members.iter().find(|member| member.name == *file)?;
        let properties = member.read(MAX_PROPERTIES)?;
        let properties = String::from_utf8_lossy(&properties);
        names.iter().find_map(|name| person(&element(&properties, name)?))
    })
}

/// The text of the first element with a name.
pub(super) fn element(xml: &str, name: &str) -> Option<String> {
    let start = format!("<{name}");
    let mut starts = xml.match_indices(&start).map(|(at, _)| &xml[at + start.len()..]);
    let rest = starts.find(|rest| rest.starts_with(['>', ' ', '\n', '\r', '\t']))?;
    let (tag, text) = rest.split_once('>')?;
    if tag.ends_with('/') {
        return None;
    }
    let text = text.split('<').next()?.trim();
    let text = quick_xml::escape::unescape(text).ok()?;
    (!text.is_empty()).then(|| text.into_owned())
}

/// The format identifier of the properties of old Office files.
const SUMMARY: &[u8] = b"\xE0\x85\x9F\xF2\xF9\x4F\x68\x10\xAB\x91\x08\x00\x2B\x27\xB3\xD9";

/// The author in the properties of an old Office file, if these are in one piece.
fn old_office_author(bytes: &[u8]) -> Option<String> {
    let format = memmem::find(bytes, SUMMARY)?;
    let section = format.checked_sub(28)? + u32_at(bytes, format + 16)?;
    let count = u32_at(bytes, section + 4)?.min(64);
    // The author, and the one who saved it last.
    [4, 8].into_iter().find_map(|id| {
        let entry = (0..count).map(|index| section + 8 + 8 * index);
        let mut entries = entry.filter(|entry| u32_at(bytes, *entry) == Some(id));
        let value = section + u32_at(bytes, entries.next()? + 4)?;
        let text = bytes.get(value + 8..value + 8 + u32_at(bytes, value + 4)?.min(256))?;
        let text = text.split(|byte| *byte == 0).next()?;
        let name = str::from_utf8(text).map_or_else(|_| GBK.decode(text).0.into(), str::to_owned);
        if u32_at(bytes, value) == Some(0x1E) { person(&name) } else { None }
    })
}

/// The bytes of a string in round brackets, up to its end (ISO 32000-1 §7.3.4.2).
fn literal(source: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    let mut depth = 0_usize;
    let mut rest = source;
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'\\' => {
                let digits = rest.iter().take(3).take_while(|c| matches!(c, b'0'..=b'7')).count();
                let code = rest[..digits].iter();
                let code = code.fold(0_u8, |code, digit| code.wrapping_mul(8) + (digit - b'0'));
                match rest.first() {
                    Some(_) if digits > 0 => text.push(code),
                    Some(escaped @ (b'(' | b')' | b'\\')) => text.push(*escaped),
                    // A line break, or a control, which is in no name.
                    Some(_) => {}
                    None => break,
                }
                rest = &rest[digits.max(1)..];
                continue;
            }
            b')' if depth == 0 => break,
            b')' => depth -= 1,
            b'(' => depth += 1,
            _ => {}
        }
        text.push(*byte);
    }
    text
}

/// The bytes of a string of hexadecimal digits.
fn hexadecimal(source: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = source
        .iter()
        .take_while(|byte| **byte != b'>')
        .filter_map(|byte| char::from(*byte).to_digit(16))
        .filter_map(|digit| u8::try_from(digit).ok())
        .collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or_default()).collect()
}

/// Decodes a text of a PDF: UTF-16 or UTF-8 with a mark, or Latin letters.
fn decode_text(bytes: &[u8]) -> String {
    if let Some(text) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return String::from_utf8_lossy(text).into_owned();
    }
    let Some(units) = bytes.strip_prefix(b"\xFE\xFF") else {
        return bytes.iter().map(|byte| char::from(*byte)).collect();
    };
    let units = units.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).map_while(Result::ok).collect()
}

#[cfg(test)]
mod tests {
    use super::super::zip::tests::package;
    use super::*;

    #[test]
    fn author_of_pdf_is_read() {
        for (source, name) in [
            (&b"%PDF-1.4 << /Author (Li Ming) >>"[..], Some("Li Ming")),
            (b"/Author(Li \\(Ming\\))", Some("Li (Ming)")),
            (b"/Author <FEFF674E660E>", Some("\u{674E}\u{660E}")),
            (b"/Author (\xFE\xFF\x67\x4E\x66\x0E)", Some("\u{674E}\u{660E}")),
            (b"/Author (\\376\\377\\147\\116f\\016)", Some("\u{674E}\u{660E}")),
            (b"/Author (\xEF\xBB\xBF\xE6\x9D\x8E)", Some("\u{674E}")),
            (b"/Author () >> /Author (Li \\\nMing)", Some("Li Ming")),
            (b"/Author (user)", None),
            (b"/Author ()", None),
            (b"/Author 3 0 R", None),
            (b"/Title (A)", None),
        ] {
            assert_eq!(pdf_author(source).as_deref(), name);
        }
    }

    fn author(bytes: &[u8]) -> Option<String> {
        let found = check(&Arc::from("a"), bytes)?;
        found.message.en().split('`').nth(1).map(str::to_owned)
    }

    #[test]
    fn author_in_compressed_objects_is_read() {
        let mut compressor = libdeflater::Compressor::new(libdeflater::CompressionLvl::default());
        let mut objects = vec![0; 256];
        let length = compressor.zlib_compress(b"1 0 << /Author (Li Ming) >>", &mut objects);
        let mut pdf = b"%PDF-1.7\n1 0 obj << /Type /ObjStm >>\nstream\r\n".to_vec();
        pdf.extend_from_slice(&objects[..length.expect("space")]);
        pdf.extend_from_slice(b"\nendstream");
        assert_eq!(author(&pdf).as_deref(), Some("Li Ming"));
        let xmp = b"<dc:creator><rdf:Seq><rdf:li>Li Ming</rdf:li></rdf:Seq></dc:creator>";
        let length = compressor.zlib_compress(xmp, &mut objects).expect("space");
        let mut pdf = b"%PDF-1.7\n1 0 obj << /Type /Metadata /Subtype /XML >>\nstream\n".to_vec();
        pdf.extend_from_slice(&objects[..length]);
        pdf.extend_from_slice(b"\nendstream");
        assert_eq!(author(&pdf).as_deref(), Some("Li Ming"));
        let xmp = b"%PDF-1.7 <dc:creator><rdf:Seq><rdf:li>Li &amp; Ming</rdf:li>";
        assert_eq!(author(xmp).as_deref(), Some("Li & Ming"));
        assert_eq!(author(b"%PDF-1.7 /ObjStm stream\nendstream"), None);
        let encrypted = b"%PDF-1.7 /Author (x\x03y) >> trailer << /Encrypt 9 0 R >>";
        assert_eq!(author(encrypted), None);
    }

    #[test]
    fn author_of_packed_document_is_read() {
        for (name, text, expected) in [
            ("docProps/core.xml", "<dc:creator>李明</dc:creator>", Some("李明")),
            ("docProps/core.xml", "<cp:lastModifiedBy>Li</cp:lastModifiedBy>", Some("Li")),
            ("meta.xml", "<meta:initial-creator>Li</meta:initial-creator>", Some("Li")),
            ("docProps/core.xml", "<dc:creator>openpyxl</dc:creator>", None),
            ("docProps/core.xml", "<dc:creator></dc:creator>", None),
            (
                "docProps/core.xml",
                "<dc:creator>python-docx</dc:creator><cp:lastModifiedBy>Li</cp:lastModifiedBy>",
                Some("Li"),
            ),
            ("docProps/core.xml", "<dc:creator xml:lang=\"zh\">李明</dc:creator>", Some("李明")),
            ("docProps/app.xml", "<Manager>Li</Manager>", Some("Li")),
            ("OFD.xml", "<ofd:Author>李明</ofd:Author>", Some("李明")),
            ("word/document.xml", "<dc:creator>Li</dc:creator>", None),
        ] {
            let zip = package(&[(name, text.as_bytes())]);
            assert_eq!(author(&zip).as_deref(), expected, "{name}: {text}");
            for length in 0..zip.len() - 22 {
                assert_eq!(author(&zip[..length]), None);
            }
        }
    }

    #[test]
    fn author_of_old_document_is_read() {
        let mut file = b"\xD0\xCF\x11\xE0".to_vec();
        file.extend_from_slice(&[0; 28]);
        file.extend_from_slice(SUMMARY);
        let name = GBK.encode("李明").0;
        // The section follows: its size, one property, its identifier and place, its type.
        for number in [48_u32, 0, 1, 4, 16, 0x1E, 5] {
            file.extend_from_slice(&number.to_le_bytes());
        }
        file.extend_from_slice(&name);
        file.extend_from_slice(b"\0");
        assert_eq!(author(&file).as_deref(), Some("李明"));
        assert_eq!(author(&file[..50]), None);
    }
}
