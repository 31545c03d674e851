"""The map of a file in a browser: what it shows, how one asks it, and what is left when something is missing."""

from __future__ import annotations

import re
import struct
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from .conftest import DESKTOP, PHONE
from .looks import check
from .map_files import HOSTILE, KINDS, LINK, lambert_shapefile, points, published

READY = 60_000
NUMBER = 240
LARGE = 12_000


@pytest.fixture(scope="session")
def collection(portal):
    """A GeoJSON file of points with four kinds."""
    content = points(portal.territory, NUMBER)
    return published(portal, "points-d-apport", "Points de collecte", ("points.geojson", "GeoJSON", content))


@pytest.fixture(scope="session")
def surfaces(portal):
    """A zipped shapefile in Lambert-93."""
    content = lambert_shapefile(portal.territory)
    return published(portal, "population-lambert", "Population par commune", ("communes.zip", "SHP", content))


@pytest.fixture(scope="session")
def large(portal):
    """A GeoJSON file of more points than a page should receive at once."""
    content = points(portal.territory, LARGE)
    return published(portal, "points-nombreux", "Points nombreux", ("points.geojson", "GeoJSON", content))


def opened(page: Page, path: str) -> None:
    """Go to a page with a map and wait for its first drawing and for its rows."""
    page.goto(path)
    expect(page.locator(".ca3b-mapview[data-ready]")).to_be_visible(timeout=READY)
    expect(page.locator(".ca3b-map-rows tbody tr").first).to_be_visible(timeout=READY)


def settings(page: Page) -> None:
    """Unfold the settings, which are folded where there is little room."""
    part = page.locator(".ca3b-map-part-settings")
    if part.get_attribute("open") is None:
        part.locator("> summary").click()


def chosen(page: Page, label: str) -> None:
    """Filter by the attribute of this name."""
    settings(page)
    fold = page.locator(".ca3b-map-filter")
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    page.get_by_label("Garder les objets selon").select_option(label)


def counted(page: Page) -> int:
    """The number of objects that the title of the table says."""
    title = page.locator(".ca3b-mapview .ca3b-map-table .ca3b-map-table-title").inner_text()
    found = re.match(r"[\d\s\u202f\u00a0]+", title)
    assert found, title
    return int(re.sub(r"\D", "", found[0]))


def test_points_are_drawn_first_on_the_page_with_a_legend_and_their_rows(page: Page, collection, watch):
    opened(page, collection["path"])
    expect(page.locator(".ca3b-map-summary")).to_contain_text(f"{NUMBER} points")
    legend = page.locator(".ca3b-map-legend li").all_inner_texts()
    assert set(KINDS) <= {text.strip() for text in legend}
    assert counted(page) == NUMBER
    top = page.locator(".ca3b-mapview").bounding_box()
    table = page.locator("#ca3b-table")
    if table.count():
        other = table.bounding_box()
        assert top
        assert other
        assert top["y"] < other["y"]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("kind", ["points", "surfaces"])
def test_the_map_is_accessible_french_and_fits_the_screen(page: Page, request, watch, shot, kind, size):
    file = request.getfixturevalue("collection" if kind == "points" else "surfaces")
    page.set_viewport_size(size)
    opened(page, file["path"])
    settings(page)
    page.locator(".ca3b-map-go").first.click()
    expect(page.locator(".ca3b-map-card")).to_be_visible()
    page.wait_for_timeout(600)
    shot(page, f"carte-{kind}-{size['width']}")
    check(page, size["width"])


def test_a_property_is_only_text_and_only_a_web_address_is_a_link(page: Page, collection, watch):
    opened(page, collection["path"])
    page.get_by_role("button", name=HOSTILE).click()
    card = page.locator(".ca3b-map-card")
    expect(card.locator("h3")).to_have_text(HOSTILE)
    if card.locator("summary").count():
        card.locator("summary").click()
    link = card.get_by_role("link", name=LINK)
    expect(link).to_have_attribute("rel", re.compile("noopener"))
    expect(card.locator("script, b")).to_have_count(0)
    expect(page.locator(".ca3b-mapview a[href^='javascript']")).to_have_count(0)
    assert page.evaluate("window.hacked") is None
    expect(page.locator("[aria-live]", has_text=HOSTILE)).to_have_count(1)


