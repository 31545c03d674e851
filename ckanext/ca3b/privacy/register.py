"""The register: one line for each thing that happens to personal data, each chained to the one before."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from .model import Line, now

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

# « ca3b_reg » in ASCII: held until the transaction ends, so that two lines never follow the same one.
_LOCK = int.from_bytes(b"ca3b_reg")
FIRST = "0" * 64


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

    :param event: ``scan``, ``decision``, ``treatment``, ``reveal``, ``takedown_request``, ``close``, ``reopen``,
        ``rescan``, ``notify``, ``original_deleted``...
    :param actor: name of the account, ``""`` for the portal itself.
    :param details: plain values, never those of a cell.
    """
    session.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    last = session.execute(sa.select(Line.seq, Line.hash).order_by(Line.seq.desc()).limit(1)).first()
    line = {
        "seq": last.seq + 1 if last else 1,
        "at": now(),
        "actor": actor,
        "event": event,
        "resource_id": resource_id,
        "package_id": package_id,
        "sha256": sha256,
        "details": details or {},
        "previous": last.hash if last else FIRST,
    }
    said = json.dumps({**line, "at": line["at"].isoformat()}, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    made = Line(**line, hash=hashlib.sha256(said.encode()).hexdigest())
    session.add(made)
    session.flush()
    return made
