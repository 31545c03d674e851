"""The table schemas: the facts of the references, French texts, and examples that their own rules accept."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest
import yaml

from ckanext.ca3b import vocabularies
from ckanext.ca3b.tables import schemas
from ckanext.ca3b.tables.schemas import Field, SchemaError

REFERENCES = {
    data["name"]: data
    for data in (
        json.loads(path.read_text(encoding="utf-8")) for path in (Path(__file__).parent / "reference").glob("*.json")
    )
}
SCHEMAS = schemas.all_schemas()
OFFICIAL = [schema for schema in SCHEMAS if schema.official]
FIELDS = [(schema, field) for schema in SCHEMAS for field in schema.fields]
TEXTS_OF_OURS = {"title", "description", "example"}


def by_name(schema) -> str:
    return schema.name


def by_column(value) -> str:
    return value.name


def broken(field: Field, text: str, missing: tuple[str, ...]) -> str | None:
    """The code of the rule of ``field`` that ``text`` breaks; None when it breaks none."""
    if text in missing:
        return "constraint-error" if field.required else None
    try:
        value = read(field, text)
    except ValueError:
        return "type-error"
    rules = field.constraints
    if ("pattern" in rules and not re.search(f"^(?:{rules['pattern']})$", text)) or (
        "enum" in rules and value not in rules["enum"]
    ):
        return "constraint-error"
    if not rules.get("minLength", 0) <= len(text) <= rules.get("maxLength", len(text)):
        return "constraint-error"
    if ("minimum" in rules and value < float(rules["minimum"])) or (
        "maximum" in rules and value > float(rules["maximum"])
    ):
        return "constraint-error"
    return None


def read(field: Field, text: str):
    """``text`` read as the type and the format of ``field``; ValueError when it is something else."""
    if field.type not in READERS:
        raise AssertionError(f"type inconnu : {field.type}")
    return READERS[field.type](field, text)


def accept(condition: bool, text: str) -> str:
    if not condition:
        raise ValueError(text)
    return text


def read_boolean(field: Field, text: str) -> str:
    true_values = field.true_values or ("true", "True", "TRUE", "1")
    false_values = field.false_values or ("false", "False", "FALSE", "0")
    return accept(text in true_values + false_values, text)


def read_day(field: Field, text: str):
    if field.format == "default":
        return date.fromisoformat(text)
    return datetime.strptime(text, field.format).date()  # noqa: DTZ007


def read_geopoint(field: Field, text: str) -> str:
    lon, lat = json.loads(text) if field.format == "array" else map(float, text.split(","))
    return accept(-180 <= lon <= 180 and -90 <= lat <= 90, text)


def read_string(field: Field, text: str) -> str:
    forms = {"email": r"[^@\s]+@[^@\s]+\.[a-z]+", "uri": r"https?://\S+", "uuid": r"[0-9a-f-]{36}"}
    return accept(re.fullmatch(forms.get(field.format, "(?s:.*)"), text) is not None, text)


READERS = {
    "integer": lambda _, text: int(text),
    "year": lambda _, text: int(text),
    "number": lambda _, text: float(text),
    "boolean": read_boolean,
    "date": read_day,
    "datetime": lambda _, text: datetime.fromisoformat(text),
    "array": lambda _, text: accept(isinstance(json.loads(text), list), text),
    "geopoint": read_geopoint,
    "string": read_string,
}


def test_every_reference_has_its_schema():
    assert {schema.official for schema in OFFICIAL} == set(REFERENCES)


@pytest.mark.parametrize("schema", OFFICIAL, ids=by_name)
def test_facts_are_those_of_the_reference(schema):
    reference = REFERENCES[schema.official]
    ours = yaml.safe_load((schemas.FOLDER / f"{schema.name}.yaml").read_text(encoding="utf-8"))
    for key in ("version", "missingValues", "primaryKey", "custom_checks"):
        assert ours.get(key) == reference.get(key), key
    facts = [{key: value for key, value in field.items() if key not in TEXTS_OF_OURS} for field in ours["fields"]]
    assert facts == reference["fields"]


@pytest.mark.parametrize("schema", OFFICIAL, ids=by_name)
def test_the_reader_loses_no_fact(schema):
    reference = REFERENCES[schema.official]
    assert schema.field_names == tuple(field["name"] for field in reference["fields"])
    for field, fact in zip(schema.fields, reference["fields"], strict=True):
        assert (field.type, field.format) == (fact["type"], fact.get("format", "default"))
        assert field.constraints == fact.get("constraints", {})
        assert field.true_values == tuple(fact.get("trueValues", ()))
        assert field.false_values == tuple(fact.get("falseValues", ()))
        assert field.required is fact.get("constraints", {}).get("required", False)
    assert schema.missing_values == tuple(reference.get("missingValues", [""]))
    assert list(schema.primary_key) == ([reference["primaryKey"]] if "primaryKey" in reference else [])
    assert [{"name": check.name, "params": check.params} for check in schema.cross_checks] == reference.get(
        "custom_checks", []
    )


@pytest.mark.parametrize(("schema", "field"), FIELDS, ids=by_column)
def test_every_column_is_told_in_words_with_an_example_it_accepts(schema, field):
    assert field.title != field.name
    assert field.description.endswith((".", "…", ")"))
    assert field.example not in schema.missing_values
    assert broken(field, field.example, schema.missing_values) is None


@pytest.mark.parametrize("schema", SCHEMAS, ids=by_name)
def test_titles_of_columns_tell_them_apart(schema):
    repeated = [title for title, times in Counter(field.title for field in schema.fields).items() if times > 1]
    assert repeated == []


@pytest.mark.parametrize("schema", SCHEMAS, ids=by_name)
def test_valid_samples_pass_and_invalid_ones_break_what_they_say(schema):
    assert schema.samples["valid"]
    assert schema.samples["invalid"]
    for row in schema.samples["valid"]:
        assert set(row) == set(schema.field_names)
        codes = {name: broken(schema.field(name), row[name], schema.missing_values) for name in row}
        assert not any(codes.values()), codes
    found = [
        [number, name, code]
        for number, row in enumerate(schema.samples["invalid"], start=1)
        for name in schema.field_names
        if (code := broken(schema.field(name), row[name], schema.missing_values))
    ]
    assert found
    assert found == schema.samples["invalid_errors"]


@pytest.mark.parametrize("schema", SCHEMAS, ids=by_name)
def test_what_prefills_the_dataset_exists_in_the_vocabularies(schema):
    assert schema.themes
    assert schema.keywords
    assert set(schema.themes) <= {entry.code for entry in vocabularies.themes()}
    assert schema.frequency in {entry.code for entry in vocabularies.frequencies()}


def test_checks_name_columns_of_their_schema():
    for schema in SCHEMAS:
        for check in schema.cross_checks:
            columns = [value for key, value in check.params.items() if key.startswith(("column", "othercolumn"))]
            names = {name for value in columns for name in ([value] if isinstance(value, str) else value)}
            assert names <= set(schema.field_names), schema.name


def test_names_are_unique():
    assert max(Counter(schema.official for schema in OFFICIAL).values()) == 1
    assert max(Counter(schema.title for schema in SCHEMAS).values()) == 1


def test_a_schema_is_found_by_its_reference_name():
    assert schemas.by_official("scdl/deliberations") is schemas.load("scdl-deliberations")


def test_an_unknown_name_is_refused_with_the_known_ones():
    with pytest.raises(SchemaError, match=r"« nuages ».*scdl-deliberations"):
        schemas.load("nuages")
    with pytest.raises(SchemaError, match=r"« scdl/nuages ».*scdl/deliberations"):
        schemas.by_official("scdl/nuages")
    with pytest.raises(SchemaError, match="« NUAGE »"):
        schemas.load("scdl-deliberations").field("NUAGE")


GOOD = {
    "name": "essai",
    "version": "1.0.0",
    "title": "Essai",
    "description": "Un essai.",
    "example": "Essayer.",
    "fields": [{"name": "a", "type": "string", "title": "A", "description": "La lettre a.", "example": "a"}],
}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"version": None}, "« version »"),
        ({"version": 1.0}, "« version »"),
        ({"title": " "}, "« title »"),
        ({"name": "autre"}, "« name »"),
        ({"fields": []}, "« fields »"),
        ({"fields": ["a"]}, r"« fields\[0\] »"),
        ({"fields": [{"name": "a"}]}, r"« fields\[0\]\.type »"),
        ({"fields": GOOD["fields"] * 2}, "« fields » .*« a »"),
        ({"themes": [1]}, "« themes »"),
        ({"primaryKey": "b"}, "« primaryKey » .*« b »"),
        ({"custom_checks": [{"params": {}}]}, r"« custom_checks\[0\]\.name »"),
    ],
)
def test_a_malformed_file_is_refused_with_its_name_and_key(tmp_path, change, told):
    path = tmp_path / "essai.yaml"
    path.write_text(yaml.safe_dump(GOOD), encoding="utf-8")
    assert schemas.read(path).version == "1.0.0"
    path.write_text(yaml.safe_dump({**GOOD, **change}), encoding="utf-8")
    with pytest.raises(SchemaError, match=rf"essai\.yaml : .*{told}"):
        schemas.read(path)


@pytest.mark.parametrize("text", ["a: [", "- a", "", "\x00"])
def test_a_file_that_is_not_a_schema_is_refused(tmp_path, text):
    path = tmp_path / "essai.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SchemaError, match=r"essai\.yaml"):
        schemas.read(path)
