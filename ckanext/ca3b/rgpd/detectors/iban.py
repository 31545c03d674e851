"""Bank accounts: IBAN of any country, French RIB, cards."""

from __future__ import annotations

import polars as pl

from .base import AFTER, BEFORE, EDGE, Detector, by_distinct

_M = r"[ .\-\x{a0}]?"
_RIB = rf"[0-9]{{5}}{_M}[0-9]{{5}}{_M}[A-Za-z0-9]{{11}}{_M}[0-9]{{2}}"
_CARD = r"[3-6][0-9]{3}(?:[ -]?[0-9]{4}){3}"
_PIECE = rf"{EDGE}(?:[A-Za-z]{{2}}[0-9]{{2}}(?:{_M}[A-Za-z0-9]){{11,30}}|{_RIB}|{_CARD}){EDGE}"
_CANDIDATE = rf"{BEFORE}(?:[A-Za-z]{{2}}[0-9]{{2}}(?:{_M}[A-Za-z0-9]){{11}}|(?:{_RIB}|{_CARD}){AFTER})"
# The letters of a RIB count as digits; those of an IBAN as their place in the alphabet after nine.
_LETTERS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789")
_ALPHABET = list("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
# Length of the IBAN of each country (register of SWIFT), as far as neighbours and usual accounts go.
_LENGTHS = {
    "FR": 27, "MC": 27, "BE": 16, "DE": 22, "ES": 24, "IT": 27, "LU": 20, "CH": 21, "PT": 25, "GB": 22, "NL": 18,
    "AT": 20, "IE": 22, "PL": 28, "RO": 24, "LT": 20, "LV": 21, "EE": 20, "FI": 18, "SE": 24, "DK": 18, "NO": 15,
    "GR": 27, "CZ": 24, "SK": 24, "HU": 28, "BG": 22, "HR": 21, "SI": 19, "MT": 31, "CY": 28, "TN": 24, "MA": 28,
    "AD": 24, "SM": 27, "LI": 21, "TR": 26, "MU": 30, "DZ": 26, "SN": 28, "CI": 28,
}  # fmt: skip


def iban_holds(code: str) -> bool:
    """Tell whether ``code`` (capitals and digits only) holds the key of ISO 13616."""
    if _LENGTHS.get(code[:2]) != len(code) or not code[2:4].isdigit():
        return False
    return int("".join(str(int(char, 36)) for char in code[4:] + code[:4])) % 97 == 1


def rib_holds(code: str) -> bool:
    """Tell whether the 23 characters of a RIB hold its key."""
    digits = code.translate(_LETTERS)
    if len(code) != 23 or not digits.isdigit():
        return False
    bank, desk, account, key = int(digits[:5]), int(digits[5:10]), int(digits[10:21]), int(digits[21:])
    return bank > 0 and 97 - (89 * bank + 15 * desk + 3 * account) % 97 == key


def luhn_holds(digits: str) -> bool:
    """Tell whether ``digits`` hold the key of Luhn."""
    doubled = [int(char) * (2 if place % 2 else 1) for place, char in enumerate(reversed(digits))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def _number(text: pl.Expr, start: int, length: int) -> pl.Expr:
    return text.str.slice(start, length).cast(pl.Int64, strict=False)


def _iban(code: pl.Expr) -> pl.Expr:
    """The same as :func:`iban_holds`; a word may follow in a sentence, and the country says where the number ends."""
    country = code.str.slice(0, 2)
    length = country.replace_strict(list(_LENGTHS), list(_LENGTHS.values()), default=None, return_dtype=pl.Int64)
    moved = code.str.slice(4, length - 4) + code.str.slice(0, 4)
    places = [str(place) for place in range(10, 36)]
    digits = moved.str.replace_many(_ALPHABET, places).str.zfill(_DIGITS)
    rest: pl.Expr = pl.lit(0, dtype=pl.Int64)
    for start in range(0, _DIGITS, 9):
        rest = (rest * 10**9 + _number(digits, start, 9)) % 97
    return (rest == 1) & (code.str.len_bytes() >= length) & code.str.contains("^..[0-9]{2}")


# Thirty-one characters at most, all letters.
_DIGITS = 63


def _rib(code: pl.Expr) -> pl.Expr:
    """The same as :func:`rib_holds`."""
    digits = code.str.replace_many(_ALPHABET, list("12345678912345678923456789"))
    bank, desk, account = _number(digits, 0, 5), _number(digits, 5, 5), _number(digits, 10, 11)
    key = 97 - (89 * bank + 15 * desk + 3 * account) % 97
    return (code.str.len_bytes() == 23) & (bank > 0) & (key == _number(digits, 21, 2))


def _luhn(code: pl.Expr) -> pl.Expr:
    """The same as :func:`luhn_holds`, for the sixteen digits of a card; not one repeated thrice over."""
    total: pl.Expr = pl.lit(0, dtype=pl.Int64)
    for place in range(16):
        digit = _number(code, place, 1) * (1 if place % 2 else 2)
        total += digit - 9 * (digit > 9).cast(pl.Int64)
    return (total % 10 == 0) & (code.str.split("").list.n_unique() > 3)


def _kind(value: pl.Expr) -> pl.Expr:
    code = value.str.to_uppercase().str.replace_all("[^A-Z0-9]", "")
    return (
        pl.when(code.str.contains("^[A-Z]{2}"))
        .then(pl.when(_iban(code)).then(pl.lit("iban")))
        .when(code.str.contains("^[0-9]{16}$"))
        .then(pl.when(_luhn(code)).then(pl.lit("card")))
        .otherwise(pl.when(_rib(code)).then(pl.lit("rib")))
    )


DETECTOR = Detector(
    category="iban",
    label="Coordonnées bancaires",
    ground="CRPA L312-1-2 ; RGPD art. 4 et 5",
    headers=(
        "iban",
        "rib",
        "compte bancaire",
        "numero compte bancaire",
        "coordonnee bancaire",
        "bic iban",
        "carte bancaire",
    ),
    candidate=_CANDIDATE,
    pattern=_PIECE,
    classify=by_distinct(_kind),
    min_length=15,
    code=True,
    settled=("iban", "rib"),
    examples=(
        ("iban", "FR14 2004 1010 0505 0001 3M02 606", "iban"),
        ("texte", "virement sur BE68539007547034 demain", "iban"),
        ("rib", "20041 01005 0500013M026 06", "rib"),
    ),
    counter_examples=(
        ("iban", "FR15 2004 1010 0505 0001 3M02 606"),
        ("siret", "20007175100019"),
        ("uuid", "ab12cd34-ef56-7890-abcd-1234567890ab"),
    ),
)
