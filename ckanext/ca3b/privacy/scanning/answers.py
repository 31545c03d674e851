"""What the addresses of linked files answered when their files were last fetched to be scanned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from ckan.model import meta

from ckanext.ca3b.privacy.model import DONE, FAILED, UNREADABLE, Scan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TABLE: sa.Table = Scan.__table__  # pyright: ignore[reportAttributeAccessIssue]
GIVEN, SILENT = 200, 0
#: The failures of a fetch (see ``FetchError``) that say that the address does not give its file. The others (a file
#: too big to be scanned, an address that the portal may not ask) say nothing of it.
_SILENT = ("unknown-host", "unreachable", "redirects", "status")


def of_links(resources: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Return by id 200 for a link that gave its file the last time, 0 for one that did not; one query."""
    links = [one["id"] for one in resources if not one.get("url_type")]
    if not links:
        return {}
    query = (
        sa.select(_TABLE.c.resource_id, _TABLE.c.state, _TABLE.c.error["code"].as_string())
        .where(
            _TABLE.c.resource_id == sa.any_(sa.cast(links, sa.ARRAY(sa.UnicodeText))),
            _TABLE.c.remote.is_(True),
            _TABLE.c.state.in_((DONE, UNREADABLE, FAILED)),
        )
        .distinct(_TABLE.c.resource_id)
        .order_by(_TABLE.c.resource_id, _TABLE.c.updated.desc())
    )
    with meta.engine.connect() as connection:  # pyright: ignore[reportOptionalMemberAccess]
        rows = list(connection.execute(query))
    found = {id_: GIVEN for id_, state, _ in rows if state in {DONE, UNREADABLE}}
    return found | {id_: SILENT for id_, state, code in rows if state == FAILED and code in _SILENT}
