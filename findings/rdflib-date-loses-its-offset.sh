#!/usr/bin/env bash
# The guess: `"2022-05-01+08:00"^^xsd:date` (a day in a time zone, as XML Schema Part 2 §3.2.9
# allows) passes through an RDF library unchanged.
# Seen (rdflib 7.6.0, 2026-11-28): parsing drops the offset and writes "2022-05-01".
# `"2022-05-01T24:00:00"^^xsd:dateTime`, the end of a day in XML Schema, is kept as text with a
# logged traceback and has no value. SPARQL's comparison of values of different types, an error in
# the recommendation (§17.3), answers by the order of the types: the year 2022 is "later" than an
# instant of 2030, and the day 1 May 2022 "earlier" than one of January 2022.
# To whom it matters: publishers of DCAT catalogues, whose dates are read by harvesters on rdflib
# (CKAN's among them). A filter by date is right only where all dates have one type: instants with
# seconds and an offset are the safest.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check rdflib==7.6.0
"$folder/python/bin/python" - 2>"$folder/log" <<'PYTHON'
from rdflib import Graph, URIRef

TURTLE = """
@prefix dct: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<urn:a> dct:issued "2022-05-01+08:00"^^xsd:date ;
  dct:valid "2022-05-01T24:00:00"^^xsd:dateTime ;
  dct:modified "2022-05-02T08:00:00+08:00"^^xsd:dateTime ;
  dct:temporal "2022"^^xsd:gYear .
"""
graph = Graph().parse(data=TURTLE, format="turtle")
print(graph.serialize(format="nt"))
objects = {str(p).rsplit("/", 1)[1]: o for p, o in graph.predicate_objects(URIRef("urn:a"))}
assert str(objects["issued"]) == "2022-05-01"
assert str(objects["valid"]) == "2022-05-01T24:00:00" and objects["valid"].value is None
assert objects["modified"].value.utcoffset().total_seconds() == 8 * 3600
assert str(objects["temporal"]) == "2022"


def matches(condition):
    found = graph.query(
        f"SELECT ?p {{ ?s ?p ?o FILTER({condition}) }}",
        initNs={"xsd": "http://www.w3.org/2001/XMLSchema#"},
    )
    return sorted(str(row.p).rsplit("/", 1)[1] for row in found)


later = matches('?o > "2030-01-01T00:00:00+08:00"^^xsd:dateTime')
earlier = matches('?o < "2022-01-01T00:00:00+08:00"^^xsd:dateTime')
print("later than 2030:", later, "earlier than 2022:", earlier)
assert later == ["temporal"] and earlier == ["issued"]
PYTHON
grep -q 'hour must be in 0..23' "$folder/log"
echo 'as described'
