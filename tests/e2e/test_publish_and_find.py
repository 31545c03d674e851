"""The story of the portal: a clerk publishes a file, a citizen finds it and gets the same bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

# Written as business software exports it: cp1252, semicolons, decimal commas, CRLF.
CSV = (
    "Déchèterie;Adresse;Horaires d'été;Tonnage 2025\r\n"
    "Déchèterie de l'Étang;12 route de la Forêt;8h30-12h / 14h-18h30;1 204,5\r\n"
    "Déchèterie du Château;Zone d'activité n° 3;9h-12h;87,25\r\n"
).encode("cp1252")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "dechèteries 2025.csv"
    path.write_bytes(CSV)
    return path


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _publish(page: Page, file: Path, title: str) -> str:
    """Publish with what only the clerk knows; return the dataset's address."""
    page.get_by_role("banner").get_by_role("link", name="Publier").click()
    page.locator("input[type=file]").first.set_input_files(file)
    publish = page.get_by_role("button", name="Publier", exact=True)
    expect(publish).to_be_visible(timeout=30_000)
    for name, value in (("Titre", title), ("Description", "Adresses, horaires et tonnages des déchèteries.")):
        field = page.get_by_label(name).first
        if not field.is_visible():
            page.locator("summary", has_text=name).click()
        field.fill(value)
    publish.click()
    page.wait_for_url(lambda url: "/dataset/" in url)
    return page.url


def test_a_clerk_publishes_and_a_citizen_downloads_the_same_bytes(page, visitor, portal, sign_in, watch, file):
    agent = portal.people["agent"]
    (slug,) = agent["organisations"]
    commune = next(one for one in portal.territory.epci.members if one.slug == slug)
    title = f"Déchèteries : horaires d'ouverture ({commune.name})"

    sign_in(page, "agent")
    address = _publish(page, file, title)
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)

    for query in ("dechetterie", "horaires decheterie", f"déchèteries {commune.name}"):
        visitor.goto("/")
        visitor.get_by_role("searchbox").first.fill(query)
        visitor.keyboard.press("Enter")
        expect(visitor.get_by_role("link", name=title)).to_be_visible()

    # By commune: the facet leads to it.
    visitor.goto("/dataset/")
    visitor.get_by_role("link", name=commune.name).first.click()
    visitor.get_by_role("link", name=title).click()
    assert visitor.url.split("?")[0] == address.split("?")[0]

    with visitor.expect_download() as download:
        visitor.get_by_role("link", name="Télécharger").first.click()
    assert _sha256(Path(download.value.path()).read_bytes()) == _sha256(CSV)


def test_a_replaced_file_keeps_its_address(page, visitor, portal, sign_in, watch, file, tmp_path):
    sign_in(page, "agent")
    address = _publish(page, file, "Déchèteries : tonnages à remplacer")
    link = page.get_by_role("link", name="Télécharger").first.get_attribute("href")
    assert visitor.request.get(link).body() == CSV

    newer = tmp_path / "tonnages 2026 (définitif).csv"
    newer.write_bytes(CSV.replace(b"87,25", b"91,75"))
    dataset = portal.api("agent").action.package_show(id=address.rstrip("/").rsplit("/", 1)[-1].split("?")[0])
    resource = dataset["resources"][0]
    page.goto(f"/dataset/{dataset['name']}/resource/{resource['id']}/edit")
    page.locator("input[type=file]").set_input_files(newer)
    page.locator("button[name=save]").last.click()
    page.wait_for_url(lambda url: "/edit" not in url)

    visitor.goto(f"/dataset/{dataset['name']}")
    same = visitor.get_by_role("link", name="Télécharger").first.get_attribute("href")
    assert same == link
    assert _sha256(visitor.request.get(link).body()) == _sha256(newer.read_bytes())

    # Who did what and when.
    page.goto(f"/dataset/activity/{dataset['name']}")
    expect(page.get_by_role("main")).to_contain_text(portal.people["agent"]["fullname"])


def test_a_misspelt_word_is_answered_by_a_suggestion_that_finds_something(visitor, portal):
    portal.api("agent").action.package_create(
        name="pistes-pour-le-velo",
        title="Pistes pour le vélo",
        notes="Tracé des pistes réservées au vélo.",
        owner_org=next(iter(portal.people["agent"]["organisations"])),
    )
    visitor.goto("/dataset/?q=vlo")
    visitor.get_by_role("link", name="vélo", exact=True).click()
    expect(visitor.get_by_role("link", name="Pistes pour le vélo")).to_be_visible()
