"""A look at a file before it takes the place of another: can it be read, and does it follow its schema?"""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from ckanext.ca3b import tables
from ckanext.ca3b.tables import schemas

from . import reports

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.datastructures import FileStorage

    from ckanext.ca3b.tables import Table, Verdict
    from ckanext.ca3b.tables.schemas import TableSchema

#: Above, a person would wait too long in front of the page: the report says it afterwards.
PAGE_LIMIT = 5_000_000
_CHUNK = 1 << 20


@attrs.frozen
class Seen:
    """What was seen: ``problem`` is a French sentence, '' when the file may be published."""

    sha256: str
    problem: str = ""
    reading: Mapping[str, Any] | None = None
    schema: TableSchema | None = None
    verdict: Verdict | None = None


def unreadable(upload: FileStorage) -> str:
    """Return why a table cannot be read, '' when it can, is no table, or is too big to wait for."""
    size = upload.stream.seek(0, 2)
    upload.stream.seek(0)
    return "" if size > PAGE_LIMIT else examine(upload, "none", check=False).problem


def examine(upload: FileStorage, schema: str, *, check: bool) -> Seen:
    """Read a file that is sent, find its schema (``auto``, ``none`` or a name) and, with ``check``, judge it."""
    name = upload.filename or "fichier"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"fichier{''.join(Path(name).suffixes[-2:])[-20:]}"
        digest = _copy(upload, path)
        if not reports.is_table_name(name):
            return Seen(digest)
        try:
            table = tables.read(path, name=name)
        except tables.TableError as error:
            return Seen(digest, error.message)
        chosen = _schema(table, schema, name)
        verdict = tables.check(table, chosen) if check and chosen else None
        return Seen(digest, "", _reading(table), chosen, verdict)


def _schema(table: Table, schema: str, name: str) -> TableSchema | None:
    if schema == "none":
        return None
    if schema != "auto":
        return schemas.load(schema)
    proposals = tables.propose(table, name=name)
    return schemas.load(proposals[0].schema) if proposals else None


def _reading(table: Table) -> dict[str, Any]:
    columns = [{"name": column.name, "header": column.header} for column in table.columns]
    return {"rows": table.rows, "columns": columns}


def _copy(upload: FileStorage, path: Path) -> str:
    digest = hashlib.sha256()
    upload.stream.seek(0)
    with path.open("wb") as target:
        while chunk := upload.stream.read(_CHUNK):
            digest.update(chunk)
            target.write(chunk)
    upload.stream.seek(0)
    return digest.hexdigest()
