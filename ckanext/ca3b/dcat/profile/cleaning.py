"""Values that any writer of RDF can write and any reader can read, from whatever was typed or harvested.

Nothing here raises: what cannot be said properly is None or empty, and the caller says nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlsplit

from ckanext.ca3b.schemas import texts

# What XML 1.0 cannot hold, and the control characters that nobody types on purpose.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_BLANKS = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff]+")
_SCHEME = re.compile(r"(https?|ftps?|urn|doi|ark):", re.IGNORECASE)
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._~-]*[A-Za-z0-9])?\.?|\[[0-9A-Fa-f:.]+\]")
_EMAIL = re.compile(r"[^@\s<>\"(),:;\\\[\]]+@[^@\s<>\"(),:;\\\[\]]+\.[^@\s<>\"(),:;\\\[\]]+")
_DURATION = re.compile(r"-?P(?=\d|T\d)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEAR = re.compile(r"\d{4}")
# What is an address already, most of them.
_RIGHT = re.compile(
    r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,4})?"
    r"(?:/(?:[\w/:@!$&'()*+,;=~?.-]|%[0-9A-Fa-f]{2})*)?(?:#(?:[\w/:@!$&'()*+,;=~?.-]|%[0-9A-Fa-f]{2})*)?",
    re.ASCII,
)
_PATH = "/:@!$&'()*+,;=%~?-._"
_LOCAL_PART = "!$&'*+=~._-"
_LONGEST_ADDRESS = 4000

DATE, DATE_TIME, YEAR, YEAR_MONTH = "date", "dateTime", "gYear", "gYearMonth"


def text(value: Any) -> str:
    """Return a text that XML can hold, without blanks around; empty for what is no text, number or date."""
    if isinstance(value, str):
        return _UNWRITABLE.sub("", value).strip()
    if isinstance(value, int | float | Decimal | dt.date) and not isinstance(value, bool):
        return str(value)
    return ""


@lru_cache(maxsize=8192)
def uri(value: Any) -> str | None:
    """Return an absolute address in ASCII (RFC 3986), None for what is none.

    Forbidden characters are encoded, hosts with accents written in their ASCII form; an address that is already
    right is returned as it is.
    """
    if not isinstance(value, str) or len(value) > _LONGEST_ADDRESS:
        return None
    if not _SCHEME.match(given := _BLANKS.sub(" ", value).strip()):
        return None
    if _RIGHT.fullmatch(given):
        return given
    scheme, _, rest = given.partition(":")
    scheme = scheme.lower()
    if scheme.startswith(("http", "ftp")):
        return _web_address(scheme, rest)
    return f"{scheme}:{_quoted(rest)}" if rest.strip() else None


def _web_address(scheme: str, rest: str) -> str | None:
    try:
        parts = urlsplit(f"{scheme}:{rest}")
        host, port = _ascii_host(parts.hostname or ""), parts.port
    except ValueError:
        return None
    if host is None or not rest.startswith("//"):
        return None
    place = f"{host}:{port}" if port is not None else host
    user = f"{_quoted(parts.netloc.rpartition('@')[0]).replace('/', '%2F').replace('?', '%3F')}@"
    address = f"{scheme}://{user if '@' in parts.netloc else ''}{place}{_quoted(parts.path)}"
    address += f"?{_quoted(parts.query)}" if parts.query else ""
    return address + (f"#{_quoted(parts.fragment)}" if parts.fragment else "")


def email(value: Any) -> str | None:
    """Return ``mailto:`` and an address that can be written to, None for what is none."""
    found = text(value)
    if found[:7].casefold() == "mailto:":
        found = found[7:].strip()
    if not _EMAIL.fullmatch(found) or len(found) > 254:
        return None
    try:
        local, _, domain = found.rpartition("@")
        return f"mailto:{quote(local, safe=_LOCAL_PART)}@{domain.encode('idna').decode()}"
    except UnicodeError:
        return None


def moment(value: Any) -> tuple[str, str] | None:
    """Return a date as RDF writes it and its type: ``date``, ``dateTime`` (UTC), ``gYear`` or ``gYearMonth``.

    A moment without time zone is UTC, as CKAN keeps them. None for what is no date of the calendar.
    """
    given = value.isoformat() if isinstance(value, dt.date) else text(value)
    try:
        given = texts.iso_date(given)
        if _DAY.fullmatch(given):
            return dt.date.fromisoformat(given).isoformat(), DATE
        if _YEAR.fullmatch(given):
            return (given, YEAR) if int(given) else None
        if found := _MONTH.fullmatch(given):
            return dt.date(int(found[1]), int(found[2]), 1).isoformat()[:7], YEAR_MONTH
        if not _DAY.match(given):
            return None
        found = dt.datetime.fromisoformat(given)
        found = found.replace(tzinfo=dt.UTC) if found.tzinfo is None else found.astimezone(dt.UTC)
        return found.replace(microsecond=0).isoformat(), DATE_TIME
    except (ValueError, OverflowError):
        return None


def day(value: Any, *, last: bool = False) -> str | None:
    """Return the day of a date; of a year or a month its first day, or its last one. None for what is no date."""
    given = value.isoformat() if isinstance(value, dt.date) else text(value)
    try:
        found = texts.last_day(given) if last else texts.first_day(given)
    except (ValueError, OverflowError):
        return None
    return found.isoformat() if found else None


def whole_number(value: Any) -> str | None:
    """Return a number of bytes, None for what is not a whole number from 0."""
    given = text(value)
    return str(int(given)) if given.isdecimal() and given.isascii() else None


def decimal(value: Any) -> str | None:
    """Return a number from 0 as ``xsd:decimal`` writes it (no exponent), None for what is none."""
    try:
        found = Decimal(text(value))
    except InvalidOperation:
        return None
    if not found.is_finite() or found < 0 or (found and not -30 < found.adjusted() < 30):
        return None
    written = f"{found:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def duration(value: Any) -> str | None:
    """Return an ISO 8601 duration that ``xsd:duration`` allows, None for another."""
    given = text(value)
    return given if _DURATION.fullmatch(given) else None


def _quoted(part: str) -> str:
    """Encode what an address cannot hold; what is encoded already stays."""
    return quote(_LONE_PERCENT.sub("%25", _UNWRITABLE.sub("", part)), safe=_PATH)


def _ascii_host(host: str) -> str | None:
    if ":" in host:
        host = f"[{host}]"
    elif not host.isascii():
        try:
            host = host.encode("idna").decode()
        except UnicodeError:
            return None
    return host if _HOST.fullmatch(host) else None
