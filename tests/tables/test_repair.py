"""Repairs that lose nothing, each listed; what is not sure is left, and said."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ckanext.ca3b.tables import ReadOptions, check, read, schemas
from ckanext.ca3b.tables.repair import left, plan, repair
from ckanext.ca3b.tables.schemas import Check, Field, TableSchema

from .strategies import table_of, text_table, valid_sample, written

NBSP = "\u00a0"


def field(name="valeur", kind="string", title="Valeur", **more):
    return Field(name, kind, title, "", "", **more)


def schema_of(*fields, checks=()):
    return TableSchema("essai", "1", "Essai", "", "", (field("cle", title="Clé"), *fields), cross_checks=checks)


def repaired(folder, tested, values, *, options=None, checks=(), delimiter=";"):
    """The values of one column after repair, and the kinds of changes."""
    path = folder / "avant.csv"
    rows = [[f"k{number}", value] for number, value in enumerate(values)]
    path.write_text(written(["cle", tested.name], rows, delimiter), encoding="utf-8")
    table = read(path, options=options or ReadOptions(header_row=0, delimiter=delimiter))
    found = repair(table, schema_of(tested, checks=checks), folder / "apres.csv", options=options)
    again = read(folder / "apres.csv", options=ReadOptions(header_row=0, delimiter=",", encoding="utf-8"))
    after = [value or "" for batch in again.batches() for value in batch[tested.name].to_list()]
    return after, [change.kind for change in found.changes]


YES_NO = field(kind="boolean", true_values=("oui",), false_values=("non",))


@pytest.mark.parametrize(
    ("tested", "before", "after"),
    [
        (field(kind="date"), ["16/03/2026", "01/04/2026"], ["2026-03-16", "2026-04-01"]),
        (field(kind="date"), ["16-03-2026", "1.4.2026"], ["2026-03-16", "2026-04-01"]),
        (field(kind="date"), ["2026/03/16", "2026.03.01"], ["2026-03-16", "2026-03-01"]),
        (field(kind="date"), ["2026-03-16 00:00:00", "2026-03-17T00:00:00"], ["2026-03-16", "2026-03-17"]),
        (field(kind="date"), ["16/03/2026 00:00"], ["2026-03-16"]),
        (field(kind="date"), ["03/16/2026", "04/01/2026"], ["2026-03-16", "2026-04-01"]),
        (field(kind="date", format="%d/%m/%Y"), ["2026-03-16"], ["16/03/2026"]),
        (field(kind="datetime"), ["16/03/2026 08:30", "1/4/2026 9h05"], ["2026-03-16T08:30:00", "2026-04-01T09:05:00"]),
        (field(kind="number"), ["1204,5", "3"], ["1204.5", "3"]),
        (field(kind="number"), [f"1{NBSP}204,50", "1\u202f000 000"], ["1204.50", "1000000"]),
        (field(kind="number"), ["-0,125", "1,250"], ["-0.125", "1.250"]),
        (field(kind="integer"), ["12.0", "1 204", "7,0"], ["12", "1204", "7"]),
        (field(kind="year"), ["2024.0"], ["2024"]),
        (field(kind="boolean"), ["Oui", "NON", "vrai", "true"], ["true", "false", "true", "true"]),
        (YES_NO, ["OUI", "Faux", "non"], ["oui", "non", "non"]),
        (YES_NO, ["1", "0"], ["oui", "non"]),
        (field(kind="boolean"), ["O", "n"], ["true", "false"]),
        (field(constraints={"enum": ["aide en nature", "don"]}), ["AIDE EN  NATURE", "Don"], ["aide en nature", "don"]),
        (field(constraints={"enum": ["Ville d'eau"]}), ["ville d’eau "], ["Ville d'eau"]),
        (field(), [f" mot {NBSP}", "deux  mots"], ["mot", "deux  mots"]),
        (field(kind="integer"), [f"12{NBSP}"], ["12"]),
    ],
)  # fmt: skip
def test_what_is_sure_is_repaired(tmp_path, tested, before, after):
    assert repaired(tmp_path, tested, before)[0] == after


@pytest.mark.parametrize(
    ("tested", "values"),
    [
        (field(kind="date"), ["01/02/2026", "03/04/2026"]),
        (field(kind="date"), ["06/03/2026", "03/06/2026"]),
        (field(kind="date"), ["06/03/2026", "2026-04-01"]),
        (field(kind="date"), ["31/02/2026", "mars 2026", "16/03/26"]),
        (field(kind="date"), ["16/03/2026 08:30"]),
        (field(kind="date", format="%Y"), ["16/03/2026"]),
        (field(kind="datetime"), ["16/03/2026"]),
        (field(kind="number"), ["1,204", "3,500"]),
        (field(kind="number"), ["12 €", "1.204,5", "1 2", "douze"]),
        (field(kind="number", constraints={"minimum": 10}), ["1,5", "abc"]),
        (field(kind="integer"), ["12,5", "12.000", "1.5"]),
        (field(kind="boolean"), ["O", "X"]),
        (YES_NO, ["1", "0", "2"]),
        (field(constraints={"enum": ["Été", "ete"]}), ["ÉTÉ"]),
        (field(constraints={"enum": ["nature"]}), ["naturel"]),
        (field(constraints={"required": True}), ["  "]),
        (field(constraints={"pattern": "^x$"}), ["X"]),
    ],
)
def test_what_is_not_sure_is_left(tmp_path, tested, values):
    assert repaired(tmp_path, tested, values) == (values, [])


def test_the_order_of_dates_may_be_declared(tmp_path):
    values = ["01/02/2026", "03/04/2026"]
    declared = ReadOptions(header_row=0, delimiter=";", date_order="dmy")
    assert repaired(tmp_path, field(kind="date"), values, options=declared)[0] == ["2026-02-01", "2026-04-03"]
    declared = ReadOptions(header_row=0, delimiter=";", date_order="mdy")
    assert repaired(tmp_path, field(kind="date"), values, options=declared)[0] == ["2026-01-02", "2026-03-04"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["2026-02-20", "23/02/2026", "2026-03-01"], ["2026-02-20", "2026-02-23", "2026-03-01"]),
        (["2026-02-20", "23/02/2026", "01/03/2026"], ["2026-02-20", "2026-02-23", "2026-03-01"]),
        (["2026-02-20", "05/05/2026"], ["2026-02-20", "2026-05-05"]),
        (["23/02/2026", "02/24/2026", "01/03/2026"], ["2026-02-23", "2026-02-24", "01/03/2026"]),
        (["2026-02-20", "01/03/2026"], ["2026-02-20", "01/03/2026"]),
    ],
)
def test_a_date_that_reads_in_one_way_only_is_repaired_whatever_its_column(tmp_path, before, after):
    assert repaired(tmp_path, field(kind="date"), before)[0] == after


def test_a_declared_order_is_believed_among_iso_dates(tmp_path):
    declared = ReadOptions(header_row=0, delimiter=";", date_order="dmy")
    before = ["2026-02-20", "01/03/2026"]
    assert repaired(tmp_path, field(kind="date"), before, options=declared)[0] == ["2026-02-20", "2026-03-01"]


def test_an_ambiguous_date_left_after_many_repaired_ones_is_said(tmp_path):
    values = [[f"k{at}", f"{day}/{month}/2026"] for at, (day, month) in enumerate([(20, 2), (3, 25)] * 300)]
    table = table_of(tmp_path, ["cle", "jour"], [*values, ["z", "01/03/2026"]])
    (notice,) = left(table, schema_of(field("jour", "date")))
    assert notice.code == "date-order"
    assert "01/03/2026" in notice.message


def test_another_column_of_the_file_may_prove_the_order(tmp_path):
    schema = schema_of(field("debut", "date"), field("fin", "date"))
    table = table_of(tmp_path, ["cle", "debut", "fin"], [["a", "01/02/2026", "28/02/2026"]])
    assert {change.column for change in plan(table, schema)} == {"debut", "fin"}


def test_a_decimal_comma_in_the_file_proves_that_the_day_comes_first(tmp_path):
    schema = schema_of(field("jour", "date"), field("montant", "number"))
    table = table_of(tmp_path, ["cle", "jour", "montant"], [["a", "01/02/2026", "12,50"]])
    assert [change.examples for change in plan(table, schema)] == [
        ((1, "01/02/2026", "2026-02-01"),),
        ((1, "12,50", "12.50"),),
    ]


def test_a_doubt_is_said(tmp_path):
    schema = schema_of(field("jour", "date"))
    table = table_of(tmp_path, ["cle", "jour"], [["a", "01/02/2026"]])
    assert plan(table, schema) == ()
    (notice,) = left(table, schema)
    assert notice.column == "jour"
    assert notice.code == "date-order"
    assert "aucun jour ne dépasse 12" in notice.message
    assert "«\u00a0jour, mois, année\u00a0»" in notice.message
    assert "écrivez «\u00a02026-02-01\u00a0» pour le 1er février 2026" in notice.message


INSEE = field("code_insee", title="Code Insee", constraints={"pattern": r"^([013-9]\d|2[AB1-9])\d{3}$"})
SIRET = field("siret", title="SIRET", constraints={"pattern": r"^\d{14}$"})
SIREN = field("siren", title="SIREN", constraints={"pattern": r"^\d{9}$"})
POSTAL = field("code_postal", title="Code postal")


@pytest.mark.parametrize(
    ("tested", "before", "after"),
    [
        (INSEE, ["1053"], ["01053"]),  # Bourg-en-Bresse
        (INSEE, ["1053.0", "71270.0"], ["01053", "71270"]),
        (INSEE, ["9999", "71270"], ["09999", "71270"]),  # a commune of before, among whole codes
        (POSTAL, ["1000", "71000"], ["01000", "71000"]),
        (INSEE, ["1053", "01004"], ["01053", "01004"]),
        (SIRET, ["552013500012"], ["00552013500012"]),
        (SIRET, ["200 071 751 00016", "20007175100016.0"], ["20007175100016", "20007175100016"]),
        (SIREN, ["5520135"], ["005520135"]),
    ],
)
def test_zeros_that_were_eaten_are_put_back_when_proven(tmp_path, tested, before, after):
    assert repaired(tmp_path, tested, before)[0] == after


@pytest.mark.parametrize(
    ("tested", "values"),
    [
        (INSEE, ["9999"]),
        (INSEE, ["9999", "à voir"]),
        (INSEE, ["153", "71270"]),
        (POSTAL, ["1999", "inconnu"]),
        (POSTAL, ["1200", "01000"]),  # Genève, in a column that kept its zeros
        (SIRET, ["200071751"]),  # a SIREN is no SIRET without its zeros
        (SIRET, ["552013500013"]),
        (SIREN, ["5520136"]),
        (field("reference"), ["1053", "71270"]),
        (SIRET, ["2,00071751E+13"]),
    ],
)
def test_zeros_are_not_invented(tmp_path, tested, values):
    assert repaired(tmp_path, tested, values) == (values, [])


def test_a_siret_known_by_its_check_is_padded_too(tmp_path):
    tested = field("acheteur", title="Acheteur")
    checks = (Check("french-siret-value", {"column": "acheteur"}),)
    assert repaired(tmp_path, tested, ["552013500012"], checks=checks)[0] == ["00552013500012"]


def test_digits_lost_to_a_power_of_ten_are_told(tmp_path):
    table = table_of(tmp_path, ["cle", "siret"], [["a", "2,00072E+13"]])
    (notice,) = left(table, schema_of(SIRET))
    assert notice.code == "scientific"
    assert "format Texte" in notice.message


def test_headers_are_renamed_and_the_others_kept(tmp_path):
    schema = schemas.load("scdl-subventions")
    headers, rows = valid_sample(schema)
    headers[1], extra = "SIRET de l’attribuant", [*rows[0], " gardé "]
    found = repair(table_of(tmp_path, [*headers, "Note interne"], [extra]), schema, tmp_path / "apres.csv")
    assert [(c.kind, c.column, c.examples) for c in found.changes] == [
        ("header", "idAttribuant", ((0, "SIRET de l’attribuant", "idAttribuant"),))
    ]
    lines = (tmp_path / "apres.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == ",".join([*schema.field_names, "Note interne"])
    assert lines[1].endswith(", gardé ")


def test_changes_are_counted_with_examples(tmp_path):
    schema = schema_of(field("jour", "date"))
    rows = [["a", f"{day}/01/2026"] for day in range(10, 30)]
    (change,) = plan(table_of(tmp_path, ["cle", "jour"], rows), schema)
    assert (change.kind, change.column, change.count) == ("date", "jour", 20)
    assert change.examples == tuple((n, f"{n + 9}/01/2026", f"2026-01-{n + 9}") for n in (1, 2, 3))
    assert "20" in change.message


def test_examples_are_different_values(tmp_path):
    rows = [["a", "16/03/2026"]] * 5 + [["b", "17/03/2026"]]
    (change,) = plan(table_of(tmp_path, ["cle", "jour"], rows), schema_of(field("jour", "date")))
    assert change.examples == ((1, "16/03/2026", "2026-03-16"), (6, "17/03/2026", "2026-03-17"))


def test_a_valid_file_has_nothing_to_repair():
    for schema in schemas.all_schemas():
        assert plan(text_table(*valid_sample(schema)), schema) == (), schema.name


def test_a_file_as_clerks_write_it_becomes_valid(tmp_path):
    schema = schemas.load("scdl-subventions")
    _, rows = valid_sample(schema)
    row = dict(zip(schema.field_names, rows[0], strict=True))
    row |= {
        "dateConvention": "16/03/2026",
        "montant": "25 000,00",
        "notificationUE": "NON",
        "nature": "AIDE EN NUMERAIRE",
    }
    headers = [field.title for field in schema.fields]
    table = table_of(tmp_path, headers, [[row[field.name] for field in schema.fields]])
    assert not check(table, schema).valid
    repair(table, schema, tmp_path / "apres.csv")
    assert check(read(tmp_path / "apres.csv"), schema).valid


def test_what_was_done_to_spaces_agrees_with_them(tmp_path):
    table = table_of(tmp_path, ["cle", "valeur"], [[" a", "b"]])
    assert [change.message for change in plan(table, schema_of(field()))] == [
        f"Colonne «{NBSP}cle{NBSP}»{NBSP}: espaces retirés au début ou à la fin (1{NBSP}cellule)."
    ]


def test_a_table_without_header_is_left(tmp_path):
    path = tmp_path / "nu.csv"
    path.write_text("1;16/03/2026\n2;17/03/2026\n")
    table = read(path)
    assert repair(table, schema_of(field("jour", "date")), tmp_path / "apres.csv").changes == ()
    assert (tmp_path / "apres.csv").read_text() == "1,16/03/2026\n2,17/03/2026\n"


def test_headers_of_the_same_name_and_without_name_stay(tmp_path):
    path = tmp_path / "double.csv"
    path.write_text("cle;note;note;\na;x;y;z\n")
    repair(read(path, options=ReadOptions(header_row=0)), schema_of(), tmp_path / "apres.csv")
    assert (tmp_path / "apres.csv").read_text().splitlines() == ["cle,note,note,", "a,x,y,z"]


CELLS = st.sampled_from(
    [
        "",
        "oui",
        "NON",
        "16/03/2026",
        "01/02/2026",
        "1,5",
        " 12 ",
        "1 204",
        "1053",
        "=1+1",
        'un "mot"',
        "a,b",
        "x\ny",
        "é",
    ]
)
FIELDS = [field("jour", "date"), field("montant", "number"), field("actif", "boolean"), INSEE, field("note")]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(*[CELLS] * len(FIELDS)), min_size=1, max_size=8))
def test_the_new_file_is_the_old_one_but_for_the_listed_changes(tmp_path, rows):
    schema = schema_of(*FIELDS)
    headers = ["cle", *[tested.name for tested in FIELDS], "autre"]
    options = ReadOptions(header_row=0, delimiter=";", encoding="utf-8")
    path = tmp_path / "avant.csv"
    path.write_text(written(headers, [["k", *row, "reste"] for row in rows]), encoding="utf-8", newline="")
    table = read(path, options=options)
    found = repair(table, schema, tmp_path / "apres.csv")
    again = read(tmp_path / "apres.csv", options=ReadOptions(header_row=0, delimiter=",", encoding="utf-8"))
    assert [c.name for c in again.columns] == [c.name for c in table.columns]
    assert again.rows == table.rows == found.rows == len(rows)
    before, after = ([row for b in t.batches() for row in b.rows(named=True)] for t in (table, again))
    differences = [
        (h, n) for n, (a, b) in enumerate(zip(before, after, strict=True), 1) for h in headers if a[h] != b[h]
    ]
    assert len(differences) == sum(change.count for change in found.changes)
    assert {name for name, _ in differences} == {change.column for change in found.changes}
    shown = [(c.column, *example) for c in found.changes for example in c.examples]
    assert all((before[n - 1][name] or "", after[n - 1][name] or "") == (old, new) for name, n, old, new in shown)
    assert plan(again, schema) == ()
    errors = {(e.row, e.column) for e in check(again, schema, limit=10_000).errors}
    assert not errors.intersection((row, name) for name, row in differences)
