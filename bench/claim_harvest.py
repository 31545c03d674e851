"""Catalogues that come in: a cold import, the same again, one dataset in a hundred changed, and the memory it takes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench import harvest_peers
from bench.figures import Figure
from bench.harvest_catalogue import document, served

ROOT = Path(__file__).parent.parent
COLD = int(os.environ.get("CA3B_BENCH_HARVEST", "1000"))
CHANGED = int(os.environ.get("CA3B_BENCH_HARVEST_CHANGED", "5000"))
LARGE = int(os.environ.get("CA3B_BENCH_HARVEST_LARGE", "10000"))
WARM = 150
PEER = f"ckanext-dcat dcat_rdf_harvester, ckanext-harvest-{harvest_peers.VERSION}"
SITES = ("ours", "stock")
FIVE_TIMES, FIFTY_TIMES, TWENTY_TIMES, FLAT = 1 / 5, 1 / 50, 1 / 20, 1.5


def measure() -> Iterator[Figure]:
    """Seconds of ours and of the peer for the same document, one after the other; megabytes of ours by size.

    Raises RuntimeError when the peer cannot be installed, or when either loses a dataset.
    """
    if problem := harvest_peers.install():
        raise RuntimeError(f"not measured, the peer could not be installed: {problem}")
    try:
        _forget_all()
        for site in SITES:  # the search engine has just started: neither pays for that
            _run(site, document(WARM), WARM)
        _forget_all()
        first = document(COLD)
        yield _against("harvest_cold", first, COLD, FIVE_TIMES)
        yield _against("harvest_unchanged", first, COLD, FIFTY_TIMES)
        # The same from a server that cannot say that nothing changed: all is read, nothing is written.
        yield _against("harvest_read_again", first, COLD, None, tagged=False)
        if CHANGED != COLD:
            _forget_all()
            for site in SITES:
                _run(site, document(CHANGED), CHANGED)
        yield _against("harvest_one_percent", document(CHANGED, CHANGED // 100), CHANGED, TWENTY_TIMES)
        yield _memory()
    finally:
        _forget_all()


def _against(name: str, body: bytes, size: int, limit: float | None, *, tagged: bool = True) -> Figure:
    ours, peer = (_run(site, body, size, tagged=tagged) for site in SITES)
    return Figure(f"{name}_{size}", ours["seconds"], peer["seconds"], "s", PEER, limit, {"ours": ours, "peer": peer})


def _memory() -> Figure:
    found = {}
    for size in (COLD, LARGE):
        _forget("ours")
        found[size] = _run("ours", document(size), size)
    details = {str(size): one for size, one in found.items()}
    large, small = found[LARGE]["megabytes"], found[COLD]["megabytes"]
    return Figure(f"harvest_memory_{LARGE}", large, small, "MB", f"ours-{COLD}", FLAT, details)


def _run(site: str, body: bytes, size: int, *, tagged: bool = True) -> dict[str, float]:
    with served(body, tagged=tagged) as address:
        found = _process(site, address)
    if found["taken"] != size:
        raise RuntimeError(f"« {site} » took {found['taken']} records of {size}")
    return found


def _forget_all() -> None:
    for site in SITES:
        _forget(site)


def _forget(site: str) -> None:
    _process(site, "forget")


def _process(site: str, asked: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.harvest_run", os.environ[f"CA3B_INI_{site.upper()}"], site, asked]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CKAN_")}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, check=False)
    if done.returncode:
        raise RuntimeError(f"« {site} »: {done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])
