#!/usr/bin/env bash
# The guess: a photo whose place and turn were written by a common Exif library gives both to any
# other; at worst a reader that meets damage in one directory of tags still has the others.
# Seen (PyPI piexif 1.1.3 and Rust crate kamadak-exif 0.6.2, 2026-11-30): piexif writes the
# directory with the place (GPS IFD) without the four bytes behind its entries that give the offset
# of a next directory (TIFF 6.0, section 2); its values begin there, so that the 45 degrees of a
# latitude are read as that offset. kamadak-exif ends with "Unexpected next IFD" and returns no field at all: the
# photo's turn is lost as well. With `continue_on_error` it returns all three beside the error.
# Pillow reads both directories without a word.
# To whom it matters: sites that turn photos upright or warn of places in them: a photo that went
# through a Python script is shown lying, and is published with its place.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check piexif==1.1.3 pillow==12.0.0
cat >"$folder/photo.py" <<'PYTHON'
import sys

import piexif
from PIL import ExifTags, Image

path = sys.argv[1]
tags = {
    "0th": {piexif.ImageIFD.Orientation: 6},
    "GPS": {piexif.GPSIFD.GPSLatitudeRef: b"N", piexif.GPSIFD.GPSLatitude: ((45, 1), (46, 1), (0, 1))},
}
Image.new("RGB", (16, 8)).save(path, exif=piexif.dump(tags))
exif = Image.open(path).getexif()
print("Pillow:", exif[ExifTags.Base.Orientation], len(exif.get_ifd(ExifTags.IFD.GPSInfo)))
PYTHON
"$folder/python/bin/python" "$folder/photo.py" "$folder/photo.jpg" >"$folder/seen"
mkdir "$folder/src"
cat >"$folder/Cargo.toml" <<'TOML'
[package]
name = "turned"
version = "0.1.0"
edition = "2024"

[dependencies]
kamadak-exif = "=0.6.2"
TOML
cat >"$folder/src/main.rs" <<'RUST'
use std::io::Cursor;

fn main() {
    let photo = std::fs::read(std::env::args().nth(1).expect("a file")).expect("its bytes");
    match exif::Reader::new().read_from_container(&mut Cursor::new(&photo)) {
        Ok(exif) => println!("kamadak-exif: {} fields", exif.fields().len()),
        Err(error) => println!("kamadak-exif: {error}"),
    }
    let mut reader = exif::Reader::new();
    reader.continue_on_error(true);
    let exif = reader.read_from_container(&mut Cursor::new(&photo));
    let exif = exif.or_else(|error| error.distill_partial_result(|_| ())).expect("fields");
    println!("continuing: {} fields", exif.fields().len());
}
RUST
cargo run --quiet --manifest-path "$folder/Cargo.toml" -- "$folder/photo.jpg" >>"$folder/seen"
cat "$folder/seen"
diff "$folder/seen" - <<'EXPECTED'
Pillow: 6 2
kamadak-exif: Unexpected next IFD
continuing: 3 fields
EXPECTED
