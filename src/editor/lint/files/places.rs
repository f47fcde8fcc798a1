//! Finds the places (GPS) that pictures inside documents name. Pictures of their own are published
//! without metadata; a document is published as it is.

use std::sync::Arc;

use memchr::memmem;

use super::authors::MAX_PARTS;
use super::zip;
use crate::content::image::read_exif;
use crate::diagnostic::{Code, Diagnostic, message};

/// Extensions of pictures in documents that may have metadata.
const PICTURES: &[&str] = &["jpg", "jpeg", "png", "webp", "tif", "tiff"];

/// The maximum size of a picture that is read, in bytes.
const MAX_PICTURE: usize = 32 * 1024 * 1024;

/// The maximum size of the Exif data of a picture, that of a JPEG segment.
const MAX_EXIF: usize = 0x1_0000;

/// The bytes before Exif data in JPEG and WebP, and in PNG.
const EXIF: [&[u8]; 2] = [b"Exif\0\0", b"eXIf"];

/// Reports the first picture in a document that names the place where it was taken.
pub(super) fn check(path: &Arc<str>, bytes: &[u8]) -> Option<Diagnostic> {
    let message = if bytes.starts_with(b"%PDF-") {
        // Pictures are in a PDF with their metadata, unless the program made them anew.
        has_place(bytes).then(|| {
            message!(
                "a picture in this file names the place where it was taken (GPS), and is \
                 published with it",
                "这个文件中有图片带有拍摄地点（GPS），会随文件一起公开"
            )
        })
    } else if bytes.starts_with(b"PK\x03\x04") {
        package_picture(bytes).map(|name| {
            message!(
                "the picture `{name}` in this file names the place where it was taken (GPS), and \
                 is published with it",
                "这个文件中的图片 `{name}` 带有拍摄地点（GPS），会随文件一起公开"
            )
        })
    } else {
        None
    }?;
    let help = message!(
        "remove the metadata of the picture, as with `exiftool -all= photo.jpg`, put it into the \
         document again, and save or export that",
        "请去除图片的元数据，例如运行 `exiftool -all= photo.jpg`，再重新插入文档并保存或导出"
    );
    Some(Diagnostic::warning(Code::NamesAuthor, path, 0..0, message).help(help))
}

/// The name of the first picture in a ZIP file that names a place.
fn package_picture(bytes: &[u8]) -> Option<String> {
    let members = zip::members(bytes);
    let mut pictures = members.iter().filter(|member| {
        let extension = member.name.rsplit_once('.').map_or("", |(_, extension)| extension);
        PICTURES.iter().any(|known| extension.eq_ignore_ascii_case(known))
    });
    let found =
        pictures.find(|picture| picture.read(MAX_PICTURE).is_some_and(|bytes| has_place(&bytes)));
    found.map(|picture| picture.name.to_owned())
}

/// Whether the Exif or XMP data of a picture (CIPA DC-008 §4.6.6) has a latitude.
fn has_place(bytes: &[u8]) -> bool {
    let in_exif = EXIF.into_iter().any(|start| {
        memmem::find_iter(bytes, start).take(MAX_PARTS).any(|at| {
            let data = &bytes[at + start.len()..];
            has_latitude(&data[..data.len().min(MAX_EXIF)])
        })
    });
    in_exif || memmem::find(bytes, b"exif:GPSLatitude").is_some()
}

fn has_latitude(tiff: &[u8]) -> bool {
    read_exif(tiff).is_some_and(|exif| {
        exif.fields().any(|field| {
            // Cameras without reception write zeros.
            let exif::Value::Rational(parts) = &field.value else { return false };
            field.tag == exif::Tag::GPSLatitude && parts.iter().any(|part| part.num > 0)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::zip::tests::package;
    use super::*;

    /// A picture whose Exif data has a latitude of so many degrees.
    fn picture(degrees: u8) -> Vec<u8> {
        let mut bytes = b"\xFF\xD8\xFF\xE1\0\x80Exif\0\0II*\0\x08\0\0\0\x01\0".to_vec();
        bytes.extend_from_slice(b"\x25\x88\x04\0\x01\0\0\0\x1A\0\0\0\0\0\0\0");
        // Nothing says that no directory follows, as in what `piexif` writes.
        bytes.extend_from_slice(b"\x01\0\x02\0\x05\0\x03\0\0\0\x28\0\0\0");
        for part in [degrees, 1, 0, 1, 0, 1] {
            bytes.extend_from_slice(&[part, 0, 0, 0]);
        }
        bytes.extend_from_slice(b"\xFF\xD9");
        bytes
    }

    fn said(bytes: &[u8]) -> Option<String> {
        check(&Arc::from("a"), bytes).map(|found| found.message.en().to_owned())
    }

    #[test]
    fn place_of_picture_in_document_is_found() {
        let zip = package(&[("word/media/image1.JPEG", &picture(45))]);
        assert!(said(&zip).is_some_and(|said| said.contains("`word/media/image1.JPEG`")));
        let pdf = [&b"%PDF-1.4 /Filter /DCTDecode stream\n"[..], &picture(45)].concat();
        assert!(said(&pdf).is_some_and(|said| said.contains("GPS")));
        let xmp = b"%PDF-1.4 stream <exif:GPSLatitude>45,46N</exif:GPSLatitude>";
        assert!(said(xmp).is_some());
    }

    #[test]
    fn document_without_place_is_silent() {
        for file in [
            package(&[("word/media/image1.jpg", &picture(0))]),
            package(&[("word/media/image1.jpg", &picture(45)[..40])]),
            package(&[("word/notes.txt", &picture(45))]),
            [&b"%PDF-1.4 "[..], &picture(0)].concat(),
            b"%PDF-1.4 Exif\0\0 eXIf".to_vec(),
            picture(45),
        ] {
            assert_eq!(said(&file), None);
        }
    }
}
