"""What a plan decided is written through CKAN's actions: whole transactions, people's work kept, nobody asked twice."""

from __future__ import annotations

import uuid
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model
from ckan.lib.redis import connect_to_redis
from ckanext.activity.model import Activity

from ckanext.ca3b import database
from ckanext.ca3b.harvesting import writing
from ckanext.ca3b.harvesting.store import records
from ckanext.ca3b.harvesting.writing import applying
from ckanext.ca3b.harvesting.writing.datasets import Writer

pytestmark = pytest.mark.usefixtures("portal")


def shown(dataset_id: str) -> dict[str, Any]:
    """The dataset as another connection to the database has it."""
    model.Session.remove()
    return tk.get_action("package_show")({"ignore_auth": True, "use_cache": False}, {"id": dataset_id})


def written(source, *works) -> list[writing.Outcome]:
    return list(writing.apply(source, works))


def test_datasets_and_their_records_come_together(source, work):
    works = [work(str(n)) for n in range(3)]
    outcomes = written(source, *works)
    assert [(one.identifier, one.ok, one.message) for one in outcomes] == [
        ("0", True, ""),
        ("1", True, ""),
        ("2", True, ""),
    ]
    for one in works:
        dataset = shown(one.dataset_id)
        assert dataset["state"] == "active"
        assert [file["id"] for file in dataset["resources"]] == [file["id"] for file in one.package["resources"]]
        row = records.of_dataset(one.dataset_id)
        assert (row.source_id, row.identifier, row.state, row.indexed) == (source.id, one.identifier, "present", False)
        assert row.applied == one.package


def test_what_is_missing_is_neither_refused_nor_filled_in(source, work):
    one = work("sans-rien", notes="")
    assert written(source, one)[0].ok
    dataset = shown(one.dataset_id)
    assert not dataset.get("license_id")
    assert not dataset.get("frequency")
    assert not dataset.get("contact")


def test_a_clerk_who_edits_it_is_asked_for_what_is_missing(source, work, as_clerk):
    one = work("a-completer")
    written(source, one)
    with pytest.raises(tk.ValidationError) as refusal:
        tk.get_action("package_patch")(as_clerk, {"id": one.dataset_id, "title": "Un autre titre"})
    assert "notes" in refusal.value.error_dict


def test_a_value_that_is_refused_is_left_aside_and_said_with_its_label(source, work):
    one = work(
        "refuses",
        notes="Des colonnes à verre.",
        frequency="quand on y pense",
        communes=["99999"],
        contact=[{"name": "Mairie", "email": "pas une adresse"}],
        tag_string="verre, tri",
    )
    one.package["resources"][1]["modified"] = "un jour"
    (outcome,) = written(source, one)
    assert outcome.ok
    said = {problem.where: problem.message for problem in outcome.problems}
    assert set(said) == {"frequency", "communes", "contact.0.email", "resources.1.modified"}
    assert said["frequency"].startswith("« Mise à jour » : ")
    assert said["contact.0.email"].startswith("« Contact, Adresse électronique du service » : ")
    assert said["resources.1.modified"].startswith("« Fichier « Année 2025 », Données à jour au » : ")
    assert all(message.endswith("n’a pas été reprise.") for message in said.values())
    dataset = shown(one.dataset_id)
    assert not dataset.get("frequency")
    assert not dataset.get("communes")
    assert dataset["contact"] == [{"name": "Mairie"}]
    assert not dataset["resources"][1].get("modified")
    assert sorted(tag["name"] for tag in dataset["tags"]) == ["tri", "verre"]
    assert dataset["notes"] == "Des colonnes à verre."


def test_a_licence_too_strict_for_high_value_data_is_kept(source, work):
    one = work("hvd", license_id="odc-odbl", hvd_category=["http://data.europa.eu/bna/c_ac64a52d"])
    (outcome,) = written(source, one)
    assert [problem.where for problem in outcome.problems] == ["hvd_category"]
    dataset = shown(one.dataset_id)
    assert dataset["license_id"] == "odc-odbl"
    assert not dataset.get("hvd_category")


def test_the_culprit_of_a_batch_fails_alone_and_says_why(source, work):
    works = [work("bon-1"), work("mauvais", owner_org="nulle-part"), work("bon-2")]
    outcomes = written(source, *works)
    assert [one.ok for one in outcomes] == [True, False, True]
    assert outcomes[1].message.startswith("Ce jeu de données n’a pas pu être enregistré. « Publié par » : ")
    assert shown(works[2].dataset_id)["state"] == "active"
    assert records.of_dataset(works[1].dataset_id) is None
    with pytest.raises(tk.ObjectNotFound):
        shown(works[1].dataset_id)


def test_a_record_that_cannot_be_written_takes_its_dataset_with_it(source, work):
    one = work("ligne-impossible")
    one.record["no_such_column"] = 1
    (outcome,) = written(source, one)
    assert not outcome.ok
    assert "erreur du portail" in outcome.message
    with pytest.raises(tk.ObjectNotFound):
        shown(one.dataset_id)


def test_the_same_title_gets_readable_distinct_addresses(source, work):
    works = [work(f"homonyme-{n}", title="Budget primitif") for n in range(3)]
    written(source, *works)
    names = [shown(one.dataset_id)["name"] for one in works]
    assert names == ["budget-primitif", "budget-primitif-viriat", "budget-primitif-viriat-2"]


