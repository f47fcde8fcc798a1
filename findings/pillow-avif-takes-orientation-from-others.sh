#!/usr/bin/env bash
# The guess: variants of a photo in several formats, saved one after the other with its Exif data,
# have the same orientation, in whatever order they are saved.
# Seen (Pillow 13.0.0, 2026-11-30): saving AVIF moves the orientation from the Exif object of the
# caller into the picture's own `irot`. A JPEG, PNG or WebP that is saved with the object afterwards
# has no orientation and lies on its side; saved before, it is upright.
# To whom it matters: scripts that make responsive pictures for `<picture>`, which name the smallest
# format first. A copy of the Exif object for each variant mends it.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check pillow==13.0.0
cd "$folder"
python/bin/python - <<'PYTHON'
from PIL import Image, ImageOps

ORIENTATION = 0x0112


def save_all(kinds):
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    for kind in kinds:
        Image.new("RGB", (40, 20), "white").save(f"photo.{kind}", exif=exif)
    sizes = {}
    for kind in kinds:
        with Image.open(f"photo.{kind}") as photo:
            sizes[kind] = ImageOps.exif_transpose(photo).size
    print(", ".join(f"{kind} {width} x {height}" for kind, (width, height) in sizes.items()))
    return sizes


last = save_all(["jpeg", "webp", "png", "avif"])
first = save_all(["avif", "jpeg", "webp", "png"])
assert set(last.values()) == {(20, 40)}
assert first["avif"] == (20, 40)
assert {first["jpeg"], first["webp"], first["png"]} == {(40, 20)}
PYTHON
echo 'as described'
