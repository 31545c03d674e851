"""Reading and typing a clerk's export of 1 M rows and 12 columns, against csv-detective and pandas with a sniffer."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.figures import Figure
from bench.tables_file import export

ROWS, COLUMNS = 1_000_000, 12
ROUNDS = 2
PEERS = {
    "csv_detective": "csv-detective",
    "pandas_sniffer": "pandas(sep=None)",
    "pandas_c": "pandas(csv.Sniffer)",
}


def measure() -> Iterator[Figure]:
    """Seconds and peak memory of each tool, each alone in its process; the best of the rounds."""
    with tempfile.TemporaryDirectory() as folder:
        path = export(Path(folder) / "export.csv", ROWS)
        ours = _best("ours", path)
        for tool, name in PEERS.items():
            peer = _best(tool, path)
            details = {"rows": ROWS, "bytes": path.stat().st_size, "ours": ours, "peer": peer}
            yield Figure(f"reading_{tool}", ours["seconds"], peer["seconds"], "s", name, None, details)
            yield Figure(f"reading_{tool}_memory", ours["memory"], peer["memory"], "MB", name)


def _best(tool: str, path: Path) -> dict[str, Any]:
    runs = [_run(tool, path) for _ in range(ROUNDS)]
    if any((run["rows"], len(run["types"])) != (ROWS, COLUMNS) for run in runs):
        raise RuntimeError(f"{tool} read {runs[0]['rows']} rows and {len(runs[0]['types'])} columns")
    return min(runs, key=lambda run: run["seconds"]) | {"memory": min(run["memory"] for run in runs)}


def _run(tool: str, path: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.reading_tools", tool, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])
