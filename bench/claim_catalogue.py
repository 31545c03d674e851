"""The outgoing catalogue: a page of 100 against ckanext-dcat's own, the whole in one pass, the answer to who has it."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.catalogue import SIZE
from bench.figures import Figure
from bench.sites import PEER_NAME, filled
from bench.timing import Client

ROOT = Path(__file__).parent.parent
ROUNDS = 7
PAGE = 100
#: ckanext-dcat gives the last changed first, we the first created: our last page has the datasets of its first one.
OURS, STOCK = f"/catalog.ttl?page={SIZE // PAGE}", "/catalog.ttl"
WARM, COLD, WHOLE, UNCHANGED = 1 / 20, 1 / 1.5, 1.0, 1 / 20
PASS = int(os.environ.get("CA3B_BENCH_DATASETS", "5000"))


def measure() -> Iterator[Figure]:
    """Milliseconds of a page, cold then warm, and of the answer 304; seconds and memory of the whole in one pass."""
    ours, peer = filled()
    stock = _median(lambda: peer.get(STOCK)[0])
    yield Figure("catalogue_page_cold", _median(lambda: _cold(ours), 3), stock, "ms", PEER_NAME, COLD)
    ours.get(OURS)
    times = [(ours.get(OURS)[0], peer.get(STOCK)[0]) for _ in range(ROUNDS)]
    warm, peers = (statistics.median(column) for column in zip(*times, strict=True))
    yield Figure("catalogue_page_warm", warm, peers, "ms", PEER_NAME, WARM, {"rounds": times})
    yield Figure("catalogue_unchanged", _median(lambda: _unchanged(ours)), peers, "ms", PEER_NAME, UNCHANGED)
    ours.get("/catalog.ttl?rows=all")
    whole = ours.get("/catalog.ttl?rows=all")[0] / 1000
    paged = sum(peer.get(f"/catalog.ttl?page={page + 1}")[0] for page in range(SIZE // PAGE)) / 1000
    yield Figure(f"catalogue_whole_{SIZE}", whole, paged, "s", PEER_NAME, WHOLE)
    small, large = _passes(SIZE), _passes(PASS)
    details = {"small": small, "large": large}
    yield Figure(f"catalogue_pass_{PASS}", large["seconds"], small["seconds"], "s", f"ours-{SIZE}", None, details)
    yield Figure(f"catalogue_memory_{PASS}", large["megabytes"], small["megabytes"], "MB", f"ours-{SIZE}", 1.15)


def _median(ask: Callable[[], float], rounds: int = ROUNDS) -> float:
    return statistics.median(ask() for _ in range(rounds))


def _cold(ours: Client) -> float:
    """Forget all that was written, then ask for a page."""
    ini = os.environ["CA3B_INI_OURS"]
    command = [str(Path(sys.executable).with_name("ckan")), "-c", ini, "ca3b", "dcat", "purge", "--all"]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=_environment())
    return ours.get(OURS)[0]


def _unchanged(ours: Client) -> float:
    """Ask again with the tag of what was answered."""
    with urllib.request.urlopen(ours.url + OURS, timeout=60) as answer:
        tag = answer.headers["ETag"]
    request = urllib.request.Request(ours.url + OURS, headers={"If-None-Match": tag})
    start = time.perf_counter()
    try:
        urllib.request.urlopen(request, timeout=60)
    except urllib.error.HTTPError as answer:
        if answer.code == 304:
            return (time.perf_counter() - start) * 1000
        raise
    raise RuntimeError("a page that did not change was sent again")


def _passes(size: int) -> dict[str, float]:
    """Read the whole in one pass, in a process of its own: see :mod:`bench.catalogue_pass`."""
    command = [sys.executable, "-m", "bench.catalogue_pass", os.environ["CA3B_INI_OURS"], str(size)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT, env=_environment())
    return json.loads(done.stdout.splitlines()[-1])


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("CKAN_")}
