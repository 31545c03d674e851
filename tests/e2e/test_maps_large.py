"""A million points: a table of places becomes tiles, which a browser draws by pieces."""

from __future__ import annotations

import re

import numpy as np
import polars as pl
import pytest
from playwright.sync_api import Page, expect

from .map_files import published

NUMBER = 1_000_000
READY = 60_000


@pytest.fixture(scope="module")
def million(portal):
    """A CSV of a million street lamps, in degrees, spread over the communes; purged at the end: it is heavy."""
    west, south, east, north = portal.territory.bbox() or (5.0, 46.0, 5.5, 46.5)
    chance = np.random.default_rng(11)
    content = pl.DataFrame({
        "numero": np.arange(1, NUMBER + 1),
        "latitude": chance.uniform(south, north, NUMBER).round(6),
        "longitude": chance.uniform(west, east, NUMBER).round(6),
        "hauteur": chance.integers(3, 12, NUMBER),
        "type": np.take(["LED", "Sodium", "Iodure"], chance.integers(0, 3, NUMBER)),
    }).write_csv().encode()  # fmt: skip
    yield published(portal, "points-lumineux", "Points lumineux", ("points-lumineux.csv", "CSV", content), within=900)
    portal.api("exploitant").action.dataset_purge(id="points-lumineux")


def test_a_million_points_are_drawn_by_pieces(page: Page, million, watch, shot):
    sizes: list[int] = []
    page.on("response", lambda one: "/tuiles/" in one.url and sizes.append(int(one.headers.get("content-length", 0))))
    page.goto(million["path"])
    expect(page.locator(".ca3b-mapview[data-ready]")).to_be_visible(timeout=READY)
    expect(page.locator(".ca3b-map-summary")).to_contain_text(re.compile(r"1\s000\s000 points"))
    page.wait_for_timeout(2000)
    shot(page, "carte-million-1280")
    assert sizes
    assert 0 < max(sizes) <= 500_000
