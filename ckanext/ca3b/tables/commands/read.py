"""``read FILE``: how a file is read."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from ckanext.ca3b.tables import Table, read

from .reading import add_reading, options_of

if TYPE_CHECKING:
    import argparse


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the sub-command."""
    parser = commands.add_parser("read", help="print how a file is read")
    add_reading(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print how the file is read."""
    table = read(arguments.file, options=options_of(arguments))
    output = _json(table) if arguments.format == "json" else _text(table)
    sys.stdout.buffer.write(output.encode("utf-8"))
    return 0


def _json(table: Table) -> str:
    facts = {
        "format": table.format,
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "sheet": table.sheet,
        "header_row": table.header_row,
        "rows": table.rows,
        "columns": [{"name": column.name, "type": column.type} for column in table.columns],
        "warnings": [notice.message for notice in table.warnings],
    }
    return json.dumps(facts, ensure_ascii=False, indent=2) + "\n"


def _text(table: Table) -> str:
    lines = [f"{table.format}, {table.rows} lignes, {len(table.columns)} colonnes"]
    lines += [
        f"  {column.name} : {column.type}" + (f" ({column.reason})" * bool(column.reason)) for column in table.columns
    ]
    lines += [f"Attention : {notice.message}" for notice in table.warnings]
    lines += [f"Deviné : {notice.message}" for notice in table.guesses]
    return "\n".join(lines) + "\n"
