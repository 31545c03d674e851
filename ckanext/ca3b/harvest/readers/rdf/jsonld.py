"""JSON-LD: contexts kept elsewhere are answered from our own copies, and never fetched."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from typing import Any

import pyoxigraph as ox
from attrs import field, frozen

from ckanext.ca3b.harvest import normalise
from ckanext.ca3b.harvest.sources import loaded

_SCHEMA = re.compile(r"^https?://(?:www\.)?schema\.org(?:/|$)", re.IGNORECASE)
_DEPTH = 200
#: Keys of an object that holds a text by language; « id » is none, though Indonesian has that code.
_LANGUAGE = re.compile(r"(?!id$)[a-z]{2}(?:-[A-Za-z]{2,4})?")


@frozen
class JsonReading:
    """The triples of a document, the contexts it names that we do not have, what could not be read."""

    triples: list[Any] = field(factory=list)
    unknown: list[str] = field(factory=list)
    bad: list[tuple[int, str, str]] = field(factory=list)


@cache
def _bundled(name: str) -> dict[str, Any]:
    text = resources.files(__package__ or "").joinpath(f"contexts/{name}.json").read_text("utf-8")
    return json.loads(text)["@context"]


def read_jsonld(text: str, base: str | None) -> JsonReading:
    """Return what a JSON-LD document says.

    :raises SourceError: nothing of it is JSON (``syntax``).
    """
    document, cut = loaded(text)
    unknown: list[str] = []
    document = _inlined(document, unknown, 0)
    if isinstance(document, dict) and "@context" not in document:
        document = {"@context": _bundled("dcat"), **document}
    elif isinstance(document, list):
        document = [
            {"@context": _bundled("dcat"), **each} if isinstance(each, dict) and "@context" not in each else each
            for each in document
        ]
    found = JsonReading(unknown=list(dict.fromkeys(unknown)), bad=[cut] if cut else [])
    try:
        found.triples.extend(_parsed(document, base))
    except (SyntaxError, ValueError) as error:
        _by_node(document, base, found, str(error))
    return found


def _parsed(document: Any, base: str | None) -> list[Any]:
    content = json.dumps(document).encode()
    return list(ox.parse(content, format=ox.RdfFormat.JSON_LD, base_iri=base, lenient=True))


def _by_node(document: Any, base: str | None, found: JsonReading, reason: str) -> None:
    """Read each node of a document that is wrong as a whole."""
    context = document.get("@context", {}) if isinstance(document, dict) else {}
    nodes = document.get("@graph", [document]) if isinstance(document, dict) else document
    nodes = nodes if isinstance(nodes, list) else [nodes]
    if not nodes or nodes == [document]:
        found.bad.append((0, "", reason))
        return
    for node in nodes:
        if not isinstance(node, dict):
            continue
        try:
            found.triples.extend(_parsed({"@context": context, **node}, base))
        except (SyntaxError, ValueError) as error:
            name = node.get("@id") or node.get("id") or ""
            found.bad.append((0, str(name), str(error)))


def _inlined(value: Any, unknown: list[str], depth: int) -> Any:
    """Return a document in which every context that is kept elsewhere is one of ours."""
    if depth > _DEPTH:
        return None
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()  # half a character may come in an escaped text
    if isinstance(value, list):
        return [_inlined(each, unknown, depth + 1) for each in value]
    if not isinstance(value, dict):
        return value
    if value and all(map(_is_language, value)) and all(map(_is_text, value.values())):
        return _by_language(value)
    return {
        key: _context(each, unknown) if key == "@context" else _inlined(each, unknown, depth + 1)
        for key, each in value.items()
        if key != "@import"
    }


def _is_language(key: str) -> bool:
    return bool(_LANGUAGE.fullmatch(key)) and normalise.language(key).known


def _is_text(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(each, str) for each in value))


def _by_language(value: dict[str, Any]) -> list[dict[str, str]]:
    """Return the texts of an object that has one by language, as contexts kept elsewhere allow it."""
    return [
        {"@value": text.encode("utf-8", "replace").decode(), "@language": language}
        for language, said in value.items()
        for text in (said if isinstance(said, list) else [said])
    ]


def _context(value: Any, unknown: list[str]) -> Any:
    if isinstance(value, list):
        return [_context(each, unknown) for each in value]
    if isinstance(value, dict):
        return _terms(value, unknown, 0)
    if not isinstance(value, str):
        return value
    if _SCHEMA.match(value):
        return _bundled("schema")
    if not re.search(r"dcat|project-open-data|data\.europa\.eu|semiceu", value, re.IGNORECASE):
        unknown.append(value)
    return _bundled("dcat")


def _terms(value: Any, unknown: list[str], depth: int) -> Any:
    """Return the definitions of a context, with ours for what they take from elsewhere."""
    if depth > _DEPTH or not isinstance(value, dict):
        return None if depth > _DEPTH else value
    return {
        key: _context(each, unknown) if key == "@context" else _terms(each, unknown, depth + 1)
        for key, each in value.items()
        if key != "@import"
    }
