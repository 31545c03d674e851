"""A valid SCDL file of 1 M rows and 16 columns against its schema: ours against frictionless 5."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.figures import Figure
from bench.tables_file import subventions

ROWS = 1_000_000
ROUNDS = 3
LIMIT = 1 / 20
PEER = "frictionless"


def measure() -> Iterator[Figure]:
    """Seconds and peak memory of each, alone in its process; the best round of ours, the only one of the peer.

    Both count from the file on disk to the verdict: encoding and dialect found, every row read and checked.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = subventions(Path(folder) / "subventions.csv", ROWS)
        size = path.stat().st_size
        runs = [_run("ours", path) for _ in range(ROUNDS)]
        peer = _run(PEER, path)
    ours = {key: min(run[key] for run in runs) for key in ("seconds", "cpu", "memory")}
    details = {"rows": ROWS, "bytes": size, "ours": runs, "peer": peer}
    yield Figure("checking", ours["seconds"], peer["seconds"], "s", PEER, LIMIT, details)
    yield Figure("checking_cpu", ours["cpu"], peer["cpu"], "s", PEER, LIMIT)
    yield Figure("checking_memory", ours["memory"], peer["memory"], "MB", PEER)


def _run(tool: str, path: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.checking_tools", tool, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    result = json.loads(done.stdout.splitlines()[-1])
    if result["rows"] != ROWS or not result["valid"]:
        raise RuntimeError(f"{tool} found {result} in a valid file of {ROWS} rows")
    return result
