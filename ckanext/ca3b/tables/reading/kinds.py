"""What a file is, from its first bytes and not from its name."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from ckanext.ca3b.tables.errors import TableError

if TYPE_CHECKING:
    from pathlib import Path

_FOREIGN = (
    (b"\x89PNG", "une image PNG"),
    (b"\xff\xd8\xff", "une image JPEG"),
    (b"GIF8", "une image GIF"),
    (b"%PDF", "un document PDF"),
    (b"BM", "une image BMP"),
    (b"II*\0", "une image TIFF"),
    (b"MM\0*", "une image TIFF"),
    (b"RIFF", "une image ou un son"),
    (b"Rar!", "une archive RAR"),
    (b"7z\xbc\xaf", "une archive 7-Zip"),
    (b"\x7fELF", "un programme"),
    (b"MZ\x90", "un programme"),
    (b"BZh", "une archive bzip2"),
    (b"\xfd7zXZ", "une archive xz"),
    (b"SQLite format 3", "une base SQLite"),
    (b"PAR1", "un fichier Parquet"),
    (b"{\\rtf", "un document RTF"),
)
_OFFICE = (
    ("word/document.xml", "un document Word"),
    ("ppt/presentation.xml", "une présentation PowerPoint"),
    ("META-INF/container.xml", "un livre numérique"),
    ("META-INF/MANIFEST.MF", "un programme"),
    ("doc.kml", "une carte KMZ"),
)
_MARKUP = (
    (b"<!doctype", "une page web"),
    (b"<html", "une page web"),
    (b"<?xml", "un document XML"),
)


def kind_of(path: Path, name: str) -> str:
    """Give ``csv``, ``json``, ``xlsx``, ``xlsm``, ``xlsb``, ``xls``, ``ods``, ``gz`` or ``zip``.

    Raises:
        TableError: the file is empty, or is no table at all.

    """
    with path.open("rb") as stream:
        head = stream.read(4096)
    if not head:
        raise TableError("empty", "Le fichier est vide : il n’a ni en-tête ni donnée.")
    if head.startswith(b"\x1f\x8b"):
        return "gz"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(path, name)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "xls"
    for magic, what in _FOREIGN:
        if head.startswith(magic) and (magic != b"BM" or b"\0" in head[:32]):
            raise _foreign(what)
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    _refuse_markup(text)
    if text.startswith((b"[{", b"{")) or (text.startswith(b"[") and text[1:].lstrip()[:1] in {b"{", b"]", b"["}):
        return "json"
    if text.startswith((b"[", b'"')) and name.lower().endswith((".json", ".jsonl", ".ndjson", ".geojson")):
        return "json"
    return "csv"


def _refuse_markup(text: bytes) -> None:
    if not text.startswith(b"<"):
        return
    if b"urn:schemas-microsoft-com:office:spreadsheet" in text:
        raise _foreign("un classeur XML d’Excel 2003", "ouvrez-le dans un tableur et enregistrez-le en XLSX")
    if b"<table" in text.lower():
        # What business software calls an Excel export.
        raise _foreign("une page web, quel que soit son nom", "ouvrez-le dans un tableur et enregistrez-le en XLSX")
    for mark, what in _MARKUP:
        if text[: len(mark)].lower() == mark:
            raise _foreign(what)


def _foreign(what: str, remedy: str = "publiez-le comme document, ou exportez les données en CSV") -> TableError:
    return TableError("not-a-table", f"Le fichier est {what}, pas un tableau : {remedy}.")


def _zipped(path: Path, name: str) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "xl/workbook.bin" in names:
                return "xlsb"
            if "[Content_Types].xml" in names and any(n.startswith("xl/") for n in names):
                macros = "xl/vbaProject.bin" in names or name.lower().endswith(".xlsm")
                return "xlsm" if macros else "xlsx"
            if "content.xml" in names and "mimetype" in names:
                if b"spreadsheet" in archive.read("mimetype")[:100]:
                    return "ods"
                raise _foreign("un document LibreOffice")
            for part, what in _OFFICE:
                if part in names:
                    raise _foreign(what)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise TableError(
            "damaged", "L’archive ou le classeur est abîmé : enregistrez-le de nouveau puis redéposez-le."
        ) from error
    return "zip"
