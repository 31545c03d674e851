"""Records of a JSON text, one at a time, in little memory: numbers stay as they are written."""

from __future__ import annotations

import json
import re
from typing import IO, TYPE_CHECKING, Any

from attrs import define, field

from ckanext.ca3b.tables.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLOCK = 1 << 20
_MOST = 64 << 20
_SPACE = re.compile(r"[ \t\r\n]*")
# Beyond it, records are of a value in a value in a value: not of a table.
_DEPTH = 3


class Number(str):
    """A number as it is written."""

    __slots__ = ()


_DECODER = json.JSONDecoder(parse_float=Number, parse_int=Number, parse_constant=Number)


def parse(text: str) -> Any:
    """Parse a whole text; ValueError or RecursionError when it is not JSON."""
    return _DECODER.decode(text)


def dump(value: Any) -> str:
    """Write a value again, numbers as they were."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(dump, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{dump(str(key))}: {dump(part)}" for key, part in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)


@define
class Stream:
    """A JSON text read by blocks."""

    _file: IO[str]
    _text: str = ""
    _at: int = 0
    _line: int = 1
    _ended: bool = False
    scalars: dict[str, Any] = field(factory=dict)

    def records(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Give (dotted path of its array, record) of each record; '' for an array at the top.

        What else is there, beside arrays of records, is kept in ``scalars``.
        """
        mark = self._peek()
        if mark == "[":
            yield from self._array("")
        elif mark == "{":
            yield from self._object("", 1)
        else:
            raise self._bad()
        if self._peek():
            raise self._bad()

    def _object(self, path: str, depth: int) -> Iterator[tuple[str, dict[str, Any]]]:
        self._at += 1
        if self._peek() == "}":
            self._at += 1
            return
        while True:
            key = self._value()
            if not isinstance(key, str) or isinstance(key, Number) or self._peek() != ":":
                raise self._bad()
            self._at += 1
            name = f"{path}.{key}" if path else key
            mark = self._peek()
            if mark == "[" and self._second() == "{":
                yield from self._array(name)
            elif mark == "{" and depth < _DEPTH:
                yield from self._object(name, depth + 1)
            else:
                self.scalars[name] = self._value()
            if not self._more("}"):
                return

    def _array(self, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
        self._at += 1
        if self._peek() == "]":
            self._at += 1
            return
        while True:
            record = self._value()
            if not isinstance(record, dict):
                raise TableError(
                    "json",
                    "Le fichier JSON n’est pas une liste d’enregistrements (« clé : valeur ») : exportez-le en CSV.",
                )
            yield path, record
            if not self._more("]"):
                return

    def _more(self, end: str) -> bool:
        mark = self._peek()
        if mark not in {",", end}:
            raise self._bad()
        self._at += 1
        if mark == ",":
            self._peek()
        return mark == ","

    def _value(self) -> Any:
        self._peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except RecursionError as error:
                raise self._bad() from error
            except ValueError as error:
                if not self._fill():
                    raise self._bad() from error
                continue
            # A number may go on in the next block.
            if end == len(self._text) and isinstance(value, Number) and self._fill():
                continue
            self._at = end
            return value

    def _peek(self) -> str:
        """Skip blanks and give the next character, '' at the end."""
        while True:
            match = _SPACE.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._fill():
                return ""

    def _second(self) -> str:
        """Give what follows the bracket here, without going there."""
        while True:
            match = _SPACE.match(self._text, self._at + 1)
            end = match.end() if match else self._at + 1
            if end < len(self._text):
                return self._text[end]
            if not self._fill():
                return ""

    def _fill(self) -> bool:
        """Read more text; False at the end."""
        if self._ended:
            return False
        if len(self._text) - self._at > _MOST:
            raise TableError("too-big", f"L’enregistrement de la ligne {self._line} dépasse 64 Mo : exportez en CSV.")
        # As much again as what was not enough, so that a long record is not parsed at each block.
        more = self._file.read(max(_BLOCK, len(self._text) - self._at))
        self._ended = not more
        self._line += self._text.count("\n", 0, self._at)
        self._text, self._at = self._text[self._at :] + more, 0
        return bool(more)

    def _bad(self) -> TableError:
        line = self._line + self._text.count("\n", 0, self._at)
        return TableError("json", f"Le fichier n’est pas du JSON valide vers la ligne {line} : exportez-le de nouveau.")
