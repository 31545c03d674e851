"""Read a territory from a shell: ``python -m ckanext.ca3b.territory show|export SIREN``."""

from __future__ import annotations

import argparse
import json
import sys

from .core import Territory, TerritoryError
from .core.export import to_csv, to_geojson_text, to_row


def main(argv: list[str] | None = None) -> int:
    """Run the command; return 0, or 2 with a message on standard error."""
    parser = argparse.ArgumentParser(prog="python -m ckanext.ca3b.territory")
    parser.add_argument("--outlines", help="GeoJSON file with the outlines of the communes")
    commands = parser.add_subparsers(dest="command", required=True)
    show = commands.add_parser("show", help="print an EPCI and its communes")
    show.add_argument("siren")
    show.add_argument("--format", choices=("text", "json"), default="text")
    export = commands.add_parser("export", help="print the communes as a publishable file")
    export.add_argument("siren")
    export.add_argument("--format", choices=("csv", "geojson"), default="csv")
    arguments = parser.parse_args(argv)

    try:
        territory = Territory.open(arguments.siren, arguments.outlines)
        output = _show(territory, arguments.format) if arguments.command == "show" else _export(territory, arguments)
    except TerritoryError as error:
        print(error, file=sys.stderr)
        return 2
    sys.stdout.buffer.write(output.encode("utf-8"))
    return 0


def _export(territory: Territory, arguments: argparse.Namespace) -> str:
    return to_csv(territory) if arguments.format == "csv" else to_geojson_text(territory)


def _show(territory: Territory, form: str) -> str:
    epci = territory.epci
    if form == "json":
        facts = {
            "siren": epci.siren,
            "type": epci.type,
            "nom": epci.name,
            "population_municipale": epci.municipal_population,
            "population_totale": epci.total_population,
            "bbox": territory.bbox(),
            "communes": [to_row(commune) for commune in epci.members],
        }
        return json.dumps(facts, ensure_ascii=False, indent=2) + "\n"
    head = f"{epci.name} ({epci.siren}) : {len(epci.members)} communes, {epci.municipal_population} habitants\n"
    lines = [
        f"{commune.insee_code}  {commune.name}  {', '.join(commune.postal_codes)}  {commune.municipal_population}\n"
        for commune in epci.members
    ]
    return head + "".join(lines)


if __name__ == "__main__":
    sys.exit(main())
