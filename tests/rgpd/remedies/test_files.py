"""From a file that is held to one that is not: proposed, shown, written, scanned again."""

from __future__ import annotations

import csv
import json
import re

import openpyxl
import polars as pl
import pytest

from ckanext.ca3b.rgpd import scan
from ckanext.ca3b.rgpd.__main__ import main
from ckanext.ca3b.rgpd.remedies import (
    KINDS,
    RemedyError,
    Treatment,
    advised,
    apply,
    options,
    preview,
    table_columns,
)
from ckanext.ca3b.tables import TableError
from tests.rgpd.files import workbook, write_csv

from .towns import KEY, NATURAL, canteen, directory, subsidies


def rows_of(path):
    """Give the rows of a CSV file, header first."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


@pytest.mark.parametrize("name", NATURAL)
def test_what_is_advised_makes_the_file_publishable(name, tmp_path):
    path = write_csv(tmp_path / name, NATURAL[name]())
    before = scan(path)
    assert before.held
    treatments = advised(options(before, table_columns(path)))
    done = apply(path, treatments, tmp_path / "nouveau.csv", key=KEY)
    after = scan(tmp_path / "nouveau.csv", name=name)
    assert [(found.column, found.category) for found in after.findings if found.decision != "pass"] == []
    assert not after.held
    assert done.rows == after.rows
    assert 0 < done.lost.information < 1
    assert done.measures_after.singling_out <= done.measures_before.singling_out


@pytest.mark.parametrize("name", NATURAL)
def test_every_proposal_can_be_done_and_is_worded_for_a_clerk(name, tmp_path):
    path = write_csv(tmp_path / name, NATURAL[name]())
    report = scan(path)
    found = options(report, table_columns(path), year=2026)
    held = {(each.column, each.category) for each in report.findings if each.decision != "pass"}
    for column, category in held:
        mine = [each for each in found if (each.column, each.category) in {(column, category), (column, "small_cells")}]
        assert 2 <= len(mine) <= 4
        assert [each.advised for each in mine] == [True] + [False] * (len(mine) - 1)
    tried = []
    for option in found:
        assert option.label[0].isupper()
        assert option.reason.endswith(".")
        assert not re.search(r"\{[a-z]", option.label + option.reason + str(dict(option.params)))
        if option.treatment not in tried:
            tried.append(option.treatment)
            preview(path, [option.treatment], key=KEY, rows=1)


def test_what_stands_outside_the_table_is_left_out_by_writing_it_again(tmp_path):
    book = workbook({"Feuil1": (["ecole", "effectif"], [["Jules Ferry", 120], ["Les Tilleuls", 98]])})
    book.active["A2"].comment = openpyxl.comments.Comment("Appeler Mme Jeanne DUPONT au 06 12 34 56 78", "Agent")
    book.save(tmp_path / "ecoles.xlsx")
    report = scan(tmp_path / "ecoles.xlsx")
    assert report.held
    treatments = advised(options(report, table_columns(tmp_path / "ecoles.xlsx")))
    apply(tmp_path / "ecoles.xlsx", treatments, tmp_path / "ecoles.csv")
    assert not scan(tmp_path / "ecoles.csv").held
    assert rows_of(tmp_path / "ecoles.csv") == [["ecole", "effectif"], ["Jules Ferry", "120"], ["Les Tilleuls", "98"]]


def test_other_columns_stay_as_they_are_and_formulas_do_not_run(tmp_path):
    rows = [
        ["1", '« Été »\nà l’œuvre ; "oui"', '=HYPERLINK("http://x")', "A"],
        ["2", "  ß ÿ ", "-12,50", "B"],
        ["3", "", "+33 6", "C"],
    ]
    path = write_csv(tmp_path / "a.csv", (["n", "texte", "montant", "secret"], rows))
    apply(path, [Treatment("secret", "drop_column")], tmp_path / "b.csv")
    assert rows_of(tmp_path / "b.csv") == [
        ["n", "texte", "montant"],
        ["1", '« Été »\nà l’œuvre ; "oui"', '\'=HYPERLINK("http://x")'],
        ["2", "  ß ÿ ", "-12,50"],
        ["3", "", "+33 6"],
    ]


def test_the_order_asked_does_not_matter_and_twice_is_once(tmp_path):
    path = write_csv(tmp_path / "a.csv", canteen(60))
    asked = [
        Treatment(["ecole", "classe"], "k_anonymise", {"k": 3}),
        Treatment(["nom_enfant", "prenom_enfant"], "drop_column"),
        Treatment("date_naissance", "generalise_date", {"to": "year", "rename": "annee"}),
        Treatment("tel_parent", "mask"),
    ]
    apply(path, asked, tmp_path / "b.csv")
    apply(path, [*reversed(asked), asked[1]], tmp_path / "c.csv")
    assert (tmp_path / "b.csv").read_bytes() == (tmp_path / "c.csv").read_bytes()


def test_the_preview_shows_what_is_written_and_the_changed_rows_first(tmp_path):
    path = write_csv(tmp_path / "subventions.csv", subsidies())
    treatments = advised(options(scan(path), table_columns(path)))
    seen = preview(path, treatments, rows=6)
    done = apply(path, treatments, tmp_path / "b.csv")
    written = rows_of(tmp_path / "b.csv")
    assert (seen.lost, seen.measures_after, seen.log, seen.rows) == (
        done.lost,
        done.measures_after,
        done.log,
        done.rows,
    )
    changed = [number for number, one, other in zip(seen.numbers, seen.before, seen.after, strict=True) if one != other]
    assert len(changed) == 4 == seen.lost.columns[0].changed
    for number, row in zip(seen.numbers, seen.after, strict=True):
        assert [cell or "" for cell in row] == written[number]


def test_a_removed_row_is_shown_as_removed(tmp_path):
    path = write_csv(tmp_path / "a.csv", (["metier", "n"], [["agent", "1"]] * 9 + [["maire", "2"]]))
    seen = preview(path, [Treatment("metier", "suppress_rare_rows", {"k": 2})], rows=2)
    assert seen.after[seen.numbers.index(10)] is None
    assert seen.before[seen.numbers.index(10)] == ("maire", "2")


def test_headers_of_any_name_take_nothing_from_each_other(tmp_path):
    names = ["len", "q", "w", "s", "there", "row", "key", "value", "place", "cell", "v", "code", "rest", "n"]
    path = write_csv(tmp_path / "a.csv", (names, [[f"{name}{at % 3}" for name in names] for at in range(30)]))
    grouped = Treatment(["len", "q", "w", "key", "value"], "k_anonymise", {"k": 5})
    seen = preview(
        path, [grouped, Treatment(["s", "n"], "suppress_rare_rows", {"k": 3}), Treatment("v", "pseudonym")], key=KEY
    )
    assert (seen.rows, seen.lost.rows_removed) == (30, 0)
    assert seen.columns == seen.columns_after == tuple(names)
    assert all(one[:10] == other[:10] for one, other in zip(seen.before, seen.after, strict=True) if other)
    counted = preview(path, [Treatment(["len", "q"], "aggregate", {"threshold": 3})])
    assert set(counted.after) == {(f"len{at}", f"q{at}", "10") for at in range(3)}


def test_no_value_is_in_the_log(tmp_path):
    path = write_csv(tmp_path / "a.csv", canteen(80))
    done = apply(path, advised(options(scan(path), table_columns(path))), tmp_path / "b.csv", key=KEY)
    said = " ".join(done.log)
    names = {str(row[at]) for row in canteen(80)[1] for at in (0, 1, 2, 6)}
    assert not [name for name in names if name in said]


def test_a_file_without_header_stays_without(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("06 12 34 56 78;1\n" * 5 + "06 98 76 54 32;2\n", "utf-8")
    names = table_columns(path)
    apply(path, [Treatment(names[0], "drop_column")], tmp_path / "b.csv")
    assert rows_of(tmp_path / "b.csv") == [["1"]] * 5 + [["2"]]


def test_several_sheets_are_refused_unless_one_is_named(tmp_path):
    workbook({"Agents": directory(10), "Cantine": canteen(10)}).save(tmp_path / "a.xlsx")
    with pytest.raises(RemedyError, match="« Agents », « Cantine »"):
        table_columns(tmp_path / "a.xlsx")
    done = apply(
        tmp_path / "a.xlsx", [Treatment("telephone", "drop_column")], tmp_path / "b.csv", where="Agents"
    )  # fmt: skip
    assert done.columns == ("service", "responsable", "fonction")
    with pytest.raises(RemedyError, match="« Absente »"):
        table_columns(tmp_path / "a.xlsx", where="Absente")


def test_outlines_are_refused_rather_than_lost(tmp_path):
    ring = [[[5, 46], [5.1, 46], [5.1, 46.1], [5, 46]]]
    feature = {
        "type": "Feature",
        "properties": {"nom": "a", "n": 1},
        "geometry": {"type": "Polygon", "coordinates": ring},
    }
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature] * 3}), "utf-8")
    with pytest.raises(RemedyError, match="contours"):
        apply(path, [Treatment("nom", "drop_column")], tmp_path / "b.csv")
    assert not (tmp_path / "b.csv").exists()
    done = apply(path, [Treatment(["nom", "geometry"], "drop_column")], tmp_path / "b.csv")
    assert done.columns == ("n",)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ([], "au moins un traitement"),
        ([{"column": "x", "kind": "drop_column"}], "« x » n’est pas dans le fichier"),
        ([{"column": "a", "kind": "effacer"}], "« effacer » n’existe pas"),
        ([{"kind": "mask"}], "demande une colonne"),
        ([{"column": "a", "kind": "mask", "params": {"couleur": 1}}], "pas de réglage « couleur »"),
        ([{"column": "a", "kind": "k_anonymise", "params": {"k": "cinq"}}], "« k » est un nombre entier"),
        ([{"column": "a", "kind": "mask"}, {"column": "a", "kind": "pseudonym"}], "deux traitements"),
        ([{"columns": ["a", "b"], "kind": "drop_column"}], "aucune colonne"),
        ([{"column": "a", "kind": "generalise_date", "params": {"to": "siècle"}}], "l’un de"),
        ([{"column": "a", "kind": "generalise_number", "params": {"bounds": [3, 1]}}], "croissant"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(asked, told, tmp_path):
    path = write_csv(tmp_path / "a.csv", (["a", "b"], [["1", "x"], ["2", "y"]]))
    with pytest.raises(RemedyError, match=told):
        apply(path, [Treatment.of(each) for each in asked], tmp_path / "new.csv")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.csv"]


def test_the_original_is_never_replaced(tmp_path):
    path = write_csv(tmp_path / "a.csv", (["a", "b"], [["1", "x"], ["2", "y"]]))
    with pytest.raises(RemedyError, match="ne peut pas remplacer"):
        apply(path, [Treatment("a", "drop_column")], path)
    with pytest.raises(TableError):
        apply(tmp_path / "absent.csv", [Treatment("a", "drop_column")], tmp_path / "b.csv")


def test_the_command_treats_a_file_and_says_what_it_did(tmp_path, capsys):
    path = write_csv(tmp_path / "inscriptions_cantine.csv", canteen(100))
    plan, key, out = tmp_path / "plan.yaml", tmp_path / "key", tmp_path / "out.csv"
    plan.write_text(
        "- {columns: [nom_enfant, prenom_enfant], kind: pseudonym}\n- {column: allergie, kind: drop_column}\n"
    )
    key.write_bytes(KEY)
    command = ["treat", str(path), "--output", str(out), "--treatments", str(plan)]
    assert main(command) == 2
    assert "clé secrète" in capsys.readouterr().err
    assert main([*command, "--key-file", str(key)]) == 0
    assert "Ce n’est pas une anonymisation" in capsys.readouterr().out
    assert "allergie" not in rows_of(out)[0]
    assert main(["treat", str(path), "--output", str(out), "--treatments", "advised", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"] == 100
    assert not scan(out, name=path.name).held


def test_many_batches_of_a_long_file_are_treated_alike(tmp_path):
    rows = 210_000
    frame = pl.DataFrame({"nom": [f"n{at % 5000}" for at in range(rows)], "v": [str(at % 7) for at in range(rows)]})
    frame.write_csv(tmp_path / "a.csv")
    done = apply(tmp_path / "a.csv", [Treatment("nom", "pseudonym")], tmp_path / "b.csv", key=KEY)
    written = pl.read_csv(tmp_path / "b.csv", infer_schema=False)
    assert done.rows == rows == written.height
    assert written["nom"].n_unique() == 5000
    assert written["nom"][0] == written["nom"][205_000]
    assert written["v"].equals(frame["v"])


def test_every_kind_says_in_french_what_it_does():
    assert len({kind.label for kind in KINDS.values()}) == len(KINDS)
    assert all(kind.label[0].isupper() for kind in KINDS.values())
