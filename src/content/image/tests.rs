//! Image files made by hand, with a secret in every part that must not be published.

use bytes::Bytes;
use proptest::prelude::*;

use super::{Image, ImageKind, ImageProblem};

const SECRET: &[u8] = b"SECRET-PLACE";

fn read(bytes: Vec<u8>) -> Result<Image, ImageProblem> {
    Image::read(&Bytes::from(bytes))
}

fn has_secret(bytes: &[u8]) -> bool {
    bytes.windows(SECRET.len()).any(|window| window == SECRET)
}

/// Exif data with an orientation and a description.
fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x02".to_vec();
    tiff.extend(b"\x01\x0E\0\x02\0\0\0\x0D\0\0\0\x26");
    tiff.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    tiff.extend([0; 4]);
    tiff.extend([SECRET, b"\0"].concat());
    tiff
}

fn segment(marker: u8, contents: &[u8]) -> Vec<u8> {
    let length = u16::try_from(contents.len() + 2).unwrap();
    [&[0xFF, marker][..], &length.to_be_bytes(), contents].concat()
}

/// A JPEG of 4 by 2 pixels, with the segments that phones and editors of photos write.
fn jpeg(orientation: u8) -> Vec<u8> {
    let sof = [8, 0, 2, 0, 4, 1, 1, 0x11, 0];
    let sos = [1, 1, 0, 0, 63, 0];
    [
        b"\xFF\xD8".to_vec(),
        segment(0xE0, &[b"JFIF\0\x01\x01\0\0\x01\0\x01\x02\x02", SECRET].concat()),
        segment(0xE1, &[b"Exif\0\0".to_vec(), exif(orientation)].concat()),
        segment(0xE1, &[b"http://ns.adobe.com/xap/1.0/\0", SECRET].concat()),
        segment(0xE2, &[b"MPF\0", SECRET].concat()),
        segment(0xE2, b"ICC_PROFILE\0\x01\x01profile"),
        segment(0xED, &[b"Photoshop 3.0\0", SECRET].concat()),
        segment(0xFE, SECRET),
        segment(0xDB, &[0; 65]),
        segment(0xC2, &sof),
        segment(0xDA, &sos),
        b"\x01\xFF\x00\x02\xFF\xD0\x03".to_vec(),
        segment(0xC4, &[0; 20]),
        segment(0xDA, &sos),
        b"\x04\xFF\xFF\xD9".to_vec(),
        SECRET.to_vec(),
        b"\xFF\xD8\xFF\xD9".to_vec(),
    ]
    .concat()
}

fn png_chunk(kind: &[u8], contents: &[u8]) -> Vec<u8> {
    let checksum = crc32(&[kind, contents].concat());
    let length = u32::try_from(contents.len()).unwrap();
    [&length.to_be_bytes()[..], kind, contents, &checksum.to_be_bytes()].concat()
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 }
        })
    })
}

fn png(orientation: u8) -> Vec<u8> {
    [
        b"\x89PNG\r\n\x1A\n".to_vec(),
        png_chunk(b"IHDR", &[0, 0, 0, 4, 0, 0, 0, 2, 8, 0, 0, 0, 0]),
        png_chunk(b"eXIf", &exif(orientation)),
        png_chunk(b"tEXt", &[b"Comment\0", SECRET].concat()),
        png_chunk(b"iTXt", &[b"XML:com.adobe.xmp\0\0\0\0\0", SECRET].concat()),
        png_chunk(b"prVt", SECRET),
        png_chunk(b"IDAT", b"data"),
        png_chunk(b"IEND", b""),
        SECRET.to_vec(),
    ]
    .concat()
}

fn riff_chunk(id: &[u8], contents: &[u8]) -> Vec<u8> {
    let length = u32::try_from(contents.len()).unwrap();
    let padding = vec![0; contents.len() % 2];
    [id, &length.to_le_bytes(), contents, &padding].concat()
}

fn webp() -> Vec<u8> {
    let chunks = [
        b"WEBP".to_vec(),
        riff_chunk(b"VP8X", &[0b0010_1100, 0, 0, 0, 3, 0, 0, 1, 0, 0]),
        riff_chunk(b"ICCP", b"profile!"),
        riff_chunk(b"VP8L", b"\x2F\x03\x40\x00\x00\x00"),
        riff_chunk(b"EXIF", &exif(6)),
        riff_chunk(b"XMP ", SECRET),
    ]
    .concat();
    riff_chunk(b"RIFF", &chunks)
}

fn gif() -> Vec<u8> {
    [
        b"GIF89a\x04\0\x02\0\x80\0\0".to_vec(),
        vec![0; 6],
        b"\x21\xFF\x0BNETSCAPE2.0\x03\x01\0\0\0".to_vec(),
        [b"\x21\xFE\x0C", SECRET, b"\0"].concat(),
        [b"\x21\xFF\x0BXMP DataXMP\x0C", SECRET, b"\0"].concat(),
        b"\x2C\0\0\0\0\x04\0\x02\0\0\x02\x02\x84\x51\0\x3B".to_vec(),
        SECRET.to_vec(),
    ]
    .concat()
}

#[test]
fn metadata_is_removed_from_every_kind() {
    for (kind, bytes) in [
        (ImageKind::Jpeg, jpeg(1)),
        (ImageKind::Jpeg, jpeg(6)),
        (ImageKind::Png, png(1)),
        (ImageKind::Png, png(8)),
        (ImageKind::WebP, webp()),
        (ImageKind::Gif, gif()),
    ] {
        assert!(has_secret(&bytes));
        let image = read(bytes).unwrap_or_else(|problem| panic!("{kind:?}: {problem:?}"));
        assert_eq!(image.kind, kind);
        assert!(!has_secret(&image.bytes), "{kind:?}");
        // A published image is unchanged by another reading.
        let again = Image::read(&image.bytes).expect("an image");
        assert_eq!(again, Image { has_ignored_orientation: false, ..image });
    }
}

