"""What a map says of itself in sentences."""

from __future__ import annotations

from typing import Any

import pytest

from ckanext.ca3b.cartography import wording

pytestmark = pytest.mark.usefixtures("with_request_context")


def layer(**values: Any) -> dict[str, Any]:
    """One layer of carte.json, coloured by « type »."""
    categories = [{"value": value, "count": count} for value, count in (("Verre", 3), (None, 2), (True, 1))]
    attribute = {"name": "type", "label": "Type de bac", "categories": categories, "distinct": 3}
    style = {"attribute": "type", "kind": "categories"}
    return {"name": "bacs", "kind": "vector", "features": 6, "geometry_types": ["Point"], "attributes": [attribute],
            "style": style, **values}  # fmt: skip


def test_a_file_of_one_layer_is_not_named_by_its_layer():
    (first, second) = wording.summary({"layers": [layer()]})
    assert first.startswith("6 ")
    assert "bacs" not in first
    assert "Type de bac" in second
    assert "Verre (3)" in second


def test_several_layers_are_named():
    said = wording.summary({"layers": [layer(), layer(name="lignes", geometry_types=["LineString"], style={})]})
    assert "bacs" in said[0]
    assert "lignes" in said[-1]


def test_classes_say_their_range():
    attribute = {"name": "n", "label": "Nombre", "min": 2, "max": 40, "categories": []}
    said = wording.summary({"layers": [layer(attributes=[attribute], style={"attribute": "n", "kind": "classes"})]})
    assert "2" in said[1]
    assert "40" in said[1]


def test_a_sample_whose_count_is_not_known_says_nothing_false():
    assert wording.summary({"layers": [layer(features=None)]}) == []


def test_objects_left_out_are_counted_with_their_reason():
    said = wording.remarks({"warnings": ["Système deviné."], "skipped": {"null": 2, "empty": 0, "invalid": 1}})
    assert said[0] == "Système deviné."
    assert said[1].startswith("3 ")
    assert said[1].count("(") == 2


def test_objects_of_another_site_are_not_counted():
    assert wording.summary({"layers": [layer(features=0, data={"type": "pmtiles", "service": "pmtiles"})]}) == []
