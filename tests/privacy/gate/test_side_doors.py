"""Every way to the content of a file, enumerated: what is added to the portal fails here until somebody looked at it.

A held file is asked for by a visitor through each action and each page of the running portal.
"""

from __future__ import annotations

import hashlib
import itertools
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import logic, model
from ckan.tests.helpers import call_action, changed_config

from .conftest import CANARIES, CLEAR, HELD, NAME, acting

#: Actions that only read, with what a visitor gives them about one file and its dataset; each is tried.
ASKED: dict[str, Any] = {
    "resource_show": lambda resource, _dataset: {"id": resource},
    "resource_view_list": lambda resource, _dataset: {"id": resource},
    "resource_view_show": None,
    "resource_search": lambda _resource, _dataset: {"query": "name:Repas"},
    "package_show": lambda _resource, dataset: {"id": dataset},
    "package_search": lambda _resource, _dataset: {"q": "restauration"},
    "package_activity_list": lambda _resource, dataset: {"id": dataset},
    "current_package_list_with_resources": lambda _resource, _dataset: {},
    "organization_show": lambda _resource, _dataset: {"id": "viriat", "include_datasets": True},
    "user_show": lambda _resource, _dataset: {"id": "agent-viriat", "include_datasets": True},
    "datastore_search": lambda resource, _dataset: {"resource_id": resource},
    "datastore_search_sql": lambda resource, _dataset: {"sql": f'SELECT * FROM "{resource}"'},
    "datastore_info": lambda resource, _dataset: {"id": resource},
    "dcat_catalog_search": lambda _resource, _dataset: {"q": "restauration", "format": "ttl"},
    "activity_show": None,
    "dcat_dataset_show": lambda _resource, dataset: {"id": dataset, "format": "ttl"},
    "dcat_catalog_show": lambda _resource, _dataset: {"format": "ttl"},
    "ca3b_gate_show": lambda resource, _dataset: {"resource_id": resource},
    "ca3b_report_show": lambda resource, _dataset: {"resource_id": resource},
    "ca3b_table_status": lambda resource, _dataset: {"resource_id": resource},
    "ca3b_map_show": lambda resource, _dataset: {"resource_id": resource},
    "ca3b_quality_show": lambda _resource, dataset: {"id": dataset},
    "ca3b_metadata_hints": lambda _resource, dataset: {"id": dataset},
    "ca3b_catalogue_health": lambda _resource, _dataset: {},
    "ca3b_harvest_record_show": lambda _resource, dataset: {"dataset_id": dataset},
    "ca3b_harvest_letter": lambda _resource, dataset: {"key": dataset},
}
#: Words of an action's name that tell that it has to do with files or their datasets.
TELLING = (
    "resource",
    "package",
    "dataset",
    "datastore",
    "dcat",
    "file",
    "activity",
    "report",
    "table",
    "ca3b",
    "croissant",
)
#: Actions that were looked at: they give nothing of a file to somebody who may not change it.
HARMLESS = {
    # Names, counts and settings, without files.
    "activity_delete_counts", "activity_show", "activity_data_show", "activity_diff", "dashboard_activity_list",
    "dashboard_new_activities_count", "dataset_followee_count", "dataset_followee_list", "dataset_follower_count",
    "dataset_follower_list", "format_autocomplete", "group_activity_list", "group_package_show",
    "organization_activity_list", "package_autocomplete", "package_collaborator_list", "package_relationships_list",
    "package_collaborator_list_for_user", "package_list", "recently_changed_packages_activity_list",
    "user_activity_list", "am_following_dataset", "bulk_update_public", "scheming_dataset_schema_list",
    "scheming_dataset_schema_show", "dcat_datasets_list", "resource_status_show", "datastore_function_list",
    # Titles and texts of maps; their layers are those whose file may be seen (tests/cartography/composed).
    "ca3b_composed_map_list", "ca3b_composed_map_show",
    # CKAN's own files, which no resource uses here.
    "file_show", "file_search", "file_owner_scan",
}  # fmt: skip
#: Where the outgoing catalogue is.
CATALOGUES = {"ca3b_feeds", "ca3b_listing", "ca3b_changes", "ca3b_machines"}
#: Pages that name a resource, and what they need besides.
PAGES_NEED = {
    "id",
    "resource_id",
    "package_type",
    "filename",
    "form",
    "view_id",
    "activity_id",
    "ver",
    "logic_function",
    "layer",
    "x",
    "y",
    "z",
}


@pytest.fixture
def held(send, replace):
    """A file of the canteen, held, in the place of one that was public and had its table."""
    return replace(send(CLEAR, "parkings.csv"), HELD)


