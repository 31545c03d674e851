"""A file is closed until its scan is clear or the DPO signed; whatever is not known keeps it closed."""

from __future__ import annotations

import hashlib
import threading

import ckan.plugins.toolkit as tk
import pytest
from ckan import model
from ckan.cli.cli import ckan as ckan_command
from ckan.tests.helpers import call_action

from ckanext.ca3b.privacy import config, resources
from ckanext.ca3b.privacy.gate import arrivals, state
from ckanext.ca3b.privacy.model import Arrival, Scan
from ckanext.ca3b.privacy.scanning import examine, jobs, store
from ckanext.ca3b.tables import TableError

from .conftest import CLEAR, HELD, acting, gate, is_open, judge, upload


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_a_file_that_says_nothing_of_anybody_is_open_when_the_page_comes_back(send):
    resource = send(CLEAR)
    assert is_open(resource)
    found = gate(resource)
    assert (found["state"], found["sha256"], found["scan"]["decision"]) == ("open", sha256(CLEAR), "pass")


def test_a_file_with_personal_data_is_held_and_its_own_people_know_why(send, clerk, neighbour, dpo):
    resource = send(HELD)
    assert not is_open(resource)
    for one in (clerk, dpo):
        found = gate(resource, one)
        assert (found["open"], found["state"]) == (False, "held")
        assert {finding["column"] for finding in found["scan"]["findings"]} >= {"nom", "telephone"}
    assert gate(resource, neighbour) == {"open": False}


def test_its_own_people_the_dpo_and_the_portal_have_a_file_that_is_held(send, clerk, dpo, sysadmin, neighbour):
    resource = send(HELD)
    for one in (clerk, dpo, sysadmin):
        assert call_action("resource_show", context=acting(one), id=resource["id"])["url"].endswith(".csv")
    for one in (neighbour, None):
        with pytest.raises(tk.NotAuthorized):
            call_action("resource_show", context=acting(one), id=resource["id"])


def test_no_value_of_a_cell_is_kept(send):
    resource = send(HELD)
    said = str(gate(resource)["scan"])
    assert not [one for one in ("Canarivalle", "14/03/2017", "39 98") if one in said]


def test_a_file_that_cannot_be_read_is_closed(send):
    resource = send(b"%PDF-1.4 \x00\x01\x02 rien", "repas.pdf")
    assert gate(resource)["state"] == "unreadable"
    assert not is_open(resource)


def test_a_file_of_which_a_part_was_not_examined_is_held(send, monkeypatch):
    honest = examine.examine
    monkeypatch.setattr(examine, "examine", lambda *given: honest(*given) | {"not_examined": ["une image"]})
    assert gate(send(CLEAR))["state"] == "held"


@pytest.mark.parametrize("error", [RuntimeError("defect"), MemoryError(), TableError("x", "Illisible.")])
def test_a_scan_that_fails_leaves_the_file_closed_and_the_upload_done(send, monkeypatch, error):
    def fail(*_given):
        raise error

    monkeypatch.setattr(examine, "examine", fail)
    resource = send(CLEAR)
    assert not is_open(resource)
    assert resource["hash"] == sha256(CLEAR)
    monkeypatch.undo()
    jobs.request(resources.show(resource["id"]))
    assert is_open(resource) is not isinstance(error, TableError)  # what cannot be read is not tried again


def test_a_policy_that_cannot_be_read_opens_nothing(send, monkeypatch, tmp_path):
    (tmp_path / "politique.yaml").write_text("version: [")
    monkeypatch.setitem(tk.config, config.POLICY, str(tmp_path / "politique.yaml"))
    resource = send(CLEAR)
    assert (gate(resource)["state"], is_open(resource)) == ("scanning", False)


def test_a_large_file_is_closed_until_its_job_is_done(send, large_files):
    resource = send(CLEAR)
    assert (gate(resource)["state"], is_open(resource)) == ("scanning", False)
    jobs.run(gate(resource)["scan"]["id"])
    assert is_open(resource)


