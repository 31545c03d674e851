"""A workbook's file before anything parses it: locked, swelling, or not a workbook at all."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

from ckanext.ca3b.tables.errors import TableError

from . import xlsx_parts
from .archive import copy_bounded
from .trial import try_workbook

if TYPE_CHECKING:
    from pathlib import Path

MAX_UNPACKED = 1 << 30
LOCKED = "Le classeur est protégé par un mot de passe : enregistrez-le sans mot de passe."
# Names of the streams of an OLE file, and what the file is then.
_OLE = (
    ("WordDocument", "un document Word"),
    ("PowerPoint Document", "une présentation PowerPoint"),
    ("__substg1.0_", "un message Outlook"),
    ("VisioDocument", "un dessin Visio"),
)
# FORMAT record of a BIFF8 workbook: a code of zeros only, like 00000.
_ZEROS = re.compile(rb"\x1e\x04..(?:..)(.)\x00\x00(0{2,15})", re.DOTALL)


def check_file(path: Path, kind: str) -> None:
    """Refuse what is locked, swells, is damaged or is no workbook."""
    if kind == "xls":
        _check_ole(path)
    else:
        _check_archive(path, kind)
    if kind in {"xls", "ods", "xlsb"}:
        # The extent of an XLSX is read from its cells; the others say theirs less plainly.
        try_workbook(path)


def _check_archive(path: Path, kind: str) -> None:
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        if sum(member.file_size for member in members) > MAX_UNPACKED or len(members) > 10_000:
            raise TableError("bomb", "Le classeur grossit démesurément une fois ouvert : il est refusé.")
        for member in members:
            if member.flag_bits & 1:
                raise TableError("encrypted", LOCKED)
        try:
            for member in members:
                with archive.open(member) as stream:
                    copy_bounded(stream, None, member.compress_size)
            if kind == "ods":
                _check_ods(archive)
            elif kind != "xlsb":
                for sheet, member in xlsx_parts.parts_of(archive).members.items():
                    xlsx_parts.check_extent(archive, member, sheet)
        except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, OSError) as error:
            raise TableError("damaged", "Le classeur est abîmé : enregistrez-le de nouveau.") from error


def hidden_zeros(path: Path) -> bool:
    """Tell whether an XLS has a number format that shows leading zeros."""
    return any(match[1][0] == len(match[2]) for match in _ZEROS.finditer(path.read_bytes()))


def _check_ole(path: Path) -> None:
    if path.stat().st_size > MAX_UNPACKED:
        raise TableError("too-big", "Le classeur dépasse 1 Go : exportez-le en CSV.")
    content = path.read_bytes()
    if _has(content, "EncryptedPackage"):
        raise TableError("encrypted", LOCKED)
    for stream, what in _OLE:
        if _has(content, stream) and not _has(content, "Workbook"):
            raise TableError(
                "not-a-table",
                f"Le fichier est {what}, pas un tableau : publiez-le comme document, ou exportez les données en CSV.",
            )


def _has(content: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") in content


def _check_ods(archive: zipfile.ZipFile) -> None:
    if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise TableError("encrypted", LOCKED)
