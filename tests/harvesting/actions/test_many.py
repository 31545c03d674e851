"""Seventy-four sources by one table: all of it or nothing, what is wrong said by line and column."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import pytest
from ckan.tests.helpers import call_action

from ckanext.ca3b.harvesting.store import sources
from tests.harvesting import engine

HEADER = "adresse;commune;organisation;titre;type;calendrier\n"


def create(text: str | bytes):
    return call_action("ca3b_harvest_source_create_many", context=engine.operator(), csv=text)["created"]


def test_each_line_with_an_address_is_a_draft(towns):
    made = create(
        "\ufeff" + HEADER + "https://viriat.example/catalog.ttl;Viriat;;Portail de Viriat;;chaque semaine\n"
        ";01024;;Attignat;;\n"
        "https://attignat.example/;;Attignat;;CKAN;à la main\n"
    )
    told = {(one["owner"]["name"], one["commune"], one["schedule"], one["kind"], one["state"]) for one in made}
    assert told == {("viriat", "01451", "weekly", "", "draft"), ("attignat", "01024", "manual", "ckan", "draft")}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_table_is_read_as_spreadsheets_save_it(towns, encoding):
    (made,) = create((HEADER + "https://viriat.example/;Viriat;;Données de l’été;;\n").encode(encoding))
    assert made["title"] == "Données de l’été"


def test_one_wrong_line_and_none_is_made(towns):
    with pytest.raises(tk.ValidationError) as error:
        create(
            "adresse,commune\nhttps://viriat.example/a.ttl,Viriat\n"
            "https://attignat.example/,Atlantide\nftp://x.example,Viriat\nhttps://viriat.example/a.ttl/,Viriat\n"
        )
    told = error.value.error_dict["csv"]
    assert [one.split(":")[0] for one in told] == [
        "Line 3, column “commune”",
        "Line 4, column “adresse”",
        "Line 5, column “adresse”",
    ]
    assert sources.listed() == []


@pytest.mark.parametrize("text", ["", HEADER, "commune;titre\nViriat;x\n", HEADER + ";Viriat;;;;\n"])
def test_a_table_that_names_no_source_is_refused(towns, text):
    with pytest.raises(tk.ValidationError):
        create(text)
