"""Turtle that is not all correct: every statement that is, and where those are that are not."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from attrs import field, frozen

from .names import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r"(?P<space>\s+|#[^\n]*)"
    r'|(?P<text>"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\')'
    r"|(?P<iri><[^<>\n]*>)"
    r"|(?P<open>[\[({])|(?P<close>[\])}])"
    r"|(?P<end>\.(?=[\s<@\[_#]|$))"
    r"|(?P<next>;)"
    r"|(?P<word>[^\s\[\](){};,<>\"'#.]+(?:[#.](?![\s<@\[]|$)[^\s\[\](){};,<>\"']*)*)"
    r"|(?P<other>.)",
    re.DOTALL,
)
#: Where a new statement most likely begins: at the beginning of a line, with a subject or a directive.
_RESTART = re.compile(r"\n(?=@|<[^>\n]*>|_:\S|\[|[A-Za-z][\w.-]*:[\w%-]|:[\w-]|(?:PREFIX|BASE)\s)")
_DIRECTIVE = re.compile(r"@?(?:prefix|base)\s", re.IGNORECASE)
_DECLARED = re.compile(r"@?prefix\s+([\w.-]*):\s*(<[^>\s]*>)\s*\.?\s*$", re.IGNORECASE)
_PREFIX_USED = re.compile(r"(?<![\w<:/\"'.-])([A-Za-z][\w.-]*):(?=[\w%-])")
_DIRECTED = re.compile(r"(?:\s|#[^\n]*\n)*@?(?:prefix\s+[\w.-]*:|base)\s*<", re.IGNORECASE)
_STOPPED = re.compile(r"\s*\.")
_LONGEST_DIRECTIVE = 2_000
_SAMPLE = 120


@frozen
class Bad:
    """A piece of the document that could not be read: where it begins, how it begins, why."""

    line: int
    text: str
    reason: str


@frozen
class Salvage:
    """What could be read of a broken document, and what could not."""

    triples: list[Any] = field(factory=list)
    bad: list[Bad] = field(factory=list)
    prefixes: list[str] = field(factory=list)


def salvage(text: str, base: str | None) -> Salvage:
    """Read statement by statement; of a statement that is wrong, property by property."""
    return _Salvage(base).read(text)


def salvage_lines(text: str) -> Salvage:
    """Read N-Triples or N-Quads line by line."""
    found = Salvage()
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            found.triples.extend(ox.parse(line.encode(), format=ox.RdfFormat.N_QUADS, lenient=True))
        except (SyntaxError, ValueError) as error:
            found.bad.append(Bad(number, line.strip()[:_SAMPLE], str(error)))
    return found


class _Salvage:
    """One reading: the directives met so far, and what was found."""

    def __init__(self, base: str | None) -> None:
        self.base = base
        self.directives: list[str] = []
        self.declared: set[str] = set()
        self.found = Salvage()

    def read(self, text: str) -> Salvage:
        for start, statement in _statements(text):
            if statement == ".":
                continue
            if _DIRECTIVE.match(statement):
                self._directive(statement, start, text)
            else:
                self._statement(statement, start, text)
        return self.found

    def _directive(self, statement: str, start: int, text: str) -> None:
        try:
            list(self._parsed(statement))
        except (SyntaxError, ValueError) as error:
            if match := _DECLARED.match(statement):
                statement = f"@prefix {match[1]}: {match[2]} ."
            else:
                self._bad(statement, start, text, error)
                return
        self.directives.append(statement)
        if named := re.match(r"@?prefix\s+([\w.-]*):", statement, re.IGNORECASE):
            self.declared.add(named[1])

    def _statement(self, statement: str, start: int, text: str) -> None:
        self._declare(statement)
        try:
            self.found.triples.extend(self._parsed(statement))
        except (SyntaxError, ValueError) as error:
            pieces = list(_restarted(statement))
            if len(pieces) > 1:
                for offset, piece in pieces:
                    self._statement(piece.rstrip().rstrip(".;,").rstrip() + " .", start + offset, text)
            else:
                self._properties(statement, start, text, error)

    def _properties(self, statement: str, start: int, text: str, error: Exception) -> None:
        """Read each « property value » of a statement by itself."""
        subject, parts = _parts(statement)
        kept = False
        for offset, part in parts:
            piece = f"{subject} {part} ." if subject else part
            try:
                self.found.triples.extend(list(self._parsed(piece)))
                kept = True
            except (SyntaxError, ValueError) as failure:
                if subject:
                    self._bad(part, start + offset, text, failure)
        if not kept and not (subject and parts):
            self._bad(statement, start, text, error)

    def _parsed(self, piece: str) -> list[Any]:
        document = "\n".join([*self.directives, piece])
        return list(ox.parse(document.encode(), format=ox.RdfFormat.TRIG, base_iri=self.base, lenient=True))

    def _declare(self, statement: str) -> None:
        """Declare the usual prefixes that a document uses without saying what they are."""
        for prefix in set(_PREFIX_USED.findall(statement)) - self.declared:
            if prefix in PREFIXES:
                self.directives.append(f"@prefix {prefix}: <{PREFIXES[prefix]}> .")
                self.declared.add(prefix)
                self.found.prefixes.append(prefix)

    def _bad(self, piece: str, start: int, text: str, error: Exception) -> None:
        lead = len(piece) - len(piece.lstrip())
        line = text.count("\n", 0, start + lead) + 1
        self.found.bad.append(Bad(line, " ".join(piece.split())[:_SAMPLE], str(error)))


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Yield the statements of a document with where they begin; a text never closed ends at the next subject."""
    start, depth, position = 0, 0, 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            break
        kind = match.lastgroup
        position = match.end()
        if kind == "other" and match[0] in "\"'":
            again = _RESTART.search(text, position)
            position = again.end() if again else len(text)
            yield start, text[start:position]
            start, depth = position, 0
        elif kind in {"open", "close"}:
            depth = max(0, depth + (1 if kind == "open" else -1))
        elif (kind == "end" and depth == 0) or (
            kind == "iri"
            and depth == 0
            and position - start < _LONGEST_DIRECTIVE
            and _DIRECTED.match(text[start:position])
            and not _STOPPED.match(text, position)
        ):
            yield start, text[start:position].lstrip()
            start = position
    if text[start:].strip() and not re.fullmatch(r"(?:\s|#[^\n]*)*", text[start:]):
        yield start, text[start:].lstrip()


