"""Documents cut, scrambled and spoilt: a reading or a sentence, never anything else, and always an end."""

# ruff: noqa: E501, PT017 - a document stays on one line; either a reading or a sentence is right
from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ckanext.ca3b.harvest.export import to_json
from ckanext.ca3b.harvest.reading import read
from ckanext.ca3b.harvest.sources import Client, Source, SourceError
from tests.harvest.rdf.test_syntaxes import JSON, LINES, TURTLE, XML
from tests.harvest.test_datajson import HUB

DOCUMENTS = {
    "c.ttl": TURTLE, "c.xml": XML.format(encoding="utf-8"), "c.nt": LINES, "c.jsonld": JSON, "data.json": json.dumps(HUB),
}  # fmt: skip
PIECES = st.sampled_from(
    ["<", ">", '"', "'", ".", ";", "[", "]", "{", "}", "\\", "&", "\x00", "\ufffe", "<!--", "]]>", '"""', "@", "\n"]
)


@pytest.mark.parametrize("name", DOCUMENTS)
@settings(max_examples=15, deadline=5000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_spoilt_documents(tmp_path: Path, name, data):
    text = DOCUMENTS[name]
    for _ in range(data.draw(st.integers(1, 4))):
        begin = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(begin, min(len(text), begin + 40)))
        text = text[:begin] + data.draw(st.one_of(PIECES, st.text(max_size=5))) + text[end:]
    path = tmp_path / name
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        reading = read(Client(), Source.file(path))
    except SourceError as error:
        assert str(error)
    else:
        assert json.dumps(to_json(reading))
        assert all(problem.message for problem in reading.problems)


@pytest.mark.parametrize("content", [
    b"[" * 100_000, b"{" * 100_000, b'{"@graph":' * 5_000, b"<a>" * 50_000, b"<http://a> <http://b> " + b"[ <http://b> " * 20_000,
    b'<http://a> a <http://www.w3.org/ns/dcat#Dataset> ; <http://b> "' + b"a" * 1_000_000, b"@prefix a: <" * 20_000,
    b'{"@id":"x","@type":"Dataset","a":' + b"[" * 50_000,
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:d="http://www.w3.org/ns/dcat#">'
    + b"<d:Dataset><d:distribution>" * 3_000,
])  # fmt: skip
def test_documents_made_to_exhaust(tmp_path, content):
    path = tmp_path / "c"
    path.write_bytes(content)
    try:
        read(Client(), Source.file(path))
    except SourceError as error:
        assert str(error)
