"""The description of a dataset is public at once: what in it looks like a person's is pointed out to its own people."""

from __future__ import annotations

import pytest
from ckan.tests.helpers import call_action

HARMLESS = b"lieu;places\r\nParking de la Gare;120\r\n"
WORDS = "La description elle-même est publique aussitôt"


@pytest.fixture
def read(app):
    """Read the page of a dataset as somebody."""

    def page(dataset_id, user=None):
        headers = {"Authorization": user["token"]} if user else {}
        return app.get(f"/dataset/{dataset_id}", headers=headers).body

    return page


@pytest.fixture
def described(send, as_clerk):
    """A dataset with a file, described in these words."""

    def describe(**fields):
        resource = send(HARMLESS, "parkings.csv")
        call_action("package_patch", context=dict(as_clerk), id=resource["package_id"], **fields)
        return resource["package_id"]

    return describe


def test_a_personal_address_in_the_description_is_pointed_out_to_its_people_only(described, read, clerk):
    dataset = described(notes="Écrire à claire.bouvard@orange.fr pour toute question.")
    page = read(dataset, clerk)
    assert WORDS in page
    assert "préférez celle d’un service" in page
    assert WORDS not in read(dataset)


def test_a_description_without_anybody_is_left_alone(described, read, clerk):
    assert WORDS not in read(described(notes="Écrire à mairie@viriat.fr pour toute question."), clerk)
