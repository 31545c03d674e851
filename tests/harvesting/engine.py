"""The engine on the real site of the tests: sources, runs, and what must be true once a run is over."""

from __future__ import annotations

import uuid
from typing import Any

import sqlalchemy as sa
from ckan import model
from ckan.lib.search import make_connection
from ckan.tests.helpers import call_action

from ckanext.ca3b.harvesting import engine
from ckanext.ca3b.harvesting.model import WORKING, RecordRow, RunRow, StagedRow, now
from ckanext.ca3b.harvesting.store import conflicts, records, runs, sources


def source(address: str, owner_org: str, title: str = "Source", **values: Any) -> str:
    """Write a source that the operator said yes to; return its id."""
    id_ = str(uuid.uuid4())
    settings = values.pop("settings", {})
    told = {"id": id_, "name": f"source-{id_[:8]}", "title": title, "address": address, "owner_org": owner_org,
            "report_key": id_, "created": now(), "state": "active", "approved_at": now(), "schedule": "manual",
            "settings": settings, **values}  # fmt: skip
    sources.add([told])
    return id_


def run(source_id: str, *, only_plan: bool = False) -> RunRow:
    """Do a run here and now; return it as it ended."""
    return carried(engine.start(source_id, "hand", only_plan, enqueue=False).id)


def carried(run_id: str) -> RunRow:
    """Do a run that waits; return it as it ended."""
    engine.run(run_id)
    return ended(run_id)


def confirmed(held: RunRow) -> RunRow:
    """Say yes to a held run, as the operator does, and do the rest of it."""
    call_action("ca3b_harvest_run_confirm", context=operator(), id=held.id)
    return carried(held.id)


def ended(run_id: str) -> RunRow:
    """Return a run as it is."""
    found = runs.get(run_id)
    assert found is not None
    return found


def operator() -> dict[str, Any]:
    """The context of an action of the portal itself."""
    user = call_action("get_site_user", context={"ignore_auth": True})
    return {"ignore_auth": True, "user": user["name"]}


def known(source_id: str) -> dict[str, RecordRow]:
    """Return the records of a source by identifier."""
    return {one.identifier: one for one in records.known(source_id)}


def dataset(record: RecordRow) -> dict[str, Any]:
    """Return the dataset of a record as the portal shows it to the operator."""
    model.Session.rollback()
    return call_action("package_show", context=operator(), id=record.dataset_id)


def datasets(source_id: str) -> dict[str, dict[str, Any]]:
    """Return the datasets of a source by the identifier of their record."""
    shown = {"present", "vanished"}
    return {identifier: dataset(one) for identifier, one in known(source_id).items() if one.state in shown}


def found(**asked: Any) -> dict[str, Any]:
    """Search the portal as a visitor."""
    return call_action("package_search", context={"ignore_auth": False, "user": ""}, **asked)


def rows(run_: RunRow) -> dict[str, StagedRow]:
    """Return what was read and decided in a run, by identifier."""
    with sa.orm.Session(model.meta.engine) as one:
        query = sa.select(StagedRow).filter_by(run_id=run_.id).order_by(StagedRow.position)
        return {row.identifier: row for row in one.scalars(query)}


def open_conflicts() -> list[Any]:
    """Return what two sources dispute."""
    return list(conflicts.listed())


def written() -> int:
    """Return how many transactions wrote datasets: a number that does not move when nothing is written."""
    with model.meta.engine.connect() as connection:
        return connection.scalar(sa.text(
            "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_xact_all_tables"
            " WHERE relname IN ('package', 'resource')"
        ))  # fmt: skip


def sound(*source_ids: str) -> None:
    """Check what must be true of the portal after any run that ended: nothing twice, nothing lost, nothing eternal."""
    model.Session.rollback()
    with model.meta.engine.connect() as connection:
        packages = dict(tuple(row) for row in connection.execute(sa.text("SELECT id, state FROM package")))
        resources = connection.execute(sa.text(
            "SELECT package_id, url, count(*) FROM resource WHERE state = 'active' GROUP BY 1, 2 HAVING count(*) > 1"
        )).all()  # fmt: skip
        names = connection.scalar(sa.text("SELECT count(DISTINCT name) FROM package"))
        working = connection.scalars(sa.select(RunRow.id).where(RunRow.state.in_([*WORKING, "waiting"]))).all()
    mine = [one for id_ in source_ids for one in records.known(id_)]
    states = {one.dataset_id: one.state for one in mine if one.state in {"present", "vanished", "archived"}}
    assert working == [], "no run is for ever « en cours »"
    assert states.keys() == packages.keys(), "each dataset has its record, and each record its dataset"
    assert {id_ for id_, state in packages.items() if state == "active"} == {
        id_ for id_, state in states.items() if state != "archived"
    }
    assert resources == [], "no file twice in a dataset"
    assert names == len(packages)
    assert all(one.indexed for one in mine)
    shown = {id_ for id_, state in packages.items() if state == "active"}
    assert indexed() == shown, "the search has what the portal has"


def indexed() -> set[str]:
    """Return the ids of the datasets that the search has."""
    answer = make_connection().search("*:*", fq="+entity_type:package +state:active", rows=20_000, fl="id")
    return {one["id"] for one in answer.docs}
