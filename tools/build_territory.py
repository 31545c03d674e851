"""Compile the members of every French EPCI into the file packaged with the extension.

Run again for each new edition of the npm package::

    npm pack @etalab/decoupage-administratif@6.0.0
    python tools/build_territory.py etalab-decoupage-administratif-6.0.0.tgz

The output is gzipped JSON Lines, one EPCI a line, its members in columns, so that
reading one EPCI parses one line. Names are those of the Code officiel géographique
(``communes.json``): the EPCI file of the source abbreviates some of them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tarfile
from pathlib import Path
from typing import Any

OUTPUT = Path(__file__).parents[1] / "ckanext/ca3b/territory/core/data/epci.jsonl.gz"


def read_source(package: Path, name: str) -> Any:
    """Return the parsed ``data/<name>`` of the npm package, a tarball or an unpacked folder."""
    if package.is_dir():
        return json.loads((package / "data" / name).read_text("utf-8"))
    with tarfile.open(package) as archive:
        member = archive.extractfile(f"package/data/{name}")
        if member is None:
            raise FileNotFoundError(name)
        return json.load(member)


def compile_epci(epci: dict[str, Any], communes: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return the packaged form of one EPCI: its facts, and its members column by column."""
    members = sorted(epci["membres"], key=lambda member: member["code"])
    # A member missing from the current communes would be an associated or delegated one: refuse it.
    current = [communes[member["code"]] for member in members]
    return {
        "siren": epci["code"],
        "type": epci["type"],
        "name": epci["nom"],
        "code": [member["code"] for member in members],
        "nom": [commune["nom"] for commune in current],
        "commune_siren": [member["siren"] for member in members],
        "postal": [commune.get("codesPostaux", []) for commune in current],
        "municipale": [member["populationMunicipale"] for member in members],
        "totale": [member["populationTotale"] for member in members],
    }


def main() -> int:
    """Write the packaged file and print what it holds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("package", type=Path, help="tarball or folder of @etalab/decoupage-administratif")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()

    communes = {
        commune["code"]: commune
        for commune in read_source(arguments.package, "communes.json")
        if commune["type"] == "commune-actuelle"
    }
    epcis = sorted(read_source(arguments.package, "epci.json"), key=lambda epci: epci["code"])
    lines = [
        json.dumps(compile_epci(epci, communes), ensure_ascii=False, separators=(",", ":")) + "\n" for epci in epcis
    ]
    # mtime=0: the same source gives the same bytes.
    arguments.output.write_bytes(gzip.compress("".join(lines).encode("utf-8"), 9, mtime=0))
    size = arguments.output.stat().st_size
    sys.stdout.write(f"{len(lines)} EPCI, {size} bytes: {arguments.output}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
