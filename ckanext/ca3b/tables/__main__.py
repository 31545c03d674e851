"""Read a table from a shell: ``python -m ckanext.ca3b.tables read FILE [--format json]``."""

from __future__ import annotations

import argparse
import json
import sys

from . import ReadOptions, Table, TableError, read


def main(argv: list[str] | None = None) -> int:
    """Run the command; return 0, or 2 with a message on standard error."""
    parser = argparse.ArgumentParser(prog="python -m ckanext.ca3b.tables")
    commands = parser.add_subparsers(dest="command", required=True)
    reading = commands.add_parser("read", help="print how a file is read")
    reading.add_argument("file")
    reading.add_argument("--format", choices=("text", "json"), default="text")
    reading.add_argument("--encoding")
    reading.add_argument("--delimiter")
    reading.add_argument("--sheet")
    reading.add_argument("--header-row", type=int, help="from 0; -1 without header")
    arguments = parser.parse_args(argv)
    options = ReadOptions(arguments.encoding, arguments.delimiter, arguments.sheet, arguments.header_row)
    try:
        table = read(arguments.file, options=options)
    except TableError as error:
        print(error.message, file=sys.stderr)
        return 2
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


if __name__ == "__main__":
    sys.exit(main())
