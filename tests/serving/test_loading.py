"""A file becomes a table of the DataStore: every value, or the table that was there."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import random
import subprocess
import sys
import textwrap
import threading
import time
from decimal import Decimal

import ckan.plugins.toolkit as tk
import pytest
from ckan import model
from ckan.lib import jobs, search
from ckan.tests import factories, helpers
from ckanext.datastore.helpers import is_valid_field_name
from sqlalchemy.exc import StatementError

from ckanext.ca3b import gate, tables
from ckanext.ca3b.serving import loading, status
from ckanext.ca3b.serving.cli import tables as cli_tables
from ckanext.ca3b.serving.store import columns, feed, fulltext, names, replace
from ckanext.ca3b.tables import models, schemas

from .conftest import CSV, MINIMAL, load, put, rows, sql, sysadmin, table, upload

pytestmark = [
    pytest.mark.ckan_config("ckan.views.default_views", ""),
    pytest.mark.usefixtures("portal", "with_plugins"),
]


moment = dt.datetime.fromisoformat


def stored(resource):
    return sql(f'SELECT * FROM "{resource["id"]}" ORDER BY _id')


def test_every_value_is_kept_in_the_type_that_was_read(dataset):
    resource = table(dataset)
    fields = {one["id"]: one["type"] for one in rows(resource)["fields"]}
    assert fields == {
        "_id": "int", "nom": "text", "code": "text", "effectif": "int8", "surface": "numeric", "ouverture": "date",
        "cantine": "bool",
    }  # fmt: skip
    first, second, third = (row[2:] for row in stored(resource))
    assert first == ("École des Lilas", "01004", 112, Decimal("1204.50"), dt.date(1987, 9, 3), True)
    assert second[2:4] == (640, Decimal("12345.25"))
    assert third[2] is None
    # The decimals of the file, the last zero too.
    assert str(first[3]) == "1204.50"


def test_what_the_schema_says_is_text_stays_text(dataset):
    text = io.BytesIO()
    models.write_example_csv(schemas.load("scdl-deliberations"), text)
    resource = table(dataset, text.getvalue(), "deliberations.csv")
    fields = {one["id"]: one["type"] for one in rows(resource)["fields"]}
    assert (fields["DELIB_MATIERE_CODE"], fields["DELIB_DATE"], fields["VOTE_POUR"]) == ("text", "date", "int8")


def test_the_status_tells_what_is_in_place(dataset):
    resource = table(dataset)
    found = helpers.call_action(
        "ca3b_table_status", context={"user": "", "ignore_auth": False}, resource_id=resource["id"]
    )
    assert (found["state"], found["progress"], found["rows"], found["error"]) == ("done", 100, 3, None)
    assert found["sha256"] == hashlib.sha256(CSV.encode()).hexdigest()
    assert found["finished"]


def test_words_of_the_rows_are_found_in_french_and_codes_as_they_are(dataset):
    resource = table(dataset)
    for words, names_ in (
        ("écoles", ["École des Lilas", "École Été"]), ("collèges", ["Collège de l’Étang"]),
        ("01053", ["Collège de l’Étang"]),
        ("640", ["Collège de l’Étang"]), ("1987", ["École des Lilas"]), ("lilas 01004", ["École des Lilas"]),
        ("absent", []),
    ):  # fmt: skip
        assert [one["nom"] for one in rows(resource, q=words, sort="_id")["records"]] == names_, words


def test_ckan_sees_a_table_of_its_own(dataset):
    """Primary key, full-text index and trigger under the names CKAN looks for, rights of readers, count of rows."""
    resource = table(dataset)
    known = {name for (name,) in sql("SELECT indexname FROM pg_indexes WHERE tablename = %s", resource["id"])}
    assert f"{resource['id']}_pkey" in known
    assert len(known) == 2
    assert sql("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass", f'"{resource["id"]}"') == [("zfulltext",)]
    assert rows(resource)["total"] == 3
    helpers.call_action(
        "datastore_upsert", resource_id=resource["id"], method="insert", force=True,
        records=[{"nom": "Maternelle du Pré", "code": "01777"}],
    )  # fmt: skip
    assert [one["_id"] for one in rows(resource, q="01777")["records"]] == [4]


def test_the_resource_and_the_search_index_say_that_there_is_a_table(dataset):
    resource = table(dataset)
    assert helpers.call_action("resource_show", id=resource["id"])["datastore_active"] is True
    found = helpers.call_action("package_search", fq=f"id:{dataset['id']}", include_private=True)["results"][0]
    assert {one["id"]: one["datastore_active"] for one in found["resources"]}[resource["id"]] is True
    views = helpers.call_action("resource_view_list", id=resource["id"])
    assert [view["view_type"] for view in views] == ["ca3b_table"]


@pytest.mark.ckan_config("ckanext.ca3b.tables.inline_cells", 0)
def test_the_search_index_is_updated_once_and_no_change_is_told_of_the_dataset(dataset, monkeypatch):
    resource = upload(dataset)
    indexed = []
    real = search.rebuild
    monkeypatch.setattr(search, "rebuild", lambda package_id: indexed.append(package_id) or real(package_id))
    before = helpers.call_action("package_show", id=dataset["id"])["metadata_modified"]
    load(resource)
    assert indexed == [dataset["id"]]
    assert helpers.call_action("package_show", id=dataset["id"])["metadata_modified"] == before


HOSTILE = [
    "_id", "nom", "nom", "l’été \"cité\"", "é" * 80, "é" * 80, "  ", "%(x)s", "a;b", "_full_text", "rank", "col\tonne",
    "'; DROP TABLE x; --", ":lié", "\\", "N" * 63 + "1", "N" * 63 + "2",
]  # fmt: skip


def test_hostile_names_of_columns_are_made_legal_and_their_header_kept(dataset):
    header = ",".join('"' + name.replace('"', '""') + '"' for name in HOSTILE)
    resource = table(dataset, header + "\n" + ",".join(f"v{n} x" for n in range(len(HOSTILE))) + "\n")
    fields = rows(resource)["fields"][1:]
    assert len(fields) == len(HOSTILE)
    assert len({one["id"] for one in fields}) == len(HOSTILE)
    assert all(len(one["id"].encode()) <= 63 and not one["id"].startswith("_") for one in fields)
    assert fields[3]["info"]["label"] == HOSTILE[3]
    assert fields[4]["info"]["label"].startswith("é" * 80)
    record = rows(resource)["records"][0]
    assert [record[one["id"]] for one in fields] == [f"v{n} x" for n in range(len(HOSTILE))]


def test_names_are_legal_whatever_the_header():
    chance = random.Random(4)
    alphabet = 'aé_"\t\u200b %漢🎈\x00 '
    for _ in range(300):
        headers = ["".join(chance.choices(alphabet, k=chance.randrange(70))) for _ in range(6)]
        given = names.legal(headers)
        assert len(set(given)) == 6
        for name in given:
            assert is_valid_field_name(name)
            assert len(name.encode()) <= 63


def test_ckan_still_takes_a_colon_in_a_name_for_a_parameter(dataset):
    """When this fails, names of columns may keep their colons."""
    fields = [{"id": ":a", "type": "text"}]
    with pytest.raises(StatementError):
        helpers.call_action(
            "datastore_create", context=sysadmin(), resource={"package_id": dataset["id"]}, fields=fields
        )


def test_a_table_without_row_has_its_columns(dataset):
    resource = table(dataset, "nom;date\n")
    assert [one["id"] for one in rows(resource)["fields"]] == ["_id", "nom", "date"]
    assert rows(resource)["total"] == 0


TRICKY = [
    "\\", "\\N", "\\.", "a\\nb", "tab\tici", "deux\nlignes", "retour\r\nchariot", "''", '"', "é\u202fè", "NULL",
    "%s %(a)s",
    "\x08\x0b\x0c", "🎈", " blanc devant", "=1+1", "a" * 9000,
]  # fmt: skip


def test_texts_that_copy_would_change_come_back_as_written(dataset):
    lines = "".join('"' + value.replace('"', '""') + '";x\n' for value in TRICKY)
    resource = table(dataset, "texte;autre\n" + lines)
    assert [row[2] for row in stored(resource)] == TRICKY


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (["-0,00", "1,5"], [Decimal("0.00"), Decimal("1.5")]),
        (["999999999999", "-1"], [999999999999, -1]),
        (["1\u202f204,50", "-1\u00a0000\u00a0000,25"], [Decimal("1204.50"), Decimal("-1000000.25")]),
        (["12345678901234567890", "1"], ["12345678901234567890", "1"]),
        (["0,0000001", "0,1"], [Decimal("0.0000001"), Decimal("0.1")]),
        (["2024-02-29T23:59:59", "2024-03-01T00:00:00"], [moment("2024-02-29T23:59:59"), moment("2024-03-01")]),
        (
            ["2024-02-29T23:59:59.250000", "2024-03-01T00:00:00.000000"],
            [moment("2024-02-29T23:59:59.250000"), moment("2024-03-01T00:00:00")],
        ),
        (
            ["2024-02-29T23:59:59+02:00", "2024-03-01T00:00:00Z"],
            [moment("2024-02-29T21:59:59+00:00"), moment("2024-03-01T00:00:00+00:00")],
        ),
        (["31/12/1066", "1/1/2024"], [dt.date(1066, 12, 31), dt.date(2024, 1, 1)]),
    ],
)  # fmt: skip
def test_numbers_and_moments_are_neither_rounded_nor_shifted(dataset, written, kept):
    resource = table(dataset, "nom;valeur\n" + "".join(f"n;{value}\n" for value in written))
    assert [row[3] for row in stored(resource)] == kept


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


def test_a_file_that_is_not_a_table_leaves_none(dataset, monkeypatch):
    monkeypatch.setattr(gate, "is_open", lambda *_given: True)
    resource = table(dataset)
    put(resource, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "photo.csv")
    found = load(resource)
    assert found["state"] == "none"
    assert found["error"]
    assert replace.facts_of(resource["id"]) is None
    assert helpers.call_action("resource_show", id=resource["id"])["datastore_active"] is False
    assert helpers.call_action("resource_view_list", id=resource["id"]) == []


def test_a_link_in_place_of_the_file_takes_the_table_away(dataset):
    resource = table(dataset)
    helpers.call_action(
        "resource_patch",
        context=sysadmin(),
        id=resource["id"],
        url="https://example.org/a.csv",
        url_type="",
        clear_upload="true",
    )
    load(resource)
    assert replace.facts_of(resource["id"]) is None


def test_the_table_of_somebody_else_is_left_alone(dataset):
    """A resource that lives in the DataStore alone has no file of ours behind it."""
    made = helpers.call_action(
        "datastore_create",
        context=sysadmin(),
        resource={"package_id": dataset["id"]},
        fields=[{"id": "a", "type": "text"}],
    )
    resource = {"id": made["resource_id"]}
    load(resource)
    assert replace.facts_of(resource["id"]) == {}


def test_a_draft_has_no_table_until_it_is_published(commune):
    draft = factories.Dataset(owner_org=commune["id"], state="draft", **MINIMAL)
    resource = upload(draft)
    assert load(resource)["state"] == "none"
    helpers.call_action("package_patch", context=sysadmin(), id=draft["id"], state="active")
    assert status.read(resource["id"])["state"] == "done"


def test_a_small_table_is_there_when_the_file_is(dataset):
    resource = upload(dataset)
    assert status.read(resource["id"])["state"] == "done"
    assert rows(resource)["total"] == 3
    put(resource, CSV + "École neuve;01053;1;1,00;01/09/2026;non\n")
    assert rows(resource)["total"] == 4


@pytest.mark.ckan_config("ckanext.ca3b.tables.inline_cells", 17)
def test_a_table_larger_than_that_is_loaded_by_a_job(dataset):
    resource = upload(dataset)
    assert status.read(resource["id"])["state"] == "waiting"
    assert load(resource)["rows"] == 3


@pytest.mark.ckan_config("ckanext.ca3b.tables.inline_cells", 0)
def test_the_end_of_a_report_asks_for_the_table_of_a_published_file_only(dataset, commune):
    resource = upload(dataset)
    status.forget(resource["id"])
    signal = tk.signals.ckanext.signal("ca3b:report_done")
    signal.send(resource["id"], report={"state": "done", "package_id": dataset["id"]})
    assert status.read(resource["id"])["state"] == "waiting"
    draft = factories.Dataset(owner_org=commune["id"], state="draft", **MINIMAL)
    hidden = upload(draft)
    signal.send(hidden["id"], report={"state": "done", "package_id": draft["id"]})
    assert status.read(hidden["id"])["state"] == "none"


@pytest.mark.ckan_config("ckanext.ca3b.tables.inline_cells", 0)
def test_values_that_differ_are_not_put_in_place(dataset, monkeypatch):
    """What PostgreSQL holds is read back: a value it keeps otherwise than the file stops everything."""
    resource = table(dataset)
    put(resource, CSV.replace("112", "113"))
    real = replace.create

    def with_a_trigger(cursor, aside, *rest):
        real(cursor, aside, *rest)
        cursor.execute(
            "CREATE FUNCTION pg_temp.spoil() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN NEW.effectif := NEW.effectif + 1; RETURN NEW; END $$"
        )
        cursor.execute(f'CREATE TRIGGER spoil BEFORE INSERT ON "{aside}" FOR EACH ROW EXECUTE FUNCTION pg_temp.spoil()')

    monkeypatch.setattr(replace, "create", with_a_trigger)
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
    real = replace.create

    def with_a_trigger(cursor, aside, *rest):
        real(cursor, aside, *rest)
        cursor.execute(
            "CREATE FUNCTION pg_temp.lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$"
        )
        cursor.execute(
            f'CREATE TRIGGER lose BEFORE INSERT ON "{aside}" FOR EACH ROW WHEN (NEW.effectif = 640)'
            " EXECUTE FUNCTION pg_temp.lose()"
        )

    monkeypatch.setattr(replace, "create", with_a_trigger)
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


def test_the_codes_of_a_column_are_the_words_the_parser_would_make(dataset):
    """Codes are put in the index without parsing: a search must find them as if they had been parsed."""
    for code in ("01004", "20192164782032", "D0000001", "ABC12", "0", "5", "a1"):
        as_code, parsed = sql(
            "SELECT array_to_tsvector(ARRAY[lower(%s)])::text, strip(to_tsvector('french', %s))::text", code, code
        )[0]
        assert as_code == parsed


def test_a_column_that_stops_being_made_of_codes_is_parsed_after_all(dataset):
    lines = "".join(f"A{n};x\n" for n in range(feed.BATCH_ROWS)) + "Grande école;y\n"
    resource = table(dataset, "repere;autre\n" + lines)
    assert rows(resource, q="écoles")["total"] == 1
    assert rows(resource, q="A17")["total"] == 1


def test_a_row_longer_than_the_search_can_hold_is_loaded_whole(dataset):
    chance = random.Random(1)
    words = " ".join("".join(chance.choices("abcdefghij", k=9)) for _ in range(180_000))
    resource = table(dataset, f"texte;autre\n{words};x\nécole;y\n")
    assert stored(resource)[0][2] == words
    assert rows(resource, q="écoles")["total"] == 1


def test_a_thousand_columns_are_served(dataset):
    header = ";".join(f"c{n}" for n in range(1000))
    resource = table(dataset, f"{header}\n" + ";".join(f"mot {n}" for n in range(1000)) + "\n")
    assert len(rows(resource)["fields"]) == 1001


def test_a_worker_does_the_job_that_was_asked(dataset):
    resource = upload(dataset)
    helpers.call_action("ca3b_table_load", resource_id=resource["id"])
    queue = jobs.get_queue()
    job = next(one for one in queue.jobs if one.args == [resource["id"]] and one.func_name.endswith("loading.load"))
    job.perform()
    assert status.read(resource["id"])["state"] == "done"


def test_only_an_editor_may_ask_for_a_table(dataset, clerk):
    resource = upload(dataset)
    with pytest.raises(tk.NotAuthorized):
        helpers.call_action("ca3b_table_load", context={"user": "", "ignore_auth": False}, resource_id=resource["id"])
    found = helpers.call_action(
        "ca3b_table_load", context={"user": clerk["name"], "ignore_auth": False}, resource_id=resource["id"]
    )
    assert found["state"] == "waiting"


def test_the_command_loads_all(cli, dataset):
    resource = upload(dataset)
    result = cli.invoke(cli_tables, ["load", "--all", "--now"])
    assert result.exit_code == 0, result.output
    assert f"{resource['id']} done 3" in result.output
    assert cli.invoke(cli_tables, ["load"]).exit_code == 2


def test_rows_are_fed_in_bounded_memory(tmp_path):
    """The thread that writes ahead stops at a few batches, however slow the database."""
    path = tmp_path / "long.csv"
    path.write_text("a;b\n" + "un;2\n" * 400_000, "utf-8")
    read = tables.read(path)
    with feed.Feed(read, columns.stored(read.columns), set(), lambda _: None) as source:
        source.read(10)
        time.sleep(0.5)
        assert source._ahead.qsize() <= feed.AHEAD
    assert not source._thread.is_alive()


def test_the_expression_of_the_words_is_immutable_for_every_type():
    """PostgreSQL refuses a generated column otherwise; a date as text depends on a setting."""
    made = [
        columns.Stored(name, kind, tables.Column(name, "text", name, place))
        for place, (name, kind) in enumerate(
            [
                ("t", "text"),
                ("i", "int8"),
                ("n", "numeric"),
                ("b", "bool"),
                ("d", "date"),
                ("m", "timestamp"),
                ("z", "timestamptz"),
            ]
        )
    ]
    with replace.transaction() as cursor:
        for codes in (set(), {"t"}):
            for shortened in (False, True):
                replace.create(cursor, "_ca3b_words", made, fulltext.expression(made, codes, shortened=shortened))
                cursor.execute('DROP TABLE "_ca3b_words"')
