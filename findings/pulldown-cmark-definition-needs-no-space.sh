#!/usr/bin/env bash
# The guess: with definition lists, a colon at the start of a line begins a meaning only if a space
# follows it, as PHP Markdown Extra, from which the syntax comes, and other readers have it.
# Seen (pulldown-cmark 0.13.5 in pyromark 0.10.3; Markdown 3.11.3, mdit-py-plugins 0.7.0 and pandoc
# 3.6.1 from pypandoc_binary 1.15, 2026-11-29): pulldown-cmark takes `:30 minutes`, and after an empty
# line too, and loses the colon; the paragraph before becomes a term. So does `::: note` with its first
# colon. The three others keep `:30 minutes` as text.
# To whom it matters: sites that turn definition lists on for texts of editors: times, ratios, fences
# of other dialects and names of emoji at the start of a line change the paragraph before them.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check \
  pyromark==0.10.3 Markdown==3.11.3 markdown-it-py==4.3.0 mdit-py-plugins==0.7.0 pypandoc_binary==1.15
python/bin/python - <<'PYTHON'
import markdown
import pypandoc
import pyromark
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin

READERS = {
    "pulldown-cmark": lambda text: pyromark.html(text, options=pyromark.Options.ENABLE_DEFINITION_LIST),
    "Python-Markdown": lambda text: markdown.markdown(text, extensions=["def_list"]),
    "markdown-it": lambda text: MarkdownIt().use(deflist_plugin).render(text),
    "pandoc": lambda text: pypandoc.convert_text(text, "html", format="markdown"),
}
TEXTS = {"Term\n: Meaning\n": set(READERS), "Opening hours\n:30 minutes\n": {"pulldown-cmark"},
         "Opening hours\n\n:30 minutes\n": {"pulldown-cmark"}, "Two notes follow\n\n::: note\n": {"pulldown-cmark"}}
for text, expected in TEXTS.items():
    rendered = {name: render(text) for name, render in READERS.items()}
    for name, html in rendered.items():
        print(repr(text), name, repr(html))
    assert {name for name, html in rendered.items() if "<dl>" in html} == expected, text
html = READERS["pulldown-cmark"]("Opening hours\n\n:30 minutes\n")
assert "<dt>Opening hours</dt>" in html and ":30" not in html
PYTHON
