"""Pictures of the ground on a map: what their colours mean is told, in words and on the picture that is saved."""

from __future__ import annotations

import io

import numpy as np
import pytest
import rasterio
from playwright.sync_api import Page, expect
from rasterio.transform import from_bounds

from .map_files import published

READY = 60_000


@pytest.fixture(scope="session")
def relief(portal):
    """A GeoTIFF of heights from 200 m in the west to 800 m in the east, whose band says what it is."""
    west, south, east, north = portal.territory.bbox()
    heights = np.tile(np.linspace(200, 800, 240, dtype=np.float32), (160, 1))
    content = io.BytesIO()
    with rasterio.open(
        content, "w", driver="GTiff", width=240, height=160, count=1, dtype="float32", crs="EPSG:4326",
        transform=from_bounds(west, south, east, north, 240, 160),
    ) as out:  # fmt: skip
        out.write(heights, 1)
        out.set_band_description(1, "Altitude")
        out.set_band_unit(1, "m")
    return published(portal, "relief", "Relief", ("relief.tif", "GeoTIFF", content.getvalue()), picture=True)


def test_the_colours_of_a_picture_are_told_by_values_and_swatches(page: Page, relief, watch, shot):
    page.goto(relief["path"])
    expect(page.locator(".ca3b-mapview[data-ready]")).to_be_visible(timeout=READY)
    legend = page.locator(".ca3b-map-legend")
    expect(legend.locator(".ca3b-map-legend-by")).to_have_text("Altitude (m)")
    heights = [float(text.replace(",", ".")) for text in legend.locator("li").all_inner_texts()]
    assert heights == sorted(heights)
    assert len(heights) == 5
    assert 200 <= heights[0] < 300
    assert 700 < heights[-1] <= 800
    middles = legend.locator("li canvas").evaluate_all(
        "signs => signs.map(sign => [...sign.getContext('2d').getImageData(30, 20, 1, 1).data].join())"
    )
    assert len(set(middles)) == 5
    shot(page, "carte-relief-1280")


def test_a_colour_that_is_none_is_left_out_of_the_legend(page: Page, relief):
    """What carte.json says may come from a service one day: only #rrggbb is taken for a colour, and words are words."""

    def changed(route):
        answer = route.fetch()
        said = answer.json()
        said["layers"][0]["legend"]["items"][0]["color"] = "url(//mal.example)"
        said["layers"][0]["legend"]["items"][1]["label"] = "<b>gras</b>"
        route.fulfill(response=answer, json=said)

    page.route("**/carte.json*", changed)
    page.goto(relief["path"])
    expect(page.locator(".ca3b-map-legend li").first).to_have_text("<b>gras</b>", timeout=READY)
    expect(page.locator(".ca3b-map-legend li")).to_have_count(4)
