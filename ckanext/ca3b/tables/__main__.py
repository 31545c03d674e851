"""Tables from a shell: ``python -m ckanext.ca3b.tables read|check|propose|repair FILE [--format json]``."""

from __future__ import annotations

import argparse
import sys

from . import TableError
from .commands import check, propose, read, repair
from .schemas import SchemaError

_COMMANDS = (read, check, propose, repair)


def main(argv: list[str] | None = None) -> int:
    """Run a sub-command and give its exit status; 2 with a message on standard error when it cannot be done."""
    parser = argparse.ArgumentParser(prog="python -m ckanext.ca3b.tables")
    commands = parser.add_subparsers(dest="command", required=True)
    for command in _COMMANDS:
        command.add(commands)
    arguments = parser.parse_args(argv)
    try:
        return arguments.run(arguments)
    except (TableError, SchemaError) as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
