"""Many sources by one table: all of its lines or none, what is wrong said by line and column."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from sqlalchemy.exc import IntegrityError

from ckanext.ca3b.harvesting.store import sources
from ckanext.ca3b.vocabularies import normalise

from . import given, making, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ckan.types import Context

#: The columns of a table of sources, and the fields that they give; only the first one must be filled in.
COLUMNS = {"adresse": "address", "commune": "commune", "organisation": "owner_org", "titre": "title", "type": "kind",
           "calendrier": "schedule"}  # fmt: skip
_NAMES = {name: column for column, name in COLUMNS.items()}
_SCHEDULES = {"chaque nuit": "daily", "chaque semaine": "weekly", "chaque mois": "monthly", "a la main": "manual"}
_MOST = 2000


def ca3b_harvest_source_create_many(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Keep as drafts the sources of a table, all or none. Lines without an address are left.

    :param csv: text of the table, or its bytes as a spreadsheet saves them. Columns ``adresse`` (needed),
        ``commune``, ``organisation``, ``titre``, ``type``, ``calendrier`` (« chaque nuit », « chaque semaine »,
        « chaque mois », « à la main »), separated by ``;`` or ``,``
    :returns: ``{created: [sources]}``
    """
    tk.check_access("ca3b_harvest_source_create_many", context, data_dict)
    found: list[dict[str, Any]] = []
    errors: list[str] = []
    names: set[str] = set()
    addresses: dict[str, int] = {}
    for line, row in _rows(_text(data_dict.get("csv") or "")):
        first = addresses.setdefault(row.get("address", "").rstrip("/"), line)
        if first != line:
            errors.append(_wrong(line, "address", tk._("the same address as line {line}.").format(line=first)))
            continue
        try:
            made = making.new(_read(row), context.get("user") or "", names)
        except tk.ValidationError as error:
            errors += [_wrong(line, name, said) for name, messages in error.error_dict.items() for said in messages]  # pyright: ignore[reportGeneralTypeIssues]
            continue
        names.add(made["name"])
        found.append(made)
    if not found and not errors:
        errors = [tk._("No line of this table has an address.")]
    if errors:
        raise tk.ValidationError({"csv": errors})
    try:
        sources.add(found)
    except IntegrityError as error:
        raise tk.ValidationError(
            {"csv": [tk._("Another source took one of these names meanwhile. Try again.")]}
        ) from error
    return {"created": [shown.source(context, given.existing({"id": one["id"]})) for one in found]}


def _text(given_: Any) -> str:
    """Return the text of a table: spreadsheets save it in UTF-8, else in Windows' own."""
    if not isinstance(given_, bytes):
        return str(given_)
    try:
        return given_.decode("utf-8-sig")
    except UnicodeDecodeError:
        return given_.decode("cp1252", "replace")


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the number of each line that has an address, and its values by field."""
    text = text.lstrip("\ufeff")
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if head.count(";") >= head.count(",") else ",")
    try:
        header = [COLUMNS.get(normalise(name), "") for name in next(reader, [])]
        if "address" not in header:
            raise tk.ValidationError({"csv": [tk._("The first line must name the columns, “adresse” among them.")]})
        for count, cells in enumerate(reader):
            row = {name: cell.strip() for name, cell in zip(header, cells, strict=False) if name}
            if count >= _MOST:
                raise tk.ValidationError({"csv": [tk._("A table has 2000 lines at most.")]})
            if row.get("address"):
                yield reader.line_num, row
    except csv.Error as error:
        told = tk._("Line {line}: this is not a table in CSV.").format(line=reader.line_num)
        raise tk.ValidationError({"csv": [told]}) from error


def _read(row: dict[str, str]) -> dict[str, str]:
    said = row.get("schedule", "")
    known = _SCHEDULES.get(normalise(said), said) if said else "daily"
    return {name: value for name, value in row.items() if value} | {"schedule": known}


def _wrong(line: int, name: str, said: str) -> str:
    column = _NAMES.get(name, name)
    return tk._("Line {line}, column “{column}”: {problem}").format(line=line, column=column, problem=said)
