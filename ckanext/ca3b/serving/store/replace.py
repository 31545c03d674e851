"""Put a file in place of a table of the DataStore, in one transaction: readers see the old one or the new one.

The table is built aside under a name that CKAN hides, compared with the file, then takes the name of the resource.
Whatever stops it on the way, a killed process included, leaves the old table and nothing else.
"""

from __future__ import annotations

import contextlib
import json
import uuid
from functools import partial
from typing import TYPE_CHECKING, Any

import psycopg2
from attrs import frozen

from ckanext.datastore.backend.postgres import _generate_index_name, get_write_engine, literal_string

from . import fulltext
from .columns import quoted, stored
from .feed import Digested, Feed, NotACodeError, codes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ckanext.ca3b.tables import Table

    from .columns import Stored

# Small on purpose: a GIN index is built faster when what it sorts stays in the processor's caches (measured: half the
# time of 256 MB for a million rows).
INDEX_MEMORY = "8MB"
MAX_COLUMNS = 1500
CHUNK = 1 << 18


class LoadError(Exception):
    """The file could not become a table; the message is a French sentence for its publisher."""


@frozen
class Built:
    """What was loaded: ``rows`` and the ``digest`` of all values in the order of the file."""

    rows: int
    digest: str
    columns: tuple[Stored, ...]


def _tell_nobody(_rows: int) -> None:
    """Take the number of rows sent, when nobody asked for it."""


def replace(
    resource_id: str,
    table: Table,
    *,
    facts: Mapping[str, Any],
    describe: Callable[[Stored], Mapping[str, Any]],
    progress: Callable[[int], None] = _tell_nobody,
) -> Built:
    """Load ``table`` as the table of a resource.

    :param facts: kept as the comment of the table, with ``rows`` and ``digest``; see :func:`facts_of`.
    :param describe: gives the comment of a column, as CKAN's data dictionary stores it.
    :param progress: told how many rows were sent.
    :raises LoadError: the database refuses the table, or holds other values than the file.
    :raises ckanext.ca3b.tables.TableError: the file cannot be read to its end.
    """
    columns = stored(table.columns)
    if len(columns) > MAX_COLUMNS:
        raise LoadError(
            f"Ce tableau a {len(columns)} colonnes ; la consultation en ligne en accepte {MAX_COLUMNS} au plus. "
            "Le fichier reste téléchargeable."
        )
    codes, shortened = codes_of(table, columns), False
    while True:
        try:
            return _replace(
                resource_id, table, columns, fulltext.expression(columns, codes, shortened=shortened), facts, describe,
                partial(Feed, table, columns, codes, progress),
            )  # fmt: skip
        except NotACodeError:
            codes = set()
        except psycopg2.errors.ProgramLimitExceeded as error:
            if shortened:
                raise LoadError("Une ligne de ce tableau est trop longue pour la consultation en ligne.") from error
            shortened = True
        except psycopg2.DatabaseError as error:
            raise LoadError(
                "La base de données a refusé ce tableau ; le précédent reste en place. Relancez le chargement."
            ) from error


def _replace(  # noqa: PLR0913, PLR0917 - one step of the function above
    resource_id: str,
    table: Table,
    columns: Sequence[Stored],
    words: str,
    facts: Mapping[str, Any],
    describe: Callable[[Stored], Mapping[str, Any]],
    feeding: Callable[[], Feed],
) -> Built:
    aside = f"_ca3b_{uuid.uuid4().hex}"
    with transaction() as cursor:
        cursor.execute("SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, YMD'")
        create(cursor, aside, columns, words)
        with feeding() as feed:
            _copy(cursor, f"COPY {quoted(aside)} ({names(columns)}) FROM STDIN WITH (FREEZE)", feed)
        cursor.execute(f"ALTER TABLE {quoted(aside)} ALTER COLUMN _full_text DROP EXPRESSION")
        compare(cursor, aside, columns, feed, table.rows)
        _complete(cursor, aside, columns, describe)
        built = Built(feed.rows, feed.digest.hexdigest(), tuple(columns))
        comment = json.dumps({**facts, "rows": built.rows, "digest": built.digest}, ensure_ascii=False)
        cursor.execute(f"COMMENT ON TABLE {quoted(aside)} IS {literal_string(comment)}")
        cursor.execute(f"ANALYZE {quoted(aside)}")
        _swap(cursor, aside, resource_id, built.rows)
    return built


def _copy(cursor: Any, statement: str, feed: Feed) -> None:
    try:
        cursor.copy_expert(statement, feed, CHUNK)
    except psycopg2.Error:
        if feed.failure is not None:
            raise feed.failure from None
        raise


def index_words(resource_id: str) -> None:
    """Index the words of the table that is served, unless done. Reading goes on meanwhile; a search is only slower."""
    index = quoted(_generate_index_name(resource_id, quoted("_full_text")))
    with transaction() as cursor:
        cursor.execute(f"SET LOCAL maintenance_work_mem = '{INDEX_MEMORY}'")
        cursor.execute(
            f"CREATE INDEX IF NOT EXISTS {index} ON {quoted(resource_id)} USING {fulltext.index_method()} (_full_text)"
        )


