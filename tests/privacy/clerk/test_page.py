"""The clerk's page of a held file, the request for advice, the desk and the badges: for its own people only."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import call_action

from ckanext.ca3b.privacy.model import Line

FAMILIES = ["Martin", "Bernard", "Dubois", "Petit", "Robert", "Moreau", "Laurent", "Simon", "Michel", "Lefebvre"]
ROWS = [f"{name};Emma;{number + 1:02}/03/2016;Bourg" for number, name in enumerate(FAMILIES)]
HELD = ("Nom de l'enfant;Prénom;Date de naissance;École\r\n" + "\r\n".join(ROWS) + "\r\n").encode()


@pytest.fixture
def held(send):
    """A held file."""
    return send(HELD, "cantine.csv")


@pytest.fixture
def get(app, clerk):
    """Read a page as the clerk."""

    def read(path, user=clerk, **given):
        headers = {"Authorization": user["token"]} if user else {}
        return app.get(path, headers=headers, **given)

    return read


def address(resource):
    return f"/bureau/fichiers/{resource['id']}/donnees-personnelles"


def seen(answer):
    return BeautifulSoup(answer.body, "html.parser")


def lines(event):
    return model.Session.query(Line).filter_by(event=event).all()


def test_each_held_column_is_there_with_one_remedy_chosen_and_the_rows_before_and_after(held, get):
    answer = get(address(held))
    page = seen(answer)
    named = " ".join(one.get_text() for one in page.select(".ca3b-fault-name"))
    assert all(column in named for column in ("Nom de l'enfant", "Prénom", "Date de naissance"))
    for group in page.select(".ca3b-fault"):
        radios = group.select("input[type=radio]")
        assert len(radios) >= 2
        assert len([one for one in radios if one.has_attr("checked")]) == 1
    before, after = page.select(".ca3b-first-rows")
    assert "Lefebvre" in before.get_text()
    assert "Lefebvre" not in after.get_text()
    assert len(page.select("meter")) == 6
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_nobody_else_reads_it(held, app, get, neighbour):
    assert get(address(held), neighbour, status=403)
    answer = app.get(address(held), follow_redirects=False)
    assert answer.status_code in {302, 403}
    assert "Lefebvre" not in answer.body
    assert get("/bureau/fichiers/inconnu/donnees-personnelles", status=404)


def test_the_form_alone_treats_the_file(held, app, clerk):
    page = seen(app.get(address(held), headers={"Authorization": clerk["token"]}))
    form = {one["name"]: one["value"] for one in page.select(".ca3b-remedies input[name]") if one["type"] == "hidden"}
    form |= {one["name"]: one["value"] for one in page.select(".ca3b-remedies input[type=radio][checked]")}
    form = {name: value for name, value in form.items() if not name.startswith("several-")}
    headers = {"Authorization": clerk["token"]}
    answer = app.post(address(held), params={**form, "do": "apply"}, headers=headers, follow_redirects=False)
    assert answer.status_code == 302
    assert call_action("ca3b_gate_show", context={"user": "", "ignore_auth": True}, resource_id=held["id"])["open"]


def test_what_was_replaced_meanwhile_is_not_treated(held, app, clerk):
    headers = {"Authorization": clerk["token"]}
    answer = app.post(address(held), params={"do": "apply", "sha256": "0" * 64}, headers=headers)
    assert answer.status_code == 400
    assert seen(answer).select_one("[role=alert]")


def test_advice_is_asked_once_and_the_register_keeps_a_ground_and_no_words(held, as_clerk, clerk):
    def ask(**given):
        return call_action("ca3b_advice_ask", context=dict(as_clerk), resource_id=held["id"], **given)

    first = ask(ground="administration")
    assert ask(ground="sport") == first
    (line,) = lines("advice_request")
    assert (line.actor, line.resource_id, line.details) == (clerk["name"], held["id"], {"ground": "administration"})
    for wrong in ({"ground": "parce que"}, {"sha256": "0" * 64}):
        with pytest.raises(tk.ValidationError):
            ask(**wrong)


def test_a_file_that_nothing_holds_needs_no_advice(send, as_clerk):
    with pytest.raises(tk.ValidationError):
        call_action("ca3b_advice_ask", context=dict(as_clerk), resource_id=send()["id"])


def test_the_desk_lists_the_closed_files_of_the_clerk_and_of_nobody_else(held, dataset, get, as_clerk, neighbour):
    (one,) = call_action("ca3b_privacy_todo", context=dict(as_clerk), package_ids=[dataset["id"]])
    assert (one["resource_id"], one["name"]) == (held["id"], "held")
    assert seen(get("/bureau")).select(f"a[href$='{address(held)}']")
    other = {"user": neighbour["name"], "ignore_auth": False}
    assert call_action("ca3b_privacy_todo", context=other, package_ids=[dataset["id"]]) == []
    with pytest.raises(tk.NotAuthorized):
        call_action("ca3b_privacy_todo", context={"user": "", "ignore_auth": False}, package_ids=[dataset["id"]])


def test_its_people_see_the_state_of_a_file_on_its_pages_and_the_public_does_not(held, dataset, get, app, send):
    page = f"/dataset/{dataset['name']}"
    link = f"a[href$='{address(held)}']"
    for path in (page, f"{page}/resource/{held['id']}", f"/bureau/fichiers/{held['id']}"):
        assert seen(get(path)).select(link), path
    assert not BeautifulSoup(app.get(page).body, "html.parser").select(link)
    harmless = send()
    assert not seen(get(page)).select(f"a[href$='{address(harmless)}']")
