"""What the mapping makes of a description passes the validators of the portal: nothing refused, nothing altered."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ckan import model
from ckan.lib import plugins as lib_plugins
from hypothesis import HealthCheck, Phase, given, settings

from ckanext.ca3b.harvest.mapping import SourceFacts, package
from ckanext.ca3b.harvest.model import Description
from tests.harvest.mapping.strategies import descriptions

pytestmark = pytest.mark.usefixtures("portal")
#: What a person is asked for and a catalogue may lack.
ASKED = {"notes": "Sans description à la source."}


@settings(
    max_examples=60,
    deadline=None,
    phases=(Phase.reuse, Phase.generate, Phase.shrink),
    report_multiple_bugs=False,
    suppress_health_check=(HealthCheck.function_scoped_fixture, HealthCheck.too_slow),
)
@given(description=descriptions)
def test_no_validator_refuses_or_alters_what_was_mapped(commune, description: Description):
    said, _ = package(description, source=SourceFacts("s", owner_org=commune["id"]), dataset_id="d")
    valid = validated({**said, **({} if "notes" in said else ASKED)})
    for field, value in said.items():
        if field not in {"resources", "tags", "id"}:
            assert plain(valid[field]) == value, field
    assert [one["name"] for one in valid.get("tags", [])] == [one["name"] for one in said.get("tags", [])]
    for file, given_ in zip(valid.get("resources", []), said["resources"], strict=True):
        for field, value in given_.items():
            if field not in {"format", "mimetype"}:  # written in one way for everybody
                assert plain(file[field]) == value, field


def validated(said: dict[str, Any]) -> dict[str, Any]:
    """Validate a new dataset as CKAN does, without writing it."""
    plugin: Any = lib_plugins.lookup_package_plugin("dataset")
    context: Any = {"model": model, "session": model.Session, "user": "", "ignore_auth": True, "auth_user_obj": None}
    # The id of a dataset that is not there yet is taken from a sysadmin only.
    data = {**said, "name": "un-nom-que-personne-n-a", "type": "dataset"}
    data.pop("id")
    found, errors = plugin.validate(context, data, plugin.create_package_schema(), "package_create")
    assert errors == {}
    extras = {one["key"]: one["value"] for one in found.pop("extras", [])}
    return {**extras, **found}


def plain(value: Any) -> Any:
    """Return a list that CKAN stores as JSON as a list."""
    if isinstance(value, str) and value[:2] in {"[]", '["', "[{"}:
        return plain(json.loads(value))
    if isinstance(value, list):
        return [{key: plain(inside) for key, inside in row.items()} if isinstance(row, dict) else row for row in value]
    return value
