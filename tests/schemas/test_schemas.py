"""The files of the schemas keep their promises to clerks, to CKAN and to ckanext-dcat."""

from __future__ import annotations

import importlib.resources
import json
import re

import pytest
import yaml

from ckanext.ca3b.vocabularies.export import ckan_licences

FILES = importlib.resources.files("ckanext.ca3b.schemas")
# Described by two nested rows, which no form of ours asks and no catalogue we met uses.
LEFT_OUT = {"provenance_activity", "qualified_attribution"}


def read(name):
    return yaml.safe_load(FILES.joinpath(name).read_text("utf-8"))


DATASET = read("dataset.yaml")
ALL = {
    f"{name}: {field['field_name']}": field
    for name, fields in {
        "dataset": DATASET["dataset_fields"],
        "resource": DATASET["resource_fields"],
        "organization": read("organization.yaml")["fields"],
        "group": read("group.yaml")["fields"],
    }.items()
    for field in fields
}
HIDDEN = {"ca3b_hidden"}


@pytest.fixture(autouse=True)
def no_dataset_left():
    """No portal here."""


def is_asked(field):
    return field.get("form_snippet", "") is not None and field.get("preset") not in HIDDEN


@pytest.mark.parametrize("name", ALL)
def test_what_is_asked_of_a_clerk_is_explained_with_an_example(name):
    field = ALL[name]
    assert re.search(r"[A-Za-zÀ-ÿ]", field["label"])
    if is_asked(field) and field["field_name"] not in {"url", "image_url", "name", "contact"}:
        assert "Exemple" in field["help_text"], name


def test_the_first_page_is_short_and_only_three_fields_are_required():
    fields = DATASET["dataset_fields"]
    starts = [index for index, field in enumerate(fields) if "start_form_page" in field]
    assert [fields[index]["start_form_page"]["title"] for index in starts] == [
        "L'essentiel", "Où et quand", "Qui et comment", "Europe",
    ]  # fmt: skip
    first = [field["field_name"] for field in fields[: starts[1]] if is_asked(field)]
    assert first == ["title", "notes", "theme", "tag_string", "owner_org"]
    assert {field["field_name"] for field in fields if field.get("required")} == {"title", "notes", "owner_org"}


@pytest.mark.parametrize("group", ["dataset_fields", "resource_fields"])
def test_the_names_are_those_of_ckanext_dcat(group):
    theirs = yaml.safe_load(importlib.resources.files("ckanext.dcat.schemas").joinpath("dcat_ap_full.yaml").read_text())
    names = {field["field_name"]: field for field in DATASET[group]}
    for field in theirs[group]:
        if field["field_name"] in LEFT_OUT:
            continue
        ours = names[field["field_name"]]
        rows = {sub["field_name"] for sub in field.get("repeating_subfields", ())}
        nested = {s["field_name"] for s in field.get("repeating_subfields", ()) if "repeating_subfields" in s}
        assert rows - nested - {"keyword"} <= {sub["field_name"] for sub in ours.get("repeating_subfields", ())}


def test_the_register_of_ckan_is_our_vocabulary():
    assert json.loads(FILES.joinpath("licences.json").read_text("utf-8")) == ckan_licences()
