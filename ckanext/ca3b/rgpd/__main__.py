"""Scan from a shell: ``python -m ckanext.ca3b.rgpd scan FILE... [--format csv|json]``; ``treat``: see its module.

Exit status: 0 nothing to hold, 1 something is held, 2 a file cannot be read. No value of a cell is ever printed.
"""

from __future__ import annotations

import argparse
import csv
import gc
import json
import sys
from pathlib import Path

from ckanext.ca3b.tables import TableError

from . import PolicyError, Report, load_policy, scan
from .policy import DEFAULT

FIELDS = ("file", "column", "category", "decision", "count", "rows_ratio", "reason")


def rows_of(report: Report, file: str) -> list[dict[str, object]]:
    """Give the rows of the contract; what could not be examined is a row without a column."""
    rows: list[dict[str, object]] = [
        {
            "file": file,
            "column": found.column,
            "category": found.category,
            "decision": found.decision,
            "count": found.count,
            "rows_ratio": found.rows_ratio,
            "reason": found.reason + (f" [{found.where}]" if found.where else ""),
        }
        for found in report.findings
    ]
    rows += [
        {
            "file": file,
            "column": "",
            "category": "not_examined",
            "decision": "review",
            "count": 0,
            "rows_ratio": 0.0,
            "reason": told,
        }
        for told in report.not_examined
    ]
    return rows


def main(argv: list[str] | None = None) -> int:
    """Run the command and give its exit status."""
    parser = argparse.ArgumentParser(prog="python -m ckanext.ca3b.rgpd")
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("scan", help="say what personal data files hold")
    command.add_argument("files", nargs="+", metavar="FILE")
    command.add_argument("--format", choices=("csv", "json"), default="csv")
    command.add_argument("--policy", type=Path, default=DEFAULT, help="another policy than ours")
    commands.add_parser("treat", help="write a copy of a file with its personal data treated", add_help=False)
    words = sys.argv[1:] if argv is None else argv
    if words[:1] == ["treat"]:
        from .remedies import command as treat  # noqa: PLC0415 - scanning needs none of it

        return treat.main(words[1:])
    arguments = parser.parse_args(words)
    status, rows = 0, []
    try:
        policy = load_policy(arguments.policy)
    except PolicyError as error:
        print(error, file=sys.stderr)
        return 2
    for file in arguments.files:
        try:
            report = scan(file, policy=policy)
        except TableError as error:
            print(f"{file} : {error}", file=sys.stderr)
            status = 2
            continue
        for note in report.notes:
            print(f"{file} : {note}", file=sys.stderr)
        rows += rows_of(report, file)
        status = max(status, int(report.held))
    if arguments.format == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        writer = csv.DictWriter(sys.stdout, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return status


if __name__ == "__main__":
    # The lists of names are long: a command that ends soon does not go through them each time it reads a schema.
    gc.set_threshold(100_000, 50, 50)
    sys.exit(main())
