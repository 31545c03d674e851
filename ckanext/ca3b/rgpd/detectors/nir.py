"""Numbers of the national register of persons (social security numbers), by their grammar and key."""

from __future__ import annotations

import polars as pl

from .base import AFTER, BEFORE, EDGE, Detector, by_expression

_M = r"[ .\-\x{a0}\x{202f}]?"
_THIRTEEN = rf"[1-478]{_M}[0-9]{{2}}{_M}[0-9]{{2}}{_M}[0-9][0-9ABab]{_M}[0-9]{{3}}{_M}[0-9]{{3}}"
_FULL = rf"{_THIRTEEN}(?:[ .\-/\x{{a0}}\x{{202f}}]?[0-9]{{2}})?"
_PIECE = f"{EDGE}{_FULL}{EDGE}"


def _kind(value: pl.Expr) -> pl.Expr:
    code = value.str.replace_all(r"[^0-9ABab]", "").str.to_uppercase()
    department = code.str.slice(5, 2)
    # Corsica: its letters count as 19 and 18 (INSEE, article R114-26 of the social security code).
    digits = (
        code.str.slice(0, 5)
        + pl.when(department == "2A")
        .then(pl.lit("19"))
        .when(department == "2B")
        .then(pl.lit("18"))
        .otherwise(department)
        + code.str.slice(7)
    )
    number = digits.str.slice(0, 13).cast(pl.Int64, strict=False)
    key = digits.str.slice(13, 2).cast(pl.Int64, strict=False)
    month = code.str.slice(3, 2).cast(pl.Int64, strict=False)
    sound = (
        (month.is_between(1, 12) | month.is_between(20, 42) | month.is_between(50, 99))
        & ~department.is_in(["00"])
        & (code.str.slice(7, 3) != "000")
        & (code.str.slice(10, 3) != "000")
        & number.is_not_null()
        # A decimal number is no NIR, however many digits it has.
        & ~value.str.contains(r"^[0-9]\.[0-9AB]+$")
    )
    return (
        pl.when(~sound)
        .then(None)
        .when(code.str.len_bytes() == 15)
        .then(pl.when(key == 97 - number % 97).then(pl.lit("keyed")).otherwise(pl.lit("wrong-key")))
        .when(code.str.len_bytes() == 13)
        .then(pl.lit("without-key"))
    )


DETECTOR = Detector(
    category="nir",
    label="Numéro de sécurité sociale (NIR)",
    ground="Décret n° 2019-341 ; RGPD art. 87 ; CRPA L312-1-2",
    headers=(
        "nir",
        "nss",
        "secu",
        "securite sociale",
        "num secu",
        "insee personne",
        "numero ss",
        "n ss",
        "no ss",
        "ss",
        "immatriculation sociale",
        "nia",
    ),
    not_headers=("caisse", "organisme", "type", "infrarouge"),
    candidate=f"{BEFORE}{_FULL}{AFTER}",
    pattern=_PIECE,
    classify=by_expression(_kind),
    min_length=13,
    code=True,
    settled=("keyed",),
    examples=(
        ("nir", "2 69 05 49 588 157 80", "keyed"),
        ("texte", "n° 269054958815780 au dossier", "keyed"),
        ("nir", "1840520123456 79", "wrong-key"),
        ("nss", "2690549588157", "without-key"),
    ),
    counter_examples=(("siret", "20007175100019"), ("code", "123456789012345678"), ("mois", "269000000000000")),
)
