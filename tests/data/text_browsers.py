#!/usr/bin/env python3
"""Reads exported sites with text browsers of Debian: python text_browsers.py FOLDER...

w3m, links and elinks know no SVG. On each page with a chart they must say its description once and none of its labels,
which would follow it as a run of words and figures. The same page with plain labels must fail, so that the test cannot
pass by not looking. lynx shows the labels whatever they stand in, so only the description is looked for there; it must
show nothing of the bars of a home page, whose symbols are drawn.
"""

import re
import subprocess
import sys
import tempfile
from html import unescape
from pathlib import Path

BROWSERS = {
    "w3m": ["w3m", "-dump", "-cols", "120", "-I", "UTF-8", "-O", "UTF-8", "-T", "text/html"],
    "links": ["links", "-dump", "-codepage", "UTF-8", "-width", "120"],
    "elinks": ["elinks", "-dump", "-dump-charset", "UTF-8", "-dump-width", "120", "-no-references"],
    "lynx": ["lynx", "-dump", "-nolist", "-width=120", "-display_charset=utf-8", "-assume_charset=utf-8"],
}
SHOWS_LABELS = {"lynx"}

CHART = re.compile(r'<svg class="chart".*?</svg>\s*<figcaption>', re.S)
LABEL = re.compile(r"<!\[CDATA\[(.*?)\]\]>")


def squeezed(text):
    return re.sub(r"\s+", "", text)


def dump(browser, page):
    read = subprocess.run([*BROWSERS[browser], str(page)], capture_output=True, check=True, timeout=30)
    return squeezed(read.stdout.decode("utf-8", "replace"))


def problems(browser, page, markup):
    """What is wrong with the page as the browser shows it."""
    chart = CHART.search(markup)[0]
    description = squeezed(unescape(re.search(r"<desc[^>]*>(.*?)</desc>", chart, re.S)[1]))
    key = squeezed(unescape(re.search(r"<li[^>]*>(.*?)</li>", markup[markup.index(chart) :])[1]))
    text = dump(browser, page)
    if text.count(description) != 1:
        return [f"{browser} says the description {text.count(description)} times"]
    between = text.split(description)[1].split(key)[0]
    if browser not in SHOWS_LABELS and re.search(r"\w", between):
        return [f"{browser} says “{between}” after the description"]
    return []


def bar_problems(home):
    """What lynx shows of the bars of a home page beside their words."""
    markup = home.read_text("utf-8")
    if '<svg class="bar"' not in markup:
        return [f"{home} has no bar"]
    return [f"{home}: lynx shows symbols of a bar"] if "\ufffd" in dump("lynx", home) else []


def main(sites):
    seen, found = 0, [problem for site in sites for problem in bar_problems(Path(site) / "index.html")]
    with tempfile.TemporaryDirectory() as scratch:
        for path in (page for site in sites for page in sorted(Path(site).rglob("index.html"))):
            markup = path.read_text("utf-8")
            if not CHART.search(markup):
                continue
            seen += 1
            for browser in BROWSERS:
                found += [f"{path}: {problem}" for problem in problems(browser, path, markup)]
            wrong = Path(scratch) / "wrong.html"
            wrong.write_text(LABEL.sub(r"\1", markup), "utf-8")
            for browser in BROWSERS.keys() - SHOWS_LABELS:
                if not problems(browser, wrong, markup):
                    found.append(f"{path}: {browser} was not looked at: plain labels pass")
    print(*found, sep="\n", end="\n" if found else "")
    print(f"text browsers: {seen} pages with charts, {len(found)} problems")
    return 1 if found or not seen else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
