"""What is kept of a description between its reading and its writing is all of it, and any database can hold it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckanext.ca3b.harvest import restoring
from ckanext.ca3b.harvest.model import Agent, Description, Period, Place, Resource
from ckanext.ca3b.harvest.reading import read
from ckanext.ca3b.harvest.sources import Client, Source

CATALOGUES = sorted(path for path in (Path(__file__).parent / "catalogs").iterdir() if path.suffix != ".md")

text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
texts = st.lists(text, max_size=3).map(tuple)
agents = st.builds(Agent, name=text, uri=text, identifier=text, email=text, url=text, phone=text)
degrees = st.floats(-180, 180)
places = st.builds(
    Place,
    label=text,
    uri=text,
    geometry=st.none() | st.just({"type": "Point", "coordinates": [5.2, 46.2]}),
    bbox=st.none() | st.tuples(degrees, degrees, degrees, degrees),
    codes=texts,
)
resources = st.builds(
    Resource,
    **dict.fromkeys(
        ("url", "format", "title", "license", "description", "media_type", "issued", "modified", "identifier",
         "checksum", "raw_format", "access_url"),
        text,
    ),
    size=st.none() | st.integers(0, 2**40),
    conforms_to=texts,
    raw=st.dictionaries(text, text, max_size=2),
)  # fmt: skip
descriptions = st.builds(
    Description,
    **dict.fromkeys(
        ("identifier", "title", "description", "license", "license_raw", "issued", "modified", "frequency",
         "landing_page", "access_rights", "version", "uri"),
        text,
    ),
    **dict.fromkeys(("keywords", "themes", "conforms_to", "language", "hvd_categories", "communes"), texts),
    publisher=agents,
    contact=agents,
    spatial=st.lists(places, max_size=2).map(tuple),
    temporal=st.lists(st.builds(Period, start=text, end=text), max_size=2).map(tuple),
    resources=st.lists(resources, max_size=2).map(tuple),
    provenance=st.dictionaries(text, text, max_size=2),
    raw=st.dictionaries(text, text | texts.map(list), max_size=2),
)  # fmt: skip


@given(descriptions)
@settings(max_examples=60, deadline=None)
def test_a_description_comes_back_as_it_was(description):
    kept = json.loads(json.dumps(restoring.to_json(description)))
    assert restoring.from_json(kept) == description


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_so_do_those_of_real_catalogues(path):
    found = read(Client(), Source.file(path)).datasets
    assert found
    for one in found:
        again = restoring.from_json(json.loads(json.dumps(restoring.to_json(one))))
        assert again.content_hash == restoring.from_json(restoring.to_json(one)).content_hash
        assert again == one


def test_what_no_database_holds_is_left_out_and_the_rest_stays():
    odd = Description("a\x00b", title="moitié \ud83d", raw={"x": [float("nan"), 1.5, {"y\x00": "\ud83d\ude00"}]})
    kept = restoring.to_json(odd)
    json.dumps(kept, allow_nan=False).encode()
    assert kept["identifier"] == "ab"
    assert kept["title"] == "moitié ?"
    assert kept["raw"]["x"][:2] == [None, 1.5]