def create(cursor: Any, aside: str, columns: Sequence[Stored], words: str) -> None:
    """Create the table aside; CKAN's own columns first, as in its own tables. ``words`` is SQL."""
    described = ", ".join(f"{column.quoted} {column.type}" for column in columns)
    cursor.execute(
        f"CREATE TABLE {quoted(aside)} (_id serial,"
        f" _full_text tsvector GENERATED ALWAYS AS ({words}) STORED, {described})"
    )


def compare(cursor: Any, aside: str, columns: Sequence[Stored], feed: Feed, rows: int) -> None:
    """Read the table back, and refuse it unless every value is the one of the file, row after row.

    :raises LoadError: rows are missing or a value differs.
    """
    back = Digested()
    # Nobody else sees this table, and it is read in the order it was written.
    cursor.execute("SET LOCAL synchronize_seqscans = off")
    rows_back = f"COPY (SELECT {names(columns)} FROM {quoted(aside)}) TO STDOUT"  # noqa: S608 - names are quoted
    cursor.copy_expert(rows_back, back, CHUNK)
    if not back.rows == feed.rows == rows:
        raise LoadError(
            f"Le fichier a {rows} lignes et la base en a reçu {back.rows} : le tableau précédent reste en place. "
            "Relancez le chargement."
        )
    if back.digest.digest() != feed.digest.digest():
        raise LoadError(
            "Les valeurs enregistrées ne sont pas exactement celles du fichier : le tableau précédent reste en place. "
            "Signalez-le à l’administrateur du portail."
        )


def names(columns: Sequence[Stored]) -> str:
    """List the columns as SQL does."""
    return ", ".join(column.quoted for column in columns)


def _complete(
    cursor: Any, aside: str, columns: Sequence[Stored], describe: Callable[[Stored], Mapping[str, Any]]
) -> None:
    """Add what CKAN gives its own tables: primary key, full-text trigger, data dictionary."""
    cursor.execute(f"ALTER TABLE {quoted(aside)} ADD PRIMARY KEY (_id)")
    cursor.execute(
        f"CREATE TRIGGER zfulltext BEFORE INSERT OR UPDATE ON {quoted(aside)}"
        " FOR EACH ROW EXECUTE PROCEDURE populate_full_text_trigger()"
    )
    for column in columns:
        # The space in front tells CKAN that the comment follows its present format.
        comment = literal_string(" " + json.dumps(describe(column), ensure_ascii=False, separators=(",", ":")))
        cursor.execute(f"COMMENT ON COLUMN {quoted(aside)}.{column.quoted} IS {comment}")


def _swap(cursor: Any, aside: str, resource_id: str, rows: int) -> None:
    """Give the table its name, and the names CKAN expects to what belongs to it; aliases follow."""
    cursor.execute('SELECT name FROM "_table_metadata" WHERE alias_of = %s', (resource_id,))
    aliases = [name for (name,) in cursor.fetchall()]
    drop(cursor, resource_id)
    cursor.execute(f"ALTER TABLE {quoted(aside)} RENAME TO {quoted(resource_id)}")
    cursor.execute(f"ALTER INDEX {quoted(aside + '_pkey')} RENAME TO {quoted(resource_id + '_pkey')}")
    cursor.execute(f"ALTER SEQUENCE {quoted(aside + '__id_seq')} RENAME TO {quoted(resource_id + '__id_seq')}")
    for alias in aliases:
        cursor.execute(f"CREATE VIEW {quoted(alias)} AS TABLE {quoted(resource_id)}")
    cursor.execute('INSERT INTO "_table_stats" VALUES (%s, %s)', (resource_id, json.dumps({"rows": rows})))


def drop(cursor: Any, resource_id: str) -> None:
    """Drop the table of a resource, if there is one, with its aliases and what CKAN remembers of it."""
    cursor.execute(f"DROP TABLE IF EXISTS {quoted(resource_id)} CASCADE")
    cursor.execute('DELETE FROM "_table_stats" WHERE resource_id = %s', (resource_id,))


def facts_of(resource_id: str) -> dict[str, Any] | None:
    """Return the facts kept with the table of a resource; None without table, {} for a table that is not ours."""
    with transaction() as cursor:
        cursor.execute(
            "SELECT obj_description(c.oid, 'pg_class') FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname = %s",
            (resource_id,),
        )
        row = cursor.fetchone()
    if row is None:
        return None
    try:
        found = json.loads(row[0] or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


@contextlib.contextmanager
def transaction() -> Iterator[Any]:
    """Give a psycopg2 cursor on the DataStore; commits at the end, rolls back on any error."""
    connection: Any = get_write_engine().raw_connection()
    try:
        with connection.cursor() as cursor:
            # A file may take longer than what a server forgives a slow statement or an idle transaction.
            cursor.execute("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0")
            yield cursor
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    finally:
        connection.close()
