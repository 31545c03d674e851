"""A graph for one dataset: a few hundred triples, added once, looked up by subject.

rdflib's own keeps three indexes, checks each term and names some thirty prefixes: half of the time it takes to
describe a dataset.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rdflib import Graph
from rdflib.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import URIRef
    from rdflib.term import Node

Triple = tuple["Node", "Node", "Node"]


class _BySubject(Store):
    """Triples by subject, in the order in which they came."""

    def __init__(self) -> None:
        super().__init__()
        self.statements: dict[Node, dict[tuple[Node, Node], None]] = {}
        self._prefixes: dict[str, URIRef] = {}

    def add(self, triple: Any, context: Any = None, quoted: bool = False) -> None:  # noqa: ARG002
        subject, predicate, found = triple
        self.statements.setdefault(subject, {})[predicate, found] = None

    def remove(self, triple: Any, context: Any = None) -> None:
        for (subject, predicate, found), _ in list(self.triples(triple, context)):
            del self.statements[subject][predicate, found]

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[tuple[Triple, Any]]:  # noqa: ARG002
        subject, predicate, found = triple_pattern
        subjects = list(self.statements) if subject is None else [subject]
        for each in subjects:
            for said, value in list(self.statements.get(each, ())):
                if (predicate is None or predicate == said) and (found is None or found == value):
                    yield (each, said, value), iter(())

    def bind(self, prefix: str, namespace: URIRef, override: bool = True) -> None:
        if override or prefix not in self._prefixes:
            self._prefixes[prefix] = namespace

    def namespace(self, prefix: str) -> URIRef | None:
        return self._prefixes.get(prefix)

    def prefix(self, namespace: URIRef) -> str | None:
        return next((prefix for prefix, one in self._prefixes.items() if one == namespace), None)

    def namespaces(self) -> Iterator[tuple[str, URIRef]]:
        yield from self._prefixes.items()

    def __len__(self, context: Any = None) -> int:
        return sum(map(len, self.statements.values()))


class LightGraph(Graph):
    """A graph whose prefixes are for whoever writes it."""

    def __init__(self) -> None:
        self.__light = _BySubject()
        super().__init__(store=self.__light, bind_namespaces="none")

    def add(self, triple: Any) -> LightGraph:
        """Add a triple of terms."""
        subject, predicate, found = triple
        self.__light.statements.setdefault(subject, {})[predicate, found] = None
        return self

    def bind(self, *args: Any, **options: Any) -> None:
        """Leave the prefixes to the writer."""