def test_an_address_taken_by_somebody_meanwhile_is_left_to_them(source, work, commune):
    taken = "points-collecte-pris"
    works = iter([work("avant"), work("pris")])
    outcomes = writing.apply(source, works)

    class Late(Writer):
        def _names(self):
            known = super()._names()
            if not model.Session.query(model.Package).filter_by(name=taken).first():
                with model.meta.engine.begin() as other:
                    made = {"id": str(uuid.uuid4()), "name": taken, "title": "À quelqu’un", "state": "active"}
                    other.execute(
                        sa.insert(model.package_table).values(**made, owner_org=commune["id"], type="dataset")
                    )
            return known

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(applying, "Writer", Late)
        assert [one.ok for one in outcomes] == [True, True]
    model.Session.remove()
    names = [model.Package.get(work(one).dataset_id).name for one in ("avant", "pris")]
    assert names[0] == "points-collecte-avant"
    assert names[1].startswith(taken)
    assert names[1] != taken


def test_a_batch_asks_the_database_little_for_each_dataset(source, work):
    asked = []

    def note(_connection, _cursor, statement, *_):
        asked.append(statement)

    sa.event.listen(model.meta.engine, "before_cursor_execute", note)
    try:
        assert all(one.ok for one in writing.apply(source, [work(f"peu-{n}") for n in range(20)]))
    finally:
        sa.event.remove(model.meta.engine, "before_cursor_execute", note)
    assert len(asked) / 20 < 12


def test_a_change_keeps_what_people_made_and_the_address(source, work):
    first = work("suivi", notes="Avant.", url="https://viriat.example/avant")
    written(source, first)
    before = shown(first.dataset_id)
    patch = {"id": first.dataset_id, "title": "Titre du portail", "notes": "Texte du portail."}
    tk.get_action("package_patch")({"ignore_auth": True, "user": "agent-viriat"}, patch)
    then = work(
        "suivi", "changed", before=first.package, kept=("notes",), notes="Après.", url="https://viriat.example/apres"
    )
    (outcome,) = written(source, then)
    assert outcome.ok, outcome.message
    after = shown(first.dataset_id)
    assert after["url"] == "https://viriat.example/apres"
    assert (after["title"], after["notes"]) == ("Titre du portail", "Texte du portail.")
    assert after["name"] == before["name"]
    assert after["metadata_created"] == before["metadata_created"]
    assert after["metadata_modified"] > before["metadata_modified"]
    assert records.of_dataset(first.dataset_id).applied == then.package


def test_many_changes_of_one_batch_are_all_kept(source, work):
    first = [work(f"lot-{n}") for n in range(6)]
    written(source, *first)
    then = [work(f"lot-{n}", "changed", before=one.package, notes=f"Note {n}") for n, one in enumerate(first)]
    assert all(one.ok for one in written(source, *then))
    assert [shown(one.dataset_id)["notes"] for one in first] == [f"Note {n}" for n in range(6)]


def test_a_dataset_that_is_there_already_is_not_made_twice(source, work):
    written(source, work("deux-fois"))
    (outcome,) = written(source, work("deux-fois", notes="La même, après une panne."))
    assert outcome.ok
    assert shown(outcome.dataset_id)["notes"] == "La même, après une panne."


def test_vanished_archived_and_back_with_its_id_and_address(source, work):
    one = work("revenant")
    written(source, one)
    before = shown(one.dataset_id)
    gone = work("revenant", "vanished", gone=True)
    gone.record.clear()
    gone.record["state"] = "vanished"
    written(source, gone)
    assert shown(one.dataset_id)["metadata_modified"] == before["metadata_modified"]
    assert records.of_dataset(one.dataset_id).state == "vanished"

    away = work("revenant", "archived", gone=True)
    away.record.clear()
    away.record["state"] = "archived"
    assert written(source, away)[0].ok
    assert shown(one.dataset_id)["state"] == "deleted"

    back = work("revenant", "returned", before=one.package, notes="De retour.")
    assert written(source, back)[0].ok
    after = shown(one.dataset_id)
    assert (after["state"], after["name"], after["notes"]) == ("active", before["name"], "De retour.")
    assert [file["id"] for file in after["resources"]] == [file["id"] for file in before["resources"]]
    assert after["organization"]["name"] == "viriat"


def test_no_job_is_asked_for_each_dataset(source, work):
    before = len(tk.get_action("job_list")({"ignore_auth": True}, {}))
    connect_to_redis().delete("ca3b:catalogue:asked")
    written(source, *[work(f"calme-{n}") for n in range(25)])
    assert len(tk.get_action("job_list")({"ignore_auth": True}, {})) - before == 1


def test_activities_of_datasets_are_one_line_of_their_organisation(source, run, work, app):
    model.Session.execute(sa.delete(Activity))
    model.Session.commit()
    works = [work(f"ligne-{n}") for n in range(3)]
    written(source, *works)
    assert model.Session.query(Activity).count() == 0
    assert writing.activity(source, run, {"added": 3, "changed": 1, "unchanged": 7})
    (line,) = model.Session.query(Activity)
    assert (line.object_id, line.activity_type) == (source.owner_org, "harvested catalogue")
    page = app.get("/organization/activity/viriat").body
    assert "3 jeux de données ajoutés" in page
    assert "1 jeu de données modifié" in page


def test_a_run_that_changed_nothing_says_nothing(source, run):
    assert not writing.activity(source, run, {"unchanged": 12, "added": 0})


def test_the_database_gone_in_the_middle_leaves_whole_datasets(source, work):
    works = [work(f"coupure-{n}") for n in range(60)]
    going = writing.apply(source, works)
    done = [next(going) for _ in range(25)]
    with database.session() as one:
        others = "pid <> pg_backend_pid() AND datname = current_database()"
        one.execute(sa.text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))
    try:
        done += list(going)
    except sa.exc.OperationalError:
        model.Session.rollback()
    model.Session.remove()
    for each in works:
        row = records.of_dataset(each.dataset_id)
        there = model.Package.get(each.dataset_id)
        assert (row is None) == (there is None)
    assert all(model.Package.get(each.dataset_id) is not None for each in done if each.ok)
