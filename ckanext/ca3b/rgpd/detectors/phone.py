"""Telephone numbers of mainland and overseas France: mobile, landline, or a service's number."""

from __future__ import annotations

import polars as pl

from .base import AFTER, EDGE, Detector, by_expression

_MARK = r"[ .\-/\x{a0}\x{202f}]?"
_ABROAD = rf"(?:\+|00)(?:33|262|590|594|596|508|681|687|689){_MARK}(?:\(0\){_MARK})?[1-9]"
_NINE = rf"(?:{_MARK}[0-9]){{8}}"
# The islands whose numbers have six digits.
_SHORT = rf"(?:\+|00)(?:508|681|687|689){_MARK}[0-9]{{2}}(?:{_MARK}[0-9]{{2}}){{2}}"
_PIECE = rf"(?:{_ABROAD}|{EDGE}0{_MARK}[1-9]){_NINE}{EDGE}|^(?:33)?[1-9]{_NINE}$|{_SHORT}{EDGE}"
_CANDIDATE = rf"(?:^|[^0-9])(?:(?:{_ABROAD}|0{_MARK}[1-9]){_NINE}|{_SHORT}){AFTER}|^(?:33)?[1-9]{_NINE}$"
_CODES = r"^(?:\+|00)(33|262|590|594|596|508|681|687|689)"


# « 33612345678 », as operators write it.
_WITH_COUNTRY = 11


def _kind(value: pl.Expr) -> pl.Expr:
    digits = value.str.replace("(0)", "", literal=True).str.replace_all(r"[^0-9+]", "")
    # What is left once the country is taken: nine digits.
    country = (digits.str.len_bytes() == _WITH_COUNTRY) & digits.str.starts_with("33")
    national = digits.str.replace(_CODES, "").str.strip_prefix("0")
    national = pl.when(country).then(digits.str.slice(2)).otherwise(national)
    plain = value.str.contains(r"^[1-9]")
    return (
        pl.when(national.str.len_bytes() != 9)
        .then(None)
        # Nine digits without a zero nor any mark may be anything: their header must speak.
        .when(plain)
        .then(pl.when(national.str.contains("^[67]")).then(pl.lit("bare-mobile")).otherwise(pl.lit("bare")))
        .when(national.str.contains(r"^[67]"))
        .then(pl.lit("mobile"))
        .when(national.str.contains("^8"))
        .then(pl.lit("service"))
        .otherwise(pl.lit("landline"))
    )


DETECTOR = Detector(
    category="phone",
    label="Téléphone d’une personne",
    ground="CRPA L312-1-2 ; RGPD art. 4",
    headers=(
        "tel",
        "telephone",
        "phone",
        "portable",
        "mobile",
        "gsm",
        "fixe",
        "numero appel",
        "msisdn",
        "appelant",
        "numero appelant",
        "numero mobile",
        "fax",
        "telecopie",
    ),
    not_headers=("mobile home", "type", "application", "reseau", "operateur", "couverture", "antenne", "date"),
    candidate=_CANDIDATE,
    pattern=_PIECE,
    classify=by_expression(_kind),
    min_length=8,
    code=True,
    settled=("mobile",),
    examples=(
        ("tel", "06 12 34 56 78", "mobile"),
        ("tel", "+33 (0)6.12.34.56.78", "mobile"),
        ("remarque", "rappeler au 0612345678 le soir", "mobile"),
        ("tel", "0033 4 74 24 24 64", "landline"),
        ("tel", "0262 12 34 56", "landline"),
        ("gsm", "612345678", "bare-mobile"),
        ("msisdn", "33612345678", "bare-mobile"),
    ),
    counter_examples=(
        ("date", "12/03/1980"),
        ("siret", "20007175100019"),
        ("x", "45.123456789"),
        ("montant", "1200,50"),
    ),
)
