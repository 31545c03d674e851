"""Another file takes the place of a table, whole: its readers see the one or the other."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import threading
import time

import pytest
from ckan import model
from ckan.tests import helpers

from ckanext.ca3b.serving import loading, status
from ckanext.ca3b.serving.store import replace

from .conftest import CSV, load, put, rows, sql, table

pytestmark = [
    pytest.mark.ckan_config("ckan.views.default_views", ""),
    pytest.mark.usefixtures("portal", "with_plugins"),
]


def test_a_replaced_file_keeps_the_identifier_and_the_newest_bytes_win(dataset):
    resource = table(dataset)
    put(resource, "nom;classes\nÉcole des Tilleuls;4\n")
    assert load(resource)["rows"] == 1
    found = rows(resource)
    assert [one["id"] for one in found["fields"]] == ["_id", "nom", "classes"]
    assert found["records"][0]["nom"] == "École des Tilleuls"
    assert found["total"] == 1


def test_the_same_bytes_are_not_loaded_twice(dataset):
    resource = table(dataset)
    before = sql("SELECT oid FROM pg_class WHERE relname = %s", resource["id"])
    load(resource)
    assert sql("SELECT oid FROM pg_class WHERE relname = %s", resource["id"]) == before


def spoil(monkeypatch, what, when=""):
    """Have PostgreSQL do something else to each row, or to some of them, than keep it as it was written."""
    real = replace.create

    def with_a_trigger(cursor, aside, *rest):
        real(cursor, aside, *rest)
        cursor.execute(f"CREATE FUNCTION pg_temp.spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {what} END $$")
        cursor.execute(
            f'CREATE TRIGGER spoil BEFORE INSERT ON "{aside}" FOR EACH ROW {when} EXECUTE FUNCTION pg_temp.spoil()'
        )

    monkeypatch.setattr(replace, "create", with_a_trigger)


@pytest.mark.ckan_config("ckanext.ca3b.tables.inline_cells", 0)
def test_values_that_differ_are_not_put_in_place(dataset, monkeypatch):
    """What PostgreSQL holds is read back: a value it keeps otherwise than the file stops everything."""
    resource = table(dataset)
    put(resource, CSV.replace("112", "113"))
    spoil(monkeypatch, "NEW.effectif := NEW.effectif + 1; RETURN NEW;")
    found = load(resource)
    assert found["state"] == "failed"
    assert "exactement" in found["error"]
    assert rows(resource)["records"][0]["effectif"] == 112
    assert sql("SELECT count(*) FROM pg_class WHERE relname LIKE '\\_ca3b\\_%%'") == [(0,)]
    monkeypatch.undo()
    assert load(resource)["state"] == "done"
    assert rows(resource)["records"][0]["effectif"] == 113


@pytest.mark.ckan_config("ckanext.ca3b.tables.inline_cells", 0)
def test_missing_rows_are_not_put_in_place(dataset, monkeypatch):
    resource = table(dataset)
    put(resource, CSV.replace("112", "113"))
    spoil(monkeypatch, "RETURN NULL;", "WHEN (NEW.effectif = 640)")
    found = load(resource)
    assert found["state"] == "failed"
    assert "3 lignes" in found["error"]
    assert rows(resource)["total"] == 3


KILLED = """
    import os, signal, sys
    from ckan.cli import load_config
    from ckan.config.middleware import make_app
    make_app(load_config(sys.argv[1]))
    from ckanext.ca3b.serving import loading
    from ckanext.ca3b.serving.store import replace
    moment = sys.argv[3]
    real = getattr(replace, moment)
    def dies(*given):
        if moment == "_swap":
            real(*given)
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(replace, moment, dies)
    loading.load(sys.argv[2])
"""


@pytest.mark.ckan_config("ckanext.ca3b.tables.inline_cells", 0)
@pytest.mark.parametrize("moment", ["compare", "_swap"])
def test_a_process_killed_on_the_way_leaves_the_table_that_was_there(dataset, ckan_config, moment):
    resource = table(dataset)
    put(resource, CSV.replace("112", "113"))
    killed = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(KILLED), ckan_config["__file__"], resource["id"], moment],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert killed.returncode == -9, killed.stderr[-2000:]
    assert rows(resource)["records"][0]["effectif"] == 112
    assert sql("SELECT count(*) FROM pg_class WHERE relname LIKE '\\_ca3b\\_%%'") == [(0,)]
    for _ in range(50):
        if not status.is_locked(resource["id"]):
            break
        time.sleep(0.1)
    found = status.read(resource["id"])
    assert (found["state"], found["error"]) == ("failed", status.INTERRUPTED)
    assert load(resource)["state"] == "done"
    assert rows(resource)["records"][0]["effectif"] == 113


def test_readers_see_one_table_or_the_other_and_never_none(dataset):
    """A visitor who reads again and again while the file is replaced finds whole tables only."""
    one, other = ("a;b\n" + f"{word};1\n" * 400 for word in ("un", "deux"))
    resource = table(dataset, one)
    seen, failures, stop = set(), [], threading.Event()

    def look():
        while not stop.is_set():
            try:
                found = sql(f'SELECT a, count(*) FROM "{resource["id"]}" GROUP BY a')
                seen.add(tuple(found))
            except Exception as failure:  # noqa: BLE001 - whatever it is, the test fails
                failures.append(failure)

    visitor = threading.Thread(target=look)
    visitor.start()
    for content in (other, one, other):
        put(resource, content)
        assert load(resource)["state"] == "done"
    stop.set()
    visitor.join()
    assert not failures
    assert seen <= {(("un", 400),), (("deux", 400),)}
    assert (("deux", 400),) in seen


def test_two_loadings_of_one_resource_take_turns(dataset):
    """The second waits for the first, and then reads the bytes that are there."""
    resource = table(dataset)
    put(resource, CSV.replace("112", "113"))
    done = []
    with status.lock(resource["id"]):
        assert status.is_locked(resource["id"])
        waiting = threading.Thread(
            target=lambda: (loading.load(resource["id"]), done.append(1), model.Session.remove())
        )
        waiting.start()
        time.sleep(0.5)
        assert not done
        put(resource, CSV.replace("112", "114"))
    waiting.join()
    assert rows(resource)["records"][0]["effectif"] == 114


def test_aliases_follow_the_table(dataset):
    resource = table(dataset)
    helpers.call_action("datastore_create", resource_id=resource["id"], aliases="ecoles_vonnas", force=True)
    put(resource, CSV.replace("112", "113"))
    load(resource)
    assert helpers.call_action("datastore_search", resource_id="ecoles_vonnas")["records"][0]["effectif"] == 113
    sql('DROP VIEW "ecoles_vonnas"')


def test_what_a_person_wrote_in_the_dictionary_stays(dataset):
    resource = table(dataset)
    fields = [{"id": "nom", "type": "text", "info": {"label": "Nom officiel", "notes": "Celui de l’annuaire."}},
              {"id": "effectif", "type": "int8", "info": {"label": "effectif", "type_override": "text"}}]  # fmt: skip
    helpers.call_action("datastore_create", resource_id=resource["id"], fields=fields, force=True)
    put(resource, CSV.replace("112", "113"))
    load(resource)
    found = {one["id"]: one for one in rows(resource)["fields"]}
    assert found["nom"]["info"]["label"] == "Nom officiel"
    assert found["nom"]["info"]["notes"] == "Celui de l’annuaire."
    assert found["effectif"]["type"] == "text"
