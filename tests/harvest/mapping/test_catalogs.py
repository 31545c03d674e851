"""Every dataset of the catalogues at hand maps, and what they say is in its fields or told to be aside."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ckanext.ca3b.harvest import normalise
from ckanext.ca3b.harvest.mapping import SourceFacts, package
from ckanext.ca3b.harvest.model import Description, Problem
from ckanext.ca3b.harvest.planning import dataset_id
from ckanext.ca3b.harvest.reading import read
from ckanext.ca3b.harvest.sources import Client, Source
from tests.harvest.reading import LOOPBACK

from .schema import strangers

CATALOGS = sorted(
    path for path in (Path(__file__).parents[1] / "catalogs").iterdir() if path.suffix in {".ttl", ".rdf"}
)


#: Properties kept whole though a list gives the official values of what they say.
UNDERSTOOD = {"dcat:theme": normalise.theme, "dct:accrualPeriodicity": normalise.frequency}


@pytest.fixture(params=CATALOGS, ids=lambda path: path.stem)
def datasets(request: pytest.FixtureRequest) -> list[tuple[Description, dict, tuple[Problem, ...]]]:
    """Return each description of a catalogue, with what it becomes and what is told of it."""
    reading = read(Client(LOOPBACK), Source.file(request.param))
    source = SourceFacts("s", owner_org="org")
    found = []
    for one in reading.datasets:
        told = [problem for problem in reading.problems if problem.identifier == one.identifier]
        said, problems = package(one, source=source, dataset_id=dataset_id("s", one.identifier), told=told)
        found.append((one, said, problems))
    assert found
    return found


def test_every_dataset_maps_into_fields_of_the_schema(datasets):
    for description, said, _ in datasets:
        assert strangers(said) == []
        assert said["title"] == description.title
        assert len(said["resources"]) == len(description.resources)


def test_no_word_of_a_description_is_lost(datasets):
    for description, said, problems in datasets:
        written = json.dumps(said, ensure_ascii=False)
        told = " ".join(problem.message for problem in problems)
        for word in (
            description.description, *description.keywords, *description.conforms_to, description.landing_page,
            description.uri, description.version, description.issued, description.modified, description.frequency,
            description.publisher.name, description.publisher.uri, description.publisher.identifier,
            description.contact.name, description.contact.email, description.contact.url,
            *(place.label or place.uri for place in description.spatial),
            *(side for period in description.temporal for side in (period.start, period.end)),
            *(said for file in description.resources for said in (file.url, file.title, file.description, file.format)),
        ):  # fmt: skip
            escaped = json.dumps(word, ensure_ascii=False)[1:-1]
            assert not word or escaped in written or word in told


def test_each_property_that_is_only_in_the_catalogues_words_is_mapped_or_told(datasets):
    for description, said, problems in datasets:
        written = json.dumps(said, ensure_ascii=False) + " ".join(problem.message for problem in problems)
        for name, values in description.raw.items():
            if name in UNDERSTOOD and all(UNDERSTOOD[name](*_words(value)).known for value in values):
                continue
            aside = f"({name})" in written or f" {name}" in written or name in {"dct:title", "dct:description"}
            words = [word for value in values for word in _words(value)]
            assert aside or all(word in written for word in words), name


def _words(value: object) -> list[str]:
    if isinstance(value, dict):
        inside = value.get("@id") or next((value[key] for key in ("rdfs:label", "skos:notation") if key in value), "")
        return _words(inside)
    return [re.sub(r"@[a-z]{2,3}$", "", str(value))] if value else []
