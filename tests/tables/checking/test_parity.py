"""The verdict and the located errors are those of frictionless 5, whatever the schema and the table.

Left out, where we depart on purpose (docs/decisions.md): two columns of the same name, which frictionless refuses
without looking further; unique lists and objects and bounds that mix moments with and without a zone, on which it
fails; GeoJSON beyond its structure.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from .peer import ours, schema_of, table_of, theirs

_ANYWHERE = ["", "", "NA", "null", " ", "x", "12", "oui", "2026-11-22", "0", "true", "[1, 2]", "é"]
_CELLS: dict[str, list[str]] = {
    "string": ["abc", "Abc", "abcdef", "a b", "é", "été", "12", "ab\n", "a\nb", "٣", "١٢", "-", "ab12", "ＡＢ"],
    "integer": ["1", "01", "+1", "-1", "-0", " 7 ", "1_000", "1 204", "12,0", "12.0", "٣", "１２", "1e3", "9" * 25,
                "5€"],
    "number": ["1", "1.0", "1.50", " 2 ", "1,5", "1 204,5", "1e3", "1E-2", "NaN", "inf", "-Infinity", "1_0", ".5", "5.",
               "0.1", "0.10", "123456789.1234567890", "9" * 20, "12 %", "1.204,5", "-0.0"],
    "boolean": ["true", "false", "True", "TRUE", "0", "1", "oui", "non", "OUI", "yes"],
    "date": ["2026-11-22", "2026-1-5", "2026-02-30", "22/11/2026", "0999-01-01", "0000-01-01", "10000-01-01",
             "2026-11-22 ", "2026", "20261122", "٢٠٢٦-01-01", "Nov 22 2026", "1/2/2026"],
    "datetime": ["2026-11-22T10:00:00", "2026-11-22T10:00:00Z", "2026-11-22T10:00:00+02:00", "2026-11-22 10:00:00",
                 "2026-11-22T24:00:00", "2026-11-22T10:00:60", "2026-11-22T10:00", "2026-11-22T10:00:00.123456789",
                 "2026-02-30T10:00:00", "2026-11-22T10:00:00+25:00", "2026-11-22T10:00:00.5", "22/11/2026 10:00"],
    "time": ["10:00:00", "10:00:00Z", "10:00", "25:00:00", "10:00:00.5", "10h00", "10:00:00+01:00"],
    "year": ["2026", "0026", "+202", "-202", "20 6", "２０２６", "202", "20260", "9999"],
    "yearmonth": ["2026-11", "2026-1", "2026-13", "2026-00", "11-2026", "2026-11-22", "2026"],
    "duration": ["P1D", "PT1H", "P1Y2M", "P", "1 jour", "PT36H", "P1DT12H"],
    "geopoint": ["5.2,46.2", "5.2, 46.2", "[5.2, 46.2]", '["5.2", "46.2"]', "181,0", "0,91",
                 '{"lon": 5.2, "lat": 46.2}', "5.2;46.2", "NaN,1", "[5.2]", "5.20,46.2"],
    "geojson": ['{"type": "Point", "coordinates": [5.2, 46.2]}', '{"type": "Point"}', "[]", '{"type": "Rond"}'],
    "array": ['["a"]', "[]", "[1, 2, 3]", "a,b", '{"a": 1}', "[1,"],
    "object": ['{"a": 1}', "{}", "[1]", '{"a": 1, "b": 2}', "a"],
    "any": ["a", "b", "12"],
}  # fmt: skip
_FORMATS = {
    "string": ["default", "email", "uri", "uuid", "binary"],
    "date": ["default", "%d/%m/%Y", "%Y", "any"],
    "datetime": ["default", "%d/%m/%Y %H:%M", "any"],
    "time": ["default", "%H:%M", "any"],
    "geopoint": ["default", "array", "object"],
}
_FORMATTED = {
    "email": ["a@b.fr", "a@b", "a b@c.fr", "é@exemple.fr", "A.B@exemple.fr", '"a b"@c.fr', "a@@b.fr"],
    "uri": ["https://exemple.fr/é", "http:", "exemple.fr", "mailto:a@b.fr", "//exemple.fr", "1http://a", "urn:x"],
    "uuid": ["2bc1c94f-0deb-43e9-92a1-4775189ec9f8", "2BC1C94F0DEB43E992A14775189EC9F8", "{2bc1c94f}", "2bc1c94f"],
    "binary": ["YWJj", "YW", "é", "YW Jj", "===="],
}
_PATTERNS = [r"^\d+$", r"\w{2,}", r"[a-z]+|12", r"a.b", r"[^\d]+", r"(a|b)\1", r"(?=a)abc", r"[A-Zé]+", r"\S+\s\S+",
             r"(?:(?:^|,)(^[A-Z]{2}$|x))+$", r"[a&&b]+", r"[^&&a]+", r".*", r"\u00e9.*", r"[\w\-]+", r"a{1,3}b?",
             r"\bé"]  # fmt: skip
_BOUNDS: dict[str, list[Any]] = {
    "integer": [0, 1, 12, "7", -1, 10**30],
    "number": [0, 1, "0.1", 0.1, 1.5, "1e3", -90, "1.00000000000000000001"],
    "date": ["2026-11-22"],
    "year": ["2026", 2026],
    "yearmonth": ["2026-05"],
}
_ENUMS: dict[str, list[Any]] = {
    "string": ["abc", "12", "é"], "integer": [1, "12", 7], "number": [1, "1.5", 2.0], "boolean": [True],
    "date": ["2026-11-22"], "year": [2026, "9999"], "any": ["a", "x"], "duration": ["P1D", "P1DT12H"],
}  # fmt: skip
_UNHASHABLE = {"array", "object", "geojson"}


@st.composite
def _field(draw: st.DrawFn, name: str) -> dict[str, Any]:
    kind = draw(st.sampled_from(sorted(_CELLS)))
    field: dict[str, Any] = {"name": name, "type": kind, **draw(_marks(kind))}
    if kind in _FORMATS and draw(st.booleans()):
        field["format"] = draw(st.sampled_from(_FORMATS[kind]))
    plain = set(field) <= {"name", "type", "bareNumber"}
    constraints = draw(_constraints(kind, plain=plain))
    return field | ({"constraints": constraints} if constraints else {})


def _marks(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """How numbers and booleans are written."""
    marks: dict[str, list[dict[str, Any]]] = {
        "boolean": [{}, {"trueValues": ["oui", "OUI"], "falseValues": ["non", "0"]}],
        "integer": [{}, {}, {"bareNumber": False}],
        "number": [{}, {}, {"decimalChar": ","}, {"decimalChar": ",", "groupChar": " "}, {"groupChar": "."},
                   {"bareNumber": False}, {"decimalChar": ",", "bareNumber": False}],
    }  # fmt: skip
    return st.sampled_from(marks.get(kind, [{}]))


@st.composite
def _constraints(draw: st.DrawFn, kind: str, *, plain: bool) -> dict[str, Any]:
    possible: dict[str, st.SearchStrategy[Any]] = {"required": st.booleans()}
    if kind not in _UNHASHABLE:
        possible["unique"] = st.just(value=True)
    if kind in _BOUNDS and plain:
        possible |= dict.fromkeys(("minimum", "maximum"), st.sampled_from(_BOUNDS[kind]))
    if kind in {"string", "array", "object"}:
        possible |= dict.fromkeys(("minLength", "maxLength"), st.integers(0, 4))
    if kind == "string":
        possible["pattern"] = st.sampled_from(_PATTERNS)
    if kind in _ENUMS and plain:
        possible["enum"] = st.just(_ENUMS[kind])
    return {name: draw(possible[name]) for name in sorted(draw(st.sets(st.sampled_from(sorted(possible)))))}


@st.composite
def _case(draw: st.DrawFn) -> tuple[dict[str, Any], list[list[str]]]:
    fields = [draw(_field(name)) for name in "ABCD"[: draw(st.integers(1, 4))]]
    descriptor: dict[str, Any] = {"fields": fields}
    if draw(st.booleans()):
        descriptor["missingValues"] = draw(st.sampled_from([["", "NA"], [""], ["NA"], ["", "null", "0"]]))
    keyed = [field["name"] for field in fields if field["type"] not in _UNHASHABLE]
    if keyed and draw(st.booleans()):
        descriptor["primaryKey"] = draw(st.lists(st.sampled_from(keyed), min_size=1, max_size=2, unique=True))
    by_name = {field["name"]: field for field in fields}
    labels = draw(st.permutations([name for name in by_name if draw(st.integers(0, 6)) < 6]))
    labels = [*labels, *draw(st.sampled_from([[], [], [], ["autre"], ["", "autre"], ["a"]]))] or ["autre"]
    cells = [_cell(by_name.get(label)) for label in labels]
    blank = st.just([""] * len(labels))
    row = st.tuples(*cells).map(list)
    rows = draw(st.lists(st.one_of(row, row, row, row, row, blank), min_size=1, max_size=12))
    return descriptor, [labels, *rows]


def _cell(field: dict[str, Any] | None) -> st.SearchStrategy[str]:
    written = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=6)
    if field is None:
        return st.one_of(st.sampled_from(_ANYWHERE), written)
    own = st.sampled_from([*_CELLS[field["type"]], *_FORMATTED.get(field.get("format", ""), ())])
    return st.one_of(own, own, own, st.sampled_from(_ANYWHERE), written)


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(_case())
def test_finds_what_frictionless_finds(case: tuple[dict[str, Any], list[list[str]]]) -> None:
    descriptor, rows = case
    found = ours(table_of(rows), schema_of(descriptor))
    try:
        expected = theirs(rows, descriptor)
    except ValueError:
        # It compares keys of moments with an offset beyond a day, which Python cannot; ours gave a verdict.
        assume("+25:00" not in str(rows))
        raise
    for code in {code for _, _, code in expected}:
        event(code)
    assert found == expected


def test_keys_of_moments_beyond_the_world_are_compared() -> None:
    descriptor = {"fields": [{"name": "A", "type": "datetime", "format": "any"}], "primaryKey": ["A"]}
    moments = ["2026-11-22T10:00:00", "2026-11-22T10:00:00+25:00", "2026-11-22T10:00:00+25:00"]
    assert [row for row, *_ in ours(table_of([["A"], *([one] for one in moments)]), schema_of(descriptor))] == [3]


@pytest.mark.parametrize("kind", sorted(_CELLS))
@pytest.mark.parametrize("required", [False, True])
def test_reads_each_written_form_as_frictionless_does(kind: str, required: bool) -> None:
    for form in _FORMATS.get(kind, ["default"]):
        field = {"name": "A", "type": kind, "format": form, "constraints": {"required": required}}
        descriptor = {"fields": [field, {"name": "B", "type": "any"}]}
        cells = dict.fromkeys([*_CELLS[kind], *_FORMATTED.get(form, ()), *_ANYWHERE])
        rows = [["A", "B"], *([cell, "b"] for cell in cells)]
        assert ours(table_of(rows), schema_of(descriptor)) == theirs(rows, descriptor), form


@pytest.mark.parametrize("pattern", _PATTERNS)
def test_patterns_are_those_of_python(pattern: str) -> None:
    descriptor = {"fields": [{"name": "A", "type": "string", "constraints": {"pattern": pattern}}]}
    rows = [
        ["A"],
        *([cell] for cell in (*_CELLS["string"], "a&&b", "a&b", "abab", "aa", "AB,CD", "x,x", "\x1c", "e\u0301")),
    ]
    assert ours(table_of(rows), schema_of(descriptor)) == theirs(rows, descriptor)


@pytest.mark.parametrize("kind", ["integer", "number"])
@pytest.mark.parametrize("bound", ["0.1", "1", "9007199254740992", "-0.1"])
def test_bounds_are_exact(kind: str, bound: str) -> None:
    if kind == "integer" and "." in bound:
        return
    a_hair_more = bound if kind == "integer" else bound + "." * ("." not in bound) + "0" * 20 + "1"
    cells = [bound, a_hair_more, "9007199254740993",
             "9007199254740991", "-9007199254740993", "1e400", "-1e400", "9" * 40, "NaN", "inf"]  # fmt: skip
    for name in ("minimum", "maximum"):
        descriptor = {"fields": [{"name": "A", "type": kind, "constraints": {name: bound}}]}
        rows = [["A"], *([cell] for cell in cells)]
        assert ours(table_of(rows), schema_of(descriptor)) == theirs(rows, descriptor), name
