"""Whether a file is open, by one query for any number of them. Whatever is not known is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from attrs import frozen
from ckan import model
from sqlalchemy.dialects.postgresql import ARRAY

from ckanext.ca3b.privacy.model import (
    ASK_TREATMENT,
    AUTHORISE,
    CLOSE,
    DONE,
    PASS,
    REFUSE,
    REOPEN,
    UNREADABLE,
    WORKING,
    Arrival,
    Decision,
    Scan,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

OPEN, SCANNING, HELD, REFUSED, TREATMENT_ASKED = "open", "scanning", "held", "refused", "treatment_asked"
CLOSED, UNREAD, MISSING = "closed", "unreadable", "missing"
_JUDGED = {AUTHORISE: OPEN, REFUSE: REFUSED, ASK_TREATMENT: TREATMENT_ASKED}


@frozen
class State:
    """Where a file stands; ``clear`` tells of a link whether a copy or a preview of it may be shown."""

    name: str
    clear: bool

    @property
    def open(self) -> bool:
        """Tell whether anybody may have the file."""
        return self.name == OPEN


def of(resource: Any) -> State:
    """Return the state of one resource, the dictionary or the object that CKAN knows."""
    given = resource if isinstance(resource, dict) else {name: getattr(resource, name) for name in _NAMES}
    return among([given])[given["id"]]


def of_bytes(resource_id: str, sha256: str) -> State:
    """Return the state that some bytes of a file have by themselves, whatever is coming in."""
    given = {"id": resource_id, "url_type": "upload", "hash": sha256}
    return _judge(given, {**_rows([given])[resource_id], "arriving": False})


def among(resources: Iterable[Mapping[str, Any]]) -> dict[str, State]:
    """Return the state of each resource by id, from its ``id, url_type, hash``."""
    given = list({one["id"]: one for one in resources}.values())
    if not given:
        return {}
    found = _rows(given)
    return {one["id"]: _judge(one, found[one["id"]]) for one in given}


def _rows(given: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    ids = [one["id"] for one in given]
    # A link has no bytes here, whatever a caller wrote as its checksum.
    sums = ["" if _is_link(one) else one.get("hash") or "" for one in given]
    with model.Session.no_autoflush:
        rows = model.Session.execute(_QUERY, {"ids": ids, "sums": sums}).mappings()
        return {row["id"]: dict(row) for row in rows}


def _is_link(resource: Mapping[str, Any]) -> bool:
    return not resource.get("url_type")


def _judge(resource: Mapping[str, Any], row: Mapping[str, Any]) -> State:
    if _is_link(resource):
        scanned = row["settled"] == DONE and row["decision"] == PASS and not row["missing"]
        name = CLOSED if row["closing"] == CLOSE else OPEN
        return State(name, clear=name == OPEN and not row["working"] and scanned)
    name = _name(resource["url_type"], resource.get("hash") or "", row)
    return State(name, clear=name == OPEN)


def _name(kind: str, sha256: str, row: Mapping[str, Any]) -> str:  # noqa: PLR0911 - one case after another
    if row["closing"] == CLOSE:
        return CLOSED
    if row["arriving"]:
        return SCANNING
    if kind != "upload" or len(sha256) != 64:
        # Rows pushed to the DataStore without a file, or a file that nobody took the checksum of.
        return MISSING
    if row["judged"] is not None:
        return _JUDGED[row["judged"]]
    if row["settled"] is None:
        return SCANNING
    if row["settled"] == DONE:
        return OPEN if row["decision"] == PASS and not row["missing"] else HELD
    if row["working"]:
        return SCANNING
    return UNREAD if row["settled"] == UNREADABLE else HELD


def _last(wanted: Any, table: Any, kinds: tuple[str, ...], *conditions: Any) -> Any:
    query = sa.select(wanted).where(table.c.resource_id == _FILES.c.id, table.c.kind.in_(kinds), *conditions)
    return query.order_by(table.c.at.desc(), table.c.id).limit(1).scalar_subquery()


_NAMES = ("id", "url_type", "hash")
_TEXTS = ARRAY(sa.UnicodeText)
_FILES = (
    sa.func.unnest(sa.bindparam("ids", type_=_TEXTS), sa.bindparam("sums", type_=_TEXTS))
    .table_valued("id", "sha256")
    .render_derived(name="files")
)
_SCANS, _DECISIONS = Scan.__table__, Decision.__table__
# Of a link, what counts is the last copy that was fetched, whatever its bytes.
_SAME = (_SCANS.c.resource_id == _FILES.c.id) & sa.or_(
    (_FILES.c.sha256 == "") & _SCANS.c.remote, (_FILES.c.sha256 == _SCANS.c.sha256) & ~_SCANS.c.remote
)
_SETTLED = (
    sa.select(
        _SCANS.c.state, _SCANS.c.decision, (sa.func.jsonb_array_length(_SCANS.c.not_examined) > 0).label("missing")
    )
    .where(_SAME, _SCANS.c.finished.is_not(None))
    .order_by(_SCANS.c.finished.desc(), _SCANS.c.id)
    .limit(1)
    .lateral("settled")
)
_QUERY = sa.select(
    _FILES.c.id,
    sa.exists().where(Arrival.resource_id == _FILES.c.id).label("arriving"),
    sa.exists().where(_SAME, _SCANS.c.state.in_(WORKING)).label("working"),
    _last(_DECISIONS.c.kind, _DECISIONS, (CLOSE, REOPEN)).label("closing"),
    _last(
        _DECISIONS.c.kind, _DECISIONS, (AUTHORISE, REFUSE, ASK_TREATMENT), _DECISIONS.c.sha256 == _FILES.c.sha256
    ).label("judged"),
    _SETTLED.c.state.label("settled"),
    _SETTLED.c.decision,
    _SETTLED.c.missing,
).select_from(_FILES.outerjoin(_SETTLED, sa.true()))
