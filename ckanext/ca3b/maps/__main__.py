"""Maps from a shell: ``python -m ckanext.ca3b.maps convert FILE --output DIR [--format json]``.

Exit 0 with the result on standard output; 2 with one French message on standard error when the file is refused.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import MapError
from .limits import Limits

if TYPE_CHECKING:
    from .model import Conversion


def main(argv: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m ckanext.ca3b.maps")
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("convert", help="convert a geographic file to features or tiles in WGS 84")
    command.add_argument("file", type=Path)
    command.add_argument("--output", type=Path, required=True, metavar="DIR")
    command.add_argument("--format", choices=("text", "json"), default="text")
    command.add_argument("--name", help="file name as its owner gave it; the name of FILE by default")
    command.add_argument("--declared", help="declared format; the extension decides by default")
    command.add_argument("--outlines", type=Path, help="outlines of communes (GeoJSON), for tables that name them")
    command.add_argument("--seconds", type=float, default=Limits().seconds, help="time allowed")
    arguments = parser.parse_args(argv)
    try:
        result = _convert(arguments)
    except MapError as error:
        print(error, file=sys.stderr)
        return 2
    except MemoryError:
        print("Ce fichier est trop lourd pour la mémoire de cette machine. Découpez-le.", file=sys.stderr)
        return 2
    except Exception:
        logging.getLogger(__name__).debug("conversion failed", exc_info=True)
        print("Ce fichier n’a pas pu être converti : son contenu est inattendu.", file=sys.stderr)
        return 2
    print(json.dumps(result, ensure_ascii=False) if arguments.format == "json" else _sentences(result))
    return 0


def _convert(arguments: argparse.Namespace) -> dict[str, Any]:
    if not arguments.file.is_file():
        raise MapError("missing", f"Le fichier « {arguments.file} » n’existe pas.")
    try:
        from .convert import convert  # noqa: PLC0415 - what it needs is an extra
    except ModuleNotFoundError as error:
        raise MapError(
            "not_installed", f"« {error.name} » manque : installez ckanext-ca3b[maps] pour lire des cartes."
        ) from error
    result = convert(
        arguments.file,
        arguments.output,
        name=arguments.name,
        declared=arguments.declared,
        limits=Limits(seconds=arguments.seconds),
        outlines=arguments.outlines,
    )
    return summary(result, arguments.output)


def summary(result: Conversion, folder: Path) -> dict[str, Any]:
    """Return the contract of the command: files as absolute paths, what was skipped as a number and by reason."""
    return {
        "driver": result.driver,
        "crs": result.crs,
        "crs_how": result.crs_how,
        "features": result.features,
        "skipped": sum(result.skipped.values()),
        "skipped_reasons": result.skipped,
        "skipped_rows": [{"layer": one.layer, "row": one.row, "reason": one.reason} for one in result.skipped_rows],
        "bbox": list(result.bbox) if result.bbox else None,
        "geometry_types": result.geometry_types,
        "layers": [
            {"id": layer["id"], "name": layer["name"], "features": layer["features"]} for layer in result.layers
        ],
        "output": [str(folder.resolve() / name) for name in result.output],
        "warnings": result.warnings,
    }


def _sentences(result: dict[str, Any]) -> str:
    lines = [
        f"{result['driver']}, {result['crs']} : {result['features']} objets ({', '.join(result['geometry_types'])})"
    ]
    return "\n".join([*lines, *result["warnings"], *result["output"]])


if __name__ == "__main__":
    sys.exit(main())
