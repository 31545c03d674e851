"""``check FILE [--schema NAME]``: whether a table follows a schema, and where it does not."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from ckanext.ca3b.tables import Verdict, check, read, schemas
from ckanext.ca3b.tables.checking import label
from ckanext.ca3b.tables.matching import propose
from ckanext.ca3b.tables.wording import NBSP

from .reading import add_reading, options_of

if TYPE_CHECKING:
    import argparse

    from ckanext.ca3b.tables import Table
    from ckanext.ca3b.tables.schemas import TableSchema


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the sub-command."""
    parser = commands.add_parser("check", help="check a file against a table schema: exit 0 valid, 1 invalid")
    add_reading(parser)
    parser.add_argument("--schema", help="ours (scdl-deliberations) or official (scdl/deliberations); else guessed")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the verdict; return 0 when valid, 1 when not. Errors: `SchemaError`, `TableError`."""
    wanted = arguments.schema and _named(arguments.schema)
    # With a schema at hand, the types of the columns need no second pass over the values.
    table = read(arguments.file, options=options_of(arguments), types=wanted is None)
    verdict = check(table, wanted or _guessed(table, arguments.file))
    named = arguments.schema or verdict.schema
    output = _json(verdict, named) if arguments.format == "json" else _text(verdict)
    sys.stdout.buffer.write(output.encode("utf-8"))
    return 0 if verdict.valid else 1


def _named(name: str) -> TableSchema:
    return schemas.by_official(name) if "/" in name else schemas.load(name)


def _guessed(table: Table, file: str) -> TableSchema:
    proposals = propose(table, name=file, limit=1)
    if not proposals:
        raise schemas.SchemaError("Aucun schéma ne ressemble à ce fichier : nommez-en un avec --schema.")
    return schemas.load(proposals[0].schema)


def _json(verdict: Verdict, schema: str) -> str:
    facts = {
        "schema": schema,
        "version": verdict.version,
        "valid": verdict.valid,
        "rows": verdict.rows,
        "errors": [
            {
                "row": error.row,
                "column": error.column,
                "code": error.code,
                "message": error.message,
                "value": error.value,
            }
            for error in verdict.errors
        ],
        "error_count": verdict.error_count,
        "warnings": [notice.message for notice in verdict.warnings],
    }
    return json.dumps(facts, ensure_ascii=False, indent=2) + "\n"


def _text(verdict: Verdict) -> str:
    said = "valide" if verdict.valid else f"{verdict.error_count} erreur(s)"
    lines = [f"{verdict.title} ({verdict.schema} {verdict.version}), {verdict.rows} lignes{NBSP}: {said}"]
    lines += [f"  {label(code)}{NBSP}: {count}" for code, count in verdict.counts.items()]
    for error in verdict.errors:
        place = [f"ligne {error.line}"] if error.line else [f"enregistrement {error.row}"] if error.row else []
        place += [f"feuille {error.sheet}"] * bool(error.sheet) + [f"colonne {error.column}"] * bool(error.column)
        lines.append(f"{', '.join(place) or 'en-tête'}{NBSP}: {error.message}")
    if verdict.error_count > len(verdict.errors):
        lines.append(f"… et {verdict.error_count - len(verdict.errors)} autres erreurs")
    lines += [f"Attention{NBSP}: {notice.message}" for notice in verdict.warnings]
    return "\n".join(lines) + "\n"
