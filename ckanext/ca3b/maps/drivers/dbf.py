"""The encoding of a .dbf: what its bytes are, whatever the .cpg or the header says."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_CHUNK = 1 << 20
#: Beyond this, an encoding is known well enough.
_MOST = 256 * _CHUNK
_DOS = {0x01: "CP437", 0x02: "CP850", 0x64: "CP852", 0x65: "CP866", 0xC8: "CP1250", 0xC9: "CP1251"}


def encoding_of(table: Path, declared: str) -> tuple[str, bool]:
    """Return the encoding to read a table in, and whether it contradicts what ``declared`` (the .cpg) says.

    UTF-8 is recognised by its bytes, a few of them cut at the end of a field being expected; otherwise a single-byte
    encoding that is declared is believed, and Windows-1252 taken when none is.
    """
    with table.open("rb") as stream:
        page = stream.read(32)[29:30]
        valid, broken = _utf8(table)
    wanted = _normal(declared)
    if not valid and not broken:
        return wanted or "UTF-8", False
    if valid and broken <= valid / 10:
        return "UTF-8", wanted not in ("", "UTF-8")
    if wanted and wanted != "UTF-8":
        return wanted, False
    fallback = _DOS.get(page[0] if page else 0, "CP1252")
    return fallback, wanted == "UTF-8"


def _utf8(table: Path) -> tuple[int, int]:
    """Count the characters beyond ASCII that are UTF-8, and the bytes that are not."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    valid = broken = done = 0
    with table.open("rb") as stream:
        stream.seek(int.from_bytes(stream.read(10)[8:10], "little") or 32)
        while done < _MOST and (chunk := stream.read(_CHUNK)):
            done += len(chunk)
            text = decoder.decode(chunk)
            wrong = text.count("\ufffd")
            broken += wrong
            valid += 0 if text.isascii() else sum(character > "\x7f" for character in text) - wrong
    return valid, broken


def _normal(declared: str) -> str:
    """Return a name of encoding that GDAL knows: ISO 8859-1 is Windows-1252 in all French files."""
    word = declared.strip().upper().replace("_", "-").replace(" ", "")
    if not word:
        return ""
    if "UTF" in word or word == "65001":
        return "UTF-8"
    number = word.removeprefix("ANSI").removeprefix("CP").removeprefix("WINDOWS-").removeprefix("OEM").strip("-")
    if number in {"88591", "1252"} or word in {"ISO-8859-1", "ISO8859-1", "ISO88591", "LATIN1", "SYSTEM", "8859-1"}:
        return "CP1252"
    if word in {"ISO-8859-15", "ISO8859-15", "8859-15", "LATIN9"} or number == "885915":
        return "ISO-8859-15"
    return f"CP{number}" if number.isdigit() and len(number) in (3, 4) else ""
