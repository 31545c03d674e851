"""The near side of the process that reads a raster: starts it, hears its lines, turns its failures into French."""

from __future__ import annotations

import json
import logging
import os
import select
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from ckanext.ca3b.maps.errors import MapError
from ckanext.ca3b.maps.gdal.settings import SETTINGS, environment
from ckanext.ca3b.maps.limits import GIB, too_long

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ckanext.ca3b.maps.model import Request

_LOG = logging.getLogger(__name__)
_CHILD = "ckanext.ca3b.maps.raster.child"
#: Nothing beside the file is looked at: no overviews, no side files, no picture in other formats.
_ALONE = {"GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR", "GDAL_PAM_ENABLED": "NO", "GDAL_CACHEMAX": "256"}


def run(path: Path, request: Request, command: dict[str, Any], folder: Path) -> Iterator[dict[str, Any]]:
    """Run ``command`` on a raster in a process of its own that may write in ``folder`` only; yield its answers.

    Raises MapError when the raster cannot be read, is too heavy, or takes too long.
    """
    asked = {
        **command,
        "path": str(path.resolve()),
        "memory": request.limits.memory,
        "seconds": max(1.0, request.deadline.left()),
        "file_size": 4 * GIB,
        "writable": [str(folder.resolve()), str(request.work.resolve())],
    }
    variables = {**environment("GTiff"), **SETTINGS, **_ALONE, "TMPDIR": str(request.work.resolve())}
    process = subprocess.Popen(
        [sys.executable, "-m", _CHILD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=variables,
        cwd=request.work,
    )
    try:
        assert process.stdin is not None  # noqa: S101 - pipes were asked for
        assert process.stdout is not None  # noqa: S101 - idem
        process.stdin.write(json.dumps(asked).encode() + b"\n")
        process.stdin.close()
        for line in _lines(process.stdout.fileno(), request):
            answer = json.loads(line)
            if "error" in answer:
                raise _failure(answer)
            yield answer
            if answer.get("end"):
                return
        _LOG.info("the reader of rasters ended with %s", process.wait(5))
        raise too_heavy() if process.returncode in (-9, 137) else damaged()
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _lines(descriptor: int, request: Request) -> Iterator[bytes]:
    """Yield the lines that the process says before the deadline."""
    rest = b""
    while True:
        ready, _, _ = select.select([descriptor], [], [], request.deadline.left())
        if not ready:
            raise too_long(request.deadline.seconds)
        said = os.read(descriptor, 1 << 16)
        if not said:
            return
        *lines, rest = (rest + said).split(b"\n")
        yield from lines


def _failure(answer: dict[str, Any]) -> MapError:
    _LOG.info("the reader of rasters said %s: %s", answer.get("kind"), answer["error"])
    if answer.get("kind") == "Refused":
        return MapError(answer["code"], answer["error"])
    said = str(answer["error"]).lower()
    if answer.get("kind") == "MemoryError" or "memory" in said:
        return too_heavy()
    return damaged()


def damaged() -> MapError:
    """The refusal of a raster that cannot be read."""
    return MapError(
        "damaged",
        "Cette image n’est pas un GeoTIFF lisible : elle est abîmée, incomplète ou d’un autre format. Vérifiez qu’elle "
        "s’ouvre dans votre logiciel de cartographie, puis exportez-la de nouveau en GeoTIFF.",
    )


def too_heavy() -> MapError:
    """The refusal of a raster that would need more memory than is allowed."""
    return MapError(
        "too_heavy",
        "Cette image ne peut pas être lue dans la mémoire permise : enregistrez-la en GeoTIFF tuilé (COG), ou "
        "découpez-la.",
    )
