"""The process that reads: ``python -m ckanext.ca3b.maps.gdal.child``, commands in JSON lines on standard input.

First line: ``{"path", "driver", "options", "memory", "seconds", "file_size", "readable", "writable"}``; then any
number of ``{"list": true}`` and ``{"read": name, "columns": …}``. It never decides anything: it answers with what
the driver found, in frames, and with ``{"error": …}`` when it could not.
"""

from __future__ import annotations

import json
import os
import sys
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import IO, Any

from . import sandbox
from .frames import BATCH, send, send_json


def main() -> int:
    """Close the process in, then answer until standard input ends."""
    # Whatever a library prints must not fall between two frames.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    request = json.loads(sys.stdin.buffer.readline())
    sandbox.leave_network()
    try:
        engine = _engine(request)
        closed = sandbox.leave_files(
            [*map(Path, request["readable"]), *sandbox.libraries(), *engine.data_folders()],
            [Path(folder) for folder in request["writable"]],
        )
        sandbox.limit(request["memory"], request["seconds"], request["file_size"])
        send_json(answers, {"ready": True, "closed": closed})
        for line in sys.stdin.buffer:
            _answer(engine, json.loads(line), answers)
    except MemoryError:
        send_json(answers, {"error": "memory", "kind": "MemoryError"})
    except Exception as error:  # noqa: BLE001 - whatever a driver raises is told to the parent, which refuses the file
        send_json(answers, {"error": str(error)[:2000], "kind": type(error).__name__})
    return 0


class _Unwanted(MetaPathFinder):
    """Hides what pyogrio would load if it were installed: it costs a second and nothing here uses it."""

    def find_spec(self, fullname: str, *_: object) -> None:
        """Refuse the names that are not wanted."""
        if fullname in {"pandas", "geopandas", "shapely"}:
            raise ModuleNotFoundError(fullname, name=fullname)


def _engine(request: dict[str, Any]) -> Any:
    if request["driver"] == "Parquet":
        from .parquet import ParquetEngine  # noqa: PLC0415 - each engine loads only its own libraries

        return ParquetEngine(request)
    sys.meta_path.insert(0, _Unwanted())
    from .ogr import OgrEngine  # noqa: PLC0415 - idem

    return OgrEngine(request)


def _answer(engine: Any, command: dict[str, Any], answers: IO[bytes]) -> None:
    if command.get("list"):
        send_json(answers, {"layers": engine.layers()})
        return
    from .batches import serialised  # noqa: PLC0415 - pyarrow is loaded by then

    for batch in engine.read(command["read"]):
        send(answers, BATCH, serialised(batch))
    send_json(answers, {"end": True})


if __name__ == "__main__":
    sys.exit(main())
