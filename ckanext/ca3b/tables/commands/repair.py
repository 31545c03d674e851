"""``repair FILE --schema NAME --output NEW``: a new file with the repairs that lose nothing."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from ckanext.ca3b.tables import TableError, read, repair, schemas
from ckanext.ca3b.tables.wording import NBSP

from .reading import add_reading, options_of

if TYPE_CHECKING:
    import argparse


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the sub-command."""
    parser = commands.add_parser("repair", help="write a repaired copy as CSV and print each change")
    add_reading(parser)
    parser.add_argument("--schema", required=True, help="ours (scdl-deliberations) or official (scdl/deliberations)")
    parser.add_argument("--output", required=True, help="the new file")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the new file and print the changes; return 0. Errors: `SchemaError`, `TableError`."""
    name, target = arguments.schema, Path(arguments.output)
    schema = schemas.by_official(name) if "/" in name else schemas.load(name)
    options = options_of(arguments)
    table = read(arguments.file, options=options)
    if target.exists() and target.samefile(arguments.file):
        raise TableError("same-file", "Le fichier corrigé ne peut pas remplacer celui qui est lu : nommez-en un autre.")
    try:
        done = repair.repair(table, schema, target, options=options)
    except OSError as error:
        raise TableError("unwritable", f"« {target} » ne peut pas être écrit : choisissez un autre endroit.") from error
    output = json.dumps(attrs.asdict(done), ensure_ascii=False, indent=2) if arguments.format == "json" else _text(done)
    sys.stdout.buffer.write((output + "\n").encode("utf-8"))
    return 0


def _text(done: repair.Repair) -> str:
    lines = []
    for change in done.changes:
        lines.append(change.message)
        lines += [f"  «{NBSP}{before}{NBSP}» → «{NBSP}{after}{NBSP}»" for row, before, after in change.examples if row]
    lines += [notice.message for notice in done.left]
    return "\n".join(lines or ["Rien à corriger."])
