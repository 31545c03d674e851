"""The register in the database: nothing is changed nor removed, and whoever forces it is found out."""

from __future__ import annotations

import base64
import csv
import io
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.model import meta
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import call_action
from pypdf import PdfReader
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from ckanext.ca3b.privacy import register
from ckanext.ca3b.privacy.cli import rgpd
from ckanext.ca3b.privacy.dpo import exports, ledger, names
from ckanext.ca3b.privacy.model import Decision, now
from ckanext.ca3b.rgpd.register import Head, read_head

pytestmark = pytest.mark.usefixtures("portal")


def write(*notes, event="scan", **fields):
    for note in notes:
        with Session(meta.engine) as session, session.begin():
            register.append(session, event, actor="claire-dpo", details={"note": note}, **fields)


def force(statement, **values):
    """Do what only the owner of the database can: take the trigger away first."""
    with meta.engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE ca3b_register DISABLE TRIGGER ALL"))
        connection.execute(sa.text(statement), values)
        connection.execute(sa.text("ALTER TABLE ca3b_register ENABLE TRIGGER ALL"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ca3b_register SET actor = 'autre'",
        "UPDATE ca3b_register SET details = '{}' WHERE seq = 1",
        "DELETE FROM ca3b_register WHERE seq = 2",
        "TRUNCATE ca3b_register",
    ],
)
def test_the_database_refuses_to_change_or_remove_a_line(statement):
    write("a", "b")
    before = list(ledger.lines())
    with pytest.raises(DBAPIError, match="never changed nor removed"), meta.engine.begin() as connection:
        connection.execute(sa.text(statement))
    assert list(ledger.lines()) == before
    assert ledger.verify().sound


def test_a_line_is_kept_with_what_it_records_or_not_at_all():
    write("a")
    with Session(meta.engine) as session:
        register.append(session, "scan", actor="", details={"note": "jamais"})
        session.rollback()
    write("b")
    assert [line["details"]["note"] for line in ledger.lines()] == ["a", "b"]
    assert ledger.verify().sound


def test_lines_written_at_the_same_time_make_one_chain():
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, [f"n° {number}" for number in range(40)]))
    verdict = ledger.verify()
    assert (verdict.sound, verdict.lines, verdict.head.seq) == (True, 40, 40)


FORCED = [
    ("UPDATE ca3b_register SET actor = 'autre' WHERE seq = 2", {(2, "altered")}),
    ("UPDATE ca3b_register SET at = at - interval '1 day' WHERE seq = 2", {(2, "altered")}),
    ('UPDATE ca3b_register SET details = \'{"note": "x"}\' WHERE seq = 2', {(2, "altered")}),
    ("DELETE FROM ca3b_register WHERE seq = 2", {(3, "missing"), (3, "broken")}),
    ("UPDATE ca3b_register SET seq = -1 WHERE seq = 2", {(-1, "altered"), (-1, "order"), (-1, "broken")}),
]


@pytest.mark.parametrize(("statement", "found"), FORCED)
def test_what_the_owner_of_the_database_forces_is_found(statement, found):
    write("a", "b", "c")
    force(statement)
    assert found <= {(one.seq, one.code) for one in ledger.verify().problems}


def test_a_cut_end_is_found_with_an_empreinte_kept_elsewhere():
    write("a", "b", "c")
    kept = ledger.head()
    force("DELETE FROM ca3b_register WHERE seq > 1")
    assert ledger.verify().sound
    assert [one.code for one in ledger.verify([kept]).problems] == ["cut"]


def decision(**fields):
    given = {
        "id": "d1", "resource_id": "f1", "package_id": "j1", "sha256": "ab" * 32, "kind": "refuse", "ground": None,
        "reason": "Des noms d’élèves.", "user_id": "u1", "user_name": "claire-dpo", "at": now(), **fields,
    }  # fmt: skip
    with Session(meta.engine) as session, session.begin():
        session.add(Decision(**given))
        return given


def sign(given):
    details = {"signed": given["id"], **{name: given[name] for name in ("kind", "ground", "reason")}}
    with Session(meta.engine) as session, session.begin():
        register.append(
            session,
            "decision",
            actor=given["user_name"],
            resource_id=given["resource_id"],
            sha256=given["sha256"],
            details=details,
        )


def test_a_decision_put_in_the_database_without_a_signature_is_found():
    sign(decision())
    assert ledger.verify().sound
    decision(id="d2", kind="authorise", ground="law")
    assert [one.code for one in ledger.verify().problems] == ["decision"]


@pytest.mark.parametrize(
    "change", ["kind = 'authorise'", "sha256 = 'x'", "user_name = 'autre'", "resource_id = 'f2'", "reason = 'Autre.'"]
)
def test_a_signed_decision_that_was_changed_is_found(change):
    sign(decision())
    with meta.engine.begin() as connection:
        connection.execute(sa.text(f"UPDATE ca3b_decision SET {change}"))
    assert [(one.seq, one.code) for one in ledger.verify().problems] == [(1, "decision")]


