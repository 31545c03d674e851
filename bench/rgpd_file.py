"""Files of 1 M rows and 12 columns for the speed of the search for personal data."""

from __future__ import annotations

import csv
import dataclasses
import io
from pathlib import Path

import numpy as np
import polars as pl

from bench.tables_file import PIECE, SEED, export
from tests.rgpd.corpus.people import Chance, dotted, spaced

PEOPLE = 20_000


def lost(path: Path, rows: int) -> Path:
    """An export of associations with nothing personal but one NIR in one sentence, three quarters of the way."""
    plain = export(path.with_suffix(".plain"), rows, encoding="utf-8")
    sentence = f"Achat d’un piano d’étude, vu avec l’assuré {spaced(Chance(SEED).person().nir)}"
    with plain.open(encoding="utf-8", newline="") as source, path.open("w", encoding="utf-8", newline="") as target:
        for number, line in enumerate(source):
            if number == rows * 3 // 4:
                values = next(csv.reader([line], delimiter=";"))
                target.write(";".join([*values[:-1], sentence]) + "\r\n")
            else:
                target.write(line)
    plain.unlink()
    return path


def crowd(path: Path, rows: int) -> Path:
    """Personal data in every row: the most candidates that a scanner can meet."""
    people = Chance(SEED).people(PEOPLE)
    values = {field.name: [getattr(person, field.name) for person in people] for field in dataclasses.fields(people[0])}
    frame = pl.DataFrame(
        {
            "Nom": [last.upper() for last in values["last"]],
            "Prénom": values["first"],
            "Né(e) le": [f"{born:%d/%m/%Y}" for born in values["born"]],
            "NIR": values["nir"],
            "Téléphone": [dotted(mobile) for mobile in values["mobile"]],
            "Courriel": values["email"],
            "Adresse": values["street"],
            "Code postal": values["postcode"],
            "Commune": values["town"],
            "IBAN": values["iban"],
            "Immatriculation": values["plate"],
            "Observations": [f"Dossier reçu de {title}, complet" for title in values["last"]],
        }
    )
    chance = np.random.default_rng(SEED)
    with path.open("wb") as target:
        for start in range(0, rows, PIECE):
            text = io.BytesIO()
            drawn = frame[chance.integers(0, PEOPLE, min(PIECE, rows - start))]
            drawn.write_csv(text, separator=";", include_header=start == 0, line_terminator="\r\n")
            target.write(text.getvalue())
    return path
