"""PDF documents: the text of each page, notes, forms and properties; a page that is a picture is said."""

from __future__ import annotations

import ctypes
from threading import Lock
from typing import TYPE_CHECKING, Any

from ckanext.ca3b.tables import TableError

from .model import TEXT, Content, Text

if TYPE_CHECKING:
    from pathlib import Path

_PAGES, _CHARACTERS = 5000, 20_000_000
# Share of a page above which a picture is the page itself; a page with less text than this says nothing else.
_WHOLE, _LITTLE = 0.4, 40
# The library behind has one state for the whole process.
_ONE = Lock()


def open_pdf(path: Path) -> Content:
    """Read the text, page by page.

    Raises:
        TableError: the document is damaged or locked.

    """
    import pypdfium2 as pdfium  # noqa: PLC0415 - loaded only for its format

    with _ONE:
        try:
            document = pdfium.PdfDocument(path)
        except pdfium.PdfiumError as error:
            if "password" in str(error).lower():
                raise TableError(
                    "encrypted", "Le document PDF est protégé par un mot de passe : déposez-le sans mot de passe."
                ) from error
            raise TableError("damaged", "Le document PDF est abîmé : enregistrez-le de nouveau.") from error
        try:
            return _read(document, pdfium)
        finally:
            document.close()


def _read(document: Any, pdfium: Any) -> Content:
    content = Content()
    if document.count_attachments():
        content.missing.append("le document contient un fichier joint, qui n’est pas examiné")
    for key, value in document.get_metadata_dict(skip_empty=True).items():
        if key in {"Author", "Title", "Subject", "Keywords"}:
            content.texts.append(Text("auteur du document" if key == "Author" else "propriétés du document", value))
    unseen: list[int] = []
    characters = 0
    for number in range(1, len(document) + 1):
        if number > _PAGES or characters > _CHARACTERS:
            content.missing.append(f"le document est trop long : il n’est pas examiné à partir de la page {number}")
            break
        page = document[number - 1]
        try:
            text, pictured = _page(page, pdfium)
        except pdfium.PdfiumError:
            text, pictured = "", True
        finally:
            page.close()
        characters += len(text)
        content.texts += [Text(TEXT, line, f"page {number}") for line in text.splitlines() if line.strip()]
        if pictured:
            unseen.append(number)
    if unseen:
        content.missing.append(
            "le document est fait d’images sans texte (numérisation) : il ne peut pas être examiné"
            if len(unseen) == len(document)
            else f"des pages sont des images sans texte, qui ne peuvent pas être examinées : {_listed(unseen)}"
        )
    if not content.texts and not content.missing:
        content.missing.append("le document n’a pas de texte qui puisse être examiné")
    return content


def _page(page: Any, pdfium: Any) -> tuple[str, bool]:
    """Give the text of a page, notes and forms included, and whether the page is a picture without text."""
    text_page = page.get_textpage()
    try:
        text = text_page.get_text_range()
    finally:
        text_page.close()
    width, height = page.get_size()
    covered = 0.0
    for item in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        left, bottom, right, top = item.get_bounds()
        covered = max(covered, abs(right - left) * abs(top - bottom))
    pictured = covered >= _WHOLE * max(width * height, 1) and len(text.strip()) < _LITTLE
    return "\n".join([text, *_notes(page, pdfium.raw)]), pictured


def _notes(page: Any, raw: Any) -> list[str]:
    """Give what notes and fields of forms hold."""
    found = []
    for rank in range(min(raw.FPDFPage_GetAnnotCount(page), 2000)):
        note = raw.FPDFPage_GetAnnot(page, rank)
        for key in (b"Contents", b"V", b"T"):
            length = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
            if 2 < length < 1 << 20:
                room = ctypes.create_string_buffer(length)
                raw.FPDFAnnot_GetStringValue(note, key, ctypes.cast(room, ctypes.POINTER(raw.FPDF_WCHAR)), length)
                found.append(room.raw[: length - 2].decode("utf-16-le", "replace"))
        raw.FPDFPage_CloseAnnot(note)
    return found


def _listed(pages: list[int]) -> str:
    shown = ", ".join(map(str, pages[:20]))
    return f"{shown} et {len(pages) - 20} autre(s)" if len(pages) > 20 else shown
