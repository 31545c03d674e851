"""The words of a report: true before and after a run, and told in the terms of whoever keeps the catalogue."""

from __future__ import annotations

import csv
import io
import json

import pytest

from ckanext.ca3b.harvesting import reports

PROBLEM = {
    "identifier": "a",
    "message": "Le jeu de données «\xa0Arbres\xa0» n’a pas de licence. Choisissez par exemple la Licence Ouverte 2.0.",
    "code": "missing-license",
    "where": "LICENCE, ligne 3",
    "severity": "warning",
}


def row(verdict: str, outcome: str = "pending", **more: object) -> dict[str, object]:
    """Return a staged row as the actions give it."""
    return {"identifier": "arbres", "title": "Arbres", "verdict": verdict, "outcome": outcome, **more}


def run(state: str = "done", counts: dict[str, int] | None = None, **more: object) -> dict[str, object]:
    """Return a run as the actions give it."""
    return {"id": "r", "state": state, "counts": counts or {}, "complete": True, **more}


@pytest.mark.parametrize("verdict", reports.VERDICTS)
@pytest.mark.parametrize("outcome", reports.OUTCOMES)
def test_each_verdict_says_something_whatever_came_of_it(verdict: str, outcome: str) -> None:
    said = reports.sentence(row(verdict, outcome))
    assert said[0].isupper()
    assert said.endswith((".", "»"))
    assert "None" not in said


def test_a_plan_does_not_say_that_it_was_done() -> None:
    assert "sera créé" in reports.sentence(row("added"))
    assert "a été créé" in reports.sentence(row("added", "done"))


def test_what_failed_says_why() -> None:
    said = reports.sentence(row("added", "failed", outcome_message="L’organisation n’existe plus."))
    assert said == "Devait être créé, et n’a pas pu l’être. L’organisation n’existe plus."
    assert reports.verdict_label(row("added", "failed")) == "En échec"


def test_a_change_names_its_fields_once_and_few() -> None:
    names = ["Titre", "Licence", "Titre", "Thèmes", "Contact", "Langues"]
    changes = [{"field": name, "label": name, "before": "a", "after": ["b", "c"]} for name in names]
    said = reports.sentence(row("changed", "done", changes=changes))
    assert said == (
        "Modifié dans le catalogue\xa0: a été mis à jour"
        " («\xa0Titre\xa0», «\xa0Licence\xa0», «\xa0Thèmes\xa0», «\xa0Contact\xa0» et 1 autre)."
    )
    assert reports.changed(row("changed", changes=changes))[0]["after"] == "b, c"


def test_what_was_refused_says_what_is_wrong_with_it() -> None:
    bad = PROBLEM | {"message": "La fiche n° 3 n’a pas la forme attendue.", "severity": "error"}
    said = reports.sentence(row("refused", problems=[PROBLEM, bad]))
    assert said == "Sa fiche n’a pas pu être reprise. La fiche n° 3 n’a pas la forme attendue."


def test_a_reason_is_never_told_as_a_code() -> None:
    for reason in ("duplicate", "unreadable", "refused", "same-uri", "theirs", "absent", "grace"):
        for verdict in reports.VERDICTS:
            assert f" {reason}" not in reports.sentence(row(verdict, reason=reason))
    assert "le même identifiant" in reports.sentence(row("refused", reason="duplicate"))
    assert "fait autorité" in reports.sentence(row("archived", "done", reason="theirs"))


def test_advice_is_told_once_the_gravest_first() -> None:
    assert len(reports.advice(row("added", problems=[PROBLEM, dict(PROBLEM)]))) == 1
    worst = reports.advice(row("added", problems=[PROBLEM, PROBLEM | {"severity": "error", "message": "Illisible."}]))
    assert [one["message"] for one in worst] == ["Illisible.", PROBLEM["message"]]


def test_where_a_record_is_in_its_catalogue() -> None:
    found = row("added", description={"provenance": {"url": "https://a.fr/c.csv", "line": "3"}})
    assert reports.where(found) == {
        "text": "identifiant «\xa0arbres\xa0», ligne 3, https://a.fr/c.csv",
        "url": "https://a.fr/c.csv",
    }
    assert reports.where(row("added", uri="javascript:alert(1)"))["url"] == ""


