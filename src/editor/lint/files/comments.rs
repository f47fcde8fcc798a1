//! Finds comments and tracked changes that documents still have: Office (ECMA-376 part 1 §17.13,
//! §18.7, §19.4), `OpenDocument` (ODF 1.3 part 3 §14.1, §5.5) and PDF (ISO 32000-1 §12.5.6.4).

use std::sync::Arc;

use memchr::memmem;

use super::authors::{MAX_PARTS, MAX_PROPERTIES, inflate_stream};
use super::zip::{self, Member};
use crate::diagnostic::{Code, Diagnostic, Phrase, message};

/// The maximum size of a text of a document that is read, in bytes.
const MAX_TEXT: usize = 32 * 1024 * 1024;

/// Elements of tracked changes in the texts of Word.
const WORD_CHANGES: &[&str] = &["w:ins", "w:del", "w:moveFrom", "w:moveTo"];

/// The texts of a document of Word, besides numbered ones such as `header1`.
const WORD_TEXTS: &[&str] = &["document", "footnotes", "endnotes", "header", "footer"];

/// Comments and changes that a document still has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Remains {
    has_comments: bool,
    has_changes: bool,
    /// Notes on the cells of a sheet, which many authors mean for their readers.
    has_cell_notes: bool,
}

/// Reports the comments and tracked changes of a document.
pub(super) fn check(path: &Arc<str>, bytes: &[u8]) -> Option<Diagnostic> {
    let remains = if bytes.starts_with(b"%PDF-") {
        Remains { has_comments: has_pdf_comments(bytes), ..Remains::default() }
    } else if bytes.starts_with(b"PK\x03\x04") {
        read_package(bytes)
    } else {
        return None;
    };
    let what = match (remains.has_comments, remains.has_changes) {
        (true, true) => Phrase::new("comments and tracked changes", "批注和修订痕迹"),
        (true, false) => Phrase::new("comments", "批注"),
        (false, true) => Phrase::new("tracked changes", "修订痕迹"),
        (false, false) if remains.has_cell_notes => Phrase::new("notes on cells", "单元格批注"),
        (false, false) => return None,
    };
    let message = message!(
        "this file still has {what}, which every reader can see",
        "这个文件中还有{what}，所有读者都能看到"; what
    );
    let help = message!(
        "if readers are not to see them, accept or reject all changes and delete all comments (in \
         Office: Review), and save or export the file again",
        "如果不想让读者看到，请接受或拒绝全部修订、删除全部批注（Office、WPS：审阅），然后重新保存或导出"
    );
    let is_certain = remains.has_comments || remains.has_changes;
    let report = if is_certain { Diagnostic::warning } else { Diagnostic::note };
    Some(report(Code::HasComments, path, 0..0, message).help(help))
}

fn read_package(bytes: &[u8]) -> Remains {
    let members = zip::members(bytes);
    let is_sheet = members.iter().any(|member| {
        member.name == "mimetype"
            && member.read(256).is_some_and(|text| memmem::find(&text, b"spreadsheet").is_some())
    });
    let mut remains = Remains::default();
    for member in &members {
        let (folder, file) = member.name.split_once('/').unwrap_or(("", member.name));
        let stem = file.strip_suffix(".xml").map(|stem| stem.trim_end_matches(char::is_numeric));
        match (folder, stem) {
            ("word", Some("comments")) => remains.has_comments |= has(member, &["w:comment"]),
            ("word", Some(stem)) if WORD_TEXTS.contains(&stem) => {
                remains.has_changes |= has(member, WORD_CHANGES);
            }
            ("xl", Some(stem)) if stem.starts_with("threadedComments/") => {
                remains.has_comments |= has(member, &["threadedComment"]);
            }
            ("xl", Some(stem)) if stem.starts_with("comments") => {
                remains.has_cell_notes |= has(member, &["comment", "x:comment"]);
            }
            ("ppt", Some(stem)) if stem.starts_with("comments/") => {
                remains.has_comments |= has(member, &["p:cm", "p188:cm"]);
            }
            ("", Some("content")) => {
                let has_notes = has(member, &["office:annotation"]);
                remains.has_comments |= has_notes && !is_sheet;
                remains.has_cell_notes |= has_notes && is_sheet;
                remains.has_changes |= has(member, &["text:changed-region"]);
            }
            _ => {}
        }
    }
    remains
}

/// Whether a text has one of these elements.
fn has(member: &Member<'_>, elements: &[&str]) -> bool {
    let Some(text) = member.read(MAX_TEXT) else { return false };
    elements.iter().any(|element| {
        let start = format!("<{element}");
        memmem::find_iter(&text, start.as_bytes()).any(|at| {
            let next = text.get(at + start.len());
            next.is_some_and(|next| next.is_ascii_whitespace() || *next == b'>')
        })
    })
}

