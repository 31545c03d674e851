"""One address per file, the same after each replacement."""

from __future__ import annotations

import hashlib
import io

import pytest
from ckan.tests import factories, helpers
from werkzeug.datastructures import FileStorage

from ckanext.ca3b import downloads

from .conftest import CSV, MINIMAL, upload

pytestmark = [
    pytest.mark.ckan_config("ckan.views.default_views", ""),
    pytest.mark.usefixtures("portal", "with_plugins"),
]


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_the_address_serves_the_new_bytes_after_a_replacement_under_another_name(app, minimal):
    resource = upload(minimal, CSV, "effectifs 2025 été.csv")
    url = f"/fichiers/{resource['id']}"
    first = app.get(url)
    assert sha256(first.data) == sha256(CSV)

    replacement = "nom;effectif\nÉcole des Tilleuls;98\n".encode() * 5000
    helpers.call_action(
        "resource_patch",
        context={"user": factories.Sysadmin()["name"]},
        id=resource["id"],
        upload=FileStorage(io.BytesIO(replacement), "effectifs-2026.csv"),
    )
    second = app.get(url)
    assert sha256(second.data) == sha256(replacement)
    assert "effectifs-2026.csv" in second.headers["Content-Disposition"]


def test_the_file_is_saved_under_its_name_and_read_as_utf8(app, minimal):
    headers = app.get(f"/fichiers/{upload(minimal, CSV, 'effectifs.csv')['id']}").headers
    assert headers["Content-Type"] == "text/csv; charset=utf-8"
    assert headers["Content-Disposition"] == "attachment; filename=effectifs.csv"
    assert int(headers["Content-Length"]) == len(CSV)
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_that_is_not_utf8_is_not_said_to_be(app, minimal):
    headers = app.get(f"/fichiers/{upload(minimal, 'école;112'.encode('cp1252'))['id']}").headers
    assert headers["Content-Type"] == "text/csv"


@pytest.mark.parametrize(
    ("sample", "expected"),
    [(CSV, True), (CSV[:-1] + "é".encode()[:1], True), ("é".encode("cp1252") + b";", False), (b"", True)],
)
def test_utf8_is_seen_in_a_sample_cut_anywhere(sample, expected):
    assert downloads.is_utf8(sample) is expected


def test_head_says_the_same_without_the_bytes(app, minimal):
    answer = app.flask_app.test_client().head(f"/fichiers/{upload(minimal)['id']}")
    assert answer.status_code == 200
    assert answer.data == b""
    assert int(answer.headers["Content-Length"]) == len(CSV)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"


def test_a_file_of_a_private_dataset_is_refused_to_the_public_and_given_to_its_clerk(app, commune, clerk):
    dataset = factories.Dataset(owner_org=commune["id"], private=True, **MINIMAL)
    url = f"/fichiers/{upload(dataset)['id']}"
    assert CSV not in app.get(url, status=403).data
    assert app.get(url, headers={"Authorization": clerk["token"]}).data == CSV


def test_a_linked_file_leads_to_its_own_address(app, minimal):
    resource = factories.Resource(package_id=minimal["id"], url="https://data.example.org/budget.csv", url_type="")
    answer = app.get(f"/fichiers/{resource['id']}", follow_redirects=False)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "https://data.example.org/budget.csv"


def test_an_unknown_file_is_not_found(app):
    assert app.get("/fichiers/00000000-0000-0000-0000-000000000000").status_code == 404


def test_a_deleted_file_is_not_found(app, minimal):
    resource = upload(minimal)
    helpers.call_action("resource_delete", context={"user": factories.Sysadmin()["name"]}, id=resource["id"])
    assert app.get(f"/fichiers/{resource['id']}").status_code == 404
