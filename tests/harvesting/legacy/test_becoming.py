"""What an export of ckanext-harvest becomes, and which record of the catalogue each of its datasets is."""

from __future__ import annotations

import json

import pytest

from ckanext.ca3b.harvest.model import Description
from ckanext.ca3b.harvest.readers import KINDS
from ckanext.ca3b.harvesting.legacy import LegacyError, OldObject, becoming, from_export

LISTED = {
    "success": True,
    "result": [
        {
            "id": "0e6d", "url": " https://www.jayat.example/catalog.ttl ", "title": "Jayat", "type": "dcat_rdf",
            "config": '{"rdf_format": "text/turtle", "default_tags": ["jayat"]}', "active": True,
            "publisher_id": "jayat", "frequency": "WEEKLY", "status": {"total_datasets": 3},
        },
        {
            "id": "1f7e", "name": "ancien", "url": "https://a.example", "type": "harvest", "source_type": "ckan",
            "config": '{"organizations_filter_include": ["mairie"]}', "state": "deleted",
            "organization": {"name": "attignat"}, "frequency": "BIWEEKLY",
        },
    ],
}  # fmt: skip


def test_the_answer_of_the_old_portal_is_understood() -> None:
    first, second = from_export(json.dumps(LISTED))
    assert (first.address, first.organization, first.type) == ("https://www.jayat.example/catalog.ttl", "jayat",
                                                                "dcat_rdf")  # fmt: skip
    assert becoming.schedule(first) == "weekly"
    assert becoming.options(first) == ({}, ("default_tags",))
    assert (second.type, second.organization, second.active) == ("ckan", "attignat", False)
    assert becoming.options(second) == ({"organization": "mairie"}, ())


@pytest.mark.parametrize("text", ["", "[", '{"result": [{"title": "sans adresse"}]}', "3", '["a"]'])
def test_what_is_no_such_answer_is_said_so(text: str) -> None:
    with pytest.raises(LegacyError, match=r"\.$"):
        from_export(text)


def test_a_setting_that_cannot_be_read_is_no_obstacle() -> None:
    (found,) = from_export(json.dumps([{"url": "https://a.example", "config": "{oups", "type": "dcat_rdf"}]))
    assert found.config == {}
    assert becoming.schedule(found) == "manual"


def test_a_record_is_known_by_its_address_or_its_identifier() -> None:
    """ckanext-dcat calls a record by its URI, we call it by its identifier: both are the same dataset."""
    read = [
        Description("arbres", "Arbres", uri="https://a.example/d/1"),
        Description("budget", "Budget", provenance={"uri": "https://a.example/d/2"}),
        Description("seul", "Seul"),
    ]
    objects = [
        OldObject("https://a.example/d/1", "id-1"),
        OldObject("https://a.example/d/2", "id-2"),
        OldObject("seul", "id-3"),
        OldObject("https://a.example/d/gone", "id-4"),
    ]
    assert becoming.identifiers(objects, read) == {
        "id-1": ("arbres", "https://a.example/d/1"),
        "id-2": ("budget", ""),
        "id-3": ("seul", ""),
    }


def test_a_dataset_is_adopted_once() -> None:
    objects = [OldObject("a", "1"), OldObject("a", "2"), OldObject("b", "1"), OldObject("", "3"), OldObject("c", "4")]
    assert [one.dataset_id for one in becoming.once(objects, {"4"})] == ["1"]


def test_every_type_of_harvester_is_of_a_kind_that_exists() -> None:
    assert set(filter(None, becoming.KINDS.values())) <= set(KINDS)
