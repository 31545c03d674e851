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
from typing import IO, TYPE_CHECKING, Any

from . import sandbox
from .frames import BATCH, send, send_json

if TYPE_CHECKING:
    from collections.abc import Callable


def main() -> int:
    """Close the process in, then answer until standard input ends."""
    # Whatever a library prints must not fall between two frames.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    request = json.loads(sys.stdin.buffer.readline())
    sandbox.leave_network()
    try:
        engine = _engine(request)
        # Whatever is needed later has to be loaded now: our own code is out of reach afterwards.
        from .batches import serialised  # noqa: PLC0415 - loads Arrow, which the engine has loaded by now
        from .wkb import try_nested  # noqa: PLC0415 - idem

        def answer_batch(batch: Any) -> None:
            try_nested(batch.column(0))
            send(answers, BATCH, serialised(batch))

        closed = sandbox.leave_files(
            [*map(Path, request["readable"]), *sandbox.libraries(), *engine.data_folders()],
            [Path(folder) for folder in request["writable"]],
        )
        sandbox.limit(request["memory"], request["seconds"], request["file_size"])
        send_json(answers, {"ready": True, "closed": closed})
        for line in sys.stdin.buffer:
            _answer(engine, json.loads(line), answers, answer_batch)
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
    unwanted = _Unwanted()
    sys.meta_path.insert(0, unwanted)
    from .ogr import OgrEngine  # noqa: PLC0415 - idem

    sys.meta_path.remove(unwanted)
    return OgrEngine(request)


def _answer(engine: Any, command: dict[str, Any], answers: IO[bytes], answer_batch: Callable[[Any], None]) -> None:
    if command.get("list"):
        send_json(answers, {"layers": engine.layers()})
        return
    for batch in engine.read(command["read"]):
        answer_batch(batch)
    send_json(answers, {"end": True})


if __name__ == "__main__":
    sys.exit(main())