def test_each_action_that_reads_is_known(portal):
    read = {
        name
        for name in logic._actions or _all_actions()
        if getattr(logic.get_action(name), "side_effect_free", False) and any(word in name for word in TELLING)
    }
    new = read - ASKED.keys() - HARMLESS - _reserved(read)
    assert not new, f"Do these give anything of a file that is held? {sorted(new)}"


def test_no_action_gives_anything_of_a_held_file(app, held, dataset):
    for name, given in ASKED.items():
        if given is None or name not in _all_actions():
            continue
        try:
            with app.flask_app.test_request_context():
                found = call_action(name, context=acting(None), **given(held["id"], dataset["id"]))
        except (tk.NotAuthorized, tk.ObjectNotFound, tk.ValidationError):
            model.Session.rollback()
            continue
        told = [one for one in CANARIES if one in str(found)]
        place = str(found).find(told[0]) if told else 0
        assert not told, f"{name} gives {told}: {str(found)[max(0, place - 600) : place + 100]}"


def test_the_fields_of_the_index_do_not_give_it_either(held):
    for wanted in (["data_dict"], ["validated_data_dict"], "id,res_url", ["x:validated_data_dict"], ["*"]):
        found = call_action("package_search", context=acting(None), fl=wanted)
        assert not [one for one in CANARIES if one in str(found)], wanted
    assert not call_action("package_search", context=acting(None), q="res_url:*cantine*")["count"]


def test_no_page_gives_anything_of_a_held_file(app, held, dataset):
    """All the routes of the running application that name a resource, whatever plugin brings them."""
    tried = 0
    for rule in app.flask_app.url_map.iter_rules():
        if "GET" not in rule.methods or not ({"resource_id"} & rule.arguments):
            continue
        assert rule.arguments <= PAGES_NEED, f"What are the other parts of {rule}?"
        values = {
            "id": dataset["name"], "resource_id": held["id"], "package_type": "dataset", "filename": "fichier.csv",
            "form": "csv", "view_id": "x", "activity_id": "x", "layer": "0", "x": 0, "y": 0, "z": 0,
        }  # fmt: skip
        with app.flask_app.test_request_context():
            _, url = rule.build({name: values[name] for name in rule.arguments}, append_unknown=False)
        answer = app.get(url, follow_redirects=False, expect_errors=True)
        body = answer.get_data(as_text=True)
        assert not [one for one in CANARIES if one in body], rule
        if rule.endpoint not in ABOUT:
            assert answer.status_code in {302, 403, 404}, (rule, answer.status_code)
        tried += 1
    assert tried > 15


ABOUT = {"ca3b_rgpd_citizen.form", "ca3b_rgpd_citizen.thanks"}


def test_the_pages_and_catalogues_of_the_dataset_do_not_lead_to_it(app, held, dataset):
    name = dataset["name"]
    for url in (
        f"/dataset/{name}", f"/dataset/{name}.ttl", f"/dataset/{name}.jsonld", "/catalog.ttl", "/catalog.xml",
        f"/dataset/activity/{name}", f"/dataset/groups/{name}", f"/dataset/{name}/croissant.jsonld", "/dataset/",
        "/obligations", "/obligations.csv", "/obligations/viriat", "/obligations/viriat/obligations.json",
        "/catalogue/declarer", "/catalogue/declarer/viriat",
        "/organization/viriat", "/feeds/dataset.atom", "/feeds/organization/viriat.atom", "/",
        f"/api/3/action/package_show?id={name}", f"/api/3/action/resource_show?id={held['id']}",
        f"/datastore/dump/{held['id']}", f"/fichiers/{held['id']}", f"/file/download/{held['id']}",
        f"/file/public-download/resources/{held['id'][:3]}/{held['id'][3:6]}/{held['id'][6:]}",
        "/ogc/collections", f"/ogc/collections/{held['id']}", f"/ogc/collections/{held['id']}/items",
        f"/ogc/collections/{held['id']}/items/1",
    ):  # fmt: skip
        answer = app.get(url, follow_redirects=True, expect_errors=True)
        body = answer.get_data(as_text=True)
        assert not [one for one in CANARIES if one in body], url
        assert "downloadURL" not in body, url