def test_a_category_left_out_leaves_the_map_the_table_and_the_address(page: Page, collection, watch):
    opened(page, collection["path"])
    chosen(page, "type")
    page.get_by_label(re.compile(r"^Verre \(")).uncheck()
    expect(page.locator(".ca3b-map-rows")).not_to_contain_text("Verre")
    assert counted(page) == NUMBER - NUMBER // len(KINDS)
    page.wait_for_url(re.compile("sans.0.type"))
    assert "Verre" in unquote(page.url)

    page.reload()
    expect(page.locator(".ca3b-map-rows tbody tr").first).to_be_visible(timeout=READY)
    assert counted(page) == NUMBER - NUMBER // len(KINDS)
    settings(page)
    expect(page.get_by_label(re.compile(r"^Verre \("))).not_to_be_checked()


def test_only_what_is_in_view_can_be_kept(page: Page, collection, watch):
    opened(page, collection["path"])
    settings(page)
    page.get_by_label("Agrandir").or_(page.get_by_label("Zoomer")).click()
    page.wait_for_function(
        "number => !document.querySelector('.ca3b-map-table .ca3b-map-table-title').textContent.startsWith(number)",
        arg=str(NUMBER), timeout=READY,
    )  # fmt: skip
    kept = counted(page)
    page.get_by_role("button", name="Ne garder que la zone affichée").click()
    page.evaluate("document.querySelector('.ca3b-mapview').ca3bMap.fit()")
    page.wait_for_timeout(1500)
    assert counted(page) == kept
    page.get_by_role("button", name="Enlever cette limite").click()
    expect(page.locator(".ca3b-map-table .ca3b-map-table-title")).to_contain_text(str(NUMBER), timeout=READY)


def test_classes_of_a_shapefile_in_lambert_93_are_chosen(page: Page, surfaces, portal, watch):
    opened(page, surfaces["path"])
    west, south, east, north = portal.territory.bbox()
    bounds = page.evaluate("document.querySelector('.ca3b-mapview').ca3bMap.cartes[0].bbox")
    assert bounds == pytest.approx([west, south, east, north], abs=1e-4)
    settings(page)
    page.get_by_label("Colorer selon").select_option("population")
    page.get_by_label("Nombre de classes").select_option("4")
    expect(page.locator(".ca3b-map-legend li")).to_have_count(4)
    page.get_by_label("Découpage des classes").select_option("equal")
    expect(page.locator(".ca3b-map-legend li")).to_have_count(4)
    page.wait_for_url(re.compile(r"classes\.0=4.*methode\.0=equal"))


def test_a_table_with_insee_codes_becomes_a_map_of_its_communes(page: Page, portal, watch, shot):
    """A figure per commune, published as a CSV file: it passes the gate, becomes surfaces, and keeps its rows."""
    communes = sorted(portal.territory.by_name, key=lambda one: one.insee_code)
    lines = ["code_insee;commune;taux_logements_vacants"]
    lines += [f"{one.insee_code};{one.name};{4 + rank % 9},{rank % 10}" for rank, one in enumerate(communes)]
    content = "\n".join(lines).encode()
    file = published(portal, "logements-vacants", "Logements vacants", ("vacants.csv", "CSV", content))
    page.goto(file["path"])
    expect(page.locator(".ca3b-mapview[data-ready]")).to_be_visible(timeout=READY)
    expect(page.locator(".ca3b-map-rows tbody tr").first).to_be_visible(timeout=READY)
    assert counted(page) == len(communes)
    settings(page)
    expect(page.get_by_label("Colorer selon")).to_have_value("taux_logements_vacants")
    expect(page.locator(".ca3b-map-legend li")).to_have_count(5)
    bounds = page.evaluate("document.querySelector('.ca3b-mapview').ca3bMap.cartes[0].bbox")
    assert bounds == pytest.approx(portal.territory.bbox(), abs=1e-2)
    kinds = page.evaluate(
        "document.querySelector('.ca3b-mapview').ca3bMap.entries[0].features.map(one => one.geometry.type)"
    )
    assert set(kinds) <= {"Polygon", "MultiPolygon"}
    go = page.locator(".ca3b-map-go", has_text=communes[0].name).first
    go.click()
    expect(page.locator(".ca3b-map-card h3")).to_have_text(go.inner_text())
    expect(page.locator(".ca3b-map-card")).to_contain_text("4")
    shot(page, "carte-choroplethe-1280")


