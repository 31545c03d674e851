"""``python -m bench [NAME...]``: measure every claim, or those named; print one line each and write results.json."""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import platform
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import bench
from bench.figures import Figure

RESULTS = Path(__file__).parent / "results.json"
PREFIX = "claim_"

Measure = Callable[[], Iterable[Figure]]


def claims() -> dict[str, Measure]:
    """The registry: each module ``claim_<name>.py`` of this package and its function ``measure``."""
    names = [module.name for module in pkgutil.iter_modules(bench.__path__) if module.name.startswith(PREFIX)]
    return {name.removeprefix(PREFIX): importlib.import_module(f"bench.{name}").measure for name in names}


def run(measures: dict[str, Measure], results: Path) -> int:
    """Measure, print as soon as each figure is known, write ``results``; return the number of claims not measured."""
    figures: list[dict[str, Any]] = []
    failures: dict[str, str] = {}
    for name, measure in measures.items():
        start = time.monotonic()
        try:
            for figure in measure():
                print(*figure.lines(), sep="\n", flush=True)
                figures.append(figure.record())
        except Exception as problem:  # noqa: BLE001 - one claim that cannot be measured must not hide the others
            traceback.print_exc()
            failures[name] = f"{type(problem).__name__}: {problem}"
            print(f"FAILED {name} {failures[name]}", flush=True)
        print(f"# {name}: {time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)
    report = {
        "measured": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
        "machine": {"processor": platform.machine(), "python": platform.python_version(), "ckan": version("ckan")},
        "figures": figures,
        "failures": failures,
    }
    results.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return len(failures)


def main() -> int:
    """Parse the command line and run it."""
    registry = claims()
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(registry))
    wanted = parser.parse_args().names
    if unknown := set(wanted) - set(registry):
        parser.error(f"unknown claim {', '.join(sorted(unknown))}; known: {', '.join(registry)}")
    return min(run({name: registry[name] for name in wanted or registry}, RESULTS), 1)


if __name__ == "__main__":
    sys.exit(main())
