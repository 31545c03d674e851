"""``propose FILE``: which table schemas a file probably follows."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from ckanext.ca3b.tables import Proposal, propose, read
from ckanext.ca3b.tables.wording import NBSP

from .reading import add_reading, options_of

if TYPE_CHECKING:
    import argparse


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the sub-command."""
    parser = commands.add_parser("propose", help="print the table schemas a file probably follows, the likeliest first")
    add_reading(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the proposals; return 0, even when there is none. Errors: `TableError`."""
    table = read(arguments.file, options=options_of(arguments))
    found = propose(table, name=Path(arguments.file).name)
    if arguments.format == "json":
        output = json.dumps([attrs.asdict(one) for one in found], ensure_ascii=False, indent=2) + "\n"
    else:
        output = "".join(_text(one) for one in found) or "Aucun schéma connu ne ressemble à ce fichier.\n"
    sys.stdout.buffer.write(output.encode("utf-8"))
    return 0


def _text(proposal: Proposal) -> str:
    lines = [f"{proposal.score:.0%} {proposal.title} ({proposal.schema}){NBSP}: {proposal.reason}"]
    lines += [f"  {header} → {name}" for header, name in proposal.renamed.items()]
    return "\n".join(lines) + "\n"
