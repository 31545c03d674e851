"""What a clerk probably meant: the value as the schema wants it, when a French form says it without doubt."""

from __future__ import annotations

import datetime as dt
import difflib
import re
import unicodedata
from typing import TYPE_CHECKING

from ckanext.ca3b.tables.values import FALSE_WORDS, SPACES, TRUE_WORDS
from ckanext.ca3b.tables.wording import boolean_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ckanext.ca3b.tables.schemas import Field

_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_NUMBER = re.compile(r"[+-]?\d{1,3}(?:[SP]\d{3})+(?:[.,]\d+)?|[+-]?\d+(?:[.,]\d+)?".replace("SP", SPACES))
_NEAR_VALUES = 500


def suggestion(field: Field, text: str) -> str | None:
    """Give ``text`` as ``field`` wants it, for a French date, number, or yes and no; ``None`` when in doubt."""
    written = text.strip()
    if field.type == "date":
        form = "%Y-%m-%d" if field.format in {"default", "any"} else field.format
        day = _day(written)
        return day.strftime(form) if day else None
    if field.type in {"number", "integer"} and _NUMBER.fullmatch(written):
        plain = re.sub(f"[{SPACES}]", "", written).replace(",", ".")
        if field.type == "integer":
            whole, _, rest = plain.partition(".")
            return None if rest.strip("0") else whole
        return plain.replace(".", field.decimal_char or ".")
    if field.type == "boolean":
        yes, no = boolean_words(field)
        word = written.casefold()
        return yes[0] if word in TRUE_WORDS else no[0] if word in FALSE_WORDS else None
    return written if field.type != "string" and written != text else None


def doubtful_day(text: str) -> dt.date | None:
    """Give the day that ``text`` is in French when it is another one where the month comes first; else ``None``."""
    found = _DAY.fullmatch(text.strip())
    if not found or not found[3] or int(found[1]) > 12 or int(found[1]) == int(found[2]):
        return None
    return _day(text.strip())


def nearest(text: str, among: Sequence[str]) -> str | None:
    """Give the value of ``among`` that ``text`` is, but for case, accents, blanks or a slip of the keyboard."""
    plain = {folded(value): value for value in reversed(among[:_NEAR_VALUES])}
    found = difflib.get_close_matches(folded(text[:200]), list(plain), n=1, cutoff=0.85)
    return plain[found[0]] if found else None


def folded(text: str) -> str:
    """Give ``text`` without case, accents, nor anything but letters and digits."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in letters if char.isalnum())


def _day(text: str) -> dt.date | None:
    found = _DAY.fullmatch(text)
    if not found:
        return None
    day, month, year = (found[1], found[2], found[3]) if found[3] else (found[6], found[5], found[4])
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
