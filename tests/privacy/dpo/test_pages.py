"""The pages of the DPO: what waits, one file, values one by one, the form, the alerts, the register."""

from __future__ import annotations

import csv
import io
import json

import pytest
from bs4 import BeautifulSoup
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.ca3b.privacy.dpo import exports, ledger
from ckanext.ca3b.rgpd import DETECTORS

from .conftest import CANARIES, HELD, OPEN, REASON, upload

pytestmark = pytest.mark.usefixtures("portal", "dpo")


@pytest.fixture
def press(app, dpo):
    """Send a form as the DPO, or as somebody else."""

    def post(address, data, user=None, **given):
        return app.post(address, params=data, headers={"Authorization": (user or dpo)["token"]}, **given)

    return post


def soup(answer):
    return BeautifulSoup(answer.body, "html.parser")


def alert(resource, message="On y voit des noms d’élèves."):
    given = {"resource_id": resource["id"], "message": message, "contact": "citoyen@exemple.fr"}
    return call_action("ca3b_alert_create", context={"user": ""}, **given)


def test_the_queue_shows_what_waits_and_from_which_commune(send, see):
    resource = send(HELD)
    send(OPEN, "parkings.csv")
    page = see("/rgpd")
    (file,) = page.select(".ca3b-dpo-file")
    assert file.select_one(f"a[href='/rgpd/fichiers/{resource['id']}']")
    assert "Viriat" in file.get_text()
    assert "Écoles de Viriat" in file.get_text()


def test_a_reported_file_comes_first_then_the_longest_waiting(send, see):
    first, second = send(HELD, "un.csv"), send(HELD, "deux.csv")
    reported = send(OPEN, "parkings.csv")
    alert(reported)
    links = [one["href"].rsplit("/", 1)[-1] for one in see("/rgpd").select(".ca3b-dpo-file h2 a")]
    assert links == [reported["id"], first["id"], second["id"]]


def test_the_queue_is_filtered_by_commune_words_and_state(send, see, decide, neighbour):
    resource = send(HELD)
    other = call_action("organization_show", id="attignat")
    assert len(see("/rgpd?q=écoles").select(".ca3b-dpo-file")) == 1
    assert see("/rgpd?q=100%25").select(".ca3b-dpo-file") == []
    assert see(f"/rgpd?organization={other['id']}").select(".ca3b-dpo-file") == []
    assert see("/rgpd?state=refused").select(".ca3b-dpo-file") == []
    decide(resource, "refuse")
    assert len(see("/rgpd?state=refused").select(".ca3b-dpo-file")) == 1
    assert see("/rgpd").select(".ca3b-dpo-file") == []


def test_a_file_of_a_draft_is_judged_too(commune, as_clerk, see, decide, gate):
    draft = call_action(
        "package_create", context=dict(as_clerk), title="Brouillon", notes="…", owner_org=commune["id"], state="draft"
    )
    given = {"package_id": draft["id"], "name": "Cantine", "upload": upload(HELD, "cantine.csv")}
    resource = call_action("resource_create", context=dict(as_clerk), **given)
    assert len(see("/rgpd").select(".ca3b-dpo-file")) == 1
    assert see(f"/rgpd/fichiers/{resource['id']}").select(".ca3b-fault")
    decide(resource, "authorise", ground="law")
    assert gate(resource)["open"]


def test_the_page_of_a_file_says_what_where_why_and_how_sure_but_no_value(send, see, gate):
    resource = send(HELD)
    page = see(f"/rgpd/fichiers/{resource['id']}")
    held = [one for one in gate(resource)["scan"]["findings"] if one["decision"] != "pass"]
    assert len(page.select(".ca3b-fault")) == len(held)
    words = page.get_text()
    for one in held:
        assert one["column"] in words
        assert one["reason"] in words
        assert DETECTORS[one["category"]].ground in words
    assert "Ligne 2" in words
    assert [canary for canary in CANARIES if canary in str(page)] == []


def test_the_shape_of_a_value_is_shown_and_nothing_more(send, see):
    page = see(f"/rgpd/fichiers/{send(HELD)['id']}")
    shapes = {one.get_text() for one in page.select(".ca3b-dpo-hidden")}
    assert "•• •• •• •• ••" in shapes
    assert "••/••/••••" in shapes