def test_a_file_that_kills_its_worker_each_time_is_given_up_and_stays_closed(send, large_files):
    resource = send(CLEAR)
    scan_id = gate(resource)["scan"]["id"]
    for _ in range(jobs.ATTEMPTS):
        assert store.take(scan_id)  # the worker dies here
        assert not is_open(resource)
    jobs.run(scan_id)
    found = gate(resource)
    assert (found["scan"]["error"]["code"], found["open"]) == ("interrupted", False)


def test_other_bytes_are_closed_again_and_an_authorisation_goes_with_the_bytes_it_names(send, replace):
    resource = send(HELD)
    judge(resource, "authorise")
    assert is_open(resource)
    replace(resource, HELD.replace(b"Lilou", b"Louna"))
    assert not is_open(resource)
    replace(resource, HELD)
    assert is_open(resource)
    replace(resource, CLEAR)
    assert is_open(resource)


@pytest.mark.parametrize(("kind", "name"), [("refuse", "refused"), ("ask_treatment", "treatment_asked")])
def test_what_the_dpo_signed_last_counts_even_against_a_clear_scan(send, kind, name):
    resource = send(CLEAR)
    judge(resource, kind)
    assert (gate(resource)["state"], is_open(resource)) == (name, False)
    judge(resource, "authorise")
    assert is_open(resource)


def test_a_closed_file_stays_closed_whatever_its_bytes_until_it_is_opened_again(send, replace):
    resource = send(CLEAR)
    judge(resource, "close")
    assert gate(resource)["state"] == "closed"
    replace(resource, CLEAR + b"Parking Neuf;3\r\n")
    assert not is_open(resource)
    judge(resource, "reopen")
    assert is_open(resource)


def test_a_link_is_open_unless_the_dpo_closed_it(dataset, as_clerk):
    resource = call_action(
        "resource_create", context=as_clerk, package_id=dataset["id"], name="Lien", url="https://viriat.example/a.csv"
    )
    assert is_open(resource)
    assert gate(resource)["clear"] is False  # nothing of it is shown here before it was seen
    judge(resource, "close")
    assert not is_open(resource)


def test_nobody_says_which_bytes_a_file_has(send, as_clerk):
    resource = send(HELD)
    other = send(CLEAR, "parkings.csv")
    patched = call_action("resource_patch", context=as_clerk, id=resource["id"], hash=sha256(CLEAR))
    assert patched["hash"] == sha256(HELD)
    # Nor by making it a link and then a file again.
    call_action(
        "resource_patch", context=dict(as_clerk), id=resource["id"], url="https://viriat.example/a", url_type=""
    )
    call_action(
        "resource_patch", context=dict(as_clerk), id=resource["id"], url="a.csv", url_type="upload", hash=sha256(CLEAR)
    )
    assert not is_open(resource)
    assert is_open(other)


def test_rows_are_not_pushed_into_the_table_of_an_open_file(send, as_clerk):
    resource = send(CLEAR)
    for action in ("datastore_upsert", "datastore_create"):
        with pytest.raises(tk.NotAuthorized):
            call_action(
                action,
                context=dict(as_clerk),
                resource_id=resource["id"],
                records=[{"lieu": "Canarivalle"}],
                force=True,
            )


def test_a_file_stored_before_the_plugin_is_closed_until_the_command_scans_it(send, cli):
    resource = send(CLEAR)
    with store.session() as session:
        session.query(Scan).delete()
    row = model.Resource.get(resource["id"])
    row.hash = ""
    model.repo.commit()
    assert (gate(resource)["state"], is_open(resource)) == ("missing", False)
    result = cli.invoke(ckan_command, ["ca3b", "rgpd", "scan"])
    assert f"{resource['id']} : open" in result.output, result.output
    assert is_open(resource)


def test_between_two_uploads_a_decision_about_the_first_does_not_open_the_second(send, replace, monkeypatch):
    """The DPO signs while another file comes in: the signature names bytes that are there no more."""
    resource = send(HELD)
    seen = []
    honest = examine.examine

    def meanwhile(*given):
        judge(resource, "authorise", sha256(HELD))
        seen.append(is_open(resource))
        return honest(*given)

    monkeypatch.setattr(examine, "examine", meanwhile)
    replace(resource, HELD.replace(b"Lilou", b"Louna"))
    assert seen == [False]
    assert not is_open(resource)


