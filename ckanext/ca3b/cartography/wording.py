"""What a map shows, said in sentences: for those who do not see it, and before it is drawn."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

MOST_CATEGORIES = 5


def summary(description: dict[str, Any]) -> list[str]:
    """Return the sentences that say what a map shows: how many objects, of what kind, and how they differ.

    :param description: content of ``carte.json``.
    """
    layers = description.get("layers") or []
    # A file of one layer is called by its title, just above: the name its software gave to the layer says no more.
    return [sentence for layer in layers for sentence in _layer({**layer, "name": ""} if len(layers) == 1 else layer)]


def remarks(description: dict[str, Any]) -> list[str]:
    """Return what a reader should know of the making of a map: objects left out, position guessed."""
    skipped = {reason: number for reason, number in (description.get("skipped") or {}).items() if number}
    said = list(description.get("warnings") or [])
    if skipped:
        total = sum(skipped.values())
        reasons = ", ".join(f"{_reason(code)} ({tk.h.ca3b_number(number)})" for code, number in skipped.items())
        said.append(
            tk.ungettext(
                "{number} object of the file is not on the map: {reasons}.",
                "{number} objects of the file are not on the map: {reasons}.",
                total,
            ).format(number=tk.h.ca3b_number(total), reasons=reasons)
        )
    return said


def _layer(layer: dict[str, Any]) -> list[str]:
    name = layer.get("name") or ""
    if layer.get("kind") == "raster":
        return [
            tk._("“{name}” is a picture laid on the map.").format(name=name)
            if name
            else tk._("A picture laid on the map.")
        ]
    features = layer.get("features")
    if features is None or (layer.get("data") or {}).get("service"):
        # Nobody counts what is in the tiles of another site.
        return []
    what = _count(features, layer.get("geometry_types") or [])
    said = [tk._("“{name}”: {what}.").format(name=name, what=what) if name else f"{what}."]
    attribute = _attribute(layer, (layer.get("style") or {}).get("attribute"))
    if attribute:
        said += _differing(attribute, layer["style"].get("kind"))
    return said


def _count(number: int, types: list[str]) -> str:
    kinds = {kind for kind in ("Point", "Line", "Polygon") if any(kind in one for one in types)}
    written = tk.h.ca3b_number(number)
    if kinds == {"Point"}:
        return tk.ungettext("{number} point", "{number} points", number).format(number=written)
    if kinds == {"Line"}:
        return tk.ungettext("{number} line", "{number} lines", number).format(number=written)
    if kinds == {"Polygon"}:
        return tk.ungettext("{number} surface", "{number} surfaces", number).format(number=written)
    return tk.ungettext("{number} object", "{number} objects", number).format(number=written)


def _attribute(layer: dict[str, Any], name: str | None) -> dict[str, Any] | None:
    return next((one for one in layer.get("attributes") or [] if one["name"] == name), None) if name else None


def _differing(attribute: dict[str, Any], kind: str | None) -> list[str]:
    label = attribute.get("label") or attribute["name"]
    categories = attribute.get("categories") or []
    if kind == "categories" and categories:
        first = [one for one in categories if one["value"] not in {None, ""}][:MOST_CATEGORIES]
        values = ", ".join(f"{_value(one['value'])} ({tk.h.ca3b_number(one['count'])})" for one in first)
        more = (attribute.get("distinct") or len(categories)) > len(first)
        text = tk._("By “{label}”: {values}, and others.") if more else tk._("By “{label}”: {values}.")
        return [text.format(label=label, values=values)]
    if kind == "classes" and attribute.get("min") is not None:
        low, high = tk.h.ca3b_number(attribute["min"]), tk.h.ca3b_number(attribute["max"])
        return [tk._("By “{label}”, from {low} to {high}.").format(label=label, low=low, high=high)]
    return []


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return tk._("yes") if value else tk._("no")
    return str(value)


def _reason(code: str) -> str:
    """Say in words a reason of the core (``maps.cleaning.REASONS``), which names them in the command's report."""
    words = {
        "null": tk._("no position"),
        "empty": tk._("an empty shape"),
        "not_finite": tk._("coordinates that are not numbers"),
        "origin": tk._("coordinates at zero"),
        "outside_world": tk._("coordinates outside the world"),
        "too_many_vertices": tk._("a shape too heavy"),
        "invalid": tk._("a surface that cannot be repaired"),
    }
    return words.get(code, code)
