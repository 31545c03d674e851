"""The form of a composed map: everything is in the form until it is saved, so that it works without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from attrs import frozen
from ckan import logic
from ckan.lib.navl import dictization_functions

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELDS = ("title", "notes", "owner_org", "state", "base")
LAYER_FIELDS = ("resource_id", "layer", "title", "opacity", "kind", "attribute", "classes")


@frozen
class Asked:
    """What a button asks: ``kind`` is save, search, add, up, down or remove; ``value`` is what stands after it."""

    kind: str
    value: str = ""


def asked(form: Mapping[str, Any]) -> Asked:
    """Return which button was pressed."""
    kind, _, value = str(form.get("do") or "save").partition(":")
    return Asked(kind, value)


def given(form: Any) -> dict[str, Any]:
    """Return what the form says, in the shape of the actions."""
    try:
        read = logic.clean_dict(dictization_functions.unflatten(logic.tuplize_dict(logic.parse_params(form))))
    except (dictization_functions.DataError, ValueError, TypeError):
        return {"layers": []}
    found = {name: read.get(name, "") for name in FIELDS}
    found["layers"] = [_layer(one) for one in read.get("layers") or [] if isinstance(one, dict)]
    return found


def _layer(read: dict[str, Any]) -> dict[str, Any]:
    layer = {name: read[name] for name in LAYER_FIELDS if isinstance(read.get(name), str)}
    layer["visible"] = bool(read.get("visible"))
    return layer


def changed(facts: dict[str, Any], button: Asked) -> tuple[dict[str, Any], str]:
    """Return the form after a button, and a sentence that says what was done; empty when nothing was."""
    layers = list(facts["layers"])
    said = ""
    if button.kind == "add":
        resource_id, _, layer = button.value.partition("/")
        layers.append({"resource_id": resource_id, "layer": layer or "0", "visible": True, "opacity": "1"})
        said = tk._("The layer is added on top of the others.")
    elif button.value.isdigit() and int(button.value) < len(layers):
        said = _moved(layers, button.kind, int(button.value))
    return {**facts, "layers": layers}, said


def _moved(layers: list[dict[str, Any]], kind: str, number: int) -> str:
    """Move or remove a layer, in place; the first of the list is drawn at the bottom."""
    if kind == "remove":
        layers.pop(number)
        return tk._("The layer is removed from the map; its file stays.")
    step = {"up": 1, "down": -1}.get(kind, 0)
    if step and 0 <= number + step < len(layers):
        layers[number], layers[number + step] = layers[number + step], layers[number]
        return tk._("The layer is moved.")
    return ""
