"""A file that comes in gets a report of its bytes, by whatever way it comes."""

from __future__ import annotations

import hashlib

import pytest
from ckan.tests.helpers import call_action

from .conftest import SCHEMA, rows, upload

GOOD = rows(SCHEMA, "valid")
BAD = rows(SCHEMA, "invalid")


def test_a_sent_file_is_read_and_checked_at_once(send, report):
    resource = send(GOOD)
    found = report(resource)
    assert found["state"] == "done"
    assert found["sha256"] == resource["hash"] == hashlib.sha256(GOOD).hexdigest()
    assert found["size"] == resource["size"] == len(GOOD)
    assert found["filename"] == "prenoms.csv"
    assert found["reading"]["delimiter"] == ";"
    assert found["reading"]["rows"] == GOOD.count(b"\n") - 1
    assert [column["name"] for column in found["reading"]["columns"]] == GOOD.decode().splitlines()[0].split(";")
    assert found["reading"]["preview"][0] == GOOD.decode().splitlines()[1].split(";")
