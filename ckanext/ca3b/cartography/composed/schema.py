"""What a composed map may say, as CKAN's validators check it."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b.cartography import config

from . import store
from .model import DRAFT, PUBLISHED

if TYPE_CHECKING:
    from ckan.types import Schema

#: Names that are addresses of the portal under ``/cartes``.
RESERVED = frozenset({"fichiers", "nouvelle", "recherche", "chaleur", "services"})
MAX_LAYERS = 20
MAX_TITLE, MAX_NOTES, MAX_LABEL = 200, 10_000, 200
#: What has no plain letter, and what parts two words (elisions).
_SPELT = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": " ", "'": " "})
KINDS = ("single", "categories", "classes")


def composed_map() -> Schema:
    """Return the schema of a map and of its layers."""
    v: Any = tk.get_validator
    text = [v("ignore_missing"), v("unicode_safe")]
    return {
        "id": [v("ignore_missing"), v("unicode_safe")],
        "title": [v("not_empty"), v("unicode_safe"), _at_most(MAX_TITLE)],
        "notes": [v("default")(""), v("unicode_safe"), _at_most(MAX_NOTES)],
        "owner_org": [v("not_empty"), v("unicode_safe"), v("group_id_or_name_exists")],
        "state": [v("default")(DRAFT), v("one_of")([DRAFT, PUBLISHED])],
        "base": [v("default")(""), v("one_of")(["", *config.KNOWN_BASE_MAPS])],
        "layers": {
            "resource_id": [v("not_empty"), v("unicode_safe"), v("resource_id_exists")],
            "layer": [v("default")("0"), v("unicode_safe"), _at_most(MAX_LABEL)],
            "title": [*text, _at_most(MAX_LABEL)],
            "visible": [v("default")(True), v("boolean_validator")],
            "opacity": [v("default")(1), _opacity],
            "kind": [v("ignore_empty"), v("one_of")(KINDS)],
            "attribute": [v("ignore_empty"), v("unicode_safe"), _at_most(MAX_LABEL)],
            "classes": [v("ignore_empty"), v("int_validator"), v("one_of")([3, 4, 5, 6, 7])],
            "__extras": [v("ignore")],
        },
        "__extras": [v("ignore")],
    }


def name_of(title: str) -> str:
    """Return a name that no other map has, made from a title."""
    plain = unicodedata.normalize("NFKD", title.translate(_SPELT)).encode("ascii", "ignore")
    stem = re.sub(r"[^a-z0-9]+", "-", plain.decode().lower()).strip("-")[:80].strip("-") or "carte"
    name, number = stem, 1
    while name in RESERVED or store.get(name):
        number += 1
        name = f"{stem}-{number}"
    return name


def _at_most(length: int) -> Any:
    def check(value: Any) -> Any:
        if isinstance(value, str) and len(value) > length:
            raise tk.Invalid(tk._("At most {number} characters").format(number=length))
        return value

    return check


def _opacity(value: Any) -> float:
    try:
        found = float(value)
    except (TypeError, ValueError):
        found = -1.0
    if not 0.1 <= found <= 1:
        raise tk.Invalid(tk._("The opacity goes from 0.1 to 1"))
    return found
