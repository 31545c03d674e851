"""Datasets made from every field of the schema, with what people type, what harvests bring, and what breaks readers."""

from __future__ import annotations

from importlib import resources
from typing import Any

import yaml
from hypothesis import strategies as st

from ckanext.ca3b import vocabularies

SCHEMA: dict[str, Any] = yaml.safe_load(
    resources.files("ckanext.ca3b.schemas").joinpath("dataset.yaml").read_text("utf-8")
)
#: Made or given by the portal itself.
_APART = {"owner_org", "name", "tag_string", "communes"}

TEXTS = st.one_of(
    st.sampled_from(
        [
            "",
            " ",
            "Fil d'eau & « cie »",
            "<b>gras</b>",
            'dit "non"',
            "a\x00b\x0bc\ud800d\ufffe",
            "\\u0041\n\t",
            "é" * 300,
        ]
    ),
    st.text(max_size=40),
)
LINKS = st.one_of(
    st.sampled_from(
        [
            "https://www.viriat.fr/notice.pdf",
            "http://exemple.fr/a b?x=<y>#z#w",
            "https://été.fr/chemin%zz[1]",
            "javascript:alert(1)",
            "http://",
            "http://a:99999/",
            "urn:uuid:5b1f6a1e-0000-4000-8000-0000000000aa",
            "pas une adresse",
            "",
            "http://exemple.fr/\x00\ud800",
        ]
    ),
    st.text(max_size=20).map("https://exemple.fr/".__add__),
)
DATES = st.one_of(
    st.sampled_from(
        ["2025", "2025-02", "2025-02-30", "31/12/2025", "hier", "0000", "2025-01-01T10:00:00+02:00", "", "9999-12"]
    ),
    st.dates().map(str),
    st.datetimes().map(lambda one: one.isoformat()),
)
EMAILS = st.sampled_from(["donnees@viriat.fr", "mailto:a@b.fr", "a b@c", "", "é@é.fr", "<x>@y.fr"])
NUMBERS = st.sampled_from([5, 0, -1, "0.50", "1e400", "NaN", "beaucoup", "", 123456789012])
_SQUARE = '{"type": "Polygon", "coordinates": [[[5, 46], [6, 46], [6, 47], [5, 46]]]}'
_BOW_TIE = '{"type": "Polygon", "coordinates": [[[5, 46], [6, 47], [6, 46], [5, 47], [5, 46]]]}'
_HUGE = "POLYGON ((" + ", ".join(f"{5 + i % 97 / 100} {46 + i / 3000}" for i in range(3000)) + ", 5 46))"
GEOMETRIES = st.sampled_from(
    [
        _SQUARE,
        _BOW_TIE,
        _HUGE,
        '{"type": "Point", "coordinates": [5.2, 46.2]}',
        '{"type": "Point"}',
        "POINT (500 46)",
        "5,46",
    ]
)
HASHES = st.sampled_from(["ab" * 32, "AB" * 16, "sha256:" + "0f" * 32, "xyz", "abc", ""])
_BY_NAME = {
    "geom": GEOMETRIES,
    "bbox": GEOMETRIES,
    "centroid": GEOMETRIES,
    "spatial": GEOMETRIES,
    "hash": HASHES,
    "size": NUMBERS,
}


def _one(field: dict[str, Any]) -> st.SearchStrategy[Any]:
    name, rules = field["field_name"], f"{field.get('validators', '')} {field.get('preset', '')}"
    if "vocabulary" in field or name == "license_id":
        entries = vocabularies.vocabulary(field.get("vocabulary", "licences")).entries
        known = st.sampled_from([word for one in entries for word in (one.uri or one.code, one.code, one.label)])
        return known | TEXTS | LINKS
    if name in _BY_NAME:
        return _BY_NAME[name]
    if "date" in rules:
        return DATES
    if "email" in rules:
        return EMAILS
    if "decimal" in rules or "int_validator" in rules:
        return NUMBERS
    if "link" in rules or name.endswith(
        ("uri", "url", "_to", "legislation", "page", "relation", "version", "type", "rights")
    ):
        return LINKS | TEXTS
    return TEXTS


def _field(field: dict[str, Any]) -> st.SearchStrategy[Any]:
    if subfields := field.get("repeating_subfields"):
        return st.lists(st.fixed_dictionaries({one["field_name"]: _field(one) for one in subfields}), max_size=2)
    many = "multiple" in str(field.get("validators")) or field.get("preset") in {
        "ca3b_texts",
        "ca3b_links",
        "ca3b_concepts",
    }
    return st.lists(_one(field), max_size=3) if many else _one(field)


def _fields(fields: list[dict[str, Any]]) -> dict[str, st.SearchStrategy[Any]]:
    return {one["field_name"]: _field(one) for one in fields if one["field_name"] not in _APART}


def _ids(kind: int) -> st.SearchStrategy[str]:
    return st.integers(0, 10**12 - 1).map(lambda number: f"0a1b2c3d-0000-4000-{kind}000-{number:012d}")


RESOURCES = st.fixed_dictionaries(
    {"id": _ids(9)},
    optional={
        **_fields(SCHEMA["resource_fields"]),
        "url_type": st.sampled_from(["upload", "", None]),
        "created": DATES,
    },
)
DATASETS = st.fixed_dictionaries(
    {
        "id": _ids(8),
        "name": st.just("jeu"),
        "resources": st.lists(RESOURCES, max_size=3, unique_by=lambda one: one["id"]),
        "metadata_created": DATES,
        "metadata_modified": st.just("2025-06-01T10:00:00"),
        "owner_org": st.just(""),
    },
    optional={
        **_fields(SCHEMA["dataset_fields"]),
        "communes": st.lists(st.sampled_from(["01451", "01053", "Nulle part"]), max_size=2),
        "tags": st.lists(st.fixed_dictionaries({"name": TEXTS}), max_size=3),
        "extras": st.just([{"key": "uri", "value": "https://ailleurs.example/1"}]),
    },
)
