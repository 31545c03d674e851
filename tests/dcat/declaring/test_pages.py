"""A clerk finds the exact address of their catalogue, what stands in the way, and the steps on data.gouv.fr."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from ckan.tests import factories
from ckan.tests.helpers import call_action, changed_config

from ckanext.ca3b.dcat.declaring import readiness

pytestmark = pytest.mark.usefixtures("portal", "commune")

URL = "/catalogue/declarer/viriat"
LINK = {"url": "https://www.viriat.fr/verre.csv", "name": "Verre", "format": "CSV"}


@pytest.fixture(autouse=True)
def no_dataset_left():
    """Leave nothing to the next test."""
    yield
    user = call_action("get_site_user", context={"ignore_auth": True})["name"]
    for name in call_action("package_list", context={"ignore_auth": True}):
        call_action("dataset_purge", context={"user": user, "ignore_auth": True}, id=name)


def see(app, url, who=None, status=200):
    headers = {"Authorization": who["token"]} if who else {}
    answer = app.get(url, headers=headers, follow_redirects=False, status=status)
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def dataset(commune, **fields):
    return factories.Dataset(title="Verre", notes="Essai.", owner_org=commune["id"], **{"resources": [LINK], **fields})


def test_the_address_to_paste_answers_with_the_catalogue_of_the_organisation(app, commune, clerk):
    dataset(commune)
    pasted = see(app, URL, clerk).select_one("#address").get_text(strip=True)
    assert pasted == "http://test.ckan.net/organization/viriat/catalog.ttl"
    answer = app.get(pasted.removeprefix("http://test.ckan.net"))
    assert answer.status_code == 200
    assert "Verre" in answer.get_data(as_text=True)


def test_a_catalogue_with_data_on_the_internet_is_ready(app, commune, clerk):
    dataset(commune)
    with changed_config("ckan.site_url", "https://donnees.grandbourg.fr"):
        said = see(app, URL, clerk).select_one(".ca3b-ready").get_text(" ", strip=True)
    assert "Votre catalogue est prêt" in said
    assert "1 jeu de données" in said


def test_what_stands_in_the_way_is_said(app, commune, clerk):
    dataset(commune, private=True)
    with changed_config("ckan.site_url", "http://127.0.0.1:5000"):
        said = see(app, URL, clerk).select_one(".ca3b-ready").get_text(" ", strip=True)
    assert "Pas tout à fait" in said
    assert "Publiez d’abord au moins un jeu de données" in said.replace("'", "’")
    assert "sur internet" in said.lower()


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("https://donnees.grandbourg.fr", True),
        ("http://92.184.12.7:5000", True),
        ("http://127.0.0.1:5000", False),
        ("http://192.168.1.20", False),
        ("http://localhost:5000", False),
        ("http://portail", False),
        ("http://portail.local", False),
        ("", False),
    ],
)
def test_an_address_that_others_cannot_reach_is_recognised(address, public):
    assert readiness.is_public(address) is public


def test_only_its_own_people_and_the_operator_see_the_page(app, clerk, neighbour):
    assert app.get(URL, follow_redirects=False).status_code == 302
    see(app, URL, clerk)
    see(app, URL, factories.SysadminWithToken())
    see(app, URL, neighbour, status=403)
    see(app, "/catalogue/declarer/nulle-part", clerk, status=404)


def test_a_clerk_of_one_commune_goes_straight_to_its_page_and_others_choose(app, clerk):
    answer = app.get("/catalogue/declarer", headers={"Authorization": clerk["token"]}, follow_redirects=False)
    assert answer.headers["Location"].endswith(URL)
    page = see(app, "/catalogue/declarer", factories.SysadminWithToken())
    assert {"Viriat", "Attignat"} <= {one.get_text() for one in page.select(".ca3b-producer a")}
    assert app.get("/catalogue/declarer", follow_redirects=False).status_code == 302


def test_a_portal_that_does_not_measure_its_catalogue_still_has_the_page(app, commune, clerk, monkeypatch):
    dataset(commune)
    monkeypatch.setattr(readiness, "HEALTH", "ca3b_action_of_nobody")
    assert see(app, URL, clerk).select_one("#address")


def test_the_organisation_leads_to_the_page(app, clerk):
    assert see(app, "/organization/viriat", clerk).select(f"a[href='{URL}']")
    assert not see(app, "/organization/viriat").select(f"a[href='{URL}']")
