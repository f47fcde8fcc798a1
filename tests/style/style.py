#!/usr/bin/env python3
"""Counts habits of style in Rust source and exits with 1 if one is over its limit.

    python3 tests/style/style.py [--list] [folder, `src` by default]

`--list` prints every place that counts, not only those of a figure over its limit.
"""

import pathlib
import re
import statistics
import sys

MAX_COLUMNS = 100
MAX_FUNCTION_LINES = 60
MAX_FOLDER_FILES = 14

# A figure's name, its limit, and whether it is a share of all doc lines.
LIMITS = {
    "doc lines that begin with `What`": 0.005,
    "comment lines with `stand` or `stands`": 10,
    "`filter` with an unused argument": 0,
    "closures bound to a local": 110,
    f"lines over {MAX_COLUMNS} columns": 0,
    f"functions over {MAX_FUNCTION_LINES} lines": 0,
    f"folders over {MAX_FOLDER_FILES} files": 0,
}
WHAT, STANDS, FILTERS, CLOSURES, COLUMNS, FUNCTIONS, FOLDERS = LIMITS

# Comments and literals; a lifetime is no character.
NO_CODE = re.compile(
    r"""
    (?P<comment> //[^\n]* | /\*.*?\*/ )
    | \bb?r(?P<hashes>\#*)".*?"(?P=hashes)
    | "(?:\\.|[^"\\])*"
    | '(?:\\[^\n']*(?:')?|[^'\\\n])'
    """,
    re.VERBOSE | re.DOTALL,
)
DOC = re.compile(r"^\s*//[/!](?!/)\s*(.*)")
FILTER = re.compile(r"\bfilter\(\s*(?:move\s*)?\|\s*&*(?:_\w*|\(\))\s*(?::[^|]*)?\|")
CLOSURE = re.compile(r"\blet\s+(?:mut\s+)?\w+\s*(?::[^=;]*)?=\s*(?:async\s+)?(?:move\s*)?\|")
FUNCTION = re.compile(r"\bfn\s+(\w+)")
TEST = re.compile(r"#\[test\]\s*(?:#\[[^\]]*\]\s*)*(?:async\s+)?fn\s+(\w+)")


def blank(match):
    """Spaces in place of a comment or literal, with its line breaks."""
    return re.sub(r"[^\n]", " ", match.group())


def line_of(text, index):
    return text.count("\n", 0, index) + 1


def function_lengths(code):
    """Yields the name, the first line and the number of lines of each function with a body."""
    for match in FUNCTION.finditer(code):
        depth = 0
        for index in range(match.end(), len(code)):
            depth += (code[index] in "{([") - (code[index] in "})]")
            if depth == 0 and code[index] == ";":
                break
            if depth == 0 and code[index] == "}":
                first = line_of(code, match.start())
                yield match[1], first, line_of(code, index) - first + 1
                break


def measure_file(name, text):
    """The places in a file that count for each figure, and its number of doc lines."""
    places = {figure: [] for figure in LIMITS}
    comments = [match for match in NO_CODE.finditer(text) if match["comment"]]
    docs = 0
    for match in comments:
        start = text.rfind("\n", 0, match.start()) + 1
        first = line_of(text, match.start())
        for offset, line in enumerate(match.group().splitlines()):
            place = f"{name}:{first + offset}"
            doc = DOC.match(line) if text[start : match.start()].isspace() or start == match.start() else None
            docs += bool(doc)
            if doc and re.match(r"What\b", doc[1]):
                places[WHAT].append(place)
            if re.search(r"\bstands?\b", line):
                places[STANDS].append(place)
    code = NO_CODE.sub(blank, text)
    for figure, pattern in ((FILTERS, FILTER), (CLOSURES, CLOSURE)):
        places[figure] += [f"{name}:{line_of(code, match.start())}" for match in pattern.finditer(code)]
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > MAX_COLUMNS:
            places[COLUMNS].append(f"{name}:{number}")
    for function, line, length in function_lengths(code):
        if length > MAX_FUNCTION_LINES:
            places[FUNCTIONS].append(f"{name}:{line} {function}: {length}")
    return places, docs


def measure(files):
    """The places of each figure, the number of doc lines and the words of test names of `files`,
    which maps paths to texts."""
    places = {figure: [] for figure in LIMITS}
    docs, words, folders = 0, [], {}
    for name, text in sorted(files.items()):
        of_file, docs_of_file = measure_file(name, text)
        docs += docs_of_file
        for figure, found in of_file.items():
            places[figure] += found
        words += [len(test.split("_")) for test in TEST.findall(text)]
        folder = name.rpartition("/")[0]
        folders[folder] = folders.get(folder, 0) + 1
    for folder, count in sorted(folders.items()):
        if count > MAX_FOLDER_FILES:
            places[FOLDERS].append(f"{folder}: {count}")
    return places, docs, words


def report(files, lists_all=False):
    """Prints the figures, and returns whether all are within their limits."""
    places, docs, words = measure(files)
    is_good = True
    for figure, limit in LIMITS.items():
        found = places[figure]
        is_over = len(found) > (limit * docs if figure == WHAT else limit)
        is_good = is_good and not is_over
        count = f"{len(found)} of {docs}, {len(found) / max(docs, 1):.2%}" if figure == WHAT else len(found)
        allowed = f"{limit:.1%}" if figure == WHAT else limit
        print(f"{figure}: {count} (at most {allowed}){', TOO MANY' if is_over else ''}")
        if lists_all or is_over:
            print("".join(f"  {place}\n" for place in found), end="")
    if words:
        print(f"words in a test's name: median {statistics.median(words):g}, most {max(words)}")
    return is_good


def main(arguments):
    lists_all = "--list" in arguments
    folder = pathlib.Path(next((a for a in arguments if not a.startswith("-")), "src"))
    files = {path.as_posix(): path.read_text() for path in folder.rglob("*.rs")}
    if not files:
        sys.exit(f"error: `{folder}` has no Rust files")
    sys.exit(0 if report(files, lists_all) else 1)


if __name__ == "__main__":
    main(sys.argv[1:])
