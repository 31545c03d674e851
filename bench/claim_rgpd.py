"""Personal data found in the corpus, and how fast, against Presidio, csv-detective, a loop over ``re`` and DuckDB.

Only the part of the corpus that the authors of the detectors did not look at counts here; see ``tests/rgpd/corpus``.
"""

from __future__ import annotations

import csv
import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.figures import Figure
from bench.rgpd_file import crowd, lost
from bench.rgpd_peers import interpreter
from bench.rgpd_score import Score, findings, held_files, table
from tests.rgpd.corpus.build import SEED, build, makers
from tests.rgpd.corpus.cells import cells
from tests.rgpd.corpus.people import Chance
from tests.rgpd.corpus.truth import CATEGORIES

ROWS = 1_000_000
ROUNDS = 2
PROMISED_SECONDS, PROMISED_MEMORY = 3.0, 400.0
PROMISED_HELD = 1 / 12
PRESIDIO_ROWS = 500
ROOT = Path(__file__).parents[1]


def measure() -> Iterator[Figure]:
    """First what is found, then how long it takes."""
    python, why_not = interpreter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield from _corpus(folder, python, why_not)
        yield from _speed(folder, python, why_not)


def _corpus(folder: Path, python: str | None, why_not: str) -> Iterator[Figure]:
    known = dict(build(folder, "held_out"))
    truths = {path.name: truth for path, truth in known.items()}
    paths = [str(path) for path in known]
    mine = _run(sys.executable, "ours", *paths)
    rows = mine["rows"]
    scores = {"ours": Score("ours", truths, findings(rows), held_files(rows), mine)}
    theirs = _run(sys.executable, "csv_detective", *paths)
    scores["csv_detective"] = Score.of_peer("csv_detective", truths, theirs)
    if python:
        texts = {each: cells(makers()[each](Chance(f"{SEED}:{each}"))) for each in truths}
        (folder / "cells").write_text(json.dumps(texts), "utf-8")
        scores["presidio"] = Score.of_peer("presidio", truths, _run(python, "presidio", str(folder / "cells")))
    print(table(list(scores.values())), file=sys.stderr, flush=True)
    yield from _files(scores, why_not)
    for category in CATEGORIES:
        yield from _category(scores, category)


def _files(scores: dict[str, Score], why_not: str) -> Iterator[Figure]:
    """A file to hold that goes through breaks the promise, and so does more than one in twelve held for nothing."""
    ours = scores["ours"]
    details = {name: score.summary() for name, score in scores.items()} | ({"presidio": why_not} if why_not else {})
    yield Figure(
        "rgpd_to_hold_let_through", len(ours.let_through), len(ours.to_hold), "files", "files_to_hold", 0.0, details
    )
    yield Figure("rgpd_publishable_held", len(ours.held_wrongly), len(ours.to_publish), "files", "publishable_files",
                 round(PROMISED_HELD, 3))  # fmt: skip
    for name, score in scores.items():
        if score is not ours:
            yield from _against(
                f"rgpd_held_rightly_{name}", len(ours.held_rightly), len(score.held_rightly), "files", name
            )
            yield from _against(
                f"rgpd_let_through_rightly_{name}", len(ours.published), len(score.published), "files", name
            )


def _category(scores: dict[str, Score], category: str) -> Iterator[Figure]:
    """Recall is the ratio of the first line, precision that of the second; then ours against each peer's finds."""
    right, missed, wrong = scores["ours"].counts(category)
    if not right + missed:
        return
    details = {
        name: dict(zip(("right", "missed", "wrong"), score.counts(category), strict=True))
        for name, score in scores.items()
    }
    yield Figure(f"rgpd_{category}_recall", right, right + missed, "columns", "columns_to_find", None,
                 details | {"where_missed": scores["ours"].missed(category)})  # fmt: skip
    if right + wrong:
        yield Figure(f"rgpd_{category}_precision", right, right + wrong, "columns", "columns_reported", None,
                     {"where_wrong": scores["ours"].wrong(category)})  # fmt: skip
    for name, score in scores.items():
        if name != "ours":
            yield from _against(f"rgpd_{category}_found_{name}", right, score.counts(category)[0], "columns", name)


