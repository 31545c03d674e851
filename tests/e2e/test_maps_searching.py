"""Datasets searched on a map: communes one clicks, a rectangle one draws, a list and a map that show each other."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import DESKTOP, PHONE
from .looks import check
from .test_communes import centre

READY = 60_000
PAGE = "/cartes/recherche"


def opened(page: Page, path: str) -> None:
    """Go to a page and wait for its map."""
    page.goto(path)
    expect(page.locator(".ca3b-moving[data-ready]")).to_be_visible(timeout=READY)


def test_a_commune_clicked_on_the_map_is_ticked_and_searched(page: Page, portal, watch):
    opened(page, PAGE)
    page.mouse.click(*centre(page, ".ca3b-search-canvas"))
    said = page.locator(".ca3b-search-said")
    expect(said).to_contain_text("Commune choisie")
    ticked = page.locator("input[name=vocab_communes]:checked")
    expect(ticked).to_have_count(1)
    code = ticked.get_attribute("value") or ""
    expect(said).to_contain_text(portal.territory.communes[code].name)
    page.get_by_role("main").get_by_role("button", name="Rechercher", exact=True).first.click()
    page.wait_for_url(re.compile(f"vocab_communes={code}"))
    expect(page.locator(f"#commune-{code}")).to_be_checked()


def test_a_rectangle_drawn_on_the_map_fills_the_fields_and_is_searched(page: Page, portal, watch):
    opened(page, PAGE)
    page.get_by_role("button", name="Dessiner un rectangle").click()
    x, y = centre(page, ".ca3b-search-canvas")
    page.mouse.move(x - 30, y - 30)
    page.mouse.down()
    page.mouse.move(x + 30, y + 30, steps=5)
    page.mouse.up()
    expect(page.locator("#search-ouest")).not_to_have_value("")
    expect(page.locator("input[name=vocab_communes]:checked")).to_have_count(0)
    west, south, east, north = (float(page.locator(f"#search-{one}").input_value()) for one in
                                ("ouest", "sud", "est", "nord"))  # fmt: skip
    around = portal.territory.bbox()
    assert around[0] < west < east < around[2]
    assert around[1] < south < north < around[3]
    page.locator("#search-ouest").press("Enter")
    page.wait_for_url(re.compile("ouest="))
    expect(page.locator(".ca3b-search-results .dataset-item").first).to_be_visible()
    expect(page.locator(".ca3b-moving[data-ready]")).to_be_visible(timeout=READY)
    page.get_by_role("button", name="Retirer le rectangle").click()
    expect(page.locator("#search-ouest")).to_have_value("")


def test_a_dataset_of_the_list_is_shown_on_the_map_by_the_keyboard(page: Page, watch):
    opened(page, PAGE)
    button = page.locator(".ca3b-extent-show").first
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".ca3b-search-said")).to_contain_text("La carte montre")
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_search_and_the_heat_are_accessible_french_and_fit_the_screen(page: Page, portal, watch, shot, size):
    width = size["width"]
    page.set_viewport_size(size)
    commune = portal.territory.by_name[0]
    opened(page, f"{PAGE}?vocab_communes={commune.insee_code}")
    page.locator(".ca3b-extent-show").first.click()
    page.locator(".ca3b-search-box summary").click()
    page.wait_for_timeout(800)
    shot(page, f"recherche-carte-{width}")
    check(page, width)
    for path, name in (("/cartes/chaleur", "chaleur"), ("/cartes/chaleur?par=habitants&tri=taux&sens=desc", "taux")):
        opened(page, path)
        shot(page, f"carte-{name}-{width}")
        check(page, width)
