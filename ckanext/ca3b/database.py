"""What every room that keeps rows of its own asks of the database: a transaction, a lock, values that it can hold."""

from __future__ import annotations

import contextlib
import hashlib
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from ckan.model import meta
from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def session() -> Iterator[Session]:
    """Open a transaction of its own, committed at the end."""
    with Session(meta.engine, expire_on_commit=False) as one, one.begin():
        yield one


@contextlib.contextmanager
def lock(name: str) -> Iterator[bool]:
    """Hold the right to do what ``name`` tells; gives False when another process has it.

    The lock belongs to a database connection: a worker that dies loses it.
    """
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
    with meta.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:  # pyright: ignore[reportOptionalMemberAccess]
        mine = bool(connection.scalar(sa.text("SELECT pg_try_advisory_lock(:key)"), {"key": key}))
        try:
            yield mine
        finally:
            if mine:
                connection.execute(sa.text("SELECT pg_advisory_unlock(:key)"), {"key": key})


def storable(value: Any) -> Any:
    """Return a value without the NUL characters, which PostgreSQL refuses in JSON."""
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, dict):
        return {storable(key): storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable(item) for item in value]
    return value
