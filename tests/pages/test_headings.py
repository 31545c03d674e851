"""Every page of those who publish says in one main heading what it is."""

from __future__ import annotations

import pytest
from ckan.tests import factories

pytestmark = pytest.mark.usefixtures("portal", "with_plugins", "clean_index")


@pytest.fixture
def operator():
    return factories.SysadminWithToken()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/dataset/new", "Publier des données"),
        ("/dataset/edit/{dataset}", "Effectifs des écoles"),
        ("/dataset/delete/{dataset}", "Confirmer la suppression"),
        ("/dataset/groups/{dataset}", "Thèmes"),
        ("/dataset/{dataset}/resource/new", ""),
        ("/organization/members/{commune}", "Membres"),
        ("/organization/manage_members/{commune}", "Vonnas"),
        ("/organization/about/{commune}", "Vonnas"),
        ("/organization/activity/{commune}", "Qui a fait quoi"),
        ("/user/edit", "Votre compte"),
    ],
)
def test_one_main_heading(see, minimal, commune, operator, address, words):
    page = see(
        address.format(dataset=minimal["name"], commune=commune["name"]),
        headers={"Authorization": operator["token"]},
    )
    (heading,) = page.select("main h1")
    assert words in heading.get_text(" ", strip=True)
    assert heading.get_text(strip=True)


def test_nothing_stands_before_the_form_of_publication(see, commune, clerk):
    page = see("/dataset/new", headers={"Authorization": clerk["token"]})
    assert "Que sont les jeux de données" not in page.get_text()
    assert not page.select_one(".secondary")


def test_a_clerk_cannot_pose_as_another_commune(see, commune, clerk):
    see("/organization/new", status=403, headers={"Authorization": clerk["token"]})
