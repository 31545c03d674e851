"""Sources are added, seen and changed by whom it concerns, and nothing is published before a yes."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import pytest
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.ca3b.harvesting.store import runs, sources
from tests.harvesting import engine
from tests.harvesting.catalogue import Portal

TABLE = (
    "ID;TITRE;DESCRIPTION;THEME;PRODUCTEUR_NOM;DATE_PUBL;LICENCE;URL\n"
    "a;Marchés;Les marchés.;Économie;Commune de Viriat;2024-01-02;Licence Ouverte;https://viriat.example/marches.csv\n"
)


def act(name, user=None, **given):
    context = {"user": user["name"], "ignore_auth": False} if user else engine.operator()
    return call_action(name, context=context, **given)


@pytest.fixture
def administrator(towns):
    user = factories.User()
    call_action("organization_member_create", id=towns["viriat"], username=user["name"], role="admin")
    return user


@pytest.fixture
def stranger(towns):
    user = factories.User()
    call_action("organization_member_create", id=towns["attignat"], username=user["name"], role="admin")
    return user


def refused(name, field, **given):
    with pytest.raises(tk.ValidationError) as error:
        act(name, **given)
    return error.value.error_dict[field]


def test_a_source_is_a_draft_for_the_organisation_of_its_commune(site, towns):
    made = act("ca3b_harvest_source_create", address=site.url("/catalog.ttl"), commune="Viriat", title="Viriat")
    assert (made["state"], made["owner_org"], made["commune"]) == ("draft", towns["viriat"], "01451")
    assert made["next_run"] is None
    assert "draft" in refused("ca3b_harvest_run_start", "id", id=made["name"])[0]
    assert site.asked == []


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("address", {"address": "/etc/passwd"}),
        ("address", {"address": "file:///etc/passwd"}),
        ("address", {}),
        ("commune", {"commune": "Atlantide"}),
        ("owner_org", {"owner_org": "nulle-part"}),
        ("kind", {"kind": "gopher"}),
        ("schedule", {"schedule": "toutes les heures"}),
        ("settings", {"settings": {"shrink_ratio": 3}}),
        ("settings", {"settings": {"couleur": "bleu"}}),
    ],
)
def test_what_is_wrong_is_said_of_the_field(towns, field, given):
    whole = {"address": "https://viriat.example/catalog.ttl", "owner_org": "viriat"} if field != "address" else {}
    assert refused("ca3b_harvest_source_create", field, **{**whole, **given})
    assert sources.listed() == []


def test_an_address_is_harvested_once(published):
    id_, _ = published(1)
    address = sources.find(id_).address
    assert refused("ca3b_harvest_source_create", "address", address=address + "/", owner_org="viriat")


def test_a_source_is_found_by_its_address_and_by_the_one_that_people_gave(published):
    id_, _ = published(1, settings={"given_address": "https://viriat.example/"})
    address = sources.find(id_).address
    assert [one.id for one in sources.at(address + "/")] == [id_]
    assert [one.id for one in sources.at("https://viriat.example", pasted=True)] == [id_]
    assert sources.at("https://viriat.example") == []
    sources.change(id_, address="")
    assert sources.at("", pasted=True) == [], "a spreadsheet has no address"


def test_the_preview_tells_what_it_is_and_whose_and_keeps_nothing(site, towns):
    portal = Portal.of(site.address, 12)
    site.files["/viriat/catalog.ttl"] = portal.turtle()
    found = act("ca3b_harvest_preview", address=site.url("/viriat/catalog.ttl"), limit=5)
    assert (found["kind"], found["count"], len(found["datasets"]), found["complete"]) == ("rdf", 12, 5, True)
    assert found["commune"] == {"code": "01451", "name": "Viriat"}
    assert found["organization"]["id"] == towns["viriat"]
    assert found["datasets"][0]["title"].startswith("Jeu ")
    assert sources.listed() == []
    assert call_action("package_search", context=engine.operator())["count"] == 0


def test_what_cannot_be_read_is_said_by_the_preview(site, towns):
    assert site.address in refused("ca3b_harvest_preview", "address", address=site.url("/rien"))[0]


def test_a_spreadsheet_becomes_datasets_and_the_same_one_is_not_read_again(towns):
    made = act("ca3b_harvest_source_create", document=TABLE, document_name="catalogue.csv", owner_org="viriat")
    assert act("ca3b_harvest_preview", id=made["id"])["datasets"][0]["title"] == "Marchés"
    act("ca3b_harvest_source_approve", id=made["id"])
    assert engine.run(made["id"]).counts["added"] == 1
    assert engine.dataset(engine.known(made["id"])["a"])["title"] == "Marchés"
    assert engine.run(made["id"]).state == "unchanged"
    act("ca3b_harvest_source_update", id=made["id"], document=TABLE.replace("Les marchés.", "Tous les marchés."))
    assert engine.run(made["id"]).counts["changed"] == 1


def test_administrators_give_the_spreadsheet_of_their_organisation_and_nothing_else(administrator, stranger):
    made = act("ca3b_harvest_source_create", administrator, document=TABLE, owner_org="viriat", title="Tableau")
    assert made["state"] == "draft"
    assert "report_key" not in made
    for name in ("approve", "delete", "pause"):
        with pytest.raises(tk.NotAuthorized):
            act(f"ca3b_harvest_source_{name}", administrator, id=made["id"])
    for given in (
        {"owner_org": "attignat", "document": TABLE},
        {"owner_org": "viriat", "address": "https://a.example"},
    ):
        with pytest.raises(tk.NotAuthorized):
            act("ca3b_harvest_source_create", administrator, **given)
    with pytest.raises(tk.NotAuthorized):
        act("ca3b_harvest_source_show", stranger, id=made["id"])
    assert act("ca3b_harvest_board", stranger) == []
    assert [one["id"] for one in act("ca3b_harvest_board", administrator)] == [made["id"]]
    act("ca3b_harvest_source_approve", id=made["id"])
    again = act("ca3b_harvest_source_update", administrator, id=made["id"], document=TABLE)
    assert (again["state"], again["next_run"]) == ("draft", None)


def test_a_visitor_sees_nothing(published):
    id_, _ = published(1)
    for name in ("ca3b_harvest_source_show", "ca3b_harvest_source_list", "ca3b_harvest_board", "ca3b_harvest_run_list"):
        with pytest.raises(tk.NotAuthorized):
            call_action(name, context={"user": "", "ignore_auth": False}, id=id_)


def test_the_report_of_a_commune_opens_with_its_key_until_it_is_changed(published):
    id_, _ = published(1)
    done = engine.run(id_)
    key = act("ca3b_harvest_source_show", id=id_)["report_key"]
    letter = call_action("ca3b_harvest_letter", context={"user": "", "ignore_auth": False}, key=key)
    assert letter["run"]["id"] == done.id
    assert "created_by" not in letter["run"], "no account is told to whoever has the key"
    act("ca3b_harvest_source_update", id=id_, new_report_key=True)
    with pytest.raises(tk.ObjectNotFound):
        act("ca3b_harvest_letter", key=key)


def test_other_settings_are_applied_by_the_next_run_though_nothing_changed_at_the_source(site, published):
    id_, _ = published(1)
    site.tags["/catalog.ttl"] = '"1"'
    engine.run(id_)
    assert engine.run(id_).state == "unchanged"
    act("ca3b_harvest_source_update", id=id_, settings={"visibility": "private"})
    assert engine.run(id_).counts["changed"] == 1
    (dataset,) = engine.datasets(id_).values()
    assert dataset["private"] is True


def test_the_datasets_of_a_source_that_is_deleted_stay(published):
    id_, _ = published(2)
    engine.run(id_)
    assert act("ca3b_harvest_source_delete", id=id_)["datasets"] == 2
    assert (sources.find(id_), runs.unfinished()) == (None, [])
    assert call_action("package_search", context=engine.operator())["count"] == 2


def test_a_paused_source_is_resumed_at_its_hours(published):
    id_, _ = published(1, schedule="daily")
    assert act("ca3b_harvest_source_pause", id=id_)["next_run"] is None
    resumed = act("ca3b_harvest_source_resume", id=id_)
    assert (resumed["state"], bool(resumed["next_run"])) == ("active", True)
