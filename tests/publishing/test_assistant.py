"""The pages of the assistant, as a browser without script receives them."""

from __future__ import annotations

import pytest
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import call_action

from .conftest import SCHEMA, deliberations, file, shown

JSON = {"Accept": "application/json"}


def drop(visit, content: bytes, name: str = "délibérations.csv", **options):
    """Drop a file on the first page; gives the address of its draft."""
    return visit("/publier", data={"upload": (file(content).stream, name)}, **options)


def draft_id(address: str) -> str:
    return address.rsplit("/publier/", 1)[-1].split("#", maxsplit=1)[0]


def form_of(page, field: str):
    """The address of the form that holds a field, and what it posts as it is shown."""
    form = page.select_one(field).find_parent("form")
    return form["action"], {one["name"]: one.get("value", "") for one in form.select("input[name]")}


@pytest.fixture
def draft(visit):
    """The id and the page of a draft with a file."""

    def make(content: bytes | None = None, name: str = "délibérations.csv"):
        address = drop(visit, deliberations() if content is None else content, name)
        return draft_id(address), visit(f"/publier/{draft_id(address)}")

    return make


def test_a_visitor_is_asked_to_sign_in_and_comes_back(app):
    answer = app.get("/publier", follow_redirects=False)
    assert answer.headers["Location"].endswith("/user/login?came_from=/publier")


def test_the_full_form_stays_at_hand(visit):
    page = visit("/publier")
    assert page.select_one('a[href="/publier/formulaire"]')
    assert page.select_one('form[enctype="multipart/form-data"] input[type=file][name=upload]')
    assert not page.select("select[name=owner_org]"), "one producer: nothing to choose"


def test_a_dropped_file_is_a_draft_that_its_commune_alone_sees(draft, app, commune):
    id_, _page = draft()
    dataset = shown(id_)
    assert dataset["state"] == "draft"
    assert dataset["owner_org"] == commune["id"]
    assert app.get(f"/dataset/{dataset['name']}", status=404).status_code == 404
    assert app.get(f"/fichiers/{dataset['resources'][0]['id']}", follow_redirects=False).status_code == 403


def test_the_five_steps_tell_their_outcome(draft):
    _id, page = draft()
    steps = page.select("li.ca3b-step")
    assert [step["class"][-1] for step in steps] == ["done", "done", "done", "now", "now"]
    assert "5 lignes" in steps[1].get_text()
    assert "Grand Bourg Agglomération" in steps[1].select_one("table").get_text()
    assert SCHEMA.title in steps[2].get_text()
    assert page.select_one("#field-title")["value"] == f"{SCHEMA.title} – Viriat"
    assert page.select_one("#field-notes").get_text().strip() == SCHEMA.description
    assert page.select_one("#field-tag_string")["value"] == ", ".join(SCHEMA.keywords)


def test_the_address_of_the_page_comes_from_the_final_title(draft, visit):
    id_, _page = draft()
    assert shown(id_)["name"].startswith("brouillon-")
    form = {"save": "publish", "title": "Votes du conseil", "notes": "Relus.", "tag_string": "votes"}
    assert visit(f"/publier/{id_}", data=form).endswith("/dataset/votes-conseil")
    dataset = shown(id_)
    assert (dataset["state"], dataset["name"], dataset["title"]) == ("active", "votes-conseil", "Votes du conseil")
    assert [tag["name"] for tag in dataset["tags"]] == ["votes"]
    assert visit(f"/publier/{id_}").endswith("/dataset/votes-conseil"), "what is public is no draft"


def test_the_communes_and_the_period_come_from_the_rows_unless_the_clerk_chose_them(draft, visit):
    rows = "Commune;Code INSEE;Date\r\nAttignat;01024;2025-03-01\r\nPéronnas;01289;2025-11-30\r\n".encode("cp1252")
    first, _page = draft(rows, "travaux.csv")
    visit(f"/publier/{first}", data={"save": "publish"})
    assert shown(first)["communes"] == ["01024", "01289"]
    assert [(one["start"], one["end"]) for one in shown(first)["temporal_coverage"]] == [("2025-03-01", "2025-11-30")]
    chosen, _page = draft(rows, "chantiers.csv")
    call_action("package_patch", context={"user": factories.Sysadmin()["name"]}, id=chosen, communes=["01053"])
    visit(f"/publier/{chosen}", data={"save": "publish"})
    assert shown(chosen)["communes"] == ["01053"]


