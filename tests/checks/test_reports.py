"""A file that comes in gets a report of its bytes, by whatever way it comes."""

from __future__ import annotations

import hashlib

import ckan.plugins.toolkit as tk
import pytest
from ckan import model
from ckan.tests.helpers import call_action

from ckanext.ca3b.checks import jobs, store
from ckanext.ca3b.files import SHA256
from ckanext.ca3b.tables import schemas

from .conftest import SCHEMA, rows, upload

GOOD = rows(SCHEMA, "valid")
BAD = rows(SCHEMA, "invalid")
UNKNOWN = "couleur;nombre d'oies\nverte;12\nbleue;7\n".encode("cp1252")


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def shown(as_clerk):
    """Read a resource again, as everybody's page does."""
    return lambda resource: call_action("resource_show", context=dict(as_clerk), id=resource["id"])


@pytest.fixture
def heard():
    """The reports that listeners were told of."""
    found: list[tuple[str, dict]] = []

    def listen(resource_id, report):
        found.append((resource_id, report))

    jobs.report_done.connect(listen)
    yield found
    jobs.report_done.disconnect(listen)


def test_a_sent_file_is_read_and_checked_at_once(send, report):
    resource = send(GOOD)
    found = report(resource)
    assert found["state"] == "done"
    assert found["sha256"] == sha256(GOOD)
    assert (found["size"], found["filename"], found["progress"]) == (len(GOOD), "prenoms.csv", 100)
    assert found["reading"]["delimiter"] == ";"
    assert found["reading"]["rows"] == GOOD.count(b"\n") - 1
    assert [column["name"] for column in found["reading"]["columns"]] == GOOD.decode().splitlines()[0].split(";")
    assert found["reading"]["preview"][0] == GOOD.decode().splitlines()[1].split(";")
    assert (found["schema"], found["schema_chosen"]) == (SCHEMA, False)
    assert found["verdict"]["valid"] is True


def test_the_file_carries_its_checksum_and_the_schema_it_follows(send, shown):
    resource = send(GOOD)
    for seen in (resource, shown(resource)):
        assert (seen["hash"], seen["hash_algorithm"], seen["size"]) == (sha256(GOOD), SHA256, len(GOOD))
        assert seen["table_schema"] == SCHEMA
        assert seen["conforms_to"] == [schemas.load(SCHEMA).url]


def test_a_file_with_errors_says_where_and_claims_nothing(send, report, shown):
    resource = send(BAD)
    verdict = report(resource)["verdict"]
    assert verdict["valid"] is False
    expected = schemas.load(SCHEMA).samples["invalid_errors"]
    assert [[one["row"], one["column"], one["code"]] for one in verdict["errors"]] == [list(one) for one in expected]
    assert all(one["message"] and one["line"] for one in verdict["errors"] if one["row"])
    assert sum(one["count"] for one in verdict["counts"]) == verdict["error_count"] == len(expected)
    assert all(one["label"] != one["code"] for one in verdict["counts"])
    assert not shown(resource).get("conforms_to")


def test_the_claim_goes_when_the_file_that_replaces_it_is_wrong_and_what_others_wrote_stays(send, replace, shown):
    other = "https://exemple.fr/ma-norme"
    resource = send(GOOD, conforms_to=[other])
    assert shown(resource)["conforms_to"] == [other, schemas.load(SCHEMA).url]
    replace(resource, BAD)
    assert shown(resource)["conforms_to"] == [other]
    assert shown(resource)["hash"] == sha256(BAD)


def test_facts_of_time_and_place_are_found(send, report):
    facts = report(send(GOOD))["reading"]["facts"]
    assert facts["communes"] == ["01053"]
    year = GOOD.decode().splitlines()[1].split(";")[-1]
    assert facts["period"] == {"start": f"{year}-01-01", "end": f"{year}-12-31"}


