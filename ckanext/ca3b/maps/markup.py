"""XML before GDAL sees it: no document type, hence no entity; what it points to is counted, never followed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.parsers import expat

from .errors import MapError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_CHUNK = 1 << 20


class _Root(Exception):  # noqa: N818 - a signal, not an error
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def root_of(path: Path) -> str:
    """Return the name of the root element, without its prefix.

    Raises ``MapError``: ``doctype`` when the document declares a type or an entity, ``damaged`` when this is no XML.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.StartElementHandler = _found
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)
    except _Root as root:
        return root.name.rpartition(":")[2]
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise _no_xml() from error
    raise _no_xml()


def count_tags(path: Path, names: Iterable[str]) -> int:
    """Count the start tags with one of these local names (ASCII documents and their supersets)."""
    pattern = re.compile(rb"<(?:\w+:)?(?:%s)[\s>/]" % b"|".join(name.encode() for name in names))
    found, tail = 0, b""
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            text = tail + chunk
            ends = [match.end() for match in pattern.finditer(text)]
            found += len(ends)
            # Keep what may be the beginning of a tag, never one that was counted.
            tail = text[max(len(text) - 64, ends[-1] if ends else 0) :]
    return found


def _refuse(*_: object) -> None:
    raise MapError(
        "doctype",
        "Ce fichier XML déclare un type de document ou des entités (« <!DOCTYPE »), ce qui n’est pas permis : "
        "exportez-le de nouveau depuis votre logiciel de cartographie.",
    )


def _found(name: str, _: object) -> None:
    raise _Root(name)


def _no_xml() -> MapError:
    return MapError("damaged", "Ce fichier n’est pas du XML valide : exportez-le de nouveau.")
