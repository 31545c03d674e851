"""Every value of a file is in its table, in the type that was read and under a name that the DataStore takes."""

from __future__ import annotations

import datetime as dt
import io
import random
from decimal import Decimal

import pytest
from ckan.tests import helpers
from ckanext.datastore.helpers import is_valid_field_name
from sqlalchemy.exc import StatementError

from ckanext.ca3b.serving.store import names
from ckanext.ca3b.tables import models, schemas

from .conftest import rows, stored, sysadmin, table

pytestmark = [
    pytest.mark.ckan_config("ckan.views.default_views", ""),
    pytest.mark.usefixtures("portal", "with_plugins"),
]


moment = dt.datetime.fromisoformat


def test_every_value_is_kept_in_the_type_that_was_read(dataset):
    resource = table(dataset)
    fields = {one["id"]: one["type"] for one in rows(resource)["fields"]}
    assert fields == {
        "_id": "int", "nom": "text", "code": "text", "effectif": "int8", "surface": "numeric", "ouverture": "date",
        "cantine": "bool",
    }  # fmt: skip
    first, second, third = (row[2:] for row in stored(resource))
    assert first == ("École des Lilas", "01004", 112, Decimal("1204.50"), dt.date(1987, 9, 3), True)
    assert second[2:4] == (640, Decimal("12345.25"))
    assert third[2] is None
    # The decimals of the file, the last zero too.
    assert str(first[3]) == "1204.50"


def test_what_the_schema_says_is_text_stays_text(dataset):
    text = io.BytesIO()
    models.write_example_csv(schemas.load("scdl-deliberations"), text)
    resource = table(dataset, text.getvalue(), "deliberations.csv")
    fields = {one["id"]: one["type"] for one in rows(resource)["fields"]}
    assert (fields["DELIB_MATIERE_CODE"], fields["DELIB_DATE"], fields["VOTE_POUR"]) == ("text", "date", "int8")


HOSTILE = [
    "_id", "nom", "nom", "l’été \"cité\"", "é" * 80, "é" * 80, "  ", "%(x)s", "a;b", "_full_text", "rank", "col\tonne",
    "'; DROP TABLE x; --", ":lié", "\\", "N" * 63 + "1", "N" * 63 + "2",
]  # fmt: skip


def test_hostile_names_of_columns_are_made_legal_and_their_header_kept(dataset):
    header = ",".join('"' + name.replace('"', '""') + '"' for name in HOSTILE)
    resource = table(dataset, header + "\n" + ",".join(f"v{n} x" for n in range(len(HOSTILE))) + "\n")
    fields = rows(resource)["fields"][1:]
    assert len(fields) == len(HOSTILE)
    assert len({one["id"] for one in fields}) == len(HOSTILE)
    assert all(len(one["id"].encode()) <= 63 and not one["id"].startswith("_") for one in fields)
    assert fields[3]["info"]["label"] == HOSTILE[3]
    assert fields[4]["info"]["label"].startswith("é" * 80)
    record = rows(resource)["records"][0]
    assert [record[one["id"]] for one in fields] == [f"v{n} x" for n in range(len(HOSTILE))]


def test_names_are_legal_whatever_the_header():
    chance = random.Random(4)
    alphabet = 'aé_"\t\u200b %漢🎈\x00 '
    for _ in range(300):
        headers = ["".join(chance.choices(alphabet, k=chance.randrange(70))) for _ in range(6)]
        given = names.legal(headers)
        assert len(set(given)) == 6
        for name in given:
            assert is_valid_field_name(name)
            assert len(name.encode()) <= 63


def test_ckan_still_takes_a_colon_in_a_name_for_a_parameter(dataset):
    """When this fails, names of columns may keep their colons."""
    fields = [{"id": ":a", "type": "text"}]
    with pytest.raises(StatementError):
        helpers.call_action(
            "datastore_create", context=sysadmin(), resource={"package_id": dataset["id"]}, fields=fields
        )


def test_a_table_without_row_has_its_columns(dataset):
    resource = table(dataset, "nom;date\n")
    assert [one["id"] for one in rows(resource)["fields"]] == ["_id", "nom", "date"]
    assert rows(resource)["total"] == 0


TRICKY = [
    "\\", "\\N", "\\.", "a\\nb", "tab\tici", "deux\nlignes", "retour\r\nchariot", "''", '"', "é\u202fè", "NULL",
    "%s %(a)s",
    "\x08\x0b\x0c", "🎈", " blanc devant", "=1+1", "a" * 9000,
]  # fmt: skip


def test_texts_that_copy_would_change_come_back_as_written(dataset):
    lines = "".join('"' + value.replace('"', '""') + '";x\n' for value in TRICKY)
    resource = table(dataset, "texte;autre\n" + lines)
    assert [row[2] for row in stored(resource)] == TRICKY


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (["-0,00", "1,5"], [Decimal("0.00"), Decimal("1.5")]),
        (["999999999999", "-1"], [999999999999, -1]),
        (["1\u202f204,50", "-1\u00a0000\u00a0000,25"], [Decimal("1204.50"), Decimal("-1000000.25")]),
        (["12345678901234567890", "1"], ["12345678901234567890", "1"]),
        (["0,0000001", "0,1"], [Decimal("0.0000001"), Decimal("0.1")]),
        (["2024-02-29T23:59:59", "2024-03-01T00:00:00"], [moment("2024-02-29T23:59:59"), moment("2024-03-01")]),
        (
            ["2024-02-29T23:59:59.250000", "2024-03-01T00:00:00.000000"],
            [moment("2024-02-29T23:59:59.250000"), moment("2024-03-01T00:00:00")],
        ),
        (
            ["2024-02-29T23:59:59+02:00", "2024-03-01T00:00:00Z"],
            [moment("2024-02-29T21:59:59+00:00"), moment("2024-03-01T00:00:00+00:00")],
        ),
        (["31/12/1066", "1/1/2024"], [dt.date(1066, 12, 31), dt.date(2024, 1, 1)]),
    ],
)  # fmt: skip
def test_numbers_and_moments_are_neither_rounded_nor_shifted(dataset, written, kept):
    resource = table(dataset, "nom;valeur\n" + "".join(f"n;{value}\n" for value in written))
    assert [row[3] for row in stored(resource)] == kept


def test_a_thousand_columns_are_served(dataset):
    header = ";".join(f"c{n}" for n in range(1000))
    resource = table(dataset, f"{header}\n" + ";".join(f"mot {n}" for n in range(1000)) + "\n")
    assert len(rows(resource)["fields"]) == 1001
