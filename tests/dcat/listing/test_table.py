"""The catalogue as a table: what the checker says of it, who is in it, who is not."""

from __future__ import annotations

import csv
import io

import pytest
from ckan.tests.helpers import call_action

from ckanext.ca3b.tables import read, schemas
from ckanext.ca3b.tables.checking import check
from tests.dcat.outside import CLEAR, HELD, TITLE, acting, assert_kept_well

ODD = [
    {},
    {"notes": '=HYPERLINK("http://mal.exemple")\n\n- une liste\n- d’éléments', "frequency": "WEEKLY"},
    {"temporal_coverage": [{"start": "2024-01-01", "end": "2024-12-31"}, {"start": "2025-06-01", "end": ""}]},
    {"temporal_coverage": [{"start": "", "end": "2019"}], "communes": ["01451"], "license_id": "odc-odbl"},
    {"communes": ["01451", "01024"], "theme": ["TRAN", "ENVI"], "tag_string": "vélo, cycle"},
    {"spatial_coverage": [{"text": "Bassin ; de la Reyssouze"}], "license_id": "cc-by-4.0", "issued": "2020"},
]


@pytest.fixture
def table(ask, tmp_path):
    """Ask for a table; gives its rows and what the checker says of it."""

    def get(url="/catalogue.csv"):
        path = tmp_path / "catalogue.csv"
        path.write_bytes(ask(url).data)
        rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
        return rows, check(read(path), schemas.load("scdl-catalogue"))

    return get


@pytest.mark.parametrize("fields", ODD, ids=range(len(ODD)))
def test_a_row_follows_the_schema_whatever_its_dataset_says(publish, table, fields):
    publish((CLEAR, "parkings.csv"), **fields)
    rows, verdict = table()
    assert verdict.valid, [error.message for error in verdict.errors]
    (row,) = rows
    assert (row["TITRE"], row["NOMBRE_RESSOURCES"], row["FORMAT_RESSOURCES"]) == (TITLE, "1", "CSV")
    assert row["PRODUCTEUR_NOM"] == "Viriat"
    assert not row["DESCRIPTION"].startswith("=")


def test_the_address_in_a_row_leads_to_the_dataset(publish, table, ask):
    dataset = publish((CLEAR, "parkings.csv"))
    (row,), _ = table()
    assert row["URL"].endswith(f"/dataset/{dataset['id']}")


def test_held_files_are_not_counted_and_what_is_not_public_is_not_there(publish, table, patch):
    publish((CLEAR, "parkings.csv"), (HELD, "cantine-eleves.csv"), title="Mêlé")
    publish((HELD, "cantine-eleves.csv"), title="Tout retenu")
    publish(title="Sans fichier")
    gone = publish((CLEAR, "parkings.csv"), title="Brouillon")
    patch(gone, private=True)
    rows, verdict = table()
    assert verdict.valid
    assert [(one["TITRE"], one["NOMBRE_RESSOURCES"]) for one in rows] == [("Mêlé", "1")]


def test_a_producer_has_its_own_and_publishes_it(publish, table, ask, neighbour):
    publish((CLEAR, "parkings.csv"))
    theirs = call_action("organization_show", context={"ignore_auth": True}, id="attignat")
    call_action(
        "package_create", context=acting(neighbour), title="Écoles", notes="x", owner_org=theirs["id"],
        resources=[{"name": "a", "url": "https://exemple.fr/a.csv", "format": "CSV"}],
    )  # fmt: skip
    rows, _ = table("/organization/attignat/catalogue.csv")
    assert [(one["TITRE"], one["COLL_NOM"]) for one in rows] == [("Écoles", "Attignat")]
    assert len(table()[0]) == 2
    assert "organisme" in ask("/organization/nulle-part/catalogue.csv", 404).get_data(as_text=True).lower()


def test_an_empty_catalogue_has_its_columns(portal, ask):
    text = ask("/catalogue.csv").data.decode("utf-8-sig")
    assert text.strip().split(",") == list(schemas.load("scdl-catalogue").field_names)


def test_it_is_kept_well_and_is_another_one_when_a_dataset_leaves(publish, ask, patch):
    dataset = publish((CLEAR, "parkings.csv"))
    assert_kept_well(ask, "/catalogue.csv")
    tag = ask("/catalogue.csv").headers["ETag"]
    patch(dataset, private=True)
    assert ask("/catalogue.csv", If_None_Match=tag).headers["ETag"] != tag
