"""Whose a catalogue is: told by who publishes it, else by its address, else by nothing."""

from __future__ import annotations

import pytest

from ckanext.ca3b.harvest.model import Agent, Description
from ckanext.ca3b.harvest.normalise.catalogue import commune_of_catalogue
from ckanext.ca3b.territory.core import Territory


@pytest.fixture(scope="module")
def territory() -> Territory:
    return Territory.open("200071751")


def published(*names: str) -> list[Description]:
    return [Description(str(number), publisher=Agent(name=name)) for number, name in enumerate(names)]


def test_the_commune_that_publishes_most_of_it(territory):
    seen = published("Commune de Viriat", "Mairie de Viriat", "Viriat", "Office de tourisme")
    assert commune_of_catalogue(seen, "https://opendata.example.org/", territory) == "01451"


def test_a_portal_of_several_communes_is_nobody_s(territory):
    seen = published("Viriat", "Attignat", "Péronnas", "Viriat")
    assert commune_of_catalogue(seen, "https://viriat.fr/", territory) == ""


@pytest.mark.parametrize(
    "address",
    [
        "https://www.viriat.fr/donnees",
        "https://mairie-viriat.fr/",
        "https://opendata.ville-viriat.fr/catalog.ttl",
        "https://www.data.gouv.fr/organizations/commune-de-viriat/",
        "https://portail.example.org/viriat/catalog.ttl",
        "https://viriat01.fr/",
    ],
)
def test_else_its_address_says(territory, address):
    assert commune_of_catalogue([], address, territory) == "01451"


@pytest.mark.parametrize("address", ["https://data.example.org/", "catalogue.csv", "http://[x/", ""])
def test_else_nothing_does(territory, address):
    assert commune_of_catalogue(published("", ""), address, territory) == ""


def test_publishers_of_elsewhere_are_not_taken_for_ours(territory):
    assert commune_of_catalogue(published("Ville de Nantes"), "https://data.nantes.example/", territory) == ""