def test_the_full_form_leaves_a_draft_unpublished(draft, visit):
    id_, _page = draft()
    address = visit(f"/dataset/edit/{shown(id_)['name']}")
    page = visit(address) if isinstance(address, str) else address
    form = page.select_one("#field-title").find_parent("form")
    posted = {one["name"]: one.get("value", "") for one in form.select("input[type=hidden], input[type=text]")}
    visit(form.get("action") or address, data={**posted, "title": "Votes", "notes": "Relus.", "save": "save"})
    assert (shown(id_)["state"], shown(id_)["title"]) == ("draft", "Votes")


def test_what_is_written_is_kept_field_by_field(draft, visit):
    id_, _page = draft()
    assert visit(f"/publier/{id_}", data={"save": "keep", "notes": "Relues par le secrétariat."}, headers=JSON)["said"]
    page = visit(f"/publier/{id_}")
    assert page.select_one("#field-notes").get_text().strip() == "Relues par le secrétariat."
    assert page.select_one("#field-title")["value"] == f"{SCHEMA.title} – Viriat"


def test_an_emptied_title_is_not_kept_but_stops_the_publication(draft, visit):
    id_, _page = draft()
    visit(f"/publier/{id_}", data={"save": "keep", "title": ""}, headers=JSON)
    assert shown(id_)["title"]
    page = visit(f"/publier/{id_}", status=400, data={"save": "publish", "title": "", "notes": "Relues."})
    assert page.select_one('a[href="#field-title"]')
    assert page.select_one("#field-notes").get_text().strip() == "Relues."
    assert shown(id_)["state"] == "draft"


def test_another_schema_proposes_another_description_where_nothing_was_written(draft, visit):
    id_, _page = draft()
    visit(f"/publier/{id_}", data={"save": "draft", "title": "Votes du conseil", "notes": SCHEMA.description})
    (resource,) = shown(id_)["resources"]
    visit(f"/bureau/fichiers/{resource['id']}", data={"schema": "none"})
    page = visit(f"/publier/{id_}")
    assert page.select_one("#field-title")["value"] == "Votes du conseil"
    assert page.select_one("#field-notes").get_text().strip().startswith("Tableau de 5 lignes.")


def test_a_file_read_wrongly_is_read_again_as_the_clerk_says(draft, visit):
    content = "Ces données sont provisoires\r\nnom;places\r\nÉcole;12\r\nMairie;3\r\n".encode("cp1252")
    id_, page = draft(content, "places.csv")
    action, fields = form_of(page, "#reading-header_row")
    assert f"/publier/{id_}" in visit(action, data={**fields, "header_row": "3"})
    page = visit(f"/publier/{id_}")
    assert page.select_one("#reading table thead").get_text(" ", strip=True).startswith("École")
    assert page.select_one("#reading-header_row")["value"] == "3"


def test_an_unreadable_table_cannot_be_published_even_by_a_forged_form(draft, visit):
    id_, page = draft(b"\x89PNG\r\n\x1a\n" + bytes(300))
    assert page.select_one("#reading .ca3b-refusal")
    assert not page.select('button[value="publish"]')
    visit(f"/publier/{id_}", data={"save": "publish", "title": "Rien", "notes": "Rien."})
    assert shown(id_)["state"] == "draft"


def test_a_document_is_published_as_it_is(draft, visit):
    id_, page = draft(b"%PDF-1.4\n" + bytes(300), "Plan de la commune.pdf")
    assert page.select_one("#field-title")["value"] == "Plan de la commune – Viriat"
    # Nobody could look into it: one truth, and what to do.
    text = page.get_text(" ", strip=True)
    assert "chacun peut le télécharger" not in text
    assert "vos propres lignes" not in text
    assert "Déposez un autre fichier" in text
    assert page.select_one(".ca3b-refusal a[href$='/donnees-personnelles#advice']")
    after = visit(visit(f"/publier/{id_}", data={"save": "publish"}))
    assert shown(id_)["name"] == "plan-commune-viriat"
    # Nothing is said of personal data that nobody saw.
    assert "n’est pas encore ouvert au public" in after.get_text(" ", strip=True)
    assert "données personnelles le retiennent" not in after.get_text(" ", strip=True)


