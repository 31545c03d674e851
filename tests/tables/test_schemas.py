"""The table schemas: the facts of the references, French texts, and examples that their own rules accept."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import attrs
import frictionless
import pytest
import yaml

from ckanext.ca3b import vocabularies
from ckanext.ca3b.tables import read, schemas
from ckanext.ca3b.tables.checking import check
from ckanext.ca3b.tables.schemas import SchemaError, TableSchema

REFERENCES = {
    data["name"]: data
    for data in (
        json.loads(path.read_text(encoding="utf-8")) for path in (Path(__file__).parent / "reference").glob("*.json")
    )
}
SCHEMAS = schemas.all_schemas()
OFFICIAL = [schema for schema in SCHEMAS if schema.official]
TEXTS_OF_OURS = {"title", "description", "example", "pattern_words"}


def by_name(schema) -> str:
    return schema.name


def by_frictionless(schema: TableSchema, rows: list[dict[str, str]], folder: Path) -> list[list]:
    """The errors frictionless finds in ``rows``, as ``[row, column, code]``."""
    fields = [
        {
            "name": field.name,
            "type": field.type,
            "format": field.format,
            "constraints": dict(field.constraints),
            **({"trueValues": list(field.true_values)} if field.true_values else {}),
            **({"falseValues": list(field.false_values)} if field.false_values else {}),
        }
        for field in schema.fields
    ]
    described = {"fields": fields, "missingValues": list(schema.missing_values)}
    if schema.primary_key:
        described["primaryKey"] = list(schema.primary_key)
    write_csv(folder / "table.csv", schema, rows)
    report = frictionless.Resource(
        path="table.csv", basepath=str(folder), schema=frictionless.Schema.from_descriptor(described)
    ).validate()
    found = report.flatten(["rowNumber", "fieldName", "type"])
    # frictionless counts the header as row 1, and says once per broken rule what we say once per cell.
    return [list(error) for error in dict.fromkeys((row - 1, column, code) for row, column, code in found)]


def write_csv(path: Path, schema: TableSchema, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, schema.field_names)
        writer.writeheader()
        writer.writerows(rows)


def in_order(errors: list[list], schema: TableSchema) -> list[list]:
    names = schema.field_names
    return sorted(errors, key=lambda error: (error[0], names.index(error[1]) if error[1] else len(names), error[2]))


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


@pytest.mark.parametrize("schema", SCHEMAS, ids=by_name)
def test_every_column_is_told_in_words(schema):
    for field in schema.fields:
        assert field.title != field.name
        assert field.description.endswith((".", "…", ")")), f"{field.name} : terminez la description par un point"
        assert field.example not in schema.missing_values, f"{field.name} : donnez un exemple"
        assert "même forme que" not in field.expected, f"{field.name} : dites « pattern » en mots (pattern_words)"


@pytest.mark.parametrize("schema", SCHEMAS, ids=by_name)
def test_the_examples_of_the_columns_are_accepted(schema, tmp_path):
    example = {field.name: field.example for field in schema.fields}
    assert by_frictionless(schema, [example], tmp_path) == []


@pytest.mark.parametrize("schema", SCHEMAS, ids=by_name)
def test_titles_of_columns_tell_them_apart(schema):
    repeated = [title for title, times in Counter(field.title for field in schema.fields).items() if times > 1]
    assert repeated == []


@pytest.mark.parametrize("schema", SCHEMAS, ids=by_name)
def test_a_schema_comes_with_a_valid_and_an_invalid_sample(schema):
    for kind in ("valid", "invalid", "invalid_errors"):
        assert schema.samples.get(kind), f"{schema.name}.yaml : ajoutez « samples: {kind} »"
    for row in (*schema.samples["valid"], *schema.samples["invalid"]):
        assert set(row) == set(schema.field_names)
        assert all(isinstance(value, str) for value in row.values()), "écrivez les valeurs entre apostrophes"


@pytest.mark.parametrize("schema", SCHEMAS, ids=by_name)
def test_samples_are_what_frictionless_says(schema, tmp_path):
    assert by_frictionless(schema, schema.samples["valid"], tmp_path) == []
    custom = {rule.name for rule in schema.cross_checks}
    said = [error for error in schema.samples["invalid_errors"] if error[2] not in custom]
    found = by_frictionless(schema, schema.samples["invalid"], tmp_path)
    assert said
    assert in_order(found, schema) == in_order(said, schema)


@pytest.mark.parametrize("schema", SCHEMAS, ids=by_name)
def test_invalid_samples_break_every_kind_of_rule(schema):
    codes = {code for _, _, code in schema.samples["invalid_errors"]}
    assert {rule.name for rule in schema.cross_checks} <= codes
    assert "primary-key" in codes or not schema.primary_key
    assert "unique-error" in codes or not any(field.constraints.get("unique") for field in schema.fields)


@pytest.mark.parametrize("schema", SCHEMAS, ids=by_name)
def test_our_checker_says_what_the_samples_say(schema, tmp_path):
    path = tmp_path / "table.csv"
    write_csv(path, schema, schema.samples["valid"])
    assert check(read(path), schema).errors == ()
    write_csv(path, schema, schema.samples["invalid"])
    found = [[error.row, error.column, error.code] for error in check(read(path), schema).errors]
    told = schema.samples["invalid_errors"]
    # An error of a whole row names no column.
    of_rows = {(row, code) for row, column, code in told if column is None}
    found = [[row, None if (row, code) in of_rows else column, code] for row, column, code in found]
    assert in_order(found, schema) == in_order(told, schema)


@pytest.mark.parametrize("schema", SCHEMAS, ids=by_name)
def test_what_prefills_the_dataset_exists_in_the_vocabularies(schema):
    assert schema.themes
    assert schema.keywords
    assert set(schema.themes) <= {entry.code for entry in vocabularies.themes()}
    assert schema.frequency in {entry.code for entry in vocabularies.frequencies()}
    assert schema.hvd is None or schema.hvd in {entry.code for entry in vocabularies.hvd_categories()}


@pytest.mark.parametrize("schema", OFFICIAL, ids=by_name)
def test_the_address_of_an_official_schema_names_its_version(schema):
    version = schema.version.removeprefix("v")
    assert schema.url.startswith(f"https://schema.data.gouv.fr/schemas/{schema.official}/{version}/schema")


@pytest.mark.parametrize(
    "subject",
    [
        "Délibérations", "Subventions", "Équipements", "Prénoms", "Budget", "Catalogue", "Menus", "Marchés publics",
        "adresse", "recharge", "stationnement", "Défibrillateurs", "incendie", "covoiturage", "Comptages", "Fontaines",
        "médiation numérique", "rémunérations", "réemploi", "collecte des déchets", "apport volontaire", "Déchèteries",
        "Qualité de l’eau", "Réseaux d’eau", "bâtiments publics", "qualité de l’air", "météo", "Disponibilité",
        "Tiers-lieux", "fibre", "Infrastructures numériques", "urbanisme", "Patrimoine", "Signalements",
    ],
)  # fmt: skip
def test_what_an_agglomeration_publishes_has_a_schema(subject):
    assert any(subject.lower() in schema.title.lower() for schema in SCHEMAS)


def test_checks_name_columns_of_their_schema():
    for schema in SCHEMAS:
        for rule in schema.cross_checks:
            columns = [value for key, value in rule.params.items() if key.startswith(("column", "othercolumn"))]
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


def test_the_schema_shown_in_the_guide_is_a_right_one(tmp_path):
    guide = (Path(__file__).parents[2] / "docs" / "schemas.md").read_text(encoding="utf-8")
    path = tmp_path / "agglo-fontaines.yaml"
    path.write_text(guide.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    schema = schemas.read(path)
    test_every_column_is_told_in_words(schema)
    test_a_schema_comes_with_a_valid_and_an_invalid_sample(schema)
    test_invalid_samples_break_every_kind_of_rule(schema)
    test_samples_are_what_frictionless_says(schema, tmp_path)
    test_our_checker_says_what_the_samples_say(schema, tmp_path)


def test_a_schema_without_samples_is_told_what_it_lacks():
    schema = attrs.evolve(schemas.load("scdl-prenoms"), samples={})
    with pytest.raises(AssertionError, match=r"scdl-prenoms\.yaml : ajoutez « samples: valid »"):
        test_a_schema_comes_with_a_valid_and_an_invalid_sample(schema)
