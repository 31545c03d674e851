"""The checks of Validata: what each finds, and what it leaves alone."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from ckanext.ca3b.tables import check
from ckanext.ca3b.tables.schemas import Check, SchemaError

from .peer import field_of, schema_of, table_of


def found(
    name: str, params: dict[str, Any], rows: list[list[str]], **types: str
) -> list[tuple[int | None, str | None]]:
    """Rows and columns where the check ``name`` finds an error; columns are texts unless said."""
    columns = {**dict.fromkeys(rows[0], "string"), **types}
    descriptor = {"fields": [{"name": column, "type": kind} for column, kind in columns.items()]}
    verdict = check(table_of(rows), schema_of(descriptor, cross_checks=(Check(name, params),)))
    return [(error.row, error.column) for error in verdict.errors if error.code == name]


def holds(name: str, value: str, **params: Any) -> bool:
    """Whether one cell passes."""
    return not found(name, {"column": "a", **params}, [["a", "b"], [value, "x"]])


@pytest.mark.parametrize(
    "siret",
    ["20007175100016", "73282932000074", "35600000000048", "35600000049837", "732 829 320 00074", "732.829.320.00074"],
)
def test_siret_numbers_with_their_key(siret):
    assert holds("french-siret-value", siret)


@pytest.mark.parametrize(
    "siret",
    ["20007175100017", "73282932000079", "35600000049838", "2000717510001", "200071751000160", "2000717510001A",
     "+0007175100016", "-0007175100016", "00000000000001", "２０００７１７５１０００１６", "x"],
)  # fmt: skip
def test_siret_numbers_without(siret):
    assert not holds("french-siret-value", siret)


def test_siret_numbers_of_the_peer():
    siren, siret = pytest.importorskip("stdnum.fr.siren"), pytest.importorskip("stdnum.fr.siret")
    for number in range(356_000_000_00000, 356_000_000_00100):
        assert holds("french-siret-value", str(number)) == siret.is_valid(str(number)), number
    for number in range(200_071_700, 200_071_800):
        assert holds("french-siren-value", str(number)) == siren.is_valid(str(number)), number


def test_a_siret_that_lost_its_zero_says_so():
    row = [["a"], ["552100554"], ["5521005540001"]]
    schema = schema_of(
        {"fields": [{"name": "a", "type": "string"}]}, cross_checks=(Check("french-siret-value", {"column": "a"}),)
    )
    messages = [error.message for error in check(table_of(row), schema).errors]
    assert "9 chiffres au lieu de 14" in messages[0]
    assert "les zéros du début ont peut-être disparu" in messages[1]


@pytest.mark.parametrize(
    ("value", "alone", "good"),
    [("2026", True, True), ("2026", False, False), ("2026/2027", False, True), ("2026/2026", True, False),
     ("2027/2026", True, False), ("26/27", True, False), ("2026-2027", True, False)],
)  # fmt: skip
def test_years(value, alone, good):
    assert holds("year-interval-value", value, **({"allow-year-only": "yes"} if alone else {})) == good


@pytest.mark.parametrize(
    ("value", "good"),
    [("Finances locales/Subventions", True), ("finances LOCALES/", True),
     ("LIBERTES publiques et pouvoirs de police/x", True),
     ("Finances locales / Subventions", False), ("Finances locales /x", False), ("Finances locales/ x", False),
     ("Finances locales", False), ("Finances/x", False)],
)  # fmt: skip
def test_acts(value, good):
    assert holds("nomenclature-actes-value", value) == good


@pytest.mark.parametrize(
    ("value", "good"),
    [("24/7", True), ("Mo-Fr 08:00-12:00,14:00-18:00; Sa 09:00-12:00", True), ("PH off", True), ("lundi 8h", False),
     ("Mo-Fr 25:00-26:00", False), ("Mo," * 5_000 + "Tu", False)],
)  # fmt: skip
def test_opening_hours(value, good):
    assert holds("opening-hours-value", value) == good


@pytest.mark.parametrize(
    ("value", "good"),
    [("04 74 24 75 15", True), ("+33474247515", True), ("3949", True), ("115", True), ("+41 44 668 18 00", True),
     ("0474", False), ("00 00 00 00 00", False), ("mairie", False)],
)  # fmt: skip
def test_phone_numbers(value, good):
    assert holds("phone-number-value", value) == good


@pytest.mark.parametrize("name", ["french-siret-value", "phone-number-value", "opening-hours-value"])
def test_a_check_of_one_cell_leaves_empty_cells_and_absent_columns(name):
    assert holds(name, "")
    schema = schema_of(
        {"fields": [{"name": name, "type": "string"} for name in ("a", "b")]},
        cross_checks=(Check(name, {"column": "a"}),),
    )
    assert check(table_of([["b"], ["x"]]), schema).valid


def test_columns_filled_together():
    rows = [["a", "b", "c"], ["1", "2", "3"], ["", "", ""], ["1", "", "3"], ["", "2", "3"]]
    assert found("cohesive-columns-value", {"column": "a", "othercolumns": ["b", "c"]}, rows) == [(3, "a"), (4, "a")]


def test_an_unreadable_cell_is_empty_and_so_is_an_absent_column():
    params = {"column": "a", "othercolumns": ["b"]}
    assert found("cohesive-columns-value", params, [["a", "b"], ["x", "2"]], a="integer") == [(1, "a")]
    assert found("cohesive-columns-value", params, [["a"], ["1"], [""]], b="integer") == [(1, "a")]


def test_cells_to_fill_together_are_said_empty_or_unreadable_as_they_are():
    fields = [{"name": "a", "type": "string"}, {"name": "b", "type": "integer"}, {"name": "c", "type": "string"}]
    params = {"column": "a", "othercolumns": ["b", "c"]}
    schema = schema_of({"fields": fields}, cross_checks=(Check("cohesive-columns-value", params),))
    errors = check(table_of([["a", "b", "c"], ["x", "deux", ""]]), schema).errors
    (said,) = [error.message for error in errors if error.code == "cohesive-columns-value"]
    assert said.endswith("«\u00a0c\u00a0» est vide, «\u00a0b\u00a0» ne se lit pas.")


def test_one_of_two_cells():
    rows = [["a", "b"], ["1", ""], ["", "2"], ["", ""], ["1", "2"]]
    assert found("one-of-required", {"column1": "a", "column2": "b"}, rows) == [(3, None)]
    assert found("one-of-required", {"column1": "a", "column2": "b"}, [["a"], ["1"], [""]], b="string") == [(2, None)]
    absent = found("one-of-required", {"column1": "a", "column2": "b"}, [["c"], ["1"]], a="string", b="string")
    assert absent == [(None, None)]


@pytest.mark.parametrize(
    ("kinds", "first", "sign", "second", "good"),
    [
        ("date", "2026-02-12", ">=", "2026-02-12", True),
        ("date", "2026-02-11", ">=", "2026-02-12", False),
        ("integer", "9", "<", "10", True),
        ("integer", "10", "<=", "9", False),
        ("number", "1.10", "==", "1.1", True),
        ("number", "0.1", ">", "0.10", False),
        ("number", "9007199254740993", ">", "9007199254740992", True),
        ("string", "9", "<", "10", True),
        ("string", "b", ">", "a", True),
        ("string", "a", "==", "A", False),
        ("string", "a", "<", "10", False),
        ("integer", "", ">", "1", True),
    ],
)
def test_columns_compared(kinds, first, sign, second, good):
    params = {"column": "a", "column2": "b", "op": sign}
    errors = found("compare-columns-value", params, [["a", "b"], [first, second]], a=kinds, b=kinds)
    assert errors == ([] if good else [(1, "a")])


def test_cells_that_do_not_compare_are_wrong():
    params = {"column": "a", "column2": "b", "op": ">="}
    assert found("compare-columns-value", params, [["a", "b"], ["2026-02-12", "3"]], a="date", b="integer") == [
        (1, "a")
    ]


@pytest.mark.parametrize(
    ("cells", "good"),
    [(["6", "1", "2", "3"], True), (["7", "1", "2", "3"], False), (["", "1", "2", "3"], True),
     (["6", "1", "", "3"], True), (["1_0", "5", "4", "1"], True)],
)  # fmt: skip
def test_sums(cells, good):
    params = {"column": "a", "columns": ["b", "c", "d"]}
    kinds = dict.fromkeys("abcd", "integer")
    assert found("sum-columns-value", params, [["a", "b", "c", "d"], cells], **kinds) == ([] if good else [(1, "a")])


def test_the_error_tells_the_cells_it_compares():
    schema = schema_of(
        {"fields": [{"name": "fin", "type": "date"}, {"name": "debut", "type": "date"}]},
        cross_checks=(Check("compare-columns-value", {"column": "fin", "column2": "debut", "op": ">="}),),
    )
    error = check(table_of([["debut", "fin"], ["2026-02-12", "2026-02-11"]]), schema).errors[0]
    assert error.value == "2026-02-11"
    assert "« 2026-02-12 », la valeur de la colonne « debut »".replace(" ", "") in error.message.replace(
        "\u00a0", ""
    ).replace(" ", "")


@pytest.mark.parametrize(
    ("name", "params", "said"),
    [
        ("french-siret-valeur", {"column": "a"}, "inconnu"),
        ("french-siret-value", {"column": "z"}, "« z »"),
        ("french-siret-value", {}, "column"),
        ("compare-columns-value", {"column": "a", "column2": "a", "op": "!="}, "!="),
        ("sum-columns-value", {"column": "a"}, "columns"),
    ],
)
def test_a_schema_that_asks_for_what_does_not_exist_is_refused(name, params, said):
    schema = attrs.evolve(
        schema_of({"fields": []}),
        fields=(field_of({"name": "a", "type": "string"}),),
        cross_checks=(Check(name, params),),
    )
    with pytest.raises(SchemaError, match=said):
        check(table_of([["a"], ["1"]]), schema)