def test_a_table_that_follows_nothing_is_read_and_not_checked(send, report, shown):
    found = report(send(UNKNOWN, "oies.csv"))
    assert (found["state"], found["schema"], found["verdict"], found["repairs"]) == ("done", None, None, [])
    assert found["reading"]["rows"] == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "not-a-table"), (b"", "empty")],
)
def test_what_cannot_be_read_is_told_in_french(send, report, shown, content, code):
    resource = send(content, "notice.pdf")
    found = report(resource)
    assert (found["state"], found["reading"], found["verdict"]) == ("unreadable", None, None)
    assert found["error"]["code"] == code
    assert "fichier" in found["error"]["message"].lower()
    assert shown(resource)["hash"] == sha256(content)
    assert "table_schema" not in shown(resource)


def test_the_same_bytes_are_never_read_twice(send, replace, report, heard):
    resource = send(GOOD)
    first = report(resource)
    replace(resource, BAD)
    second = report(resource)
    replace(resource, GOOD)
    third = report(resource)
    assert second["id"] != first["id"] == third["id"]
    assert third["finished"] == first["finished"]
    assert [one["sha256"] for _, one in heard] == [sha256(GOOD), sha256(BAD), sha256(GOOD)]


def test_another_reading_is_another_report_and_becomes_the_current_one(send, report, as_clerk):
    resource = send(UNKNOWN, "oies.csv")
    guessed = report(resource)
    assert guessed["reading"]["header_row"] == 0
    given = {"options": {"header_row": "-1", "encoding": "cp1252"}, "schema": "none"}
    asked = call_action("ca3b_report_create", context=dict(as_clerk), resource_id=resource["id"], **given)
    assert asked["options"] == {"encoding": "cp1252", "header_row": -1}
    assert asked["reading"]["rows"] == 3
    assert report(resource)["id"] == asked["id"] != guessed["id"]
    back = call_action("ca3b_report_create", context=dict(as_clerk), resource_id=resource["id"])
    assert back["id"] == report(resource)["id"] == guessed["id"]


def test_a_chosen_schema_is_in_force_and_stays_for_the_next_file(send, replace, report, as_clerk):
    resource = send(UNKNOWN, "oies.csv")
    chosen = call_action("ca3b_report_create", context=dict(as_clerk), resource_id=resource["id"], schema=SCHEMA)
    assert (chosen["schema"], chosen["schema_chosen"], chosen["verdict"]["valid"]) == (SCHEMA, True, False)
    replace(resource, UNKNOWN + b"rouge;1\n", "oies.csv")
    assert (report(resource)["schema"], report(resource)["reading"]["rows"]) == (SCHEMA, 3)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"schema": "inconnu"}, "schema"),
        ({"options": {"encoding": "klingon"}}, "encoding"),
        ({"options": {"delimiter": "::"}}, "delimiter"),
        ({"options": {"header_row": "deux"}}, "header_row"),
        ({"options": {"types": {"a": "couleur"}}}, "types"),
        ({"options": {"colour": "red"}}, "options"),
        ({"options": "utf-8"}, "options"),
    ],
)
def test_a_wrong_wish_is_refused_by_its_name(send, as_clerk, given, field):
    resource = send(GOOD)
    with pytest.raises(tk.ValidationError) as refused:
        call_action("ca3b_report_create", context=dict(as_clerk), resource_id=resource["id"], **given)
    assert list(refused.value.error_dict) == [field]


def test_a_link_has_no_report(dataset, as_clerk):
    link = call_action(
        "resource_create", context=dict(as_clerk), package_id=dataset["id"], url="https://exemple.fr/a.csv", hash="abc"
    )
    assert link["hash"] == "abc"  # what another catalogue says of its own file is kept
    with pytest.raises(tk.ObjectNotFound):
        call_action("ca3b_report_show", context=dict(as_clerk), resource_id=link["id"])
    with pytest.raises(tk.ValidationError):
        call_action("ca3b_report_create", context=dict(as_clerk), resource_id=link["id"])


