"""The formats of the catalogue: pieces written once for each dataset, and documents put together from pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import attrs
import pyoxigraph as ox

from . import jsonld
from .namespaces import PREFIXES

Triples = Sequence[ox.Triple]
#: To be raised when the same triples would be written in another way.
VERSION = "1"


@attrs.frozen
class Syntax:
    """How triples are written. ``name`` is the column of the fragments; ``piece`` writes triples without what a whole
    document needs around them: ``head``, ``between`` two pieces, ``tail``.
    """

    name: str
    piece: Callable[[Triples], str]
    head: str = ""
    between: str = ""
    tail: str = ""


@attrs.frozen
class Format:
    """What may be asked by an ending of an address; ``label`` is for people."""

    ending: str
    media_type: str
    label: str
    syntax: Syntax

    @property
    def content_type(self) -> str:
        """Return what the answers say: readers that follow HTTP would take « text/turtle » alone for Latin-1."""
        return f"{self.media_type}; charset=utf-8"


def _ntriples(triples: Triples) -> str:
    return (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode()


def _turtle(triples: Triples) -> str:
    text = (ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b"").decode()
    lines = iter(text.splitlines(keepends=True))
    body = next((one for one in lines if not one.startswith("@prefix ")), "")
    return body + "".join(lines)


def _xml(triples: Triples) -> str:
    text = (ox.serialize(triples, format=ox.RdfFormat.RDF_XML, prefixes=PREFIXES) or b"").decode()
    start = text.index(">\n", text.index("<rdf:RDF")) + 2
    return text[start : text.rindex("</rdf:RDF>")]


_SPACES = "".join(f'\n\txmlns:{name}="{uri}"' for name, uri in PREFIXES.items())
# pyoxigraph writes the direction of a text with « its »; no fragment has any, but its pieces may name it.
_XML_HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{_SPACES}\n\txmlns:its="http://www.w3.org/2005/11/its">\n'
_TURTLE_HEAD = "".join(f"@prefix {name}: <{uri}> .\n" for name, uri in PREFIXES.items()) + "\n"

NTRIPLES = Syntax("nt", _ntriples)
TURTLE = Syntax("ttl", _turtle, head=_TURTLE_HEAD, between="\n")
XML = Syntax("xml", _xml, head=_XML_HEAD, tail="</rdf:RDF>\n")
JSONLD = Syntax("jsonld", jsonld.nodes, head=jsonld.HEAD, between=",\n", tail=jsonld.TAIL)
SYNTAXES = (NTRIPLES, TURTLE, XML, JSONLD)

FORMATS = {
    one.ending: one
    for one in (
        Format("ttl", "text/turtle", "Turtle", TURTLE),
        Format("rdf", "application/rdf+xml", "RDF/XML", XML),
        Format("xml", "application/rdf+xml", "RDF/XML", XML),
        Format("jsonld", "application/ld+json", "JSON-LD", JSONLD),
        Format("nt", "application/n-triples", "N-Triples", NTRIPLES),
        Format("n3", "text/n3", "Notation3", TURTLE),
    )
}


def document(syntax: Syntax, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield a document from its pieces; empty ones are passed over."""
    yield syntax.head.encode()
    between = b""
    for one in pieces:
        if one:
            yield between + one
            between = syntax.between.encode()
    yield syntax.tail.encode()
