"""The page of results: each result says who, what and when; filters can be removed; nothing found is not the end."""

from __future__ import annotations

import pytest
from ckan.tests import factories

from .conftest import MINIMAL, upload

pytestmark = [
    pytest.mark.ckan_config("ckan.views.default_views", ""),
    pytest.mark.usefixtures("portal", "with_plugins", "clean_index"),
]


def test_a_result_says_who_what_format_and_when(see, minimal):
    upload(minimal)
    result = see("/dataset/").select_one(".dataset-item").get_text(" ", strip=True)
    for words in ("Effectifs des écoles", "Vonnas", "Une description.", "CSV", "mis à jour le"):
        assert words in result
    assert "Licence Ouverte" not in result


def test_an_unusual_licence_is_said(see, commune):
    factories.Dataset(owner_org=commune["id"], notes="Une base.", license_id="odc-odbl")
    assert "ODbL" in see("/dataset/").select_one(".dataset-item").get_text()


def test_a_filter_is_named_and_can_be_removed(see, minimal):
    upload(minimal)
    page = see("/dataset/?res_format=CSV&license_id=lov2")
    pills = {a.strong.get_text(strip=True): a["href"] for a in page.select(".ca3b-pills a")}
    assert set(pills) == {"CSV", "Licence Ouverte 2.0 (Etalab)"}
    assert "res_format" not in pills["CSV"]
    assert "license_id=lov2" in pills["CSV"]


def test_facets_are_in_the_order_of_what_people_look_for(see, commune):
    dataset = factories.Dataset(
        owner_org=commune["id"], theme=["http://publications.europa.eu/resource/authority/data-theme/EDUC"], **MINIMAL
    )
    upload(dataset)
    titles = [h.get_text(strip=True) for h in see("/dataset/").select("#search-facets .module-heading")]
    wanted = ["Thème", "Format", "Licence", "Producteur"]
    assert [title for title in titles if title in wanted] == wanted


def test_nothing_found_offers_ways_out(see, minimal):
    page = see("/dataset/?q=xyzzy&res_format=CSV")
    ways = [a["href"] for a in page.select(".ca3b-none a")]
    assert "/dataset/?q=xyzzy" in ways
    assert "/dataset/" in ways
    assert "Aucun jeu de données" in page.h1.get_text()


def test_words_of_a_search_are_never_markup(see):
    page = see("/dataset/?q=<script>alert(1)</script>")
    assert not page.find("script", string="alert(1)")


@pytest.mark.parametrize("box", ["500,46,5.5,99", "a,b,c,d", "1,2,3", "nan,nan,nan,nan", "6,46,5,47"])
def test_an_area_that_is_none_filters_nothing(see, minimal, box):
    page = see(f"/dataset/?ext_bbox={box}")
    assert page.select_one(".dataset-item")
    assert not page.select(".ca3b-area-active")
    assert all(not one.get("data-module-bbox") for one in page.select("[data-module=ca3b-area-search]"))
