"""A clerk signs in and finds what to do, the datasets of the commune, and the button to publish."""

from __future__ import annotations

import datetime as dt

import pytest
from ckan.tests import factories

from ckanext.ca3b import desk

from .conftest import MINIMAL, upload

pytestmark = [
    pytest.mark.ckan_config("ckan.views.default_views", ""),
    pytest.mark.usefixtures("portal", "with_plugins"),
]


def signed(user):
    return {"headers": {"Authorization": user["token"]}}


def test_the_desk_asks_to_sign_in(app):
    answer = app.get("/bureau", follow_redirects=False)
    assert answer.status_code == 302
    assert "/user/login" in answer.headers["Location"]


def test_the_full_form_is_that_of_the_clerks_own_commune(app, commune, clerk):
    answer = app.get("/publier/formulaire", follow_redirects=False, **signed(clerk))
    assert answer.headers["Location"].endswith(f"/dataset/new?group={commune['id']}")


def test_an_account_without_commune_is_told_so(see):
    page = see("/publier", **signed(factories.UserWithToken()))
    assert "ne peut pas encore publier" in page.get_text() or "pas encore" in page.get_text()


def test_the_desk_shows_the_communes_datasets_private_ones_too_and_no_others(see, commune, clerk):
    upload(factories.Dataset(owner_org=commune["id"], title="Public", **MINIMAL))
    upload(factories.Dataset(owner_org=commune["id"], title="En préparation", private=True, **MINIMAL))
    factories.Dataset(owner_org=factories.Organization()["id"], title="Ailleurs", **MINIMAL)
    titles = {a.get_text(strip=True) for a in see("/bureau", **signed(clerk)).select('.ca3b-table th[scope="row"] a')}
    assert titles == {"Public", "En préparation"}


def test_what_is_late_comes_before_what_is_unfinished_and_the_latest_first(app):
    today = dt.date(2026, 11, 22)
    weekly = {"frequency": "WEEKLY", "state": "active"}
    datasets = [
        {"name": "empty", "state": "active", "resources": []},
        {"name": "late", **weekly, "modified": "2026-11-01", "resources": [{}]},
        {"name": "fine", **weekly, "modified": "2026-11-21", "resources": [{}]},
        {"name": "worse", **weekly, "modified": "2026-01-01", "resources": [{}]},
        {"name": "draft", "state": "draft", "resources": []},
    ]
    with app.flask_app.test_request_context():
        found = desk.todo(datasets, today)
    assert [one["dataset"]["name"] for one in found] == ["worse", "late", "empty", "draft"]
    assert found[1]["days"] == 12


def test_nobody_registers_alone(app):
    assert app.get("/user/register").status_code == 403
