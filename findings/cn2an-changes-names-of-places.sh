#!/usr/bin/env bash
# The guess: cn2an.transform writes the numbers of a Chinese sentence in figures and leaves names
# that begin with a numeral alone.
# Seen (cn2an 0.5.24, 2026-11-29): every numeral becomes a figure, inside of names and set phrases
# too: 三亚市 is 3亚市, 三江平原 is 3江平原, 五一放假 is 51放假; 百年一遇 is 百年1遇. A decimal in
# numerals, 三点五万, is an error of cn2an.cn2an in both of its modes.
# To whom it matters: those who make Chinese figures searchable or comparable: an index of changed
# text does not find the place any more.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check cn2an==0.5.24
"$folder/python/bin/python" - <<'PYTHON'
import cn2an

for text, seen in (
    ("三江平原新增水田八万三千亩", "3江平原新增水田83000亩"),
    ("三亚市", "3亚市"),
    ("五一放假", "51放假"),
    ("百年一遇", "百年1遇"),
):
    result = cn2an.transform(text)
    print(text, result)
    assert result == seen, result
assert cn2an.cn2an("八万三千", "smart") == 83000
for mode in ("normal", "smart"):
    try:
        print(cn2an.cn2an("三点五万", mode))
    except ValueError as error:
        print(error)
    else:
        raise AssertionError("三点五万 is read")
PYTHON
echo 'as described'
