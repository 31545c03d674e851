"""The days of the time of grace are those of the portal, not those of the database."""

from __future__ import annotations

import datetime as dt

import pytest

from ckanext.ca3b.harvesting.engine import facts
from ckanext.ca3b.harvesting.model import RecordRow


@pytest.mark.parametrize(("hour", "day"), [(21, 24), (23, 25)])
def test_what_vanished_after_midnight_in_paris_vanished_that_day(hour: int, day: int):
    moment = dt.datetime(2026, 10, 24, hour, 10, tzinfo=dt.UTC)
    known = facts.known(RecordRow(identifier="a", dataset_id="", state="vanished", uri="", vanished_at=moment))
    assert known.vanished_at == dt.date(2026, 10, day)
