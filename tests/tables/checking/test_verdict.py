"""What a verdict says: where, what, what to write instead; counts that stay exact; bounded memory and time."""

from __future__ import annotations

import time

import pytest

from ckanext.ca3b.tables import check, read, schemas
from ckanext.ca3b.tables.checking import LABELS, iter_errors
from ckanext.ca3b.tables.checking import keys as keys_module
from ckanext.ca3b.tables.checking.cross import CHECKS
from ckanext.ca3b.tables.checking.patterns import linear, rule_of
from ckanext.ca3b.tables.schemas import SchemaError

from .peer import ours, schema_of, table_of, theirs

INTEGERS = {"fields": [{"name": "n", "type": "integer"}, {"name": "t", "type": "string"}]}


def messages(rows, descriptor):
    return [error.message.replace("\u00a0", " ") for error in check(table_of(rows), schema_of(descriptor)).errors]


def message_of(kind, cell, **field):
    return messages([["a", "b"], [cell, "x"]], {"fields": [{"name": "a", "type": kind, **field}]})[0]


def test_a_valid_table_has_no_error():
    verdict = check(table_of([["n", "t"], ["1", "a"], ["", "b"]]), schema_of(INTEGERS))
    assert (verdict.valid, verdict.rows, verdict.error_count, verdict.errors, dict(verdict.counts)) == (
        True,
        2,
        0,
        (),
        {},
    )


def test_counts_are_exact_beyond_the_limit_and_errors_come_row_by_row():
    table = table_of([["n", "t"], *([["x", "a"], ["", ""]] * 40)])
    verdict = check(table, schema_of(INTEGERS), limit=5)
    assert (verdict.error_count, dict(verdict.counts)) == (80, {"type-error": 40, "blank-row": 40})
    assert [error.row for error in verdict.errors] == [1, 2, 3, 4, 5]
    everything = list(iter_errors(table, schema_of(INTEGERS)))
    assert [error.row for error in everything] == list(range(1, 81))
    assert tuple(everything[:5]) == verdict.errors


def test_an_error_is_where_an_editor_shows_it(tmp_path):
    path = tmp_path / "fichier.csv"
    rows = "\n".join(f"{number};voie {number}" for number in range(1, 9))
    path.write_text(f'Liste des voies;\n\nn;t\n{rows}\n9;"deux\nlignes"\nx;fin\n', encoding="utf-8")
    error = check(read(path), schema_of(INTEGERS)).errors[0]
    assert (error.row, error.line, error.column, error.value, error.code) == (10, 14, "n", "x", "type-error")


def test_columns_are_matched_by_name_in_whatever_order():
    verdict = check(table_of([["autre", "t", "n"], ["?", "a", "1"]]), schema_of(INTEGERS))
    assert verdict.valid
    assert {notice.code for notice in verdict.warnings} == {"extra-label", "label-order"}


def test_an_absent_column_is_an_error_only_when_it_is_required():
    descriptor = {
        "fields": [{"name": "a", "type": "string", "constraints": {"required": True}}, {"name": "b", "type": "string"}]
    }
    assert check(table_of([["a"], ["x"]]), schema_of(descriptor)).valid
    error = check(table_of([["b", "Á"], ["x", "y"]]), schema_of(descriptor)).errors[0]
    assert (error.row, error.column, error.code) == (None, "a", "missing-label")
    assert "Renommez" in error.message
    assert "Á" in error.message


def test_two_columns_of_the_same_name_are_an_error_and_the_first_is_read():
    table = table_of([["n", "n", "t"], ["1", "x", "a"], ["y", "2", "b"]])
    assert ours(table, schema_of(INTEGERS)) == [(0, "n", "duplicate-label"), (2, "n", "type-error")]


def test_nameless_columns_are_an_error_when_they_are_several():
    assert ours(table_of([["n", ""], ["1", "x"]]), schema_of(INTEGERS)) == []
    assert ours(table_of([["n", "", ""], ["1", "x", "y"]]), schema_of(INTEGERS)) == [(0, "", "blank-label")] * 2


def test_a_file_without_header_is_told_so(tmp_path):
    path = tmp_path / "fichier.csv"
    path.write_text("1;2\n3;4\n", encoding="utf-8")
    assert [error.code for error in check(read(path), schema_of(INTEGERS)).errors] == ["unmatched-header"]


@pytest.mark.parametrize(
    ("kind", "cell", "said"),
    [
        ("date", "05/03/2026", "S’il s’agit du 5 mars 2026, écrivez « 2026-03-05 »."),
        ("date", "05/05/2026", "Écrivez « 2026-05-05 »."),
        ("date", "22/11/2026", "Écrivez « 2026-11-22 »."),
        ("date", "1.2.2026", "écrivez « 2026-02-01 »"),
        ("date", "31/02/2026", "ne se lit pas comme une date"),
        ("number", "1 204,5", "Écrivez « 1204.5 »."),
        ("number", "environ 3", "ne se lit pas comme un nombre"),
        ("integer", "1\u202f204", "Écrivez « 1204 »"),
        ("integer", "12,0", "Écrivez « 12 »"),
        ("boolean", "Oui", "Écrivez « true »"),
        ("year", " 2026", "Écrivez « 2026 »"),
    ],
)
def test_a_french_form_is_understood_and_its_correction_written(kind, cell, said):
    assert said in message_of(kind, cell)


