"""What a table of the DataStore is made of, and its rows, read with the rights of readers."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any

import psycopg2
from attrs import field, frozen

from ckanext.datastore.backend.postgres import get_read_engine

if TYPE_CHECKING:
    from collections.abc import Iterator

TIMEOUT_MS = 20_000
_SHAPE = """
SELECT a.attname, t.typname, col_description(c.oid, a.attnum), obj_description(c.oid, 'pg_class'),
       EXISTS (SELECT 1 FROM pg_collation WHERE collname = 'fr-x-icu')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type t ON t.oid = a.atttypid
WHERE n.nspname = 'public' AND c.relname = %s AND left(a.attname, 1) <> '_' ORDER BY a.attnum
"""


class NoTableError(Exception):
    """The resource has no table."""


class SlowError(Exception):
    """The question took more time than visitors are given."""


@frozen
class Field:
    """A column for readers: ``id`` in the API, ``label`` and ``notes`` of the dictionary, ``header`` in the file."""

    id: str
    type: str
    label: str
    notes: str
    header: str


@frozen
class Shape:
    """The columns of a table and what is kept with it (``sha256``, ``rows``...; empty for a table that is not ours)."""

    resource_id: str
    fields: tuple[Field, ...]
    facts: dict[str, Any] = field(factory=dict)
    french_order: bool = False

    def field(self, name: str) -> Field | None:
        """Return a column by its id."""
        return next((one for one in self.fields if one.id == name), None)


def shape_of(cursor: Any, resource_id: str) -> Shape:
    """Read the columns of a table. Raises NoTableError."""
    cursor.execute(_SHAPE, (resource_id,))
    rows = cursor.fetchall()
    if not rows:
        raise NoTableError(resource_id)
    fields = []
    for name, kind, comment, _, _ in rows:
        said = _json(comment)
        info = _json(said.get("_info"))
        header = str(said.get("ca3b_header") or name)
        fields.append(Field(name, kind, str(info.get("label") or name), str(info.get("notes") or ""), header))
    return Shape(resource_id, tuple(fields), _json(rows[0][3]), bool(rows[0][4]))


def _json(value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    try:
        found = json.loads(value or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


@contextlib.contextmanager
def reading(timeout: int = TIMEOUT_MS) -> Iterator[Any]:
    """Give a psycopg2 cursor that can only read: one snapshot, so that a table is the same from first to last row.

    :raises NoTableError: the table is not, or no more, there.
    :raises SlowError: the database needed more than ``timeout`` milliseconds.
    """
    connection: Any = get_read_engine().raw_connection()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", (str(timeout),))
            cursor.execute("SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, YMD'")
            yield cursor
    except psycopg2.errors.UndefinedTable as error:
        raise NoTableError from error
    except psycopg2.errors.QueryCanceled as error:
        raise SlowError from error
    finally:
        connection.rollback()
        connection.close()
