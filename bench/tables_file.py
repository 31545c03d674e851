"""Files of any number of rows for the claims about tables: what a business software exports, and a valid SCDL file."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import polars as pl

SEED = 20260316
PIECE = 100_000

_NAMES = ("Les Amis du Bocage", "Comité des fêtes", "Foyer rural", "École de musique", "Club d’échecs",
          "Sou des écoles", "Amicale des sapeurs", "Bibliothèque", "Théâtre", "Harmonie municipale")  # fmt: skip
_TOWNS = ("Péronnas", "Viriat", "Saint-Denis-lès-Bourg", "Montrevel-en-Bresse", "Ceyzériat", "Val-Revermont")
_OBJECTS = ("Organisation de la fête du village", "Achat d’un piano d’étude", "Réfection de la salle ; 2e tranche",
            "Aide à l’emploi d’un animateur", "Création d’un jardin partagé")  # fmt: skip
_STREETS = ("rue de l’Église", "chemin des Écoliers", "place du Marché", "allée des Tilleuls")


def export(path: Path, rows: int, *, encoding: str = "cp1252") -> Path:
    """Write what a business software exports: 12 columns, ``;``, decimal comma, JJ/MM/AAAA, codes with zeros."""
    return _write(path, rows, _export, ";", encoding)


def subventions(path: Path, rows: int, *, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    """Write a file that is valid for the schema ``scdl-subventions``: its 16 columns in their order."""
    return _write(path, rows, _subventions, delimiter, encoding)


def _write(
    path: Path, rows: int, piece: Callable[[np.random.Generator, int, int], pl.DataFrame], delimiter: str, encoding: str
) -> Path:
    chance = np.random.default_rng(SEED)
    with path.open("wb") as target:
        for start, count in _pieces(rows):
            text = io.BytesIO()
            frame = piece(chance, start, count)
            frame.write_csv(text, separator=delimiter, include_header=start == 0, line_terminator="\r\n")
            data = text.getvalue()
            target.write(data if encoding == "utf-8" else data.decode().encode(encoding))
    return path


def _pieces(rows: int) -> Iterator[tuple[int, int]]:
    for start in range(0, max(rows, 1), PIECE):
        yield start, min(PIECE, rows - start)


def _pick(chance: np.random.Generator, among: tuple[str, ...], count: int) -> pl.Series:
    return pl.Series(among).gather(chance.integers(0, len(among), count))


def _days(chance: np.random.Generator, count: int, form: str) -> pl.Series:
    return pl.Series(chance.integers(14_610, 20_500, count), dtype=pl.Int32).cast(pl.Date).dt.strftime(form)


def _amounts(chance: np.random.Generator, count: int) -> pl.Series:
    cents = pl.Series(chance.integers(1_000, 9_999_999, count))
    return (cents // 100).cast(pl.String) + "," + (cents % 100).cast(pl.String).str.zfill(2)


def _siret(chance: np.random.Generator, count: int) -> pl.Series:
    """SIRET numbers of which the SIREN and the whole hold their keys."""
    digits = np.zeros((count, 14), dtype=np.int64)
    digits[:, :8] = chance.integers(0, 10, (count, 8))
    digits[:, 8] = _key(digits[:, :9])
    digits[:, 9:13] = (0, 0, 0, 1)
    digits[:, 13] = _key(digits)
    return pl.Series(digits @ 10 ** np.arange(13, -1, -1)).cast(pl.String).str.zfill(14)


def _key(digits: np.ndarray) -> np.ndarray:
    """The last digit that makes the sum of Luhn a multiple of ten; the last column of ``digits`` is zero."""
    doubled = digits * np.where((digits.shape[1] - np.arange(digits.shape[1])) % 2 == 0, 2, 1)
    return -(doubled - 9 * (doubled > 9)).sum(axis=1) % 10


def _numbers(start: int, count: int) -> pl.Series:
    return pl.Series(np.arange(start + 1, start + count + 1))


def _export(chance: np.random.Generator, start: int, count: int) -> pl.DataFrame:
    numbers = _numbers(start, count)
    latitude = pl.Series(chance.integers(4_600_000, 4_650_000, count)).cast(pl.String)
    return pl.DataFrame(
        {
            "N° dossier": numbers,
            "Code commune": "0" + pl.Series(chance.integers(1001, 1451, count)).cast(pl.String),
            "Commune": _pick(chance, _TOWNS, count),
            "Bénéficiaire": _pick(chance, _NAMES, count) + " " + (numbers % 5_000).cast(pl.String),
            "SIRET": _siret(chance, count),
            "Date de décision": _days(chance, count, "%d/%m/%Y"),
            "Date de versement": _days(chance, count, "%d/%m/%Y"),
            "Montant (€)": _amounts(chance, count),
            "Taux": pl.Series(chance.integers(1, 100, count)).cast(pl.String),
            "Latitude": latitude.str.slice(0, 2) + "," + latitude.str.slice(2),
            "Renouvelé": _pick(chance, ("oui", "non"), count),
            "Objet": _pick(chance, _OBJECTS, count),
        }
    )


def _subventions(chance: np.random.Generator, start: int, count: int) -> pl.DataFrame:
    numbers = _numbers(start, count)
    share = pl.Series(chance.integers(1, 101, count))
    return pl.DataFrame(
        {
            "nomAttribuant": pl.repeat("Grand Bourg Agglomération", count, eager=True),
            "idAttribuant": pl.repeat("20007175100016", count, eager=True),
            "dateConvention": _days(chance, count, "%Y-%m-%d"),
            "referenceDecision": "DC-2026-" + numbers.cast(pl.String).str.zfill(7),
            "nomBeneficiaire": _pick(chance, _NAMES, count) + ", " + _pick(chance, _STREETS, count),
            "idBeneficiaire": _siret(chance, count),
            "rnaBeneficiaire": "W01" + (numbers % 10_000_000).cast(pl.String).str.zfill(7),
            "objet": _pick(chance, _OBJECTS, count),
            "montant": _amounts(chance, count).str.replace(",", "."),
            "nature": _pick(chance, ("aide en numéraire", "aide en nature", "aide en numéraire;aide en nature"), count),
            "conditionsVersement": _pick(chance, ("Versement unique", "En deux fois, sur justificatifs"), count),
            "datesPeriodeVersement": _days(chance, count, "%Y-%m-%d"),
            "idRAE": pl.repeat(None, count, dtype=pl.String, eager=True),
            "notificationUE": _pick(chance, ("oui", "non"), count),
            "pourcentageSubvention": (share / 100).round(2),
            "dispositifAide": _pick(chance, ("Soutien à la vie associative", "Culture", "Sport"), count),
        }
    )