def test_a_number_that_loses_something_has_no_correction():
    assert "Écrivez" not in message_of("integer", "12,5")


@pytest.mark.parametrize(
    ("field", "cell", "said"),
    [
        (
            {"constraints": {"enum": ["aide en numéraire", "aide en nature"]}},
            "Aide en numeraire",
            "Écrivez « aide en numéraire ».",
        ),
        ({"constraints": {"enum": ["oui", "non"]}}, "peut-être", "Valeurs possibles : « oui » ou « non »."),
        ({"constraints": {"maxLength": 3}}, "abcd", "Le texte a 4 caractères, il en faut au plus 3."),
        ({"constraints": {"pattern": r"^\d{14}$"}}, "12", "14 chiffres"),
        ({"constraints": {"required": True}}, "", "obligatoire"),
        ({"format": "email"}, "mairie", "adresse électronique"),
    ],
)
def test_a_broken_rule_is_told_in_words(field, cell, said):
    assert said in message_of("string", cell, **field)


def test_a_value_already_seen_says_where():
    descriptor = {"fields": [{"name": "a", "type": "string", "constraints": {"unique": True}}], "primaryKey": ["a"]}
    said = messages([["a"], ["x"], ["y"], ["z"], ["w"], ["x"], [""]], descriptor)
    assert "déjà à la ligne 2" in said[0]
    assert "répète l’identifiant de la ligne 2, « x »" in said[1]
    assert any("vide" in message for message in said[2:])


@pytest.mark.parametrize("direct", [0, 10_000])
def test_long_tables_find_the_same_repeated_keys(direct, monkeypatch):
    monkeypatch.setattr(keys_module, "DIRECT_ROWS", direct)
    descriptor = {
        "fields": [{"name": "a", "type": "integer", "constraints": {"unique": True}}, {"name": "b", "type": "number"}],
        "primaryKey": ["a", "b"],
    }
    rows = [
        ["a", "b"],
        *([str(number % 17) if number % 5 else f"0{number % 17}", f"{number % 3}.0"] for number in range(60)),
    ]
    rows += [["", "1"], ["", "1.00"], ["", ""], ["x", "y"]]
    assert ours(table_of(rows), schema_of(descriptor)) == theirs(rows, descriptor)


def test_every_code_has_a_french_name():
    assert set(CHECKS) < set(LABELS)
    wrong = [["n", "t"], ["x", "a"], ["", ""]]
    assert {error.code for error in check(table_of(wrong), schema_of(INTEGERS)).errors} < set(LABELS)


@pytest.mark.parametrize(
    "field",
    [
        {"type": "nombre"},
        {"type": "string", "format": "telephone"},
        {"type": "integer", "constraints": {"maxLength": 3}},
        {"type": "integer", "constraints": {"minimum": "beaucoup"}},
        {"type": "string", "constraints": {"pattern": "("}},
    ],
)
def test_a_schema_that_means_nothing_is_refused(field):
    with pytest.raises(SchemaError, match="« a »"):
        check(table_of([["a"], ["1"]]), schema_of({"fields": [{"name": "a", **field}]}))


def test_hostile_values_take_no_time():
    cells = [
        "(" * 10_000,
        "9" * 100_000,
        "1e" + "9" * 1_000,
        "[" * 50_000,
        "https://" + "a." * 20_000,
        "A" + " -'" * 10_000,
    ]
    for kind, more in [
        ("number", {}), ("integer", {}), ("array", {}), ("geopoint", {"format": "array"}), ("date", {"format": "any"}),
        ("string", {"format": "email"}), ("duration", {}),
    ]:  # fmt: skip
        start = time.monotonic()
        check(
            table_of([["a"], *([cell] for cell in cells)]), schema_of({"fields": [{"name": "a", "type": kind, **more}]})
        )
        assert time.monotonic() - start < 5, kind


def patterns_of_the_schemas():
    for schema in schemas.all_schemas():
        for field in schema.fields:
            if "pattern" in field.constraints:
                yield field, str(field.constraints["pattern"])


def test_patterns_of_the_schemas_run_on_whole_columns_but_those_with_references():
    assert all("\\1" in pattern for _, pattern in patterns_of_the_schemas() if linear(pattern) is None)


def test_no_pattern_of_a_schema_can_be_made_to_take_time():
    for field, pattern in patterns_of_the_schemas():
        rule = rule_of(pattern, field.name)
        start = time.monotonic()
        for piece in (field.example, field.example[:1], field.example + "|", "a", "A", "0", "a-", "A'a ", "/a"):
            rule(piece * 200 + "\x00")
        assert time.monotonic() - start < 1, (field.name, pattern)
