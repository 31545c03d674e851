"""Tiles of 1 M points and of 1 M small polygons, against tippecanoe as its guide says; and the reading of a tile."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.figures import Figure
from bench.tiles_file import paths
from bench.timing import percentile

FEATURES = int(os.environ.get("CA3B_BENCH_TILES", "1000000"))
MOST, MEMORY = 500_000, 1_500.0
READS = 2_000
PEER = "tippecanoe -zg --drop-densest-as-needed"


def measure() -> Iterator[Figure]:
    """Seconds, memory, the heaviest tile and the size of each archive; then the time of reading a tile.

    tippecanoe reads FlatGeobuf, its quickest input, and ours the store of the layer: both files are ready before.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind in ("points", "polygons"):
            # In a process of its own: a process that is started counts the memory of the one that starts it as its own.
            subprocess.run([sys.executable, "-m", "bench.tiles_file", name, kind, str(FEATURES)], check=True)
            store, source = paths(folder, kind)
            ours = _run("ours", store, folder / "ours.pmtiles")
            peer = _run("tippecanoe", source, folder / "peer.pmtiles")
            details = {"features": FEATURES, "ours": ours, "peer": peer}
            yield Figure(f"tiling_{kind}", ours["seconds"], peer["seconds"], "s", PEER, 1 / 3, details)
            yield Figure(f"tiling_{kind}_processor", ours["processor"], peer["processor"], "s", PEER, 1 / 3)
            yield Figure(f"tiling_{kind}_memory", ours["memory"], peer["memory"], "MB", PEER)
            yield Figure(f"tiling_{kind}_memory_allowed", ours["memory"], MEMORY, "MB", "allowed", 1.0)
            yield Figure(f"tiling_{kind}_biggest", ours["biggest"], MOST, "bytes", "allowed", 1.0)
            yield Figure(f"tiling_{kind}_features", ours["features"], peer["features"], "at the last zoom", PEER)
            for fraction, milliseconds, reference in _reading(folder / "ours.pmtiles"):
                yield Figure(f"tile_{kind}_p{fraction}", milliseconds, reference, "ms", "pmtiles.Reader")


def _run(tool: str, source: Path, target: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.tiling_tools", tool, str(source), str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def _reading(path: Path) -> Iterator[tuple[int, float, float]]:
    """Percentiles of reading tiles at random, ours and the reference reader's, in turn."""
    from pmtiles.reader import Reader  # noqa: PLC0415 - what is measured
    from pmtiles.tile import tileid_to_zxy  # noqa: PLC0415

    from bench.tiling_tools import tile_numbers  # noqa: PLC0415
    from ckanext.ca3b.maps.tiling import read_tile  # noqa: PLC0415

    tiles = [tileid_to_zxy(number) for number in tile_numbers(path)]
    asked = random.Random(1).choices(tiles, k=READS)
    ours: list[float] = []
    peer: list[float] = []
    with path.open("rb") as file:

        def read(offset: int, length: int) -> bytes:
            file.seek(offset)
            return file.read(length)

        for place, tile in enumerate(asked):
            start = time.perf_counter()
            found = read_tile(path, *tile)
            ours.append((time.perf_counter() - start) * 1000)
            if place % 10 == 0:
                start = time.perf_counter()
                expected = Reader(read).get(*tile)
                peer.append((time.perf_counter() - start) * 1000)
                if found != expected:
                    raise RuntimeError(f"tile {tile} is not what the reference reader finds")
    for fraction in (50, 95):
        yield fraction, percentile(ours, fraction / 100), percentile(peer, fraction / 100)
