"""Catalogues from a shell: ``python -m ckanext.ca3b.harvest read URL_OR_FILE [--format json] [--allow-private]``.

Exit 0 when the catalogue was read, be it empty or with problems (they are in the result); 2 with one French message
on standard error when nothing can be read of it.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from typing import TYPE_CHECKING

from ckanext.ca3b.territory.core import Territory, TerritoryError

from .export import to_json
from .readers import KINDS
from .reading import read
from .sources import Budget, Client, Source, SourceError

if TYPE_CHECKING:
    from .model import Reading


def main(argv: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    arguments = _parser().parse_args(argv)
    try:
        source = Source.given(arguments.source)
        territory = Territory.open(arguments.epci) if arguments.epci else None
        budget = Budget(seconds=arguments.seconds, delay=arguments.delay, private=arguments.allow_private)
        reading = read(Client(budget), source.of_kind(arguments.kind), territory)
    except (SourceError, TerritoryError) as error:
        print(error, file=sys.stderr)
        return 2
    except MemoryError:
        print("Ce catalogue est trop lourd pour la mémoire de cette machine.", file=sys.stderr)
        return 2
    except Exception:
        logging.getLogger(__name__).debug("reading failed", exc_info=True)
        print("Ce catalogue n’a pas pu être lu : son contenu est inattendu.", file=sys.stderr)
        return 2
    # Half of a character may come in an escaped text: it cannot go out.
    text = _json(reading) if arguments.format == "json" else _sentences(reading)
    sys.stdout.write(text.encode("utf-8", "replace").decode() + "\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ckanext.ca3b.harvest")
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("read", help="read a catalogue of any kind and say what is in it")
    command.add_argument("source", help="address (http or https) or file")
    command.add_argument("--format", choices=("text", "json"), default="text")
    command.add_argument("--allow-private", action="store_true", help="also addresses of private networks")
    command.add_argument("--kind", choices=KINDS, default="", help="kind of catalogue; recognised by default")
    command.add_argument("--epci", default="", help="SIREN of the agglomeration, to recognise its communes")
    command.add_argument("--seconds", type=float, default=Budget().seconds, help="time allowed for all of it")
    command.add_argument("--delay", type=float, default=Budget().delay, help="seconds between two requests")
    return parser


def _json(reading: Reading) -> str:
    return json.dumps(to_json(reading), ensure_ascii=False)


def _sentences(reading: Reading) -> str:
    lines = [
        f"Nature : {reading.kind}. Pages lues : {reading.pages}. Jeux de données : {len(reading.datasets)}."
        f" Remarques : {len(reading.problems)}." + ("" if reading.complete else " La lecture n’est pas complète.")
    ]
    lines += [f"- {each.title or each.identifier} ({_files(len(each.resources))})" for each in reading.datasets]
    lines += ["", *dict.fromkeys(f"! {problem.message}" for problem in reading.problems)] if reading.problems else []
    return "\n".join(lines)


def _files(count: int) -> str:
    return f"{count} fichier{'s' if count > 1 else ''}"


if __name__ == "__main__":
    sys.exit(main())
