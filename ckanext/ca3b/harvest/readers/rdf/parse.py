"""The bytes of a document as a graph, and a sentence for each piece that could not be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
from attrs import field, frozen

from ckanext.ca3b.harvest.model import Problem
from ckanext.ca3b.harvest.sources import Answer, SourceError

from .graph import Graph
from .jsonld import read_jsonld
from .sniff import syntax_of
from .turtle import salvage, salvage_lines
from .xml import read_xml

if TYPE_CHECKING:
    from collections.abc import Iterable

_DECLARED = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([\w.-]+)[\"']")
_SYNTAXES = {"xml": "RDF/XML", "jsonld": "JSON-LD", "turtle": "Turtle", "nquads": "N-Triples"}
_MOST_TOLD = 50
_CONTEXT = (
    "Le contexte JSON-LD « {} » est gardé ailleurs et n’est pas cherché : les noms usuels de DCAT sont supposés."
    " Mettez le contexte dans le document."
)
_PREFIXES = (
    "Des préfixes sont employés sans être déclarés ({}) : leur sens usuel est supposé."
    " Déclarez-les par @prefix au début du document."
)


@frozen
class Document:
    """A document that was read: its graph, how it is written, and what is wrong in it."""

    graph: Graph
    syntax: str
    problems: list[Problem] = field(factory=list)


def parse(answer: Answer) -> Document:
    """Return what an RDF document says, as much of it as can be read.

    :raises SourceError: it is empty (``empty``), no RDF (``not-catalogue``), or nothing of it can be read.
    """
    text, encoding = _text(answer)
    if not text.strip():
        raise SourceError("empty", "Cette adresse répond par un document vide.", where=answer.url)
    syntax = syntax_of(text)
    if not syntax:
        raise SourceError("not-catalogue", "Ce document n’est pas du RDF.", where=answer.url)
    document = Document(Graph(), _SYNTAXES[syntax])
    if encoding not in {"utf-8", "utf-8-sig"}:
        document.problems.append(Problem(
            "", f"Le document n’est pas en UTF-8 (il a été lu en {encoding}) : enregistrez-le en UTF-8.", "encoding",
            answer.url, "info" if _DECLARED.search(answer.content[:200]) else "warning",
        ))  # fmt: skip
    _read(document, text, syntax, None if answer.local else answer.url, answer.url)
    return document


def _text(answer: Answer) -> tuple[str, str]:
    declared = _DECLARED.search(answer.content[:200])
    if declared:
        encoding = declared[1].decode("ascii").lower()
        for each in ("utf-8", encoding):
            try:
                return answer.content.decode(each).lstrip("\ufeff"), each
            except (LookupError, UnicodeDecodeError):
                continue
    return answer.decoded


def _read(document: Document, text: str, syntax: str, base: str | None, where: str) -> None:
    graph, problems = document.graph, document.problems
    if syntax == "xml":
        xml = read_xml(text, base)
        graph.add(xml.triples)
        problems += _told(xml.bad, where)
    elif syntax == "jsonld":
        jsonld = read_jsonld(text, base)
        graph.add(jsonld.triples)
        problems += _told(jsonld.bad, where)
        problems += [
            Problem("", _CONTEXT.format(name[:200]), "remote-context", where, "info") for name in jsonld.unknown
        ]
    else:
        _turtle(document, text, syntax, base, where)


def _turtle(document: Document, text: str, syntax: str, base: str | None, where: str) -> None:
    content = text.encode("utf-8", "replace")
    base = None if syntax == "nquads" else base
    formats = [ox.RdfFormat.N_QUADS] if syntax == "nquads" else [ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG]
    for each in formats:
        try:
            # As it is read, not as a list: a catalogue of 10,000 datasets would be held twice.
            document.graph.add(ox.parse(content, format=each, base_iri=base, lenient=True))
        except (SyntaxError, ValueError):
            document.graph.clear()
        else:
            return
    found = salvage_lines(text) if syntax == "nquads" else salvage(text, base)
    document.graph.add(found.triples)
    document.problems.extend(_told([(bad.line, bad.text, bad.reason) for bad in found.bad], where))
    if found.prefixes:
        names = ", ".join(sorted(set(found.prefixes)))
        document.problems.append(Problem("", _PREFIXES.format(names), "undeclared-prefix", where))


def _told(bad: Iterable[tuple[int, str, str]], where: str) -> list[Problem]:
    """Return a problem for each piece, the first ones only when there are many."""
    pieces = list(bad)
    told = [
        Problem(
            "",
            f"{f'Ligne {line} : ' if line else ''}ce passage ne peut pas être lu"
            f"{f' (« {text} »)' if text else ''} : il est laissé de côté, le reste est lu. Corrigez-le ({reason}).",
            "unreadable-piece", f"{where}#L{line}" if line else where, "error",
        )
        for line, text, reason in pieces[:_MOST_TOLD]
    ]  # fmt: skip
    if len(pieces) > _MOST_TOLD:
        rest = len(pieces) - _MOST_TOLD
        told.append(Problem("", f"{rest} autres passages ne peuvent pas être lus.", "unreadable-piece", where, "error"))
    return told
