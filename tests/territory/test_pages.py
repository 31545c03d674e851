"""The pages where citizens meet the communes."""

from __future__ import annotations

import json
import re

import pytest
from bs4 import BeautifulSoup
from ckan.tests.helpers import changed_config

from ckanext.ca3b.territory.core import read_epci

from .conftest import NEVERS, act, load_territory


@pytest.fixture
def ca3b(with_plugins, clean_db, clean_index):
    """The default territory, loaded."""
    load_territory()


@pytest.fixture
def empty(with_plugins, clean_db, clean_index):
    """The portal of Nevers before anything is created."""
    with changed_config("ckanext.ca3b.epci", NEVERS):
        yield


def page(app, address, **parameters):
    return BeautifulSoup(app.get(address, **parameters).body, "html.parser")


def row(soup, code):
    return [
        " ".join(cell.get_text().split()) for cell in soup.select_one(f'tr[data-code="{code}"]').find_all(["th", "td"])
    ]


def test_the_communes_of_the_default_territory(app, ca3b, dataset):
    for name in ("ecoles", "arbres"):
        dataset("viriat", name=name)
    dataset("attignat", name="marches")
    dataset("attignat", name="brouillon", private=True)
    soup = page(app, "/communes")

    rows = soup.select(".ca3b-communes-table tbody tr")
    assert [each["data-code"] for each in rows][:2] == ["01024", "01029"]
    assert len(rows) == 74
    assert row(soup, "01451")[0] == "Viriat"
    assert row(soup, "01451")[2] == "2"
    assert re.fullmatch(r"\d+(er)? \w+ \d{4}", row(soup, "01451")[3])
    assert row(soup, "01024")[2] == "1"
    assert row(soup, "01053")[2] == "0"

    links = {link["href"].rstrip("/").rsplit("/", 1)[-1] for link in soup.select(".ca3b-communes-table a")}
    assert links == {commune.slug for commune in read_epci("200071751").members}
    drawn = soup.select("svg.ca3b-drawing path")
    assert len(drawn) == 74
    assert len({path["class"][0] for path in drawn}) == len(soup.select(".ca3b-legend li")) == 3
    # What the drawing links to is in the table: it is not to be met twice with a keyboard.
    assert soup.select_one("svg.ca3b-drawing")["aria-hidden"] == "true"
    assert all(link["tabindex"] == "-1" for link in soup.select("svg.ca3b-drawing a"))

    answer = app.get("/communes.geojson")
    features = json.loads(answer.body)["features"]
    counted = {feature["properties"]["code"]: feature["properties"]["datasets"] for feature in features}
    assert len(features) == 74
    assert (counted["01451"], counted["01024"], counted["01053"]) == (2, 1, 0)
    assert all(len(feature["properties"]["facts"]) == 3 for feature in features)
    again = app.get("/communes.geojson", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304

    commune = page(app, "/organization/viriat")
    facts = " ".join(commune.select_one("#organization-info").get_text().split())
    for expected in ("Viriat", "01451", "01440", "210104519"):
        assert expected in facts
    assert len(commune.select("#organization-info svg path")) == 1
    assert commune.select_one('#organization-info a[href*="vocab_communes=01451"]')
    assert commune.select_one("h1").get_text(strip=True) == "Viriat"


def test_a_territory_without_outlines_is_a_list(app, nevers):
    soup = page(app, "/communes")
    assert len(soup.select(".ca3b-communes-table tbody tr")) == 14
    assert soup.select("svg.ca3b-drawing") == []
    assert json.loads(app.get("/communes.geojson").body)["features"] == []


def test_the_communes_are_shown_before_their_organisations_exist(app, empty):
    soup = page(app, "/communes")
    assert len(soup.select(".ca3b-communes-table tbody tr")) == 14
    assert soup.select(".ca3b-communes-table a") == []


def test_a_wrong_setting_is_told_and_not_a_crash(app, empty):
    with changed_config("ckanext.ca3b.epci", "123456789"):
        answer = app.get("/communes", status=503)
        assert "neuf chiffres" in answer.body
        assert app.get("/dataset/").status_code == 200


def test_the_results_offer_the_communes_by_name_and_keep_the_search(app, empty):
    soup = page(app, "/dataset/?q=ecole&res_format=CSV&page=2&ext_bbox=3,46,4,47")
    form = soup.select_one(".ca3b-area-form")
    assert [option.get_text() for option in form.select("option")][1:3] == ["Challuy", "Coulanges-lès-Nevers"]
    kept = {field["name"]: field["value"] for field in form.select('input[type="hidden"]')}
    assert kept == {"q": "ecole", "res_format": "CSV"}
    assert "ext_bbox" not in soup.select_one(".ca3b-area-active a")["href"]


def test_the_chosen_commune_stays_chosen(app, empty):
    soup = page(app, "/dataset/?vocab_communes=58194")
    assert soup.select_one("#area-commune option[selected]").get_text() == "Nevers"


def test_a_partner_has_a_page_without_territory(app, empty):
    act("organization_create", name="club", title="Club", kind="association", description="Des *amis*.")
    soup = page(app, "/organization/club")
    assert soup.select("#organization-info svg") == []
    assert soup.select_one("#organization-info em").get_text() == "amis"


def test_a_box_that_is_not_one_is_not_a_crash(app, empty):
    for box in ("", "abc", "1,2,3", "5,46,4,45,1"):
        assert app.get(f"/dataset/?ext_bbox={box}").status_code == 200
