"""The pages of composed maps, without a script: a map is made, changed, read and deleted by forms alone."""

from __future__ import annotations

import html
import json
import re

import pytest
from bs4 import BeautifulSoup
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import call_action


@pytest.fixture
def headers(clerk):
    """The clerk, signed in by a token."""
    return {"Authorization": clerk["token"]}


def fields_of(page):
    """What the form of a page would send."""
    form = BeautifulSoup(page.body, "html.parser").select_one(".ca3b-composed form")
    sent = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        if field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            sent[field["name"]] = chosen.get("value", "")
        elif field.name == "textarea":
            sent[field["name"]] = field.text
        elif field.get("type") not in {"radio", "checkbox"} or field.has_attr("checked"):
            sent[field["name"]] = field.get("value", "")
    return sent


def test_a_map_is_made_from_the_form(app, headers, mapped):
    bancs, arbres = mapped("Bancs"), mapped("Arbres")
    page = app.get(f"/cartes/nouvelle?fichier={bancs['id']}", headers=headers)
    sent = fields_of(page) | {"title": "Se reposer", "notes": "À l’ombre."}
    page = app.post("/cartes/nouvelle", data=sent | {"do": f"add:{arbres['id']}/0"}, headers=headers)
    assert [one.text.split()[0] for one in BeautifulSoup(page.body, "html.parser").select(".ca3b-layer legend")] == [
        "Arbres", "Bancs",
    ]  # fmt: skip
    page = app.post("/cartes/nouvelle", data=fields_of(page) | {"do": "down:1"}, headers=headers)
    sent = fields_of(page) | {"state": "published", "do": "save"}
    page = app.post("/cartes/nouvelle", data=sent, headers=headers)
    assert "Se reposer" in page.body
    drawn = BeautifulSoup(app.get("/cartes/se-reposer").body, "html.parser").select_one("[data-module-layers]")
    layers = json.loads(html.unescape(drawn["data-module-layers"]))
    assert [one["title"] for one in layers] == ["Arbres", "Bancs"]


def test_nothing_typed_is_lost_when_something_is_wrong(app, headers, mapped):
    sent = {"title": "", "notes": "Un long texte.", "do": "save", "layers__0__resource_id": mapped()["id"]}
    page = app.post("/cartes/nouvelle", data=sent, headers=headers, status=400)
    assert "Un long texte." in page.body
    assert re.search(r"layers__0__resource_id", page.body)


@pytest.mark.parametrize(
    "sent",
    [
        {"do": "up:99"}, {"do": "remove:-1"}, {"do": "explode"}, {"layers__x__resource_id": "a", "do": "search"},
        {"layers__0__opacity": "beaucoup", "layers__0__resource_id": "x", "do": "save"},
        {"layers": "rien", "do": "search"}, {"do": "search", "q": 'a" OR *:* ['},
    ],
)  # fmt: skip
def test_a_form_sent_by_a_program_is_answered_in_words(app, headers, sent):
    assert app.post("/cartes/nouvelle", data=sent, headers=headers).status_code in {200, 400}


def test_a_published_map_is_listed_and_can_be_put_in_another_site(app, commune, as_clerk, mapped):
    given = {"title": "Parcs", "owner_org": commune["id"], "state": "published", "notes": "<script>alert(1)</script>"}
    call_action("ca3b_composed_map_create", context=dict(as_clerk), layers=[{"resource_id": mapped()["id"]}], **given)
    assert "Parcs" in app.get("/cartes").body
    assert "<script>alert(1)" not in app.get("/cartes/parcs").body
    alone = app.get("/cartes/parcs/integrer")
    assert "X-Frame-Options" not in alone.headers
    assert alone.headers["Content-Security-Policy"] == "frame-ancestors *"


def test_drafts_and_forms_are_not_for_visitors(app, commune, as_clerk, headers):
    found = call_action("ca3b_composed_map_create", context=dict(as_clerk), title="À faire", owner_org=commune["id"])
    assert app.get(f"/cartes/{found['name']}", status=403)
    assert app.get("/cartes/rien", status=404)
    for path in ("/cartes/nouvelle", f"/cartes/{found['name']}/modifier"):
        assert "/user/login" in app.get(path, follow_redirects=False).headers["Location"]
    app.post(f"/cartes/{found['name']}/supprimer", status=403)
    app.post(f"/cartes/{found['name']}/supprimer", headers=headers)
    with pytest.raises(tk.ObjectNotFound):
        call_action("ca3b_composed_map_show", context=dict(as_clerk), id=found["name"])


def test_the_list_names_the_producer_of_each_map(app, headers, mapped):
    sent = {"title": "Se reposer", "state": "published", "layers__0__resource_id": mapped()["id"]}
    page = app.get("/cartes/nouvelle", headers=headers)
    app.post("/cartes/nouvelle", data=fields_of(page) | sent | {"do": "save"}, headers=headers)
    listed = BeautifulSoup(app.get("/cartes").body, "html.parser").select_one(".ca3b-maps-list li")
    assert listed.select_one("h2").get_text(strip=True) == "Se reposer"
    assert "Viriat" in listed.select_one(".ca3b-soft").get_text()
