"""Whatever a description holds, it becomes a dataset of the schema: no error, no stranger, nothing unsayable."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings

from ckanext.ca3b.harvest.mapping import SourceFacts, package
from ckanext.ca3b.harvest.planning import changes, known_resources, merge

from .schema import strangers
from .strategies import descriptions

MANY = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SOURCE = SourceFacts("s", owner_org="org", commune="01451")


@MANY
@given(descriptions)
def test_any_description_becomes_a_dataset_of_the_schema(description):
    found, problems = package(description, source=SOURCE, dataset_id="d")
    assert strangers(found) == []
    assert found["title"].strip()
    json.dumps(found, ensure_ascii=False, allow_nan=False).encode()
    assert "\\u0000" not in json.dumps(found)
    assert len({one["id"] for one in found["resources"]}) == len(found["resources"])
    assert all(one.message.endswith(".") and one.identifier == description.identifier for one in problems)
    assert not [key for row in (found, *found["resources"]) for key, value in row.items() if value in ("", None, {})]


@MANY
@given(descriptions)
def test_the_same_description_read_again_changes_nothing(description):
    first, _ = package(description, source=SOURCE, dataset_id="d")
    kept = json.loads(json.dumps(first))
    again, _ = package(description, source=SOURCE, dataset_id="d", known_resources=known_resources(kept))
    assert again["resources"] == first["resources"]
    assert changes(kept, again) == ()
    assert merge(kept, kept, again, ()) == kept
