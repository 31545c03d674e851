"""Writing and reading where a loading is. Each change is committed at once: readers are other processes."""

from __future__ import annotations

import contextlib
import zlib
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.dialects.postgresql import insert

from ckanext.datastore.backend.postgres import get_write_engine

from .model import DONE, FAILED, NONE, RUNNING, TableLoad, now

if TYPE_CHECKING:
    from collections.abc import Iterator

INTERRUPTED = "Le chargement du tableau a été interrompu. Relancez-le."
# The first of the two keys of our advisory locks, for nobody else to have the same.
_LOCKS = zlib.crc32(b"ca3b_tables") & 0x7FFFFFFF


def write(resource_id: str, state: str, **fields: Any) -> None:
    """Write the state of a loading, and the other ``fields`` of :class:`TableLoad` that are given."""
    values = {"state": state, "asked": now(), **fields}
    kept = {name: value for name, value in values.items() if name != "asked"}
    statement = insert(TableLoad).values(resource_id=resource_id, **values)
    statement = statement.on_conflict_do_update(index_elements=["resource_id"], set_=kept)
    _commit(statement)


def progress(resource_id: str, percent: int) -> None:
    """Write how far a loading is."""
    _commit(sa.update(TableLoad).where(TableLoad.resource_id == resource_id).values(progress=percent))


def forget(resource_id: str) -> None:
    """Remove all that is known of a resource."""
    _commit(sa.delete(TableLoad).where(TableLoad.resource_id == resource_id))


def read(resource_id: str) -> dict[str, Any]:
    """Return the state as ``ca3b_table_status`` gives it. A loading whose process died has failed."""
    with model.meta.engine.connect() as connection:  # pyright: ignore[reportOptionalMemberAccess]
        row = connection.execute(sa.select(TableLoad).where(TableLoad.resource_id == resource_id)).mappings().first()
    if row is None:
        return TableLoad(resource_id=resource_id, state=NONE, progress=0).as_dict()
    found = TableLoad(**row).as_dict()
    if found["state"] == RUNNING and not is_locked(resource_id):
        return {**found, "state": FAILED, "error": INTERRUPTED}
    return found


def known(resource_ids: list[str]) -> set[str]:
    """Return those of the resources whose loading was ever asked for."""
    with model.meta.engine.connect() as connection:  # pyright: ignore[reportOptionalMemberAccess]
        wanted = sa.select(TableLoad.resource_id).where(TableLoad.resource_id.in_(resource_ids))
        return set(connection.execute(wanted).scalars())


def loaded(resource_ids: list[str]) -> dict[str, str]:
    """Return the SHA-256 of the bytes whose table is in place and complete, by resource."""
    wanted = sa.select(TableLoad.resource_id, TableLoad.sha256).where(
        TableLoad.resource_id.in_(resource_ids), TableLoad.state == DONE, TableLoad.sha256.is_not(None)
    )
    with model.meta.engine.connect() as connection:  # pyright: ignore[reportOptionalMemberAccess]
        return {id_: str(sha256) for id_, sha256 in connection.execute(wanted)}


@contextlib.contextmanager
def lock(resource_id: str) -> Iterator[None]:
    """Let one process at a time touch the table of a resource; the others wait their turn."""
    with get_write_engine().begin() as connection:
        connection.execute(sa.text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        connection.execute(sa.text("SET LOCAL statement_timeout = 0"))
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:one, :two)"), _keys(resource_id))
        yield


def is_locked(resource_id: str) -> bool:
    """Tell whether a process is at the table of a resource."""
    with get_write_engine().begin() as connection:
        asked = sa.text("SELECT pg_try_advisory_xact_lock(:one, :two)")
        return not connection.execute(asked, _keys(resource_id)).scalar()


def _keys(resource_id: str) -> dict[str, int]:
    return {"one": _LOCKS, "two": zlib.crc32(resource_id.encode()) - (1 << 31)}


def _commit(statement: Any) -> None:
    with model.meta.engine.begin() as connection:  # pyright: ignore[reportOptionalMemberAccess]
        connection.execute(statement)
