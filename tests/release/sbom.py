"""Writes the software bill of materials of the release binary, in CycloneDX 1.6 JSON.

Usage: python3 tests/release/sbom.py BINARY SBOM. The components are those that the binary is built from and with, for
the platform of this machine: from `cargo metadata` and `Cargo.lock`, so that the same source gives the same file. It
fails if the binary names folders of the machine that built it or the time of the build, because another build would
then have other bytes.
"""

import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]


def output(*command):
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def read_packages():
    """The root package, all packages that it needs, and what each needs; dependencies of tests are left out."""
    platform = re.search(r"^host: (.*)$", output("rustc", "-vV"), re.MULTILINE)[1]
    metadata = json.loads(output(
        "cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", platform))
    packages = {package["id"]: package for package in metadata["packages"]}
    needed = {
        node["id"]: [dependency["pkg"] for dependency in node["deps"]
                     if any(kind["kind"] != "dev" for kind in dependency["dep_kinds"])]
        for node in metadata["resolve"]["nodes"]}
    root = metadata["resolve"]["root"]
    reached, waiting = set(), [root]
    while waiting:
        one = waiting.pop()
        if one not in reached:
            reached.add(one)
            waiting.extend(needed[one])
    return packages[root], [packages[one] for one in reached - {root}], {one: needed[one] for one in reached}


def purl(package):
    return f"pkg:cargo/{package['name']}@{package['version'].replace('+', '%2B')}"


def component(package, checksums):
    found = {"type": "library", "bom-ref": purl(package), "name": package["name"], "version": package["version"],
             "purl": purl(package)}
    if checksum := checksums.get((package["name"], package["version"])):
        found["hashes"] = [{"alg": "SHA-256", "content": checksum}]
    if package["license"]:
        # An older form of `OR`.
        found["licenses"] = [{"expression": package["license"].replace("/", " OR ")}]
    if package["repository"]:
        found["externalReferences"] = [{"type": "vcs", "url": package["repository"]}]
    return found


def check_paths(binary):
    """Fails if the binary has the path of the source, of cargo or of the user in it."""
    folders = {str(ROOT), str(pathlib.Path.home())} - {"/"}
    found = [folder for folder in folders if f"{folder}/".encode() in binary]
    if found:
        sys.exit(f"the binary names {found}; build it as docs/operating.md says")


def check_times(binary):
    """Fails if the binary has a time of day as C's `__TIME__` writes it, but that of SOURCE_DATE_EPOCH=0."""
    times = set(re.findall(rb"\0(\d\d:\d\d:\d\d)(?=\0)", binary)) - {b"00:00:00"}
    if times:
        sys.exit(f"the binary names {times}, when its C code was compiled; `.cargo/config.toml` was not read")


def main():
    binary = pathlib.Path(sys.argv[1]).read_bytes()
    check_paths(binary)
    check_times(binary)
    root, packages, needed = read_packages()
    lock = tomllib.loads((ROOT / "Cargo.lock").read_text())
    checksums = {(one["name"], one["version"]): one.get("checksum") for one in lock["package"]}
    packages.sort(key=lambda package: (package["name"], package["version"]))
    names = {package["id"]: purl(package) for package in [root, *packages]}
    bom = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {
            **component(root, {}), "type": "application",
            "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(binary).hexdigest()}]}},
        "components": [component(package, checksums) for package in packages],
        "dependencies": sorted(
            ({"ref": names[one], "dependsOn": sorted({names[other] for other in others})}
             for one, others in needed.items()), key=lambda dependency: dependency["ref"]),
    }
    pathlib.Path(sys.argv[2]).write_text(json.dumps(bom, indent=2) + "\n")
    print(f"{len(packages)} components, SHA-256 of the binary {hashlib.sha256(binary).hexdigest()}")


main()