def test_a_signed_decision_that_was_removed_is_found():
    sign(decision())
    with meta.engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM ca3b_decision"))
    assert [(one.seq, one.code) for one in ledger.verify().problems] == [(1, "decision")]


def test_the_lines_are_filtered_by_kind_account_file_and_day():
    write("a", resource_id="f1")
    write("b", event="reveal", resource_id="f2")
    today = now().date()

    def found(**wanted):
        return [line["details"]["note"] for line in ledger.page(ledger.Filter(**wanted), 10, 0)[1]]

    assert found() == ["b", "a"]
    assert found(event="reveal") == ["b"]
    assert found(resource_id="f1") == ["a"]
    assert found(actor="personne") == []
    assert found(since=today, until=today) == ["b", "a"]
    assert found(until=today.replace(year=today.year - 1)) == []
    assert ledger.page(ledger.Filter(), 1, 1)[1][0]["details"]["note"] == "a"


def test_the_csv_export_is_verified_without_the_database(tmp_path, cli):
    write("un « guillemet », une virgule, un\nretour", "=1+1", event="decision", sha256="ab" * 32)
    path = tmp_path / "registre.csv"
    path.write_text("\ufeff" + "".join(exports.write_csv(ledger.lines())), "utf-8")
    head = str(ledger.head())
    assert "2 lignes" in cli.invoke(rgpd, ["verify", "--file", str(path), "--head", head]).output
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    rows[1][2] = "autre"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    refused = cli.invoke(rgpd, ["verify", "--file", str(path)])
    assert refused.exit_code == 1
    assert "ligne 1" in refused.output


def test_another_file_is_no_export_of_the_register(tmp_path, cli):
    path = tmp_path / "autre.csv"
    path.write_text("a,b\n1,2\n", "utf-8")
    refused = cli.invoke(rgpd, ["verify", "--file", str(path)])
    assert refused.exit_code == 1
    assert "autre.csv" in refused.output


def test_the_command_tells_what_it_proved_and_what_it_did_not(cli):
    write("a", "b")
    head = str(ledger.head())
    alone = cli.invoke(rgpd, ["verify"])
    assert (alone.exit_code, head in alone.output) == (0, True)
    assert "--head" in alone.output
    assert "--head" not in cli.invoke(rgpd, ["verify", "--head", head]).output
    wrong = Head(2, "0" * 64)
    assert cli.invoke(rgpd, ["verify", "--head", str(wrong)]).exit_code == 1
    assert cli.invoke(rgpd, ["verify", "--head", "deux"]).exit_code == 1
    force("UPDATE ca3b_register SET actor = 'autre' WHERE seq = 1")
    refused = cli.invoke(rgpd, ["verify"])
    assert refused.exit_code == 1
    assert "ligne 1" in refused.output


def test_the_pdf_is_tagged_in_french_and_says_each_line(app):
    write("motif *entre* #signes", event="decision", resource_id="f1", sha256="ab" * 32)
    with app.flask_app.test_request_context():
        made = exports.write_pdf(ledger.lines(), ledger.Filter(), ledger.head(), names.Names())
    document = PdfReader(io.BytesIO(made))
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].lower().startswith("fr")
    tags = str(_tags(root["/StructTreeRoot"]))
    assert {"/H1", "/Table", "/TH", "/TD"} <= set(tags.split("'"))
    text = "".join(page.extract_text() for page in document.pages)
    assert "motif *entre* #signes" in text
    assert "claire-dpo" in text
    assert document.metadata.title


def test_a_register_longer_than_one_pdf_is_given_in_parts_that_miss_no_line(app, monkeypatch, dpo):
    monkeypatch.setattr(exports, "PDF_LINES", 3)
    write(*(f"motif-{number:02}" for number in range(8)), event="alert_handled")
    as_dpo = {"user": dpo["name"], "auth_user_obj": model.User.get(dpo["name"]), "ignore_auth": False}
    with app.flask_app.test_request_context():
        seen = []
        for part in (1, 2, 3):
            made = call_action(
                "ca3b_register_export", context=dict(as_dpo), format="pdf", part=part, event="alert_handled"
            )
            pages = PdfReader(io.BytesIO(base64.b64decode(made["content"]))).pages
            text = "".join(page.extract_text() for page in pages)
            assert made["parts"] == 3
            assert f"partie {part} sur 3" in text
            seen.append(re.findall(r"motif-[0-9]{2}", text))
        assert [len(one) for one in seen] == [3, 3, 2]
        assert [one for part in seen for one in part] == [f"motif-{number:02}" for number in range(8)]
        for wrong in (None, "0", "4", "deux"):
            with pytest.raises(tk.ValidationError) as refused:
                call_action(
                    "ca3b_register_export", context=dict(as_dpo), format="pdf", part=wrong, event="alert_handled"
                )
            assert "part" in refused.value.error_dict


def _tags(node):
    found = [str(node.get("/S", ""))]
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        one = kid.get_object() if hasattr(kid, "get_object") else kid
        if hasattr(one, "get"):
            found += _tags(one)
    return found


def test_a_head_is_shown_as_it_is_given_back():
    write("a")
    assert read_head(str(ledger.head())) == ledger.head()
