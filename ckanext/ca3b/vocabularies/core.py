"""An entry of a vocabulary, and the vocabulary that finds it by code, URI, label or alias."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NOT_WORD = re.compile(r"[^0-9a-z]+")
_SCHEME = re.compile(r"^(?:https?:)?//(?:www\.)?", re.IGNORECASE)


class VocabularyError(ValueError):
    """A vocabulary file contradicts itself: the message names the file, the entries and the alias."""


def normalise(text: str) -> str:
    """Return ``text`` without case, accents or punctuation: what two spellings of a label share."""
    folded = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe").replace("’", "'"))
    plain = "".join(char for char in folded if not unicodedata.combining(char)).casefold()
    return _NOT_WORD.sub(" ", plain).strip()


def uri_key(uri: str) -> str:
    """Return what two spellings of a URI share: no scheme, no ``www.``, no case, no trailing slash."""
    return _SCHEME.sub("", uri.strip()).rstrip("/#").casefold()


def is_uri(text: str) -> bool:
    """Tell whether ``text`` is written as an http(s) URI."""
    return bool(_SCHEME.match(text.strip()))


@attrs.frozen
class Entry:
    """One concept: a short ``code``, the official ``uri``, a French ``label`` and what others call it."""

    code: str
    uri: str
    label: str
    aliases: tuple[str, ...] = attrs.field(default=(), converter=tuple)
    uris: tuple[str, ...] = attrs.field(default=(), converter=tuple)
    description: str = ""

    def names(self) -> Iterator[str]:
        """Yield every text (never a URI) that means this entry."""
        yield self.code
        yield self.label
        yield from self.aliases

    def addresses(self) -> Iterator[str]:
        """Yield every URI that means this entry, the official one first."""
        if self.uri:
            yield self.uri
        yield from self.uris


E = TypeVar("E", bound=Entry)


class Vocabulary(Generic[E]):
    """The entries of one authority table, in the order of their file.

    ``authority`` is the start of every official URI of the table. Looking up never raises: what is
    not known is ``None``, and the caller decides what that means.
    """

    def __init__(self, name: str, title: str, authority: str, entries: Sequence[E]) -> None:
        self.name = name
        self.title = title
        self.authority = authority
        self.entries = tuple(entries)
        self._by_code: dict[str, E] = {}
        self._by_uri: dict[str, E] = {}
        self._by_name: dict[str, E] = {}
        for entry in self.entries:
            self._claim(self._by_code, entry.code, entry)
            for uri in entry.addresses():
                self._claim(self._by_uri, uri_key(uri), entry)
            for text in entry.names():
                self._claim(self._by_name, normalise(text), entry)

    def _claim(self, index: dict[str, E], key: str, entry: E) -> None:
        owner = index.setdefault(key, entry)
        if owner is not entry:
            message = f"{self.name}: « {key} » is claimed by both {owner.code} and {entry.code}"
            raise VocabularyError(message)

    def __iter__(self) -> Iterator[E]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def get(self, code: str) -> E | None:
        """Return the entry of this exact code."""
        return self._by_code.get(code)

    def by_code(self, code: str) -> E:
        """Return the entry of this exact code. Raises KeyError: for codes that our own code writes."""
        return self._by_code[code]

    def find(self, value: Any) -> E | None:
        """Return the entry meant by a code, a URI, a label or an alias, however it is spelt."""
        if not isinstance(value, str) or not value.strip():
            return None
        if is_uri(value):
            return self._by_uri.get(uri_key(value))
        found = self._by_code.get(value.strip()) or self._by_name.get(normalise(value))
        if found is None and ";" in value:  # a media type with its parameters
            return self.find(value.split(";", 1)[0])
        return found

    def find_first(self, *values: Any) -> E | None:
        """Return the entry of the first value that means something."""
        return next((entry for entry in map(self.find, values) if entry), None)

    def uri(self, value: Any) -> str | None:
        """Return the official URI of what ``value`` means."""
        entry = self.find(value)
        return entry.uri if entry else None

    def label(self, value: Any) -> str | None:
        """Return the French label of what ``value`` means."""
        entry = self.find(value)
        return entry.label if entry else None

    def names_a_concept(self, uri: str) -> bool:
        """Tell whether ``uri`` belongs to the authority table, even if this file does not carry it.

        The authority tables are longer than what a French agglomeration meets; a harvested
        catalogue may use any of their concepts.
        """
        return uri_key(uri).startswith(uri_key(self.authority) + "/") and " " not in uri.strip()