def test_a_large_file_comes_by_tiles_and_its_rows_by_the_view(page: Page, large, watch, shot):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, large["path"])
    assert any("/tuiles/" in url for url in asked)
    assert not any("entites.geojson" in url for url in asked)
    expect(page.locator(".ca3b-map-summary")).to_contain_text("12\u202f000 points")
    assert counted(page) == LARGE
    expect(page.locator(".ca3b-map-rows tbody tr")).to_have_count(50)
    shot(page, "carte-tuiles-1280")
    page.get_by_role("button", name=HOSTILE).click()
    expect(page.locator(".ca3b-map-card h3")).to_have_text(HOSTILE)
    expect(page.locator(".ca3b-map-table .ca3b-map-table-title")).not_to_contain_text("12\u202f000", timeout=READY)
    chosen(page, "type")
    page.get_by_label(re.compile(r"^Verre \(")).uncheck()
    expect(page.locator(".ca3b-map-rows")).not_to_contain_text("Verre", timeout=READY)


def test_the_keyboard_is_enough(page: Page, surfaces, watch):
    opened(page, surfaces["path"])
    canvas = page.locator(".ca3b-map-canvas canvas")
    page.locator(".ca3b-map-buttons button").last.focus()
    page.keyboard.press("Tab")
    expect(canvas).to_be_focused()
    expect(page.locator(".ca3b-map-hint")).to_be_visible()
    page.keyboard.press("+")
    page.wait_for_timeout(800)
    page.keyboard.press("Enter")
    popup = page.locator(".maplibregl-popup")
    expect(popup).to_have_attribute("role", "dialog")
    name = popup.locator("h3").inner_text()
    expect(popup.locator("button").first).to_be_focused()
    row = page.locator(".ca3b-map-rows tr", has=page.get_by_role("button", name=name, exact=True))
    expect(row).to_have_class(re.compile("ca3b-map-chosen"))
    page.keyboard.press("Enter")
    expect(popup).to_have_count(0)
    row.get_by_role("button", name=name, exact=True).press("Enter")
    expect(page.locator(".maplibregl-popup h3")).to_have_text(name)
    canvas.press("Escape")
    expect(page.locator(".ca3b-map-chosen")).to_have_count(0)


def test_a_base_map_that_does_not_answer_gives_way_to_the_outlines(page: Page, collection, portal):
    page.route(re.compile("data.geopf.fr"), lambda route: route.abort("internetdisconnected"))
    opened(page, collection["path"])
    settings(page)
    page.get_by_label("Fond de carte").select_option("plan_ign")
    expect(page.locator(".ca3b-map-notice")).to_contain_text("contours des communes", timeout=READY)
    drawn = "name => document.querySelector('.ca3b-mapview').ca3bMap.map.queryRenderedFeatures({layers: [name]}).length"
    page.wait_for_function(f"({drawn})('outlines-line') > 0", timeout=READY)
    page.locator(".ca3b-map-go").first.click()
    expect(page.locator(".ca3b-map-card")).to_be_visible()


def test_a_base_map_is_shown_with_its_source(page: Page, collection):
    grey = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63b0060000430042d4e1b1360000000049454e44ae426082"
    )
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=200, content_type="image/png", body=grey, headers={"Access-Control-Allow-Origin": "*"})

    page.route(re.compile("data.geopf.fr"), answer)
    opened(page, collection["path"])
    assert asked == []
    settings(page)
    page.get_by_label("Fond de carte").select_option("plan_ign")
    expect(page.locator(".maplibregl-ctrl-attrib")).to_contain_text("IGN")
    page.wait_for_timeout(500)
    assert asked
    assert all("LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2" in url for url in asked)


