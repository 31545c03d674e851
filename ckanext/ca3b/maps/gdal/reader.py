"""The near side of the reading process: starts it, asks, turns its frames into batches and its failures into French."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import select
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING, Any

import attrs
import pyarrow as pa

from ckanext.ca3b.maps.errors import MapError
from ckanext.ca3b.maps.limits import GIB, too_long
from ckanext.ca3b.maps.model import Batch

from .batches import GEOMETRY, deserialised
from .frames import BATCH, HEADER, JSON
from .settings import environment
from .wkb import geometries

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ckanext.ca3b.maps.model import Request

_LOG = logging.getLogger(__name__)
_CHILD = "ckanext.ca3b.maps.gdal.child"


@attrs.frozen
class GdalLayer:
    """A layer as the driver lists it; ``features`` is -1 when counting would mean reading."""

    name: str
    geometry: str | None
    crs: str | None
    features: int
    fields: list[str]


class GdalReader:
    """One file and the process that reads it. Use ``close`` at the end; a failed process is never asked again."""

    def __init__(self, path: Path, driver: str, request: Request, options: dict[str, Any] | None = None) -> None:
        limits, work = request.limits, request.work
        self.deadline = request.deadline
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
        self._process = subprocess.Popen(
            [sys.executable, "-m", _CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=environment(driver),
            cwd=work,
            bufsize=0,
        )
        self._ask(
            {
                "path": str(path),
                "driver": driver,
                "options": options or {},
                "memory": limits.memory,
                "seconds": max(1.0, self.deadline.left()),
                "file_size": 2 * GIB,
                "readable": [str(path.resolve())],
                "writable": [str(work.resolve())],
            }
        )
        #: Whether the kernel forbids every other file to the process.
        self.closed_in = bool(self._json().get("closed"))

    def layers(self) -> list[GdalLayer]:
        """List the layers of the file."""
        self._ask({"list": True})
        return [GdalLayer(**layer) for layer in self._json()["layers"]]

    def batches(self, layer: str) -> Iterator[Batch]:
        """Yield the features of one layer; one layer at a time."""
        self._ask({"read": layer})
        row = 1
        while True:
            kind, payload = self._frame()
            if kind == JSON:
                self._checked(json.loads(payload))
                return
            batch = deserialised(payload)
            table = _table(batch)
            yield Batch(geometries(batch.column(0)), table, row)
            row += batch.num_rows

    def close(self) -> None:
        """End the process, whatever it is doing."""
        with contextlib.suppress(OSError):
            self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._errors):
            with contextlib.suppress(OSError):
                if stream is not None:
                    stream.close()

    def _ask(self, command: dict[str, Any]) -> None:
        assert self._process.stdin is not None  # noqa: S101 - a pipe was asked for
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(command).encode() + b"\n")

    def _json(self) -> dict[str, Any]:
        kind, payload = self._frame()
        if kind == BATCH:
            raise self._failure("protocol")
        return self._checked(json.loads(payload))

    def _checked(self, answer: dict[str, Any]) -> dict[str, Any]:
        if "error" in answer:
            raise self._failure(str(answer["error"]), str(answer.get("kind", "")))
        return answer

    def _frame(self) -> tuple[bytes, bytearray]:
        kind, length = HEADER.unpack(self._exactly(HEADER.size))
        return kind, self._exactly(length)

    def _exactly(self, length: int) -> bytearray:
        """Read ``length`` bytes before the deadline, or refuse the file."""
        assert self._process.stdout is not None  # noqa: S101 - a pipe was asked for
        descriptor = self._process.stdout.fileno()
        content = bytearray(length)
        view, done = memoryview(content), 0
        while done < length:
            ready, _, _ = select.select([descriptor], [], [], self.deadline.left())
            if not ready:
                self.close()
                raise too_long(self.deadline.seconds)
            read = os.readv(descriptor, [view[done:]])
            if not read:
                raise self._failure("")
            done += read
        return content

    def _failure(self, said: str, kind: str = "") -> MapError:
        """Tell the refusal of what the process said, or of its end without a word."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=0.5 if said else 5)
        status = self._process.returncode
        _LOG.info("the reader of maps ended with %s: %s %s", status, kind, said)
        lowered = said.lower()
        if kind == "MemoryError" or "memory" in lowered or "bad_alloc" in lowered or "too large" in lowered:
            return too_heavy()
        if "object too complex" in lowered or "ogr_geojson_max_obj_size" in lowered:
            return too_heavy()
        if not said and status in (-24, 152):  # SIGXCPU
            return too_long(self.deadline.seconds)
        if not said:
            self._errors.seek(0)
            if b"MemoryError" in self._errors.read(1 << 20):
                return too_heavy()
        return damaged()


def damaged() -> MapError:
    """The refusal of a file that its driver cannot read."""
    return MapError(
        "damaged",
        "Ce fichier est abîmé, incomplet, ou n’est pas du format annoncé : il n’a pas pu être lu. "
        "Vérifiez qu’il s’ouvre dans votre logiciel de cartographie, puis exportez-le de nouveau.",
    )


def too_heavy() -> MapError:
    """The refusal of a file that would need more memory than is allowed."""
    return MapError(
        "too_heavy",
        "Ce fichier contient un objet trop lourd pour être lu dans la mémoire permise. "
        "Découpez ou simplifiez ses plus grandes géométries, puis déposez-le de nouveau.",
    )


def _table(batch: pa.RecordBatch) -> pa.Table:
    return pa.Table.from_batches([batch.drop_columns([GEOMETRY])])
