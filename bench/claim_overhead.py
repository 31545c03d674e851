"""Overhead guard: what our plugins add to the pages people see most, over the same catalogue on stock CKAN."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from urllib.parse import quote, urlencode

from bench.catalogue import SEED, records, subjects
from bench.figures import Figure
from bench.sites import PEER_NAME, filled
from bench.timing import Client, compare

LIMIT = 1.10
ROUNDS = 7
REQUESTS = 100
SECONDS = 60.0
PROCESSES = 2
FACETS = ("organization", "groups", "tags", "res_format", "license_id")


def measure() -> Iterator[Figure]:
    """The 95th and the 50th percentile of each kind of request."""
    ours, peer = filled()
    for name, paths in _requests(ours, peer).items():
        _warm_up(ours, peer, paths)
        times = compare(ours, peer, paths, rounds=ROUNDS, seconds=SECONDS)
        for label, fraction, limit in (("p95", 0.95, LIMIT), ("p50", 0.50, None)):
            figures = times.percentile(fraction)
            details = {"rounds": len(times.ours), "requests": REQUESTS, "ratios": times.round_ratios(fraction)}
            yield Figure(f"overhead_{name}_{label}", *figures, "ms", PEER_NAME, limit, details)


def _requests(ours: Client, peer: Client) -> dict[str, list[str]]:
    chance = random.Random(SEED)
    names = [record.name for record in chance.sample(records(), REQUESTS)]
    return {
        "package_search": _searches(ours, peer, chance),
        "package_show": [f"/api/3/action/package_show?id={name}" for name in names],
        "dataset_page": [f"/dataset/{quote(name)}" for name in names],
        "results_page": [f"/dataset/?{urlencode({'q': word})}" for word in chance.choices(_words(), k=REQUESTS)],
        "home_page": ["/"] * REQUESTS,
    }


def _searches(ours: Client, peer: Client, chance: random.Random) -> list[str]:
    """Searches with facets that fill a page on both sites, so that both have as much to send."""
    words = [*_words(), "*:*"]
    found: list[str] = []
    while len(found) < REQUESTS:
        asked = {"q": chance.choice(words), "rows": 20, "start": chance.randrange(0, 60, 20),
                 "facet.field": json.dumps(FACETS), "facet.limit": 50}  # fmt: skip
        path = f"/api/3/action/package_search?{urlencode(asked)}"
        if all(len(json.loads(site.get(path)[1])["result"]["results"]) == asked["rows"] for site in (ours, peer)):
            found.append(path)
    return found


def _words() -> list[str]:
    """Words that people search for, as they are written in the catalogue."""
    return sorted({tag for subject in subjects() for tag in subject["tags"]} | {"commune", "année"})


def _warm_up(ours: Client, peer: Client, paths: list[str]) -> None:
    """Let every process of both sites compile its templates and fill its caches."""
    for site in (ours, peer):
        for _ in range(4 * PROCESSES):
            site.close()
            for path in paths[:2]:
                site.get(path)
