"""Builds a release twice from the same commit, in two folders with different names, and compares the bytes.

Usage: python3 tests/release/reproducible.py [REPOSITORY], this one by default; its last commit is built, with the flags
that docs/operating.md names for releases. Each build has a target folder of its own, so it takes as long as two.
"""

import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Of different lengths: a path that stays in the binary moves all that follows it.
NAMES = ("a", "another-folder-with-a-longer-name")


def check_out(repository, folder):
    folder.mkdir()
    archive = subprocess.run(["git", "-C", repository, "archive", "HEAD"], check=True, stdout=subprocess.PIPE)
    subprocess.run(["tar", "--extract", "--directory", folder], check=True, input=archive.stdout)


def build(folder):
    """The binaries of a release build, by name."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CARGO_PROFILE_")}
    cargo_home = environment.get("CARGO_HOME", f"{pathlib.Path.home()}/.cargo")
    environment["RUSTFLAGS"] = f"--remap-path-prefix={cargo_home}=cargo --remap-path-prefix={folder}=."
    environment["CARGO_TARGET_DIR"] = str(folder / "target")
    subprocess.run(["cargo", "build", "--release", "--locked", "--bins"], check=True, cwd=folder, env=environment)
    release = folder / "target/release"
    files = [path for path in release.iterdir() if path.is_file() and os.access(path, os.X_OK)]
    binaries = {path.name: path.read_bytes() for path in files}
    # Two target folders at once would take gigabytes.
    shutil.rmtree(folder / "target")
    return binaries


def describe_difference(name, one, other):
    place = next((place for place, pair in enumerate(zip(one, other)) if pair[0] != pair[1]), min(len(one), len(other)))
    around = [repr(bytes_[max(place - 40, 0) : place + 40]) for bytes_ in (one, other)]
    return f"{name}: {len(one)} and {len(other)} bytes, different from byte {place} on:\n  {around[0]}\n  {around[1]}"


def main():
    repository = pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT
    with tempfile.TemporaryDirectory() as scratch:
        folders = [pathlib.Path(scratch).resolve() / name for name in NAMES]
        builds = []
        for folder in folders:
            check_out(repository, folder)
            builds.append(build(folder))
    one, other = builds
    if not one or one.keys() != other.keys():
        sys.exit(f"the builds have the binaries {sorted(one)} and {sorted(other)}")
    different = [describe_difference(name, one[name], other[name]) for name in one if one[name] != other[name]]
    if different:
        sys.exit("\n".join(different))
    for name, content in one.items():
        print(f"{name}: {len(content)} bytes, the same in both folders; SHA-256 {hashlib.sha256(content).hexdigest()}")


main()
