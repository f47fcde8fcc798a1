#!/usr/bin/env bash
# The guess: a reader of Memento TimeMaps takes `rel="original timegate"` for both relations: a
# relation type is one of several words (RFC 8288 §3.3), and RFC 7089 §4.1.1 has a page that is its
# own TimeGate, whose links have these two words.
# Seen (aiu 0.2.4, 2026-11-29): it compares the whole text. The TimeMap then has neither an original
# nor a TimeGate, without a word, also if errors are not skipped; “first memento” and “memento
# first” are read. Two links to the same address, one for each relation, are read as meant.
# To whom it matters: sites that keep earlier texts of documents, and archives that collect them.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check aiu==0.2.4
"$folder/python/bin/python" - <<'PYTHON'
from aiu.timemap import convert_LinkTimeMap_to_dict

PAGE = "https://city.example/rules/"
REST = """,
<https://city.example/timemap>; rel="self"; type="application/link-format",
<https://city.example/1/>; rel="memento first"; datetime="Tue, 16 Apr 2024 00:00:00 GMT",
<https://city.example/2/>; rel="last memento"; datetime="Mon, 22 Apr 2024 00:00:00 GMT"
"""


def read(links):
    found = convert_LinkTimeMap_to_dict(links + REST, skipErrors=False)
    mementos = found["mementos"]
    assert mementos["first"]["uri"].endswith("/1/") and len(mementos["list"]) == 2, found
    print(links, found.get("original_uri"), found.get("timegate_uri"), sep="\n")
    return found.get("original_uri"), found.get("timegate_uri")


assert read(f'<{PAGE}>; rel="original timegate"') == (None, None)
assert read(f'<{PAGE}>; rel="original",\n<{PAGE}>; rel="timegate"') == (PAGE, PAGE)
PYTHON
