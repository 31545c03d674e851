"""The claim about personal data counts what it says: files, columns, and the files that its speed is measured on."""

from __future__ import annotations

import csv

from stdnum.fr import nir

from bench.rgpd_file import crowd, lost
from bench.rgpd_score import Score, findings, held_files, table
from bench.rgpd_tools import re_loop
from tests.rgpd.corpus.truth import Truth

TRUTHS = {
    "canteen.csv": Truth("canteen.csv", "held_out", "hold", "", {"name": ["nom"], "phone": ["tel"]}),
    "tax.csv": Truth("tax.csv", "held_out", "hold", "", {"name": ["redevable"]}),
    "trees.csv": Truth("trees.csv", "held_out", "publish", ""),
    "budget.csv": Truth("budget.csv", "held_out", "publish", ""),
}


def row(file: str, column: str, category: str, decision: str) -> dict[str, str]:
    return {"file": f"/anywhere/{file}", "column": column, "category": category, "decision": decision}


ROWS = [
    row("canteen.csv", "nom", "name", "review"),
    row("canteen.csv", "tel", "phone", "pass"),
    row("trees.csv", "espèce", "name", "block"),
    row("budget.csv", "libellé", "name", "pass"),
]


def ours() -> Score:
    return Score("ours", TRUTHS, findings(ROWS), held_files(ROWS))


def test_only_what_is_held_counts_as_found():
    assert findings(ROWS) == {"canteen.csv": {("nom", "name")}, "trees.csv": {("espèce", "name")}}


def test_files_let_through_and_held_for_nothing_are_counted_apart():
    score = ours()
    assert (score.held_rightly, score.let_through) == (["canteen.csv"], ["tax.csv"])
    assert (score.held_wrongly, score.published) == (["trees.csv"], ["budget.csv"])


def test_places_found_missed_and_wrong_by_category():
    score = ours()
    assert score.counts("name") == (1, 1, 1)
    assert score.counts("phone") == (0, 1, 0)
    assert (score.missed("name"), score.wrong("name")) == (["tax.csv"], ["trees.csv"])
    assert "1/1/1" in table([score])


def test_a_peer_that_finds_only_places_holds_nothing():
    facts = {"found": {"trees.csv": [["lieu", "address"]], "tax.csv": [["redevable", "name"]]}}
    assert Score.of_peer("peer", TRUTHS, facts).held == {"tax.csv"}


def test_the_lost_number_is_one_valid_nir_in_one_row(tmp_path):
    path = lost(tmp_path / "lost.csv", 400)
    counts = re_loop(str(path))["counts"]
    assert {key: count for key, count in counts.items() if key.endswith(":nir")} == {"Objet:nir": 1}
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert [len(row) for row in rows] == [12] * 401


def test_the_crowd_holds_somebody_in_every_row(tmp_path):
    lines = crowd(tmp_path / "crowd.csv", 300).read_text("utf-8").splitlines()
    assert len(lines) == 301
    assert all(nir.is_valid(line.split(";")[3]) for line in lines[1:])
