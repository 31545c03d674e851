"""Number plates of vehicles: SIV everywhere, the older FNI where the header says so."""

from __future__ import annotations

import polars as pl

from .base import AFTER, BEFORE, EDGE, Detector, by_expression

# SIV: no I, O nor U, and no SS (arrêté du 9 février 2009).
_LETTERS = "[A-HJ-NP-TV-Za-hj-np-tv-z]{2}"
_SIV = rf"{_LETTERS}[ \-]?[0-9]{{3}}[ \-]?{_LETTERS}"
_FNI = r"[1-9][0-9]{0,3}[ \-]?[A-HJ-NP-TV-Z]{2,3}[ \-]?(?:[0-9]{2}|2[AB]|97[1-6])"


def _kind(value: pl.Expr) -> pl.Expr:
    code = value.str.to_uppercase().str.replace_all("[^A-Z0-9]", "")
    return (
        pl.when(code.str.contains("^[0-9]"))
        .then(pl.lit("fni"))
        .when(code.str.starts_with("SS") | code.str.ends_with("SS") | code.str.contains("^[A-Z]{2}000"))
        .then(None)
        # Capitals with marks are written so for plates only; without marks they may be any code.
        .when(value.str.contains(r"^[A-Z]{2}[- ][0-9]{3}[- ][A-Z]{2}$"))
        .then(pl.lit("siv"))
        .otherwise(pl.lit("bare-siv"))
    )


DETECTOR = Detector(
    category="plate",
    label="Plaque d’immatriculation",
    ground="CRPA L312-1-2 ; RGPD art. 4",
    headers=(
        "immatriculation",
        "immat",
        "plaque",
        "numero plaque",
        "immatricule",
        "plaque mineralogique",
        "numero mineralogique",
    ),
    not_headers=("rcs", "rne", "rna", "association", "entreprise", "societe", "commerce", "date", "registre"),
    candidate=f"{BEFORE}(?:{_SIV}|{_FNI}){AFTER}",
    pattern=f"{EDGE}(?:{_SIV}|{_FNI}){EDGE}",
    classify=by_expression(_kind),
    min_length=6,
    code=True,
    settled=("siv",),
    examples=(
        ("immat", "AB-123-CD", "siv"),
        ("remarque", "véhicule GH-456-JK en stationnement gênant", "siv"),
        ("immat", "ab123cd", "bare-siv"),
        ("immat", "1234 XY 01", "fni"),
    ),
    counter_examples=(("immat", "SS-123-AB"), ("immat", "AI-123-CD"), ("code", "ABC-123-DE"), ("parcelle", "AB 123")),
)
