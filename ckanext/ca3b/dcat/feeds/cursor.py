"""Where a page ends: the last dataset on it, in an order that nothing changes."""

from __future__ import annotations

import datetime as dt
import re

import attrs

EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - the database has moments without time zone
_SHAPE = re.compile(r"(\d{8}T\d{12})_([^\x00-\x1f]{1,200})")
_MOMENT = "%Y%m%dT%H%M%S%f"


@attrs.frozen
class Cursor:
    """The place after a dataset, in the order (``created``, ``id``): both are given once for ever."""

    created: dt.datetime
    id: str

    def __str__(self) -> str:
        return f"{self.created.strftime(_MOMENT)}_{self.id}"


def read(text: str) -> Cursor:
    """Return the cursor that a link carries. Raises ValueError when it is not one of ours."""
    found = _SHAPE.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return Cursor(dt.datetime.strptime(found[1], _MOMENT), found[2])  # noqa: DTZ007 - as the database has it
