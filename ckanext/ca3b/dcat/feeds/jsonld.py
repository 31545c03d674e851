"""Triples as nodes of JSON-LD, compacted with the context that every document of ours carries."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from .namespaces import PREFIXES
from .triples import TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable

_STRING = "http://www.w3.org/2001/XMLSchema#string"
#: The start of a document; it names no context of another site, which readers would have to fetch.
HEAD = json.dumps({"@context": PREFIXES}, indent=1)[:-2] + ',\n "@graph": [\n'
TAIL = "\n ]\n}\n"


def nodes(triples: Iterable[ox.Triple]) -> str:
    """Return the nodes of some triples, separated by commas; blank nodes used once are written where they are used."""
    found: dict[str, dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]]] = {}
    uses: dict[str, int] = {}
    for one in triples:
        values = found.setdefault(_id(one.subject), {}).setdefault(one.predicate.value, [])  # pyright: ignore[reportArgumentType]
        values.append(one.object)  # pyright: ignore[reportArgumentType]
        if isinstance(one.object, ox.BlankNode):
            uses[_id(one.object)] = uses.get(_id(one.object), 0) + 1
    nested = {id_ for id_, count in uses.items() if count == 1 and id_ in found}
    written: set[str] = set()

    def node(id_: str, inside: bool) -> dict[str, Any]:
        written.add(id_)
        body: dict[str, Any] = {} if inside else {"@id": id_}
        for predicate, values in found[id_].items():
            if predicate == TYPE:
                said: list[Any] = [_id(one) if isinstance(one, ox.BlankNode) else _compact(one.value) for one in values]
                body["@type"] = said[0] if len(said) == 1 else said
            else:
                said = [value(one) for one in values]
                body[_compact(predicate)] = said[0] if len(said) == 1 else said
        return body

    def value(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> Any:
        if not isinstance(term, ox.Literal):
            id_ = _id(term)
            return node(id_, True) if id_ in nested and id_ not in written else {"@id": id_}
        if term.language:
            return {"@language": term.language, "@value": term.value}
        if term.datatype.value == _STRING:
            return term.value
        return {"@type": _compact(term.datatype.value), "@value": term.value}

    tops = [node(id_, False) for id_ in found if id_ not in nested]
    # A ring of blank nodes hangs on nothing: written by its name.
    tops += [node(id_, False) for id_ in sorted(nested) if id_ not in written]
    return ",\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in tops)


def _id(term: ox.NamedNode | ox.BlankNode) -> str:
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else term.value


@lru_cache(4096)
def _compact(uri: str) -> str:
    for prefix, start in PREFIXES.items():
        if uri.startswith(start) and len(uri) > len(start):
            return f"{prefix}:{uri[len(start) :]}"
    return uri
