"""What a sheet of an XLSX hides or did not compute: errors, formulas without a value, hidden rows and columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import define

from ckanext.ca3b.tables.model import Notice

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

_BLOCK = 1 << 20
_ERROR = re.compile(rb"""\st=["']e["']""")
# A file that no spreadsheet has opened since a program wrote it holds formulas alone.
_UNCOMPUTED = re.compile(rb"""(?:</(?:\w+:)?f>|<(?:\w+:)?f(?:\s[^>]*)?/>)(?:<v\s*/>|<v></v>)?</(?:\w+:)?c>""")
_HIDDEN_ROW = re.compile(rb"""<(?:\w+:)?row\s[^>]*hidden=["'](?:1|true)["'][^>]*(?<!/)>""")
_COLUMN = re.compile(rb"""<(?:\w+:)?col\s[^>]*hidden=["'](?:1|true)["'][^>]*>""")
_BOUND = re.compile(rb"""\s(min|max)=["']([0-9]{1,5})["']""")


@define
class Asides:
    """Counts of cells in error, of formulas without a value, of rows hidden or filtered out; hidden columns from 0."""

    errors: int = 0
    uncomputed: int = 0
    rows: int = 0
    columns: frozenset[int] = frozenset()

    def notices(self, width: int) -> list[Notice]:
        """Tell them, for a sheet whose cells go to column ``width`` excluded."""
        told = []
        if self.errors:
            told.append(
                Notice(
                    "cell-errors",
                    f"{self.errors} cellule(s) en erreur (#N/A, #REF!…) sont lues comme vides : corrigez les formules.",
                )
            )
        if self.uncomputed:
            told.append(
                Notice(
                    "formula-without-value",
                    f"{self.uncomputed} formule(s) n’ont pas de valeur enregistrée et sont lues comme vides : "
                    "ouvrez le classeur dans un tableur, enregistrez-le, puis redéposez-le.",
                )
            )
        columns = sum(column < width for column in self.columns)
        if self.rows or columns:
            what = " et ".join(
                f"{count} {name}(s)" for count, name in ((self.rows, "ligne"), (columns, "colonne")) if count
            )
            told.append(
                Notice(
                    "hidden-cells",
                    f"{what} masquée(s) ou filtrée(s) dans la feuille : elles sont lues comme les autres. "
                    "Retirez-les si elles ne doivent pas être publiées.",
                )
            )
        return told


def asides_of(archive: zipfile.ZipFile, member: str) -> Asides:
    """Find them in the sheet ``member``, in one pass."""
    found = Asides()
    columns: set[int] = set()
    for piece in _pieces(archive, member):
        found.errors += len(_ERROR.findall(piece))
        found.uncomputed += len(_UNCOMPUTED.findall(piece))
        found.rows += len(_HIDDEN_ROW.findall(piece))
        for tag in _COLUMN.findall(piece):
            bounds = {name: int(number) for name, number in _BOUND.findall(tag)}
            columns |= set(range(bounds.get(b"min", 1) - 1, bounds.get(b"max", 0)))
    found.columns = frozenset(columns)
    return found


def _pieces(archive: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    """Give the bytes of ``member`` in pieces that end with a row, so that no tag is cut."""
    rest = b""
    with archive.open(member) as stream:
        while block := stream.read(_BLOCK):
            data = rest + block
            end = data.rfind(b"row>") + 4
            if end < 4:
                end = data.rfind(b">") + 1
            yield data[:end]
            rest = data[end:]
    yield rest
