"""Checks a bill of materials against the JSON Schema of CycloneDX 1.6, and that its references lead somewhere.

Usage: python3 tests/release/validate_sbom.py SBOM. It needs cyclonedx-python-lib (requirements.txt beside it).
"""

import json
import pathlib
import sys

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

text = pathlib.Path(sys.argv[1]).read_text()
error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
if error:
    sys.exit(f"it is not CycloneDX 1.6: {error}")
bom = json.loads(text)
known = {bom["metadata"]["component"]["bom-ref"], *(one["bom-ref"] for one in bom["components"])}
named = {name for one in bom["dependencies"] for name in (one["ref"], *one["dependsOn"])}
if known != named or len(known) < 50:
    sys.exit(f"components and dependencies differ: {known ^ named}")
without = [one["name"] for one in bom["components"] if not (one.get("licenses") and one.get("hashes"))]
if without:
    sys.exit(f"without licence or checksum: {without}")
print(f"CycloneDX 1.6, {len(bom['components'])} components, each with licence and checksum")
