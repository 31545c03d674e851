"""Validating with what is worked out once gives what CKAN gives, whatever the data and the schema."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from ckan import model
from ckan.lib import plugins as lib_plugins
from ckan.lib.navl import dictization_functions as ckan_navl
from ckan.logic.schema import default_show_package_schema
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ckanext.ca3b.harvest.mapping import SourceFacts, package
from ckanext.ca3b.harvesting.writing import navl
from tests.harvest.mapping.strategies import descriptions

WORDS = st.sampled_from(["title", "name", "resources", "tags", "extras", "contact", "key", "value", "id", "autre"])
SCALARS = st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["", "a", "b c", "[]"])
INNER = st.lists(st.dictionaries(WORDS, SCALARS, max_size=3), max_size=2)
#: Rows as forms and catalogues give them, and what has no business there.
ROWS = st.lists(
    st.fixed_dictionaries({}, optional={"name": SCALARS, "key": SCALARS, "extras": INNER, "autre": INNER}), max_size=3
)
DATA = st.fixed_dictionaries(
    {},
    optional={
        "title": SCALARS, "name": SCALARS, "resources": ROWS | SCALARS, "tags": ROWS, "extras": ROWS | SCALARS,
        "autre": ROWS | SCALARS | st.lists(SCALARS, max_size=2),
    },
)  # fmt: skip
USUAL = settings(
    max_examples=200,
    deadline=None,
    phases=(Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=(HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large),
)


def outcome(data: dict[str, Any], schema: dict[str, Any], context: dict[str, Any]) -> Any:
    """What validating gives, in its order, or what it raises."""
    try:
        found, errors = ckan_navl.validate(copy.deepcopy(data), schema, {**context})
    except Exception as error:  # noqa: BLE001 - whatever it is, it must be the same
        return type(error), str(getattr(error, "error", error))
    return [*found.items()], [*errors.items()]


def both(data: dict[str, Any], schema: dict[str, Any], context: dict[str, Any]) -> tuple[Any, Any]:
    usual = outcome(data, schema, context)
    with navl.once():
        return outcome(data, schema, context), usual


def noting(calls: list[Any]) -> dict[str, Any]:
    """A schema whose validators write down all that they are called with, and do all that validators may do."""

    def note(key, data, errors, context):
        calls.append(("keyed", key, repr(sorted(data.items(), key=repr)), repr(sorted(errors.items(), key=repr))))

    def single(value):
        calls.append(("one", repr(value)))
        return value

    def refuse(value):
        calls.append(("refuse", repr(value)))
        if value in (1, "a"):
            raise ckan_navl.Invalid("Non.")
        return value

    def stop(key, data, errors, context):
        calls.append(("stop", key))
        if data.get(key) in (None, "", ckan_navl.missing):
            data.pop(key, None)
            raise ckan_navl.StopOnError

    def add(key, data, errors, context):
        data["ajout",] = len(data)
        errors["ajout",] = []

    rows = {"__before": [note], "name": [single, refuse], "key": [stop, note], "__extras": [note], "__after": [note]}
    rows["__junk"] = [note]
    return {
        "__before": [note, add],
        "title": [single, refuse, note],
        "name": [stop, refuse, note],
        "resources": {**rows, "extras": {"key": [stop, refuse], "__after": [note]}},
        "tags": {"name": [refuse]},
        "extras": {"key": [single], "value": [note], "__extras": [note]},
        "__extras": [note],
        "__junk": [note],
        "__after": [note, stop, note],
    }


@USUAL
@given(DATA)
def test_validators_are_called_in_the_same_order_with_the_same_values(data: dict[str, Any]):
    called: list[list[Any]] = []
    found = []
    for way in (navl.once, None):
        calls: list[Any] = []
        schema = noting(calls)
        if way:
            with way():
                found.append(outcome(data, schema, {}))
        else:
            found.append(outcome(data, schema, {}))
        called.append(calls)
    assert called[0] == called[1]
    assert found[0] == found[1]


@pytest.mark.usefixtures("portal")
@settings(USUAL, max_examples=40)
@given(description=descriptions)
def test_harvested_datasets_are_validated_as_ckan_does(commune, description):
    said, _ = package(description, source=SourceFacts("s", owner_org=commune["id"]), dataset_id="d")
    data = {**said, "name": "un-nom-que-personne-n-a", "type": "dataset"}
    data.pop("id")
    plugin: Any = lib_plugins.lookup_package_plugin("dataset")
    context = {"model": model, "session": model.Session, "user": "", "ignore_auth": True, "auth_user_obj": None}
    found = []
    for _ in range(2):
        schema = plugin.create_package_schema()
        found.append(plugin.validate({**context}, copy.deepcopy(data), schema, "package_create"))
        with navl.once():
            schema = plugin.create_package_schema()
            found.append(plugin.validate({**context}, copy.deepcopy(data), schema, "package_create"))
    assert all(one == found[0] for one in found)
    assert found[0][0]["title"]


@pytest.mark.usefixtures("portal")
@USUAL
@given(DATA)
def test_any_data_is_shown_as_ckan_does(data: dict[str, Any]):
    context = {"model": model, "session": model.Session, "user": "", "ignore_auth": True}
    ours, usual = both(data, default_show_package_schema(), context)
    assert ours == usual


def test_a_value_where_rows_are_expected_is_refused_as_ckan_does():
    schema = (
        {"tags": {"name": [ckan_navl.not_missing]}} if hasattr(ckan_navl, "not_missing") else {"tags": {"name": []}}
    )
    ours, usual = both({"tags": "tri"}, schema, {})
    assert ours == usual
    assert usual[0] is ckan_navl.DataError


def test_ckan_still_flattens_a_schema_three_times(monkeypatch):
    """When this fails, CKAN validates with less work: see whether :mod:`navl` is still needed."""
    flattened = []
    own = ckan_navl.flatten_schema

    def counted(schema, *rest):
        if not rest:
            flattened.append(1)
        return own(schema, *rest)

    monkeypatch.setattr(ckan_navl, "flatten_schema", counted)
    ckan_navl.validate({"title": "a"}, {"title": []}, {})
    assert len(flattened) >= 3
    flattened.clear()
    with navl.once():
        ckan_navl.validate({"title": "a"}, {"title": []}, {})
    assert len(flattened) == 1
