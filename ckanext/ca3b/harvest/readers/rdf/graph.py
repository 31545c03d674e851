"""What an RDF document says, in the order in which it says it."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from .names import short

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Node = ox.NamedNode | ox.BlankNode
Term = Node | ox.Literal
_XML_LITERAL = "http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral"


@lru_cache(maxsize=1024)
def _lowered(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.lower() for name in names))


class Graph:
    """Triples by subject; properties are found by their short name, whatever its case.

    Order is kept: keywords, files and datasets come out as they are written.
    """

    def __init__(self) -> None:
        self._said: dict[Node, dict[str, dict[Term, None]]] = {}
        self._names: dict[str, str] = {}
        self._types: dict[str, list[Node]] = defaultdict(list)
        self._pointing: dict[Node, list[tuple[Node, str]]] = defaultdict(list)
        self.size = 0

    def add(self, triples: Iterable[Any]) -> None:
        """Take triples (or quads) in; what was said already is not said twice."""
        for triple in triples:
            subject, value = triple.subject, triple.object
            if not isinstance(subject, ox.NamedNode | ox.BlankNode) or not isinstance(
                value, ox.NamedNode | ox.BlankNode | ox.Literal
            ):
                continue
            name = short(triple.predicate.value)
            key = name.lower()
            values = self._said.setdefault(subject, {}).setdefault(key, {})
            if value in values:
                continue
            values[value] = None
            self.size += 1
            self._names.setdefault(key, name)
            if key == "rdf:type":
                self._types[short(value.value).lower()].append(subject)
            if not isinstance(value, ox.Literal):
                self._pointing[value].append((subject, key))

    def clear(self) -> None:
        """Forget everything."""
        for held in (self._said, self._names, self._types, self._pointing):
            held.clear()
        self.size = 0

    def __contains__(self, node: object) -> bool:
        return node in self._said

    def values(self, node: Term | None, *names: str) -> list[Term]:
        """Return the values of these properties of a node, those of the first name first."""
        said = self._said.get(node) if isinstance(node, ox.NamedNode | ox.BlankNode) else None
        if not said:
            return []
        return [value for key in _lowered(names) if key in said for value in said[key]]

    def first(self, node: Term | None, *names: str) -> Term | None:
        """Return the first of :meth:`values`."""
        return next(iter(self.values(node, *names)), None)

    def typed(self, *types: str) -> list[Node]:
        """Return the nodes of these types, each once, in the order of the document."""
        found = [node for name in types for node in self._types.get(name.lower(), ())]
        return list(dict.fromkeys(found))

    def types(self, node: Node) -> set[str]:
        """Return the short names of the types of a node, in lower case."""
        return {short(value.value).lower() for value in self.values(node, "rdf:type")}

    def objects(self, *names: str) -> list[Term]:
        """Return everything that these properties of any node say, each once."""
        wanted = [name.lower() for name in names]
        found = (value for said in self._said.values() for name in wanted for value in said.get(name, ()))
        return list(dict.fromkeys(found))

    def pointing(self, node: Node) -> list[tuple[Node, str]]:
        """Return who names a node, and by which property (in lower case)."""
        return self._pointing.get(node, [])

    def properties(self, node: Node) -> Iterator[tuple[str, list[Term]]]:
        """Yield the properties of a node, by short name, with their values."""
        for key, values in self._said.get(node, {}).items():
            yield self._names[key], list(values)

    def nodes(self) -> Iterator[Node]:
        """Yield every node of which something is said."""
        yield from self._said

    def plain(self, value: Term, *, depth: int = 3) -> Any:
        """Return a value as texts, lists and objects without blank node names, for what is kept as it was."""
        if isinstance(value, ox.Literal):
            return f"{value.value}@{value.language}" if value.language else value.value
        if isinstance(value, ox.NamedNode):
            label = self.first(value, "foaf:name", "skos:preflabel", "rdfs:label", "dct:title", "vcard:fn")
            return {"@id": value.value, "label": label.value} if isinstance(label, ox.Literal) else value.value
        if depth == 0:
            return {}
        return {
            name: plain[0] if len(plain) == 1 else plain
            for name, values in self.properties(value)
            if (plain := [self.plain(each, depth=depth - 1) for each in values])
        }