def test_a_commune_and_a_street_are_found(page: Page, collection, portal):
    street = {"label": "1 rue <i>des Lices</i> 01000", "type": "housenumber"}
    west, south, *_ = portal.territory.bbox()
    place = {"type": "Feature", "properties": street, "geometry": {"type": "Point", "coordinates": [west, south]}}
    page.route(
        re.compile("data.geopf.fr/geocodage/search"),
        lambda route: route.fulfill(json={"features": [place]}, headers={"Access-Control-Allow-Origin": "*"}),
    )
    opened(page, collection["path"])
    commune = portal.territory.by_name[3]
    field = page.get_by_role("combobox", name=re.compile("Chercher une commune"))
    field.fill(commune.name.upper())
    options = page.locator(".ca3b-map-places [role=option]")
    expect(options.first).to_have_text(commune.name)
    expect(options.last).to_have_text(street["label"])
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_function("document.querySelector('.ca3b-mapview').ca3bMap.map.getZoom() > 10")
    field.fill("rue des Lices")
    expect(options.last).to_have_text(street["label"])
    options.last.click()
    expect(page.locator(".maplibregl-marker")).to_be_visible()


def test_the_map_is_shared_embedded_and_saved_as_a_picture(
    page: Page, collection, browser: Browser, portal, shot, tmp_path: Path
):
    opened(page, collection["path"])
    settings(page)
    page.get_by_label("Colorer selon").select_option("")
    page.get_by_role("button", name="Partager").click()
    dialog = page.get_by_role("dialog", name="Partager cette carte")
    address = dialog.get_by_label("Adresse").input_value()
    code = dialog.get_by_label("Code").input_value()
    assert "couleur.0=" in address
    source = re.search(r'src="([^"]+)"', code)
    assert source
    dialog.get_by_role("button", name="Fermer").click()
    expect(page.get_by_role("button", name="Partager")).to_be_focused()

    other = browser.new_context(base_url=portal.url, locale="fr-FR", viewport=DESKTOP).new_page()
    other.goto(source[1].replace("&amp;", "&"))
    expect(other.locator(".ca3b-mapview[data-ready]")).to_be_visible(timeout=READY)
    expect(other.locator(".ca3b-map-legend li")).to_have_count(1)
    expect(other.get_by_role("banner")).to_have_count(0)
    shot(other, "carte-integree-1280")
    other.context.close()

    with page.expect_download() as download:
        page.get_by_role("button", name="Enregistrer l’image").click()
    picture = Path(download.value.path()).read_bytes()
    assert download.value.suggested_filename == "points-de-collecte.png"
    assert picture.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", picture[16:24])
    view = page.locator(".ca3b-map-view").bounding_box()
    assert view
    # The title above, the legend and the credits below.
    assert width >= int(view["width"])
    assert height > view["height"] + 60


def test_a_picture_stands_for_the_map_on_paper(page: Page, collection, watch):
    opened(page, collection["path"])
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    printed = page.locator(".ca3b-map-printed")
    expect(printed).to_be_visible()
    page.wait_for_function("document.querySelector('.ca3b-map-printed').naturalWidth > 300")
    page.emulate_media(media="print")
    expect(page.locator(".ca3b-map-bar")).to_be_hidden()
    expect(page.locator(".ca3b-map-legend")).to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(printed).to_be_hidden()


def test_without_script_the_sentence_the_table_and_the_downloads_are_there(browser: Browser, collection, portal):
    context = browser.new_context(base_url=portal.url, java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(collection["path"])
    expect(page.locator(".ca3b-map-summary")).to_contain_text(f"{NUMBER} points")
    expect(page.locator(".ca3b-map-fallback-rows tbody tr").first).to_contain_text("Quai de l'Est")
    link = page.locator("a[href*='/telecharger.geojson']").first
    answer = page.request.get(link.get_attribute("href") or "")
    assert answer.ok
    assert len(answer.json()["features"]) == NUMBER
    context.close()
