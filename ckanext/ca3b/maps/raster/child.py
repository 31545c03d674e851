"""The process that reads a raster: ``python -m ckanext.ca3b.maps.raster.child``, one command in JSON on standard input.

``{"do": "look"}`` answers what the raster is; ``{"do": "tile", "target", "crs", "name"}`` writes its tiles, and says
where the work is in lines ``{"share"}``. Every answer is a line of JSON; ``{"error"}`` when something failed.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from ckanext.ca3b.maps.gdal import sandbox

from .refusal import Refused


def main() -> int:
    """Close the process in, then do what was asked."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def answer(said: dict[str, Any]) -> None:
        answers.write(json.dumps(said, ensure_ascii=False) + "\n")
        answers.flush()

    asked = json.loads(sys.stdin.buffer.readline())
    sandbox.leave_network()
    try:
        from . import looking, pyramid  # noqa: PLC0415 - heavy; after the network is left

        writable = [Path(folder) for folder in asked["writable"]]
        sandbox.leave_files([Path(asked["path"]), *sandbox.libraries()], writable)
        sandbox.limit(asked["memory"], asked["seconds"], asked["file_size"])
        with looking.opened(Path(asked["path"])) as dataset:
            looking.bounded(dataset)
            if asked["do"] == "look":
                answer({**looking.look(dataset), "end": True})
            else:
                result = pyramid.build(dataset, asked["crs"], Path(asked["target"]), asked["name"], answer)
                answer({**result, "end": True})
    except Refused as refused:
        answer({"error": str(refused), "kind": "Refused", "code": refused.code})
    except MemoryError:
        answer({"error": "memory", "kind": "MemoryError"})
    except Exception as error:  # noqa: BLE001 - whatever the library raises is told to the parent, which refuses the file
        answer({"error": str(error)[:1000], "kind": type(error).__name__})
    return 0


if __name__ == "__main__":
    sys.exit(main())
