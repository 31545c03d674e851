"""Who sees what the law asks of whom, and what the pages and files say of what is there."""

from __future__ import annotations

import csv
import io

import ckan.plugins.toolkit as tk
import pytest
from bs4 import BeautifulSoup
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import call_action, changed_config
from sqlalchemy import event
from werkzeug.datastructures import FileStorage

from ckanext.ca3b.obligations import board
from ckanext.ca3b.territory.current import current

pytestmark = pytest.mark.usefixtures("portal", "commune")

PUBLIC = "ckanext.ca3b.obligations.public"
# A file whose personal data nobody examined is closed, whatever its dataset says.
LINK = {"url": "https://www.viriat.fr/deliberations.csv", "name": "Délibérations", "format": "CSV"}
UNEXAMINED = b"nom;prenom;naissance\nMartin;Claire;1980-02-03\n"


@pytest.fixture(autouse=True)
def no_dataset_left():
    """Leave nothing to the next test."""
    yield
    for name in call_action("package_list", context={"ignore_auth": True}):
        call_action("dataset_purge", context={"user": _sysadmin()["name"], "ignore_auth": True}, id=name)


@pytest.fixture(scope="module")
def operator(portal):
    return factories.SysadminWithToken(name="exploitante")


@pytest.fixture(scope="module")
def agglomeration(portal):
    return factories.Organization(name="agglo-essai", kind="agglomeration", siren="200071751")


def _sysadmin():
    return call_action("get_site_user", context={"ignore_auth": True})


def acts(commune, *, resources=(LINK,), **fields):
    return factories.Dataset(
        title=fields.pop("title", "Délibérations du conseil municipal"), notes="Essai.", owner_org=commune["id"],
        resources=list(resources), **fields,
    )  # fmt: skip


def see(app, url, who=None, status=200):
    headers = {"Authorization": who["token"]} if who else {}
    answer = app.get(url, headers=headers, follow_redirects=False, status=status)
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def shown(app, commune, who, code):
    found = app.get(f"/obligations/{commune['name']}/obligations.json", headers={"Authorization": who["token"]}).json
    return next(one for one in found["duties"] if one["code"] == code)


# ---- Who sees ----


@pytest.mark.parametrize(
    "url", ["/obligations", "/obligations.csv", "/obligations/viriat", "/obligations/viriat/obligations.json"]
)
def test_a_visitor_is_asked_to_sign_in(app, url):
    answer = app.get(url, follow_redirects=False)
    assert answer.status_code == 302
    assert "/user/login" in answer.headers["Location"]


def test_a_clerk_sees_their_commune_and_no_other(app, commune, clerk):
    assert "Viriat" in see(app, "/obligations/viriat", clerk).h1.get_text()
    see(app, "/obligations/attignat", clerk, status=403)
    see(app, "/obligations/attignat/obligations.csv", clerk, status=403)


def test_a_clerk_of_one_commune_goes_straight_to_its_page(app, clerk):
    answer = app.get("/obligations", headers={"Authorization": clerk["token"]}, follow_redirects=False)
    assert answer.headers["Location"].endswith("/obligations/viriat")


def test_the_operator_sees_every_commune_of_the_territory(app, operator):
    rows = see(app, "/obligations", operator).select("tbody tr")
    assert len(rows) == len(current().communes) + 1
    found = call_action("ca3b_obligations_list", context={"user": operator["name"], "ignore_auth": False})
    assert len(found) == len(rows)


def test_the_actions_keep_the_same_door(clerk):
    as_clerk = {"user": clerk["name"], "ignore_auth": False}
    assert [one["name"] for one in call_action("ca3b_obligations_list", context=dict(as_clerk))] == ["viriat"]
    assert call_action("ca3b_obligations_show", context=dict(as_clerk), id="viriat")["siren"] == "210104519"
    with pytest.raises(tk.NotAuthorized):
        call_action("ca3b_obligations_show", context=dict(as_clerk), id="attignat")
    for name in ("ca3b_obligations_list", "ca3b_obligations_show"):
        with pytest.raises(tk.NotAuthorized):
            call_action(name, context={"user": "", "ignore_auth": False}, id="viriat")


def test_the_setting_opens_the_pages_to_everybody(app):
    with changed_config(PUBLIC, True):
        assert len(see(app, "/obligations").select("tbody tr")) > 70
        page = see(app, "/obligations/viriat")
    assert not page.find("a", string=lambda text: text and text.startswith("Publier –"))


def test_a_partner_has_no_such_page(app, operator):
    factories.Organization(name="association-essai", kind="association")
    see(app, "/obligations/association-essai", operator, status=404)
    see(app, "/obligations/nulle-part", operator, status=404)


# ---- What is there ----


def test_a_public_dataset_of_the_commune_is_found_and_named(app, commune, clerk):
    acts(commune)
    found = shown(app, commune, clerk, "actes")
    assert (found["state"], [one["title"] for one in found["datasets"]]) == (
        "published", ["Délibérations du conseil municipal"],
    )  # fmt: skip
    page = see(app, "/obligations/viriat", clerk)
    assert page.select_one("#actes a[href*='/dataset/']").get_text() == "Délibérations du conseil municipal"