def test_values_are_shown_one_by_one_and_each_time_written_in_the_register(send, see, press, dpo):
    resource = send(HELD)
    page = see(f"/rgpd/fichiers/{resource['id']}")
    form = page.select_one(".ca3b-dpo-values form")
    data = {one["name"]: one["value"] for one in form.select("input[type=hidden]") if one["name"] != "_csrf_token"}
    answer = press(form["action"].split("#")[0], data)
    shown = soup(answer).select(".ca3b-dpo-values strong")
    assert [one.get_text() for one in shown] == ["Zéphyrine Canarivalle"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Canarivalle" not in str(see(f"/rgpd/fichiers/{resource['id']}"))
    (line,) = [one for one in ledger.lines() if one["event"] == "reveal"]
    assert (line["actor"], line["sha256"], line["details"]["row"]) == (dpo["name"], resource["hash"], 1)
    assert line["details"]["column"] == "eleve"


@pytest.mark.parametrize(
    "wrong", [{"row": "999999"}, {"row": "0"}, {"row": "x"}, {"finding": "99"}, {"finding": "-1"}, {"sha256": "0" * 64}]
)
def test_only_what_was_located_in_these_bytes_is_shown(send, press, wrong):
    resource = send(HELD)
    data = {"sha256": resource["hash"], "finding": "0", "row": "1", **wrong}
    answer = press(f"/rgpd/fichiers/{resource['id']}/montrer", data, status=400)
    assert not soup(answer).select(".ca3b-dpo-values strong")
    assert [one for one in ledger.lines() if one["event"] == "reveal"] == []


def test_the_clerk_may_show_a_value_of_their_own_file_and_others_may_not(app, send, clerk, neighbour):
    resource = send(HELD)
    data = {"resource_id": resource["id"], "sha256": resource["hash"], "finding": 0, "row": 2}
    shown = app.post("/api/action/ca3b_dpo_reveal", json=data, headers={"Authorization": clerk["token"]})
    assert shown.json["result"]["value"]
    for headers in ({}, {"Authorization": neighbour["token"]}):
        app.post("/api/action/ca3b_dpo_reveal", json=data, headers=headers, status=403)
    assert [one["actor"] for one in ledger.lines() if one["event"] == "reveal"] == [clerk["name"]]


def test_a_value_of_a_json_document_is_found_again(send, gate, as_dpo):
    people = [{"nom": "Lilou Martinet", "tel": "06 39 98 55 21"}, {"nom": "Gabriel Perrin", "tel": "06 39 98 12 66"}]
    resource = send(json.dumps({"eleves": people}).encode(), "eleves.json")
    findings = gate(resource)["scan"]["findings"]
    number = next(place for place, one in enumerate(findings) if one["category"] == "phone")
    given = {"resource_id": resource["id"], "sha256": resource["hash"], "finding": number, "row": 2}
    assert call_action("ca3b_dpo_reveal", context=dict(as_dpo), **given) == {"value": "06 39 98 12 66"}


def test_the_dpo_signs_on_the_page(send, press, see, gate):
    resource = send(HELD)
    address = f"/rgpd/fichiers/{resource['id']}"
    page = see(address)
    assert page.select_one("form input[name=sha256]")["value"] == resource["hash"]
    data = {"sha256": resource["hash"], "kind": "authorise", "ground": "law", "reason": REASON}
    press(address, data, follow_redirects=False, status=302)
    assert gate(resource)["open"]
    assert REASON in see(address).select_one(".ca3b-dpo-history").get_text()


def test_what_was_wrong_in_the_form_is_told_at_its_field_and_nothing_is_lost(send, press, gate):
    resource = send(HELD)
    data = {"sha256": resource["hash"], "kind": "authorise", "ground": "", "reason": REASON}
    page = soup(press(f"/rgpd/fichiers/{resource['id']}", data, status=400))
    assert page.select_one("[role=alert] a[href='#dpo-ground']")
    assert page.select_one("#dpo-ground")["aria-invalid"] == "true"
    assert page.select_one("#dpo-reason").get_text() == REASON
    assert page.select_one("#dpo-kind-authorise").has_attr("checked")
    assert not gate(resource)["open"]


def test_the_file_is_closed_and_reopened_on_its_page(send, press, gate):
    resource = send(OPEN, "parkings.csv")
    address = f"/rgpd/fichiers/{resource['id']}"
    press(f"{address}/fermer", {"reason": "court"}, status=400)
    assert gate(resource)["open"]
    press(f"{address}/fermer", {"reason": REASON}, follow_redirects=False, status=302)
    assert gate(resource)["state"] == "closed"
    press(f"{address}/rouvrir", {"reason": REASON}, follow_redirects=False, status=302)
    assert gate(resource)["open"]


def test_an_alert_is_read_and_filed_by_the_dpo_alone(app, send, see, press, clerk):
    resource = send(OPEN, "parkings.csv")
    given = alert(resource)
    page = see("/rgpd/alertes")
    assert "On y voit des noms d’élèves." in page.get_text()
    assert "citoyen@exemple.fr" in page.get_text()
    app.get("/rgpd/alertes", headers={"Authorization": clerk["token"]}, status=403)
    press(f"/rgpd/alertes/{given['id']}", {}, user=clerk, status=403)
    press(f"/rgpd/alertes/{given['id']}", {}, follow_redirects=False, status=302)
    assert "On y voit" not in see("/rgpd/alertes").get_text()
    filed = see("/rgpd/alertes?state=closed").get_text()
    assert "On y voit" in filed
    assert "citoyen@exemple.fr" not in filed
    assert [one["event"] for one in ledger.lines()][-1] == "alert_handled"


def test_the_register_is_read_filtered_and_taken_away(send, decide, see, app, dpo):
    resource = send(HELD)
    decide(resource, "refuse")
    page = see("/rgpd/registre")
    assert len(page.select(".ca3b-dpo-lines > li")) == len(list(ledger.lines()))
    only = see("/rgpd/registre?event=decision")
    assert len(only.select(".ca3b-dpo-lines > li")) == 1
    assert REASON in only.get_text()
    as_dpo = {"Authorization": dpo["token"]}
    answer = app.get("/rgpd/registre.csv?event=decision", headers=as_dpo)
    rows = list(csv.DictReader(io.StringIO(answer.body.encode().decode("utf-8-sig"))))
    assert [one["event"] for one in rows] == ["decision"]
    document = app.get("/rgpd/registre.pdf", headers=as_dpo)
    assert document.data.startswith(b"%PDF-")
    assert [one["event"] for one in ledger.lines()][-2:] == ["export", "export"]


def test_each_part_of_a_long_pdf_is_offered_and_none_is_given_for_all(send, see, app, dpo, monkeypatch):
    monkeypatch.setattr(exports, "PDF_LINES", 2)
    for number in range(3):
        send(HELD, f"cantine-{number}.csv")
    as_dpo = {"Authorization": dpo["token"]}
    parts = [one["href"] for one in see("/rgpd/registre").select("#register-parts a")]
    assert len(parts) == exports.parts(len(list(ledger.lines()))) > 1
    for part in parts:
        answer = app.get(part, headers=as_dpo)
        assert answer.data.startswith(b"%PDF-")
        assert "partie" in answer.headers["Content-Disposition"]
    page = soup(app.get("/rgpd/registre.pdf", headers=as_dpo, status=400))
    assert page.select_one("[role=alert] a[href='#register-parts']")
    assert page.select_one("#register-parts[open]")


def test_a_day_that_is_no_day_is_told_on_the_page(app, dpo):
    as_dpo = {"Authorization": dpo["token"]}
    page = soup(app.get("/rgpd/registre?since=hier", headers=as_dpo))
    assert page.select_one("[role=alert] a[href='#register-since']")
    app.get("/rgpd/registre.csv?since=hier", headers=as_dpo, status=400)


def test_the_register_is_verified_on_its_page(send, press):
    send(HELD)
    head = str(ledger.head())
    sound = soup(press("/rgpd/registre", {"head": head})).select_one("#verdict")
    assert "alert-success" in sound["class"]
    wrong = soup(press("/rgpd/registre", {"head": head[:-1] + ("0" if head[-1] != "0" else "1")}))
    assert "alert-danger" in wrong.select_one("#verdict")["class"]
    press("/rgpd/registre", {"head": "n’importe quoi"}, status=400)


PAGES = ["/rgpd", "/rgpd/alertes", "/rgpd/registre", "/rgpd/registre.csv", "/rgpd/registre.pdf"]


@pytest.mark.parametrize("address", PAGES)
def test_a_visitor_is_asked_to_sign_in_and_others_are_refused(app, clerk, address):
    asked = app.get(address, follow_redirects=False)
    assert (asked.status_code, "/user/login" in asked.headers["Location"]) == (302, True)
    app.get(address, headers={"Authorization": clerk["token"]}, status=403)


def test_the_page_of_a_file_is_the_dpos_alone(app, send, clerk, neighbour):
    resource = send(HELD)
    for user in (clerk, neighbour, factories.SysadminWithToken()):
        app.get(f"/rgpd/fichiers/{resource['id']}", headers={"Authorization": user["token"]}, status=403)
    assert app.get(f"/rgpd/fichiers/{resource['id']}", follow_redirects=False).status_code in {302, 403}


def test_an_unknown_file_is_not_found(app, dpo):
    app.get("/rgpd/fichiers/inconnu", headers={"Authorization": dpo["token"]}, status=404)


def test_the_menu_leads_the_dpo_to_what_waits_and_nobody_else(send, see, clerk):
    send(HELD)
    link = see("/").select_one(".ca3b-account a[href='/rgpd']")
    assert "1" in link.get_text()
    assert see("/", clerk).select(".ca3b-account a[href='/rgpd']") == []


def test_the_pages_of_the_dpo_lead_to_each_other_in_their_own_words(see):
    words = [one.get_text(strip=True) for one in see("/rgpd").select(".ca3b-dpo-nav a")]
    assert words == ["Fichiers", "Alertes des citoyens", "Registre"]
