"""A catalogue comes in: added, looked at, approved, harvested, seen by a citizen, changed, planned, guarded."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.harvesting.catalogue import Portal as Catalogue
from tests.harvesting.catalogue import numbered
from tests.harvesting.serving import Site

from .conftest import DESKTOP, PHONE
from .looks import check

#: A run is a job of the worker: what it takes on a busy machine.
DONE_WITHIN = 90_000
PATH = "/catalog.ttl"


@pytest.fixture
def site() -> Iterator[Site]:
    """The web site of a commune, on this machine."""
    found = Site()
    found.types[PATH] = "text/turtle"
    yield found
    found.close()


@pytest.fixture
def catalogue(site: Site) -> Catalogue:
    """Its catalogue, published at :data:`PATH` by :func:`publish`; five datasets."""
    found = Catalogue.of(site.address, 5)
    for number, entry in enumerate(found.entries):
        entry.title = f"Moisson d’essai {number}"
        site.files[f"/fichiers/{number}.csv"] = b"nom;valeur\nun;1\n"
    publish(site, found)
    return found


@pytest.fixture(autouse=True)
def nothing_left(portal) -> Iterator[None]:
    """Leave no source and none of its datasets to the other tests."""
    api = portal.api("exploitant")
    before = _datasets(api)
    yield
    for source in api.action.ca3b_harvest_source_list():
        api.action.ca3b_harvest_source_delete(id=source["id"])
    for dataset_id in _datasets(api) - before:
        api.action.dataset_purge(id=dataset_id)


def _datasets(api) -> set[str]:
    return {one["id"] for one in api.action.package_search(rows=1000, include_private=True)["results"]}


def publish(site: Site, catalogue: Catalogue) -> None:
    """Put the catalogue online as it is now."""
    site.files[PATH] = catalogue.turtle()


def looks(page: Page, shot, name: str) -> None:
    """Look at the page on a desktop and on a phone."""
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        check(page, size["width"])
        shot(page, f"moissonnage-{name}-{size['width']}")


def settled(page: Page, button: str) -> None:
    """Press a button that begins a run; wait until it is over: its page shows it by itself."""
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()
    expect(page.get_by_role("button", name="Arrêter ce moissonnage")).to_have_count(0, timeout=DONE_WITHIN)


def add(page: Page, site: Site, title: str = "Moisson de Viriat") -> None:
    """Add the catalogue of the site, say yes, wait for its first harvest."""
    page.goto("/moissonnage/ajouter")
    page.get_by_label("Adresse du catalogue").fill(site.url(PATH))
    page.get_by_role("button", name="Voir ce qu'il contient").first.click()
    page.get_by_label("Nom de la source").fill(title)
    page.get_by_label("Organisation à qui").select_option(label="Viriat")
    settled(page, "Oui, moissonner cette source")


def test_a_catalogue_is_added_looked_at_approved_and_seen_by_a_citizen(
    page: Page, visitor: Page, portal, site, catalogue, sign_in, watch, shot
):
    sign_in(page, "exploitant")
    page.goto("/")
    page.get_by_role("navigation", name="Compte").get_by_role("link", name="Moissonnage").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Moissonnage")
    looks(page, shot, "tableau-vide")

    page.get_by_role("link", name="Ajouter une source").click()
    looks(page, shot, "ajouter")
    page.get_by_label("Adresse du catalogue").fill(site.url(PATH))
    page.get_by_role("button", name="Voir ce qu'il contient").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce que contient cette source")
    expect(page.get_by_role("main")).to_contain_text("Catalogue DCAT en RDF", ignore_case=True)
    expect(page.get_by_role("heading", name="Moisson d’essai 0")).to_be_visible()
    looks(page, shot, "apercu")
    assert not portal.api("exploitant").action.ca3b_harvest_source_list()
    visitor.goto("/dataset/?q=moisson")
    expect(visitor.get_by_role("link", name=re.compile("^Moisson d’essai"))).to_have_count(0)

    page.get_by_label("Nom de la source").fill("Moisson de Viriat")
    page.get_by_label("Organisation à qui").select_option(label="Viriat")
    settled(page, "Oui, moissonner cette source")
    expect(page.get_by_role("main")).to_contain_text("5 jeux de données ajoutés")
    looks(page, shot, "rapport")

    visitor.goto("/dataset/?q=moisson")
    visitor.get_by_role("link", name="Moisson d’essai 3").click()
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("Moisson d’essai 3")
    expect(visitor.get_by_role("heading", name="D'où vient ce jeu de données")).to_have_count(0)

    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    rows = list(csv.DictReader(download.value.path().read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert {row["titre"] for row in rows} >= {f"Moisson d’essai {number}" for number in range(5)}
    with page.expect_download() as download:
        page.get_by_role("link", name="JSON", exact=True).click()
    assert len(json.loads(download.value.path().read_text("utf-8"))["records"]) == 5


def test_what_changes_is_seen_before_it_is_applied(page: Page, visitor: Page, site, catalogue, sign_in, watch, shot):
    sign_in(page, "exploitant")
    add(page, site)
    catalogue.entries[0].title = "Moisson d’essai tout autre"
    catalogue.entries.append(numbered(site.address, 5, title="Moisson d’essai nouvelle"))
    publish(site, catalogue)

    page.goto("/moissonnage")
    page.get_by_role("rowheader").get_by_role("link", name="Moisson de Viriat").click()
    looks(page, shot, "source")
    settled(page, "Voir ce qui changerait")
    expect(page.get_by_role("main")).to_contain_text("1 ajout")
    page.get_by_text("1 changement, avant et après").click()
    change = page.get_by_role("row", name=re.compile("^Titre"))
    expect(change).to_contain_text("Moisson d’essai 0")
    expect(change).to_contain_text("Moisson d’essai tout autre")
    looks(page, shot, "plan")
    visitor.goto("/dataset/?q=moisson")
    expect(visitor.get_by_role("link", name=re.compile("tout autre|nouvelle"))).to_have_count(0)

    settled(page, "Moissonner maintenant")
    expect(page.get_by_role("main")).to_contain_text("1 jeu de données ajouté")
    visitor.goto("/dataset/?q=moisson")
    expect(visitor.get_by_role("link", name="Moisson d’essai tout autre")).to_be_visible()
    expect(visitor.get_by_role("link", name="Moisson d’essai nouvelle")).to_be_visible()


def test_an_emptied_catalogue_waits_for_the_operator(page: Page, visitor: Page, site, catalogue, sign_in, watch, shot):
    sign_in(page, "exploitant")
    add(page, site)
    del catalogue.entries[1:]
    publish(site, catalogue)
    page.get_by_role("navigation", name="Compte").get_by_role("link", name="Moissonnage").click()
    page.get_by_role("rowheader").get_by_role("link", name="Moisson de Viriat").click()
    settled(page, "Moissonner maintenant")
    expect(page.get_by_role("button", name="Oui, appliquer ce plan")).to_be_visible()
    looks(page, shot, "retenue")
    visitor.goto("/dataset/?q=moisson")
    visitor.get_by_role("link", name="Moisson d’essai 3").click()
    expect(visitor.get_by_text("Disparu à la source")).to_have_count(0)

    page.goto("/moissonnage")
    expect(page.get_by_role("heading", name="À faire (1)")).to_be_visible()
    looks(page, shot, "tableau")
    page.get_by_role("link", name="Voir et décider").click()
    settled(page, "Oui, appliquer ce plan")
    expect(page.get_by_role("main")).to_contain_text("4 disparus à la source")
    visitor.reload()
    expect(visitor.get_by_text("Disparu à la source")).to_be_visible()
    check(visitor, DESKTOP["width"])
    shot(visitor, "moissonnage-disparu-1280")


def test_a_commune_reads_its_report_without_account(page: Page, visitor: Page, site, catalogue, sign_in, watch, shot):
    catalogue.entries[2].title = None
    catalogue.entries[3].license = "https://exemple.fr/licence-maison"
    publish(site, catalogue)
    sign_in(page, "exploitant")
    add(page, site)
    page.goto("/moissonnage")
    page.get_by_role("rowheader").get_by_role("link", name="Moisson de Viriat").click()
    address = page.get_by_role("link", name="Voir ce rapport").get_attribute("href")
    answer = visitor.goto(address)
    assert "noindex" in answer.headers["x-robots-tag"]
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("Moisson de Viriat")
    expect(visitor.get_by_role("heading", name=re.compile("Ce que vous pouvez corriger"))).to_be_visible()
    looks(visitor, shot, "commune")
    page.get_by_role("button", name="Lui donner une autre adresse").click()
    assert visitor.reload().status == 404


def test_fields_that_stay_local_are_chosen_from_the_dataset(page: Page, site, catalogue, portal, sign_in, watch, shot):
    sign_in(page, "exploitant")
    add(page, site)
    page.goto("/dataset/?q=moisson")
    page.get_by_role("link", name="Moisson d’essai 0").click()
    panel = page.get_by_role("region", name="D'où vient ce jeu de données")
    expect(panel).to_contain_text("Moisson de Viriat")
    looks(page, shot, "jeu")
    panel.get_by_role("link", name="Choisir ce qui reste à vous").click()
    looks(page, shot, "champs")
    page.get_by_label("Titre", exact=True).check()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_label("Titre", exact=True)).to_be_checked()
    api = portal.api("exploitant")
    dataset = api.action.package_search(q='title:"Moisson d’essai 0"')["results"][0]
    api.action.package_patch(id=dataset["id"], title="Moisson au titre de la commune")
    catalogue.entries[0].title, catalogue.entries[0].description = "Moisson d’essai autre", "Une autre description."
    publish(site, catalogue)
    page.goto("/moissonnage")
    page.get_by_role("rowheader").get_by_role("link", name="Moisson de Viriat").click()
    settled(page, "Moissonner maintenant")
    kept = api.action.package_show(id=dataset["id"])
    assert (kept["title"], kept["notes"]) == ("Moisson au titre de la commune", "Une autre description.")


def test_many_sources_come_by_one_table_or_none(page: Page, site, catalogue, sign_in, watch, shot):
    sign_in(page, "exploitant")
    page.goto("/moissonnage")
    page.get_by_role("link", name="Ajouter plusieurs sources").click()
    looks(page, shot, "lot")
    with page.expect_download() as download:
        page.get_by_role("link", name="Téléchargez le modèle").click()
    model = download.value.path().read_text("utf-8-sig").splitlines()
    assert model[0].split(";")[:2] == ["adresse", "commune"]
    assert len(model) > 70
    wrong = f"adresse;commune\n{site.url(PATH)};Viriat\npas-une-adresse;Attignat\n"
    send(page, wrong)
    expect(page.get_by_role("alert")).to_contain_text("Ligne 3, colonne « adresse »")
    watch.errors.clear()  # the browser notes in its console that the file was refused
    looks(page, shot, "lot-faux")
    send(page, f"adresse;commune\n{site.url(PATH)};Viriat\n;Attignat\n")
    expect(page.get_by_role("heading", name="À faire (1)")).to_be_visible()
    page.get_by_role("link", name="Voir l'aperçu et approuver").click()
    expect(page.get_by_role("heading", name="Moisson d’essai 0")).to_be_visible()
    expect(page.get_by_label("Commune")).to_have_value("01451")


def test_a_clerk_has_no_such_pages(page: Page, sign_in):
    sign_in(page, "agent")
    assert page.goto("/moissonnage/ajouter").status == 403
    expect(page.get_by_role("navigation", name="Compte").get_by_role("link", name="Moissonnage")).to_have_count(0)


def send(page: Page, text: str) -> None:
    """Send a table of sources."""
    page.get_by_label("Fichier CSV des sources").set_input_files(
        {"name": "sources.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    page.get_by_role("button", name="Ajouter ces sources").click()
