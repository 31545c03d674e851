"""Maps of links in a browser: services whose pictures come through the portal or straight, and tiles kept elsewhere."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator

import pytest
import shapely
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from ckanext.ca3b.maps.tiling import build
from tests.maps.services.conftest import ANSWERS, Site, site  # noqa: F401 - a site on this machine
from tests.maps.tiling.reading_tiles import store

from .map_files import DRAWN_WITHIN, PIXELS, pixels

READY = 60_000
ROSE, BLUE = (200, 30, 90), (20, 64, 107)
CORS = {"Access-Control-Allow-Origin": "*"}


def picture(color: tuple[int, int, int] = ROSE) -> bytes:
    """A picture of a map server, 256 pixels wide, with a margin so that its tiles can be told apart."""
    image = Image.new("RGBA", (256, 256), (*color, 255))
    ImageDraw.Draw(image).rectangle((0, 0, 255, 255), outline=(255, 255, 255, 255), width=6)
    content = io.BytesIO()
    image.save(content, "PNG")
    return content.getvalue()


@pytest.fixture
def linked(portal, site: Site) -> Iterator[Callable[[str, str], str]]:  # noqa: F811
    """Publish a link of the site (path, format) and wait for its map; gives the path of its page."""
    api = portal.api("exploitant")
    made: list[str] = []

    def link(path: str, form: str) -> str:
        slug = f"lien-{form.lower()}-{site.url.rsplit(':', 1)[1]}"
        dataset = api.action.package_create(
            name=slug, title=f"Lien {form}", notes="Une carte tenue ailleurs.", owner_org=portal.territory.epci.slug
        )
        made.append(dataset["id"])
        resource = api.action.resource_create(
            package_id=dataset["id"], name=f"Service {form}", format=form, url=site.url + path
        )
        limit = time.monotonic() + DRAWN_WITHIN
        while (found := api.action.ca3b_map_show(resource_id=resource["id"]))["state"] != "done":
            assert found["state"] not in {"failed", "not_a_map"}, found["error"]
            assert time.monotonic() < limit, found
            time.sleep(1)
        return f"/dataset/{slug}/resource/{resource['id']}"

    yield link
    for each in made:
        api.action.package_delete(id=each)


def wms(asked: dict[str, str]) -> bytes:
    """The capabilities, else the picture that was asked."""
    return picture() if asked.get("request") == "GetMap" else (ANSWERS / "wms130.xml").read_bytes()


def opened(page: Page, path: str) -> None:
    """Go to a page with a map and wait until nothing more comes."""
    page.goto(path)
    expect(page.locator(".ca3b-mapview[data-ready]")).to_be_visible(timeout=READY)
    expect(page.locator(".ca3b-mapview[data-idle]")).to_be_visible(timeout=READY)
    expect(page.locator(".ca3b-map-notice")).to_be_hidden()


def seen(page: Page, color: tuple[int, int, int]) -> int:
    """The number of pixels of this colour on the picture that the reader can save."""
    return pixels(page, color)


def test_pictures_of_a_wms_come_through_the_portal_where_browsers_may_not_ask_it(
    page: Page, linked, site, watch, shot  # noqa: F811
):  # fmt: skip
    """``watch`` fails if the browser asks anything of the site of the service."""
    site.pages["/wms"] = wms
    opened(page, linked("/wms", "WMS"))
    assert seen(page, ROSE) > 20_000
    settings = page.locator(".ca3b-map-part-settings")
    if settings.get_attribute("open") is None:
        settings.locator("> summary").click()
    hedges = page.get_by_role("checkbox", name="Haies & bosquets")
    expect(hedges).not_to_be_checked()
    expect(page.get_by_role("checkbox", name="Zonage du PLU")).to_be_checked()
    shot(page, "carte-wms-1280")
    page.get_by_role("checkbox", name="Zonage du PLU").uncheck()
    assert seen(page, ROSE) == 0
    hedges.check()
    page.wait_for_timeout(500)
    expect(page.locator(".ca3b-mapview[data-idle]")).to_be_visible(timeout=READY)
    page.wait_for_function(f"color => ({PIXELS})(color) > 20000", arg=ROSE, timeout=READY)
    assert {asked["layers"] for _, asked in site.asked if asked.get("request") == "GetMap"} == {"zonage", "haies"}


def test_pictures_come_straight_from_a_service_that_lets_browsers_ask(page: Page, linked, site):  # noqa: F811
    site.pages["/wms"] = wms
    site.headers = CORS
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, linked("/wms", "WMS"))
    assert seen(page, ROSE) > 20_000
    assert any(url.startswith(f"{site.url}/wms?") for url in asked)
    assert not any("/tuiles/" in url for url in asked)


@pytest.mark.parametrize("headers", [{}, CORS], ids=["through the portal", "straight"])
def test_tiles_that_count_from_the_south_show_the_right_ground(page: Page, linked, site, headers):  # noqa: F811
    """Only the tiles of the northern half of the world have the colour: zoom 4 and more, above the equator."""

    def answer(path: str, _query: dict[str, str]) -> bytes | None:
        _, name, z, _, y = path.split("/")
        assert name == "tms"
        return picture(ROSE if int(y.removesuffix(".png")) >= 1 << (int(z) - 1) else BLUE) if int(z) else picture()

    site.answer = answer
    site.headers = headers
    opened(page, linked("/tms/{z}/{x}/{-y}.png", "TMS"))
    page.evaluate("document.querySelector('.ca3b-mapview').ca3bMap.map.jumpTo({center: [5.2, 46.2], zoom: 9})")
    page.wait_for_function(f"color => ({PIXELS})(color) > 20000", arg=ROSE, timeout=READY)
    assert seen(page, BLUE) == 0


def test_vector_tiles_kept_elsewhere_are_read_piece_by_piece_through_the_portal(
    page: Page, linked, site, watch, shot, tmp_path  # noqa: F811
):  # fmt: skip
    surfaces = [shapely.box(5.1 + step / 20, 46.15, 5.14 + step / 20, 46.3) for step in range(4)]
    source = store(tmp_path / "zones.gpkg", surfaces, nom=[f"Zone {number}" for number in range(4)])
    build(source, tmp_path / "zones.pmtiles")
    site.pages["/zones.pmtiles"] = (tmp_path / "zones.pmtiles").read_bytes()
    opened(page, linked("/zones.pmtiles", "PMTiles"))
    drawn = """() => {
      const { map } = document.querySelector('.ca3b-mapview').ca3bMap;
      const names = map.queryRenderedFeatures().map(one => one.properties.nom).filter(name => /^Zone/.test(name));
      return new Set(names).size;
    }"""
    page.wait_for_function(f"({drawn})() === 4", timeout=READY)
    expect(page.locator(".ca3b-mapview")).not_to_contain_text("0 objet")
    shot(page, "carte-pmtiles-1280")