def test_no_catalogue_leads_to_it_in_any_format(app, held, dataset):
    """All the routes that the outgoing catalogue brings, whatever is added to it."""
    values = {
        "ending": ("ttl", "rdf", "xml", "jsonld", "nt", "n3"), "form": ("atom", "rss"), "name": ("viriat", "gove"),
        "reference": (dataset["id"], dataset["name"]), "number": (1,),
    }  # fmt: skip
    tried = []
    for rule in app.flask_app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint.partition(".")[0] not in CATALOGUES:
            continue
        assert rule.arguments <= values.keys(), f"What are the other parts of {rule}?"
        names = sorted(rule.arguments)
        for given in itertools.product(*(values[one] for one in names)):
            with app.flask_app.test_request_context():
                built = rule.build(dict(zip(names, given, strict=True)), append_unknown=False)
            for asked in ("", "?rows=all"):
                body = app.get(built[1] + asked, expect_errors=True).get_data(as_text=True)
                assert not [one for one in CANARIES if one in body], (built[1], asked)
                # Its dataset has no other file.
                assert dataset["id"] not in body.replace(built[1], ""), (built[1], asked)
            tried.append(built[1])
    assert {"/catalog.ttl", "/catalogue.csv", "/feeds/catalogue.atom", "/sitemap.xml", "/llms.txt"} <= set(tried)


def test_the_page_of_a_held_file_says_that_it_is_closed_and_whom_to_write_to_but_not_why(app, held, dataset):
    answer = app.get(f"/dataset/{dataset['name']}/resource/{held['id']}", status=403)
    body = answer.get_data(as_text=True)
    assert "Repas" in body
    assert dataset["title"] in body
    assert "donnees@viriat.fr" in body
    assert "n’est pas encore ouvert" in body
    assert not [
        word for word in ("personnel", "RGPD", "retenu") if word in body.split("<article", 1)[1].split("</article")[0]
    ]


def test_the_page_of_the_dataset_shows_the_file_without_a_way_to_it(app, held, dataset):
    body = app.get(f"/dataset/{dataset['name']}").get_data(as_text=True)
    assert "Repas" in body
    assert "n’est pas encore ouvert" in body
    assert "/download/" not in body
    assert f'href="/fichiers/{held["id"]}"' not in body


def test_its_own_people_have_it_everywhere(app, held, dataset, clerk):
    headers = {"Authorization": clerk["token"]}
    for url in (f"/dataset/{dataset['name']}/resource/{held['id']}", f"/fichiers/{held['id']}"):
        assert app.get(url, headers=headers).status_code == 200
    body = app.get(f"/fichiers/{held['id']}", headers=headers).get_data(as_text=True)
    assert "Canarivalle" in body


def test_those_of_another_commune_do_not(app, held, dataset, neighbour):
    headers = {"Authorization": neighbour["token"]}
    app.get(f"/dataset/{dataset['name']}/resource/{held['id']}/download/{NAME}", headers=headers, status=403)
    shown = app.get(f"/api/3/action/package_show?id={dataset['id']}", headers=headers).json["result"]["resources"][0]
    assert (shown["url"], shown["ca3b_closed"], "hash" in shown) == ("", True, False)


def test_what_was_public_leaves_no_table_behind(held):
    table = call_action("ca3b_table_status", context={"ignore_auth": True}, resource_id=held["id"])
    assert table["rows"] is None
    with pytest.raises(tk.ObjectNotFound):
        call_action("datastore_search", context={"ignore_auth": True}, resource_id=held["id"])


def test_the_past_of_the_dataset_does_not_lead_to_it(held, dataset):
    """The portal keeps datasets as they were, and shows them to whom the configuration says."""
    with changed_config("ckan.auth.public_activity_stream_detail", True):
        past = call_action("package_activity_list", context=acting(None), id=dataset["id"], include_data=True)
        assert past
        for one in past:
            for name in ("activity_show", "activity_data_show", "activity_diff"):
                given = {"activity_show": {"include_data": True}, "activity_diff": {"object_type": "package"}}
                try:
                    found = call_action(name, context=acting(None), id=one["id"], **given.get(name, {}))
                except (tk.NotAuthorized, tk.ObjectNotFound):
                    continue
                # The first file was clear: its name, in the past, is no secret.
                assert hashlib.sha256(HELD).hexdigest() not in str(found), name


def test_a_dpo_sees_the_datasets_that_are_not_published(commune, as_clerk, dpo, neighbour):
    private = call_action(
        "package_create", context=as_clerk, title="Brouillon", notes="x", owner_org=commune["id"], private=True
    )
    assert call_action("package_show", context=acting(dpo), id=private["id"])["title"] == "Brouillon"
    with pytest.raises(tk.NotAuthorized):
        call_action("package_show", context=acting(neighbour), id=private["id"])


def _all_actions() -> set[str]:
    logic.get_action("package_show")  # CKAN gathers them all at the first one
    return set(logic._actions)


def _reserved(names: set[str]) -> set[str]:
    """Return the actions that a visitor may not call at all, whatever they are given."""
    found = set()
    for name in names:
        try:
            call_action(name, context=acting(None), id="x", resource_id="x", package_id="x")
        except tk.NotAuthorized:
            found.add(name)
        except Exception:  # noqa: BLE001 - it went past the authorisation
            model.Session.rollback()
    return found
