"""Table schemas: what each column of a published table must hold, read from ``schemas/tables/*.yaml``.

The facts (names, types, constraints, checks) are those of https://schema.data.gouv.fr; the French texts are ours.

>>> from ckanext.ca3b.tables import schemas
>>> schemas.load("scdl-prenoms").field("ANNEE").type
'year'
>>> schemas.by_official("scdl/deliberations").name
'scdl-deliberations'
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import yaml

from . import wording

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = Path(__file__).parent.parent / "schemas" / "tables"

_ABSENT = object()
# libyaml reads the thirty files ten times as fast; PyYAML goes without it where it is not built.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class SchemaError(ValueError):
    """An unknown schema, or a schema file that cannot be used. The message is French and names file and key."""


@attrs.frozen
class Check:
    """A check across cells, under its frictionless name (``french-siret-value``...), with its parameters."""

    name: str
    params: Mapping[str, Any]


@attrs.frozen
class Field:
    """One column. ``constraints`` keeps the keys of Table Schema (``required``, ``enum``, ``pattern``...).

    ``example`` is text, as a clerk types it in a cell. ``true_values`` and ``false_values`` are empty
    when the defaults of Table Schema apply. ``pattern_words`` tells in French what ``pattern`` asks for.
    ``decimal_char``, ``group_char`` and ``bare_number`` are the marks of a number, when the schema says them.
    """

    name: str
    type: str
    title: str
    description: str
    example: str
    format: str = "default"
    constraints: Mapping[str, Any] = attrs.field(factory=dict)
    true_values: tuple[str, ...] = ()
    false_values: tuple[str, ...] = ()
    pattern_words: str | None = None
    decimal_char: str | None = None
    group_char: str | None = None
    bare_number: bool = True

    @property
    def required(self) -> bool:
        """Whether every row must hold a value in this column."""
        return self.constraints.get("required") is True

    @property
    def expected(self) -> str:
        """What a cell must hold, in one French sentence."""
        return wording.expected(self)


@attrs.frozen
class TableSchema:
    """A table schema: its columns, its checks, and what prefills the dataset which publishes such a table.

    ``themes`` and ``frequency`` are codes of :mod:`ckanext.ca3b.vocabularies`; ``samples`` holds ``valid`` and
    ``invalid`` rows (column name -> text) and ``invalid_errors``, a list of ``[row, column, code]``.
    """

    name: str
    version: str
    title: str
    description: str
    example: str
    fields: tuple[Field, ...]
    official: str | None = None
    url: str | None = None
    themes: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    frequency: str | None = None
    hvd: str | None = None
    personal_data: str | None = None
    missing_values: tuple[str, ...] = ("",)
    primary_key: tuple[str, ...] = ()
    cross_checks: tuple[Check, ...] = ()
    samples: Mapping[str, Any] = attrs.field(factory=dict)

    @property
    def field_names(self) -> tuple[str, ...]:
        """Names of the columns, in the order of the schema."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """The column called ``name``; `SchemaError` when the schema has none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise SchemaError(f"Le schéma « {self.name} » n'a pas de colonne « {name} ».")


@attrs.frozen
class _Node:
    """A mapping of a YAML file, and where it is, for messages a person can act upon."""

    file: str
    where: str
    data: dict[str, Any]

    def fail(self, key: str, expected: str) -> SchemaError:
        return SchemaError(f"{self.file} : la clé « {self.where}{key} » {expected}.")

    def get(self, key: str, kind: type, default: Any = _ABSENT) -> Any:
        value = self.data.get(key, default)
        if value is _ABSENT:
            raise self.fail(key, "est obligatoire et manque")
        if value is default:
            return value
        if not isinstance(value, kind):
            raise self.fail(key, f"doit être de type {_KINDS[kind]}")
        return value

    def text(self, key: str) -> str:
        value = self.get(key, str)
        if not value.strip():
            raise self.fail(key, "est vide : écrivez un texte")
        return value

    def prose(self, key: str, default: Any = _ABSENT) -> Any:
        """A text people read: French typography is put in here, so that files may be typed on any keyboard."""
        value = self.text(key) if default is _ABSENT else self.get(key, str, default)
        return value if value is None else wording.typographic(value)

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        value = self.data.get(key, default)
        if isinstance(value, str):
            return (value,)
        if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
            raise self.fail(key, "doit être une liste de textes")
        return tuple(value)

    def nodes(self, key: str, default: Any = _ABSENT) -> list[_Node]:
        items = self.get(key, list, default)
        for number, item in enumerate(items):
            if not isinstance(item, dict):
                raise self.fail(f"{key}[{number}]", "doit être un ensemble de clés et de valeurs")
        return [_Node(self.file, f"{self.where}{key}[{number}].", item) for number, item in enumerate(items)]