#[test]
fn orientation_and_profile_are_kept() {
    for (bytes, size, marks) in [
        (jpeg(1), (4, 2), &[&b"ICC_PROFILE"[..]][..]),
        (jpeg(6), (2, 4), &[b"ICC_PROFILE", b"Exif\0\0II*\0"]),
        (png(3), (4, 2), &[b"eXIfII*\0"]),
        (png(5), (2, 4), &[b"eXIfII*\0"]),
        // Browsers do not turn WebP.
        (webp(), (4, 2), &[b"ICCP"]),
        (gif(), (4, 2), &[b"NETSCAPE2.0"]),
    ] {
        let image = read(bytes).unwrap();
        assert_eq!((image.width, image.height), size);
        for mark in marks {
            let is_kept = image.bytes.windows(mark.len()).any(|window| window == *mark);
            assert!(is_kept, "{}", String::from_utf8_lossy(mark));
        }
    }
}

#[test]
fn turn_that_browsers_ignore_is_noticed() {
    for (bytes, is_lost) in [(webp(), true), (jpeg(6), false), (png(6), false), (gif(), false)] {
        assert_eq!(read(bytes).unwrap().has_ignored_orientation, is_lost);
    }
    let upright = read(webp()).unwrap().bytes.to_vec();
    assert!(!read(upright).unwrap().has_ignored_orientation);
}

#[test]
fn picture_data_is_unchanged() {
    let image = read(jpeg(1)).unwrap();
    let scans = b"\x01\xFF\x00\x02\xFF\xD0\x03";
    assert!(image.bytes.windows(scans.len()).any(|window| window == scans));
    assert!(image.bytes.ends_with(b"\x04\xFF\xFF\xD9"));
}

fn media_box(kind: &[u8], contents: &[u8]) -> Vec<u8> {
    let length = u32::try_from(contents.len() + 8).unwrap();
    [&length.to_be_bytes()[..], kind, contents].concat()
}

/// An AVIF of 4 by 2 pixels with an item of this kind, in a list of items of this version.
fn avif(version: u8, item: &[u8], turn: &[u8]) -> Vec<u8> {
    let id: &[u8] = if version == 3 { &[0, 0, 0, 2] } else { &[0, 2] };
    let entry = [&[version, 0, 0, 0], id, &[0, 0], item, b"\0"].concat();
    let items = [&[0, 0, 0, 0, 0, 1][..], &media_box(b"infe", &entry)].concat();
    let size = media_box(b"ispe", &[0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 2]);
    let properties = media_box(b"ipco", &[size, turn.to_vec()].concat());
    let meta = [vec![0; 4], media_box(b"iinf", &items), media_box(b"iprp", &properties)].concat();
    [media_box(b"ftyp", b"avif\0\0\0\0mif1"), media_box(b"meta", &meta), media_box(b"mdat", SECRET)]
        .concat()
}

#[test]
fn avif_with_metadata_is_refused() {
    for version in [2, 3] {
        for item in [b"Exif", b"mime", b"uri "] {
            assert_eq!(read(avif(version, item, b"")), Err(ImageProblem::Metadata));
        }
        assert!(read(avif(version, b"av01", b"")).is_ok());
    }
}

#[test]
fn turned_avif_has_turned_size() {
    for (turn, size) in [
        (vec![], (4, 2)),
        (media_box(b"irot", &[1]), (2, 4)),
        (media_box(b"irot", &[2]), (4, 2)),
        (media_box(b"imir", &[1]), (4, 2)),
    ] {
        let image = read(avif(2, b"av01", &turn)).unwrap();
        assert_eq!((image.width, image.height), size);
    }
}

#[test]
fn other_files_are_refused_by_their_bytes() {
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec();
    assert_eq!(read(heic), Err(ImageProblem::Unsupported("HEIC")));
    let tiff = b"II*\0\x08\0\0\0\0\0\0\0\0\0".to_vec();
    assert_eq!(read(tiff), Err(ImageProblem::Unsupported("TIFF")));
    let bmp = [b"BM".to_vec(), vec![0; 60]].concat();
    assert_eq!(read(bmp), Err(ImageProblem::Unsupported("BMP")));
    assert_eq!(read(b"%PDF-1.7".to_vec()), Err(ImageProblem::Unknown));
    assert_eq!(read(Vec::new()), Err(ImageProblem::Unknown));
    let mut huge = png(1);
    huge[16..24].copy_from_slice(&[0, 0, 0x40, 0, 0, 0, 0x40, 0]);
    assert_eq!(read(huge), Err(ImageProblem::TooManyPixels(0x4000 * 0x4000)));
}

proptest! {
    #[test]
    fn damaged_files_never_publish_secrets(
        which in 0..5_usize,
        end in 0..400_usize,
        at in 0..400_usize,
        byte in any::<u8>(),
    ) {
        let mut bytes = [jpeg(6), png(6), webp(), gif(), jpeg(1)][which].clone();
        bytes.truncate(end.max(20));
        if let Some(changed) = bytes.get_mut(at) {
            *changed = byte;
        }
        if let Ok(image) = read(bytes) {
            prop_assert!(Image::read(&image.bytes).is_ok());
        }
    }
}

#[test]
fn jpeg_of_print_colours_is_refused() {
    let mut bytes = jpeg(1);
    let frame = bytes.windows(2).position(|two| two == b"\xFF\xC2").expect("a frame");
    bytes[frame + 9] = 4;
    assert_eq!(read(bytes), Err(ImageProblem::PrintColours));
}
