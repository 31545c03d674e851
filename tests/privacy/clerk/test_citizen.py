"""A citizen reports personal data on a file page: the DPO alone reads it, programs and floods are not taken."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import call_action

from ckanext.ca3b.privacy.clerk.alerts import alert_created
from ckanext.ca3b.privacy.model import Alert, Line

WORDS = "Ligne 12 : le téléphone portable de ma voisine Mme Zébulon."


@pytest.fixture
def alerts():
    """The alerts of a file."""
    return lambda resource: model.Session.query(Alert).filter_by(resource_id=resource["id"]).all()


@pytest.fixture
def report(app):
    """Send the form as a visitor; gives the answer."""

    def post(resource, address="192.0.2.7", **given):
        headers = {"X-Forwarded-For": address}
        params = {"message": WORDS, **given}
        url = f"/fichiers/{resource['id']}/signaler"
        return app.post(url, params=params, headers=headers, follow_redirects=False)

    return post


def test_a_report_is_kept_for_the_dpo_and_the_visitor_is_thanked(app, send, report, alerts):
    resource = send()
    answer = report(resource, contact="citoyen@exemple.fr")
    assert answer.status_code == 302
    (alert,) = alerts(resource)
    assert (alert.message, alert.contact, alert.state) == (WORDS, "citoyen@exemple.fr", "open")
    assert len(BeautifulSoup(app.get(answer.headers["Location"]).body, "html.parser").select("h1")) == 1


def test_the_register_says_that_a_file_was_reported_but_not_in_whose_words(send, report, alerts):
    resource = send()
    report(resource, contact="citoyen@exemple.fr")
    (line,) = model.Session.query(Line).filter_by(resource_id=resource["id"], event="takedown_request").all()
    (alert,) = alerts(resource)
    assert (line.actor, line.details) == ("", {"alert": alert.id})
    said = json.dumps([line.actor, line.details, line.resource_id], ensure_ascii=False)
    assert not any(secret in said for secret in ("Zébulon", "citoyen", "192.0.2.7"))


def test_those_who_listen_are_told_which_file_and_never_what_was_said(send, report):
    heard = []

    def listen(sender, **given):
        heard.append((sender, sorted(given)))

    with alert_created.connected_to(listen):
        resource = send()
        report(resource)
    assert heard == [(resource["id"], ["alert"])]


def test_a_program_that_fills_the_hidden_field_is_thanked_and_forgotten(send, report, alerts):
    resource = send()
    answer = report(resource, website="https://spam.example")
    assert answer.status_code == 302
    assert alerts(resource) == []


def test_the_hidden_field_is_hidden_from_people_and_from_screen_readers(app, send):
    page = BeautifulSoup(app.get(f"/fichiers/{send()['id']}/signaler").body, "html.parser")
    trap = page.select_one("input[name=website]")
    assert trap["tabindex"] == "-1"
    assert trap.find_parent(attrs={"aria-hidden": "true"})


def test_one_address_cannot_flood_but_others_are_heard(send, report, alerts, monkeypatch):
    monkeypatch.setitem(tk.config, "ckanext.ca3b.rgpd.reports_per_hour", 2)
    resource = send()
    answers = [report(resource).status_code for _ in range(3)]
    assert answers == [302, 302, 429]
    assert report(resource, "198.51.100.9").status_code == 302
    # Our proxy writes the last address: one that the caller invents before it changes nothing.
    assert report(resource, "203.0.113.1, 192.0.2.7").status_code == 429
    assert len(alerts(resource)) == 3


def test_a_message_too_short_is_told_beside_its_field_and_does_not_count(app, send, report, alerts, monkeypatch):
    monkeypatch.setitem(tk.config, "ckanext.ca3b.rgpd.reports_per_hour", 1)
    resource = send()
    answer = report(resource, message="ici", contact="citoyen@exemple.fr")
    assert answer.status_code == 400
    page = BeautifulSoup(answer.body, "html.parser")
    field = page.select_one("textarea[name=message]")
    assert field["aria-invalid"] == "true"
    assert page.find(id=field["aria-describedby"].split()[-1]).get_text(strip=True)
    assert page.select_one("input[name=contact]")["value"] == "citoyen@exemple.fr"
    assert report(resource).status_code == 302
    assert len(alerts(resource)) == 1


def test_a_file_that_the_visitor_may_not_know_of_is_not_reported(app, send, as_clerk, dataset, report):
    resource = send()
    call_action("package_patch", context=dict(as_clerk), id=dataset["id"], private=True)
    assert app.get(f"/fichiers/{resource['id']}/signaler", status=404)
    assert report(resource).status_code == 404
    with pytest.raises(tk.NotAuthorized):
        call_action(
            "ca3b_alert_create", context={"user": "", "ignore_auth": False}, resource_id=resource["id"], message=WORDS
        )
    assert app.get("/fichiers/inconnu/signaler", status=404)


def test_the_file_page_leads_to_the_form(app, send, dataset):
    resource = send()
    page = BeautifulSoup(app.get(f"/dataset/{dataset['name']}/resource/{resource['id']}").body, "html.parser")
    assert page.select(f"a[href$='/fichiers/{resource['id']}/signaler']")
