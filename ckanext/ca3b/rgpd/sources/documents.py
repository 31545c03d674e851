"""JSON of any shape: each list of records is a table, nested keys are dotted, geometry is a column of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ckanext.ca3b.tables import TableError
from ckanext.ca3b.tables.reading.encoding import find_encoding
from ckanext.ca3b.tables.reading.header import column_names
from ckanext.ca3b.tables.reading.readers.json_stream import Number, Stream, dump, parse
from ckanext.ca3b.tables.reading.readers.spool import Spool

from .model import BATCH_ROWS, Content, Part

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LONGEST = 64 << 20
_WHOLE = 256 << 20


def open_json(path: Path) -> Content:
    """Read a document, or one record a line."""
    encoding, _ = find_encoding(path)
    spools: dict[str, Spool] = {}
    content = Content()
    try:
        for key, record in _records(path, encoding):
            _spread(record, "", spools, where=key)
    except TableError:
        # Not a list of records: any tree is read whole, within bounds.
        if path.stat().st_size > _WHOLE:
            raise
        spools.clear()
        _tree(_whole(path, encoding), "", spools)
    for key, spool in spools.items():
        if not spool.names:
            continue
        names, _ = column_names(list(spool.names))
        content.parts.append(_part(spool, names, key.replace("\0", ".").strip(".") or None, several=len(spools) > 1))
    if not content.parts:
        raise TableError("empty", "Le fichier JSON ne contient aucun enregistrement.")
    return content


def _part(spool: Spool, names: tuple[str, ...], key: str | None, *, several: bool) -> Part:
    return Part(names, lambda: spool.frames(names, BATCH_ROWS), key if several else None, form="json")


def _records(path: Path, encoding: str) -> Iterator[tuple[str, dict[str, Any]]]:
    first = ""
    with path.open(encoding=encoding, errors="replace", newline="\n") as stream:
        while not first and (line := stream.readline(_LONGEST)):
            first = line.strip().removeprefix("\ufeff")
        more = any(line.strip() for line in (stream.readline(1 << 16) for _ in range(50)))
    if more and first.startswith("{") and _is_record(first):
        yield from _lines(path, encoding)
        return
    with path.open(encoding=encoding, newline="") as file:
        if file.read(1) != "\ufeff":
            file.seek(0)
        stream = Stream(file)
        yield from stream.records()
        if stream.scalars:
            yield "", dict(stream.scalars)


def _lines(path: Path, encoding: str) -> Iterator[tuple[str, dict[str, Any]]]:
    with path.open(encoding=encoding, newline="\n") as stream:
        for line in stream:
            if line.strip():
                record = parse(line.removeprefix("\ufeff"))
                yield "", record if isinstance(record, dict) else {"value": record}


def _is_record(text: str) -> bool:
    try:
        return isinstance(parse(text), dict)
    except (ValueError, RecursionError):
        return False


def _whole(path: Path, encoding: str) -> Any:
    try:
        return parse(path.read_text(encoding).removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise TableError("json", "Le fichier n’est pas du JSON valide : exportez-le de nouveau.") from error


def _tree(value: Any, path: str, spools: dict[str, Spool]) -> None:
    """Read any tree: lists of records, lists of lists, single values."""
    if isinstance(value, dict):
        _spread(value, path, spools)
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, list) and not _is_point(item):
                row = {f"column_{place}": _text(cell) for place, cell in enumerate(item, 1)}
                spools.setdefault(path, Spool()).add(row)
            elif isinstance(item, dict):
                _spread(item, path, spools)
            else:
                spools.setdefault(path, Spool()).add({path or "value": _text(item)})
    else:
        spools.setdefault(path, Spool()).add({path or "value": _text(value)})


def _spread(record: dict[str, Any], key: str, spools: dict[str, Spool], where: str = "") -> None:
    """Add ``record`` to its table, and the lists of records within it to tables of their own.

    ``key`` is the dotted path within the record, which columns bear; ``where`` that of the list of records.
    """
    rows: list[tuple[str, dict[str, str | None]]] = []
    _gather(record, key, rows)
    for path, row in rows:
        place = ".".join(filter(None, (where, path)))
        spools.setdefault(place, Spool()).add(row)


def _gather(record: dict[str, Any], key: str, rows: list[tuple[str, dict[str, str | None]]]) -> None:
    row: dict[str, str | None] = {}
    base = f"{key}." if key else ""
    feature = record.get("type") == "Feature" and "geometry" in record
    _flatten(record, base, base, row, rows, feature=feature)
    rows.append((key, row))


def _flatten(  # noqa: PLR0913 - what it needs, each of its own kind
    record: dict[str, Any],
    prefix: str,
    base: str,
    row: dict[str, str | None],
    rows: list[tuple[str, dict[str, str | None]]],
    *,
    feature: bool,
) -> None:
    for key, value in record.items():
        name = f"{prefix}{key or 'column'}"
        if feature and prefix == base and key == "properties" and isinstance(value, dict):
            _flatten(value, base, base, row, rows, feature=False)
        elif feature and prefix == base and key in {"type", "bbox"}:
            continue
        elif isinstance(value, dict) and "coordinates" in value and "type" in value:
            row[name] = _geometry(value)
        elif isinstance(value, dict) and value:
            _flatten(value, f"{name}.", base, row, rows, feature=False)
        elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            for item in value:
                _gather(item, name, rows)
        else:
            row[f"{name}_2" if name in row else name] = _text(value)


def _is_point(value: Any) -> bool:
    return isinstance(value, list) and 2 <= len(value) <= 4 and all(isinstance(item, Number) for item in value)


def _geometry(value: dict[str, Any]) -> str | None:
    points = value.get("coordinates")
    if value.get("type") == "Point" and isinstance(points, list) and _is_point(points):
        return f"POINT ({points[0]} {points[1]})"
    return f"{str(value.get('type')).upper()} (…)"


def _text(value: Any) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return str(value)
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return (", " if _is_point(value) else " ; ").join(value)
    return dump(value)
