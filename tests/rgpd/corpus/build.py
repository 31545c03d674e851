"""Build the corpus: ``python -m tests.rgpd.corpus.build FOLDER [--part development|held_out]``.

The same seed gives the same content. The files of the part ``development`` may be looked at while detectors are
written; those of ``held_out`` serve the measures only.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

from tests.rgpd.corpus import domains
from tests.rgpd.corpus.people import Chance
from tests.rgpd.corpus.registry import FILES, Make
from tests.rgpd.corpus.truth import PARTS, Truth, truths
from tests.rgpd.corpus.writers import write

SEED = 20260322


def makers() -> dict[str, Make]:
    """Every file of the corpus and the function that makes it."""
    for module in pkgutil.iter_modules(domains.__path__):
        importlib.import_module(f"{domains.__name__}.{module.name}")
    return FILES


def build(folder: Path, part: str | None = None) -> Iterator[tuple[Path, Truth]]:
    """Write the files of ``part``, or all, to ``folder``; yield each path with its truth."""
    known = makers()
    for name, truth in truths().items():
        if part in (None, truth.part):
            path = folder / name
            write(path, known[name](Chance(f"{SEED}:{name}")))
            yield path, truth


def main() -> None:
    """Parse the command line and build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", choices=PARTS)
    wanted = parser.parse_args()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    print(sum(1 for _ in build(wanted.folder, wanted.part)), "files")  # noqa: T201


if __name__ == "__main__":
    main()
