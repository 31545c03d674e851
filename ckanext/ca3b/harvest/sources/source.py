"""A catalogue to read: an address of the web, or a file given on the command line or by a clerk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from attrs import evolve, field, frozen

from .errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping


@frozen
class Source:
    """``address`` is a URL (then ``path`` is None) or the name of the file at ``path``.

    ``kind`` is the name of a reader, ``""`` until it is recognised. ``options`` are those of the reader, as texts
    (``organization``, ``language``…).
    """

    address: str
    kind: str = ""
    path: Path | None = None
    options: Mapping[str, str] = field(factory=dict)

    @classmethod
    def at(cls, address: str, **options: str) -> Source:
        """Return the source at a URL; never a file of this machine.

        :raises SourceError: the address is not one of the web.
        """
        address = address.strip()
        try:
            parts = urlsplit(address)
        except ValueError as error:
            raise SourceError("scheme", f"« {address} » n’est pas une adresse du web.") from error
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise SourceError(
                "scheme", f"« {address} » n’est pas une adresse du web : elle doit commencer par https:// ou http://."
            )
        return cls(address, options=options)

    @classmethod
    def file(cls, path: Path, **options: str) -> Source:
        """Return the source of a file of this machine; only for what a person gives by hand.

        :raises SourceError: there is no such file.
        """
        if not path.is_file():
            raise SourceError("missing", f"Le fichier « {path} » n’existe pas.")
        return cls(path.name, path=path, options=options)

    @classmethod
    def given(cls, text: str) -> Source:
        """Return the source that an argument of the command line means: a URL or a path.

        :raises SourceError: neither.
        """
        if "://" in text.split("?", 1)[0]:
            return cls.at(text)
        return cls.file(Path(text))

    def of_kind(self, kind: str, address: str = "") -> Source:
        """Return the same source, recognised (and found at another address when there is one)."""
        return evolve(self, kind=kind, address=address or self.address)
