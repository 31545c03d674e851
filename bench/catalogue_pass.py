"""Read the whole catalogue in one pass: ``python -m bench.catalogue_pass INI SIZE`` prints what it took, as JSON.

More datasets than the site has are copies of its own, in the database only and for the time of the measure: the search
engine does not know them, so they are described from the database.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import sqlalchemy as sa
from ckan import model
from ckan.cli import CKANConfigLoader
from ckan.config.middleware import make_app

from ckanext.ca3b.dcat.feeds import fragments, jobs

COPY = "bench-copie-"
_PACKAGES = """
INSERT INTO package (id, name, title, notes, license_id, type, owner_org, creator_user_id, metadata_created,
                     metadata_modified, private, state, extras)
SELECT CAST(:copy AS text) || id, CAST(:copy AS text) || id, title, notes, license_id, type, owner_org,
       creator_user_id, metadata_created, metadata_modified, private, state, extras
FROM package WHERE state = 'active' AND NOT private AND id NOT LIKE :copies ORDER BY id LIMIT :limit
"""
_RESOURCES = """
INSERT INTO resource (id, package_id, url, format, description, hash, position, name, resource_type, mimetype, size,
                      created, last_modified, metadata_modified, url_type, extras, state)
SELECT CAST(:copy AS text) || r.id, p.id, r.url, r.format, r.description, r.hash, r.position, r.name,
       r.resource_type, r.mimetype, r.size, r.created, r.last_modified, r.metadata_modified, r.url_type,
       r.extras, r.state
FROM resource r JOIN package p ON p.id = CAST(:copy AS text) || r.package_id WHERE r.state = 'active'
"""


def main(ini: Path, size: int) -> dict[str, float]:
    """Have ``size`` datasets, describe them, then read all of them in one pass, twice; measure the second."""
    application = make_app(CKANConfigLoader(str(ini)).get_config())._wsgi_app  # pyright: ignore[reportAttributeAccessIssue]
    try:
        with application.test_request_context():
            _fill(size)
            start = time.perf_counter()
            for _ in jobs.everything():
                pass
            built = time.perf_counter() - start
        client = application.test_client()
        _read(client)
        seconds, length, before, peak = _read(client)
        return {
            "datasets": size, "build_seconds": built, "seconds": seconds, "bytes": length, "before": before,
            "megabytes": peak,
        }  # fmt: skip
    finally:
        with application.test_request_context():
            _empty()


def _read(client: object) -> tuple[float, int, float, float]:
    before = peak = _memory()
    start = time.perf_counter()
    answer = client.get("/catalog.ttl?rows=all")  # pyright: ignore[reportAttributeAccessIssue]
    length = 0
    for chunk in answer.iter_encoded():
        length += len(chunk)
        peak = max(peak, _memory()) if length % 64 < 2 else peak
    return time.perf_counter() - start, length, before, max(peak, _memory())


def _fill(size: int) -> None:
    _empty()
    with model.ensure_engine().begin() as connection:
        there = connection.scalar(sa.text("SELECT count(*) FROM package WHERE state = 'active' AND NOT private")) or 0
        missing, n = size - there, 0
        while missing > 0:
            n += 1
            copy = f"{COPY}{n}-"
            for query, given in ((_PACKAGES, {"copies": f"{COPY}%", "limit": min(missing, there)}), (_RESOURCES, {})):
                bound = sa.text(query).bindparams(sa.bindparam("copy", copy, sa.String))
                connection.execute(bound, given)
            missing -= there


def _empty() -> None:
    with model.ensure_engine().begin() as connection:
        for table, column in (("resource", "package_id"), ("package", "id")):
            connection.execute(sa.text(f"DELETE FROM {table} WHERE {column} LIKE :copy"), {"copy": COPY + "%"})
    fragments.sweep()


def _memory() -> float:
    """Return the megabytes that this process has now."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * 4096 / 1e6


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
