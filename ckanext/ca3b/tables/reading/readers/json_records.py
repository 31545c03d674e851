"""JSON records and JSON Lines: nested keys become dotted columns."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ckanext.ca3b.tables.errors import TableError
from ckanext.ca3b.tables.model import Notice, Raw
from ckanext.ca3b.tables.reading.header import check_width

from .delimited_rows import frame_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import polars as pl

    from ckanext.ca3b.tables.model import ReadOptions

MAX_DOCUMENT = 200 << 20


def read_json(path: Path, options: ReadOptions) -> Raw:
    """Read a list of records, one key holding such a list, or one record a line."""
    encoding = options.encoding or "utf-8-sig"
    form, warnings = "jsonl", []
    records: list[dict[str, Any]] = []
    if _is_lines(path, encoding):
        names, rows = _columns(_lines(path, encoding))
    else:
        form = "json"
        records, key = _document(path, encoding)
        names, rows = _columns(iter(records))
        if key:
            warnings.append(Notice("json-key", f"Les lignes sont lues dans la clé « {key} »."))

    def source(size: int) -> Iterator[pl.DataFrame]:
        origin = _lines(path, encoding) if form == "jsonl" else iter(records)
        block: list[list[str | None]] = []
        for record in origin:
            flat = _flat(record)
            block.append([flat.get(name) or None for name in names])
            if len(block) >= size:
                yield frame_of(block, names)
                block = []
        if block:
            yield frame_of(block, names)

    if not names:
        raise TableError("empty", "Le fichier JSON ne contient aucun enregistrement.")
    return Raw(
        format=form,
        names=names,
        headers=names,
        rows=rows,
        source=source,
        encoding=encoding,
        warnings=tuple(warnings),
    )


def _is_lines(path: Path, encoding: str) -> bool:
    """Tell whether the first line is a whole record, and another follows it or nothing does."""
    with path.open("rb") as stream:
        first = stream.readline(1 << 24).decode(encoding, errors="replace").strip()
        more = any(line.strip() for line in (stream.readline(1 << 16) for _ in range(50)))
    if not first.startswith("{"):
        return False
    try:
        record = _parse(first)
    except ValueError:
        return False
    return more or not any(
        isinstance(value, list) and value and isinstance(value[0], dict) for value in record.values()
    )


def _lines(path: Path, encoding: str) -> Iterator[dict[str, Any]]:
    with path.open(encoding=encoding, newline="\n") as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                record = _parse(line)
            except (ValueError, RecursionError) as error:
                raise TableError("json", f"La ligne {number} n’est pas du JSON valide : corrigez-la.") from error
            if not isinstance(record, dict):
                raise TableError("json", f"La ligne {number} n’est pas un enregistrement (« clé : valeur »).")
            yield record


def _document(path: Path, encoding: str) -> tuple[list[dict[str, Any]], str | None]:
    if path.stat().st_size > MAX_DOCUMENT:
        raise TableError("too-big", "Le fichier JSON dépasse 200 Mo : exportez-le en JSON Lines ou en CSV.")
    try:
        value = _parse(path.read_bytes().decode(encoding))
    except (ValueError, RecursionError) as error:
        where = f" (ligne {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise TableError("json", f"Le fichier n’est pas du JSON valide{where} : exportez-le de nouveau.") from error
    key = None
    if isinstance(value, dict):
        lists = [k for k, v in value.items() if isinstance(v, list) and v and isinstance(v[0], dict)]
        if len(lists) > 1:
            raise TableError("several-tables", f"Le fichier JSON contient plusieurs tableaux : {', '.join(lists)}.")
        if lists:
            key, value = lists[0], value[lists[0]]
        else:
            value = [value]
    if not isinstance(value, list) or not all(isinstance(record, dict) for record in value):
        raise TableError("json", "Le fichier JSON n’est pas une liste d’enregistrements : exportez-le en CSV.")
    return value, key


def _parse(text: str) -> Any:
    """Parse, keeping numbers as written."""
    return json.loads(text, parse_float=str, parse_int=str, parse_constant=str)


def _columns(records: Iterator[dict[str, Any]]) -> tuple[tuple[str, ...], int]:
    names: dict[str, None] = {}
    rows = 0
    for record in records:
        rows += 1
        names.update(dict.fromkeys(_flat(record)))
        check_width(len(names))
    return tuple(names), rows


def _flat(record: dict[str, Any], prefix: str = "") -> dict[str, str | None]:
    flat: dict[str, str | None] = {}
    for key, value in record.items():
        name = prefix + (key or "column")
        if isinstance(value, dict) and value:
            flat.update(_flat(value, name + "."))
        elif value is None:
            flat[name] = None
        elif isinstance(value, bool):
            flat[name] = "true" if value else "false"
        else:
            flat[name] = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return flat
