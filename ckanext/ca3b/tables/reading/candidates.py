"""What a column may be: one test per type and way of writing it, the most exact first."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import polars as pl
from attrs import frozen

from ckanext.ca3b.tables.values import SPACES, moment

_SP = f"[{SPACES}]"
_DIGITS = 15
_FEW = 1_000
_FIFTEEN_DIGITS = "^[^0-9]*(?:[0-9][^0-9]*){1,15}$"
_PAIRS = [{"oui", "non"}, {"vrai", "faux"}, {"true", "false"}, {"o", "n"}, {"yes", "no"}]
_CODES = re.compile(
    r"(^|_)(code_(commune|dep|dept|departement|region|epci|canton|iris)|codgeo|depcom|insee|siren|siret|cog|code_postal|cp|postal|telephone|tel|fax|uai|finess|rna|rivoli|fantoir|iban|nir|naf|ape)(_|$)"
)


@frozen
class Candidate:
    """A type and one way of writing it; ``test`` says of each value whether it fits (null if empty)."""

    type: str
    reason: str
    pattern: str | None = None
    date_format: str | None = None
    order: str | None = None
    decimal: str | None = None
    thousands: str | None = None
    siren: bool = False
    words: frozenset[str] | None = None

    def looks_like(self, value: str) -> bool:
        """Tell whether one value, without blanks around it, has the form; `test` may still refuse it."""
        if self.words is not None:
            return value.lower() in self.words
        return _compiled(self.pattern or "").fullmatch(value) is not None

    def test(self, name: str, longest: int) -> pl.Expr:
        """Give the expression of the test on column ``name``, whose values have at most ``longest`` bytes."""
        values = pl.col(name)
        if self.words is not None:
            return values.str.to_lowercase().is_in(list(self.words))
        matches = values.str.contains(f"^(?:{self.pattern})$")
        if self.siren:
            return matches & _luhn(values)
        if self.type == "number" and longest > _DIGITS:
            return matches & (values.str.contains(_FIFTEEN_DIGITS) | _comes_back(values, self.decimal or "."))
        if self.date_format is None:
            return matches
        # An empty cell is no fault: null & false would be false.
        return (matches & moment(values, self.type, self.date_format).is_not_null()) | values.is_null()


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _comes_back(values: pl.Expr, decimal: str) -> pl.Expr:
    """Tell whether decimal numbers of many digits are the same once read and written again."""
    plain = values.str.replace_all(_SP, "").str.replace(decimal, ".", literal=True)
    trimmed = plain.str.replace(r"(\.[0-9]*?)0+$", "$1").str.strip_suffix(".")
    return plain.cast(pl.Float64, strict=False).cast(pl.String).str.strip_suffix(".0") == trimmed


def _luhn(values: pl.Expr) -> pl.Expr:
    """Tell whether SIREN numbers hold their key."""
    number = values.str.replace_all(_SP, "").cast(pl.Int64, strict=False)
    total = pl.lit(0)
    for place in range(9):
        digit = number // 10**place % 10
        total = total + (digit if place % 2 == 0 else digit * 2 - pl.when(digit > 4).then(9).otherwise(0))
    return ((total % 10) == 0).fill_null(value=False) | values.is_null()


# Fifteen digits are those of codes, and where spreadsheets begin to round.
_INTEGER = r"0|-?[1-9][0-9]{0,13}"
_GROUPED = rf"-?[1-9][0-9]{{0,2}}(?:{_SP}[0-9]{{3}}){{1,3}}|0|-?[1-9][0-9]{{0,2}}"
_MIXED = rf"-?(?:0|[1-9][0-9]{{0,13}}|[1-9][0-9]{{0,2}}(?:{_SP}[0-9]{{3}}){{1,3}})"
_D, _M, _Y = "[0-9]{2}", "[0-9]{2}", "[1-9][0-9]{3}"
# A moment is kept to the microsecond: more digits are text, unless they are zeros.
_FRACTION = r"\.\d{1,6}0*"
_DATES = (("dmy", "%d{s}%m{s}%Y", "jour, mois, année"), ("mdy", "%m{s}%d{s}%Y", "mois, jour, année"))


def _date_candidates() -> list[Candidate]:
    iso = [
        Candidate("date", "dates AAAA-MM-JJ", rf"{_Y}-{_M}-{_D}", "%Y-%m-%d", "ymd"),
        Candidate("date", "dates AAAA/MM/JJ", rf"{_Y}/{_M}/{_D}", "%Y/%m/%d", "ymd"),
    ]
    for separator in "TS":
        mark = "T" if separator == "T" else " "
        iso += [
            Candidate("datetime", "dates et heures ISO 8601", rf"{_Y}-{_M}-{_D}{mark}{p}", f"%Y-%m-%d{mark}{f}", "ymd")
            for p, f in (
                (r"\d\d:\d\d:\d\d", "%H:%M:%S"),
                (r"\d\d:\d\d", "%H:%M"),
                (rf"\d\d:\d\d:\d\d{_FRACTION}", "%H:%M:%S%.f"),
            )
        ]
    zone = rf"T\d\d:\d\d:\d\d(?:{_FRACTION})?(?:Z|[+-]\d\d:\d\d)"
    iso.append(
        Candidate("datetime", "dates et heures avec fuseau", rf"{_Y}-{_M}-{_D}{zone}", "%Y-%m-%dT%H:%M:%S%z", "ymd")
    )
    french = []
    for order, form, said in _DATES:
        for mark in "/-.":
            pattern, date = rf"\d\d?{re.escape(mark)}\d\d?{re.escape(mark)}{_Y}", form.replace("{s}", mark)
            french.append(Candidate("date", f"dates dans l’ordre {said}", pattern, date, order))
            for p, f in ((r"\d\d?:\d\d:\d\d", "%H:%M:%S"), (r"\d\d?:\d\d", "%H:%M"), (r"\d\d?h\d\d", "%Hh%M")):
                french.append(
                    Candidate(
                        "datetime", f"dates et heures dans l’ordre {said}", f"{pattern} {p}", f"{date} {f}", order
                    )
                )
    return iso + french


CANDIDATES: tuple[Candidate, ...] = (
    Candidate(
        "text",
        "numéros de 14 chiffres (SIRET), à garder tels quels",
        rf"[0-9]{{14}}|(?:[0-9]{{3}}{_SP}){{3}}[0-9]{{5}}",
    ),
    Candidate(
        "text", "numéros SIREN, à garder tels quels", rf"[0-9]{{9}}|(?:[0-9]{{3}}{_SP}){{2}}[0-9]{{3}}", siren=True
    ),
    Candidate("integer", "nombres entiers", _INTEGER),
    Candidate("integer", "nombres entiers, milliers séparés par une espace", _GROUPED, thousands=" "),
    Candidate("number", "nombres à point décimal", _MIXED + r"(?:\.[0-9]+)?", decimal=".", thousands=" "),
    Candidate("number", "nombres à virgule décimale", _MIXED + r"(?:,[0-9]+)?", decimal=",", thousands=" "),
    *(Candidate("boolean", "deux mots, oui et non", words=frozenset(pair)) for pair in _PAIRS),
    *_date_candidates(),
)


def header_is_code(name: str) -> bool:
    """Tell whether a header names a code, whose digits are not a quantity."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return bool(_CODES.search(re.sub(r"[^a-z0-9]+", "_", plain)))


def text_reason(values: pl.Series) -> str:
    """Say in French why ``values`` stay text, when they look like numbers or dates."""
    looks = (
        (r"^0[0-9]+$", "des valeurs commencent par un zéro, qui serait perdu"),
        (r"^\+[0-9]", "des valeurs commencent par +, comme un numéro de téléphone"),
        (r"^-?[0-9]{15,}$", "des nombres ont 15 chiffres ou plus et seraient arrondis ailleurs"),
        (r"^[0-9]+[eE][0-9]+$", "des codes comme 1e5 seraient pris pour des nombres"),
        (r"^-?[0-9][0-9 \u00a0\u202f]*[.,][0-9]+$", "les nombres ne sont pas tous écrits de la même façon"),
        (r"^[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}", "les dates ne sont pas toutes écrites dans le même ordre"),
        (r"^-?[0-9]+$", "des valeurs ne sont pas des nombres"),
    )
    # A query for each would take longer than a few values do.
    few = values.drop_nulls().to_list() if len(values) <= _FEW else None
    for pattern, reason in looks:
        if any(map(_compiled(pattern).search, few)) if few is not None else values.str.contains(pattern).any():
            return reason
    return ""
