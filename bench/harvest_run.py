"""One run of a harvest in a process of its own: ``python -m bench.harvest_run INI ours|stock ADDRESS`` prints JSON.

``python -m bench.harvest_run INI SITE forget`` takes away all that the runs brought.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import harvest_peers

ORGANIZATION = "moisson"


def main(ini: Path, site: str, address: str) -> dict[str, float]:
    """Harvest once; return ``seconds``, those of ``processor``, ``taken`` records and the most ``megabytes`` used.

    The processes that it made count too; memory that two of them share is then counted twice.
    """
    if site == "stock":
        harvest_peers.on_path()
        ini = harvest_peers.configure(ini)
    from ckan.cli import CKANConfigLoader  # noqa: PLC0415 - after the peer is on the path
    from ckan.config.middleware import make_app  # noqa: PLC0415

    application: Any = make_app(CKANConfigLoader(str(ini)).get_config())
    with application._wsgi_app.test_request_context():
        if address == "forget":
            _forget()
            return {}
        organization = _organization()
        go = _peer(address, organization) if site == "stock" else _ours(address, organization)
        with _workers_waiting():
            start, worked = time.perf_counter(), _processor()
            taken = go()
            seconds, worked = time.perf_counter() - start, _processor() - worked
    own, others = (resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    # Of the children, the greatest one only: a run makes one, far larger than what CKAN starts when it loads.
    most = (own.ru_maxrss + others.ru_maxrss) / 1000
    return {"seconds": seconds, "processor": worked, "taken": taken, "megabytes": most}


@contextlib.contextmanager
def _workers_waiting() -> Iterator[None]:
    """Leave the machine to what is measured: jobs of the sites, such as looking at linked files, are given up."""
    import rq.suspension  # noqa: PLC0415 - with CKAN
    from ckan.lib import jobs, redis  # noqa: PLC0415

    connection = redis.connect_to_redis()
    rq.suspension.suspend(connection)
    try:
        yield
    finally:
        jobs.get_queue().empty()
        rq.suspension.resume(connection)


def _processor() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _organization() -> str:
    import ckan.plugins.toolkit as tk  # noqa: PLC0415
    from ckan import model  # noqa: PLC0415

    found = model.Group.get(ORGANIZATION)
    if found is not None:
        return found.id
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    made = tk.get_action("organization_create")(
        {"ignore_auth": True, "user": user}, {"name": ORGANIZATION, "title": "Moisson"}
    )
    return made["id"]


def _peer(address: str, organization: str) -> Any:
    source = harvest_peers.prepare(address, organization)
    return lambda: harvest_peers.run(source)


def _ours(address: str, organization: str) -> Any:
    import ckan.plugins.toolkit as tk  # noqa: PLC0415

    from ckanext.ca3b.harvesting import engine  # noqa: PLC0415
    from ckanext.ca3b.harvesting.store import runs, sources  # noqa: PLC0415

    tk.config["ckanext.ca3b.harvest.private"] = True
    if sources.find(ORGANIZATION) is None:
        facts: dict[str, Any] = {
            "id": ORGANIZATION,
            "name": ORGANIZATION,
            "title": "Moisson",
            "report_key": ORGANIZATION,
        }
        made = dt.datetime.now(dt.UTC)
        sources.add([{**facts, "state": "active", "owner_org": organization, "created": made, "approved_at": made}])
    sources.change(ORGANIZATION, address=address, owner_org=organization)

    def go() -> int:
        run = engine.start(ORGANIZATION, "cli", enqueue=False)
        engine.run(run.id)
        done = runs.get(run.id)
        if done is None or done.state not in {"done", "unchanged"} or done.counts.get("failed"):
            raise RuntimeError(f"our run did not end well: {done and (done.state, done.message, done.counts)}")
        return sum(number for name, number in done.counts.items() if name in {"added", "changed", "unchanged"})

    return go


def _forget() -> None:
    import sqlalchemy as sa  # noqa: PLC0415
    from ckan import model  # noqa: PLC0415
    from ckan.lib.search.common import make_connection  # noqa: PLC0415

    with model.ensure_engine().begin() as connection:
        there = set(sa.inspect(connection).get_table_names())
        mine = "SELECT id FROM package WHERE owner_org IN (SELECT id FROM \"group\" WHERE name = 'moisson')"
        for table in ("harvest_object_error", "harvest_object_extra", "harvest_gather_error"):
            if table in there:
                connection.execute(sa.text(f"DELETE FROM {table}"))
        for table in ("harvest_object", "harvest_job", "harvest_source", "ca3b_harvest_source"):
            if table in there:
                connection.execute(sa.text(f"DELETE FROM {table}"))
        connection.execute(sa.text(f"DELETE FROM activity WHERE object_id IN ({mine})"))
        connection.execute(sa.text(f"DELETE FROM member WHERE table_id IN ({mine})"))
        resources = f"SELECT id FROM resource WHERE package_id IN ({mine})"
        connection.execute(sa.text(f"DELETE FROM resource_view WHERE resource_id IN ({resources})"))
        for table in ("package_tag", "resource"):
            connection.execute(sa.text(f"DELETE FROM {table} WHERE package_id IN ({mine})"))
        connection.execute(sa.text(f"DELETE FROM package WHERE id IN ({mine})"))
    solr = make_connection()
    solr.delete(q=f"organization:{ORGANIZATION}", commit=True)


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), *sys.argv[2:4])))
