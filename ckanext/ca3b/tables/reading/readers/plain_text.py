"""A delimited file as the exact pass wants it: ASCII is itself and lines end with a line feed."""

from __future__ import annotations

import tempfile
from pathlib import Path

from ckanext.ca3b.tables.errors import TableError
from ckanext.ca3b.tables.reading.encoding import BLOCK, MIXED_ERRORS

_SAMPLE = 1 << 22
_ASCII_LIKE = {"utf-8", "cp1252", "latin-1", "iso8859-1", "mac-roman", "mac_roman", "iso8859-15"}


def plain_copy(
    path: Path, encoding: str, *, mixed: bool
) -> tuple[tempfile.TemporaryDirectory[str] | None, Path, str, int]:
    """Give (home of the copy, file, encoding, first byte) such that ASCII is itself and lines end with a line feed."""
    with path.open("rb") as stream:
        head = stream.read(1 << 20)
    carriage_only = b"\r" in head and b"\n" not in head and not encoding.startswith("utf-16")
    if encoding == "utf-8-sig" and not carriage_only and not mixed:
        return None, path, "utf-8", 3 if head.startswith(b"\xef\xbb\xbf") else 0
    if encoding in _ASCII_LIKE and not carriage_only and not mixed:
        return None, path, encoding, 0
    home: tempfile.TemporaryDirectory[str] = tempfile.TemporaryDirectory(prefix="ca3b-table-")
    copy = Path(home.name) / "table.csv"
    try:
        errors = MIXED_ERRORS if mixed else "strict"
        with (
            path.open(encoding=encoding, errors=errors, newline="") as source,
            copy.open("w", encoding="utf-8", newline="") as target,
        ):
            first = True
            while block := source.read(BLOCK):
                text = block.removeprefix("\ufeff") if first else block
                if first and "\n" not in text and "\r" in text:
                    carriage_only = True
                if "\0" in text:
                    raise TableError("nul-bytes", "Le fichier contient des caractères nuls : exportez-le de nouveau.")
                first = False
                target.write(text.replace("\r", "\n") if carriage_only else text)
    except UnicodeError as error:
        raise _undecodable(encoding) from error
    return home, copy, "utf-8", 0


def _undecodable(encoding: str) -> TableError:
    return TableError(
        "encoding", f"Le fichier ne se lit pas en {encoding} : choisissez un autre encodage ou enregistrez-le en UTF-8."
    )


def sample_of(path: Path, encoding: str, start: int) -> str:
    """Give the first lines of ``path`` after byte ``start``."""
    with path.open("rb") as stream:
        stream.seek(start)
        data = stream.read(_SAMPLE)
        if stream.read(1):
            data = data[: data.rfind(b"\n") + 1] or data
    return data.decode(encoding, errors="replace")


def offset_of(path: Path, start: int, lines: int) -> int:
    """Give the byte where the line after ``lines`` lines begins."""
    with path.open("rb") as stream:
        stream.seek(start)
        for _ in range(lines):
            stream.readline()
        return stream.tell()
