"""Values in their types, and the line of the file each row begins at."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckanext.ca3b.tables import Column, TableError, read, typed

UTC = dt.UTC


def read_column(folder, values, **options):
    path = folder / "valeurs.csv"
    path.write_text("nom;v\n" + "".join(f"mot;{value}\n" for value in values), encoding="utf-8")
    table = read(path, **options)
    frame = typed(pl.concat(table.batches()), table.columns)
    return table.columns[1], frame["v"]


@pytest.mark.parametrize(
    ("values", "dtype", "expected"),
    [
        (["1", " -2 ", "", "   ", "99999999999999"], pl.Int64, [1, -2, None, None, 99999999999999]),
        (["1 204", "12\u202f345\u00a0678", "7"], pl.Int64, [1204, 12345678, 7]),
        (["1 204,5", "-3\u00a0000,25", "0,10", "7"], pl.Float64, [1204.5, -3000.25, 0.1, 7.0]),
        (["1204.5", "-0.001"], pl.Float64, [1204.5, -0.001]),
        (["oui", "Non", "OUI", ""], pl.Boolean, [True, False, True, None]),
        (["vrai", "faux"], pl.Boolean, [True, False]),
        (["N", "O"], pl.Boolean, [False, True]),
        (["31/12/2023", "", "1/2/2024"], pl.Date, [dt.date(2023, 12, 31), None, dt.date(2024, 2, 1)]),
        (["31.12.2023"], pl.Date, [dt.date(2023, 12, 31)]),
        (["12-31-2023"], pl.Date, [dt.date(2023, 12, 31)]),
        (["2023/12/31"], pl.Date, [dt.date(2023, 12, 31)]),
        (["31/12/2023 8h30"], pl.Datetime("us"), [dt.datetime(2023, 12, 31, 8, 30)]),  # noqa: DTZ001
        (["2023-12-31 08:30:01.5"], pl.Datetime("us"), [dt.datetime(2023, 12, 31, 8, 30, 1, 500000)]),  # noqa: DTZ001
        (
            ["2023-12-31T08:30:00+02:00", "2023-12-31T08:30:00Z"],
            pl.Datetime("us", "UTC"),
            [dt.datetime(2023, 12, 31, 6, 30, tzinfo=UTC), dt.datetime(2023, 12, 31, 8, 30, tzinfo=UTC)],
        ),
        (["01053", " x "], pl.String, ["01053", " x "]),
    ],
)
def test_values_take_the_type_of_their_column(tmp_path, values, dtype, expected):
    _, series = read_column(tmp_path, values)
    assert series.dtype == dtype
    assert series.to_list() == expected


@pytest.mark.parametrize("value", ["2023-12-31T08:30:00.1234567", "0000-01-01", "31/12/0000"])
def test_moments_that_would_be_cut_stay_text(tmp_path, value):
    column, series = read_column(tmp_path, [value])
    assert (column.type, series.to_list()) == ("text", [value])


def test_a_value_of_another_type_is_refused_not_lost():
    with pytest.raises(TableError, match="douze"):
        typed(pl.DataFrame({"n": ["12", "douze"]}), [Column("n", "integer", "n", 0)])


def test_columns_may_be_fewer_than_those_of_the_frame():
    frame = pl.DataFrame({"a": ["x"], "n": ["12"]})
    assert typed(frame, [Column("n", "integer", "n", 1)]).to_dict(as_series=False) == {"n": [12]}


NUMBERS = st.decimals(-(10**9), 10**9, allow_nan=False, places=3)
SEPARATOR = st.sampled_from(["", " ", "\u00a0", "\u202f"])


@settings(max_examples=100, deadline=None)
@given(numbers=st.lists(NUMBERS, min_size=1, max_size=6), separator=SEPARATOR, decimal=st.sampled_from(",."))
def test_numbers_are_worth_what_is_written(tmp_path_factory, numbers, separator, decimal):
    values = [f"{number:,f}".replace(",", " ").replace(".", decimal).replace(" ", separator) for number in numbers]
    column, series = read_column(tmp_path_factory.mktemp("n"), values)
    assert column.type == "number"
    assert [Decimal(repr(value)) for value in series] == [Decimal(number) for number in numbers]


@settings(max_examples=100, deadline=None)
@given(
    days=st.lists(st.dates(dt.date(1000, 1, 1)), min_size=1, max_size=6),
    form=st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d"]),
)
def test_dates_written_again_are_the_same_text(tmp_path_factory, days, form):
    values = [day.strftime(form) for day in days]
    column, series = read_column(tmp_path_factory.mktemp("d"), values)
    assert column.date_format == form
    assert series.dt.strftime(form).to_list() == values


@settings(max_examples=200, deadline=None)
@given(values=st.lists(st.text("0123456789 ,.-/+eEhTZ:\u00a0ouin", max_size=12), min_size=1, max_size=5))
def test_no_text_is_typed_into_another_value(tmp_path_factory, values):
    column, series = read_column(tmp_path_factory.mktemp("x"), values)
    for text, value in zip(values, series, strict=True):
        plain = text.strip()
        if column.type == "text":
            assert (value or "") == text
        elif not plain:
            assert value is None
        elif column.type in {"integer", "number"}:
            kept = plain.replace(" ", "").replace("\u00a0", "").replace(",", ".")
            assert Decimal(repr(value)) == Decimal(kept)
            assert not kept.lstrip("-").startswith("0") or kept.lstrip("-")[1:2] in {"", "."}


LINES = b'Titre\n\nnom;note\na;1\nb;"deux\nlignes\nde plus"\nc;3\nd;"et\nune"\ne;5\n'


def lines_of(table):
    return [table.line(row) for row in range(1, table.rows + 1)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_the_line_of_a_row_is_the_one_an_editor_shows(tmp_path, encoding):
    path = tmp_path / "lignes.csv"
    path.write_bytes(LINES.decode().encode(encoding))
    assert lines_of(read(path)) == [4, 5, 8, 9, 11]


def test_blank_lines_are_rows_with_their_line(tmp_path):
    path = tmp_path / "lignes.csv"
    path.write_bytes(b'nom;note\na;"1\n2"\n\nb;3\n')
    assert lines_of(read(path)) == [2, 4, 5]


def test_lines_are_right_far_in_a_big_file(tmp_path):
    path = tmp_path / "lignes.csv"
    path.write_bytes(b"nom;note\n" + b'long mot;"deux\nlignes"\nmot;une\n' * 300_000)
    table = read(path)
    assert [table.line(row) for row in (1, 2, 3, 600_000)] == [2, 4, 5, 900_001]
