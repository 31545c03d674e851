"""The page of a dataset and of a file: what matters first, nothing empty, French."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from ckan.tests import factories, helpers

from ckanext.ca3b import dataset_page

from .conftest import MINIMAL, upload

pytestmark = [
    pytest.mark.ckan_config("ckan.views.default_views", ""),
    pytest.mark.usefixtures("portal", "with_plugins"),
]
EU = "http://publications.europa.eu/resource/authority/"


def empty(page):
    return [
        str(tag)
        for tag in page.select("main dt, main dd, main td, main th, main li, main h1, main h2, main h3")
        if not tag.get_text(strip=True) and not tag.find("img")
    ]


def test_a_minimal_dataset_shows_no_empty_field(see, minimal):
    upload(minimal)
    page = see(f"/dataset/{minimal['name']}")
    assert empty(page) == []
    assert len(page.select("main dt")) == len(page.select("main dd"))


def test_a_minimal_file_shows_no_empty_field(see, minimal):
    resource = upload(minimal)
    page = see(f"/dataset/{minimal['name']}/resource/{resource['id']}")
    assert empty(page) == []
    assert page.select_one("h1").get_text(strip=True) == "Effectifs"


def test_what_matters_comes_first_and_the_technical_part_last_and_folded(see, minimal):
    upload(minimal)
    main = see(f"/dataset/{minimal['name']}").select_one("main")
    text = main.get_text(" ", strip=True)
    order = [
        text.index(words)
        for words in ("Effectifs des écoles", "Vonnas", "Licence Ouverte", "Une description.", "Télécharger")
    ]
    # The producer is also in the breadcrumb, before the title: only what follows it counts.
    assert order[2:] == sorted(order[2:])
    folded = main.select("details")[-1]
    assert not folded.has_attr("open")
    assert minimal["id"] in folded.get_text()
    assert minimal["id"] not in "".join(main.find_all(string=lambda s: not s.find_parent("details")))


def test_each_file_has_one_download_button(see, minimal):
    resources = [upload(minimal, name=f"effectifs-{year}.csv") for year in (2025, 2026)]
    page = see(f"/dataset/{minimal['name']}")
    assert [a["href"] for a in page.select(".ca3b-file .btn-primary")] == [f"/fichiers/{r['id']}" for r in resources]
    assert "octets" in page.select_one(".ca3b-file").get_text()


def test_markdown_of_a_description_is_shown_and_scripts_are_not(see, commune):
    notes = "Les **menus** <script>alert(1)</script> [lien](javascript:alert(1))"
    dataset = factories.Dataset(owner_org=commune["id"], **{**MINIMAL, "notes": notes})
    described = see(f"/dataset/{dataset['name']}").select_one(".notes")
    assert described.select_one("strong").get_text() == "menus"
    assert not described.select("script")
    assert not [a for a in described.select("a") if "javascript" in (a.get("href") or "")]


def test_an_address_that_is_no_web_address_is_never_a_link(see, commune):
    dataset = factories.Dataset(owner_org=commune["id"], **MINIMAL)
    factories.Resource(package_id=dataset["id"], url="javascript:alert(1)", url_type="", name="Piège")
    page = see(f"/dataset/{dataset['name']}")
    assert not [a for a in page.select("a") if (a.get("href") or "").startswith("javascript")]


def test_titles_breadcrumb_and_structured_data(see, minimal):
    page = see(f"/dataset/{minimal['name']}")
    assert page.title.get_text().startswith("Effectifs des écoles – Données ouvertes")
    assert page.html["lang"] == "fr"
    assert [li.get_text(strip=True) for li in page.select(".breadcrumb li")] == [
        "Accueil",
        "Jeux de données",
        "Vonnas",
        "Effectifs des écoles",
    ]
    described = [json.loads(script.string) for script in page.select('script[type="application/ld+json"]')]
    assert any("Effectifs des écoles" in json.dumps(one, ensure_ascii=False) for one in described)
    assert len(page.select("main")) == 1
    assert len(page.select("h1")) == 1


def test_a_late_dataset_says_so_in_words(see, commune):
    old = (dt.datetime.now(dt.UTC).date() - dt.timedelta(days=60)).isoformat()
    dataset = factories.Dataset(owner_org=commune["id"], frequency=f"{EU}frequency/WEEKLY", modified=old, **MINIMAL)
    words = see(f"/dataset/{dataset['name']}").select_one(".ca3b-lead").get_text(" ", strip=True)
    assert "Mise à jour en retard" in words or "En retard" in words
    assert "chaque semaine" in words


def test_a_file_replaced_today_brings_the_dataset_up_to_date(see, commune):
    dataset = factories.Dataset(
        owner_org=commune["id"], frequency=f"{EU}frequency/WEEKLY", modified="2020-01-01", **MINIMAL
    )
    upload(dataset)
    assert see(f"/dataset/{dataset['name']}").select_one(".ca3b-state.on-time")


def test_the_date_of_a_linked_file_is_the_producers_not_ours():
    day = dataset_page.updated(
        {
            "modified": "2021-06-01",
            "metadata_modified": "2026-11-22T10:00:00",
            "resources": [{"url_type": "", "created": "2026-11-22"}],
        }
    )
    assert day == dt.date(2021, 6, 1)


def test_a_private_dataset_is_not_shown(see, commune):
    dataset = factories.Dataset(owner_org=commune["id"], private=True, **MINIMAL)
    page = see(f"/dataset/{dataset['name']}", status=404)
    assert page.select_one("h1").get_text(strip=True) == "Cette page n'existe pas"


def test_who_did_what_names_the_clerk(see, commune, clerk):
    dataset = helpers.call_action(
        "package_create",
        context={"user": clerk["name"], "ignore_auth": False},
        name="qui-a-fait-quoi",
        title="Effectifs",
        owner_org=commune["id"],
        **MINIMAL,
    )
    assert "Camille Agent" in see(f"/dataset/activity/{dataset['name']}").select_one("main").get_text()
