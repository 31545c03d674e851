"""Datasets of CKAN under the names that the reader knows, whichever portal named their fields.

What portals add to CKAN they name in their own way: ckanext-dcat in extras, ckanext-spatial's harvesters, and the
portals of Switzerland, Italy and the French regions in fields of the dataset.
"""

from __future__ import annotations

from typing import Any

from .shaping import mapping, mappings, parsed, text, texts

_EMPTY: tuple[Any, ...] = (None, "", [], {})
#: Their name → ours, used when ours says nothing.
_SAME = {
    "description": "notes", "accrual_periodicity": "frequency", "update_frequency": "frequency",
    "dataset_modification_date": "modified", "dataset_publication_date": "issued", "contact_points": "contact",
    "temporals": "temporal_coverage", "temporal_coverage-from": "temporal_start",
    "temporal_coverage-to": "temporal_end", "licence": "license", "geographical_geonames_url": "spatial_uri",
}  # fmt: skip
_SAME_OF_FILE = {"media_type": "mimetype", "byte_size": "size", "license_type": "license"}
_STARTS = ("start", "start_date", "temporal_start", "from")
_ENDS = ("end", "end_date", "temporal_end", "to")


def standard(entry: dict[str, Any]) -> dict[str, Any]:
    """Return the fields and the extras of a dataset, without those that are empty.

    What a scheming form keeps as fields, ckanext-dcat and older portals keep as extras of the same names.
    """
    extras = {text(one.get("key")): one.get("value") for one in mappings(entry.get("extras")) if one.get("key")}
    whole = {**_said(extras), **_said(entry)}
    for name in [name for name in extras if name.startswith("dcat_") and name in whole]:
        _rename(whole, name, name.removeprefix("dcat_"))
    for name, ours in _SAME.items():
        _rename(whole, name, ours)
    for name in ("temporal_start", "temporal_end", "license"):
        whole[name] = parsed(whole.get(name), whole.get(name))
    if isinstance(whole.get("language"), str) and not whole["language"].startswith("["):
        whole["language"] = [part.strip() for part in whole["language"].split(",")]
    if themes := [text(one.get("theme")) for one in mappings(whole.pop("themes_aggregate", None))]:
        whole["theme"] = list(dict.fromkeys([*themes, *_codes(whole.get("theme"))]))
    if mappings(whole.get("conforms_to")):
        whole["conforms_to"] = [
            text(one.get("uri")) or text(one.get("identifier")) or text(one.get("title"))
            for one in mappings(whole["conforms_to"])
        ]
    if mappings(whole.get("temporal_coverage")):
        whole["temporal_coverage"] = [_period(one) for one in mappings(whole["temporal_coverage"])]
    return _said(whole)


def keywords(whole: dict[str, Any]) -> tuple[str, ...]:
    """Return the keywords of a dataset, the French ones when they are given by language."""
    for name in ("tags_translated", "keywords"):
        said = mapping(whole.get(name))
        if found := texts(said.get("fr")):
            return found
    named = tuple(text(one.get("display_name") or one.get("name")) for one in mappings(whole.get("tags")))
    named = named or tuple(one for one in texts(whole.get("tags")) if "{" not in one)
    if named or not whole.get("keywords"):
        return named
    by_language = mapping(whole["keywords"])
    if not by_language:
        return texts(whole["keywords"])
    return tuple(dict.fromkeys(word for words in by_language.values() for word in texts(words)))


def file(entry: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a file under the names that the reader knows."""
    whole = dict(entry)
    for name, ours in _SAME_OF_FILE.items():
        if whole.get(ours) in _EMPTY and whole.get(name) not in _EMPTY:
            whole[ours] = whole.pop(name)
    return whole


def _said(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in _EMPTY}


def _rename(whole: dict[str, Any], name: str, ours: str) -> None:
    if name in whole and ours not in whole:
        whole[ours] = whole.pop(name)


def _codes(value: Any) -> list[str]:
    """Return the themes of a field, without the Italian lists of objects, which repeat them."""
    return [] if mappings(value) else list(texts(value))


def _period(one: dict[str, Any]) -> dict[str, str]:
    sides = {"start": _STARTS, "end": _ENDS}
    return {side: next((text(one[name]) for name in names if one.get(name)), "") for side, names in sides.items()}
