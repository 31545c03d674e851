"""How well data is described: the operator sees what lacks, the agent mends it from the page, the score follows."""

from __future__ import annotations

import csv
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .conftest import DESKTOP, PHONE
from .looks import check

NAME = "bancs-publics-a-decrire"


@pytest.fixture
def dataset(portal) -> Any:
    """A dataset of the agent's commune that says next to nothing."""
    api = portal.api("exploitant")
    (owner,) = portal.people["agent"]["organisations"]
    made = api.action.package_create(
        name=NAME, title="Bancs publics à décrire", notes="Bancs de la commune.", owner_org=owner,
        resources=[{"name": "Bancs", "url": "https://exemple.fr/bancs.pdf", "format": "PDF"}],
    )  # fmt: skip
    yield made
    api.action.dataset_purge(id=made["id"])


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_operator_sees_what_lacks_most(page: Page, dataset, sign_in, watch, shot, size):
    page.set_viewport_size(size)
    sign_in(page, "exploitant")
    page.goto(f"/dataset/{NAME}")  # described and measured as it is looked at
    page.get_by_role("navigation", name="Compte").get_by_role("link", name="Catalogue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Santé du catalogue")
    check(page, size["width"])
    shot(page, f"sante-{size['width']}")

    row = page.get_by_role("row", name=re.compile("^Mots-clés"))
    row.get_by_role("link").click()
    expect(page.get_by_role("heading", name=re.compile("auxquels il manque.*Mots-clés"))).to_be_visible()
    expect(page.get_by_role("link", name="Bancs publics à décrire")).to_be_visible()
    check(page, size["width"])


def test_an_agent_mends_a_description_from_its_page(page: Page, dataset, sign_in, watch, shot):
    sign_in(page, "agent")
    page.goto(f"/dataset/{NAME}")
    panel = page.get_by_role("region", name="Qualité de la description")
    before = _points(panel.inner_text())
    check(page, DESKTOP["width"])
    shot(page, "jeu-qualite-1280")
    panel.get_by_role("link", name="Remplir ce champ Mots-clés").click()
    expect(page).to_have_url(re.compile("#field-tag_string$"))
    page.get_by_label("Mots-clés").fill("banc, parc")
    page.get_by_role("button", name="Enregistrer").click()
    page.goto(f"/dataset/{NAME}")
    expect(panel).to_contain_text("points sur 405")
    assert _points(panel.inner_text()) == before + 30
    expect(panel.get_by_role("link", name="Remplir ce champ Mots-clés")).to_have_count(0)


def test_an_agent_sees_the_health_of_their_commune_only(page: Page, portal, dataset, sign_in, watch):
    sign_in(page, "agent")
    page.goto("/bureau")
    page.get_by_role("link", name="Si vos données sont bien décrites pour les autres portails").click()
    title = portal.api().action.package_show(id=NAME)["organization"]["title"]
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    check(page, DESKTOP["width"])
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger en CSV").click()
    rows = list(csv.DictReader(download.value.path().read_text("utf-8-sig").splitlines()))
    assert {row["organisme"] for row in rows} == {title}
    assert "Bancs publics à décrire" in {row["jeu_de_donnees"] for row in rows}


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_visitor_reads_the_score_without_advice(visitor: Page, dataset, size):
    visitor.set_viewport_size(size)
    visitor.goto(f"/dataset/{NAME}")
    panel = visitor.get_by_role("region", name="Qualité de la description")
    expect(panel).to_contain_text("points sur 405")
    expect(panel.get_by_role("link", name=re.compile("Remplir"))).to_have_count(0)
    panel.get_by_text("Comment ces points sont comptés").click()
    expect(panel.get_by_role("table")).to_contain_text("Accès aux fichiers")
    check(visitor, size["width"])


def _points(text: str) -> int:
    found = re.search(r"(\d+) points? sur", text)
    assert found, text
    return int(found[1])
