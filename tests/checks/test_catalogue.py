"""What the reports tell the outgoing catalogue: only what was proved of the present bytes."""

from __future__ import annotations

import csv
import io

from ckanext.ca3b.catalogue import Checked, Conforms
from ckanext.ca3b.checks import catalogue
from ckanext.ca3b.tables import schemas

from .conftest import HEADER, SCHEMA

VALID = (HEADER + "Viriat;01451;F;Louise;7;2025\n").encode()
WRONG = (HEADER + "Viriat;01451;F;Louise;beaucoup;2025\n").encode()


def test_a_file_without_error_follows_its_schema(send):
    resource = send(VALID)
    schema = schemas.load(SCHEMA)
    told = catalogue.facts([resource])[resource["id"]]
    assert told == [Checked(resource["hash"]), Conforms(schema.url, schema.title, schema.version)]
    assert schema.version.lstrip("v") in told[1].uri


def test_a_file_with_errors_was_checked_and_follows_none(send):
    resource = send(WRONG)
    assert catalogue.facts([resource])[resource["id"]] == [Checked(resource["hash"])]


def test_nothing_is_said_of_other_bytes(send, replace):
    before = send(VALID)
    after = replace(before, WRONG)
    assert [type(one) for one in catalogue.facts([after])[after["id"]]] == [Checked]
    assert catalogue.stamps([after]) != catalogue.stamps([before])
    assert catalogue.facts([{**after, "hash": "0" * 64}]) == {}


def test_a_link_has_no_proof(portal):
    assert catalogue.facts([{"id": "x", "url_type": None, "hash": None}]) == {}


def test_a_schema_without_official_address_is_that_of_our_page(send, app):
    name = "agglo-decheteries"
    schema = schemas.load(name)
    out = io.StringIO()
    writer = csv.DictWriter(out, schema.field_names)
    writer.writeheader()
    writer.writerows(schema.samples["valid"])
    resource = send(out.getvalue().encode(), "decheteries.csv")
    conforms = [one for one in catalogue.facts([resource])[resource["id"]] if isinstance(one, Conforms)]
    assert [one.uri.rsplit("/", 1)[1] for one in conforms] == [name]
    assert app.get(conforms[0].uri.split("//", 1)[1].partition("/")[2].join(("/", ""))).status_code == 200
