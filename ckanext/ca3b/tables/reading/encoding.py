"""Which encoding a text file is in, decided on all of its bytes."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

import polars as pl

from ckanext.ca3b.tables.errors import TableError

if TYPE_CHECKING:
    from pathlib import Path

BLOCK = 1 << 22
_ENOUGH = 200_000
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_FRENCH = set("éèêëàâäîïôöùûüçÉÈÊËÀÂÎÏÔÙÛÇœŒæ°«»€’–…")
_LETTERS = set("éèêëàâäîïôöùûüçœæ")
# Of these bytes, alone to differ in a French text, one writes the euro or « œ » in ISO 8859-15.
_LATIN_9 = re.compile("¤|[½¼](?=[a-z])|(?<=[a-z])[½¼]")
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# Reason of an UTF-8 where some lines were written otherwise, and the error handler that reads them.
MIXED = "presque tous les octets sont de l’UTF-8 valide, les autres sont lus en Windows-1252"
MIXED_ERRORS = "ca3b-windows"


def _windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    byte = error.object[error.start : error.start + 1]
    try:
        return byte.decode("cp1252"), error.start + 1
    except UnicodeDecodeError:
        return byte.decode("latin-1"), error.start + 1


codecs.register_error(MIXED_ERRORS, _windows)


def check_encoding(name: str) -> str:
    """Give the name Python knows for ``name``, or refuse it."""
    try:
        return codecs.lookup(name).name
    except LookupError as error:
        raise TableError("encoding", f"L’encodage « {name} » n’existe pas : indiquez par exemple utf-8.") from error


def find_encoding(path: Path) -> tuple[str, str]:
    """Give (encoding, reason in French).

    Raises:
        TableError: the file holds NUL bytes outside UTF-16.

    """
    with path.open("rb") as stream:
        head = stream.read(1 << 16)
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            if encoding == "utf-8-sig":
                return _checked_utf8(path)
            return encoding, "marque d’ordre des octets au début du fichier"
    if b"\0" in head:
        guess = _bare_utf16(head)
        if guess is None:
            raise _nul_bytes(path)
        return guess, "un octet nul sur deux, comme en UTF-16"
    return _all_bytes(path)


def _checked_utf8(path: Path) -> tuple[str, str]:
    encoding, why = _all_bytes(path)
    if encoding == "utf-8":
        return "utf-8-sig", why if why is MIXED else "marque UTF-8 au début du fichier"
    raise TableError(
        "encoding", "Le fichier s’annonce en UTF-8 mais contient d’autres octets : enregistrez-le de nouveau en UTF-8."
    )


def _bare_utf16(head: bytes) -> str | None:
    even, odd = head[0::2], head[1::2]
    for nuls, others, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if nuls.count(0) > 0.7 * len(nuls) and others.count(0) == 0:
            return encoding
    return None


def _nul_bytes(path: Path) -> TableError:
    line = 1
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            at = block.find(b"\0")
            line += block.count(b"\n", 0, at if at >= 0 else len(block))
            if at >= 0:
                break
    return TableError(
        "nul-bytes",
        f"Le fichier contient des octets nuls (ligne {line}) : il est abîmé ou n’est pas un fichier texte. "
        "Exportez-le de nouveau.",
    )


def _all_bytes(path: Path) -> tuple[str, str]:
    """UTF-8 if every byte agrees; otherwise weigh the 8-bit encodings on what is not ASCII."""
    utf8, ascii_only, odd, cut = True, True, bytearray(), b""
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            if b"\0" in block:
                raise _nul_bytes(path)
            plain = block.isascii()
            ascii_only = ascii_only and plain
            if utf8 and not (plain and not cut):
                data = cut + block
                end = _last_whole(data)
                utf8, cut = _is_utf8(data[:end]), data[end:]
            if not plain and len(odd) < _ENOUGH:
                _gather(block, odd)
    if utf8 and not cut:
        return "utf-8", "texte sans accent" if ascii_only else "tous les octets sont de l’UTF-8 valide"
    if _mostly_utf8(bytes(odd)):
        return "utf-8", MIXED
    return _eight_bits(bytes(odd))


def _last_whole(data: bytes) -> int:
    """Give where the last character of ``data``, if UTF-8, is cut; the length of ``data`` when it is whole."""
    for back in range(1, min(4, len(data) + 1)):
        byte = data[-back]
        if byte >= 0xC0:
            needs = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return len(data) - back if needs > back else len(data)
        if byte < 0x80:
            break
    return len(data)


def _is_utf8(data: bytes) -> bool:
    """Tell whether ``data`` is UTF-8, ten times as fast as by decoding it."""
    try:
        pl.Series([data], dtype=pl.Binary).cast(pl.String)
    except pl.exceptions.ComputeError:
        return False
    return True


def _mostly_utf8(sample: bytes) -> bool:
    """Tell whether accents of UTF-8 are many more than other bytes, as when a line was pasted in another encoding."""
    others = len(re.findall(rb"[\x80-\xff]", _SEQUENCE.sub(b"", sample)))
    return len(_SEQUENCE.findall(sample)) > 4 * others


def mixed_lines(path: Path) -> list[int]:
    """Give the first lines of ``path``, from 1, that are no UTF-8."""
    found: list[int] = []
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            if not line.isascii():
                try:
                    line.decode()
                except UnicodeDecodeError:
                    found.append(number)
                    if len(found) == 3:
                        break
    return found


def _gather(block: bytes, odd: bytearray) -> None:
    """Add to ``odd`` what surrounds the bytes that are not ASCII, until there is enough to judge."""
    for match in re.finditer(rb"[^\n]{0,24}[\x80-\xff][^\n]{0,24}", block):
        odd += match.group() + b"\n"
        if len(odd) >= _ENOUGH:
            break


def _eight_bits(sample: bytes) -> tuple[str, str]:
    scores = {name: _score(sample, name) for name in ("cp1252", "mac_roman")}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] <= 0:
        from charset_normalizer import from_bytes  # noqa: PLC0415 - few files need it, and it loads much

        guess = from_bytes(sample).best()
        if guess is not None and not guess.encoding.startswith(("ascii", "utf")):
            return guess.encoding, "encodage le plus vraisemblable"
    if best == "mac_roman":
        return best, "les accents ne se lisent qu’en MacRoman"
    try:
        text = sample.decode("cp1252")
    except UnicodeDecodeError:
        return "latin-1", "certains octets n’existent pas en Windows-1252"
    if _LATIN_9.search(text) and not re.search(rb"[\x80-\x9f]", sample):
        return "iso8859-15", "l’euro ou le « œ » ne se lisent qu’en ISO 8859-15"
    return "cp1252", "les accents se lisent en Windows-1252"


def _score(sample: bytes, encoding: str) -> float:
    """Count French letters; one glued to ASCII letters of the same case counts double, a control character costs."""
    text = sample.decode(encoding, errors="replace")
    score = 0.0
    for before, char in zip(" " + text, text, strict=False):
        if char.isascii():
            continue
        if char in _FRENCH:
            score += 2 if char in _LETTERS and (before.islower() or not before.isalpha()) else 0.7
        elif char == "\u00a0":
            score += 0.3
        else:
            score -= 1
    return score
