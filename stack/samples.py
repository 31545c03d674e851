"""Files to try the portal with: what a clerk may have at hand: to publish, to correct, to keep private."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ckanext.ca3b.tables import schemas

SCHEMA = "scdl-deliberations"

#: Nobody of this list exists.
CANTEEN = (
    ("Nom de l'enfant", "Prénom", "Date de naissance", "Adresse", "Téléphone des parents", "École", "Régime", "Jours"),
    (
        "ROCHET",
        "Lina",
        "12/03/2018",
        "4 chemin des Écoliers",
        "06 12 34 56 78",
        "Les Dîmes",
        "sans porc",
        "lundi, jeudi",
    ),
    ("CARRIER", "Noé", "30/11/2017", "18 rue du Lavoir", "06 23 45 67 89", "Les Dîmes", "allergie aux œufs", "mardi"),
    ("BUATHIER", "Zoé", "05/07/2019", "2 impasse des Charmes", "07 34 56 78 90", "Jean-Moulin", "", "lundi, mardi"),
    ("PONCET", "Tom", "21/01/2018", "33 route de Lyon", "06 45 67 89 01", "Jean-Moulin", "végétarien", "vendredi"),
)


def write(folder: Path) -> list[tuple[Path, str]]:
    """Write the files in ``folder``; return each path with what it shows."""
    folder.mkdir(parents=True, exist_ok=True)
    schema = schemas.load(SCHEMA)
    rows = [dict(row) for row in schema.samples["valid"]]
    wrong = [{**rows[0], **_as_exported(rows[0])}, *rows[1:]]
    return [
        (_csv(folder / "deliberations.csv", schema.field_names, _cells(rows)), "se publie tel quel"),
        (
            _csv(folder / "deliberations-a-corriger.csv", _renamed(schema.field_names), _cells(wrong)),
            "un en-tête, une date et un SIRET à corriger : le portail dit lesquels",
        ),
        (
            _csv(folder / "inscriptions-cantine.csv", CANTEEN[0], CANTEEN[1:]),
            "des données personnelles : retenu, et expliqué",
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


def _cells(rows: list[dict[str, str]]) -> list[list[str]]:
    return [[str(value or "") for value in row.values()] for row in rows]


def _csv(path: Path, names: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    lines = [names, *rows]
    text = "\r\n".join(";".join(_quoted(cell) for cell in line) for line in lines) + "\r\n"
    path.write_text(text, "cp1252", newline="")
    return path


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if set(cell) & set(';"\r\n') else cell
