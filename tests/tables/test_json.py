"""Records in JSON, in JSON Lines, in the answers of other portals and in GeoJSON."""

from __future__ import annotations

import json
import resource

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckanext.ca3b.tables import TableError, read
from ckanext.ca3b.tables.reading.readers import json_stream

RECORDS = [{"nom": "é", "n": 1}, {"nom": "b", "n": 2.50}]


def table_of(folder, value):
    path = folder / "a.json"
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return read(path)


def cells(table):
    return [list(row) for batch in table.batches() for row in batch.rows()]


def refusal(folder, value):
    with pytest.raises(TableError) as caught:
        table_of(folder, value)
    return caught.value


@pytest.mark.parametrize(
    "answer",
    [
        RECORDS,
        {"data": RECORDS},
        {"total_count": 2, "results": RECORDS},
        {"help": "…", "success": True, "result": {"fields": [{"id": "nom"}, {"id": "n"}], "records": RECORDS}},
        {"links": [{"rel": "self"}], "meta": {"page": {"n": 1}}, "data": RECORDS},
    ],
)
def test_the_one_list_of_records_is_the_table(tmp_path, answer):
    table = table_of(tmp_path, answer)
    assert (table.format, [column.name for column in table.columns]) == ("json", ["nom", "n"])
    assert cells(table) == [["é", "1"], ["b", "2.5"]]
    assert table.line(1) is None


def test_records_of_opendatasoft_have_dotted_columns(tmp_path):
    table = table_of(tmp_path, {"nhits": 1, "records": [{"recordid": "x", "fields": {"nom": "a", "xy": [1.0, 2]}}]})
    assert [column.name for column in table.columns] == ["recordid", "fields.nom", "fields.xy"]
    assert cells(table) == [["x", "a", "[1.0, 2]"]]


def test_values_are_kept_as_they_are_written(tmp_path):
    text = '[{"a": 1.50, "b": 12345678901234567890, "c": "01053", "d": [1.10, "x", null, true, {"é": 1e5}], "e": ""}]'
    assert cells(table_of(tmp_path, text)) == [
        ["1.50", "12345678901234567890", "01053", '[1.10, "x", null, true, {"é": 1e5}]', None]
    ]


def test_two_lists_of_records_are_two_tables(tmp_path):
    error = refusal(tmp_path, {"lieux": RECORDS, "tarifs": RECORDS})
    assert error.code == "several-tables"
    assert "lieux, tarifs" in error.message


def test_an_object_alone_is_a_row(tmp_path):
    assert cells(table_of(tmp_path, {"nom": "a", "lieu": {"cp": "01000"}})) == [["a", "01000"]]


def test_the_lines_of_json_lines_are_known(tmp_path):
    table = table_of(tmp_path, '\n{"a": 1}\n\n\n{"a": 2}\n{"b": 3}\n')
    assert (table.format, table.rows) == ("jsonl", 3)
    assert [table.line(row) for row in (1, 2, 3)] == [2, 5, 6]
    assert cells(table) == [["1", None], ["2", None], [None, "3"]]


def test_the_attributes_of_a_map_are_a_table(tmp_path):
    features = [
        {"type": "Feature", "id": 7, "properties": {"nom": "Gare", "n": 3}, "geometry": {"type": "Point"}},
        {"type": "Feature", "properties": None, "geometry": None},
    ]
    table = table_of(tmp_path, {"type": "FeatureCollection", "features": features})
    assert table.format == "geojson"
    assert [column.name for column in table.columns] == ["id", "nom", "n"]
    assert cells(table) == [["7", "Gare", "3"], [None, None, None]]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[{"a": 1}', "json"),
        ('[{"a": 1},]', "json"),
        ('{"a": [{"b": 1}], "c": }', "json"),
        ('[{"a": 1}] suite', "json"),
        ('{"a": 1}\n{"a": \n', "json"),
        ('[{"a": 1}, 2]', "json"),
        ("[]", "empty"),
        ("{}", "empty"),
        ('{"data": []}\n', None),
        ('[{"a":' * 5000, "json"),
        ('[{"a": ' + "[" * 100_000, "json"),
    ],
)
def test_what_is_not_records_is_refused(tmp_path, text, code):
    if code is None:
        assert cells(table_of(tmp_path, text)) == [["[]"]]
    else:
        error = refusal(tmp_path, text)
        assert error.code == code
        assert "\n" not in error.message


@pytest.mark.parametrize("block", [1, 7, 64])
def test_records_cut_anywhere_are_read(tmp_path, monkeypatch, block):
    monkeypatch.setattr(json_stream, "_BLOCK", block)
    assert cells(table_of(tmp_path, {"n": 12, "data": RECORDS})) == [["é", "1"], ["b", "2.5"]]


SCALAR = st.one_of(st.text(max_size=6), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.booleans())


@settings(max_examples=60, deadline=None)
@given(values=st.lists(SCALAR, min_size=1, max_size=6), indent=st.sampled_from([None, 1]))
def test_what_is_written_is_read_back(tmp_path_factory, values, indent):
    text = json.dumps([{"clé": value} for value in values], ensure_ascii=False, indent=indent)
    expected = [value if isinstance(value, str) else json.dumps(value) for value in values]
    assert cells(table_of(tmp_path_factory.mktemp("j"), text)) == [[value or None] for value in expected]


def test_a_big_document_takes_little_memory(tmp_path):
    path = tmp_path / "a.json"
    with path.open("w", encoding="utf-8") as out:
        out.write('{"data": [')
        for number in range(100_000):
            out.write(
                ("," if number else "") + json.dumps({"nom": f"lieu {number}", "texte": "mot " * 30, "n": number})
            )
        out.write("]}")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    table = read(path)
    assert (table.rows, sum(batch.height for batch in table.batches())) == (100_000, 100_000)
    assert [column.type for column in table.columns] == ["text", "text", "integer"]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 250 << 10
