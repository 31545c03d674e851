"""Run several commands of ``ckan`` in one process, because each start of CKAN costs seconds.

``python -m stack.prepare INI "db upgrade" "datastore set-permissions"``
"""

from __future__ import annotations

import sys

import click
from ckan.cli.cli import ckan


def run(ini: str, arguments: list[str]) -> None:
    """Run one command of ``ckan`` in this process; a failing one ends it with its exit status."""
    status = ckan.main(args=["-c", ini, *arguments], standalone_mode=False)
    if isinstance(status, int) and status:
        raise SystemExit(status)


if __name__ == "__main__":
    for command in sys.argv[2:]:
        try:
            run(sys.argv[1], command.split())
        except click.ClickException as problem:
            problem.show()
            raise SystemExit(1) from problem