def test_a_run_in_one_sentence() -> None:
    assert reports.run_sentence(run(counts={"added": 1, "changed": 2, "unchanged": 1250})) == (
        "1 jeu de données ajouté, 2 modifiés et 1\u202f250 inchangés."
    )
    assert reports.run_sentence(run(counts={"unchanged": 3})) == "Rien n’a changé\xa0: 3 jeux de données."
    assert reports.run_sentence(run(counts={"added": 2}, only_plan=True)) == "Plan\xa0: 2 ajouts."
    assert reports.run_sentence(run()) == "Ce catalogue ne contient aucun jeu de données."


@pytest.mark.parametrize("state", reports.STATES)
def test_each_state_of_a_run_has_words(state: str) -> None:
    told = reports.summary(run(state))
    assert told.headline.endswith((".", "…"))
    assert told.state_label == reports.STATES[state]


@pytest.mark.parametrize("held", [{"code": "shrunk", "message": "La moitié manque."}, {"shrunk": "La moitié manque."}])
def test_a_held_run_says_why_and_what_to_do(held: dict[str, str]) -> None:
    told = reports.summary(run("held", held_for=held))
    assert told.headline == "La moitié manque."
    assert told.tone == "warning"
    assert "confirmez" in told.todo


@pytest.mark.parametrize(
    ("ended", "said"),
    [
        ("2026-11-23T02:00:00+00:00", "0 seconde"),
        ("2026-11-23T02:00:59+00:00", "59 secondes"),
        ("2026-11-23T02:01:00+00:00", "1 minute"),
        ("2026-11-23T02:12:40+00:00", "13 minutes"),
        (None, ""),
    ],
)
def test_how_long_a_run_took(ended: str | None, said: str) -> None:
    assert reports.duration(run(started="2026-11-23T02:00:00+00:00", ended=ended)) == said


def test_a_reading_that_stopped_short_is_told() -> None:
    told = reports.summary(run(counts={"added": 1}, complete=False))
    assert told.tone == "warning"
    assert "pas allée jusqu’au bout" in told.sentences[0]


def test_what_needs_somebody_comes_worst_first() -> None:
    last = run(counts={"review": 2, "failed": 1}, complete=False)
    found = reports.needs({"state": "active"}, last, conflicts=1)
    assert [one["code"] for one in found] == ["conflict", "write", "review", "incomplete"]
    assert reports.needs({"state": "active"}, run(counts={"unchanged": 9})) == []
    held = run("held", counts={"vanished": 9}, held_for={"code": "shrunk", "message": "La moitié manque."})
    assert [one["code"] for one in reports.needs({"state": "active"}, held)] == ["held"]
    assert [one["code"] for one in reports.needs({"state": "draft"}, None)] == ["draft"]


def test_the_table_of_a_report_opens_in_a_spreadsheet() -> None:
    rows = [
        row("added", "done", problems=[PROBLEM, PROBLEM | {"message": "b"}]),
        row("unchanged", title="=HYPERLINK(0)", identifier='une "apostrophe"; et un point'),
    ]
    whole = "".join(reports.csv_lines(run(problems=[PROBLEM | {"identifier": ""}]), iter(rows)))
    assert whole.startswith("\ufeffidentifiant;titre")
    lines = list(csv.DictReader(io.StringIO(whole[1:]), delimiter=";"))
    assert [one["titre"] for one in lines] == ["(tout le catalogue)", "Arbres", "Arbres", "'=HYPERLINK(0)"]
    assert lines[1]["a_corriger"] == PROBLEM["message"]
    assert lines[1]["champ_ou_ligne"] == "LICENCE, ligne 3"
    assert lines[3]["identifiant"] == 'une "apostrophe"; et un point'


def test_the_document_written_by_pieces_is_one_of_json() -> None:
    rows = [row("added", problems=[PROBLEM]), row("vanished")]
    whole = json.loads("".join(reports.json_lines(run(), iter(rows))))
    assert whole["sentence"] == reports.run_sentence(run())
    assert whole["records"] == [reports.record(one) for one in rows]
    assert [one["verdict"] for one in whole["records"]] == ["added", "vanished"]
    assert json.loads("".join(reports.json_lines(run(), [])))["records"] == []