/// Whether a PDF has annotations that are comments, also in compressed objects.
fn has_pdf_comments(bytes: &[u8]) -> bool {
    let mut objects = vec![0; MAX_PROPERTIES];
    has_text_annotation(bytes)
        || memmem::find_iter(bytes, b"/ObjStm")
            .take(MAX_PARTS)
            .any(|at| inflate_stream(&bytes[at..], &mut objects).is_some_and(has_text_annotation))
}

fn has_text_annotation(objects: &[u8]) -> bool {
    memmem::find_iter(objects, b"/Subtype").any(|at| {
        let value = objects[at + b"/Subtype".len()..].trim_ascii_start();
        let rest = value.strip_prefix(b"/Text");
        rest.is_some_and(|rest| rest.first().is_none_or(|c| !c.is_ascii_alphanumeric()))
    })
}

#[cfg(test)]
mod tests {
    use super::super::zip::tests::package;
    use super::*;

    fn said(bytes: &[u8]) -> Option<String> {
        let found = check(&Arc::from("a"), bytes)?;
        let what = found.message.en().strip_prefix("this file still has ")?;
        Some(what.split(',').next()?.to_owned())
    }

    #[test]
    fn comments_and_changes_in_documents_are_found() {
        for (name, text, what) in [
            ("word/comments.xml", "<w:comment w:id=\"1\" w:author=\"Li\">", "comments"),
            ("word/document.xml", "<w:ins w:id=\"1\" w:author=\"Li\">", "tracked changes"),
            ("word/document.xml", "<w:p><w:del\nw:id=\"1\">", "tracked changes"),
            ("word/header2.xml", "<w:moveFrom w:id=\"1\">", "tracked changes"),
            ("xl/comments1.xml", "<comment ref=\"A1\">", "notes on cells"),
            (
                "xl/threadedComments/threadedComment1.xml",
                "<threadedComment ref=\"A1\">",
                "comments",
            ),
            ("ppt/comments/comment1.xml", "<p:cm authorId=\"0\">", "comments"),
            ("ppt/comments/modernComment_1.xml", "<p188:cm id=\"0\">", "comments"),
            ("content.xml", "<office:annotation>", "comments"),
            ("content.xml", "<text:changed-region xml:id=\"1\">", "tracked changes"),
        ] {
            let zip = package(&[(name, text.as_bytes())]);
            assert_eq!(said(&zip).as_deref(), Some(what), "{name}: {text}");
        }
        let both = package(&[
            ("word/document.xml", b"<w:ins w:id=\"1\">"),
            ("word/comments.xml", b"<w:comment w:id=\"1\">"),
        ]);
        assert_eq!(said(&both).as_deref(), Some("comments and tracked changes"));
        let sheet = package(&[
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", b"<office:annotation office:display=\"true\">"),
        ]);
        assert_eq!(said(&sheet).as_deref(), Some("notes on cells"));
    }

    #[test]
    fn comments_in_pdf_are_found() {
        let plain = b"%PDF-1.4 << /Type /Annot /Subtype /Text /Contents (No) >>";
        assert_eq!(said(plain).as_deref(), Some("comments"));
        let mut compressor = libdeflater::Compressor::new(libdeflater::CompressionLvl::default());
        let mut objects = vec![0; 256];
        let length =
            compressor.zlib_compress(b"1 0 << /Subtype/Text/Rect[0 0 1 1] >>", &mut objects);
        let mut pdf = b"%PDF-1.7\n1 0 obj << /Type /ObjStm >>\nstream\r\n".to_vec();
        pdf.extend_from_slice(&objects[..length.expect("space")]);
        pdf.extend_from_slice(b"\nendstream");
        assert_eq!(said(&pdf).as_deref(), Some("comments"));
    }

    #[test]
    fn finished_documents_are_silent() {
        for (name, text) in [
            ("word/comments.xml", "<w:comments xmlns:w=\"w\"></w:comments>"),
            ("word/document.xml", "<w:insideH w:val=\"none\"/><w:delText>a</w:delText>"),
            ("word/styles.xml", "<w:ins w:id=\"1\">"),
            ("xl/comments1.xml", "<comments><commentList/></comments>"),
            ("ppt/slides/slide1.xml", "<p:cm authorId=\"0\">"),
            ("content.xml", "<text:tracked-changes/><office:annotation-end/>"),
        ] {
            assert_eq!(said(&package(&[(name, text.as_bytes())])), None, "{name}: {text}");
        }
        assert_eq!(said(b"%PDF-1.4 << /Subtype /TextBox >> << /Subtype /Link >>"), None);
        assert_eq!(said(b"<< /Subtype /Text >>"), None);
    }
}
