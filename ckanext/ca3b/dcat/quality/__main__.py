"""Measure a catalogue from a shell: ``python -m ckanext.ca3b.dcat.quality FILE... [--format text|json]``.

No address is asked whether it answers: those metrics are « unknown ». Exit status: 0 measured, 2 a file that cannot be
read or that describes no dataset.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rdflib import DCAT, RDF, Graph
from rdflib import DCTERMS as DCT
from rdflib.util import guess_format

from .stored import Quality, measure

if TYPE_CHECKING:
    from collections.abc import Iterator


def measured(graph: Graph) -> Iterator[tuple[str, str, Quality]]:
    """Yield the URI, the title and the quality of each dataset of a graph, in the order of their URIs."""
    for dataset in sorted(set(graph.subjects(RDF.type, DCAT.Dataset)), key=str):
        title = next((str(one) for one in sorted(graph.objects(dataset, DCT.title), key=_french_first)), "")
        yield str(dataset), title, measure(graph, dataset)


def main(argv: list[str] | None = None) -> int:
    """Run the command and give its exit status."""
    parser = argparse.ArgumentParser(prog="python -m ckanext.ca3b.dcat.quality", description=__doc__)
    parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    given = parser.parse_args(argv)
    found: list[dict[str, Any]] = []
    for path in given.files:
        try:
            graph = Graph().parse(path, format=guess_format(str(path)) or "turtle")
        except Exception as error:  # noqa: BLE001 - each parser of rdflib has exceptions of its own
            print(f"{path}: cannot be read as RDF ({error})", file=sys.stderr)
            return 2
        each = list(measured(graph))
        if not each:
            print(f"{path}: no dcat:Dataset in it", file=sys.stderr)
            return 2
        for uri, title, quality in each:
            found.append({"file": str(path), "uri": uri, "title": title, **_plain(quality)})
    if given.format == "json":
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        for one in found:
            print(_line(one))
    return 0


def _plain(quality: Quality) -> dict[str, Any]:
    lacks = quality.lacks
    return {
        **quality.score.as_dict(),
        "hvd": None if lacks is None else [{"code": one.code, "sentence": one.sentence} for one in lacks],
    }


def _line(one: dict[str, Any]) -> str:
    low = [metric["code"] for each in one["dimensions"] for metric in each["metrics"] if metric["state"] == "no"]
    hvd = "" if one["hvd"] is None else f" ; HVD: {', '.join(lack['code'] for lack in one['hvd']) or 'complete'}"
    unknown = f" (+{one['unknown']} unknown)" if one["unknown"] else ""
    return f"{one['points']}/{one['maximum']}{unknown} {one['rating']} {one['title']} [{', '.join(low)}]{hvd}"


def _french_first(title: Any) -> tuple[bool, str]:
    return getattr(title, "language", None) != "fr", str(title)


if __name__ == "__main__":
    sys.exit(main())
