"""The home page: figures that are counted, the latest datasets, nothing private."""

from __future__ import annotations

import pytest
from ckan.tests import factories

from .conftest import MINIMAL, upload

pytestmark = [
    pytest.mark.ckan_config("ckan.views.default_views", ""),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"),
]


def figures(page):
    return {div.dt.get_text(strip=True): div.dd.get_text(strip=True) for div in page.select(".ca3b-figures div")}


def test_the_key_figures_are_counted(see, commune):
    other = factories.Organization(title="Buellas", kind="commune", insee_code="01065")
    dataset = factories.Dataset(owner_org=other["id"], **MINIMAL)
    upload(dataset)
    upload(dataset)
    factories.Dataset(owner_org=commune["id"], **MINIMAL)
    hidden = factories.Dataset(owner_org=commune["id"], private=True, **MINIMAL)
    upload(hidden)

    shown = figures(see("/"))
    assert list(shown.values())[:2] == ["2", "2"]
    assert any(words.startswith("commune publie, sur ") and number == "1" for words, number in shown.items())
    assert any("mise à jour" in words for words in shown)


def test_an_empty_portal_still_has_its_search(see):
    page = see("/")
    assert page.select_one('form[role="search"] input[name="q"]')
    assert figures(page) == {}


def test_the_newest_datasets_come_first_and_private_ones_never(see, commune):
    for title in ("Premier", "Deuxième"):
        factories.Dataset(owner_org=commune["id"], title=title, **MINIMAL)
    factories.Dataset(owner_org=commune["id"], title="Secret", private=True, **MINIMAL)
    assert [h.get_text(strip=True) for h in see("/").select("main .dataset-heading")] == ["Deuxième", "Premier"]


def test_a_theme_with_data_leads_to_its_results(see, commune):
    factories.Dataset(
        owner_org=commune["id"],
        title="Menus",
        theme=["http://publications.europa.eu/resource/authority/data-theme/EDUC"],
        **MINIMAL,
    )
    link = see("/").select_one(".ca3b-themes a")
    assert "Éducation" in link.get_text()
    assert [h.get_text(strip=True) for h in see(link["href"]).select(".dataset-heading")] == ["Menus"]
