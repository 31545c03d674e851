"""Tax numbers of persons (SPI): thirteen digits with their key."""

from __future__ import annotations

import polars as pl

from .base import AFTER, BEFORE, EDGE, Detector, by_expression

_M = r"[ \x{a0}]?"


def _kind(value: pl.Expr) -> pl.Expr:
    digits = value.str.replace_all("[^0-9]", "")
    number, key = (
        digits.str.slice(0, 10).cast(pl.Int64, strict=False),
        digits.str.slice(10).cast(pl.Int64, strict=False),
    )
    return pl.when((digits.str.len_bytes() == 13) & (number % 511 == key) & (number > 0)).then(pl.lit("keyed"))


DETECTOR = Detector(
    category="tax_number",
    label="Numéro fiscal d’une personne",
    ground="LPF L103 ; CRPA L312-1-2",
    headers=(
        "numero fiscal",
        "num fiscal",
        "n fiscal",
        "spi",
        "reference fiscale",
        "identifiant fiscal",
        "reference avis",
        "numero allocataire",
        "num allocataire",
        "allocataire caf",
        "matricule caf",
    ),
    candidate=rf"{BEFORE}[0-3](?:{_M}[0-9]){{12}}{AFTER}",
    pattern=rf"{EDGE}[0-3](?:{_M}[0-9]){{12}}{EDGE}",
    classify=by_expression(_kind),
    min_length=13,
    code=True,
    examples=(("n° fiscal", "12 34 567 890 066", "keyed"), ("spi", "3023217600053", "keyed")),
    counter_examples=(("ean", "3017620422003"), ("spi", "1234567890247"), ("siret", "20007175100019")),
)