def test_while_new_bytes_come_in_the_old_clear_ones_open_nothing(send, replace, monkeypatch):
    """CKAN stores the new bytes before it commits their checksum."""
    resource = send(CLEAR)
    seen = []
    notify = model.Session.flush

    def spy(*given, **named):
        result = notify(*given, **named)
        table = state.of(resources.show(resource["id"]))
        seen.append(table.open)
        return result

    monkeypatch.setattr(model.Session, "flush", spy)
    replace(resource, HELD)
    assert seen
    assert not any(seen)


def test_an_upload_that_fails_after_its_bytes_were_stored_leaves_the_file_closed(send, replace, monkeypatch):
    resource = send(CLEAR)

    def fail(*_given, **_named):
        raise RuntimeError("the index is full")

    with monkeypatch.context() as broken:
        broken.setattr("ckan.logic.index_update_package_dicts", fail)
        with pytest.raises(RuntimeError):
            replace(resource, HELD)
    model.Session.rollback()
    assert resources.show(resource["id"])["hash"] == sha256(CLEAR)  # the database says the clear bytes
    assert not is_open(resource)
    replace(resource, CLEAR)
    assert is_open(resource)  # the file that came in whole takes the place of the one that did not


def test_an_upload_that_is_refused_changes_nothing(send, replace, monkeypatch):
    resource = send(CLEAR)
    monkeypatch.setitem(tk.config, "ckan.max_resource_size", 0)
    with pytest.raises(tk.ValidationError):
        replace(resource, HELD)
    model.Session.rollback()
    assert is_open(resource)
    with store.session() as session:
        assert not session.query(Arrival).count()


def test_an_arrival_whose_process_died_is_forgotten_once_the_bytes_are_checked(send, monkeypatch, cli):
    resource = send(CLEAR)
    arrivals.begin(resource["id"])
    assert not is_open(resource)
    cli.invoke(ckan_command, ["ca3b", "rgpd", "scan", resource["id"]])
    assert not is_open(resource)  # maybe it is still alive
    monkeypatch.setattr(arrivals, "LOST_AFTER", 0)
    cli.invoke(ckan_command, ["ca3b", "rgpd", "scan", resource["id"]])
    assert is_open(resource)


def test_two_workers_never_make_the_same_scan(send, large_files, monkeypatch):
    resource = send(CLEAR)
    scan_id = gate(resource)["scan"]["id"]
    inside, go, made = threading.Event(), threading.Event(), []
    honest = examine.examine

    def slow(*given):
        made.append(1)
        inside.set()
        go.wait(20)
        return honest(*given)

    monkeypatch.setattr(examine, "examine", slow)
    first = threading.Thread(target=jobs.run, args=[scan_id])
    first.start()
    assert inside.wait(20)
    jobs.run(scan_id)
    assert not is_open(resource)
    go.set()
    first.join(20)
    assert made == [1]
    assert is_open(resource)


def test_a_new_policy_keeps_open_what_is_public_until_it_has_looked_at_it(send, monkeypatch):
    resource = send(CLEAR)
    monkeypatch.setattr(examine, "ENGINE", examine.ENGINE + 1)
    asked = store.ask(
        {"resource_id": resource["id"], "package_id": resource["package_id"], "sha256": resource["hash"], "size": 1,
         "filename": "a.csv", "remote": False}, examine.policy().version, examine.ENGINE,
    )  # fmt: skip
    assert is_open(resource)
    store.take(asked.id)
    assert is_open(resource)
    finding = {"column": "lieu", "category": "name", "decision": "review", "count": 1}
    store.finish(asked.id, {"decision": "review", "rows": 2, "findings": [finding], "not_examined": []})
    assert not is_open(resource)


def test_each_file_that_comes_with_an_update_of_its_dataset_is_scanned(send, dataset, as_clerk):
    first = send(CLEAR)
    whole = call_action("package_show", context=dict(as_clerk), id=dataset["id"])
    whole["resources"][0]["upload"] = upload(HELD)
    whole["resources"].append({"name": "Parkings", "url": "", "upload": upload(CLEAR, "parkings.csv")})
    made = call_action("package_update", context=dict(as_clerk), **whole)
    assert made["resources"][0]["id"] == first["id"]
    assert [is_open(one) for one in made["resources"]] == [False, True]