def _against(name: str, ours: int, peer: int, unit: str, peer_name: str) -> Iterator[Figure]:
    """A line against a peer which did something; that it did nothing is in the details of the main line."""
    if peer:
        yield Figure(name, ours, peer, unit, peer_name)


def _speed(folder: Path, python: str | None, why_not: str) -> Iterator[Figure]:
    path = lost(folder / "lost.csv", ROWS)
    ours = _best(sys.executable, "ours", path)
    if not any(row["category"] == "nir" and row["decision"] != "pass" for row in ours.pop("rows")):
        raise RuntimeError("the one NIR of the million rows was not found")
    details = {"rows": ROWS, "columns": 12, "bytes": path.stat().st_size, "processors": os.cpu_count(), "ours": ours,
               "what": "seconds are those of the whole command, start of Python included"}  # fmt: skip
    yield Figure("rgpd_scan", ours["seconds"], PROMISED_SECONDS, "s", "promise", 1.0, details)
    yield Figure("rgpd_scan_memory", ours["memory"], PROMISED_MEMORY, "MB", "promise", 1.0)
    peers = {"re_loop": sys.executable, "csv_detective": sys.executable, "duckdb": python}
    for name, interpreter_ in peers.items():
        if interpreter_:
            peer = _once(interpreter_, name, path)
            facts = {each: peer.get(each) for each in ("counts", "unread", "found")}
            yield Figure(f"rgpd_scan_{name}", ours["seconds"], peer["seconds"], "s", name, None, facts)
            yield Figure(f"rgpd_scan_{name}_memory", ours["memory"], peer["memory"], "MB", name)
    if python:
        yield _extrapolated(folder, python, path, ours["seconds"])
    else:
        print(f"# rgpd: Presidio and DuckDB {why_not}", file=sys.stderr)
    path.unlink()
    path = crowd(folder / "crowd.csv", ROWS)
    ours = _best(sys.executable, "ours", path)
    found = sorted({row["category"] for row in ours.pop("rows") if row["decision"] != "pass"})
    details = {"rows": ROWS, "bytes": path.stat().st_size, "found": found, "ours": ours}
    yield Figure("rgpd_scan_crowd", ours["seconds"], PROMISED_SECONDS, "s", "promise_for_a_common_file", None, details)
    yield Figure("rgpd_scan_crowd_memory", ours["memory"], PROMISED_MEMORY, "MB", "promise_for_a_common_file")


def _extrapolated(folder: Path, python: str, path: Path, ours: float) -> Figure:
    """Presidio would take hours: the first rows, each cell once, multiplied; its start is not multiplied."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *lines = itertools.islice(csv.reader(file, delimiter=";"), PRESIDIO_ROWS + 1)
    columns = {name: [line[rank] for line in lines] for rank, name in enumerate(header)}
    (folder / "cells").write_text(json.dumps({"lost.csv": columns}), "utf-8")
    spent = _run(python, "presidio_all", str(folder / "cells"))["seconds_analysing"]
    details = {"measured_rows": PRESIDIO_ROWS, "measured_seconds": spent, "what": "extrapolated from the first rows"}
    return Figure("rgpd_scan_presidio", ours, spent * ROWS / PRESIDIO_ROWS, "s", "presidio_extrapolated", None, details)


def _best(python: str, tool: str, path: Path) -> dict[str, Any]:
    runs = [_once(python, tool, path) for _ in range(ROUNDS)]
    return min(runs, key=lambda run: run["seconds"]) | {"memory": min(run["memory"] for run in runs)}


def _once(python: str, tool: str, path: Path) -> dict[str, Any]:
    start = time.perf_counter()
    facts = _run(python, tool, str(path))
    return facts | {"seconds": time.perf_counter() - start}


def _run(python: str, tool: str, *arguments: str) -> dict[str, Any]:
    """The answer of one tool; raises RuntimeError with what it complained of."""
    command = [python, "-m", "bench.rgpd_tools", tool, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        raise RuntimeError(f"{tool}: {done.stderr[-500:]}")
    return json.loads(done.stdout.splitlines()[-1])
