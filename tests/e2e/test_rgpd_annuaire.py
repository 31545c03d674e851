"""A directory with private numbers waits for the DPO, who signs a lawful ground: then it is public, until replaced."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .test_rgpd_cantine import check, name_of, send

FAMILIES = ["Morel", "Girard", "Roux", "Fontaine", "Chevalier", "Blanc", "Guérin", "Faure", "Rousseau", "Garnier"]
FIRST = ["Paul", "Claire", "Julie", "Marc", "Nadia", "Hugo", "Inès", "Victor", "Léa", "Karim"]


def directory(extra: str = "") -> bytes:
    """The agents of a town hall with their mobiles."""
    lines = ["Nom;Prénom;Fonction;Service;Téléphone portable"]
    for number, (family, first) in enumerate(zip(FAMILIES, FIRST, strict=True)):
        service = ["Urbanisme", "Voirie", "Eau"][number % 3]
        lines.append(f"{family};{first};Responsable;{service};06 12 34 56 {number + 10}")
    return ("\r\n".join([*lines, extra]) + "\r\n").encode()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "annuaire des services.csv"
    path.write_bytes(directory())
    return path


@pytest.fixture(autouse=True)
def _nothing_left(portal):
    """Take away what a test published."""
    yield
    api = portal.api("exploitant")
    found = api.action.package_search(fq='title:"annuaire"', include_drafts=True, include_private=True, rows=100)
    for one in found["results"]:
        api.action.dataset_purge(id=one["id"])


@pytest.fixture
def dpo(browser, portal, sign_in):
    """The DPO with a browser of their own."""
    with browser.new_context(base_url=portal.url, locale="fr-FR") as context:
        page = context.new_page()
        sign_in(page, "dpo")
        yield page


def sign(page: Page, decision: str, reason: str, ground: str = "") -> None:
    form = page.locator("form").filter(has=page.get_by_role("radio", name=decision))
    form.get_by_role("radio", name=decision).check()
    if ground:
        form.get_by_label("Fondement").select_option(ground)
    form.get_by_label("Motif").fill(reason)
    form.get_by_role("button").click()


def test_the_dpo_authorises_a_directory_that_the_clerk_asked_about(
    page, dpo, visitor, portal, sign_in, watch, shot, file, tmp_path
):
    sign_in(page, "agent")
    send(page, file)
    page.get_by_role("button", name="Publier la page").click()
    page.wait_for_url("**/dataset/**")
    name = name_of(page)
    (resource,) = portal.api("agent").action.package_show(id=name)["resources"]
    address = f"/fichiers/{resource['id']}"
    assert visitor.request.get(address).status == 403

    page.goto(f"/bureau/fichiers/{resource['id']}/donnees-personnelles")
    page.get_by_label("Pourquoi pourrait-il être publié").select_option("administration")
    page.get_by_role("button", name="Demander l'avis du DPO").click()
    expect(page.get_by_role("main")).to_contain_text("Vous avez demandé l'avis du DPO")
    check(page)

    dpo.goto("/rgpd")
    dpo.get_by_role("main").locator(f"a[href$='/rgpd/fichiers/{resource['id']}']").first.click()
    asked = f"{portal.people['agent']['fullname']} demande votre avis"
    expect(dpo.get_by_role("main")).to_contain_text(asked)
    shot(dpo, "rgpd-dpo")
    sign(dpo, "Autoriser", "Annuaire des services de la commune, numéros professionnels.", "administration")
    dpo.wait_for_load_state("networkidle")
    assert visitor.request.get(address).body() == directory()
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("Autorisé par le DPO")
    shot(page, "rgpd-agent-autorise")

    # What was signed is about these bytes: others are closed again.
    newer = tmp_path / "annuaire des services 2027.csv"
    newer.write_bytes(directory("Lambert;Zoé;Responsable;Eau;06 12 34 56 99"))
    page.goto(f"/publier/{name}/fichier/{resource['id']}")
    page.locator("#field-upload").set_input_files(newer)
    expect(page.locator("#reading")).to_contain_text("11 lignes", timeout=60_000)
    assert visitor.request.get(address).status == 403