def test_every_way_in_makes_a_report(dataset, send, as_clerk, report):
    resource = send(GOOD)
    ways = {
        "resource_update": {"id": resource["id"], "name": "Prénoms", "url_type": "upload"},
        "resource_patch": {"id": resource["id"]},
        "package_revise": {"match": {"id": dataset["id"]}},
    }
    for number, (action, given) in enumerate(ways.items()):
        content = GOOD + b";;M;Jean;%d;2024\n" % (number + 1)
        file = upload(content, "prenoms.csv")
        name = f"update__resources__{resource['id']}__upload" if action == "package_revise" else "upload"
        call_action(action, context=dict(as_clerk), **given, **{name: file})
        assert report(resource)["sha256"] == sha256(content), action
    whole = call_action("package_show", context=dict(as_clerk), id=dataset["id"])
    whole["resources"].append({"name": "Autre", "url": "autre.csv", "upload": upload(BAD, "autre.csv")})
    updated = call_action("package_update", context=dict(as_clerk), **whole)
    assert report(updated["resources"][1])["sha256"] == sha256(BAD)
    assert updated["resources"][0]["hash"] == sha256(content)


def test_nobody_decides_the_checksum_of_a_file_kept_here(send, as_clerk, shown, report):
    resource = send(GOOD)
    false = {"hash": "0" * 64, "hash_algorithm": "none", "table_schema": "scdl-deliberations"}
    call_action("resource_patch", context=dict(as_clerk), id=resource["id"], description="Vu.", **false)
    call_action(
        "resource_update", context=dict(as_clerk), id=resource["id"], url="prenoms.csv", url_type="upload", name="Nom"
    )
    seen = shown(resource)
    assert (seen["hash"], seen["hash_algorithm"], seen["table_schema"]) == (sha256(GOOD), SHA256, SCHEMA)
    assert report(resource)["sha256"] == sha256(GOOD)


def test_a_report_changes_the_file_once_and_leaves_no_line_in_the_history(send, dataset, as_clerk):
    send(GOOD)
    activities = call_action("package_activity_list", context=dict(as_clerk), id=dataset["id"])
    assert [one["activity_type"] for one in activities].count("changed package") == 1


def test_a_file_sent_before_this_plugin_gets_its_checksum_with_its_report(send, as_clerk, shown, report):
    resource = send(GOOD)
    row = model.Session.get(model.Resource, resource["id"])
    row.hash, row.size = "", None
    model.repo.commit()
    with pytest.raises(tk.ObjectNotFound):
        report(resource)
    call_action("ca3b_report_create", context=dict(as_clerk), resource_id=resource["id"])
    assert shown(resource)["hash"] == report(resource)["sha256"] == sha256(GOOD)


def test_reports_go_with_their_file(send, as_clerk):
    resource = send(GOOD)
    found = store.current(resource["id"], sha256(GOOD))
    assert found is not None
    call_action("resource_delete", context=dict(as_clerk), id=resource["id"])
    assert store.get(found.id) is None


def test_reports_go_with_a_purged_dataset(send, dataset):
    found = store.current(send(GOOD)["id"], sha256(GOOD))
    assert found is not None
    user = call_action("get_site_user", context={"ignore_auth": True})
    call_action("dataset_purge", context={"user": user["name"]}, id=dataset["id"])
    assert store.get(found.id) is None


def test_a_listener_that_fails_undoes_nothing(send, report):
    def fail(_resource_id, report):
        raise RuntimeError(report["id"])

    jobs.report_done.connect(fail)
    try:
        assert report(send(GOOD))["state"] == "done"
    finally:
        jobs.report_done.disconnect(fail)


def test_what_a_clerk_should_correct_is_listed_to_them_alone(send, dataset, as_clerk, neighbour):
    good, bad = send(GOOD), send(BAD)
    send(b"%PDF-1.7\n", "notice.pdf")
    asked = {"package_ids": [dataset["id"]]}
    found = call_action("ca3b_report_todo", context=dict(as_clerk), **asked)
    assert [(one["resource_id"], one["state"]) for one in found] == [(bad["id"], "done")]
    assert found[0]["error_count"] > 0
    other = {"user": neighbour["name"], "ignore_auth": False}
    assert call_action("ca3b_report_todo", context=other, **asked) == []
    assert good["id"] != bad["id"]
