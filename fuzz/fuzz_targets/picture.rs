//! Any bytes as a picture, alone and after the first bytes of each kind; and as a drawing. What is
//! accepted is of its kind and of its size, and has nothing more to be removed.

#![no_main]

use bytes::Bytes;
use gazette::content::image::{Drawing, Image, ImageKind, MAX_PIXELS};
use libfuzzer_sys::fuzz_target;

const HEADS: [&[u8]; 6] = [
    b"",
    b"\xFF\xD8\xFF\xE1",
    b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR",
    b"RIFF\0\0\x01\0WEBPVP8",
    b"GIF89a",
    b"\0\0\0\x1CftypavifAAAAavifmif1miaf",
];

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, rest)) = bytes.split_first() else { return };
    let bytes = Bytes::from([HEADS[usize::from(*kind) % HEADS.len()], rest].concat());
    if let Ok(text) = std::str::from_utf8(&bytes) {
        let _ = Drawing::read(text, "lake-");
    }
    let Ok(image) = Image::read(&bytes) else { return };
    assert!(image.width * image.height <= MAX_PIXELS);
    assert_eq!(ImageKind::detect(&image.bytes), Ok(image.kind));
    let again = Image::read(&image.bytes).expect("what is published can be read");
    assert_eq!((again.width, again.height), (image.width, image.height));
    assert_eq!(again.bytes, image.bytes, "something was left to remove");
});
