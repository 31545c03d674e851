"""Files to try the portal with: what a clerk may have at hand, one to publish and one to correct first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ckanext.ca3b.tables import schemas

SCHEMA = "scdl-deliberations"


def write(folder: Path) -> list[tuple[Path, str]]:
    """Write the files in ``folder``; return each path with what it shows."""
    folder.mkdir(parents=True, exist_ok=True)
    schema = schemas.load(SCHEMA)
    rows = [dict(row) for row in schema.samples["valid"]]
    wrong = [{**rows[0], **_as_exported(rows[0])}, *rows[1:]]
    return [
        (_csv(folder / "deliberations.csv", schema.field_names, rows), "se publie tel quel"),
        (
            _csv(folder / "deliberations-a-corriger.csv", _renamed(schema.field_names), wrong),
            "un en-tête, une date et un SIRET à corriger : le portail dit lesquels",
        ),
    ]


def _renamed(names: Sequence[str]) -> list[str]:
    """Return the header with one name as people write it."""
    return [name.capitalize().replace("_", " ") if name == "DELIB_OBJET" else name for name in names]


def _as_exported(row: dict[str, str]) -> dict[str, str]:
    """Return a date as spreadsheets write it, and a SIRET whose last digit was mistyped."""
    year, month, day = row["DELIB_DATE"].split("-")
    siret = row["COLL_SIRET"]
    return {"DELIB_DATE": f"{day}/{month}/{year}", "COLL_SIRET": siret[:-1] + str((int(siret[-1]) + 1) % 10)}


def _csv(path: Path, names: Sequence[str], rows: list[dict[str, str]]) -> Path:
    lines = [list(names), *([str(value or "") for value in row.values()] for row in rows)]
    text = "\r\n".join(";".join(_quoted(cell) for cell in line) for line in lines) + "\r\n"
    path.write_text(text, "cp1252", newline="")
    return path


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if set(cell) & set(';"\r\n') else cell