@pytest.mark.parametrize("fields", [{"private": True}, {"state": "draft"}, {"resources": ()}])
def test_what_the_public_does_not_have_is_not_there(app, commune, clerk, fields):
    acts(commune, **fields)
    assert shown(app, commune, clerk, "actes")["state"] == "missing"


def test_a_file_that_is_closed_is_not_there_either(app, commune, clerk):
    dataset = acts(commune, resources=())
    upload = FileStorage(io.BytesIO(UNEXAMINED), "deliberations.csv")
    call_action(
        "resource_create", context={"user": clerk["name"], "ignore_auth": False}, package_id=dataset["id"],
        upload=upload, url="deliberations.csv", name="Délibérations",
    )  # fmt: skip
    assert shown(app, commune, clerk, "actes")["state"] == "missing"


def test_the_number_of_agents_decides_of_the_general_duty(app, commune, clerk):
    assert "agents n’est pas renseigné" in shown(app, commune, clerk, "open-data")["why"]
    for agents, applies in (("49,5", "no"), ("80", "yes")):
        call_action("organization_patch", context={"user": _sysadmin()["name"]}, id=commune["id"], agents=agents)
        assert shown(app, commune, clerk, "open-data")["applies"] == applies
    call_action("organization_patch", context={"user": _sysadmin()["name"]}, id=commune["id"], agents="")
    assert shown(app, commune, clerk, "open-data")["applies"] == "unknown"


def test_a_dataset_of_the_agglomeration_about_one_commune_is_the_communes(app, commune, clerk, agglomeration):
    acts(agglomeration, communes=["01451"])
    assert shown(app, commune, clerk, "actes")["state"] == "published"


def test_the_threshold_of_contracts_is_that_of_the_setting(app, commune, clerk):
    with changed_config("ckanext.ca3b.obligations.decp_threshold", 90000):
        asks = shown(app, commune, clerk, "decp")["asks"]
    assert "90 000" in asks.replace("\u202f", " ")


# ---- What to do, and files ----


def test_the_clerk_is_led_to_the_assistant_with_the_schema(app, clerk):
    page = see(app, "/obligations/viriat", clerk)
    link = page.select_one("#actes .ca3b-actions a.btn-primary")["href"]
    assert "/publier?" in link
    assert "schema=scdl-deliberations" in link
    assistant = see(app, link, clerk)
    assert assistant.select_one("input[name=schema]")["value"] == "scdl-deliberations"
    assert "Délibérations" in assistant.select_one("#file").get_text()


def test_a_schema_that_does_not_exist_is_not_announced(app, clerk):
    assert see(app, "/publier?schema=nulle-part", clerk).select_one("input[name=schema]") is None


def test_every_text_of_law_is_a_link_to_where_it_is_read(app, clerk):
    for duty in see(app, "/obligations/viriat", clerk).select(".ca3b-duty"):
        assert duty.select(
            "details a[href^='https://www.legifrance.gouv.fr/'], details a[href^='http://data.europa.eu/']"
        )


def test_the_csv_opens_in_a_spreadsheet_and_runs_nothing(app, commune, clerk):
    acts(commune, title="=HYPERLINK(1) délibérations")
    answer = app.get("/obligations/viriat/obligations.csv", headers={"Authorization": clerk["token"]})
    text = answer.get_data(as_text=True)
    assert text.startswith("\ufeff")
    rows = {row["obligation"]: row for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))}
    assert rows["actes"]["jeux_de_donnees"] == "'=HYPERLINK(1) délibérations"
    assert rows["actes"]["code_insee"] == "01451"
    assert rows["bal"]["etat"] == "Pas trouvé ici"


def test_the_dashboard_is_filtered_by_duty_and_state(app, commune, operator):
    acts(commune)
    published = see(app, "/obligations?obligation=actes&etat=published", operator).select("tbody th")
    assert [one.get_text() for one in published] == ["Viriat"]
    assert not see(app, "/obligations?obligation=actes&etat=late", operator).select("tbody th")
    everybody = see(app, "/obligations?obligation=x&etat=n'importe", operator).select("tbody tr")
    assert len(everybody) == len(current().communes) + 1


def test_a_wrong_epci_is_one_sentence(app, operator):
    with changed_config("ckanext.ca3b.epci", "000000000"):
        page = see(app, "/obligations", operator, status=503)
    assert "n'a le SIREN « 000000000 »" in page.select_one("main").get_text()
    assert not page.select("main table")


def test_the_organisation_and_the_desk_lead_to_the_page(app, clerk):
    for url in ("/bureau", "/organization/viriat"):
        assert see(app, url, clerk).select("a[href='/obligations/viriat']"), url
    assert not see(app, "/organization/viriat").select("a[href*='/obligations']")


def test_the_number_of_queries_does_not_grow_with_the_communes(app, commune, operator):
    """One query per kind of data: counted with one dataset and with ten."""

    def count() -> int:
        seen: list[str] = []

        def listen(_connection, _cursor, statement, *_more):
            seen.append(statement)

        event.listen(model.meta.engine, "before_cursor_execute", listen)
        try:
            with app.flask_app.test_request_context():
                assert len(board.board().lines) > 70
        finally:
            event.remove(model.meta.engine, "before_cursor_execute", listen)
        return len(seen)

    acts(commune)
    one = count()
    for number in range(9):
        acts(commune, title=f"Budget {number}")
    assert count() == one
