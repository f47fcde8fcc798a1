#!/usr/bin/env python3
"""Counts the instructions of fixed work with callgrind and compares them with `recorded.tsv`.

    python3 tests/instructions/check.py BINARY

BINARY is that of `benches/instructions`. A count that grew by more than 5 % fails the check;
`UPDATE_EXPECTED=1` writes the counts anew. Instructions do not depend on how busy the machine is.
They do depend on the compiler: a new version of Rust may need a new record.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

RECORD = pathlib.Path(__file__).with_name("recorded.tsv")
WORK = ["identity", "gzip", "br", "304", "head", "compile", "compile-large", "compile-documents"]
TOLERANCE = 0.05


def count_instructions(binary, work):
    """The instructions of the main thread."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["valgrind", "--quiet", "--tool=callgrind", "--separate-threads=yes",
                   f"--callgrind-out-file={folder}/out", binary, work]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        text = pathlib.Path(f"{folder}/out-01").read_text(errors="replace")
    return int(re.search(r"^(?:totals|summary): (\d+)", text, re.MULTILINE).group(1))


def read_record():
    lines = RECORD.read_text().splitlines() if RECORD.exists() else []
    return {work: int(count) for work, count in (line.split("\t") for line in lines)}


def main():
    [binary] = sys.argv[1:]
    counts = {work: count_instructions(binary, work) for work in WORK}
    if os.environ.get("UPDATE_EXPECTED"):
        RECORD.write_text("".join(f"{work}\t{count}\n" for work, count in counts.items()))
    recorded = read_record()
    failed = []
    for work, count in counts.items():
        if work not in recorded:
            sys.exit(f"error: {work} takes {count} and is not recorded; UPDATE_EXPECTED=1 records it")
        growth = count / recorded[work] - 1
        print(f"{work:<10} {count:>12} {growth:>+8.1%} of the recorded {recorded.get(work)}")
        if growth > TOLERANCE:
            failed.append(work)
        elif growth < -TOLERANCE:
            print(f"note: {work} became cheaper; UPDATE_EXPECTED=1 records that")
    share = counts["compile-documents"] / counts["compile-large"]
    print(f"with half of the bulletins as official documents, a compile takes {share:.2f} times the instructions")
    if failed:
        sys.exit(f"error: more than {TOLERANCE:.0%} above the record: {', '.join(failed)}; mend it, or "
                 "write the record anew with UPDATE_EXPECTED=1 and say why in the commit")


if __name__ == "__main__":
    main()
