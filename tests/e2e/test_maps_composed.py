"""A composed map in a browser: an agent stacks two files, everybody reads the page, another site shows it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .conftest import DESKTOP, PHONE
from .looks import check
from .map_files import lambert_shapefile, points, published

READY = 90_000
TITLE = "Trier près de chez soi"
POINTS, SURFACES = "Points de collecte", "Population par commune"


@pytest.fixture(scope="session")
def files(portal) -> list[dict[str, Any]]:
    """The two files of the map: points in GeoJSON, surfaces in a Lambert-93 shapefile."""
    return [
        published(portal, "points-d-apport", POINTS, ("points.geojson", "GeoJSON", points(portal.territory, 240))),
        published(portal, "population-lambert", SURFACES, ("communes.zip", "SHP", lambert_shapefile(portal.territory))),
    ]


@pytest.fixture(scope="session")
def made(portal, files) -> dict[str, Any]:
    """A published map of the two files, made once by the API."""
    api = portal.api("exploitant")
    for one in api.action.ca3b_composed_map_list():
        if one["title"] == TITLE:
            return one
    (owner,) = portal.people["agent"]["organisations"]
    layers = [{"resource_id": one["id"]} for one in reversed(files)]
    return api.action.ca3b_composed_map_create(
        title=TITLE, notes="Les points d’apport et la population de chaque commune.", owner_org=owner,
        state="published", layers=layers,
    )  # fmt: skip


def drawn(page: Page) -> None:
    """Wait for the first drawing."""
    expect(page.locator(".ca3b-mapview[data-ready]")).to_be_visible(timeout=READY)


def test_an_agent_makes_a_map_of_two_files_and_everybody_reads_it(page: Page, visitor: Page, files, sign_in, watch):
    title = "Vivre ici <b>en carte</b>"
    sign_in(page, "agent")
    page.goto("/cartes")
    page.get_by_role("main").get_by_role("link", name="Composer une carte").click()
    page.get_by_label("Titre").fill(title)
    page.get_by_label("Texte").fill("Où trier, et combien nous sommes.")
    for words in (SURFACES, POINTS):
        page.get_by_label("Ajouter un fichier du portail").fill(words)
        page.get_by_role("main").get_by_role("button", name="Rechercher", exact=True).click()
        page.get_by_role("button", name=f"Ajouter {words}").first.click()
    expect(page.locator(".ca3b-layer")).to_have_count(2)
    expect(page.locator(".ca3b-layer legend").first).to_contain_text(POINTS)
    expect(page.get_by_label("Titre")).to_have_value(title)
    drawn(page)
    page.get_by_label("Tout le monde").check()
    page.get_by_role("button", name="Enregistrer la carte").last.click()
    expect(page.locator("h1")).to_contain_text(title)

    visitor.goto(page.url)
    drawn(visitor)
    expect(visitor.locator("h1")).to_contain_text(title)
    expect(visitor.locator("h1 b")).to_have_count(0)
    legend = visitor.locator(".ca3b-map-legend")
    expect(legend).to_contain_text(POINTS)
    expect(legend).to_contain_text(SURFACES)

    page.get_by_role("link", name="Modifier la carte").click()
    page.get_by_text("Supprimer cette carte").click()
    page.get_by_role("button", name="Supprimer la carte définitivement").click()
    expect(page.get_by_role("main")).not_to_contain_text(title)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_pages_of_maps_are_accessible_french_and_fit_the_screen(page: Page, made, sign_in, watch, shot, size):
    width = size["width"]
    page.set_viewport_size(size)
    page.goto(f"/cartes/{made['name']}")
    drawn(page)
    page.wait_for_timeout(800)
    shot(page, f"carte-composee-{width}")
    check(page, width)

    page.goto("/cartes")
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()
    shot(page, f"cartes-{width}")
    check(page, width)

    sign_in(page, "exploitant")
    page.goto(f"/cartes/{made['name']}/modifier")
    drawn(page)
    page.wait_for_timeout(800)
    shot(page, f"carte-composee-formulaire-{width}")
    check(page, width)


def test_another_site_shows_the_map_alone(page: Page, made, watch, shot):
    answer = page.goto(f"/cartes/{made['name']}/integrer")
    assert answer
    assert "x-frame-options" not in answer.headers
    drawn(page)
    expect(page.locator("header, footer")).to_have_count(0)
    expect(page.get_by_role("link", name=TITLE)).to_have_attribute("href", f"/cartes/{made['name']}")
    shot(page, "carte-composee-integree")
    check(page, DESKTOP["width"])


def test_the_file_tells_on_which_maps_it_is(page: Page, visitor: Page, made, files, sign_in):
    visitor.goto(files[0]["path"])
    visitor.get_by_role("link", name=TITLE).click()
    expect(visitor.locator("h1")).to_contain_text(TITLE)
    expect(visitor.get_by_role("link", name="Ajouter à une carte composée")).to_have_count(0)

    sign_in(page, "agent")
    page.goto(files[0]["path"])
    page.get_by_role("link", name="Ajouter à une carte composée").click()
    expect(page.locator(".ca3b-layer legend")).to_contain_text(POINTS)
