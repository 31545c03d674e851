"""JSON records, JSON Lines and the attributes of GeoJSON: nested keys become dotted columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ckanext.ca3b.tables.errors import TableError
from ckanext.ca3b.tables.model import Notice, Raw, no_line
from ckanext.ca3b.tables.reading.encoding import check_encoding, find_encoding
from ckanext.ca3b.tables.reading.header import column_names
from ckanext.ca3b.tables.reading.lines import Lines

from .json_stream import Number, Stream, dump, parse
from .spool import Spool

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ckanext.ca3b.tables.model import ReadOptions

_LONGEST = 64 << 20
# Lists that describe the records of an answer, beside them.
_ABOUT = {"fields", "facets", "facet_groups", "links", "columns", "meta", "metadata", "parameters", "errors"}


def read_json(path: Path, options: ReadOptions) -> Raw:
    """Read a list of records, the one list of records within an object, or one record a line."""
    encoding = check_encoding(options.encoding) if options.encoding else find_encoding(path)[0]
    warnings: list[Notice] = []
    line: Callable[[int], int | None] = no_line
    if _is_lines(path, encoding):
        form = "jsonl"
        spool, line = _lines(path, encoding)
    else:
        form, spool, warnings = _document(path, encoding)
    if not spool.names:
        raise TableError("empty", "Le fichier JSON ne contient aucun enregistrement.")
    names, more = column_names(list(spool.names))
    return Raw(
        format=form,
        names=names,
        headers=tuple(spool.names),
        rows=spool.rows,
        source=lambda size: spool.frames(names, size),
        encoding=encoding,
        warnings=(*warnings, *more),
        line=line,
    )


def _is_lines(path: Path, encoding: str) -> bool:
    """Tell whether the first line is a whole record, and another follows it or nothing does."""
    with path.open(encoding=encoding, errors="replace", newline="\n") as stream:
        first = next(
            (line for _ in range(50) if (line := stream.readline(_LONGEST).strip().removeprefix("\ufeff"))), ""
        )
        more = any(line.strip() for line in (stream.readline(1 << 16) for _ in range(50)))
    if not first.startswith("{"):
        return False
    try:
        record = parse(first)
    except (ValueError, RecursionError):
        return False
    return more or not any(
        isinstance(value, list | dict) and value and any(map(_nested, _parts(value))) for value in record.values()
    )


def _parts(value: Any) -> list[Any]:
    return value[:1] if isinstance(value, list) else list(value.values())


def _nested(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))


def _lines(path: Path, encoding: str) -> tuple[Spool, Lines]:
    spool, lines = Spool(), Lines()
    with path.open(encoding=encoding, newline="\n") as stream:
        number = 0
        while text := stream.readline(_LONGEST):
            number += 1
            if not text.strip():
                continue
            try:
                record = parse(text.removeprefix("\ufeff"))
            except (ValueError, RecursionError) as error:
                raise TableError("json", f"La ligne {number} n’est pas du JSON valide : corrigez-la.") from error
            if not isinstance(record, dict):
                raise TableError("json", f"La ligne {number} n’est pas un enregistrement (« clé : valeur »).")
            spool.add(_flat(record))
            late = number - lines(spool.rows)
            if late and spool.rows == 1:
                lines.first = number
            elif late:
                lines.longer([spool.rows - 2], [late])
    return spool, lines


def _document(path: Path, encoding: str) -> tuple[str, Spool, list[Notice]]:
    spools: dict[str, Spool] = {}
    with path.open(encoding=encoding, newline="") as file:
        if file.read(1) != "\ufeff":
            file.seek(0)
        stream = Stream(file)
        geographic = False
        for key, record in stream.records():
            geographic = geographic or (key == "features" and record.get("type") == "Feature")
            spools.setdefault(key, Spool()).add(_properties(record) if geographic else _flat(record))
    if geographic and "features" in spools:
        told = Notice("geojson", "Les attributs sont lus comme un tableau ; la géométrie reste dans le fichier.")
        return "geojson", spools["features"], [told]
    if not spools:
        return "json", _alone(stream.scalars), []
    kept = {key: spool for key, spool in spools.items() if key.rpartition(".")[2] not in _ABOUT} or spools
    if len(kept) > 1:
        raise TableError(
            "several-tables",
            f"Le fichier JSON contient plusieurs tableaux ({', '.join(kept)}) : gardez-en un seul par fichier.",
        )
    key, spool = next(iter(kept.items()))
    return "json", spool, [Notice("json-key", f"Les lignes sont lues dans la clé « {key} ».")] if key else []


def _alone(values: dict[str, Any]) -> Spool:
    """Give the table of one row of an object without a list of records."""
    spool = Spool()
    if values:
        spool.add(_flat(values))
    return spool


def _properties(feature: dict[str, Any]) -> dict[str, str | None]:
    flat = _flat(feature.get("properties") or {})
    identifier = feature.get("id")
    return {"id": str(identifier), **flat} if identifier is not None and "id" not in flat else flat


def _flat(record: dict[str, Any], prefix: str = "") -> dict[str, str | None]:
    flat: dict[str, str | None] = {}
    for key, value in record.items():
        name = prefix + (key or "column")
        if isinstance(value, Number):
            flat[name] = str(value)
        elif isinstance(value, str):
            flat[name] = value
        elif value is None:
            flat[name] = None
        elif isinstance(value, dict) and value:
            inner = _flat(value, name + ".")
            # A key may be written with the point that nested keys get.
            flat.update((f"{key}_2" if key in flat else key, part) for key, part in inner.items())
        else:
            flat[name] = dump(value)
    return flat
