"""Communes in a browser: the map one clicks, the table one filters, the area one draws."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import PHONE

MAP_READY = 30_000


def centre(page: Page, selector: str) -> tuple[float, float]:
    """Middle of an element on the screen."""
    page.locator(selector).scroll_into_view_if_needed()
    box = page.locator(selector).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_commune_clicked_on_the_map_says_who_it_is_and_leads_to_its_page(page: Page, portal, watch):
    page.goto("/communes")
    expect(page.locator(".ca3b-moving[data-ready]")).to_be_visible(timeout=MAP_READY)
    page.mouse.click(*centre(page, ".ca3b-communes-canvas"))
    popup = page.locator(".ca3b-popup")
    name = popup.locator("h3").inner_text()
    assert portal.territory.find(name), name
    expect(popup.locator("li")).to_have_count(3)
    popup.get_by_role("link").click()
    expect(page.locator("h1")).to_have_text(name)


def test_the_table_is_filtered_as_one_types(page: Page, portal, watch):
    page.goto("/communes")
    rows = page.locator(".ca3b-communes-table tbody tr:visible")
    expect(rows).to_have_count(len(portal.territory.communes))
    commune = next(iter(portal.territory.communes.values()))
    page.locator("#communes-filter").fill(commune.name.upper().replace("-", " "))
    expect(rows.first.locator("th")).to_have_text(commune.name)
    assert rows.count() < len(portal.territory.communes)
    page.locator("#communes-filter").fill("zzz")
    expect(rows).to_have_count(0)
    expect(page.locator("#communes-filter-count")).to_contain_text("0")


@pytest.mark.parametrize("draw", [True, False], ids=["rectangle", "visible part of the map"])
def test_an_area_of_the_map_filters_the_results(page: Page, portal, watch, draw):
    page.goto("/dataset/")
    page.locator(".ca3b-area-open").click()
    expect(page.locator("#area-panel[data-ready]")).to_be_visible(timeout=MAP_READY)
    if draw:
        page.locator(".ca3b-area-draw").click()
        x, y = centre(page, ".ca3b-area-canvas")
        page.mouse.move(x - 25, y - 25)
        page.mouse.down()
        page.mouse.move(x + 25, y + 25, steps=5)
        page.mouse.up()
        expect(page.locator(".ca3b-area-draw")).to_have_attribute("aria-pressed", "false")
    page.locator(".ca3b-area-apply").click()
    page.wait_for_url(re.compile("ext_bbox="))
    box = [float(number) for number in re.split(",|%2C", page.url.split("ext_bbox=")[1].split("&")[0])]
    west, south, east, north = portal.territory.bbox()
    assert box[0] < box[2]
    assert box[1] < box[3]
    if draw:
        assert west < box[0]
        assert box[2] < east
        assert south < box[1]
        assert box[3] < north
    # The demonstration's data covers the whole agglomeration.
    expect(page.locator("#search-results .dataset-item, #search-results .dataset-list li").first).to_be_visible()
    page.locator(".ca3b-area-active a").click()
    page.wait_for_url(lambda url: "ext_bbox" not in url)


def test_a_commune_is_chosen_by_name_without_script(browser, portal):
    context = browser.new_context(base_url=portal.url, java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto("/communes")
    expect(page.locator("svg.ca3b-drawing path")).to_have_count(len(portal.territory.outlines))
    commune = portal.territory.by_name[-1]
    page.get_by_role("link", name=commune.name, exact=True).click()
    expect(page.locator("h1")).to_have_text(commune.name)
    page.goto("/dataset/")
    page.locator(".ca3b-filters-button summary").click()
    page.locator("#area-commune").select_option(commune.insee_code)
    page.locator(".ca3b-area-form button").click()
    assert f"vocab_communes={commune.insee_code}" in page.url
    page.locator(".ca3b-filters-button summary").click()
    expect(page.locator("#area-commune option:checked")).to_have_text(commune.name)
    context.close()
