"""What is odd about the header of a table and told: titles above it, a second line, a header that comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ckanext.ca3b.tables.model import Notice

from .header import LOOKED_AT, all_values, others_than

if TYPE_CHECKING:
    from collections.abc import Sequence

# Characters of a title that are shown.
_TITLE = 80


def header_notices(
    header: int | None, rows: Sequence[Sequence[str | None]], headers: Sequence[str | None], first: int = 0
) -> list[Notice]:
    """Tell what is odd about the header found at index ``header`` of ``rows``; data begin at index ``first``."""
    if header is None:
        told = [Notice("no-header", "Aucune ligne d’en-tête : les colonnes sont nommées column_1, column_2…")]
        return [*told, *_titles(rows[:first], "du tableau")]
    notices = _titles(rows[:header], "de l’en-tête")
    body = [row for row in rows[header + 1 : header + LOOKED_AT] if len(row) == len(headers) and any(row)]
    if len(body) > 3 and (_units(body) or _under_groups(headers, body)):
        notices.append(
            Notice(
                "two-line-header",
                f"La ligne {header + 2} ressemble à une seconde ligne d’en-tête : elle est lue comme une donnée. "
                "Gardez une seule ligne d’en-tête.",
            )
        )
    again = [
        index for index, other in enumerate(rows[header + 1 :], header + 2) if not others_than(headers, [other])[0]
    ]
    if again and any((cell or "").strip() for cell in headers):
        notices.append(
            Notice(
                "repeated-header",
                f"L’en-tête revient à la ligne {again[0]}, comme dans des fichiers mis bout à bout : "
                "cette ligne est lue comme une donnée, supprimez-la.",
                row=again[0],
            )
        )
    return notices


def _titles(above: Sequence[Sequence[str | None]], what: str) -> list[Notice]:
    if not any(cell and cell.strip() for row in above for cell in row):
        return []
    title = next(cell for row in above for cell in row if cell and cell.strip())
    shown = " ".join(title.replace("«", "").replace("»", "").split())
    quoted = f"«\u00a0{shown[:_TITLE]}{'…' if len(shown) > _TITLE else ''}\u00a0»"
    said = f"{len(above)} lignes" if len(above) > 1 else "1 ligne"
    left = "laissées" if len(above) > 1 else "laissée"
    return [Notice("title-rows", f"{said} au-dessus {what}, {left} de côté\u00a0: {quoted}.")]


def _units(body: Sequence[Sequence[str | None]]) -> bool:
    """Tell whether the first row has a word where all others have values, as units have."""
    columns = [[(row[index] or "").strip() for row in body] for index in range(len(body[0]))]
    return any(column[0] and not all_values(column[:1]) and all_values(column[1:]) for column in columns)


def _under_groups(headers: Sequence[str | None], body: Sequence[Sequence[str | None]]) -> bool:
    """Tell whether the first row names the parts of columns that the header groups: empty only where it names."""
    pairs = [((name or "").strip(), (cell or "").strip()) for name, cell in zip(headers, body[0], strict=True)]
    return (
        any(cell and not name for name, cell in pairs)
        and any(name and not cell for name, cell in pairs)
        and all(name or cell for name, cell in pairs)
    )