_KINDS: dict[type, str] = {bool: "oui ou non", str: "texte", list: "liste", dict: "ensemble de clés et de valeurs"}


def read(path: Path) -> TableSchema:
    """Read one schema file.

    Errors: `SchemaError` for a file which is not YAML, a key missing or of a wrong type, a name which is not the
    file's, a column described twice, or a key naming a column which does not exist.
    """
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SchemaError(f"{path.name} : le fichier n'est pas un YAML lisible ({error}).") from error
    if not isinstance(data, dict):
        raise SchemaError(f"{path.name} : le fichier doit contenir des clés et des valeurs (name, title, fields…).")
    node = _Node(path.name, "", data)
    fields = tuple(_field(item) for item in node.nodes("fields"))
    if not fields:
        raise node.fail("fields", "doit décrire au moins une colonne")
    schema = TableSchema(
        name=node.text("name"),
        version=node.text("version"),
        title=node.prose("title"),
        description=node.prose("description"),
        example=node.prose("example"),
        fields=fields,
        official=node.get("official", str, None),
        url=node.get("url", str, None),
        themes=node.texts("themes"),
        keywords=node.texts("keywords"),
        frequency=node.get("frequency", str, None),
        hvd=node.get("hvd", str, None),
        personal_data=node.prose("personal_data", None),
        missing_values=node.texts("missingValues", ("",)),
        primary_key=node.texts("primaryKey"),
        cross_checks=tuple(
            Check(item.text("name"), item.get("params", dict, {})) for item in node.nodes("custom_checks", [])
        ),
        samples=node.get("samples", dict, {}),
    )
    if schema.name != path.stem:
        raise node.fail("name", f"doit être « {path.stem} », comme le fichier")
    _check_columns(node, schema)
    return schema


def _field(node: _Node) -> Field:
    return Field(
        name=node.text("name"),
        type=node.text("type"),
        title=node.prose("title"),
        description=node.prose("description"),
        example=node.text("example"),
        format=node.get("format", str, "default"),
        constraints=node.get("constraints", dict, {}),
        true_values=node.texts("trueValues"),
        false_values=node.texts("falseValues"),
        pattern_words=node.prose("pattern_words", None),
        decimal_char=node.get("decimalChar", str, None),
        group_char=node.get("groupChar", str, None),
        bare_number=node.get("bareNumber", bool, True),
    )


def _check_columns(node: _Node, schema: TableSchema) -> None:
    names = schema.field_names
    for name in names:
        if names.count(name) > 1:
            raise node.fail("fields", f"décrit deux fois la colonne « {name} »")
    for name in schema.primary_key:
        if name not in names:
            raise node.fail("primaryKey", f"nomme une colonne inconnue : « {name} »")


@cache
def load(name: str) -> TableSchema:
    """The schema called ``name`` (the name of its file), read once.

    Errors: `SchemaError` when there is none (the message lists the known names) or its file is malformed.
    """
    known = {path.stem: path for path in FOLDER.glob("*.yaml")}
    if name not in known:
        raise SchemaError(f"Schéma de table inconnu : « {name} ». Schémas connus : {', '.join(sorted(known))}.")
    return read(known[name])


@cache
def all_schemas() -> tuple[TableSchema, ...]:
    """Every schema, sorted by name. Errors: `SchemaError` for a malformed file."""
    return tuple(load(path.stem) for path in sorted(FOLDER.glob("*.yaml")))


def by_official(name: str) -> TableSchema:
    """The schema published as ``name`` on schema.data.gouv.fr (``scdl/deliberations``).

    Errors: `SchemaError` when no schema has that reference name.
    """
    for schema in all_schemas():
        if schema.official == name:
            return schema
    known = ", ".join(schema.official for schema in all_schemas() if schema.official)
    raise SchemaError(f"Schéma de référence inconnu : « {name} ». Schémas connus : {known}.")
