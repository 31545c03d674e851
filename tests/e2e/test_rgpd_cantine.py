"""A file of a canteen, in a real browser: held and explained, treated in a few clicks, public; closed meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import PHONE
from .looks import check

FAMILIES = ["Martin", "Bernard", "Dubois", "Petit", "Robert", "Moreau", "Laurent", "Simon", "Michel", "Lefebvre"]
FIRST = ["Emma", "Louis", "Jade", "Gabriel", "Louise", "Raphaël", "Alice", "Arthur", "Chloé", "Jules"]
HEADER = "Nom de l'enfant;Prénom;Date de naissance;Téléphone du responsable;École;Repas"
SECRETS = ("Lefebvre", "Raphaël", "06 12")


def canteen(rows: int = 40) -> bytes:
    """The children of a canteen, as business software exports them."""
    lines = [HEADER]
    for number in range(rows):
        family, first = FAMILIES[number % 10], FIRST[(number * 3 + number // 10) % 10]
        birth = f"{number % 27 + 1:02}/{number % 12 + 1:02}/{2016 + number % 4}"
        school = "École du Bourg" if number % 2 else "École des Sources"
        lines.append(f"{family};{first};{birth};06 12 34 {number + 10} {number + 20};{school};{number % 5}")
    return ("\r\n".join(lines) + "\r\n").encode("cp1252")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "cantine scolaire 2026.csv"
    path.write_bytes(canteen())
    return path


@pytest.fixture(autouse=True)
def _nothing_left(portal):
    """Take away what a test published."""
    yield
    api = portal.api("exploitant")
    found = api.action.package_search(fq='title:"cantine"', include_drafts=True, include_private=True, rows=100)
    for one in found["results"]:
        api.action.dataset_purge(id=one["id"])


def send(page: Page, file: Path) -> None:
    page.goto("/publier")
    page.locator("#field-upload").set_input_files(file)
    expect(page.locator("#schema")).to_contain_text("Données personnelles", timeout=60_000)


def name_of(page: Page) -> str:
    return page.url.rstrip("/").rsplit("/", 1)[-1].split("?")[0]


def test_a_canteen_list_is_held_explained_treated_then_public(page, visitor, portal, sign_in, watch, shot, file):
    sign_in(page, "agent")
    send(page, file)
    expect(page.locator("#schema")).to_contain_text("Ce fichier donne")
    check(page)
    shot(page, "rgpd-assistant")

    # What is wrong, at once, in words; what fixes it is chosen already.
    page.get_by_role("link", name="Voir ce qui ne va pas").click()
    main = page.get_by_role("main")
    for column in HEADER.split(";")[:4]:
        expect(main.locator(".ca3b-fault", has_text=column).first).to_be_visible()
    before, after = (page.get_by_role("region", name=name) for name in ("Lignes avant", "Lignes après"))
    expect(before).to_contain_text(FAMILIES[0])
    expect(after).not_to_contain_text(FAMILIES[0])
    check(page)
    shot(page, "rgpd-agent")

    # Another choice for the names: a code instead of dropping them.
    page.get_by_label("Remplacer chaque personne par un code secret").check()
    page.get_by_role("button", name="Voir ce que cela donne").click()
    expect(page.get_by_role("region", name="Lignes après")).to_contain_text("Nom de l'enfant")
    expect(page.get_by_role("region", name="Lignes après")).not_to_contain_text(FAMILIES[0])
    expect(page.get_by_label("Remplacer chaque personne par un code secret")).to_be_checked()
    shot(page, "rgpd-agent-pseudonymes")
    page.get_by_label("Supprimer les noms").check()
    page.get_by_role("button", name="Traiter le fichier").click()
    expect(page.get_by_text("ne montre plus de donnée personnelle")).to_be_visible()
    expect(main).to_contain_text("Prêt à publier")
    check(page)
    shot(page, "rgpd-agent-traite")

    page.get_by_role("link", name="Terminer et publier").click()
    page.get_by_role("button", name="Publier", exact=True).click()
    page.wait_for_url("**/dataset/**")
    visitor.goto(page.url)
    with visitor.expect_download() as download:
        visitor.get_by_role("link", name="Télécharger").first.click()
    public = Path(download.value.path()).read_bytes().decode("utf-8-sig")
    assert "École du Bourg" in public
    assert not any(secret in public for secret in SECRETS)


def test_published_while_held_its_page_is_public_and_its_file_is_closed_everywhere(
    page, visitor, portal, sign_in, shot, file
):
    sign_in(page, "agent")
    send(page, file)
    page.get_by_role("button", name="Publier la page").click()
    page.wait_for_url("**/dataset/**")
    expect(page.get_by_role("main")).to_contain_text("reste fermé")
    check(page)
    shot(page, "rgpd-page-agent")
    name = name_of(page)
    (resource,) = portal.api("agent").action.package_show(id=name)["resources"]

    visitor.goto(f"/dataset/{name}")
    said = visitor.get_by_role("main").inner_text()
    assert not any(secret in said for secret in (*SECRETS, *FAMILIES))
    check(visitor)
    shot(visitor, "rgpd-page-publique")
    doors = (
        f"/fichiers/{resource['id']}", f"/dataset/{name}/resource/{resource['id']}",
        f"/dataset/{name}/resource/{resource['id']}/download/cantine.csv", f"/datastore/dump/{resource['id']}",
        f"/api/action/datastore_search?resource_id={resource['id']}", f"/api/action/resource_show?id={resource['id']}",
        f"/api/action/ca3b_remedy_propose?resource_id={resource['id']}", f"/fichiers/{resource['id']}/api",
        f"/fichiers/{resource['id']}/annote.xlsx", f"/bureau/fichiers/{resource['id']}/donnees-personnelles",
    )  # fmt: skip
    for door in doors:
        answer = visitor.request.get(door)
        assert answer.status in {401, 403, 404} or "/user/login" in answer.url, door
        assert not any(secret.encode() in answer.body() for secret in SECRETS), door

    # The clerk finds it on the desk.
    page.goto("/bureau")
    held = page.get_by_role("main").get_by_role("listitem").filter(has_text="Données personnelles")
    held.get_by_role("link").first.click()
    expect(page.get_by_role("button", name="Traiter le fichier")).to_be_visible()


def test_on_a_phone_and_without_script(browser, portal, file):
    with browser.new_context(base_url=portal.url, locale="fr-FR", viewport=PHONE, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/user/login")
        page.locator("input[name=login]").fill("agent")
        page.locator("input[name=password]").fill(portal.people["agent"]["password"])
        page.locator("form:has(input[name=password]) button[type=submit]").click()
        page.goto("/publier")
        page.locator("#field-upload").set_input_files(file)
        page.get_by_role("button", name="Envoyer ce fichier").click()
        page.get_by_role("link", name="Voir ce qui ne va pas").click()
        page.screenshot(path=Path(__file__).parent / "artifacts" / "rgpd-agent-telephone.png", full_page=True)
        page.get_by_role("button", name="Voir ce que cela donne").click()
        page.get_by_role("button", name="Traiter le fichier").click()
        expect(page.get_by_role("main")).to_contain_text("Prêt à publier")


def test_nothing_is_wider_than_a_phone(page, sign_in, file):
    page.set_viewport_size(PHONE)
    sign_in(page, "agent")
    send(page, file)
    page.get_by_role("link", name="Voir ce qui ne va pas").click()
    expect(page.get_by_role("button", name="Traiter le fichier")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE["width"]
    check(page)


def test_a_citizen_reports_a_file(visitor, portal, shot):
    dataset = portal.api().action.package_show(id=f"communes-{portal.territory.epci.slug}")
    visitor.goto(f"/dataset/{dataset['name']}/resource/{dataset['resources'][0]['id']}")
    visitor.get_by_role("link", name="Signaler une donnée personnelle").click()
    check(visitor)
    shot(visitor, "rgpd-signaler")
    visitor.get_by_label("Qu'avez-vous vu").fill("Ligne 12 : le téléphone d'une personne.")
    visitor.get_by_role("button", name="Envoyer le signalement").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Merci")
    check(visitor)