def test_the_columns_of_a_held_file_are_not_in_its_public_description(draft, visit):
    held = (
        "nom_eleve;date_naissance;telephone_parents\r\nZéphyrine Canarivalle;14/03/2017;06 39 98 41 07\r\n"
        "Lilou Martinet;02/11/2016;06 39 98 55 21\r\nGabriel Perrin;23/06/2017;06 39 98 12 66\r\n"
    ).encode()
    id_, page = draft(held, "cantine.csv")
    assert page.select_one("#field-notes").get_text().strip() == "Tableau de 3 lignes."
    visit(f"/publier/{id_}", data={"save": "publish"})
    assert "date_naissance" not in str({**shown(id_), "resources": []})
    _open, page = draft(b"lieu;places\r\nGare;120\r\nStade;80\r\n", "parkings.csv")
    assert "lieu, places" in page.select_one("#field-notes").get_text()


def test_an_invalid_file_is_published_with_a_sentence_and_without_a_claim(draft, visit):
    id_, page = draft(deliberations(COLL_NOM={2: ""}))
    assert [step["class"][-1] for step in page.select("li.ca3b-step")][2] == "fix"
    assert "COLL_NOM" in page.select_one("#schema").get_text()
    assert "ne suit pas le schéma" in page.select_one("#publish").get_text()
    assert "Publier quand même" in page.select_one('button[value="publish"]').get_text()
    visit(f"/publier/{id_}", data={"save": "publish"})
    assert not shown(id_)["resources"][0].get("conforms_to")


def test_a_corrected_file_takes_the_place_of_the_first(draft, visit):
    id_, _page = draft(deliberations(COLL_NOM={2: ""}))
    before = shown(id_)["resources"][0]
    visit(f"/publier/{id_}/fichier", data={"upload": (file(deliberations()).stream, "corrigé.csv")})
    (after,) = shown(id_)["resources"]
    assert after["id"] == before["id"]
    assert "done" in visit(f"/publier/{id_}").select_one("#schema")["class"]


def test_the_same_title_proposes_to_replace_instead(draft, visit):
    first, _page = draft()
    visit(f"/publier/{first}", data={"save": "publish"})
    _second, page = draft(deliberations(rows=9))
    (resource,) = shown(first)["resources"]
    assert page.select_one(f'a[href="/publier/deliberations-viriat/fichier/{resource["id"]}"]')


def test_an_unfinished_draft_waits_on_the_desk_and_on_the_first_page(draft, visit):
    id_, _page = draft()
    assert visit("/bureau").select_one(f'.ca3b-todo a[href="/publier/{id_}"]')
    assert visit("/publier").select_one(f'.ca3b-todo a[href="/publier/{id_}"]')


def test_nothing_is_left_of_a_file_that_is_not_there(visit):
    assert "fichier" in visit("/publier", status=400, data={"save": "1"}).select_one(".alert").get_text()
    assert model.Session.query(model.Package).count() == 0


def test_the_draft_of_another_commune_is_out_of_reach(draft, visit, app):
    id_, _page = draft()
    stranger = {"Authorization": factories.UserWithToken()["token"]}
    (resource,) = shown(id_)["resources"]
    for address in (f"/publier/{id_}", f"/publier/{id_}/fichier/{resource['id']}"):
        assert app.get(address, headers=stranger).status_code == 403
    assert visit("/publier/nulle-part", status=404)


def test_replacing_keeps_the_identifier_and_refuses_what_cannot_be_read(draft, visit, app):
    id_, _page = draft()
    visit(f"/publier/{id_}", data={"save": "publish"})
    (resource,) = shown(id_)["resources"]
    address = f"/publier/{id_}/fichier/{resource['id']}"
    visit(address, data={"upload": (file(deliberations(rows=9)).stream, "export 2027.csv")})
    assert "9 lignes" in visit(address).select_one("#reading").get_text()
    kept = app.get(f"/fichiers/{resource['id']}").data
    png = file(b"\x89PNG\r\n\x1a\n" + bytes(300)).stream
    assert visit(address, status=400, data={"upload": (png, "export 2028.csv")}).select_one(".alert")
    assert app.get(f"/fichiers/{resource['id']}").data == kept
    assert shown(id_)["resources"][0]["name"] == resource["name"]


def test_the_script_is_answered_with_an_address_or_a_sentence(visit):
    said = visit("/publier", status=400, data={"save": "1"}, headers=JSON)
    assert "fichier" in said["error"]
    done = visit("/publier", data={"upload": (file(deliberations()).stream, "délib.csv")}, headers=JSON)
    assert shown(draft_id(done["location"]))["state"] == "draft"
