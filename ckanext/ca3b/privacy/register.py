"""The register: one line for each thing that happens to personal data, each chained to the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from ckanext.ca3b.rgpd.register import EMPTY, Head, following

from .model import Line, now

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

# « ca3b_reg » in ASCII: held until the transaction ends, so that two lines never follow the same one.
_LOCK = int.from_bytes(b"ca3b_reg")


def append(  # noqa: PLR0913 - what a line says
    session: Session,
    event: str,
    *,
    actor: str,
    resource_id: str | None = None,
    package_id: str | None = None,
    sha256: str | None = None,
    details: dict[str, Any] | None = None,
) -> Line:
    """Add a line in the transaction of what it records: both are kept, or none.

    Whoever else writes a line waits for the end of that transaction: write it last, then commit.

    :param event: ``scan``, ``decision``, ``treatment``, ``reveal``, ``takedown_request``, ``close``, ``reopen``,
        ``rescan``, ``notify``, ``original_deleted``...
    :param actor: name of the account, ``""`` for the portal itself.
    :param details: plain values, never those of a cell.
    :raises ckanext.ca3b.rgpd.register.RegisterError: the details are not JSON.
    """
    session.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    last = session.execute(sa.select(Line.seq, Line.hash).order_by(Line.seq.desc()).limit(1)).first()
    line = following(
        Head(last.seq, last.hash) if last else EMPTY,
        {
            "at": now(),
            "actor": actor,
            "event": event,
            "resource_id": resource_id,
            "package_id": package_id,
            "sha256": sha256,
            "details": details or {},
        },
    )
    made = Line(**line)
    session.add(made)
    session.flush()
    return made
