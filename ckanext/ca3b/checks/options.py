"""The reading options that an action or a form gives, as they are kept with a report."""

from __future__ import annotations

import codecs
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b.tables.model import TYPES

DATE_ORDERS = ("dmy", "mdy", "ymd")
DELIMITERS = (";", ",", "\t", "|")
_TEXTS = ("encoding", "delimiter", "sheet", "decimal", "date_order")


def read_options(given: Any) -> dict[str, Any]:
    """Return the options that say something, checked. Raises ValidationError naming the wrong one."""
    if given in (None, ""):
        return {}
    if not isinstance(given, dict):
        raise _wrong("options", tk._("Give the reading options as names and values."))
    unknown = sorted(map(str, set(given) - {*_TEXTS, "header_row", "types"}))
    if unknown:
        raise _wrong("options", tk._("Unknown reading option: {name}").format(name=", ".join(unknown)))
    kept: dict[str, Any] = {key: str(given[key]) for key in _TEXTS if given.get(key) not in (None, "")}
    if given.get("header_row") not in (None, ""):
        kept["header_row"] = _whole(given["header_row"])
    if given.get("types"):
        kept["types"] = _types(given["types"])
    _check(kept)
    return kept


def _check(kept: dict[str, Any]) -> None:
    if "encoding" in kept:
        try:
            codecs.lookup(kept["encoding"])
        except LookupError as error:
            raise _wrong("encoding", tk._("Unknown encoding. Examples: utf-8, cp1252, latin-1.")) from error
    if "delimiter" in kept and len(kept["delimiter"]) != 1:
        raise _wrong("delimiter", tk._("The separator is one character. Example: ;"))
    if "decimal" in kept and kept["decimal"] not in {",", "."}:
        raise _wrong("decimal", tk._("The decimal mark is a comma or a point."))
    if "date_order" in kept and kept["date_order"] not in DATE_ORDERS:
        raise _wrong("date_order", tk._("The order of dates is dmy, mdy or ymd."))


def _whole(value: Any) -> int:
    try:
        number = int(str(value))
    except ValueError as error:
        raise _wrong("header_row", tk._("The row of the headers is a whole number.")) from error
    if not -1 <= number <= 10_000:
        raise _wrong("header_row", tk._("The row of the headers is a whole number."))
    return number


def _types(given: Any) -> dict[str, str]:
    if not isinstance(given, dict) or not all(value in TYPES for value in given.values()):
        raise _wrong("types", tk._("Types are: {names}").format(names=", ".join(TYPES)))
    return {str(name): str(value) for name, value in given.items()}


def _wrong(name: str, message: str) -> tk.ValidationError:
    return tk.ValidationError({name: [message]})


def from_form(form: Any) -> dict[str, Any]:
    """Return the reading options of the form of the report page, where rows count from 1 and 0 means no header."""
    given = {name: form.get(name) for name in _TEXTS}
    if given.get("delimiter") == "tab":
        given["delimiter"] = "\t"
    header = (form.get("header_row") or "").strip()
    if header:
        given["header_row"] = str(_whole(header) - 1)
    return read_options(given)