def _restarted(statement: str) -> Iterator[tuple[int, str]]:
    """Yield the pieces of a statement that begin like statements of their own."""
    cuts = [0, *(match.end() for match in _RESTART.finditer(statement)), len(statement)]
    for begin, end in itertools.pairwise(cuts):
        if statement[begin:end].strip():
            yield begin, statement[begin:end]


def _parts(statement: str) -> tuple[str, list[tuple[int, str]]]:
    """Return the subject of a statement and its « property value » parts, with where they begin."""
    parts: list[tuple[int, str]] = []
    subject_end, depth, begin, position = 0, 0, 0, 0
    while position < len(statement):
        match = _TOKEN.match(statement, position)
        if match is None:
            break
        kind, position = match.lastgroup, match.end()
        if kind == "other" and match[0] in "\"'":  # never closed: the line is lost, not what follows
            line = statement.find("\n", position)
            position = len(statement) if line < 0 else line
            continue
        if kind in {"open", "close"}:
            depth = max(0, depth + (1 if kind == "open" else -1))
        if not subject_end and depth == 0 and kind in {"iri", "word", "close"}:
            subject_end = begin = position
        elif subject_end and depth == 0 and kind in {"next", "end"}:
            parts.append((begin, statement[begin : match.start()]))
            begin = position
    if subject_end and statement[begin:].strip():
        parts.append((begin, statement[begin:]))
    return statement[:subject_end].strip(), [part for part in parts if part[1].strip(" \t\r\n.")]
